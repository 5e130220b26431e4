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
    "two people": (
        "massage-therapist",
        ("a couples massage on Wednesday at 2", "no", "Karl and Inge Brandt", "212 555 0198", "yes"),
        ("couples massage", "2026-11-25T14:00", "Karl and Inge Brandt", "+12125550198"),
    ),
    "a name begun, said and spelled": (
        "tattoo-artist",
        ("touch up, Wednesday 2pm", "yes", "it's Omar. Omar Siddiq. S-I-D-D-I-Q", "212 555 0198", "yes"),
        ("touch-up", "2026-11-25T14:00", "Omar Siddiq", "+12125550198"),
    ),
    "a fine line is no yes": (
        "tattoo-artist",
        (
            "is June in on Saturday?",
            "I'd want a fine line flower about two inches with her",
            "yes",
            "Saturday at 1 pm",
            *ANN,
            "yes",
        ),
        ("small tattoo", "2026-11-28T13:00", *BOOKED_ANN),
    ),
    "a day that was asked about": (
        "tattoo-artist",
        ("Walk-ins ok today?", "can I book 4pm for a tiny star on my ankle", "yes", *ANN, "yes"),
        ("small tattoo", "2026-11-23T16:00", *BOOKED_ANN),
    ),
    "another date of the month spoken of": (
        "massage-therapist",
        ("A sports massage on Christmas Day", "ok what about the 23rd at 10", "no", *ANN, "yes"),
        ("sports massage", "2026-12-23T10:00", *BOOKED_ANN),
    ),
    "fine is no yes beside a number": (
        "realtor",
        ("what is my house worth, I want a valuation", "no", "Wednesday at 2", "Ann Lee", "fine, 212 555 0198", "yes"),
        ("home valuation", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "a street to be seen": (
        "realtor",
        ("I'd like to see 12 Dean Street", "no agent", "Wednesday at 2", *ANN, "yes"),
        ("property showing", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "figures after the number": (
        "tattoo-artist",
        ("a consultation Dec 5 at 1, I'm Ann Lee, 212.555.0198, 33 years old, a phoenix on my back", "yes"),
        ("consultation", "2026-12-05T13:00", *BOOKED_ANN),
    ),
    "at two is no digit": (
        "massage-therapist",
        (DEEP, "no", "Ann Lee", "sorry, can we make it at 3?", "212 555 0198", "yes"),
        ("deep tissue massage", "2026-11-25T15:00", *BOOKED_ANN),
    ),
    "what an agent is met about": (
        "realtor",
        (
            "meeting with an agent about selling, Wednesday at 2, Ann Lee, 212 555 0198",
            "no, I don't have an agent",
            "yes",
        ),
        ("listing consultation", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "a neighborhood is nobody": (
        "realtor",
        ("I want to buy a condo, Wednesday at 2", "no", "Park Slope", *ANN, "yes"),
        ("buyer consultation", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "no agent told late": (
        "realtor",
        ("a home valuation Wednesday at 2, Ann Lee, 212 555 0198", "I don't have an agent", "yes"),
        ("home valuation", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "yes, book it, after all": (
        "massage-therapist",
        (DEEP + ", Ann Lee, 212 555 0198", "no", "sorry, yes, book it"),
        (*ON_WEDNESDAY, *BOOKED_ANN),
    ),
    "a short first name": (
        "massage-therapist",
        (DEEP, "no", "Ty Bell", "212 555 0198", "yes"),
        (*ON_WEDNESDAY, "Ty Bell", "+12125550198"),
    ),
    "a month in which something was done": (
        "tattoo-artist",
        ("I need a touch up, Marco did it in September", "yes", "Tuesday of next week at 4 pm", *ANN, "yes"),
        ("touch-up", "2026-12-01T16:00", *BOOKED_ANN),
    ),
    "the first of two days": (
        "realtor",
        ("a consultation to buy on the 2nd at 4, or if that's not possible the 3rd", "no", *ANN, "yes"),
        ("buyer consultation", "2026-12-02T16:00", *BOOKED_ANN),
    ),
    "the hour while something else is asked": (
        "massage-therapist",
        ("deep tissue, Wednesday evening", "5:15", *ANN, "yes"),
        ("deep tissue massage", "2026-11-25T17:15", *BOOKED_ANN),
    ),
    "a talk about a large piece": (
        "tattoo-artist",
        ("I'd like to come by on Wednesday at 2 and talk about a back piece", "yes", *ANN, "yes"),
        ("consultation", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "the same time after a cancellation": (
        "massage-therapist",
        (DEEP + ", " + ", ".join(ANN), "yes", "can you cancel that", "yes", "book it for Friday, same time", "yes"),
        ("deep tissue massage", "2026-11-27T14:00", *BOOKED_ANN),
    ),
    "whether somebody works that day": (
        "massage-therapist",
        ("is Grace working on Thursday the 3rd?", "book me with her at 2, deep tissue", "no", *ANN, "yes"),
        ("deep tissue massage", "2026-12-03T14:00", *BOOKED_ANN),
    ),
    "a consultation is not what it is about": (
        "tattoo-artist",
        ("a consult please", "the 9th, 4 in the afternoon", "yes", "full sleeve with flowers", *ANN, "yes"),
        ("consultation", "2026-12-09T16:00", *BOOKED_ANN),
    ),
    "a last name is no lettering": (
        "tattoo-artist",
        ("a consultation on Wednesday at 2", "yes", "a raven", "First name Ann. Last name Lee.", "212 555 0198", "yes"),
        ("consultation", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "no, and something else": (
        "massage-therapist",
        ("Do you have a sauna?", "no. A deep tissue Wednesday at 2", "no", *ANN, "yes"),
        (*ON_WEDNESDAY, *BOOKED_ANN),
    ),
    "the day before an event": (
        "massage-therapist",
        ("I have a wedding on December 12th and want a Swedish massage the day before", "4 pm", "no", *ANN, "yes"),
        ("Swedish massage", "2026-12-11T16:00", *BOOKED_ANN),
    ),
    "two then": (
        "massage-therapist",
        ("do you have anything Friday at 8?", "ok 2 then, for a deep tissue", "no", *ANN, "yes"),
        ("deep tissue massage", "2026-11-27T14:00", *BOOKED_ANN),
    ),
    "not before Friday": (
        "massage-therapist",
        ("a deep tissue please", "not before Friday", "the first one", "no", *ANN, "yes"),
        ("deep tissue massage", "2026-11-27T09:00", *BOOKED_ANN),
    ),
    "an age is no digit": (
        "tattoo-artist",
        ("a touch-up on Wednesday at 2", "Ann Lee", "yes I'm 23", "212 555 0198", "yes"),
        ("touch-up", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "to be shown something": (
        "realtor",
        ("Could an agent show me something in Williamsburg on Wednesday at 2?", "no", *ANN, "yes"),
        ("property showing", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "another length, asked for late": (
        "massage-therapist",
        ("a 30 minute massage Wednesday at 2, Ann Lee, 212 555 0198", "actually, sorry, can we do 60 minutes", "yes"),
        ("Swedish massage", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "to come by on a day": (
        "realtor",
        ("can I come by Wednesday at 2 to talk about renting", "no", *ANN, "yes"),
        ("rental consultation", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "on behalf of the father": (
        "realtor",
        ("I'm calling on behalf of my father, he wants to sell his house", "Wednesday at 2", *ANN, "yes"),
        ("listing consultation", "2026-11-25T14:00", *BOOKED_ANN),
    ),
    "all in one breath": (
        "massage-therapist",
        ("swedish massage december fifth at noon ann lee two one two five five five zero one nine eight", "yes"),
        ("Swedish massage", "2026-12-05T12:00", *BOOKED_ANN),
    ),
    "why the number": (
        "massage-therapist",
        (DEEP, "no", "Ann Lee", "my number? why?", "212 555 0198", "yes"),
        (*ON_WEDNESDAY, *BOOKED_ANN),
    ),
    "an idea told after the talk about it": (
        "tattoo-artist",
        (
            "I'd like to talk to an artist about my idea",
            "Wednesday at 2",
            "A koi on my calf, about six inches",
            *ANN,
            "yes",
        ),
        ("consultation", "2026-11-25T14:00", *BOOKED_ANN),
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


async def test_what_is_told_at_the_read_back_is_acknowledged() -> None:
    dialogue = await converse("massage-therapist", DEEP, "Ann Lee, 212 555 0198", "she takes blood thinners")
    assert "noted that" in dialogue.history[-1].text


async def test_an_appointment_of_an_earlier_call_is_made_later_not_made_twice() -> None:
    before = await converse("realtor", "a home valuation on December 8th at 9:30, Ann Lee, 212 555 0198", "yes")
    lines = ("I have an appointment on the 8th, can I make it an hour later?", *ANN, "yes")
    dialogue = await converse("realtor", *lines, diary=before.diary)
    assert dialogue.outcome is Outcome.RESCHEDULED, dialogue.transcript
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-12-08T10:30"]


async def test_an_appointment_is_moved_by_the_name_of_its_trade() -> None:
    before = await converse("massage-therapist", DEEP + ", Ann Lee, 212 555 0198", "yes")
    lines = ("Hi Ann Lee here, 212 555 0198, I need to push my massage to Tuesday", "yes")
    dialogue = await converse("massage-therapist", *lines, diary=before.diary)
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-24T14:00"], dialogue.transcript


@pytest.mark.parametrize(
    "words", ["and what should I have ready?", "wait, does it have to be in the morning I have work"]
)
async def test_a_question_at_the_read_back_is_no_yes(words: str) -> None:
    dialogue = await converse("massage-therapist", DEEP + ", Ann Lee, 212 555 0198", words)
    assert dialogue.appointments == [], dialogue.transcript


async def test_a_time_that_is_told_is_no_answer_to_whether_one_is_of_age() -> None:
    lines = ("a consultation please", "not Tuesday, any other afternoon next week")
    dialogue = await converse("tattoo-artist", *lines)
    assert "I have Monday, November 30th at noon" in dialogue.history[-1].text, dialogue.transcript


async def test_any_time_after_five_does_not_pick_what_was_offered() -> None:
    dialogue = await converse("massage-therapist", "When can I get a short massage today?", "any time after 5")
    assert "today at 5 pm" in dialogue.history[-1].text


TWO: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    # what is particular: profession, the sentence, and what is booked
    "two services": (
        "massage-therapist",
        "Book me for a Swedish Friday at 3, oh and also a hot stone on Monday at 10",
        [("Swedish massage", "2026-11-27T15:00"), ("hot stone massage", "2026-11-30T10:00")],
    ),
    "two of the same": (
        "realtor",
        "I want two showings: the one on Dean Street on Wednesday at 2 and the one on Bond Street at 3",
        [("property showing", "2026-11-25T14:00"), ("property showing", "2026-11-25T15:00")],
    ),
}


@pytest.mark.parametrize("call", TWO)
async def test_two_appointments_of_one_sentence_are_booked_one_after_the_other(call: str) -> None:
    profession, words, made = TWO[call]
    dialogue = await converse(profession, words, "no", *ANN, "yes", "yes")
    assert [(service, start) for service, start, _, _ in dialogue.appointments] == made, dialogue.transcript


async def test_an_appointment_may_be_moved_into_its_own_time() -> None:
    before = await converse("massage-therapist", DEEP + ", Ann Lee, 212 555 0198", "yes")
    lines = ("can we push my appointment back half an hour?", *ANN, "yes")
    dialogue = await converse("massage-therapist", *lines, diary=before.diary)
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-25T14:30"], dialogue.transcript


async def test_not_that_early_is_no_answer_to_whether_one_is_of_age() -> None:
    dialogue = await converse("tattoo-artist", "a consultation on Monday", "not that early, like 4")
    assert "18 or older" not in dialogue.history[-1].text


async def test_the_same_is_booked_for_somebody_else() -> None:
    lines = ("a piercing on Saturday at 2 pm, Ann Lee, 212 555 0198", "yes", "and one for her as well at 2:30")
    dialogue = await converse("tattoo-artist", *lines, "Zoe Hart", "yes")
    assert [(service, start[-5:], name) for service, start, name, _ in dialogue.appointments] == [
        ("piercing", "14:00", "Ann Lee"),
        ("piercing", "14:30", "Zoe Hart"),
    ], dialogue.transcript


async def test_somebody_elses_appointment_is_looked_up() -> None:
    dialogue = await converse("massage-therapist", "My husband has an appointment on Wednesday, what time is it?")
    assert "What name is it under?" in dialogue.history[-1].text
