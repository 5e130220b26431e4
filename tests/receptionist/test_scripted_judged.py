"""Calls that somebody made who did not know how the script is written: each for what it taught."""

import pytest

from tests.receptionist.dialogue import Dialogue, converse

BOOKED: dict[str, tuple[str, tuple[str, ...], tuple[str, str, str, str]]] = {
    # what is particular: profession, lines, and the last appointment made
    "a family name that is also a word": (
        "realtor",
        ("I'd like to see a house on Saturday at 11am", "no", "Ivy Long, 646 555 0126", "yes"),
        ("property showing", "2026-11-28T11:00", "Ivy Long", "+16465550126"),
    ),
    "a mall is nobody's name": (
        "locksmith",
        (
            "i lost my car keys and i'm stranded at the mall",
            "Staten Island Mall, lot C",
            "yes I have my ID",
            "Tanya Reed",
            "347 555 0188",
            "yes",
        ),
        ("car key replacement", "2026-11-23T10:30", "Tanya Reed", "+13475550188"),
    ),
    "one for a son as well": (
        "dentist",
        (
            "book cleaning tomorrow 3pm",
            "new patient",
            "Al Gore",
            "212 555 0124",
            "yes",
            "and I also need one for my son",
            "Wednesday at 3",
            "Tim Gore",
            "yes",
        ),
        ("teeth cleaning", "2026-11-25T15:00", "Tim Gore", "+12125550124"),
    ),
    "no complications is no refusal of a number": (
        "massage-therapist",
        ("a prenatal massage Thursday next week at 11", "Emily Stone", "no complications", "212 555 0139", "yes"),
        ("prenatal massage", "2026-12-03T11:00", "Emily Stone", "+12125550139"),
    ),
    "a question about appointments leaves the service that was priced": (
        "mechanic",
        (
            "How much is an oil change?",
            "do I need an appointment?",
            "ok Friday at 9",
            "2020 Kia Soul",
            "Pam Beesly",
            "570 555 0199",
            "yes",
        ),
        ("oil change", "2026-11-27T09:00", "Pam Beesly", "+15705550199"),
    ),
    "a deadline told with the wish is not asked for": (
        "home-inspector",
        (
            "We're closing on a house and need an inspection before Dec 4th",
            "it's a single family at 14 Chestnut Ave, about 2200 square feet",
            "Wednesday December 2nd 9 am",
            "Paul Green",
            "917 555 0121",
            "yes",
        ),
        ("home inspection", "2026-12-02T09:00", "Paul Green", "+19175550121"),
    ),
    "whose first name comes after the family name": (
        "dentist",
        ("a cleaning on December 1st at 10", "no, first visit", "Kowalski", "Anna", "212 555 0133", "yes"),
        ("teeth cleaning", "2026-12-01T10:00", "Anna Kowalski", "+12125550133"),
    ),
    "a child's, whose mother tells her own name too": (
        "dentist",
        (
            "I want to book a checkup for my daughter Lily, Tuesday at 3",
            "her name is Lily Harper",
            "My name is Nancy",
            "212 555 0133",
            "yes",
        ),
        ("check-up", "2026-11-24T15:00", "Lily Harper", "+12125550133"),
    ),
    "a buyer's, who names the realtor": (
        "home-inspector",
        (
            "a home inspection on December 3rd at 9 at 14 Elm Street White Plains, 2000 square feet, no deadline",
            "Her name's Susan, my realtor, she has the lockbox",
            "914 555 0122",
            "Tom Reed",
            "yes",
        ),
        ("home inspection", "2026-12-03T09:00", "Tom Reed", "+19145550122"),
    ),
    "a name without a letter": (
        "dentist",
        ("a filling on Wednesday at 2", "been there before", "J-O-N, no H, Jon Ashby", "212 555 0133", "yes"),
        ("filling", "2026-11-25T14:00", "Jon Ashby", "+12125550133"),
    ),
    "a name that came late, with the company": (
        "photographer",
        (
            "headshots on December 1 at 9am",
            "Corporate, for our website",
            "Lucas Ortiz from Finch Partners",
            "646 555 0172",
            "ok",
        ),
        ("headshot session", "2026-12-01T09:00", "Lucas Ortiz", "+16465550172"),
    ),
    "a patient of years": (
        "dentist",
        ("a cleaning tomorrow at 9", "212-555-0159", "yes, been a patient for years", "Greg Hanson", "yes"),
        ("teeth cleaning", "2026-11-24T09:00", "Greg Hanson", "+12125550159"),
    ),
    "to talk first": (
        "photographer",
        (
            "We're getting married June 12 2027, are you free?",
            "can we meet to talk about it first, say Wednesday at 4?",
            "Hannah Cho",
            "212 555 0190",
            "yes",
        ),
        ("consultation", "2026-11-25T16:00", "Hannah Cho", "+12125550190"),
    ),
    "the hour that was told beside a question of ours": (
        "home-inspector",
        (
            "I'm buying a condo and need it inspected next week, any day in the morning",
            "25 Warburton Avenue unit 4B, about 900 square feet",
            "the 10 am one",
            "deadline is December 10th",
            "Felix Okoro",
            "914 555 0161",
            "yes",
        ),
        ("condo inspection", "2026-11-30T10:00", "Felix Okoro", "+19145550161"),
    ),
    "the service, not what it might include": (
        "home-inspector",
        (
            "How much for a 3000 sq ft house?",
            "Does that include radon?",
            "Wednesday Dec 2 at 8",
            "77 Pine Road, Scarsdale",
            "my deadline is the 8th",
            "Laura Beck",
            "914 555 0188",
            "yes",
        ),
        ("home inspection", "2026-12-02T08:00", "Laura Beck", "+19145550188"),
    ),
    "a day that is told with its weekday": (
        "photographer",
        (
            "a maternity session",
            "do you have an opening on the 12th of December, it's a saturday",
            "11 is good",
            "Rosa Delgado",
            "347 555 0150",
            "yes",
        ),
        ("maternity session", "2026-12-12T11:00", "Rosa Delgado", "+13475550150"),
    ),
    "a day with its hour, though the deadline was asked": (
        "home-inspector",
        (
            "hello i'm buying a townhouse and my agent said i need an inspection",
            "it's at 210 River Road in Nyack, 1500 square feet",
            "December first, 9 am",
            "the deadline is the 4th",
            "Grace Lim",
            "845 555 0114",
            "yes",
        ),
        ("home inspection", "2026-12-01T09:00", "Grace Lim", "+18455550114"),
    ),
    "where the pictures are to be taken, which is no name": (
        "photographer",
        ("a portrait session for next Friday at 3", "Studio please", "646 555 0122", "Nora Blum", "yes"),
        ("portrait session", "2026-12-04T15:00", "Nora Blum", "+16465550122"),
    ),
    "a second opinion": (
        "dentist",
        (
            "I want a second opinion on a root canal",
            "December 8th, 11 in the morning",
            "no",
            "Omar Haddad",
            "929 555 0140",
            "yep",
        ),
        ("check-up", "2026-12-08T11:00", "Omar Haddad", "+19295550140"),
    ),
    "a child's, of whom it was asked first": (
        "dentist",
        (
            "Hello? Do you see kids? My daughter is four",
            "ok, Friday December 4 at 4 pm",
            "no she's never been to any dentist",
            "Her name is Amelia Grant",
            "646 555 0120",
            "yes",
        ),
        ("child check-up", "2026-12-04T16:00", "Amelia Grant", "+16465550120"),
    ),
    "a talk, whose wedding day is told after it": (
        "photographer",
        (
            "I'd like a consult for a wedding on Dec 3 at 5",
            "May 22nd, at the Brooklyn Botanic Garden",
            "Isla Moreau",
            "646 555 0108",
            "yes",
        ),
        ("consultation", "2026-12-03T17:00", "Isla Moreau", "+16465550108"),
    ),
    "a realtor's client's, with the deadline after the hour": (
        "home-inspector",
        (
            "hi I'm a realtor, Paula Young with Compass. My client needs a home inspection at 27 Forest Ave, Rye",
            "It's 2,600 square feet",
            "Wednesday the 2nd at 9. the client is Mr. and Mrs. Gupta",
            "deadline's the 9th",
            "put it under Gupta, Anil Gupta",
            "914 555 0120",
            "yes",
        ),
        ("home inspection", "2026-12-02T09:00", "Anil Gupta", "+19145550120"),
    ),
}


