"""Callers who talk past the questions: what they say is taken wherever it fits, and nothing is asked twice."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import Dialogue, converse

SARAH = ("Sarah Miller", "212 555 0198")
BOOKED_SARAH = ("Sarah Miller", "+12125550198")
WEDNESDAY_AT_2 = "2026-11-25T14:00"

HEADSHOT = "I'd like to book a headshot session "
WEDNESDAY = HEADSHOT + "on Wednesday at 2 pm"
MOVE = ("Can I change my appointment?", *SARAH)

TALKERS: dict[str, tuple[str, tuple[str, ...], tuple[str, str, str]]] = {
    # what is particular: profession, lines, and start, name and phone of what is booked
    "another day keeps the time": (
        "photographer",
        (HEADSHOT + "on Thursday at 10 am", "Monday then, same time", *SARAH, "yes"),
        ("2026-11-30T10:00", *BOOKED_SARAH),
    ),
    "a bare date keeps month and time": (
        "photographer",
        (HEADSHOT + "on Christmas day at 10", "ok then the 23rd", *SARAH, "yes"),
        ("2026-12-23T10:00", *BOOKED_SARAH),
    ),
    "another day after the booking keeps the time": (
        "photographer",
        (HEADSHOT + "on Tuesday at 3 pm", *SARAH, "yes", "can we make it Wednesday instead?", "yes"),
        ("2026-11-25T15:00", *BOOKED_SARAH),
    ),
    "when are you free": (
        "photographer",
        (HEADSHOT, "when are you free?", "the last one", *SARAH, "yes"),
        ("2026-11-24T09:00", *BOOKED_SARAH),
    ),
    "any day but Monday": (
        "photographer",
        (HEADSHOT + "any day but Monday, around 10", "yes", *SARAH, "yes"),
        ("2026-11-24T10:00", *BOOKED_SARAH),
    ),
    "any day": (
        "photographer",
        (HEADSHOT + "around 11", "any day", "the first one", *SARAH, "yes"),
        ("2026-11-23T11:00", *BOOKED_SARAH),
    ),
    "anything earlier": (
        "photographer",
        (HEADSHOT + "on Tuesday afternoon", "do you have anything earlier?", "the first", *SARAH, "yes"),
        ("2026-11-24T09:00", *BOOKED_SARAH),
    ),
    "anything later": (
        "photographer",
        (HEADSHOT + "on Tuesday morning", "anything later?", "the last one", *SARAH, "yes"),
        ("2026-11-24T15:00", *BOOKED_SARAH),
    ),
    "none of those": (
        "photographer",
        (HEADSHOT, "what do you have?", "none of those", "the first one", *SARAH, "yes"),
        ("2026-11-24T09:15", *BOOKED_SARAH),
    ),
    "an hour later at the read-back": (
        "photographer",
        (WEDNESDAY, *SARAH, "could we make it an hour later", "yes"),
        ("2026-11-25T15:00", *BOOKED_SARAH),
    ),
    "two names spelled in one breath": (
        "photographer",
        (WEDNESDAY, "Shayne Cole, that's S-H-A-Y-N-E, C-O-L-E", "212 555 0198", "yes"),
        (WEDNESDAY_AT_2, "Shayne Cole", "+12125550198"),
    ),
    "a name that is a question elsewhere": (
        "photographer",
        (WEDNESDAY, "Will Price", "212 555 0198", "yes"),
        (WEDNESDAY_AT_2, "Will Price", "+12125550198"),
    ),
    "the last name first": (
        "photographer",
        (WEDNESDAY, "last name Johnson, first name Mark", "212 555 0198", "yes"),
        (WEDNESDAY_AT_2, "Mark Johnson", "+12125550198"),
    ),
    "a number corrected in one breath": (
        "photographer",
        (WEDNESDAY, "Sarah Miller", "212 555 0188, sorry, 0198", "yes"),
        (WEDNESDAY_AT_2, *BOOKED_SARAH),
    ),
    "the time is changed, the day stays": (
        "photographer",
        (WEDNESDAY, *SARAH, "no", "the time", "3 pm", "yes"),
        ("2026-11-25T15:00", *BOOKED_SARAH),
    ),
    "the day is changed, the time stays": (
        "photographer",
        (WEDNESDAY, *SARAH, "no", "the day", "Friday", "yes"),
        ("2026-11-27T14:00", *BOOKED_SARAH),
    ),
    "a bare time after offers that were declined": (
        "photographer",
        (HEADSHOT + "on Wednesday at 7 am", "no", "9 then", *SARAH, "yes"),
        ("2026-11-25T09:00", *BOOKED_SARAH),
    ),
    "what there is on the day that was told": (
        "photographer",
        (HEADSHOT + "on Tuesday", "what times do you have?", "the second one", *SARAH, "yes"),
        ("2026-11-24T11:00", *BOOKED_SARAH),
    ),
    "what there is on the day of a time that cannot be": (
        "photographer",
        (HEADSHOT + "on Wednesday at 7 am", "what times do you have?", "the second one", *SARAH, "yes"),
        ("2026-11-25T11:00", *BOOKED_SARAH),
    ),
    "the first of the times that were declined": (
        "photographer",
        (HEADSHOT + "on Wednesday at 7 am", "no", "the first one is fine", *SARAH, "yes"),
        ("2026-11-25T09:00", *BOOKED_SARAH),
    ),
    "what is offered next is on the day that was told": (
        "photographer",
        (HEADSHOT + "on Wednesday at 7 am", "no", "what do you have?", "the first one", *SARAH, "yes"),
        ("2026-11-25T09:30", *BOOKED_SARAH),
    ),
    "what it is worth, and a time": (
        "realtor",
        ("I want to know what my house is worth and sell it, Wednesday at 2 pm", "no", "Garden Street", *SARAH, "yes"),
        (WEDNESDAY_AT_2, *BOOKED_SARAH),
    ),
    "what it may get, and a time": (
        "realtor",
        ("I want to know what my house could sell for, on Wednesday at 2 pm", "no", "Garden Street", *SARAH, "yes"),
        (WEDNESDAY_AT_2, *BOOKED_SARAH),
    ),
    "a small one in a place that larger ones are known by": (
        "tattoo-artist",
        ("I want a small tattoo on my forearm on Wednesday at 2 pm", "yes", "two inches on my forearm", *SARAH, "yes"),
        (WEDNESDAY_AT_2, *BOOKED_SARAH),
    ),
    "thirty minutes are no telephone number": (
        "photographer",
        (WEDNESDAY, *SARAH, "hmm, actually 30 minutes later would be better", "yes"),
        ("2026-11-25T14:30", *BOOKED_SARAH),
    ),
    "two corrections in one line": (
        "photographer",
        (WEDNESDAY, *SARAH, "no, Friday at 3, and the number is 917 555 0142", "yes"),
        ("2026-11-27T15:00", "Sarah Miller", "+19175550142"),
    ),
    "nothing else, to a question of ours": (
        "massage-therapist",
        ("I'd like a Swedish massage on Wednesday at 2 pm", "no", "no, nothing else", *SARAH, "yes"),
        (WEDNESDAY_AT_2, *BOOKED_SARAH),
    ),
    "an extension": (
        "photographer",
        (WEDNESDAY, "Sarah Miller", "212 555 0198 extension 12", "yes"),
        (WEDNESDAY_AT_2, *BOOKED_SARAH),
    ),
    "a month that belongs to the event": (
        "photographer",
        (
            "Our wedding is in June next year and I'd like a consultation on Wednesday at 2 pm",
            "a wedding in June in Hoboken",
            *SARAH,
            "yes",
        ),
        (WEDNESDAY_AT_2, *BOOKED_SARAH),
    ),
    "a terrible toothache is no complaint": (
        "dentist",
        ("I have a terrible toothache, can I come in today?", "8, no swelling", "no", "the first one", *SARAH, "yes"),
        ("2026-11-23T10:30", *BOOKED_SARAH),
    ),
    "a flood of words": (
        "dentist",
        (
            "so yeah hi um my name is Sarah Miller and I was wondering if I could maybe get a teeth cleaning, it's "
            "been like two years since my last one which is terrible I know, and Wednesday would be great, around "
            "two in the afternoon, and my number is 212 555 0198, and no I have never been to your office before",
            "yes",
        ),
        (WEDNESDAY_AT_2, *BOOKED_SARAH),
    ),
    "a question about the time of one's own": (
        "photographer",
        (WEDNESDAY, "no rush", "Sarah Miller", "what do you mean?", "212 555 0198", "yes"),
        (WEDNESDAY_AT_2, *BOOKED_SARAH),
    ),
}

MOVES: dict[str, tuple[tuple[str, ...], str]] = {
    "the same day": (("same day but at 4 pm", "yes"), "2026-11-25T16:00"),
    "the same time": (("the same time on Friday", "yes"), "2026-11-27T14:00"),
    "by a week": (("a week later", "yes"), "2026-12-02T14:00"),
}
"""Lines after name and number, and when the appointment of Wednesday at 2 pm then is."""

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


@pytest.mark.parametrize("call", TALKERS)
async def test_what_callers_say_in_their_own_way_is_booked(call: str) -> None:
    profession, lines, booked = TALKERS[call]
    dialogue = await converse(profession, *lines)
    assert [tuple(rest) for _, *rest in dialogue.appointments] == [booked], dialogue.transcript
    assert dialogue.outcome is Outcome.BOOKED


SERVICES = {
    "I want a small tattoo on my forearm": ("tattoo-artist", "small tattoo"),
    "a tattoo on my forearm": ("tattoo-artist", "medium tattoo"),
    "a check-up for my six year old son": ("dentist", "child check-up"),
    "my faucet keeps dripping": ("plumber", "faucet repair"),
    "my deadbolt is stuck": ("locksmith", "lock repair"),
    "I want you to look at a car before I buy it": ("mechanic", "pre-purchase inspection"),
    "I saw a listing online and would like to view it": ("realtor", "property showing"),
    "we are buying a condo and need an inspection": ("home-inspector", "condo inspection"),
    "a consultation for a small tattoo": ("tattoo-artist", "consultation"),
}


@pytest.mark.parametrize("words", SERVICES)
async def test_what_callers_want_done_has_its_name_in_the_list(words: str) -> None:
    profession, service = SERVICES[words]
    assert (await converse(profession, words)).form.value("service") == service


async def test_a_kind_that_is_named_later_takes_the_place_of_a_vague_one() -> None:
    lines = ("I'd like a massage", "deep tissue", "no", "Friday at 11", *SARAH, "yes")
    dialogue = await converse("massage-therapist", *lines)
    assert dialogue.appointments[0][:2] == ("deep tissue massage", "2026-11-27T11:00"), dialogue.transcript


@pytest.mark.parametrize("words", ["yes", "the next one is fine", "whatever is next", "the earliest"])
async def test_who_comes_second_is_offered_the_next_time_first(words: str) -> None:
    before = await _booked("photographer")
    dialogue = await converse("photographer", WEDNESDAY, words, "Tom Jones", SARAH[1], "yes", diary=before.diary)
    assert [start for _, start, _, _ in dialogue.appointments] == [WEDNESDAY_AT_2, "2026-11-25T14:30"]


async def test_cancelling_for_another_time_is_moving() -> None:
    for first in ("Hi I want to cancel and book another time", "I want to cancel my appointment"):
        before = await _booked("photographer")
        dialogue = await converse("photographer", first, *SARAH, "Friday at 10 am", "yes", diary=before.diary)
        assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-27T10:00"], dialogue.transcript


async def test_who_cannot_make_an_appointment_moves_it() -> None:
    before = await _booked("photographer")
    lines = ("I can't make my appointment on Wednesday", *SARAH, "Friday at 10 am", "yes")
    dialogue = await converse("photographer", *lines, diary=before.diary)
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-27T10:00"], dialogue.transcript


async def test_a_message_that_is_corrected_is_replaced() -> None:
    lines = ("I want to leave a message. Please call me at noon.", *SARAH, "no, I said please call me at one", "yes")
    dialogue = await converse("dentist", *lines)
    assert [each.text for each in dialogue.messages] == ["Please call me at one"]


@pytest.mark.parametrize("call", MOVES)
async def test_an_appointment_of_an_earlier_call_is_moved_relative_to_itself(call: str) -> None:
    lines, start = MOVES[call]
    before = await _booked("dentist")
    dialogue = await converse("dentist", *MOVE, *lines, diary=before.diary)
    assert [moved for _, moved, _, _ in dialogue.appointments] == [start], dialogue.transcript
    assert dialogue.outcome is Outcome.RESCHEDULED


async def test_how_far_it_is_to_be_moved_may_be_said_first() -> None:
    before = await _booked("dentist")
    lines = ("Can I push my appointment back by an hour?", *SARAH, "yes")
    dialogue = await converse("dentist", *lines, diary=before.diary)
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-25T15:00"], dialogue.transcript


@pytest.mark.parametrize(
    "words",
    [
        "I just wanted to check what time my appointment is",
        "I forgot when my appointment is",
        "When is Sarah Miller's appointment?",
        "can you confirm my appointment?",
    ],
)
async def test_an_appointment_is_told_against_name_and_number(words: str) -> None:
    before = await _booked("dentist")
    dialogue = await converse("dentist", words, *SARAH, "great, thanks, bye", diary=before.diary)
    assert "November 25th at 2 pm" in dialogue.transcript
    assert dialogue.outcome is Outcome.ANSWERED


async def test_who_is_late_has_said_the_message() -> None:
    dialogue = await converse("dentist", "I'm running late for my appointment", *SARAH, "yes", "bye")
    assert [each.text for each in dialogue.messages] == ["I'm running late for my appointment"]


async def test_what_is_called_urgent_is_left_as_urgent() -> None:
    for lines in (
        ("I need to leave an urgent message: my crown fell out before my flight", *SARAH, "yes"),
        ("Can you tell the doctor that I called about my crown", "it's urgent, Sarah Miller", "212 555 0198", "yes"),
    ):
        dialogue = await converse("dentist", *lines)
        assert [each.urgent for each in dialogue.messages] == [True], dialogue.transcript


async def test_words_added_at_the_read_back_of_a_message_are_kept() -> None:
    lines = ("Can I leave a message? I called about my bill", *SARAH, "please tell her to call me", "yes")
    dialogue = await converse("dentist", *lines)
    assert "Tell her to call me" in dialogue.messages[0].text


@pytest.mark.parametrize("words", ["Do you do haircuts?", "Are you a robot?"])
async def test_a_question_that_got_an_answer_was_answered(words: str) -> None:
    assert (await converse("dentist", words, "no thanks, bye")).outcome is Outcome.ANSWERED


async def _booked(profession: str) -> Dialogue:
    asked_for, _ = PLAIN[profession]
    return await converse(profession, f"book a {asked_for} on Wednesday at 2 pm", *SARAH, "yes")
