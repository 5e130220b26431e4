"""Writes `docs/reference/` from the code: `python -m tools.reference`. `tests/test_docs.py` holds the pages to it.

Settings and commands are read from the objects themselves; events, errors and schemas from the source with their
docstrings, so that what a page says of a thing is what the thing says of itself. The readers of source are in
`tools/docstrings.py`.
"""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import typer
from annotated_types import Ge, Le
from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from typer.core import TyperArgument, TyperOption

from offhook.cli.calling import call_json
from offhook.cli.main import COMMANDS, loaded
from offhook.receptionist.outcome import Outcome, outcome_of
from offhook.receptionist.profession import Profession, ServiceDefault
from offhook.receptionist.profession_file import load_profession, profession_names
from offhook.settings import PREFIX, Settings
from offhook.store.records import (
    BookedAppointment,
    CallState,
    CallSummary,
    TakenMessage,
    TenantId,
    Turn,
)
from tools.docstrings import Described, error_kinds, module_doc, records

ROOT: Final = Path(__file__).parent.parent
FOLDER: Final = ROOT / "docs" / "reference"
CODE: Final = ROOT / "src" / "offhook"


def pages() -> dict[str, str]:
    """Every page of the reference by its file name."""
    makers: dict[str, Callable[[], Iterator[str]]] = {
        "settings.md": _settings,
        "commands.md": _commands,
        "events.md": _events,
        "errors.md": _errors,
        "professions.md": _professions,
        "outcomes.md": _outcomes,
        "json.md": _json,
    }
    note = "<!-- Written by tools/reference.py from the code. Change the code, then run it again. -->"
    return {name: "\n".join([note, "", *make()]).rstrip() + "\n" for name, make in makers.items()}


# -- settings -------------------------------------------------------------


def _settings() -> Iterator[str]:
    yield "# Settings"
    yield ""
    yield (
        "Read once at the start, from the environment and from a file `.env` in the working folder. A name that "
        f"begins with `{PREFIX}` and is none of these is refused, with the nearest name. All wrong settings are told "
        "together. `offhook doctor --settings` lists the same."
    )
    yield ""
    yield "| setting | default | may be | meaning |"
    yield "|---|---|---|---|"
    for name, field in Settings.model_fields.items():
        yield f"| {_setting_names(name, field)} | {_default(field)} | {_bounds(field)} | {field.description or ''} |"


