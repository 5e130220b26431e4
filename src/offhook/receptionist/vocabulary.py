"""What callers of one business may say in answer to what they are asked: the world of the built-in recognizer.

Sentences are generated from the business's services, its profession's emergencies and intake, and `callers_words.py`,
some thousands per kind of question; a recognizer makes a language model of them. The same business gives the same.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from offhook.conversation.form import Question, QuestionKind
from offhook.receptionist import callers_words as w
from offhook.receptionist import said
from offhook.receptionist.business import Business
from offhook.receptionist.said import blend, words_of
from offhook.receptionist.word_families import members

_ALWAYS = 6
"""One in so many sentences is a yes, a no, a goodbye or the like, whatever was asked."""
_PICKED = 1200
"""Sentences that pick one of what was offered."""
_PLAIN = 5
"""How often each offer is expected by its bare wording."""


class Vocabulary:
    """The sentences of one business, made at first use (some milliseconds for each kind of question) and kept."""

    def __init__(self, business: Business) -> None:
        profession = business.profession
        called = [name for service in business.services for name in (service.name, *service.also_called)]
        self._services = tuple(dict.fromkeys(filter(None, map(words_of, called)))) or ("appointment",)
        self._title = words_of(profession.title)
        signs = [sign for emergency in profession.emergencies for sign in emergency.signs]
        self._emergencies = tuple(filter(None, (*w.EMERGENCY, *map(_phrase, signs))))
        self._picks = tuple(words_of(choice) for question in profession.intake for choice in question.choices)
        told = [sign for question in profession.intake for sign in question.told_by]
        self._tellings = (*w.FIRST_TIME * 3, *filter(None, map(_phrase, told)))
        self._topics = tuple(map(words_of, business.extra_facts)) or ("parking",)
        self._kept: dict[QuestionKind, tuple[str, ...]] = {}

    def prepare(self) -> None:
        """Make the sentences of all kinds of question now (a tenth of a second): no call has to wait for them."""
        for kind in QuestionKind:
            self._of_kind(kind)

    def sentences(self, question: Question | None) -> Sequence[str]:
        """Lower-case words without punctuation; those of an open question where none is asked."""
        if question is None:
            return self._of_kind(QuestionKind.OPEN)
        general = self._of_kind(question.kind)
        offered = tuple(filter(None, map(words_of, question.choices)))
        return (*_choosing(offered), *general) if offered else general

    def _of_kind(self, kind: QuestionKind) -> tuple[str, ...]:
        if kind not in self._kept:
            answers = tuple(self._answers(kind))
            always = (*w.YES, *w.NO, *w.GOODBYE, *w.ANYTIME)
            self._kept[kind] = (*answers, *always * max(1, len(answers) // (_ALWAYS * len(always))))
        return self._kept[kind]

    def _answers(self, kind: QuestionKind) -> Iterator[str]:
        match kind:
            case QuestionKind.OPEN:
                yield from self._requests()
            case QuestionKind.YES_NO:
                yield from (*w.YES, *w.NO) * 8
                yield from blend(300, ("no", "no on", "no make it", "actually"), said.days())
                yield from blend(200, ("no", "no at", "yes at"), said.times())
                yield from blend(150, ("no", "no it is", "no my name is"), tuple(said.names(100)))
                yield from blend(2 * len(self._tellings), ("", "yes", "no"), self._tellings)
            case QuestionKind.CHOICE:
                yield from self._choices()
            case QuestionKind.DAY_AND_TIME:
                yield from said.when_answers()
                yield from islice(self._requests(), 0, None, 12)
            case QuestionKind.NUMBER:
                yield from said.number_answers()
            case QuestionKind.NAME:
                yield from said.name_answers()
            case QuestionKind.SPELLING:
                yield from said.spellings(2500)
            case QuestionKind.PHONE:
                yield from said.phone_answers()
            case QuestionKind.EMAIL:
                yield from said.mail_answers()
            case QuestionKind.ADDRESS:
                yield from said.address_answers()

    def _choices(self) -> Iterator[str]:
        yield from _choosing((*self._services, *self._picks))
        yield from blend(400, ("", "a", "the", "just a", "i need a"), self._services, ("", "please"))
        yield from blend(100, said.whens())
        yield from islice(self._requests(), 0, None, 8)

    def _requests(self) -> Iterator[str]:
        a_service = tuple(f"{_article(name)} {name}" for name in self._services)
        mine = ("my appointment", "my appointment", *(f"my {name}" for name in self._services))
        whens = said.whens()
        maybe = ("",) * len(whens) + whens
        please = ("", "", "", "please")
        yield from blend(2000, w.HELLO, w.BOOK, a_service, maybe, please)
        yield from blend(300, w.HELLO, w.APPOINTMENT, maybe, please)
        yield from blend(200, w.HELLO, w.CHANGE, mine, ("", "to"), whens)
        yield from blend(150, w.HELLO, w.CANCEL, mine, maybe)
        yield from blend(250, w.HELLO, w.PRICE, a_service)
        yield from blend(100, ("how much does",), a_service, ("cost",))
        yield from blend(120, ("do you do", "do you offer", "what is", "how long is"), (*a_service, *self._services))
        yield from blend(240, w.HELLO, (*w.QUESTIONS, *(f"what about {topic}" for topic in self._topics)))
        yield from blend(60, ("are you open", "are you open on", "when do you open on"), w.WEEKDAYS)
        yield from blend(160, w.HELLO, w.MESSAGE, ("", "", "please", f"for the {self._title}"))
        yield from blend(60, w.HELLO, w.PERSON, (f"the {self._title}", "the owner", "someone", "a person", "the boss"))
        yield from blend(2 * len(self._emergencies), ("", "", "help", "hi"), self._emergencies)
        yield from blend(2 * len(self._tellings), ("", "hi", "yes"), self._tellings)
        yield from blend(200, ("", "a", "just a", "yes a"), self._services, please)


def _choosing(offered: Sequence[str]) -> Iterator[str]:
    """Ways to pick one of several wordings; of "Tuesday at nine" also "Tuesday", "nine" and "the nine one"."""
    parts = tuple(dict.fromkeys(part for wording in offered for part in re.split(r" (?:at|on|or|and) ", wording)))
    yield from blend(_PICKED, w.PICKS, offered, ("", "", "please", "works", "is fine"))
    yield from blend(_PICKED // 2, w.PICKS, ("", "", "the", "at"), parts, ("", "", "please", "one"))
    which = ("first", "second", "third", "last", "earlier", "later")
    yield from (*offered, *parts, *(f"the {word} one" for word in which)) * _PLAIN
    yield from blend(90, w.PICKS, ("the",), which, ("one", "one", "", "time"), ("", "", "please"))
    yield from w.OTHERS * 3


def _article(name: str) -> str:
    return "an" if name[0] in "aeiou" else "a"


def _phrase(sign: str) -> str:
    """A sign of the profession's as words one after the other: of "my|the tooth knocked_out" "my tooth knocked out"."""
    heard = (members(item.split("|"))[0].replace("_", " ") for item in sign.split())
    return words_of(" ".join(item for item in heard if not item.endswith("*")))
