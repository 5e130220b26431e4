"""What can happen in a call. Events are frozen values; the time is given to `Conversation.receive`.

`reply` numbers grow by one with every reply that is begun; an event about a reply nobody waits for is dropped.
"""

from dataclasses import dataclass

from offhook.conversation.actions import Action, ActionResult
from offhook.conversation.form import FormChange


@dataclass(frozen=True, slots=True)
class PickedUp:
    """The line is open in both directions."""


@dataclass(frozen=True, slots=True)
class SpeechHinted:
    """Voice activity: a first sign that the caller speaks, perhaps nothing. `SpeechStarted` follows within 50 ms."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Voice activity: the caller began to speak."""


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """Voice activity: the caller fell silent, `silent_s` seconds of audio ago."""

    silent_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Partial:
    """What the recognizer makes of the utterance so far, beyond what `Transcript`s have fixed. May still change."""

    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """Final words of (part of) what the caller said; may be empty after `Finalize`."""

    text: str
    confidence: float | None = None
    """0 to 1 where the recognizer reports one that means something."""
    endpoint: bool = False
    """The recognizer itself heard the caller stop."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A whole turn that came as text (chat, ConversationRelay): nothing more is coming."""

    text: str


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key of the telephone: one of 0123456789*#."""

    key: str


@dataclass(frozen=True, slots=True)
class TurnJudged:
    """An end-of-turn model's opinion on pause `pause`: how likely the caller has finished, 0 to 1."""

    pause: int
    complete: float


@dataclass(frozen=True, slots=True)
class ReplyText:
    """The next words of reply `reply`; pieces are joined as they are."""

    reply: int
    text: str


@dataclass(frozen=True, slots=True)
class FormNoted:
    """Reply `reply` rests on this change of the form; it holds once the reply does."""

    reply: int
    change: FormChange


@dataclass(frozen=True, slots=True)
class ActionProposed:
    """The receptionist wants this done, and goes on with reply `reply` when it is told the result."""

    reply: int
    action: Action


@dataclass(frozen=True, slots=True)
class ReplyFinished:
    """Nothing will be added to reply `reply`, unless actions are still to be answered."""

    reply: int


@dataclass(frozen=True, slots=True)
class ReplyFailed:
    """Nobody is left to write reply `reply`."""

    reply: int


@dataclass(frozen=True, slots=True)
class VoiceFailed:
    """Nobody is left to speak reply `reply`."""

    reply: int


@dataclass(frozen=True, slots=True)
class ActionDone:
    """An action that was asked for by `Act` has run, or was refused."""

    reply: int
    result: ActionResult


@dataclass(frozen=True, slots=True)
class Played:
    """The caller has by now heard the first `words` words of reply `reply`."""

    reply: int
    words: int


@dataclass(frozen=True, slots=True)
class HearingFailed:
    """Nobody is left to understand the caller."""


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller or the carrier ended the call."""


OfCaller = (
    SpeechHinted
    | SpeechStarted
    | SpeechEnded
    | Partial
    | Transcript
    | Typed
    | KeyPressed
    | TurnJudged
    | HearingFailed
    | HungUp
)
OfReply = Played | ReplyText | FormNoted | ActionProposed | ReplyFinished | ReplyFailed | VoiceFailed
Event = PickedUp | OfCaller | OfReply | ActionDone
