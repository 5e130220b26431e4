"""The journal: rows it takes per second, and how far behind the disk is while many calls write.

Run: `.venv/bin/python -m bench.journal [--calls 200] [--seconds 5]`. Figures go into `bench/results/journal.txt`.

First a store of its own gets what so many busy calls tell, 25 rows a second each, spread over ticks of 20 ms; every
5 ms another connection looks how old the oldest row is that it cannot see yet. Then as many rows as there can be.
"""

import argparse
import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bench.machine import figure, machine
from offhook.store.engine import FILE
from offhook.store.records import NewAgent, NewCall, new_call_id
from offhook.store.store import Store, open_store

ROWS_PER_CALL_S = 25.0
TICK_S = 0.02
LOOK_S = 0.005
BURST_ROWS = 50_000
BODY = b'{"text":"I need a check-up on Tuesday","confidence":0.93,"endpoint":false}'
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SEEN = "SELECT coalesce(max(seq), -1) FROM journal_event WHERE call_id = ?"


class Load:
    """So many calls that tell what happens in them; the first is looked at."""

    def __init__(self, store: Store, calls: list[str]) -> None:
        self._writer = store.journal_writer
        self._calls = calls
        self._seqs = dict.fromkeys(calls, 0)
        self.told_at: list[float] = []
        """When row n of the first call was told."""
        self.rows = 0

    async def tell(self, until: float) -> None:
        """At the calls' own pace."""
        loop = asyncio.get_running_loop()
        share, due = 0.0, loop.time()
        while due < until:
            self._append(self._calls[0])
            self.told_at.append(loop.time())
            share += (len(self._calls) - 1) * ROWS_PER_CALL_S * TICK_S
            for _ in range(int(share)):
                self._append(self._calls[1 + self.rows % (len(self._calls) - 1)])
            share -= int(share)
            due += TICK_S
            await asyncio.sleep(max(0.0, due - loop.time()))

    def burst(self, rows: int) -> None:
        """All at once."""
        for at in range(rows):
            self._append(self._calls[at % len(self._calls)])

    def _append(self, call: str) -> None:
        self._writer.append(call, self._seqs[call], 1.0, "Partial", BODY)
        self._seqs[call] += 1
        self.rows += 1


async def look(load: Load, connection: sqlite3.Connection, call: str, until: float) -> list[float]:
    """Seconds that the disk was behind, each time it was looked at."""
    loop = asyncio.get_running_loop()
    behind: list[float] = []
    while (now := loop.time()) < until:
        (seen,) = connection.execute(SEEN, (call,)).fetchone()
        waiting = load.told_at[seen + 1 :]
        behind.append(now - waiting[0] if waiting else 0.0)
        await asyncio.sleep(LOOK_S)
    return behind


async def main(calls: int, seconds: float) -> None:
    """Print one figure per line."""
    loop = asyncio.get_running_loop()
    with tempfile.TemporaryDirectory(prefix="offhook-bench-") as folder:
        async with open_store(Path(folder)) as store:
            names = await open_calls(store, calls)
            load = Load(store, names)
            with closing(sqlite3.connect(Path(folder) / FILE)) as connection:
                began, until = time.process_time(), loop.time() + seconds
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(load.tell(until))
                    looking = tasks.create_task(look(load, connection, names[0], until))
                cpu_s = time.process_time() - began
                told = load.rows
                await store.journal_writer.flush()
                began = loop.time()
                load.burst(BURST_ROWS)
                appended_s = loop.time() - began
                await store.journal_writer.flush()
                burst_s = loop.time() - began
                (kept,) = connection.execute("SELECT count(*) FROM journal_event").fetchone()
            assert kept == load.rows, f"{kept} of {load.rows} rows are on disk"
    behind = np.array(looking.result()) * 1000
    print(f"machine: {machine()}")
    figure(f"rows told by {calls} calls", told / seconds, "per second")
    figure("CPU for it, writer and onlooker included", 100 * cpu_s / seconds, "% of a core", 1)
    figure("disk behind, median", float(np.median(behind)), "ms", 1)
    figure("disk behind, 99 of 100 times at most", float(np.percentile(behind, 99)), "ms (goal: 50)", 1)
    figure("disk behind, at most", float(behind.max()), "ms", 1)
    figure("one row told, on the call's path", 1e6 * appended_s / BURST_ROWS, "us", 2)
    figure("rows written, at most", BURST_ROWS / burst_s, "per second")


async def open_calls(store: Store, calls: int) -> list[str]:
    """Calls that may be written about."""
    await store.beat("bench", now=NOW)
    route = await store.set_up(NewAgent("Bench", "Ava", "dentist", {}, ("+15005550007",)), now=NOW)
    names: list[str] = []
    for _ in range(calls):
        new = NewCall(new_call_id(NOW), route.tenant, route.agent, "simulated", "", route.number)
        await store.open_call(new, process="bench", now=NOW)
        names.append(new.id)
    return names


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=5.0)
    given = parser.parse_args()
    asyncio.run(main(given.calls, given.seconds))
