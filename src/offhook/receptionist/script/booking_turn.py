"""One turn of a caller who is booking: everything they say is taken in, whatever was asked."""

import re
from dataclasses import replace
from datetime import datetime, time

from offhook.conversation.form import QuestionKind
from offhook.receptionist.named_services import find_separate_services
from offhook.receptionist.profession import IntakeQuestion
from offhook.receptionist.script import booking, details, emergencies, intake, times
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.answering import asks_something
from offhook.receptionist.script.closing import say_goodbye
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard, hear, is_only_a_time
from offhook.receptionist.script.messages import go_on_message, offer_message, start_message
from offhook.receptionist.script.not_offered import names_another_trade
from offhook.receptionist.script.offering import is_pick, offered
from offhook.receptionist.script.other_times import asks_for_times, seek_other_times
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.address import find_address
from offhook.receptionist.understanding.intent import Intent
from offhook.receptionist.understanding.relatives import RELATIVES
from offhook.receptionist.understanding.when import When
from offhook.receptionist.understanding.words import each
from offhook.receptionist.wording import words

_CHANGES_MIND = re.compile(
    r"\b(?:actually|instead|change|rather|make (?:it|that)|switch|i meant|can we do)\b", re.IGNORECASE
)


_ASKS_WHEN = re.compile(r"\bwhen\b", re.IGNORECASE)
_ANY_DAY = re.compile(
    r"\b(?:any ?day|whatever|whichever|don'?t (?:mind|care)|either|soonest|earliest|first)\b", re.IGNORECASE
)
_AND_SOMEBODY = re.compile(
    r"(?:\b(?:and|plus|also) (?:also )?(?:one|another|another one|a second one|an appointment|the same) for|"
    r"\b(?:two|both) (?:\w+ )?(?:appointments|visits|bookings|slots|cleanings|check-?ups)\b.{0,60}\b(?:and|plus)\b"
    rf"(?: for)?) my ({RELATIVES})\b|\b(?:my|our) (?:two|2) (?:kids|children|sons|daughters|boys|girls)\b|"
    r"\bboth (?:of )?(?:my|our) (?:kids|children|sons|daughters|boys|girls)\b",
    re.IGNORECASE,
)
_SPARE_WORDS = 1
_FILLERS = each(
    "if you can could possible please would be is are good great fine best better works work for me us maybe ideally "
    "preferably then ok okay how about what sometime on at in the i we do d id like want lets say make it come"
)
"""Words around a time that tell nothing else: "Saturday morning if you can"."""
_AND = re.compile(r"[,.;]?\s+(?:oh,?\s+)?(?:and|plus|also)\s+(?:then\s+|also\s+)?", re.IGNORECASE)
_ANOTHER = re.compile(r"\b(?:an?|another|one|the other|second)\b", re.IGNORECASE)
_SAME = re.compile(
    r"\b(?:one for (?:my|our)|again|same|another one|after all|for (?:her|him|them)|as well)\b", re.IGNORECASE
)
_FOR_SOMEBODY = re.compile(
    rf"\bmy (?:{RELATIVES}|kid)(?:'?s)?\b|\bfor (?:her|him|them)\b",
    re.IGNORECASE,
)


def begin_booking(draft: Draft, heard: Heard) -> None:
    """The caller wants an appointment: take in what was said with it and ask for the rest."""
    if not draft.business.takes_bookings:
        draft.say("I can't make appointments myself, but I'll pass on that you'd like one.")
        start_message(draft, heard.words)
        go_on_message(draft)
        return
    heard = _first_of_two(draft, heard)
    if draft.form.receipts and _FOR_SOMEBODY.search(heard.words):
        draft.drop("name", w.SPELLED)
    booking.start_booking(draft)
    _same_again(draft, heard)
    take_in(draft, heard)
    _note_others(draft, heard)
    if asks_for_times(draft, heard):
        times.note_wish(draft, When(after=time(0)))  # whatever is free is to be named
    if asks_something(heard) and times.wish(draft) is not None:
        draft.note(**{w.TIMES_FIRST: "yes"})
    if not (_refused(draft) or names_another_trade(draft, heard)):
        booking.go_on_booking(draft)


