"""Which appointments can be offered: free, inside opening hours, on the grid, and few enough to be said."""

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
    today = now.astimezone(business.zone).date()
    days = [day] if day else [today + timedelta(days=ahead) for ahead in range(business.book_days_ahead + 1)]
    offered: list[datetime] = []
    for each in days:
        meanwhile = _around(business, taken, each)
        free = [
            start
            for start in _starts(business, service.minutes, each, now=now)
            if _within(start, part, after, before) and is_free(business, meanwhile, start, service.minutes)
        ]
        wanted = limit if day else min(_PER_DAY, limit - len(offered))
        offered += _spread(free, wanted)
        if len(offered) >= limit:
            break
    return tuple(offered)


def is_free(business: Business, taken: Taken, start: datetime, minutes: int) -> bool:
    """Whether one more appointment then would still have a place, at every moment of it."""
    begins = start.astimezone(UTC)
    ends = begins + timedelta(minutes=minutes)
    meanwhile = [(opens, closes) for opens, closes in taken if opens < ends and closes > begins]
    moments = [begins, *(opens for opens, _ in meanwhile if opens > begins)]
    return all(sum(opens <= moment < closes for opens, closes in meanwhile) < business.places for moment in moments)


def nearest_slots(
    business: Business, service: Service, taken: Taken, wanted: datetime, *, now: datetime, limit: int = 3
) -> tuple[datetime, ...]:
    """What to offer somebody whose time cannot be had, the time itself among it if it is free.

    The two next free starts of that day and the one before; then of each later day the one nearest that time of day.
    """
    day = wanted.astimezone(business.zone).date()
    same_day = [
        start
        for start in _starts(business, service.minutes, day, now=now)
        if is_free(business, taken, start, service.minutes)
    ]
    moment = wanted.astimezone(UTC)
    later = [start for start in same_day if start >= moment][:2]
    sooner = [start for start in same_day if start < moment][-1:]
    near = sorted([*sooner, *later])[:limit]
    today = now.astimezone(business.zone).date()
    for ahead in range((max(day, today) - today).days + (day >= today), business.book_days_ahead + 1):
        if len(near) >= limit:
            break
        each = today + timedelta(days=ahead)
        meanwhile = _around(business, taken, each)
        starts = _starts(business, service.minutes, each, now=now)
        free = [start for start in starts if is_free(business, meanwhile, start, service.minutes)]
        near += sorted(free, key=lambda start: (_apart(start, wanted), start))[:1]
    return tuple(near)


def _apart(one: datetime, other: datetime) -> int:
    """Minutes between two times of day."""
    return abs((one.hour - other.hour) * 60 + one.minute - other.minute)


def _around(business: Business, taken: Taken, day: date) -> Taken:
    """The appointments that may touch this day's opening hours."""
    begins = datetime.combine(day, time(0), tzinfo=business.zone).astimezone(UTC)
    ends = begins + timedelta(days=2, hours=1)  # hours that run past midnight belong to the day they begin
    return [(opens, closes) for opens, closes in taken if opens < ends and closes > begins]


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
