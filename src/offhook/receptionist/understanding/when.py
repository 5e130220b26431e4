"""When a caller wants to come: the day and time in their words, the last correction winning.

The grammar of days is in `days.py` and `dates.py`, of times in `clock.py`; `meant.py` knows what is refused or past.
Here the mentions of one utterance become one `When`, and that of a later utterance completes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from offhook.receptionist.understanding.clock import ClockHeard, Part
from offhook.receptionist.understanding.dates import DayHeard, Problem
from offhook.receptionist.understanding.meant import meant
from offhook.receptionist.understanding.mentions import Meant, Mention, TimeHeard, mentions
from offhook.receptionist.understanding.words import Word, words_of

_ONE_DAY: Final = timedelta(days=1)
_A_MONTH: Final = 27
_CLOSE: Final = 4
_RANGE_JOINTS: Final = {"to", "through", "until", "-", "thru"}
_OTHER_PART: Final[dict[Part, Part]] = {"morning": "afternoon", "afternoon": "morning", "evening": "afternoon"}
"""What is left of a day when a part of it will not do."""
_SMALL: Final = {
    "on",
    "the",
    "this",
    "of",
    "which",
    "is",
    "a",
    "thats",
    "its",
    "that",
    "would",
    "be",
    "in",
    "maybe",
    "like",
    "say",
}


@dataclass(frozen=True, slots=True)
class When:
    """A day and time as far as they were said; what was not said is None."""

    day: date | None = None
    last_day: date | None = None
    """With `day`, a stretch of days, both included: "next week"."""
    at: time | None = None
    hour_guessed: bool = False
    """`at` was said without am, pm or part of the day: 8 to 11 are taken as morning, 12 and 1 to 7 as afternoon."""
    part: Part | None = None
    after: time | None = None
    before: time | None = None
    asap: bool = False
    """The first that is free will do."""
    problem: Problem | None = None
    """With "no_such_date" and "weekday_mismatch" `day` is None, with "past" it is the day in the past."""
    choices: tuple[date, ...] = ()
    """With a problem: the days that may have been meant."""
    not_days: tuple[date, ...] = ()
    """Days the caller cannot or will not come."""
    old_day: date | None = None
    old_at: time | None = None
    """The appointment spoken of, not the one wanted: "my Tuesday appointment at 3"."""
    by_weekday: bool = False
    """`day` was said as a bare weekday."""
    month_open: bool = False
    """`day` was said as a bare number: "the 28th"."""
    words: tuple[int, int] = (0, 0)
    """The first word (split at white space) that tells of it, and the place after the last."""

    @property
    def is_wanted(self) -> bool:
        """Whether anything was said about the time wanted; else only a refusal or an existing appointment."""
        return bool(self.day or self.at or self.part or self.after or self.before or self.asap or self.problem)

    def refuses(self, day: date) -> bool:
        """Whether the caller will not come on `day`; of "next week, not Tuesday" the Tuesday of that week is meant."""
        if day in self.not_days:
            return True
        first = self.day if self.last_day is not None else None
        return first is not None and any(no < first and no.weekday() == day.weekday() for no in self.not_days)


def find_when(text: str, *, now: datetime, asked: bool = False) -> When | None:
    """The day and time said in `text`, or None. `now` is in the business's zone.

    With `asked` (we have just asked for a day or time) bare numbers count: "three", "the thirtieth", "ten thirty".
    """
    words = words_of(text)
    heard = _Hearing(words, now)
    found = mentions(words, today=now.date(), asked=asked)
    judged: list[Mention] = []
    for mention in found:
        judged.append(meant(words, mention, judged))
    for mention in judged:
        heard.take(mention)
    return heard.result()


def merge(old: When, new: When) -> When:
    """What is wanted after `old` was completed or corrected by `new`: "Tuesday", later "at 3"."""
    day, last_day, by_weekday = old.day, old.last_day, old.by_weekday
    problem, choices = old.problem, old.choices
    if new.day is not None or new.problem is not None:
        day, last_day, by_weekday = new.day, new.last_day, new.by_weekday
        problem, choices = new.problem, new.choices
        if new.by_weekday and new.day and old.day and old.last_day:
            day = _inside(new.day, old.day, old.last_day) or new.day
    elif new.asap:
        day, last_day, by_weekday, problem, choices = None, None, False, None, ()
    if day is not None and last_day is None and day in new.not_days:
        day = None
    merged = replace(
        new, day=day, last_day=last_day, by_weekday=by_weekday, problem=problem, choices=choices,
        not_days=tuple(dict.fromkeys((*old.not_days, *new.not_days))),
        old_day=new.old_day or old.old_day, old_at=new.old_at or old.old_at,
        asap=new.asap or (old.asap and not new.day),
    )  # fmt: skip
    return _with_time(merged, old, new)


def _with_time(merged: When, old: When, new: When) -> When:
    if new.at is not None:
        if new.hour_guessed and old.part is not None and new.part is None:
            hour = ClockHeard(new.at.hour % 12 or 12, new.at.minute, 0, sure=False)
            return replace(merged, at=hour.on(old.part), hour_guessed=False)
        return merged
    if new.after is not None or new.before is not None or new.asap:
        return merged
    if new.part is not None:
        if old.at is not None and old.hour_guessed:
            hour = ClockHeard(old.at.hour % 12 or 12, old.at.minute, 0, sure=False)
            return replace(merged, at=hour.on(new.part))
        return merged
    return replace(merged, at=old.at, hour_guessed=old.hour_guessed, part=old.part, after=old.after, before=old.before)


def _inside(day: date, first: date, last: date) -> date | None:
    """The day of the same weekday within a stretch."""
    inside = first + timedelta(days=(day.weekday() - first.weekday()) % 7)
    return inside if inside <= last else None


@dataclass(slots=True)
class _Hearing:
    """Takes the mentions of one utterance in order."""

    words: Sequence[Word]
    now: datetime
    day: DayHeard | None = None
    clock: TimeHeard | None = None
    part: Part | None = None
    asap: bool = False
    flexible: bool = False
    second_choice: bool = False
    """Another day was told for the case that the first does not suit: what follows belongs to that."""
    not_days: list[date] = field(default_factory=list[date])
    old: list[Mention] = field(default_factory=list[Mention])
    last: Mention | None = None
    used: list[Mention] = field(default_factory=list[Mention])

    def take(self, mention: Mention) -> None:
        if mention.meant is Meant.EVENT and mention.day is not None:
            self._take_beside(mention, mention.day)
        if mention.meant in {Meant.PAST, Meant.EVENT}:
            return
        self.used.append(mention)
        match mention.meant:
            case Meant.REFUSED:
                self._refuse(mention)
                return
            case Meant.EXISTING:
                self.old.append(mention)
                return
            case _:
                pass
        if mention.day is not None:
            self._take_day(mention, mention.day)
        if mention.clock is not None:
            self._take_clock(mention, mention.clock)
        if mention.part is not None:
            self.part = mention.part
        self.asap = self.asap or mention.asap
        self.flexible = self.flexible or mention.flexible
        self.last = mention

    def _take_beside(self, event: Mention, day: DayHeard) -> None:
        """The day told by that of an event: "the wedding is on the 12th, and I'd like to come the day before"."""
        texts = [word.text for word in self.words[event.end :]]
        for at, pair in enumerate(pairwise(texts)):
            if day.day is not None and day.last_day is None and pair in {("day", "before"), ("day", "after")}:
                gap = -_ONE_DAY if pair[1] == "before" else _ONE_DAY
                end = event.end + at + 2
                self.take(Mention(end - 2, end, day=DayHeard(end, day.day + gap)))
                return

    def _between(self, mention: Mention) -> set[str]:
        return {word.text for word in self.words[self.last.end : mention.start]} if self.last else set()

    def _refuse(self, mention: Mention) -> None:
        if mention.day is not None and mention.day.day is not None:
            self.not_days.extend(_refused_days(mention.day, mention.day.day, self.now.date()))
            if self.day is not None and self.day.day == mention.day.day and self.day.last_day is None:
                self.day = None
        if mention.clock is not None and self.clock is not None and _same_clock(self.clock, mention.clock):
            self.clock = None
        if mention.part is not None and self.part in {None, mention.part}:
            self.part = _OTHER_PART[mention.part]

    def _take_day(self, mention: Mention, day: DayHeard) -> None:
        current = self.day
        if current is None or self.last is None:
            self.day = day
            return
        between = self._between(mention)
        corrected = bool(between & {"no", "wait", "sorry", "actually", "mean", "meant", "rather", "instead", "scratch"})
        near = self.last.day is not None and between <= _SMALL | {"or", "and", "even", "also", "either"} | _RANGE_JOINTS
        if near and between & _RANGE_JOINTS and not corrected and current.day and day.day and day.day > current.day:
            self.day = replace(current, last_day=day.last_day or day.day)
        elif (near or {"or", "if"} <= between) and (between & {"or", "and"}) and current.problem is None:
            if "and" in between and self._opened_by_between() and day.day and current.day and day.day > current.day:
                self.day = replace(current, last_day=day.day)
            elif "or" in between:
                self.day = _in_week_of(current, day)
        elif not corrected and "or" in between and current.last_day is None and current.problem is None:
            self.second_choice = True  # "Friday at 4, or if not, Monday at 5"
        elif not corrected and _is_apart(current, day, len(self.words[self.last.end : mention.start])):
            self.day = day if day.last_day is None else current
        elif not corrected:
            self.day = _joined(current, day, close=self.last.day is not None and between <= _SMALL) or day
            if "to" in between and self._moves():
                self.clock = None
        else:
            self.day = _not_before_week_of(day, current)

    def _opened_by_between(self) -> bool:
        start = self.last.start if self.last else 0
        return start > 0 and self.words[start - 1].text == "between"

    def _moves(self) -> bool:
        return any(word.text in {"move", "change", "switch", "reschedule", "push", "moved"} for word in self.words)

    def _take_clock(self, mention: Mention, clock: TimeHeard) -> None:
        between = self._between(mention)
        alternative = "or" in between and self.last is not None and self.last.clock is not None and len(between) <= 2
        if self.clock is None or not (alternative or self.second_choice):
            self.clock = clock

    def result(self) -> When | None:
        if not self.used:
            return None
        at, after, before, guessed = self._clock()
        day = self.day or DayHeard(0)
        if day.from_now is not None and self.clock is None:
            moment = self.now + day.from_now
            at, day = moment.time().replace(second=0, microsecond=0, tzinfo=None), replace(day, day=moment.date())
        old_day = next((m.day.day for m in self.old if m.day is not None), None)
        old_clock = next((m.clock.at for m in self.old if m.clock is not None), None)
        return When(
            day=None if day.problem in {"no_such_date", "weekday_mismatch"} else day.day,
            last_day=day.last_day, at=at, hour_guessed=guessed, part=self.part, after=after, before=before,
            asap=self.asap or (self.flexible and at is after is before is None),
            problem=day.problem, choices=day.choices, not_days=tuple(dict.fromkeys(self.not_days)),
            old_day=old_day, old_at=None if old_clock is None else old_clock.on(None),
            by_weekday=day.weekday is not None, month_open=day.month_open,
            words=(
                min(self.words[m.start].place for m in self.used),
                max(self.words[max(m.end - 1, m.start)].place for m in self.used) + 1,
            ),
        )  # fmt: skip

    def _clock(self) -> tuple[time | None, time | None, time | None, bool]:
        heard = self.clock
        if heard is None:
            return None, None, None, False
        if heard.at is not None:
            return heard.at.on(self.part), None, None, not heard.at.sure and self.part is None
        return (None, *_bounds(heard.after, heard.before, self.part), False)


def _bounds(after: ClockHeard | None, before: ClockHeard | None, part: Part | None) -> tuple[time | None, time | None]:
    """Both ends of a stretch; "2 to 4 pm" says pm for both, "11 to 1 pm" does not."""
    if after is None or before is None:
        return after.on(part) if after else None, before.on(part) if before else None
    last = before.on(part)
    first = after.on(part)
    if before.sure and not after.sure:
        same_half = time(after.hour % 12 + (12 if last.hour >= 12 else 0), after.minute)
        first = same_half if same_half < last else time(after.hour % 12, after.minute)
    if not before.sure and last <= first and last.hour < 12:
        last = time(last.hour + 12, last.minute)
    return (first, last) if first < last else (last, first)


def _refused_days(heard: DayHeard, day: date, today: date) -> list[date]:
    """The days that "not Monday" rules out: today's and those of the next weeks too, if it is a bare weekday."""
    if heard.weekday is None:
        return [day]
    return [each for week in range(-1, 4) if (each := day + timedelta(weeks=week)) >= today]


