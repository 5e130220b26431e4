"""Which appointments can be offered: free, inside opening hours, on the grid, and few enough to be said."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from offhook.receptionist.business import Business, Service
from offhook.receptionist.hours import on_grid, spans

NOTICE = timedelta(minutes=30)
"""Nobody is offered an appointment sooner than this."""
NOON = time(12)
EVENING = time(17)
PARTS = ("morning", "afternoon", "evening")
_PER_DAY = 2
_MOST_DAYS = 62
"""How many days are looked through for somebody who names none; a diary as full as that is for the team to see."""

Taken = Sequence[tuple[datetime, datetime]]
"""From when until when, not including; aware."""


def free_slots(  # noqa: PLR0913 - these are the ways in which a caller narrows a day down
    business: Business,
    service: Service,
    taken: Taken,
    *,
    now: datetime,
    day: date | None = None,
    part: str | None = None,
    after: datetime | time | None = None,
    before: datetime | time | None = None,
    limit: int = 4,
) -> tuple[datetime, ...]:
    """Up to `limit` free starts in the tenant's zone, soonest first, spread so that a caller has a choice.

    `after` and `before` bound the start (a time of day does so on every day); `after` itself may be offered, `before`
    may not. `part` is one of PARTS.
    """
    busy = _Busy(business, taken)
    offered: list[datetime] = []
    for each in [day] if day else _days(business, now, after):
        free = [start for start in busy.free_starts(service.minutes, each, now) if _within(start, part, after, before)]
        wanted = limit if day else min(_PER_DAY, limit - len(offered))
        offered += _spread(free, wanted)
        if len(offered) >= limit:
            break
    return tuple(offered)


def is_free(business: Business, taken: Taken, start: datetime, minutes: int) -> bool:
    """Whether one more appointment then would still have a place, at every moment of it."""
    return _Busy(business, taken).is_free(start, minutes)


def nearest_slots(
    business: Business, service: Service, taken: Taken, wanted: datetime, *, now: datetime, limit: int = 3
) -> tuple[datetime, ...]:
    """What to offer somebody whose time cannot be had, the time itself among it if it is free.

    The two next free starts of that day and the one before; then of each later day the one nearest that time of day.
    """
    day = wanted.astimezone(business.zone).date()
    busy = _Busy(business, taken)
    same_day = busy.free_starts(service.minutes, day, now)
    moment = wanted.astimezone(UTC)
    later = [start for start in same_day if start >= moment][:2]
    sooner = [start for start in same_day if start < moment][-1:]
    near = sorted([*sooner, *later])[:limit]
    for each in _days(business, now, wanted):
        if len(near) >= limit:
            break
        free = busy.free_starts(service.minutes, each, now) if each != day else []
        near += sorted(free, key=lambda start: (_apart(start, wanted), start))[:1]
    return tuple(near)


def _apart(one: datetime, other: datetime) -> int:
    """Minutes between two times of day."""
    return abs((one.hour - other.hour) * 60 + one.minute - other.minute)


def _days(business: Business, now: datetime, after: datetime | time | None) -> list[date]:
    """The days that are looked through, from today or the day of `after` on."""
    today = now.astimezone(business.zone).date()
    first = max(today, after.astimezone(business.zone).date()) if isinstance(after, datetime) else today
    last = min(first + timedelta(days=_MOST_DAYS), today + timedelta(days=business.book_days_ahead))
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


class _Busy:
    """What is taken, in an order in which one moment is looked up without reading all of it."""

    def __init__(self, business: Business, taken: Taken) -> None:
        self._business = business
        self._spans = sorted((opens.timestamp(), closes.timestamp()) for opens, closes in taken)
        self._opens = [opens for opens, _ in self._spans]
        self._longest = max((closes - opens for opens, closes in self._spans), default=0.0)

    def free_starts(self, minutes: int, day: date, now: datetime) -> list[datetime]:
        """The starts of a day that fit and have a place, soonest first."""
        starts = _starts(self._business, minutes, day, now=now)
        return [start for start in starts if self.is_free(start, minutes)]

    def is_free(self, start: datetime, minutes: int) -> bool:
        """See `is_free`."""
        begins = start.timestamp()
        ends = begins + minutes * 60
        first, last = bisect_right(self._opens, begins - self._longest), bisect_left(self._opens, ends)
        meanwhile = [span for span in self._spans[first:last] if span[1] > begins]
        places = self._business.places
        if len(meanwhile) < places:
            return True
        moments = [begins, *(opens for opens, _ in meanwhile if opens > begins)]
        return all(sum(opens <= moment < closes for opens, closes in meanwhile) < places for moment in moments)


def _starts(business: Business, minutes: int, day: date, *, now: datetime) -> Iterator[datetime]:
    """All starts of a day that fit, soonest first, whatever the diary says."""
    if (day - now.astimezone(business.zone).date()).days > business.book_days_ahead:
        return
    soonest = now.astimezone(UTC) + NOTICE
    for moment, closes in spans(business, day):
        while moment + timedelta(minutes=minutes) <= closes:
            start = moment.astimezone(business.zone)
            fits = on_grid(business, start)
            # Of a wall time that comes twice only the first is offered: what is said and stored has no offset.
            if fits and moment >= soonest and start.fold == 0:
                yield start
            moment += timedelta(minutes=business.slot_minutes if fits else 1)


def _within(start: datetime, part: str | None, after: datetime | time | None, before: datetime | time | None) -> bool:
    wall = start.time()
    if part is not None and part_of_day(wall) != part:
        return False
    if after is not None and (wall < after if isinstance(after, time) else start < after):
        return False
    return before is None or (wall < before if isinstance(before, time) else start < before)


def part_of_day(wall: time) -> str:
    """One of PARTS."""
    return "morning" if wall < NOON else "afternoon" if wall < EVENING else "evening"


def _spread(free: Sequence[datetime], wanted: int) -> list[datetime]:
    """The first, and others as far from each other as can be, full hours before halves before quarters."""
    chosen = list(free[:1])
    while 0 < len(chosen) < min(wanted, len(free)):
        others = (start for start in free if start not in chosen)
        chosen.append(max(others, key=lambda start: _worth(start, chosen)))
    return sorted(chosen)


def _worth(start: datetime, chosen: Iterable[datetime]) -> tuple[float, int, float]:
    """How good it is to offer `start` beside what is chosen."""
    hours_apart = min(abs((start - other).total_seconds()) for other in chosen) / 3600
    roundness = 2 if start.minute == 0 else 1 if start.minute == 30 else 0
    return min(hours_apart, 2.0) + roundness * 0.5, roundness, -start.timestamp()
