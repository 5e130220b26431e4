"""What was being arranged when a call turns into a message: told to the team, so that the caller need not repeat it."""

from collections.abc import Mapping

from offhook.conversation.form import QuestionKind
from offhook.receptionist.script import times
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.intake import UNKNOWN
from offhook.receptionist.script.wants import Wants

_PURPOSES: Mapping[str, str] = {Wants.RESCHEDULE: "move", Wants.CANCEL: "cancel", Wants.LOOK_UP: "look up"}


def unfinished(draft: Draft) -> str:
    """The open wish as the text of a message; empty if none is open."""
    match draft.form.wants:
        case Wants.BOOK if draft.value("service"):
            wish = f"Would like to book: {draft.value('service')} {times.say_wish(draft)}".strip()
            return ". ".join([wish, *_told(draft)])
        case Wants.RESCHEDULE | Wants.CANCEL | Wants.LOOK_UP:
            return f"Would like to {_PURPOSES[draft.form.wants]} an appointment"
        case _:
            return draft.value(w.ASKED_ABOUT)


def _told(draft: Draft) -> list[str]:
    """What the caller has told of it in words of their own."""
    open_ones = (each.field for each in draft.business.profession.intake if each.kind is QuestionKind.OPEN)
    told = (draft.value(field).rstrip(". ") for field in open_ones)
    return list(dict.fromkeys(each for each in told if each and each != UNKNOWN))
