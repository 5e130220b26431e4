"""What is understood of frozen tables of phrases: all of the known ones, and the honest score of the fresh ones."""

from collections.abc import Callable, Iterable

import pytest

from offhook.receptionist.understanding.email import find_email
from offhook.receptionist.understanding.intent import find_intents
from offhook.receptionist.understanding.name import find_name
from offhook.receptionist.understanding.phone import find_phone
from offhook.receptionist.understanding.yes_no import yes_or_no
from tests.receptionist.understanding import fresh_phrases as fresh
from tests.receptionist.understanding import known_phrases as known
from tests.receptionist.understanding.phrases import heard_when


@pytest.mark.parametrize(("text", "asked", "expected"), known.WHEN)
def test_a_known_day_or_time_is_understood(text: str, asked: bool, expected: str) -> None:
    assert heard_when(text, asked=asked) == expected


@pytest.mark.parametrize(("text", "asked", "expected"), known.NAMES)
def test_a_known_name_is_understood(text: str, asked: bool, expected: str | None) -> None:
    assert _name(text, asked) == expected


@pytest.mark.parametrize(("text", "expected"), known.PHONES)
def test_a_known_number_is_understood(text: str, expected: str | None) -> None:
    assert _phone(text) == expected


@pytest.mark.parametrize(("text", "expected"), known.YES_NO)
def test_a_known_yes_or_no_is_understood(text: str, expected: bool | None) -> None:
    assert yes_or_no(text) is expected


@pytest.mark.parametrize(("text", "expected"), known.INTENTS)
def test_a_known_wish_is_understood(text: str, expected: str) -> None:
    assert expected in {str(intent) for intent in find_intents(text)}


@pytest.mark.parametrize(("text", "expected"), known.EMAILS)
def test_a_known_email_is_understood(text: str, expected: str | None) -> None:
    assert find_email(text, asked=True) == expected


def test_the_score_of_fresh_phrases_does_not_fall() -> None:
    """Measured when the code first ran; a higher score is written down, a lower one is a step back."""
    assert _score((heard_when(t, asked=a) in e.split(" or ") for t, a, e in fresh.WHEN)) >= 61
    assert _score(_name(t, a) == e for t, a, e in fresh.NAMES) >= 20
    assert _score(_phone(t) == e for t, e in fresh.PHONES) >= 15
    assert _score(yes_or_no(t) is e for t, e in fresh.YES_NO) >= 25
    assert _score(e in {str(i) for i in find_intents(t)} for t, e in fresh.INTENTS) >= 30
    assert _score(find_email(t, asked=True) == e for t, e in fresh.EMAILS) >= 5


@pytest.mark.parametrize("find", [find_intents, yes_or_no, lambda t: heard_when(t, asked=True), find_name])
@pytest.mark.parametrize(
    "text", ["", " ", "...", "\x00", "😀", "-", "a" * 5000, "the " * 500, "½ ²  ³", "٣:٣٠", "1:" * 200]
)
def test_nonsense_is_no_error(find: Callable[[str], object], text: str) -> None:
    find(text)


def _score(results: Iterable[bool]) -> int:
    return sum(results)


def _name(text: str, asked: bool) -> str | None:
    heard = find_name(text, asked=asked)
    return None if heard is None else heard.name


def _phone(text: str) -> str | None:
    heard = find_phone(text, country="US")
    return None if heard is None else heard.e164


@pytest.mark.parametrize("piece", ["the day before ", "my name is ", "five ", "1", "a b ", "[a](", "no wait "])
def test_an_endless_utterance_is_taken_whole(piece: str) -> None:
    """Only so much of it is looked at; what is said in it still counts."""
    assert heard_when("tuesday at three, " + piece * 3000, asked=False).startswith("2026-11-2")
    find_name("my name is John Smith. " + piece * 3000)
    find_phone(piece * 3000, country="US", asked=True)
