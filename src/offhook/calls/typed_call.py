"""A call by text: the same conversation, typed and read. Playing takes no time, and nobody's silence is timed."""

import asyncio
from collections.abc import AsyncIterator, Callable

from offhook.calls.running import RunningCall
from offhook.conversation import events as ev
from offhook.conversation.commands import EndReason
from offhook.conversation.states import State

PATIENT_STATES = frozenset({State.LISTENING, State.LEAVING})
"""Where a typed call waits for its caller, for ever."""


class Screenful:
    """The agent's mouth where words are read: what may be heard is shown at once."""

    def __init__(self, call: RunningCall) -> None:
        self._call = call
        self._reply = 0
        self._texts: list[str] = []
        self._shown = 0
        self._playing = False
        self.unread: list[str] = []
        """Words shown since the last look, by the reply."""

    def say(self, reply: int, text: str) -> None:
        """See `Speaker`."""
        self._turn_to(reply)
        self._texts.append(text)
        self._show()

    def end(self, reply: int) -> None:
        """See `Speaker`."""

    def play(self, reply: int) -> None:
        """See `Speaker`."""
        self._turn_to(reply)
        self._playing = True
        self._show()

    def hold(self, reply: int, *, now: float) -> None:
        """See `Speaker`."""
        self._playing = False

    def stop(self, reply: int, *, now: float) -> None:
        """See `Speaker`."""
        self._playing = False

    def report(self, now: float) -> None:
        """See `Speaker`."""

    def read(self) -> str:
        """What the agent has said since the last look."""
        text, self.unread = "".join(self.unread), []
        return " ".join(text.split())

    def _turn_to(self, reply: int) -> None:
        if reply != self._reply:
            self._reply, self._texts, self._shown, self._playing = reply, [], 0, False
            self.unread.append(" ")

    def _show(self) -> None:
        if not self._playing or self._shown == len(self._texts):
            return
        self.unread += self._texts[self._shown :]
        self._shown = len(self._texts)
        words = len("".join(self._texts).split())
        self._call.played(self._reply, words)


class TypedCall:
    """A caller who types."""

    def __init__(self, call: RunningCall) -> None:
        self._call = call
        self._screen = Screenful(call)
        self._settled = asyncio.Event()
        call.attach(self._screen, watcher=self)

    async def run(self, lines: AsyncIterator[str], show: Callable[[str], None]) -> EndReason:
        """Hold the conversation: each of the agent's replies goes to `show`, then the next line is asked for."""

        async def type_lines() -> None:
            self._call.feed(ev.PickedUp())
            try:
                await self._shown(show)
                async for line in lines:
                    self._settled.clear()
                    self._call.feed(ev.Typed(line))
                    await self._shown(show)
            finally:  # whoever can be read or shown nothing more has left
                self._call.feed(ev.HungUp())

        return await self._call.run(type_lines())

    def said(self, who: str, words: str) -> None:
        """See `Watcher`."""

    def stepped(self) -> None:
        """See `Watcher`."""
        state = self._call.conversation.state
        if state in PATIENT_STATES or state is State.ENDED:
            self._settled.set()

    async def _shown(self, show: Callable[[str], None]) -> None:
        """Wait until the agent has said all it has to say, and show it."""
        await self._settled.wait()
        if text := self._screen.read():
            show(text)
        if self._call.conversation.state is State.LEAVING:
            self._call.leave()
