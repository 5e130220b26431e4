"""Who a call talks with and through in tests: voice, recognizer, model, voice activity, caller, on the loop's clock.

They keep the protocols that the real ones keep. The sound is `coded_sound`, so whatever is lost on the way is missing
at its end: the recognizer knows only what it was given to hear.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from offhook.audio import g711
from offhook.audio.voice_activity import VoiceListener
from offhook.calls.line import LineAbilities, LineOwner
from offhook.conversation.events import Partial, Transcript
from offhook.conversation.form import Question
from offhook.providers.errors import ProviderUnavailable
from offhook.providers.llm import Piece, Request, Text
from offhook.providers.stt import HearingAbilities, HearingSink
from offhook.providers.tts import SpeechSink, VoiceIdentity
from tests.calls.coded_sound import SOUND, WORD, HeardWord, is_audible, mulaw_of, words_in

FRAME_S = 0.02
RATE = 8000
PRE_ROLL = 2400


def later(delay_s: float, what: Callable[..., object], *arguments: object) -> asyncio.TimerHandle:
    return asyncio.get_running_loop().call_later(delay_s, what, *arguments)


# -- voice ---------------------------------------------------------------------


@dataclass
class ToneVoice:
    """Speaks in coded sound."""

    first_audio_s: Callable[[], float] = lambda: 0.06
    breaks: Literal["no", "fails", "goes silent"] = "no"
    breaks_after: int = 0
    """Words it speaks before it breaks."""
    identity: VoiceIdentity = field(default_factory=lambda: VoiceIdentity("tones", "tests"))
    spoken: int = 0
    open_speeches: int = 0

    def open(self, sink: SpeechSink) -> "ToneSpeech":
        self.open_speeches += 1
        return ToneSpeech(self, sink)


class ToneSpeech:
    """Each clause comes at once, a moment after it was asked for; clauses keep their order."""

    def __init__(self, voice: ToneVoice, sink: SpeechSink) -> None:
        self._voice = voice
        self._sink: SpeechSink | None = sink
        self._free_at = 0.0
        self._samples = 0

    def say(self, text: str) -> None:
        self._in_order(self._voice.first_audio_s(), self._deliver, text)

    def end(self) -> None:
        self._in_order(0.0, self._finish)

    def cancel(self) -> None:
        if self._sink is not None:
            self._voice.open_speeches -= 1
        self._sink = None

    def _in_order(self, delay_s: float, what: Callable[..., object], *arguments: object) -> None:
        loop = asyncio.get_running_loop()
        self._free_at = max(self._free_at + 1e-6, loop.time() + delay_s)
        loop.call_at(self._free_at, what, *arguments)

    def _deliver(self, text: str) -> None:
        for word in text.split():
            if self._sink is None:
                return
            if self._voice.breaks != "no" and self._voice.spoken >= self._voice.breaks_after:
                self._break()
                return
            self._voice.spoken += 1
            ends = (self._samples + SOUND) / RATE
            self._samples += WORD
            self._sink.words_end_at((ends,))
            self._sink.audio(mulaw_of(word))

    def _break(self) -> None:
        sink, self._sink = self._sink, None
        self._voice.open_speeches -= 1
        if sink is not None and self._voice.breaks == "fails":
            sink.voice_failed(ProviderUnavailable("tones", "the connection broke", "Try again."))

    def _finish(self) -> None:
        sink, self._sink = self._sink, None
        if sink is not None:
            self._voice.open_speeches -= 1
            sink.finished()


# -- recognizer ------------------------------------------------------------------


@dataclass
class CodeReader:
    """A recognizer that reads coded sound."""

    final_s: Callable[[], float] = lambda: 0.1
    partial_s: float = 0.05
    fails_after_words: int | None = None
    refuses: int = 0
    """How often it cannot be opened."""
    hangs: bool = False
    """It never gives final words."""
    by_utterance: bool = False
    """It listens only once it is told that somebody speaks, as those in child processes do."""
    abilities: HearingAbilities = field(default_factory=lambda: HearingAbilities("codes"))
    opened: int = 0
    open_now: int = 0

    async def open(self, sink: HearingSink) -> "CodeHearing":
        await asyncio.sleep(0.03)
        if self.refuses > 0:
            self.refuses -= 1
            raise ProviderUnavailable("codes", "no connection", "Try again.")
        self.opened += 1
        self.open_now += 1
        return CodeHearing(self, sink)


class CodeHearing:
    """One caller's."""

    def __init__(self, reader: CodeReader, sink: HearingSink) -> None:
        self._reader = reader
        self._sink: HearingSink | None = sink
        self._audio = bytearray()
        self._known: list[str] = []
        self._fixed = 0
        self._read = self._settled = 0
        self._listens = not reader.by_utterance

    @property
    def settled(self) -> int:
        return self._read if self._fixed == len(self._known) else self._settled

    def hear(self, audio: bytes) -> None:
        self._audio += audio
        if self._sink is None:
            return
        if not self._listens:
            self._forget(max(0, len(self._audio) - PRE_ROLL))
            return
        if not is_audible(bytes(self._audio)):
            self._forget(len(self._audio))
            return
        words = [word for word in words_in(bytes(self._audio)) if word.whole]
        if words:
            self._known += [word.word for word in words]
            self._forget(words[-1].ends)
            later(self._reader.partial_s, self._show, len(self._known))
        limit = self._reader.fails_after_words
        if limit is not None and len(self._known) >= limit:
            self._reader.fails_after_words = None
            self._gone().recognizer_failed(ProviderUnavailable("codes", "the connection broke", "Try again."))

    def speech_started(self) -> None:
        self._listens = True

    def finalize(self) -> None:
        self._listens = not self._reader.by_utterance
        if not self._reader.hangs:
            later(self._reader.final_s(), self._fix)

    def expect(self, question: Question | None) -> None:
        pass

    def close(self) -> None:
        if self._sink is not None:
            self._gone()

    def _gone(self) -> HearingSink:
        sink, self._sink = self._sink, None
        assert sink is not None
        self._reader.open_now -= 1
        return sink

    def _forget(self, samples: int) -> None:
        del self._audio[:samples]
        self._read += samples

    def _show(self, upto: int) -> None:
        if self._sink is not None and upto > self._fixed:
            self._sink.heard(Partial(" ".join(self._known[self._fixed : upto])))

    def _fix(self) -> None:
        if self._sink is not None:
            text = " ".join(self._known[self._fixed :])
            self._fixed, self._settled = len(self._known), self._read
            self._sink.heard(Transcript(text))


