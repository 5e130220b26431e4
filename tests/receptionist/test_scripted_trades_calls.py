"""Calls to those who come to a house or mend a car: the words of such callers, and what becomes of them."""

import pytest

from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.named_services import find_service
from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import Dialogue, converse

ANN = ("Ann Lee", "212 555 0198")


@pytest.mark.parametrize(
    ("profession", "words", "service"),
    [
        ("plumber", "I need somebody to come out because the toilet in our bathroom keeps running", "toilet repair"),
        ("plumber", "need a quote on replacing a toilet", "toilet installation"),
        ("plumber", "swap out a faucet", "faucet installation"),
        ("plumber", "I need a plumber", "service call"),
        ("plumber", "the pipes are making a banging noise", "service call"),
        ("locksmith", "the lock on my front door is jammed", "lock repair"),
        ("locksmith", "lost the only key to my Honda", "car key replacement"),
        ("mechanic", "my brakes are squealing", "brake service"),
        ("mechanic", "thinking about buying a used truck and want it looked at", "pre-purchase inspection"),
        ("mechanic", "my muffler's loud", "diagnostic"),
    ],
)
def test_trouble_in_a_callers_words_is_a_service(profession: str, words: str, service: str) -> None:
    found = find_service(demo_business(profession), words)
    assert found is not None
    assert found.name == service


async def test_who_wants_the_earliest_is_not_asked_which() -> None:
    lines = ("I need an oil change. Earliest you've got.", "2019 Toyota Corolla", *ANN, "yes")
    dialogue = await converse("mechanic", *lines)
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-23T10:30"], dialogue.transcript


async def test_an_answer_to_the_question_before_is_no_name() -> None:
    lines = ("My check engine light is on, 2016 Honda. Tomorrow at 9.", "hmm", "Yes it's drivable", *ANN, "yes")
    dialogue = await converse("mechanic", *lines)
    assert [name for _, _, name, _ in dialogue.appointments] == ["Ann Lee"], dialogue.transcript


async def test_the_service_whose_price_was_asked_is_booked() -> None:
    lines = ("how do I know you're not a scam", "what's it cost to change a lock", "ok book it", "9 Elm Street")
    dialogue = await converse("locksmith", *lines, "yes", "March 1st at 2pm", *ANN, "yes")
    assert [service for service, _, _, _ in dialogue.appointments] == ["lock rekey"], dialogue.transcript


async def test_a_date_that_cannot_be_is_told_whatever_was_asked() -> None:
    for lines in (("I need a plumber on February 30th",), ("I'd like an appointment", "February 30th")):
        dialogue = await converse("plumber", *lines)
        assert "doesn't exist" in dialogue.transcript
    dialogue = await converse("plumber", "I have a clogged drain")
    assert "doesn't exist" in await dialogue.say("February 30th")


async def test_what_is_added_to_a_message_between_its_questions_is_passed_on() -> None:
    lines = ("Nobody showed up! This is ridiculous!", "I want the owner to call me", "Frank Delgado", "646 555 0112")
    dialogue = await converse("plumber", *lines, "yes", "fine")
    assert "I want the owner to call me" in dialogue.messages[0].text, dialogue.transcript
    assert (dialogue.outcome, dialogue.ended) == (Outcome.MESSAGE, True)


async def test_who_is_to_call_back_is_in_the_message() -> None:
    dialogue = await converse("plumber", "Just have Sal call me back, it's about my invoice", *ANN, "yes")
    assert dialogue.messages[0].text == "Please have Sal call me back, it's about my invoice"


async def test_to_leave_it_without_a_number_drops_nothing() -> None:
    lines = ("An oil change tomorrow at 10, 2019 Toyota", "Ann Lee", "what do you need my number for?")
    dialogue = await converse("mechanic", *lines, "I'd rather not", "Just leave it without a number", "yes")
    assert [each.name for each in dialogue.messages] == ["Ann Lee"], dialogue.transcript


@pytest.mark.parametrize(
    ("wish", "start"),
    [
        ("I work till five so after that", "2026-11-24T17:00"),
        ("I can't do mornings", "2026-11-24T12:00"),
    ],
)
async def test_when_a_caller_is_busy_is_heard(wish: str, start: str) -> None:
    dialogue: Dialogue = await converse("locksmith", "I need a lock rekeyed tomorrow", "9 Elm Street", "yes", wish)
    await dialogue.say("the first one")
    for line in (*ANN, "yes"):
        await dialogue.say(line)
    assert [begun for _, begun, _, _ in dialogue.appointments] == [start], dialogue.transcript


