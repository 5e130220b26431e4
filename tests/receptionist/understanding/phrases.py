"""How the tables of phrases are written and compared."""

from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from offhook.receptionist.understanding.when import When, find_when

NOW: Final = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("America/New_York"))


def written(when: When | None) -> str:
    """A When as the tables write it: "2026-11-24 15:30", "- after 14:00", "asap", "none"."""
    if when is None:
        return "none"
    if when.problem is not None:
        return when.problem
    if not when.is_wanted:
        old = " ".join(str(x) for x in (when.old_day, _clock(when.old_at)) if x)
        return f"old {old}" if old else "none"
    day = "-" if when.day is None else str(when.day)
    if when.last_day is not None:
        day += f"..{when.last_day}"
    parts = [day, _clock(when.at), when.part if when.at is None else None]
    parts += [
        f"after {_clock(when.after)}" if when.after else None,
        f"before {_clock(when.before)}" if when.before else None,
    ]
    line = " ".join(part for part in parts if part)
    return "asap" if when.asap and line == "-" else line


def _clock(at: time | None) -> str | None:
    return None if at is None else f"{at:%H:%M}"


def heard_when(text: str, *, asked: bool) -> str:
    """What is understood of `text`, as the tables write it."""
    return written(find_when(text, now=NOW, asked=asked))
