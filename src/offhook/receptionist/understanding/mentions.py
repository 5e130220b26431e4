"""Every mention of a day, a time or a part of the day in an utterance, in order, each with how it was meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import Final

from offhook.receptionist.understanding.clock import PARTS, ClockHeard, Part, clock_at, may_follow
from offhook.receptionist.understanding.dates import STREETS, DayHeard
from offhook.receptionist.understanding.days import WEEKDAYS, day_at
from offhook.receptionist.understanding.numbers import is_number_word
from offhook.receptionist.understanding.words import Word, each, match_at, skip


class Meant(Enum):
    """How a mention counts."""

    WANTED = "wanted"
    REFUSED = "refused"  # "not Tuesday"
    EXISTING = "existing"  # "my Tuesday appointment"
    PAST = "past"  # "since Tuesday"
    EVENT = "event"  # "the wedding is on June 30th", "our deadline is Friday"


@dataclass(frozen=True, slots=True)
class TimeHeard:
    """A time of day or bounds of it, and the place after its words."""

    end: int
    at: ClockHeard | None = None
    after: ClockHeard | None = None
    before: ClockHeard | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention; exactly one of `day`, `clock`, `part`, `asap` and `flexible` says what."""

    start: int
    end: int
    meant: Meant = Meant.WANTED
    day: DayHeard | None = None
    clock: TimeHeard | None = None
    part: Part | None = None
    asap: bool = False
    flexible: bool = False
    """Such as "Any time", "it doesn't matter": the first that is free, unless something more is said."""


_AFTER: Final = (
    "nothing before", "nothing earlier than", "cant do before", "cant before", "cant come before",
    "cant make it before", "dont want before", "after", "any time after", "anytime after", "later than",
    "no earlier than", "not before", "not until", "past",
    "starting at", "starting from", "not earlier than", "from",
)  # fmt: skip
_BUSY_UNTIL: Final = (
    "work until", "working until", "at work until", "busy until", "tied up until", "in meetings until", "off work at",
    "off at", "get off at", "get off work at", "done work at", "finish work at", "finish at", "get home at",
)  # fmt: skip
_BEFORE: Final = (
    "nothing after", "nothing later than", "cant do after", "cant come after", "before", "by", "no later than",
    "not after", "earlier than", "until", "not later than", "up to", "done by",
)  # fmt: skip
_AT: Final = ("at", "around", "about", "approximately", "roughly", "at around", "at about", "@", "closer to", "at like",
              "around like", "like around", "say", "at maybe", "is it at", "for about", "for around")  # fmt: skip
