"""What is not so is not spoken: done things without receipts, prices, free times."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.conversation.actions import ActionKind, Receipt
from offhook.conversation.form import Answer, Form
from offhook.receptionist.claims import CALL_YOURSELF, CHECK, NO_PRICE, TEAM_ONLY, ClaimCheck, Evidence
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.form_notes import FREE
from offhook.receptionist.profession_file import profession_names
from offhook.receptionist.telling import say_price
from tests.receptionist.claims_at_first_sight import FIRST_SIGHT_CLAIMS, FIRST_SIGHT_HARMLESS
from tests.receptionist.labelled_claims import CLAIMS, HARMLESS

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
DENTIST = demo_business("dentist")
CHECKED = ClaimCheck(DENTIST)
BOOKED = Form(
    receipts=(
        Receipt(
            "r1",
            ActionKind.BOOK,
            {"service": "teeth cleaning", "start": "2026-11-24T15:00", "name": "Maria Lopez", "phone": "+12125550147"},
        ),
    )
)
FOUND = Form(answers={FREE: Answer("2026-11-24T15:00,2026-11-25T10:00")})


def spoken(clause: str, form: Form | None = None, before: str = "") -> str:
    return CHECKED.spoken(clause, Evidence(form or Form(), NOW, before)).spoken


@pytest.mark.parametrize("claim", [*CLAIMS, *FIRST_SIGHT_CLAIMS])
def test_a_claim_that_rests_on_nothing_is_not_spoken(claim: str) -> None:
    assert spoken(claim) != claim


@pytest.mark.parametrize("sentence", [*HARMLESS, *FIRST_SIGHT_HARMLESS])
def test_what_claims_nothing_is_spoken_as_it_is(sentence: str) -> None:
    assert spoken(sentence) == sentence


@pytest.mark.parametrize(
    "claim",
    [
        "You're booked for Tuesday at 3 pm.",
        "You're all set for tomorrow at three.",
        "We'll see you on Tuesday, November 24th at 3 pm.",
        "Your cleaning is scheduled for tomorrow.",
        "I've booked that for you.",
        "We have you down for Tuesday at 3 pm.",
        "Dr. Rivera will see you on Tuesday at 3 pm.",
        "I've added your visit to the calendar.",
    ],
)
def test_a_claim_with_its_receipt_is_spoken(claim: str) -> None:
    assert spoken(claim, BOOKED) == claim


@pytest.mark.parametrize(
    "claim", ["You're booked for Wednesday at 3 pm.", "You're booked for Tuesday at 4 pm.", "We'll see you on Friday."]
)
def test_a_booking_is_told_with_the_time_of_its_receipt(claim: str) -> None:
    assert spoken(claim, BOOKED) == "You're booked for a teeth cleaning on Tuesday, November 24th at 3 pm."


def test_a_time_told_as_a_fact_is_held_against_the_receipt() -> None:
    assert spoken("The team is expecting you at four on Tuesday.", BOOKED).startswith(
        "You're booked for a teeth cleaning"
    )


@pytest.mark.parametrize("claim", ["I've charged your card.", "You're on our waiting list.", "A nurse is on her way."])
def test_what_no_tool_does_no_receipt_proves(claim: str) -> None:
    assert spoken(claim, BOOKED) == TEAM_ONLY


def test_nobody_relies_on_a_rescue_that_was_not_called() -> None:
    assert spoken("I've called an ambulance for you.", BOOKED) == CALL_YOURSELF


def test_a_receipt_of_another_kind_proves_nothing() -> None:
    assert spoken("I've cancelled your appointment.", BOOKED) == CHECK
    assert spoken("I've moved your appointment to Tuesday at 3 pm.", BOOKED) == CHECK


def test_a_cancelled_booking_stands_no_more() -> None:
    cancel = Receipt("r2", ActionKind.CANCEL, {"start": "2026-11-24T15:00", "phone": "+12125550147"})
    form = replace(BOOKED, receipts=(*BOOKED.receipts, cancel))
    assert spoken("You're booked for Tuesday at 3 pm.", form) == CHECK
    assert spoken("I've cancelled it.", form) == "I've cancelled it."


def test_times_that_were_found_may_be_offered() -> None:
    for offer in ("I have Tuesday at 3 pm or Wednesday at 10 am.", "Would tomorrow at 3 pm work?", "Tuesday is free."):
        assert spoken(offer, FOUND) == offer
    assert spoken("I have Tuesday at 10 am.", FOUND) == (
        "I have tomorrow at 3 pm, or Wednesday, November 25th at 10 am. Does one of those work?"
    )


def test_a_condition_that_began_in_an_earlier_clause_holds() -> None:
    assert spoken("you're booked.", before="Once I have your number, ") == "you're booked."


def test_what_is_put_right_goes_on_with_its_sentence() -> None:
    assert spoken("you're booked for Tuesday.", before="Great, ") == "let me check that before I confirm it."
    assert spoken("it costs $61.", before="Well, ") == NO_PRICE


def test_prices_are_those_of_the_service_that_is_named() -> None:
    assert spoken("A check-up is between $60 and $150.") == "A check-up is between $60 and $150."
    assert spoken("A check-up is sixty to one hundred and fifty dollars.").startswith("A check-up is sixty")
    cleaning = next(service for service in DENTIST.services if service.name == "teeth cleaning")
    assert spoken("A teeth cleaning is $61.") == say_price(DENTIST, cleaning)
    assert spoken("It costs $61.") == NO_PRICE


@given(st.sampled_from(profession_names()), st.data())
def test_what_the_facts_say_is_spoken_as_it_is(name: str, data: st.DataObject) -> None:
    business = demo_business(name)
    facts = [say_price(business, service) for service in business.services] + list(business.extra_facts.values())
    fact = data.draw(st.sampled_from(facts))
    assert ClaimCheck(business).spoken(fact, Evidence(Form(), NOW)).spoken == fact


@given(st.text())
def test_any_text_can_be_checked(text: str) -> None:
    spoken(text)
    spoken(f"You're booked for {text}", BOOKED)
