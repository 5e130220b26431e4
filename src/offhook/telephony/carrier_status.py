"""A carrier's account of its calls: callbacks that come twice, late and out of order, made into a straight story."""

from collections import OrderedDict
from typing import Final

TERMINAL: Final = frozenset({"completed", "busy", "no-answer", "canceled", "failed"})
KNOWN: Final = TERMINAL | {"queued", "initiated", "ringing", "in-progress"}
_MOST_CALLS = 10_000


class CarrierStatuses:
    """The last status of each call, as far as callbacks have told: never backwards, and an end is final."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, tuple[int, str]] = OrderedDict()

    def news(self, call_sid: str, status: str, sequence: int) -> bool:
        """Whether this callback moves the call forward; it is then remembered."""
        last_sequence, last = self._last.get(call_sid, (-1, ""))
        if last in TERMINAL or (sequence <= last_sequence and status not in TERMINAL):
            return False
        self._last[call_sid] = (sequence, status)
        self._last.move_to_end(call_sid)
        if len(self._last) > _MOST_CALLS:
            self._last.popitem(last=False)
        return True
