"""A call by sound: joins a running call with a line, voice activity, a recognizer and a voice."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from offhook.audio.voice_activity import VoiceActivity
from offhook.calls.ears import Ears
from offhook.calls.faculties import Judge
from offhook.calls.line import Line
from offhook.calls.mouth import Mouth
from offhook.calls.phrasebook import Phrasebook
from offhook.calls.running import RunningCall
from offhook.conversation import events as ev
from offhook.conversation.actions import ActionKind, Receipt
from offhook.conversation.commands import EndReason
from offhook.providers.errors import ProviderError
from offhook.providers.stt import Recognizer
from offhook.providers.tts import Voice

OPENING_S = 5.0
"""How long a recognizer may take to open before the next try."""
TRIES = 3
RETRY_S = 0.2
"""Wait before the second try; twice as long before the third."""
STEADY_S = 5.0
"""A recognizer that has served so long and is lost is opened with fresh patience."""


JudgeOf = Callable[[Callable[[], bytes]], Judge]
"""Gives a call its judge, who is shown the caller's last seconds."""


@dataclass(frozen=True, slots=True)
class Senses:
    """What all calls of a process share to hear and speak, as one agent uses it."""

    activity: VoiceActivity
    recognizer: Recognizer
    voice: Voice
    phrases: Phrasebook
    judge_of: JudgeOf | None = None
    """An end-of-turn model, where there is one."""


class AudioCall:
    """The owner of a line: passes what comes in to ears and conversation, and the conversation's words to the line."""

    def __init__(self, call: RunningCall, line: Line, senses: Senses) -> None:
        self._call = call
        self._line = line
        self._senses = senses
        self._ears = Ears(senses.activity, self, keep_audio=senses.judge_of is not None)
        self._mouth = Mouth(line, senses.voice, senses.phrases, call, self._ears)
        self._lost = asyncio.Event()
        self._lost.set()
        self._loop = asyncio.get_running_loop()
        call.position_of = lambda: self._ears.position
        judge = None if senses.judge_of is None else senses.judge_of(lambda: self._ears.recent_audio)
        call.attach(self._mouth, self._ears, judge=judge, watcher=Screen(line, call))

    async def run(self) -> EndReason:
        """Serve the caller to the end; when this returns, line, recognizer and voice are let go."""
        try:
            return await self._call.run(self._keep_hearing())
        finally:
            self._mouth.close()
            self._ears.close()
            self._line.hang_up()

    def tick(self, now: float) -> None:
        """Every 20 ms: send what is due."""
        self._mouth.tick(now)

    # -- from the line ----------------------------------------------------

    @property
    def call_id(self) -> str:
        """See `LineOwner`."""
        return self._call.journal.call_id

    def picked_up(self) -> None:
        """See `LineOwner`."""
        self._call.feed(ev.PickedUp())

    def audio_in(self, samples: bytes) -> None:
        """See `LineOwner`."""
        self._ears.audio_in(samples)

    def key_pressed(self, key: str) -> None:
        """See `LineOwner`."""
        self._mouth.report(self._loop.time())
        self._call.feed(ev.KeyPressed(key))

    def hung_up(self) -> None:
        """See `LineOwner`."""
        self._mouth.report(self._loop.time())
        self._call.feed(ev.HungUp())

    # -- from the ears ----------------------------------------------------

    def speech_maybe(self) -> None:
        """See `EarsOwner`."""
        self._call.feed(ev.SpeechHinted())

    def speech_started(self) -> None:
        """See `EarsOwner`."""
        self._mouth.report(self._loop.time())
        self._call.feed(ev.SpeechStarted())

    def speech_ended(self, silent_s: float) -> None:
        """See `EarsOwner`."""
        self._call.speech_end = self._ears.speech_end
        self._call.feed(ev.SpeechEnded(silent_s))

    def heard(self, words: ev.Partial | ev.Transcript) -> None:
        """See `EarsOwner`."""
        self._call.feed(words)

    def recognizer_failed(self, error: ProviderError) -> None:
        """See `EarsOwner`."""
        self._call.journal.error(
            "recognizer_failed", room="providers", provider=error.provider, done="it was opened again"
        )
        self._lost.set()

    async def _keep_hearing(self) -> None:
        """Open the recognizer, and again when it is lost; what came in meanwhile is kept for it."""
        tries = 0
        while tries < TRIES:
            await self._lost.wait()
            self._lost.clear()
            if tries:
                await asyncio.sleep(RETRY_S * 2 ** (tries - 1))
            tries += 1
            try:
                async with asyncio.timeout(OPENING_S):
                    hearing = await self._senses.recognizer.open(self._ears)
            except (TimeoutError, ProviderError) as failure:
                provider = self._senses.recognizer.abilities.name
                self._call.journal.error(
                    "recognizer_not_opened", room="providers", provider=provider, done=type(failure).__name__
                )
                self._lost.set()
                continue
            self._ears.attach(hearing, self._call.conversation.form.asking)
            opened_at = self._loop.time()
            await self._lost.wait()
            if self._loop.time() - opened_at > STEADY_S:
                tries = 0
        self._call.feed(ev.HearingFailed())


class Screen:
    """What a line with a screen is shown of its call (`telephony/browser.py` lists the notes)."""

    def __init__(self, line: Line, call: RunningCall) -> None:
        self._line = line
        self._call = call
        self._turn = 0
        self._hearing = ""
        self._receipts = 0

    def said(self, who: str, words: str) -> None:
        """See `Watcher`."""
        self._words(who, words, final=True)
        self._turn += 1
        self._hearing = ""

    def stepped(self) -> None:
        """See `Watcher`."""
        hearing = self._call.conversation.unanswered
        if hearing and hearing != self._hearing:
            self._hearing = hearing
            self._words("caller", hearing, final=False)
        receipts = self._call.conversation.form.receipts
        for receipt in receipts[self._receipts :]:
            self._done(receipt)
        self._receipts = len(receipts)

    def _done(self, receipt: Receipt) -> None:
        facts = receipt.facts
        match receipt.kind:
            case ActionKind.BOOK | ActionKind.RESCHEDULE:
                self._line.show({"kind": "appointment", **{name: facts[name] for name in ("service", "start", "name")}})
            case ActionKind.TAKE_MESSAGE:
                self._line.show({"kind": "message", "name": facts["name"], "text": facts["text"]})
            case _:
                pass

    def _words(self, who: str, text: str, *, final: bool) -> None:
        self._line.show({"kind": "words", "who": who, "text": text, "turn": self._turn, "final": final})
