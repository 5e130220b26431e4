"""What was asked and passed over, asked in passing, or told while we asked for something else is not lost."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import Dialogue, converse

ANN = ("Ann Lee", "212 555 0198")


async def test_an_address_that_was_passed_over_is_asked_with_the_read_back() -> None:
    lines = ("my kitchen sink is clogged, can someone come tomorrow at 10", *ANN)
    dialogue = await converse("plumber", *lines)
    assert "what's the address" in dialogue.history[-1].text
    assert dialogue.history[-1].text.endswith("Or shall I book it without?")
    reply = await dialogue.say("12 Elm Street")
    assert "open" not in reply
    assert dialogue.form.value("address") == "12 Elm Street"
    await dialogue.say("yes")
    assert len(dialogue.appointments) == 1, dialogue.transcript


async def test_a_yes_books_without_what_is_still_open() -> None:
    lines = ("I need an oil change tomorrow at 9", "do you take credit cards?", *ANN, "yes")
    dialogue = await converse("mechanic", *lines)
    assert "One thing is still open: what's the year" in dialogue.transcript
    assert len(dialogue.appointments) == 1, dialogue.transcript


async def test_a_car_out_of_any_list_is_taken_as_what_was_still_open() -> None:
    dialogue = await converse("mechanic", "I need an oil change tomorrow at 9", *ANN, "it's an old Saturn Ion")
    assert "Saturn" in (dialogue.form.value("vehicle") or "")
    assert (await dialogue.say("yes")).startswith("You're booked"), dialogue.transcript


async def test_a_day_told_with_a_courtesy_is_no_answer_of_the_trade() -> None:
    lines = ("need an inspection sticker", "Saturday morning if you can", "10", "09 Chevy Impala", *ANN, "yes")
    dialogue = await converse("mechanic", *lines)
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-28T10:00"], dialogue.transcript


async def test_the_year_of_a_car_is_no_telephone_number() -> None:
    dialogue = await converse("mechanic", "I need an oil change tomorrow at 9", "Ann Lee", "2012 Nissan Altima")
    assert "so far" not in dialogue.transcript


@pytest.mark.parametrize(
    ("profession", "words", "told"),
    [
        ("locksmith", "Do you make house calls on Saturday?", "we're open from 9 am"),
        ("locksmith", "Are you the guys on Court Street?", "91 Court Street"),
        ("locksmith", "what's your phone number?", "the number you've just called"),
    ],
)
async def test_a_question_in_passing_is_answered(profession: str, words: str, told: str) -> None:
    assert told in await Dialogue.with_demo(profession).say(words)


async def test_an_okay_before_a_question_books_nothing() -> None:
    lines = ("can you make a copy of a key?", "ok well a regular one then, do I need an appointment")
    dialogue = await converse("locksmith", *lines)
    assert "just walk in" in dialogue.history[-1].text
    assert "What day" not in dialogue.history[-1].text


async def test_who_asks_to_be_called_is_called_about_what_they_asked() -> None:
    lines = ("I'd like a quote for repiping a whole house", "can someone call me", "Ann Lee 212 555 0198", "yes")
    dialogue = await converse("plumber", *lines)
    assert [each.text for each in dialogue.messages] == ["I'd like a quote for repiping a whole house"]


async def test_what_is_told_to_an_open_question_goes_into_its_message() -> None:
    lines = ("hey it's Frank, is my truck ready yet?", "it's the blue F150", "718 555 0190", "yes")
    dialogue = await converse("mechanic", *lines)
    assert dialogue.outcome is Outcome.MESSAGE, dialogue.transcript
    assert "is my truck ready yet? it's the blue F150" in dialogue.messages[0].text


async def test_a_mistaken_visit_is_passed_on_and_not_booked() -> None:
    lines = ("I got a text that you're coming today, I think there's a mistake", "I never booked anything", *ANN, "yes")
    dialogue = await converse("plumber", *lines)
    assert dialogue.outcome is Outcome.MESSAGE, dialogue.transcript
    assert "never booked" in dialogue.messages[0].text


async def test_a_detail_after_a_price_is_followed_by_the_offer_to_book() -> None:
    lines = ("how much do you charge to open a safe", "I forgot the code, it's one of those Sentry ones")
    dialogue = await converse("locksmith", *lines)
    assert "book an appointment" in dialogue.history[-1].text


async def test_a_wish_with_its_time_is_no_question_of_what_we_offer() -> None:
    lines = ("How much for a key copy?", "can you do three of them tomorrow at noon", *ANN, "yes")
    dialogue = await converse("locksmith", *lines)
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-24T12:00"], dialogue.transcript