_CORRECTING: Final = each(
    "no sorry actually wait meant mean rather it make that or not instead to be its i maybe better like on"
)
_ASAP: Final = (
    "as soon as possible", "as soon as you can", "as soon as", "asap", "first available", "next available", "soonest",
    "earliest", "first opening", "early as you can", "early as possible", "soon as you can", "soon as possible",
    "whatevers first", "whatever is first", "whichever is first", "whatever comes first", "whatevers soonest",
    "first one you have", "first you have", "first thing available", "next opening", "first slot", "next slot",
    "right away", "straight away", "right now", "stranded",
    "immediately", "first thing you have", "as early as possible", "first appointment", "next appointment available",
    "next free", "first free", "sooner the better", "quickest", "first one available", "first time available",
)  # fmt: skip
_FLEXIBLE: Final = (
    "any time", "anytime", "whenever", "any day", "whatever works", "whatever you have", "whichever", "no preference",
    "doesnt matter", "dont care", "dont mind", "you pick", "you choose", "im flexible", "im open", "im pretty open",
    "up to you", "whatever is available", "whatevers available", "im free all day", "surprise me", "im easy",
    "any slot",
    "whatever is open", "whatever time", "whatever day", "no particular", "not fussy", "all day", "wide open",
    "im not picky", "does not matter", "do not care", "do not mind",
)  # fmt: skip
_EDGES: Final[dict[str, tuple[Part | None, int | None, int | None]]] = {
    "first thing": ("morning", None, None), "end of the day": ("afternoon", 16, None), "end of day": ("afternoon", 16,
    None),
    "late in the day": ("afternoon", 16, None), "later in the day": ("afternoon", None, None),
    "late afternoon": ("afternoon", 15, None), "late morning": ("morning", 10, 12), "early afternoon": (None, 12, 15),
    "mid morning": ("morning", 9, 12), "midmorning": ("morning", 9, 12), "mid afternoon": ("afternoon", 14, 16),
    "lunchtime": (None, 12, 14), "lunch time": (None, 12, 14), "lunch hour": (None, 12, 14),
    "lunch break": (None, 12, 14),
    "at lunch": (None, 12, 14), "over lunch": (None, 12, 14), "around lunch": (None, 12, 14),
    "after work": (None, 17, None),
    "after school": (None, 15, None), "after lunch": (None, 13, None), "before lunch": (None, None, 12),
    "before work": (None, None, 9), "end of business": ("afternoon", 16, None), "close of business": ("afternoon", 16,
    None),
}  # fmt: skip
_NOT_BEFORE: Final = ("not before", "not until", "no earlier than", "not earlier than", "nothing before", "cant before",
                      "cant do before", "cant come before")  # fmt: skip
_COMES: Final = each("come coming comes stop swing drop pop go be")
_NOT_BEFORE_NOW: Final = each("not for until by just since even from days weeks hours")
_NO_PART_AFTER: Final = {"good", "last", "all", "every", "each", "other", "at", "per"}


def mentions(words: Sequence[Word], *, today: date, asked: bool) -> list[Mention]:
    """All mentions, left to right; no two share a word."""
    return list(_scan(words, today=today, asked=asked))


def _scan(words: Sequence[Word], *, today: date, asked: bool) -> Iterator[Mention]:
    at = 0
    previous: Mention | None = None
    while at < len(words):
        mention = _mention_at(words, at, previous, today=today, asked=asked)
        if mention is None:
            at += 1
            continue
        yield mention
        previous = mention
        at = max(mention.end, at + (mention.day is None))


def _mention_at(
    words: Sequence[Word], at: int, previous: Mention | None, *, today: date, asked: bool
) -> Mention | None:
    edge = match_at(words, at, *_EDGES)
    if edge is not None:
        part, after, before = _EDGES[" ".join(word.text for word in words[at:edge])]
        bounds = TimeHeard(edge, None, _hour(after), _hour(before))
        return Mention(at, edge, clock=bounds, part=part) if after or before else Mention(at, edge, part=part)
    side = _side_of_day_at(words, at, today=today, asked=asked)
    if side is not None:
        return side
    fresh = not (previous is not None and previous.day is not None and previous.start == at)
    day = day_at(words, at, today=today, asked=asked) if fresh else None
    heard = None if day is not None and day.end > at + 1 else _time_at(words, at, previous, asked=asked)
    if day is not None and (heard is None or heard.end <= day.end):
        return Mention(at, day.end, day=day)
    if heard is not None:
        return Mention(at, heard.end, clock=heard)
    part = PARTS.get(words[at].text)
    before_word = words[at - 1].text if at else ""
    if before_word == "other" and at > 1 and words[at - 2].text != "the":
        before_word = ""  # "any other afternoon"; "the other day" is past
    if part is not None and _part_counts(words[at].text, before_word):
        return Mention(at, at + 1, part=part)
    end = match_at(words, at, *_ASAP)
    if end is None and words[at].text == "now" and before_word not in _NOT_BEFORE_NOW and may_follow(words, at + 1):
        end = at + 1
    if end is not None:
        return Mention(at, end, asap=True)
    end = match_at(words, at, *_FLEXIBLE)
    return Mention(at, end, flexible=True) if end is not None else None


