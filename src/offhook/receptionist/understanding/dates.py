"""Days named by the calendar: "December 1st", "12/1", "2026-12-01", "the thirtieth", "Christmas Eve"."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from offhook.receptionist.understanding.numbers import TEENS, TENS, UNITS, cardinal_at, ordinal_at
from offhook.receptionist.understanding.words import Word, each, match_at, skip

Problem = Literal["no_such_date", "weekday_mismatch", "past"]

MONTHS: Final = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12, "febuary": 2, "decemeber": 12, "novemeber": 11,
}  # fmt: skip
STREETS: Final = each(
    "street st road rd avenue ave lane ln drive dr boulevard blvd court ct place pl way terrace highway hwy "
    "parkway pkwy square circle trail close crescent alley"
)
_NOUNS_AFTER_ORDINAL: Final = each(
    "one time thing floor option available appointment opening slot visit tooth street avenue ave st grade "
    "call person name question step week day month half quarter kid child party choice place"
)


_BEFORE_A_TIME: Final = frozenset({"at", "around", "after", "before", "between", "instead"})


@dataclass(frozen=True, slots=True)
class DayHeard:
    """A day or a stretch of days, and the place after its words."""

    end: int
    day: date | None = None
    last_day: date | None = None
    problem: Problem | None = None
    choices: tuple[date, ...] = ()
    """With a problem: the days that may have been meant."""
    weekday: int | None = None
    """A bare weekday was said ("Tuesday"): a day of the month may follow and must agree."""
    by_number: bool = False
    """A day of the month was said: a weekday may follow and must agree."""
    month_open: bool = False
    """Only the number was said ("the 28th"): the month may follow from what was spoken of before."""
    from_now: timedelta | None = None
    """"In two hours": a moment of today."""


def date_at(words: Sequence[Word], at: int, *, today: date, asked: bool) -> DayHeard | None:
    """The calendar day that begins at word `at`."""
    return (
        _figures_at(words, at, today)
        or _month_first_at(words, at, today)
        or _day_first_at(words, at, today)
        or holiday_at(words, at, today)
        or _nth_weekday_at(words, at, today)
        or _nth_at(words, at, today=today, asked=asked)
    )


def day_of(month: int, day: int, *, year: int | None, today: date, end: int) -> DayHeard:
    """The day, checked against the calendar: the next one, when no year was said."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return DayHeard(end, problem="no_such_date")
    if year is None:
        nearest = date(today.year, month, min(day, calendar.monthrange(today.year, month)[1]))
        year = today.year + (nearest < today - timedelta(days=1))
    if not _exists(year, month, day):
        last = date(year, month, calendar.monthrange(year, month)[1])
        return DayHeard(end, problem="no_such_date", choices=(last,) if last >= today else ())
    found = date(year, month, day)
    return DayHeard(end, found, problem="past" if found < today else None, by_number=True)


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _figures_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    text = words[at].text
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    if iso:
        year, month, day = map(int, iso.groups())
        return day_of(month, day, year=year, today=today, end=at + 1)
    slashed = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})(?:[/-](\d{2,4}))?", text)
    if not slashed or _is_fraction(words, at):
        return None
    month, day = int(slashed[1]), int(slashed[2])
    said = int(slashed[3]) if slashed[3] else None
    full = said + 2000 if said is not None and said < 100 else said
    if month > 12 >= day:
        month, day = day, month
    if month > 12 or day > 31 or month == 0 or day == 0:
        return DayHeard(at + 1, problem="no_such_date") if full else None
    return day_of(month, day, year=full, today=today, end=at + 1)


def _is_fraction(words: Sequence[Word], at: int) -> bool:
    """1/2 in "2 1/2 baths" or "1/2 inch", and 24/7."""
    if words[at].text in {"24/7", "9/11"}:
        return True
    after = words[at + 1].text if at + 1 < len(words) else ""
    before = words[at - 1].text if at else ""
    measures = {"inch", "inches", "bath", "baths", "hour", "hours", "of", "mile", "miles", "cup", "day", "full", "a"}
    return words[at].text in {"1/2", "1/4", "3/4", "1/3", "2/3"} and (
        after in measures or before.isdecimal() or before in {"and", "a"}
    )


def _year_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """A year: 2026, "twenty twenty six", "two thousand and twenty seven", "nineteen eighty five"."""
    if at >= len(words):
        return None
    if re.fullmatch(r"(?:19|20)\d\d", words[at].text):
        return int(words[at].text), at + 1
    first = TEENS.get(words[at].text) or TENS.get(words[at].text)
    if first in (19, 20) and not words[at].stop:
        rest = cardinal_at(words, at + 1)
        if rest is not None and 10 <= rest[0] <= 99 and not words[at + 1].text.isdecimal():
            return first * 100 + rest[0], rest[1]
    whole = cardinal_at(words, at)
    return whole if whole is not None and 2000 <= whole[0] < 2100 else None


