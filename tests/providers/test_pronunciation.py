"""Every word that can be written has a likeness in sound, so that none keeps a language model from being made."""

from pathlib import Path

import pocketsphinx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.providers.pronunciation import Pronunciations, by_spelling

DICTIONARY = Path(pocketsphinx.get_model_path("en-us")) / "cmudict-en-us.dict"
PHONES = {phone for line in DICTIONARY.read_text().splitlines() for phone in line.split()[1:]}


@pytest.fixture(scope="module")
def pronunciations() -> Pronunciations:
    return Pronunciations(DICTIONARY)


def test_a_known_word_has_all_its_ways(pronunciations: Pronunciations) -> None:
    assert pronunciations.of("the") == ("DH AH", "DH IY")


def test_an_unknown_word_is_guessed(pronunciations: Pronunciations) -> None:
    assert pronunciations.of("flossify") == ("F L AA S IH F IY",)


@pytest.mark.parametrize(
    ("word", "phones"), [("slope", "S L OW P"), ("smithers", "S M IH TH ER S"), ("sheep", "SH IY P")]
)
def test_spelling_rules(word: str, phones: str) -> None:
    assert by_spelling(word) == phones


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", min_size=1))
def test_a_guess_uses_the_models_phones_only(word: str) -> None:
    guess = by_spelling(word).split()
    assert set(guess) <= PHONES
    assert guess or not word.strip("'")
