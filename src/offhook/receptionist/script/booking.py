"""A booking: service, time, the profession's questions, name, number, one read-back, and only then the action."""

import re
from collections.abc import Mapping
from datetime import datetime

from offhook.conversation.actions import ActionKind, ActionResult
from offhook.conversation.form import QuestionKind
from offhook.receptionist.business import Service
from offhook.receptionist.named_services import find_service, is_named_outright, is_vague
from offhook.receptionist.outcome import standing_appointments
from offhook.receptionist.script import details, intake, times
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.closing import ask_for_more
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.script.offering import next_first, offer
from offhook.receptionist.script.phrases import listed, say_phone, say_start, spelled
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.intent import Intent
from offhook.receptionist.understanding.when import When

_MOST_SERVICE_ASKS = 2
"""After that it is the usual service; the caller hears which at the read-back."""
_A_PICK = 6
"""Words of a service named together with its time, and nothing else."""
READ_FIELDS = ("service", "start", "name", "phone")
_BOOK_IT = re.compile(r"\b(?:book it|book that|go ahead|that'?s (?:right|correct))\b")
_CHANGES = re.compile(
    r"\b(?:actually|instead|change|rather|make (?:it|that)|switch|i meant|sorry|correction)\b", re.IGNORECASE
)


def service_of(draft: Draft) -> Service | None:
    """The service in the form, as the business has it."""
    name = draft.value("service")
    exact = (service for service in draft.business.services if service.name.lower() == name.lower())
    return next(exact, None) or (find_service(draft.business, name) if name else None)


def hear_service(draft: Draft, heard: Heard) -> bool:
    """Take in which service it is to be; whether the words name one that counts."""
    if heard.service is None:
        return False
    known = draft.value("service")
    vague = is_vague(draft.business, heard.words)
    about_service = draft.asks in {"service", w.CHANGE_WHAT, w.BOOK_OK, w.HELP, w.MORE, w.BOOK_TOO, ""}
    # "see the dentist", then "it's a toothache"
    usual = draft.business.profession.default_service if draft.value(w.OUTRIGHT) != known else ""
    loose = known in {draft.value(w.VAGUE), usual} and not draft.said
    picks = draft.asks == "start" and heard.when is not None and heard.count <= _A_PICK  # "rekey on Tuesday at 10"
    talk = heard.service.name == draft.business.profession.default_service and "?" not in heard.words
    first = talk and not draft.said and is_named_outright(heard.service, heard.words)  # "a consultation first, I guess"
    says_so = picks or first or Intent.BOOK in heard.intents or _CHANGES.search(heard.words) is not None
    other = bool(known) and known != heard.service.name
    if other and not (about_service or loose or says_so):
        return False
    if known and vague and not (other and loose) and not _CHANGES.search(heard.words):
        return False
    if known and draft.asks == w.BOOK_OK and heard.yes:
        return False
    named = heard.service.name if is_named_outright(heard.service, heard.words) else ""
    draft.note(service=heard.service.name, **{w.VAGUE: heard.service.name if vague else "", w.OUTRIGHT: named})
    if known and known != heard.service.name:
        draft.note(start="", **{w.OFFERED: ""})  # may not fit any more; the wish stays and is looked up again
    return True


def start_booking(draft: Draft) -> None:
    """The caller wants an appointment."""
    if draft.form.wants != Wants.BOOK:
        draft.want(Wants.BOOK)


def go_on_booking(draft: Draft) -> None:
    """Ask for the next thing that is missing, or read everything back."""
    service = service_of(draft)
    if service is None:
        if not times.refuse_date(draft):
            ask_service(draft)
        return
    first = bool(draft.value(w.TIMES_FIRST)) and not times.passed_over(draft)
    if not draft.value("start") and (first or times.wishes_exactly(draft)):
        times.seek_time(draft, service)  # before anything else is asked: it may not be possible
        return
    for step in draft.business.profession.booking_flow.steps:
        if _asked(draft, step, service):
            return
    if not draft.value("start"):
        times.take_first_offered(draft)
    read_back(draft, service)


def _asked(draft: Draft, step: str, service: Service) -> bool:
    """Whether this step still had something to ask or to find out."""
    match step:
        case "intake" if _may_ask_intake(draft) and (question := intake.next_question(draft, service.name)):
            intake.ask_intake(draft, question)
        case "when" if not draft.value("start") and not times.passed_over(draft):
            times.seek_time(draft, service)
        case "name" if not draft.value("name"):
            details.ask_name(draft)
        case "phone" if not draft.value("phone"):
            details.ask_phone(draft)
        case _:
            return False
    return True


