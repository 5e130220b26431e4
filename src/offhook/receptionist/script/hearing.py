"""What one turn of the caller says, read once for all that the script may want of it."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from offhook.conversation.form import QuestionKind
from offhook.receptionist.business import Service
from offhook.receptionist.facts import find_service
from offhook.receptionist.outcome import standing_appointments
from offhook.receptionist.profession import Profession
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.understanding.address import find_address, without_street
from offhook.receptionist.understanding.intent import Intent, find_intents
from offhook.receptionist.understanding.name import NameHeard, find_name
from offhook.receptionist.understanding.phone import PhoneHeard, find_phone
from offhook.receptionist.understanding.when import When, find_when
from offhook.receptionist.understanding.written_name import written_name
from offhook.receptionist.understanding.yes_no import yes_or_no
from offhook.receptionist.wording import says

TIME_QUESTIONS = frozenset({"start"})
PHONE_QUESTIONS = frozenset({"phone", w.PHONE_OK})
NAME_QUESTIONS = frozenset({"name"})
READ_BACKS = frozenset({w.BOOK_OK, w.CHANGE_OK, w.CHANGE_WHAT})
_NUMBER = re.compile(
    r"\b(?:number|phone|digits?|ends?|area code|zero)\b|\d{3}|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine) oh\b|"
    r"\boh (?:oh|one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"^\D*\d[\d,.]{0,5} (?:square|sq|feet|foot|ft|bed|bath|minutes|dollars|people)", re.IGNORECASE)
_OF_NUMBER = re.compile(r"\b(?:phone|digits?|area code)\b|\bnumber (?:is|ends)\b", re.IGNORECASE)
_LETTER_FOR = {"y": True, "n": False}
_NOTHING = re.compile(r"^\W*(?:no|not|none|nothing)\W+[a-z]+\W*$")
_CALLED = re.compile(
    r"\b(?!Hi\b|Hello\b|Hey\b)([A-Z][\w'-]+(?: [A-Z][\w'-]+)+) "
    r"(?:here|speaking|called|is calling|calling|phoned|rang|stopped by)\b"
)
_PLAIN_NO = re.compile(
    r"^\W*(?:no|nope|nah|wrong|not)\b(?:\W*$|\W+(?:thanks?|thank you)\b|"
    r".*\b(?:wrong|change|right|instead|make|actually)\b)",
    re.IGNORECASE,
)
_WITH_A = re.compile(r"\b([A-Z][\w'\u2019-]+),? with an? ")
"""Whole words said instead of a name: "no issues"; and a name told by one of its letters."""
_FEW = 3
_HUMS = re.compile(r"^\W*(?:(?:uh|um|mm|mhm|huh|hm+|er|ah|oh|okay|ok)\W*)+$", re.IGNORECASE)
_ONLY_A_TIME = re.compile(
    r"^\W*(?:(?:at|around|about|say|ok|okay|maybe|how about|then|the)\W+)*(?:\d{1,2}(?::\d\d)?|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|noon)"
    r"(?: ?(?:thirty|fifteen|forty[- ]five|am|pm|a\.m\.|p\.m\.|o'?clock|ish))*"
    r"(?: one| slot)?(?:,? (?:please|then|works|is fine|is good))?\W*$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:total|price|cost|how much|charge)\b", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:apt|apartment|unit|suite|ste|floor)\b\.? *#?\w+|#\w+", re.IGNORECASE)
"""Whose number is no hour."""
_CLOCK = re.compile(r"^\W*\d{1,2}:\d\d\b")
_MAKE_IT = re.compile(
    r"\b(?:\d{1,2}(?::\d\d)? then\b|make (?:it|that)|change (?:it|that) to|(?:how|what) about|instead|"
    r"(?:move|push|bring) (?:it|that|this)\b.*\bto)\b",
    re.IGNORECASE,
)
_PICK = re.compile(r"^\W*(?:the )?(?:first|second|third|last|next|other|earlier|later)\b", re.IGNORECASE)
_NTH = re.compile(r"\bthe \d{1,2}(?:st|nd|rd|th)\b(?! (?:time|floor|one))", re.IGNORECASE)
_NO_NAME = frozenset(Intent) - {
    Intent.ASK_PRICE,
    Intent.ASK_HOURS,
    Intent.ASK_ADDRESS,
    Intent.ASK_SERVICES,
    Intent.ASK_FACT,
    Intent.ASK_INSURANCE,
}
"""What words with capitals may mean besides a name; a question about prices has no "Will Price" in it."""
_AFTER_NAME = re.compile(
    r"\s*\+?\(?\d[\d\s().-]*$|\s+(?:again|here|calling|speaking|(?:from|with|at) [A-Z].*)$", re.IGNORECASE
)
_LETTERS = re.compile(r"(?:^|(?<=[\s.,]))(?:[A-Za-z](?:[\s.,-]+|$)){3,}")
_COUNTED = re.compile(r"\b(get|have|make|book|do|need|want|schedule|take|find|try) one\b", re.IGNORECASE)
"""Where "one" is no time of day."""
_RATED = re.compile(r"\b\w+ out of (?:10|ten)\b", re.IGNORECASE)
_NEXT_DAY = re.compile(
    r"\b(?:the |that )?(?:next|following) day\b|\b(?:the|a) day (?:after|later)\b(?! tomorrow)", re.IGNORECASE
)
_SAME_TIME = re.compile(r"\bsame (?:time|hour)\b", re.IGNORECASE)
_RIGHT_AFTER = re.compile(
    r"\bafter (?:that|hers|his|mine|that one|the first(?: one)?)\W*$|"
    r"\b(?:right|straight|directly|immediately|just) (?:after|afterwards?|behind)\b(?! (?:work|school|lunch|noon|\d))|"
    r"\bback to back\b",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"\b(?:the|a) day (?:before|earlier)\b(?! \w+day)", re.IGNORECASE)
_SAME_DAY = re.compile(r"\b(?:(?:the )?same day|that (?:same )?day)\b(?:,? (?:but|just|only))?", re.IGNORECASE)
_NAME_IS = re.compile(r"\bname (?:to|should be|is|was|to be)\s+(.+)$", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(
    r"([a-z'\u2019-]+ [a-z'\u2019-]+)[\s,]+(?:\(?\+?\d[\d\s().-]{6,}|"
    r"(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)\b[\s,]*){6,})",
    re.IGNORECASE,
)
_CAPITAL = r"(?:(?![a-z])[^\W\d_])"
_BARE_NAME = re.compile(rf"^{_CAPITAL}[^\W\d_][\w'\u2019-]*(?: {_CAPITAL}[\w'\u2019.-]+){{1,2}}[.!]?$")
"""Two or three words with capitals, as somebody types a name."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The words and what could be read out of them, whatever was asked."""

    words: str
    intents: frozenset[Intent]
    yes: bool | None
    when: When | None
    phone: PhoneHeard | None
    name: NameHeard | None
    service: Service | None

    @property
    def count(self) -> int:
        """How many words they are."""
        return len(self.words.split())


