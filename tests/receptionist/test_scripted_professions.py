"""A call of its own for each trade, which the others could not serve; and what each does in danger or refuses."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import converse

PAT = ("Pat Kim", "212 555 0180")
BOOKED_PAT = ("Pat Kim", "+12125550180")

OWN_CALLS: dict[str, tuple[tuple[str, ...], tuple[str, str, str, str]]] = {
    "dentist": (
        (
            "yeah i got a really bad toothache",
            "i've been there before",
            "like an eight and no swelling",
            "whatever is soonest",
            *PAT,
            "uh huh",
        ),
        ("emergency visit", "2026-11-23T10:30", *BOOKED_PAT),
    ),
    "plumber": (
        (
            "Hi, my kitchen faucet is dripping, can someone come tomorrow morning?",
            "12 Oak Street, Queens",
            "the second one",
            *PAT,
            "yes",
        ),
        ("faucet repair", "2026-11-24T09:00", *BOOKED_PAT),
    ),
    "mechanic": (
        (
            "my car makes a weird squeaking noise when I turn left",
            "2016 subaru outback",
            "yes it drives",
            "friday at 3",
            *PAT,
            "yes",
        ),
        ("diagnostic", "2026-11-27T15:00", *BOOKED_PAT),
    ),
    "locksmith": (
        (
            "I locked my keys in my car at the mall parking lot on Route 9",
            "yes I have my license",
            "now",
            *PAT,
            "yes",
        ),
        ("car lockout", "2026-11-23T10:30", *BOOKED_PAT),
    ),
    "massage-therapist": (
        ("book a deep tissue for friday at 4", "no", "actually make it 5", "sorry, 3 pm", *PAT, "yes"),
        ("deep tissue massage", "2026-11-27T15:00", *BOOKED_PAT),
    ),
    "photographer": (
        ("I'd like to book a family photo session for six people on December 5th at 10", *PAT, "yes"),
        ("family session", "2026-12-05T10:00", *BOOKED_PAT),
    ),
    "realtor": (
        ("I'd like to see the house on 5 Elm Street", "no", "tomorrow at 5 then", *PAT, "yes"),
        ("property showing", "2026-11-24T17:00", *BOOKED_PAT),
    ),
    "tattoo-artist": (
        (
            "Hey I want to get a small tattoo on my wrist, two inches, a rose",
            "yeah I'm 25",
            "next friday at 2",
            *PAT,
            "yep",
        ),
        ("small tattoo", "2026-12-04T14:00", *BOOKED_PAT),
    ),
    "home-inspector": (
        (
            "I need a home inspection for a house I'm buying at 22 Birch Lane, Yonkers",
            "about 2400 square feet",
            "the inspection deadline is December 4th",
            "Monday at 9",
            *PAT,
            "yes",
        ),
        ("home inspection", "2026-11-30T09:00", *BOOKED_PAT),
    ),
}

EMERGENCIES: dict[str, tuple[str, str, bool]] = {
    # profession: words, what must be said first, whether the caller is put through
    "dentist": ("my tooth got knocked out", "milk", True),
    "plumber": ("There's water pouring through my ceiling!", "valve", True),
    "locksmith": ("my baby is locked in the car!", "911", True),
    "massage-therapist": ("I'd like a massage but I have a blood clot in my leg", "doctor", False),
    "photographer": ("our photographer hasn't shown up and the wedding is starting!", "through", True),
    "tattoo-artist": ("my new tattoo is hot, there's pus coming out and I have a fever", "doctor", True),
}


@pytest.mark.parametrize("profession", OWN_CALLS)
async def test_each_trade_serves_its_own_caller(profession: str) -> None:
    lines, booked = OWN_CALLS[profession]
    dialogue = await converse(profession, *lines)
    assert dialogue.appointments == [booked], dialogue.transcript
    assert dialogue.outcome is Outcome.BOOKED


@pytest.mark.parametrize("profession", EMERGENCIES)
async def test_an_emergency_is_met_with_advice_then_help_then_an_urgent_message(profession: str) -> None:
    words, advice, put_through = EMERGENCIES[profession]
    dialogue = await converse(profession, words, *PAT, "4 Main Street", "bye")
    assert advice in dialogue.history[1].text, dialogue.transcript
    assert (("transfer", True) in dialogue.actions) is put_through
    assert [(each.name, each.phone, each.urgent) for each in dialogue.messages] == [(*BOOKED_PAT, True)]
    assert dialogue.outcome is Outcome.EMERGENCY
    assert dialogue.appointments == []


async def test_danger_to_life_is_sent_to_911_and_nothing_else_is_asked() -> None:
    dialogue = await converse("plumber", "I smell gas in my basement", "bye")
    assert "911" in dialogue.history[1].text
    assert dialogue.outcome is Outcome.EMERGENCY
    assert dialogue.ended


async def test_an_emergency_in_the_middle_of_a_booking_comes_first() -> None:
    dialogue = await converse("plumber", "book a drain cleaning tomorrow at 2", "wait, the basement is flooding now!")
    assert ("transfer", True) in dialogue.actions, dialogue.transcript
    assert dialogue.appointments == []
    assert dialogue.outcome is Outcome.EMERGENCY


async def test_the_address_of_an_emergency_is_in_the_message() -> None:
    dialogue = await converse("plumber", "water is pouring through my ceiling", *PAT, "55 Elm Avenue, apartment 3")
    assert "55 Elm Avenue" in dialogue.messages[0].text


@pytest.mark.parametrize(
    ("profession", "lines"),
    [
        ("tattoo-artist", ("I'm 16 and want a tattoo, my mom says it's ok",)),
        ("tattoo-artist", ("I'd like a tattoo on my arm about 4 inches", "no I'm seventeen")),
        ("massage-therapist", ("do you offer happy endings?",)),
    ],
)
async def test_whom_the_trade_does_not_serve_is_told_so(profession: str, lines: tuple[str, ...]) -> None:
    dialogue = await converse(profession, *lines, "bye")
    assert dialogue.appointments == []
    assert dialogue.outcome is Outcome.NOT_INTERESTED, dialogue.transcript
    assert dialogue.ended


async def test_a_session_too_far_ahead_becomes_a_message() -> None:
    dialogue = await converse("photographer", "I need a portrait session on June 12th", "yes", *PAT, "yes")
    assert dialogue.outcome is Outcome.MESSAGE, dialogue.transcript
    assert "June 12th" in dialogue.messages[0].text