def _same_clock(one: TimeHeard, other: TimeHeard) -> bool:
    return (
        one.at is not None and other.at is not None and (one.at.hour, one.at.minute) == (other.at.hour, other.at.minute)
    )


def _in_week_of(one: DayHeard, two: DayHeard) -> DayHeard:
    """The first of two bare weekdays, in the week told with the second: "Wednesday or Thursday of next week"."""
    if one.weekday is None or two.weekday is None or one.day is None or two.day is None:
        return one
    later = two.day - one.day > timedelta(days=6)
    return replace(one, day=two.day + timedelta(days=one.weekday - two.day.weekday())) if later else one


def _not_before_week_of(corrected: DayHeard, told: DayHeard) -> DayHeard:
    """Of "next Tuesday, no, Thursday" the Thursday of that week."""
    if corrected.weekday is None or told.weekday is None or corrected.day is None or told.day is None:
        return corrected
    monday = told.day - timedelta(days=told.day.weekday())
    return replace(corrected, day=corrected.day + timedelta(days=7)) if corrected.day < monday else corrected


def _is_apart(one: DayHeard, two: DayHeard, words_between: int) -> bool:
    """Whether a month or a year that was told belongs to something else than the day that was told far from it."""
    stretches = [each.last_day - each.day for each in (one, two) if each.day is not None and each.last_day is not None]
    return len(stretches) == 1 and stretches[0].days >= _A_MONTH and words_between > _CLOSE


