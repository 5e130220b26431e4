"""What a speech recognizer must do to be used here."""

from dataclasses import dataclass
from typing import Protocol

from offhook.conversation.events import Partial, Transcript
from offhook.conversation.form import Question
from offhook.providers.errors import ProviderError


class HearingSink(Protocol):
    """Who is told what was heard. Plain calls on the event loop; they return at once."""

    def heard(self, words: Partial | Transcript) -> None:
        """Words, in order."""
        ...

    def recognizer_failed(self, error: ProviderError) -> None:
        """Nothing more will be heard; called at most once."""
        ...


@dataclass(frozen=True, slots=True)
class HearingAbilities:
    """What a recognizer can do; the heart asks for nothing it cannot."""

    name: str
    """As transcripts name the engine, e.g. "deepgram/nova-3" or "pocketsphinx (built-in)"."""
    gives_confidence: bool = False
    gives_partials: bool = True
    """Whether it shows words while the caller still speaks."""
    finalizes: bool = True
    """Whether `finalize` brings final words soon; a recognizer that cannot decides for itself."""


class Hearing(Protocol):
    """One caller's ear, open for the length of a call, or until it fails."""

    @property
    def settled(self) -> int:
        """How many of the samples it was given need not be heard again: their words are final, or nobody spoke.

        The rest is kept by who gave them, for the recognizer that takes over should this one fail; it stays after that.
        """
        ...

    def hear(self, audio: bytes) -> None:
        """The caller's next samples: G.711 mu-law, 8 kHz, mono, any length (20 ms is 160 bytes). Never blocks."""
        ...

    def speech_started(self) -> None:
        """Voice activity heard the caller begin (for recognizers that work by the utterance)."""
        ...

    def finalize(self) -> None:
        """Give final words of what was heard so far; answered by one `Transcript`, empty if there are none.

        If `speech_started` follows at once, it may go unanswered: the utterance goes on, and the next one is asked.
        """
        ...

    def expect(self, question: Question | None) -> None:
        """What the agent is asking right now: choose the language model, hints or key terms for it."""
        ...

    def close(self) -> None:
        """The call is over; no callback follows."""
        ...


class Recognizer(Protocol):
    """A recognizer of speech, shared by all calls."""

    @property
    def abilities(self) -> HearingAbilities:
        """What it can do."""
        ...

    async def open(self, sink: HearingSink) -> Hearing:
        """Begin to listen to one caller.

        Audio given before the vendor's connection stands is kept and sent when it does.

        Raises:
            ProviderError: And nothing else.
        """
        ...
