"""Child processes for engines that would block the event loop or must not share our process.

A child is `python -m MODULE ARGUMENTS`, talks in `frames` and serves several clients. One that dies is replaced, and
those it served are told. When the parent dies, its pipe closes and the child ends by itself.
"""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from typing import Protocol, Self

from offhook.providers.errors import ProviderUnavailable, ProviderUnintelligible
from offhook.providers.frames import HEAD_BYTES, REFUSED, Frame, decoded_head

_FIRST_REST_S = 0.1
_LONGEST_REST_S = 30.0
_FAREWELL_S = 2.0
_BIRTH_S = 2.0
_UNSENT_BYTES = 16 * 2**20
"""A child that is this far behind is stuck."""


class Client(Protocol):
    """Who is served by a child. Plain calls on the event loop."""

    def answered(self, kind: str, payload: bytes) -> None:
        """The child sent this."""
        ...

    def child_died(self) -> None:
        """Nothing more will come; called at most once, and not after `Place.leave`."""
        ...


class Place:
    """A client's place in a child."""

    def __init__(self, child: "_Child", number: int) -> None:
        self._child = child
        self._number = number

    def send(self, kind: str, payload: bytes = b"") -> None:
        """Never blocks; lost if the child has died."""
        self._child.send(Frame(kind, self._number, payload))

    def leave(self) -> None:
        """Nothing more is wanted; nothing follows."""
        self._child.clients.pop(self._number, None)

    def kill_child(self) -> None:
        """It is stuck: end it, so that all it serves are told and a fresh one starts."""
        self._child.kill()


class _Child:
    """One process at a time, and its successors."""

    def __init__(self, command: Sequence[str], born: asyncio.Event) -> None:
        self.clients: dict[int, Client] = {}
        self._command = command
        self._born = born
        self._process: Process | None = None
        self._killed = False
        self._rest_s = _FIRST_REST_S

    @property
    def pid(self) -> int | None:
        """Of the living process; one that was killed does not count."""
        return None if self._process is None or self._killed else self._process.pid

    async def start(self) -> None:
        """Start the process; raises OSError."""
        self._process = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE)
        self._killed = False
        self._born.set()

    async def keep(self) -> None:
        """Pass on what the process says; when it dies, start another. Ends by cancellation only."""
        while True:
            await self._listen()
            await self.bury()
            self._tell_clients()
            await asyncio.sleep(self._rest_s)
            self._rest_s = min(self._rest_s * 2, _LONGEST_REST_S)
            with suppress(OSError):
                await self.start()

    def send(self, frame: Frame) -> None:
        """See `Place.send`."""
        if self._process is None or self._process.stdin is None or self._process.stdin.is_closing():
            return
        self._process.stdin.write(frame.encoded())
        if self._process.stdin.transport.get_write_buffer_size() > _UNSENT_BYTES:
            self.kill()

    def kill(self) -> None:
        """See `Place.kill_child`."""
        if self._process is not None:
            self._killed = True
            _kill(self._process)

    async def _listen(self) -> None:
        if self._process is None or self._process.stdout is None:
            return
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                kind, number, length = decoded_head(await self._process.stdout.readexactly(HEAD_BYTES))
                payload = await self._process.stdout.readexactly(length)
                self._rest_s = _FIRST_REST_S
                if (client := self.clients.get(number)) is not None:
                    client.answered(kind, payload)

    async def bury(self) -> None:
        """End the process, if there is one, and see it gone."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        _kill(process)
        with suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL_S):
                await process.wait()

    def _tell_clients(self) -> None:
        clients, self.clients = self.clients, {}
        for client in clients.values():
            client.child_died()


def _kill(process: Process) -> None:
    # Not `process.kill()`: it reaps a process that has just died, and the loop then complains of an unknown child.
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


class Children:
    """The children of one engine. An async context manager: they live as long as it lasts.

    Args:
        provider: Whose engine it is, as errors name it.
        module: What each child runs.
        arguments: Of its command line.
        size: How many there are.
    """

    def __init__(self, provider: str, module: str, arguments: Sequence[str] = (), *, size: int = 1) -> None:
        self._provider = provider
        self._born = asyncio.Event()
        self._kids = [_Child((sys.executable, "-m", module, *arguments), self._born) for _ in range(size)]
        self._numbers = count(1)
        self._tasks = asyncio.TaskGroup()
        self._keepers: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        try:
            for child in self._kids:
                await child.start()
        except OSError as error:
            await self._bury()
            problem = f"its process could not be started ({type(error).__name__})"
            raise ProviderUnavailable(self._provider, problem, "Check the machine's memory and limits.") from error
        await self._tasks.__aenter__()
        self._keepers = [self._tasks.create_task(child.keep(), name=f"{self._provider} child") for child in self._kids]
        return self

    async def __aexit__(self, *_error: object) -> None:
        for keeper in self._keepers:
            keeper.cancel()
        try:
            await self._tasks.__aexit__(None, None, None)
        finally:
            await self._bury()

    async def _bury(self) -> None:
        for child in self._kids:
            child.kill()
        for child in self._kids:
            await child.bury()

    @property
    def pids(self) -> tuple[int, ...]:
        """Of the processes that live right now."""
        return tuple(child.pid for child in self._kids if child.pid is not None)

    async def join(self, client: Client) -> Place:
        """A place in the child that serves the fewest; where all have just died, one is awaited.

        Raises:
            ProviderUnavailable: None came to life.
        """
        try:
            async with asyncio.timeout(_BIRTH_S):
                while not self.pids:
                    self._born.clear()
                    await self._born.wait()
        except TimeoutError as error:
            problem = f"its process has died and none was running for {_BIRTH_S:g} s"
            raise ProviderUnavailable(self._provider, problem, "It goes on being tried; see the log.") from error
        child = min((each for each in self._kids if each.pid is not None), key=lambda each: len(each.clients))
        number = next(self._numbers)
        child.clients[number] = client
        return Place(child, number)

    async def ask(self, kind: str, payload: bytes, *, within_s: float) -> bytes:
        """One question and its answer. A child that answers with `REFUSED` says why it cannot.

        Raises:
            ProviderUnavailable: It died, or is too slow and was ended.
            ProviderUnintelligible: It refused.
        """
        asker = _Asker()
        place = await self.join(asker)
        try:
            place.send(kind, payload)
            async with asyncio.timeout(within_s):
                answer = await asker.answer
        except TimeoutError as error:
            place.kill_child()
            problem = f"no answer within {within_s:g} s"
            raise ProviderUnavailable(self._provider, problem, "The machine is overloaded.") from error
        finally:
            place.leave()
        if answer is None:
            raise ProviderUnavailable(self._provider, "its process died", "A fresh one is being started; try again.")
        kind, payload = answer
        if kind == REFUSED:
            raise ProviderUnintelligible(self._provider, payload.decode(), "Check its files with `offhook doctor`.")
        return payload


class _Asker:
    """A `Client` with one question."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[tuple[str, bytes] | None] = asyncio.get_running_loop().create_future()
        """None: the child died."""

    def answered(self, kind: str, payload: bytes) -> None:
        """See `Client.answered`."""
        if not self.answer.done():
            self.answer.set_result((kind, payload))

    def child_died(self) -> None:
        """See `Client.child_died`."""
        if not self.answer.done():
            self.answer.set_result(None)
