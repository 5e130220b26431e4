"""A loop whose clock jumps to the next timer once its sockets are quiet: deadlines of seconds, with real sockets.

`tests.virtual_time` jumps as soon as nothing is ready, which a byte on its way through the kernel is not yet.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

_QUIET_S = 0.02
_STUCK_S = 30.0


class _PatientSelector(selectors.DefaultSelector):
    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            ready = super().select(_STUCK_S)
            assert ready, "deadlock: every task waits and no timer is set"
            return ready
        ready = super().select(min(timeout, _QUIET_S))
        if not ready:
            self.now += timeout
        return ready


class _PatientLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._patient = _PatientSelector()
        super().__init__(self._patient)

    def time(self) -> float:
        return self._patient.now


def run(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` to its end; each deadline in it takes 20 ms."""
    with asyncio.Runner(loop_factory=_PatientLoop) as runner:
        return runner.run(main)
