"""Questions: answered from the business's facts, else honestly not; then back to what was open."""

import re
from dataclasses import replace
from datetime import date

from offhook.conversation.form import QuestionKind
from offhook.receptionist.facts import answer, answer_on_topic
from offhook.receptionist.named_services import find_separate_services, is_vague
from offhook.receptionist.outcome import ANSWERED, standing_appointments
from offhook.receptionist.script import intake
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import READ_BACKS, Heard, is_name_alone
from offhook.receptionist.script.messages import offer_message
from offhook.receptionist.script.other_times import asks_for_times
from offhook.receptionist.script.phrases import listed
from offhook.receptionist.script.refused_times import closed_all_day
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.telling import a
from offhook.receptionist.understanding.intent import Intent
from offhook.receptionist.wording import words

ASKS = frozenset({Intent.ASK_HOURS, Intent.ASK_PRICE, Intent.ASK_ADDRESS, Intent.ASK_SERVICES, Intent.ASK_INSURANCE})
_QUESTION = re.compile(
    r"\?\s*$|^\W*(?:(?:hi|hello|hey|um|uh|so|and|but|okay|ok|well|oh|yes|yeah|sure|actually|also|wait|thanks|"
    r"(?:a |one |two |three |quick |a few )*questions?)[,.!?:]?\s+)*"
    r"(?:what|whats|what's|how|where|when(?= (?:are|is|am|was|do|does|did|can|could|will|would|should)\b)|"
    r"which|who|why|do|does|did|is|are|can|could|will|would|should|may(?= (?:i|we|my|our|he|she|they|you)\b)|have)\b|"
    r"[,;.] (?:and |but |so )?(?:do i (?:need|have)|do you (?:take|have|offer|accept)|how (?:much|long)|what'?s|"
    r"what is) ",
    re.IGNORECASE,
)
_AND_THAT = re.compile(r"^\W*(?:and|what about|how about|or)\b", re.IGNORECASE)
_WHAT_ABOUT = re.compile(r"\W*(?:(?:ok|okay|and|so|hmm|oh|well)\W+)*(?:what|how) about\b", re.IGNORECASE)
_AGAIN = re.compile(r"\b(?:what|which|when|who)\b.*\b(?:again|that|it|this)\b", re.IGNORECASE)
_ANY_TIME = ASKS | {Intent.ASK_FACT}
"""What is answered although a yes is awaited or a time is named; other questions are about that."""
_WHAT_IS_FREE = re.compile(
    r"\bwhat (?:do|would|did) you have\b|"
    r"\bdo you have (?:(?:on|this|next) )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|the \d)",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:can|could|may|should) (?:i|we|he|she|they|you) still\b|\bis it (?:safe|ok|okay|all right|allowed)\b|"
    r"\bam i allowed\b",
    re.IGNORECASE,
)
_INCLUDES = re.compile(r"\b(?:include[sd]?|including|comes? with|cover(?:s|ed)?)\b", re.IGNORECASE)
"""Asks what belongs to the service that is spoken of, and wants no other."""
_TWO_QUESTIONS = re.compile(
    r"[,.?!]?\s+and (?=(?:what|how|where|when|who|which|do|does|is|are|can|could|will)\b)|[?]\s+", re.IGNORECASE
)
_WHY = re.compile(r"\W*(?:and |but )?why\b", re.IGNORECASE)
_WHY_CLOSED = re.compile(r"\bclosed\b|\W*(?:and |but )?why\b", re.IGNORECASE)
_WHO_WORKS = re.compile(
    r"\b(?:is|will|does) (\w+) (?:be )?(?:work(?:ing)?|in|there|available|free|around)\b|"
    r"\bdo you have (?-i:([A-Z]\w+)) (?:on|in|this|next|today|tomorrow)\b",
    re.IGNORECASE,
)
_TEAM = ("staff", "therapists")
"""The facts that name who works here."""
_SHORTEST = 3
"""Words of a question that is not just a "what?"."""
_LONGEST = 45
"""Words of an answer; more is not listened to."""


def asks_something(heard: Heard) -> bool:
    """Whether the words put a question to the business."""
    return bool(heard.intents & ASKS) or is_question(heard)


def is_question(heard: Heard) -> bool:
    """Whether the words have the form of a question."""
    return _QUESTION.search(heard.words.strip()) is not None


