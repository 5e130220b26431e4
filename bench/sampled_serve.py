"""`bench/serve` with an eye on itself: what its CPU is spent on, for `bench.rooms`.

Run by `bench.rooms` as `python -m bench.sampled_serve OUT PORT [--speculate]`. SIGUSR1 begins, SIGUSR2 ends and writes
OUT.

A timer of the process's CPU time (ITIMER_PROF) stops the main thread every few ms of work wherever it is. A sample
counts for the CPU time that the main thread used since the last one, so that other threads' work is not charged to it.
The kernel looks at that timer only at its own ticks of some ms, in step with which our ticker and the callers' frames
of 20 ms would always or never be seen (voice activity was 6 % in one run, 36 % in the next): so ticker and callers run
by a clock that is 1.5 % slow here, and drift. Time in C is charged to the Python frame that called it, and the event
loop's and a socket's (uvloop, picows) mostly to the callback that it ends in.
"""

import argparse
import json
import signal
import time
from collections import Counter
from pathlib import Path
from types import FrameType

import uvloop

import offhook
from bench.serve import main
from offhook.calls import switchboard

EVERY_S = 0.004
TICK_S = 0.0203
LOOP = "event loop (uvloop)"
ROOT = str(Path(offhook.__file__).parent)
STANDARD = str(Path(json.__file__).parents[1])
OURS_ABOVE = ("cli", "wiring", "settings")


class Sampler:
    """Counts CPU seconds by place."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._places: Counter[tuple[str, str]] = Counter()
        self._thread_s = self._began = 0.0
        self._samples = 0
        self._begins: tuple[float, float] = (0.0, 0.0)
        signal.signal(signal.SIGPROF, self._sample)
        signal.signal(signal.SIGUSR1, self._begin)
        signal.signal(signal.SIGUSR2, self._end)

    def _begin(self, _number: int, _frame: FrameType | None) -> None:
        self._places.clear()
        self._began = time.perf_counter()
        self._thread_s = time.thread_time()
        self._begins = self._thread_s, time.process_time()
        signal.setitimer(signal.ITIMER_PROF, EVERY_S, EVERY_S)

    def _sample(self, _number: int, frame: FrameType | None) -> None:
        self._samples += 1
        now = time.thread_time()
        self._places[place_of(frame)] += now - self._thread_s  # type: ignore[assignment]  # seconds count as well
        self._thread_s = now

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        told = {
            "wall_s": time.perf_counter() - self._began,
            "main_s": time.thread_time() - self._begins[0],
            "process_s": time.process_time() - self._begins[1],
            "samples": self._samples,
            "places": [[room, where, seconds] for (room, where), seconds in self._places.items()],
        }
        part = self._out.with_suffix(".part")
        part.write_text(json.dumps(told))
        part.rename(self._out)


def place_of(frame: FrameType | None) -> tuple[str, str]:
    """The room or package that works, and the line of its function. The standard library works for who called it."""
    while frame is not None:
        file = frame.f_code.co_filename
        where = f"{Path(file).name}:{frame.f_code.co_name}"
        if file.startswith(ROOT):
            room = file[len(ROOT) + 1 :].split("/")[0].removesuffix(".py")
            return (LOOP if room in OURS_ABOVE else room), where
        if "/site-packages/" in file:
            return file.split("/site-packages/")[1].split("/")[0], where
        if file.startswith(f"{STANDARD}/asyncio/"):
            running = frame.f_code.co_name in {"run", "run_until_complete", "run_forever"}
            return (LOOP if running else "asyncio"), where
        if file.startswith(f"{STANDARD}/sqlite3/"):
            return "sqlite3", where
        frame = frame.f_back
    return LOOP, ""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("--speculate", action="store_true")
    given = parser.parse_args()
    switchboard.TICK_S = TICK_S  # see above
    sampler = Sampler(given.out)
    uvloop.run(main(given.port, speculate=given.speculate))
