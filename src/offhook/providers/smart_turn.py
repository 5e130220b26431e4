"""An end-of-turn model, asked at undecided pauses: Smart Turn v3.2 (`offhook models pull smart-turn`).

It hears the caller's last 8 s and tells how likely they have finished: a hint from the melody of the voice, never the
decision. One opinion takes 130 ms of a core, so it is given by a child process, and not at all where it would come
too late: then silence decides.
"""

import asyncio
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

from offhook.providers.children import Children
from offhook.providers.errors import ProviderError, ProviderUnavailable

MODEL = "smart-turn.onnx"
_NAME = "smart-turn"
_STUCK_S = 5.0
"""A child that takes longer is ended. Far beyond what a caller waits: its first answer waits for the weights."""
_MOST_WAITING = 2
"""Opinions in the making per child: a third would be later than the 300 ms that a pause has."""


class SmartTurn:
    """The model of all calls; made by `smart_turn`. An async context manager: what it asked ends with it."""

    def __init__(self, children: Children, *, size: int) -> None:
        self._children = children
        self._tasks = asyncio.TaskGroup()
        self._asked: set[asyncio.Task[float | ProviderError]] = set()
        self._most = _MOST_WAITING * size

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(self, *_error: object) -> None:
        for asked in self._asked:
            asked.cancel()
        await self._tasks.__aexit__(None, None, None)

    def judge(self, recent_audio: Callable[[], bytes]) -> "CallJudge":
        """One call's judge; `recent_audio` gives the caller's last 8 s, mu-law."""
        return CallJudge(self, recent_audio)

    async def complete(self, mulaw: bytes) -> float:
        """How likely the caller has finished, 0 to 1. Whoever stops waiting leaves the child to finish by itself.

        Raises:
            TimeoutError: Too many others wait; there will be no answer in time.
            ProviderError: The child died, or hung and was ended.
        """
        if len(self._asked) >= self._most:
            raise TimeoutError
        asked = self._tasks.create_task(self._ask(mulaw), name=_NAME)
        self._asked.add(asked)
        asked.add_done_callback(self._asked.discard)
        found = await asyncio.shield(asked)
        if isinstance(found, ProviderError):
            raise found
        return found

    async def _ask(self, mulaw: bytes) -> float | ProviderError:
        try:
            payload = await self._children.ask("j", mulaw, within_s=_STUCK_S)
        except ProviderError as error:  # to whoever still waits, not to the task group
            return error
        (found,) = struct.unpack("<f", payload)
        return float(found)


class CallJudge:
    """One call's `Judge`."""

    def __init__(self, model: SmartTurn, recent_audio: Callable[[], bytes]) -> None:
        self._model = model
        self._recent_audio = recent_audio

    async def complete(self) -> float:
        """How likely the caller has finished; raises as `SmartTurn.complete`."""
        return await self._model.complete(self._recent_audio())


@asynccontextmanager
async def smart_turn(weights: Path, *, size: int = 1) -> AsyncIterator[SmartTurn]:
    """The model as long as the context lasts.

    Args:
        weights: The folder of its file (`models.py`).
        size: Processes.

    Raises:
        ProviderUnavailable: The weights are missing.
    """
    if not (weights / MODEL).is_file():
        problem = f"{MODEL} is missing in {weights}"
        raise ProviderUnavailable(_NAME, problem, "Run `offhook models pull smart-turn`, or unset OFFHOOK_TURN_MODEL.")
    async with (
        Children(_NAME, "offhook.providers.smart_turn_child", (str(weights / MODEL),), size=size) as children,
        SmartTurn(children, size=size) as model,
    ):
        yield model
