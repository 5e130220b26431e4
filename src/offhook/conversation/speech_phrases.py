"""Groups of written words that are spoken as one: telephone numbers, times, dates, prices, measures."""

import re
from collections.abc import Sequence
from typing import Final

from offhook.conversation.spoken import phone_in_groups
from offhook.conversation.spoken_numbers import cardinal, clock, decimal, ordinal, year

MONTHS: Final = {
    name[:length].lower(): name
    for name in (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    )
    for length in (3, len(name))
} | {"sept": "September"}  # fmt: skip
_PHONE: Final = re.compile(
    r"\+?1?[ .-]?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}|\d{3}[.-]\d{4}|\+\d{1,3}(?:[ .-]?\d{2,5}){2,5}|\+\d{8,15}"
)
_MOST_FIGURES: Final = 15
_TIME: Final = re.compile(r"(\d{1,2})(?::(\d{2}))? ?([ap])\.?m\.?", re.IGNORECASE)
_MONEY: Final = re.compile(r"([$€£₹])(\d[\d,]*)(?:\.(\d{1,2}))?")
_MONEY_RANGE: Final = re.compile(r"([$€£₹])(\d[\d,]*)(?: to | - |-|\u2013| \u2013 |\u2014)\1?(\d[\d,]*)")
_COINS: Final = {"$": ("dollar", "cent"), "€": ("euro", "cent"), "£": ("pound", "penny"), "₹": ("rupee", "paisa")}
_UNITS: Final = {
    "min": "minute", "mins": "minute", "hr": "hour", "hrs": "hour", "h": "hour", "sec": "second", "secs": "second",
    "mi": "mile", "km": "kilometer", "ft": "foot", "sqft": "square foot", "lb": "pound", "lbs": "pound",
    "kg": "kilogram",
    "cm": "centimeter", "mm": "millimeter", "oz": "ounce", "yr": "year", "yrs": "year", "mph": "mile per hour",
}  # fmt: skip


def phrase_at(cores: Sequence[str], stops: Sequence[str]) -> tuple[str, int] | None:
    """What is said for the words at the beginning of `cores`, and how many they are; None where they are no group."""
    for count in range(min(5, len(cores)), 0, -1):
        if any(
            stop and not (stop in {".", ","} and _may_hold(cores[k], stop)) for k, stop in enumerate(stops[: count - 1])
        ):
            continue
        spoken = _group(" ".join(cores[:count]), stops[: count - 1])
        if spoken is not None:
            return spoken, count
    return None


def _may_hold(core: str, stop: str) -> bool:
    """A comma inside "November 24th, 2026" and a dot in "Nov. 24" part nothing."""
    return (stop == "." and core.lower() in MONTHS) or (
        stop == "," and re.fullmatch(r"\d{1,2}(?:st|nd|rd|th)?", core) is not None
    )


def _group(text: str, stops: Sequence[str]) -> str | None:
    if not 0 < sum(sign.isdecimal() for sign in text) <= _MOST_FIGURES:
        return None
    if _is_phone(text):
        return phone_in_groups(text)
    if "," not in "".join(stops):
        for read in (_time, _times, _money_range, _money, _measure):
            spoken = read(text)
            if spoken is not None:
                return spoken
    return _date(text)


def _is_phone(text: str) -> bool:
    bare = re.fullmatch(r"\d+", text) is not None
    return re.fullmatch(r"1?[2-9]\d{9}", text) is not None if bare else _PHONE.fullmatch(text) is not None


def _time(text: str) -> str | None:
    heard = _TIME.fullmatch(text)
    if heard is None:
        plain = re.fullmatch(r"(\d{1,2}):(\d{2})", text)
        if plain is None or int(plain[1]) > 23 or int(plain[2]) > 59:
            return None
        return clock(int(plain[1]), int(plain[2]), None)
    hour, minute = int(heard[1]), int(heard[2] or 0)
    return clock(hour, minute, heard[3].lower() + "m") if 1 <= hour <= 12 and minute <= 59 else None


def _times(text: str) -> str | None:
    """Such as "9-5 pm", "9:00-17:00", "9 am - 6 pm"."""
    first, dash, last = re.sub(r"\s*[\u2013\u2014-]\s*", "-", text).partition("-")
    if not dash or "-" in last:
        return None
    end = _time(last)
    begin = _time(first) or (cardinal(int(first)) if re.fullmatch(r"1?\d", first) else None)
    return f"{begin} to {end}" if begin and end else None


def _money(text: str) -> str | None:
    heard = _MONEY.fullmatch(text)
    if heard is None:
        return None
    coin, small = _COINS[heard[1]]
    whole, part = int(heard[2].replace(",", "")), int((heard[3] or "0").ljust(2, "0"))
    said = f"{cardinal(whole)} {coin}{'' if whole == 1 else 's'}"
    if not part:
        return said
    many = {"penny": "pence", "paisa": "paise"}.get(small, f"{small}s")
    cents = f"{cardinal(part)} {small if part == 1 else many}"
    return f"{said} and {cents}" if whole else cents


def _money_range(text: str) -> str | None:
    heard = _MONEY_RANGE.fullmatch(text)
    if heard is None:
        return None
    first, last = (int(heard[k].replace(",", "")) for k in (2, 3))
    return f"{cardinal(first)} to {cardinal(last)} {_COINS[heard[1]][0]}s"


def _measure(text: str) -> str | None:
    heard = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)[ -]?([A-Za-z]+|sq ft)", text)
    if heard is None:
        return None
    unit = _UNITS.get(heard[2].lower().replace(" ", ""))
    if unit is None or (heard[2] == "h" and " " in text):
        return None
    if heard[1] == "1":
        return f"one {unit}"
    plural = (
        unit.replace("foot", "feet")
        if "foot" in unit
        else unit.replace("mile per", "miles per")
        if "per" in unit
        else f"{unit}s"
    )
    return f"{decimal(heard[1])} {plural}"


def _date(text: str) -> str | None:
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text)
    if iso is not None:
        return _month_day(int(iso[2]), int(iso[3]), iso[1])
    slashed = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    if slashed is not None:
        return _month_day(int(slashed[1]), int(slashed[2]), slashed[3])
    heard = re.fullmatch(r"([A-Za-z]+) (\d{1,2})(st|nd|rd|th)?(?: (\d{4}))?", text)
    if heard is None or heard[1].lower() not in MONTHS or not 1 <= int(heard[2]) <= 31:
        return None
    named = f"{MONTHS[heard[1].lower()]} {ordinal(int(heard[2]))}"
    return f"{named}, {year(int(heard[4]))}" if heard[4] else named


def _month_day(month: int, day: int, year_figure: str | None) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    names = list(dict.fromkeys(MONTHS.values()))
    said = f"{names[month - 1]} {ordinal(day)}"
    return f"{said}, {year(int(year_figure))}" if year_figure else said