def _side_of_day_at(words: Sequence[Word], at: int, *, today: date, asked: bool) -> Mention | None:
    """Days on one side of a day: "after Thanksgiving", "before Friday", "by the 30th", "not before Friday"."""
    onwards = match_at(words, at, *_NOT_BEFORE)
    if onwards is not None and onwards < len(words):
        first = day_at(words, onwards, today=today, asked=asked)
        if first is not None and first.day is not None and clock_at(words, onwards, bare=True) is None:
            return Mention(at, first.end, day=DayHeard(first.end, first.day, first.day + timedelta(days=6)))
    if words[at].text not in {"after", "before", "by"} or at + 1 >= len(words):
        return None
    if words[at].text == "by" and at > 0 and words[at - 1].text in _COMES:
        return None  # "can I come by Wednesday at 1?"
    clock = clock_at(words, at + 1, bare=True)
    day = day_at(words, at + 1, today=today, asked=asked)
    if day is None or day.day is None or (clock is not None and clock.end >= day.end):
        return None
    one_day = timedelta(days=1)
    last = day.last_day or day.day
    if words[at].text == "after":
        stretch = DayHeard(day.end, last + one_day, last + 7 * one_day)
    else:
        end = day.day - one_day if words[at].text == "before" else last
        stretch = DayHeard(day.end, min(max(today + one_day, end - 6 * one_day), end), end)
    return Mention(at, day.end, day=stretch) if stretch.last_day and stretch.last_day >= today else None


def _hour(hour: int | None) -> ClockHeard | None:
    return None if hour is None else ClockHeard(hour, 0, 0, sure=True)


def _part_counts(word: str, before: str) -> bool:
    return before not in _NO_PART_AFTER and (word != "am" or before in {"the", "an"})


def _time_at(words: Sequence[Word], at: int, previous: Mention | None, *, asked: bool) -> TimeHeard | None:
    bare = asked or _in_context(words, at, previous) or _before_a_day(words, at)
    stretch = _stretch_at(words, at, bare=bare)
    if stretch is not None:
        return stretch
    for phrases, side in ((_BUSY_UNTIL + _AFTER, "after"), (_BEFORE, "before"), (_AT, "at")):
        place = match_at(words, at, *phrases)
        if place is None or (side == "after" and words[at].text == "from"):
            continue
        clock = clock_at(words, skip(words, place, "like", "around", "about", "maybe", "the"), bare=True)
        if clock is None or _is_address(words, clock.end):
            continue
        return _with_bound_after(words, _bound(side, clock))
    if words[at].text == "one" and previous is not None and previous.end == at and previous.day is None:
        return None  # "the 10:30 one"
    clock = clock_at(words, at, bare=bare)
    if clock is None or _is_address(words, clock.end) or _inside_number(words, at, clock.end, previous):
        return None
    return _with_bound_after(words, TimeHeard(clock.end, at=clock))


def _bound(side: str, clock: ClockHeard) -> TimeHeard:
    match side:
        case "after":
            return TimeHeard(clock.end, after=clock)
        case "before":
            return TimeHeard(clock.end, before=clock)
        case _:
            return TimeHeard(clock.end, at=clock)


def _with_bound_after(words: Sequence[Word], heard: TimeHeard) -> TimeHeard:
    """Such as "three or later", "noon or before"."""
    if heard.at is None:
        return heard
    later = match_at(words, heard.end, "or later", "or after", "onwards", "onward", "and later", "or any time after",
                     "or anytime after", "at the earliest", "and onwards")  # fmt: skip
    if later is not None:
        return TimeHeard(later, after=heard.at)
    earlier = match_at(words, heard.end, "or earlier", "or before", "at the latest", "latest", "tops")
    return TimeHeard(earlier, before=heard.at) if earlier is not None else heard