async def test_a_price_asked_with_the_wish_to_book_is_told_first() -> None:
    dialogue = await converse("locksmith", "Can I get a price on rekeying four locks plus a new deadbolt?")
    assert "$40" in dialogue.transcript


async def test_what_is_named_with_the_wish_to_book_is_what_is_booked() -> None:
    lines = ("How much is a new deadbolt?", "book a rekey for next Wednesday at noon", "702 Avenue P", "yes", *ANN)
    dialogue = await converse("locksmith", *lines, "yes")
    assert [service for service, _, _, _ in dialogue.appointments] == ["lock rekey"], dialogue.transcript


async def test_one_word_callers_get_what_they_name() -> None:
    words = ("Appointment.", "Toilet.", "15 Elm Court.", "Friday.", "9.", "Ann Lee.", "2125550198.", "Yes.", "No.")
    dialogue = await converse("plumber", *words)
    assert dialogue.appointments == [("toilet repair", "2026-11-27T09:00", "Ann Lee", "+12125550198")]


@pytest.mark.parametrize(
    ("profession", "lines", "outcome"),
    [
        ("plumber", ("what are your hours", "and Christmas Eve?", "ok thanks bye"), Outcome.ANSWERED),
        ("locksmith", ("I need keys made", "ok I'll just come by then, where are you", "bye"), Outcome.ANSWERED),
        ("plumber", ("my hot water's gone cold, totally cold", "bye"), Outcome.ABANDONED),
        ("mechanic", ("I've got an appointment tomorrow, what time?", "bye"), Outcome.ABANDONED),
        ("plumber", ("just tell him Angela called, the boiler room is wet", *ANN, "yes"), Outcome.MESSAGE),
        ("mechanic", ("you guys scratched my bumper", "Glen Foster", "no", "yes", "yes"), Outcome.MESSAGE),
        ("mechanic", ("can I leave a message", "Glen Foster", "call me about my bill", ANN[1], "yes"), Outcome.MESSAGE),
    ],
)
async def test_callers_end_where_they_wanted(profession: str, lines: tuple[str, ...], outcome: Outcome) -> None:
    dialogue = await converse(profession, *lines)
    assert dialogue.outcome is outcome, dialogue.transcript
    assert not dialogue.appointments


async def test_this_afternoon_is_no_wish_for_a_person() -> None:
    lines = ("My brakes squeal, 2012 Chevy Malibu, can I come in today", "this afternoon, around half three")
    dialogue = await converse("mechanic", *lines, *ANN, "yes")
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-23T15:30"], dialogue.transcript


async def test_whatever_comes_first_is_no_date() -> None:
    lines = ("I lost the key to my car, a 2018 Nissan", "Kings Plaza mall", "yes", "fine, whatever's first", *ANN)
    dialogue = await converse("locksmith", *lines, "yes")
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-11-23T10:30"], dialogue.transcript


@pytest.mark.parametrize(
    ("profession", "question", "told"),
    [
        ("plumber", "What do you charge to come out?", "$75"),
        ("plumber", "do you do weekends?", "Saturdays from 9 am"),
        ("plumber", "do I have to be home?", "an adult at home"),
        ("plumber", "who's the owner?", "Mike Kowalski"),
        ("locksmith", "do you charge extra on weekends?", "surcharge"),
        ("locksmith", "Do you do safes?", "safe opening"),
        ("mechanic", "Do you guys work on Teslas?", "all common makes"),
    ],
)
async def test_what_the_facts_hold_is_told(profession: str, question: str, told: str) -> None:
    assert told in (await converse(profession, question)).transcript


async def test_how_long_it_takes_is_told_of_what_was_booked() -> None:
    lines = ("A timing belt, Tuesday at 10, 2012 Honda", *ANN, "yes", "How long will it take?")
    assert "about 2 hours" in (await converse("mechanic", *lines)).transcript


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("an address of the town is nobody", ("8 Ridge Crescent, Staten Island", "Ann Lee")),
        ("what is to be done is nobody", ("clogged kitchen drain", "Ann Lee")),
        ("where somebody is is nobody", ("no I'm behind the house", "Ann Lee")),
    ],
)
async def test_only_a_name_is_one(words: str, lines: tuple[str, ...]) -> None:
    opening = ("I need a plumber Saturday at 11", "hm")
    dialogue = await converse("plumber", *opening, *lines, ANN[1], "yes")
    assert [name for _, _, name, _ in dialogue.appointments] == ["Ann Lee"], f"{words}: {dialogue.transcript}"


