"""An appointment told, moved or cancelled: only against its name and number, and only after it was read back.

An appointment made in this call is known from its receipt and needs neither.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from offhook.conversation.actions import ActionKind, ActionResult, Receipt
from offhook.conversation.form import QuestionKind
from offhook.receptionist.business import Service
from offhook.receptionist.outcome import ANSWERED, standing_appointments
from offhook.receptionist.script import details, times
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.closing import ask_for_more
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard, hear
from offhook.receptionist.script.messages import go_on_message, start_message
from offhook.receptionist.script.offering import offer
from offhook.receptionist.script.other_times import seek_other_times, shifted_by
from offhook.receptionist.script.phrases import say_start
from offhook.receptionist.script.unfinished import unfinished
from offhook.receptionist.script.wants import Wants

MOST_TRIES = 3
_SEVERAL = 2
CHANGES = frozenset({Wants.RESCHEDULE, Wants.CANCEL, Wants.LOOK_UP})
_KEEP = re.compile(r"\b(?:keep|leave) (?:it|that|the appointment)\b|\bas it (?:is|was)\b", re.IGNORECASE)
_SAME_NUMBER = re.compile(r"\bsame (?:number|phone|one|cell)\b|\bthe number (?:is|was) right\b", re.IGNORECASE)
_OFFERS: Mapping[str, str] = {
    Wants.RESCHEDULE: "I can move that for you.",
    Wants.CANCEL: "I can cancel that for you.",
    Wants.LOOK_UP: "I can look that up.",
}


def start_change(draft: Draft, wants: Wants) -> None:
    """The caller wants this done to an appointment."""
    if draft.form.wants != wants:
        if wants is not Wants.RESCHEDULE:
            times.forget_time(draft)
        draft.want(wants)


def go_on_changing(draft: Draft, heard: Heard | None = None) -> None:
    """Find the appointment, then the new time, then ask for a yes."""
    if not draft.value(w.FOUND):
        if heard is not None and not draft.value(w.MEANT):
            draft.note(**{w.MEANT: heard.words})
        _find(draft, heard)
        if draft.is_acting or not draft.value(w.FOUND):
            return
    draft.note(**{w.DAY: draft.value(w.FOUND)[:10]})
    match draft.form.wants:
        case Wants.LOOK_UP:
            _tell(draft)
        case Wants.CANCEL:
            draft.ask(
                w.CHANGE_OK,
                QuestionKind.YES_NO,
                f"I have your {_service_name(draft)} on {_found(draft)}. Shall I cancel it?",
            )
        case _:
            _go_on_moving(draft)


def _find(draft: Draft, heard: Heard | None) -> None:
    own = standing_appointments(draft.form.receipts)
    if own and not draft.count(w.TRIES):
        receipt = _meant(own, heard)
        facts = receipt.facts
        draft.note(
            **{w.FOUND: facts.get("start", ""), w.FOUND_SERVICE: facts.get("service", "")},
            name=facts.get("name") or draft.value("name"),
            phone=facts.get("phone") or draft.value("phone"),
        )
        return
    if not draft.value("name"):
        offer = _OFFERS.get(draft.form.wants or "", "")
        details.ask_name(draft, f"{offer} What name is it under?")
    elif not draft.value("phone"):
        draft.note(**{w.CALLER_ID: ""})  # a caller ID proves nothing; the number must be said
        details.ask_phone(draft, "And the phone number it was booked with?")
    else:
        draft.act(
            ActionKind.ANSWER_FROM_FACTS, topic="appointment", name=draft.value("name"), phone=draft.value("phone")
        )


def _meant(own: list[Receipt], heard: Heard | None) -> Receipt:
    """Which of this call's appointments the words speak of; the last touched, if they do not say."""
    if heard is not None and heard.when is not None:
        day = heard.when.old_day or heard.when.day
        at = heard.when.old_at or heard.when.at
        for receipt in own:
            start = datetime.fromisoformat(receipt.facts.get("start", "0001-01-01"))
            if day == start.date() or (day is None and at == start.time()):
                return receipt
    if heard is not None and heard.service is not None:
        for receipt in own:
            if receipt.facts.get("service") == heard.service.name:
                return receipt
    if heard is not None and re.search(r"\bfirst\b", heard.words.lower()):
        return own[0]
    return own[-1]


def told_appointment(draft: Draft, result: ActionResult) -> None:
    """Go on when the appointment was looked for."""
    if draft.form.wants not in CHANGES:
        draft.want(Wants.LOOK_UP)
    start = result.facts.get("start")
    if result.problem is None and start:
        draft.note(**{w.THEIRS: result.facts.get("all", ""), w.TRIES: ""})
        draft.confirm("name", "phone")
        _choose(draft, result.facts)
        return
    tell_not_found(draft, result)


