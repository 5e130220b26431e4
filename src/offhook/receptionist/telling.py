"""Facts of a business as sentences: prices, lengths, hours, days. English; digits stay digits, the voice says them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import groupby

from babel.numbers import format_currency

from offhook.receptionist.business import Business, Service, Span
from offhook.receptionist.hours import WEEKDAYS, closed_because, is_open, next_opening, opening, spans

_SOON_DAYS = 7
_HALF_HOUR = 30


def say_price(business: Business, service: Service) -> str:
    """The range and what belongs to it, without the policy, e.g. "A check-up is usually between $60 and $150."."""
    subject = upper_first(a(service.name))
    low, high = service.price_from, service.price_to
    if low is None:
        return f"I can't give a price for {a(service.name)} over the phone."
    if not low and not high:
        told = f"{subject} is free."
    elif high is None or high == low:
        told = f"{subject} is usually {_money(business, low)}."
    else:
        told = f"{subject} is usually between {_money(business, low)} and {_money(business, high)}."
    return f"{told} {service.price_note}".strip()


def say_length(minutes: int) -> str:
    """E.g. "about 45 minutes", "about an hour and a half"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"about {minutes} minutes"
    whole = "an hour" if hours == 1 else f"{hours} hours"
    if not rest:
        return f"about {whole}"
    if rest == _HALF_HOUR:
        return f"about {'an hour and a half' if hours == 1 else f'{hours} and a half hours'}"
    return f"about {whole} and {rest} minutes"


def say_hours(business: Business, now: datetime, day: date | None = None) -> str:
    """The week's hours with closures of the coming days; or those of one day, with the next opening if it is closed."""
    today = now.astimezone(business.zone).date()
    if day is not None:
        return _hours_of(business, day, today)
    closures = [
        f"{_on(ahead, today)} we're closed, because {closed_because(business, ahead)}."
        for ahead in (today + timedelta(days=days) for days in range(_SOON_DAYS + 1))
        if business.hours.get(ahead.weekday()) and not opening(business, ahead)
    ]
    return " ".join([_week(business), *closures[:2]])


def say_whether_open(business: Business, now: datetime) -> str:
    """Whether it is open at this moment, and until or from when."""
    today = now.astimezone(business.zone).date()
    if is_open(business, now):
        days = (today, today - timedelta(days=1))
        closes = next(ends for day in days for begins, ends in spans(business, day) if begins <= now < ends)
        return f"Yes, we're open now, until {say_time(closes.astimezone(business.zone).time())}."
    opens = next_opening(business, now)
    if opens is None:
        return "We're closed at the moment."
    return f"We're closed right now. We open again {_when(opens.date(), today)} at {say_time(opens.time())}."


def say_time(at: time) -> str:
    """E.g. "9 am", "2:30 pm", "noon"."""
    if at == time(12):
        return "noon"
    if at == time(0):
        return "midnight"
    hour = at.hour % 12 or 12
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{hour}{minutes} {'am' if at.hour < 12 else 'pm'}"


def say_date(day: date) -> str:
    """E.g. "Thursday, November 26"."""
    return f"{day:%A, %B} {day.day}"


def a(noun: str) -> str:
    """The noun with its article."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def upper_first(text: str) -> str:
    """The text as a sentence begins; names inside keep their capitals."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str], *, joined_by: str = "and") -> str:
    """E.g. "a, b and c"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joined_by} {names[-1]}"


def _money(business: Business, minor: int) -> str:
    told = format_currency(minor / 100, business.currency, locale="en_US")
    return told.removesuffix(".00")


def _hours_of(business: Business, day: date, today: date) -> str:
    open_spans = opening(business, day)
    if open_spans:
        return f"{_on(day, today)} we're open {_say_spans(open_spans)}."
    following = (day + timedelta(days=ahead) for ahead in range(1, 15))
    next_day = next((each for each in following if opening(business, each)), None)
    because = closed_because(business, day) or ""
    closed = f"We're closed {_when(day, today)}"
    if not because.startswith("we're closed"):
        closed += f", because {because}"
    if next_day is None:
        return f"{closed}."
    return f"{closed}. We open again {_when(next_day, today)} at {say_time(opening(business, next_day)[0].opens)}."


def _week(business: Business) -> str:
    week = [business.hours.get(weekday, ()) for weekday in range(len(WEEKDAYS))]
    if not any(week):
        return "We have no regular opening hours."
    told = []
    for open_spans, run in groupby(range(len(WEEKDAYS)), key=lambda weekday: week[weekday]):
        if open_spans:
            told.append(f"{_say_days(tuple(run))} {_say_spans(open_spans)}")
    closed = [f"{WEEKDAYS[weekday]}s" for weekday, open_spans in enumerate(week) if not open_spans]
    if closed == ["Saturdays", "Sundays"]:
        closed = ["weekends"]
    end = f", and closed on {listed(closed)}" if closed else ""
    return f"We're open {listed(told)}{end}."


def _say_days(weekdays: tuple[int, ...]) -> str:
    first, last = WEEKDAYS[weekdays[0]], WEEKDAYS[weekdays[-1]]
    if len(weekdays) == len(WEEKDAYS):
        return "every day"
    if len(weekdays) == 1:
        return f"on {first}s"
    return f"{first} and {last}" if len(weekdays) == 2 else f"{first} to {last}"


def _say_spans(open_spans: Iterable[Span]) -> str:
    return listed([f"from {say_time(span.opens)} to {say_time(span.closes)}" for span in open_spans])


def _when(day: date, today: date) -> str:
    if day == today:
        return "today"
    if day == today + timedelta(days=1):
        return "tomorrow"
    return f"on {say_date(day)}"


def _on(day: date, today: date) -> str:
    told = _when(day, today)
    return upper_first(told) + ("," if told in {"today", "tomorrow"} else "")
