"""A reply while it is being written: what it says, what it notes, what it asks to have done."""

import re
import zlib
from datetime import datetime

from offhook.conversation.actions import ActionKind
from offhook.conversation.form import Form, FormChange, Question, QuestionKind
from offhook.providers.llm import Piece, Request, Text, ToolCall
from offhook.receptionist.business import Business
from offhook.receptionist.identity import is_e164
from offhook.receptionist.noting import NOTE, arguments_from_change
from offhook.receptionist.script.wants import FOUND, STEP

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'])")


class Draft:
    """One reply being written. `form` is always the form as it will be when the reply holds."""

    def __init__(self, request: Request, business: Business) -> None:
        self.business = business
        self.now: datetime = request.now
        self.form: Form = request.form
        self._begun = request.begun
        self._noted_from = request.form
        self._sentences: list[str] = []
        self._action: tuple[ActionKind, dict[str, str]] | None = None
        words = request.history[-1].text if request.history else ""
        self._turn = f"{zlib.crc32(words.encode()):08x}-{len(request.results)}"

    @property
    def country(self) -> str:
        """Where the business's numbers without a country code belong."""
        return self.business.country

    @property
    def said(self) -> str:
        """What the reply says so far, beyond what was begun."""
        return " ".join(self._sentences)

    @property
    def asks(self) -> str:
        """The field that the form's open question asks for, or nothing."""
        return self.form.asking.field if self.form.asking is not None else ""

    @property
    def is_acting(self) -> bool:
        """Whether an action has been asked for, which ends the generation."""
        return self._action is not None

    def value(self, name: str) -> str:
        """An answer of the form, or nothing."""
        return self.form.value(name) or ""

    def count(self, name: str) -> int:
        """A counter of the form."""
        value = self.value(name)
        return int(value) if value.isdecimal() else 0

    def say(self, *sentences: str) -> None:
        """Add sentences; empty ones and those already said are left out."""
        for sentence in map(str.strip, sentences):
            if sentence and sentence not in self._sentences:
                self._sentences.append(sentence)

    def say_instead(self, sentence: str) -> None:
        """Say this and nothing else: it is the last word on what was answered before it."""
        self._sentences.clear()
        self.say(sentence)

    def want(self, wants: str) -> None:
        """Note what the caller wants."""
        self.form = self.form.changed(FormChange(wants=wants))

    def note(self, **answers: str) -> None:
        """Note answers; an empty one is dropped."""
        dropped = tuple(name for name, value in answers.items() if not value)
        given = {name: value for name, value in answers.items() if value}
        self.form = self.form.changed(FormChange(answers=given, dropped=dropped))

    def drop(self, *names: str) -> None:
        """Forget answers."""
        self.form = self.form.changed(FormChange(dropped=names))

    def confirm(self, *names: str) -> None:
        """Note that the caller has said yes to these."""
        self.form = self.form.changed(FormChange(confirmed=names))

    def ask(self, field: str, kind: QuestionKind, words: str, choices: tuple[str, ...] = ()) -> None:
        """Say a question and note that it is open."""
        self.say(words)
        self.form = self.form.changed(FormChange(asking=Question(field, kind, choices)))

    def settle(self) -> None:
        """Note that no question is open."""
        self.form = self.form.changed(FormChange(asks_nothing=True))

    def act(self, kind: ActionKind, **arguments: str) -> None:
        """Ask for an action; the reply goes on when its result is known. Empty arguments are left out."""
        assert self._action is None, "one action at a time"
        if kind is ActionKind.FIND_SLOTS and self.value(FOUND):
            arguments |= {"old_start": self.value(FOUND), "phone": self.value("phone")}  # its own time is free for it
        self._action = kind, {name: value for name, value in arguments.items() if value}

    def pieces(self) -> list[Piece]:
        """The reply so far: the note first, since the words rest on it, then the words, then the action."""
        pieces: list[Piece] = []
        change = change_between(self._noted_from, self.form)
        if change != FormChange():
            pieces.append(ToolCall(f"note-{self._id}", NOTE, arguments_from_change(change)))
        pieces.extend(Text(text) for text in self._texts())
        if self._action is not None:
            kind, arguments = self._action
            pieces.append(ToolCall(f"{kind.value}-{self._id}", kind.value, dict(arguments)))
        return pieces

    @property
    def _id(self) -> str:
        """Unique in the call: the turn by its number and its words, and how far the reply has come."""
        return f"{self.count(STEP)}-{self._turn}"

    def _texts(self) -> list[str]:
        sentences = [part for sentence in self._sentences for part in _SENTENCE_END.split(sentence)]
        if not sentences:
            return []
        begun = self._begun.rstrip()
        if not begun:
            lead = ""
        elif begun[-1] in ".!?":
            lead = "" if self._begun[-1].isspace() else " "
        else:
            lead = "... "  # another voice broke off here; what follows is a sentence of its own
        return [lead + sentences[0], *(" " + sentence for sentence in sentences[1:])]


def drop_unreadable(draft: Draft) -> None:
    """Forget what another receptionist has noted in a way that cannot be acted on; it is asked for again."""
    start, phone = draft.value("start"), draft.value("phone")
    try:
        moment = datetime.fromisoformat(start) if start else None
    except ValueError:
        draft.drop("start")
    else:
        if moment is not None:
            draft.note(start=moment.replace(tzinfo=None).isoformat(timespec="minutes"))
    if phone and not is_e164(phone):
        draft.drop("phone")


def change_between(old: Form, new: Form) -> FormChange:
    """The change that makes `new` of `old`."""
    answers: dict[str, str] = {}
    confirmed: list[str] = []
    dropped = [name for name in old.answers if name not in new.answers]
    for name, answer in new.answers.items():
        before = old.answers.get(name)
        if before == answer:
            continue
        if before is not None and before.value == answer.value and before.confirmed:
            dropped.append(name)  # only so does an unchanged value lose its confirmation
        if before is None or before.value != answer.value or before.confirmed:
            answers[name] = answer.value
        if answer.confirmed:
            confirmed.append(name)
    return FormChange(
        wants=new.wants if new.wants != old.wants else None,
        answers=answers,
        confirmed=tuple(confirmed),
        dropped=tuple(dropped),
        asking=new.asking if new.asking != old.asking else None,
        asks_nothing=new.asking is None and old.asking is not None,
    )
