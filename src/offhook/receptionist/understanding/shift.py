"""Wishes relative to what has just been offered or booked: "an hour later", "the next day", "anything earlier"."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from offhook.receptionist.understanding.numbers import cardinal_at
from offhook.receptionist.understanding.words import plain, words_of

_LATER: Final = re.compile(r" (?:later|after that|after|back|push|postpone|following|next) ")
_EARLIER: Final = re.compile(r" (?:earlier|sooner|before that|before|forward|ahead) ")
_LENGTH: Final = re.compile(r" (half an|[\w]+)(?: (?:and a half|more|or so))? (minute|hour|day|week|month)s? ")
_NEXT: Final = re.compile(
    r" (?:the )?(?:next|following) (day|week)(?! (?:on|at )?\w*day)| (?:the )?(day|week) after(?: that)? $"
)
_PREVIOUS: Final = re.compile(r" (?:the )?(?:previous|day before|week before)(?: (day|week))?")


@dataclass(frozen=True, slots=True)
class Shift:
    """A wish for another time than the one spoken of."""

    later: bool
    by: timedelta | None = None
    """By how much; None: any other time on that side."""


def find_shift(text: str) -> Shift | None:
    """The shift wished in `text`, or None: "make it an hour later", "a day earlier", "do you have anything sooner"."""
    said = plain(text)
    following = _NEXT.search(said)
    if following is not None:
        return Shift(later=True, by=timedelta(days=7 if "week" in following[0] else 1))
    if _PREVIOUS.search(said):
        return Shift(later=False, by=timedelta(days=7 if " week " in said else 1))
    earlier = _EARLIER.search(said) is not None
    if not earlier and _LATER.search(said) is None:
        return None
    length = _length(said)
    if length is None and not re.search(r" (?:later|earlier|sooner) ", said):
        return None
    return Shift(later=not earlier, by=length)


def _length(said: str) -> timedelta | None:
    found = _LENGTH.search(said)
    if found is None:
        return None
    if found[1] == "half an":
        return timedelta(minutes=30)
    number = cardinal_at(words_of(found[1]), 0)
    count = number[0] if number is not None else {"a": 1, "an": 1, "couple": 2, "of": 2}.get(found[1])
    unit = {
        "minute": timedelta(minutes=1),
        "hour": timedelta(hours=1),
        "day": timedelta(days=1),
        "week": timedelta(days=7),
    }
    if count is None or found[2] not in unit or count > 1000:
        return None
    half = unit[found[2]] / 2 if "and a half" in found[0] else timedelta(0)
    return unit[found[2]] * count + half