def _stretch_at(words: Sequence[Word], at: int, *, bare: bool) -> TimeHeard | None:
    """Such as "between two and four", "from 1 to 3", "2-4pm", "from 3 on"."""
    opener = match_at(words, at, "between", "from", "anywhere from", "anywhere between")
    place = opener if opener is not None else at
    if opener is None and not (words[at].text[:1].isdecimal() or bare or _dash_follows(words, at)):
        return None
    first = clock_at(words, place, bare=opener is not None or bare or _dash_follows(words, place))
    if first is None:
        return None
    onwards = match_at(words, first.end, "on", "onwards", "onward")
    if opener is not None and words[at].text == "from" and onwards is not None and _not_a_day(words, onwards):
        return TimeHeard(onwards, after=first)
    joint = match_at(words, first.end, "to", "-", "until", "through") or (
        match_at(words, first.end, "and") if opener is not None else None
    )
    if joint is None:
        return None
    last = clock_at(words, joint, bare=True)
    if last is None or _is_address(words, last.end):
        return None
    figures = words[place].text[:1].isdecimal() or first.sure or last.sure
    return TimeHeard(last.end, after=first, before=last) if opener is not None or figures else None


def _not_a_day(words: Sequence[Word], at: int) -> bool:
    return at >= len(words) or day_at(words, at, today=date(2026, 1, 1), asked=True) is None


def _dash_follows(words: Sequence[Word], at: int) -> bool:
    return (
        at + 2 < len(words)
        and words[at + 1].text in {"-", "to", "until"}
        and any(word.text in {"am", "pm"} for word in words[at + 2 : at + 4])
    )


def _is_address(words: Sequence[Word], end: int) -> bool:
    """Such as "at 4 March Street": a street follows within two words."""
    return any(word.text in STREETS for word in words[end : end + 2]) and not words[end - 1].stop


def _inside_number(words: Sequence[Word], at: int, end: int, previous: Mention | None) -> bool:
    """Whether the words go on as a longer number: "five five five oh one", not "the first ten thirty"."""
    follows = at > 0 and not words[at - 1].stop and is_number_word(words[at - 1].text)
    before = follows and (previous is None or previous.end != at)
    if ":" in words[at].text or match_at(words, end - 1, "am", "pm", "oclock", "noon") is not None:
        return before
    return before or (end < len(words) and not words[end - 1].stop and is_number_word(words[end].text))


_WOULD_DO: Final = each("ok okay good fine work works possible available free open alright better")


def _before_a_day(words: Sequence[Word], at: int) -> bool:
    """Whether a bare number here is a time by what follows: "4 tomorrow", "is 5 ok", not "for 3 on Tuesday"."""
    clock = clock_at(words, at, bare=True)
    if clock is None or clock.end >= len(words) or words[clock.end - 1].stop:
        return False
    before = words[at - 1].text if at else ""
    if before in {"is", "would", "does", "will"} and words[clock.end].text in _WOULD_DO:
        return True
    place = skip(words, clock.end, "on")
    if before in {"for", "of", "to", "have", "need", "number", "unit"} or place >= len(words):
        return False
    return words[place].text in WEEKDAYS or words[place].text in {"today", "tomorrow", "tonight"}


def _in_context(words: Sequence[Word], at: int, previous: Mention | None) -> bool:
    """Whether a bare number here is a time: after a day, or in correction of a time."""
    if previous is None or (not may_follow(words, at + 1) and not is_number_word(words[at].text)):
        return False
    between = [word.text for word in words[previous.end : at]]
    if previous.day is not None or previous.part is not None:
        return not between or between in (["like"], ["say"], ["maybe"])
    return (
        previous.clock is not None
        and bool(between)
        and all(text in _CORRECTING | {"oh", "hold", "on", "uh", "um"} for text in between)
    )


def time_from(heard: ClockHeard | None, part: Part | None) -> time | None:
    """The time a caller meant by a clock, if any."""
    return None if heard is None else heard.on(part)
