"""Questions are answered from the tenant's own facts; where they hold nothing, nothing is made up."""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.receptionist.business import Service
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.facts import answer, answer_topic, find_service, find_services
from offhook.receptionist.profession_file import profession_names
from offhook.receptionist.telling import say_length, say_price

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
DENTIST = demo_business("dentist")
PLUMBER = demo_business("plumber")


def asked(name: str, question: str) -> str:
    return answer(demo_business(name), question, now=NOW) or ""


@pytest.mark.parametrize(
    ("name", "question", "told"),
    [
        ("dentist", "what are your hours", "Monday to Friday from 9 am to 6 pm"),
        ("dentist", "are you open on saturday", "We're closed on Saturday, November 28"),
        ("dentist", "are you open on thanksgiving", "because it's Thanksgiving Day"),
        ("dentist", "when do you close today", "Today, we're open from 9 am to 6 pm"),
        ("dentist", "are you open right now", "Yes, we're open now"),
        ("dentist", "are you open on monday", "Today, we're open"),
        ("dentist", "are you open next monday", "Monday, November 30"),
        ("dentist", "how much is a cleaning", "between $90 and $200"),
        ("dentist", "what does a root canal cost", "between $700 and $1,500"),
        ("dentist", "how long does a check-up take", "about 30 minutes"),
        ("dentist", "where are you located", "48 Maple Street"),
        ("dentist", "is there parking", "street parking"),
        ("dentist", "do you take Delta Dental", "PPO plans"),
        ("dentist", "do you accept credit cards", "debit and credit cards"),
        ("dentist", "what if I have to cancel", "a day ahead"),
        ("dentist", "how much is the cancellation fee", "$50"),
        ("dentist", "what should I bring", "photo ID"),
        ("dentist", "are you accepting new patients", "happy to take new patients"),
        ("dentist", "do you do whitening", "Yes, we offer a teeth whitening"),
        ("dentist", "what services do you offer", "We offer a check-up"),
        ("dentist", "is it wheelchair accessible", "ground floor"),
        ("dentist", "do you see children", "we see children"),
        ("dentist", "I'm really nervous, do you have laughing gas", "laughing gas"),
        ("plumber", "do you come to Brooklyn", "Staten Island and Brooklyn"),
        ("plumber", "do you give free estimates", "the estimate is free"),
        ("plumber", "are you licensed and insured", "licensed"),
        ("plumber", "how much do you charge to unclog a drain", "between $125 and $300"),
        ("mechanic", "do you work on hybrids", "hybrids too"),
        ("mechanic", "can I get a loaner car", "shuttle"),
        ("mechanic", "is there a warranty on repairs", "24 months"),
        ("locksmith", "will you damage the door", "without damage"),
        ("locksmith", "what does it cost to rekey a lock", "between $40 and $100"),
        ("massage-therapist", "do I have to undress", "comfortable"),
        ("massage-therapist", "how much is a ninety minute massage", "$125"),
        ("massage-therapist", "do you have gift cards", "gift cards"),
        ("photographer", "do you need a deposit", "$100"),
        ("photographer", "when do we get the pictures", "two weeks"),
        ("realtor", "what's your commission", "negotiable"),
        ("realtor", "how much is a consultation", "is free"),
        ("tattoo-artist", "what's your shop minimum", "$80"),
        ("tattoo-artist", "do you tattoo minors", "18 or older"),
        ("tattoo-artist", "can I bring a friend", "one friend"),
        ("home-inspector", "when do I get the report", "24 hours"),
        ("home-inspector", "how much is a radon test", "between $125 and $200"),
        ("home-inspector", "can I be there during the inspection", "welcome to come along"),
    ],
)
def test_common_questions_are_answered(name: str, question: str, told: str) -> None:
    assert told in asked(name, question)


@pytest.mark.parametrize("name", profession_names())
def test_what_is_not_a_question_on_facts_is_left_alone(name: str) -> None:
    for words in (
        "hello",
        "I want to book an appointment for tomorrow",
        "my name is John Carter",
        "five five five one two one two",
        "yes please",
        "next Tuesday at three",
        "what is the meaning of life",
        "do you sell elephants",
    ):
        assert answer(demo_business(name), words, now=NOW) is None, words


