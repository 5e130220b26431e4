"""What is slow the first time (patterns, holidays, telephone plans), done before a caller waits for it."""

from datetime import datetime

from offhook.conversation.commands import Utterance
from offhook.conversation.form import Form
from offhook.providers.llm import Request
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.scripted import ScriptedReceptionist

_SAID = (
    "I would like to book a cleaning a week from Friday at two, my name is John Smith, 212 555 0147",
    "how much is it, when are you open on Thanksgiving and where do I park",
    "I need to move my appointment to Tuesday the first, my email is john at example dot com",
)


def warm_up(now: datetime) -> None:
    """Take about a second once per process; run it in a thread. `now` is aware."""
    business = demo_business("dentist")
    script = ScriptedReceptionist(business)
    for said in _SAID:
        local = now.astimezone(business.zone)
        script.pieces(Request(system="", history=(Utterance("caller", said),), form=Form(), now=local))