def asks_outright(heard: Heard) -> bool:
    """Whether one of the usual questions is put as one: hours, prices, address, services, insurance."""
    return bool(heard.intents & ASKS) and ("?" in heard.words or _QUESTION.search(heard.words.strip()) is not None)


def answer_whether(draft: Draft, heard: Heard) -> bool:
    """Answer "can I still get a massage?", if the facts do, before the time for it is asked; whether they did."""
    told = answer(draft.business, heard.words, now=draft.now) if _WHETHER.search(heard.words) is not None else None
    if told is not None:
        draft.say(_short(told))
    return told is not None


def answer_who_works(draft: Draft, heard: Heard) -> bool:
    """Say honestly that nobody's own days are known here: "is June working Saturday?"; whether that was asked."""
    asked = _WHO_WORKS.search(heard.words)
    who = next(filter(None, asked.groups())) if asked is not None else ""
    team = {name for fact in _TEAM for name in words(draft.business.extra_facts.get(fact, ""))}
    if who.lower() not in team or "?" not in heard.words:
        return False
    draft.say(f"I can't see which days {who.capitalize()} works; the team can confirm that.")
    return True


def answers_without_booking(draft: Draft, heard: Heard) -> bool:
    """Whether a question about visits is answered by the facts: "can I just walk in?", "can you come to my house?"."""
    if heard.when is not None or not is_question(heard) or draft.form.wants not in {None, Wants.DONE}:
        return False
    if heard.service is not None and _WHETHER.search(heard.words) is not None:
        return False  # "can I still get a massage?" wants one
    if heard.service is not None:
        return answer_on_topic(draft.business, heard.words) is not None  # that we do it is no answer yet
    return answer(draft.business, heard.words, now=draft.now) is not None


def answer_question(draft: Draft, heard: Heard) -> bool:
    """Answer what was asked, if the facts do; whether they did."""
    if not (asks_something(heard) or _asks_on(draft, heard)):
        return False
    if draft.asks in READ_BACKS and not heard.intents & _ANY_TIME:
        return False
    if asks_for_times(draft, heard) or (draft.asks == "name" and is_name_alone(heard)):
        return False
    if Intent.REPEAT in heard.intents and not heard.intents & ASKS:
        return False  # "what do you mean?" is about our own question
    if Intent.CANCEL in heard.intents and draft.form.wants == Wants.CANCEL:
        return False
    if _asks_on(draft, heard):
        heard = replace(heard, words=f"Are you open on {heard.words}", intents=frozenset({Intent.ASK_HOURS}))
    if _is_rather_a_wish(draft, heard):
        return False
    words = heard.words
    if heard.service is not None and draft.value(ANSWERED) == Intent.ASK_PRICE and _AND_THAT.search(words):
        words = f"How much is {words}"
    about = heard.service.name if heard.service is not None else _spoken_of(draft)
    told = [answer(draft.business, part, now=draft.now, about=about) for part in _parts(words)]
    if not any(told):
        return False
    draft.say(*(_short(each) for each in told if each))
    draft.note(**{ANSWERED: _topic(heard)})
    if Intent.ASK_PRICE in heard.intents and heard.service is not None:
        draft.note(**{w.ASKED_ABOUT: heard.words.strip()})
    includes = _INCLUDES.search(words) is not None or is_vague(draft.business, words)
    beside = bool(draft.value("service")) and includes
    if heard.service is not None and draft.form.wants != Wants.BOOK and not beside:
        both = [service.name for service in find_separate_services(draft.business, words)] or [heard.service.name]
        draft.note(service=both[0], **{w.NEXT: "|".join(both[1:])})  # "book it" means this
    return True


def _is_rather_a_wish(draft: Draft, heard: Heard) -> bool:
    """Whether the question asks for something to be done: "can you do three of them tomorrow at noon?"."""
    wishes = heard.intents & {Intent.BOOK, Intent.RESCHEDULE, Intent.MY_APPOINTMENT, Intent.PERSON}
    if answers_without_booking(draft, heard):
        wishes -= {Intent.BOOK}
    timed = heard.when is not None and (heard.when.day or heard.when.at or heard.when.problem or heard.when.asap)
    other = wishes or timed or Intent.MESSAGE in heard.intents
    if other and (_WHAT_IS_FREE.search(heard.words) or not heard.intents & _ANY_TIME):
        return True
    if timed and heard.service is None and heard.intents & ASKS == {Intent.ASK_SERVICES}:
        return True
    return bool(wishes - {Intent.BOOK}) and not heard.intents & (ASKS - {Intent.ASK_HOURS})


