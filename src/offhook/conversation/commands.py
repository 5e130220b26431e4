"""What the conversation asks for. Commands are performed in order; the conversation never waits for one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from offhook.conversation.actions import Action, ActionResult
from offhook.conversation.form import Form


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one side said; of the agent's words, only those the caller has heard."""

    speaker: Literal["caller", "agent"]
    text: str


class EndReason(StrEnum):
    """Why a call ended, as the conversation saw it."""

    CALLER_HUNG_UP = "caller_hung_up"
    AGENT_SAID_GOODBYE = "agent_said_goodbye"
    CALLER_SILENT = "caller_silent"
    TOO_LONG = "too_long"
    NO_REPLY = "no_reply"
    NO_VOICE = "no_voice"


@dataclass(frozen=True, slots=True)
class Think:
    """Write reply `reply`, or go on with it after its actions have run.

    `history` is oldest first and ends with the caller's words that are to be answered. `begun` is what this reply has
    already said; `results` are what came of the actions it asked for. A guess (`speculative`) may be dropped unheard.
    """

    reply: int
    history: tuple[Utterance, ...]
    form: Form
    speculative: bool = False
    begun: str = ""
    results: tuple[ActionResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Say:
    """Make speech of `text` and queue it behind what reply `reply` has; silent until `Play`."""

    reply: int
    text: str


@dataclass(frozen=True, slots=True)
class EndSpeech:
    """Reply `reply` has no more words: the voice need not wait for any."""

    reply: int


@dataclass(frozen=True, slots=True)
class Play:
    """Let the caller hear reply `reply`, from where it stands; answer with `Played` as it is heard."""

    reply: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Be silent at once, but keep what the caller has not heard of reply `reply`."""

    reply: int


@dataclass(frozen=True, slots=True)
class StopReply:
    """Stop writing, speaking and playing reply `reply`; drop what is queued."""

    reply: int


@dataclass(frozen=True, slots=True)
class Finalize:
    """Have the recognizer give its final words of what it has heard so far."""


@dataclass(frozen=True, slots=True)
class JudgeTurn:
    """Ask the end-of-turn model about this pause; answer with `TurnJudged` in time or not at all."""

    pause: int


@dataclass(frozen=True, slots=True)
class Act:
    """Run an action, once; answer with `ActionDone`."""

    reply: int
    action: Action


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call, if it is still up, and let everything go. Nothing follows."""

    reason: EndReason


Command = Think | Say | EndSpeech | Play | Hold | StopReply | Finalize | JudgeTurn | Act | HangUp
