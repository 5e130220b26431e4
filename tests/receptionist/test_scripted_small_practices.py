"""Callers of a massage practice, a tattoo studio and a broker, as they speak: each call for what it taught."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import converse

ANN = ("Ann Lee", "212 555 0198")
BOOKED_ANN = ("Ann Lee", "+12125550198")
DEEP = "I'd like a deep tissue massage on Wednesday at 2 pm"
ON_WEDNESDAY = ("deep tissue massage", "2026-11-25T14:00")

CALLS: dict[str, tuple[str, tuple[str, ...], tuple[str, str, str, str]]] = {
    # what is particular: profession, lines, and the appointment made
    "a spelled surname keeps the first name": (
        "massage-therapist",
        (DEEP, "no", "Marisol Quintero, that's Q U I N T E R O", "212 555 0198", "yes"),
        (*ON_WEDNESDAY, "Marisol Quintero", "+12125550198"),
    ),
    "my cell is no name": (
        "massage-therapist",
        (DEEP, "no", "Ann Lee", "my cell is 212 555 0198", "yes"),
        (*ON_WEDNESDAY, *BOOKED_ANN),
    ),
    "a name that sounds like a question of the facts": (
        "massage-therapist",
        (DEEP + ", Nina Park, 212 555 0198", "yes"),
        (*ON_WEDNESDAY, "Nina Park", "+12125550198"),
    ),
    "no health issues is no no": (
        "massage-therapist",
        (DEEP, "Ann Lee, 212 555 0198", "no health issues", "yes"),
        (*ON_WEDNESDAY, *BOOKED_ANN),
    ),
    "another service while health is asked": (
        "massage-therapist",
        (DEEP, "Actually make it ninety minutes of Swedish", *ANN, "yes"),
        ("long Swedish massage", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "the service that was priced": (
        "massage-therapist",
        (
            "Do you do cupping?",
            "ok what about deep tissue, how much is that?",
            "book me Wednesday at 2",
            "no",
            *ANN,
            "yes",
        ),
        (*ON_WEDNESDAY, *BOOKED_ANN),
    ),
    "the earliest is told at once": (
        "massage-therapist",
        ("What's the earliest you have today for a half hour massage?", "the second one", "no", *ANN, "yes"),
        ("short massage", "2026-11-23T13:00", *BOOKED_ANN),
    ),
    "another weekday of the same week": (
        "tattoo-artist",
        (
            "book me a consultation next Tuesday at 6 pm",
            "yes",
            "a rose on my arm",
            *ANN,
            "No, Wednesday, not Tuesday",
            "yes",
        ),
        ("consultation", "2026-12-02T18:00", *BOOKED_ANN),
    ),
    "talking to an artist about an idea": (
        "tattoo-artist",
        ("I'd like to talk to an artist about my idea", "yes", "a rose on my arm", "Friday at 2", *ANN, "yes"),
        ("consultation", "2026-11-27T14:00", *BOOKED_ANN),
    ),
    "the week after a holiday": (
        "realtor",
        (
            "I want to sell my condo on Court Street",
            "no",
            "the week after Thanksgiving, not Monday",
            "the first one",
            *ANN,
            "yes",
        ),
        ("listing consultation", "2026-12-01T09:00", *BOOKED_ANN),
    ),
}


@pytest.mark.parametrize("call", CALLS)
async def test_what_the_caller_said_is_what_is_booked(call: str) -> None:
    profession, lines, made = CALLS[call]
    dialogue = await converse(profession, *lines)
    assert dialogue.appointments == [made], dialogue.transcript


async def test_to_be_put_through_to_an_artist_is_a_transfer() -> None:
    dialogue = await converse("tattoo-artist", "Put me through to an artist please")
    assert dialogue.outcome is Outcome.TRANSFERRED


async def test_what_is_not_offered_is_named_and_not_booked_as_something_else() -> None:
    dialogue = await converse("massage-therapist", "I'd like to book a facial for Friday at 2")
    assert "I don't find a facial among what we do" in dialogue.history[-1].text
    assert "someone call you" in await dialogue.say("I said book a facial")
    assert dialogue.appointments == []


@pytest.mark.parametrize(
    "words", ["I'd like to book an appointment for Friday at 2", "can I book a car in for Friday", "book a spot Friday"]
)
async def test_what_any_trade_may_call_a_visit_is_not_called_unknown(words: str) -> None:
    assert "don't find" not in (await converse("mechanic", words)).transcript


async def test_what_is_told_at_the_read_back_is_acknowledged() -> None:
    dialogue = await converse("massage-therapist", DEEP, "Ann Lee, 212 555 0198", "she takes blood thinners")
    assert "noted that" in dialogue.history[-1].text