# -- model -----------------------------------------------------------------------

Answers = Callable[[Request], Sequence[str]]
"""The pieces of a reply; "<hang>" waits for ever, "<die>" fails."""


@dataclass
class PiecesModel:
    """A model that answers in pieces."""

    answers: Answers
    first_piece_s: Callable[[], float] = lambda: 0.15
    name: str = "pieces"
    asked: list[Request] = field(default_factory=list[Request])
    writing: int = 0

    async def reply(self, request: Request) -> AsyncGenerator[Piece, None]:
        self.asked.append(request)
        self.writing += 1
        try:
            await asyncio.sleep(self.first_piece_s())
            for piece in self.answers(request):
                if piece == "<hang>":
                    await asyncio.sleep(1e6)
                if piece == "<die>":
                    raise ProviderUnavailable("pieces", "the connection broke", "Try again.")
                yield Text(piece)
                await asyncio.sleep(0.02)
        finally:
            self.writing -= 1


# -- voice activity ----------------------------------------------------------------


@dataclass
class LevelEar:
    """One caller's level."""

    activity: "LevelActivity"
    listener: VoiceListener
    samples_heard: int = 0
    loud: int = 0
    quiet: int = 0
    speaking: bool = False
    last_sound: int = 0

    def hear(self, mulaw: bytes) -> None:
        for at in range(0, len(mulaw), g711.FRAME):
            frame = mulaw[at : at + g711.FRAME]
            self.samples_heard += len(frame)
            self._judge(frame)

    def close(self) -> None:
        if self in self.activity.ears:
            self.activity.ears.remove(self)

    def _judge(self, frame: bytes) -> None:
        listener = self.listener
        if is_audible(frame):
            self.loud, self.quiet = self.loud + 1, 0
            self.last_sound = self.samples_heard - len(frame) + len(frame.rstrip(g711.SILENCE))
            if self.loud == 1 and not self.speaking:
                self.activity.tell(lambda: listener.speech_maybe(self.samples_heard))
            if self.loud == 3 and not self.speaking:
                self.speaking = True
                self.activity.tell(lambda: listener.speech_started(self.samples_heard))
            return
        self.loud, self.quiet = (self.loud if self.quiet < 2 else 0), self.quiet + 1
        if self.quiet == 4 and self.speaking:
            self.speaking = False
            self.loud = 0
            at = self.last_sound
            self.activity.tell(lambda: listener.speech_ended(at))


