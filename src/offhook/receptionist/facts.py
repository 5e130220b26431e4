"""Answers from a tenant's own facts. What is not among them is not answered: somebody will have to confirm it."""

from collections.abc import Iterable
from datetime import date, datetime

from offhook.receptionist.business import Business, Service
from offhook.receptionist.named_services import find_service, find_services
from offhook.receptionist.profession import Topic
from offhook.receptionist.profession_file import every_profession
from offhook.receptionist.telling import a, listed, say_hours, say_length, say_price, say_whether_open, upper_first
from offhook.receptionist.understanding.days import day_at
from offhook.receptionist.understanding.words import words_of
from offhook.receptionist.wording import says, words

__all__ = ["answer", "answer_on_topic", "answer_topic", "find_service", "find_services"]

_NOTHING_IN_PARTICULAR = frozenset({
    "a", "about", "an", "and", "any", "appointment", "are", "average", "ballpark", "be", "can", "charge", "charges",
    "come", "cost", "costs", "could", "did", "do", "does", "estimate", "fee", "fees", "for", "generally", "get",
    "give", "have", "hello", "hi", "hour", "hourly", "how", "i", "in", "is", "it", "job", "just", "know", "like",
    "me", "much", "need", "of", "on", "out", "over", "per", "please", "price", "prices", "pricing", "quote", "rate",
    "rates", "roughly", "run", "service", "services", "session", "so", "someone", "something", "tell", "that",
    "the", "there",
    "thing", "things", "this", "to", "typical", "typically", "uh", "um", "usually", "visit", "want", "what", "whats",
    "will", "would", "you", "your",
})  # fmt: skip
"""Words of a question for prices that name nothing to be priced."""
_OF_LENGTH = frozenset({"long", "take", "takes", "last", "lasts", "whole", "usual", "usually"})
_MENU_LENGTH = 6
_ALSO_TOPICS = {
    "opening_hours": "hours", "open": "hours", "schedule": "hours", "business_hours": "hours", "holiday_hours": "hours",
    "prices": "price", "pricing": "price", "cost": "price", "costs": "price", "rates": "price", "fees": "price",
    "quote": "price",
    "location": "address", "where": "address", "service": "services", "menu": "services", "offer": "services",
    "length": "duration", "how_long": "duration", "time_needed": "duration", "new_patients": "new_customers",
    "new_clients": "new_customers", "payments": "payment", "payment_methods": "payment", "license": "licence",
    "refund": "cancellation", "cancel": "cancellation", "what_to_bring": "preparation", "wheelchair": "accessibility",
}  # fmt: skip


def answer(business: Business, question: str, *, now: datetime, about: str = "") -> str | None:
    """The answer to a caller's question in their own words, or None where the facts hold none.

    `about` is the service that is being talked of, for "how much is it?".
    """
    services = find_services(business, question) or find_services(business, about)
    told = [
        _hours(business, question, now),
        _price(business, question, services),
        _length(business, question, services),
        _about_free(business, question, services),
    ]
    if not any(told):
        told = [answer_on_topic(business, question)]
    if not any(told):
        told = [_where(business, question), _own_number(question)]
    if not any(told):
        told = [_prices(business, question)]
    if not any(told):
        told = [_offer(question, services), _menu(business, question)]
    sentences = [each for each in told if each]
    return " ".join(sentences[:2]) or None


def answer_topic(business: Business, topic: str, about: str = "", *, now: datetime) -> str | None:
    """The answer on a topic as a receptionist names it; `about` is a service, a day or the caller's words."""
    name = "_".join(words(topic))
    name = _ALSO_TOPICS.get(name, name)
    services = find_services(business, about)
    match name:
        case "hours":
            day = _day_in(about, now.astimezone(business.zone).date())
            return say_whether_open(business, now) if _asks("open_now", about) else say_hours(business, now, day)
        case "price":
            return _price_of(business, services) if services else _all_prices(business) if not about else None
        case "duration":
            return _length_of(services)
        case "address":
            return _place(business)
        case "services":
            return _offer("do you offer", services) or _whole_menu(business)
        case _:
            return business.extra_facts.get(name) or answer(business, f"{topic}, {about}", now=now, about=about)


def _hours(business: Business, question: str, now: datetime) -> str | None:
    if not _asks("hours", question):
        return None
    day = _day_in(question, now.astimezone(business.zone).date())
    if day is None and _asks("open_now", question):
        return say_whether_open(business, now)
    if says(["weekend|weekends"], question):
        return say_hours(business, now)
    return say_hours(business, now, day)


