"""Callers who answer in their own order, and days that are told of something else than the visit."""

import pytest

from offhook.receptionist.outcome import Outcome
from tests.receptionist.dialogue import converse

MARCUS = ("Marcus Webb", "646 555 0188")


@pytest.mark.parametrize(
    ("profession", "told", "then", "start"),
    [
        (
            "photographer",
            "Hi, I'm getting married on June 31st... sorry, June 30th",
            "tomorrow at 10",
            "2026-11-24T10:00",
        ),
        ("photographer", "I need a wedding photographer for June 12th", "Wednesday at noon", "2026-11-25T12:00"),
        (
            "photographer",
            "It's a consultation for a party, the party is Saturday December 12th at 6 pm",
            "Friday at 3",
            "2026-11-27T15:00",
        ),
    ],
)
async def test_the_day_of_an_event_is_not_the_day_of_the_visit(
    profession: str, told: str, then: str, start: str
) -> None:
    dialogue = await converse(profession, told, then, *MARCUS, "yes")
    assert [booked for _, booked, _, _ in dialogue.appointments] == [start], dialogue.transcript


async def test_a_deadline_told_late_does_not_move_the_visit() -> None:
    dialogue = await converse(
        "home-inspector",
        "I need a radon test at 14 Maple Avenue on Monday at 9",
        "our deadline is December 4th",
        *MARCUS,
        "yes",
    )
    assert [booked for _, booked, _, _ in dialogue.appointments] == ["2026-11-30T09:00"], dialogue.transcript


async def test_who_passes_over_the_offered_times_is_read_the_first_of_them() -> None:
    dialogue = await converse("photographer", "a headshot session on Friday afternoon", *MARCUS)
    assert "Friday, November 27th at noon, for Marcus Webb" in dialogue.history[-1].text, dialogue.transcript
    await dialogue.say("yes")
    assert dialogue.outcome is Outcome.BOOKED


async def test_a_time_that_was_asked_for_is_asked_again_when_the_rest_is_known() -> None:
    dialogue = await converse("photographer", "a headshot session", "Marcus Webb")
    assert "phone number" in dialogue.history[-1].text, dialogue.transcript
    await dialogue.say("646 555 0188")
    assert "day and time" in dialogue.history[-1].text, dialogue.transcript


async def test_an_offered_time_is_still_picked_when_the_name_is_asked() -> None:
    dialogue = await converse(
        "photographer", "a headshot session on Friday afternoon", "646 555 0188", "the second one"
    )
    await dialogue.say("Marcus Webb")
    assert "at 1 pm, for Marcus Webb" in dialogue.history[-1].text, dialogue.transcript


async def test_a_day_alone_is_a_day_where_an_address_was_asked() -> None:
    dialogue = await converse("home-inspector", "I need a radon test", "not tomorrow, the day after", "8 am")
    await dialogue.say("21 Elm Street")
    for line in (*MARCUS, "yes"):
        await dialogue.say(line)
    assert [booked for _, booked, _, _ in dialogue.appointments] == ["2026-11-25T08:00"], dialogue.transcript


async def test_a_bare_number_after_a_day_that_does_not_exist_stays_in_its_month() -> None:
    dialogue = await converse("dentist", "a check-up on February 30th at 10", "the 26th then")
    assert "February 26th" in dialogue.transcript or "been to our practice" in dialogue.history[-1].text
    for line in ("no", *MARCUS):
        await dialogue.say(line)
    assert "Friday, February 26th at 10 am" in dialogue.history[-1].text, dialogue.transcript


async def test_the_last_digits_are_no_time_of_day() -> None:
    dialogue = await converse(
        "photographer", "a headshot session on Friday afternoon", *MARCUS, "no, the last digits are 0135"
    )
    assert "at 646-555-0135" in dialogue.history[-1].text, dialogue.transcript


@pytest.mark.parametrize(
    ("words", "start"), [("right after that one", "12:00"), ("at the same time on Monday", "11:00")]
)
async def test_the_second_booking_may_lean_on_the_first(words: str, start: str) -> None:
    dialogue = await converse("photographer", "a portrait session on Friday at 11", *MARCUS, "yes")
    for line in (f"can I also book a passport photo {words}", "yes"):
        await dialogue.say(line)
    assert sorted(booked[-5:] for _, booked, _, _ in dialogue.appointments) == ["11:00", start], dialogue.transcript


async def test_who_asks_to_be_called_need_not_say_again_what_about() -> None:
    dialogue = await converse(
        "photographer", "I'd like to reschedule my session", *MARCUS, "just have someone call me", "yes"
    )
    assert [message.text for message in dialogue.messages] == ["Would like to move an appointment"]