def hear(draft: Draft, words: str) -> Heard:
    """Read the caller's words in the light of what was asked."""
    asks = draft.asks
    timed = (asks in TIME_QUESTIONS and not speaks_of_number(words)) or (
        _NUMBER.search(words) is None
        and (
            (asks in READ_BACKS and _TOTAL.search(words) is None)
            or _MAKE_IT.search(words) is not None
            or is_only_a_time(draft, words)
            or _names_date(draft, words)
        )
    )
    spells = _LETTERS.search(words) is not None
    heard = Heard(
        words=words,
        intents=find_intents(words),
        yes=_yes(draft, words),
        when=_when(draft, words, asked=timed),
        phone=None
        if (spells and not any(map(str.isdigit, words))) or _MEASURE.search(words)
        else find_phone(words, country=draft.country, asked=asks in PHONE_QUESTIONS),
        name=_name(draft, words, spells=spells),
        service=find_service(draft.business, words) or find_service(draft.business, without_street(words)),
    )
    if heard.phone is not None and not heard.phone.complete and _answers_trade(draft, words):
        heard = replace(heard, phone=None)  # "2012 Nissan Altima"
    if heard.name is None:
        heard = replace(heard, name=_name_between_commas(draft, heard))
    if heard.phone is not None and heard.phone.complete and heard.when is not None and _is_loose(heard.when):
        return replace(heard, when=None)  # "555 0128 extension 4"
    return heard


def _is_loose(when: When) -> bool:
    """Whether it is nothing but a bare number."""
    return when.hour_guessed and when.day is None and when.words[1] - when.words[0] == 1


