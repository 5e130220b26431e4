"""What a model proposes, made into actions: its words are resolved by code, or come back to it as a problem.

A booking rests on a yes of the caller: the agent's last words named its time in a question and the caller said yes to
that, now, or earlier, when the model noted every part of it as confirmed. Otherwise the model is told
"not_confirmed", with the sentence to read out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from offhook.conversation.actions import Action, ActionKind, ActionResult
from offhook.conversation.commands import Think
from offhook.conversation.form import Form, FormChange
from offhook.providers.llm import ToolCall
from offhook.receptionist.arguments import missing_in
from offhook.receptionist.business import Business
from offhook.receptionist.facts import find_service
from offhook.receptionist.form_notes import FOUND
from offhook.receptionist.identity import is_e164, name_parts
from offhook.receptionist.noting import change_from_arguments
from offhook.receptionist.outcome import EMERGENCY
from offhook.receptionist.script.phrases import say_phone, say_start
from offhook.receptionist.slots import PARTS
from offhook.receptionist.telling import a
from offhook.receptionist.tools import ARGUMENTS, BOOKING_TOOLS
from offhook.receptionist.understanding.phone import find_phone
from offhook.receptionist.understanding.when import When, find_when
from offhook.receptionist.understanding.yes_no import yes_or_no

READ_BACK: Final = ("service", "start", "name", "phone")
"""What a caller must have said yes to before it is booked."""
_FROM_FORM: Final[Mapping[ActionKind, tuple[str, ...]]] = {
    ActionKind.BOOK: READ_BACK,
    ActionKind.RESCHEDULE: ("name", "phone", "start"),
    ActionKind.CANCEL: ("name", "phone"),
    ActionKind.TAKE_MESSAGE: ("name", "phone"),
    ActionKind.FIND_SLOTS: ("service",),
}
"""What an action takes from the form where the model does not say it."""
_YES: Final = frozenset({"yes", "true", "1", "urgent"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What a proposal is judged by: the caller's last words, what the agent had said before, the form then."""

    said: str
    answered: str
    form: Form
    now: datetime

    @classmethod
    def of(cls, think: Think, now: datetime) -> "Turn":
        """The turn that `think` answers."""
        history = think.history
        said = history[-1].text if history and history[-1].speaker == "caller" else ""
        before = [each.text for each in history if each.speaker == "agent"]
        return cls(said, before[-1] if before else "", think.form, now)


