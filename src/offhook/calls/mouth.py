"""The agent's mouth: makes speech of a reply's clauses, plays it, and knows to the word what the caller has heard.

One per call. Plain calls on the event loop; the sound leaves when the process's ticker calls `tick`.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from offhook.audio.playback import Playout
from offhook.calls.line import Line
from offhook.calls.phrasebook import Phrasebook
from offhook.conversation.speech_text import speech_text
from offhook.providers.errors import ProviderError
from offhook.providers.tts import Speech, Voice

SAMPLES_PER_S = 8000
REPORT_EVERY_S = 0.5
"""How often a playing reply tells what was heard; a barge-in asks at once."""


class MouthOwner(Protocol):
    """Who is told what the caller hears."""

    def played(self, reply: int, words: int) -> None:
        """The caller has heard the first `words` words of `reply`."""
        ...

    def first_sound_made(self, reply: int) -> None:
        """The voice delivered its first samples for `reply`."""
        ...

    def first_sound_sent(self, reply: int) -> None:
        """The first samples of `reply` are on the line."""
        ...

    def voice_failed(self, reply: int, error: ProviderError) -> None:
        """No more sound of `reply` will come."""
        ...


class OwnEars(Protocol):
    """Who must not take the agent's voice for the caller's."""

    def played(self, samples: bytes, ahead: int) -> None:
        """These go out now and sound `ahead` samples from now."""
        ...

    def cleared(self) -> None:
        """What had not sounded yet never will."""
        ...


@dataclass(slots=True)
class _Spoken:
    """One reply's sound and words."""

    number: int
    ends_at: list[float] = field(default_factory=list[float])
    """For each spoken word, the second of the reply's audio at which it ends."""
    sources: list[int] = field(default_factory=list[int])
    """For each spoken word, how many words of the reply are said when it ends."""
    source_words: int = 0
    samples: int = 0
    speech: Speech | None = None
    speech_began_at: int = 0
    """Samples of the reply that were there before its voice was opened (cached phrases)."""
    speech_words: int = 0
    ended: bool = False
    complete: bool = False
    """All its sound has been delivered."""
    sent: bool = False
    made: bool = False

    def words_heard(self, samples: int) -> int:
        """How many of the reply's words end within its first `samples` samples."""
        if self.complete and samples >= self.samples:
            return self.source_words
        seconds = samples / SAMPLES_PER_S + 0.02
        heard = 0
        for index, end in enumerate(self.ends_at):
            if end > seconds or index >= len(self.sources):
                break
            heard = self.sources[index]
        return heard


