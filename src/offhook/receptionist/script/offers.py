"""Answers to what was offered: a message, a booking, anything else; and callers who have not said what they want."""

import re

from offhook.conversation.form import QuestionKind
from offhook.receptionist.outcome import standing_appointments
from offhook.receptionist.script import details, intake, times
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.answering import asks_something
from offhook.receptionist.script.booking_turn import begin_booking
from offhook.receptionist.script.changing import go_on_changing, start_change
from offhook.receptionist.script.closing import ask_for_more, ask_for_wish, say_goodbye
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.emergencies import add_to_emergency, go_on_emergency, hear_where
from offhook.receptionist.script.hearing import Heard, hear
from offhook.receptionist.script.messages import go_on_message, message_in, start_message
from offhook.receptionist.script.small_talk import is_thanks
from offhook.receptionist.script.transferring import is_waiting
from offhook.receptionist.script.unfinished import unfinished
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.intent import Intent

_LEAVE_ONE = re.compile(r"\b(?:leave|take|pass) (?:it|that|one|a message|the message)\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:actually|instead|change|rather|make (?:it|that)|move|switch|i meant|later|earlier)\b", re.IGNORECASE
)


_A_DETAIL = 3
"""Words of something told; fewer are a sound or an answer."""
_LEADS_OVER = re.compile(r"^\W*(?:ok(?:ay)?|alright|all right|right|well|got it|i see)\b", re.IGNORECASE)
"""Begins with what agrees to nothing: "ok, do I need an appointment for that?"."""
_CALLS_ABOUT = re.compile(r"\bcalling (?:about|regarding|because|to|with)\b", re.IGNORECASE)


def answer_offer(draft: Draft, heard: Heard) -> bool:
    """The answer to an offer of ours; whether the words were one."""
    match draft.asks:
        case w.MESSAGE_TOO:
            return _answer_message_too(draft, heard)
        case w.EITHER_OR:
            return _answer_either_or(draft, heard)
        case w.BOOK_TOO | w.MORE if heard.service is None and heard.when is None:
            return _answer_book_too(draft, heard) if draft.asks == w.BOOK_TOO else _answer_more(draft, heard)
        case w.BOOK_TOO if heard.yes and not asks_something(heard):
            begin_booking(draft, heard)
            return True
        case _:
            return False


def _answer_message_too(draft: Draft, heard: Heard) -> bool:
    if heard.yes is False and _wants_else(heard) and not asks_something(heard):
        return False  # "no. I'd like a massage on Friday at one"
    if heard.yes is False or (heard.yes is None and is_thanks(heard)):
        if draft.form.wants != Wants.EMERGENCY_TOLD:
            draft.want(Wants.DONE)
        ask_for_more(draft)
    elif not (heard.phone or heard.name or _wants_message(heard) or (heard.yes and not _wants_else(heard))):
        return _tells_more(draft, heard)
    elif draft.form.wants == Wants.EMERGENCY_TOLD:
        draft.want(Wants.EMERGENCY)
        details.hear_phone(draft, heard)
        details.hear_name(draft, heard)
        go_on_emergency(draft)
    else:
        _take_offered_message(draft, heard)
    return True


def _tells_more(draft: Draft, heard: Heard) -> bool:
    """Note what is told to a question of the caller's that is to be passed on: "it's the blue one"."""
    question = draft.value(w.UNANSWERED)
    plain = heard.yes is None and not heard.intents and not _wants_else(heard) and heard.when is None
    if not (question and plain and heard.count >= _A_DETAIL):
        return False
    draft.note(**{w.UNANSWERED: f"{question} {heard.words}"})
    draft.ask(w.MESSAGE_TOO, QuestionKind.YES_NO, "I'll add that. Shall I have someone call you about it?")
    return True


def _wants_message(heard: Heard) -> bool:
    return Intent.MESSAGE in heard.intents or _LEAVE_ONE.search(heard.words) is not None


def _wants_else(heard: Heard) -> bool:
    """Whether a yes only leads over to something else: "ok, what about deep tissue?", "ok, a touch-up then"."""
    day = heard.when is not None and heard.when.day is not None
    exact = day and heard.when is not None and (heard.when.at is not None or _CHANGES.search(heard.words) is not None)
    return heard.service is not None or exact or asks_something(heard)


