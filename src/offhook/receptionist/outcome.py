"""What came of a call, in one word."""

from enum import StrEnum
from typing import assert_never

from offhook.conversation.actions import ActionKind, Receipt
from offhook.conversation.commands import EndReason
from offhook.conversation.form import Form

ANSWERED = "_answered"
"""The form's note that a question was answered; its value is the topic."""
EMERGENCY = "_emergency"
"""The form's note that an emergency was spotted; its value is the sign's name."""
NOT_INTERESTED = "not_interested"
"""What the form's `wants` says of a solicitor, a wrong number, or a caller who was turned away."""


class Outcome(StrEnum):
    """Every way a call can end for the owner."""

    BOOKED = "booked"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    MESSAGE = "message"
    TRANSFERRED = "transferred"
    ANSWERED = "answered"
    EMERGENCY = "emergency"
    NOT_INTERESTED = "not_interested"
    ABANDONED = "abandoned"
    REJECTED = "rejected"
    """Never answered by a receptionist: unknown number, inactive tenant, blocked caller."""
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    """The process that held the call died."""


def outcome_of(form: Form, reason: EndReason | None) -> Outcome:
    """What came of a call that left `form` and ended for `reason` (None: its process died).

    The first that holds: an emergency; an appointment made or moved that still stands (made
    and moved in one call, it is a booking); one cancelled; the last message
    or transfer; a caller who was not interested; a question answered. Otherwise nothing came of it, and `reason`
    says why.
    """
    if form.value(EMERGENCY) is not None or form.wants == "emergency":
        return Outcome.EMERGENCY
    if (done := _of_receipts(form.receipts)) is not None:
        return done
    if form.wants == NOT_INTERESTED:
        return Outcome.NOT_INTERESTED
    if form.value(ANSWERED) is not None:
        return Outcome.ANSWERED
    match reason:
        case None:
            return Outcome.INTERRUPTED
        case EndReason.NO_REPLY | EndReason.NO_VOICE:
            return Outcome.FAILED
        case EndReason.CALLER_HUNG_UP | EndReason.AGENT_SAID_GOODBYE | EndReason.CALLER_SILENT | EndReason.TOO_LONG:
            return Outcome.ABANDONED
        case _:
            assert_never(reason)


def _of_receipts(receipts: tuple[Receipt, ...]) -> Outcome | None:
    standing = _standing(receipts)
    if standing:
        made_here = standing[-1][0].kind is ActionKind.BOOK
        return Outcome.BOOKED if made_here else Outcome.RESCHEDULED
    kinds = [receipt.kind for receipt in receipts]
    if ActionKind.CANCEL in kinds:
        return Outcome.CANCELLED
    for kind in reversed(kinds):
        if kind is ActionKind.TAKE_MESSAGE:
            return Outcome.MESSAGE
        if kind is ActionKind.TRANSFER:
            return Outcome.TRANSFERRED
    return None


def standing_appointments(receipts: tuple[Receipt, ...]) -> list[Receipt]:
    """The last receipts of this call's appointments as they now stand, the one touched last at the end."""
    return [last for _, last in _standing(receipts)]


def _standing(receipts: tuple[Receipt, ...]) -> list[tuple[Receipt, Receipt]]:
    """Of each appointment that stands, the receipt with which this call first touched it, and the last."""
    standing: list[tuple[Receipt, Receipt]] = []
    for receipt in receipts:
        match receipt.kind:
            case ActionKind.BOOK:
                standing.append((receipt, receipt))
            case ActionKind.RESCHEDULE:
                first = _take_out(standing, receipt.facts.get("old_start"), receipt)
                standing.append((first or receipt, receipt))
            case ActionKind.CANCEL:
                _take_out(standing, receipt.facts.get("start"), receipt)
            case _:
                pass
    return standing


def _take_out(standing: list[tuple[Receipt, Receipt]], start: str | None, changed: Receipt) -> Receipt | None:
    """Remove the appointment that `changed` moved or cancelled, if this call touched it; its first receipt."""
    for first, last in reversed(standing):
        if last.facts.get("start") == start or (
            start is None and last.facts.get("phone") == changed.facts.get("phone")
        ):
            standing.remove((first, last))
            return first
    return None
