"""Anything else, goodbye, and hanging up."""

from offhook.conversation.actions import ActionKind
from offhook.conversation.form import QuestionKind
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.phrases import first_name, varied


def ask_for_more(draft: Draft) -> None:
    """Ask whether there is anything else."""
    draft.ask(w.MORE, QuestionKind.YES_NO, "Is there anything else I can help with?")


def ask_for_wish(draft: Draft, words: str = "How can I help you?") -> None:
    """Ask what the caller wants."""
    draft.ask(w.HELP, QuestionKind.OPEN, words)


def say_goodbye(draft: Draft, *before: str) -> None:
    """End the call with a goodbye."""
    draft.say(*before)
    if "goodbye" in draft.said.lower():
        draft.settle()
        draft.act(ActionKind.END_CALL)
        return
    name = first_name(draft.value("name"))
    called = f", {name}" if name else ""
    thanks = (
        f"Thank you for calling{called}." if draft.said else f"Thank you for calling {draft.business.name}{called}."
    )
    draft.say(thanks, varied(draft.business.name + name, "Have a good day. Goodbye!", "Take care. Goodbye!"))
    draft.settle()
    draft.act(ActionKind.END_CALL)