def _setting_names(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    names = alias.choices if isinstance(alias, AliasChoices) else [f"{PREFIX}{name.upper()}"]
    return " or ".join(f"`{each}`" for each in names)


def _default(field: FieldInfo) -> str:
    default = field.default
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return "none" if default in (None, "") else f"`{default}`"


def _bounds(field: FieldInfo) -> str:
    choices = getattr(field.annotation, "__args__", ())
    if choices and all(isinstance(choice, str) for choice in choices):
        return ", ".join(f"`{choice}`" for choice in choices)
    lower = next((bound.ge for bound in field.metadata if isinstance(bound, Ge)), None)
    upper = next((bound.le for bound in field.metadata if isinstance(bound, Le)), None)
    if lower is not None or upper is not None:
        return f"{lower} to {upper}"
    if field.annotation is bool:
        return "`true`, `false`"
    return "text" if "Path" not in str(field.annotation) else "folder"


# -- commands -------------------------------------------------------------


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield (
        "Results go to stdout, everything else to stderr. Exit code 0: done, 1: failed, 2: used wrongly. "
        "`offhook COMMAND --help` shows the same."
    )
    for name in COMMANDS:
        command = loaded(name)
        commands = getattr(command, "commands", {})
        if commands:
            yield from ("", f"## offhook {name}", "", _paragraphs(command.help))
        for below in commands:
            yield from _command(f"{name} {below}", commands[below])
        if not commands:
            yield from _command(name, command)


def _command(name: str, command: typer.core.TyperCommand | object) -> Iterator[str]:
    yield from ("", f"## offhook {name}", "", _paragraphs(getattr(command, "help", "")), "")
    rows = [row for parameter in getattr(command, "params", ()) if (row := _parameter(parameter))]
    if rows:
        yield from ("| option | default | meaning |", "|---|---|---|", *rows)


def _parameter(parameter: object) -> str:
    """One row; nothing for what every command has."""
    if isinstance(parameter, TyperArgument):
        return f"| `{parameter.name}` | needed | {parameter.help} |"
    if not isinstance(parameter, TyperOption) or "--help" in parameter.opts:
        return ""
    default = parameter.default
    if isinstance(default, Path):
        shown = "the user's data folder"
    else:
        shown = "" if default in (None, False) else f"`{default}`"
    return f"| `{', '.join(parameter.opts)}` | {shown} | {parameter.help} |"


def _paragraphs(text: str | None) -> str:
    lines = (text or "").strip().splitlines()
    return "\n".join(
        f"    {line.removeprefix('Example: ')}" if line.startswith("Example: ") else line.strip() for line in lines
    )


# -- events, errors -------------------------------------------------------


def _events() -> Iterator[str]:
    yield "# Events and commands of a conversation"
    yield ""
    yield "What a journal holds, and all that goes into the heart and comes out of it. Times are seconds."
    for title, file in (("Events", "events.py"), ("Commands", "commands.py"), ("Actions", "actions.py")):
        path = CODE / "conversation" / file
        yield from ("", f"## {title}", "", module_doc(path))
        for record in records(path):
            yield from _record(record)


def _record(record: Described) -> Iterator[str]:
    yield from ("", f"### {record.name}", "", record.doc)
    if record.fields:
        yield ""
    for field in record.fields:
        doc = f": {' '.join(field.doc.split())}" if field.doc else ""
        yield f"- `{field.name}` ({field.type}{f', {field.default}' if field.default else ''}){doc}"


def _errors() -> Iterator[str]:
    yield "# Errors"
    yield ""
    yield (
        "An error is one structured record, in the log or, where it belongs to a call, in the database: kind, "
        "severity, room, tenant, call, turn, provider, attempt and what was done about it, as far as each is known. "
        "Never a caller's words."
    )
    yield ""
    yield "## Kinds"
    yield ""
    yield "| kind | room | what is told with it |"
    yield "|---|---|---|"
    for kind in error_kinds(CODE):
        yield f"| `{kind.name}` | {kind.room} | {kind.told.replace('<', '&lt;')} |"
    yield from ("", "## What a provider lets out", "", module_doc(CODE / "providers" / "errors.py"))
    yield from ("", "## What the store lets out", "", module_doc(CODE / "store" / "errors.py"))


# -- professions, outcomes ------------------------------------------------


def _professions() -> Iterator[str]:
    yield "# Professions"
    yield ""
    yield (
        "Each is one TOML file. Prices and ticket values are estimates from price surveys; a business changes "
        "services, prices and hours. The schema is below."
    )
    for name in profession_names():
        yield from _profession(load_profession(name))
    yield from ("", "## The schema of a profession file")
    for record in records(CODE / "receptionist" / "profession.py"):
        if record.name != "EveryProfession":
            yield from _record(record)


def _profession(trade: Profession) -> Iterator[str]:
    value = trade.ticket_value
    yield from ("", f"## {trade.name}", "")
    yield f"Greeting: {trade.greeting}"
    yield ""
    worth = f"${value.usd_default:,} (${value.usd_low:,} to ${value.usd_high:,})"
    yield f"One booking is worth about {worth}. {value.source}"
    yield ""
    yield "| service | minutes | price |"
    yield "|---|---|---|"
    for service in trade.services:
        yield f"| {service.name} | {service.minutes} | {_price(service)} |"
    asked = [f"{question.field}{'' if question.required else ' (if told)'}" for question in trade.intake]
    yield from ("", f"Asks: {', '.join(asked)}.", "")
    yield f"Emergencies: {', '.join(f'{each.name} ({each.then})' for each in trade.emergencies)}."


def _price(service: ServiceDefault) -> str:
    if service.usd_from is None or service.usd_to is None:
        return "not told by telephone"
    if service.usd_to == service.usd_from:
        return f"${service.usd_from:,}"
    return f"${service.usd_from:,} to ${service.usd_to:,}"


def _outcomes() -> Iterator[str]:
    yield "# Outcomes"
    yield ""
    yield (outcome_of.__doc__ or "").strip().replace("\n    ", "\n")
    yield ""
    docs = {
        field.name: " ".join(field.doc.split())
        for record in records(CODE / "receptionist" / "outcome.py")
        for field in record.fields
    }
    for outcome in Outcome:
        doc = docs.get(outcome.name, "")
        yield f"- `{outcome.value}`{f': {doc}' if doc else ''}"
    for title, path, name in (
        ("States of a call", CODE / "store" / "records.py", CallState.__name__),
        ("Why a call ended", CODE / "conversation" / "commands.py", "EndReason"),
    ):
        found = next(record for record in records(path) if record.name == name)
        yield from ("", f"## {title}", "", found.doc, "")
        for field in found.fields:
            doc = f": {' '.join(field.doc.split())}" if field.doc else ""
            yield f"- `{field.default.strip(chr(34))}`{doc}"


# -- JSON -----------------------------------------------------------------


def _json() -> Iterator[str]:
    call = _an_example()
    told = call.as_json()
    actions = [{"kind": "book", "receipt": "5d1f0c2b9a7e4410"}]
    end = {"type": "end", "outcome": told["outcome"], "actions": actions}
    doors = (
        (
            "offhook chat --json",
            "One caller line per line of stdin. For each thing the agent says, the greeting first:",
            {"type": "reply", "text": "Thank you for calling Maple Street Dental. ..."},
        ),
        (
            "",
            "When the conversation or stdin ends:",
            {**end, "appointments": told["appointments"], "messages": told["messages"]},
        ),
        ("offhook calls --json", "One object per call, newest last, also while calls go on:", told),
        (
            "offhook demo --once",
            "The last line on stdout, also of `offhook call --json`:",
            call_json(call),
        ),
    )
    yield "# JSON"
    yield ""
    yield (
        "What other programs may rely on. One object per line, flushed. `start` is ISO 8601 in the business's zone, "
        "`phone` is E.164, `kind` is one of the actions in [events](events.md), times end in `_ms` (milliseconds) or "
        "are named `seconds`, and a time that was not measured is null."
    )
    for title, words, example in doors:
        if title:
            yield from ("", f"## {title}")
        yield from ("", words, "", "```json", json.dumps(example, indent=2), "```")


def _an_example() -> CallSummary:
    booked = datetime(2026, 11, 24, 15, 0, tzinfo=ZoneInfo("America/New_York"))
    turns = (
        Turn(0, "", "Thank you for calling Maple Street Dental. ..."),
        Turn(1, "I'd like to book a cleaning", "Have you been to our practice before?", 310, 2, 9, 11, 470),
    )
    return CallSummary(
        id="01kajv3n7m9q4x2t8c5w6y0zde",
        tenant=TenantId(2),
        line="simulated",
        caller="+12125550147",
        dialled="+15005550007",
        state=CallState.ENDED,
        outcome=Outcome.BOOKED,
        reason="agent_said_goodbye",
        started_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
        seconds=58.2,
        turns=turns,
        appointments=(BookedAppointment(1, "teeth cleaning", booked, "John Smith", "+12125550147"),),
        messages=(TakenMessage("John Smith", "+12125550147", "please send me the forms", urgent=False),),
    )


def main() -> None:
    """Write all pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        sys.stderr.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
