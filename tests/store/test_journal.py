"""The journal reaches the disk whole and in order, whatever stands in its way."""

import asyncio
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from offhook.store import journal
from offhook.store.engine import FILE, prepare
from offhook.store.errors import JournalBehind, NotFound
from offhook.store.journal import JournalWriter, Pace
from offhook.store.records import ErrorRecord, Fate, Generation, JournalEntry, Severity, Turn
from tests.store.open_stores import NOW, House, open_house

IMPATIENT = Pace(gather_s=0.0, busy_s=0.0, retry_s=0.0, flush_s=0.05)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program holds the database."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def kinds(file: Path, call: str) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT kind FROM journal_event WHERE call_id = ? ORDER BY seq"
        return [kind for (kind,) in connection.execute(query, (call,))]


async def test_what_is_told_is_read_back_in_order(house: House) -> None:
    call = await house.call(await house.tenant())
    for seq in (0, 2, 1):
        house.store.journal_writer.append(call, seq, seq / 4, "Partial", b'{"text": "caf\xc3\xa9"}')
    await house.store.journal_writer.flush()
    assert await house.store.journal(call) == [
        JournalEntry(seq, seq / 4, "Partial", b'{"text": "caf\xc3\xa9"}') for seq in range(3)
    ]


async def test_it_is_written_without_being_asked(house: House) -> None:
    call = await house.call(await house.tenant())
    house.store.journal_writer.append(call, 0, 0.0, "PickedUp", b"{}")
    while not await house.store.journal(call):
        pass


async def test_an_entry_is_never_rewritten(house: House) -> None:
    call = await house.call(await house.tenant())
    for kind in ("PickedUp", "HungUp"):
        house.store.journal_writer.append(call, 0, 0.0, kind, b"{}")
        await house.store.journal_writer.flush()
    assert [entry.kind for entry in await house.store.journal(call)] == ["PickedUp"]


async def test_a_turn_grows_until_it_is_finished(house: House) -> None:
    call = await house.call(await house.tenant())
    writer = house.store.journal_writer
    for turn in (Turn(0, agent="Hello"), Turn(1, caller="Hi"), Turn(1, caller="Hi", agent="Yes?", gap_ms=512.5)):
        writer.turn(call, turn)
        await writer.flush()
    summary = await house.store.call(call)
    assert summary.transcript == (("agent", "Hello"), ("caller", "Hi"), ("agent", "Yes?"))
    assert summary.turns[1].gap_ms == 512.5


async def test_a_prompt_can_be_read_again_from_its_hash(house: House) -> None:
    call = await house.call(await house.tenant())
    writer = house.store.journal_writer
    for _ in range(2):
        writer.prompt(call, "abc", "You are Ava.")
    guess = Generation(1, "dentist/3", "abc", "fake", "Hi", first_word_ms=80.0, total_ms=None, fate=Fate.DROPPED)
    writer.generation(call, guess)
    await writer.flush()
    made = Generation(1, "dentist/3", "abc", "fake", "Hello.", first_word_ms=80.0, total_ms=None, fate=Fate.KEPT)
    writer.generation(call, made)
    await writer.flush()
    assert await house.store.prompt(call, "abc") == "You are Ava."
    assert await house.store.generations(call) == [made]
    with pytest.raises(NotFound):
        await house.store.prompt(call, "abd")


async def test_an_error_is_one_structured_record(house: House) -> None:
    route = await house.tenant()
    error = ErrorRecord("provider_failed", Severity.WARNING, "providers", "the next was asked", tenant=route.tenant)
    house.store.journal_writer.error(error, now=NOW)
    await house.store.journal_writer.flush()
    assert await house.store.errors() == [(NOW, error)]


async def test_an_error_told_once_is_kept_once(house: House) -> None:
    error = ErrorRecord("agent_unusable", Severity.ERROR, "wiring", "its last good version serves", call="01c", turn=1)
    news = [await house.store.report_once("agent 1 version 2", error, now=NOW) for _ in range(3)]
    assert news == [True, False, False]
    assert await house.store.errors() == [(NOW, error)]


async def test_leaving_the_store_writes_the_rest(tmp_path: Path) -> None:
    async with open_house(tmp_path) as house:
        call = await house.call(await house.tenant())
        for seq in range(5000):
            house.store.journal_writer.append(call, seq, 0.0, "Played", b"{}")
    assert len(kinds(tmp_path / FILE, call)) == 5000


