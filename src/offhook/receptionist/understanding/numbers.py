"""Numbers as they are said: "twenty three", "double oh seven", "nineteen eighty five", "1,200"."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from offhook.receptionist.understanding.words import Word, skip, texts, words_of

UNITS: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
TEENS: Final = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_ORDINAL_UNITS: Final = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
}  # fmt: skip
_ORDINALS: Final = {
    **_ORDINAL_UNITS, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15,
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_OH: Final = {"oh", "o", "zero", "nought", "naught", "ought"}
_TIMES: Final = {"double": 2, "triple": 3, "treble": 3, "quadruple": 4}
# Recognizers write these for digits; they count only between other digits.
_SOUNDS_LIKE: Final = {
    "to": "2",
    "too": "2",
    "for": "4",
    "fore": "4",
    "won": "1",
    "ate": "8",
    "tree": "3",
    "niner": "9",
}
_FIGURE: Final = re.compile(r"\d[\d,]{0,14}")


def cardinal_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The number that begins at word `at`, and the place after it: (125, 5) for "one hundred and twenty five"."""
    if at < len(words) and _FIGURE.fullmatch(words[at].text):
        return int(words[at].text.replace(",", "")), at + 1
    found = _below_thousand_at(words, at)
    if found is None:
        return None
    value, end = found
    if end < len(words) and words[end].text == "thousand" and value:
        rest = _below_thousand_at(words, skip(words, end + 1, "and"))
        return (value * 1000 + rest[0], rest[1]) if rest else (value * 1000, end + 1)
    return value, end


def _below_thousand_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    found = _below_hundred_at(words, at)
    if found is None and words[at : at + 1] and words[at].text == "a" and texts(words[at + 1 : at + 2]) == ["hundred"]:
        found = (1, at + 1)
    if found is None:
        return None
    value, end = found
    if end < len(words) and words[end].text == "hundred" and value:
        rest = _below_hundred_at(words, skip(words, end + 1, "and"))
        return (value * 100 + rest[0], rest[1]) if rest else (value * 100, end + 1)
    return value, end


def _below_hundred_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    if at >= len(words):
        return None
    word = words[at].text
    if word in UNITS:
        return UNITS[word], at + 1
    if word in TEENS:
        return TEENS[word], at + 1
    if word in TENS:
        after = words[at + 1].text if at + 1 < len(words) else ""
        if UNITS.get(after, 0) > 0 and not words[at].stop:
            return TENS[word] + UNITS[after], at + 2
        return TENS[word], at + 1
    return None


def ordinal_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The ordinal at word `at`, and the place after it: (21, 2) for "twenty first", (3, 1) for "3rd"."""
    if at >= len(words):
        return None
    word = words[at].text
    if re.fullmatch(r"\d{1,4}(?:st|nd|rd|th)", word):
        return int(word[:-2]), at + 1
    if word in _ORDINALS:
        return _ORDINALS[word], at + 1
    after = words[at + 1].text if at + 1 < len(words) else ""
    if word in TENS and after in _ORDINAL_UNITS:
        return TENS[word] + _ORDINAL_UNITS[after], at + 2
    return None


def is_number_word(text: str) -> bool:
    """Whether a word alone is a number or a part of one."""
    return text.isdecimal() or text in UNITS or text in TEENS or text in TENS or text in {"hundred", "oh"}


def find_number(text: str) -> int | None:
    """The first number said, or None: "three people" is 3, "a couple" is 2, "just me" is None."""
    words = words_of(text)
    for at, word in enumerate(words):
        found = cardinal_at(words, at)
        if found is not None:
            return found[0]
        if word.text == "couple":
            return 2
        if word.text == "dozen":
            return 12
    return None


def spoken_digits(text: str) -> str:
    """All digits said, in order: "double oh nine" is "009", "twenty three" "23", "eight hundred" "800".

    Signs between digits are left out. "oh" and "o" are zeros; "to" and "for" are digits only between other digits.
    """
    words = words_of(text)
    return "".join(digits for digits, _, _ in digit_runs(words))


def digit_runs(words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    """The digits said, piece by piece, with the places of the words that say them: ("00", 0, 2)."""
    at = 0
    while at < len(words):
        piece = _digits_at(words, at)
        if piece is None:
            at += 1
            continue
        digits, end = piece
        yield digits, at, end
        at = end


def _digits_at(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    word = words[at].text
    if any(c.isdecimal() for c in word):
        if re.fullmatch(r"[$€£].*|.*%|\d+(?:st|nd|rd|th)", word):
            return None
        return re.sub(r"\D", "", word), at + 1
    if word in _TIMES and at + 1 < len(words):
        one = _one_digit(words[at + 1].text)
        return None if one is None else (one * _TIMES[word], at + 2)
    if word in _OH:
        return "0", at + 1
    below = _below_hundred_at(words, at)
    if below is not None:
        value, end = below
        if end < len(words) and words[end].text == "hundred":
            return _hundreds(words, value, end + 1)
        if end < len(words) and words[end].text == "thousand":
            return f"{value}000", end + 1
        return str(value), end
    if word in _SOUNDS_LIKE and _between_digits(words, at):
        return _SOUNDS_LIKE[word], at + 1
    return None


def _hundreds(words: Sequence[Word], value: int, end: int) -> tuple[str, int]:
    """800 for "eight hundred", 105 for "one hundred and five"; "eight hundred five five five" goes on after 800."""
    if end < len(words) and words[end].text == "and":
        below = _below_hundred_at(words, end + 1)
        if below is not None:
            return str(value * 100 + below[0]), below[1]
    return str(value * 100), end


def _one_digit(word: str) -> str | None:
    if word in _OH:
        return "0"
    if word in UNITS:
        return str(UNITS[word])
    return word if len(word) == 1 and word.isdecimal() else None


def _between_digits(words: Sequence[Word], at: int) -> bool:
    def digit(place: int) -> bool:
        return 0 <= place < len(words) and (_one_digit(words[place].text) is not None or words[place].text in _TIMES)

    return digit(at - 1) and digit(at + 1) and not words[at - 1].stop
