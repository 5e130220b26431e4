"""Street addresses, typed or spoken: "twelve march street", "I'm at 150 West 4th St, apartment 5"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from offhook.receptionist.understanding.corrections import versions
from offhook.receptionist.understanding.dates import STREETS
from offhook.receptionist.understanding.name_words import REFUSALS, is_request
from offhook.receptionist.understanding.numbers import cardinal_at, is_number_word, spoken_digits
from offhook.receptionist.understanding.words import Word, clipped, each, words_of

_SUFFIXES: Final = STREETS | each("turnpike pike loop broadway row walk heights plaza crossing")
_LEAD: Final = re.compile(
    r"(?i)^(?:(?:uh|um|yes|yeah|sure|ok|okay|so|well|oh|hi|hello|and)[,\s]+)*(?:(?:my|the|our)\s+(?:\w+\s+)?(?:address|location|place|"
    r"house|home|property)\s*(?:is|would be|'s|:)?(?:\s+at|\s+on)?\s+"
    r"|(?:it'?s|it is|that'?s|i'?m|i am|we'?re|we are|i live|we live)\s+"
    r"(?:at|on|over at|in)?\s*|(?:at)\s+)?"
)
_TRAILING: Final = re.compile(
    r"(?i)[,\s]+(?:please|thanks|thank you|and\s+(?:my|i|the|it|there)\b.*"
    r"|(?:my\s+|the\s+)?(?:number|phone|cell|name)\b.*|but\s.*|can\s+you.*|i\s+(?:need|have|want).*)$"
)
_PLACED: Final = re.compile(
    r"(?i)^\W*(?:(?:uh|um|well|so|yes|yeah|ok|okay)\W+)*(?:i'?m|i am|we'?re|we are) "
    r"(?:at|on|in|by|near|outside|behind)\b"
)
_LETTERED: Final = each("avenue ave street route highway")
_UNITS: Final = each("apartment apt unit suite floor ste number # room building")
_DIRECTIONS: Final = each("north south east west northeast northwest southeast southwest n s e w ne nw se sw")
_PLACES: Final = each(
    "corner between near mall station hotel center centre building county town exit mile marker lot parking route "
    "airport highway on at in by behind across outside front next"
)
_THINGS: Final = each("locks doors keys cars people miles minutes hours days weeks thousand dollars times years old")
"""What is counted, where a number is no house's."""
_NO_STREET: Final = each(
    "a an the and or but if is are was be to by on in at of with from about for my your his her their me i you we it "
    "im its this that these not wont cant doesnt dont can will would am pm oclock miles minutes hours thousand "
    "doors locks best only more just right need"
)
"""Words that stand between a number and "drive", "way" or "place" where no street is meant."""
_NO_TOWN: Final = each(
    "is and the i it we so but can could please there with for that where because has my on tomorrow today"
)


def find_address(text: str, *, asked: bool = False) -> str | None:
    """The address in `text` as it should be written, or None. With `asked`, "the corner of 5th and Main" counts.

    Spoken house numbers become figures: "twenty three elm street" is "23 Elm Street".
    """
    for version in reversed(versions(text)):
        found = _street_in(version)
        if found is not None:
            return found
    return _free(text) if asked else None


def without_street(text: str) -> str:
    """`text` with one word in the place of its street and number, whose figures are no part of a telephone number."""
    found = _street(words_of(text))
    if found is None:
        return text
    raw = text.split()
    return " ".join([*raw[: found.first], "street", *raw[found.last + 1 :]])


@dataclass(frozen=True, slots=True)
class _Street:
    figure: str
    first: int
    """Place of the house number in the utterance, split at white space."""
    named: int
    """Place of the first word of the street's name."""
    last: int
    """Place of the word for a street."""


def _street_in(text: str) -> str | None:
    """A house number, one to four words, a word for a street, and what follows of unit, town and post code."""
    text = clipped(text)
    found = _street(words_of(text))
    return None if found is None else _composed(found.figure, text.split(), found.named, found.last)


