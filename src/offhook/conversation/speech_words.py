"""One written word as it is spoken: figures, abbreviations, e-mails; signs that a voice cannot say fall away."""

import re
from dataclasses import dataclass
from typing import Final

from offhook.conversation.spoken_numbers import cardinal, decimal, digits, ordinal, year

_ABBREVIATIONS: Final = {
    "mr": "Mister", "mrs": "Missus", "ms": "Ms", "prof": "Professor", "jr": "Junior", "sr": "Senior", "ave": "Avenue",
    "rd": "Road", "blvd": "Boulevard", "ln": "Lane", "hwy": "Highway", "pkwy": "Parkway", "apt": "apartment",
    "ste": "Suite", "etc": "et cetera", "vs": "versus", "approx": "approximately", "appt": "appointment",
    "e.g": "for example", "i.e": "that is", "w/": "with", "w/o": "without", "mon": "Monday", "tue": "Tuesday",
    "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "thur": "Thursday", "thurs": "Thursday", "fri": "Friday",
}  # fmt: skip
_WITH_DOT_ONLY: Final = {
    "no": "number",
    "sat": "Saturday",
    "sun": "Sunday",
    "dept": "department",
    "inc": "Incorporated",
}
_ALWAYS: Final = {"e.g", "i.e", "w/", "w/o", "mr", "mrs", "ms", "appt", "blvd", "pkwy", "hwy"}
_SIGNS: Final = {"&": "and", "+": "plus", "=": "equals", "@": "at", "%": "percent"}
_URL: Final = re.compile(r"(?i)(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|co|biz)(?:/\S*)?")
_EMAIL: Final = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_EMAIL_SIGNS: Final = {".": " dot ", "@": " at ", "_": " underscore ", "-": " hyphen ", "+": " plus "}
_SHORT_NUMBERS: Final = {"911", "999", "112", "311", "411", "811", "988", "101", "111"}
_MOST_FIGURES: Final = 15
_ZIP: Final = re.compile(r"\d{5,}")


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """What is said for one written word."""

    text: str
    """"" for nothing."""
    takes_stop: bool = False
    """Whether the full stop behind it was the abbreviation's and no pause."""


def spoken_word(core: str, *, dotted: bool, before: str, after: str) -> SpokenWord:
    """What is said for `core`; `before` and `after` are its neighbours, `dotted` says that a full stop follows."""
    short = _abbreviation(core, dotted, before, after)
    return short if short is not None else SpokenWord(_in_words(core))


def _in_words(core: str) -> str:
    if not core:
        return ""
    if _EMAIL.fullmatch(core):
        return " ".join("".join(_EMAIL_SIGNS.get(sign, sign) for sign in _figures_spelled(core)).split())
    if _URL.fullmatch(core):
        return "our website"
    if core in _SIGNS:
        return _SIGNS[core]
    figures = sum(sign.isdecimal() for sign in core)
    if figures > _MOST_FIGURES:
        return digits("".join(str(int(sign)) for sign in core if sign.isdecimal()))
    if figures:
        return _with_figures(core)
    return _letters_only(core)


def _figures_spelled(core: str) -> str:
    return re.sub(r"\d+", lambda match: f" {digits(match[0])} ", core)


def _abbreviation(core: str, dotted: bool, before: str, after: str) -> SpokenWord | None:
    low = core.lower()
    goes_on = dotted and bool(after)
    in_street = _is_street_name(before)
    if low == "dr" and core[:1].isupper():
        doctor = not before or (after[:1].isupper() and not in_street)
        return SpokenWord("Doctor", dotted) if doctor else SpokenWord("Drive", goes_on and after[:1].islower())
    if core == "St":
        return SpokenWord("Street", goes_on and after[:1].islower()) if in_street else SpokenWord("Saint", dotted)
    if low in _WITH_DOT_ONLY:
        counts = goes_on and (after[:1].isdecimal() if low == "no" else True)
        return SpokenWord(_WITH_DOT_ONLY[low], takes_stop=True) if counts else None
    if low in _ABBREVIATIONS and (dotted or low in _ALWAYS):
        return SpokenWord(_ABBREVIATIONS[low], goes_on)
    return None


