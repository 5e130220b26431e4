"""Times of day as they are said: "3:30pm", "half nine", "eleven hundred hours", "quarter past four", "noon"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import Final, Literal

from offhook.receptionist.understanding.numbers import TEENS, TENS, UNITS, cardinal_at, is_number_word, ordinal_at
from offhook.receptionist.understanding.words import Word, each, match_at, skip

Part = Literal["morning", "afternoon", "evening"]

PARTS: Final[dict[str, Part]] = {
    "morning": "morning", "mornings": "morning", "afternoon": "afternoon", "afternoons": "afternoon",
    "evening": "evening", "evenings": "evening", "night": "evening", "tonight": "evening", "am": "morning",
}  # fmt: skip
_MAY_FOLLOW: Final = each(
    "on in this next coming tomorrow today tonight the for please works work would will wont is isnt if or "
    "and but to until then thanks thank with ish sharp because i im ill id we my it its that thats so oclock "
    "ok okay sounds should could can either instead actually no not wait sorry maybe perhaps - at day be good "
    "fine great does doesnt do dont right when as uh um er hmm yes yeah alright exactly morning afternoon "
    "evening monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun "
    "january february march april may june july august september october november december dec jan feb nov "
    "later earlier onwards onward hours hundred ideally preferably suits looks seems tops latest earliest "
    "every you your he she they any"
)
_BEFORE_NUMBERS_ONLY: Final = each(
    "number unit apartment suite room floor option line code # $ have got had channel age aged size press"
)


_BEFORE_AMOUNTS: Final = each("is was costs pay number code zip unit budget spend to of under over house")
_BEFORE_ONE: Final = each("that this which other another any no next last latter former later earlier either")


@dataclass(frozen=True, slots=True)
class ClockHeard:
    """A time of day and the place after its words. `hour` is 0..23 when `sure`, else 1..12."""

    hour: int
    minute: int
    end: int
    sure: bool

    def on(self, part: Part | None) -> time:
        """The time, a doubtful hour put where `part` or, without it, business hours have it."""
        return time(self._hour(part), self.minute)

    def _hour(self, part: Part | None) -> int:
        if self.sure:
            return self.hour
        match part:
            case "morning":
                return self.hour % 12 if self.hour == 12 and self.minute == 0 else self.hour
            case "afternoon" | "evening":
                return self.hour if self.hour == 12 or (part == "afternoon" and self.hour == 11) else self.hour + 12
            case None:
                return self.hour if self.hour >= 8 else self.hour + 12


def clock_at(words: Sequence[Word], at: int, *, bare: bool) -> ClockHeard | None:
    """The time that begins at word `at`; with `bare`, "three" and "ten thirty" are times, after "at" for instance."""
    if at >= len(words):
        return None
    heard = (
        _named_at(words, at)
        or _military_at(words, at, bare=bare)
        or _beside_hour_at(words, at)
        or _figures_at(words, at)
        or _hour_and_minute_at(words, at, bare=bare)
        or _hour_at(words, at, bare=bare)
    )
    return None if heard is None else _with_half(words, heard)


def _with_half(words: Sequence[Word], heard: ClockHeard) -> ClockHeard | None:
    """With "pm", "o'clock", "sharp", "in the morning" taken in."""
    end = skip(words, heard.end, "ish", "sharp", "exactly", "oclock", "hours", "hour")
    end = match_at(words, end, "or so", "on the dot") or end
    half = match_at(words, end, "am", "pm", "in the am", "in the pm")
    if half is not None:
        return _halved(heard, words[half - 1].text, half)
    for phrase, name in (
        ("in the morning", "am"), ("this morning", "am"), ("of the morning", "am"), ("in the afternoon", "pm"),
        ("in the evening", "pm"), ("at night", "pm"), ("tonight", "pm"), ("this afternoon", "pm"), ("this evening",
        "pm"),
    ):  # fmt: skip
        phrase_end = match_at(words, end, phrase)
        if phrase_end is not None:
            known = _halved(heard, name, phrase_end)
            # "this afternoon" and "tonight" also name the day: they are left to be read again.
            return known if phrase.startswith(("in ", "of ", "at ")) or known is None else replace(known, end=end)
    return replace(heard, end=end)


def _halved(heard: ClockHeard, half: str, end: int) -> ClockHeard | None:
    if heard.sure:
        return replace(heard, end=end)
    hour = heard.hour % 12 + (12 if half == "pm" else 0)
    return ClockHeard(hour, heard.minute, end, sure=True)


def _named_at(words: Sequence[Word], at: int) -> ClockHeard | None:
    start = skip(words, at, "twelve", "12")
    end = match_at(words, start, "noon", "noontime", "midday", "mid day", "midnight")
    if end is None:
        return None
    return ClockHeard(0 if words[start].text == "midnight" else 12, 0, end, sure=True)


def _military_at(words: Sequence[Word], at: int, *, bare: bool) -> ClockHeard | None:
    """Such as "eleven hundred hours", "fifteen hundred", "oh nine hundred", "1500 hours", "0900"."""
    text = words[at].text
    oh = text in {"oh", "zero", "o"}
    if re.fullmatch(r"\d{3,4}", text):
        hour, minute = divmod(int(text), 100)
        hours = match_at(words, at + 1, "hours") is not None
        near = at + 1 < len(words) and words[at + 1].text in {"today", "tomorrow", "on"}
        wanted = hours or (text[0] == "0" and len(text) == 4 and (bare or near)) or (bare and minute % 5 == 0)
        if not (wanted and hour <= 23 and minute <= 59 and (hour or text[0] == "0")):
            return None
        before = words[at - 1].text if at else ""
        if text[:2] in {"19", "20"} and len(text) == 4 and not hours and before != "at":
            return None  # a year: "like 2010?"
        if not hours and (not may_follow(words, at + 1) or before in _BEFORE_AMOUNTS):
            return None
        sure = hours or text[0] == "0" or hour > 12 or hour == 0
        return ClockHeard(hour, minute, at + 1, sure=sure)
    start = at + oh
    number = cardinal_at(words, start)
    if number is None or words[start].text.isdecimal():
        return None
    value, end = number
    hundred = value % 100 == 0 and value // 100 <= 23 and value >= 100
    hours = match_at(words, end, "hours", "hour") is not None
    if hundred and (
        hours or oh or (bare and may_follow(words, end)) or (1300 <= value < 2000 and _day_near(words, at, end))
    ):
        return ClockHeard(value // 100, 0, end, sure=True)
    if oh and 1 <= value <= 9 and not hours:
        minutes = _minute_at(words, end)
        return ClockHeard(value, minutes[0], minutes[1], sure=True) if minutes and bare else None
    return None


def _day_near(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether "on" or the end comes after it: "thirteen hundred on tuesday"."""
    return (
        end == len(words) or words[end].text in {"on", "tomorrow", "today"} or (at > 0 and words[at - 1].text == "at")
    )


