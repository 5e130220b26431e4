"""Telemetry: structured log records, one JSON object per line.

What goes wrong (warning and above) always has the same fields: kind, severity, room, tenant, call, turn, provider,
attempt, done. Never a caller's words: of an exception that is not ours only the kind and the place are told, because
its message may quote what it choked on.
"""

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, Final, TextIO

import structlog

_OURS = "offhook."
_SERIOUS: Final = frozenset({"warning", "error", "critical"})
_BLANK: Final = {"tenant": None, "call": None, "turn": None, "provider": None, "attempt": 1, "done": None}

Record = MutableMapping[str, Any]


class _RoomLogger(structlog.PrintLogger):
    """Knows by whose name it was asked for: `structlog.get_logger("offhook.calls")`."""

    def __init__(self, file: TextIO, name: str) -> None:
        super().__init__(file)
        self.room = name.removeprefix(_OURS).partition(".")[0]


def log_to(file: TextIO, level: str) -> None:
    """Write records of this level and above to `file`, from now on."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            whole,
            traced,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *names: _RoomLogger(file, str(names[0]) if names else ""),
        cache_logger_on_first_use=True,
    )


def whole(logger: object, _method: str, record: Record) -> Record:
    """The record of what went wrong, with all its fields."""
    level = record.get("level")
    if level not in _SERIOUS:
        return record
    severity = "warning" if level == "warning" else "error"
    named = {"kind": record["event"], "severity": severity, "room": getattr(logger, "room", "")}
    return {**_BLANK, **named, **record}


def traced(_logger: object, _method: str, record: Record) -> Record:
    """Where an exception came from, without what it says, unless it is one of ours: those keep callers' words out."""
    given = record.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given
    if isinstance(error, BaseException):
        record["exception"] = _told(error)
    return record


def _told(error: BaseException) -> list[str]:
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    ours = type(error).__module__.startswith(_OURS)
    told = [*frames, f"{type(error).__name__}: {error}" if ours else type(error).__name__]
    nested = error.exceptions if isinstance(error, BaseExceptionGroup) else filter(None, [error.__cause__])
    return [*told, *(line for inner in nested for line in _told(inner))]
