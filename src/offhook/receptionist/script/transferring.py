"""Being put through to a person: only to the business's own targets, else a message."""

import re

from offhook.conversation.actions import ActionKind, ActionResult
from offhook.receptionist.business import TransferTarget
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.script.messages import go_on_message, message_in, start_message
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.intent import Intent

_NOW = re.compile(
    r"\b(?:put me|transfer|connect|forward|patch|right now|right away|immediately|real|live|human)\b", re.IGNORECASE
)
_NOT_NOW = re.compile(r"\b(?:not (?:right )?now|later|just (?:call|ring|phone)|call me|call back)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|regarding)\b", re.IGNORECASE)
_TALK = re.compile(r"(?:talk|speak|meet)\b")


def wants_person(draft: Draft, heard: Heard) -> bool:
    """Whether the caller asks for a person; then it is tried."""
    if Intent.PERSON not in heard.intents:
        return False
    text = message_in(heard.words)
    if (Intent.MESSAGE in heard.intents and (text or _NOT_NOW.search(heard.words))) or _is_for_a_talk(draft, heard):
        return False
    target = fitting_target(draft, heard)
    if target is None:
        draft.say("I can't put you through from here, but I'll pass it on.")
        start_message(draft, text)
        go_on_message(draft)
        return True
    draft.say(f"Sure, I'll put you through to {target.name}.")
    draft.act(ActionKind.TRANSFER, target=target.name, reason="asked for a person")
    return True


def _is_for_a_talk(draft: Draft, heard: Heard) -> bool:
    """Whether the talk is one that the business books: "talk to an artist about my idea", not "put me through"."""
    if _NOW.search(heard.words) or _ABOUT.search(heard.words) is None:
        return False
    wordings = (each for service in draft.business.services for each in service.also_called if _TALK.match(each))
    return any(each in heard.words.lower() for each in wordings)


def fitting_target(draft: Draft, heard: Heard) -> TransferTarget | None:
    """The one that was named, else the first that is not kept for emergencies."""
    words = heard.words.lower()
    ordinary = [target for target in draft.business.targets if not target.for_emergencies]
    named = [target for target in ordinary if target.name.lower().removeprefix("the ") in words]
    return next(iter(named or ordinary), None)


def is_waiting(draft: Draft) -> bool:
    """Whether the caller is being put through and nothing else is open."""
    receipts = draft.form.receipts
    return draft.form.asking is None and bool(receipts) and receipts[-1].kind is ActionKind.TRANSFER


def told_transfer(draft: Draft, result: ActionResult) -> None:
    """Go on when the transfer was asked for."""
    if result.receipt is None:
        draft.say("I'm sorry, nobody can take the call right now.")
        start_message(draft)
        go_on_message(draft)
        return
    if draft.form.wants != Wants.EMERGENCY:
        draft.want(Wants.DONE)
    draft.settle()
    draft.say("Please hold the line.")
