"""Addresses, cars, sizes, shifts and follow-ups: answers to the smaller questions of a call."""

from datetime import date, time, timedelta

import pytest

from offhook.receptionist.understanding.address import find_address
from offhook.receptionist.understanding.corrections import corrects, versions
from offhook.receptionist.understanding.intent import Intent, find_intents
from offhook.receptionist.understanding.phone import correct_phone, find_phone
from offhook.receptionist.understanding.quantity import (
    find_inches,
    find_length_of_time,
    find_people,
    find_scale,
    find_vehicle,
)
from offhook.receptionist.understanding.shift import Shift, find_shift
from offhook.receptionist.understanding.when import When, find_when, merge
from tests.receptionist.understanding.phrases import NOW


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("twelve march street", "12 March Street"),
        ("I'm at 150 West 4th St, apartment 5, Brooklyn", "150 West 4th St, Apartment 5, Brooklyn"),
        ("my address is one twenty five oak lane unit four", "125 Oak Lane, Unit Four"),
        ("it's 88 Elm, no sorry, 98 Elm Street", "98 Elm Street"),
        ("twelve fifty sunset boulevard", "1250 Sunset Boulevard"),
        ("12 Main Street, New York, NY 10012 and I need help", "12 Main Street, New York, NY 10012"),
        ("the corner of 5th and Main", "The corner of 5th and Main"),
        ("77 Ferris Street in Brooklyn", "77 Ferris Street, Brooklyn"),
        ("Greta Olmstead, 212 555 0147, 9 Orchard Lane", "9 Orchard Lane"),
        ("I'm at the Kings Plaza mall", "The Kings Plaza mall"),
        ("45 5th Avenue, number 917 555 0123", "45 5th Avenue"),
        ("three locks", None),
        ("I'd rather not say", None),
        ("how much is it", None),
        ("yes", None),
    ],
)
def test_an_address_is_understood(text: str, address: str | None) -> None:
    assert find_address(text, asked=True) == address


@pytest.mark.parametrize(
    ("text", "vehicle"),
    [
        ("2015 Honda Civic", "2015 Honda Civic"),
        ("a twenty fifteen honda civic with 90000 miles", "2015 Honda Civic"),
        ("two thousand eight ford f one fifty", "2008 Ford F-150"),
        ("BMW X5 2020", "2020 BMW X5"),
        ("it's a Toyota Camry, 2019", "2019 Toyota Camry"),
        ("my tooth hurts", "None"),
    ],
)
def test_a_car_is_understood(text: str, vehicle: str) -> None:
    assert str(find_vehicle(text)) == vehicle


def test_counts_and_sizes_are_understood() -> None:
    assert [find_people("three people"), find_people("just me"), find_people("hello")] == [3, 1, None]
    assert [find_scale("7 out of 10"), find_scale("about a seven", asked=True), find_scale("a seven")] == [7, 7, None]
    assert [find_inches("about five inches"), find_inches("three and a half inches"), find_inches("big")] == [
        5,
        3.5,
        None,
    ]
    assert [find_length_of_time("it hurts since yesterday"), find_length_of_time("no")] == ["since yesterday", None]


def test_a_shift_is_understood() -> None:
    assert find_shift("make it an hour later") == Shift(later=True, by=timedelta(hours=1))
    assert find_shift("a day earlier") == Shift(later=False, by=timedelta(days=1))
    assert find_shift("do you have anything sooner") == Shift(later=False)
    assert find_shift("next Tuesday") is None


def test_a_follow_up_completes_what_was_said() -> None:
    assert _after("Tuesday", "at 3") == (date(2026, 11, 24), time(15))
    assert _after("Tuesday at 3", "no, Wednesday") == (date(2026, 11, 25), time(15))
    assert _after("tomorrow morning", "seven thirty") == (date(2026, 11, 24), time(7, 30))
    assert _after("tomorrow at 7", "in the morning") == (date(2026, 11, 24), time(7))
    assert _after("sometime next week", "Wednesday") == (date(2026, 12, 2), None)
    assert _after("February 30th at 10", "the 27th of February") == (date(2027, 2, 27), time(10))


def test_a_number_is_corrected_in_part() -> None:
    assert correct_phone("2125550147", "no, 0198 at the end") == "2125550198"
    assert correct_phone("2125550147", "the area code is 646") == "6465550147"
    assert correct_phone("2125550147", "it's 9 not 7") == "2125550149"
    assert correct_phone("2125550147", "no that's wrong") is None


def test_a_number_in_parts_is_not_complete() -> None:
    heard = find_phone("two one two five five five", country="US", asked=True)
    assert heard is not None
    assert (heard.digits, heard.complete, heard.too_long) == ("212555", False, False)
    longer = find_phone("2 1 2 5 5 5 0 1 4 7 8", country="US", asked=True)
    assert longer is not None
    assert longer.too_long


def test_corrections_part_a_text() -> None:
    assert versions("Tuesday, no wait, make it Wednesday") == ("Tuesday", "Wednesday")
    assert corrects("scratch that, Thursday")
    assert not corrects("I can't make it tomorrow")


def test_a_refused_wish_is_none() -> None:
    assert Intent.CANCEL not in find_intents("no, don't cancel it")
    assert find_intents("purple monkey dishwasher") == frozenset()


def test_the_days_of_a_mismatch_are_offered() -> None:
    when = find_when("Monday the 29th", now=NOW)
    assert when is not None
    assert when.day is None
    assert when.choices == (date(2026, 11, 29), date(2026, 11, 30))


def _after(first: str, then: str) -> tuple[date | None, time | None]:
    old = find_when(first, now=NOW, asked=True)
    new = find_when(then, now=NOW, asked=True)
    both = merge(old or When(), new or When())
    return both.day, both.at
