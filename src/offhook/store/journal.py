"""The journal's way to disk: plain calls in, one transaction for all calls every few hundredths of a second.

A call's hot path costs a tuple and a list's `append`. A task of the store's gathers for `Pace.gather_s`, then one
thread writes everything with `executemany` on a bare connection (SQLAlchemy compiles the statements once; its cursors
would cost several times the rows). So a killed process loses less than 50 ms of its calls. A disk that is full or
locked loses nothing either: the rows wait and are tried again every `Pace.retry_s`; when `SPILL` of them wait, or the
process ends, they are written to a store of the same schema in the system's folder for temporary files, which is told.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

import structlog

from offhook.store.engine import connect, prepare
from offhook.store.errors import JournalBehind, UnusableStore
from offhook.store.records import ErrorRecord, Generation, Turn
from offhook.store.statements import BAD_ROW, Batch, Rows, rows_of, write_all, write_singly

SPILL = 100_000
"""Rows that wait for a disk before they go elsewhere; about 30 MB, or half a minute of 200 busy calls."""
ROWS = 200_000
"""Rows that wait at most. Further ones are dropped and counted."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The journal's waits, in seconds."""

    gather_s: float = 0.025
    """How long rows are gathered; with the writing itself it stays under the 50 ms that the journal may be behind."""
    busy_s: float = 2.0
    """How long one try waits for another writer's lock."""
    retry_s: float = 0.5
    """Between two tries to write what could not be written."""
    flush_s: float = 10.0
    """How long `flush` waits at most."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of writing a batch."""

    refused: int = 0
    """Rows the database will never take."""
    trouble: str | None = None
    """Why nothing was written."""
    spilled: Path | None = None
    """Where it was written instead; else it is worth another try."""


class JournalWriter:
    """Gathers what running calls tell and writes it behind their backs."""

    def __init__(self, file: Path, pace: Pace | None = None) -> None:
        self._file = file
        self._pace = pace or Pace()
        self._batch = Batch()
        self._flying = Batch()
        self._told = asyncio.Event()
        self._hurry = asyncio.Event()
        self._waiting: list[asyncio.Future[None]] = []
        self._stopping = False
        self._in_trouble = False
        self._dropped = 0
        self._log = structlog.get_logger("offhook.store")

    def append(self, call_id: str, seq: int, at: float, kind: str, body: bytes) -> None:
        """Event `seq` of a call, `at` seconds after its start; `body` is JSON. Never waits, never raises."""
        rows = self._batch.events
        if len(rows) >= ROWS:
            self._dropped += 1
            return
        rows.append((call_id, seq, at, kind, body))
        if not self._told.is_set():
            self._told.set()

    def turn(self, call_id: str, turn: Turn) -> None:
        """A turn as far as it has come; a later one with the same `n` takes its place."""
        self._batch.turns[call_id, turn.n] = turn
        self._told.set()

    def generation(self, call_id: str, generation: Generation) -> None:
        """What a model was asked and said; told again (another fate) it takes the place of the first."""
        self._batch.generations[call_id, generation.reply, generation.attempt] = generation
        self._told.set()

    def prompt(self, call_id: str, digest: str, text: str) -> None:
        """The full text behind a prompt's hash; told twice in a call it is kept once."""
        self._batch.prompts[call_id, digest] = text
        self._told.set()

    def error(self, error: ErrorRecord, *, now: datetime) -> None:
        """An error, as a structured record."""
        if len(self._batch.errors) < ROWS:
            self._batch.errors.append((now, error))
            self._told.set()

    async def flush(self) -> None:
        """Return when everything told so far is on disk; raises JournalBehind after `Pace.flush_s`."""
        written = asyncio.get_running_loop().create_future()
        self._waiting.append(written)
        self._told.set()
        self._hurry.set()
        try:
            async with asyncio.timeout(self._pace.flush_s):
                await written
        except TimeoutError:
            raise JournalBehind(
                f"The journal was not written within {self._pace.flush_s:g} s. The log says why; it is tried again."
            ) from None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write while this is entered; leaving it, in whatever way, writes the rest."""
        with (
            ThreadPoolExecutor(1, "journal") as thread,
            closing(connect(self._file, busy_s=self._pace.busy_s)) as connection,
        ):

            def write(batch: Batch) -> Future[Result]:
                spill = self._stopping or len(batch) >= SPILL
                return thread.submit(_write, connection, batch, spill=spill)

            left_by: BaseException | None = None
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._write_on(write), name="journal")
                    try:
                        yield
                    except BaseException as error:
                        left_by = error
                        raise
                    finally:
                        self._stopping = True
                        self._told.set()
                        self._hurry.set()
            except BaseExceptionGroup:
                if left_by is None:
                    raise
            finally:
                self._leave(write)
            if left_by is not None:
                raise left_by  # as it was, not in a group of one

    async def _write_on(self, write: Callable[[Batch], Future[Result]]) -> None:
        while not self._stopping:
            await self._told.wait()
            await self._gather()
            self._told.clear()
            self._hurry.clear()
            self._flying, self._batch = self._batch, Batch()
            waiting, self._waiting = self._waiting, []
            result = await asyncio.wrap_future(write(self._flying))
            flown, self._flying = self._flying, Batch()
            self._tell(result)
            if result.trouble is None or result.spilled is not None:
                for written in waiting:
                    if not written.done():
                        written.set_result(None)
            else:
                self._batch = flown.followed_by(self._batch)
                self._waiting = waiting + self._waiting
                self._told.set()
                await asyncio.sleep(self._pace.retry_s)

    async def _gather(self) -> None:
        try:
            async with asyncio.timeout(self._pace.gather_s):
                await self._hurry.wait()
        except TimeoutError:
            return

    def _leave(self, write: Callable[[Batch], Future[Result]]) -> None:
        """Write what is left. Blocks for a moment: nothing else runs any more, and the task may have been cancelled."""
        rest = self._flying.followed_by(self._batch)
        if len(rest):
            result = write(rest).result()
            self._tell(result)
            if result.trouble is not None and result.spilled is None:
                self._log.error("journal_lost", rows=len(rest), trouble=result.trouble)

    def _tell(self, result: Result) -> None:
        """Log what somebody must know, once."""
        if result.refused:
            self._log.error("journal_rows_refused", rows=result.refused)
        if result.spilled is not None:
            self._log.error("journal_spilled", folder=str(result.spilled), remedy="Open it with --data to read it.")
        if result.trouble is not None and not self._in_trouble:
            self._log.error("journal_not_written", trouble=result.trouble, remedy="Make room, or end what locks it.")
        elif result.trouble is None and self._in_trouble:
            self._log.warning("journal_written_again", dropped=self._dropped)
            self._dropped = 0
        self._in_trouble = result.trouble is not None


def _write(connection: sqlite3.Connection, batch: Batch, *, spill: bool) -> Result:
    """In the journal's thread."""
    rows = rows_of(batch)
    try:
        try:
            write_all(connection, rows)
        except BAD_ROW:
            return Result(refused=write_singly(connection, rows))
    except sqlite3.Error as error:
        return Result(trouble=str(error), spilled=_spill(rows) if spill else None)
    return Result()


def _spill(rows: list[tuple[str, Rows]]) -> Path | None:
    """Write to a store of its own, where there may be room; None: there is none either."""
    try:
        folder = Path(mkdtemp(prefix="offhook-journal-"))
        with closing(connect(prepare(folder))) as elsewhere:
            write_singly(elsewhere, rows)
    except (OSError, sqlite3.Error, UnusableStore):
        return None
    return folder