def _street(words: Sequence[Word]) -> _Street | None:
    for at in range(len(words)):
        goes_on = at and is_number_word(words[at - 1].text) and not words[at - 1].stop
        number = None if goes_on else _house_number(words, at)
        if number is None:
            continue
        figure, end = number
        for place in range(end, min(len(words), end + 5)):
            if place == end and words[place].text in _LETTERED and _names_one(words, place + 1):
                return _Street(figure, words[at].place, words[place].place, words[place + 1].place)
            if words[place].text in _SUFFIXES and (place > end or words[place].text == "broadway"):
                return _Street(figure, words[at].place, words[end].place, words[place].place)
            if words[place].text in _NO_STREET or (place == end and is_number_word(words[place].text)):
                break
            if words[place].stop and len(words[place].text) > 2:
                break
    return None


def _names_one(words: Sequence[Word], at: int) -> bool:
    """Whether a letter or a number follows that names a street: "Avenue P", "Route 9"."""
    return at < len(words) and re.fullmatch(r"[a-z]|\d{1,3}(?:st|nd|rd|th)?", words[at].text) is not None


def _house_number(words: Sequence[Word], at: int) -> tuple[str, int] | None:
    """The number of a house as figures: "12", "1250" for "twelve fifty", "4B"."""
    if re.fullmatch(r"\d{1,6}", words[at].text):
        end = at + 1
        if end < len(words) and len(words[end].text) == 1 and words[end].place == words[at].place:
            return f"{words[at].text}{words[end].text.upper()}", end + 1
        return words[at].text, end
    if cardinal_at(words, at) is None and words[at].text not in {"oh", "double", "triple"}:
        return None
    end = at
    while end < len(words) and (is_number_word(words[end].text) or words[end].text in {"and", "double", "thousand"}):
        end += 1
    if end < len(words) and words[end - 1].text == "and":
        end -= 1
    said = " ".join(word.text for word in words[at:end])
    whole = cardinal_at(words, at)
    figure = str(whole[0]) if whole is not None and whole[1] == end else spoken_digits(said)
    return (figure, end) if 1 <= len(figure) <= 6 else None


def _composed(figure: str, raw: list[str], first: int, last: int) -> str:
    street = " ".join(_written(word) for word in raw[first : last + 1])
    rest = " ".join(raw[last + 1 :])
    ends = re.search(r"[!?]|\w{5,}\.\s*$", raw[last]) is not None
    rest = "" if ends else _TRAILING.sub("", f" {rest}").strip()
    parts = rest.removeprefix("in ").split()
    if parts and not (raw[last].endswith(",") or parts[0].lower() in _UNITS | _DIRECTIONS or len(parts) <= 4):
        parts = []
    if parts and parts[0].lower().strip(",.") in _NO_TOWN:
        parts = []
    tail = " ".join(_written(word) for word in parts)
    joint = "" if not tail else " " if raw[last].endswith(",") or parts[0].lower() in _DIRECTIONS else ", "
    return f"{figure} {street}{joint}{tail}".rstrip(" .,!?")


def _free(text: str) -> str | None:
    """What was said when we asked for the address, without "it's at"; not a refusal, a question or a bare yes."""
    said = _TRAILING.sub("", _LEAD.sub("", " ".join(clipped(text).split()), count=1)).strip(" .,!")
    asks = is_request(text) and _PLACED.match(text) is None
    if not said or "?" in text or REFUSALS.search(text) or asks:
        return None
    words = [word.text for word in words_of(said)]
    numbered = any(is_number_word(w) or w[0].isdecimal() for w in words) and not set(words) & _THINGS
    if len(words) < 2 or not (set(words) & (_SUFFIXES | _PLACES) or numbered):
        return None
    return said[:1].upper() + said[1:]


def _written(word: str) -> str:
    """A street's word with its capital, as typed otherwise."""
    return word if word != word.lower() or word[:1].isdecimal() else word[:1].upper() + word[1:]
