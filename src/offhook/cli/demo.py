"""`offhook demo`: one real call on built-in parts, then the softphone page."""

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
import uvloop
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from offhook.audio import g711
from offhook.audio.wav import read_telephone
from offhook.cli.calling import SNR_DB, call_json, place_call
from offhook.cli.console import DEFAULT_DATA, DataOption, PortOption, err, fail, print_json, run, settings
from offhook.cli.serve import build_doors, engine_of, serve_house
from offhook.settings import Settings
from offhook.store.records import CallSummary
from offhook.telephony.listening import listen
from offhook.telephony.simulated import Clip
from offhook.wiring.house import open_house
from offhook.wiring.tenants import DEMO_NUMBER, set_up_demo

SAYS = ("book", "first_time", "tuesday", "name", "phone", "yes", "goodbye")
"""The caller's lines, files of `offhook/demo/`."""


def demo(
    once: Annotated[bool, typer.Option("--once", help="End after one call; print it as JSON.")] = False,
    port: PortOption = 8080,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Place a call to the demo dentist, spoken and recognized, and watch it; then talk to it yourself.

    Example: offhook demo
    """
    run(_demo(settings(), data, once=once, port=port), loop=uvloop.new_event_loop)


def caller_lines(*names: str) -> list[Clip]:
    """Lines of the demo's caller, by name."""
    with resources.as_file(resources.files("offhook") / "demo") as folder:
        return [Clip(g711.mulaw_to_pcm(read_telephone(folder / f"{name}.wav"))) for name in names]


async def _demo(loaded: Settings, data: Path, *, once: bool, port: int) -> None:
    if not once:
        listen("127.0.0.1", port).close()  # a busy port is told before anything starts
    console = err if once else Console()
    async with open_house(loaded, data, browser_number=DEMO_NUMBER) as house:
        route = await set_up_demo(house.store, "dentist")
        console.print(
            Panel(
                f"A caller rings [bold]{route.agent_name}[/] over a mu-law line, pink noise {SNR_DB:.0f} dB below.\n"
                f"[dim]{engine_of(house)}[/]",
                title="offhook demo",
                border_style="cyan",
            )
        )
        summary = await place_call(
            house, caller_lines(*SAYS), called=DEMO_NUMBER, console=console, pick=caller_lines("first_offered")[0]
        )
        _show(summary, console)
        if once:
            print_json(call_json(summary))
            if not summary.appointments and not summary.messages:
                fail("The demo call left neither an appointment nor a message. `offhook doctor` looks for the cause.")
            return
        console.print(f"\nNow call yourself: [bold]http://127.0.0.1:{port}/[/]   (Ctrl-C ends)", highlight=False)
        await serve_house(build_doors(house, route), host="127.0.0.1", port=port, drain_s=2.0)


def _show(summary: CallSummary, console: Console) -> None:
    gaps = sorted(turn.gap_ms for turn in summary.turns if turn.gap_ms is not None)
    median = f"{gaps[len(gaps) // 2]:.0f} ms" if gaps else "-"
    outcome = "-" if summary.outcome is None else summary.outcome.value
    console.print(f"\n[dim]outcome[/] [bold]{outcome}[/]   [dim]median gap[/] {median}   [dim]call[/] {summary.id}")
    for made in summary.appointments:
        told = escape(f"{made.service}, {made.start:%A %B %d, %H:%M}, {made.name}, {made.phone}")
        console.print(f"[green]in the diary[/] {told}")
