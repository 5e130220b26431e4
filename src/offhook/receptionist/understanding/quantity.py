"""How many, how long, how large, how bad, and which car: answers to a profession's intake questions."""

import re
from dataclasses import dataclass
from typing import Final

from offhook.receptionist.understanding.numbers import cardinal_at, find_number, is_number_word, spoken_digits
from offhook.receptionist.understanding.words import Word, clipped, each, plain, words_of

_MAKES: Final = each(
    "acura alfa audi bentley bmw buick cadillac chevrolet chevy chrysler dodge ferrari fiat ford genesis gmc "
    "honda hummer hyundai infiniti isuzu jaguar jeep kia lexus lincoln lotus maserati mazda mercedes mercury mini "
    "mitsubishi nissan oldsmobile peugeot plymouth pontiac porsche ram renault rivian rover saab saturn scion "
    "skoda subaru suzuki tesla toyota volkswagen vw volvo land range"
)
_NOT_A_MODEL: Final = each(
    "and with it its is that has have my the i a im in on for at from to not which but so needs got about around "
    "was truck car van suv miles drivable please"
)
_ALSO_WORDS: Final = each("land range alfa ram mini lincoln mercury rover saturn")
_WRITTEN: Final = {"bmw": "BMW", "gmc": "GMC", "vw": "VW", "chevy": "Chevy"}
_PEOPLE: Final = re.compile(
    r" (\S+(?: \S+){0,2}?) (?:of us|people|persons|adults|kids|children|guests|guys|family members) "
)
_SCALE: Final = re.compile(r"(\w+)(?: and a half)? (?:out of|over|on a scale of (?:one|1) to|of) (?:ten|10) ")
_LENGTHS: Final = re.compile(
    r"(?i)\b(?:(?:for|about|since|past|last|over|almost|nearly)\s+)*(?:since\s+[\w\s]+|(?:a|an|one|two|three|four|five|six|seven"
    r"|\d+|couple\s+of"
    r"|few|several|a\s+couple\s+of|a\s+few)\s+(?:minute|hour|day|night|week|month|year)s?(?:\s+(?:ago|now))?|yesterday|today|this\s+morning"
    r"|last\s+(?:night|week|month|year|\w+day)|all\s+(?:day|night|week))\b"
)


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A car as its owner names it; what was not said is None."""

    year: int | None = None
    make: str | None = None
    model: str | None = None

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.year, self.make, self.model) if part is not None)


def find_vehicle(text: str) -> Vehicle | None:
    """Year, make and model: "2015 Honda Civic", "a twenty fifteen honda civic", "'08 Ford F-150"; else None."""
    words = words_of(text)
    at = next((at for at, word in enumerate(words) if word.text in _MAKES), None)
    if at is None:
        return None
    word, end = words[at], at + 1
    make = _WRITTEN.get(word.text, word.text.capitalize())
    pair = words[end].text if end < len(words) else ""
    if (word.text, pair) in {("land", "rover"), ("range", "rover"), ("alfa", "romeo"), ("mercedes", "benz")}:
        make, end = f"{make} {pair.capitalize()}", end + 1
    elif (
        word.text in {"land", "range", "alfa", "ram", "mini", "lincoln", "mercury", "rover", "saturn"}
        and _year_before(words, at) is None
    ):
        return None
    return Vehicle(_year_before(words, at) or _year_in(words), make, _model(words, end))


def _model(words: tuple[Word, ...], at: int) -> str | None:
    """Civic, F-150, X5, Grand Cherokee."""
    parts: list[str] = []
    while at < len(words) and len(parts) < 2 and words[at].text not in _NOT_A_MODEL and not words[at - 1].stop:
        piece = words[at].text
        if re.fullmatch(r"(?:19|20)\d\d", piece):
            break
        number = cardinal_at(words, at)
        if parts and len(parts[-1]) == 1 and number is not None:
            end = _end_of_numbers(words, at)
            glue = "" if words[at].place == words[at - 1].place else "-"
            parts[-1] += glue + spoken_digits(" ".join(word.text for word in words[at:end]))
            at = end
            continue
        if piece == "-" and at + 1 < len(words) and words[at + 1].text.isdecimal() and parts:
            parts[-1] += f"-{words[at + 1].text}"
            at += 1
        elif piece != "-":
            parts.append(piece.upper() if len(piece) <= 2 else piece.capitalize())
        at += 1
    return " ".join(parts) or None


def _end_of_numbers(words: tuple[Word, ...], at: int) -> int:
    end = at + 1
    while end < len(words) and is_number_word(words[end].text) and not re.fullmatch(r"(?:19|20)\d\d", words[end].text):
        end += 1
    return end


def _year_before(words: tuple[Word, ...], at: int) -> int | None:
    for start in range(max(0, at - 6), at):
        year = _year_at(words, start, at)
        if year is not None:
            return year
    return None


def _year_in(words: tuple[Word, ...]) -> int | None:
    for at, word in enumerate(words):
        if re.fullmatch(r"(?:19|20)\d\d", word.text):
            return int(words[at].text)
    return None


def _year_at(words: tuple[Word, ...], at: int, before: int) -> int | None:
    """A year that ends at or a little before the make: "2015", "twenty fifteen", "two thousand eight", "08"."""
    first = cardinal_at(words, at)
    if first is None:
        return None
    value, end = first
    if 1950 <= value <= 2050:
        return value
    if value in {19, 20} and end < before:
        place = end + (words[end].text in {"oh", "o"})
        rest = cardinal_at(words, place)
        return value * 100 + rest[0] if rest is not None and rest[0] < 100 and rest[1] <= before else None
    figure = words[at].text
    if end == before and re.fullmatch(r"\d\d", figure):
        return 2000 + value if value < 50 else 1900 + value
    return None


def find_people(text: str) -> int | None:
    """How many people: "three people", "there are six of us", "just me" is 1, "me and my wife" 2."""
    said = plain(text)
    found = _PEOPLE.search(said)
    if found is not None:
        words = words_of(found[1])
        for at in range(len(words)):
            number = cardinal_at(words, at)
            if number is not None:
                return number[0]
        if "couple" in found[1]:
            return 2
    if re.search(r" (?:just|only) (?:me|myself|one)| by myself | alone ", said):
        return 1
    if re.search(
        r" (?:me|myself) and my (?:wife|husband|partner|friend|son|daughter|mom|dad|boyfriend|girlfriend|fiancee?) ",
        said,
    ):
        return 2
    return None


def find_scale(text: str, *, asked: bool = False) -> int | None:
    """A number from 0 to 10: "7 out of 10"; with `asked`, also "about a seven" or "ten"."""
    found = _SCALE.search(plain(text))
    number = find_number(found[1]) if found is not None else find_number(text) if asked else None
    return number if number is not None and 0 <= number <= 10 else None


def find_length_of_time(text: str) -> str | None:
    """Since when or for how long, in the caller's words: "since yesterday", "three days"."""
    found = _LENGTHS.search(clipped(text))
    return None if found is None else " ".join(found[0].split()).lower()


def find_inches(text: str) -> float | None:
    """A size in inches: "about five inches", '3"', "three and a half inches", "10 cm" is 3.9."""
    said = clipped(text).lower().replace("″", '"')
    typed = re.search(r"(\d+(?:\.\d+)?)\s*(?:\"|in\b|inch|inches|-inch)", said)
    if typed is not None:
        return float(typed[1])
    metric = re.search(r"(\d+(?:\.\d+)?)\s*(?:cm|centimet)", said)
    if metric is not None:
        return round(float(metric[1]) / 2.54, 1)
    spoken = re.search(r"((?:[\w-]+\s+){1,6})inch", said)
    if spoken is None:
        return None
    half = 0.5 if re.search(r"\band a half\s*$|\bhalf\s+(?:an|a)?\s*$", spoken[1]) else 0.0
    words = words_of(re.sub(r"\band a half\s*$", "", spoken[1]))
    numbers = [number[0] for at in range(len(words)) if (number := cardinal_at(words, at)) is not None]
    if not numbers:
        return half or (1.0 if re.search(r"\b(?:an?|one)\s*$", spoken[1]) else None)
    return numbers[0] + half
