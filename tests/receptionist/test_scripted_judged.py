"""Calls that somebody made who did not know how the script is written: each for what it taught."""

import pytest

from tests.receptionist.dialogue import Dialogue, converse

BOOKED: dict[str, tuple[str, tuple[str, ...], tuple[str, str, str, str]]] = {
    # what is particular: profession, lines, and the last appointment made
    "a family name that is also a word": (
        "realtor",
        ("I'd like to see a house on Saturday at 11am", "no", "Ivy Long, 646 555 0126", "yes"),
        ("property showing", "2026-11-28T11:00", "Ivy Long", "+16465550126"),
    ),
    "a mall is nobody's name": (
        "locksmith",
        (
            "i lost my car keys and i'm stranded at the mall",
            "Staten Island Mall, lot C",
            "yes I have my ID",
            "Tanya Reed",
            "347 555 0188",
            "yes",
        ),
        ("car key replacement", "2026-11-23T10:30", "Tanya Reed", "+13475550188"),
    ),
    "one for a son as well": (
        "dentist",
        (
            "book cleaning tomorrow 3pm",
            "new patient",
            "Al Gore",
            "212 555 0124",
            "yes",
            "and I also need one for my son",
            "Wednesday at 3",
            "Tim Gore",
            "yes",
        ),
        ("teeth cleaning", "2026-11-25T15:00", "Tim Gore", "+12125550124"),
    ),
    "no complications is no refusal of a number": (
        "massage-therapist",
        ("a prenatal massage Thursday next week at 11", "Emily Stone", "no complications", "212 555 0139", "yes"),
        ("prenatal massage", "2026-12-03T11:00", "Emily Stone", "+12125550139"),
    ),
    "a deadline told with the wish is not asked for": (
        "home-inspector",
        (
            "We're closing on a house and need an inspection before Dec 4th",
            "it's a single family at 14 Chestnut Ave, about 2200 square feet",
            "Wednesday December 2nd 9 am",
            "Paul Green",
            "917 555 0121",
            "yes",
        ),
        ("home inspection", "2026-12-02T09:00", "Paul Green", "+19175550121"),
    ),
}


@pytest.mark.parametrize("what", BOOKED)
async def test_the_appointment_is_the_one_that_was_wanted(what: str) -> None:
    profession, lines, wanted = BOOKED[what]
    call = await converse(profession, *lines)
    assert call.appointments[-1] == wanted


async def test_a_number_is_no_message() -> None:
    call = await converse("plumber", "can someone call me", "Dan Wells", "917 555 0130", "yes")
    assert [(each.name, each.phone, each.text) for each in call.messages] == [
        ("Dan Wells", "+19175550130", "Please call back.")
    ]


async def test_who_calls_back_later_leaves_it() -> None:
    call = await converse("dentist", "I need to reschedule my appointment", "Karen Wu", "212 555 0123")
    assert "nothing is changed" in await call.say("forget it, I'll call back later")


async def test_whether_one_may_is_answered_before_a_time_is_asked() -> None:
    call = Dialogue.with_demo("massage-therapist")
    told = await call.say("I'm 30 weeks pregnant, can I still get a massage?")
    assert "from the second trimester on" in told
    assert told.endswith("What day and time would suit you?")


async def test_a_limit_is_told_once() -> None:
    call = Dialogue.with_demo("tattoo-artist")
    assert (await call.say("I'm seventeen, can I get a small tattoo?")).count("18 or older") == 1