def _is_street_name(before: str) -> bool:
    """Such as "Main St.", "42nd St.": a name or a number stands before it, no "the" or "to"."""
    return before[:1].isupper() or before[:1].isdecimal()


def _with_figures(core: str) -> str:
    """A word with figures in it, whatever else it holds."""
    for pattern, say in _FIGURES:
        match = re.fullmatch(pattern, core)
        if match is not None:
            return say(match)
    parts = re.findall(r"\d+(?:,\d{3})+|\d+|[^\W\d_']+(?:'[^\W\d_]+)?|%", core)
    return " ".join(_SIGNS.get(part) or (_plain(part) if part[0].isdecimal() else part) for part in parts)


def _plain(figure: str) -> str:
    bare = figure.replace(",", "")
    if bare in _SHORT_NUMBERS:
        return digits(bare)
    if not bare.isascii():
        return " ".join(digits(str(int(sign))) for sign in bare)
    if "," not in figure and (_ZIP.fullmatch(bare) or (bare[0] == "0" and len(bare) > 1)):
        return digits(bare)
    if "," not in figure and len(bare) == 4 and 1900 <= int(bare) <= 2099:
        return year(int(bare))
    return cardinal(int(bare))


def _slashed(match: re.Match[str]) -> str:
    halves = {"1/2": "one half", "1/4": "one quarter", "3/4": "three quarters", "1/3": "one third", "2/3": "two thirds"}
    first, last = int(match[1]), int(match[2])
    if match[0] in halves:
        return halves[match[0]]
    return f"{cardinal(first)} {cardinal(last)}" if match[0] == "24/7" else f"{cardinal(first)} slash {cardinal(last)}"


_FIGURES: Final = (
    (r"\d[\d,]*", lambda m: _plain(m[0].rstrip(","))),
    (r"(\d+)(?:st|nd|rd|th)", lambda m: ordinal(int(m[1]))),
    (r"(\d[\d,]*\.\d+)", lambda m: decimal(m[1])),
    (r"(\d[\d,]*(?:\.\d+)?)%", lambda m: f"{decimal(m[1])} percent"),
    (r"#(\d+)", lambda m: f"number {cardinal(int(m[1]))}"),
    (r"(\d{1,2})/(\d{1,2})", _slashed),
    (r"(\d+)[-\u2013\u2014](\d+)", lambda m: f"{_plain(m[1])} to {_plain(m[2])}"),
    (r"(\d+)'s|(\d+)s", lambda m: re.sub("ys$", "ies", f"{_plain(m[1] or m[2])}s")),
)


def _letters_only(core: str) -> str:
    """A word without figures: signs inside it fall away or part it, a dash alone is nothing."""
    range_of_days = re.fullmatch(r"([A-Za-z]{3,9})[\u2013\u2014-]([A-Za-z]{3,9})", core)
    if range_of_days is not None and _day(range_of_days[1]) and _day(range_of_days[2]):
        return f"{_day(range_of_days[1])} to {_day(range_of_days[2])}"
    cleaned = core.replace("/", " or " if core.count("/") == 1 and re.fullmatch(r"\w+/\w+", core) else " ")
    cleaned = re.sub(r"[*_`~|#<>{}\[\]()\\^=•·▪\"“”]+", " ", cleaned)
    cleaned = (
        re.sub(r"[\u2013\u2014]+|--+", " ", cleaned).replace("&", " and ").replace("@", " at ").replace("+", " plus ")
    )
    words = [word for word in cleaned.split() if any(sign.isalnum() for sign in word)]
    return " ".join(words)


def _day(name: str) -> str | None:
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return next((day for day in days if name.lower() in {day.lower(), day[:3].lower(), day[:4].lower()}), None)
