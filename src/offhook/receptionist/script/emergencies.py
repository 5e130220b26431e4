"""An emergency: first what keeps people safe, then whoever can help, then name, number and place for them."""

import re

from offhook.conversation.actions import ActionKind, ActionResult
from offhook.conversation.form import QuestionKind
from offhook.receptionist.business import TransferTarget
from offhook.receptionist.emergency import emergencies, find_emergency
from offhook.receptionist.outcome import EMERGENCY
from offhook.receptionist.profession import Emergency
from offhook.receptionist.profession_file import every_profession, filled
from offhook.receptionist.script import details
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.script.messages import add_to_message, leave, offer_message
from offhook.receptionist.script.small_talk import is_greeting, is_thanks
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.address import find_address
from offhook.receptionist.understanding.intent import Intent
from offhook.receptionist.understanding.name import find_name

_TELLS_WHERE = frozenset({"address", "location", "property_address"})
_MOST_ASKED = {"name": 2, "phone": 2, "address": 1}
"""How often each is asked for while help is on its way; the message is left without it then."""
_WHAT_NOW = re.compile(r"\bwhat (?:do|should|can|must) (?:i|we) do\b", re.IGNORECASE)
_A_PLACE = re.compile(
    r"^\W*(?:(?:i'?m|we'?re|it'?s|i am|we are) )?(?:at|on|near|outside|behind|in front|"
    r"(?:the |a )?(?:corner|parking|lot|exit|mile|mall|station))\b",
    re.IGNORECASE,
)
_TELLS = 3
"""Words of something told; fewer are an answer or a sound."""


def spot_emergency(draft: Draft, heard: Heard) -> bool:
    """Whether the words tell of an emergency that has not been dealt with; then it comes before all else."""
    emergency = find_emergency(draft.business, heard.words)
    if emergency is None or draft.value(EMERGENCY) == emergency.name:
        return False
    meet_emergency(draft, emergency, heard.words)
    return True


def named_emergency(draft: Draft, name: str) -> Emergency | None:
    """The emergency of that name."""
    return next((each for each in emergencies(draft.business) if each.name == name), None)


def meet_emergency(draft: Draft, emergency: Emergency, words: str) -> None:
    """Say what the trade says, then do what it does."""
    first = not draft.value(EMERGENCY)
    draft.note(**{EMERGENCY: emergency.name, w.MISSES: ""})
    draft.say(filled(emergency.say, {"business": draft.business.name}))
    draft.note(message=f"{draft.value('message')} {words}".strip(), urgent="yes")
    if emergency.then == "advise":
        _advised(draft, emergency)
        return
    draft.want(Wants.EMERGENCY)
    _note_where(draft, words)
    target = on_call(draft)
    if emergency.then == "transfer" and target is not None and first:
        draft.act(ActionKind.TRANSFER, target=target.name, reason=emergency.name.replace("_", " "))
        return
    go_on_emergency(draft)


def _advised(draft: Draft, emergency: Emergency) -> None:
    """The advice was all that can be done from here; the team is told who is in danger, if we know or they wish it."""
    if draft.value("name") or draft.value("phone"):
        draft.want(Wants.EMERGENCY)
        leave_emergency(draft)
        return
    draft.want(Wants.EMERGENCY_TOLD)
    if emergency.name in {general.name for general in every_profession().emergencies}:
        draft.ask(w.MORE, QuestionKind.YES_NO, "Please do that first. Is there anything else I can do for you here?")
    else:
        offer_message(draft, "Once you're safe: shall I also leave an urgent message for the team?")


def on_call(draft: Draft) -> TransferTarget | None:
    """Who is there for emergencies."""
    targets = draft.business.targets
    return next((target for target in targets if target.for_emergencies), targets[0] if targets else None)


def told_emergency_transfer(draft: Draft, result: ActionResult) -> None:
    """Go on when the transfer was asked for."""
    if result.receipt is None:
        draft.say("I can't put you through right now, so I'll pass this on as urgent.")
    go_on_emergency(draft)


