"""Whole calls, judged on what the caller heard and on what is stored."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime

import pytest
from structlog.testing import capture_logs

from offhook.conversation.patience import Patience
from offhook.conversation.speech_text import speech_text
from offhook.conversation.wording import APOLOGY, GOODBYE_SILENT, MOMENT, STILL_THERE
from offhook.receptionist.outcome import Outcome
from offhook.store.records import CallState, CallSummary, TenantId
from tests.calls.coded_sound import SOUND
from tests.calls.doubles import Caller, CodeReader, PiecesModel, Step, ToneVoice, at, polite, when_hears
from tests.calls.house import HELLO, House, one_call, run
from tests.receptionist.diary_in_memory import DiaryInMemory

LONG = " ".join(f"word{chr(97 + n)}{end}" for n in range(26) for end in ("cx", "tz"))


def agent_said(summary: CallSummary) -> str:
    return " ".join(turn.agent for turn in summary.turns if turn.agent)


def caller_said(summary: CallSummary) -> str:
    return " ".join(turn.caller for turn in summary.turns if turn.caller)


def answering(*pieces: str) -> PiecesModel:
    return PiecesModel(lambda _: pieces)


def ask(what: str = "where are you", quiet_s: float = 1.0) -> tuple[Step, Step]:
    return polite(what), polite("<hang up>", quiet_s)


def test_a_greeting_is_heard_at_once() -> None:
    caller = Caller(polite("<hang up>"))
    summary = one_call(House(), caller)
    assert caller.text() == HELLO
    assert caller.words()[0].at < 0.3 * 8000
    assert (summary.state, summary.outcome) == (CallState.ENDED, Outcome.ABANDONED)
    assert agent_said(summary) == HELLO


def test_a_booking_from_the_first_word_to_the_diary() -> None:
    house = House()
    caller = Caller(
        polite("I would like to book a cleaning"),
        polite("tomorrow at ten in the morning"),
        polite("Ada Lovelace"),
        polite("yes"),
        polite("two one two five five five zero one four seven"),
        polite("yes"),
        polite("no"),
        polite("no"),
        polite("yes"),
        polite("no thank you bye"),
        polite("<hang up>", quiet_s=3.0),
    )
    summary = one_call(house, caller)
    (diary,) = house.store.diaries.values()
    assert summary.outcome is Outcome.BOOKED
    assert [(made.service, made.starts_at.isoformat(), made.name, made.phone) for made in diary.appointments] == [
        ("teeth cleaning", "2026-11-24T10:00:00-05:00", "Ada Lovelace", "+12125550147")
    ]
    assert speech_text(agent_said(summary)).text == caller.text()


def test_a_barge_in_is_obeyed_at_once_and_remembered_to_the_word() -> None:
    house = House(models=[PiecesModel(lambda request: ["Yes."] if "stop" in request.history[-1].text else [LONG])])
    caller = Caller(
        polite("tell me all about it"), when_hears("worducx", "stop that now please"), polite("<hang up>", quiet_s=1.0)
    )
    summary = one_call(house, caller)
    began = caller.said[1][1] - 0.1 * 4
    told = [word for word in caller.words() if word.word.startswith("word")]
    assert told[-1].ends / 8000 - began <= 0.25, "the agent talked on"
    whole = [word.word for word in told if word.samples == SOUND]
    assert agent_said(summary).split()[len(HELLO.split()) :] == [*whole, "Yes."]


def test_a_cough_is_waited_out_and_not_a_word_is_missing() -> None:
    house = House(models=[answering(LONG)])
    caller = Caller(polite("tell me"), when_hears("wordkcx", "uh-huh"), polite("<hang up>", quiet_s=1.0))
    summary = one_call(house, caller)
    assert caller.text() == f"{HELLO} {LONG}"
    assert agent_said(summary) == f"{HELLO} {LONG}"
    assert caller_said(summary) == "tell me"


def test_the_greeting_can_be_spoken_into() -> None:
    caller = Caller(at(0.2, "where are you located"), polite("<hang up>", quiet_s=1.0))
    summary = one_call(House(models=[answering("On Main Street.")]), caller)
    assert caller_said(summary) == "where are you located"
    assert caller.text().endswith("On Main Street.")


@pytest.mark.parametrize("breaks", ["<hang>", "<die>"])
@pytest.mark.parametrize("before", [[], ["Let me see. "]])
def test_a_model_that_breaks_is_followed_by_the_script(breaks: str, before: list[str]) -> None:
    caller = Caller(*ask("what are your opening hours", quiet_s=5.0))
    model = PiecesModel(lambda _: [*before, breaks])
    summary = one_call(House(models=[model]), caller)
    assert "open" in agent_said(summary).removeprefix(HELLO)
    assert APOLOGY not in agent_said(summary)
    assert model.writing == 0


def test_a_model_that_says_nothing_leaves_nobody_in_silence() -> None:
    caller = Caller(*ask("what are your opening hours"))
    summary = one_call(House(models=[answering()]), caller)
    assert len(agent_said(summary)) > len(HELLO)


@pytest.mark.parametrize("breaks", ["fails", "goes silent"])
def test_a_voice_that_breaks_ends_in_the_recorded_apology(breaks: str) -> None:
    voice = ToneVoice(breaks="fails" if breaks == "fails" else "goes silent", breaks_after=3)
    caller = Caller(*ask(quiet_s=9.0))
    summary = one_call(House(models=[answering("One two three four five six.")], voice=voice), caller)
    assert caller.text().endswith(APOLOGY)
    assert agent_said(summary) == caller.text()
    assert (summary.state, summary.reason) == (CallState.ENDED, "no_voice")
    assert voice.open_speeches == 0


@pytest.mark.parametrize("by_utterance", [False, True])
@pytest.mark.parametrize("breaks_at", [1, 2, 3, 4, 5, 6])
def test_a_recognizer_that_breaks_is_opened_again_and_no_word_is_lost(breaks_at: int, by_utterance: bool) -> None:
    recognizer = CodeReader(fails_after_words=breaks_at, by_utterance=by_utterance)
    caller = Caller(polite("where are you"), polite("is it far"), polite("<hang up>", quiet_s=1.0))
    summary = one_call(House(models=[answering("Yes.")], recognizer=recognizer), caller)
    assert recognizer.opened == 2
    assert caller_said(summary) == "where are you is it far"


@pytest.mark.parametrize("by_utterance", [False, True])
def test_what_is_said_before_the_recognizer_is_open_is_heard(by_utterance: bool) -> None:
    recognizer = CodeReader(refuses=1, by_utterance=by_utterance)
    caller = Caller(at(0.02, "where are you located"), polite("<hang up>", quiet_s=1.0))
    summary = one_call(House(models=[answering("Here.")], recognizer=recognizer), caller)
    assert caller_said(summary) == "where are you located"


def test_a_recognizer_that_is_gone_for_good_ends_the_call_politely() -> None:
    caller = Caller(polite("where are you"))
    summary = one_call(House(recognizer=CodeReader(refuses=99), patience=Patience(silence=9.0)), caller)
    assert caller.text().endswith("Please call again in a few minutes. Goodbye.")
    assert summary.state is CallState.ENDED


def test_a_recognizer_that_owes_its_last_words_is_not_waited_for() -> None:
    caller = Caller(*ask())
    summary = one_call(House(models=[answering("Here.")], recognizer=CodeReader(hangs=True)), caller)
    assert caller_said(summary) == "where are you"
    assert caller.text().endswith("Here.")


def test_a_process_that_is_broken_off_has_stored_its_calls() -> None:
    house, caller = House(), Caller(polite("where are you"))

    async def main() -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(4.0), house.open():
                await house.take(caller)

    run(main())
    [summary] = house.store.summaries.values()
    assert (summary.state, summary.outcome) == (CallState.ENDED, Outcome.ANSWERED)


def test_bursts_and_gaps_lose_no_word() -> None:
    caller = Caller(*ask("one two three four five six"), loses=lambda frame: frame % 7 in {1, 2, 3, 4})
    summary = one_call(House(models=[answering("Good.")]), caller)
    assert caller_said(summary) == "one two three four five six"


class SlowDiary(DiaryInMemory):
    """Takes four seconds to write."""

    @asynccontextmanager
    async def writing(self, *, now: datetime) -> AsyncGenerator[DiaryInMemory, None]:
        await asyncio.sleep(4.0)
        yield self


def test_a_slow_action_is_covered_and_done_once() -> None:
    house = House()
    diary = house.store.diaries[TenantId(2)] = SlowDiary()
    caller = Caller(
        *(
            polite(said)
            for said in ("I would like to book a cleaning", "tomorrow at ten in the morning", "Ada Lovelace")
        ),
        *(polite("yes") for _ in range(6)),
        polite("<hang up>", quiet_s=3.0),
    )
    summary = one_call(house, caller)
    assert MOMENT in caller.text()
    assert len(diary.appointments) == 1
    assert summary.outcome is Outcome.BOOKED


def test_keys_are_answered() -> None:
    caller = Caller(polite("#2125550147"), polite("<hang up>", quiet_s=1.0))
    model = answering("Thanks.")
    summary = one_call(House(models=[model]), caller)
    assert caller_said(summary) == "2125550147"
    assert caller.text().endswith("Thanks.")


def test_a_silent_caller_is_asked_twice_and_let_go() -> None:
    caller, house = Caller(), House()
    summary = one_call(house, caller)
    assert caller.text() == f"{HELLO} {STILL_THERE} {STILL_THERE} {GOODBYE_SILENT}"
    assert (summary.state, summary.reason) == (CallState.ENDED, "caller_silent")
    told = [entry.kind for entry in house.store.journal_writer.entries[summary.id]]
    assert told.count("Played") <= 3 * summary.seconds, "the journal is filled while nobody speaks"


def test_a_locked_database_is_not_heard() -> None:
    house = House(models=[answering("Good.")])
    house.store.locked = 2
    caller = Caller(polite("where are you"), polite("and when"), polite("<hang up>"))
    summary = one_call(house, caller)
    assert caller.text() == f"{HELLO} Good. Good."
    assert summary.state is CallState.ENDED
    assert agent_said(summary) == caller.text()


class BadScreen(Caller):
    """A line with a fault of ours: it raises when it is to show this word."""

    def __init__(self, word: str, *steps: Step) -> None:
        super().__init__(*steps)
        self._word = word

    def show(self, note: Mapping[str, object]) -> None:
        if self._word in str(note):
            raise ZeroDivisionError


def test_a_mistake_of_ours_ends_one_call_with_an_apology_and_touches_no_other() -> None:
    house = House(models=[answering("Good.")])
    broken = BadScreen("when", polite("where are you"), polite("and when"))
    other = Caller(polite("where are you"))
    calls = ((broken, "CA1"), (other, "CA2"))

    async def main() -> tuple[CallSummary, CallSummary]:
        async with house.open(), asyncio.TaskGroup() as tasks:
            both = [tasks.create_task(house.take(caller, call_sid=sid)) for caller, sid in calls]
        first, second = (each.result() for each in both)
        assert isinstance(first, CallSummary)
        assert isinstance(second, CallSummary)
        return first, second

    with capture_logs() as records:
        first, second = run(main())
    assert broken.text().endswith(APOLOGY)
    assert (first.state, first.outcome, first.reason) == (CallState.ENDED, Outcome.FAILED, "error")
    assert (second.state, second.reason) == (CallState.ENDED, "caller_silent")
    assert other.text().startswith(f"{HELLO} Good.")
    assert [error.kind for error in house.store.journal_writer.errors if error.call == first.id] == [
        "call_broken",
        "call_failed",
    ]
    mishaps = [record for record in records if record["log_level"] == "error"]
    assert {record["event"] for record in mishaps} == {"call_broken", "call_failed"}
    assert {(record["call"], record["call_sid"], record["tenant"]) for record in mishaps} == {
        (first.id, "CA1", first.tenant)
    }
