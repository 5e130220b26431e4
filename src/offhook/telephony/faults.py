"""What goes wrong on a line, as one structured record. Never a caller's words, a number or a token in it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import structlog


@dataclass(frozen=True, slots=True)
class Fault:
    """One error on one line."""

    kind: str
    """A stable word, e.g. "malformed_message"."""
    line: str
    """The carrier: "twilio", "browser"."""
    problem: str
    """What happened; one sentence."""
    remedy: str
    """What the operator can do about it; one sentence."""
    done: str
    """What was done about it, e.g. "the call was ended"."""
    call_sid: str = ""
    """The carrier's name of the call, where it is known."""
    call_id: str = ""
    """The house's name of the call, once it is connected."""
    severity: Literal["warning", "error"] = "warning"


Report = Callable[[Fault], None]
"""Takes note of a fault; returns at once."""


def log_fault(fault: Fault) -> None:
    """The record of a fault in the log."""
    log = structlog.get_logger("offhook.telephony")
    write = log.error if fault.severity == "error" else log.warning
    write(
        fault.kind,
        kind=fault.kind,
        severity=fault.severity,
        room="telephony",
        tenant=None,
        call=fault.call_id or None,
        call_sid=fault.call_sid or None,
        turn=None,
        provider=fault.line,
        attempt=1,
        problem=fault.problem,
        remedy=fault.remedy,
        done=fault.done,
    )
