"""Generates what callers say: days, times, names, numbers, letters, addresses. Always the same, in the same order."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path

from offhook.receptionist import callers_words as w

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_CLOCK = re.compile(r"\b(\d{1,2}):([0-5]\d)\b")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
_FIGURE = re.compile(r"[0-9]+")
_NAMES = Path(__file__).with_name("names.txt")
_MINUTES = ("fifteen", "thirty", "forty five", "thirty", "ten", "twenty")


def words_of(text: str) -> str:
    """A text as it is said: lower-case words without punctuation, figures in words."""
    plain = text.lower().replace("\u2019", "'")
    for pattern, said in ((_CLOCK, _clock), (_ORDINAL, _ordinal), (_FIGURE, _figure)):
        plain = pattern.sub(said, plain)
    return " ".join(_WORD.findall(plain))


def _clock(found: re.Match[str]) -> str:
    hour, minutes = int(found[1]), int(found[2])
    return f" {_below_hundred(hour)} {_below_hundred(minutes) if minutes else ''} "


def _ordinal(found: re.Match[str]) -> str:
    number = int(found[1])
    return f" {w.ORDINALS[number - 1]} " if 1 <= number <= len(w.ORDINALS) else " "


def _figure(found: re.Match[str]) -> str:
    if len(found[0]) <= 2:
        return f" {_below_hundred(int(found[0]))} "
    return " " + " ".join(w.DIGITS[int(digit)] for digit in found[0]) + " "


def _below_hundred(number: int) -> str:
    if number < 20:
        return (*w.DIGITS, *w.TEENS)[number]
    unit = number % 10
    return w.TENS[number // 10 - 2] + (f" {w.DIGITS[unit]}" if unit else "")


def dice(seed: int = 1) -> Iterator[int]:
    """Numbers without a pattern, the same every time: a linear congruential generator's upper bits."""
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        yield seed >> 33


def blend(count: int, *slots: Sequence[str]) -> Iterator[str]:
    """`count` sentences, each with one of every slot's wordings."""
    throws = dice(len(slots) * 1000 + count)
    for _ in range(count):
        yield " ".join(filter(None, (slot[next(throws) % len(slot)] for slot in slots)))


@cache
def days() -> tuple[str, ...]:
    """Ways to name a day, weekdays most."""
    plain = ("today", "tomorrow", "tomorrow", "the day after tomorrow", "next week", "this week", "later this week")
    weekdays = (*w.WEEKDAYS, *w.WEEKDAYS, *w.WEEKDAYS, *(f"next {day}" for day in w.WEEKDAYS))
    others = [f"this {day}" for day in w.WEEKDAYS] + [f"a week from {day}" for day in w.WEEKDAYS]
    with_part = [f"{day} {part}" for day in ("tomorrow", *w.WEEKDAYS) for part in w.PARTS]
    return (*plain, *weekdays, *others, *with_part, *islice(dates(), 0, None, 6))


@cache
def _dates() -> tuple[str, ...]:
    plain = [f"{month} {day}" for month in w.MONTHS for day in w.ORDINALS]
    formal = [f"{month} the {day}" for month in w.MONTHS for day in w.ORDINALS[::3]]
    european = [f"the {day} of {month}" for month in w.MONTHS for day in w.ORDINALS[1::3]]
    return (*plain, *formal, *european, *(f"the {day}" for day in w.ORDINALS * 3))


def dates() -> Iterator[str]:
    """Days by the calendar."""
    yield from _dates()


@cache
def times() -> tuple[str, ...]:
    """Ways to name a time of day, those of business hours most."""
    hours = (*w.DIGITS[1:], "ten", "eleven", "twelve")
    plain = [hour for hour in hours for _ in range(3)]
    clock = [f"{hour} o'clock" for hour in hours]
    halves = [f"{hour} {minutes}" for hour in hours for minutes in _MINUTES]
    said = [f"{mark} {hour}" for mark in ("half past", "quarter past", "quarter to") for hour in hours]
    exact = [f"{time} {half}" for time in (*hours, *halves[::2]) for half in ("a m", "p m")]
    return (*plain, *plain, *clock, *halves, *said, *exact, "noon", "noon")


@cache
def whens() -> tuple[str, ...]:
    """A day, a time or both, as they follow a wish: "on tuesday at three"."""
    on = [day if day.split()[0] in _BARE else f"on {day}" for day in days()]
    at = [f"at {time}" for time in times()]
    in_part = [f"in the {part}" for part in w.PARTS]
    return (*on, *blend(500, on, (*at, *at, *in_part)), *blend(80, days(), at), *blend(60, at, on), *at[::6], *in_part)


_BARE = frozenset(("today", "tomorrow", "next", "this", "later", "a", "the"))


def when_answers() -> Iterator[str]:
    """Answers to "when would suit you?"."""
    leads = (
        "",
        "",
        "",
        "",
        "",
        "how about",
        "can i come",
        "i can come",
        "maybe",
        "is",
        "what about",
        "no",
        "let's say",
    )
    ends = ("", "", "", "", "please", "if possible", "works", "would be good")
    at = tuple(f"at {time}" for time in times())
    yield from blend(900, leads, days(), at, ends)
    yield from blend(500, leads, days(), ("", "", *times()), ends)
    yield from blend(300, leads, ("on", "on", "on the"), w.WEEKDAYS, at)
    yield from blend(600, leads, whens(), ends)
    yield from blend(300, ("", "", "at", "at", "around", "after", "before", "can we do"), times(), ends)
    yield from blend(200, ("no not", "not", "sorry i meant", "i meant", "no"), days(), ("", *at[::4]))
    yield from blend(400, ("", "", "on"), _dates(), ("", "", "", *at))
    yield from (*w.PARTS, *(f"in the {part}" for part in w.PARTS)) * 6
    yield from w.OTHERS * 4


