"""The agent's ears: the caller's audio on its way to voice activity and recognizer, the agent's echo taken out.

One per call. Positions are samples of the caller's audio that have come in, at 8 kHz.
"""

from typing import Protocol

from offhook.audio.echo import EchoGate
from offhook.audio.voice_activity import VoiceActivity
from offhook.conversation.events import Partial, Transcript
from offhook.conversation.form import Question
from offhook.providers.errors import ProviderError
from offhook.providers.stt import Hearing

SAMPLES_PER_S = 8000
QUIET_SAMPLES = SAMPLES_PER_S
"""After so much silence the recognizer gets the audio in pieces of `QUIET_PIECE`, which costs a fifth."""
QUIET_PIECE = 800
MOST_KEPT = 30 * SAMPLES_PER_S
"""Audio kept for a recognizer that is not open yet, or that takes over from one that failed."""
JUDGED_SAMPLES = 8 * SAMPLES_PER_S


class EarsOwner(Protocol):
    """Who is told what the caller does."""

    def speech_started(self) -> None:
        """Voice activity began."""
        ...

    def speech_maybe(self) -> None:
        """A first sign of speech, perhaps nothing."""
        ...

    def speech_ended(self, silent_s: float) -> None:
        """Voice activity ended so many seconds of audio ago."""
        ...

    def heard(self, words: Partial | Transcript) -> None:
        """The recognizer has words."""
        ...

    def recognizer_failed(self, error: ProviderError) -> None:
        """The recognizer gave up."""
        ...


class Ears:
    """Hears one caller.

    Args:
        activity: The voice activity of all calls.
        owner: Who is told.
        keep_audio: Whether the last 8 s are kept for an end-of-turn model.
    """

    def __init__(self, activity: VoiceActivity, owner: EarsOwner, *, keep_audio: bool = False) -> None:
        self._owner = owner
        self._ear = activity.open(self)
        self._echo = EchoGate()
        self._hearing: Hearing | None = None
        self._sound = bytearray()
        """What the caller said and no recognizer has settled."""
        self._given = 0
        """How much of it the present recognizer has."""
        self._gone = 0
        """Samples that were given to that one and are no longer in `_sound`."""
        self._owed = False
        """Final words were asked for and none have come."""
        self._speaking = False
        self._quiet_from = 0
        self._kept: bytearray | None = bytearray() if keep_audio else None
        self.speech_end: int | None = None
        """Position of the last sample of speech so far."""

    @property
    def position(self) -> int:
        """Samples that have come in."""
        return self._ear.samples_heard

    @property
    def recent_audio(self) -> bytes:
        """The last seconds, mu-law, for an end-of-turn model."""
        return bytes(self._kept or b"")

    def attach(self, hearing: Hearing, question: Question | None) -> None:
        """The recognizer is open; it gets what came in before, from the start of the utterance, and what is asked."""
        self._hearing = hearing
        hearing.expect(question)
        if self._holds_speech:
            hearing.speech_started()
        self._pass_on()
        if self._owed and not self._speaking:
            hearing.finalize()

    def audio_in(self, samples: bytes) -> None:
        """The caller's next samples: mu-law, any length."""
        samples = self._echo.clean(samples)
        self._ear.hear(samples)
        self._sound += samples
        if self._kept is not None:
            self._kept += samples
            del self._kept[:-JUDGED_SAMPLES]
        waiting = len(self._sound) - self._given
        if self._speaking or waiting >= QUIET_PIECE or self.position - self._quiet_from < QUIET_SAMPLES:
            self._pass_on()
        if (surplus := len(self._sound) - MOST_KEPT) > 0:
            self._forget(surplus)

    def played(self, samples: bytes, ahead: int) -> None:
        """See `OwnEars`."""
        self._echo.played(samples, ahead)

    def cleared(self) -> None:
        """See `OwnEars`."""
        self._echo.cleared()

    def finalize(self) -> None:
        """Have the recognizer give its final words; while there is none, of what was said the next one is asked."""
        if self._hearing is None and not self._holds_speech:
            self._owner.heard(Transcript(""))
            return
        self._owed = True
        self._pass_on()
        if self._hearing is not None:
            self._hearing.finalize()

    def expect(self, question: Question | None) -> None:
        """Tell the recognizer what is being asked."""
        if self._hearing is not None:
            self._hearing.expect(question)

    def close(self) -> None:
        """The call is over."""
        self._ear.close()
        if self._hearing is not None:
            self._hearing.close()
            self._hearing = None

    # -- from voice activity and recognizer -------------------------------

    def speech_started(self, at_sample: int) -> None:
        """See `VoiceListener`."""
        self._speaking = True
        self._pass_on()
        if self._hearing is not None:
            self._hearing.speech_started()
        self._owner.speech_started()

    def speech_maybe(self, at_sample: int) -> None:
        """See `VoiceListener`."""
        self._owner.speech_maybe()

    def speech_ended(self, at_sample: int) -> None:
        """See `VoiceListener`."""
        self._speaking = False
        self._quiet_from = self.position
        self.speech_end = at_sample
        self._owner.speech_ended((self.position - at_sample) / SAMPLES_PER_S)

    def heard(self, words: Partial | Transcript) -> None:
        """See `HearingSink`."""
        if isinstance(words, Transcript):
            self._owed = False
        self._owner.heard(words)

    def recognizer_failed(self, error: ProviderError) -> None:
        """See `HearingSink`."""
        self._forget_settled()
        self._hearing = None
        self._given = self._gone = 0
        self._owner.recognizer_failed(error)

    # -- the caller's sound -----------------------------------------------

    @property
    def _holds_speech(self) -> bool:
        """Whether somebody speaks in what is kept."""
        return self._speaking or (self.speech_end or 0) > self.position - len(self._sound)

    def _pass_on(self) -> None:
        if self._hearing is None or self._given == len(self._sound):
            return
        fresh = bytes(self._sound[self._given :])
        self._given = len(self._sound)
        self._hearing.hear(fresh)  # it may fail of this
        self._forget_settled()

    def _forget_settled(self) -> None:
        if self._hearing is not None and (settled := self._hearing.settled - self._gone) > 0:
            self._forget(settled)

    def _forget(self, samples: int) -> None:
        del self._sound[:samples]
        if self._hearing is not None:
            self._given -= samples
            self._gone += samples