def go_on_emergency(draft: Draft) -> None:
    """Ask for what whoever comes must know, and leave it as urgent; nothing is read back at length."""
    if _may_ask(draft, "name"):
        details.ask_name(draft, "In case we get cut off: what's your name?")
    elif _may_ask(draft, "phone") and not draft.value(w.NO_PHONE):
        details.ask_phone(draft, "And your phone number?")
    elif where_field(draft) and _may_ask(draft, "address"):
        draft.ask("address", QuestionKind.ADDRESS, "And the address where you need help?")
    else:
        leave_emergency(draft)


def _may_ask(draft: Draft, field: str) -> bool:
    return not draft.value(field) and draft.value(w.PASSED).split(",").count(field) < _MOST_ASKED[field]


def leave_emergency(draft: Draft) -> None:
    """Have it kept as an urgent message, with the place in its words."""
    where = draft.value("address")
    if where and where not in draft.value("message"):
        draft.note(message=f"{draft.value('message').rstrip('.!? ')}. Address: {where}")
    leave(draft, urgent=True)


def add_to_emergency(draft: Draft) -> bool:
    """Take up the urgent message again that was left without a name or number; whether there is one."""
    left = draft.form.receipts[-1] if draft.form.receipts else None
    if left is None or left.kind is not ActionKind.TAKE_MESSAGE or left.facts.get("urgent") != "yes":
        return False
    if left.facts.get("name") and left.facts.get("phone"):
        return False
    draft.note(message=left.facts.get("text", ""))
    return True


def where_field(draft: Draft) -> bool:
    """Whether this trade comes to its callers."""
    return any(question.field in _TELLS_WHERE for question in draft.business.profession.intake)


def emergency_turn(draft: Draft, heard: Heard) -> bool:
    """One turn while help is on its way: what is no answer is part of what has happened."""
    asks = draft.asks
    if Intent.REPEAT in heard.intents or is_greeting(heard):
        return False
    numbered = details.hear_phone_ok(draft, heard) or details.hear_phone(draft, heard)
    named = details.hear_name(draft, heard)
    placed = hear_where(draft, heard, asked=asks == "address")
    if details.refuses_phone(draft, heard):
        draft.note(**{w.NO_PHONE: "1"})
    elif not draft.value(asks):
        draft.note(**{w.PASSED: f"{draft.value(w.PASSED)},{asks}"})
    if _WHAT_NOW.search(heard.words):
        emergency = named_emergency(draft, draft.value(EMERGENCY))
        draft.say(filled(emergency.say, {"business": draft.business.name}) if emergency is not None else "")
    elif not is_thanks(heard):
        _hear_story(draft, heard, answers=numbered or named or placed)
    go_on_emergency(draft)
    return True


def _hear_story(draft: Draft, heard: Heard, *, answers: bool) -> None:
    """Add to the message what the caller tells besides name, number and place."""
    told = [heard.words]
    if answers:
        told = [each for each in re.split(r"[.,;!?]+\s*", heard.words) if not _is_answer(each)]
    for each in told:
        if len(each.split()) >= _TELLS and each not in draft.value("message"):
            add_to_message(draft, each)
            draft.say("I've noted that.")


def _is_answer(words: str) -> bool:
    return (
        any(map(str.isdigit, words))
        or find_name(words, asked=True) is not None
        or find_address(words, asked=True) is not None
    )


def hear_where(draft: Draft, heard: Heard, *, asked: bool = False) -> bool:
    """Note where help is needed; whether the words tell it."""
    return _note_where(draft, heard.words, asked=asked or _A_PLACE.match(heard.words) is not None)


def _note_where(draft: Draft, words: str, *, asked: bool = False) -> bool:
    place = find_address(words, asked=asked)
    if place is None or draft.value("address"):
        return False
    draft.note(address=place)
    draft.say("I've noted that." if draft.asks in {"name", "phone"} else "")
    return True