def _choose(draft: Draft, facts: Mapping[str, str]) -> None:
    """Take the appointment that is meant; with several, and no word which, ask."""
    theirs = draft.value(w.THEIRS).split("|")
    if len(theirs) < _SEVERAL:
        draft.note(**{w.FOUND: facts["start"], w.FOUND_SERVICE: facts.get("service", "")})
    elif draft.form.wants == Wants.LOOK_UP:
        draft.note(**{ANSWERED: "appointment"})
        draft.say(facts.get("text", ""))
        close_change(draft)
        ask_for_more(draft)
        return
    elif not _pick(draft, hear(draft, draft.value(w.MEANT))):
        kept = {"service": "", w.MEANT: ""}
        draft.note(**kept)
        draft.say(facts.get("text", ""))
        draft.ask(w.WHICH, QuestionKind.CHOICE, "Which one do you mean?", tuple(theirs))
        return
    go_on_changing(draft)


def _pick(draft: Draft, heard: Heard) -> bool:
    """Whether the words tell one of the caller's appointments from the others."""
    theirs = [each.split(" ", 1) for each in draft.value(w.THEIRS).split("|") if " " in each]
    when = heard.when
    days = {day for day in (when.old_day, when.day) if day is not None} if when is not None else set()
    times_told = {at for at in (when.old_at, when.at) if at is not None} if when is not None else set()
    moments = [(datetime.fromisoformat(start), service) for start, service in theirs]
    by_day = [each for each in moments if each[0].date() in days]
    fitting = by_day or [each for each in moments if each[0].time() in times_told]
    if len(fitting) != 1 and heard.service is not None:
        fitting = [each for each in fitting or moments if each[1] == heard.service.name]
    if len(fitting) != 1 and (ordinal := re.search(r"\b(first|earlier|second|last|later)\b", heard.words.lower())):
        fitting = [moments[0] if ordinal.group(1) in {"first", "earlier"} else moments[-1]]
    if len(fitting) != 1:
        return False
    draft.note(**{w.FOUND: fitting[0][0].isoformat(timespec="minutes"), w.FOUND_SERVICE: fitting[0][1]})
    return True


def tell_not_found(draft: Draft, result: ActionResult) -> None:
    """No appointment under that name and number; after three tries a message is taken."""
    tries = draft.count(w.TRIES) + 1
    draft.note(**{w.TRIES: str(tries), w.FOUND: ""})
    if tries >= MOST_TRIES or result.problem == "too_many_tries":
        _leave_it_to_the_team(draft)
        return
    draft.note(**{w.RETRY: "yes"})
    draft.ask(
        "name",
        QuestionKind.NAME,
        "I can't find an appointment with that name and number. "
        "Could you tell me both once more, as you gave them when booking?",
    )


def _leave_it_to_the_team(draft: Draft) -> None:
    draft.say("I still can't find it, so let me leave a message for the team to sort it out.")
    draft.drop(w.TRIES, w.RETRY)
    start_message(draft, f"{unfinished(draft)} that could not be found by name and number")
    go_on_message(draft)


def _tell(draft: Draft) -> None:
    draft.note(**{ANSWERED: "appointment"})
    draft.say(f"You have {_with_article(_service_name(draft))} on {_found(draft)}.")
    close_change(draft)
    ask_for_more(draft)


def _go_on_moving(draft: Draft) -> None:
    if not draft.value("start"):
        found = datetime.fromisoformat(draft.value(w.FOUND))
        if times.wish(draft) is None and (wished := shifted_by(draft.value(w.MEANT), draft.value(w.FOUND))):
            times.note_wish(draft, wished)
            draft.drop(w.MEANT)
        times.keep_day(draft, found.date())
        times.keep_time(draft, found.time())
        if times.wish(draft) is None:
            draft.say(f"I have your {_service_name(draft)} on {_found(draft)}.")
            draft.ask("start", QuestionKind.DAY_AND_TIME, "What day and time would you like instead?")
        else:
            times.seek_time(draft, found_service(draft))
        return
    if draft.value("start") == draft.value(w.FOUND):
        times.forget_time(draft)
        draft.say("That's when it is now.")
        draft.ask("start", QuestionKind.DAY_AND_TIME, "Which other time would you like?")
        return
    draft.note(**{w.READ_BACK: draft.value("start")})
    draft.ask(
        w.CHANGE_OK,
        QuestionKind.YES_NO,
        f"So I'd move your {_service_name(draft)} from {_found(draft)} to {times.say_wish(draft)}. Is that right?",
    )


