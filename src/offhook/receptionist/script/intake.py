"""The profession's own questions: asked once each, answered in the caller's words, passed over if the caller does."""

import re
from typing import Final

from offhook.conversation.form import QuestionKind
from offhook.receptionist.profession import IntakeQuestion
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.understanding.address import find_address
from offhook.receptionist.understanding.intent import Intent
from offhook.receptionist.wording import says

UNKNOWN: Final = "not known"
"""The answer of a caller who does not know."""
MOST_ASKED: Final = 2
"""Intake questions of one booking."""
MOST_TIMES: Final = 2
"""The second time because the caller asked what was meant, or something else first."""
_FREE: Final = frozenset({QuestionKind.ADDRESS, QuestionKind.OPEN, QuestionKind.NUMBER})
"""Kinds of question that a yes cannot answer."""
_UNSURE = re.compile(
    r"\b(?:not sure|no idea|don'?t know|dunno|can'?t tell|not certain|unsure|hard to say)\b", re.IGNORECASE
)


_SAYS_YES_OR_NO: Final = re.compile(
    r"\W*(?:uh |um |oh )*(?:y(?:es|eah|ep|up)|no(?:pe)?|nah|i am|i do)\b", re.IGNORECASE
)
_SHORT: Final = 6
"""Words of a late "no" that is about one thing."""
_PLAIN: Final = 3
"""Words of a yes or no that says nothing more."""
_ASKS_WHETHER: Final = re.compile(
    r"(?:is|are|do|does|did|has|have|can|could|would|will|may)\b|.*\bis there\b|.*, if any", re.IGNORECASE
)


def question_named(draft: Draft, field: str) -> IntakeQuestion | None:
    """The profession's question whose answer has this name."""
    return next((question for question in draft.business.profession.intake if question.field == field), None)


def next_question(draft: Draft, service: str) -> IntakeQuestion | None:
    """What this service still needs to know and the caller may be asked, if anything.

    Two questions are enough for a caller who wants an appointment, and one who passes over one is asked no other.
    """
    if draft.value(w.NO_INTAKE):
        return None
    asked = _listed(draft, w.ASKED)
    for question in draft.business.profession.questions_for(service):
        fresh = question.field not in asked and len(set(asked)) < MOST_ASKED
        again = question.field == draft.asks and asked.count(question.field) < MOST_TIMES
        if (fresh or again) and not draft.value(question.field):
            return question
    return None


def unmet_condition(draft: Draft, service: str) -> str:
    """What the booking hangs on and the caller has not told; it is said with the read-back, so a yes covers it."""
    unmet = (
        question.condition
        for question in draft.business.profession.questions_for(service)
        if question.condition and draft.value(question.field) in {"", UNKNOWN}
    )
    return next(unmet, "")


def ask_intake(draft: Draft, question: IntakeQuestion) -> None:
    """Ask it; a second time only for a caller who asked back."""
    _note_asked(draft, question)
    draft.ask(question.field, question.kind, question.ask, question.choices)


def passed_over(draft: Draft) -> IntakeQuestion | None:
    """What the visit cannot do well without, was asked and has not been told: the address, the car."""
    return next(
        (
            question
            for question in draft.business.profession.questions_for(draft.value("service"))
            if question.required
            and question.kind in _FREE
            and question.field in _listed(draft, w.ASKED)
            and not draft.value(question.field)
        ),
        None,
    )


def ask_passed_over(draft: Draft) -> bool:
    """Say with the read-back what is still open, so that a yes books without it; whether something is."""
    question = passed_over(draft)
    if question is None or _listed(draft, w.ASKED).count(question.field) > MOST_TIMES:
        return False
    _note_asked(draft, question)
    draft.say(f"One thing is still open: {question.ask[:1].lower()}{question.ask[1:]}")
    return True


def _note_asked(draft: Draft, question: IntakeQuestion) -> None:
    draft.note(**{w.ASKED: ",".join([*_listed(draft, w.ASKED), question.field])})


def hear_told(draft: Draft, heard: Heard) -> list[IntakeQuestion]:
    """Note what the caller tells without being asked; the questions that are answered by it."""
    told: list[IntakeQuestion] = []
    for question in draft.business.profession.intake:
        known = bool(draft.value(question.field)) and question.kind is not QuestionKind.YES_NO
        if question.field == draft.asks or known:
            continue
        value = _told(question, heard.words)
        if value is None and heard.count == 1 and _may_be_meant(draft, question, heard):
            value = _in_a_word(question, heard.words)  # the answer to a question that was passed over
        if value is not None:
            draft.note(**{question.field: value})
            told.append(question)
    refuses = draft.asks == "name" and heard.yes is False and heard.count <= _SHORT and heard.name is None
    late = take_no(draft) if refuses and not told else None  # "no, I don't have one", when the name is asked for
    return told if late is None else [late]


def tells(draft: Draft, field: str, words: str) -> bool:
    """Whether the words speak of what this question asks: "the deadline is Friday at five"."""
    question = question_named(draft, field)
    return question is not None and says(question.told_by, words)


def _may_be_meant(draft: Draft, question: IntakeQuestion, heard: Heard) -> bool:
    """Whether one word may answer this question: it has been asked, or the word is one of its choices."""
    return question.field in _listed(draft, w.ASKED) or heard.words.lower().strip(" .,!") in question.choices


