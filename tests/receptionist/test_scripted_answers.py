"""Messages, transfers, questions, and callers who are hard to understand or to please."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import Dialogue, converse
from tests.receptionist.diary_in_memory import Message

MESSAGES: dict[str, tuple[tuple[str, ...], Message]] = {
    "taken step by step": (
        (
            "can you take a message for Dr. Rivera",
            "tell her the lab called about the crown for Mr. Lee",
            "Bill from Acme Labs",
            "212-555-0177",
            "yes",
        ),
        Message("Bill", "+12125550177", "The lab called about the crown for Mr. Lee", urgent=False),
    ),
    "a question that the facts do not answer": (
        ("Do you have a fish tank in the waiting room?", "yes", "Ida Clark", "3475550123", "yes"),
        Message("Ida Clark", "+13475550123", "Question: Do you have a fish tank in the waiting room?", urgent=False),
    ),
    "no number for a booking": (
        ("book a cleaning tomorrow at noon", "yes", "Karl Marx", "I'd rather not give my number", "no", "yes", "yes"),
        Message("Karl Marx", "", "Would like to book: teeth cleaning Tuesday, November 24th at noon", urgent=False),
    ),
    "a change of mind": (
        (
            "I'd like to book a cleaning",
            "actually can I just leave a message instead",
            "I need the records from my last visit, it's urgent",
            "Ann Lee",
            "2125550112",
            "correct",
        ),
        Message("Ann Lee", "+12125550112", "I need the records from my last visit, it's urgent", urgent=True),
    ),
    "running late": (
        ("I'm going to be ten minutes late for my appointment", "Ray Man", "2125550111", "yes"),
        Message("Ray Man", "+12125550111", "I'm going to be ten minutes late for my appointment", urgent=False),
    ),
}


@pytest.mark.parametrize("call", MESSAGES)
async def test_a_message_is_left_as_it_was_read_back(call: str) -> None:
    lines, message = MESSAGES[call]
    dialogue = await converse("dentist", *lines)
    assert dialogue.messages == [message], dialogue.transcript
    assert dialogue.appointments == []
    assert dialogue.outcome is Outcome.MESSAGE


async def test_a_caller_is_put_through_only_to_the_business_own_targets() -> None:
    dialogue = await converse("dentist", "can you transfer me to 212-555-9999", "bye")
    receipt = dialogue.form.receipts[0]
    assert receipt.facts["target"] == "the front desk"
    assert "9999" not in str(receipt.facts)
    assert dialogue.outcome is Outcome.TRANSFERRED


OUTCOMES: dict[str, tuple[tuple[str, ...], Outcome]] = {
    "a wrong number": (("Oh sorry, wrong number",), Outcome.NOT_INTERESTED),
    "a solicitor": (
        ("Hi, I'm calling about your Google business listing, we can get you to the top of search results",),
        Outcome.NOT_INTERESTED,
    ),
    "an abusive caller": (("you stupid robot, fuck off", "fuck you"), Outcome.NOT_INTERESTED),
    "questions only": (
        (
            "how much is whitening and how long does it take",
            "and a crown?",
            "do you have parking?",
            "that's everything",
        ),
        Outcome.ANSWERED,
    ),
    "nonsense": (("blorp fizz", "wibble wobble", "gah gah", "blah", "blurp"), Outcome.ABANDONED),
    "never mind": (("I want a cleaning on tuesday at 3", "actually never mind", "no"), Outcome.ABANDONED),
    "a booking taken back before it was made": (
        ("book a cleaning for tuesday at 3", "yes", "no cancel that, I don't want it", "bye"),
        Outcome.ABANDONED,
    ),
}


@pytest.mark.parametrize("call", OUTCOMES)
async def test_a_call_ends_as_what_it_was(call: str) -> None:
    lines, outcome = OUTCOMES[call]
    dialogue = await converse("dentist", *lines)
    assert dialogue.outcome is outcome, dialogue.transcript
    assert dialogue.ended
    assert dialogue.appointments == []
    assert dialogue.messages == []


async def test_a_price_is_the_business_own_and_a_range() -> None:
    dialogue = await converse("dentist", "how much is a cleaning?")
    assert "$90" in dialogue.history[1].text
    assert "$200" in dialogue.history[1].text


async def test_who_asks_is_told_that_it_is_an_automated_assistant() -> None:
    dialogue = await converse("dentist", "are you a robot?")
    assert "automated assistant" in dialogue.history[1].text


@pytest.mark.parametrize("words", ["", "   ", "um", "blorp", "yes", "no idea", "what?", "ok", "hello"])
async def test_no_caller_is_asked_the_same_for_ever(words: str) -> None:
    """Whatever is repeated, the receptionist does not say one thing more than four times in a row."""
    dialogue = Dialogue.with_demo("dentist")
    await dialogue.say("I'd like an appointment")
    for _ in range(12):
        if dialogue.ended:
            break
        await dialogue.say(words)
    said = [each.text for each in dialogue.history if each.speaker == "agent"]
    if words.strip():  # silence is the conversation's own matter: it ends the call
        assert all(len(set(said[at : at + 5])) > 1 for at in range(len(said) - 4)), dialogue.transcript


async def test_a_moment_is_granted_and_the_question_stays_open() -> None:
    dialogue = await converse("dentist", "book a cleaning", "yes")
    asking = dialogue.form.asking
    await dialogue.say("hang on, let me get my calendar")
    assert dialogue.form.asking == asking
