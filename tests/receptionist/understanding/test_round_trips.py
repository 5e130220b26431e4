"""What is said is understood again: every date, time, number and name survives being spoken."""

from datetime import date, time, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from offhook.conversation.speech_text import speech_text
from offhook.conversation.spoken import phone_as_text, phone_in_groups, say_day, say_email, say_time, spell_out
from offhook.conversation.spoken_numbers import cardinal, digits
from offhook.receptionist.understanding.email import find_email
from offhook.receptionist.understanding.name import find_name
from offhook.receptionist.understanding.numbers import find_number, spoken_digits
from offhook.receptionist.understanding.phone import correct_phone, find_phone
from offhook.receptionist.understanding.when import find_when, merge
from tests.receptionist.understanding.phrases import NOW

_DAYS = st.integers(0, 500).map(lambda days: NOW.date() + timedelta(days=days))
_TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 5, 10, 15, 20, 30, 40, 45, 50, 55]))
_OPEN_TIMES = st.builds(time, st.integers(8, 18), st.sampled_from([0, 15, 30, 45]))
_PHONES = st.tuples(st.integers(200, 999), st.integers(200, 999), st.integers(0, 9999)).map(
    lambda parts: f"+1{parts[0]}{parts[1]}{parts[2]:04}"
)
_NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=10)


@given(_DAYS, _TIMES)
def test_a_day_and_time_written_are_understood(day: date, at: time) -> None:
    when = find_when(f"{say_day(day, NOW.date())} at {say_time(at)}", now=NOW)
    assert when is not None
    assert (when.day, when.at, when.problem, when.hour_guessed) == (day, at, None, False)


@given(_DAYS, _TIMES)
def test_a_day_and_time_spoken_are_understood(day: date, at: time) -> None:
    said = speech_text(f"{say_day(day, NOW.date())} at {say_time(at)}").text.replace(",", "").lower()
    when = find_when(said, now=NOW)
    assert when is not None
    assert (when.day, when.at, when.problem) == (day, at, None)


@given(_DAYS, st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%B %d %Y", "%d %B %Y", "%b %d, %Y"]))
def test_a_written_date_is_understood(day: date, form: str) -> None:
    when = find_when(day.strftime(form), now=NOW)
    assert when is not None
    assert when.day == day


@given(_OPEN_TIMES)
def test_a_bare_time_falls_in_business_hours(at: time) -> None:
    assume(at.hour < 18 or at.minute == 0)
    said = f"{at.hour % 12 or 12}:{at.minute:02}"
    when = find_when(said, now=NOW, asked=True)
    assert when is not None
    assert when.at is not None
    assert 8 <= when.at.hour <= 19


@given(_DAYS, _TIMES)
def test_day_and_time_said_one_after_the_other_are_one_wish(day: date, at: time) -> None:
    first = find_when(say_day(day, NOW.date()), now=NOW, asked=True)
    then = find_when(f"at {say_time(at)}", now=NOW, asked=True)
    assert first is not None
    assert then is not None
    both = merge(first, then)
    assert (both.day, both.at) == (day, at)


@given(_DAYS, _DAYS, _TIMES)
def test_the_last_correction_wins(day: date, other: date, at: time) -> None:
    text = f"{say_day(other, NOW.date())} at {say_time(at)}. No wait, make it {say_day(day, NOW.date())}"
    when = find_when(text, now=NOW)
    assert when is not None
    assert (when.day, when.at) == (day, at)


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_taken_without_error(text: str, asked: bool) -> None:
    find_when(text, now=NOW, asked=asked)
    find_name(text, asked=asked)
    find_phone(text, country="US", asked=asked)
    find_email(text, asked=asked)


@given(_PHONES)
def test_a_telephone_number_is_understood_written_and_spoken(number: str) -> None:
    for said in (phone_as_text(number), phone_in_groups(number), phone_in_groups(number).replace(",", ""), number):
        heard = find_phone(f"it's {said}", country="US", asked=True)
        assert heard is not None
        assert heard.e164 == number
        assert heard.complete


@given(_PHONES, st.integers(0, 9999))
def test_the_end_of_a_number_is_corrected(number: str, end: int) -> None:
    assert correct_phone(number, f"no sorry, {digits(f'{end:04}')} at the end") == f"{number[:-4]}{end:04}"


@given(_NAMES)
def test_a_spelled_name_is_understood(name: str) -> None:
    for said in (spell_out(name), spell_out(name).replace(",", "").lower(), "-".join(name.upper())):
        heard = find_name(said, asked=True)
        assert heard is not None
        assert heard.name.lower() == name
        assert heard.spelled


@given(_NAMES, st.sampled_from(["gmail.com", "yahoo.co.uk", "my-shop.org"]))
def test_an_email_spelled_is_understood(local: str, domain: str) -> None:
    assert find_email(say_email(f"{local}@{domain}"), asked=True) == f"{local}@{domain}"


@given(st.integers(0, 999_999))
def test_a_number_in_words_is_understood(number: int) -> None:
    assert find_number(cardinal(number)) == number


@given(st.text("0123456789", min_size=1, max_size=12))
def test_digits_one_by_one_are_understood(figure: str) -> None:
    assert spoken_digits(digits(figure)) == figure
