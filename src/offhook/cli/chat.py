"""`offhook chat`: the same conversation as on the telephone, in text."""

import asyncio
import io
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape

from offhook.calls.call_journal import CallJournal
from offhook.calls.running import RunningCall
from offhook.calls.tape import Began
from offhook.calls.typed_call import PATIENT_STATES, TypedCall
from offhook.cli.console import DEFAULT_DATA, DataOption, err, fail, out, print_json, run, settings
from offhook.conversation.form import Form
from offhook.conversation.patience import Patience
from offhook.conversation.states import Ways
from offhook.receptionist.actions import Actions
from offhook.receptionist.business_file import BusinessFile, read_business_file
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.greeting import greeting_of
from offhook.receptionist.outcome import Outcome, outcome_of
from offhook.receptionist.receptionist import Receptionist
from offhook.settings import Settings
from offhook.store.records import CallSummary, NewCall, new_call_id
from offhook.store.store import Store, open_store
from offhook.wiring.clock import utc_now
from offhook.wiring.language_models import language_models
from offhook.wiring.tenants import set_up

YEARS = range(1970, 3000)
"""Those a diary can be reckoned in: beyond, a week from now may be no date at all."""
BEAT_S = 10.0
CLOSING_S = 10.0
"""How long the call of a chat that is broken off may take to be stored."""


def chat(
    profession: Annotated[str, typer.Option(help="Whose demo business answers; `offhook professions` lists them.")] = (
        "dentist"
    ),
    business: Annotated[Path | None, typer.Option(help="A business file: it answers, not a demo's.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line, for programs.")] = False,
    now: Annotated[str | None, typer.Option(help="The time at the business, e.g. 2026-11-23T10:00:00.")] = None,
    llm: Annotated[str | None, typer.Option(help="A language model to ask, e.g. openai; default: the script.")] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Talk to a business by typing; one line of yours, one reply.

    Example: offhook chat --profession plumber
    """
    loaded = settings(llm=llm or "")
    started = _parsed(now)
    show = _Json() if as_json else _Terminal()
    run(_chat(loaded, profession, business, data, started=started, show=show))


def _answering(profession: str, file: Path | None) -> BusinessFile:
    """Who answers: the business of the file, else a demo's; nobody by telephone."""
    if file is not None:
        return replace(read_business_file(file), numbers=())
    return BusinessFile(f"demo-{profession}", demo_business(profession), ())


def _parsed(now: str | None) -> datetime | None:
    if now is None:
        return None
    try:
        moment = datetime.fromisoformat(now)
    except ValueError:
        moment = None
    if moment is None or moment.year not in YEARS:
        fail(f"--now {now} is no point in time. Give one such as 2026-11-23T10:00:00.", 2)
    return moment


def _at_the_business(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)


class _Json:
    """Objects for programs."""

    def reply(self, text: str) -> None:
        """What the agent says."""
        print_json({"type": "reply", "text": text})

    def end(self, outcome: str, summary: CallSummary) -> None:
        """What came of it."""
        told = summary.as_json()
        actions = [{"kind": action.kind, "receipt": action.receipt} for action in summary.actions]
        end = {"type": "end", "outcome": outcome, "actions": actions}
        print_json({**end, "appointments": told["appointments"], "messages": told["messages"]})


class _Terminal:
    """Colours for people."""

    def reply(self, text: str) -> None:
        """What the agent says."""
        out.print(f"[bold cyan]agent[/]   {escape(text)}", highlight=False)

    def end(self, outcome: str, summary: CallSummary) -> None:
        """What came of it."""
        err.print(f"[dim]outcome[/] [bold]{outcome}[/]   [dim]call {summary.id}[/]")
        for made in summary.appointments:
            told = escape(f"{made.service}, {made.start:%A %B %d %Y %H:%M}, {made.name}, {made.phone}")
            err.print(f"[green]appointment[/] {told}")
        for taken in summary.messages:
            urgent = " [bold red]urgent[/]" if taken.urgent else ""
            told = escape(f"{taken.name} {taken.phone}: {taken.text}")
            err.print(f"[yellow]message[/]{urgent} {told}", highlight=False)


async def _lines() -> AsyncIterator[str]:
    """What is typed; bytes that are no UTF-8 stand for one unknown letter each."""
    typed = io.BufferedReader(io.FileIO(sys.stdin.fileno(), closefd=False))
    while line := await _awaited(typed.readline):
        yield line.decode(errors="replace").rstrip("\r\n")


async def _awaited(read: Callable[[], bytes]) -> bytes:
    """What `read` gives, in a thread that no end of this process waits for: nobody may be typing."""
    loop = asyncio.get_running_loop()
    line: asyncio.Future[bytes] = loop.create_future()

    def hand_over(told: bytes) -> None:
        if not line.done():
            line.set_result(told)

    def wait() -> None:
        told = read()
        with suppress(RuntimeError):  # the process is ending
            loop.call_soon_threadsafe(hand_over, told)

    threading.Thread(target=wait, name="typed", daemon=True).start()
    return await line


async def _chat(
    loaded: Settings,
    profession: str,
    file: Path | None,
    data: Path,
    *,
    started: datetime | None,
    show: _Json | _Terminal,
) -> None:
    answering = _answering(profession, file)
    business = answering.business
    began_at = utc_now()
    wall = _at_the_business(started or began_at, business.zone)
    async with open_store(data) as store, language_models(loaded) as models:
        route = await set_up(store, business, name=answering.tenant, numbers=answering.numbers)
        process = f"chat-{new_call_id(began_at)}"
        await store.beat(process, now=began_at)
        new = NewCall(new_call_id(began_at), route.tenant, route.agent, "chat", "", "")
        await store.open_call(new, process=process, now=began_at)
        began = Began(greeting_of(business), Patience(filler=None, reply=60.0), Ways(), Form())
        journal = CallJournal(store.journal_writer, call_id=new.id, tenant=new.tenant, now=utc_now)
        journal.begin(began)
        call = RunningCall(
            began.conversation(),
            receptionist=Receptionist(business, models),
            actions=Actions(business, store.diary(new.tenant), call_id=new.id),
            journal=journal,
            wall=wall,
            patient=PATIENT_STATES,
        )
        async with held(store, new, call, process):
            await TypedCall(call).run(_lines(), show.reply)
        summary = await store.call(new.id)
        show.end(outcome_of(call.conversation.form, call.conversation.reason).value, summary)


@asynccontextmanager
async def held(store: Store, new: NewCall, call: RunningCall, process: str) -> AsyncIterator[None]:
    """Keep the heartbeat of a call's process while it lasts, and store what came of it, however it ends."""

    async def beat() -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            await store.beat(process, now=utc_now())

    async with asyncio.TaskGroup() as beside:
        beating = beside.create_task(beat())
        try:
            yield
        finally:
            beating.cancel()
            reason = call.conversation.reason
            outcome = Outcome.FAILED if reason is None else outcome_of(call.conversation.form, reason)
            async with asyncio.timeout(CLOSING_S):
                await store.close_call(
                    new.id, outcome=outcome, reason="error" if reason is None else reason.value, now=utc_now()
                )
