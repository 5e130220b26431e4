"""The border between a carrier and a call: what each may ask of the other.

`telephony/` implements `Line` once per carrier and calls `LineOwner`; `calls/` implements `LineOwner` and calls `Line`;
`wiring.py` implements `Exchange`. All samples that cross are G.711 mu-law, 8 kHz, mono, in pieces of any length (20 ms
is 160 bytes). Everything but `Exchange.admit` is a plain call on the event loop that returns at once and never raises.

A line's life: the carrier asks `admit`, checks the one-time token by `spend`, calls `connect`, and then, until either
side ends it, `picked_up` once, `audio_in` and `key_pressed` as they come, `hung_up` at most once and last. A call that
has said `hang_up` hears nothing more of its line; what it sent before is still played to its end.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol


class LineOwner(Protocol):
    """The running call, as its line sees it."""

    @property
    def call_id(self) -> str:
        """The house's own name of the call, for records of what goes wrong on its line."""
        ...

    def picked_up(self) -> None:
        """The line is open in both directions; the first call."""
        ...

    def audio_in(self, samples: bytes) -> None:
        """The caller's next samples. What a carrier lost on the way (up to 1 s) is filled with silence."""
        ...

    def key_pressed(self, key: str) -> None:
        """The caller pressed a key of the telephone: one of 0123456789*#."""
        ...

    def hung_up(self) -> None:
        """The caller or the carrier ended the call, or the line broke; nothing follows. Not told after `hang_up`."""
        ...


@dataclass(frozen=True, slots=True)
class LineAbilities:
    """What a line is and can do."""

    name: str
    """ "twilio", "browser" or "simulated"."""
    clears: bool
    """Whether audio that was sent ahead can be taken back by `clear`."""


class Line(Protocol):
    """One caller's connection. Every method is harmless on a line that has closed."""

    @property
    def abilities(self) -> LineAbilities:
        """What this line can do."""
        ...

    def send(self, samples: bytes) -> None:
        """Let the caller hear these samples after those sent before; the owner keeps the pace."""
        ...

    def clear(self) -> None:
        """Take back what was sent and has not been heard."""
        ...

    def show(self, note: Mapping[str, object]) -> None:
        """Tell a line with a screen what goes on (`telephony/browser.py` lists the notes); other lines ignore it."""
        ...

    def hang_up(self) -> None:
        """End the call once what was sent has been heard (a few seconds at most); `clear` first to end at once."""
        ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """A call that asks to be taken."""

    line: str
    """`LineAbilities.name` of the line it comes by."""
    caller: str
    """As the carrier gives it: E.164, "anonymous", a SIP address, or empty. Proves nothing."""
    called: str
    """The number that was called, E.164; empty on a line without numbers."""
    call_sid: str
    """The carrier's own name of the call; the same for every message about it."""
    parameters: Mapping[str, str]
    """What came with it; `route` is what `Accepted.route` was when it was admitted."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The call may be connected."""

    route: str
    """Leads to the tenant and the agent; at most 100 letters. It travels signed and returns in `parameters`."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The call is not taken."""

    reason: str
    """A stable word: unknown_number, inactive_tenant, busy."""
    words: str
    """What the caller is told, in full sentences, before the carrier hangs up."""


Admission = Accepted | Rejected


class Exchange(Protocol):
    """What telephony asks of the house."""

    async def admit(self, incoming: Incoming) -> Admission:
        """Find the number's tenant and agent and decide whether the call is taken; a refusal is recorded here.

        Asked again about the same `call_sid` (carriers repeat their requests), it gives the same answer.
        """
        ...

    def spend(self, token: str, incoming: Incoming, answer: Callable[[bool], None]) -> None:
        """Use up the one-time token of this name (not a secret) for the call it was made for.

        `answer(True)` only the first time, ever, and only where `connect` may follow; another process may have
        admitted the call, or this one before it was started again. The answer comes at once or, where a database is
        asked, soon after; it always comes.
        """
        ...

    def connect(self, incoming: Incoming, line: Line) -> LineOwner:
        """Start a call on the process's task group; returns its owner at once."""
        ...

    def missed(self, call_sid: str, reason: str) -> None:
        """A call that was admitted will not be connected: it is recorded with this reason, a stable word.

        Nothing happens where the call was connected, refused or recorded before, or was never asked about.
        """
        ...

    def carrier_status(self, call_sid: str, status: str) -> None:
        """The carrier's own account of the call went forward (ringing, in-progress, completed, busy, failed, ...)."""
        ...

    def takes_calls(self) -> bool:
        """Whether another call would be taken now."""
        ...