@cache
def _names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    _, given, family = _NAMES.read_text().replace("first:", "\f").replace("last:", "\f").split("\f")[-3:]
    return tuple(given.split()), tuple(family.split())


def first_names() -> tuple[str, ...]:
    """Common given names."""
    return _names()[0]


def names(count: int) -> Iterator[str]:
    """Given and family names together."""
    yield from blend(count, *_names())


def name_answers() -> Iterator[str]:
    """Answers to "what is your name?"."""
    given, family = _names()
    yield from blend(2500, w.NAME_LEADS, given, family)
    yield from blend(400, w.NAME_LEADS, given)
    yield from blend(150, w.NAME_LEADS[:8], family)
    yield from spellings(400)


def spellings(count: int) -> Iterator[str]:
    """Names letter by letter."""
    given, family = _names()
    spelled = [" ".join(name) for name in (*given, *family)]
    doubled = [_with_double(name) for name in (*given, *family)]
    yield from blend(
        count, ("", "", "", "", "it is", "that is", "it's spelled", "sure"), (*spelled, *spelled, *doubled)
    )
    likes = [f"{name[0]} as in {name}" for name in given[::3]]
    yield from blend(count // 8, likes, ("", *likes))
    yield from blend(count // 10, ("it is spelled", "capital", "double"), w.LETTERS)


def _with_double(name: str) -> str:
    """Letter by letter: "smitty" as "s m i double t y"."""
    letters: list[str] = []
    for letter in name:
        if letters and letters[-1] == letter:
            letters[-1] = f"double {letter}"
        else:
            letters.append(letter)
    return " ".join(letters)


def phone_numbers(count: int) -> Iterator[str]:
    """Numbers of the North American plan digit by digit, with and without the area code."""
    throws = dice(count)
    for number in range(count):
        length = 7 if number % 4 == 0 else 10
        said = [w.DIGITS[next(throws) % 10] for _ in range(length)]
        if number % 5 == 0:
            said = ["oh" if digit == "zero" else digit for digit in said]
        if number % 9 == 0:
            said.insert(0, "one")
        if number % 6 == 0:
            said[-7:-4] = ["five", "five", "five"]
        yield " ".join(said)


def phone_answers() -> Iterator[str]:
    """Answers to "what number can we reach you at?"."""
    yield from blend(300, w.PHONE_LEADS, tuple(phone_numbers(200)))
    yield from phone_numbers(2600)
    yield from blend(
        60, ("this one", "this number", "the number i am calling from", "the one i'm calling from"), ("", "is fine")
    )


def mail_answers() -> Iterator[str]:
    """E-mail addresses as they are said."""
    given, family = _names()
    people = (*given, *blend(300, given, family), *blend(200, given, ("dot",), family))
    spelled = tuple(" ".join(name) for name in (*given[::3], *family[::3]))
    local = (*people, *spelled, *blend(100, given, w.DIGITS, w.DIGITS))
    yield from blend(1600, ("", "", "", "it is", "my email is"), local, ("at",), w.MAIL_HOSTS, w.DOMAINS)
    yield from blend(40, ("i don't have", "i do not have"), ("email", "an email", "one"))


def small_numbers() -> tuple[str, ...]:
    """Numbers up to some thousands."""
    tens = [f"{ten} {unit}" for ten in w.TENS for unit in w.DIGITS[1:]]
    hundreds = [f"{unit} {big}" for unit in (*w.DIGITS[1:], "a") for big in ("hundred", "thousand")]
    years = [f"{century} {ten}" for century in ("nineteen", "twenty") for ten in (*w.TENS[5:], *w.TEENS, *tens[::2])]
    fractions = ("a couple", "none", "both", "all of them", "a few", "half", "one and a half")
    return (*w.DIGITS, *w.DIGITS, *w.TEENS, *w.TENS, *tens, *hundreds, *years, *fractions)


def number_answers() -> Iterator[str]:
    """Answers to "how many?"."""
    yield from blend(1500, ("", "", "", "about", "it is", "maybe", "i think", "just"), small_numbers(), w.UNITS)


def address_answers() -> Iterator[str]:
    """Street addresses as they are said."""
    house = (*small_numbers()[20:], *blend(300, w.DIGITS[1:], w.DIGITS), *blend(300, *(w.DIGITS[1:],) * 3))
    house = (
        *house,
        *blend(200, w.DIGITS[1:], ("hundred",)),
        *blend(200, w.TEENS, tuple(w.TENS)),
        *blend(200, *(w.DIGITS,) * 4),
    )
    ends = ("", "", "", "apartment one", "apartment two", "apartment three", "unit four", "new york", "in brooklyn")
    yield from blend(
        1800, ("", "", "", "it is", "it's", "my address is", "i live at"), house, w.STREETS, w.STREET_KINDS, ends
    )
