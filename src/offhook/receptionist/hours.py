"""When a business is open. Wall times are the tenant's; lengths of time are real, also where the clocks change."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

import holidays

from offhook.receptionist.business import Business, Span

Problem = Literal["past", "closed", "too_far", "off_grid"]
"""Why an appointment cannot begin then, before the diary is asked."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MIDNIGHT = time(0)
_LOOK_AHEAD_DAYS = 366


def opening(business: Business, day: date) -> tuple[Span, ...]:
    """The spans in which the business is open that day; none where it is closed."""
    return () if closed_because(business, day) else business.hours[day.weekday()]


def closed_because(business: Business, day: date) -> str | None:
    """Why it is closed all that day, to be said after "because", e.g. "it's Thanksgiving Day"; None where it opens."""
    if day in business.holidays:
        return "we have a day off"
    holiday = public_holiday(business, day)
    if holiday:
        return f"it's {holiday}"
    if not business.hours.get(day.weekday()):
        return f"we're closed on {WEEKDAYS[day.weekday()]}s"
    return None


def public_holiday(business: Business, day: date) -> str | None:
    """The public holiday the business keeps that day; a federal one in the US, on the day the government observes."""
    if not business.keeps_public_holidays:
        return None
    name = _public_holidays(business.country, day.year).get(day)
    return name.replace(" (observed)", ", observed") if name else None


def load_holidays(country: str, today: date) -> None:
    """Read the public holidays of this year and the next, so that no caller waits for it: the first time, 0.5 s."""
    for year in (today.year, today.year + 1):
        _public_holidays(country, year)


def wall_time(business: Business, naive: datetime) -> datetime | None:
    """The moment a wall time without a zone means in the tenant's zone; None where the clocks skip it.

    A time that comes twice is the first of the two.
    """
    assert naive.tzinfo is None
    moment = naive.replace(tzinfo=business.zone, fold=0)
    return moment if _exists(moment) else None


def spans(business: Business, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The opening spans of a day as moments in UTC; one that closes at or before its opening ends on the next day."""
    for span in opening(business, day):
        closing_day = day if span.closes > span.opens else day + timedelta(days=1)
        yield _edge(business, day, span.opens), _edge(business, closing_day, span.closes)


def problem_with(business: Business, start: datetime, minutes: int, *, now: datetime) -> Problem | None:
    """What forbids an appointment that begins at `start`, or None. Both times are aware; the diary is not asked."""
    if not _exists(start):
        return "closed"
    # In UTC, for two times of one zone are compared by their wall clocks, also where these were set back.
    begins = start.astimezone(UTC)
    if begins <= now:
        return "past"
    day = start.astimezone(business.zone).date()
    if (day - now.astimezone(business.zone).date()).days > business.book_days_ahead:
        return "too_far"
    ends = begins + timedelta(minutes=minutes)
    days = (day, day - timedelta(days=1))
    if not any(opens <= begins and ends <= closes for each in days for opens, closes in spans(business, each)):
        return "closed"
    return None if on_grid(business, start.astimezone(business.zone)) else "off_grid"


def on_grid(business: Business, start: datetime) -> bool:
    """Whether appointments may begin at this minute of the hour."""
    return start.minute % business.slot_minutes == 0 and start.second == 0 and start.microsecond == 0


def is_open(business: Business, now: datetime) -> bool:
    """Whether the business is open at this moment."""
    today, now = now.astimezone(business.zone).date(), now.astimezone(UTC)
    days = (today, today - timedelta(days=1))
    return any(opens <= now < closes for day in days for opens, closes in spans(business, day))


def next_opening(business: Business, now: datetime) -> datetime | None:
    """When it opens next, or `now` where it is open; None for a business that is closed for a whole year."""
    if is_open(business, now):
        return now
    today = now.astimezone(business.zone).date()
    for ahead in range(_LOOK_AHEAD_DAYS):
        for opens, _ in spans(business, today + timedelta(days=ahead)):
            if opens > now:
                return opens.astimezone(business.zone)
    return None


@lru_cache(maxsize=64)
def _public_holidays(country: str, year: int) -> dict[date, str]:
    try:
        return dict(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return {}


def _exists(moment: datetime) -> bool:
    """Whether the clocks of its zone ever show this wall time."""
    assert moment.tzinfo is not None
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _edge(business: Business, day: date, at: time) -> datetime:
    """An opening or closing time as a moment; a wall time that the clocks skip is when they have skipped it."""
    return datetime.combine(day, at, tzinfo=business.zone).astimezone(UTC)
