"""Days named by their distance from today: "tomorrow", "next Tuesday", "a week from Friday", "the end of the month".

The usual readings, where English has two:

- "Tuesday", "this Tuesday", "this coming Tuesday": the first one after today.
- "next Tuesday": the Tuesday of next week (weeks begin on Monday), and never tomorrow.
- "Tuesday week", "a week from Tuesday", "Tuesday after next": seven days after the first one.
- "next week": Monday to Sunday. "this weekend": Saturday and Sunday.
"""

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from offhook.receptionist.understanding.dates import MONTHS, DayHeard, date_at, holiday_at, number_of_small
from offhook.receptionist.understanding.numbers import cardinal_at
from offhook.receptionist.understanding.words import Word, match_at, skip

WEEKDAYS: Final = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
    "mondays": 0, "tuesdays": 1, "wednesdays": 2, "thursdays": 3, "fridays": 4, "saturdays": 5, "sundays": 6,
    "tues": 1, "tue": 1, "weds": 2, "thurs": 3, "thur": 3, "thu": 3, "wensday": 2, "wednsday": 2, "tuseday": 1,
    "teusday": 1, "thrusday": 3, "saterday": 5, "wendesday": 2, "wednessday": 2, "firday": 4,
}  # fmt: skip
_ALSO_WORDS: Final = {"mon": 0, "wed": 2, "fri": 4, "sat": 5, "sun": 6}
_BEFORE_SHORT: Final = {
    "",
    "on",
    "this",
    "next",
    "coming",
    "by",
    "or",
    "and",
    "for",
    "about",
    "make",
    "to",
    "until",
    "-",
}
_LONGEST_ANCHOR: Final = 9
"""Words of a day from which is counted; without a bound "the day before the day before ..." would go deep."""
_ONE_DAY: Final = timedelta(days=1)


def day_at(words: Sequence[Word], at: int, *, today: date, asked: bool) -> DayHeard | None:
    """The day or stretch of days that begins at word `at`."""
    return (
        _simple_at(words, at, today)
        or _week_beside_at(words, at, today=today, asked=asked)
        or _counted_at(words, at, today=today, asked=asked)
        or _beside_at(words, at, today=today, asked=asked)
        or _week_at(words, at, today)
        or _part_of_stretch_at(words, at, today)
        or (None if match_at(words, at, "in the new year") else date_at(words, at, today=today, asked=asked))
        or _weekday_at(words, at, today)
        or _month_alone_at(words, at, today, asked=asked)
    )


def _simple_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    end = match_at(words, at, "day after tomorrow", "the day after tomorrow", "overmorrow")
    if end is not None:
        return DayHeard(end, today + 2 * _ONE_DAY)
    end = match_at(words, at, "tomorrow")
    if end is not None:
        week = match_at(words, end, "week")
        return DayHeard(week, today + 8 * _ONE_DAY) if week else DayHeard(end, today + _ONE_DAY)
    end = match_at(words, at, "today", "this very day", "same day", "the same day")
    if end is not None:
        week = match_at(words, end, "week")
        return DayHeard(week, today + 7 * _ONE_DAY) if week else DayHeard(end, today)
    if words[at].text == "tonight":
        return DayHeard(at, today)  # the word also says which part of the day
    if match_at(words, at, "this morning", "this afternoon", "this evening") is not None:
        return DayHeard(at + 1, today)
    return None


