"""Two bookings in one call, and what sounds like two and is one."""

import pytest

from tests.receptionist.dialogue import converse

SARAH = ("Sarah Miller", "212 555 0198")
WEDNESDAY_AT_2 = "2026-11-25T14:00"

ONE_VISIT: dict[str, tuple[str, str, str]] = {
    # what is told together: profession, words, and the one service that it is
    "a trouble and the trade": (
        "plumber",
        "my water heater isn't working and I need a plumber to look at it",
        "water heater repair",
    ),
    "a leak and the trade": ("plumber", "the pipe is leaking and I need a plumber", "leak repair"),
    "a place and an inspection": (
        "home-inspector",
        "we are buying a condo and need an inspection",
        "condo inspection",
    ),
    "two signs of one trouble": (
        "mechanic",
        "my brakes are squeaking and the car is shaking",
        "brake service",
    ),
    "a loss and its remedy": ("locksmith", "I lost my keys and want the locks changed", "lock rekey"),
    "a massage and where": ("massage-therapist", "I need a massage for my neck and shoulders", "short massage"),
    "what is there and what is wanted": (
        "tattoo-artist",
        "I have an old tattoo and want a consultation for a cover-up",
        "cover-up consultation",
    ),
    "two troubles of one thing": ("plumber", "my toilet is leaking and clogged", "toilet repair"),
    "what goes with it": (
        "home-inspector",
        "we're buying a house and need an inspection with radon",
        "home inspection",
    ),
    "a trouble and what may be needed": (
        "dentist",
        "I broke a tooth and I think I need a crown",
        "emergency visit",
    ),
    "the usual visit": ("dentist", "I'd like a check-up and cleaning", "teeth cleaning"),
    "both for one portrait": (
        "photographer",
        "I'd like an engagement session for me and my husband",
        "engagement session",
    ),
}


async def test_the_second_of_two_services_is_asked_about_when_the_first_is_booked() -> None:
    dialogue = await converse("dentist", "I need a cleaning and a filling on Wednesday at 2 pm", "no", *SARAH, "yes")
    assert "filling" in dialogue.history[-1].text
    for line in ("yes", "Wednesday at 4 pm", "yes", "bye"):
        await dialogue.say(line)
    assert [(service, start) for service, start, _, _ in dialogue.appointments] == [
        ("teeth cleaning", WEDNESDAY_AT_2),
        ("filling", "2026-11-25T16:00"),
    ], dialogue.transcript


@pytest.mark.parametrize("call", ONE_VISIT)
async def test_what_is_one_visit_is_asked_for_once_and_booked_once(call: str) -> None:
    profession, words, service = ONE_VISIT[call]
    dialogue = await converse(profession, f"{words}, Wednesday at 2 pm")
    for _ in range(4):
        await dialogue.say("yes" if dialogue.form.asking and "?" in dialogue.history[-1].text else "no")
        if dialogue.form.asking and dialogue.form.asking.field == "name":
            break
    assert "One at a time" not in dialogue.transcript
    assert dialogue.form.value("service") == service, dialogue.transcript
    assert not dialogue.form.value("_next")


async def test_one_for_somebody_else_is_asked_about_when_the_first_is_booked() -> None:
    lines = ("book a cleaning for me and one for my wife on Tuesday at 3 pm", "no", *SARAH, "yes")
    dialogue = await converse("dentist", *lines)
    assert "for your wife" in dialogue.history[-1].text
    for line in ("yes", "Tuesday at 4 pm", "Jane Smith", "yes", "bye"):
        await dialogue.say(line)
    assert [(start, name) for _, start, name, _ in dialogue.appointments] == [
        ("2026-11-24T15:00", "Sarah Miller"),
        ("2026-11-24T16:00", "Jane Smith"),
    ], dialogue.transcript
