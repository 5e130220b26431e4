"""A note says what a change of the form says, and a wrong one says what is wrong."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.conversation.form import FormChange, Question, QuestionKind
from offhook.receptionist.noting import UnreadableNote, arguments_from_change, change_from_arguments

WORDS = st.text(min_size=1, max_size=12)
QUESTIONS = st.builds(Question, WORDS, st.sampled_from(QuestionKind), st.lists(WORDS, max_size=3).map(tuple))
CHANGES = st.builds(
    FormChange,
    wants=st.none() | WORDS,
    answers=st.dictionaries(WORDS, st.text(max_size=12), max_size=4),
    confirmed=st.lists(WORDS, max_size=3).map(tuple),
    dropped=st.lists(WORDS, max_size=3).map(tuple),
    asking=st.none() | QUESTIONS,
    asks_nothing=st.booleans(),
)


@given(CHANGES)
def test_a_change_survives_its_way_through_json(change: FormChange) -> None:
    assert change_from_arguments(json.loads(json.dumps(arguments_from_change(change)))) == change


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"want": "book"}, "want"),
        ({"wants": 3}, "wants"),
        ({"answers": ["Tuesday"]}, "answers"),
        ({"answers": {"name": None}}, "answer"),
        ({"answers": {"adult": True}}, "answer"),
        ({"confirmed": "name"}, "confirmed"),
        ({"dropped": [1]}, "dropped"),
        ({"asking": "phone"}, "asking"),
        ({"asking": {"kind": "phone"}}, "field"),
        ({"asking": {"field": "phone", "kind": "fax"}}, "kind"),
        ({"asks_nothing": "yes"}, "asks_nothing"),
    ],
)
def test_a_wrong_note_is_refused_and_its_wrong_part_named(arguments: dict[str, object], named: str) -> None:
    with pytest.raises(UnreadableNote, match=named):
        change_from_arguments(arguments)


def test_a_number_is_taken_as_its_digits() -> None:
    assert change_from_arguments({"answers": {"people": 6}}).answers == {"people": "6"}
