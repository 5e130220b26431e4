"""`offhook serve`: take calls, from carriers and from the softphone page."""

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
import uvloop
from rich.markup import escape

from offhook.cli.console import DEFAULT_DATA, DataOption, PortOption, err, finite, run, settings
from offhook.settings import Settings
from offhook.store.records import Route
from offhook.store.store import Store
from offhook.telephony.browser import DiaryEntry, Reception
from offhook.telephony.listening import listen
from offhook.telephony.server import Doors, doors
from offhook.telephony.server import serve as serve_doors
from offhook.telephony.tokens import Tokens
from offhook.telephony.twilio_webhooks import TwilioAccount
from offhook.wiring.clock import utc_now
from offhook.wiring.house import House, open_house
from offhook.wiring.tenants import DEMO_NUMBER, set_up_demo

BUILT_IN = " (built-in)"
"""What recognizers call themselves that are there for trying offhook out."""
AHEAD = timedelta(days=180)


def serve(
    port: PortOption = 8080,
    host: Annotated[str, typer.Option(help="0.0.0.0 for all.")] = "127.0.0.1",
    demo: Annotated[bool, typer.Option("--demo", help=f"Load the demo tenant, at {DEMO_NUMBER}.")] = False,
    profession: Annotated[str, typer.Option(help="Which tenant that is.")] = "dentist",
    drain: Annotated[float, typer.Option(min=0, callback=finite, help="Seconds for calls to end when stopped.")] = 20.0,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Take calls until stopped. The softphone page is at / of the port.

    Example: offhook serve --demo --port 8080 --data ./calls
    """
    loaded = settings()
    run(
        _serve(loaded, data, host=host, port=port, profession=profession if demo else None, drain_s=drain),
        loop=uvloop.new_event_loop,
    )


@dataclass(frozen=True, slots=True)
class Desk:
    """What the softphone page shows of the house (`FrontDesk`)."""

    store: Store
    route: Route | None
    engine: str
    number: str

    def reception(self) -> Reception:
        """See `FrontDesk`."""
        business = "offhook" if self.route is None else self.route.agent_name
        return Reception(business, self.engine, self.number)

    async def diary(self) -> Sequence[DiaryEntry]:
        """See `FrontDesk`."""
        if self.route is None:
            return ()
        now = utc_now()
        async with self.store.diary(self.route.tenant).reading() as page:
            standing = await page.standing(since=now - timedelta(days=1), until=now + AHEAD)
        zone = str(self.route.configuration.body.get("zone", "UTC"))
        return [
            DiaryEntry(made.service, made.starts_at.astimezone(ZoneInfo(zone)).isoformat(), made.name)
            for made in standing[:50]
        ]


def engine_of(house: House) -> str:
    """What recognizes and speaks, called what it is."""
    heard = house.recognizer_name
    if heard.endswith(BUILT_IN):
        heard = f"the built-in recognizer ({heard.removesuffix(BUILT_IN)}), for trying offhook out in English"
    return f"Heard by {heard}. Spoken by {house.voice_name}."


def build_doors(house: House, route: Route | None, *, tokenless: bool = False) -> Doors:
    """The doors of a process that serves `house`."""
    token = house.settings.twilio_auth_token
    account = TwilioAccount(None if token is None else token.get_secret_value(), house.settings.public_url)
    desk = Desk(house.store, route, engine_of(house), route.number if route else "")
    return doors(house.switchboard, twilio=account, tokens=Tokens(house.key), desk=desk, tokenless_media=tokenless)


async def serve_house(served: Doors, *, host: str, port: int, drain_s: float) -> None:
    """Serve until stopped."""
    listening = listen(host, port)
    settle_memory()
    await serve_doors(served, listening, drain_s=drain_s)


def settle_memory() -> None:
    """What stands now stands for ever: the collector need not walk it (0.1 s) while callers wait."""
    gc.collect()
    gc.freeze()


async def _serve(loaded: Settings, data: Path, *, host: str, port: int, profession: str | None, drain_s: float) -> None:
    listen(host, port).close()  # a busy port is told before anything starts
    number = DEMO_NUMBER if profession else None
    async with open_house(loaded, data, browser_number=number) as house:
        route = await set_up_demo(house.store, profession) if profession else None
        if number is not None:
            await house.switchboard.prepare(number)
        err.print(
            f"offhook answers at [bold]http://{host}:{port}/[/]  (calls are kept in {escape(str(data))})",
            highlight=False,
            soft_wrap=True,
        )
        await serve_house(build_doors(house, route), host=host, port=port, drain_s=drain_s)
