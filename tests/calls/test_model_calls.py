"""Whole calls with a model: typed, through the real heart, with the kit's fake on a real socket."""

from pathlib import Path

from offhook.conversation.form import QuestionKind
from tests.calls.model_call import model_call, says, tool

BOOKED = ("teeth cleaning", "2026-11-24T15:00", "Maria Lopez", "+12125550147")
READ_BACK = (
    "So that's a teeth cleaning on Tuesday, November 24th at 3 pm, for Maria Lopez at 212-555-0147. Shall I book that?"
)


async def test_a_model_books_by_tool_calls(tmp_path: Path) -> None:
    async with model_call(tmp_path) as call:
        call.vendors[0].script(
            says("", tool("note", wants="book", answers={"service": "cleaning"})),
            says("What day and time would suit you?"),
            says("One moment.", tool("find_slots", service="cleaning", day="tomorrow", after="3 pm")),
            says(
                "Tomorrow at 3 pm is free. What's your name and number?",
                tool("note", answers={"start": "tomorrow at 3"}),
            ),
            says(READ_BACK),
            says("", tool("note", confirmed=["service", "start", "name", "phone"]), tool("book")),
            says("You're booked for Tuesday, November 24th at 3 pm. Anything else?"),
            says("Goodbye!", tool("end_call")),
        )
        await call.hold(
            "I'd like a teeth cleaning",
            "tomorrow at three",
            "My name is Maria Lopez, 212 555 0147",
            "Yes please",
            "No, bye",
        )
        assert call.appointments == [BOOKED]
        assert call.outcome == "booked"
        assert call.replies[-3:] == [
            READ_BACK,
            "You're booked for Tuesday, November 24th at 3 pm. Anything else?",
            "Goodbye!",
        ]
        assert call.replies[2] == "One moment. Tomorrow at 3 pm is free. What's your name and number?"
        assert call.forms[1].asking is not None
        assert call.forms[1].asking.kind is QuestionKind.DAY_AND_TIME


async def test_every_generation_is_journalled_with_its_prompt(tmp_path: Path) -> None:
    async with model_call(tmp_path) as call:
        call.vendors[0].script(says("We're open until 6 pm today."))
        await call.hold("how late are you open?")
        (made,) = call.generations
        assert made.template == "receptionist/1 dentist"
        assert made.model == "openai/fake-0"
        assert made.response == "We're open until 6 pm today."
        assert made.first_word_ms is not None


async def test_what_was_not_done_is_not_claimed(tmp_path: Path) -> None:
    async with model_call(tmp_path) as call:
        call.vendors[0].script(
            says("You're booked for Tuesday at 3 pm, and we'll text you. See you then!"),
            says("What name should I put it under?"),
        )
        await call.hold("a cleaning tomorrow at three please")
        assert (
            call.replies[1] == "Let me check that before I confirm it. See you then! What name should I put it under?"
        )
        assert call.appointments == []


async def test_nonsense_arguments_come_back_to_the_model(tmp_path: Path) -> None:
    async with model_call(tmp_path) as call:
        call.vendors[0].script(
            says("", tool("book", service="rocket launch", start="the 45th of Octember", name="???", phone="12")),
            says("Sorry, what would you like to come in for?"),
        )
        await call.hold("hello")
        assert call.replies[1] == "Sorry, what would you like to come in for?"
        told = call.vendors[0].asked[-1]["messages"][-1]
        assert told["role"] == "tool"
        assert '"problem":"unknown_service"' in told["content"]
        assert call.appointments == []


async def test_an_unknown_tool_is_refused_and_the_caller_answered(tmp_path: Path) -> None:
    async with model_call(tmp_path) as call:
        call.vendors[0].script(says("", tool("launch_rocket", when="now")), says("How can I help you?"))
        await call.hold("hello")
        assert call.replies[1] == "How can I help you?"


async def test_nothing_is_booked_without_a_yes(tmp_path: Path) -> None:
    async with model_call(tmp_path) as call:
        call.vendors[0].script(
            says("", tool("book", service="teeth cleaning", start="tomorrow at 3 pm")),
            says(READ_BACK),
            says("", tool("book", service="teeth cleaning", start="tomorrow at 3 pm")),
            says("You're all set."),
        )
        await call.hold("My name is Maria Lopez, 212 555 0147, a teeth cleaning tomorrow at 3 pm", "yes")
        assert call.replies[1] == READ_BACK
        assert '"problem":"not_confirmed"' in call.vendors[0].asked[1]["messages"][-1]["content"]
        assert READ_BACK in call.vendors[0].asked[1]["messages"][-1]["content"]
        assert call.appointments == [BOOKED]


async def test_a_model_that_dies_in_a_sentence_is_followed_by_the_next(tmp_path: Path) -> None:
    async with model_call(tmp_path, models=2) as call:
        first, second = call.vendors
        first.script(says("Certainly, we are open until six today and tomorrow as well."))
        first.fault("llm", "close")
        second.script(says("we are open until six."))
        await call.hold("how late are you open?")
        assert call.replies[1] == "Certainly, we are open until six."
        asked = second.asked[0]["messages"]
        assert asked[-1]["role"] == "assistant"
        assert asked[-1]["content"].strip() == "Certainly,"
        assert [made.model for made in call.generations] == ["openai/fake-0", "openai/fake-1"]


async def test_when_the_model_dies_the_script_asks_nothing_twice(tmp_path: Path) -> None:
    async with model_call(tmp_path) as call:
        call.vendors[0].script(
            says("Sure. What's your name?", tool("note", wants="book", answers={"service": "teeth cleaning"})),
            says("Thanks. What's the best number to reach you?"),
            says("Are you a new patient?"),
        )
        await call.hold(
            "a teeth cleaning please",
            "my name is Maria Lopez",
            "212 555 0147",
            lambda: call.vendors[0].fault("llm", "http_error", count=None),
            "no, I've been there before",
            "tomorrow at three",
            "yes",
        )
        said = " ".join(call.replies[4:]).lower()
        assert "your name" not in said
        assert "number" not in said
        assert "new patient" not in said
        assert call.appointments == [BOOKED]


async def test_an_emergency_is_answered_by_code_beside_any_model(tmp_path: Path) -> None:
    async with model_call(tmp_path) as call:
        call.vendors[0].script(says("That sounds fine, let us book a cleaning."))
        await call.hold("I can't breathe, my throat is swelling")
        assert "911" in call.replies[1]
        assert call.vendors[0].asked == []
        assert call.outcome == "emergency"


async def test_the_kits_replies_pass_unchanged_where_no_bookings_are_taken(tmp_path: Path) -> None:
    async with model_call(tmp_path, takes_bookings=False) as call:
        await call.hold("case 1000", "case 1001", "case 1002", "case 1003")
        assert call.replies[1:] == [
            "Certainly, I have case 1000 open here and we can see you on Tuesday at ten thirty. "
            "Would you like me to confirm that by text message?",
            "Thank you, I found case 1001 and the earliest free slot is tomorrow at a quarter past four. "
            "Shall I put your name down for it now?",
            "Of course, for case 1002 our office is open until six this evening and parking is free. "
            "Is there anything else that you would like to know?",
            "I understand, case 1003 is with our senior technician and he can call you back within the hour. "
            "Which number is the best one to reach you?",
        ]
        asked = call.vendors[0].asked[0]
        assert {"book", "find_slots", "cancel", "reschedule"}.isdisjoint(
            each["function"]["name"] for each in asked["tools"]
        )
