"""One clock for the sound of all calls."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

Tick = Callable[[float], None]
"""Called with the loop's time; returns at once."""
Failure = Callable[[Exception], None]


@dataclass(eq=False, slots=True)
class Beat:
    """One registration; `stop` ends it."""

    tick: Tick
    on_error: Failure
    stopped: bool = False

    def stop(self) -> None:
        """Be called no more; also from within the tick, also twice."""
        self.stopped = True


class Ticker:
    """Calls everyone who asked once per period, on the event loop's clock, without drift.

    Those who ask are spread over `phases` parts of the period, so that many calls do not send in one heap. After a
    late tick the missed ones are not made up for, and the next is where it would have been. Who raises is taken out
    and told through `on_error`; the others hear nothing of it.

    Use as an async context manager; it starts nothing but timers.
    """

    def __init__(self, period_s: float = 0.02, phases: int = 2) -> None:
        self._step_s = period_s / phases
        self._phases: list[list[Beat]] = [[] for _ in range(phases)]
        self._phase = 0
        self._timer: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> "Ticker":
        loop = asyncio.get_running_loop()
        self._timer = loop.call_at(loop.time() + self._step_s, self._tick, loop, loop.time() + self._step_s)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Call nobody any more; also from within a tick, also twice."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def every_period(self, tick: Tick, on_error: Failure) -> Beat:
        """Call `tick` once per period until the beat is stopped or it raises."""
        beat = Beat(tick, on_error)
        min(self._phases, key=len).append(beat)
        return beat

    def _tick(self, loop: asyncio.AbstractEventLoop, at: float) -> None:
        now = loop.time()
        missed = math.floor(max(0.0, now - at) / self._step_s)
        self._call_phase(now)
        if self._timer is None:  # a tick has closed the ticker
            return
        following = at + (missed + 1) * self._step_s
        self._timer = loop.call_at(following, self._tick, loop, following)

    def _call_phase(self, now: float) -> None:
        beats = self._phases[self._phase]
        for beat in tuple(beats):
            if beat.stopped:
                beats.remove(beat)
                continue
            try:
                beat.tick(now)
            except Exception as error:  # noqa: BLE001  one call's fault ends that call, not the sound of all
                beat.stop()
                beat.on_error(error)
        self._phase = (self._phase + 1) % len(self._phases)
