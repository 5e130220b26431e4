"""Those who are turned away, politely: wrong numbers, solicitors, and whom or what the trade does not serve."""

import re

from offhook.receptionist.objections import answer_to, find_objection, find_refusal
from offhook.receptionist.outcome import ANSWERED
from offhook.receptionist.profession import Objection
from offhook.receptionist.script import intake
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.closing import say_goodbye
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.script.messages import go_on_message, message_in, start_message
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.intent import Intent

_ABUSE = re.compile(
    r"\b(?:fuck\w*|motherfuck\w*|bitch\w*|cunt|asshole|shithead|idiot|moron|stupid (?:bot|robot|machine|cow|piece)|"
    r"piece of (?:shit|crap|garbage)|go to hell|screw you|shut up|dumbass|retard\w*)\b",
    re.IGNORECASE,
)
_THANKS = re.compile(r"\bthank(?:s| you)(?: (?:so|very))?(?: much| a lot)?\b", re.IGNORECASE)
"""Whose "so much" is about no price."""
_SPAM = re.compile(
    r"\b(?:you(?:'ve| have) (?:won|been selected)|extended warranty|press (?:one|1)|business loan|google listing|"
    r"lower your (?:rates|bill))\b",
    re.IGNORECASE,
)
_READ_BACKS = frozenset({w.BOOK_OK, w.CHANGE_OK, w.MESSAGE_OK, w.PHONE_OK, w.CHANGE_WHAT, "phone"})


def turn_away(draft: Draft, heard: Heard) -> bool:
    """Whether the caller is somebody to say goodbye to at once, or a limit of the trade ends the matter."""
    if Intent.WRONG_NUMBER in heard.intents and draft.asks not in _READ_BACKS:
        draft.want(Wants.NOT_INTERESTED)
        say_goodbye(draft, f"No problem, this is {draft.business.name}.")
        return True
    if Intent.SOLICITOR in heard.intents or _SPAM.search(heard.words):
        draft.want(Wants.NOT_INTERESTED)
        say_goodbye(draft, "Thanks, but we're not interested. Please take us off your list.")
        return True
    refusal = find_refusal(draft.business, heard.words)
    if refusal is not None and refusal.then != "go_on":
        return _refused(draft, refusal, heard)
    if _ABUSE.search(heard.words):
        return _abused(draft)
    return False


def say_limit(draft: Draft, heard: Heard) -> None:
    """Say what the trade cannot do or judge, where that is asked together with a booking."""
    limit = find_refusal(draft.business, heard.words)
    if limit is not None and limit.then == "go_on" and draft.value(w.OBJECTION) != limit.name:
        draft.note(**{w.OBJECTION: limit.name})
        draft.say(answer_to(draft.business, limit))


def answer_objection(draft: Draft, heard: Heard) -> bool:
    """Say the trade's answer to an objection or at its limits; whether there was one. The flow then goes on."""
    words = _THANKS.sub("", heard.words)
    objection = find_refusal(draft.business, words) or find_objection(draft.business, words)
    if objection is None or draft.value(w.OBJECTION) == objection.name:
        return False
    if objection.then != "go_on":
        return _refused(draft, objection, heard)
    draft.note(**{w.OBJECTION: objection.name, ANSWERED: objection.name})
    draft.say(answer_to(draft.business, objection))
    if intake.tells_refusal(draft, heard.words):
        draft.note(**{w.OFFERED_BOOKING: "yes"})  # there is nothing to book for them
    elif heard.service is not None and draft.form.wants != Wants.BOOK:
        draft.note(service=heard.service.name)  # "book it" means this
    return True


def _refused(draft: Draft, refusal: Objection, heard: Heard) -> bool:
    said = answer_to(draft.business, refusal)
    if refusal.then == "end_call":
        draft.want(Wants.NOT_INTERESTED)
        say_goodbye(draft, said)
        return True
    draft.say(said)
    start_message(draft, message_in(heard.words) or heard.words)
    go_on_message(draft)
    return True


def _abused(draft: Draft) -> bool:
    """One warning, then goodbye."""
    if draft.count(w.ABUSE):
        if not draft.form.receipts:
            draft.want(Wants.NOT_INTERESTED)
        say_goodbye(draft, "I'm ending the call here.")
        return True
    draft.note(**{w.ABUSE: "1"})
    draft.say("I'd like to help, but please keep it polite.")
    return False
