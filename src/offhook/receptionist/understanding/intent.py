"""What a caller wants, as far as a phrase tells: a set of intents, since one sentence may hold several."""

import re
from enum import StrEnum
from typing import Final

from offhook.receptionist.understanding.call_phrases import CALL_PHRASES
from offhook.receptionist.understanding.corrections import corrects
from offhook.receptionist.understanding.intent_phrases import APPOINTMENT, MINE, PHRASES
from offhook.receptionist.understanding.words import plain


class Intent(StrEnum):
    """One wish or move in a conversation."""

    BOOK = "book"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    MY_APPOINTMENT = "my_appointment"
    ASK_HOURS = "ask_hours"
    ASK_PRICE = "ask_price"
    ASK_ADDRESS = "ask_address"
    ASK_SERVICES = "ask_services"
    ASK_INSURANCE = "ask_insurance"
    ASK_FACT = "ask_fact"
    """Some other question: parking, payment, how long it takes."""
    MESSAGE = "message"
    PERSON = "person"
    GOODBYE = "goodbye"
    THANKS = "thanks"
    GREETING = "greeting"
    WRONG_NUMBER = "wrong_number"
    SOLICITOR = "solicitor"
    NOT_INTERESTED = "not_interested"
    REPEAT = "repeat"
    START_OVER = "start_over"
    ARE_YOU_A_ROBOT = "are_you_a_robot"
    CORRECTION = "correction"
    UNSURE = "unsure"
    COMPLAINT = "complaint"
    HOLD_ON = "hold_on"


def _compiled(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    """Found from the beginning of a word on: "this afternoon" holds no "is"."""
    phrases = "|".join(alternatives).replace("<mine>", MINE).replace("<appointment>", APPOINTMENT)
    return re.compile(rf"(?<!\w)(?:{phrases})")


_KNOWN: Final = PHRASES | CALL_PHRASES
_COMPILED: Final = {intent: _compiled(_KNOWN[str(intent)]) for intent in Intent if str(intent) in _KNOWN}
_NOT_WANTED: Final = re.compile(
    r"\b(?:dont|do not|not|didnt|did not|never|instead of|rather than|wouldnt)(?: (?:want|wanna|need|like|mean|looking|"
    r"trying|wanting|asking|have|really|going|just))*(?: to| a| my)* "
    r"(cancel\w*|reschedul\w*|move|change|book|schedule)\b"
)
_NEVER_MIND_THAT: Final = re.compile(r"never ?mind (?:the |about )?(\w+)")


def find_intents(text: str) -> frozenset[Intent]:
    """Every intent that `text` shows; empty where it shows none.

    Refused wishes do not count: "I don't want to cancel, I want to move it" is to reschedule, not to cancel. Wishes
    about an existing appointment outweigh booking, and moving it outweighs cancelling it.
    """
    said = plain(text)
    found = {intent for intent, pattern in _COMPILED.items() if pattern.search(said)}
    if corrects(text) or re.match(r" (?:no )?(?:thats|that is|its|it is) (?:wrong|not right|incorrect)", said):
        found.add(Intent.CORRECTION)
    _drop_refused(said, found)
    _settle(said, found)
    return frozenset(found)


def _drop_refused(said: str, found: set[Intent]) -> None:
    for refused in _NOT_WANTED.finditer(said):
        word = refused[1]
        rest = said[: refused.start()] + " " + said[refused.end() :]
        for intent, stems in (
            (Intent.CANCEL, ("cancel",)), (Intent.RESCHEDULE, ("reschedul", "move", "change")), (Intent.BOOK, ("book",
            "schedule")),
        ):  # fmt: skip
            if word.startswith(stems) and not _COMPILED[intent].search(rest):
                found.discard(intent)


def _settle(said: str, found: set[Intent]) -> None:
    """Where patterns overlap, the more particular reading stays."""
    if {Intent.RESCHEDULE, Intent.CANCEL} <= found:
        found.discard(Intent.RESCHEDULE if _means_to_cancel(said) else Intent.CANCEL)
    if said == " wait ":
        found.discard(Intent.CORRECTION)
        found.add(Intent.HOLD_ON)
    if re.search(r" cancell?ation (?:policy|fee)", said):
        found.discard(Intent.CANCEL)
    if _NEEDS_ONE.search(said):
        found.discard(Intent.BOOK)
    if _HAS_ONE.search(said) and not found & {Intent.RESCHEDULE, Intent.CANCEL}:
        found.add(Intent.MY_APPOINTMENT)
    if found & {Intent.RESCHEDULE, Intent.CANCEL, Intent.MY_APPOINTMENT}:
        found -= {Intent.BOOK, Intent.NOT_INTERESTED}
    if found & {Intent.RESCHEDULE, Intent.CANCEL}:
        found.discard(Intent.MY_APPOINTMENT)
    if found & _MORE_THAN_A_FACT:
        found.discard(Intent.ASK_FACT)
    _settle_persons(said, found)
    if Intent.HOLD_ON in found and Intent.CORRECTION in found and re.search(r"\bno\b|\bmake\b|\bi mean", said):
        found.discard(Intent.HOLD_ON)
    if Intent.SOLICITOR in found:
        found -= {Intent.BOOK, Intent.ASK_FACT, Intent.PERSON, Intent.ASK_SERVICES}


_NEEDS_ONE: Final = re.compile(r" do (?:i|we) (?:even |really )?(?:need|have to|gotta) ")
"""Such as "do I need an appointment?", which asks for none."""
_HAS_ONE: Final = re.compile(
    r" (?:i|we)(?: |ve )(?:(?:already |have |got )+an? (?:\w+ )?(?:appointment|booking) |(?:already |have )*(?:booked|"
    r"scheduled) (?:an?|my) )"
)
_MORE_THAN_A_FACT: Final = frozenset(
    {
        Intent.ASK_HOURS, Intent.ASK_PRICE, Intent.ASK_ADDRESS, Intent.ASK_SERVICES, Intent.ASK_INSURANCE, Intent.BOOK,
        Intent.CANCEL, Intent.RESCHEDULE,
    }
)  # fmt: skip


def _means_to_cancel(said: str) -> bool:
    """Of a sentence that speaks of both: "I can't make it, another day?" moves, "forget it, just cancel" cancels."""
    if not re.search(r"\bcancel", said):
        return False
    if re.search(r"\bjust cancel\b|(?:forget|instead of|rather than) (?:re ?schedul|moving|changing)", said):
        return True
    if re.search(r"(?:re ?schedul\w*|move|change).*\b(?:never ?mind|no|actually)\b.*\bcancel", said):
        return True
    moved = any(word in said for word in ("reschedul", "move", " instead ", "change"))
    return not moved and re.search(r"\bcancel\w* (?:my|the|that|it|and)\b", said) is not None


def _settle_persons(said: str, found: set[Intent]) -> None:
    """One who says "are you a real person" asks what we are; "I want a real person" asks for one."""
    if Intent.ARE_YOU_A_ROBOT not in found:
        return
    asks_for_one = re.search(r"\b(?:speak|talk) (?:to|with)\b|\b(?:put|transfer|connect|get) me\b", said) is not None
    if asks_for_one and not re.search(r"am i |are you |is this |who ", said):
        found.discard(Intent.ARE_YOU_A_ROBOT)
    else:
        found.discard(Intent.PERSON)
