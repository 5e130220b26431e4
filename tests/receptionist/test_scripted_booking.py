"""Whole calls with the scripted receptionist, typed: what stands in the diary when they are over."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import converse

TUESDAY_AT_3 = "2026-11-24T15:00"
JON = ("Jon Smith", "+12125550147")
DETAILS = ("yes", "Jon Smith", "212 555 0147")
"""Been there before, name, number: the answers to the dentist's questions."""

Booked = tuple[str, str, str, str]

BOOKINGS: dict[str, tuple[tuple[str, ...], Booked]] = {
    "in five turns": (
        ("Hi, I'd like to book a cleaning", "Tuesday at 3", "John Smith", "212 555 0147", "yes", "no thanks"),
        ("teeth cleaning", TUESDAY_AT_3, "John Smith", "+12125550147"),
    ),
    "all in one sentence": (
        (
            "Hi this is Maria Lopez, I'd like to book a teeth cleaning for Tuesday at 3 pm, my number is 212-555-0147",
            "I'm a new patient",
            "yes please",
            "bye",
        ),
        ("teeth cleaning", TUESDAY_AT_3, "Maria Lopez", "+12125550147"),
    ),
    "one word at a time": (
        ("appointment", "cleaning", "tuesday", "three", "john", "smith", "212", "555", "0147", "yes", "no"),
        ("teeth cleaning", TUESDAY_AT_3, "John Smith", "+12125550147"),
    ),
    "a correction of the time at the read-back": (
        ("I need a check-up", "yes I've been there", "tomorrow at 10", *DETAILS[1:], "no wait, make it 11", "yes"),
        ("check-up", "2026-11-24T11:00", *JON),
    ),
    "a correction of the name at the read-back": (
        ("book a cleaning tuesday at 3", *DETAILS, "no, it's John with an h", "yes"),
        ("teeth cleaning", TUESDAY_AT_3, "John Smith", "+12125550147"),
    ),
    "a correction of the number at the read-back": (
        ("book a cleaning tuesday at 3", *DETAILS, "no, it ends in 48", "yes"),
        ("teeth cleaning", TUESDAY_AT_3, "Jon Smith", "+12125550148"),
    ),
    "another service at the read-back": (
        ("book a cleaning tuesday at 3", *DETAILS, "actually I need a root canal instead", "yes"),
        ("root canal", TUESDAY_AT_3, *JON),
    ),
    "a bare no, then what is wrong": (
        ("book a cleaning tuesday at 3", *DETAILS, "no", "the time", "thursday next week at 11", "yes"),
        ("teeth cleaning", "2026-12-03T11:00", *JON),
    ),
    "a closed day, a closed hour, then one of those offered": (
        ("I'd like to book a cleaning", "no", "Saturday at 10", "monday at 7 pm", "the first one", *DETAILS[1:], "yes"),
        ("teeth cleaning", "2026-11-30T17:15", *JON),
    ),
    "Thanksgiving": (
        ("can I get a cleaning on thursday", "yes I have", "how about friday at 2 then", *DETAILS[1:], "yes"),
        ("teeth cleaning", "2026-11-27T14:00", *JON),
    ),
    "a date that does not exist": (
        ("Book me a check-up on November 31st at 9", "first time", "December 1st", *DETAILS[1:], "correct"),
        ("check-up", "2026-12-01T09:00", *JON),
    ),
    "a week from Friday, a spelled name, spoken digits": (
        (
            "I'd like to come in for a check up",
            "no never",
            "a week from friday at half past two",
            "it's Nguyen, N G U Y E N, Tran Nguyen",
            "six four six, five five five, oh one double nine",
            "that's right",
        ),
        ("check-up", "2026-12-04T14:30", "Tran Nguyen", "+16465550199"),
    ),
    "all in small letters": (
        ("book cleaning for tuesday 3pm john smith 2125550147", "yes", "yes"),
        ("teeth cleaning", TUESDAY_AT_3, "John Smith", "+12125550147"),
    ),
    "the next day, then a bare date of the month that was offered": (
        (
            "Book an appointment for December 25, 2026 at 10 AM",
            "cleaning",
            "yes",
            "then how about the next day",
            "the 28th at 10",
            *DETAILS[1:],
            "yes",
        ),
        ("teeth cleaning", "2026-12-28T10:00", *JON),
    ),
    "another day while the name is asked, and back again": (
        (
            "I'd like to book a cleaning for Tuesday",
            "3 o'clock",
            "Actually, do you have anything on Wednesday instead?",
            "no, let's keep Tuesday at 3",
            "I've been before",
            *DETAILS[1:],
            "yes",
        ),
        ("teeth cleaning", TUESDAY_AT_3, *JON),
    ),
    "a name spelled twice and a wrong number": (
        (
            "Do you have anything the day after tomorrow in the afternoon?",
            "A check up",
            "Two thirty",
            "It's for Bjorn Gustafsson. That's B-J-O-R-N, G-U-S-T-A-F-S-S-O-N.",
            "646 555 0199",
            "Wait, actually I said the wrong number. It's 646 555 0198.",
            "Perfect, thanks",
        ),
        ("check-up", "2026-11-25T14:30", "Bjorn Gustafsson", "+16465550198"),
    ),
    "what?": (
        (
            "book a cleaning",
            "what?",
            "sorry can you repeat that",
            "yes",
            "tuesday 3pm",
            "come again?",
            "Jon Smith",
            "212 555 0147",
            "can you say that again",
            "what day is that again?",
            "yes",
        ),
        ("teeth cleaning", TUESDAY_AT_3, *JON),
    ),
    "starting over": (
        (
            "book a cleaning monday at 3",
            "no",
            "Ann Lee",
            "wait let's start over",
            "check-up",
            "tuesday at 3",
            *DETAILS[1:],
            "yes",
        ),
        ("check-up", TUESDAY_AT_3, *JON),
    ),
    "questions all along": (
        (
            "I need to get a filling",
            "yes",
            "how much does it cost?",
            "tuesday 2pm",
            "where are you located?",
            "Pete Best",
            "do you take Delta Dental?",
            "(212) 555-0133",
            "yup go ahead",
        ),
        ("filling", "2026-11-24T14:00", "Pete Best", "+12125550133"),
    ),
}


