"""Callers who answer what was not asked: each line is what they thought would come next."""

from tests.receptionist.dialogue import Dialogue, converse


async def test_a_bare_day_after_the_hour_is_that_of_the_deadline() -> None:
    call = await converse(
        "home-inspector",
        "Book a home inspection for the 7th at 9 am",
        "88 Ridge Road, Scarsdale",
        "3 thousand square feet",
        "The 12th",
        "Molly Quinn 914 555 0195",
        "yes",
    )
    assert call.appointments == [("home inspection", "2026-12-07T09:00", "Molly Quinn", "+19145550195")]


async def test_the_same_number_is_the_one_told_before() -> None:
    call = Dialogue.with_demo("home-inspector")
    await call.say("I want to cancel my radon test, name's Ilse Brandt, 914 555 0108")
    await call.say("No, it's Brand, B R A N D")
    assert "can't find" in await call.say("same number")
    assert "message" in await call.say("ok have someone call me")
    await call.say("yes")
    assert [each.phone for each in call.messages] == ["+19145550108"]


async def test_the_same_number_may_be_told_with_the_name() -> None:
    call = Dialogue.with_demo("photographer")
    await call.say("I need to cancel Saturday, Emma Wood, 212 555 0144")
    assert "can't find" in await call.say("Emma Woods with an s, same number")


async def test_what_the_pictures_are_for_is_taken_instead_of_a_name() -> None:
    call = await converse("photographer", "headshots tomorrow at 4")
    assert "didn't get the name" not in await call.say("LinkedIn")


async def test_where_to_meet_is_noted_instead_of_a_name() -> None:
    call = await converse("photographer", "newborn pictures, december 14th at 11")
    assert "noted" in await call.say("At our home, 210 West 80th street")


async def test_a_day_in_short_is_no_name() -> None:
    call = await converse("home-inspector", "home inspection Saturday at 10, 5 Fern Lane, Ossining, 1100 square feet")
    await call.say("not sure")
    assert "Dec." not in await call.say("Dec 2nd")


async def test_who_is_being_put_through_is_not_greeted_again() -> None:
    call = await converse("home-inspector", "I need to speak with someone in the office")
    assert "hold the line" in await call.say("Lisa Grant")
    assert "hold the line" in await call.say("914 555 0106")


async def test_what_goes_along_with_an_inspection_is_none_of_its_own() -> None:
    call = await converse(
        "home-inspector",
        "Can you do a sewer scope and radon along with a full inspection?",
        "Friday December 4th 8 am",
        "19 Hudson Street, Tarrytown, 2200 square feet",
        "closing contingency ends the 11th",
        "Ned Farrow, 914-555-0143",
        "yes",
    )
    assert [each[0] for each in call.appointments] == ["home inspection"]
