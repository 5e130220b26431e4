"""Words that sound like a name, an hour or a doubt and are none."""

import pytest

from tests.receptionist.dialogue import converse

MARCUS = ("Marcus Webb", "646 555 0188")


async def test_a_check_up_for_the_husband_is_no_doubt() -> None:
    dialogue = await converse("dentist", "check-up for my husband")
    assert "take your time" not in dialogue.history[-1].text, dialogue.transcript
    assert dialogue.form.value("service") == "check-up"


async def test_a_rating_is_no_hour() -> None:
    lines = ("a toothache, Friday after 4", "3 out of 10", "no", *MARCUS, "yes")
    dialogue = await converse("dentist", *lines)
    assert [booked for _, booked, _, _ in dialogue.appointments] == ["2026-11-27T16:00"], dialogue.transcript


@pytest.mark.parametrize("words", ["thursday", "deadline is the 7th"])
async def test_a_day_or_a_deadline_is_no_name(words: str) -> None:
    dialogue = await converse("home-inspector", "a radon test at 5 River Street on Friday at 9", "hm", words, *MARCUS)
    assert dialogue.form.value("name") == "Marcus Webb", dialogue.transcript


async def test_who_calls_again_says_their_name_with_the_wish() -> None:
    first = await converse("dentist", "a filling on Monday at 2", "no", *MARCUS, "yes")
    later = await converse("dentist", "Marcus Webb again, 6465550188, cancel please", "yes", diary=first.diary)
    assert later.appointments == [], later.transcript


async def test_a_part_of_the_day_is_heard_where_the_name_was_asked() -> None:
    dialogue = await converse("photographer", "a newborn session on Friday at 9", "what about the afternoon?")
    assert "I have Friday, November 27th at noon" in dialogue.history[-1].text, dialogue.transcript


async def test_a_first_visit_told_late_declines_no_times() -> None:
    lines = ("a cleaning", "the day after tomorrow", "afternoon", "Nope, first time", *MARCUS, "yes")
    dialogue = await converse("dentist", *lines)
    assert [booked for _, booked, _, _ in dialogue.appointments] == ["2026-11-25T12:00"], dialogue.transcript
