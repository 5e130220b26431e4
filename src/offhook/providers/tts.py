"""What a voice must do to be used here."""

from dataclasses import dataclass
from typing import Protocol

from offhook.providers.errors import ProviderError


class SpeechSink(Protocol):
    """Who gets the sound of one reply. Plain calls on the event loop; they return at once."""

    def audio(self, samples: bytes) -> None:
        """The next samples: G.711 mu-law, 8 kHz, mono, any length."""
        ...

    def words_end_at(self, ends_s: tuple[float, ...]) -> None:
        """The next spoken words (split at white space, of all text given to `say`) end at these seconds of audio."""
        ...

    def finished(self) -> None:
        """All that was given before `end` has been delivered; called at most once, nothing follows."""
        ...

    def voice_failed(self, error: ProviderError) -> None:
        """No more sound will come; called at most once, nothing follows."""
        ...


class Speech(Protocol):
    """One reply being spoken."""

    def say(self, text: str) -> None:
        """Speak this after what was given before; a clause or more, in words that can be read out. Keeps its spaces."""
        ...

    def end(self) -> None:
        """There is no more text."""
        ...

    def cancel(self) -> None:
        """Stop at once; no callback follows. Harmless when finished."""
        ...


@dataclass(frozen=True, slots=True)
class VoiceIdentity:
    """What makes a voice sound as it does; the key of its cached phrases."""

    provider: str
    voice: str
    settings: str = ""


class Voice(Protocol):
    """A voice, shared by all calls."""

    @property
    def identity(self) -> VoiceIdentity:
        """Who speaks."""
        ...

    def open(self, sink: SpeechSink) -> Speech:
        """Begin a reply. Never blocks; failures come through the sink."""
        ...