class LevelActivity:
    """Voice activity by loudness alone: what Silero is for speech, this is for coded sound."""

    def __init__(self) -> None:
        self.ears: list[LevelEar] = []
        self._news: list[Callable[[], None]] = []

    def open(self, listener: VoiceListener) -> LevelEar:
        ear = LevelEar(self, listener)
        self.ears.append(ear)
        return ear

    def tell(self, news: Callable[[], None]) -> None:
        self._news.append(news)

    def tick(self) -> None:
        news, self._news = self._news, []
        for each in news:
            each()


# -- caller ------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """Something the caller does: words are said, "#123" are keys, "<hang up>" and "<pause 1.5>" what they say."""

    what: str
    when: Callable[["Caller"], bool]


def polite(what: str, quiet_s: float = 0.5) -> Step:
    """Once the agent has spoken and has been quiet for a while."""
    return Step(what, lambda caller: caller.agent_spoke and caller.quiet_s >= quiet_s)


def at(seconds: float, what: str) -> Step:
    """So many seconds into the call."""
    return Step(what, lambda caller: caller.seconds >= seconds)


def when_hears(word: str, what: str) -> Step:
    """As soon as the agent has said this word."""
    return Step(what, lambda caller: word in caller.lately())


class Caller:
    """A line with its caller: plays its steps, and records what it hears."""

    abilities = LineAbilities("simulated", clears=True)

    def __init__(self, *steps: Step, loses: Callable[[int], bool] | None = None) -> None:
        self._steps = list(steps)
        self._saying = bytearray()
        self._queued = bytearray()
        self._owner: LineOwner | None = None
        self._loses = loses
        """Frames (by number) that come late, in one burst with the next that does not."""
        self._late = bytearray()
        self.heard = bytearray()
        self.said: list[tuple[str, float]] = []
        """What was said, and the second of the last sound of it."""
        self.on_said: Callable[[], object] = lambda: None
        self.notes: list[Mapping[str, object]] = []
        self.agent_left = False
        self.over = False
        self.agent_spoke = False
        self.quiet_s = 0.0
        self.seconds = 0.0

    def lately(self) -> str:
        """What the agent said in the last second."""
        return " ".join(word.word for word in words_in(bytes(self.heard[-RATE:])))

    def words(self) -> list[HeardWord]:
        """All that was heard, with positions that are times of the call."""
        return words_in(bytes(self.heard))

    def text(self) -> str:
        return " ".join(word.word for word in self.words())

    # -- Line

    def send(self, samples: bytes) -> None:
        if not self.agent_left:
            self._queued += samples

    def clear(self) -> None:
        self._queued.clear()

    def show(self, note: Mapping[str, object]) -> None:
        self.notes.append(note)

    def hang_up(self) -> None:
        self.agent_left = True
        self._owner = None

    # -- the caller

    async def call(self, owner: LineOwner, limit_s: float = 300.0) -> None:
        """The whole call, to its end."""
        self._owner = owner
        owner.picked_up()
        began = asyncio.get_running_loop().time()
        while not self.over:
            self._frame()
            self.seconds += FRAME_S
            assert self.seconds < limit_s, "the caller is left on the line"
            due = began + self.seconds
            await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))

    def _frame(self) -> None:
        frame = bytes(self._queued[: g711.FRAME]).ljust(g711.FRAME, g711.SILENCE)
        del self._queued[: g711.FRAME]
        self.heard += frame
        if is_audible(frame):
            self.agent_spoke, self.quiet_s = True, 0.0
        else:
            self.quiet_s += FRAME_S
        if self.agent_left:
            self.over = not self._queued
            return
        if self._steps and not self._saying and self._steps[0].when(self):
            self._do(self._steps.pop(0).what)
        if self._owner is not None:
            self._send_frame(self._owner)

    def _do(self, what: str) -> None:
        owner = self._owner
        assert owner is not None
        if what == "<hang up>":
            self.over, self._owner = True, None
            owner.hung_up()
        elif what.startswith("#"):
            for key in what[1:]:
                owner.key_pressed(key)
        elif what.startswith("<pause"):
            self._saying += g711.SILENCE * round(float(what[6:-1]) * RATE)
        else:
            self.on_said()
            self._saying += mulaw_of(what)
            self.said.append((what, self.seconds + len(self._saying) / RATE - (WORD - SOUND) / RATE))
        self.agent_spoke, self.quiet_s = False, 0.0

    def _send_frame(self, owner: LineOwner) -> None:
        frame = bytes(self._saying[: g711.FRAME]).ljust(g711.FRAME, g711.SILENCE)
        del self._saying[: g711.FRAME]
        self._late += frame
        if self._saying:
            self.quiet_s = 0.0
        if self._loses is None or not self._loses(round(self.seconds / FRAME_S)):
            owner.audio_in(bytes(self._late))
            self._late.clear()