async def test_an_appointment_made_before_is_no_wish_for_its_day() -> None:
    before = await converse("plumber", "A clogged drain, December 2nd at 2 pm", "9 Elm Street", *ANN, "yes")
    words = "Hi I booked a drain cleaning for next Wednesday but something's come up"
    dialogue = await converse("plumber", words, *ANN, "Can I do Thursday instead?", "yes", diary=before.diary)
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-12-03T14:00"], dialogue.transcript
    assert "taken" not in dialogue.transcript


async def test_a_year_is_no_time_of_day() -> None:
    dialogue = await converse("mechanic", "something's wrong with my car", "hm", "I don't know, like 2010?")
    assert "8:10 pm" not in dialogue.transcript


async def test_thanks_so_much_is_no_complaint_about_the_price() -> None:
    lines = (
        "Oil change, Tuesday 3 pm, 2018 Honda Fit, Ann Lee, 212 555 0198",
        "yes",
        "that's everything, thanks so much",
    )
    dialogue = await converse("mechanic", *lines)
    assert dialogue.ended, dialogue.transcript


async def test_a_number_the_business_has_is_not_asked_for_again() -> None:
    lines = ("Tell Mike that Dave dropped off the permits", "Dave Kowalczyk", "he has my number", "yes")
    assert [each.phone for each in (await converse("plumber", *lines)).messages] == [""]


async def test_an_hour_alone_is_one_whatever_was_asked() -> None:
    lines = ("I need a plumber Saturday at 10", "11", "clogged kitchen drain", *ANN, "yes")
    dialogue = await converse("plumber", *lines)
    assert [each[:2] for each in dialogue.appointments] == [("drain cleaning", "2026-11-28T11:00")], dialogue.transcript


async def test_a_day_is_heard_where_an_address_was_asked() -> None:
    lines = ("I need a water heater installed", "Can you do it the Monday before Christmas", "8 am", *ANN)
    dialogue = await converse("plumber", *lines, "no make that 9", "yes")
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-12-21T09:00"], dialogue.transcript


async def test_the_total_for_three_is_no_time() -> None:
    lines = ("Need 3 locks changed December 24th at 4", "5 President Street", "I'm the landlord", *ANN)
    dialogue = await converse("locksmith", *lines, "wait, what's the total for three?", "ok yes")
    assert [start for _, start, _, _ in dialogue.appointments] == ["2026-12-24T16:00"], dialogue.transcript
    assert "$40" in dialogue.transcript


async def test_the_second_of_two_is_looked_for_on_the_same_day() -> None:
    lines = ("2017 Ford, I need an inspection and an oil change Wednesday morning", "9", *ANN, "yes", "yes")
    dialogue = await converse("mechanic", *lines)
    assert dialogue.history[-1].text.startswith("I have Wednesday, November 25th at"), dialogue.transcript


async def test_a_letter_of_the_first_name_keeps_the_surname() -> None:
    lines = ("An oil change Monday at 9", "2011 Subaru", "Erik Thorsen, that's Erik with a K", ANN[1], "yes")
    dialogue = await converse("mechanic", *lines)
    assert [name for _, _, name, _ in dialogue.appointments] == ["Erik Thorsen"], dialogue.transcript


@pytest.mark.parametrize(
    ("profession", "words", "reply"),
    [
        ("plumber", "Can you fix my AC?", "I don't find that among what we do"),
        (
            "mechanic",
            "My car leaks coolant all over the driveway, should I drive it?",
            "I can't tell you that it's safe",
        ),
        ("locksmith", "my wife locked herself out, she's at 45 Garfield Place", "photo ID"),
        ("locksmith", "I was supposed to have someone here at ten", "I'm sorry to hear that"),
    ],
)
async def test_the_first_reply_meets_the_matter(profession: str, words: str, reply: str) -> None:
    assert reply in (await converse(profession, words)).transcript


async def test_who_will_call_back_is_let_go() -> None:
    lines = ("An oil change Wednesday at 4", "actually my schedule's weird, let me call you back")
    assert "I haven't booked anything" in (await converse("mechanic", *lines)).transcript