@pytest.mark.parametrize("what", BOOKED)
async def test_the_appointment_is_the_one_that_was_wanted(what: str) -> None:
    profession, lines, wanted = BOOKED[what]
    call = await converse(profession, *lines)
    assert call.appointments[-1] == wanted


async def test_a_number_is_no_message() -> None:
    call = await converse("plumber", "can someone call me", "Dan Wells", "917 555 0130", "yes")
    assert [(each.name, each.phone, each.text) for each in call.messages] == [
        ("Dan Wells", "+19175550130", "Please call back.")
    ]


async def test_who_calls_back_later_leaves_it() -> None:
    call = await converse("dentist", "I need to reschedule my appointment", "Karen Wu", "212 555 0123")
    assert "nothing is changed" in await call.say("forget it, I'll call back later")


async def test_whether_one_may_is_answered_before_a_time_is_asked() -> None:
    call = Dialogue.with_demo("massage-therapist")
    told = await call.say("I'm 30 weeks pregnant, can I still get a massage?")
    assert "from the second trimester on" in told
    assert told.endswith("What day and time would suit you?")


async def test_a_limit_is_told_once() -> None:
    call = Dialogue.with_demo("tattoo-artist")
    assert (await call.say("I'm seventeen, can I get a small tattoo?")).count("18 or older") == 1


