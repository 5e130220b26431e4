"""The greeting over a real Media Streams socket: how soon it sounds, and whether the caller may speak into it.

Run: `.venv/bin/python -m bench.greeting [--calls 20]`. Figures go into `bench/results/greeting.txt`. In every call the
caller speaks as soon as the greeting can be heard; measured is when the agent drops the rest, and when it answers.
The vendors are the kit's, at their usual speed.
"""

import argparse
import asyncio

import numpy as np

from bench.machine import figure, machine
from bench.phone import clip, dialled
from bench.stand import stand

PORT = 9300
SAYS = "vm-sorry"


async def main(calls: int) -> None:
    """Print one figure per line."""
    loop = asyncio.get_running_loop()
    says = clip(SAYS)
    first: list[float] = []
    stopped: list[float] = []
    answered: list[float] = []
    async with stand(PORT) as under_test:
        for _ in range(calls):
            async with dialled(under_test.url) as phone:
                first.append(await phone.first_sound() - phone.started_at)
                began = loop.time()
                async with asyncio.TaskGroup() as beside:
                    clearing = beside.create_task(phone.cleared())
                    ended = await phone.say(says)
                stopped.append(clearing.result() - began)
                answered.append(await phone.first_sound() - ended)
    assert len(answered) == calls, "a caller was not answered"
    print(f"machine: {machine()}")
    for name, seconds in (
        ("first sound of the greeting after `start`", first),
        ("greeting dropped after the caller's first sound", stopped),
        ("answer to what was spoken into the greeting", answered),
    ):
        figure(f"{name}, p50", 1000 * float(np.median(seconds)), "ms", 1)
        figure(f"{name}, max", 1000 * max(seconds), "ms" + " (goal: 300)" * (seconds is first), 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=20)
    asyncio.run(main(parser.parse_args().calls))
