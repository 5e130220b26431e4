"""Calls that were admitted and whose stream is awaited: one that never comes is a call the owner has missed.

What a process has admitted it alone remembers, for minutes.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from offhook.calls.line import Incoming
from offhook.store.records import Route

STREAM_LIMIT = timedelta(seconds=90)
"""Longer than a token lives: no stream can come any more."""
_MOST_CALLS = 10_000


@dataclass(frozen=True, slots=True)
class Awaited:
    """A call that was admitted and is not connected yet."""

    incoming: Incoming
    route: Route
    admitted_at: datetime


class AwaitedCalls:
    """Which admitted calls are not connected. A call whose carrier gives it no name is never awaited."""

    def __init__(self) -> None:
        self._calls: OrderedDict[str, Awaited | None] = OrderedDict()
        """By the carrier's name of the call; None: connected or missed, and no news when it is admitted again."""

    def admitted(self, call: Awaited) -> None:
        """The carrier was told to connect this call; it may ask, and be told, several times."""
        if call.incoming.call_sid:
            self._calls.setdefault(call.incoming.call_sid, call)
            if len(self._calls) > _MOST_CALLS:
                self._calls.popitem(last=False)

    def settle(self, call_sid: str) -> Awaited | None:
        """The call is connected, or will never be; gives it the first time, if it was awaited here."""
        call = self._calls.get(call_sid)
        if call_sid in self._calls:
            self._calls[call_sid] = None
        return call

    def overdue(self, *, now: datetime) -> list[str]:
        """The carrier's names of those whose stream can no longer come."""
        waiting = [call for call in self._calls.values() if call is not None]
        return [call.incoming.call_sid for call in waiting if now - call.admitted_at > STREAM_LIMIT]
