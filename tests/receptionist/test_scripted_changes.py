"""Appointments told, moved and cancelled: against name and number, after a read-back, once each."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import Dialogue, converse

JON = ("Jon Smith", "+12125550147")
CLEANING = ("teeth cleaning", "2026-11-24T15:00", *JON)
BOOKING = ("book a cleaning tuesday at 3, I'm Jon Smith, 2125550147, I've been there before", "yes")


async def call_back(*lines: str) -> Dialogue:
    """A second call, to a business that has Jon's appointment."""
    first = await converse("dentist", *BOOKING)
    assert first.appointments == [CLEANING], first.transcript
    return await converse("dentist", *lines, diary=first.diary)


MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "step by step": (
        ("Hi, I need to move my appointment", "Jon Smith", "212 555 0147", "friday at 2", "yes"),
        "2026-11-27T14:00",
    ),
    "in one sentence": (
        ("This is Jon Smith, 212-555-0147, can you move my Tuesday appointment to Wednesday at 4?", "yes please"),
        "2026-11-25T16:00",
    ),
    "closed day, then corrected at the read-back": (
        (
            "reschedule my cleaning please",
            "Jon Smith",
            "212 555 0147",
            "saturday",
            "monday at 10 then",
            "no, 11",
            "yes",
        ),
        "2026-11-30T11:00",
    ),
    "first to be cancelled, then moved": (
        (
            "cancel my appointment, Jon Smith 2125550147",
            "no, can you move it to thursday instead",
            "friday at 9",
            "yes",
        ),
        "2026-11-27T09:00",
    ),
}


@pytest.mark.parametrize("how", MOVES)
async def test_an_appointment_is_moved(how: str) -> None:
    lines, start = MOVES[how]
    dialogue = await call_back(*lines)
    assert dialogue.appointments == [("teeth cleaning", start, *JON)], dialogue.transcript
    assert dialogue.outcome is Outcome.RESCHEDULED


@pytest.mark.parametrize(
    "lines",
    [
        ("I have to cancel my appointment on Tuesday", "Smith, Jon Smith", "2125550147", "yes", "that's it"),
        ("cancel my appointment", "Jon Smith", "2125550148", "sorry it's 2125550147", "yes"),
    ],
)
async def test_an_appointment_is_cancelled(lines: tuple[str, ...]) -> None:
    dialogue = await call_back(*lines)
    assert dialogue.appointments == [], dialogue.transcript
    assert dialogue.outcome is Outcome.CANCELLED


async def test_a_second_thought_keeps_the_appointment() -> None:
    dialogue = await call_back("cancel my appointment, Jon Smith 2125550147", "no, keep it actually", "bye")
    assert dialogue.appointments == [CLEANING]
    assert ("cancel", True) not in dialogue.actions


async def test_one_is_cancelled_and_another_booked_in_one_breath() -> None:
    dialogue = await call_back(
        "cancel my appointment, it's Jon Smith, 2125550147",
        "yes, and book me a check-up for monday at 10",
        "yes",
        "yes",
    )
    assert dialogue.appointments == [("check-up", "2026-11-30T10:00", *JON)], dialogue.transcript
    assert dialogue.outcome is Outcome.BOOKED


async def test_an_appointment_is_told_to_who_knows_name_and_number() -> None:
    dialogue = await call_back("when is my appointment again?", "Jon Smith", "2125550147", "thanks, bye")
    assert "Tuesday, November 24th at 3 pm" in dialogue.history[5].text
    assert dialogue.outcome is Outcome.ANSWERED


async def test_after_three_wrong_tries_only_a_message_is_left() -> None:
    dialogue = await call_back(
        "I need to cancel my appointment",
        *("Jon Smith", "212 555 0001", "Jon Smith", "212 555 0002", "Jon Smith", "212 555 0003", "yes"),
    )
    assert dialogue.appointments == [CLEANING]
    assert "Tuesday" not in dialogue.transcript, "told a stranger when"
    assert [(each.name, each.phone) for each in dialogue.messages] == [("Jon Smith", "+12125550003")]
    assert dialogue.outcome is Outcome.MESSAGE


async def test_what_was_booked_in_this_call_is_moved_without_name_and_number_and_twice() -> None:
    dialogue = await converse(
        "dentist", *BOOKING, "can you move it to 4", "yes", "hmm, actually wednesday at 9 would be better", "yes", "no"
    )
    assert dialogue.appointments == [("teeth cleaning", "2026-11-25T09:00", *JON)], dialogue.transcript
    assert [kind for kind, done in dialogue.actions if done] == ["book", "reschedule", "reschedule"]


async def test_book_cancel_and_book_the_same_again_leaves_one() -> None:
    dialogue = await converse("dentist", *BOOKING, "cancel that", "yes", "actually book it again, same time", "yes")
    assert dialogue.appointments == [CLEANING], dialogue.transcript
    assert [kind for kind, done in dialogue.actions if done] == ["book", "cancel", "book"]
    assert dialogue.outcome is Outcome.BOOKED


async def test_cancelled_in_the_call_that_booked_it_is_cancelled() -> None:
    dialogue = await converse("dentist", *BOOKING, "actually cancel it", "yes", "no")
    assert dialogue.appointments == []
    assert dialogue.outcome is Outcome.CANCELLED


TWO = (*BOOKING, "book another one, a check-up on friday at 10", "yes")


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (("cancel my friday appointment, Jon Smith 2125550147", "yes"), "teeth cleaning"),
        (("cancel my appointment, Jon Smith 2125550147", "the check-up", "yes"), "teeth cleaning"),
        (("cancel my appointment, Jon Smith 2125550147", "the first one", "yes"), "check-up"),
        (("cancel my appointment", "Jon Smith", "2125550147", "the one on tuesday", "yes"), "check-up"),
    ],
)
async def test_of_two_appointments_the_one_that_is_meant_is_cancelled(lines: tuple[str, ...], left: str) -> None:
    first = await converse("dentist", *TWO)
    assert len(first.appointments) == 2, first.transcript
    dialogue = await converse("dentist", *lines, diary=first.diary)
    assert [service for service, *_ in dialogue.appointments] == [left], dialogue.transcript
