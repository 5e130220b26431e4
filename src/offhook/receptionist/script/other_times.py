"""Which other times are there: "when are you free?", "anything earlier?", "none of those", "make it an hour later"."""

import re
from datetime import datetime

from offhook.conversation.actions import ActionKind
from offhook.receptionist.business import Service
from offhook.receptionist.script import times
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.script.offering import (
    STEP,
    decline,
    later_than_declined,
    offered,
    wished_day_of_offers,
)
from offhook.receptionist.script.wants import Wants
from offhook.receptionist.understanding.intent import Intent
from offhook.receptionist.understanding.shift import find_shift
from offhook.receptionist.understanding.when import When

_FREE = re.compile(
    r"\bwhen (?:are you|is (?:he|she|somebody|someone|the \w+)) (?:\w+ )?(?:free|available)\b|"
    r"\bwhen (?:can|could|would) (?:you|i|he|she|they|we|someone|somebody)\b|"
    r"\bwhen (?:do|would|will) you have\b|\bwhen'?s (?:good|your next|the next|the earliest)\b|"
    r"\bwhat (?:times? |days? |slots? |openings? |appointments? )?(?:do|have) you (?:have|got)\b|"
    r"\bwhat (?:do you|have you|you) got\b|\bwhat(?:'s| is| times are| days are| slots are| times) "
    r"(?:free|available|open|left|there)\b|\bwhat works for you\b|\bwhat (?:do|would) you suggest\b|"
    r"\bany(?:thing)? (?:openings?|availability|slots?|times? (?:free|available|open)|available|open)\b|"
    r"\b(?:your|the) (?:availability|openings|next available|first available)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:what|anything|something|any|nothing|when|which) (?:else|other|different)\b|"
    r"\bother (?:times?|options?|days?|slots?)\b|\bnone of (?:those|them|these)\b|\bneither\b|"
    r"\b(?:those|these|they|that) (?:do not|don'?t|doesn'?t|won'?t) work\b|"
    r"\b(?:another|a different) (?:time|slot|option)\b",
    re.IGNORECASE,
)
_DAYS = re.compile(r"\bdays\b", re.IGNORECASE)
_SHORT = 4
_TALK_OF_TIME = frozenset({"start", "name", "phone", w.BOOK_OK, w.CHANGE_OK, w.CHANGE_WHAT})


def asks_for_times(draft: Draft, heard: Heard) -> bool:
    """Whether the caller wants to hear free times, and names none."""
    if draft.form.wants not in {Wants.BOOK, Wants.RESCHEDULE} or (heard.when is not None and heard.when.is_wanted):
        return False
    if Intent.REPEAT in heard.intents or heard.phone is not None:
        return False
    if draft.asks in _TALK_OF_TIME and _shifted(draft, heard) is not None:
        return True
    return (_FREE.search(heard.words) is not None and not draft.value("start")) or _wants_others(draft, heard)


def seek_other_times(draft: Draft, heard: Heard, service: Service) -> bool:
    """Look for what the caller asks for; whether they asked for other times."""
    if asks_for_times(draft, heard):
        shifted = _shifted(draft, heard)
        if shifted is not None:
            draft.note(**{"start": "", w.WHEN: "", w.OFFERED: ""})
            times.note_wish(draft, shifted)
            times.seek_time(draft, service)
            return True
        if _wants_others(draft, heard):
            decline(draft)
        elif not _DAYS.search(heard.words) and _has_day(draft):
            times.seek_time(draft, service)
            return True
        draft.note(**{w.WHEN: "", "start": ""})
        draft.act(ActionKind.FIND_SLOTS, service=service.name, **later_than_declined(draft))
        return True
    if draft.asks == "start" and offered(draft) and heard.yes is False and heard.when is None and heard.count <= _SHORT:
        decline(draft)
        times.ask_time(draft, "Okay. What other day and time would suit you?")
        return True
    return False


def shifted_by(words: str, start: str) -> When | None:
    """The time that "push it back by an hour" makes of `start`, if the words say by how much."""
    shift = find_shift(words)
    if shift is None or shift.by is None:
        return None
    moment = datetime.fromisoformat(start) + (shift.by if shift.later else -shift.by)
    return When(day=moment.date(), at=moment.time())


def _wants_others(draft: Draft, heard: Heard) -> bool:
    return draft.asks == "start" and bool(offered(draft)) and _OTHERS.search(heard.words) is not None


def _shifted(draft: Draft, heard: Heard) -> When | None:
    """The wish that "an hour later" or "anything earlier" stands for, beside what was offered or settled on."""
    shift = find_shift(heard.words)
    named = [datetime.fromisoformat(start) for start in (draft.value("start"), draft.value(w.FOUND)) if start][:1]
    named = named or offered(draft)
    if shift is None or not named:
        return None
    if shift.by is not None:
        return shifted_by(heard.words, named[0].isoformat())
    if shift.later:
        after = named[-1] + STEP
        return When(day=after.date(), after=after.time())
    return When(day=named[0].date(), before=named[0].time())


def _has_day(draft: Draft) -> bool:
    """Whether a day is wished, so that "what times do you have?" means those of that day."""
    when = times.wish(draft)
    if when is None and (day := wished_day_of_offers(draft)) is not None:
        when = When(day=day)
        times.note_wish(draft, when)
    return when is not None and when.day is not None and when.at is None and when.problem is None
