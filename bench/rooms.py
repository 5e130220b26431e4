"""Where a call's CPU goes, by room: `bench/serve` under the kit's callers, sampled while all calls are up.

Run: `.venv/bin/python -m bench.rooms [--calls 40] [--seconds 30] [--speculate]`. Figures go into
`bench/results/rooms.txt`. `sampled_serve.py` says how it looks, and what it cannot see. Vendors and callers are
processes of their own and not in the figures.
"""

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.machine import figure, machine
from bench.sampled_serve import TICK_S
from bench.stand import KIT, stand

PORT = 9330
SLOW_CALLER = f"import sys; sys.path[:0] = [{str(KIT)!r}]; import caller; caller.FRAME = {TICK_S}; caller.main()"
SETTLES_S = 3.0
WRITES_S = 5
TOP = 25


async def sampled(calls: int, seconds: float, arguments: list[str], out: Path) -> None:
    """Have `out` written."""
    async with stand(PORT, command=("-m", "bench.sampled_serve", str(out)), arguments=arguments) as under_test:
        ramp_s = calls / max(2.0, calls / 15)
        hold_s = SETTLES_S + seconds + 1
        caller = [sys.executable, "-c", SLOW_CALLER, under_test.url, "--calls", str(calls), "--turns", "1"]
        calling = await asyncio.create_subprocess_exec(
            *caller, "--hold", str(hold_s), "--out", os.devnull, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            await asyncio.sleep(ramp_s + SETTLES_S)
            os.kill(under_test.pid, signal.SIGUSR1)
            await asyncio.sleep(seconds)
            os.kill(under_test.pid, signal.SIGUSR2)
            for _ in range(WRITES_S * 20):
                if await asyncio.to_thread(out.exists):
                    break
                await asyncio.sleep(0.05)
        finally:
            calling.kill()
            await calling.wait()


async def main(calls: int, seconds: float, *, speculate: bool) -> None:
    """Print one figure per line."""
    with tempfile.TemporaryDirectory(prefix="offhook-bench-") as folder:
        out = Path(folder) / "samples.json"
        await sampled(calls, seconds, ["--speculate"] * speculate, out)
        told = json.loads(out.read_text())
    rooms: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for room, where, spent in told["places"]:
        rooms[room] += spent
        places[f"{room}: {where}"] += spent
    process_s, wall_s = told["process_s"], told["wall_s"]
    rooms["other threads (journal, database)"] = process_s - told["main_s"]
    assert sum(rooms.values()) > 0.8 * process_s > 0, "most of the CPU was not seen"
    print(f"machine: {machine()}")
    print(f"{calls} calls for {wall_s:.0f} s{', speculating' * speculate}, seen {told['samples']:,} times")
    print("in % of the process's CPU:")
    for room, spent in rooms.most_common():
        figure(room, 100 * spent / process_s, "%", 1)
    figure("CPU of the process", 100 * process_s / wall_s, "% of a core", 1)
    figure("CPU of a call", 100 * process_s / wall_s / calls, "% of a core", 2)
    print("the functions with the most:")
    for where, spent in places.most_common(TOP):
        figure(f"  {where}"[:56].ljust(56), 100 * spent / process_s, "%", 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--speculate", action="store_true")
    given = parser.parse_args()
    asyncio.run(main(given.calls, given.seconds, speculate=given.speculate))
