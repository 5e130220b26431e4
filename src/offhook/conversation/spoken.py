"""Values in words a caller understands: telephone numbers in groups, spelled names, times, days, prices, e-mails.

These make the written replies; `speech_text.py` turns a written reply into what a voice reads out.
"""

from datetime import date, time, timedelta
from typing import Final

from offhook.conversation.spoken_numbers import digits

_ONE_DIGIT_CODES: Final = {"1", "7"}
_TWO_DIGIT_CODES: Final = frozenset(
    {"20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49"}
    | {"51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66"}
    | {"81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"}
)
_SIGNS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹", "CAD": "$", "AUD": "$", "NZD": "$"}
_LETTERS: Final = {"'": "apostrophe", "-": "hyphen", ".": "dot", "_": "underscore", "@": "at", "+": "plus"}
_AFTER_ELEVENTH: Final = {1: "st", 2: "nd", 3: "rd"}
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def phone_groups(number: str) -> tuple[str, ...]:
    """The groups of an E.164 number as people read them: ("212", "555", "0147"), ("+44", "207", "946", "0958").

    The country code is left out for North America. A string without "+" is grouped as far as it goes.
    """
    bare = "".join(sign for sign in number if sign.isdecimal())
    if not number.startswith("+"):
        return _grouped(bare[1:] if len(bare) == 11 and bare.startswith("1") else bare)
    if bare.startswith("1") and len(bare) == 11:
        return _grouped(bare[1:])
    width = 1 if bare[:1] in _ONE_DIGIT_CODES else 2 if bare[:2] in _TWO_DIGIT_CODES else 3
    return (f"+{bare[:width]}", *_grouped(bare[width:]))


def _grouped(bare: str) -> tuple[str, ...]:
    """Threes with a last group of four (or two to four)."""
    groups: list[str] = []
    while len(bare) > 4:
        groups.append(bare[:3])
        bare = bare[3:]
    return (*groups, bare) if bare else tuple(groups)


def phone_in_groups(number: str) -> str:
    """For a voice: "two one two, five five five, oh one four seven"."""
    return ", ".join(("plus " if group.startswith("+") else "") + digits(group) for group in phone_groups(number))


def phone_as_text(number: str) -> str:
    """For a reply that is written: "212-555-0147", "+44-207-946-0958"."""
    return "-".join(phone_groups(number))


def spell_out(word: str) -> str:
    """Letter by letter: "S, H, A, Y, N, E"; "O, apostrophe, B, ..."; words of a name parted by a semicolon."""
    return "; ".join(", ".join(_LETTERS.get(sign, sign.upper()) for sign in part) for part in word.split())


def say_time(at: time) -> str:
    """Such as "3:30 pm", "9 am", "12 pm"."""
    half = "am" if at.hour < 12 else "pm"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {half}"


def ordinal_figure(number: int) -> str:
    """Such as "24th", "1st"."""
    ending = "th" if 10 < number % 100 < 14 else _AFTER_ELEVENTH.get(number % 10, "th")
    return f"{number}{ending}"


def say_day(day: date, today: date) -> str:
    """Such as "Tuesday, November 24th"; "today, " or "tomorrow, " goes before it, another year's number after it."""
    said = f"{_DAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {ordinal_figure(day.day)}"
    if day.year != today.year:
        said += f", {day.year}"
    if day == today:
        return f"today, {said}"
    return f"tomorrow, {said}" if day == today + timedelta(days=1) else said


def say_day_and_time(day: date, at: time, today: date) -> str:
    """Such as "Tuesday, November 24th at 3:30 pm"."""
    return f"{say_day(day, today)} at {say_time(at)}"


def say_weekday(weekday: int) -> str:
    """Such as "Monday" for 0."""
    return _DAYS[weekday]


def say_price(minor_from: int, minor_to: int | None = None, currency: str = "USD") -> str:
    """Such as "$85", "$85.50", "$85 to $120"; currencies without a sign of their own stand behind: "85 CHF".

    Amounts are minor units, hundredths; currencies without hundredths (JPY) have one minor unit to the unit.
    """
    first = _money(minor_from, currency)
    if minor_to is None or minor_to == minor_from:
        return first
    return f"{first} to {_money(minor_to, currency)}"


def _money(minor: int, currency: str) -> str:
    whole, part = (minor, 0) if currency in {"JPY", "KRW"} else divmod(minor, 100)
    figure = f"{whole:,}" + (f".{part:02}" if part else "")
    sign = _SIGNS.get(currency)
    return f"{sign}{figure}" if sign else f"{figure} {currency}"


def say_email(address: str) -> str:
    """For a voice, letter by letter before the sign: "J, dot, S, M, I, T, H, at yahoo dot co dot uk"."""
    local, _, domain = address.partition("@")
    letters = ", ".join(_LETTERS.get(sign, sign.upper()) for sign in local)
    return f"{letters}, at {domain.replace('.', ' dot ').replace('-', ' hyphen ')}" if domain else letters


def joined(items: tuple[str, ...] | list[str], last: str = "and") -> str:
    """Such as "a", "a and b", "a, b, and c"."""
    if len(items) < 3:
        return f" {last} ".join(items)
    return f"{', '.join(items[:-1])}, {last} {items[-1]}"
