"""Whose name it is: lenient in how it is said, strict in who it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.receptionist.identity import is_e164, name_parts, same_person

NAMES = st.lists(st.sampled_from(["Maria", "José", "O'Brien", "Lopez", "Smith-Jones", "Li"]), min_size=1, unique=True)


@given(NAMES)
def test_case_accents_and_order_do_not_matter(parts: list[str]) -> None:
    assert same_person(" ".join(reversed(parts)).upper().replace("É", "E"), " ".join(parts))


@given(NAMES, NAMES)
def test_it_does_not_matter_who_is_asked_first(one: list[str], other: list[str]) -> None:
    assert same_person(" ".join(one), " ".join(other)) is same_person(" ".join(other), " ".join(one))


@pytest.mark.parametrize(
    ("told", "known", "same"),
    [
        ("Maria", "Maria Lopez", True),
        ("Dr. Lopez", "Maria Lopez", True),
        ("Juan Lopez", "Maria Lopez", False),
        ("M Lopez", "Maria Lopez", True),
        ("M", "Maria Lopez", False),
        ("", "Maria Lopez", False),
        ("Mr.", "Maria Lopez", False),
        ("obrien", "John O\u2019Brien", True),
        ("Jones", "Ann Smith-Jones", True),
        ("Marie", "Maria Lopez", False),
    ],
)
def test_examples(told: str, known: str, same: bool) -> None:
    assert same_person(told, known) is same


@pytest.mark.parametrize(
    ("phone", "good"),
    [("+12125550101", True), ("12125550101", False), ("+0212555", False), ("+1212555010\u0661", False), ("+1", False)],
)
def test_numbers(phone: str, good: bool) -> None:
    assert is_e164(phone) is good


def test_a_name_without_letters_is_none() -> None:
    assert name_parts("12 34!") == ()