def _counted_at(words: Sequence[Word], at: int, *, today: date, asked: bool) -> DayHeard | None:
    """Such as "in three days", "two weeks from Tuesday", "a week on Friday", "within ten days", "in half an hour"."""
    coming = _coming_days_at(words, at, today)
    if coming is not None:
        return coming
    start = match_at(words, at, "in", "within")
    place = start if start is not None else at
    place = skip(words, place, "about", "like", "another", "exactly")
    half = match_at(words, place, "half an hour", "a half hour")
    if start is not None and half is not None:
        return DayHeard(half, today, from_now=timedelta(minutes=30))
    count = _count_at(words, place)
    if count is None or count[1] >= len(words):
        return None
    number, unit_place = count
    unit = words[unit_place].text
    if unit in WEEKDAYS and match_at(words, unit_place + 1, "from now", "from today", "away") is not None:
        return DayHeard(unit_place + 3, _coming(WEEKDAYS[unit], today) + 7 * (number - 1) * _ONE_DAY)
    end = unit_place + 1
    from_now = match_at(words, end, "from now")
    if unit in {"hour", "hours", "minute", "minutes"} and (start is not None or from_now is not None):
        length = timedelta(hours=number) if unit.startswith("hour") else timedelta(minutes=number)
        return DayHeard(from_now or end, today, from_now=length)
    length_days = {"day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "fortnights": 14}.get(unit)
    if length_days is None and unit not in {"month", "months"}:
        return None

    def ahead(day: date) -> date:
        return day + timedelta(days=length_days * number) if length_days else _months_later(day, number)

    joined = match_at(words, end, "from", "after", "on", "past", "before", "ahead of")
    if unit in {"week", "weeks", "fortnight"} and number == 1 and joined is None:
        joined = end if _anchor_at(words, end, today=today, asked=asked) else None
    if joined is not None:
        back = words[end].text in {"before", "ahead"}
        anchor = _anchor_at(words, joined, today=today, asked=asked)
        if anchor is not None and anchor.day is not None:
            return DayHeard(anchor.end, anchor.day - (ahead(anchor.day) - anchor.day) if back else ahead(anchor.day))
    return _ahead(words, at, end, today, ahead(today)) if start is not None else None


def _ahead(words: Sequence[Word], at: int, end: int, today: date, day: date) -> DayHeard:
    """Such as "in two weeks", "in two weeks on a Tuesday", "within ten days"."""
    end = skip(words, end, "time")
    if words[at].text == "within":
        return DayHeard(end, today, day)
    place = skip(words, end, "on", "a", "the")
    weekday = weekday_word(words, place) if day - today >= timedelta(days=7) else None
    if weekday is not None:
        return DayHeard(place + 1, day + timedelta(days=weekday - today.weekday()))
    return DayHeard(end, day)


def _coming_days_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """Such as "the next few days", "in the next two weeks", "in a few days"."""
    start = match_at(words, at, "in a few days", "in the next few days", "within a few days", "next few days")
    if start is not None:
        return DayHeard(start, today + _ONE_DAY, today + 5 * _ONE_DAY)
    place = match_at(words, at, "in the next", "within the next", "over the next", "during the next", "the next")
    count = _count_at(words, place) if place is not None else None
    if count is None or count[1] == place or count[1] >= len(words):
        return None
    days = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 31}.get(words[count[1]].text)
    return DayHeard(count[1] + 1, today, today + days * count[0] * _ONE_DAY) if days else None


def _count_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    if at >= len(words):
        return None
    couple = match_at(words, at, "a couple of", "a couple", "couple of", "couple")
    if couple is not None:
        return 2, couple
    number = cardinal_at(words, at)
    if number is not None:
        return number if 0 < number[0] < 400 else None
    small = number_of_small(words[at].text)
    if small is None:
        return (1, at) if words[at].text in {"week", "fortnight"} else None
    return small, at + 1


def _anchor_at(words: Sequence[Word], at: int, *, today: date, asked: bool) -> DayHeard | None:
    """The day from which is counted: "from now", "from this Friday", "after Thanksgiving"."""
    now = match_at(words, at, "now", "today")
    if now is not None:
        return DayHeard(now, today)
    if at >= len(words):
        return None
    heard = day_at(words[: at + _LONGEST_ANCHOR], at, today=today, asked=asked)
    return heard if heard is not None and heard.day is not None and heard.last_day is None else None


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _beside_at(words: Sequence[Word], at: int, *, today: date, asked: bool) -> DayHeard | None:
    """Such as "the day before Thanksgiving", "the Monday after Christmas", "Tuesday after next", "week after next"."""
    start = skip(words, at, "the")
    if start >= len(words):
        return None
    weekday = WEEKDAYS.get(words[start].text)
    after_next = match_at(words, start + 1, "after next")
    if weekday is not None and after_next is not None:
        return DayHeard(after_next, _coming(weekday, today) + 7 * _ONE_DAY)
    if weekday is None and words[start].text != "day":
        return None
    side = match_at(words, start + 1, "before", "after", "following")
    if side is None or side >= len(words):
        return None
    # "Tuesday after 2" is no day after a day: the anchor must be one by name or date.
    anchor = holiday_at(words, side, today) or (
        _anchor_at(words, side, today=today, asked=asked) if weekday is None or _names_day(words, side) else None
    )
    if anchor is None or anchor.day is None:
        return None
    before = words[start + 1].text == "before"
    if weekday is None:
        return DayHeard(anchor.end, anchor.day - _ONE_DAY if before else anchor.day + _ONE_DAY)
    gap = (anchor.day.weekday() - weekday) % 7 or 7 if before else (weekday - anchor.day.weekday()) % 7 or 7
    return DayHeard(anchor.end, anchor.day - timedelta(days=gap) if before else anchor.day + timedelta(days=gap))