def _may_ask_intake(draft: Draft) -> bool:
    """Not while a time is being agreed on, and not when only a yes is missing."""
    if all(draft.value(field) for field in READ_FIELDS):
        return False
    return draft.asks != "start" or bool(draft.value("start"))


def note_usual_service(draft: Draft) -> None:
    """What any visit is booked as, until something more particular is told."""
    usual = draft.business.profession.default_service
    draft.note(service=usual, **{w.VAGUE: usual})


def ask_service(draft: Draft) -> None:
    """Ask what for; the second time with examples."""
    names = tuple(service.name for service in draft.business.services)
    asked = draft.count(w.SERVICE_ASKS)
    draft.note(**{w.SERVICE_ASKS: str(asked + 1)})
    if asked >= _MOST_SERVICE_ASKS:
        note_usual_service(draft)
        go_on_booking(draft)
        return
    if draft.asks != "service":
        draft.ask("service", QuestionKind.CHOICE, draft.business.profession.booking_flow.ask_service, names)
        return
    few = listed(names[:4])
    draft.ask("service", QuestionKind.CHOICE, f"Is it for {few}, or something else?", names)


def read_back(draft: Draft, service: Service) -> None:
    """Say everything once and ask for a yes."""
    start = datetime.fromisoformat(draft.value("start"))
    name = draft.value("name")
    spelling = draft.value(w.SPELLED)
    said_name = f"{name}, spelled {spelled(spelling)}," if spelling else name
    number = say_phone(draft.value("phone"), draft.country)
    again = draft.value(w.READ_BACK) not in {"", fingerprint(draft)}
    lead = "So now that's" if again else "So that's"
    draft.note(**{w.READ_BACK: fingerprint(draft)})
    draft.say(
        f"{lead} {a(service.name)} on {say_start(start)}, for {said_name} at {number}.",
        intake.unmet_condition(draft, service.name),
    )
    still_open = intake.ask_passed_over(draft)
    draft.ask(w.BOOK_OK, QuestionKind.YES_NO, "Or shall I book it without?" if still_open else "Shall I book that?")


def fingerprint(draft: Draft) -> str:
    """What a yes to the read-back stands for."""
    return "|".join(draft.value(field) for field in READ_FIELDS)


def answer_read_back(draft: Draft, heard: Heard, *, corrected: bool) -> bool:
    """The caller's answer to the read-back; `corrected` if the words changed something. Whether it is dealt with."""
    if draft.asks != w.BOOK_OK:
        return False
    if corrected and draft.value(w.READ_BACK) != fingerprint(draft):
        go_on_booking(draft)
        return True
    if heard.yes and draft.value(w.READ_BACK) == fingerprint(draft):
        book(draft)
        return True
    if heard.yes:  # something else stands in the form than was read out
        go_on_booking(draft)
        return True
    if heard.yes is False and heard.count == 1 and intake.take_no(draft) is not None:
        draft.say("Okay, I've noted that.")
        draft.ask(w.BOOK_OK, QuestionKind.YES_NO, "Shall I book the appointment?")
        return True
    if heard.yes is False:
        draft.ask(
            w.CHANGE_WHAT,
            QuestionKind.CHOICE,
            "Okay, not booked yet. What should I change: the service, the time, the name or the number?",
            ("service", "time", "name", "number"),
        )
        return True
    return False


def answer_change_what(draft: Draft, heard: Heard, *, corrected: bool) -> bool:
    """What of the read-back is to be changed."""
    if draft.asks != w.CHANGE_WHAT:
        return False
    words = heard.words.lower()
    if corrected:
        go_on_booking(draft)
        return True
    if re.search(r"\b(?:time|day|date|hour|when)\b", words):
        times.reopen(draft, day_only=re.search(r"\b(?:time|hour|when)\b", words) is None)
        return True
    if re.search(r"\bname\b", words):
        draft.drop("name", w.SPELLED)
    elif re.search(r"\b(?:number|phone|digits)\b", words):
        draft.drop("phone", w.DIGITS)
    elif re.search(r"\b(?:service|what|kind)\b", words):
        draft.drop("service", "start")
    elif re.search(r"\b(?:everything|all)\b", words):
        draft.drop("service", "name", "phone", w.SPELLED)
        times.forget_time(draft)
    elif heard.yes and _BOOK_IT.search(words) and draft.value(w.READ_BACK) == fingerprint(draft):
        book(draft)
        return True
    elif re.search(r"\b(?:nothing|none|fine|correct|right|good)\b", words) or heard.yes:
        draft.note(**{w.READ_BACK: ""})
    else:
        return False
    go_on_booking(draft)
    return True


