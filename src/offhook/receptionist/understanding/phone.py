"""Telephone numbers, typed or dictated: "555-867-5309", "two one two, triple five, oh one four seven"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import phonenumbers

from offhook.receptionist.understanding.address import without_street
from offhook.receptionist.understanding.corrections import last_version, versions
from offhook.receptionist.understanding.numbers import TEENS, TENS, UNITS, digit_runs
from offhook.receptionist.understanding.words import Word, clipped, each, words_of

_CUES: Final = re.compile(
    r"\b(number|phone|cell|mobile|reach me|call me|call back|callback|text me|digits|area code|line)\b"
)
_JOINTS: Final = each(
    "- and then uh um er area code is its number the dash hyphen dot space comma + my so okay ok after "
    "followed by extension at ( ) plus again like yeah"
)
_OF_A_NUMBER: Final = (
    _JOINTS
    | UNITS.keys()
    | TEENS.keys()
    | TENS.keys()
    | each("oh o double triple hundred it's that's phone cell me on")
)
_TOLD: Final = re.compile(r"(?i)\b(?:number|phone|cell)\b(?:'s|\s+(?:is|to|should be|was))?[\s,:]+")
_WRITTEN: Final = re.compile(r"(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)")
"""A whole North American number in figures."""
_EXTENSION: Final = re.compile(r"(?i)\b(?:extension|ext)\b")
_CORRECTED: Final = re.compile(
    r"(?i)\b(?:sorry|excuse me|oops)[,.\s]+(?=(?:\d+|zero|oh|one|two|three|four|five|six|seven|eight|nine|double)\b)"
)
_MOST: Final = 15
"""E.164 allows no more digits than this."""


@dataclass(frozen=True, slots=True)
class PhoneHeard:
    """Digits that were said as a telephone number."""

    digits: str
    """Everything said so far, without signs; dictation may go on."""
    e164: str | None = None
    """The number when it is a possible one of the country, else None."""
    too_long: bool = False

    @property
    def complete(self) -> bool:
        """Whether this is a whole number."""
        return self.e164 is not None


def find_phone(text: str, *, country: str, asked: bool = False) -> PhoneHeard | None:
    """The telephone number in `text`; with `asked`, also a part of one. `country` is ISO 3166, e.g. "US".

    A possible number is enough: numbers set aside for fiction (555-0147) and unassigned area codes are accepted.
    Without `asked`, only a whole number counts, or digits after a word such as "number". The last correction wins.
    """
    text = _CORRECTED.sub("sorry, I mean ", without_street(clipped(text)))
    extension = _EXTENSION.search(text)
    if extension is not None:
        whole = find_phone(text[: extension.start()], country=country, asked=asked)
        if whole is not None and whole.complete:
            return whole
    runs = [run for part in (last_version(text), text) for run in _runs(words_of(part), plus="+" in part)]
    if not runs:
        return None
    for run in runs:
        number = e164(run, country=country)
        if number is not None:
            return _end_corrected(PhoneHeard(run.lstrip("+"), number), text, country)
    for written in _WRITTEN.finditer(text):  # "917 555 0168, 33 years old"
        number = e164(written[0], country=country)
        if number is not None:
            return PhoneHeard(re.sub(r"\D", "", written[0]), number)
    for cue in reversed(list(_TOLD.finditer(text))):
        after = find_phone(text[cue.end() :], country=country, asked=asked)
        if after is not None and after.complete:
            return after
    digits = max(runs, key=len)
    if not asked and (len(digits) < 7 or not _CUES.search(text.lower())):
        return None
    if len(digits.lstrip("+")) < 2 and not asked:
        return None
    return PhoneHeard(digits.lstrip("+"), too_long=_too_long(digits, country))


def _end_corrected(heard: PhoneHeard, text: str, country: str) -> PhoneHeard:
    """With a later "wait, 5308" taken in, where a whole number is followed by a correction of its end."""
    said = versions(text)
    if len(said) < 2 or heard.e164 is None:
        return heard
    if max((len(run) for run in _runs(words_of(said[-1]), plus=False)), default=0) not in range(2, 8):
        return heard
    corrected = correct_phone(heard.digits, said[-1], country=country)
    number = e164(corrected, country=country) if corrected is not None else None
    return PhoneHeard(corrected, number) if corrected is not None and number is not None else heard


def is_number_alone(text: str, heard: PhoneHeard | None) -> bool:
    """Whether `text` says nothing but the whole number that was `heard` in it."""
    if heard is None or not heard.complete:
        return False
    return all(word.text in _OF_A_NUMBER or not word.text.isalpha() for word in words_of(text))


def e164(digits: str, *, country: str) -> str | None:
    """`digits` (perhaps with a leading "+") as E.164 if they make a possible number with an area code of `country`."""
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return None
    if number.italian_leading_zero and country == "US":
        return None
    national = str(number.national_number)
    if number.country_code == 1 and (len(national) != 10 or national[0] in "01"):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def correct_phone(old_digits: str, text: str, *, country: str = "US") -> str | None:
    """`old_digits` as corrected by `text` ("no sorry, 0198 at the end"), or None where no correction is understood.

    A whole number replaces all. A shorter run replaces the end, or the beginning where "area code", "first" or
    "start" is said. "not 7, 9" replaces that digit if it occurs once. The answer keeps the form of `old_digits`.
    """
    text = clipped(text)
    whole = find_phone(text, country=country)
    plus = "+" if old_digits.startswith("+") else ""
    if whole is not None and whole.e164 is not None:
        return whole.e164 if plus else whole.digits.lstrip("+")
    old = old_digits.lstrip("+")
    lowered = text.lower()
    swapped = _swapped(old, lowered)
    if swapped is not None:
        return plus + swapped
    runs = _runs(words_of(last_version(text)), plus=False)
    last_digit = re.search(r"\blast (?:digit|number|one)\b", lowered) is not None
    if not runs or len(runs[-1]) >= len(old) or (len(runs[-1]) < 2 and not last_digit):
        return None
    new = runs[-1]
    if re.search(r"\b(area code|first|start|begin\w*|front)\b", lowered):
        lead = 1 if old.startswith("1") and len(old) == 11 else 0
        return plus + old[:lead] + new + old[lead + len(new) :]
    if re.search(r"\b(middle|second)\b", lowered) and len(old) >= 10 and len(new) == 3:
        return plus + old[:-7] + new + old[-4:]
    return plus + old[: -len(new)] + new


def _swapped(old: str, lowered: str) -> str | None:
    """Such as "not 7, 9", "nine not seven", "0198 instead of 0147"."""
    for pattern, order in (
        (r"(?:\bnot|\binstead of|\brather than)\s+(?:an?\s+)?(.+?)(?:,|\bbut\b|\bits\b|\bit's\b)\s*(.+)", (1, 2)),
        (r"(.+?),?\s+(?:not|instead of|rather than)\s+(?:an?\s+)?(.+)", (2, 1)),
    ):
        found = re.search(pattern, lowered)
        if found is None:
            continue
        wrong, right = (_joined_digits(found[k]) for k in order)
        if wrong and right and old.count(wrong) == 1:
            return old.replace(wrong, right)
    return None


def _joined_digits(text: str) -> str:
    return "".join(digits for digits, _, _ in digit_runs(words_of(text)))


def _runs(words: Sequence[Word], *, plus: bool) -> list[str]:
    """Digits said without other words between them; the run after a "+" begins with one."""
    runs: list[str] = []
    end_of_last = -2
    for digits, start, end in digit_runs(words):
        joined = all(word.text in _JOINTS for word in words[end_of_last:start]) if end_of_last >= 0 else False
        if joined and runs:
            runs[-1] += digits
        else:
            marked = words[start].text.startswith("+") or (start > 0 and words[start - 1].text in {"+", "plus"})
            runs.append(("+" if plus and marked else "") + digits)
        end_of_last = end
    return [run for run in runs if len(run.lstrip("+")) >= 1]


def _too_long(digits: str, country: str) -> bool:
    bare = digits.lstrip("+")
    if len(bare) > _MOST:
        return True
    try:
        number = phonenumbers.parse(digits, country)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number_with_reason(number) == phonenumbers.ValidationResult.TOO_LONG
