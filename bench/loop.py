"""The longest time the event loop was blocked while simulated calls run in it.

Run: `.venv/bin/python -m bench.loop [--parts kit|built-in] [--calls 20]`. Figures go into `bench/results/loop.txt`.

The callers are in the same process, so what they cost counts too. With `kit` the vendors are the kit's fakes and the
callers speak its clips; with `built-in` the callers book an appointment with the embedded engines, whose children use
the machine's cores as well: few calls, then. A watch asks to be woken every millisecond; what it is late by is time in
which the loop did nothing for anybody. The clock also counts time in which other processes had the core, so beside it
stands how much of the worst delay the loop's own thread was computing.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import numpy as np
import uvloop

from bench.machine import figure, machine
from bench.phone import CLIPS
from bench.stand import fakes, vendors
from offhook.audio.wav import read_wav
from offhook.calls.line import Incoming
from offhook.cli.demo import SAYS, caller_lines
from offhook.cli.serve import settle_memory
from offhook.receptionist.demo_business import demo_business
from offhook.settings import Settings, load_settings
from offhook.telephony.simulated import CallerLine, Clip, SimulatedLine
from offhook.wiring.house import House, open_house
from offhook.wiring.tenants import DEMO_NUMBER, set_up

PORT = 9320
WATCH_S = 0.001
BETWEEN_CALLS_S = 0.25
CLIPS_PER_CALL = 3


class Watch:
    """How late the loop was, each time."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.computing: list[float] = []

    async def keep(self) -> None:
        """Until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due, before = loop.time() + WATCH_S, time.thread_time()
            await asyncio.sleep(WATCH_S)
            self.late.append(loop.time() - due)
            self.computing.append(time.thread_time() - before)


def settings(parts: str, folder: Path) -> Settings:
    """As `bench/serve`, or as the demo."""
    cache, given = folder / "cache", vendors(PORT)
    if parts == "built-in":
        return load_settings(stt="pocketsphinx", tts="auto", llm="", log_level="warning")
    named = {name.lower(): value for name, value in given.items() if name.lower() in Settings.model_fields}
    return load_settings(
        stt="deepgram", llm="openai", tts="cartesia", filler=False, cache=cache, log_level="warning", **named
    )


def lines(parts: str) -> Iterator[list[CallerLine]]:
    """What one caller after the other says."""
    clips = [Clip(read_wav(path).pcm) for path in sorted(CLIPS.glob("*.wav"))]
    first = 0
    while True:
        says = caller_lines(*SAYS) if parts == "built-in" else [*clips, *clips][first : first + CLIPS_PER_CALL]
        yield [*says]
        first = (first + 1) % len(clips)


async def one_call(house: House, says: list[CallerLine], after: float) -> int:
    """A call that begins after so many seconds; returns its turns."""
    await asyncio.sleep(after)
    line = SimulatedLine(says)
    owner = house.switchboard.connect(Incoming("simulated", "", DEMO_NUMBER, "", {}), line)
    line.connect(owner)
    await line.run()
    call = await house.store.call(await house.switchboard.closed(owner))
    return len(call.turns)


async def main(parts: str, calls: int) -> None:
    """Print one figure per line."""
    watch = Watch()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="offhook-bench-")))
        if parts == "kit":
            await stack.enter_async_context(fakes(PORT))
        house = await stack.enter_async_context(open_house(settings(parts, folder), folder, browser_number=DEMO_NUMBER))
        business = demo_business("dentist")
        await set_up(house.store, business, name="bench", numbers=(DEMO_NUMBER,))
        await house.switchboard.admit(Incoming("simulated", "", DEMO_NUMBER, "", {}))
        settle_memory()
        said = lines(parts)
        began = time.process_time(), asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as watching:
            watcher = watching.create_task(watch.keep())
            async with asyncio.TaskGroup() as tasks:
                running = [tasks.create_task(one_call(house, next(said), BETWEEN_CALLS_S * n)) for n in range(calls)]
            watcher.cancel()
        cpu_s, wall_s = time.process_time() - began[0], asyncio.get_running_loop().time() - began[1]
    turns = sum(call.result() for call in running)
    assert turns >= 2 * calls, f"{calls} calls had only {turns} turns"
    report(watch, f"{calls} calls with {parts} parts", turns, 100 * cpu_s / wall_s)


def report(watch: Watch, what: str, turns: int, cpu: float) -> None:
    """Print the figures."""
    late, computing = 1000 * np.array(watch.late), 1000 * np.array(watch.computing)
    print(f"machine: {machine()}")
    print(f"{what}, {turns} turns")
    figure("loop blocked, 99 of 100 times at most", float(np.percentile(late, 99)), "ms", 1)
    figure("loop blocked, 999 of 1000 times at most", float(np.percentile(late, 99.9)), "ms", 1)
    figure("loop blocked, longest", float(late.max()), "ms by the clock (goal: 20)", 1)
    figure("of which its thread computed", float(computing[late.argmax()]), "ms", 1)
    figure("its thread computed at a stretch, longest", float(computing.max()), "ms", 1)
    figure("blocked for more than 20 ms", int((late > 20).sum()), "times")
    figure("CPU of the process, callers and watch included", cpu, "% of a core")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", choices=("kit", "built-in"), default="kit")
    parser.add_argument("--calls", type=int, default=20)
    given = parser.parse_args()
    uvloop.run(main(given.parts, given.calls))
