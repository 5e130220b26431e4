"""What callers of small practices are told, and what is passed on for them."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import converse

ANN = ("Ann Lee", "212 555 0198")
BOOKED_ANN = ("Ann Lee", "+12125550198")


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


async def test_who_insists_on_an_unknown_number_leaves_a_message() -> None:
    lines = ("I want to cancel my appointment", *ANN, "no, that's the right number", "yes")
    dialogue = await converse("tattoo-artist", *lines)
    assert "could not be found" in dialogue.messages[0].text


async def test_two_questions_in_one_sentence_get_two_answers() -> None:
    dialogue = await converse("tattoo-artist", "how much is a touch-up and do I need a deposit?")
    assert "$0 and $100" in dialogue.history[-1].text
    assert "deposit of $100" in dialogue.history[-1].text


async def test_a_price_that_is_asked_with_the_booking_is_told() -> None:
    dialogue = await converse("massage-therapist", "How much is a deep tissue and can you book me Friday at 3?")
    assert "$100 and $110" in dialogue.history[-1].text
    assert "about your health" in dialogue.history[-1].text


async def test_what_the_facts_speak_of_need_be_no_question() -> None:
    dialogue = await converse("massage-therapist", "Hi, I want to buy a gift card for my sister")
    assert "we have gift cards" in dialogue.history[-1].text


async def test_a_reaction_to_our_answer_is_no_complaint_to_be_passed_on() -> None:
    dialogue = await converse("tattoo-artist", "My daughter's 17, she wants a nose piercing", "That's ridiculous")
    assert "18 or older" in dialogue.history[1].text
    assert "anything else" in dialogue.history[-1].text


MESSAGES: dict[str, tuple[str, tuple[str, ...], str]] = {
    # what is particular: profession, lines, and the words of the message that is left
    "something was left behind": (
        "massage-therapist",
        ("I had a massage yesterday and left my scarf there", "Ann Lee, 212 555 0198", "yes"),
        "I had a massage yesterday and left my scarf there",
    ),
    "somebody is to call, and why": (
        "massage-therapist",
        ("I booked online but I need a different therapist, can someone call me?", *ANN, "yes"),
        "I booked online but I need a different therapist, can someone call me?",
    ),
    "what it is about, told with the name": (
        "realtor",
        ("You never called me back!", "Ann Lee, 212 555 0198, about the Hicks Street apartment", "yes"),
        "You never called me back! About the Hicks Street apartment",
    ),
    "a name is not what it is about": (
        "realtor",
        ("I'd like to leave a message", "It's Ann Lee, 212 555 0198", "I want to rent", "yes"),
        "I want to rent",
    ),
    "somebody called": (
        "realtor",
        ("leave a message for Tom, tell him Ann Lee called about 5th Avenue", "212 555 0198", "yes"),
        "For Tom: tell him Ann Lee called about 5th Avenue",
    ),
    "whom it is for, told first": (
        "tattoo-artist",
        ("I'd like to leave a message for Marco", "it's Ann Lee and I want to move our session", "212 555 0198", "yes"),
        "For Marco: it's Ann Lee and I want to move our session",
    ),
    "the number is in its words": (
        "massage-therapist",
        ("Can I leave a message?", "I think I left with the wrong coat, I'm at 212 555 0198", "Ann Lee", "yes"),
        "I think I left with the wrong coat, I'm at 212 555 0198",
    ),
}


@pytest.mark.parametrize("call", MESSAGES)
async def test_what_the_caller_said_is_what_is_left(call: str) -> None:
    profession, lines, text = MESSAGES[call]
    dialogue = await converse(profession, *lines)
    told = [(each.text, each.name, each.phone) for each in dialogue.messages]
    assert told == [(text, *BOOKED_ANN)], dialogue.transcript


async def test_who_forgot_the_number_is_offered_a_call() -> None:
    lines = ("I need to cancel tomorrow's appointment", "Ann Lee", "I don't remember which number I used")
    assert "somebody call you" in (await converse("massage-therapist", *lines)).history[-1].text


async def test_who_wants_to_be_called_is_not_put_through() -> None:
    dialogue = await converse(
        "realtor", "I want to talk to someone about selling, not now, just call me next week", *ANN
    )
    assert dialogue.actions == [], dialogue.transcript
    assert "talk to someone about selling" in dialogue.history[-1].text


@pytest.mark.parametrize(
    ("profession", "words", "told"),
    [
        ("massage-therapist", "Do you take cards?", "cash, card or HSA card"),
        ("massage-therapist", "what's the difference between swedish and deep tissue", "Slow, firm work"),
        ("tattoo-artist", "What do I need to know before my appointment?", "bring a photo ID"),
        ("tattoo-artist", "can I bring my kid?", "no children in the studio"),
    ],
)
async def test_what_the_facts_hold_is_told(profession: str, words: str, told: str) -> None:
    assert told in (await converse(profession, words)).history[-1].text


async def test_the_price_of_what_was_named_is_told_alone() -> None:
    dialogue = await converse("tattoo-artist", "How much would a four inch tattoo cost?")
    assert "medium tattoo" in dialogue.history[-1].text
    assert "small tattoo" not in dialogue.history[-1].text


async def test_thanks_so_much_is_no_objection() -> None:
    dialogue = await converse("massage-therapist", "how much is a Swedish?", "thanks so much")
    assert "Half an hour costs less" not in dialogue.transcript


async def test_a_question_for_a_lawyer_is_no_complaint() -> None:
    dialogue = await converse("realtor", "Do I need a lawyer to buy?")
    assert "legal or tax advice" in dialogue.transcript


async def test_what_cannot_be_judged_is_said_before_it_is_booked() -> None:
    dialogue = await converse("massage-therapist", "I need a massage but I'm on blood thinners, is that okay?")
    assert "can't judge that" in dialogue.history[-1].text
    assert "What day and time" in dialogue.history[-1].text


async def test_why_something_is_asked_is_told() -> None:
    dialogue = await converse("massage-therapist", "deep tissue, Wednesday at 2", "Why do you need to know my health?")
    assert "helps us to prepare" in dialogue.history[-1].text


async def test_whether_a_time_is_free_is_told() -> None:
    dialogue = await converse("massage-therapist", "Is 4pm on the 30th free for a deep tissue?")
    assert "Yes, Monday, November 30th at 4 pm is free." in dialogue.history[-1].text