def _first_of_two(draft: Draft, heard: Heard) -> Heard:
    """A Swedish on Friday at 3 and a hot stone on Monday at 10: the second waits until the first is booked."""
    for joint in _AND.finditer(heard.words):
        first, second = heard.words[: joint.start()], heard.words[joint.end() :]
        if _one_booking(draft, first) and _one_booking(draft, second) and _ANOTHER.search(second):
            draft.note(**{w.THEN: second})
            return hear(draft, first)
    return heard


def _yes_first(draft: Draft, heard: Heard) -> Heard:
    """Yes, and also book a valuation on Friday at 2: what was read back is booked first, the rest waits."""
    if draft.asks != w.BOOK_OK or not heard.yes:
        return heard
    for joint in _AND.finditer(heard.words):
        first, second = hear(draft, heard.words[: joint.start()]), hear(draft, heard.words[joint.end() :])
        if first.yes and _is_another_wish(draft, second):
            draft.note(**{w.THEN: second.words})
            return first
    return heard


def _is_another_wish(draft: Draft, heard: Heard) -> bool:
    """Whether the words want more than what is being booked."""
    if Intent.MESSAGE in heard.intents:
        return True
    other = heard.service is not None and heard.service.name != draft.value("service")
    return other or (Intent.BOOK in heard.intents and _ANOTHER.search(heard.words) is not None)


def _one_booking(draft: Draft, words: str) -> bool:
    """Whether the words tell a time of their own, and what for."""
    heard = hear(draft, words)
    named = heard.service is not None or _ANOTHER.search(words) is not None
    return named and heard.when is not None and heard.when.at is not None


def _note_others(draft: Draft, heard: Heard) -> None:
    """A cleaning and a filling: the first is booked first. Only two that were asked for as two are two."""
    separate = [service.name for service in find_separate_services(draft.business, heard.words)]
    somebody = _AND_SOMEBODY.search(heard.words)
    if separate:
        draft.note(service=separate[0], **{w.NEXT: "|".join(separate[1:])})
        draft.say(f"One at a time: first the {separate[0]}.")
    elif heard.service is not None and somebody is not None:
        draft.note(**{w.NEXT: heard.service.name, w.NEXT_FOR: f"your {(somebody.group(1) or 'other child').lower()}"})


def _same_again(draft: Draft, heard: Heard) -> None:
    """Book it again, same time: what this call has last booked, moved or cancelled."""
    if heard.service is not None or not draft.form.receipts or not _SAME.search(heard.words):
        return
    facts = draft.form.receipts[-1].facts
    draft.note(service=facts.get("service", ""))
    if "same" not in heard.words.lower() or not facts.get("start"):
        return
    if heard.when is None:
        times.wish_for(draft, facts["start"])
    elif heard.when.at is None:
        draft.note(**{w.AT: datetime.fromisoformat(facts["start"]).time().isoformat()})  # "Tuesday, same time"


def booking_turn(draft: Draft, heard: Heard) -> bool:
    """Whether the turn got the booking on."""
    service = booking.service_of(draft)
    if service is not None and seek_other_times(draft, heard, service):
        return True
    heard = _yes_first(draft, heard)
    read, before, known = booking.fingerprint(draft), _fixed(draft), dict(draft.form.answers)
    asks = draft.asks
    took = take_in(draft, heard)
    corrected = took and read != booking.fingerprint(draft)
    if _refused(draft):
        return True
    if booking.answer_read_back(draft, heard, corrected=corrected):
        return True
    news = {name for name, answer in draft.form.answers.items() if known.get(name) != answer and name[0] != "_"}
    if asks == w.BOOK_OK and news and not corrected:
        draft.say("I've noted that.")
    if booking.answer_change_what(draft, heard, corrected=corrected):
        return True
    if details.names_this_line(draft, heard):
        details.ask_number_of_line(draft)
        return True
    if details.refuses_phone(draft, heard):
        _without_number(draft)
        return True
    if asks == "service" and _wants_no_other(draft, heard):
        return True
    if asks == "service" and not took and not draft.said and _may_be_anything(draft, heard):
        booking.note_usual_service(draft)
        took = True
    if not took:
        took = _any_time(draft, heard) if asks == "start" else _told_beside(draft, heard)
    if not took:
        return False
    if asks == "start" and before == _fixed(draft):
        draft.settle()  # something else was told: the times stay offered, and what is missing is asked
        draft.note(**{w.WHEN_LATER: "yes"})
    booking.go_on_booking(draft)
    return True


