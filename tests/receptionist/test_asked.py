"""The question in a model's words, as patience, dictation and the recognizer must know it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.conversation.form import QuestionKind as K
from offhook.receptionist.asked import Questions
from offhook.receptionist.demo_business import demo_business

QUESTIONS = Questions(demo_business("dentist"))
ASKED = (
    ("What's the best number to reach you?", "phone", K.PHONE),
    ("And your phone number?", "phone", K.PHONE),
    ("Which number is the best one to reach you?", "phone", K.PHONE),
    ("Could I have your phone number, please?", "phone", K.PHONE),
    ("Please tell me your phone number.", "phone", K.PHONE),
    ("What's your name?", "name", K.NAME),
    ("May I have your full name?", "name", K.NAME),
    ("What name should I put it under?", "name", K.NAME),
    ("And who am I speaking with?", "name", K.NAME),
    ("Could you spell that for me?", "name", K.SPELLING),
    ("How do you spell your last name?", "name", K.SPELLING),
    ("What's your email address?", "email", K.EMAIL),
    ("What's the address of the property?", "address", K.ADDRESS),
    ("What day and time would suit you?", "start", K.DAY_AND_TIME),
    ("When would you like to come in?", "start", K.DAY_AND_TIME),
    ("Would Tuesday at 3 pm or Wednesday at 10 am work?", "start", K.DAY_AND_TIME),
    ("How about tomorrow at 10 am?", "start", K.DAY_AND_TIME),
    ("Shall I book that?", "book_ok", K.YES_NO),
    ("Would you like me to book it?", "book_ok", K.YES_NO),
    ("Is that right?", "yes", K.YES_NO),
    ("So that's Tuesday at 3 pm for Maria, is that correct?", "yes", K.YES_NO),
    ("Does that work for you?", "yes", K.YES_NO),
    ("Is 212-555-0147 the best number to reach you?", "yes", K.YES_NO),
    ("Is there anything else that you would like to know?", "more", K.YES_NO),
    ("Would you like me to confirm that by text message?", "book_ok", K.YES_NO),
    ("Shall I put your name down for it now?", "book_ok", K.YES_NO),
    ("Have you been to our practice before?", "been_before", K.YES_NO),
    ("How many teeth are affected?", "number", K.NUMBER),
    ("Would you prefer a cleaning or a check-up?", "choice", K.CHOICE),
    ("How can I help you today?", "help", K.OPEN),
    ("What happened?", "open", K.OPEN),
)


@pytest.mark.parametrize(("clause", "field", "kind"), ASKED)
def test_what_is_asked(clause: str, field: str, kind: K) -> None:
    change = QUESTIONS.in_clause(clause)
    assert change is not None
    assert change.asking is not None
    assert (change.asking.field, change.asking.kind) == (field, kind)


@pytest.mark.parametrize("clause", ["Thanks, Maria.", "We're open until 6 pm.", "I'll take your number.", "Goodbye!"])
def test_what_asks_nothing(clause: str) -> None:
    assert QUESTIONS.in_clause(clause) is None


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    QUESTIONS.in_clause(f"{text}?")
