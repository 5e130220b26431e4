"""The receptionist with models that are played here: what is asked again, noted, refused, rounded off."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from offhook.conversation.actions import Action, ActionKind, ActionResult, Receipt
from offhook.conversation.commands import Think, Utterance
from offhook.conversation.events import ActionProposed, FormNoted, ReplyText
from offhook.conversation.form import Answer, Form, FormChange, Question, QuestionKind
from offhook.providers.errors import ProviderUnavailable
from offhook.providers.llm import Piece, Request, Text, ToolCall
from offhook.receptionist import prompt_text
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.form_notes import FREE, OFFERED
from offhook.receptionist.generation import Generation
from offhook.receptionist.receptionist import MOST_REQUESTS, Receptionist, Written

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))
DENTIST = demo_business("dentist")
ASKED_PHONE = Form(asking=Question("phone", QuestionKind.PHONE))
WHOLE = Form(
    wants="book",
    answers={
        "service": Answer("teeth cleaning"),
        "start": Answer("2026-11-24T15:00"),
        "name": Answer("Maria Lopez"),
        "phone": Answer("+12125550147"),
    },
)


@dataclass
class Played:
    """A model that says what it was given, answer by answer, and dies where there is a None."""

    answers: list[list[Piece | None]]
    name: str = "played"
    requests: list[Request] = field(default_factory=list)

    async def reply(self, request: Request) -> AsyncGenerator[Piece, None]:
        self.requests.append(request)
        for piece in self.answers.pop(0) if self.answers else []:
            if piece is None:
                raise ProviderUnavailable(self.name, "gone", "Look.")
            yield piece


@dataclass
class Answered:
    """What came of one `Think`."""

    events: list[Written]
    generations: list[Generation]

    @property
    def text(self) -> str:
        return "".join(event.text for event in self.events if isinstance(event, ReplyText))

    @property
    def actions(self) -> list[Action]:
        return [event.action for event in self.events if isinstance(event, ActionProposed)]

    def form(self, before: Form) -> Form:
        for event in self.events:
            if isinstance(event, FormNoted):
                before = before.changed(event.change)
        return before


async def answered(
    *models: Played,
    said: str = "hello",
    before: str = "How can I help?",
    form: Form | None = None,
    results: tuple[ActionResult, ...] = (),
    begun: str = "",
) -> Answered:
    history = (Utterance("agent", before), Utterance("caller", said))
    think = Think(1, history, form or Form(), begun=begun, results=results)
    made: list[Generation] = []
    reply = Receptionist(DENTIST, models).reply(think, now=NOW, record=made.append)
    return Answered([event async for event in reply], made)


def call(name: str, /, **arguments: object) -> ToolCall:
    return ToolCall("c", name, arguments)


async def test_what_is_certain_is_noted_before_a_model_is_asked() -> None:
    model = Played([[Text("Thanks.")]])
    came = await answered(model, said="it's 212 555 0147", form=ASKED_PHONE)
    assert came.events[0] == FormNoted(1, FormChange(answers={"phone": "+12125550147"}))
    assert "phone: +12125550147" in model.requests[0].system


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("my name is Maria Lopez", {"name": "Maria Lopez"}),
        ("call me at 212-555-0147", {"phone": "+12125550147"}),
        ("my email is maria@example.com", {"email": "maria@example.com"}),
        ("I am in pain", {}),
        ("can I come on the 24th at 10?", {}),
    ],
)
async def test_facts_told_unasked(said: str, noted: dict[str, str]) -> None:
    came = await answered(Played([[Text("I see.")]]), said=said)
    assert {name: answer.value for name, answer in came.form(Form()).answers.items()} == noted


async def test_a_number_told_in_parts_is_put_together() -> None:
    first = (await answered(Played([[Text("Go on?")]]), said="212 555", form=ASKED_PHONE)).form(ASKED_PHONE)
    asked = first.changed(FormChange(asking=ASKED_PHONE.asking))
    assert asked.value("phone") is None
    second = await answered(Played([[Text("Thanks.")]]), said="0147", form=asked)
    assert second.form(asked).value("phone") == "+12125550147"


async def test_a_bare_name_is_heard_where_it_was_asked_for() -> None:
    asked = Form(asking=Question("name", QuestionKind.NAME))
    assert (await answered(Played([[Text("Thanks.")]]), said="Maria Lopez", form=asked)).form(asked).value("name") == (
        "Maria Lopez"
    )


async def test_the_script_goes_on_where_a_dead_model_stopped() -> None:
    came = await answered(Played([[Text("We'll find something, and then "), None]]), said="a teeth cleaning please")
    assert came.text == "We'll find something, ... Have you been to our practice before?"


async def test_what_the_form_holds_is_not_overwritten_by_code() -> None:
    came = await answered(Played([[Text("I see.")]]), said="my wife's name is Ann, 646 555 0188", form=WHOLE)
    assert came.form(WHOLE).answers == WHOLE.answers


async def test_a_note_alone_is_no_reply() -> None:
    model = Played([[call("note", wants="book")], [Text("What day would suit you?")]])
    came = await answered(model)
    assert came.text == "What day would suit you?"
    assert prompt_text.NOTED in model.requests[1].system
    assert "wants: book" in model.requests[1].system
    assert "note" not in {tool.name for tool in model.requests[1].tools}


async def test_a_notes_values_are_brought_into_their_form() -> None:
    noted = {
        "service": "cleaning",
        "start": "tomorrow at 3 pm",
        "phone": "(212) 555-0147",
        "_offered": "x",
        "name": "?",
    }
    came = await answered(Played([[call("note", answers=noted), Text("Fine.")]]))
    assert {name: answer.value for name, answer in came.form(Form()).answers.items()} == {
        "service": "teeth cleaning",
        "start": "2026-11-24T15:00",
        "phone": "+12125550147",
    }


async def test_a_model_cannot_confirm_what_the_caller_has_not_heard() -> None:
    note = call("note", answers={"email": "a@b.com"}, confirmed=["email", "phone", "name"])
    yes = await answered(Played([[note, Text("Fine.")]]), said="yes", form=WHOLE)
    assert [name for name in yes.form(WHOLE).answers if yes.form(WHOLE).is_confirmed(name)] == ["name", "phone"]
    no = await answered(Played([[note, Text("Fine.")]]), said="no that's wrong", form=WHOLE)
    assert not any(answer.confirmed for answer in no.form(WHOLE).answers.values())


@pytest.mark.parametrize(
    ("before", "said", "booked"),
    [
        ("So that's a cleaning on Tuesday, November 24th at 3 pm. Shall I book that?", "yes please", True),
        ("So that's a cleaning on Wednesday at 3 pm. Shall I book that?", "yes please", False),
        ("So that's a cleaning on Tuesday, November 24th at 3 pm. Shall I book that?", "hm, how much is it?", False),
        ("So that's a cleaning on Tuesday, November 24th at 3 pm. Shall I book that?", "no", False),
        ("How can I help?", "yes", False),
    ],
)
async def test_a_booking_needs_a_yes_to_its_time(before: str, said: str, booked: bool) -> None:
    model = Played([[call("book")], [Text("So that's it?")]])
    came = await answered(model, before=before, said=said, form=WHOLE)
    assert [action.kind for action in came.actions] == ([ActionKind.BOOK] if booked else [])
    if not booked:
        assert model.requests[1].results[0].problem == "not_confirmed"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"service": "rocket launch"}, "unknown_service"),
        ({"start": "the 45th of Octember"}, "incomplete"),
        ({"start": "2026-11-24"}, "incomplete"),
        ({"phone": "12"}, "incomplete"),
        ({"name": "???"}, "incomplete"),
        ({"service": ["a", "list"]}, "not_confirmed"),
    ],
)
async def test_nonsense_comes_back_as_a_problem(arguments: dict[str, object], problem: str) -> None:
    model = Played([[call("book", **arguments)], [Text("Sorry?")]])
    came = await answered(model, form=WHOLE)
    assert came.actions == []
    assert came.text == "Sorry?"
    assert model.requests[1].results[0].problem == problem
    assert prompt_text.REFUSED in model.requests[1].system


async def test_spoken_dates_are_resolved_by_code() -> None:
    model = Played([[call("find_slots", service="a cleaning", day="tomorrow", after="3 pm", part="afternoon")]])
    (action,) = (await answered(model)).actions
    assert action.arguments == {
        "service": "teeth cleaning",
        "day": "2026-11-24",
        "after": "15:00",
        "part": "afternoon",
    }


async def test_a_false_claim_is_corrected_and_the_model_told() -> None:
    model = Played([[Text("You're booked for Tuesday at 3 pm. ")], [Text("What's your name?")]])
    came = await answered(model)
    assert came.text == "Let me check that before I confirm it. What's your name?"
    assert prompt_text.NOT_DONE in model.requests[1].system
    assert model.requests[1].begun == "Let me check that before I confirm it. "


async def test_nothing_is_left_of_a_sentence_that_began_with_a_false_claim() -> None:
    model = Played([[Text("You're booked, and a text is on its way, Maria. Bye!")], [Text("What's your name?")]])
    assert (await answered(model)).text == "Let me check that before I confirm it. Bye! What's your name?"


async def test_a_model_that_keeps_on_claiming_is_followed_by_the_script() -> None:
    model = Played([[Text("You're booked for Tuesday at 3 pm.")] for _ in range(9)])
    came = await answered(model, said="I'd like a teeth cleaning")
    assert len(model.requests) == MOST_REQUESTS
    assert came.generations[-1].model == "scripted"
    assert came.text == "Let me check that before I confirm it. Have you been to our practice before?"


async def test_a_claim_may_be_made_once_its_receipt_is_there() -> None:
    receipt = Receipt("r", ActionKind.BOOK, {"service": "teeth cleaning", "start": "2026-11-24T15:00"})
    done = ActionResult(Action("1.1", ActionKind.BOOK), receipt)
    form = WHOLE.with_receipt(receipt)
    came = await answered(Played([[Text("You're booked for Tuesday at 3 pm.")]]), form=form, results=(done,))
    assert came.text == "You're booked for Tuesday at 3 pm."


async def test_what_was_done_is_told_where_the_model_is_silent() -> None:
    receipt = Receipt("r", ActionKind.BOOK, {"service": "teeth cleaning", "start": "2026-11-24T15:00"})
    done = ActionResult(Action("1.1", ActionKind.BOOK), receipt)
    came = await answered(Played([[]]), form=WHOLE.with_receipt(receipt), results=(done,), begun="One moment. ")
    assert came.text.strip() == "You're booked for a teeth cleaning on Tuesday, November 24th at 3 pm."


async def test_slots_that_were_found_are_noted_for_whoever_goes_on() -> None:
    found = ActionResult(Action("1.1", ActionKind.FIND_SLOTS), slots=("2026-11-24T15:00", "2026-11-25T09:00"))
    form = Form(answers={FREE: Answer("2026-11-24T09:00,2026-11-24T15:00")})
    came = await answered(Played([[Text("I have tomorrow at 3 pm.")]]), form=form, results=(found,))
    assert came.text == "I have tomorrow at 3 pm."
    assert came.form(form).value(OFFERED) == "2026-11-24T15:00,2026-11-25T09:00"
    assert came.form(form).value(FREE) == "2026-11-24T09:00,2026-11-24T15:00,2026-11-25T09:00"


async def test_after_a_booking_free_times_are_looked_up_again() -> None:
    receipt = Receipt("r", ActionKind.BOOK, {"service": "teeth cleaning", "start": "2026-11-24T15:00"})
    form = Form(answers={FREE: Answer("2026-11-24T15:00,2026-11-24T15:30"), OFFERED: Answer("2026-11-24T15:30")})
    done = ActionResult(Action("1.1", ActionKind.BOOK), receipt)
    came = await answered(Played([[Text("You're all set.")]]), form=form.with_receipt(receipt), results=(done,))
    assert came.form(form).answers == {}


async def test_a_time_nobody_found_is_not_offered() -> None:
    model = Played([[Text("I have Tuesday at 3 pm free.")], [call("find_slots", service="teeth cleaning")]])
    came = await answered(model)
    assert came.text.strip() == "Let me check what's free."
    assert [action.kind for action in came.actions] == [ActionKind.FIND_SLOTS]


async def test_the_call_is_not_ended_without_a_word() -> None:
    came = await answered(Played([[call("end_call")]]), said="bye")
    assert came.text == prompt_text.GOODBYE
    assert [action.kind for action in came.actions] == [ActionKind.END_CALL]


async def test_the_question_of_a_model_is_noted() -> None:
    came = await answered(Played([[Text("Sure. What's the best number to reach you?")]]))
    assert came.form(Form()).asking == Question("phone", QuestionKind.PHONE)


async def test_a_reply_without_a_question_asks_nothing() -> None:
    came = await answered(Played([[Text("We're open until 6 pm.")]]), form=ASKED_PHONE, said="how late are you open?")
    assert came.form(ASKED_PHONE).asking is None


async def test_who_follows_a_dead_model_knows_what_the_caller_answered() -> None:
    first = Played([[Text("Thanks. What day suits you? And "), None]])
    second = Played([[Text("when?")]])
    came = await answered(first, second, form=ASKED_PHONE, said="212 555 0147")
    assert second.requests[0].form.asking == ASKED_PHONE.asking
    assert second.requests[0].form.value("phone") == "+12125550147"
    assert second.requests[0].begun == "Thanks. What day suits you? "
    assert came.text == "Thanks. What day suits you? when?"


async def test_words_are_parted_where_one_model_follows_another_round() -> None:
    found = ActionResult(Action("1.1", ActionKind.ANSWER_FROM_FACTS), facts={"text": "x"})
    came = await answered(Played([[Text("Yes, we do.")]]), results=(found,), begun="One moment.")
    assert came.text == " Yes, we do."


@pytest.mark.parametrize(
    ("pieces", "spoken"),
    [
        (["Certainly, we ", "are open."], "we are open."),
        (["Certain", "ly, ", "we are open."], "we are open."),
        (["Certainly we are open."], "Certainly we are open."),
        (["we are open."], "we are open."),
        (["Cert"], "Cert"),
        (["Certainly,"], ""),
    ],
)
async def test_a_model_that_begins_again_is_not_heard_twice(pieces: list[str], spoken: str) -> None:
    came = await answered(Played([[Text(piece) for piece in pieces]]), begun="Certainly, ")
    assert came.text.strip() == spoken


async def test_a_read_back_counts_later_if_it_was_answered_with_yes() -> None:
    note = call("note", confirmed=["service", "start", "name", "phone"])
    before = "So that's a cleaning on Tuesday, November 24th at 3 pm. Shall I book that?"
    confirmed = (await answered(Played([[note, Text("Any notes?")]]), before=before, said="yes", form=WHOLE)).form(
        WHOLE
    )
    (action,) = (await answered(Played([[call("book")]]), before="Any notes?", said="none", form=confirmed)).actions
    assert action.kind is ActionKind.BOOK


async def test_a_time_that_was_not_read_back_is_not_confirmed() -> None:
    note = call("note", confirmed=["service", "start", "name", "phone"])
    came = await answered(Played([[note, Text("Fine.")]]), before="Is Maria right?", said="yes", form=WHOLE)
    assert not came.form(WHOLE).is_confirmed("start")


async def test_each_request_of_a_reply_is_recorded_by_itself() -> None:
    first = Played([[call("note", wants="book")], [Text("Sure"), None]])
    came = await answered(first, Played([[Text("fine.")]], name="other"))
    assert [(made.model, made.attempt, made.complete) for made in came.generations] == [
        ("played", 0, True),
        ("played", 1, False),
        ("other", 2, True),
    ]