def change_turn(draft: Draft, heard: Heard) -> bool:
    """One turn while an appointment is to be changed; whether it got on."""
    asks = draft.asks
    if asks == w.WHICH:
        if _pick(draft, heard):
            go_on_changing(draft)
            return True
        return False
    moving = draft.form.wants == Wants.RESCHEDULE and draft.value(w.FOUND)
    if moving and seek_other_times(draft, heard, found_service(draft)):
        return True
    if asks == w.CHANGE_OK and draft.form.wants == Wants.CANCEL and _names_other_time(draft, heard):
        draft.want(Wants.RESCHEDULE)
    before = draft.value("start")
    numbered = any(hears(draft, heard) for hears in (details.hear_phone_ok, details.hear_phone, _hear_same_number))
    named = details.hear_name(draft, heard) if not numbered or draft.asks == "name" else False
    timed = draft.form.wants == Wants.RESCHEDULE and times.hear_time(draft, heard)
    if asks == w.CHANGE_OK:
        return _answer_read_back(draft, heard, retimed=timed and (not before or draft.value("start") != before))
    if draft.value(w.RETRY) and (numbered or named) and not (numbered and named):
        draft.drop(w.RETRY)
        if named:
            draft.note(phone="", **{w.PHONE_BEFORE: draft.value("phone")})
            _hear_same_number(draft, heard)
        go_on_changing(draft, heard)
        return True
    if details.refuses_phone(draft, heard):
        draft.say("I'm sorry, I can only do that with the name and the number it was booked with.")
        start_message(draft, unfinished(draft))
        draft.note(**{w.NO_PHONE: "1"})
        draft.ask(w.MESSAGE_TOO, QuestionKind.YES_NO, "Shall I have somebody call you instead?")
        return True
    if draft.value(w.RETRY) and not (numbered or named) and heard.yes is not None:
        _leave_it_to_the_team(draft)  # "no, that's the right number"
        return True
    if not (numbered or named or timed):
        return False
    draft.drop(w.RETRY)
    go_on_changing(draft, heard)
    return True


def _hear_same_number(draft: Draft, heard: Heard) -> bool:
    """Take the number again under which nothing was found with another name; whether the caller says so."""
    before = draft.value(w.PHONE_BEFORE)
    if not before or draft.value("phone") or _SAME_NUMBER.search(heard.words) is None:
        return False
    draft.note(phone=before)
    return True


def _names_other_time(draft: Draft, heard: Heard) -> bool:
    """Whether the answer to "shall I cancel it?" is a time to which it could be moved."""
    when = heard.when
    if when is None or heard.yes or not when.is_wanted or when.day is None:
        return False
    return when.day.isoformat() != draft.value(w.FOUND)[:10]


def _answer_read_back(draft: Draft, heard: Heard, *, retimed: bool) -> bool:
    if retimed:
        go_on_changing(draft)
    elif heard.yes and not _KEEP.search(heard.words):
        _carry_out(draft)
    elif heard.yes is False or _KEEP.search(heard.words):
        if draft.form.wants == Wants.RESCHEDULE and not _KEEP.search(heard.words):
            times.forget_time(draft)
            draft.ask("start", QuestionKind.DAY_AND_TIME, "Okay, I haven't moved it. What day and time would you like?")
            return True
        draft.note(**{ANSWERED: "appointment"})
        draft.say(f"All right, your {_service_name(draft)} stays on {_found(draft)}.")
        close_change(draft)
        ask_for_more(draft)
    else:
        return False
    return True


def _carry_out(draft: Draft) -> None:
    name, phone = draft.value("name"), draft.value("phone")
    draft.settle()
    if draft.form.wants == Wants.CANCEL:
        draft.act(ActionKind.CANCEL, name=name, phone=phone, start=draft.value(w.FOUND))
        return
    draft.confirm("start", "name", "phone")
    draft.act(
        ActionKind.RESCHEDULE,
        name=name,
        phone=phone,
        start=draft.value("start"),
        old_start=draft.value(w.FOUND),
    )


def told_change(draft: Draft, result: ActionResult) -> None:
    """Go on when an appointment was moved or cancelled, or could not be."""
    moved = result.action.kind is ActionKind.RESCHEDULE
    if result.receipt is not None:
        start = result.receipt.facts.get("start") or result.action.arguments.get("start", "")
        when = say_start(datetime.fromisoformat(start)) if start else "the new time"
        close_change(draft)
        draft.say(f"Done, it's now on {when}." if moved else "Your appointment is cancelled.")
        if not draft.value(w.THEN):
            ask_for_more(draft)
        return
    if result.problem in {"not_found", "too_many_tries"}:
        draft.want(Wants.RESCHEDULE if moved else Wants.CANCEL)
        tell_not_found(draft, result)
        return
    draft.want(Wants.RESCHEDULE)
    times.forget_time(draft)
    draft.say("I'm sorry, that time isn't free any more." if result.problem == "taken" else "That time isn't possible.")
    slots = [datetime.fromisoformat(slot) for slot in result.slots]
    if slots:
        offer(draft, slots)
    else:
        times.ask_time(draft)


def close_change(draft: Draft) -> None:
    """It is dealt with: what belongs to that appointment is cleared."""
    draft.want(Wants.DONE)
    draft.drop(w.THEIRS, w.MEANT, w.FOUND, w.FOUND_SERVICE, w.TRIES, w.RETRY, w.READ_BACK, w.MISSES)
    times.forget_time(draft)


def found_service(draft: Draft) -> Service:
    """The service of the appointment that was found."""
    name = draft.value(w.FOUND_SERVICE)
    services = draft.business.services
    return next((service for service in services if service.name == name), services[0])


def _found(draft: Draft) -> str:
    return say_start(datetime.fromisoformat(draft.value(w.FOUND)))


def _service_name(draft: Draft) -> str:
    return draft.value(w.FOUND_SERVICE) or "appointment"


def _with_article(service: str) -> str:
    return f"{'an' if service[:1].lower() in 'aeiou' else 'a'} {service}"
