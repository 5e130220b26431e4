"""What the script keeps whatever a caller says, and whoever spoke before it."""

import asyncio
import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offhook.conversation.actions import Action, ActionKind, ActionResult
from offhook.conversation.commands import Utterance
from offhook.conversation.form import Answer, Form, Question, QuestionKind
from offhook.providers.llm import Request, Text, ToolCall
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.profession_file import profession_names
from offhook.receptionist.scripted import ScriptedReceptionist
from tests.receptionist.dialogue import MONDAY_AT_TEN, Dialogue

LINES = st.sampled_from(
    [
        "I'd like to book an appointment",
        "a consultation",
        "cleaning please",
        "tuesday at 3",
        "tomorrow morning",
        "saturday at 11 pm",
        "november 31st",
        "the first one",
        "as soon as possible",
        "John Smith",
        "S M I T H",
        "212 555 0147",
        "212",
        "555 0147",
        "yes",
        "no",
        "y",
        "no, make it 4",
        "not that number, 2125550148",
        "I don't know",
        "cancel it",
        "move it to friday at 10",
        "when is my appointment",
        "what are your hours?",
        "how much is it?",
        "can you take a message",
        "tell them I called",
        "let me talk to a person",
        "there is a fire",
        "wrong number",
        "start over",
        "never mind",
        "hold on",
        "what?",
        "thanks",
        "bye",
        "",
        "\u202e\x00\U0001f600",
        "12 Oak Street",
        "2016 subaru outback",
        "I'm over 18 and I have an ID",
        "same time again please",
        "0" * 60,
    ]
)
PROFESSIONS = st.sampled_from(profession_names())


@given(PROFESSIONS, st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=14))
@settings(max_examples=150, deadline=None)
def test_whatever_is_said_is_answered_and_nothing_is_booked_without_a_yes(profession: str, lines: list[str]) -> None:
    asyncio.run(_call(profession, lines))


@given(st.lists(st.lists(LINES, max_size=2), min_size=6, max_size=6))
@settings(max_examples=80, deadline=None)
def test_a_caller_who_wanders_off_never_gets_more_than_they_said_yes_to(asides: list[list[str]]) -> None:
    wish = ("I'd like a cleaning", "yes", "tuesday at 3", "John Smith", "212 555 0147", "yes")
    lines = [line for aside, wished in zip(asides, wish, strict=True) for line in (*aside, wished)]
    asyncio.run(_call("dentist", lines))


async def _call(profession: str, lines: list[str]) -> None:
    dialogue = Dialogue.with_demo(profession)
    for line in lines:
        if dialogue.ended:
            break
        asked = dialogue.form.asking
        done = len(dialogue.form.receipts)
        reply = await dialogue.say(line)
        assert len(reply.split()) < 120, reply
        for receipt in dialogue.form.receipts[done:]:
            if receipt.kind is ActionKind.BOOK:
                assert asked is not None, dialogue.transcript
                assert asked.field == "book_ok", dialogue.transcript
                assert "You're booked" in reply
        if "You're booked" in reply:
            assert any(receipt.kind is ActionKind.BOOK for receipt in dialogue.form.receipts[done:])
        if "is cancelled" in reply:
            assert any(receipt.kind is ActionKind.CANCEL for receipt in dialogue.form.receipts[done:])


def pieces(form: Form, words: str, *, begun: str = "", results: tuple[ActionResult, ...] = ()) -> list[object]:
    request = Request("", (Utterance("caller", words),), form, MONDAY_AT_TEN, (), results, begun)
    return list(ScriptedReceptionist(demo_business("dentist")).pieces(request))


def said(written: list[object]) -> str:
    return "".join(piece.text for piece in written if isinstance(piece, Text))


FILLED = Form(
    "book",
    {
        "service": Answer("teeth cleaning"),
        "been_before": Answer("yes"),
        "start": Answer("2026-11-24T15:00"),
        "name": Answer("Ann Lee"),
        "phone": Answer("+12125550112"),
    },
)