async def test_a_day_in_a_goodbye_books_nothing() -> None:
    dialogue = await converse(
        "dentist", "a check-up on Friday at 10", "no", *MARCUS, "yes", "great, see you Friday, bye now"
    )
    assert dialogue.ended, dialogue.transcript


async def test_an_insurer_is_not_a_name() -> None:
    dialogue = await converse("dentist", "a check-up on Friday at 10", "no", "Delta Dental", *MARCUS, "yes")
    assert [name for _, _, name, _ in dialogue.appointments] == ["Marcus Webb"], dialogue.transcript


async def test_an_answer_in_a_word_may_come_late() -> None:
    dialogue = await converse("dentist", "a cleaning", "Wednesday", "3", "new", *MARCUS, "yes")
    assert dialogue.form.value("been_before") == "no", dialogue.transcript


async def test_a_trouble_told_late_makes_the_usual_visit_another() -> None:
    dialogue = await converse(
        "dentist", "I need to see the dentist on Friday at 10", "I have a toothache", *MARCUS, "yes"
    )
    assert [service for service, _, _, _ in dialogue.appointments] == ["emergency visit"], dialogue.transcript


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("not Monday and not in the morning", "tomorrow at noon"),
        ("Wednesday or Thursday of next week, in the morning", "Wednesday, December 2nd"),
        ("sometime next week but not Monday", "Tuesday, December 1st"),
    ],
)
async def test_what_is_ruled_out_is_not_offered(line: str, offered: str) -> None:
    dialogue = await converse("photographer", "a headshot session", line)
    assert f"I have {offered}" in dialogue.history[-1].text, dialogue.transcript


async def test_a_bare_hour_is_a_time_where_a_yes_was_asked() -> None:
    dialogue = await converse("dentist", "a cleaning tomorrow", "ten", *MARCUS, "yes")
    assert [booked for _, booked, _, _ in dialogue.appointments] == ["2026-11-24T10:00"], dialogue.transcript


async def test_letters_say_neither_yes_nor_no() -> None:
    dialogue = await converse(
        "photographer", "a headshot session on Friday at 11", "Sam Okonkwo", "646 555 0188", "it's O K O N K W O"
    )
    assert dialogue.appointments == [], dialogue.transcript
    assert "spelled O-K-O-N-K-W-O" in dialogue.history[-1].text, dialogue.transcript


@pytest.mark.parametrize("name", ["Ann-Marie O'Neil", "Zoë Álvarez"])
async def test_a_name_alone_is_heard_whatever_was_asked(name: str) -> None:
    dialogue = await converse("photographer", "a headshot session", name)
    assert dialogue.form.value("name") == name, dialogue.transcript


async def test_another_one_for_somebody_is_the_same_again_under_another_name() -> None:
    dialogue = await converse("dentist", "a cleaning on Friday at 10", "no", *MARCUS, "yes", "another one for my wife")
    for line in ("same day at 11", "Linda Webb", "yes"):
        await dialogue.say(line)
    assert [(service, booked, name) for service, booked, name, _ in dialogue.appointments] == [
        ("teeth cleaning", "2026-11-27T10:00", "Marcus Webb"),
        ("teeth cleaning", "2026-11-27T11:00", "Linda Webb"),
    ], dialogue.transcript


async def test_an_objection_is_not_answered_with_the_price_again() -> None:
    dialogue = await converse("dentist", "how much is a crown?", "that's too expensive, my cousin is cheaper")
    assert "$900" not in dialogue.history[-1].text, dialogue.transcript


async def test_the_day_before_leans_on_the_day_spoken_of() -> None:
    dialogue = await converse(
        "dentist", "a cleaning on Christmas Day", "the day before then at 9", "no", *MARCUS, "yes"
    )
    assert [booked for _, booked, _, _ in dialogue.appointments] == ["2026-12-24T09:00"], dialogue.transcript


async def test_the_usual_length_is_told_to_who_asks_how_long_it_takes() -> None:
    dialogue = await converse("home-inspector", "how long does it take")
    assert "about 3 hours" in dialogue.history[-1].text, dialogue.transcript


async def test_the_last_four_digits_alone_correct_the_number() -> None:
    dialogue = await converse("photographer", "a headshot session on Friday at 11", *MARCUS, "sorry it's 0128")
    assert "at 646-555-0128" in dialogue.history[-1].text, dialogue.transcript


