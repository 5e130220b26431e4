"""One caller's ear for a recognizer that works by the utterance, in a child process.

| frame | from | payload |
|---|---|---|
| `e` | ear | what may be said from now on; its form is the engine's own |
| `s` | ear | nothing: an utterance begins |
| `a` | ear | its samples, mu-law |
| `f` | ear | nothing: the utterance is over |
| `c` | ear | nothing: the call is over |
| `p` | child | the words so far, when they have changed |
| `t` | child | final words, as `encoded_transcript` writes them; answers `f`, empty if no utterance had begun |
| `x` | child | why it cannot go on, for this call |

The utterance begins at `speech_started`, with what was heard shortly before, and ends `SECOND_THOUGHT_S` after
`finalize`; speech that comes back before goes on with it. For voice activity may lose a soft syllable for a moment, and
words cut in two are understood as two others.
"""

import asyncio
import json
from collections.abc import Callable

from offhook.conversation.events import Partial, Transcript
from offhook.conversation.form import Question
from offhook.providers.children import Children, Place
from offhook.providers.errors import ProviderError, ProviderUnavailable, ProviderUnintelligible
from offhook.providers.frames import REFUSED
from offhook.providers.stt import HearingSink

_PRE_ROLL_BYTES = 2400
"""300 ms: voice activity notices a beginning this late at most."""
_CHUNK_BYTES = 480
"""60 ms go to the child at a time."""
SECOND_THOUGHT_S = 0.12
"""Less than what lies between `finalize` and the end of a turn, so that it costs nobody time."""
_UTTERANCE_BYTES = 30 * 8000
"""An utterance this long is given in parts."""

Expectation = Callable[[Question | None], bytes]
"""What the child is told when this is asked."""


def encoded_transcript(text: str, confidence: float | None) -> bytes:
    """The payload of a `t` frame."""
    return json.dumps({"text": text, "confidence": confidence}).encode()


def decoded_transcript(payload: bytes) -> Transcript:
    """What `encoded_transcript` wrote."""
    told = json.loads(payload)
    return Transcript(told["text"], told["confidence"])


class ChildEar:
    """A `Hearing`, and the client of a child.

    Args:
        provider: Whose child it is.
        expectation: What the child is told of a question.
        sink: Who is told what was heard.
        answer_s: A child that has not given final words by then is stuck and is ended. The call does not wait so long.
    """

    def __init__(self, provider: str, expectation: Expectation, sink: HearingSink, *, answer_s: float = 15.0) -> None:
        self._provider = provider
        self._expectation = expectation
        self._sink = sink
        self._answer_s = answer_s
        self._place: Place
        self._open = False
        self._speaking = False
        self._recent = bytearray()
        """Not sent yet: the pre-roll between utterances, the next chunk within one."""
        self._sent = 0
        """Bytes of this utterance."""
        self._ending: asyncio.TimerHandle | None = None
        """The utterance ends then, unless speech comes back."""
        self._asked: list[tuple[asyncio.TimerHandle, int]] = []
        """One deadline per `finalize` that is still to be answered, and the samples given until then."""
        self._given = 0
        self._settled = 0

    async def open_in(self, kids: Children) -> None:
        """Listen, with the help of a child; raises ProviderUnavailable."""
        self._place = await kids.join(self)
        self._open = True
        self.expect(None)

    @property
    def settled(self) -> int:
        """See `Hearing.settled`."""
        if self._speaking or self._asked:
            return self._settled
        return self._given - len(self._recent)

    def hear(self, audio: bytes) -> None:
        """See `Hearing.hear`."""
        if not self._open:
            return
        self._given += len(audio)
        self._recent += audio
        if not self._speaking:
            del self._recent[:-_PRE_ROLL_BYTES]
        elif len(self._recent) >= _CHUNK_BYTES:
            self._send_recent()
            if self._sent >= _UTTERANCE_BYTES:
                self._end()
                self.speech_started()

    def speech_started(self) -> None:
        """See `Hearing.speech_started`."""
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        if not self._open or self._speaking:
            return
        self._settled = self.settled
        self._speaking = True
        self._sent = 0
        self._place.send("s")
        self._send_recent()

    def finalize(self) -> None:
        """See `Hearing.finalize`."""
        if not self._open:
            return
        if self._ending is not None:
            self._end()
        if self._speaking:
            self._ending = asyncio.get_running_loop().call_later(SECOND_THOUGHT_S, self._end)
        else:
            self._end()

    def _end(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        if self._speaking:
            self._send_recent()
        self._speaking = False
        self._place.send("f")
        deadline = asyncio.get_running_loop().call_later(self._answer_s, self._place.kill_child)
        self._asked.append((deadline, self._given))

    def expect(self, question: Question | None) -> None:
        """See `Hearing.expect`."""
        if self._open:
            self._place.send("e", self._expectation(question))

    def close(self) -> None:
        """See `Hearing.close`."""
        if self._open:
            self._place.send("c")
            self._shut()

    def answered(self, kind: str, payload: bytes) -> None:
        """See `Client.answered`."""
        match kind:
            case "p":
                self._sink.heard(Partial(payload.decode()))
            case "t":
                deadline, self._settled = self._asked.pop(0)
                deadline.cancel()
                self._sink.heard(decoded_transcript(payload))
            case _:
                assert kind == REFUSED
                remedy = "Check its files with `offhook doctor`, or use another recognizer."
                self._fail(ProviderUnintelligible(self._provider, payload.decode(), remedy))

    def child_died(self) -> None:
        """See `Client.child_died`."""
        remedy = "A fresh one is being started; if this goes on, use another recognizer."
        self._fail(ProviderUnavailable(self._provider, "the recognizing process died", remedy))

    def _fail(self, error: ProviderError) -> None:
        self._shut()
        self._sink.recognizer_failed(error)

    def _send_recent(self) -> None:
        self._place.send("a", bytes(self._recent))
        self._sent += len(self._recent)
        self._recent.clear()

    def _shut(self) -> None:
        self._open = False
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        self._place.leave()
        for deadline, _ in self._asked:
            deadline.cancel()
