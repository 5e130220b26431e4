"""What the caller newly wants, in the middle of whatever was going on: another matter, to start over, to go."""

import re
from dataclasses import replace

from offhook.conversation.actions import ActionKind, ActionResult
from offhook.conversation.form import QuestionKind
from offhook.receptionist.named_services import find_service, is_vague
from offhook.receptionist.outcome import EMERGENCY, standing_appointments
from offhook.receptionist.script import declining, details, emergencies, times
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.answering import (
    answer_question,
    answer_whether,
    answers_without_booking,
    asks_outright,
    cannot_answer,
)
from offhook.receptionist.script.booking import close_booking, drop_booking
from offhook.receptionist.script.booking_turn import begin_booking
from offhook.receptionist.script.changing import close_change, go_on_changing, start_change
from offhook.receptionist.script.closing import ask_for_more, ask_for_wish, say_goodbye
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard, hear
from offhook.receptionist.script.messages import (
    addressed,
    addressee_in,
    go_on_message,
    hear_urgency,
    leave_and_end,
    message_in,
    start_message,
)
from offhook.receptionist.script.unfinished import unfinished
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.intent import Intent

_NEVER_MIND = re.compile(
    r"\b(?:never ?mind|forget (?:it|about it|that)|changed my mind|"
    r"(?:let me|i'?ll|i will) (?:just )?(?:call|ring) (?:you )?back|"
    r"don'?t (?:want|need) (?:it|that|an appointment|to book)|(?:leave|drop) it(?! \w))\b",
    re.IGNORECASE,
)
_WALKS_IN = re.compile(
    r"\b(?:i'?ll|i will|i can|we'?ll) (?:just |maybe )?(?:come|stop|swing|walk|drop) (?:by|in)\b", re.IGNORECASE
)
_ABOUT_APPOINTMENT = re.compile(
    r"\b(?:my|the|an|our) (?:\w+ ){0,3}(?:appointment|booking|visit|session)\b", re.IGNORECASE
)
_HAS_ONE = re.compile(
    r"\b(?:i|we)(?: have|'ve got| got| had|'ve|'m| am) (?:(?:an?|my) (?:\w+ ){0,3}(?:appointment|booking|session|visit|"
    r"consult(?:ation)?|showing|massage|cleaning|check-?up|inspection)|(?:booked|scheduled|down) )\b",
    re.IGNORECASE,
)
_MOVES = re.compile(
    r"\b(?:change|move|reschedul\w*|switch|push|postpone|another|different|earlier|later|sooner)\b", re.IGNORECASE
)
_ABOUT_RULES = re.compile(
    r"\b(?:what (?:if|happens)|policy|fee|charge|is it possible|how (?:late|long|far)|"
    r"possible to cancel|if i cancel)\b",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\b(?:actually|instead|rather|just)\b", re.IGNORECASE)
_ALL = re.compile(
    r"\b(?:that'?s|that is|that'?ll be) (?:all|it|everything)\W*(?:thanks|thank you|then|for now)?"
    r"(?: so much| very much| a lot)?\W*$",
    re.IGNORECASE,
)
_BYE = re.compile(
    r"\b(?:bye|goodbye|hang up|(?:got|gotta|have) (?:to )?go|take care|have a|see (?:you|ya)|so long|talk (?:to you )?"
    r"(?:later|soon)|farewell|cheers)\b",
    re.IGNORECASE,
)
_CANCEL_FOR_ANOTHER = re.compile(
    r"\bcancel\b.*\b(?:and|then) (?:re-?)?(?:book|schedule|make|get|pick|find) (?:it |me |for )?"
    r"(?:another|a different|a new|some other) (?:time|day|date|slot)\b",
    re.IGNORECASE,
)
_BOOKS = re.compile(r"\b(?:book|schedule|appointment)\b", re.IGNORECASE)
_NEW_ONE = re.compile(r"\b(?:a|another) new (?:one|appointment|booking|session|visit)\b(?! time)", re.IGNORECASE)
_LATE = re.compile(r"\b(?:running|be|am|i'?m|we'?re) (?:\w+ ){0,4}late\b", re.IGNORECASE)
_NOTHING_ELSE = re.compile(r"(?:to )?(?:please )?(?:call|ring|phone) me(?: back)?(?: please)?", re.IGNORECASE)
"""Says that somebody should call and not what about."""
_CALL_BACK = re.compile(r"\b(?:call|ring|phone)(?:s|ed)? (?:me|us)\b|\bcall ?back\b", re.IGNORECASE)
_FROM_SOMEBODY = re.compile(
    r"\bmessage\b|\b(?:someone|somebody|him|her|them) (?:to )?(?:call|ring|phone) me\b", re.IGNORECASE
)
_LEFT = re.compile(r"\b(?:left|forgot|lost) (?:my|a|an|some)\b|\bmissed (?:a |your )?call\b", re.IGNORECASE)
_CALL_ME = re.compile(
    r"\b(?:(?:can|could|please|would|have|ask|tell|get) )?(?:[\w']+ )?(?:[\w']+ )?(?:call|ring|phone|text) (?:me|us)"
    r"(?: back)?\b|\b(?:leave|take) (?:a|my) message\b",
    re.IGNORECASE,
)
_SEND_ME = re.compile(r"\b(?:text|send) (?:me|us) (?:the|a|an|your|some)\b", re.IGNORECASE)
_CONTENT = re.compile(r"[a-z']{4,}", re.IGNORECASE)
_ENOUGH = 4
"""Words of four letters or more that tell what a call is about."""
_FINAL = frozenset({w.BOOK_OK, w.CHANGE_OK, w.MESSAGE_OK})


def says_goodbye(draft: Draft, heard: Heard) -> bool:
    """Whether the caller ends the call; what can still be kept is kept."""
    if draft.asks == "message" or not (Intent.GOODBYE in heard.intents or _ALL.search(heard.words)):
        return False
    settled = draft.form.wants in {None, Wants.DONE} and not heard.intents & {Intent.BOOK, Intent.RESCHEDULE}
    told_time = heard.when is not None and not settled  # "see you on Friday then, bye"
    if heard.phone is not None or told_time or (draft.asks in _FINAL and heard.yes):
        return False
    if draft.form.wants == Wants.BOOK and draft.asks not in _FINAL and not _BYE.search(heard.words):
        return False  # "nothing else" answers a question of ours
    if draft.form.wants == Wants.EMERGENCY:
        draft.note(**{w.GIVEN_UP: "yes"})
        emergencies.leave_emergency(draft)
        return True
    reachable = draft.value("message") and (draft.value("name") or draft.value("phone"))
    if draft.form.wants == Wants.MESSAGE and reachable and heard.yes is not False:
        leave_and_end(draft)
        return True
    if draft.asks in _FINAL and not draft.value(w.LEAVING) and heard.yes is None:
        draft.note(**{w.LEAVING: "yes"})
        question = "Shall I book it, yes or no?" if draft.asks == w.BOOK_OK else "Shall I do that, yes or no?"
        draft.ask(draft.asks, QuestionKind.YES_NO, f"Before you go: {question[0].lower()}{question[1:]}")
        return True
    unfinished = draft.form.wants == Wants.BOOK and draft.value("service")
    say_goodbye(draft, "All right, I haven't booked anything." if unfinished else "")
    return True


def new_wish(draft: Draft, heard: Heard) -> bool:
    """Whether the caller turns to another matter; then it is begun."""
    intents, wants = heard.intents, draft.form.wants
    if _dictates(draft, heard):
        return False
    if Intent.START_OVER in intents:
        _start_over(draft)
        return True
    if draft.asks in _FINAL and heard.yes and wants in {Wants.BOOK, Wants.CANCEL, Wants.RESCHEDULE}:
        _note_follow_up(draft, heard)
        return False
    if _drops(draft, heard):
        return True
    if Intent.CANCEL in intents and wants != Wants.CANCEL and not _ABOUT_RULES.search(heard.words):
        moves = _CANCEL_FOR_ANOTHER.search(heard.words) is not None
        return _change(draft, heard, Wants.RESCHEDULE if moves else Wants.CANCEL)
    if _HAS_ONE.search(heard.words) and _MOVES.search(heard.words) and wants != Wants.RESCHEDULE:
        return _change(draft, replace(heard, when=None), Wants.RESCHEDULE)
    if Intent.RESCHEDULE in intents and wants not in {Wants.RESCHEDULE, Wants.BOOK}:
        return _change(draft, heard, Wants.RESCHEDULE)
    late = _LATE.search(heard.words) is not None
    if Intent.MY_APPOINTMENT in intents and not late and wants not in {Wants.LOOK_UP, Wants.CANCEL, Wants.RESCHEDULE}:
        return _change(draft, heard, Wants.LOOK_UP)
    if _message(draft, heard):
        return True
    fresh = _NEW_ONE.search(heard.words) is not None
    moving = wants == Wants.RESCHEDULE and not fresh and (draft.value(w.FOUND) or heard.service is None)
    # "I need somebody here today" tells of the emergency
    in_danger = wants == Wants.EMERGENCY and _BOOKS.search(heard.words) is None
    only_asks = answers_without_booking(draft, heard)
    if Intent.BOOK in intents and wants != Wants.BOOK and not (moving or in_danger or only_asks):
        if wants in {Wants.CANCEL, Wants.LOOK_UP, Wants.RESCHEDULE}:
            _go_over_to_booking(draft, heard)
        told = _answer_first(draft, heard)
        if Intent.ASK_SERVICES in intents and not told and heard.service is None and heard.when is None:
            return cannot_answer(draft, heard)  # "can you fix my roof?"
        begin_booking(draft, heard)
        return True
    return False


def _dictates(draft: Draft, heard: Heard) -> bool:
    """Whether the words are those of the message that is being taken: "just tell them I can't make it"."""
    if draft.asks == "message":
        return not (_INSTEAD.search(heard.words) and heard.intents & {Intent.BOOK, Intent.CANCEL})
    return draft.form.wants == Wants.MESSAGE and bool(message_in(heard.words))


def _go_over_to_booking(draft: Draft, heard: Heard) -> None:
    """A new appointment instead of the one that was spoken of: for the same, unless something else is named."""
    meant = draft.value(w.MEANT)
    spoken_of = find_service(draft.business, meant) if heard.service is None else None
    close_change(draft)
    if spoken_of is not None and not is_vague(draft.business, meant):
        draft.note(service=spoken_of.name)


def _answer_first(draft: Draft, heard: Heard) -> bool:
    """Answer what was asked in the same sentence as the appointment; whether there was an answer."""
    told = (asks_outright(heard) and answer_question(draft, heard)) or answer_whether(draft, heard)
    if "?" in heard.words:
        declining.say_limit(draft, heard)
    return told


def _message(draft: Draft, heard: Heard) -> bool:
    """Whether the caller has something to be passed on: a message, a complaint, that they are late."""
    intents, wants = heard.intents, draft.form.wants
    late = _LATE.search(heard.words) is not None
    books = Intent.BOOK in intents or (heard.service is not None and heard.when is not None and heard.when.is_wanted)
    if draft.asks == w.MESSAGE_TOO:
        return False  # it answers that
    dictates = draft.asks == "phone" and _FROM_SOMEBODY.search(heard.words) is None  # "call me back at 555 ..."
    if Intent.MESSAGE in intents and wants not in {Wants.MESSAGE, Wants.EMERGENCY} and not dictates:
        text = message_in(heard.words)
        wished = unfinished(draft) if _CALL_BACK.search(heard.words) else ""
        told = heard.words if late or _says_why(heard.words) else wished
        addressee, nothing = addressee_in(heard.words), _NOTHING_ELSE.fullmatch(text) is not None
        draft.note(**{w.ADDRESSEE: addressee})
        start_message(draft, addressed(addressee, told) if told and (nothing or not text) else "" if nothing else text)
    elif Intent.COMPLAINT in intents and (draft.asks == w.BOOK_TOO or _was_refused(draft)):
        draft.say("I understand.")  # it is about what we have just said
        return False
    elif ((Intent.COMPLAINT in intents and not books) or late) and wants in {None, Wants.DONE}:
        draft.say("I'll pass that on." if late else "I'm sorry to hear that. I'll pass it on.")
        start_message(draft, heard.words)
    else:
        return False
    hear_urgency(draft, heard.words)
    details.hear_phone(draft, heard)
    details.hear_name(draft, heard)
    go_on_message(draft)
    return True


def _was_refused(draft: Draft) -> bool:
    """Whether the call's last word was a limit of the trade."""
    return draft.asks == w.MORE and not draft.form.receipts and bool(draft.value(w.OBJECTION))


def _says_why(words: str) -> bool:
    """Whether the words say more than that somebody is to call: then they are the message."""
    if _LEFT.search(words) is not None or _SEND_ME.search(words) is not None:
        return True
    return len(set(_CONTENT.findall(_CALL_ME.sub(" ", words)))) >= _ENOUGH


def _drops(draft: Draft, heard: Heard) -> bool:
    """Never mind: what was going on is dropped; whether something was."""
    wants = draft.form.wants
    own = standing_appointments(draft.form.receipts)
    cancels_unbooked = (
        wants == Wants.BOOK
        and Intent.CANCEL in heard.intents
        and not own
        and not _ABOUT_APPOINTMENT.search(heard.words)
    )
    walks_in = wants == Wants.BOOK and _WALKS_IN.search(heard.words) is not None
    if not (_NEVER_MIND.search(heard.words) or cancels_unbooked or walks_in):
        return False
    others = heard.intents & {Intent.BOOK, Intent.RESCHEDULE, Intent.MESSAGE, Intent.GOODBYE}
    if heard.when is not None or others - ({Intent.BOOK} if walks_in else set()):
        return False
    match wants:
        case Wants.BOOK:
            answer_question(draft, heard)  # "I'll just come by, where are you?"
            drop_booking(draft)
        case Wants.RESCHEDULE | Wants.CANCEL | Wants.LOOK_UP:
            close_change(draft)
            draft.say("All right, nothing is changed.")
            ask_for_more(draft)
        case Wants.MESSAGE:
            draft.want(Wants.DONE)
            draft.drop("message")
            draft.say("All right, no message.")
            ask_for_more(draft)
        case _:
            return False
    return True


def _change(draft: Draft, heard: Heard, wants: Wants) -> bool:
    if draft.form.wants == Wants.BOOK:
        close_booking(draft)
    start_change(draft, wants)
    details.hear_phone(draft, heard)
    details.hear_name(draft, heard)
    if wants is Wants.RESCHEDULE:
        times.hear_time(draft, heard)
    go_on_changing(draft, heard)
    return True


def _note_follow_up(draft: Draft, heard: Heard) -> None:
    """Yes, cancel it and book me for Friday: the second wish waits for the first."""
    if draft.form.wants == Wants.CANCEL and Intent.BOOK in heard.intents:
        draft.note(**{w.THEN: heard.words})


def follow_up(draft: Draft, result: ActionResult) -> None:
    """Begin the wish that waited for this action."""
    waiting = draft.value(w.THEN)
    if not waiting:
        return
    if result.receipt is None and result.action.kind is ActionKind.BOOK:
        return  # it is tried at another time first
    draft.drop(w.THEN)
    if result.receipt is None:
        return
    heard = hear(draft, waiting)
    if _message(draft, heard):
        return
    if heard.service is None:
        draft.note(service=result.receipt.facts.get("service", ""))  # "and the other one at 3"
    begin_booking(draft, heard)


def _start_over(draft: Draft) -> None:
    wants = draft.form.wants
    close_booking(draft)
    close_change(draft)
    draft.drop("name", "phone", "message", w.SPELLED, w.DIGITS)
    if draft.value(EMERGENCY):
        draft.want(Wants.EMERGENCY_TOLD)
    if wants == Wants.BOOK:
        draft.say("Sure, let's start over.")
        draft.want(Wants.BOOK)
        draft.ask("service", QuestionKind.CHOICE, draft.business.profession.booking_flow.ask_service)
        return
    ask_for_wish(draft, "Sure, let's start over. What can I do for you?")