def _answer_either_or(draft: Draft, heard: Heard) -> bool:
    if re.search(r"\b(?:message|second|call(?:ed)? back)\b", heard.words, re.IGNORECASE):
        start_message(draft, message_in(heard.words))
        go_on_message(draft)
    elif heard.yes or re.search(r"\b(?:appointment|booking|book|first)\b", heard.words, re.IGNORECASE):
        begin_booking(draft, heard)
    else:
        return False
    return True


def _answer_book_too(draft: Draft, heard: Heard) -> bool:
    if heard.yes is None and not intake.hear_told(draft, heard):
        return False
    if heard.yes and asks_something(heard) and _LEADS_OVER.match(heard.words):
        return False
    if heard.yes is False:
        draft.settle()
        ask_for_more(draft)
    else:
        begin_booking(draft, heard)
    return True


def _answer_more(draft: Draft, heard: Heard) -> bool:
    if heard.yes is False or is_thanks(heard):
        say_goodbye(draft)
    elif heard.yes:
        ask_for_wish(draft, "What else can I do for you?")
    else:
        return False
    return True


def _take_offered_message(draft: Draft, heard: Heard) -> None:
    question = draft.value(w.UNANSWERED)
    text = (f"Question: {question}" if "?" in question else question) if question else draft.value("message")
    text = text or unfinished(draft)
    draft.drop(w.UNANSWERED)
    start_message(draft, message_in(heard.words) or text)
    details.hear_phone(draft, heard)
    details.hear_name(draft, heard)
    go_on_message(draft)


def _has_one(heard: Heard) -> bool:
    """Whether the caller only speaks of an appointment that they have: "I have a session tomorrow, may I bring...?"."""
    when = heard.when
    told = when is not None and (when.old_day is not None or when.old_at is not None) and not when.is_wanted
    return told and Intent.BOOK not in heard.intents


def idle_turn(draft: Draft, heard: Heard, *, answered: bool) -> bool:
    """A turn of somebody who wants nothing yet, or whose wish is settled; whether it leads on."""
    _, asked, rest = heard.words.rpartition("?")
    if answered and asked and rest.strip() and not asks_something(after := hear(draft, rest.strip())):
        return idle_turn(draft, after, answered=False)  # "do you take cards? I need a drain cleaned on Friday"
    when = heard.when if heard.when is not None and heard.when.is_wanted else None
    told_fully = heard.service is not None and when is not None and when.day is not None and when.at is not None
    if answered and not (told_fully and not asks_something(heard)):
        if heard.service is not None and not draft.value("service"):
            draft.note(service=heard.service.name)  # a yes to "would you like to book?" means this
        if when is not None and when.day is not None and when.last_day is None:
            draft.note(**{w.DAY: when.day.isoformat()})
        intake.hear_told(draft, heard)
        return False
    if when is not None and _CHANGES.search(heard.words) and standing_appointments(draft.form.receipts):
        start_change(draft, Wants.RESCHEDULE)
        times.hear_time(draft, heard)
        go_on_changing(draft, None)
        return True
    if (heard.service is not None or when is not None) and not _has_one(heard):
        begin_booking(draft, heard)
        return True
    if draft.asks == w.HELP and heard.yes is False:
        say_goodbye(draft)
        return True
    if draft.asks == w.HELP and heard.yes:
        draft.ask(w.HELP, QuestionKind.OPEN, "Would you like an appointment, or is it about something else?")
        return True
    return _tells_who(draft, heard)


def _tells_who(draft: Draft, heard: Heard) -> bool:
    """Take in who calls, or where somebody is in danger, of a caller who wants nothing yet; whether it leads on."""
    known = draft.value("name"), draft.value("phone")
    named, numbered = details.hear_name(draft, heard), details.hear_phone(draft, heard)
    placed = draft.form.wants == Wants.EMERGENCY_TOLD and hear_where(draft, heard)
    if placed or ((named or numbered) and (draft.form.wants == Wants.EMERGENCY_TOLD or add_to_emergency(draft))):
        draft.want(Wants.EMERGENCY)
        go_on_emergency(draft)
        return True
    new = known != (draft.value("name"), draft.value("phone"))
    if _CALLS_ABOUT.search(heard.words) or asks_something(heard) or not new:
        return False  # who they are is not all that they say, or is known already
    if named or numbered:
        name = draft.value("name").split()
        if is_waiting(draft):
            draft.say(f"Thanks, {name[0]}. Please hold the line." if name else "Thank you. Please hold the line.")
            return True
        ask_for_wish(draft, f"Hello {name[0]}, how can I help?" if name else "How can I help you?")
        return True
    return False