async def test_a_new_appointment_is_for_what_was_spoken_of() -> None:
    lines = ("Can I change my appointment? It's for an oil change Friday", *ANN, "forget it, I'll book a new one")
    dialogue = await converse("mechanic", *lines, "Monday at 1", "2019 Camry", *ANN, "yes")
    assert [each[0] for each in dialogue.appointments] == ["oil change"], dialogue.transcript


async def test_now_is_a_time_whatever_was_asked() -> None:
    lines = ("I broke my key in my front door", "9 Elm Street", "hm", "now please", *ANN, "yes")
    dialogue = await converse("locksmith", *lines)
    assert [each[:2] for each in dialogue.appointments] == [("broken key removal", "2026-11-23T10:30")]


@pytest.mark.parametrize(
    ("profession", "lines", "booked"),
    [
        (
            "plumber",
            ("i need a plumber asap my toilet is clogged", "88 broad st", "jen", "jen park", "917 555 0103", "yes"),
            [("toilet repair", "2026-11-23T10:30", "Jen Park", "+19175550103")],
        ),
        (
            "plumber",
            ("What's your cancellation policy? I need a drain snaked Friday at noon", "205 Bay Street", *ANN, "yes"),
            [("drain cleaning", "2026-11-27T12:00", "Ann Lee", "+12125550198")],
        ),
        (
            "locksmith",
            (
                "I'd like two appointments, one to rekey my house and one to get a spare key cut",
                "rekey on Tuesday at 10",
                "9 Cranberry Street",
                *("yes", *ANN, "yes", "the key, Wednesday at 10", "yes"),
            ),
            [
                ("lock rekey", "2026-11-24T10:00", "Ann Lee", "+12125550198"),
                ("key copying", "2026-11-25T10:00", "Ann Lee", "+12125550198"),
            ],
        ),
        (
            "locksmith",
            (
                "my mailbox lock is broken",
                "hm",
                "120 Atlantic Ave, apt 9",
                "What do you have Friday?",
                "5:30",
                *ANN,
                "yes",
            ),
            [("lock repair", "2026-11-27T17:30", "Ann Lee", "+12125550198")],
        ),
    ],
)
async def test_what_is_told_out_of_turn_is_booked(
    profession: str, lines: tuple[str, ...], booked: list[tuple[str, str, str, str]]
) -> None:
    dialogue = await converse(profession, *lines)
    assert dialogue.appointments == booked, dialogue.transcript


async def test_what_was_booked_is_told_again() -> None:
    lines = ("An alignment Wednesday at 2 pm, 2020 Kia", *ANN, "yes", "what was that time again?")
    dialogue = await converse("mechanic", *lines)
    assert "November 25th at 2 pm" in dialogue.history[-1].text


async def test_what_is_asked_with_a_complaint_is_passed_on() -> None:
    lines = ("My brakes squeak again, I'm not happy", "Ann Lee", "Yes have Luis call me back today", ANN[1], "yes")
    assert "Luis" in (await converse("mechanic", *lines)).messages[0].text


async def test_to_come_by_on_a_day_is_that_day() -> None:
    dialogue = await converse("plumber", "I've a slow kitchen drain, could somebody come by Thursday morning?")
    assert "Thanksgiving" in dialogue.transcript


async def test_a_no_beside_the_brakes_is_no_emergency() -> None:
    lines = ("no that's okay, just book me for brakes Tuesday at eight, 2017 Mazda", *ANN, "yes")
    dialogue = await converse("mechanic", *lines)
    assert [each[:2] for each in dialogue.appointments] == [("brake service", "2026-11-24T08:00")], dialogue.transcript


@pytest.mark.parametrize(
    "lines",
    [
        ("Toyota Camry 2020", "Ann Lee"),
        ("hm", "tomorrow at noon", "Ann Lee"),
        ("hm", "Mr. Lee", "First name's Ann"),
    ],
)
async def test_neither_a_car_nor_a_day_is_a_name(lines: tuple[str, ...]) -> None:
    dialogue = await converse("locksmith", "I need a car key Friday at 9", *lines)
    assert dialogue.form.value("name") == "Ann Lee", dialogue.transcript


async def test_a_statement_that_the_car_drives_asks_nothing() -> None:
    lines = ("Something is wrong with my 2012 Nissan, Monday at 9", "yes I can drive it")
    assert "I can't tell you" not in (await converse("mechanic", *lines)).transcript
