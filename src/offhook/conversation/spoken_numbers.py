"""Numbers in English words, as they are said on the telephone."""

from typing import Final

_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_SCALES: Final = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"))
_LARGEST: Final = 10**12


def cardinal(number: int) -> str:
    """Such as "one hundred twenty", "twelve hundred", "two thousand five"; from 10**12 on digit by digit."""
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number >= _LARGEST:
        return digits(str(number))
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000 or (1000 < number < 10_000 and number % 1000 and number % 100 == 0):
        hundreds, rest = divmod(number, 100)
        return f"{cardinal(hundreds)} hundred" + (f" {cardinal(rest)}" if rest else "")
    for size, name in _SCALES:
        if number >= size:
            many, rest = divmod(number, size)
            return f"{cardinal(many)} {name}" + (f" {cardinal(rest)}" if rest else "")
    raise AssertionError("every size has a name")


def ordinal(number: int) -> str:
    """Such as "first", "twenty-fourth"."""
    words = cardinal(number)
    head, joint, last = words.rpartition("-") if "-" in words.split()[-1] else words.rpartition(" ")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return head + joint + last


def year(number: int) -> str:
    """Such as "twenty twenty-six", "nineteen eighty-five", "two thousand five", "nineteen oh five"."""
    century, rest = divmod(number, 100)
    if not 1000 <= number < 10_000 or (number % 1000 < 10):
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {f'oh {_ONES[rest]}' if rest < 10 else cardinal(rest)}"


def digits(text: str) -> str:
    """Digit by digit, a zero as "oh": "oh one four seven". Other signs are left out."""
    return " ".join("oh" if sign == "0" else _ONES[int(sign)] for sign in text if sign in "0123456789")


def clock(hour: int, minute: int, half: str | None) -> str:
    """Such as "three thirty p m", "ten o'clock", "three oh five"; `half` is "am", "pm" or None."""
    minutes = "" if minute == 0 else f" oh {_ONES[minute]}" if minute < 10 else f" {cardinal(minute)}"
    if half is not None:
        return f"{cardinal(hour)}{minutes} {half[0]} m"
    if minute == 0:
        return f"{cardinal(hour)} o'clock" if 1 <= hour <= 12 else f"{cardinal(hour)} hundred hours"
    return cardinal(hour) + minutes


def decimal(text: str) -> str:
    """Such as "2.5" is "two point five"; thousands may be parted by commas."""
    whole, _, part = text.replace(",", "").partition(".")
    said = cardinal(int(whole or "0"))
    return f"{said} point {digits(part)}".replace("oh", "zero") if part else said
