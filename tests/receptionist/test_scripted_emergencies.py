"""Callers in an emergency: whatever they tell reaches whoever comes, and the call asks them for nothing for ever."""

import pytest

from tests.receptionist.dialogue import Dialogue, converse

BURST = "there's water pouring out of the wall behind my washing machine!"


async def test_what_is_told_besides_the_answers_is_in_the_message() -> None:
    lines = (BURST, "I already shut off the main", "Greta Olmstead, 212 555 0147, 9 Orchard Lane")
    (message,) = (await converse("plumber", *lines)).messages
    assert (message.name, message.phone, message.urgent) == ("Greta Olmstead", "+12125550147", True)
    assert "I already shut off the main" in message.text
    assert "9 Orchard Lane" in message.text


async def test_a_place_that_is_told_first_is_not_asked_for() -> None:
    lines = ("my kid is locked in the car", "parking lot of the Target on Atlantic Avenue", "Nora Blum 929 555 0151")
    dialogue = await converse("locksmith", *lines)
    assert "the Target on Atlantic Avenue" in dialogue.messages[0].text, dialogue.transcript
    assert "address" not in dialogue.transcript


async def test_what_denies_something_refuses_no_number() -> None:
    lines = ("My brakes just went out, I'm pulled over", "Sam Ortiz", "no no one's hurt", "347 555 0199")
    (message,) = (await converse("mechanic", *lines)).messages
    assert message.phone == "+13475550199"
    assert "no one's hurt" in message.text


@pytest.mark.parametrize(
    "lines",
    [
        ("please just hurry", "come on", "I can't find the valve", "hurry up please", "please"),
        ("just send somebody", "bye"),
        ("Greta Olmstead", "bye"),
    ],
)
async def test_a_caller_who_does_not_answer_is_passed_on_all_the_same(lines: tuple[str, ...]) -> None:
    dialogue = await converse("plumber", BURST, *lines)
    assert [each.urgent for each in dialogue.messages] == [True], dialogue.transcript


async def test_who_asks_what_to_do_is_told_again() -> None:
    dialogue: Dialogue = await converse("plumber", BURST)
    assert "turn off the main water valve" in await dialogue.say("what do I do?")


async def test_a_message_is_left_when_its_caller_has_to_go() -> None:
    dialogue = await converse("dentist", "Can I leave a message? My bill is wrong", "Ann Lee", "I have to go, bye")
    assert [(each.name, each.text) for each in dialogue.messages] == [("Ann Lee", "My bill is wrong")]
    assert dialogue.ended


async def test_a_wish_for_help_today_stays_in_the_emergency() -> None:
    lines = ("Somebody kicked my door in", "I'm safe now, I need it fixed today", "Ann Lee", "212 555 0198")
    (message,) = (await converse("locksmith", *lines, "810 Sterling Place")).messages
    assert "I need it fixed today" in message.text


async def test_a_number_told_after_the_message_was_left_is_added() -> None:
    lines = (BURST, "hurry", "hurry up", "please", "come", "come on", "Ann Lee 212 555 0198")
    dialogue = await converse("plumber", *lines)
    assert [each.phone for each in dialogue.messages] == ["", "+12125550198"], dialogue.transcript


async def test_what_has_happened_is_no_address() -> None:
    lines = ("My toilet's overflowing and I can't get it to stop", "I turned the little knob behind it")
    dialogue = await converse("plumber", *lines, "Fitz Gerald", "718 555 0199", "22 Cebra Avenue")
    assert "Address: 22 Cebra Avenue" in dialogue.messages[0].text, dialogue.transcript


async def test_whoever_is_told_to_hurry_does_not_call_them_that() -> None:
    dialogue = await converse("locksmith", "there's a guy trying to get in my back door as we speak", "please hurry")
    assert "Hurry" not in dialogue.transcript
