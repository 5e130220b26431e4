"""The built-in recognizer: pocketsphinx with a language model of what may be said in answer to the question asked.

Good within a script and worthless outside it, and it cannot tell which: for trying offhook, not for real calls.
Decoding runs in child processes (`pocketsphinx_child.py` documents the frames); here is one ear per call.
"""

import asyncio
import importlib.util
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from offhook.conversation.events import Partial, Transcript
from offhook.conversation.form import Question
from offhook.providers.children import Children, Place
from offhook.providers.errors import ProviderUnavailable
from offhook.providers.narrowband import narrowband_model
from offhook.providers.stt import Hearing, HearingAbilities, HearingSink

_NAME = "pocketsphinx"
_PRE_ROLL_BYTES = 2400
"""300 ms: voice activity notices a beginning this late at most."""
_CHUNK_BYTES = 480
"""60 ms go to the child at a time."""
_UTTERANCE_BYTES = 30 * 8000
"""An utterance this long is given in parts."""
_ANSWER_S = 15.0
"""A child that has not given final words by then is stuck. The call itself does not wait so long."""

Sentences = Callable[[Question | None], Sequence[str]]
"""What a caller may say when this is asked: lower-case words without punctuation; at most some thousands."""


@asynccontextmanager
async def pocketsphinx_children(cache: Path, *, size: int = 2) -> AsyncIterator[Children]:
    """The processes that decode, for all agents; the acoustic model is made in `cache` at first use.

    Raises:
        ProviderError: pocketsphinx is not installed, the cache cannot be written or no process started.
    """
    wheel = _model_in_wheel()
    acoustic = await asyncio.to_thread(narrowband_model, wheel / "en-us", cache)
    with tempfile.TemporaryDirectory(prefix="offhook-language-") as folder:
        arguments = (str(acoustic), str(wheel / "cmudict-en-us.dict"), folder)
        async with Children(_NAME, "offhook.providers.pocketsphinx_child", arguments, size=size) as kids:
            yield kids


def _model_in_wheel() -> Path:
    wheel = importlib.util.find_spec("pocketsphinx")
    if wheel is None or wheel.origin is None:
        raise ProviderUnavailable(_NAME, "the package is not installed", "Run `make setup`.")
    return Path(wheel.origin).parent / "model" / "en-us"


class PocketSphinx:
    """A `Recognizer` for one agent, whose vocabulary it is given."""

    def __init__(self, kids: Children, sentences: Sentences) -> None:
        self._kids = kids
        self._sentences = sentences

    @property
    def abilities(self) -> HearingAbilities:
        """See `Recognizer.abilities`."""
        return HearingAbilities("pocketsphinx (built-in)", gives_confidence=False, finalizes=True)

    async def open(self, sink: HearingSink) -> Hearing:
        """See `Recognizer.open`."""
        ear = _Ear(self._expected_lines, sink)
        await ear.open_in(self._kids)
        return ear

    def _expected_lines(self, question: Question | None) -> bytes:
        """One sentence per line."""
        return "\n".join(self._sentences(question)).encode()


class _Ear:
    """A `Hearing`, and the client of a child."""

    def __init__(self, lines: Callable[[Question | None], bytes], sink: HearingSink) -> None:
        self._sink = sink
        self._lines = lines
        self._place: Place
        self._open = False
        self._speaking = False
        self._recent = bytearray()
        """Not sent yet: the pre-roll between utterances, the next chunk within one."""
        self._sent = 0
        """Bytes of this utterance."""
        self._asked: list[asyncio.TimerHandle] = []
        """One deadline per `finalize` that is still to be answered."""

    async def open_in(self, kids: Children) -> None:
        """Listen, with the help of a child; raises ProviderUnavailable."""
        self._place = await kids.join(self)
        self._open = True
        self.expect(None)

    def hear(self, audio: bytes) -> None:
        """See `Hearing.hear`."""
        if not self._open:
            return
        self._recent += audio
        if not self._speaking:
            del self._recent[:-_PRE_ROLL_BYTES]
        elif len(self._recent) >= _CHUNK_BYTES:
            self._send_recent()
            if self._sent >= _UTTERANCE_BYTES:
                self.finalize()
                self.speech_started()

    def speech_started(self) -> None:
        """See `Hearing.speech_started`."""
        if not self._open or self._speaking:
            return
        self._speaking = True
        self._sent = 0
        self._place.send("s")
        self._send_recent()

    def finalize(self) -> None:
        """See `Hearing.finalize`."""
        if not self._open:
            return
        if self._speaking:
            self._send_recent()
        self._speaking = False
        self._place.send("f")
        self._asked.append(asyncio.get_running_loop().call_later(_ANSWER_S, self._place.kill_child))

    def expect(self, question: Question | None) -> None:
        """See `Hearing.expect`."""
        if self._open:
            self._place.send("e", self._lines(question))

    def close(self) -> None:
        """See `Hearing.close`."""
        if self._open:
            self._place.send("c")
            self._place.leave()
            self._shut()

    def answered(self, kind: str, payload: bytes) -> None:
        """See `Client.answered`."""
        if kind == "p":
            self._sink.heard(Partial(payload.decode()))
            return
        self._asked.pop(0).cancel()
        self._sink.heard(Transcript(payload.decode()))

    def child_died(self) -> None:
        """See `Client.child_died`."""
        self._shut()
        remedy = "A fresh one is being started; if this goes on, use another recognizer."
        self._sink.recognizer_failed(ProviderUnavailable(_NAME, "the recognizing process died", remedy))

    def _send_recent(self) -> None:
        self._place.send("a", bytes(self._recent))
        self._sent += len(self._recent)
        self._recent.clear()

    def _shut(self) -> None:
        self._open = False
        for deadline in self._asked:
            deadline.cancel()