def hear_passed_over(draft: Draft, heard: Heard) -> bool:
    """Take in the answer to what the read-back named as open; whether it is one."""
    question = passed_over(draft) if draft.asks == w.BOOK_OK and heard.yes is None else None
    value = _answer(question, heard, other_answer=False) if question is not None else None
    if question is None or value is None:
        return False
    draft.note(**{question.field: value})
    return True


def hear_intake(draft: Draft, heard: Heard, *, other_answer: bool) -> bool:
    """Take in the answer to an intake question; whether one was asked and is now settled.

    `other_answer`: the words were an answer to something else (a name, a number). A question that is passed over is
    not asked again, and no other either.
    """
    question = question_named(draft, draft.asks)
    if question is None:
        return False
    value = _answer(question, heard, other_answer=other_answer)
    if value is not None:
        draft.note(**{question.field: value})
    elif not other_answer and (draft.said or Intent.REPEAT in heard.intents or heard.words.rstrip().endswith("?")):
        return False
    else:
        draft.note(**{w.NO_INTAKE: "yes"})
    draft.settle()
    return True


def take_no(draft: Draft) -> IntakeQuestion | None:
    """Note a "no" as the late answer to a question that was passed over; that question, if there was one."""
    for question in draft.business.profession.intake:
        open_yet = question.field in _listed(draft, w.ASKED) and not draft.value(question.field)
        if open_yet and _ASKS_WHETHER.match(question.ask) and not has_consequences(question):
            draft.note(**{question.field: "no"})
            return question
    return None


def has_consequences(question: IntakeQuestion) -> bool:
    """Whether its answer decides more than what is written down."""
    return question.refuse_if is not None or question.emergency_if is not None


def tells_refusal(draft: Draft, words: str) -> bool:
    """Whether the words themselves give the answer with which the business does not serve."""
    closing = (each for each in draft.business.profession.intake if each.refuse_if is not None)
    return any(_told(question, words) == question.refuse_if for question in closing)


def _listed(draft: Draft, note: str) -> list[str]:
    return [field for field in draft.value(note).split(",") if field]


def _told(question: IntakeQuestion, words: str) -> str | None:
    """The answer that somebody's own words are, if they are one."""
    if question.kind is QuestionKind.YES_NO:
        if says(question.denied_by, words):
            return "no"
        return "yes" if says(question.told_by, words) else None
    if question.kind is QuestionKind.ADDRESS:
        found = find_address(words)
        if found is not None:
            return found
    return words.strip() if says(question.told_by, words) else None


def _answer(question: IntakeQuestion, heard: Heard, *, other_answer: bool) -> str | None:
    words = heard.words.strip()
    match question.kind:
        case QuestionKind.YES_NO:
            return _yes_or_no(question, heard, other_answer=other_answer)
        case QuestionKind.CHOICE:
            return _choice(question, words) or (UNKNOWN if _UNSURE.search(words) else None)
        case QuestionKind.ADDRESS:
            return _address(question, heard, other_answer=other_answer)
        case _ if other_answer or Intent.REPEAT in heard.intents or words.endswith("?"):
            return _told(question, words)
        case _ if heard.yes is not None and heard.count <= _PLAIN and not _ASKS_WHETHER.match(question.ask):
            return None  # a yes to "what would you like?" is no answer
        case _:
            return words


def _in_a_word(question: IntakeQuestion, word: str) -> str | None:
    """The answer that one word is which begins a longer one: "new" for "new patient"."""
    if question.kind is not QuestionKind.YES_NO:
        return _choice(question, word) if question.kind is QuestionKind.CHOICE else None
    plain = word.lower().strip(" .,!")
    for answer, signs in (("no", question.denied_by), ("yes", question.told_by)):
        if any(plain in sign.split()[0].split("|") for sign in signs):
            return answer
    return None


def _yes_or_no(question: IntakeQuestion, heard: Heard, *, other_answer: bool) -> str | None:
    told = _told(question, heard.words) or (_in_a_word(question, heard.words) if heard.count == 1 else None)
    if told == "no":
        return told  # "yes, I'm seventeen"; "no, it is my first time"
    if heard.yes is False and question.refuse_if == "no" and _SAYS_YES_OR_NO.match(heard.words) is None:
        return None  # "not that early" refuses another thing
    if heard.yes is not None and not (other_answer and told is None and _SAYS_YES_OR_NO.match(heard.words) is None):
        return "yes" if heard.yes else "no"  # "fine, 212 555 0198" answers only the other question
    if told is None and _UNSURE.search(heard.words):
        return UNKNOWN
    return told


def _address(question: IntakeQuestion, heard: Heard, *, other_answer: bool) -> str | None:
    told = _told(question, heard.words)
    if told is not None:
        return told
    if other_answer or heard.yes is not None or Intent.REPEAT in heard.intents or heard.words.endswith("?"):
        return None
    return find_address(heard.words, asked=True)


def _choice(question: IntakeQuestion, words: str) -> str | None:
    plain = words.lower()
    for choice in question.choices:
        if choice.lower() in plain or says([_sign(choice)], words):
            return choice
    heads = [choice for choice in question.choices if set(_words(choice)) & set(_words(plain))]
    if len(heads) == 1:
        return heads[0]
    if re.search(r"\b(?:first|former)\b", plain):
        return question.choices[0]
    if re.search(r"\b(?:last|latter)\b", plain):
        return question.choices[-1]
    return None


def _sign(choice: str) -> str:
    return "_".join(_words(choice))


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9']+", text.lower()) if word not in {"a", "an", "the", "or", "and"}]