async def test_another_day_is_no_yes_to_a_message() -> None:
    dialogue = await converse(
        "photographer", "a headshot session on July 4th 2027 at noon", "ok Dec 4 instead", *MARCUS
    )
    await dialogue.say("yes")
    assert [booked for _, booked, _, _ in dialogue.appointments] == ["2026-12-04T12:00"], dialogue.transcript


@pytest.mark.parametrize("name", ["Priyanka Das", "Gus Van Houten"])
async def test_a_name_that_has_a_particle_is_kept_as_it_is_written(name: str) -> None:
    dialogue = await converse("photographer", "a headshot session on Friday at 11", name, "646 555 0188", "yes")
    assert [booked for _, _, booked, _ in dialogue.appointments] == [name], dialogue.transcript


async def test_an_hour_is_a_time_when_times_are_open_and_the_name_is_asked() -> None:
    dialogue = await converse("photographer", "a headshot session on Friday", "646 555 0188", "eleven thirty")
    assert "Friday, November 27th at 11:30 am" in dialogue.history[-1].text, dialogue.transcript


async def test_two_children_are_two_bookings() -> None:
    dialogue = await converse(
        "dentist", "I need to bring in my two kids for check-ups", "no", "December 3rd at 3:30", *MARCUS, "yes"
    )
    assert "for your other child" in dialogue.history[-1].text, dialogue.transcript
    for line in ("yes", "right after", "Ben Webb", "yes"):
        await dialogue.say(line)
    assert [(service, booked, name) for service, booked, name, _ in dialogue.appointments] == [
        ("child check-up", "2026-12-03T15:30", "Marcus Webb"),
        ("child check-up", "2026-12-03T16:00", "Ben Webb"),
    ], dialogue.transcript


async def test_whether_one_is_needed_is_answered_before_one_is_booked() -> None:
    dialogue = await converse("dentist", "Do I need an appointment or can I just walk in?")
    assert "best to book" in dialogue.history[-1].text, dialogue.transcript


async def test_the_usual_service_that_was_assumed_may_still_be_named() -> None:
    lines = ("I'd like an appointment", "Friday", "at 5", "hm", "portraits", *MARCUS, "yes")
    dialogue = await converse("photographer", *lines)
    assert [service for service, _, _, _ in dialogue.appointments] == ["portrait session"], dialogue.transcript


async def test_a_new_appointment_is_booked_where_none_was_found_to_move() -> None:
    dialogue = await converse(
        "home-inspector",
        "I need to reschedule my inspection",
        *MARCUS,
        "never mind, I'd like to book a new one",
        "radon",
    )
    assert dialogue.form.value("service") == "radon test", dialogue.transcript


@pytest.mark.parametrize(
    ("profession", "words", "start"),
    [
        ("photographer", "a headshot session next Tuesday, no sorry, Friday, at quarter past ten", "2026-12-04T10:15"),
        (
            "photographer",
            "a family session for Christmas cards, four people, on December 5th at 11",
            "2026-12-05T11:00",
        ),
        ("dentist", "a crown on Tuesday after 5", "2026-11-24T16:30"),
    ],
)
async def test_days_are_taken_as_they_are_meant(profession: str, words: str, start: str) -> None:
    dialogue = await converse(profession, words, "no", *MARCUS)
    if "Shall I book" not in dialogue.history[-1].text:
        await dialogue.say("the first one")
    await dialogue.say("yes")
    assert [booked for _, booked, _, _ in dialogue.appointments] == [start], dialogue.transcript


async def test_the_event_told_in_a_second_breath_has_its_own_day() -> None:
    dialogue = await converse("photographer", "I'd like to book you for my daughter's quinceanera, it's March 20th")
    assert "for the consultation" in dialogue.history[-1].text, dialogue.transcript
    assert dialogue.form.value("name") is None


async def test_an_address_or_a_size_is_no_name_and_no_number() -> None:
    lines = ("a radon test on Monday at 9 at 7 Cedar Street", "it's 5 & 7 Cedar Street, Mount Vernon")
    dialogue = await converse("home-inspector", *lines, "3100 square feet total", *MARCUS, "yes")
    assert [tuple(rest) for _, *rest in dialogue.appointments] == [("2026-11-30T09:00", "Marcus Webb", "+16465550188")]


async def test_letters_told_in_one_run_are_those_of_both_names() -> None:
    dialogue = await converse(
        "photographer", "a headshot session on Friday at 11", "Moira Quinn M O I R A Q U I N N", "646 555 0188", "yes"
    )
    assert [name for _, _, name, _ in dialogue.appointments] == ["Moira Quinn"], dialogue.transcript


async def test_who_points_to_their_line_hears_that_it_is_not_seen() -> None:
    dialogue = await converse(
        "photographer", "a headshot session on Friday at 11", "Marcus Webb", "it's the number I'm calling from"
    )
    assert "can't see the number" in dialogue.history[-1].text, dialogue.transcript