def _yes(draft: Draft, words: str) -> bool | None:
    """A yes or a no to what was asked; "no health issues" and "I have no agent" answer a question of the trade."""
    yes = _LETTER_FOR.get(words.strip(" .!").lower(), yes_or_no(_LETTERS.sub(" ", words)))
    if (
        yes is False
        and _PLAIN_NO.match(words) is None
        and any(
            question.field != draft.asks and says((*question.told_by, *question.denied_by), words)
            for question in draft.business.profession.intake
        )
    ):
        return None
    return yes


def speaks_of_number(words: str) -> bool:
    """Whether the digits in the words are those of a telephone number, whatever was asked."""
    return _OF_NUMBER.search(words) is not None


def _name_between_commas(draft: Draft, heard: Heard) -> NameHeard | None:
    """A name as somebody types it, alone or between commas: "cancel it please, Ann Lee 212-555-0147"."""
    if (renamed := _NAME_IS.search(heard.words)) is not None:
        return find_name(renamed.group(1), asked=True)
    if draft.asks in READ_BACKS and (told := _WITH_A.search(heard.words)) is not None:
        return NameHeard(written_name(told.group(1)))
    if (caller := _CALLED.search(heard.words)) is not None:
        return find_name(caller.group(1), asked=True)
    parts = [heard.words, *re.split(r"[,.;!?]+\s*", heard.words)]
    if find_address(heard.words) is not None:
        return None  # "7 Cedar Street, Mount Vernon"
    if heard.phone is not None and (beside := _BEFORE_NUMBER.search(heard.words)) is not None:
        name = find_name(beside.group(1), asked=True)
        if name is not None and len(name.name.split()) == len(beside.group(1).split()):
            parts.append(name.name)  # all of it is a name; "my cell is" is none
    for part in parts:
        plain = _AFTER_NAME.sub("", part).strip()
        if not _BARE_NAME.match(plain) or find_intents(plain) & _NO_NAME or yes_or_no(plain) is not None:
            continue
        if find_service(draft.business, plain) is not None or find_when(plain, now=draft.now) is not None:
            continue
        if _answers_trade(draft, plain):
            continue  # "Toyota Camry"
        name = find_name(plain, asked=True)
        if name is not None and not _is_no_name(draft, name.name, plain):
            return name
    return None


def _answers_trade(draft: Draft, words: str) -> bool:
    """Whether the words answer a question of the trade, asked or not."""
    return any(says(question.told_by, words) for question in draft.business.profession.intake)


def _when(draft: Draft, words: str, *, asked: bool) -> When | None:
    """The time in the words, also where it leans on one that was spoken of before."""
    return _beside_booked(draft, words, _with_day(draft, words, asked=asked))


def _beside_booked(draft: Draft, words: str, when: When | None) -> When | None:
    """With "same time" or "right after" made complete by the appointment that this call has made last."""
    own = standing_appointments(draft.form.receipts)
    if not own or (when is not None and when.at is not None):
        return when
    start = datetime.fromisoformat(own[-1].facts["start"])
    if _SAME_TIME.search(words):
        return replace(when, at=start.time()) if when is not None and when.day is not None else when
    if not _RIGHT_AFTER.search(words):
        return when
    booked = find_service(draft.business, own[-1].facts.get("service", ""))
    end = start + timedelta(minutes=booked.minutes if booked is not None else 0)
    return replace(when or When(), day=end.date(), last_day=None, at=end.time(), asap=False, after=None)


def _with_day(draft: Draft, words: str, *, asked: bool) -> When | None:
    told = _RATED.sub("it it it it", _UNIT.sub(" ", _COUNTED.sub(r"\1 it", words)))
    when = find_when(told, now=draft.now, asked=asked or _CLOCK.search(words) is not None)
    before = when.not_days[0].isoformat() if when is not None and when.not_days else draft.value(w.DAY)
    if not before:
        return when
    spoken_of = date.fromisoformat(before)
    if _SAME_DAY.search(words):
        when = find_when(_SAME_DAY.sub(" ", words).strip(" ,"), now=draft.now, asked=asked)
        return replace(when or When(), day=spoken_of, last_day=None)
    if _DAY_BEFORE.search(words) and (when is None or when.day is None):
        return replace(when or When(), day=spoken_of - timedelta(days=1), words=(0, len(words.split())))
    if _NEXT_DAY.search(words) and (when is None or when.day is None):
        return replace(when or When(), day=spoken_of + timedelta(days=1), words=(0, len(words.split())))
    return when


