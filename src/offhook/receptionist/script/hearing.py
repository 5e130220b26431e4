"""What one turn of the caller says, read once for all that the script may want of it."""

import re
from dataclasses import dataclass, replace

from offhook.receptionist.business import Service
from offhook.receptionist.facts import find_service
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.understanding.intent import Intent, find_intents
from offhook.receptionist.understanding.name import NameHeard, find_name, written_name
from offhook.receptionist.understanding.phone import PhoneHeard, find_phone
from offhook.receptionist.understanding.when import When, find_when
from offhook.receptionist.understanding.yes_no import yes_or_no

TIME_QUESTIONS = frozenset({"start"})
PHONE_QUESTIONS = frozenset({"phone", w.PHONE_OK})
NAME_QUESTIONS = frozenset({"name"})
READ_BACKS = frozenset({w.BOOK_OK, w.CHANGE_OK, w.CHANGE_WHAT})
_NUMBER = re.compile(r"\b(?:number|phone|digits?|ends?|area code|zero|oh)\b|\d{3}", re.IGNORECASE)
_LETTER_FOR = {"y": True, "n": False}
_MAKE_IT = re.compile(
    r"\b(?:make (?:it|that)|change (?:it|that) to|how about|instead|(?:move|push|bring) (?:it|that|this)\b.*\bto)\b",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"\s*\+?\(?\d[\d\s().-]*$")
_LETTERS = re.compile(r"^\W*(?:[A-Za-z](?:[\s.,-]+|$)){3,}$")
_BARE_NAME = re.compile(r"^[A-Z][a-z'\u2019-]+(?: [A-Z][A-Za-z'\u2019.-]+){1,2}[.!]?$")
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
    timed = asks in TIME_QUESTIONS or (
        _NUMBER.search(words) is None and (asks in READ_BACKS or _MAKE_IT.search(words) is not None)
    )
    spells = _LETTERS.match(words) is not None
    heard = Heard(
        words=words,
        intents=find_intents(words),
        yes=_LETTER_FOR.get(words.strip(" .!").lower(), yes_or_no(words)),
        when=find_when(words, now=draft.now, asked=timed),
        phone=None if spells else find_phone(words, country=draft.country, asked=asks in PHONE_QUESTIONS),
        name=_name(draft, words, spells=spells),
        service=find_service(draft.business, words),
    )
    if heard.name is None:
        return replace(heard, name=_name_between_commas(draft, heard))
    return heard


def _name_between_commas(draft: Draft, heard: Heard) -> NameHeard | None:
    """A name as somebody types it, alone or between commas: "cancel it please, Ann Lee 212-555-0147"."""
    for part in re.split(r"[,.;!?]+\s*", heard.words):
        plain = _AFTER_NAME.sub("", part).strip()
        if not _BARE_NAME.match(plain) or find_intents(plain) or yes_or_no(plain) is not None:
            continue
        if find_service(draft.business, plain) is None and find_when(plain, now=draft.now) is None:
            return find_name(plain, asked=True)
    return None


def _name(draft: Draft, words: str, *, spells: bool) -> NameHeard | None:
    """The name in the words. A bare one counts where it was asked for, spelled, or the surname came after a pause."""
    asked = draft.asks in NAME_QUESTIONS
    name = find_name(words, asked=asked or spells or _is_surname(draft, words))
    if name is not None or not asked:
        return name
    before, found, _ = words.partition(" from ")
    if found and (name := find_name(before, asked=True)) is not None:
        return name
    plain = words.strip(" .!,")
    given_twice = draft.count(w.MISSES) > 0 and len(plain.split()) <= 3 and plain.replace(" ", "").isalpha()
    if not (given_twice or _BARE_NAME.match(plain)) or yes_or_no(words) is not None or find_intents(words):
        return None
    return NameHeard(written_name(plain))


def _is_surname(draft: Draft, words: str) -> bool:
    """Whether a single word may complete a name of one word, although the number was asked for."""
    return draft.asks == "phone" and len(words.split()) == 1 == len(draft.value("name").split()) and words.isalpha()
