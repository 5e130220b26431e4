"""The tools a model may use: the kinds of action and `note`, each as a JSON schema of its arguments."""

from collections.abc import Mapping
from typing import Final

from offhook.conversation.actions import ActionKind
from offhook.conversation.form import QuestionKind
from offhook.providers.llm import Tool
from offhook.receptionist.business import Business
from offhook.receptionist.noting import NOTE
from offhook.receptionist.slots import PARTS

BOOKING_TOOLS: Final = frozenset({ActionKind.BOOK, ActionKind.RESCHEDULE, ActionKind.CANCEL, ActionKind.FIND_SLOTS})
"""Left out for a business that takes no bookings."""

_DESCRIPTIONS: Final[Mapping[ActionKind, str]] = {
    ActionKind.BOOK: "Make the appointment. Only after the caller has said yes to the read-back.",
    ActionKind.RESCHEDULE: "Move the caller's appointment to a new start. Name and number must match it.",
    ActionKind.CANCEL: "Cancel the caller's appointment. Name and number must match it.",
    ActionKind.TAKE_MESSAGE: "Keep a message for the business.",
    ActionKind.FIND_SLOTS: "Find free times. Changes nothing.",
    ActionKind.ANSWER_FROM_FACTS: (
        'Look something up: a topic of the facts, or "appointment" with name and phone. Changes nothing.'
    ),
    ActionKind.TRANSFER: "Put the caller through to one of the listed people.",
    ActionKind.END_CALL: "Hang up after your words were heard.",
}
_START: Final = 'Day and time: the caller\'s words ("next Tuesday at 3") or 2026-11-24T15:00.'
_NEEDED: Final[Mapping[ActionKind, tuple[str, ...]]] = {
    ActionKind.BOOK: ("service", "start", "name", "phone"),
    ActionKind.RESCHEDULE: ("name", "phone", "start"),
    ActionKind.CANCEL: ("name", "phone"),
    ActionKind.TAKE_MESSAGE: ("text",),
    ActionKind.FIND_SLOTS: ("service",),
    ActionKind.ANSWER_FROM_FACTS: ("topic",),
    ActionKind.TRANSFER: ("target",),
    ActionKind.END_CALL: (),
}
ARGUMENTS: Final[Mapping[ActionKind, tuple[str, ...]]] = {
    ActionKind.BOOK: ("service", "start", "name", "phone", "notes"),
    ActionKind.RESCHEDULE: ("name", "phone", "start", "service", "old_start"),
    ActionKind.CANCEL: ("name", "phone", "start"),
    ActionKind.TAKE_MESSAGE: ("text", "name", "phone", "urgent"),
    ActionKind.FIND_SLOTS: ("service", "day", "part", "after"),
    ActionKind.ANSWER_FROM_FACTS: ("topic", "about", "name", "phone"),
    ActionKind.TRANSFER: ("target", "reason"),
    ActionKind.END_CALL: (),
}
"""What each kind of action takes; the needed first."""


def tools_of(business: Business) -> tuple[Tool, ...]:
    """The tools of a business's model; a change of the form is the first."""
    kinds = [kind for kind in ActionKind if business.takes_bookings or kind not in BOOKING_TOOLS]
    if not business.targets:
        kinds.remove(ActionKind.TRANSFER)
    return (_note(), *(_tool(business, kind) for kind in kinds))


def _tool(business: Business, kind: ActionKind) -> Tool:
    known = _properties(business)
    properties = {name: known[name] for name in ARGUMENTS[kind]}
    return Tool(kind.value, _DESCRIPTIONS[kind], _object(properties, _NEEDED[kind]))


def _properties(business: Business) -> dict[str, object]:
    return {
        "service": {"type": "string", "enum": [service.name for service in business.services]},
        "start": _text(_START),
        "old_start": _text("Which appointment, if there are several: its start."),
        "day": _text('The caller\'s words ("next Tuesday") or 2026-11-24.'),
        "after": _text('Not before this time, e.g. "3 pm", or 15:00.'),
        "part": {"type": "string", "enum": list(PARTS)},
        "name": _text("The caller's full name."),
        "phone": _text("The caller's telephone number with area code."),
        "notes": _text("What else the business should know of it."),
        "text": _text("The message, in the caller's words."),
        "urgent": {"type": "boolean"},
        "topic": _text('E.g. "hours", "price", "address", "parking", "insurance", "appointment".'),
        "about": _text("A service, a day or the caller's question."),
        "target": {"type": "string", "enum": [target.name for target in business.targets]},
        "reason": _text("Why, in a few words."),
    }


def _note() -> Tool:
    names = {"type": "array", "items": {"type": "string"}}
    properties: dict[str, object] = {
        "wants": _text("What the caller wants, one word."),
        "answers": {
            "type": "object",
            "description": "Answers by name: service, start, name, phone, email, address, and the questions listed.",
            "additionalProperties": {"type": "string"},
        },
        "confirmed": {**names, "description": "Names of answers that you read back and the caller said yes to."},
        "dropped": {**names, "description": "Names of answers that no longer hold."},
        "asking": _object(
            {
                "field": _text("The answer's name."),
                "kind": {"type": "string", "enum": [kind.value for kind in QuestionKind]},
                "choices": names,
            },
            ("field", "kind"),
        ),
    }
    return Tool(NOTE, "Keep what you have learned in the form. Answers nothing; go on speaking.", _object(properties))


def _object(properties: Mapping[str, object], needed: tuple[str, ...] = ()) -> dict[str, object]:
    schema: dict[str, object] = {"type": "object", "properties": dict(properties), "additionalProperties": False}
    if needed:
        schema["required"] = list(needed)
    return schema


def _text(description: str) -> dict[str, object]:
    return {"type": "string", "description": description}
