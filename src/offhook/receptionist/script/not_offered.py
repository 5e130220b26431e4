"""What a caller wants to book and the business does not do: named to them, instead of asked for again."""

import re

from offhook.receptionist.business import Business
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.booking import close_booking
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.script.messages import offer_message
from offhook.receptionist.script.phrases import listed
from offhook.receptionist.telling import a
from offhook.receptionist.understanding.when import find_when
from offhook.receptionist.understanding.words import each
from offhook.receptionist.wording import words

_BOOKS = re.compile(
    r"\b(?:book|schedule|reserve|arrange|set up|appointment for|book me (?:in )?for|come in for)\s+((?:an?|some)\s+"
    r"[a-z][a-z'\u2019-]*(?:\s+(?!(?:for|on|at|this|next|tomorrow|today|tonight|please|with|in|and|from|by|as|to|or|"
    r"around|sometime|if|when|before|after)\b)[a-z][a-z'\u2019-]*){0,3})",
    re.IGNORECASE,
)
"""With an article: "book a facial for Friday"; not "book me for Friday"."""
_ANY_VISIT = each(
    "appointment booking session time slot spot visit reservation opening look idea question message call callback "
    "quote something anything someone somebody person minute moment day date week hour few lot couple bit one thing "
    "place chance follow up followup checkup treatment service job work trip meeting consult package deal present gift "
    "surprise friend wife husband mom dad mother father son daughter kid"
)
"""What may be booked anywhere, or says nothing of what it is."""


def names_another_trade(draft: Draft, heard: Heard) -> bool:
    """Say that what is to be booked is not among the services; after the second time a message is offered."""
    thing = _thing(draft, heard)
    if thing is None:
        return False
    if draft.value(w.UNANSWERED):
        close_booking(draft)
        offer_message(draft, f"I'm sorry, we don't offer {thing}. Shall I have someone call you about it?")
        return True
    draft.note(**{w.UNANSWERED: heard.words})
    names = listed([a(service.name) for service in draft.business.services[:3]], "and")
    draft.say(f"I don't find {thing} among what we do; we do {names}, for example.")
    return False


def _thing(draft: Draft, heard: Heard) -> str | None:
    named = _BOOKS.search(heard.words)
    if heard.service is not None or named is None:
        return None
    thing = " ".join(named.group(1).lower().split())
    said = words(thing)
    if not _ANY_VISIT.isdisjoint(said) or said[-1] in _known_words(draft.business):
        return None
    return thing if find_when(thing, now=draft.now, asked=True) is None else None


def _known_words(business: Business) -> frozenset[str]:
    """The words in which the trade speaks of itself: "book a car in" is no other trade's for a mechanic."""
    trade = business.profession
    told = [trade.title, trade.name, trade.system_prompt, *(question.ask for question in trade.intake)]
    told += [
        wording for service in business.services for wording in (service.name, service.about, *service.also_called)
    ]
    return frozenset(word for text in told for word in words(text))