def _beside_hour_at(words: Sequence[Word], at: int) -> ClockHeard | None:
    """Such as "half past three", "half nine", "quarter to five", "twenty five past ten", "ten of four"."""
    half = match_at(words, at, "half past", "half after")
    if half is not None:
        return _shifted(words, half, 30)
    if match_at(words, at, "half") is not None and at + 1 < len(words):
        hour = _hour_number(words, at + 1)
        return None if hour is None or not may_follow(words, hour[1]) else _shifted(words, at + 1, 30)
    start = skip(words, at, "a")
    quarter = match_at(words, start, "quarter")
    minutes = (15, quarter) if quarter is not None else _small_minutes(words, start)
    if minutes is None:
        return None
    place = skip(words, minutes[1], "minutes", "mins", "minute")
    past = match_at(words, place, "past", "after")
    if past is not None:
        return _shifted(words, past, minutes[0])
    to = match_at(words, place, "to", "of", "before") if quarter else match_at(words, place, "to", "of")
    figures = words[start].text.isdecimal() and place == start + 1
    if to is None or figures or (at > 0 and words[at - 1].text in {"from", "between"}):
        return None
    return _shifted(words, to, -minutes[0])


def _small_minutes(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    number = cardinal_at(words, at)
    if number is None:
        return None
    named = number[1] < len(words) and words[number[1]].text in {"minutes", "mins"}
    return number if 1 <= number[0] <= 29 and (number[0] % 5 == 0 or named) else None


def _shifted(words: Sequence[Word], at: int, minutes: int) -> ClockHeard | None:
    hour = _hour_number(words, at)
    if hour is None:
        named = _named_at(words, at)
        total = named.hour * 60 + minutes if named is not None else 0
        return ClockHeard(total // 60 % 24, total % 60, named.end, sure=True) if named is not None else None
    number, end = hour
    if minutes >= 0:
        return ClockHeard(number, minutes, end, sure=False)
    return ClockHeard((number - 2) % 12 + 1, 60 + minutes, end, sure=False)


def _hour_number(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """An hour 1..12 in one word."""
    if at >= len(words):
        return None
    text = words[at].text
    value = int(text) if re.fullmatch(r"\d{1,2}", text) else UNITS.get(text) or TEENS.get(text)
    return (value, at + 1) if value is not None and 1 <= value <= 12 else None


def _figures_at(words: Sequence[Word], at: int) -> ClockHeard | None:
    """Such as "3:30", "15:00"."""
    clock = re.fullmatch(r"(\d{1,2}):(\d{2})", words[at].text)
    if clock is None:
        return None
    hour, minute = int(clock[1]), int(clock[2])
    if hour > 23 or minute > 59:
        return None
    return ClockHeard(hour, minute, at + 1, sure=hour > 12 or hour == 0)


def _minute_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Minutes after an hour: "thirty", "oh five", "forty five", "30"."""
    if at >= len(words):
        return None
    text = words[at].text
    if text in {"oh", "o", "zero"} and at + 1 < len(words) and UNITS.get(words[at + 1].text, 0) > 0:
        return UNITS[words[at + 1].text], at + 2
    if re.fullmatch(r"[0-5]\d", text):
        return int(text), at + 1
    if text in TENS or text in TEENS:
        number = cardinal_at(words, at)
        return number if number is not None and 10 <= number[0] <= 59 else None
    return None


def _hour_and_minute_at(words: Sequence[Word], at: int, *, bare: bool) -> ClockHeard | None:
    """Such as "three thirty", "ten oh five", "thirteen thirty", "3 30"."""
    text = words[at].text
    value = int(text) if re.fullmatch(r"\d{1,2}", text) else UNITS.get(text) or TEENS.get(text)
    if value is None or not 1 <= value <= 23 or words[at].stop:
        return None
    minute = _minute_at(words, at + 1)
    if minute is None or (text in TEENS and value > 12 and not bare):
        return None
    half = match_at(words, minute[1], "am", "pm", "oclock") is not None
    alone = not (at and is_number_word(words[at - 1].text)) and may_follow(words, minute[1])
    written = text.isdecimal() and words[minute[1] - 1].text.isdecimal()
    if not half and not (alone and (bare or (minute[0] % 5 == 0 and not written))):
        return None
    return ClockHeard(value, minute[0], minute[1], sure=value > 12)


def _hour_at(words: Sequence[Word], at: int, *, bare: bool) -> ClockHeard | None:
    """Such as "3 pm", "three o'clock", "10 in the morning"; with `bare` also "three"."""
    hour = _hour_number(words, at)
    if hour is None:
        text = words[at].text
        late = bare and re.fullmatch(r"1[3-9]|2[0-3]", text) and match_at(words, at + 1, "hours", "oclock")
        return ClockHeard(int(text), 0, at + 1, sure=True) if late else None
    value, end = hour
    marked = match_at(
        words, end, "am", "pm", "oclock", "in the morning", "in the afternoon", "in the evening", "at night", "ish",
        "tonight", "sharp", "on the dot",
    )  # fmt: skip
    before = words[at - 1].text if at else ""
    if marked is None:
        if not bare or before in _BEFORE_NUMBERS_ONLY or not may_follow(words, end):
            return None
        if words[at].text == "one" and (before in _BEFORE_ONE or (at and ordinal_at(words, at - 1))):
            return None
        goes_on = end < len(words) and not words[end - 1].stop and is_number_word(words[end].text)
        if is_number_word(before) or goes_on:
            return None
    return ClockHeard(value, 0, end, sure=False)


def may_follow(words: Sequence[Word], at: int) -> bool:
    """Whether what comes at `at` may come after a time: "at 3 please", not "at 12 Main Street" or "after 2 weeks"."""
    return at >= len(words) or words[at - 1].stop or words[at].text in _MAY_FOLLOW
