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
MOST_KEPT = 10 * SAMPLES_PER_S
"""Audio kept for a recognizer that is not open yet."""
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
        self._waiting = bytearray()
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

    def attach(self, hearing: Hearing) -> None:
        """The recognizer is open; it gets what came in before."""
        self._hearing = hearing
        self._pass_on()

    def audio_in(self, samples: bytes) -> None:
        """The caller's next samples: mu-law, any length."""
        samples = self._echo.clean(samples)
        self._ear.hear(samples)
        waiting = self._waiting
        waiting += samples
        if self._kept is not None:
            self._kept += samples
            del self._kept[:-JUDGED_SAMPLES]
        if self._hearing is None:
            del waiting[:-MOST_KEPT]
        elif self._speaking or len(waiting) >= QUIET_PIECE or self.position - self._quiet_from < QUIET_SAMPLES:
            self._pass_on()

    def played(self, samples: bytes, ahead: int) -> None:
        """See `OwnEars`."""
        self._echo.played(samples, ahead)

    def cleared(self) -> None:
        """See `OwnEars`."""
        self._echo.cleared()

    def finalize(self) -> None:
        """Have the recognizer give its final words."""
        if self._hearing is not None:
            self._pass_on()
            self._hearing.finalize()
        else:
            self._owner.heard(Transcript(""))

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
        self._owner.heard(words)

    def recognizer_failed(self, error: ProviderError) -> None:
        """See `HearingSink`."""
        self._hearing = None
        self._owner.recognizer_failed(error)

    def _pass_on(self) -> None:
        if self._hearing is not None and self._waiting:
            self._hearing.hear(bytes(self._waiting))
            self._waiting.clear()