def _fixed(draft: Draft) -> tuple[str, ...]:
    """What an answer to "when?" may change."""
    return tuple(draft.value(field) for field in ("service", "start", w.WHEN))


def take_in(draft: Draft, heard: Heard) -> bool:
    """Note every answer in the words; whether there was one."""
    asked = intake.question_named(draft, draft.asks)
    free_words = asked is not None and asked.kind in {QuestionKind.OPEN, QuestionKind.NUMBER, QuestionKind.ADDRESS}
    numbered = details.hear_phone_ok(draft, heard) or (not is_pick(draft, heard) and details.hear_phone(draft, heard))
    mailed = details.hear_email(draft, heard)
    named = details.hear_name(draft, heard)
    timed = _may_tell_time(draft, heard, free_words=free_words) and times.hear_time(draft, heard)
    says_so = Intent.BOOK in heard.intents or _CHANGES_MIND.search(heard.words) is not None
    may_be_service = not free_words or bool(draft.value(w.VAGUE)) or says_so
    served = may_be_service and booking.hear_service(draft, heard)
    told = intake.hear_told(draft, heard)
    for question in told:
        if intake.has_consequences(question):
            _after_intake(draft, question)
    other = numbered or named or timed or served or mailed or bool(told)
    other = other or intake.hear_passed_over(draft, heard)
    answered = intake.hear_intake(draft, heard, other_answer=other)
    if asked is not None and answered:
        _after_intake(draft, asked)
    return other or answered


def _may_tell_time(draft: Draft, heard: Heard, *, free_words: bool) -> bool:
    when = heard.when
    if when is None:
        return draft.asks == "start" or is_pick(draft, heard)
    if when.problem == "no_such_date" or is_only_a_time(draft, heard.words):
        return True
    if when.at is not None and any(slot.time() == when.at for slot in offered(draft)) and heard.phone is None:
        return True
    if draft.asks in {"phone", "name"} or free_words:
        if Intent.ASK_HOURS in heard.intents:
            return False
        counts = draft.form.asking is not None and draft.form.asking.kind is QuestionKind.NUMBER
        hour = when.at is not None and not counts and (not when.hour_guessed or draft.asks == "name")
        told = when.day or when.not_days or when.part or when.asap or hour
        begin, end = when.words
        split = heard.words.split()
        around = words(" ".join([*split[:begin], *split[end:]]))
        if told and (end - begin >= heard.count - _SPARE_WORDS or _FILLERS.issuperset(around)):
            event = _of_event(draft) if when.at is None else None
            if event is not None and not draft.value(event.field):
                return False  # "the 12th": that of the deadline, for which there was no time to ask
            return not _asks_when(draft) or _brings_hour(draft, when)  # nothing but a time: no street, no name
        if _asks_where(draft) and when.day is not None and find_address(heard.words) is None:
            return True
        asks_for_day = heard.words.rstrip().endswith("?") or (draft.asks == "name" and _of_event(draft) is None)
        if asks_for_day and heard.name is None and (when.day or when.part) and when.last_day is None:
            return True
        if _asks_when(draft) and Intent.BOOK not in heard.intents:
            return _brings_hour(draft, when) and not intake.tells(draft, draft.asks, heard.words)
        exact = when.at is not None and (
            when.day is not None or (not free_words and (not when.hour_guessed or ":" in heard.words))
        )
        return exact or _CHANGES_MIND.search(heard.words) is not None or Intent.BOOK in heard.intents
    return not (draft.said and Intent.ASK_HOURS in heard.intents)


def _of_event(draft: Draft) -> IntakeQuestion | None:
    """The question that a day told after the appointment's may answer: when is the wedding, or the deadline?"""
    asked = draft.business.profession.questions_for(draft.value("service"))
    started = draft.value("start") != ""
    return next((each for each in asked if started and each.required and _ASKS_WHEN.search(each.ask)), None)


def _told_beside(draft: Draft, heard: Heard) -> bool:
    """Whether such a day, or a place, was told instead of a name or a number; it is noted."""
    if draft.asks not in {"name", "phone"} or asks_something(heard):
        return False
    question, place = _of_event(draft), find_address(heard.words)
    if question is not None and heard.when is not None and heard.when.day is not None:
        draft.note(**{question.field: "; ".join(filter(None, [draft.value(question.field), heard.words]))})
    elif place is not None:
        draft.note(address=place)
    else:
        return False
    draft.say("I've noted that.")
    return True


