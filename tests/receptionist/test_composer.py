"""What a model is told: everything it may know, in an order that caches well, the same for the same facts."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from offhook.conversation.actions import ActionKind, Receipt
from offhook.conversation.commands import Think, Utterance
from offhook.conversation.form import Answer, Form, Question, QuestionKind
from offhook.providers.llm import Request
from offhook.receptionist.business import Business
from offhook.receptionist.composer import Composer
from offhook.receptionist.configuration import BadConfiguration, business_of, configuration_of
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.profession_file import profession_names

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
DENTIST = demo_business("dentist")
FULL = Form(
    wants="book",
    answers={
        "name": Answer("Maria Lopez", confirmed=True),
        "service": Answer("teeth cleaning"),
        "_caller_id": Answer("+12125550147"),
        "_misses": Answer("3"),
    },
    asking=Question("phone", QuestionKind.PHONE),
    receipts=(Receipt("r1", ActionKind.TAKE_MESSAGE, {"text": "call me"}),),
)


def composed(business: Business = DENTIST, form: Form | None = None, now: datetime = NOW) -> Request:
    think = Think(1, (Utterance("caller", "hello"),), form or Form())
    return Composer(business).request(think, now=now, form=think.form)


def test_the_moment_is_told() -> None:
    system = composed().system
    assert "It is Monday, November 23, 2026, 10 am, at the business. Yes, we're open now, until 6 pm." in system
    assert "tomorrow, Tuesday, November 24, 2026-11-24: 9 am to 6 pm" in system
    assert "Thursday, November 26, 2026-11-26: closed, it's Thanksgiving Day" in system
    assert "Friday, December 25, 2026-12-25: closed, it's Christmas Day" in system


def test_the_moment_is_the_tenants_own() -> None:
    utc = composed(now=datetime(2026, 11, 24, 3, 30, tzinfo=ZoneInfo("UTC")))
    assert "It is Monday, November 23, 2026, 10:30 pm" in utc.system
    assert utc.now.tzinfo == DENTIST.zone


def test_the_whole_form_is_told() -> None:
    told = composed(form=FULL).system.split("# The form of this call\n")[1]
    assert told == (
        "wants: book\n"
        "name: Maria Lopez (confirmed)\n"
        "service: teeth cleaning\n"
        "the call comes from +12125550147; if you need a number, ask whether this is the best one\n"
        "you asked for: phone (phone)\n"
        "done: take_message (receipt r1) text call me"
    )


@pytest.mark.parametrize("name", profession_names())
def test_all_facts_are_told(name: str) -> None:
    business = demo_business(name)
    system = composed(business).system
    for service in business.services:
        assert service.name in system
        assert not service.price_from or f"${service.price_from // 100:,}" in system
    for fact in (*business.extra_facts.values(), business.address, business.tone):
        assert fact in system
    assert all(target.name in system and target.phone not in system for target in business.targets)
    assert "{" not in system


def test_what_stays_comes_first_and_the_same_facts_give_the_same_text() -> None:
    first, later = composed(), composed(form=FULL, now=NOW + timedelta(minutes=5))
    day = first.system.index("It is Monday")
    assert later.system[:day] == first.system[:day]
    assert first.system.index("# Facts") < first.system.index("# Today") < day
    assert composed().system == first.system


def test_a_business_that_takes_no_bookings_has_no_tools_for_them() -> None:
    names = {tool.name for tool in composed(replace(DENTIST, takes_bookings=False)).tools}
    assert names == {"note", "take_message", "answer_from_facts", "transfer", "end_call"}
    assert {tool.name for tool in composed().tools} == {kind.value for kind in ActionKind} | {"note"}


def test_a_tenants_changes_are_filled_and_follow_the_prompt() -> None:
    changed = replace(DENTIST, prompt_changes="Say {business} twice.")
    system = composed(changed).system
    assert "Say Maple Street Dental twice." in system
    assert system.index("You are the automated receptionist") < system.index("twice.") < system.index("# Your tools")


@pytest.mark.parametrize("changes", ["Hello {caller}.", "A { alone.", "{business!r}"])
def test_a_placeholder_that_nothing_fills_is_told_when_it_is_saved(changes: str) -> None:
    body = configuration_of(DENTIST) | {"prompt_changes": changes}
    with pytest.raises(BadConfiguration, match="prompt_changes"):
        business_of("dentist", body)
