"""What is offered is free, fits into the opening hours, and gives a choice."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from offhook.receptionist.business import Service, Span
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.hours import on_grid, problem_with
from offhook.receptionist.slots import NOTICE, free_slots, is_free, nearest_slots, part_of_day

NEW_YORK = ZoneInfo("America/New_York")
DENTIST = demo_business("dentist")
NIGHT_SHOP = replace(DENTIST, hours=dict.fromkeys(range(7), (Span(time(0), time(0)),)), keeps_public_holidays=False)
HOUR = Service("hour", 60)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=NEW_YORK)
TUESDAY = date(2026, 11, 24)

wall = datetime.fromisoformat
moments = st.datetimes(wall("2026-01-01"), wall("2026-12-01")).map(lambda each: each.replace(tzinfo=NEW_YORK))
near_a_clock_change = st.sampled_from([wall("2026-03-07T20:00"), wall("2026-10-31T20:00")]).flatmap(
    lambda each: st.integers(0, 600).map(lambda minutes: each.replace(tzinfo=NEW_YORK) + timedelta(minutes=minutes))
)


@st.composite
def diaries(draw: st.DrawFn, now: datetime) -> list[tuple[datetime, datetime]]:
    starts = draw(st.lists(st.integers(0, 4 * 24 * 10), max_size=40))
    lengths = draw(st.lists(st.integers(1, 16), min_size=len(starts), max_size=len(starts)))
    first = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return [
        (first + timedelta(minutes=15 * start), first + timedelta(minutes=15 * (start + length)))
        for start, length in zip(starts, lengths, strict=True)
    ]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


@given(st.data(), moments | near_a_clock_change, st.integers(15, 240), st.integers(1, 3), st.booleans())
def test_what_is_offered_is_free_inside_hours_and_on_the_grid(
    data: st.DataObject, now: datetime, minutes: int, places: int, by_night: bool
) -> None:
    business = replace(NIGHT_SHOP if by_night else DENTIST, places=places)
    taken = data.draw(diaries(now))
    offered = free_slots(business, Service("work", minutes), taken, now=now)
    assert list(offered) == sorted(set(offered))
    for start in offered:
        end = start.astimezone(UTC) + timedelta(minutes=minutes)
        assert start.tzinfo is business.zone
        assert start >= now.astimezone(UTC) + NOTICE
        assert problem_with(business, start, minutes, now=now) is None
        assert on_grid(business, start)
        for quarter in range(0, minutes, 15):
            moment = start.astimezone(UTC) + timedelta(minutes=quarter)
            assert sum(opens <= moment < closes for opens, closes in taken) < places, "a slot was sold twice"
        if places == 1:
            assert not any(opens < end and start < closes for opens, closes in taken)


@given(st.data(), moments)
def test_the_first_that_is_free_is_always_offered(data: st.DataObject, now: datetime) -> None:
    taken = data.draw(diaries(now))
    (first, *_) = free_slots(DENTIST, HOUR, taken, now=now)
    quarter = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    while quarter < first:
        free = (
            quarter >= now + NOTICE
            and problem_with(DENTIST, quarter.astimezone(NEW_YORK), 60, now=now) is None
            and is_free(DENTIST, taken, quarter, 60)
        )
        assert not free, "an earlier time was free"
        quarter += timedelta(minutes=15)


def test_a_caller_without_a_wish_gets_a_choice_of_days_and_parts_of_the_day() -> None:
    offered = free_slots(DENTIST, HOUR, (), now=NOW)
    assert offered == (at("2026-11-23T10:30"), at("2026-11-23T13:00"), at("2026-11-24T09:00"), at("2026-11-24T11:00"))


def test_a_whole_day_is_offered_by_full_hours_from_morning_to_afternoon() -> None:
    offered = free_slots(DENTIST, HOUR, (), now=NOW, day=TUESDAY)
    assert [start.minute for start in offered] == [0, 0, 0, 0]
    assert {part_of_day(start.time()) for start in offered} == {"morning", "afternoon"}


def test_wishes_narrow_the_day_down() -> None:
    mornings = free_slots(DENTIST, HOUR, (), now=NOW, part="morning")
    assert all(start.time() < time(12) for start in mornings)
    late = free_slots(DENTIST, HOUR, (), now=NOW, day=TUESDAY, after=time(15), before=time(16, 30))
    assert late[0] == at("2026-11-24T15:00")
    assert all(time(15) <= start.time() < time(16, 30) for start in late)
    (first, *_) = free_slots(DENTIST, HOUR, (), now=NOW, after=at("2026-12-01T14:15"))
    assert first == at("2026-12-01T14:15")


def test_a_closed_day_and_a_full_day_have_nothing_to_offer() -> None:
    assert free_slots(DENTIST, HOUR, (), now=NOW, day=date(2026, 11, 26)) == ()
    full = [(at("2026-11-24T09:00"), at("2026-11-24T18:00"))]
    assert free_slots(DENTIST, HOUR, full, now=NOW, day=TUESDAY) == ()


def test_back_to_back_is_free_and_one_minute_of_overlap_is_not() -> None:
    taken = [(at("2026-11-24T10:00"), at("2026-11-24T11:00"))]
    assert is_free(DENTIST, taken, at("2026-11-24T09:00"), 60)
    assert is_free(DENTIST, taken, at("2026-11-24T11:00"), 60)
    assert not is_free(DENTIST, taken, at("2026-11-24T09:15"), 60)
    assert not is_free(DENTIST, taken, at("2026-11-24T10:45"), 60)


def test_two_places_are_sold_twice_and_not_three_times() -> None:
    two = replace(DENTIST, places=2)
    one = (at("2026-11-24T10:00"), at("2026-11-24T11:00"))
    other = (at("2026-11-24T11:00"), at("2026-11-24T12:00"))
    assert is_free(two, [one, other], at("2026-11-24T10:30"), 60), "one after the other takes one place only"
    assert not is_free(two, [one, one], at("2026-11-24T10:30"), 60)


def test_a_caller_who_comes_second_is_offered_the_times_beside() -> None:
    taken = [(at("2026-11-24T10:00"), at("2026-11-24T11:00"))]
    near = nearest_slots(DENTIST, HOUR, taken, at("2026-11-24T10:00"), now=NOW)
    assert near == (at("2026-11-24T09:00"), at("2026-11-24T11:00"), at("2026-11-24T11:15"))


def test_on_a_full_day_the_next_days_are_offered() -> None:
    full = [(at("2026-11-24T09:00"), at("2026-11-24T18:00"))]
    near = nearest_slots(DENTIST, HOUR, full, at("2026-11-24T10:00"), now=NOW)
    assert len(near) == 3
    assert near[0] == at("2026-11-25T10:00")


def test_of_an_hour_that_comes_twice_the_first_is_offered() -> None:
    now = at("2026-10-31T20:00")
    night = free_slots(NIGHT_SHOP, HOUR, (), now=now, day=date(2026, 11, 1), before=time(2), limit=20)
    assert [start.astimezone(UTC).hour for start in night] == [4] * 4 + [5] * 4


def test_the_hour_that_is_skipped_is_never_offered() -> None:
    now = at("2026-03-07T20:00")
    night = free_slots(NIGHT_SHOP, HOUR, (), now=now, day=date(2026, 3, 8), before=time(4), limit=20)
    assert {start.hour for start in night} == {0, 1, 3}