def _brings_hour(draft: Draft, when: When) -> bool:
    """Whether it is a day with its hour, and the hour of the visit has not been told: "December first, 9 am"."""
    wished = times.wish(draft)
    unknown = not draft.value("start") and (wished is None or wished.at is None)
    return unknown and when.day is not None and when.at is not None and when.last_day is None


def _asks_where(draft: Draft) -> bool:
    asking = draft.form.asking
    return asking is not None and asking.kind is QuestionKind.ADDRESS


def _asks_when(draft: Draft) -> bool:
    """Whether the trade's question that is open asks for a day of its own: "since when?"."""
    question = intake.question_named(draft, draft.asks)
    return question is not None and _ASKS_WHEN.search(question.ask) is not None


def _after_intake(draft: Draft, question: IntakeQuestion) -> None:
    """What the trade says to the answer, where it refuses, and where it is an emergency."""
    value = draft.value(question.field)
    said = {"yes": question.if_yes, "no": question.if_no}.get(value, "")
    if question.emergency_if == value and question.emergency:
        emergency = emergencies.named_emergency(draft, question.emergency)
        if emergency is not None:
            draft.note(**{w.DANGER: emergency.name})
            return
    if question.refuse_if == value:
        draft.say_instead(said)
        draft.note(**{w.REFUSED: question.field})
    else:
        draft.say(said)


def _refused(draft: Draft) -> bool:
    """Deal with an answer that ends the booking; whether there was one."""
    danger = draft.value(w.DANGER)
    if danger:
        draft.drop(w.DANGER)
        emergency = emergencies.named_emergency(draft, danger)
        if emergency is not None:
            service = draft.value("service")
            emergencies.meet_emergency(draft, emergency, f"{service}: {emergency.name.replace('_', ' ')}".strip(": "))
            return True
    if not draft.value(w.REFUSED):
        return False
    draft.drop(w.REFUSED)
    booking.close_booking(draft)
    draft.want(Wants.NOT_INTERESTED)
    draft.ask(w.MORE, QuestionKind.YES_NO, "Is there anything else I can help with?")
    return True


def _wants_no_other(draft: Draft, heard: Heard) -> bool:
    """Whether the caller, told that we do not offer it, names it again or wants nothing else."""
    if booking.service_of(draft) is not None or not draft.value(w.UNANSWERED):
        return False
    if heard.yes is False and heard.when is None:
        booking.close_booking(draft)
        offer_message(draft, "All right. Shall I have someone call you about it?")
        return True
    return names_another_trade(draft, heard)


def _may_be_anything(draft: Draft, heard: Heard) -> bool:
    """Whether the usual service will do: the caller told at length, does not know, or was not understood twice."""
    told = heard.count >= 3 and heard.yes is None and Intent.REPEAT not in heard.intents
    return told or Intent.UNSURE in heard.intents or draft.count(w.MISSES) > 0


def _any_time(draft: Draft, heard: Heard) -> bool:
    """The caller does not mind when: the soonest times are looked for, unless some were offered."""
    if draft.value(w.OFFERED):
        return False
    when = times.wish(draft)
    if when is not None and when.at is not None and when.day is None and (heard.yes or _ANY_DAY.search(heard.words)):
        times.note_wish(draft, replace(when, asap=True))
        return True
    if Intent.UNSURE in heard.intents or re.search(
        r"\b(?:any ?time|whenever|don'?t (?:mind|care)|you (?:choose|pick)|right away|(?:right )?now|immediately)\b",
        heard.words,
        re.IGNORECASE,
    ):
        draft.note(**{w.WHEN: '{"asap":true}'})
        return True
    return False


def _without_number(draft: Draft) -> None:
    refusals = draft.count(w.NO_PHONE) + 1
    draft.note(**{w.NO_PHONE: str(refusals)})
    if refusals == 1:
        draft.ask(
            "phone",
            QuestionKind.PHONE,
            "I understand. It's only used for this appointment, and I can't book without one. "
            "Which number may I put down?",
        )
        return
    if refusals == 2:
        offer_message(draft, "Without a number I can't book it. Shall I leave a message with your name instead?")
        return
    say_goodbye(draft, "Then you're welcome to call back or come by any time.")
