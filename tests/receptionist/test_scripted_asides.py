"""What callers put in between: a question, an answer that comes late, a second wish."""

import pytest

from tests.receptionist.dialogue import Dialogue, converse

BOOKED: dict[str, tuple[str, tuple[str, ...], tuple[str, str, str, str]]] = {
    # what is particular: profession, lines, and the last appointment made
    "yes, and something else": (
        "realtor",
        (
            "a listing consultation on Monday at 4, my house is at 8 Elm Street",
            "no agent",
            "Irene Papas",
            "718 555 0170",
            "yes and also book a valuation Friday at 2",
        ),
        ("listing consultation", "2026-11-30T16:00", "Irene Papas", "+17185550170"),
    ),
    "a house is sold beside the day of the talk": (
        "realtor",
        ("I'm selling my house, a listing consultation on Monday at 4", "no", "Irene Papas", "718 555 0170", "yes"),
        ("listing consultation", "2026-11-30T16:00", "Irene Papas", "+17185550170"),
    ),
    "a late no where the name is asked for": (
        "realtor",
        ("I'm looking to buy", "Friday at 3", "no I don't have one", "Hannah Weber", "312 555 0190", "yes"),
        ("buyer consultation", "2026-11-27T15:00", "Hannah Weber", "+13125550190"),
    ),
    "an oh that is no zero": (
        "massage-therapist",
        (
            "a Swedish massage on Friday at 3, no health issues, this is Mark Ellis, 212-555-0195",
            "yes",
            "oh wait can we make it 4?",
            "yes",
        ),
        ("Swedish massage", "2026-11-27T16:00", "Mark Ellis", "+12125550195"),
    ),
    "a kind that has no such length": (
        "massage-therapist",
        ("I'll take the deep tissue, the 90 minute one", "nothing", "Monday at 10", "Cindy Vo", "646 555 0148", "yes"),
        ("deep tissue massage", "2026-11-30T10:00", "Cindy Vo", "+16465550148"),
    ),
    "a talk first": (
        "tattoo-artist",
        ("I want a back piece", "consultation first I guess", "Dec 3rd, 1pm", "Tyler Knox", "929 555 0166", "yes"),
        ("consultation", "2026-12-03T13:00", "Tyler Knox", "+19295550166"),
    ),
    "color that is falling out": (
        "tattoo-artist",
        (
            "I had a tattoo done last month and the color is falling out in one spot",
            "I'm 40",
            "tomorrow at 10",
            "Steve Rowe",
            "212 555 0153",
            "yes",
        ),
        ("touch-up", "2026-11-24T10:00", "Steve Rowe", "+12125550153"),
    ),
    "the day of an anniversary": (
        "massage-therapist",
        ("a couples massage for our anniversary Friday evening", "5 pm", "Tom Becker", "646 555 0177", "yes"),
        ("couples massage", "2026-11-27T17:00", "Tom Becker", "+16465550177"),
    ),
    "a late no about health": (
        "massage-therapist",
        ("a Swedish massage on Friday", "5 pm", "Tom Becker", "646 555 0177", "no", "yes"),
        ("Swedish massage", "2026-11-27T17:00", "Tom Becker", "+16465550177"),
    ),
}


@pytest.mark.parametrize("what", BOOKED)
async def test_the_appointment_is_the_one_that_was_wanted(what: str) -> None:
    profession, lines, wanted = BOOKED[what]
    call = await converse(profession, *lines)
    assert call.appointments[-1] == wanted


ANSWERED = [
    ("massage-therapist", "Can you come to my house for a massage?", "we don't come to homes"),
    ("massage-therapist", "Do you have Daniel on Saturday?", "can't see which days Daniel works"),
    ("tattoo-artist", "Can you tattoo over scars?", "can often be tattooed over"),
    ("tattoo-artist", "is June working Saturday?", "can't see which days June works"),
    ("tattoo-artist", "My kid is 15, can he get his ear pierced if I come along?", "18 or older"),
    ("realtor", "Is the house on Henry Street still available?", "the agent can send you what fits"),
    ("massage-therapist", "I want to buy a gift certificate for my mom", "gift cards for any session"),
    ("tattoo-artist", "hey how old do you have to be", "18 or older"),
    ("tattoo-artist", "do I need my ID?", "with a photo ID"),
    ("realtor", "do you have anything two bedroom in Park Slope?", "the agent can send you what fits"),
    ("realtor", "Do you manage rentals?", "we don't manage them"),
    (
        "realtor",
        "I saw your sign at 12 Main Street. How much are they asking?",
        "don't have the prices of our listings",
    ),
    ("realtor", "I'm thinking about selling my place, what do you charge?", "Our commission is negotiable"),
]


@pytest.mark.parametrize(("profession", "question", "told"), ANSWERED)
async def test_a_question_is_answered_before_anything_is_booked(profession: str, question: str, told: str) -> None:
    call = Dialogue.with_demo(profession)
    reply = await call.say(question)
    assert told in reply
    assert reply.endswith(("Would you like to book an appointment?", "Is there anything else I can help with?"))


async def test_whom_a_message_is_for_is_kept_in_the_middle_of_a_booking() -> None:
    call = await converse("tattoo-artist", "a nose piercing on Wednesday at 4", "yes", "Ella May", "718 555 0158")
    await call.say("have Marco call me")
    await call.say("yes")
    assert [each.text for each in call.messages] == [
        "For Marco: Would like to book: piercing Wednesday, November 25th at 4 pm"
    ]


async def test_a_late_no_is_not_taken_for_a_name_that_was_not_heard() -> None:
    call = await converse("realtor", "I'm looking to buy", "Friday at 3", "not yet")
    assert "didn't get" not in call.history[-1].text


async def test_who_is_to_call_back_and_why_are_both_kept() -> None:
    call = await converse("realtor", "can Tom call me back? It's about the offer on Carroll Street", "Nadia Haddad")
    told = await call.say("347 555 0112")
    assert "For Tom: Please call me back. It's about the offer on Carroll Street." in told


async def test_a_worry_told_late_gets_the_limit_of_the_trade() -> None:
    call = await converse("massage-therapist", "a ninety minute massage on Saturday", "around noon", "Olivia Grant")
    assert "I can't judge that over the phone" in await call.say("I take blood thinners, is that an issue?")


async def test_a_question_of_ours_stays_open_while_theirs_is_answered() -> None:
    call = await converse("tattoo-artist", "I wanna get my nose pierced", "how much")
    assert "between $40 and $90" in call.history[-1].text
    assert call.history[-1].text.endswith("Are you 18 or older, and can you bring a photo ID?")


async def test_thanks_declines_a_message() -> None:
    call = await converse("realtor", "do you know a good pizza place around here?", "thanks")
    assert "anything else" in call.history[-1].text


async def test_who_will_be_late_for_an_appointment_leaves_that_as_a_message() -> None:
    call = await converse("tattoo-artist", "I have an appointment at 3 today and I'm gonna be 20 minutes late")
    assert call.form.wants == "message"