class Mouth:
    """Speaks on one line with one voice.

    Args:
        line: Where the sound goes.
        voice: Who speaks.
        phrases: Ready-made sound of the few things that are said in every call.
        owner: Who is told.
        ears: Told of all that goes out.
    """

    def __init__(self, line: Line, voice: Voice, phrases: Phrasebook, owner: MouthOwner, ears: OwnEars) -> None:
        self._line = line
        self._voice = voice
        self._phrases = phrases
        self._owner = owner
        self._ears = ears
        self._playout = Playout()
        self._clock = asyncio.get_running_loop().time
        self._spoken: _Spoken | None = None
        self._playing = False
        self._report_at = 0.0
        self._reported = -1

    @property
    def is_playing(self) -> bool:
        """Whether something is being heard, or would be if it were there."""
        return self._playing

    def say(self, reply: int, text: str) -> None:
        """Queue speech of `text`; silent until `play`."""
        spoken = self._of(reply)
        words = speech_text(text)
        spoken.sources += [spoken.source_words + said for said in words.ends]
        spoken.source_words += len(text.split())
        if spoken.speech is None and (phrase := self._phrases.recall(text)) is not None:
            base = spoken.samples / SAMPLES_PER_S
            spoken.ends_at += [base + end for end in phrase.word_ends_s]
            self._sound(spoken, phrase.samples)
            return
        if spoken.speech is None:
            spoken.speech_began_at = spoken.samples
            spoken.speech = self._voice.open(_Sink(self, spoken))
        if words.text:
            spoken.speech.say(words.text + " ")

    def end(self, reply: int) -> None:
        """`reply` has no more text."""
        spoken = self._of(reply)
        if spoken.ended:
            return
        spoken.ended = True
        if spoken.speech is None:
            self.delivered(spoken)
        else:
            spoken.speech.end()

    def play(self, reply: int) -> None:
        """Let the caller hear `reply` from where it stands."""
        self._of(reply)
        self._playout.play(reply)
        self._playing = True
        self.tick(self._clock())

    def hold(self, reply: int, *, now: float) -> None:
        """Silence at once; what was not heard is kept."""
        if self._playing and self._spoken is not None and self._spoken.number == reply:
            self._playing = False
            self._silence(now)
            self.report(now)

    def stop(self, reply: int, *, now: float) -> None:
        """Forget `reply`."""
        spoken = self._spoken
        if spoken is None or spoken.number != reply:
            return
        if spoken.speech is not None:
            spoken.speech.cancel()
        if self._playing:
            self._silence(now)
        self._playout.drop(reply)
        self._playing = False
        self._spoken = None

    def close(self) -> None:
        """The call is over: no sound is made any more; what is on the line is heard to its end."""
        if self._spoken is not None and self._spoken.speech is not None:
            self._spoken.speech.cancel()
        self._spoken = None
        self._playing = False

    def report(self, now: float) -> None:
        """Tell the owner what has been heard by now."""
        spoken = self._spoken
        if spoken is None:
            return
        samples = self._heard(now)
        self._report_at = now + REPORT_EVERY_S
        heard = spoken.words_heard(samples)
        if heard != self._reported or (spoken.complete and heard == spoken.source_words):
            self._reported = heard
            self._owner.played(spoken.number, heard)

    def tick(self, now: float) -> None:
        """Send what is due."""
        spoken = self._spoken
        if not self._playing or spoken is None:
            return
        samples = self._playout.due(now)
        if samples:
            self._line.send(samples)
            self._ears.played(samples, round(self._playout.ahead(now) * SAMPLES_PER_S) - len(samples))
            if not spoken.sent:
                spoken.sent = True
                self._owner.first_sound_sent(spoken.number)
        over = spoken.complete and self._heard(now) >= spoken.samples
        if over or now >= self._report_at:
            self._playing = not over
            self.report(now)

    # -- from the voice ---------------------------------------------------

    def sounded(self, spoken: _Spoken, samples: bytes) -> None:
        """More sound of a reply."""
        if spoken is self._spoken:
            if not spoken.made:
                spoken.made = True
                self._owner.first_sound_made(spoken.number)
            self._sound(spoken, samples)
            if self._playing and not spoken.sent:  # the first sound does not wait for the ticker
                self.tick(self._clock())

    def timed(self, spoken: _Spoken, ends_s: tuple[float, ...]) -> None:
        """When its next words end."""
        base = spoken.speech_began_at / SAMPLES_PER_S
        spoken.ends_at += [base + end for end in ends_s]

    def delivered(self, spoken: _Spoken) -> None:
        """All its sound is there."""
        spoken.complete = True
        if spoken is self._spoken:
            self._playout.end(spoken.number)

    def failed(self, spoken: _Spoken, error: ProviderError) -> None:
        """The voice gave up."""
        if spoken is self._spoken:
            self._owner.voice_failed(spoken.number, error)

    # -- private ----------------------------------------------------------

    def _of(self, reply: int) -> _Spoken:
        if self._spoken is None or self._spoken.number != reply:
            self._spoken = _Spoken(reply)
            self._reported = -1
            self._report_at = 0.0
        return self._spoken

    def _heard(self, now: float) -> int:
        """Samples of the present reply that the caller has heard."""
        reply, samples = self._playout.heard(now)
        return samples if self._spoken is not None and reply == self._spoken.number else 0

    def _silence(self, now: float) -> None:
        ahead = self._playout.ahead(now) > 0
        self._playout.hold(now)
        if ahead and self._line.abilities.clears:
            self._line.clear()
            self._ears.cleared()

    def _sound(self, spoken: _Spoken, samples: bytes) -> None:
        spoken.samples += len(samples)
        self._playout.queue(spoken.number, samples)


class _Sink:
    """A voice's view of the mouth, for one reply."""

    __slots__ = ("_mouth", "_spoken")

    def __init__(self, mouth: Mouth, spoken: _Spoken) -> None:
        self._mouth = mouth
        self._spoken = spoken

    def audio(self, samples: bytes) -> None:
        self._mouth.sounded(self._spoken, samples)

    def words_end_at(self, ends_s: tuple[float, ...]) -> None:
        self._mouth.timed(self._spoken, ends_s)

    def finished(self) -> None:
        self._mouth.delivered(self._spoken)

    def voice_failed(self, error: ProviderError) -> None:
        self._mouth.failed(self._spoken, error)
