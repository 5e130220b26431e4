"""Actions: what has an effect outside the conversation, and the receipts that prove it.

| kind | arguments | facts of its result |
|---|---|---|
| book | service, start, name, phone, [notes] | start, service; on failure problem, slots |
| reschedule | name, phone, start, [service, old_start] | start, service; on failure problem, slots |
| cancel | name, phone, [start] | start, service; on failure problem |
| take_message | name, phone, text, urgent ("yes" or "no") | |
| find_slots | service, [day, part, after], [near], [old_start, phone] | slots (up to 4, soonest first) |
| answer_from_facts | topic, [about, name, phone] | text; topic "appointment" (name and phone!): start, service, all |
| transfer | target, reason | target; on failure problem |
| end_call | | |

Points in time are ISO 8601 to the minute in the tenant's zone without offset ("2026-11-24T15:00"), `day` is a date,
`part` one of morning, afternoon, evening; `near` is the point in time that was wished: the slots nearest to it,
whatever else is said; `phone` is E.164. `problem` is one of: taken, closed, past, too_far, unknown_service,
not_found, too_many_tries, unknown_target, incomplete. `all` holds "start service" of each appointment, by "|".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ActionKind(StrEnum):
    """Everything a receptionist can do."""

    BOOK = "book"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    TAKE_MESSAGE = "take_message"
    FIND_SLOTS = "find_slots"
    ANSWER_FROM_FACTS = "answer_from_facts"
    TRANSFER = "transfer"
    END_CALL = "end_call"

    @property
    def has_effect(self) -> bool:
        """Whether it changes something; one that only looks may run while a reply is still a guess."""
        return self not in {ActionKind.FIND_SLOTS, ActionKind.ANSWER_FROM_FACTS}


@dataclass(frozen=True, slots=True)
class Action:
    """An action as a receptionist proposes it."""

    id: str
    """Unique within the call; a vendor's tool-call id or the receptionist's own."""
    kind: ActionKind
    arguments: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Receipt:
    """The stored proof that an action took effect."""

    id: str
    kind: ActionKind
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    """What was done, as it was stored: service, start, name, phone, text, target."""


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What came of an action. One that was refused has a problem and no receipt."""

    action: Action
    receipt: Receipt | None = None
    problem: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    slots: tuple[str, ...] = ()