async def test_an_extension_is_no_hour() -> None:
    dialogue = await converse("photographer", "headshots on Friday", "Marcus Webb", "646 555 0188 extension 4", "yes")
    assert [booked for _, booked, _, _ in dialogue.appointments] == ["2026-11-27T09:00"], dialogue.transcript


async def test_who_cannot_make_a_day_moves_what_was_booked() -> None:
    first = await converse("photographer", "a headshot session on Wednesday at 11", *MARCUS, "yes")
    later = await converse(
        "photographer",
        "This is Marcus Webb, 646 555 0188. I can't make Wednesday, can we do Friday same time",
        "yes",
        diary=first.diary,
    )
    assert later.outcome is Outcome.RESCHEDULED, later.transcript
    assert [booked for _, booked, _, _ in later.appointments] == ["2026-11-27T11:00"]


async def test_what_that_costs_is_asked_of_what_was_just_booked() -> None:
    dialogue = await converse("dentist", "a crown on Friday at 10", "no", *MARCUS, "yes", "how much will that be?")
    assert "$900" in dialogue.history[-1].text, dialogue.transcript


@pytest.mark.parametrize(
    ("told", "answer", "start"),
    [
        ("a cleaning on November 31st at noon", "yes", "2026-11-30T12:00"),
        ("a cleaning on Monday the 1st of December at noon", "yes", "2026-12-01T12:00"),
        ("a cleaning on Monday the 1st of December at noon", "the Monday", "2026-11-30T12:00"),
        ("I'd like to book for Monday the 1st of December", "Tuesday then, a cleaning at noon", "2026-12-01T12:00"),
        ("a cleaning this Friday 4pm, or if not, Monday", "no", "2026-11-27T16:00"),
    ],
)
async def test_the_day_that_is_asked_back_may_be_said_yes_to(told: str, answer: str, start: str) -> None:
    dialogue = await converse("dentist", told, answer, "no", *MARCUS, "yes")
    assert [booked for _, booked, _, _ in dialogue.appointments] == [start], dialogue.transcript


async def test_both_services_of_one_question_are_told_and_booked() -> None:
    lines = ("do you do mold and radon together?", "yes please, Thursday the 3rd at 1", "3 Lakeview Drive", *MARCUS)
    dialogue = await converse("home-inspector", *lines, "yes", "yes", "same day, after that", "yes")
    assert [(service, booked) for service, booked, _, _ in dialogue.appointments] == [
        ("mold inspection", "2026-12-03T13:00"),
        ("radon test", "2026-12-03T14:30"),
    ], dialogue.transcript


async def test_a_second_day_that_is_ruled_out_with_the_first_is_not_offered() -> None:
    dialogue = await converse("dentist", "a crown the week of December 7th", "no", "not Monday or Tuesday")
    assert "I have Wednesday, December 9th" in dialogue.history[-1].text, dialogue.transcript


async def test_a_weekend_of_a_month_is_one() -> None:
    dialogue = await converse("photographer", "a headshot session on any weekend in December")
    assert "I have Saturday, December 5th" in dialogue.history[-1].text, dialogue.transcript


async def test_evening_appointments_are_a_question_of_hours() -> None:
    dialogue = await converse("dentist", "Hi, do you have evening appointments?")
    assert "9 am to 6 pm" in dialogue.history[-1].text, dialogue.transcript


async def test_who_calls_about_something_else_is_offered_a_message_and_not_greeted_for_ever() -> None:
    lines = (
        "this is Pharmacy Plus calling about a prescription",
        "can Doctor Rivera call us back at 212 555 0200",
        "yes",
    )
    dialogue = await converse("dentist", *lines)
    assert dialogue.outcome is Outcome.MESSAGE, dialogue.transcript


async def test_a_whole_name_spelled_in_one_run_is_not_doubled() -> None:
    lines = ("headshots on Friday at 11", "Elena Petrova", "it's E L E N A P E T R O V A", "646 555 0188", "yes")
    dialogue = await converse("photographer", *lines)
    assert [name for _, _, name, _ in dialogue.appointments] == ["Elena Petrova"], dialogue.transcript


async def test_when_the_house_is_sold_is_not_when_it_is_inspected() -> None:
    dialogue = await converse(
        "home-inspector", "I'm selling my house in a month and want an inspection first", "15 Palmer Avenue"
    )
    await dialogue.say("about eighteen hundred")
    assert "What day and time" in dialogue.history[-1].text, dialogue.transcript
