"""How the script words dates, numbers and lists. Written with figures; the voice's own room makes words of them."""

import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import phonenumbers


def varied(seed: str, *wordings: str) -> str:
    """One of the wordings, always the same for the same seed."""
    return wordings[zlib.crc32(seed.encode()) % len(wordings)]


def listed(items: Sequence[str], last: str = "or") -> str:
    """Joined as in "a, b or c"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def say_time(at: time | datetime) -> str:
    """As in "3 pm", "10:15 am"."""
    if (at.hour, at.minute) == (12, 0):
        return "noon"
    if (at.hour, at.minute) == (0, 0):
        return "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes} {'am' if at.hour < 12 else 'pm'}"


def say_day(day: date) -> str:
    """As in "Tuesday, November 24th"."""
    return f"{day:%A}, {day:%B} {ordinal(day.day)}"


def say_start(start: datetime) -> str:
    """As in "Tuesday, November 24th at 3 pm"."""
    return f"{say_day(start)} at {say_time(start)}"


def say_starts(starts: Sequence[datetime], today: date) -> str:
    """Several points in time, each day named once: "tomorrow at 9 am or 11 am, or Friday, November 27th at 9 am"."""
    by_day: dict[date, list[str]] = {}
    for start in starts:
        by_day.setdefault(start.date(), []).append(say_time(start))
    near = {today: "today", today + timedelta(days=1): "tomorrow"}
    return ", or ".join(f"{near.get(day) or say_day(day)} at {listed(times)}" for day, times in by_day.items())


def ordinal(number: int) -> str:
    """As in "24th"."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def say_phone(phone: str, country: str) -> str:
    """A number in E.164 as its own country writes it, in groups: "212-555-0147"."""
    try:
        parsed = phonenumbers.parse(phone, None)
    except phonenumbers.NumberParseException:
        return phone
    if phonenumbers.country_code_for_region(country) != parsed.country_code:
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    if parsed.country_code == 1 and len(digits := str(parsed.national_number)) == 10:
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def spelled(name: str) -> str:
    """Letter by letter: "N-G"; words apart."""
    return ", ".join("-".join(word.upper()) for word in name.split())


def first_name(name: str) -> str:
    """What one calls a person."""
    return name.split()[0] if name else ""
