"""What goes into the store and comes out of it: frozen values. Rows never leave this room."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from offhook.receptionist.outcome import Outcome

TenantId = NewType("TenantId", int)
"""Proof that a dialled number or a request was matched to this tenant; made only where that is checked."""

INSTALLATION = TenantId(1)
"""The installation's own tenant: what belongs to nobody, such as a call to an unknown number, is its."""


class CallState(StrEnum):
    """Where a call stands."""

    OPEN = "open"
    ENDED = "ended"
    INTERRUPTED = "interrupted"
    """Its process died and nobody took it up."""
    REJECTED = "rejected"
    """Never picked up: unknown number, inactive tenant, no room; or admitted, and missed."""


class Severity(StrEnum):
    """How soon somebody must look at an error."""

    WARNING = "warning"
    ERROR = "error"


class Fate(StrEnum):
    """What became of a generated reply."""

    KEPT = "kept"
    CUT = "cut"
    DROPPED = "dropped"


_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def new_call_id(now: datetime) -> str:
    """An id that nobody guesses and that sorts by time: a ULID in lower case, 26 letters."""
    number = int(now.timestamp() * 1000) << 80 | secrets.randbits(80)
    return "".join(_CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


@dataclass(frozen=True, slots=True)
class Configuration:
    """One version of an agent's configuration, as it was saved; whether it can be used, its reader finds out."""

    version: int
    profession: str
    body: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NewAgent:
    """A tenant's receptionist as it is set up."""

    tenant: str
    """The tenant's name, unique in the installation."""
    name: str
    profession: str
    configuration: Mapping[str, object]
    """JSON; what it holds is its reader's matter."""
    numbers: tuple[str, ...] = ()
    """E.164; each leads to this agent."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a dialled number leads: one agent of one tenant, read in one snapshot with its configuration."""

    tenant: TenantId
    agent: int
    agent_name: str
    number: str
    active: bool
    """Tenant, agent and number are all switched on; else the call is to be rejected."""
    configuration: Configuration
    """The newest version."""
    last_good: Configuration | None
    """The newest version that has ever been used; serves when the newest cannot be."""


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call as it begins."""

    id: str
    """From `new_call_id`; the journal may begin before the call's row is written."""
    tenant: TenantId
    """INSTALLATION, if the number is nobody's."""
    agent: int | None
    line: str
    """What carries it: "twilio", "browser", "simulated", "chat"."""
    caller: str
    """As the line gave it; proves nothing and may be empty."""
    dialled: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One caller utterance and what was heard of the agent's reply to it; the greeting has no caller's words."""

    n: int
    caller: str = ""
    agent: str = ""
    stt_ms: float | None = None
    llm_ms: float | None = None
    tts_ms: float | None = None
    pipeline_ms: float | None = None
    """Decision to first sample out."""
    gap_ms: float | None = None
    """Last caller speech sample in to first agent sample out."""
    interrupted: bool = False
    """The caller took the floor from the agent."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One reply of a model, as a proof of what was asked and answered."""

    reply: int
    template: str
    """The template and its version, e.g. "dentist/3"."""
    prompt: str
    """Hash of the composed prompt; `JournalWriter.prompt` keeps the text."""
    model: str
    response: str
    first_word_ms: float | None
    total_ms: float | None
    fate: Fate
    attempt: int = 0
    """The next model's, where one failed."""


@dataclass(frozen=True, slots=True)
class ErrorRecord:
    """One error as an operator needs it; never the caller's words."""

    kind: str
    severity: Severity
    room: str
    done: str
    """What was done about it, e.g. "the next provider was asked"."""
    tenant: TenantId | None = None
    call: str | None = None
    turn: int | None = None
    provider: str | None = None
    attempt: int | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One event of a call's journal."""

    seq: int
    at: float
    """Seconds since the call's start."""
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class BookedAppointment:
    """An appointment that stands."""

    id: int
    service: str
    start: datetime
    """Aware, in the tenant's zone."""
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class TakenMessage:
    """A message for the tenant."""

    name: str
    phone: str
    text: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class DoneAction:
    """An action that took effect."""

    kind: str
    receipt: str
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class CallSummary:
    """A call with what came of it; also one that is still going on."""

    id: str
    tenant: TenantId
    line: str
    caller: str
    """The caller's number as the line gave it; may be empty."""
    dialled: str
    state: CallState
    outcome: Outcome | None
    reason: str | None
    started_at: datetime
    """UTC."""
    seconds: float
    """Of an open call: up to its last journal entry."""
    turns: tuple[Turn, ...] = ()
    actions: tuple[DoneAction, ...] = ()
    appointments: tuple[BookedAppointment, ...] = ()
    """Those that this call made or last moved, and that stand."""
    messages: tuple[TakenMessage, ...] = ()

    @property
    def transcript(self) -> tuple[tuple[str, str], ...]:
        """`(who, words)` in order; who is "caller" or "agent"; of the agent's words those that were heard."""
        said = (line for turn in self.turns for line in (("caller", turn.caller), ("agent", turn.agent)))
        return tuple(line for line in said if line[1])

    def as_json(self) -> dict[str, object]:
        """The object that `offhook calls --json` prints."""
        return {
            "id": self.id,
            "line": self.line,
            "from": self.caller,
            "to": self.dialled,
            "state": self.state.value,
            "outcome": None if self.outcome is None else self.outcome.value,
            "reason": self.reason,
            "started": self.started_at.isoformat(),
            "seconds": round(self.seconds, 3),
            "appointments": [
                {"service": made.service, "start": made.start.isoformat(), "name": made.name, "phone": made.phone}
                for made in self.appointments
            ],
            "messages": [
                {"name": taken.name, "phone": taken.phone, "text": taken.text, "urgent": taken.urgent}
                for taken in self.messages
            ],
            "transcript": [list(line) for line in self.transcript],
            "turns": [
                {name: getattr(turn, name) for name in ("gap_ms", "pipeline_ms", "stt_ms", "llm_ms", "tts_ms")}
                for turn in self.turns
            ],
        }
