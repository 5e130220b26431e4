"""Free times that were offered: named to the caller, and which of them the caller's words pick."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

from offhook.conversation.form import QuestionKind
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.script.phrases import say_start, say_starts
from offhook.receptionist.understanding.when import When

MOST_OFFERED = 3
STEP = timedelta(minutes=15)
"""How long after the last time that was named another one is looked for."""
_FIRST = re.compile(
    r"\b(?:first|next|any of (?:those|them|these)|"
    r"earliest|sooner|soonest|either|any|any ?time|whichever|whenever|both|now|immediately|"
    r"you (?:choose|pick)|doesn'?t matter|don'?t (?:care|mind))\b"
)
_THIS_OR_NEXT = re.compile(r"\b(?:this|next|week|after|following)\b", re.IGNORECASE)
_SECOND = re.compile(r"\b(?:second|middle|2nd)\b")
_LAST = re.compile(r"\b(?:last|latest|later|third|3rd)\b")
_ORDINAL = re.compile(
    r"^\W*(?:(?:i'll take|i will take|let's do|lets do|yes|yeah|ok|okay|sure|um|uh|maybe|how about|number)\W+)*"
    r"(?:the )?(first|second|third|last|middle|1st|2nd|3rd)(?: one| time| slot| option)?"
    r"(?: works| is fine| is good| sounds good)?(?:,? please)?\W*$",
    re.IGNORECASE,
)


def offer(draft: Draft, slots: Iterable[datetime], lead: str = "I have") -> None:
    """Name up to three free slots and ask which."""
    few = list(slots)[:MOST_OFFERED]
    draft.note(**{w.OFFERED: ",".join(slot.isoformat(timespec="minutes") for slot in few), w.DECLINED: ""})
    question = "Does that work?" if len(few) == 1 else "Which suits you?"
    draft.ask(
        "start",
        QuestionKind.DAY_AND_TIME,
        f"{lead} {say_starts(few, draft.now.date())}. {question}",
        tuple(say_start(slot) for slot in few),
    )


def next_first(slots: Iterable[datetime], taken: datetime) -> list[datetime]:
    """In the order in which they are offered instead of a time that is taken: the next, one more, one before."""
    later = [slot for slot in slots if slot > taken]
    sooner = [slot for slot in slots if slot < taken]
    return [*later[: MOST_OFFERED - bool(sooner)], *sooner[-1:], *later[MOST_OFFERED - bool(sooner) :]]


def offered(draft: Draft) -> list[datetime]:
    """The slots that were offered last."""
    return _slots(draft.value(w.OFFERED))


def decline(draft: Draft) -> None:
    """None of the offered times suits; they are no longer offered, but not forgotten."""
    draft.note(**{w.OFFERED: "", w.DECLINED: draft.value(w.OFFERED)})


def later_than_declined(draft: Draft) -> dict[str, str]:
    """From when on other times are looked for after some were declined, as an argument of `find_slots`."""
    declined = _slots(draft.value(w.DECLINED))
    that_day = [slot for slot in declined if slot.date().isoformat() == draft.value(w.DAY)]
    last = max(that_day or declined, default=None)
    return {"after": (last + STEP).isoformat(timespec="minutes")} if last is not None else {}


def wished_day_of_offers(draft: Draft) -> date | None:
    """The day that the caller spoke of, if one of the times offered last is on it."""
    days = {slot.date() for slot in offered(draft)}
    return next((day for day in days if day.isoformat() == draft.value(w.DAY)), None)


def _slots(noted: str) -> list[datetime]:
    return [datetime.fromisoformat(slot) for slot in noted.split(",") if slot]


def picked(draft: Draft, heard: Heard) -> datetime | None:
    """Which of the offered times the words pick, if they do."""
    ordinal = _ORDINAL.match(heard.words)
    later = draft.asks != "start"  # after another question was asked, only a plain pick is one
    slots = offered(draft) or (_slots(draft.value(w.DECLINED)) if ordinal is not None else [])
    if not slots:
        return None
    if ordinal is not None:
        at = {"f": 0, "s": 1, "m": 1, "t": 2, "l": -1, "1": 0, "2": 1, "3": 2}[ordinal.group(1)[0].lower()]
        return slots[min(at, len(slots) - 1)]
    when = in_offered_month(draft, heard, heard.when) if heard.when is not None else None
    if when is not None and when.at is not None and when.problem is None:
        fits = [slot for slot in slots if slot.time() == when.at and when.day in {None, slot.date()}]
        if not fits and when.hour_guessed and when.day is None:
            other = (datetime.combine(date.min, when.at) + timedelta(hours=12)).time()
            fits = [slot for slot in slots if slot.time() == other]
        return fits[0] if fits else None
    if later:
        return None
    if when is not None and when.day is not None and when.at is None and when.last_day is None:
        fits = [slot for slot in slots if slot.date() == when.day]
        return fits[0] if len(fits) == 1 else None
    if when is not None and when.asap and when.day is None and when.at is None and when.part is None:
        return slots[0]
    if when is not None and (when.after or when.before or when.part or when.last_day or when.not_days):
        return None  # "any time after five" asks for others
    words = heard.words.lower()
    if _SECOND.search(words) and len(slots) > 1:
        return slots[1]
    if _LAST.search(words):
        return slots[-1]
    if _FIRST.search(words) or (heard.yes and (len(slots) == 1 or heard.count <= 3)):
        return slots[0]
    return None


def is_pick(draft: Draft, heard: Heard) -> bool:
    """Whether the words are nothing but a pick by its place among times that were named: "the second one, please"."""
    named = draft.value(w.OFFERED) or draft.value(w.DECLINED)
    return bool(named) and _ORDINAL.match(heard.words) is not None


def in_offered_month(draft: Draft, heard: Heard, when: When) -> When:
    """A bare "Monday" or "the 28th" is the one that was just offered."""
    if when.day is None or when.last_day is not None:
        return when
    if when.by_weekday:
        if _THIS_OR_NEXT.search(heard.words):
            return when
        named = [slot.date() for slot in offered(draft) if slot.weekday() == when.day.weekday()]
        return replace(when, day=named[0] if named else _in_week_spoken_of(draft, when.day))
    if not when.month_open:
        return when
    same = [slot.date() for slot in offered(draft) if slot.day == when.day.day]
    if not same and draft.value(w.DAY):
        spoken_of = date.fromisoformat(draft.value(w.DAY))
        with suppress(ValueError):  # a month without that day
            same = [spoken_of.replace(day=when.day.day)]
    return replace(when, day=same[0]) if same and same[0] >= draft.now.date() else when


def _in_week_spoken_of(draft: Draft, day: date) -> date:
    """The same weekday in the week that was spoken of, if that is a later one: "no, Wednesday, not Tuesday"."""
    told = draft.value(w.DAY)
    if not told or not any(map(draft.value, ("start", w.WHEN, w.OFFERED, w.FOUND, w.MEANT_DAY))):
        return day
    spoken_of = date.fromisoformat(told)
    return max(day, spoken_of + timedelta(days=day.weekday() - spoken_of.weekday()))


def day_of_offers(draft: Draft) -> date | None:
    """The day of the first offer."""
    return min((slot.date() for slot in offered(draft)), default=None)