def _day_in(text: str, today: date) -> date | None:
    heard = words_of(text)
    for at in range(len(heard)):
        found = day_at(heard, at, today=today, asked=False)
        if found is not None and found.day is not None and found.problem is None:
            one_day = found.last_day is None or found.last_day == found.day
            if not one_day:
                return None
            # "Are you open on Monday?", asked on a Monday, means today; a booking for Monday would not.
            return today if heard[at].text == f"{today:%A}".lower() else found.day
    return None


def _price(business: Business, question: str, services: tuple[Service, ...]) -> str | None:
    if not services or not _asks("price", question):
        return None
    if _asks("other_cost", question) and answer_on_topic(business, question):
        return None
    return _price_of(business, services)


def _about_free(business: Business, question: str, services: tuple[Service, ...]) -> str | None:
    """What a caller means who asks what a visit costs that is free: "I'm selling my house, what do you charge?"."""
    free = bool(services) and all(service.price_to == 0 for service in services[:2])
    return answer_on_topic(business, question) if free and _asks("price", question) else None


def _price_of(business: Business, services: Iterable[Service]) -> str:
    few = list(services)[:2]
    told = [say_price(business, service) for service in few]
    free = all(service.price_to == 0 for service in few)
    return " ".join(told if free else [*told, business.profession.price_policy])


def _prices(business: Business, question: str) -> str | None:
    """Examples, for somebody who asks for prices and for nothing in particular."""
    if not _asks("price", question) or set(words(question)) - _NOTHING_IN_PARTICULAR:
        return None
    return _all_prices(business)


def _all_prices(business: Business) -> str | None:
    usual = business.profession.default_service
    priced = [service for service in business.services if service.price_from is not None]
    priced.sort(key=lambda service: service.name != usual)
    return _price_of(business, priced) if priced else None


def _length(business: Business, question: str, services: tuple[Service, ...]) -> str | None:
    if not _asks("length", question):
        return None
    if not services and not set(words(question)) - _NOTHING_IN_PARTICULAR - _OF_LENGTH:
        services = find_services(business, business.profession.default_service)[:1]
    return _length_of(services)


def _length_of(services: tuple[Service, ...]) -> str | None:
    if not services:
        return None
    return " ".join(f"{upper_first(a(each.name))} takes {say_length(each.minutes)}." for each in services[:2])


def _where(business: Business, question: str) -> str | None:
    asks = _asks("where", question) or (_asks("here", question) and _names_street(business, question))
    return _place(business) if asks else None


def _names_street(business: Business, question: str) -> bool:
    """Whether the street of the business is spoken of: "are you the ones on Court Street?"."""
    street = tuple(word for word in words(business.address.partition(",")[0]) if not word.isdigit())
    said = words(question)
    return bool(street) and any(said[at : at + len(street)] == street for at in range(len(said)))


def _own_number(question: str) -> str | None:
    return "It's the number you've just called." if _asks("own_number", question) else None


def _place(business: Business) -> str | None:
    if not business.address:
        return business.extra_facts.get("directions")
    return " ".join(filter(None, [f"We're at {business.address}.", business.extra_facts.get("directions")]))


def answer_on_topic(business: Business, question: str) -> str | None:
    """The tenant's own fact on what is asked: the trade's topics, the tenant's, then those of every trade."""
    for topic in business.profession.topics:
        if topic.name in business.extra_facts and _is_on(topic, question):
            return business.extra_facts[topic.name]
    heard = set(words(question))
    for name, fact in business.extra_facts.items():
        if heard.issuperset(words(name.replace("_", " "))):
            return fact
    for topic in every_profession().topics:
        if topic.name in business.extra_facts and _is_on(topic, question):
            return business.extra_facts[topic.name]
    return None


def _asks(name: str, question: str) -> bool:
    return any(_is_on(topic, question) for topic in every_profession().questions if topic.name == name)


def _is_on(topic: Topic, question: str) -> bool:
    return says(topic.signs, question) and not says(topic.unless, question)


def _offer(question: str, services: tuple[Service, ...]) -> str | None:
    if not services:
        return None
    if _asks("offer", question):
        names = listed([a(service.name) for service in services[:2]])
        return f"Yes, we offer {names}. {services[0].about if len(services) == 1 else ''}".strip()
    if not _asks("about", question):
        return None
    return " ".join(service.about for service in services[:2] if service.about) or None


def _menu(business: Business, question: str) -> str | None:
    return _whole_menu(business) if _asks("menu", question) else None


def _whole_menu(business: Business) -> str | None:
    names = [service.name for service in business.services]
    if not names:
        return None
    more = ["other things"] if len(names) > _MENU_LENGTH else []
    return f"We offer {listed([*map(a, names[:_MENU_LENGTH]), *more])}."
