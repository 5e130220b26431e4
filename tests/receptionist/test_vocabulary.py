"""What a business's callers may say: of every kind something, speakable, the same every time."""

import re

import pytest

from offhook.conversation.form import Question, QuestionKind
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.profession_file import profession_names
from offhook.receptionist.said import words_of
from offhook.receptionist.vocabulary import Vocabulary

SPEAKABLE = re.compile(r"[^\W\d_A-Z]+('[^\W\d_A-Z]+)?( [^\W\d_A-Z]+('[^\W\d_A-Z]+)?)*")
DENTIST = Vocabulary(demo_business("dentist"))


@pytest.mark.parametrize("profession", profession_names())
@pytest.mark.parametrize("kind", QuestionKind)
def test_every_sentence_can_be_said(profession: str, kind: QuestionKind) -> None:
    sentences = Vocabulary(demo_business(profession)).sentences(Question("x", kind))
    assert 500 < len(sentences) < 8000
    assert [said for said in sentences if not SPEAKABLE.fullmatch(said)] == []


@pytest.mark.parametrize("kind", QuestionKind)
def test_whatever_is_asked_a_caller_may_refuse_or_leave(kind: QuestionKind) -> None:
    sentences = DENTIST.sentences(Question("x", kind))
    for said in ("yes please", "no", "goodbye", "thank you", "a person please", "could you repeat that"):
        assert said in sentences


@pytest.mark.parametrize("profession", profession_names())
def test_every_service_can_be_asked_for(profession: str) -> None:
    business = demo_business(profession)
    said = " | ".join(Vocabulary(business).sentences(None))
    for service in business.services:
        assert words_of(service.name) in said


def test_offered_wordings_can_be_picked() -> None:
    asked = Question("start", QuestionKind.CHOICE, ("Tuesday at nine", "Friday, December 4th at two thirty"))
    sentences = DENTIST.sentences(asked)
    for said in (
        "tuesday at nine",
        "friday december fourth at two thirty",
        "tuesday",
        "the first one",
        "none of those",
        "two thirty",
    ):
        assert said in sentences


def test_the_same_business_gives_the_same_sentences() -> None:
    again = Vocabulary(demo_business("dentist"))
    for kind in QuestionKind:
        assert list(DENTIST.sentences(Question("x", kind))) == list(again.sentences(Question("x", kind)))


def test_no_question_is_an_open_one() -> None:
    assert DENTIST.sentences(None) == DENTIST.sentences(Question("x", QuestionKind.OPEN))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Check-up", "check up"),
        ("X-rays (2)", "x rays two"),
        ("Don\u2019t", "don't"),
        ("24/7", "twenty four seven"),
        ("Dec. 21st, 9:30 a.m.", "dec twenty first nine thirty a m"),
        ("10:00", "ten"),
        ("room 405", "room four zero five"),
        ("99th", ""),
    ],
)
def test_words_are_as_they_are_said(text: str, words: str) -> None:
    assert words_of(text) == words
