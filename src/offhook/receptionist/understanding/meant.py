"""How a mention of a day or time was meant: wanted, refused, an appointment that exists, or something past."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from offhook.receptionist.understanding.mentions import Meant, Mention
from offhook.receptionist.understanding.words import Word, each, match_at, skip

_PAST: Final = each(
    "since last ago started began begun happened broke born came went fell died stopped left was yesterday "
    "past hurting hurt called visited noticed chipped bought installed"
)
_DONE: Final = each("did done got had was were made")
_NEAR: Final = 4
"""Words before a month in which it may be told that something was done then."""
_A_MONTH: Final = 27
"""Days of a stretch, without its first, that is a month."""
_SMALL: Final = (
    "on",
    "the",
    "this",
    "at",
    "around",
    "about",
    "for",
    "like",
    "early",
    "late",
    "is",
    "it",
    "in",
    "by",
    "do",
)
_REFUSED_AFTER: Final = (
    "doesnt work", "does not work", "wont work", "will not work", "is no good", "isnt good", "is not good", "no good",
    "is bad", "not good", "doesnt suit", "isnt possible", "is not possible", "is too early", "is too late",
    "is too soon",
    "too early", "too late", "too soon", "is out", "im busy", "i am busy", "i cant", "i work", "im working", "im away",
    "isnt going to work", "is not going to work", "doesnt really work", "isnt great", "is not great", "is impossible",
    "not possible", "wont do", "isnt ideal", "is tough", "is hard", "im out of town", "i have work", "im not free",
    "i am not free", "im not available", "isnt convenient", "not convenient", "is full", "is a problem", "was wrong",
    "im unavailable", "is not convenient", "doesnt fit", "is difficult", "wont suit",
)  # fmt: skip
_REFUSED_BEFORE: Final = (
    ("not",), ("except",), ("instead", "of"), ("rather", "than"), ("other", "than"), ("cant", "do"), ("cannot", "do"),
    ("cant", "make"), ("cannot", "make"), ("cant", "make", "it"), ("cant", "come"), ("cant", "come", "in"), ("cant",),
    ("not", "free"), ("not", "available"), ("busy",), ("anything", "but"), ("day", "but"), ("time", "but"),
    ("besides",), ("cant", "do", "any"), ("dont", "like"), ("hate",),
    ("cant", "be", "there"), ("dont", "want"), ("im", "working"),
    ("am", "working"), ("be", "working"), ("away",), ("cant", "get", "there"), ("apart", "from"),
    ("do", "not", "want"), ("anytime", "but"), ("didnt", "say"), ("didnt", "mean"), ("dont", "mean"), ("unavailable",),
    ("wont", "make", "it"), ("not", "say"), ("not", "mean"), ("wasnt",), ("isnt",), ("wont", "be", "there"),
    ("won", "t", "make"), ("cant", "make", "the"), ("never",), ("avoid",), ("skip",),
)  # fmt: skip
_NOT_REFUSED: Final = ({"why"}, {"do", "you"}, {"if"})
_APPOINTMENTS: Final = each("appointment booking reservation session visit slot meeting inspection cleaning")
_HELD: Final = (
    "my appointment", "have an appointment", "had an appointment", "got an appointment", "existing appointment",
    "my booking", "have a booking", "my session", "my visit", "my cleaning", "have one", "had one", "booked in",
    "scheduled", "am booked", "im booked", "was booked", "appointment that was", "my reservation", "my slot",
    "my inspection", "have a session", "have a cleaning", "down", "coming in", "supposed to come in", "currently",
)  # fmt: skip
_EVENTS: Final = each(
    "wedding weddings married marry marrying party event ceremony reception gala birthday anniversary baptism "
    "christening conference quinceanera shower graduation mitzvah elopement prom deadline contingency closing close "
    "due expires expire expiration runs diligence period photographer"
)
"""What has a day of its own: callers tell it beside the day on which they want to be served."""
_CELEBRATED: Final = each("birthday anniversary")
_SERVED: Final = each("consultation consult session shoot photos pictures meeting appointment package inspection talk")
_MEETS: Final = each("meet see talk speak with consultation consult appointment meeting")
_TO_THE_DAY: Final = {*_SMALL, "be", "will", "going", "to", "out", "up", "ends", "end", "next", "are", "until"}
_MOVES_HOUSE: Final = each("selling moving listing")
_NOT_HOUSE: Final = _MEETS | each(
    "session booking inspection visit showing valuation come someone somebody it that this"
)
_CORRECTS: Final = each("no sorry wait i mean meant actually its it is make that on the or uh um")
_MADE_ONE: Final = re.compile(
    r"\b(?:i|we|ive|weve)(?: have)? (?:already )?(?:booked|scheduled|made) (?:an?|my|the|our)(?: \w+){1,3}$"
)
_NEW: Final = each("book schedule make set get need want like change move reschedule push switch")


def meant(words: Sequence[Word], mention: Mention, earlier: Sequence[Mention]) -> Mention:
    """`mention` with how it was meant, from the words around it."""
    if mention.asap or mention.flexible:
        return mention
    before = _before(words, mention.start)
    if _is_past(words, mention, before) or _goes_on_past(words, mention, earlier):
        return replace(mention, meant=Meant.PAST)
    if _is_of_event(words, mention, before, earlier):
        return replace(mention, meant=Meant.EVENT)
    if _is_refused(words, mention, before) or _goes_on_refusing(words, mention, earlier):
        return replace(mention, meant=Meant.REFUSED)
    if _is_existing(words, mention, before, earlier):
        return replace(mention, meant=Meant.EXISTING)
    return mention


def _before(words: Sequence[Word], start: int) -> list[str]:
    """The words before `start` in the same clause, nearest last."""
    begin = start
    while begin > 0 and not words[begin - 1].stop:
        begin -= 1
    return [word.text for word in words[begin:start]]


def _is_past(words: Sequence[Word], mention: Mention, before: Sequence[str]) -> bool:
    nearest = list(before)
    while nearest and nearest[-1] in _SMALL:
        nearest.pop()
    if words[mention.start].text == "last" and (mention.day is None or mention.day.weekday is not None):
        return True
    if _is_a_month(mention) and not _DONE.isdisjoint(before[-_NEAR:]):
        return True  # "Marco did it in September"
    ago = match_at(words, mention.end, "ago") is not None
    return ago or (bool(nearest) and nearest[-1] in _PAST and mention.part is None)


def _is_a_month(mention: Mention) -> bool:
    first, last = (mention.day.day, mention.day.last_day) if mention.day is not None else (None, None)
    return first is not None and last is not None and (last - first).days >= _A_MONTH


def _goes_on_past(words: Sequence[Word], mention: Mention, earlier: Sequence[Mention]) -> bool:
    """Whether this only tells more of a past day: "last Tuesday at 3"."""
    previous = earlier[-1] if earlier else None
    if previous is None or previous.meant is not Meant.PAST or previous.day is None or mention.day is not None:
        return False
    return previous.end == mention.start and not words[previous.end - 1].stop


def _is_of_event(words: Sequence[Word], mention: Mention, before: Sequence[str], earlier: Sequence[Mention]) -> bool:
    """Whether it tells when an event takes place: "the wedding is on June 30th", "the 4th is our deadline"."""
    previous = earlier[-1] if earlier else None
    if previous is not None and previous.meant is Meant.EVENT:
        between = [word.text for word in words[previous.end : mention.start]]
        if all(text in _CORRECTS or text in _SMALL for text in between):
            return True
    if _MOVES_HOUSE & set(before) and not _NOT_HOUSE & set(before):
        return True  # "I'm selling my house in a month"
    near = list(before)
    while near and near[-1] in _TO_THE_DAY:
        near.pop()
    if near and near[-1] in _CELEBRATED and "for" in near[-_NEAR:]:
        return False  # "a massage for our anniversary on Friday" is to be on that day
    if near and not _EVENTS.isdisjoint({near[-1], near[-1].removesuffix("s")}) and not _MEETS & set(near):
        return True
    if near in (["its"], ["thats"]) or (not near and before and before[0] in {"its", "thats", "it", "on", "is"}):
        told = [word.text for word in words[max(mention.start - len(before) - 2, 0) : mention.start - len(before)]]
        if _EVENTS & set(told) and not _SERVED & set(told):
            return True  # "for my daughter's wedding, it's March 20th"
    after = skip(words, mention.end, "is", "for", "thats")
    after_article = skip(words, after, "my", "our", "the", "her", "his", "their", "inspection", "contract")
    if mention.end == after or after == after_article or after_article >= len(words):
        return False
    served = after_article + 1 < len(words) and words[after_article + 1].text in _SERVED
    return words[after_article].text in _EVENTS and not served and not words[mention.end - 1].stop


def _is_refused(words: Sequence[Word], mention: Mention, before: Sequence[str]) -> bool:
    after = skip(words, mention.end, "at", "all", "really", "just", "sorry", "actually", "unfortunately", "also")
    if not (mention.end > 0 and words[mention.end - 1].stop) and match_at(words, after, *_REFUSED_AFTER) is not None:
        return True
    near = list(before)
    while near and near[-1] in {"on", "at", "the", "this", "for", "around", "in"}:
        near.pop()
    if len(near) >= 2 and near[-1] == "not" and near[-2] in {"why", "if", "or"}:
        return near[-2] != "why"
    return any(tuple(near[-len(phrase) :]) == phrase for phrase in _REFUSED_BEFORE)


def _goes_on_refusing(words: Sequence[Word], mention: Mention, earlier: Sequence[Mention]) -> bool:
    """Whether this is another day that will not do: "not Monday or Friday"."""
    previous = earlier[-1] if earlier else None
    if previous is None or previous.meant is not Meant.REFUSED or words[previous.end - 1].stop:
        return False
    between = {word.text for word in words[previous.end : mention.start]}
    return mention.day is not None and bool(between) and between <= {"or", "and", "nor", "on", "the"}


def _is_existing(words: Sequence[Word], mention: Mention, before: Sequence[str], earlier: Sequence[Mention]) -> bool:
    near = list(before)
    if near and near[-1] == "my":
        return True
    previous = earlier[-1] if earlier else None
    gap = [word.text for word in words[previous.end : mention.start]] if previous else []
    if (
        previous is not None
        and previous.meant is Meant.EXISTING
        and all(text in {"at", "the", "on", "for"} for text in gap)
    ):
        return not words[previous.end - 1].stop or mention.clock is not None
    if (
        near
        and near[-1] == "from"
        and any(word.text in {"to", "until"} for word in words[mention.end : mention.end + 6])
    ):
        return any(text in {"move", "change", "switch", "reschedule", "moved", "changed", "push"} for text in near)
    following = words[mention.end].text if mention.end < len(words) else ""
    if following in _APPOINTMENTS and near and near[-1] in {"the", "that", "our", "existing", "current"}:
        return True
    while near and near[-1] in {"on", "is", "was", "for", "at", "this", "coming", "the", "set", "in", "as", "like"}:
        near.pop()
    phrase = " ".join(near)
    if _MADE_ONE.search(phrase):
        return True
    if not any(phrase.endswith(held) for held in _HELD):
        return False
    return not (phrase.endswith("my appointment") and _NEW & set(near[:-2]) & {"book", "schedule", "make", "set"})