def _week_beside_at(words: Sequence[Word], at: int, *, today: date, asked: bool) -> DayHeard | None:
    """Such as "the week after Thanksgiving", Monday to Sunday; "a week after" is seven days after."""
    side = match_at(words, skip(words, at, "the"), "week after", "week before", "week following")
    anchor = _anchor_at(words, side, today=today, asked=asked) if side is not None else None
    if side is None or anchor is None or anchor.day is None:
        return None
    weeks = -1 if words[side - 1].text == "before" else 1
    monday = anchor.day + timedelta(days=7 * weeks - anchor.day.weekday())
    return _in_week(words, anchor.end, monday, today)


def _names_day(words: Sequence[Word], at: int) -> bool:
    return words[at].text in MONTHS or words[at].text == "the" or "/" in words[at].text


def _week_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """Such as "next week", "the week after next", "next week Tuesday", "the week of December 7th", "weekend"."""
    monday = today - timedelta(days=today.weekday())
    start = skip(words, at, "the")
    weekend = match_at(words, start, "this weekend", "this coming weekend", "weekend", "weekends")
    if weekend is not None and (month := _month_after(words, weekend, today)) is not None and month.day is not None:
        saturday = month.day + timedelta(days=(5 - month.day.weekday()) % 7)
        return DayHeard(month.end, saturday, saturday + _ONE_DAY)
    if weekend is not None:
        saturday = max(monday + 5 * _ONE_DAY, today)
        return DayHeard(weekend, saturday, monday + 6 * _ONE_DAY)
    end = match_at(words, start, "next weekend")
    if end is not None:
        return DayHeard(end, monday + 12 * _ONE_DAY, monday + 13 * _ONE_DAY)
    of = match_at(words, start, "week of", "week beginning", "week starting")
    if of is not None:
        anchor = _anchor_at(words, of, today=today, asked=True)
        if anchor is not None and anchor.day is not None:
            begin = anchor.day - timedelta(days=anchor.day.weekday())
            return DayHeard(anchor.end, max(begin, today), begin + 6 * _ONE_DAY)
    for shift, names in (
        (14, ("week after next", "week after that")),
        (7, ("next week", "following week", "next wk", "coming week", "next weeks")),
        (0, ("this week", "rest of the week", "rest of this week", "later this week")),
    ):
        end = match_at(words, start, *names)
        if end is not None:
            return _in_week(words, end, monday + timedelta(days=shift), today)
    return None


