"""The time of an appointment: what the caller wishes, what is free, what is offered and picked."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pydantic import TypeAdapter, ValidationError

from offhook.conversation.actions import ActionKind, ActionResult
from offhook.conversation.form import QuestionKind
from offhook.receptionist.business import Service
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.script.offering import (
    day_of_offers,
    in_offered_month,
    later_than_declined,
    next_first,
    offer,
    offered,
    picked,
)
from offhook.receptionist.script.phrases import listed, say_day, say_start, say_starts, say_time
from offhook.receptionist.script.refused_times import closed_all_day, is_too_far, refusal
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.intent import Intent
from offhook.receptionist.understanding.when import When, merge

_EXPECT_TIME = frozenset({"", "start", "service", w.HELP, w.BOOK_OK, w.CHANGE_WHAT, w.CHANGE_OK, w.BOOK_TOO, w.MORE})
"""What was asked where a time that fits needs no word; it is read back at the end."""
_ASK_TIME = "What day and time would suit you?"
_OF_THAT_DAY = frozenset({"", "start", w.CHANGE_WHAT, w.BOOK_TOO, w.MORE})
"""What was asked where a bare time is of the day that was spoken of."""
_WHEN = TypeAdapter(When)
_URGENT = re.compile(r"\b(?:emergency|lockout|urgent)\b", re.IGNORECASE)
"""Services for which the soonest times are offered without asking."""


def wish(draft: Draft) -> When | None:
    """What is known of the time the caller wishes."""
    return _loaded(draft.value(w.WHEN))


def hear_time(draft: Draft, heard: Heard) -> bool:
    """Take in a time, or a pick among the offered ones; whether there was anything to take in."""
    pick = picked(draft, heard)
    if pick is not None:
        _settle_on(draft, pick)
        return True
    told = heard.when or _meant_day(draft, heard)
    if told is None or not (told.is_wanted or told.not_days):
        return False
    wanted = in_offered_month(draft, heard, told)
    old = wish(draft)
    if draft.value("start") and old is None:
        begins = datetime.fromisoformat(draft.value("start"))
        old = When(day=begins.date(), at=begins.time())
    complete = wanted.day is not None and wanted.at is not None
    new = wanted if old is None or complete else merge(old, wanted)
    if old is not None and old.at is not None and wanted.asap and "day" in heard.words.lower():
        new = replace(old, day=None, asap=True)  # "any day" keeps the time
    elif old is not None and wanted == When(asap=True, words=wanted.words) and Intent.CORRECTION not in heard.intents:
        new = old if old.day is not None or old.after is not None else new  # the earliest of those
    new = replace(new, words=(0, 0), month_open=False)
    if new.day is None and new.at is not None and (day := day_of_offers(draft)) is not None:
        new = replace(merge(new, When(day=day)), at=new.at, asap=False)
    if new.day is None and new.at is not None and not new.asap and not new.not_days:
        new = replace(new, day=_day_spoken_of(draft))
    new = _at_told_time(draft, new)
    if new.day is not None:
        draft.note(**{w.DAY: new.day.isoformat()})
    if old is None or _dumped(new) != _dumped(old) or not draft.value("start"):
        draft.note(**{w.WHEN: _dumped(new), "start": "", w.OFFERED: "", w.WHEN_LATER: "", w.MEANT_DAY: ""})
    return True


def _meant_day(draft: Draft, heard: Heard) -> When | None:
    """The day to which a yes was said: "do you mean November 30th?"."""
    day = draft.value(w.MEANT_DAY)
    return When(day=date.fromisoformat(day)) if day and heard.yes and draft.asks == "start" else None


def _day_spoken_of(draft: Draft) -> date | None:
    """The day that a bare time is about."""
    told = draft.value(w.DAY)
    day = date.fromisoformat(told) if told and draft.asks in _OF_THAT_DAY else None
    return None if day is None or closed_all_day(draft, day) else day


def _at_told_time(draft: Draft, new: When) -> When:
    """Another day alone keeps the time that was told: "ok, then Friday". What was told of the time is noted."""
    if new.at is not None:
        draft.note(**{w.AT: new.at.isoformat()})
    elif new.part is not None or new.after is not None or new.before is not None or new.asap:
        draft.drop(w.AT)
    elif new.day is not None and new.last_day is None and draft.value(w.AT) and not new.problem:
        return replace(new, at=time.fromisoformat(draft.value(w.AT)))
    return new


def note_wish(draft: Draft, when: When) -> None:
    """This is the time that is wished now."""
    draft.note(**{w.WHEN: _dumped(when)})


def wish_for(draft: Draft, start: str) -> None:
    """A point in time is wished for again."""
    if start:
        moment = datetime.fromisoformat(start)
        draft.note(**{w.WHEN: _dumped(When(day=moment.date(), at=moment.time()))})


def keep_day(draft: Draft, day: date) -> None:
    """Where only a time of day was named for an appointment that is to be moved, its day stays."""
    when = wish(draft)
    if when is not None and when.at is not None and when.day is None and when.problem is None:
        draft.note(**{w.WHEN: _dumped(replace(when, day=day))})


def keep_time(draft: Draft, at: time) -> None:
    """Where only a day was named for an appointment that is to be moved, its time of day stays."""
    when = wish(draft)
    if when is None or when.day is None or when.problem is not None:
        return
    if not (when.at or when.part or when.after or when.before or when.last_day or when.asap):
        draft.note(**{w.WHEN: _dumped(replace(when, at=at))})


def forget_time(draft: Draft) -> None:
    """The time is open again."""
    draft.drop("start", w.WHEN, w.OFFERED, w.DECLINED, w.AT, w.MEANT_DAY, w.WHEN_LATER)


def reopen(draft: Draft, *, day_only: bool) -> None:
    """The caller wants another time on that day, or another day at that time."""
    start = datetime.fromisoformat(draft.value("start")) if draft.value("start") else None
    forget_time(draft)
    if start is None:
        ask_time(draft)
    elif day_only:
        draft.note(**{w.AT: start.time().isoformat(), w.DAY: ""})
        ask_time(draft, "Okay, which day would suit you better?")
    else:
        draft.note(**{w.DAY: start.date().isoformat()})
        ask_time(draft, f"What time on {say_day(start)}, or which other day?")


def seek_time(draft: Draft, service: Service) -> None:
    """Ask for the time, say why it cannot be, or look whether it is free."""
    when = wish(draft)
    if when is None or not (when.is_wanted or when.not_days):
        if open_offers := offered(draft):
            offer(draft, open_offers)
        elif _URGENT.search(service.name) or (draft.asks == "start" and not draft.said):
            draft.act(ActionKind.FIND_SLOTS, service=service.name, **later_than_declined(draft))
        else:
            # The usual service may stand for other words ("a wedding"): the caller hears what the time is for.
            usual = service.name == draft.business.profession.default_service
            ask_time(draft, f"What day and time would suit you for the {service.name}?" if usual else _ASK_TIME)
        return
    if refuse_date(draft):
        return
    if when.day is None and when.at is not None and (when.asap or when.not_days):
        _seek_on_any_day(draft, service, when, when.at)
        return
    if when.day is None and when.at is not None:
        draft.ask("start", QuestionKind.DAY_AND_TIME, f"{say_time(when.at)}, on which day?".capitalize())
        return
    if when.day is not None and when.at is not None:
        _seek_exactly(draft, service, datetime.combine(when.day, when.at))
        return
    _seek_around(draft, service, when)


def wishes_exactly(draft: Draft) -> bool:
    """Whether the wished time can be looked up, or refused, without another word from the caller."""
    when = wish(draft)
    if when is None or not when.is_wanted:
        return False
    if when.problem is not None or (when.day is not None and when.at is not None):
        return True
    if when.day is None or when.last_day is not None:
        return False
    return is_too_far(draft, when.day) or bool(closed_all_day(draft, when.day))


def refuse_date(draft: Draft) -> bool:
    """Ask again for a date that cannot be, whose time of day is kept; whether one was said."""
    when = wish(draft)
    if when is None or when.problem is None:
        return False
    forget_time(draft)
    if when.at is not None or when.part is not None:
        draft.note(**{w.WHEN: _dumped(When(at=when.at, hour_guessed=when.hour_guessed, part=when.part))})
    question = "Which day would you like?"
    match when.problem:
        case "no_such_date":
            draft.say("I'm afraid that date doesn't exist.")
        case "weekday_mismatch":
            draft.say("That date isn't on that weekday.")
        case _:
            draft.say(f"{say_day(when.day)} is already past." if when.day else "That day is already past.")
    if when.choices:
        draft.note(**{name: when.choices[0].isoformat() for name in (w.DAY, w.MEANT_DAY)})
        question = f"Do you mean {listed([say_day(day) for day in when.choices])}?"
    draft.ask("start", QuestionKind.DAY_AND_TIME, question)
    return True


def _seek_exactly(draft: Draft, service: Service, start: datetime) -> None:
    problem = refusal(draft, service, start)
    if not problem:
        draft.act(ActionKind.FIND_SLOTS, service=service.name, near=_iso(start))
        return
    draft.say(problem)
    if is_too_far(draft, start.date()):
        _offer_message_instead(draft)
        return
    draft.note(**{w.WHEN: ""})
    if not closed_all_day(draft, start.date()):
        draft.drop(w.AT)  # it is the hour that cannot be
    draft.act(ActionKind.FIND_SLOTS, service=service.name, near=_iso(start))


def _seek_on_any_day(draft: Draft, service: Service, when: When, at: time) -> None:
    """Around ten, any day but Monday: on the next day that can be."""
    first = draft.now.date() + timedelta(days=datetime.combine(draft.now.date(), at) <= _naive_now(draft))
    day = _first_day(when, first)
    draft.act(ActionKind.FIND_SLOTS, service=service.name, near=_iso(datetime.combine(day, at)))


def _first_day(when: When, first: date) -> date:
    """The first day from `first` on that the caller has not ruled out."""
    days = (first + timedelta(days=k) for k in range(len(when.not_days) + 1))
    return next((day for day in days if not when.refuses(day)), first)


def _seek_around(draft: Draft, service: Service, when: When) -> None:
    arguments = {"service": service.name}
    if when.part:
        arguments["part"] = str(when.part)
    if when.day is not None and is_too_far(draft, when.day):
        draft.say(f"We don't book as far ahead as {say_day(when.day)}.")
        _offer_message_instead(draft)
        return
    if when.day is not None and when.last_day is None:
        reason = closed_all_day(draft, when.day)
        if reason:
            draft.say(reason)
            draft.note(**{w.WHEN: ""})
            arguments["after"] = _iso(datetime.combine(when.day, when.after or time(0)))
        else:
            arguments["day"] = when.day.isoformat()
            if when.after is not None:
                arguments["after"] = _iso(datetime.combine(when.day, when.after))
    elif when.day is not None:
        first = _first_day(when, when.day)
        arguments["after"] = _iso(max(datetime.combine(first, when.after or time(0)), _naive_now(draft)))
    elif when.after is not None or when.not_days:
        first = _first_day(when, draft.now.date())
        arguments["after"] = _iso(max(datetime.combine(first, when.after or time(0)), _naive_now(draft)))
    draft.act(ActionKind.FIND_SLOTS, **arguments)


def _offer_message_instead(draft: Draft) -> None:
    draft.ask(w.MESSAGE_TOO, QuestionKind.YES_NO, "Shall I leave a message, so that somebody calls you about it?")


def passed_over(draft: Draft) -> bool:
    """Whether the caller went on with something else when asked for the time: what is missing beside it comes first.

    Of times that were offered the first is read back at the end.
    """
    if draft.asks == "start":
        return False
    others_open = not (draft.value("name") and draft.value("phone"))
    return bool(offered(draft)) or (others_open and bool(draft.value(w.WHEN_LATER)))


def take_first_offered(draft: Draft) -> None:
    """The caller has told all but which of the offered times: the read-back names the first."""
    _settle_on(draft, offered(draft)[0])


def ask_time(draft: Draft, words: str = _ASK_TIME) -> None:
    """Ask when."""
    draft.ask("start", QuestionKind.DAY_AND_TIME, words)


def told_slots(draft: Draft, service: Service, result: ActionResult) -> bool:
    """Go on when free slots are known: True if the wished time is free and taken, else they are offered."""
    when = wish(draft)
    slots = [datetime.fromisoformat(slot) for slot in result.slots]
    if when is not None:
        free, slots = slots, _wished(slots, when)
        if when.day is not None and when.at is not None:
            start = datetime.combine(when.day, when.at)
            if start in free:
                if draft.value(w.TIMES_FIRST):
                    draft.say(f"Yes, {say_start(start)} is free.")
                elif draft.asks not in _EXPECT_TIME and draft.form.wants == Wants.BOOK:
                    draft.say(f"Okay, {say_start(start)}.")
                _settle_on(draft, start)
                return True
            draft.say(f"I'm sorry, {say_start(start)} is taken.")
            draft.note(**{w.WHEN: ""})
            slots = next_first(slots, start)
        elif when.asap and when.at is None and slots and not draft.value(w.TIMES_FIRST):
            draft.say(f"The first free time is {say_starts(slots[:1], draft.now.date())}.")
            _settle_on(draft, slots[0])
            return True
        elif when.at is not None and (exact := [slot for slot in slots if slot.time() == when.at]):
            slots = exact
    if not slots and result.slots:
        slots = [datetime.fromisoformat(slot) for slot in result.slots]
        draft.say("I have nothing free then.")
    elif not slots:
        _nothing_free(draft, service, result)
        return False
    offer(draft, slots)
    return False


def _nothing_free(draft: Draft, service: Service, result: ActionResult) -> None:
    """No slot at all; look on later days once, else ask for another day."""
    asked_day = result.action.arguments.get("day")
    draft.note(**{w.WHEN: ""})
    if asked_day:
        day = date.fromisoformat(asked_day)
        draft.say(f"I have nothing free then on {say_day(day)}.")
        after = result.action.arguments.get("after")
        if after:  # what comes closest to it
            draft.act(ActionKind.FIND_SLOTS, service=service.name, near=after)
            return
        first = _iso(max(datetime.combine(day, time(0)), _naive_now(draft)))
        draft.act(ActionKind.FIND_SLOTS, service=service.name, after=first)
        return
    lead = "" if draft.said else "I have nothing free then."
    draft.ask("start", QuestionKind.DAY_AND_TIME, f"{lead} Is there another day that suits you?".strip())


def _settle_on(draft: Draft, start: datetime) -> None:
    draft.note(
        **{
            w.DAY: start.date().isoformat(),
            "start": _iso(start),
            w.WHEN: _dumped(When(day=start.date(), at=start.time())),
            w.OFFERED: "",
            w.DECLINED: "",
        }
    )


def _wished(slots: list[datetime], when: When) -> list[datetime]:
    """Those slots that keep the bounds which `find_slots` does not know."""
    return [
        slot
        for slot in slots
        if (when.before is None or slot.time() < when.before)
        and (when.after is None or slot.time() >= when.after)
        and (when.last_day is None or slot.date() <= when.last_day)
        and not when.refuses(slot.date())
    ]


def _naive_now(draft: Draft) -> datetime:
    return draft.now.astimezone(draft.business.zone).replace(tzinfo=None, second=0, microsecond=0)


def _iso(start: datetime) -> str:
    return start.isoformat(timespec="minutes")


def say_wish(draft: Draft) -> str:
    """The settled time as it is read back, or as much of it as is known."""
    start = draft.value("start")
    if start:
        return say_start(datetime.fromisoformat(start))
    when = wish(draft)
    if when is None or when.day is None:
        return ""
    return say_start(datetime.combine(when.day, when.at)) if when.at else say_day(when.day)


def _dumped(when: When) -> str:
    return _WHEN.dump_json(when, exclude_defaults=True, exclude={"words"}).decode()


def _loaded(dumped: str) -> When | None:
    if not dumped:
        return None
    try:
        return _WHEN.validate_json(dumped)
    except ValidationError:
        return None  # another receptionist's note: the time is asked for again
