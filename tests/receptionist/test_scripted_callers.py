"""Callers who talk past the questions: what they say is taken wherever it fits, and nothing is asked twice."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import Dialogue, converse

SARAH = ("Sarah Miller", "212 555 0198")
BOOKED_SARAH = ("Sarah Miller", "+12125550198")
WEDNESDAY_AT_2 = "2026-11-25T14:00"

PLAIN: dict[str, tuple[str, str]] = {
    "dentist": ("teeth cleaning", "teeth cleaning"),
    "plumber": ("drain cleaning", "drain cleaning"),
    "mechanic": ("oil change", "oil change"),
    "locksmith": ("lock rekey", "lock rekey"),
    "massage-therapist": ("Swedish massage", "Swedish massage"),
    "photographer": ("headshot session", "headshot session"),
    "realtor": ("home valuation", "home valuation"),
    "tattoo-artist": ("consultation for a tattoo", "consultation"),
    "home-inspector": ("home inspection", "home inspection"),
}
"""What is asked for, and the service that is then booked."""


@pytest.mark.parametrize("profession", PLAIN)
async def test_a_caller_who_ignores_the_questions_of_the_trade_is_booked(profession: str) -> None:
    asked_for, service = PLAIN[profession]
    dialogue = await converse(
        profession, f"I'd like to book a {asked_for} on Wednesday at 2 pm", *SARAH, "yes", "no thanks, goodbye"
    )
    assert dialogue.appointments == [(service, WEDNESDAY_AT_2, *BOOKED_SARAH)], dialogue.transcript
    assert dialogue.ended


@pytest.mark.parametrize("profession", PLAIN)
async def test_a_caller_who_asks_back_for_ever_hears_no_question_of_the_trade_three_times(profession: str) -> None:
    dialogue = await converse(profession, f"I'd like to book a {PLAIN[profession][0]}", *["What do you mean?"] * 4)
    agent = [each.text for each in dialogue.history if each.speaker == "agent"]
    for question in dialogue.business.profession.intake:
        assert sum(question.ask in text for text in agent) < 3, dialogue.transcript


@pytest.mark.parametrize("profession", PLAIN)
async def test_all_in_one_line_needs_only_a_yes(profession: str) -> None:
    asked_for, service = PLAIN[profession]
    line = f"Hi, I'm Sarah Miller, 212 555 0198, I'd like a {asked_for} on Wednesday at 2 pm please"
    dialogue = await converse(profession, line, "yes")
    assert dialogue.appointments == [(service, WEDNESDAY_AT_2, *BOOKED_SARAH)], dialogue.transcript


async def test_what_a_booking_hangs_on_is_said_with_the_read_back() -> None:
    dialogue = await converse("tattoo-artist", "book a consultation on Wednesday at 2 pm", *SARAH)
    assert "18 or older" in dialogue.history[-1].text
    assert (await dialogue.say("no, I'm 17")).startswith("I'm sorry")
    assert dialogue.appointments == []


async def test_an_answer_that_begins_with_no_can_still_be_told() -> None:
    dialogue = await converse("dentist", "I'd like a cleaning", "No, it is my first time")
    assert dialogue.form.value("been_before") == "no"


async def test_moved_in_the_same_call_it_is_a_booking() -> None:
    dialogue = await _booked("dentist")
    for line in ("can you move it to Friday at 11", "yes"):
        await dialogue.say(line)
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-27T11:00"]
    assert dialogue.outcome is Outcome.BOOKED


async def _booked(profession: str) -> Dialogue:
    asked_for, _ = PLAIN[profession]
    return await converse(profession, f"book a {asked_for} on Wednesday at 2 pm", *SARAH, "yes")