def _joined(one: DayHeard, two: DayHeard, *, close: bool) -> DayHeard | None:
    """Two mentions that speak of one day: "Monday the thirtieth", "next week, maybe Tuesday"; None if they do not."""
    if one.last_day is not None and one.day is not None and two.weekday is not None and two.day is not None:
        inside = _inside(two.day, one.day, one.last_day)
        return replace(two, day=inside) if inside else None
    if two.last_day is not None and two.day is not None and one.weekday is not None and one.day is not None:
        inside = _inside(one.day, two.day, two.last_day)
        return replace(one, day=inside) if inside else None
    if one.last_day is not None and one.day is not None and two.by_number and two.day is not None:
        later = [one.day + _ONE_DAY * k for k in range((one.last_day - one.day).days + 1)]
        return next((replace(two, day=day) for day in later if day.day == two.day.day), None)
    if not close:
        return None
    weekday, numbered = (one, two) if one.weekday is not None else (two, one)
    if weekday.weekday is None or not (numbered.by_number or numbered.problem):
        return None
    if numbered.day is None or numbered.day.weekday() == weekday.weekday:
        return replace(numbered, month_open=False)
    nearest = numbered.day + _ONE_DAY * ((weekday.weekday - numbered.day.weekday() + 3) % 7 - 3)
    return DayHeard(numbered.end, problem="weekday_mismatch", choices=(numbered.day, nearest))