async def test_an_error_inside_leaves_as_it_is_and_still_writes(tmp_path: Path) -> None:
    async def serve() -> None:
        async with open_house(tmp_path) as house:
            house.store.journal_writer.append("01c", 0, 0.0, "PickedUp", b"{}")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await serve()
    assert kinds(tmp_path / FILE, "01c") == ["PickedUp"]


async def test_cancelling_it_all_still_writes(tmp_path: Path) -> None:
    async def serve() -> None:
        async with asyncio.timeout(None) as limit, open_house(tmp_path) as house:
            house.store.journal_writer.append("01c", 0, 0.0, "PickedUp", b"{}")
            limit.reschedule(0.0)
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        await serve()
    assert kinds(tmp_path / FILE, "01c") == ["PickedUp"]


def test_a_killed_process_leaves_its_calls(tmp_path: Path) -> None:
    told = "import sys, os, signal, asyncio; from tests.store.test_journal import die; asyncio.run(die(sys.argv[1]))"
    died = subprocess.run([sys.executable, "-c", told, str(tmp_path)], check=False, capture_output=True, text=True)
    assert died.returncode == -9, died.stderr
    assert kinds(tmp_path / FILE, "01c") == ["PickedUp", "SpeechStarted"]


async def die(folder: str) -> None:
    """Run in a process of its own."""
    import os
    import signal

    async with open_house(Path(folder)) as house:
        for seq, kind in enumerate(("PickedUp", "SpeechStarted")):
            house.store.journal_writer.append("01c", seq, 0.0, kind, b"{}")
        await house.store.journal_writer.flush()
        os.kill(os.getpid(), signal.SIGKILL)


async def test_while_the_database_is_locked_the_rows_wait(tmp_path: Path) -> None:
    file = prepare(tmp_path)
    writer = JournalWriter(file, IMPATIENT)
    with capture_logs() as logs:
        async with writer.running():
            with locked(file):
                writer.append("01c", 0, 0.0, "PickedUp", b"{}")
                with pytest.raises(JournalBehind, match="tried again"):
                    await writer.flush()
                writer.append("01c", 1, 0.1, "HungUp", b"{}")
                assert kinds(file, "01c") == []
    assert kinds(file, "01c") == ["PickedUp", "HungUp"]
    assert [log["event"] for log in logs] == ["journal_not_written", "journal_written_again"], "once, not at each try"


async def test_what_cannot_be_written_at_the_end_is_kept_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = prepare(tmp_path / "data")
    writer = JournalWriter(file, IMPATIENT)
    with capture_logs() as logs, locked(file):
        async with writer.running():
            writer.append("01c", 0, 0.0, "PickedUp", b"{}")
    assert kinds(file, "01c") == []
    spilled = next(log for log in logs if log["event"] == "journal_spilled")
    assert kinds(Path(spilled["folder"]) / FILE, "01c") == ["PickedUp"]


async def test_rows_that_find_no_room_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "ROWS", 2)
    file = prepare(tmp_path)
    writer = JournalWriter(file, IMPATIENT)
    with capture_logs() as logs:
        async with writer.running():
            with locked(file):
                for seq in range(5):
                    writer.append("01c", seq, 0.0, "Played", b"{}")
                with pytest.raises(JournalBehind):
                    await writer.flush()
    assert kinds(file, "01c") == ["Played", "Played"]
    assert logs[-1] == {"event": "journal_written_again", "dropped": 3, "log_level": "warning"}


async def test_a_bad_row_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    file = prepare(tmp_path)
    writer = JournalWriter(file, IMPATIENT)
    with capture_logs() as logs:
        async with writer.running():
            writer.append("01c", 0, 0.0, "PickedUp", b"{}")
            writer.append("01c", 2**70, 0.0, "TooFar", b"{}")
            writer.append("01c", 1, 0.0, "Torn\ud800", b"{}")
            writer.append("01c", 2, 0.0, "HungUp", b"\xff")
            await writer.flush()
    assert kinds(file, "01c") == ["PickedUp", "HungUp"]
    assert [(log["event"], log["rows"]) for log in logs] == [("journal_rows_refused", 2)]