def test_the_same_request_gets_the_same_reply() -> None:
    assert pieces(FILLED, "okay") == pieces(FILLED, "okay")


def test_a_note_is_json() -> None:
    for piece in pieces(Form(), "book a cleaning for tuesday at 3, I'm Ann Lee"):
        if isinstance(piece, ToolCall):
            json.dumps(dict(piece.arguments))


def test_after_a_model_that_failed_nothing_known_is_asked_again() -> None:
    form = replace(FILLED, asking=Question("confirmation", QuestionKind.YES_NO))
    reply = said(pieces(form, "yes please"))
    assert reply == (
        "So that's a teeth cleaning on Tuesday, November 24th at 3 pm, for Ann Lee at 212-555-0112. Shall I book that?"
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("start", "Tuesday at three"),
        ("phone", "555-0112"),
        ("_when", "soon"),
        ("_misses", "many"),
        ("service", "polka"),
    ],
)
def test_what_a_model_noted_unreadably_is_asked_again(field: str, value: str) -> None:
    form = replace(FILLED, answers={**FILLED.answers, field: Answer(value)})
    assert said(pieces(form, "okay")) or any(isinstance(piece, ToolCall) for piece in pieces(form, "okay"))


def test_a_model_that_broke_off_is_followed_by_a_new_sentence() -> None:
    assert said(pieces(Form(), "what are your hours?", begun="Sure, we are")).startswith("... We")
    assert said(pieces(Form(), "what are your hours?", begun="Sure.")).startswith(" We")


def test_a_fact_that_a_model_asked_for_is_told() -> None:
    action = Action("m1", ActionKind.ANSWER_FROM_FACTS, {"topic": "parking"})
    result = ActionResult(action, facts={"text": "There is street parking."})
    assert "street parking" in said(pieces(FILLED, "where do I park", results=(result,)))


def test_a_caller_id_is_offered_as_the_number() -> None:
    answers = {name: answer for name, answer in FILLED.answers.items() if name not in {"phone", "name"}}
    form = Form("book", {**answers, "_caller_id": Answer("+12125550147")}, Question("name", QuestionKind.NAME))
    assert said(pieces(form, "Ann Lee")) == "Is 212-555-0147 the best number to reach you?"


async def test_a_caller_id_that_is_accepted_is_the_number() -> None:
    dialogue = Dialogue.with_demo("dentist")
    dialogue.form = Form(answers={"_caller_id": Answer("+12125550147")})
    for line in ("book a cleaning tuesday at 3", "yes", "Ann Lee", "yes", "yes"):
        await dialogue.say(line)
    assert dialogue.appointments == [("teeth cleaning", "2026-11-24T15:00", "Ann Lee", "+12125550147")]


async def test_a_business_that_takes_no_bookings_takes_a_message() -> None:
    dialogue = Dialogue(replace(demo_business("dentist"), takes_bookings=False))
    for line in ("I'd like to book a cleaning on tuesday", "Ann Lee", "2125550112", "yes"):
        await dialogue.say(line)
    assert dialogue.appointments == []
    assert [each.name for each in dialogue.messages] == ["Ann Lee"]


async def test_a_business_without_targets_takes_a_message_for_who_wants_a_person() -> None:
    dialogue = Dialogue(replace(demo_business("dentist"), targets=()))
    for line in ("can I talk to a person", "it's about my bill", "Ann Lee", "2125550112", "yes"):
        await dialogue.say(line)
    assert [each.text for each in dialogue.messages] == ["it's about my bill"]


async def test_times_are_right_after_the_clocks_change() -> None:
    before = datetime(2026, 10, 30, 10, 0, tzinfo=MONDAY_AT_TEN.tzinfo)
    dialogue = Dialogue.with_demo("dentist", before)
    for line in ("book a cleaning on monday at 9", "yes", "Ann Lee", "2125550112", "yes"):
        await dialogue.say(line)
    assert dialogue.appointments[0][1] == "2026-11-02T09:00"
