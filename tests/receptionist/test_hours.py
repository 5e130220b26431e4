"""A business is open when it says so, also on holidays and where the clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.receptionist.business import Business, Span
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.hours import (
    closed_because,
    is_open,
    load_holidays,
    next_opening,
    opening,
    problem_with,
    spans,
    wall_time,
)
from offhook.receptionist.telling import say_hours, say_whether_open

NEW_YORK = ZoneInfo("America/New_York")
DENTIST = demo_business("dentist")
NIGHT_SHOP = replace(DENTIST, hours=dict.fromkeys(range(7), (Span(time(0), time(0)),)), keeps_public_holidays=False)
"""Open day and night."""
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=NEW_YORK)
wall = datetime.fromisoformat
YEAR = st.datetimes(wall("2026-01-01"), wall("2027-12-31")).map(lambda moment: moment.replace(tzinfo=NEW_YORK))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-11-26", "Thanksgiving Day"),
        ("2026-12-25", "Christmas Day"),
        ("2026-07-03", "Independence Day, observed"),
        ("2027-06-18", "Juneteenth National Independence Day, observed"),
        ("2027-12-31", "New Year's Day, observed"),
        ("2026-10-12", "Columbus Day"),
    ],
)
def test_federal_holidays_are_kept_on_the_day_they_are_observed(day: str, name: str) -> None:
    assert opening(DENTIST, date.fromisoformat(day)) == ()
    assert closed_because(DENTIST, date.fromisoformat(day)) == f"it's {name}"


@pytest.mark.parametrize("day", ["2026-11-27", "2026-12-24", "2026-12-31", "2026-02-12", "2026-03-17", "2026-11-03"])
def test_other_days_off_are_working_days(day: str) -> None:
    assert opening(DENTIST, date.fromisoformat(day)) == (Span(time(9), time(18)),)
    assert closed_because(DENTIST, date.fromisoformat(day)) is None


def test_a_closed_weekday_and_a_closure_of_ones_own_have_their_reasons() -> None:
    assert closed_because(DENTIST, date(2026, 11, 29)) == "we're closed on Sundays"
    away = replace(DENTIST, holidays=(date(2026, 12, 1),))
    assert closed_because(away, date(2026, 12, 1)) == "we have a day off"
    assert closed_because(replace(DENTIST, keeps_public_holidays=False), date(2026, 11, 26)) is None


@pytest.mark.parametrize(
    ("start", "minutes", "problem"),
    [
        ("2026-11-24T09:00", 60, None),
        ("2026-11-24T17:00", 60, None),
        ("2026-11-24T17:15", 60, "closed"),
        ("2026-11-24T08:45", 30, "closed"),
        ("2026-11-26T10:00", 30, "closed"),
        ("2026-11-28T10:00", 30, "closed"),
        ("2026-11-23T10:00", 30, "past"),
        ("2026-11-20T10:00", 30, "past"),
        ("2027-06-01T10:00", 30, "too_far"),
        ("2026-11-24T10:10", 30, "off_grid"),
    ],
)
def test_what_forbids_an_appointment(start: str, minutes: int, problem: str | None) -> None:
    assert problem_with(DENTIST, at(start), minutes, now=NOW) == problem


def test_an_appointment_may_not_run_through_the_lunch_break() -> None:
    lunch = replace(DENTIST, hours={1: (Span(time(9), time(12)), Span(time(13), time(18)))})
    assert problem_with(lunch, at("2026-11-24T11:00"), 60, now=NOW) is None
    assert problem_with(lunch, at("2026-11-24T11:15"), 60, now=NOW) == "closed"
    assert problem_with(lunch, at("2026-11-24T12:00"), 60, now=NOW) == "closed"
    assert problem_with(lunch, at("2026-11-24T13:00"), 60, now=NOW) is None


def test_a_wall_time_that_the_clocks_skip_does_not_exist() -> None:
    assert wall_time(NIGHT_SHOP, wall("2026-03-08T02:30")) is None
    skipped = datetime(2026, 3, 8, 2, 30, tzinfo=NEW_YORK)
    assert problem_with(NIGHT_SHOP, skipped, 30, now=at("2026-03-01T10:00")) == "closed"


def test_a_wall_time_that_comes_twice_is_the_first_of_the_two() -> None:
    first = wall_time(NIGHT_SHOP, wall("2026-11-01T01:30"))
    assert first is not None
    assert first.astimezone(UTC) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_span_is_an_hour_shorter_or_longer_when_the_clocks_change() -> None:
    def length(day: date) -> timedelta:
        ((opens, closes),) = spans(NIGHT_SHOP, day)
        return closes.astimezone(UTC) - opens.astimezone(UTC)

    assert length(date(2026, 3, 8)) == timedelta(hours=23)
    assert length(date(2026, 11, 1)) == timedelta(hours=25)
    assert length(date(2026, 11, 2)) == timedelta(hours=24)


def test_hours_past_midnight_belong_to_the_evening_they_began() -> None:
    bar = replace(DENTIST, hours={4: (Span(time(20), time(2)),)})
    assert is_open(bar, at("2026-11-28T01:30"))
    assert not is_open(bar, at("2026-11-28T02:00"))
    assert problem_with(bar, at("2026-11-28T01:00"), 60, now=NOW) is None


@given(YEAR)
def test_it_is_open_exactly_until_it_closes(now: datetime) -> None:
    inside = any(span.opens <= now.time() < span.closes for span in opening(DENTIST, now.date()))
    assert is_open(DENTIST, now) == inside


@given(YEAR)
def test_the_next_opening_is_open_and_nothing_before_it_is(now: datetime) -> None:
    opens = next_opening(DENTIST, now)
    assert opens is not None
    assert opens >= now
    assert is_open(DENTIST, opens)
    assert opens == now or not is_open(DENTIST, opens - timedelta(minutes=1))


@given(YEAR, st.integers(-400, 400), st.integers(15, 240))
def test_the_zone_of_the_asker_does_not_matter(now: datetime, quarters: int, minutes: int) -> None:
    start = (now + timedelta(minutes=15 * quarters)).replace(second=0, microsecond=0)
    told = problem_with(DENTIST, start, minutes, now=now)
    assert told == problem_with(DENTIST, start.astimezone(UTC), minutes, now=now.astimezone(UTC))


def test_a_country_without_known_holidays_has_none() -> None:
    nowhere = replace(DENTIST, country="ZZ")
    load_holidays("ZZ", date(2026, 1, 1))
    assert closed_because(nowhere, date(2026, 12, 25)) is None


def test_never_open_has_no_next_opening() -> None:
    shut = replace(DENTIST, hours={})
    assert next_opening(shut, NOW) is None
    assert say_whether_open(shut, NOW) == "We're closed at the moment."
    assert say_hours(shut, NOW) == "We have no regular opening hours."


@pytest.mark.parametrize(
    ("business", "day", "told"),
    [
        (
            DENTIST,
            None,
            "We're open Monday to Friday from 9 am to 6 pm, and closed on weekends. "
            "On Thursday, November 26 we're closed, because it's Thanksgiving Day.",
        ),
        (DENTIST, "2026-11-23", "Today, we're open from 9 am to 6 pm."),
        (DENTIST, "2026-11-24", "Tomorrow, we're open from 9 am to 6 pm."),
        (
            DENTIST,
            "2026-11-26",
            "We're closed on Thursday, November 26, because it's Thanksgiving Day. "
            "We open again on Friday, November 27 at 9 am.",
        ),
        (
            DENTIST,
            "2026-11-28",
            "We're closed on Saturday, November 28. We open again on Monday, November 30 at 9 am.",
        ),
        (
            replace(DENTIST, hours={0: (Span(time(9), time(12)), Span(time(13, 30), time(18)))}),
            None,
            "We're open on Mondays from 9 am to noon and from 1:30 pm to 6 pm, "
            "and closed on Tuesdays, Wednesdays, Thursdays, Fridays, Saturdays and Sundays.",
        ),
    ],
)
def test_hours_are_told_in_plain_english(business: Business, day: str | None, told: str) -> None:
    assert say_hours(business, NOW, date.fromisoformat(day) if day else None) == told


def test_whether_it_is_open_now_is_told_with_when_that_ends() -> None:
    assert say_whether_open(DENTIST, NOW) == "Yes, we're open now, until 6 pm."
    told = say_whether_open(DENTIST, at("2026-11-25T20:00"))
    assert told == "We're closed right now. We open again on Friday, November 27 at 9 am."
