"""A profession file is whole and true to the schema, or says what is wrong with it."""

from pathlib import Path

import pytest

from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.facts import find_service
from offhook.receptionist.objections import answer_to, find_objection, find_refusal
from offhook.receptionist.profession_file import (
    BadProfessionFile,
    every_profession,
    load_profession,
    profession_names,
    unknown_placeholders,
)
from offhook.receptionist.wording import says

NINE = (
    "dentist",
    "home-inspector",
    "locksmith",
    "massage-therapist",
    "mechanic",
    "photographer",
    "plumber",
    "realtor",
    "tattoo-artist",
)
PROFESSIONS = Path("src/offhook/receptionist/professions")

FIRST_WORDS = [
    ("dentist", "I'd like to get my teeth cleaned", "teeth cleaning"),
    ("dentist", "i have a terrible toothache", "emergency visit"),
    ("dentist", "I need a checkup", "check-up"),
    ("dentist", "need my wisdom teeth out", "extraction"),
    ("dentist", "i chipped my front tooth", "emergency visit"),
    ("plumber", "my kitchen sink is clogged", "drain cleaning"),
    ("plumber", "the toilet keeps running", "toilet repair"),
    ("plumber", "we've got no hot water", "water heater repair"),
    ("plumber", "there's a leak under the sink", "leak repair"),
    ("plumber", "I want a new water heater", "water heater replacement"),
    ("mechanic", "i need an oil change for my civic", "oil change"),
    ("mechanic", "my check engine light came on", "diagnostic"),
    ("mechanic", "the brakes are squeaking", "brake service"),
    ("mechanic", "my car needs its inspection", "state inspection"),
    ("locksmith", "I'm locked out of my apartment", "home lockout"),
    ("locksmith", "i locked my keys in the car", "car lockout"),
    ("locksmith", "can you rekey my locks, i just moved in", "lock rekey"),
    ("locksmith", "I'd like a deadbolt put on", "lock installation"),
    ("massage-therapist", "I'd like a deep tissue massage", "deep tissue massage"),
    ("massage-therapist", "do you have a ninety minute massage", "long Swedish massage"),
    ("massage-therapist", "i'm pregnant and would love a massage", "prenatal massage"),
    ("massage-therapist", "a massage please", "Swedish massage"),
    ("photographer", "I need headshots for work", "headshot session"),
    ("photographer", "we're getting married next June", "consultation"),
    ("photographer", "family pictures for the holidays", "family session"),
    ("realtor", "I want to sell my house", "listing consultation"),
    ("realtor", "we're looking to buy a home", "buyer consultation"),
    ("realtor", "can I see the apartment on Dean Street", "property showing"),
    ("tattoo-artist", "i want a small rose on my wrist", "small tattoo"),
    ("tattoo-artist", "looking for a cover up of an old tattoo", "cover-up consultation"),
    ("tattoo-artist", "I'd like to start a half sleeve", "large tattoo session"),
    ("home-inspector", "I need a home inspection", "home inspection"),
    ("home-inspector", "can you test for radon", "radon test"),
    ("home-inspector", "we're buying a condo and need it inspected", "condo inspection"),
]


def test_the_nine_professions_are_there() -> None:
    assert profession_names() == NINE


@pytest.mark.parametrize("name", NINE)
def test_a_profession_has_all_that_a_business_needs(name: str) -> None:
    profession = load_profession(name)
    business = demo_business(name)

    assert len(profession.services) >= 7
    assert len(profession.system_prompt.split()) > 200
    assert profession.objections
    assert profession.refusals
    assert profession.emergencies
    assert profession.ticket_value.usd_low <= profession.ticket_value.usd_default <= profession.ticket_value.usd_high
    assert any(target.for_emergencies for target in business.targets)
    topics = {topic.name for topic in (*profession.topics, *every_profession().topics)}
    assert set(business.extra_facts) <= topics, "a fact that nobody can ask for"


@pytest.mark.parametrize("name", NINE)
def test_what_must_be_asked_stays_short(name: str) -> None:
    profession = load_profession(name)
    assert all(len(profession.questions_for(service.name)) <= 3 for service in profession.services)
    assert profession.questions_for(profession.default_service)