def _spoken_of(draft: Draft) -> str:
    """The service that a question without one is about: the one that is being booked, or was booked last."""
    own = standing_appointments(draft.form.receipts)
    return draft.value("service") or (own[-1].facts.get("service", "") if own else "")


def _asks_on(draft: Draft, heard: Heard) -> bool:
    """Whether a day alone goes on a question about the hours: "and Christmas Eve?"."""
    if draft.form.wants not in {None, Wants.DONE} or draft.value(ANSWERED) != Intent.ASK_HOURS:
        return False
    day_alone = heard.when is not None and heard.when.day is not None and heard.service is None
    return (
        day_alone
        and not heard.intents
        and (heard.words.rstrip().endswith("?") or _WHAT_ABOUT.match(heard.words) is not None)
    )


def _parts(words: str) -> list[str]:
    """Two questions in one sentence: "how much is it and do you take cards?"."""
    parts = _TWO_QUESTIONS.split(words)
    return parts if all(_QUESTION.search(part.strip()) for part in parts) else [words]


def answer_statement(draft: Draft, heard: Heard) -> bool:
    """What was no question and not understood, but the facts speak of: "I want to buy a gift card"."""
    if draft.form.wants not in {None, Wants.DONE} or draft.asks == w.MESSAGE_TOO or heard.count < _SHORTEST:
        return False
    told = answer(draft.business, heard.words, now=draft.now)
    if told is None:
        return False
    draft.say(_short(told))
    draft.note(**{ANSWERED: _topic(heard)})
    return True


def cannot_answer(draft: Draft, heard: Heard) -> bool:
    """A question the facts hold nothing on: say so, and offer that somebody calls; whether it was one."""
    if not asks_something(heard) or heard.count < _SHORTEST:
        return False
    if Intent.REPEAT in heard.intents:
        return False
    if draft.asks in READ_BACKS and _AGAIN.search(heard.words):
        return False
    if draft.form.wants in {Wants.BOOK, Wants.RESCHEDULE, Wants.CANCEL, Wants.LOOK_UP, Wants.MESSAGE, Wants.EMERGENCY}:
        draft.say(_reason(draft, heard) or "I don't have that at hand; the team can tell you.")
        return False
    draft.note(**{w.UNANSWERED: heard.words})
    if Intent.ASK_SERVICES in heard.intents:
        names = listed([a(service.name) for service in draft.business.services[:3]], "and")
        draft.note(**{ANSWERED: Intent.ASK_SERVICES})
        offer_message(
            draft, f"I don't find that among what we do; we do {names}, for example. Shall I have someone call you?"
        )
        return True
    offer_message(draft, "I don't have that information. Shall I have someone call you about it?")
    return True


def say_why(draft: Draft, heard: Heard) -> None:
    """Why we ask what is open, or have no time on the day that was wished, where the caller asks that."""
    draft.say(_reason(draft, heard))


def _reason(draft: Draft, heard: Heard) -> str:
    day = draft.value(w.DAY)
    if draft.asks == "start" and day and _WHY_CLOSED.search(heard.words) is not None:
        return closed_all_day(draft, date.fromisoformat(day))
    asks_why = _WHY.match(heard.words) is not None and intake.question_named(draft, draft.asks) is not None
    return "It helps us to prepare." if asks_why else ""


def offer_booking(draft: Draft) -> None:
    """After an answer to a caller who wants nothing else yet."""
    if draft.business.takes_bookings and not draft.value(w.OFFERED_BOOKING) and not draft.form.receipts:
        draft.note(**{w.OFFERED_BOOKING: "yes"})
        draft.ask(w.BOOK_TOO, QuestionKind.YES_NO, "Would you like to book an appointment?")
    else:
        draft.ask(w.MORE, QuestionKind.YES_NO, "Is there anything else I can help with?")


def _short(told: str) -> str:
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", told):
        if kept and len(" ".join([*kept, sentence]).split()) > _LONGEST:
            break
        kept.append(sentence)
    return " ".join(kept)


def _topic(heard: Heard) -> str:
    asked = sorted(str(intent) for intent in heard.intents & ASKS)
    return asked[0] if asked else "question"
