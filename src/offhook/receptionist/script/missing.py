"""When a turn was not understood: shorter and with an example, then either/or, then a message, then goodbye."""

from collections.abc import Callable

from offhook.conversation.actions import ActionKind
from offhook.conversation.form import QuestionKind
from offhook.receptionist.script import intake
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.closing import say_goodbye
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.messages import leave_and_end, offer_message
from offhook.receptionist.script.offering import offer, offered
from offhook.receptionist.script.wants import Wants

MOST_MISSES = 5
_MOST_PATIENCE = 3
_A_STORY = 6
"""Words of somebody who told what they want, though not in words the script knows."""
_EXAMPLES = {
    "start": "Sorry, which day and time? For example, Tuesday at 2 pm.",
    "name": "Sorry, I didn't get the name. You can also spell it.",
    "phone": "Sorry, what's the phone number, digit by digit? You can also key it in.",
    "message": "Sorry, what should I tell them? One sentence is fine.",
    w.BOOK_OK: "Sorry, was that a yes? Shall I book it?",
    w.CHANGE_OK: "Sorry, was that a yes or a no?",
    w.MESSAGE_OK: "Sorry, is the message right, yes or no?",
    w.PHONE_OK: "Sorry, is that the best number, yes or no?",
    w.CHANGE_WHAT: "Sorry, which one: the service, the time, the name or the number?",
    w.MORE: "Sorry, is there anything else, yes or no?",
    w.MESSAGE_TOO: "Sorry, shall I take a message, yes or no?",
    w.BOOK_TOO: "Sorry, would you like to book, yes or no?",
    "address": "Sorry, what's the street and number?",
}


def bear_with(draft: Draft, ask_once_more: Callable[[], None]) -> None:
    """The caller said nothing to the point ("okay", "what?"): ask once more, but not for ever."""
    misses = draft.count(w.MISSES)
    if misses + 1 >= _MOST_PATIENCE:
        missed(draft)
        return
    draft.note(**{w.MISSES: str(misses + 1)})
    ask_once_more()


def missed(draft: Draft, words: str = "") -> None:
    """Ask again, differently each time; never for ever."""
    misses = draft.count(w.MISSES) + 1
    draft.note(**{w.MISSES: str(misses)})
    if len(words.split()) >= _A_STORY and draft.asks == w.BOOK_TOO and draft.value("service") and misses == 1:
        draft.ask(w.BOOK_TOO, QuestionKind.YES_NO, "All right. Would you like to book an appointment for that?")
    elif len(words.split()) >= _A_STORY and draft.form.wants in {None, Wants.DONE} and draft.asks != w.MESSAGE_TOO:
        draft.note(**{w.UNANSWERED: words})
        offer_message(draft, "I can't take care of that myself. Shall I pass it on, so that someone calls you?")
    elif draft.asks == "start" and misses <= 2 and (slots := offered(draft)):
        offer(draft, slots, "Sorry, I have" if misses == 1 else "Once more, I have")
    elif misses == 2 and draft.asks == "start" and draft.value("service") and draft.form.wants == Wants.BOOK:
        draft.act(ActionKind.FIND_SLOTS, service=draft.value("service"))
    elif misses >= MOST_MISSES:
        _give_up(draft)
    elif misses >= 3 and draft.asks != w.MESSAGE_TOO:
        offer_message(draft, "I'm having trouble understanding. Shall I have someone call you back?")
    elif misses == 2 and draft.form.wants is None:
        draft.ask(
            w.EITHER_OR,
            QuestionKind.CHOICE,
            "Would you like an appointment, or shall I take a message?",
            ("appointment", "message"),
        )
    else:
        _ask_again(draft)


def _ask_again(draft: Draft) -> None:
    asking = draft.form.asking
    if asking is None or asking.field in {w.HELP, w.EITHER_OR}:
        service = draft.business.services[0].name if draft.business.services else "visit"
        draft.ask(
            w.HELP,
            QuestionKind.OPEN,
            f"Sorry, I didn't get that. You can book a {service}, ask about our hours, or leave a message. "
            "How can I help you?",
        )
        return
    question = intake.question_named(draft, asking.field)
    if question is not None:
        words = f"Sorry, I didn't get that. {question.ask}"
    elif asking.field == "service":
        words = f"Sorry, what is it for? For example, {' or '.join(asking.choices[:2]) or 'a visit'}."
    else:
        words = _EXAMPLES.get(asking.field, "Sorry, could you say that again?")
    draft.ask(asking.field, asking.kind, words, asking.choices)


def _give_up(draft: Draft) -> None:
    """Nothing was understood five times: what is there is kept, and the call ends."""
    if draft.value("phone") and draft.value("name") and not draft.form.receipts:
        draft.note(message=draft.value("message") or "Please call back; the call could not be completed")
        draft.want(Wants.MESSAGE)
        leave_and_end(draft)
        return
    say_goodbye(draft, "I'm sorry I couldn't help this time. Please call again, or come by.")