def test_each_profession_asks_what_no_other_does() -> None:
    asked = {name: {question.ask for question in load_profession(name).intake if question.required} for name in NINE}
    for name, questions in asked.items():
        others = set().union(*(other for another, other in asked.items() if another != name))
        assert questions - others


@pytest.mark.parametrize("name", NINE)
def test_a_demo_business_is_open_on_working_days_until_six(name: str) -> None:
    business = demo_business(name)
    for weekday in range(5):
        (span,) = business.hours[weekday]
        assert span.opens.hour <= 9
        assert span.closes.hour >= 18
    assert (business.places, business.slot_minutes, str(business.zone)) == (1, 15, "America/New_York")


@pytest.mark.parametrize("name", NINE)
def test_whatever_is_said_is_speakable(name: str) -> None:
    profession = load_profession(name)
    said = [emergency.say for emergency in (*profession.emergencies, *every_profession().emergencies)]
    said += [each.say for each in (*profession.objections, *profession.refusals)]
    said += [question.ask for question in profession.intake]
    for sentence in said:
        assert len(sentence.split()) <= 45
        assert not set(sentence) & set("*#_[]<>`")


@pytest.mark.parametrize(("name", "words", "service"), FIRST_WORDS)
def test_a_caller_gets_the_service_they_speak_of(name: str, words: str, service: str) -> None:
    found = find_service(demo_business(name), words)
    assert found is not None
    assert found.name == service


@pytest.mark.parametrize(
    ("name", "words", "limit"),
    [
        ("dentist", "do you think it's infected", "diagnosis"),
        ("dentist", "how much ibuprofen can I take", "medicine"),
        ("massage-therapist", "do you do happy endings", "sexual_solicitation"),
        ("realtor", "is that a safe neighborhood", "steering"),
        ("tattoo-artist", "I'm sixteen but my mom is okay with it", "minor"),
        ("home-inspector", "do you think it will pass", "verdict"),
        ("locksmith", "it's my ex's house", "not_yours"),
        ("mechanic", "is it safe to drive like that", "is_it_safe"),
        ("plumber", "how soon can you be here", "arrival_time"),
    ],
)
def test_limits_are_kept(name: str, words: str, limit: str) -> None:
    refusal = find_refusal(demo_business(name), words)
    assert refusal is not None
    assert refusal.name == limit


def test_solicitation_ends_the_call_and_plain_wishes_do_not() -> None:
    business = demo_business("massage-therapist")
    refusal = find_refusal(business, "is there anything extra at the end, you know, a happy ending")
    assert refusal is not None
    assert refusal.then == "end_call"
    for plain in (
        "I'd like a full body massage",
        "my lower back needs some relief",
        "is the therapist female",
        "two people",
    ):
        assert find_refusal(business, plain) is None


@pytest.mark.parametrize("name", NINE)
def test_every_ready_made_answer_can_be_said(name: str) -> None:
    business = demo_business(name)
    profession = business.profession
    for objection in (*profession.objections, *profession.refusals, *every_profession().objections):
        assert "{" not in answer_to(business, objection)


@pytest.mark.parametrize(
    ("name", "field", "words", "told", "denied"),
    [
        ("tattoo-artist", "adult", "I'm twenty three", True, False),
        ("tattoo-artist", "adult", "I'm seventeen", False, True),
        ("tattoo-artist", "adult", "I'm free on December 21", False, False),
        ("tattoo-artist", "adult", "about 15 inches", False, False),
        ("locksmith", "right_to_enter", "I have my license with me", True, False),
        ("locksmith", "right_to_enter", "I don't have any ID", False, True),
        ("locksmith", "right_to_enter", "I don't have my key", False, False),
        ("realtor", "has_agent", "can I speak with an agent", False, False),
        ("realtor", "has_agent", "we're working with a realtor", True, False),
        ("mechanic", "vehicle", "it's a 2015 Honda Civic", True, False),
        ("plumber", "address", "I live at 12 Oak Street", True, False),
        ("dentist", "been_before", "I'm a new patient", False, True),
    ],
)
def test_what_callers_tell_unasked_is_known(name: str, field: str, words: str, *, told: bool, denied: bool) -> None:
    question = next(question for question in load_profession(name).intake if question.field == field)
    assert says(question.denied_by, words) == denied
    assert told == (says(question.told_by, words) and not denied)