class Proposals:
    """Reads the tool calls of one business's model."""

    def __init__(self, business: Business) -> None:
        self._business = business

    def action(self, call: ToolCall, id_: str, form: Form, turn: Turn) -> Action | ActionResult:
        """The action to be run; or a result that tells the model what is in the way. Nothing is done here."""
        kind = ActionKind(call.name)
        told = {name: _as_text(call.arguments.get(name)) for name in ARGUMENTS[kind]}
        for name in _FROM_FORM.get(kind, ()):
            told[name] = told[name] or form.value(name) or ""
        raw = Action(id_, kind, {name: value for name, value in told.items() if value})
        if kind in BOOKING_TOOLS and not self._business.takes_bookings:
            return _refused(raw, "incomplete", reason="this business takes no bookings; take a message")
        resolved = {name: self._resolved(name, value, turn.now) for name, value in raw.arguments.items()}
        action = replace(raw, arguments={name: value for name, value in resolved.items() if value})
        if not resolved.get("service", "-"):
            names = ", ".join(service.name for service in self._business.services)
            return _refused(raw, "unknown_service", services=names)
        unread = [name for name, value in resolved.items() if not value]
        missing = list(dict.fromkeys([*missing_in(action), *unread]))
        if missing:
            return _refused(raw, "incomplete", missing=", ".join(missing))
        if kind is ActionKind.BOOK and not self._is_confirmed(action, form, turn):
            return _refused(action, "not_confirmed", say=self._read_back(action))
        return action

    def note(self, arguments: Mapping[str, object], turn: Turn) -> FormChange:
        """A model's note as it may enter the form; raises UnreadableNote.

        Values are brought into their canonical form; what cannot be is left out, and so are the receptionist's own
        notes. A confirmation counts for what stood in the form before this turn and was answered with a yes; that of
        the start only if the agent's last words have named it.
        """
        change = change_from_arguments(arguments)
        answers = {name: self._resolved(name, value, turn.now) for name, value in change.answers.items()}
        answers = {name: value for name, value in answers.items() if value and not name.startswith("_")}
        agreed = yes_or_no(turn.said) is True
        stood = {name for name in change.confirmed if name in turn.form.answers}
        if turn.form.value("start") != _named(turn):
            stood.discard("start")
        unchanged = {name for name in stood if answers.get(name, turn.form.value(name)) == turn.form.value(name)}
        return replace(
            change,
            answers=answers,
            confirmed=tuple(name for name in change.confirmed if name in unchanged and agreed),
            dropped=tuple(name for name in change.dropped if not name.startswith("_")),
        )

    def _is_confirmed(self, action: Action, form: Form, turn: Turn) -> bool:
        told = action.arguments
        if all(form.is_confirmed(name) and form.value(name) == told[name] for name in READ_BACK):
            return True
        return "?" in turn.answered and yes_or_no(turn.said) is True and _named(turn) == told["start"]

    def _read_back(self, action: Action) -> str:
        told = action.arguments
        start = say_start(datetime.fromisoformat(told["start"]))
        number = say_phone(told["phone"], self._business.country)
        return f"So that's {a(told['service'])} on {start}, for {told['name']} at {number}. Shall I book that?"

    def _resolved(self, name: str, value: str, now: datetime) -> str:
        """The value as an action takes it, or nothing where it cannot be understood."""
        match name:
            case "service":
                found = find_service(self._business, value)
                return found.name if found is not None else ""
            case "phone":
                return self._phone(value)
            case "name":
                return value if name_parts(value) else ""
            case "start" | "old_start":
                return _moment(value, now)
            case "day":
                return _moment(value, now, wants="day")
            case "after":
                return _moment(value, now, wants="time")
            case "part":
                return value.lower() if value.lower() in PARTS else ""
            case "urgent":
                return "yes" if value.lower() in _YES else "no"
            case _:
                return value

    def _phone(self, value: str) -> str:
        if is_e164(value):
            return value
        heard = find_phone(value, country=self._business.country, asked=True)
        return (heard.e164 or "") if heard is not None else ""


def _named(turn: Turn) -> str | None:
    """The point in time that the agent's last words have named."""
    when = find_when(turn.answered, now=turn.now)
    return _point(when) if when is not None else None


def found_in(results: tuple[ActionResult, ...]) -> Mapping[str, str]:
    """The note of an appointment that was looked up: the claim check and the script go by it."""
    for result in reversed(results):
        if result.action.kind is ActionKind.ANSWER_FROM_FACTS and result.facts.get("start"):
            return {FOUND: result.facts["start"]}
    return {}


def is_emergency(form: Form) -> bool:
    """Whether this call is one already."""
    return form.value(EMERGENCY) is not None


def _moment(value: str, now: datetime, wants: str = "start") -> str:
    """A point in time, a day or a time of day, from ISO 8601 or from spoken words."""
    try:
        # A zone that a model adds is a guess: what it says is the clock at the business.
        at = datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return _spoken_moment(value, now, wants)
    if len(value) <= len("2026-11-24"):
        return "" if wants == "start" else value if wants == "day" else ""
    return _iso(at, wants)


def _spoken_moment(value: str, now: datetime, wants: str) -> str:
    when = find_when(value, now=now, asked=True)
    if when is None or when.problem is not None:
        return ""
    if wants == "day":
        return when.day.isoformat() if when.day is not None and when.last_day is None else ""
    if wants == "time":
        at = when.at or when.after
        return at.isoformat("minutes") if at is not None else ""
    return _point(when) or ""


def _point(when: When) -> str | None:
    if when.day is None or when.at is None or when.problem is not None or when.last_day is not None:
        return None
    return datetime.combine(when.day, when.at).isoformat(timespec="minutes")


def _iso(at: datetime, wants: str) -> str:
    match wants:
        case "day":
            return at.date().isoformat()
        case "time":
            return at.time().isoformat("minutes")
        case _:
            return at.isoformat(timespec="minutes")


def _refused(action: Action, problem: str, **facts: str) -> ActionResult:
    return ActionResult(action, problem=problem, facts=facts)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).strip() if isinstance(value, str | int | float) else ""
