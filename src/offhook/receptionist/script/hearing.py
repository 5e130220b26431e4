"""What one turn of the caller says, read once for all that the script may want of it."""

from dataclasses import dataclass

from offhook.receptionist.business import Service
from offhook.receptionist.facts import find_service
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.understanding.intent import Intent, find_intents
from offhook.receptionist.understanding.name import NameHeard, find_name
from offhook.receptionist.understanding.phone import PhoneHeard, find_phone
from offhook.receptionist.understanding.when import When, find_when
from offhook.receptionist.understanding.yes_no import yes_or_no

TIME_QUESTIONS = frozenset({"start"})
PHONE_QUESTIONS = frozenset({"phone", w.PHONE_OK})
NAME_QUESTIONS = frozenset({"name"})


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
    return Heard(
        words=words,
        intents=find_intents(words),
        yes=yes_or_no(words),
        when=find_when(words, now=draft.now, asked=asks in TIME_QUESTIONS),
        phone=find_phone(words, country=draft.country, asked=asks in PHONE_QUESTIONS),
        name=find_name(words, asked=asks in NAME_QUESTIONS),
        service=find_service(draft.business, words),
    )