def test_a_caller_is_told_that_the_assistant_is_automated() -> None:
    business = demo_business("plumber")
    objection = find_objection(business, "am I talking to a real person")
    assert objection is not None
    assert answer_to(business, objection).startswith("I'm an automated assistant for Clearwater Plumbing.")


def _changed(tmp_path: Path, old: str, new: str) -> Path:
    text = (PROFESSIONS / "dentist.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "dentist.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_a_file_of_ones_own_is_loaded_by_its_path(tmp_path: Path) -> None:
    path = _changed(tmp_path, 'title = "dental practice"', 'title = "orthodontist"')
    assert load_profession(path).title == "orthodontist"
    assert load_profession(str(path)).title == "orthodontist"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{business}", "{practice}", "{practice} is not known"),
        ("at {address}", "at {address", "system_prompt"),
        ("This is the automated assistant.", "", "automated assistant"),
        ('kind = "yes_no"', 'kind = "maybe"', "intake.1.kind"),
        ("minutes = 30", 'minutes = "30"', "services.0.minutes"),
        ("required = true", "requierd = true", "`intake.0.requierd`: there is no such field"),
        ('default_service = "check-up"', 'default_service = "checkup"', "default_service"),
        ('only_for = ["emergency visit"]', 'only_for = ["emergency"]', "there is no service 'emergency'"),
        ("usd_to = 150", "usd_to = 15", "services.0.usd_to"),
        ('field = "pain"', 'field = "phone"', "is asked in every call"),
        ('then = "transfer"', 'then = "panic"', "emergencies"),
        ("estimate = true", "estimate = false", "ticket_value.estimate"),
        ('"date_of birth"', '"Date_of birth"', "told_by"),
        ("[booking_flow]", "[booking_flow", "not TOML"),
        ("[[intake]]", "[[questions]]", "`questions`: there is no such field"),
        ('title = "dental practice"', "", "`title`: is missing"),
    ],
)
def test_an_error_names_file_field_and_remedy(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(BadProfessionFile) as caught:
        load_profession(_changed(tmp_path, old, new))
    message = str(caught.value)
    assert message.startswith("dentist.toml: ")
    assert told in message
    assert message.rstrip(".").rsplit(". ", 1)[-1].startswith("Correct")


def test_all_errors_are_told_at_once(tmp_path: Path) -> None:
    path = _changed(tmp_path, 'kind = "yes_no"', 'kind = "maybe"')
    path.write_text(path.read_text(encoding="utf-8").replace("minutes = 30", "minutes = 0"), encoding="utf-8")
    with pytest.raises(BadProfessionFile, match=r"(?s)services\.0\.minutes.*intake\.1\.kind"):
        load_profession(path)


def test_an_unknown_profession_is_answered_with_the_known() -> None:
    with pytest.raises(BadProfessionFile, match=r"no profession 'barber'.*dentist, home-inspector"):
        load_profession("barber")


def test_a_missing_file_and_one_that_is_not_text_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadProfessionFile, match=r"missing\.toml: there is no such file\. Check the path\."):
        load_profession(tmp_path / "missing.toml")
    (tmp_path / "bytes.toml").write_bytes(b"name = \xff")
    with pytest.raises(BadProfessionFile, match=r"bytes\.toml: byte 7 is not UTF-8"):
        load_profession(tmp_path / "bytes.toml")


def test_a_tenants_own_template_can_be_checked() -> None:
    known = frozenset({"business"})
    assert unknown_placeholders("Hello from {business}", known) == ()
    assert unknown_placeholders("Hello {name}", known) == ("name",)
    with pytest.raises(ValueError, match="alone"):
        unknown_placeholders("{business!r}", known)
