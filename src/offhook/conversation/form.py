"""What a call has established, as one value: the form.

Both receptionists read and fill it, every request to a model carries it whole, the heart takes its patience and the
recognizer its language model from what is being asked right now. It changes only by `FormChange`s, which are events
in the journal; so it can be rebuilt at any time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from offhook.conversation.actions import Receipt


class QuestionKind(StrEnum):
    """What sort of answer is awaited; decides patience, dictation, read-back and the recognizer's language model."""

    OPEN = "open"
    YES_NO = "yes_no"
    CHOICE = "choice"
    DAY_AND_TIME = "day_and_time"
    NUMBER = "number"
    NAME = "name"
    SPELLING = "spelling"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"

    @property
    def is_dictation(self) -> bool:
        """Whether the caller will speak in groups with pauses, which must not be taken for the end."""
        return self in {QuestionKind.SPELLING, QuestionKind.PHONE, QuestionKind.EMAIL, QuestionKind.ADDRESS}


@dataclass(frozen=True, slots=True)
class Question:
    """What the agent has just asked."""

    field: str
    """The answer's name in the form, e.g. "phone"."""
    kind: QuestionKind
    choices: tuple[str, ...] = ()
    """For CHOICE (and for offered slots): the wordings the caller may pick from."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing the caller has told us, in its canonical form (E.164, ISO 8601, a service's name, free words)."""

    value: str
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class FormChange:
    """A step of the form. What is not mentioned stays as it is."""

    wants: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict[str, str])
    """New values; a changed value loses its confirmation."""
    confirmed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    asking: Question | None = None
    """The question of this reply; None: this reply asks nothing new (see `asks_nothing`)."""
    asks_nothing: bool = False
    """The open question, if any, is settled."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form of one call.

    `wants` is a short word of the receptionist's ("book", "reschedule", "message", ...). Fields whose names begin
    with an underscore are a receptionist's own notes (offered slots, wrong tries) and are not told to a caller.
    """

    wants: str | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    asking: Question | None = None
    receipts: tuple[Receipt, ...] = ()

    def value(self, name: str) -> str | None:
        """The answer's value, if it has been given."""
        answer = self.answers.get(name)
        return None if answer is None else answer.value

    def is_confirmed(self, name: str) -> bool:
        """Whether the caller has said yes to this answer as it now stands."""
        answer = self.answers.get(name)
        return answer is not None and answer.confirmed

    def changed(self, change: FormChange) -> "Form":
        """The form after `change`."""
        answers = {name: answer for name, answer in self.answers.items() if name not in change.dropped}
        for name, value in change.answers.items():
            old = answers.get(name)
            answers[name] = old if old is not None and old.value == value else Answer(value)
        for name in change.confirmed:
            if name in answers:
                answers[name] = Answer(answers[name].value, confirmed=True)
        asking = change.asking or (None if change.asks_nothing else self.asking)
        return Form(change.wants or self.wants, answers, asking, self.receipts)

    def with_receipt(self, receipt: Receipt) -> "Form":
        """The form after an action took effect; a receipt that is already there is not added again."""
        if any(known.id == receipt.id for known in self.receipts):
            return self
        return Form(self.wants, self.answers, self.asking, (*self.receipts, receipt))