def _month_after(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """The month in "a weekend in December"."""
    place = match_at(words, at, "in", "of")
    return _month_at(words, place, today) if place is not None else None


def _in_week(words: Sequence[Word], end: int, monday: date, today: date) -> DayHeard:
    place = skip(words, end, "on", "say", "like")
    weekday = WEEKDAYS.get(words[place].text) if place < len(words) and not words[end - 1].stop else None
    if weekday is not None:
        day = monday + timedelta(days=weekday)
        return DayHeard(place + 1, day if day > today else day + 7 * _ONE_DAY, weekday=weekday)
    return DayHeard(end, max(monday, today), monday + 6 * _ONE_DAY)


def _part_of_stretch_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """Such as "the end of the month", "early next week", "mid December", "beginning of next month"."""
    start = skip(words, at, "the")
    part = match_at(words, start, *_PARTS)
    if part is None:
        return None
    first, last = _PARTS[" ".join(word.text for word in words[start:part])]
    place = skip(words, part, "of", "in", "on")
    if place >= len(words):
        return None
    month = _month_at(words, place, today)
    week = _week_at(words, place, today)
    this_week = match_at(words, place, "the week")
    if week is None and this_week is not None:
        week = _in_week(words, this_week, today - timedelta(days=today.weekday()), today)
    whole = week or month
    if whole is None or whole.last_day is None:
        return None
    length = 5 if week else whole.last_day.day
    begin = whole.last_day - timedelta(days=6) if week else whole.last_day.replace(day=1)
    day = begin + timedelta(days=round(first * length))
    last_day = begin + timedelta(days=max(round(last * length) - 1, 0))
    return DayHeard(whole.end, max(day, today), max(last_day, today))


_PARTS: Final = {
    "beginning": (0.0, 0.34), "start": (0.0, 0.34), "early": (0.0, 0.4), "earlier": (0.0, 0.4),
    "middle": (0.34, 0.67), "mid": (0.34, 0.67), "end": (0.8, 1.0), "late": (0.6, 1.0), "later": (0.4, 1.0),
    "first half": (0.0, 0.5), "second half": (0.5, 1.0),
}  # fmt: skip


def _month_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """A whole month, from today on: "next month", "this month", "December"."""
    start = skip(words, at, "the")
    end = match_at(words, start, "next month", "following month")
    if end is not None:
        return _whole_month(_months_later(today, 1), today, end)
    end = match_at(words, start, "this month", "month", "rest of the month")
    if end is not None and (words[start].text != "month" or start > at):
        return _whole_month(today, today, end)
    if start < len(words) and words[start].text in MONTHS:
        month = MONTHS[words[start].text]
        return _whole_month(date(today.year + (month < today.month), month, 1), today, start + 1)
    return None


def _whole_month(day: date, today: date, end: int) -> DayHeard:
    first = day.replace(day=1)
    return DayHeard(end, max(first, today), first.replace(day=calendar.monthrange(day.year, day.month)[1]))


def _month_alone_at(words: Sequence[Word], at: int, today: date, *, asked: bool) -> DayHeard | None:
    year_end = match_at(words, at, "next year", "in the new year", "after the new year", "early in the new year")
    if year_end is not None:
        return DayHeard(year_end, date(today.year + 1, 1, 1), date(today.year + 1, 1, 31))
    start = skip(words, at, "in", "during", "sometime")
    if words[at].text in MONTHS:
        return _month_at(words, at, today) if asked and words[at].text not in {"may", "march", "mar"} else None
    if start > at and start < len(words):
        if match_at(words, start, "the month") is not None:
            return None
        return _month_at(words, start, today)
    return _month_at(words, at, today) if match_at(words, at, "next month", "this month", "the next month") else None


def _weekday_at(words: Sequence[Word], at: int, today: date) -> DayHeard | None:
    """Such as "Tuesday", "this coming Thursday", "Tuesday week", "Tuesday next week", "Friday this week"."""
    monday = today - timedelta(days=today.weekday())
    start = skip(words, at, "the")
    coming = match_at(
        words,
        start,
        "this coming",
        "this next",
        "this upcoming",
        "the coming",
        "coming",
        "upcoming",
        "this",
        "following",
    )
    following = match_at(words, start, "next") if coming is None else None
    place = coming or following or at
    weekday = weekday_word(words, place)
    if weekday is None:
        return None
    end = place + 1
    week_word = match_at(words, end, "week")
    if week_word is not None and match_at(words, week_word, "of", "or") is None:
        return DayHeard(week_word, _coming(weekday, today) + 7 * _ONE_DAY)
    if not words[place].stop:
        of = skip(words, end, "of", "in", "the")
        for shift, name in ((7, "next week"), (7, "following week"), (14, "week after next"), (0, "this week")):
            week_end = match_at(words, of, name)
            if week_end is not None:
                day = monday + timedelta(days=shift + weekday)
                return DayHeard(week_end, day if day >= today else day + 7 * _ONE_DAY, weekday=weekday)
        after = match_at(words, end, "after next")
        if after is not None:
            return DayHeard(after, _coming(weekday, today) + 7 * _ONE_DAY)
    if following is not None:
        day = monday + timedelta(days=7 + weekday)
        day = day + 7 * _ONE_DAY if day - today <= _ONE_DAY else day
        return DayHeard(end, day, weekday=weekday)
    return replace(DayHeard(end, _coming(weekday, today)), weekday=weekday)


def weekday_word(words: Sequence[Word], at: int) -> int | None:
    """The weekday named by one word; "sat" and "sun" only where a day can stand."""
    if at >= len(words):
        return None
    name = words[at].text
    if name in WEEKDAYS:
        return WEEKDAYS[name]
    before = words[at - 1].text if at and not words[at - 1].stop else ""
    return _ALSO_WORDS.get(name) if before in _BEFORE_SHORT else None


def _coming(weekday: int, today: date) -> date:
    """The first such weekday after today."""
    return today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