async def test_a_message_for_the_inspector_is_what_is_to_be_told() -> None:
    call = await converse(
        "home-inspector",
        "leave a message for the inspector that the key is at number 9",
        "Ed Orr",
        "914 555 0102",
        "yes",
    )
    assert [each.text for each in call.messages] == ["The key is at number 9"]


async def test_who_waits_outside_is_found() -> None:
    call = await converse(
        "home-inspector", "I smell gas in the house", "we're outside at 14 Elm Street", "Bob Stone 914 555 0133"
    )
    assert [(each.name, each.urgent) for each in call.messages] == [("Bob Stone", True)]
    assert "14 Elm Street" in call.messages[0].text


async def test_the_owner_hears_of_danger_to_somebody_who_is_known() -> None:
    call = await converse(
        "dentist",
        "a cleaning tomorrow at 10",
        "Anna Stone",
        "212 555 0133",
        "wait, my husband has chest pain and can't breathe",
    )
    assert [(each.name, each.phone, each.urgent) for each in call.messages] == [("Anna Stone", "+12125550133", True)]
    assert call.outcome == "emergency"


async def test_why_a_day_is_not_offered_is_told_again() -> None:
    call = await converse("dentist", "Can I come this Thursday at 10 for a cleaning?")
    assert "Thanksgiving" in await call.say("what do you mean, closed?")


async def test_what_an_inspection_includes_is_told_before_one_is_booked() -> None:
    call = Dialogue.with_demo("home-inspector")
    assert "We check roof" in await call.say("Will the inspector check the pool and the sprinkler system?")


async def test_a_birth_that_is_due_around_a_day_asks_for_nobody() -> None:
    call = await converse("photographer", "do you do newborn photos? baby is due around January 20th")
    assert call.actions == []


async def test_who_is_furious_books_nothing() -> None:
    call = await converse("home-inspector", "you inspected my house last month and missed a roof leak, I'm furious")
    assert call.form.wants == "message"


async def test_what_a_message_says_begins_nothing() -> None:
    call = await converse(
        "dentist",
        "I booked a cleaning for the 30th and I need to cancel",
        "Tim Lau",
        "646 555 0100",
        "yes",
        "just tell them I can't make it",
        "yes",
    )
    assert [each.text for each in call.messages] == ["I can't make it"]


async def test_then_is_no_part_of_a_message() -> None:
    call = await converse(
        "dentist",
        "leave them a message then, I was charged twice for my cleaning",
        "Victor Hale",
        "212 555 0186",
        "yes",
    )
    assert [each.text for each in call.messages] == ["I was charged twice for my cleaning"]


async def test_who_calls_back_knows_what_is_celebrated() -> None:
    call = await converse(
        "photographer",
        "I want to book a birthday party on a sunday in january, about 30 people",
        "can someone call me about it?",
        "Pete Sandoval",
        "917 555 0138",
        "yes",
    )
    assert "birthday party" in call.messages[0].text


async def test_another_day_after_the_hours_books_nothing() -> None:
    call = await converse("dentist", "do you have evening hours")
    told = await call.say("ok what about saturdays")
    assert "closed on Saturday" in told
    assert call.form.wants != "book"


async def test_what_never_came_is_passed_on() -> None:
    call = await converse(
        "home-inspector",
        "you inspected my house last week and I never got the report",
        "Wendy Chu",
        "646 555 0128",
        "yes",
    )
    assert [each.name for each in call.messages] == ["Wendy Chu"]


async def test_a_day_asked_for_tells_no_service() -> None:
    call = await converse("dentist", "this is Helen Archer, I'm due for my six month cleaning")
    assert "we offer" not in await call.say("Do you have Thursday the 3rd in the afternoon? around 3")


async def test_two_announced_questions_are_both_answered() -> None:
    call = Dialogue.with_demo("photographer")
    told = await call.say("Hi, two questions: where are you located and is there parking?")
    assert "5 Jay Street" in told
    assert "metered parking" in told
