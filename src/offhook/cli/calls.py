"""`offhook calls`: what has been stored of calls, also while they go on."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from offhook.cli.console import DEFAULT_DATA, DataOption, out, print_json, run, settings
from offhook.store.records import CallSummary
from offhook.store.store import open_store
from offhook.wiring.clock import utc_now


def calls(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per call, newest last.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """List calls: who rang, what was said, what came of it.

    Example: offhook calls --json
    """
    settings()
    run(_calls(data, as_json=as_json))


async def _calls(data: Path, *, as_json: bool) -> None:
    async with open_store(data) as store:
        await store.close_abandoned(now=utc_now())
        found = await store.calls()
    if as_json:
        for summary in found:
            print_json(summary.as_json())
        return
    out.print(_table(found) if found else "No calls yet. `offhook demo` places one.")


def _table(found: list[CallSummary]) -> Table:
    table = Table(
        Column("call", no_wrap=True),
        "began (UTC)",
        "line",
        "from",
        "state",
        "outcome",
        "seconds",
        "turns",
        "median gap",
    )
    for summary in found:
        gaps = sorted(turn.gap_ms for turn in summary.turns if turn.gap_ms is not None)
        table.add_row(
            summary.id,
            f"{summary.started_at:%Y-%m-%d %H:%M:%S}",
            summary.line,
            escape(summary.caller) or "-",
            summary.state.value,
            "-" if summary.outcome is None else summary.outcome.value,
            f"{summary.seconds:.0f}",
            str(len(summary.turns)),
            f"{gaps[len(gaps) // 2]:.0f} ms" if gaps else "-",
        )
    return table
