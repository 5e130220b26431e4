"""What is slow the first time (signs, patterns, holidays, telephone plans), done before a caller waits for it."""

from datetime import datetime

from offhook.conversation.commands import Utterance
from offhook.conversation.form import Form
from offhook.providers.llm import Request
from offhook.receptionist.business import Business
from offhook.receptionist.scripted import ScriptedReceptionist

_SAID = (
    "I would like to book a cleaning a week from Friday at two, my name is John Smith, 212 555 0147",
    "how much is it, when are you open on Thanksgiving and where do I park",
    "I need to move my appointment to Tuesday the first, my email is john at example dot com",
)


def warm_up(business: Business, now: datetime) -> None:
    """Read a few sentences as the business would: 0.2 s for the first of a process, 20 ms for the next.

    Called in a thread, where an agent is made. `now` is aware.
    """
    script = ScriptedReceptionist(business)
    local = now.astimezone(business.zone)
    for said in _SAID:
        script.pieces(Request(system="", history=(Utterance("caller", said),), form=Form(), now=local))
