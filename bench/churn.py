"""Calls one after another over the socket: what stays in memory.

Run: `.venv/bin/python -m bench.churn [--calls 200]` (200 calls take some 10 minutes). Figures go into
`bench/results/churn.txt`. In every call the caller hears the greeting begin, says something, hears the answer begin and
hangs up. Resident memory is that of the process and its children, after each quarter of the calls.
"""

import argparse
import asyncio

from bench.machine import figure, machine
from bench.phone import clip, dialled
from bench.stand import UnderTest, stand

PORT = 9310
SAYS, SAYS_S = "vm-sorry", 1.2
QUARTERS = 4
SETTLES_S = 1.0


async def one_call(under_test: UnderTest, says: bytes) -> None:
    """A short one, with everything."""
    async with dialled(under_test.url) as phone:
        await phone.first_sound()
        await phone.say(says)
        await phone.first_sound()


async def main(calls: int) -> None:
    """Print one figure per line."""
    says = clip(SAYS, SAYS_S)
    quarter = calls // QUARTERS
    assert quarter, f"at least {QUARTERS} calls"
    async with stand(PORT) as under_test:
        print(f"machine: {machine()}")
        resident = [under_test.resident_mb()]
        figure("resident before the first call", resident[0], "MB", 1)
        for n in range(1, QUARTERS + 1):
            for _ in range(quarter):
                await one_call(under_test, says)
            await asyncio.sleep(SETTLES_S)
            resident.append(under_test.resident_mb())
            figure(f"resident after {n * quarter} calls", resident[-1], "MB", 1)
        growth = (resident[-1] - resident[1]) / ((QUARTERS - 1) * quarter)
        figure("growth per call after the first quarter", 1024 * growth, "KiB (goal: none)", 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=200)
    asyncio.run(main(parser.parse_args().calls))