@pytest.mark.parametrize("name", profession_names())
def test_no_number_is_told_that_is_not_among_the_facts(name: str) -> None:
    business = demo_business(name)
    known = set(
        re.findall(
            r"\d+", " ".join([business.address, business.profession.price_policy, *business.extra_facts.values()])
        )
    )
    known |= {str(hour) for hour in range(1, 13)} | {"30", "15"}
    for service in business.services:
        told = f"{answer(business, f'how much is {service.name} and how long does it take', now=NOW)}".replace(",", "")
        about = f"{service.name} {service.about} {service.price_note}"
        mine = {str((price or 0) // 100) for price in (service.price_from, service.price_to)} | {str(service.minutes)}
        mine |= {str(service.minutes // 60), str(service.minutes % 60)} | set(re.findall(r"\d+", about))
        assert set(re.findall(r"\d+", told)) <= known | mine


def test_a_price_comes_with_the_policy_and_an_unknown_one_is_not_made_up() -> None:
    told = answer(DENTIST, "how much is a crown", now=NOW)
    assert told is not None
    assert told.endswith(DENTIST.profession.price_policy)
    assert "can't give a price" in (answer(DENTIST, "how much are dentures", now=NOW) or "")
    assert answer(DENTIST, "how much for a nose job", now=NOW) is None


def test_what_is_being_talked_of_answers_how_much_is_it() -> None:
    assert "$900" in (answer(DENTIST, "and how much is it?", now=NOW, about="crown") or "")
    assert "an hour and a half" in (answer(DENTIST, "how long will it take", now=NOW, about="crown") or "")


def test_a_fact_that_the_tenant_lacks_is_not_answered() -> None:
    bare = replace(DENTIST, extra_facts={}, address="", services=())
    for question in ("is there parking", "do you take insurance", "where are you", "what services do you offer"):
        assert answer(bare, question, now=NOW) is None


def test_a_tenants_own_topic_is_found_by_its_name() -> None:
    mine = replace(DENTIST, extra_facts={"aquarium": "Yes, there are fish in the waiting room."})
    assert answer(mine, "is there still an aquarium?", now=NOW) == "Yes, there are fish in the waiting room."


@pytest.mark.parametrize(
    ("topic", "about", "told"),
    [
        ("hours", "", "Monday to Friday"),
        ("opening hours", "saturday", "closed on Saturday"),
        ("hours", "are you open now", "until 6 pm"),
        ("price", "cleaning", "$90"),
        ("pricing", "", "A check-up"),
        ("duration", "crown", "an hour and a half"),
        ("address", "", "48 Maple Street"),
        ("services", "", "We offer"),
        ("services", "whitening", "Yes, we offer a teeth whitening"),
        ("parking", "", "street parking"),
        ("insurance", "Cigna", "PPO plans"),
        ("new patients", "", "happy to take new patients"),
        ("sedation", "", "laughing gas"),
    ],
)
def test_topics_are_answered_as_a_receptionist_names_them(topic: str, about: str, told: str) -> None:
    assert told in (answer_topic(DENTIST, topic, about, now=NOW) or "")


def test_an_unknown_topic_has_no_answer() -> None:
    assert answer_topic(DENTIST, "stock market", now=NOW) is None
    assert answer_topic(DENTIST, "price", "a nose job", now=NOW) is None


@pytest.mark.parametrize(
    ("words", "services"),
    [
        ("clean my teeth", ["teeth cleaning"]),
        ("clean all my teeth", ["teeth cleaning"]),
        ("a check up", ["check-up"]),
        ("a checkup", ["check-up"]),
        ("a check-up for my son", ["child check-up"]),
        ("a deep cleaning", ["deep cleaning"]),
        ("two fillings and a cleaning", ["filling", "teeth cleaning"]),
        ("teeth cleanning", ["teeth cleaning"]),
        ("i'd like a claening", ["teeth cleaning"]),
        ("not a cleaning, a filling", ["filling"]),
        ("a filling instead of a crown", ["filling"]),
        ("something quite different", []),
    ],
)
def test_services_are_found_in_callers_words(words: str, services: list[str]) -> None:
    assert [service.name for service in find_services(DENTIST, words)] == services


def test_a_change_of_mind_counts() -> None:
    for words in ("a cleaning, no sorry, I mean a filling", "I want a cleaning, actually make that a filling"):
        found = find_service(DENTIST, words)
        assert found is not None
        assert found.name == "filling"


@given(
    st.sampled_from(profession_names()).flatmap(
        lambda name: st.sampled_from(demo_business(name).services).map(lambda each: (name, each))
    )
)
def test_every_service_is_found_by_its_own_name(case: tuple[str, Service]) -> None:
    name, service = case
    assert find_service(demo_business(name), f"I'd like {service.name.upper()}, please") == service


@given(st.text(max_size=200))
def test_no_words_break_it(words: str) -> None:
    told = answer(PLUMBER, words, now=NOW)
    assert told is None or told.strip()


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (15, "15 minutes"),
        (60, "an hour"),
        (75, "an hour and 15 minutes"),
        (90, "an hour and a half"),
        (150, "2 and a half hours"),
        (240, "4 hours"),
    ],
)
def test_lengths_are_told_as_people_do(minutes: int, told: str) -> None:
    assert say_length(minutes) == f"about {told}"


def test_prices_are_told_as_people_do() -> None:
    assert say_price(DENTIST, Service("filling", 60, 15000, 40000)) == "A filling is usually between $150 and $400."
    assert say_price(DENTIST, Service("exam", 60, 9950, 9950)) == "An exam is usually $99.50."
    assert say_price(DENTIST, Service("Swedish massage", 60, 0, 0)) == "A Swedish massage is free."
