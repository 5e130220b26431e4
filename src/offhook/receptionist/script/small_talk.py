"""Turns that want nothing done: a moment please, say that again, who is this, hello, thanks."""

import re

from offhook.conversation.form import QuestionKind
from offhook.receptionist.outcome import ANSWERED
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.closing import ask_for_wish
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.understanding.intent import Intent

_GREETING = re.compile(
    r"^\W*(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|howdy|yo|there|is anybody there|are you there|"
    r"is anyone there|anyone there|can you hear me|how are you(?: doing)?(?: today)?|hi there|um|uh)\W*)+$",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"\bwho(?:'s| is|s)? (?:this|that|there|am i (?:speaking|talking)|are you)\b|\bwho am i\b|"
    r"\bwhat (?:business|company|place) is\b|"
    r"\bis this (?:a|an|the) \w+(?: \w+)?\?$",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^\W*(?:(?:ok|okay|great|perfect|good|fine|that'?s (?:fine|great|good)|all good|alright|"
    r"cool|awesome|wonderful|thanks|thank you|so much|very much|"
    r"a lot)\W*)+$",
    re.IGNORECASE,
)


def hold_on(draft: Draft, heard: Heard) -> bool:
    """The caller needs a moment: the open question stays open."""
    if Intent.HOLD_ON not in heard.intents or heard.phone is not None or heard.when is not None:
        return False
    draft.say("Of course, take your time.")
    return True


def who_is_this(draft: Draft, heard: Heard) -> bool:
    """Say who answers, that it is an automated assistant, and go on; whether that was asked."""
    robot = Intent.ARE_YOU_A_ROBOT in heard.intents
    if not robot and not _WHO.search(heard.words):
        return False
    draft.say(f"This is the automated assistant of {draft.business.name}.")
    draft.note(**{ANSWERED: "who"})
    return True


def is_greeting(heard: Heard) -> bool:
    """Whether the words are nothing but a greeting."""
    return _GREETING.match(heard.words) is not None


def is_thanks(heard: Heard) -> bool:
    """Whether the words are nothing but thanks or approval."""
    return _THANKS.match(heard.words) is not None


def greet(draft: Draft) -> None:
    """Answer a greeting."""
    ask_for_wish(draft, "Hello! What can I do for you?")


def ask_again_whether_there(draft: Draft) -> None:
    """Nothing was said."""
    if draft.form.asking is None:
        draft.ask(w.HELP, QuestionKind.OPEN, "Are you still there? How can I help you?")
    else:
        draft.say("Are you still there?")
