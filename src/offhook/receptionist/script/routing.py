"""The order of things: what is looked for first in a caller's turn, and where an action's result leads.

Danger comes first, then callers to turn away, then what the caller newly wants, then questions, then the answer to
what was asked; what is none of these was not understood.
"""

from collections.abc import Callable

from offhook.conversation.actions import ActionKind, ActionResult
from offhook.receptionist.script import (
    answering,
    booking,
    changing,
    declining,
    emergencies,
    intake,
    messages,
    missing,
    small_talk,
    times,
    transferring,
    wishes,
)
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.booking_turn import booking_turn
from offhook.receptionist.script.closing import ask_for_wish
from offhook.receptionist.script.draft import Draft, drop_unreadable
from offhook.receptionist.script.hearing import READ_BACKS, Heard, hear
from offhook.receptionist.script.offers import answer_offer, idle_turn
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.intent import Intent

_AT_ONCE: tuple[Callable[[Draft, Heard], bool], ...] = (
    emergencies.spot_emergency,
    declining.turn_away,
    small_talk.hold_on,
    transferring.wants_person,
    wishes.says_goodbye,
    wishes.new_wish,
    booking.tell_again,
)


def answer_caller(draft: Draft, words: str) -> None:
    """Write the reply to the caller's words."""
    drop_unreadable(draft)
    draft.note(**{w.STEP: str(draft.count(w.STEP) + 1)})
    if not words.strip():
        small_talk.ask_again_whether_there(draft)
        return
    heard = hear(draft, words)
    if any(part(draft, heard) for part in _AT_ONCE):
        draft.drop(w.MISSES)
        return
    introduced = small_talk.who_is_this(draft, heard)
    answered = _answer_aside(draft, heard)
    asked = draft.form.asking
    if _flow_turn(draft, heard, answered=answered):
        draft.drop(w.MISSES)
        return
    if answered:
        draft.drop(w.MISSES)
        resume(draft)
        return
    if introduced and draft.form.wants in {None, Wants.DONE}:
        ask_for_wish(draft)
        return
    if small_talk.is_thanks(heard) and transferring.is_waiting(draft):
        draft.say("You're welcome. Please hold the line.")
        return
    if small_talk.is_greeting(heard) and asked is None:
        small_talk.greet(draft)
        return
    if _says_little(draft, heard):
        missing.bear_with(draft, lambda: _ask_once_more(draft, heard))
        return
    if answering.answer_statement(draft, heard):
        resume(draft)
        return
    if answering.cannot_answer(draft, heard):
        return
    if draft.said or not _is_ours(draft):
        resume(draft)
        return
    missing.missed(draft, heard.words)


def _is_ours(draft: Draft) -> bool:
    """Whether the open question is one that the script asks, not that of a model which has failed."""
    asks = draft.asks
    return not asks or asks in w.QUESTIONS or intake.question_named(draft, asks) is not None


def _ask_once_more(draft: Draft, heard: Heard) -> None:
    answering.say_why(draft, heard)
    resume(draft)


def _says_little(draft: Draft, heard: Heard) -> bool:
    """Whether the open question is simply to be put again."""
    agrees = bool(heard.yes) and draft.asks in {"name", "phone"}  # "that works", to a time that was just found free
    polite = agrees or small_talk.is_greeting(heard) or (small_talk.is_thanks(heard) and draft.form.wants is not None)
    return polite or Intent.REPEAT in heard.intents or (draft.asks in READ_BACKS and answering.asks_something(heard))


def _answer_aside(draft: Draft, heard: Heard) -> bool:
    """Say what was asked beside the matter; whether there was anything to say."""
    if draft.asks == "message":
        return False
    if not answering.is_question(heard) and heard.yes is None and declining.answer_objection(draft, heard):
        return True  # "that's too expensive" speaks of the price and does not ask for it
    if answering.answer_who_works(draft, heard) or answering.answer_question(draft, heard):
        return True
    # A plain yes or no to a question of the trade is its answer and nothing else.
    plain = heard.yes is not None and intake.question_named(draft, draft.asks) is not None
    return not plain and not draft.said and declining.answer_objection(draft, heard)


def _flow_turn(draft: Draft, heard: Heard, *, answered: bool) -> bool:
    if answer_offer(draft, heard):
        return True
    match draft.form.wants:
        case Wants.BOOK:
            return booking_turn(draft, heard)
        case Wants.RESCHEDULE | Wants.CANCEL | Wants.LOOK_UP:
            return changing.change_turn(draft, heard)
        case Wants.MESSAGE:
            return messages.message_turn(draft, heard)
        case Wants.EMERGENCY:
            return emergencies.emergency_turn(draft, heard)
        case _:
            return idle_turn(draft, heard, answered=answered)


def resume(draft: Draft) -> None:
    """Come back to what was open."""
    if draft.is_acting:
        return
    match draft.form.wants:
        case Wants.BOOK:
            booking.go_on_booking(draft)
        case Wants.RESCHEDULE | Wants.CANCEL | Wants.LOOK_UP:
            changing.go_on_changing(draft)
        case Wants.MESSAGE:
            messages.go_on_message(draft)
        case Wants.EMERGENCY:
            emergencies.go_on_emergency(draft)
        case _ if draft.said:
            answering.offer_booking(draft)
        case _:
            ask_for_wish(draft)


def go_on(draft: Draft, result: ActionResult) -> None:
    """Go on with a reply when what it asked for has been done, or refused."""
    match result.action.kind:
        case ActionKind.FIND_SLOTS:
            _told_slots(draft, result)
        case ActionKind.BOOK:
            booking.told_booking(draft, result)
            wishes.follow_up(draft, result)
        case ActionKind.RESCHEDULE | ActionKind.CANCEL:
            changing.told_change(draft, result)
            wishes.follow_up(draft, result)
        case ActionKind.ANSWER_FROM_FACTS if result.action.arguments.get("topic") == "appointment":
            changing.told_appointment(draft, result)
        case ActionKind.ANSWER_FROM_FACTS:  # asked for by a model that then failed
            draft.say(result.facts.get("text") or "I don't have that at hand; the team can tell you.")
            resume(draft)
        case ActionKind.TAKE_MESSAGE:
            messages.told_message(draft, result)
        case ActionKind.TRANSFER if draft.form.wants == Wants.EMERGENCY:
            emergencies.told_emergency_transfer(draft, result)
        case ActionKind.TRANSFER:
            transferring.told_transfer(draft, result)
        case ActionKind.END_CALL:
            pass


def _told_slots(draft: Draft, result: ActionResult) -> None:
    if draft.form.wants == Wants.RESCHEDULE:
        if times.told_slots(draft, changing.found_service(draft), result):
            changing.go_on_changing(draft)
        return
    service = booking.service_of(draft)
    if service is None or times.told_slots(draft, service, result):
        booking.go_on_booking(draft)