def book(draft: Draft) -> None:
    """The caller has said yes to exactly this."""
    draft.confirm(*READ_FIELDS)
    draft.settle()
    service = service_of(draft)
    draft.note(service=service.name if service else "")
    draft.act(ActionKind.BOOK, **{field: draft.value(field) for field in READ_FIELDS}, notes=_notes(draft))


def _notes(draft: Draft) -> str:
    told = [
        f"{question.field.replace('_', ' ')}: {draft.value(question.field)}"
        for question in draft.business.profession.intake
        if draft.value(question.field)
    ]
    return "; ".join(told)


def told_booking(draft: Draft, result: ActionResult) -> None:
    """Go on when the booking has run."""
    arguments = result.action.arguments
    if result.receipt is not None:
        _tell_booked(draft, {**arguments, **result.receipt.facts})
        return
    draft.want(Wants.BOOK)
    slots = [datetime.fromisoformat(slot) for slot in result.slots]
    draft.note(**{"start": "", w.WHEN: "", w.READ_BACK: ""})
    match result.problem:
        case "taken":
            draft.say("I'm sorry, that time was just taken.")
            slots = next_first(slots, datetime.fromisoformat(arguments["start"]))
        case "incomplete":
            details.ask_phone(draft, "I couldn't book that yet. What's your phone number, with the area code?")
            draft.drop("phone")
            return
        case "unknown_service":
            draft.drop("service")
            go_on_booking(draft)
            return
        case _:
            draft.say("I'm sorry, that time isn't possible.")
    if slots:
        offer(draft, slots)
    else:
        times.ask_time(draft)


def _tell_booked(draft: Draft, facts: Mapping[str, str]) -> None:
    """Say what stands in the diary now, then come to the next service that was asked for."""
    close_booking(draft)
    start = say_start(datetime.fromisoformat(facts["start"]))
    draft.say(
        f"You're booked: {a(facts.get('service', 'appointment'))} on {start}.",
        draft.business.profession.booking_flow.after_booking,
    )
    if draft.value(w.THEN):
        return  # the second booking of the same sentence comes now
    following = draft.value(w.NEXT).split("|")
    if not following[0]:
        ask_for_more(draft)
        return
    times.note_wish(draft, When(day=datetime.fromisoformat(facts["start"]).date()))  # unless another is told
    other = draft.value(w.NEXT_FOR)
    draft.note(service=following[0], **{w.NEXT: "|".join(following[1:]), w.NEXT_FOR: ""})
    if other:
        draft.drop("name", w.SPELLED)
    if other:
        question = f"Would you like to find a time for {other} as well?"
    else:
        question = f"You also asked for {a(following[0])}. Would you like to find a time for that too?"
    draft.ask(w.BOOK_TOO, QuestionKind.YES_NO, question)


def tell_again(draft: Draft, heard: Heard) -> bool:
    """Say what this call has booked once more: "what was that time again?"; whether that was asked."""
    own = standing_appointments(draft.form.receipts)
    price = Intent.ASK_PRICE in heard.intents
    if draft.form.wants != Wants.DONE or not own or Intent.REPEAT not in heard.intents or price:
        return False
    facts = own[-1].facts
    start = say_start(datetime.fromisoformat(facts["start"]))
    draft.say(f"You're booked: {a(facts.get('service', 'appointment'))} on {start}.")
    ask_for_more(draft)
    return True


def close_booking(draft: Draft) -> None:
    """It is booked: what belongs to that appointment alone is cleared, the caller stays known."""
    draft.want(Wants.DONE)
    draft.drop("service", w.READ_BACK, w.MISSES, w.ASKED, w.NO_INTAKE, w.SERVICE_ASKS, w.TIMES_FIRST)
    times.forget_time(draft)


def drop_booking(draft: Draft) -> None:
    """The caller does not want to book after all."""
    close_booking(draft)
    draft.say("No problem, I haven't booked anything.")
    ask_for_more(draft)


def a(service: str) -> str:
    """The service with its article, where it wants one."""
    plural = service.endswith("s") and not service.endswith(("ss", "us", "is"))
    if plural:
        return service
    return f"{'an' if service[:1].lower() in 'aeiou' else 'a'} {service}"
