"""Emergencies are heard in callers' own words, and calm callers are not sent to 911."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.emergency import emergencies, find_emergency
from offhook.receptionist.profession import Emergency
from offhook.receptionist.profession_file import load_profession, profession_names
from offhook.receptionist.wording import check_sign, says, states

WORDINGS = tomllib.loads((Path(__file__).parent / "emergency_wordings.toml").read_text(encoding="utf-8"))
TRADES = [name for name in WORDINGS if name != "general"]
LEAST_RECALL = 0.75
"""Of the wordings kept apart, the general ones counted for each trade; 288 of 360 are heard (109 of 128 wordings)."""


def cases(kind: str) -> list[tuple[str, str]]:
    general = [(name, words) for name in profession_names() for words in WORDINGS["general"][kind]]
    return [*general, *((name, words) for name in TRADES for words in WORDINGS[name][kind])]


def test_every_trade_has_its_set_of_wordings() -> None:
    assert set(TRADES) == set(profession_names())
    assert all(len(WORDINGS[name]["seen"]) + len(WORDINGS[name]["kept"]) >= 12 for name in WORDINGS)


@pytest.mark.parametrize("name", profession_names())
def test_emergencies_are_heard(name: str) -> None:
    missed = [
        words for trade, words in cases("seen") if trade == name and not find_emergency(load_profession(name), words)
    ]
    assert missed == []


@pytest.mark.parametrize("name", profession_names())
def test_calm_words_raise_no_alarm(name: str) -> None:
    alarms = {words: found.name for trade, words in cases("calm") if trade == name and (found := _found(name, words))}
    assert alarms == {}


def _found(name: str, words: str) -> Emergency | None:
    return find_emergency(load_profession(name), words)


def test_wordings_that_guided_no_sign_are_mostly_heard() -> None:
    kept = cases("kept")
    heard = [words for name, words in kept if _found(name, words)]
    assert len(heard) / len(kept) >= LEAST_RECALL


@pytest.mark.parametrize("name", profession_names())
def test_a_question_of_ones_own_business_is_no_emergency(name: str) -> None:
    """What the receptionist asks, lists and answers is said back by callers."""
    business = demo_business(name)
    spoken = [wording for service in business.services for wording in (service.name, *service.also_called)]
    alarms = {words: found.name for words in spoken if (found := _found(name, f"I'd like to ask about {words}"))}
    harmless = {"tooth knocked out", "burst pipe", "pipe burst", "no heat"}
    assert set(alarms) <= harmless


@pytest.mark.parametrize(
    ("name", "words", "emergency", "then"),
    [
        ("dentist", "my son's front tooth got knocked out", "knocked_out_tooth", "transfer"),
        ("plumber", "a pipe burst and the kitchen is flooding", "flooding", "transfer"),
        ("plumber", "it smells like gas in here", "gas", "advise"),
        ("mechanic", "my car broke down on the highway", "live_lane", "transfer"),
        ("locksmith", "I locked my baby in the car", "locked_in", "transfer"),
        ("massage-therapist", "my doctor says I have a blood clot", "blood_clot", "message"),
        ("photographer", "our photographer cancelled and the wedding is tomorrow", "event_within_days", "transfer"),
        ("realtor", "the offer expires tonight", "offer_deadline", "transfer"),
        ("tattoo-artist", "I think my new tattoo is infected", "infection", "transfer"),
        ("home-inspector", "our inspection deadline is tomorrow", "deadline", "transfer"),
        ("photographer", "I want to kill myself", "suicide", "advise"),
    ],
)
def test_what_is_done_depends_on_the_emergency(name: str, words: str, emergency: str, then: str) -> None:
    found = find_emergency(demo_business(name), words)
    assert found is not None
    assert (found.name, found.then) == (emergency, then)


def test_danger_to_life_comes_before_the_trades_own() -> None:
    found = find_emergency(load_profession("plumber"), "the pipe burst and now I can smell gas")
    assert found is not None
    assert found.name == "gas"
    assert "911" in found.say


@pytest.mark.parametrize("name", profession_names())
def test_nobody_is_promised_a_time_of_arrival(name: str) -> None:
    for emergency in emergencies(load_profession(name)):
        said = emergency.say.lower()
        assert "minutes" not in said
        assert "on the way" not in said
        assert "will arrive" not in said


def test_who_may_die_is_told_whom_to_call() -> None:
    everyone = {emergency.name: emergency for emergency in emergencies(load_profession("photographer"))}
    for name in (
        "fire",
        "gas",
        "not_breathing",
        "unconscious",
        "heart_or_stroke",
        "locked_in",
        "crime_now",
        "bleeding",
    ):
        assert "911" in everyone[name].say
    assert "988" in everyone["suicide"].say


@pytest.mark.parametrize(
    "words",
    [
        "there's no smoke",
        "I don't see any smoke",
        "no, there is no smoke at all",
        "what if there is smoke",
        "do you handle smoke damage",
        "there was smoke two years ago",
        "we had smoke last year",
        "it isn't full of smoke",
        "what should I do if there is smoke",
        "we had smoke three years back",
        "is there smoke damage cleaning do you offer it",
    ],
)
def test_what_is_denied_supposed_or_past_is_no_fact(words: str) -> None:
    assert says(["smoke"], words)
    assert not states(["smoke"], words)


@pytest.mark.parametrize(
    "words",
    [
        "smoke",
        "No. There is smoke.",
        "no there's smoke",
        "no, there's smoke",
        "how much do you charge, there's smoke in my kitchen",
        "do you work today because there's smoke",
        "there's no time, smoke is everywhere",
        "I don't know what to do, smoke is coming out",
        "I don't know where there's smoke",
        "no no no please there's smoke",
        "I'm not kidding smoke everywhere",
        "we had it fixed two years ago and now there's smoke",
        "there's smoke in my kitchen how much do you charge",
        "please hurry if you can there's smoke",
        "I can't tell if it's smoke",
        "the alarm was nothing there's smoke today",
    ],
)
def test_what_is_told_as_a_fact_is_one(words: str) -> None:
    assert states(["smoke"], words)


def test_the_words_of_a_sign_may_be_the_denial() -> None:
    assert states(["not_breathing"], "he's not breathing")
    assert not states(["breathing trouble"], "he has no trouble breathing")


def test_a_denial_ends_where_its_words_end() -> None:
    assert states(["burner stinks"], "the burner was left on without a flame and the room stinks")
    assert not states(["burner stinks"], "the burner is off and nothing stinks")


def test_a_family_of_words_is_heard_in_each_of_them() -> None:
    sign = ["@child locked @vehicle"]
    assert all(states(sign, words) for words in ("my son is locked in the car", "my two year old got locked in a van"))
    assert not states(sign, "my wife locked the car")
    with pytest.raises(ValueError, match="no family of words 'martian'"):
        check_sign("@martian locked")


def test_a_family_stands_side_by_side_with_words() -> None:
    sign = ["im_@grown_age", "@minor_age_year_old"]
    assert all(states(sign, words) for words in ("I'm 25", "I'm thirty nine", "my fifteen year old", "a 12-year-old"))
    assert not states(sign, "I'm 9")
    assert not states(sign, "he has a 40 year old house")
    with pytest.raises(ValueError, match="no family of words 'martian_age'"):
        check_sign("im_@martian_age")


@pytest.mark.parametrize(
    "words", ["I wanna go to a quinceanera", "i want to uh go to a quinceañera", "I want um to go to a quinceañera"]
)
def test_words_are_heard_as_they_are_spoken(words: str) -> None:
    assert says(["want_to_go quinceanera"], words)


@given(st.text(max_size=300))
def test_no_words_break_it(words: str) -> None:
    find_emergency(load_profession("locksmith"), words)


@given(st.sampled_from(cases("seen")), st.sampled_from(["", "uh ", "Hi, ", "please help, "]), st.booleans())
def test_case_punctuation_and_a_hello_change_nothing(case: tuple[str, str], before: str, loud: bool) -> None:
    name, words = case
    told = f"{before}{words.upper() if loud else words}!"
    assert _found(name, told) == _found(name, words)