def _with_year(words: Sequence[Word], at: int, month: int, day: int, today: date) -> DayHeard:
    year = _year_at(words, at)
    return day_of(month, day, year=year[0] if year else None, today=today, end=year[1] if year else at)


def _month_first_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """Such as "December 1st", "december the first", "Dec 1 2026"."""
    month = MONTHS.get(words[at].text)
    if month is None:
        return None
    start = skip(words, at + 1, "the")
    ordinal = ordinal_at(words, start)
    if ordinal is not None:
        return _with_year(words, ordinal[1], month, ordinal[0], today)
    number = cardinal_at(words, start)
    if number is None or not 1 <= number[0] <= 31 or _is_clock_time(words, number[1]):
        return None
    return _with_year(words, number[1], month, number[0], today)


def _is_clock_time(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].text in {"am", "pm", "oclock"}


def _day_first_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """Such as "the first of December", "1 December", "the 5th of next month"; "twelve march street" is none."""
    start = skip(words, at, "the")
    number = ordinal_at(words, start) or cardinal_at(words, start)
    if number is None or number[0] > 31 + 68:
        return None
    ordinal = ordinal_at(words, start) is not None
    place = skip(words, number[1], "day") if ordinal else number[1]
    of = match_at(words, place, "of", "in")
    month_place = of if of is not None else place
    if month_place >= len(words):
        return None
    if of is not None:
        shift = match_at(words, of, "this month", "the month", "next month", "the next month")
        if shift is not None:
            later = "next" in {word.text for word in words[of:shift]}
            if "the" in {word.text for word in words[of:shift]} and not later and number[0] <= 31:
                return DayHeard(shift, next_numbered(number[0], today), by_number=True)
            year, month = (today.year + today.month // 12, today.month % 12 + 1) if later else (today.year, today.month)
            return day_of(month, number[0], year=year, today=today, end=shift)
    if words[month_place].text not in MONTHS or words[number[1] - 1].stop:
        return None
    after = words[month_place + 1].text if month_place + 1 < len(words) else ""
    if after in STREETS or (not ordinal and (of is not None or number[0] > 31)):
        return None
    return _with_year(words, month_place + 1, MONTHS[words[month_place].text], number[0], today)


def _nth_at(words: Sequence[Word], at: int, *, today: date, asked: bool) -> DayHeard | None:
    """Such as "the 3rd", "on the thirtieth": the next day of that number."""
    start = skip(words, at, "the")
    number = ordinal_at(words, start)
    if number is None:
        return None
    end = number[1]
    after = words[end].text if end < len(words) and not words[end - 1].stop else ""
    before = words[at - 1].text if at else ""
    past = match_at(words, end, "half past", "quarter past", "quarter to", "half an") is not None
    if (
        (after in _NOUNS_AFTER_ORDINAL and not past)
        or after in STREETS
        or (before in {"one", "a", "per", "every"} and start == at)
    ):
        return None
    loose = start == at and words[at].text == "first" and before != ""
    if loose and not (_is_weekday(before) or before in {"on", "until", "by", "for", "from", "through"}):
        return None  # "let's talk first, say Wednesday"
    named = start > at and (before in {"on", "until", "by", "for", "from", "through"} or after in _BEFORE_A_TIME)
    if not (asked or named or _is_weekday(before) or _settles(words, start, end)):
        return None
    if number[0] > 31:
        return DayHeard(end, problem="no_such_date")
    return DayHeard(end, next_numbered(number[0], today), by_number=True, month_open=True)


def _settles(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether "the 24th" stands for a day by its form: written in figures and not followed by a noun."""
    after = words[end].text if end < len(words) else ""
    return words[start].text[:1].isdecimal() and after in {
        "",
        "at",
        "in",
        "works",
        "would",
        "please",
        "around",
        "or",
        "is",
    }


def _is_weekday(text: str) -> bool:
    return text in {day.lower() for day in calendar.day_name} or text in {
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    }


def next_numbered(number: int, today: date) -> date:
    """The next day of the month `number` (1..31) from today on, in the first month that has it."""
    year, month = today.year, today.month
    while True:
        if _exists(year, month, number) and date(year, month, number) >= today:
            return date(year, month, number)
        year, month = year + month // 12, month % 12 + 1


def _nth_weekday_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """Such as "the second Tuesday in December", "last friday of the month"."""
    start = skip(words, at, "the")
    number = ordinal_at(words, start)
    last = match_at(words, start, "last", "final")
    place = number[1] if number else last
    if place is None or place >= len(words):
        return None
    names = [day.lower() for day in calendar.day_name]
    name = words[place].text
    of = match_at(words, place + 1, "of", "in")
    if name not in {*names, "week", "day"} or of is None:
        return None
    month = _month_named_at(words, of, today)
    if month is None:
        return None
    year, number_of_month, end = month
    if name in {"week", "day"}:
        return _nth_week(year, number_of_month, number[0] if number else None, name, end, today)
    days = [
        date(year, number_of_month, d)
        for d in range(1, calendar.monthrange(year, number_of_month)[1] + 1)
        if date(year, number_of_month, d).weekday() == names.index(name)
    ]
    wanted = len(days) if last is not None else (number[0] if number else 0)
    return DayHeard(end, days[wanted - 1]) if 1 <= wanted <= len(days) else DayHeard(end, problem="no_such_date")


def _nth_week(year: int, month: int, number: int | None, name: str, end: int, today: date) -> DayHeard | None:
    """Such as "the first week of December", "the last day of the month"; `number` None is the last."""
    last = calendar.monthrange(year, month)[1]
    if name == "day":
        return DayHeard(end, date(year, month, last)) if number is None else None
    if number is not None and not 1 <= number <= 4:
        return None
    first = last - 6 if number is None else 7 * number - 6
    return DayHeard(end, max(date(year, month, first), today), max(date(year, month, first + 6), today))


def _month_named_at(words: Sequence[Word], at: int, today: date) -> tuple[int, int, int] | None:
    """Year, month and the place after: "December", "the month", "next month"."""
    after_next = match_at(words, at, "next month", "the next month")
    if after_next is not None:
        return today.year + today.month // 12, today.month % 12 + 1, after_next
    this = match_at(words, at, "this month", "the month")
    if this is not None:
        return today.year, today.month, this
    if at < len(words) and words[at].text in MONTHS:
        month = MONTHS[words[at].text]
        return today.year + (month < today.month), month, at + 1
    return None


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _last(year: int, month: int, weekday: int) -> date:
    final = date(year, month, calendar.monthrange(year, month)[1])
    return final - timedelta(days=(final.weekday() - weekday) % 7)


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


_FIXED: Final = {
    "christmas eve": (12, 24), "xmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "xmas": (12, 25),
    "boxing day": (12, 26), "new years eve": (12, 31), "new year eve": (12, 31), "new years day": (1, 1),
    "new years": (1, 1), "new year": (1, 1), "independence day": (7, 4), "fourth of july": (7, 4),
    "veterans day": (11, 11), "juneteenth": (6, 19), "halloween": (10, 31), "valentines day": (2, 14),
    "valentines": (2, 14), "saint patricks day": (3, 17), "st patricks day": (3, 17), "cinco de mayo": (5, 5),
    "groundhog day": (2, 2), "april fools": (4, 1),
}  # fmt: skip
_MOVING: Final = (
    "thanksgiving day", "thanksgiving", "black friday", "martin luther king day", "mlk day", "presidents day",
    "memorial day", "labor day", "labour day", "columbus day", "indigenous peoples day", "mothers day", "fathers day",
    "easter sunday", "easter", "good friday", "easter monday",
)  # fmt: skip


def _moving(name: str, year: int) -> date:
    match name:
        case "thanksgiving" | "thanksgiving day":
            return _nth(year, 11, 3, 4)
        case "black friday":
            return _nth(year, 11, 3, 4) + timedelta(days=1)
        case "martin luther king day" | "mlk day":
            return _nth(year, 1, 0, 3)
        case "presidents day":
            return _nth(year, 2, 0, 3)
        case "memorial day":
            return _last(year, 5, 0)
        case "labor day" | "labour day":
            return _nth(year, 9, 0, 1)
        case "columbus day" | "indigenous peoples day":
            return _nth(year, 10, 0, 2)
        case "mothers day":
            return _nth(year, 5, 6, 2)
        case "fathers day":
            return _nth(year, 6, 6, 3)
        case "good friday":
            return _easter(year) - timedelta(days=2)
        case "easter monday":
            return _easter(year) + timedelta(days=1)
        case _:
            return _easter(year)


_OF_A_HOLIDAY: Final = each(
    "card cards picture pictures photo photos portrait portraits session sessions mini shoot tree gift gifts present "
    "presents special themed outfits lights decorations party"
)
"""What follows a holiday that is no day: "Christmas cards"."""


def holiday_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """A holiday by its name, the next one from today on."""
    start = skip(words, at, "the")
    named = match_at(words, start, *_FIXED, *_MOVING)
    if named is None or (named < len(words) and words[named].text in _OF_A_HOLIDAY):
        return None
    for name, (month, day) in _FIXED.items():
        end = match_at(words, start, name)
        if end is not None and match_at(words, start, *_FIXED) == end:
            this = date(today.year, month, day)
            return DayHeard(end, this if this >= today else date(today.year + 1, month, day))
    for name in _MOVING:
        end = match_at(words, start, name)
        if end is not None and match_at(words, start, *_MOVING) == end:
            this = _moving(name, today.year)
            return DayHeard(end, this if this >= today else _moving(name, today.year + 1))
    return None


def number_of_small(word: str) -> int | None:
    """One to nineteen in words or figures, "a" and "couple" for counting days and weeks."""
    if word.isdecimal() and len(word) < 5:
        return int(word)
    return UNITS.get(word) or TEENS.get(word) or {"a": 1, "an": 1, "couple": 2}.get(word)
