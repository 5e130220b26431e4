"""What an action must say, and how: the left columns of the table in `offhook.conversation.actions`, checked."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

from offhook.conversation.actions import Action, ActionKind
from offhook.receptionist.identity import is_e164, name_parts
from offhook.receptionist.slots import PARTS

APPOINTMENT = "appointment"
"""The topic that is told against name and number only."""

_NEEDED: Mapping[ActionKind, tuple[str, ...]] = {
    ActionKind.BOOK: ("service", "start", "name", "phone"),
    ActionKind.RESCHEDULE: ("name", "phone", "start"),
    ActionKind.CANCEL: ("name", "phone"),
    ActionKind.TAKE_MESSAGE: ("text",),
    ActionKind.FIND_SLOTS: ("service",),
    ActionKind.ANSWER_FROM_FACTS: ("topic",),
    ActionKind.TRANSFER: ("target",),
    ActionKind.END_CALL: (),
}
_ANY_TIME = "2026-11-23"


def missing_in(action: Action) -> list[str]:
    """Arguments that are not there or not what they must be."""
    told = action.arguments
    missing = [name for name in _NEEDED[action.kind] if not told.get(name)]
    if action.kind is ActionKind.ANSWER_FROM_FACTS and told.get("topic") == APPOINTMENT:
        missing += [name for name in ("name", "phone") if not told.get(name)]
    if told.get("phone") and not is_e164(told["phone"]):
        missing.append("phone")
    if told.get("name") and not name_parts(told["name"]):
        missing.append("name")
    for name, reads in _READ_BY.items():
        try:
            reads(told.get(name) or _ANY_TIME)
        except ValueError:
            missing.append(name)
    return missing


def point_or_time(told: str) -> datetime | time:
    """A point in time, or a time of any day."""
    return time.fromisoformat(told) if len(told) <= len("15:00:00") else datetime.fromisoformat(told)


def _part(told: str) -> None:
    if told.lower() not in {*PARTS, _ANY_TIME}:
        raise ValueError


_READ_BY: Mapping[str, Callable[[str], object]] = {
    "start": datetime.fromisoformat,
    "old_start": datetime.fromisoformat,
    "day": date.fromisoformat,
    "after": point_or_time,
    "part": _part,
}
