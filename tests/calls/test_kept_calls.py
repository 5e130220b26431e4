"""A process that is killed in the middle of a call leaves the call's transcript, and another closes the call."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from offhook.calls.tape import read
from offhook.receptionist.outcome import Outcome
from offhook.store.journal import Pace
from offhook.store.records import CallState
from offhook.store.store import open_store
from tests.store.open_stores import NOW

SCRIPT = Path(__file__).parent / "one_process.py"
SAID = ["I would like to book a cleaning", "tomorrow at ten in the morning"]


@contextmanager
def process(folder: Path, name: str) -> Iterator["subprocess.Popen[str]"]:
    """A process in a call; killed at the end, if it was not."""
    command = [sys.executable, "-W", "ignore", str(SCRIPT), str(folder), name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            yield running
        finally:
            running.kill()


def answer(running: "subprocess.Popen[str]") -> str:
    """The call's id, once what was said is due to be on disk."""
    assert running.stdout is not None
    told, call_id = running.stdout.readline().split()
    assert told == "ok"
    return call_id


def say(running: "subprocess.Popen[str]", words: str) -> str:
    assert running.stdin is not None
    print(words, file=running.stdin, flush=True)
    return answer(running)


async def test_a_killed_process_leaves_its_calls_transcript_and_another_closes_it(tmp_path: Path) -> None:
    with process(tmp_path, "killed") as running:
        call_id = answer(running)
        for words in SAID:
            say(running, words)
        running.send_signal(signal.SIGKILL)
    async with open_store(tmp_path) as store, open_store(tmp_path) as another:
        before = await store.call(call_id)
        assert before.state is CallState.OPEN
        assert [turn.caller for turn in before.turns] == ["", *SAID]
        assert all(turn.agent for turn in before.turns), "what the agent had said was lost"
        assert await store.close_abandoned(now=NOW + timedelta(seconds=59)) == [], "it may yet be taken up"
        assert await store.close_abandoned(now=NOW + timedelta(seconds=61)) == [call_id]
        assert await another.close_abandoned(now=NOW + timedelta(seconds=61)) == [], "closed twice"
        after = await store.call(call_id)
        assert (after.state, after.outcome) == (CallState.INTERRUPTED, Outcome.INTERRUPTED)
        assert after.transcript == before.transcript
        began, tape = read((entry.at, entry.kind, entry.body) for entry in await store.journal(call_id))
        talk = began.conversation()
        for entry in tape:
            if entry.command is None:
                _ = talk.receive(entry.event, now=entry.at) if entry.event else talk.wake(now=entry.at)
        assert [said.text for said in talk.history if said.speaker == "caller"] == SAID


def test_the_journal_is_no_more_than_50_ms_behind() -> None:
    assert Pace().gather_s <= 0.03, "the writing itself takes some of the 50 ms"


async def test_a_call_whose_process_still_beats_is_left_alone(tmp_path: Path) -> None:
    with process(tmp_path, "beating") as running:
        call_id = say(running, SAID[0]) if answer(running) else ""
        async with open_store(tmp_path) as store:
            later = NOW + timedelta(minutes=10)
            await store.beat("beating", now=later - timedelta(seconds=10))
            assert await store.close_abandoned(now=later) == []
            assert (await store.call(call_id)).state is CallState.OPEN
        say(running, SAID[1])  # it goes on as if nothing had been