@pytest.mark.parametrize("call", BOOKINGS)
async def test_a_caller_who_wants_an_appointment_has_it(call: str) -> None:
    lines, booked = BOOKINGS[call]
    dialogue = await converse("dentist", *lines)
    assert dialogue.appointments == [booked], dialogue.transcript
    assert dialogue.messages == []
    assert dialogue.outcome is Outcome.BOOKED


@pytest.mark.parametrize("call", BOOKINGS)
async def test_nothing_is_booked_before_the_caller_said_yes_to_everything(call: str) -> None:
    lines, booked = BOOKINGS[call]
    dialogue = await converse("dentist", *lines)
    at = next(at for at, each in enumerate(dialogue.history) if "You're booked" in each.text)
    read_back, consent = dialogue.history[at - 2], dialogue.history[at - 1]
    digits = booked[3].removeprefix("+1")
    assert f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" in read_back.text
    assert booked[0] in read_back.text
    assert booked[2] in read_back.text
    assert consent.speaker == "caller"
    assert read_back.text.endswith("Shall I book that?")


async def test_two_appointments_are_made_in_one_call() -> None:
    dialogue = await converse(
        "dentist",
        "book a cleaning tuesday at 9",
        *DETAILS,
        "yes",
        "now one for my wife on tuesday at 10, a cleaning",
        "Jane Smith",
        "yes",
        "no bye",
    )
    assert [(start, name) for _, start, name, _ in dialogue.appointments] == [
        ("2026-11-24T09:00", "Jon Smith"),
        ("2026-11-24T10:00", "Jane Smith"),
    ]
    assert dialogue.ended


async def test_a_time_that_is_taken_is_not_promised() -> None:
    first = await converse("dentist", "book a cleaning tuesday at 3", *DETAILS, "yes")
    second = await converse("dentist", "book a check-up tuesday at 3:15", diary=first.diary)
    reply = second.history[-1].text
    assert "taken" in reply
    assert "3:45 pm" in reply