def _is_place(draft: Draft, words: str) -> bool:
    """Whether the words are an address and no name stands beside it."""
    alone = "name" not in words.lower() and find_phone(words, country=draft.country) is None
    return alone and find_address(words) is not None


def _name(draft: Draft, words: str, *, spells: bool) -> NameHeard | None:
    """The name in the words. A bare one counts where it was asked for, spelled, or the surname came after a pause."""
    asked = draft.asks in NAME_QUESTIONS
    if asked and _is_place(draft, words):
        return None
    if len(words.split()) <= _FEW and Intent.ASK_INSURANCE in find_intents(words):
        return None  # "Delta Dental"
    name = find_name(words, asked=asked or spells or _is_surname(draft, words))
    if asked and _PICK.match(words) and "name" not in words.lower():
        return None
    if _HUMS.match(words) or (name is not None and not name.spelled and _NOTHING.match(words)):
        return None
    if name is not None and not name.spelled and _is_no_name(draft, name.name, words):
        return None
    if name is not None or not asked:
        return name
    before, found, _ = words.partition(" from ")
    if found and (name := find_name(before, asked=True)) is not None:
        return name
    plain = words.strip(" .!,")
    if _BARE_NAME.match(plain) and not find_intents(plain) & _NO_NAME and yes_or_no(words) is None:
        return NameHeard(written_name(plain))
    given_twice = draft.count(w.MISSES) > 0 and len(plain.split()) <= 3 and plain.replace(" ", "").isalpha()
    given_twice = given_twice and find_when(plain, now=draft.now) is None
    if not (given_twice or _BARE_NAME.match(plain)) or yes_or_no(words) is not None or find_intents(words):
        return None
    return NameHeard(written_name(plain))


def _is_no_name(draft: Draft, name: str, words: str) -> bool:
    """Whether it is a town of the business, or what is to be done or answers a question of the trade.

    What is written as a name is one: "yes, it's drivable" and "clogged drain" hold none.
    """
    told = set(name.lower().split())
    business = draft.business
    if told <= set(re.findall(r"[a-z]+", f"{business.address} {business.extra_facts.get('area', '')}".lower())):
        return True
    if name.lower() in _choices_of(business.profession):
        return True
    if name in words:
        return False
    return told <= _answers_of(business.profession) or (
        "name" not in words.lower() and find_service(business, words) is not None
    )


def _choices_of(profession: Profession) -> frozenset[str]:
    return frozenset(choice.lower() for each in profession.intake for choice in each.choices)


@lru_cache(maxsize=64)
def _answers_of(profession: Profession) -> frozenset[str]:
    closed = [each for each in profession.intake if each.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}]
    told = " ".join(words for each in closed for words in (*each.told_by, *each.denied_by, *each.choices))
    return frozenset(re.findall(r"[a-z]+", told))


def _names_date(draft: Draft, words: str) -> bool:
    """Whether "the 9th" is a day, since one is still to be found for a booking."""
    return draft.form.wants == "book" and not draft.value("start") and _NTH.search(words) is not None


def is_only_a_time(draft: Draft, words: str) -> bool:
    """Whether "ten" is a time although something else was asked: the day has been told, its hour has not."""
    kind = draft.form.asking.kind if draft.form.asking is not None else None
    if not draft.value(w.WHEN) or kind in {QuestionKind.PHONE, QuestionKind.NUMBER}:
        return False
    if draft.value("start") and kind not in {QuestionKind.ADDRESS, QuestionKind.NAME}:
        return False
    return _ONLY_A_TIME.match(words) is not None


def is_name_alone(heard: Heard) -> bool:
    """Whether the words are a name and nothing else, as somebody writes one: "Will Price"."""
    return heard.name is not None and _BARE_NAME.match(heard.words.strip(" ,!")) is not None


def _is_surname(draft: Draft, words: str) -> bool:
    """Whether the words may complete a name of one word, "Park" or "jen park", although the number was asked for."""
    told, known = words.strip(" .!,").lower().split(), draft.value("name").lower().split()
    if draft.asks != "phone" or len(known) != 1 or not "".join(told).isalpha():
        return False
    return len(told) == 1 or (len(told) <= _FEW and told[:1] == known)
