"""The profession's own questions: asked once each, answered in the caller's words, passed over if the caller does."""

import re
from typing import Final

from offhook.conversation.form import QuestionKind
from offhook.receptionist.profession import IntakeQuestion
from offhook.receptionist.script import wants as w
from offhook.receptionist.script.draft import Draft
from offhook.receptionist.script.hearing import Heard
from offhook.receptionist.understanding.intent import Intent
from offhook.receptionist.wording import says, states

_UNKNOWN: Final = "not known"
_UNSURE = re.compile(
    r"\b(?:not sure|no idea|don'?t know|dunno|can'?t tell|not certain|unsure|hard to say)\b", re.IGNORECASE
)


def question_named(draft: Draft, field: str) -> IntakeQuestion | None:
    """The profession's question whose answer has this name."""
    return next((question for question in draft.business.profession.intake if question.field == field), None)


def open_questions(draft: Draft, service: str) -> list[IntakeQuestion]:
    """What this service still needs to know."""
    passed = draft.value(w.PASSED).split(",")
    return [
        question
        for question in draft.business.profession.questions_for(service)
        if not draft.value(question.field) and question.field not in passed
    ]


def ask_intake(draft: Draft, question: IntakeQuestion) -> None:
    """Ask it; it is asked a second time only if what came was not understood at all."""
    draft.ask(question.field, question.kind, question.ask, question.choices)


def hear_told(draft: Draft, heard: Heard) -> None:
    """Note what the caller tells without being asked."""
    for question in draft.business.profession.intake:
        if question.field == draft.asks or draft.value(question.field) or not question.told_by:
            continue
        if states(question.told_by, heard.words):
            draft.note(**{question.field: _told(question, heard)})


def hear_intake(draft: Draft, heard: Heard, *, other_answer: bool) -> bool:
    """Take in the answer to an intake question; whether one was asked and is now settled.

    `other_answer`: the words were an answer to something else (a name, a number), so the question is passed over.
    """
    question = question_named(draft, draft.asks)
    if question is None:
        return False
    value = _answer(question, heard, other_answer=other_answer)
    if value is None and not other_answer and draft.count(w.MISSES) == 0:
        return False
    if value is None:
        draft.note(**{w.PASSED: ",".join(filter(None, [draft.value(w.PASSED), question.field]))})
    else:
        draft.note(**{question.field: value})
    draft.settle()
    return True


def _answer(question: IntakeQuestion, heard: Heard, *, other_answer: bool) -> str | None:
    words = heard.words.strip()
    if _UNSURE.search(words):
        return _UNKNOWN
    match question.kind:
        case QuestionKind.YES_NO:
            if heard.yes is not None:
                return "yes" if heard.yes else "no"
            if question.told_by and states(question.told_by, words):
                return _told(question, heard)
            free = not _has_consequences(question) and not other_answer and heard.count > 1
            return words if free and not words.endswith("?") else None
        case QuestionKind.CHOICE:
            return _choice(question, words)
        case _:
            if other_answer or Intent.REPEAT in heard.intents:
                return None
            return words


def _told(question: IntakeQuestion, heard: Heard) -> str:
    """The answer that somebody's own words are; where something hangs on it they are a plain yes."""
    return "yes" if question.kind is QuestionKind.YES_NO and _has_consequences(question) else heard.words.strip()


def _has_consequences(question: IntakeQuestion) -> bool:
    return question.refuse_if is not None or question.emergency_if is not None


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
