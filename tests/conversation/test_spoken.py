"""Values are spoken so that a caller understands them, and a voice gets words only."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offhook.conversation.speech_text import speech_text
from offhook.conversation.spoken import (
    joined,
    phone_as_text,
    phone_in_groups,
    say_day,
    say_email,
    say_price,
    say_time,
    spell_out,
)
from offhook.conversation.spoken_numbers import cardinal, ordinal, year

_REPLIES = (
    ("We open at 9 am and close at 6:30 pm.", "We open at nine a m and close at six thirty p m."),
    ("That is $85 to $120.", "That is eighty-five to one hundred twenty dollars."),
    ("$1,200", "twelve hundred dollars"),
    ("$85.50 or £1", "eighty-five dollars and fifty cents or one pound"),
    ("Your number is 212-555-0147, right?", "Your number is two one two, five five five, oh one four seven, right?"),
    ("Call (212) 555-0147 now.", "Call two one two, five five five, oh one four seven now."),
    ("call 911 now", "call nine one one now"),
    ("Tuesday, November 24th at 3:30 pm", "Tuesday, November twenty-fourth at three thirty p m"),
    ("Nov. 24, 2026 at 10:00", "November twenty-fourth, twenty twenty-six at ten o'clock"),
    ("2026-12-01", "December first, twenty twenty-six"),
    ("**Great!** \U0001f600 See you then.", "Great! See you then."),
    ("- one\n- two \U0001f600", "one two"),
    ("# Hours\n* Mon\u2013Fri", "Hours Monday to Friday"),
    ("Visit https://x.com/a now.", "Visit our website now."),
    ("[Book here](http://x.y/z) today", "Book here today"),
    ("It's j.smith92@yahoo.co.uk.", "It's j dot smith nine two at yahoo dot co dot uk."),
    ("Dr. Lee is at 12 Main St.", "Doctor Lee is at twelve Main Street."),
    ("Dr. Smith lives on Elm Dr.", "Doctor Smith lives on Elm Drive."),
    ("150 West 4th St., New York, NY 10012", "one hundred fifty West fourth Street, New York, NY one oh oh one two"),
    ("St. Mary's - near Main St", "Saint Mary's near Main Street"),
    ("It takes 60 min. and 1 hr", "It takes sixty minutes and one hour"),
    ("S, H, A, Y, N, E", "S, H, A, Y, N, E"),
    ("20% off, #4, 24/7", "twenty percent off, number four, twenty-four seven"),
    ("1,200 sq ft", "twelve hundred square feet"),
    ("the 1980s", "the nineteen eighties"),
    ("9 am - 6 pm", "nine a m to six p m"),
    ("", ""),
    ("\U0001f600 ***", ""),
)


@pytest.mark.parametrize(("reply", "spoken"), _REPLIES)
def test_a_reply_is_given_to_a_voice_in_words(reply: str, spoken: str) -> None:
    assert speech_text(reply).text == spoken


_SCRAPS = st.sampled_from(
    [
        *(
            "Hello,",
            "you're",
            "booked:",
            "**bold**",
            "3:30",
            "pm",
            "$85",
            "to",
            "$120.",
            "212-555-0147",
            "(212)",
            "1/2",
        ),
        *("555-0147", "j@x.com", "https://a.b/c", "-", "24th", "Nov.", "\U0001f44d", "St.", "Dr.", "5%", "2026-12-01"),
        *("&", "+", "[a", "b](c)", "...", "#1", "9-5", "10:00,", "60", "min", "\u2014", "caf\u00e9", "O'Brien", "007"),
        *("\u00bd", "\u0663", "12345678901234567890"),
    ]
)


@given(st.one_of(st.lists(_SCRAPS, max_size=12).map(" ".join), st.text(max_size=80)))
def test_every_source_word_is_accounted_for(reply: str) -> None:
    speech = speech_text(reply)
    assert len(speech.ends) == len(speech.text.split())
    assert list(speech.ends) == sorted(speech.ends)
    assert not speech.ends or speech.ends[-1] == len(reply.split())


@given(st.lists(_SCRAPS, max_size=12).map(" ".join))
def test_no_sign_reaches_a_voice(reply: str) -> None:
    spoken = speech_text(reply).text
    assert not set(spoken) & set("0123456789*#_`$%@/[]()&+\U0001f44d\u2014")


@given(st.lists(st.sampled_from(_REPLIES), min_size=1, max_size=4))
def test_clauses_are_spoken_as_they_would_be_alone(pieces: list[tuple[str, str]]) -> None:
    whole = speech_text(". ".join(reply for reply, _ in pieces if reply))
    assert len(whole.ends) == len(whole.text.split())


def test_telephone_numbers_are_grouped() -> None:
    assert phone_in_groups("+12125550147") == "two one two, five five five, oh one four seven"
    assert phone_as_text("+12125550147") == "212-555-0147"
    assert phone_as_text("+442079460958") == "+44-207-946-0958"


def test_values_are_said_as_people_say_them() -> None:
    assert spell_out("Shayne") == "S, H, A, Y, N, E"
    assert spell_out("O'Neil Lee") == "O, apostrophe, N, E, I, L; L, E, E"
    assert [say_time(time(15, 30)), say_time(time(9)), say_time(time(12)), say_time(time(0, 5))] == [
        "3:30 pm",
        "9 am",
        "12 pm",
        "12:05 am",
    ]
    today = date(2026, 11, 23)
    assert say_day(date(2026, 11, 24), today) == "tomorrow, Tuesday, November 24th"
    assert say_day(today, today) == "today, Monday, November 23rd"
    assert say_day(date(2027, 1, 12), today) == "Tuesday, January 12th, 2027"
    assert say_price(8500, 12000, "USD") == "$85 to $120"
    assert say_price(120050) == "$1,200.50"
    assert say_price(500, currency="JPY") == "500 JPY"
    assert say_email("j.s@x.co") == "J, dot, S, at x dot co"
    assert joined(("a", "b", "c"), "or") == "a, b, or c"
    assert [year(1905), year(2000), year(2005), year(1900)] == [
        "nineteen oh five",
        "two thousand",
        "two thousand five",
        "nineteen hundred",
    ]
    assert [ordinal(12), ordinal(30), ordinal(101)] == ["twelfth", "thirtieth", "one hundred first"]
    assert cardinal(1_250_000) == "one million two hundred fifty thousand"
