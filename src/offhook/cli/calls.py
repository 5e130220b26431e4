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

_FEWEST_LETTERS = 8


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
    if not found:
        out.print("No calls yet. `offhook demo` places one.")
        return
    out.print(_table(found))
    out.print("\n`offhook replay CALL` explains one; `offhook calls --json` tells everything.", style="dim")


def _table(found: list[CallSummary]) -> Table:
    """What fits 80 columns; `--json` tells the rest."""
    table = Table(
        Column("call", no_wrap=True),
        Column("began (UTC)", no_wrap=True),
        Column("from", no_wrap=True, overflow="ellipsis"),
        Column("outcome", no_wrap=True),
        Column("length", no_wrap=True, justify="right"),
        Column("gap", no_wrap=True, justify="right"),
        box=None,
        padding=(0, 2, 0, 0),
        pad_edge=False,
    )
    letters = _telling_letters([summary.id for summary in found])
    for summary in found:
        gaps = sorted(turn.gap_ms for turn in summary.turns if turn.gap_ms is not None)
        table.add_row(
            summary.id[:letters],
            f"{summary.started_at:%Y-%m-%d %H:%M}",
            escape(summary.caller) or "-",
            summary.state.value if summary.outcome is None else summary.outcome.value,
            f"{round(summary.seconds) // 60}:{round(summary.seconds) % 60:02}",
            f"{gaps[len(gaps) // 2]:.0f} ms" if gaps else "-",
        )
    return table


def _telling_letters(ids: list[str]) -> int:
    """How many first letters tell these calls apart; `offhook replay` takes them for the id."""
    letters = _FEWEST_LETTERS
    while len({call_id[:letters] for call_id in ids}) < len(ids):
        letters += 1
    return letters
