"""Amounts of money in words or figures, in minor units: "$85.50", "60 to 90 dollars", "sixty dollars"."""

import re
from collections.abc import Sequence
from typing import Final

from offhook.receptionist.understanding.numbers import cardinal_at
from offhook.receptionist.understanding.words import Word, words_of

_SIGNED: Final = re.compile(
    r"[$€£]\s?(\d[\d,]*)(?:\.(\d\d))?(?:\s?(?:to|-|and|or)\s?(\d[\d,]*)(?:\.(\d\d))?(?![\d:%]|\s?[ap]m))?",
    re.IGNORECASE,
)
_UNITS: Final = frozenset({"dollar", "dollars", "bucks", "euro", "euros", "pounds"})
_JOINTS: Final = frozenset({"to", "and", "or", "-"})
_FIGURE: Final = re.compile(r"\d[\d,]*\.\d\d")
_LONGEST: Final = 8
"""Words of a number, at most."""


def amounts_in(text: str) -> frozenset[int]:
    """All amounts in `text`."""
    found = set()
    for whole, part, other, other_part in _SIGNED.findall(text):
        found.add(_minor(whole, part))
        if other:
            found.add(_minor(other, other_part))
    if any(unit in text.lower() for unit in _UNITS):
        found |= _in_words(text)
    return frozenset(found)


def _in_words(text: str) -> set[int]:
    words = words_of(_FIGURE.sub(lambda figure: figure.group().split(".")[0], text))
    found: set[int] = set()
    for at, word in enumerate(words):
        if word.text not in _UNITS:
            continue
        end = at
        while (number := _number_before(words, end)) is not None:
            value, end = number
            found.add(value * 100)
            if not end or words[end - 1].text not in _JOINTS:
                break
            end -= 1
    return found


def _number_before(words: Sequence[Word], end: int) -> tuple[int, int] | None:
    """The longest number that ends before word `end`, and where it begins."""
    for begin in range(max(0, end - _LONGEST), end):
        number = cardinal_at(words, begin)
        if number is not None and number[1] == end:
            return number[0], begin
    return None


def _minor(whole: str, part: str) -> int:
    return int(whole.replace(",", "")) * 100 + int(part or 0)
