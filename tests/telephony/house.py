"""A house for the carriers' tests: an exchange that records, served on a real port."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp

from offhook.calls.line import Accepted, Admission, Incoming, Line, Rejected
from offhook.telephony.browser import DiaryEntry, Reception
from offhook.telephony.faults import Fault
from offhook.telephony.listening import listen
from offhook.telephony.server import Doors, doors, serve
from offhook.telephony.tokens import Tokens
from offhook.telephony.twilio_webhooks import TwilioAccount

KEY = "a key of the installation, for tests"
NUMBER = "+15005550007"


class Owner:
    """A `LineOwner` that writes down what it is told."""

    def __init__(self, incoming: Incoming, line: Line) -> None:
        self.incoming = incoming
        self.line = line
        self.events: list[str] = []
        self.audio = bytearray()
        self.call_id = "01call"
        self.breaks = False
        """Whether a key makes a mistake of ours come to light."""
        self._news = asyncio.Event()

    def picked_up(self) -> None:
        self._note("picked_up")

    def audio_in(self, samples: bytes) -> None:
        self.audio += samples
        self._note("audio")

    def key_pressed(self, key: str) -> None:
        if self.breaks:
            raise RuntimeError("a mistake")
        self._note(f"key {key}")

    def hung_up(self) -> None:
        self._note("hung_up")

    @property
    def ended(self) -> bool:
        return "hung_up" in self.events

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until it is true; what is awaited is always something this owner is told."""
        async with asyncio.timeout(20):
            while not true():
                self._news.clear()
                await self._news.wait()

    def _note(self, event: str) -> None:
        assert not self.ended, f"{event} after hung_up"
        assert (self.events == []) == (event == "picked_up"), f"{event} is no beginning or no second one"
        if event != "audio" or self.events[-1] != "audio":
            self.events.append(event)
        self._news.set()


@dataclass
class RecordingExchange:
    """An `Exchange` that takes calls to one number."""

    answers_later: bool = False
    """Keep what `spend` is asked until `answer_now`."""
    owners: list[Owner] = field(default_factory=list[Owner])
    statuses: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    missed_calls: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    rejected: list[Incoming] = field(default_factory=list[Incoming])
    spent: set[str] = field(default_factory=set[str])
    asked: list[tuple[str, Callable[[bool], None]]] = field(default_factory=list[tuple[str, Callable[[bool], None]]])
    on_connect: Callable[[Owner], None] | None = None
    open: bool = True
    connected: asyncio.Event = field(default_factory=asyncio.Event)

    async def admit(self, incoming: Incoming) -> Admission:
        if incoming.line == "browser" or incoming.called == NUMBER:
            return Accepted("demo") if self.open else Rejected("busy", "All lines are busy. Please call again.")
        self.rejected.append(incoming)
        return Rejected("unknown_number", "The number you have called is not in service. Goodbye.")

    def spend(self, token: str, incoming: Incoming, answer: Callable[[bool], None]) -> None:
        self.asked.append((token, answer))
        if not self.answers_later:
            self.answer_now()

    def answer_now(self) -> None:
        asked, self.asked = self.asked, []
        for token, answer in asked:
            first_time = token not in self.spent
            self.spent.add(token)
            answer(first_time)

    def connect(self, incoming: Incoming, line: Line) -> Owner:
        owner = Owner(incoming, line)
        self.owners.append(owner)
        self.connected.set()
        if self.on_connect is not None:
            asyncio.get_running_loop().call_soon(self.on_connect, owner)
        return owner

    def missed(self, call_sid: str, reason: str) -> None:
        self.missed_calls.append((call_sid, reason))

    def carrier_status(self, call_sid: str, status: str) -> None:
        self.statuses.append((call_sid, status))

    def takes_calls(self) -> bool:
        return self.open

    async def owner(self) -> Owner:
        """The next call's owner."""
        async with asyncio.timeout(20):
            await self.connected.wait()
        self.connected.clear()
        return self.owners[-1]


class Desk:
    """A `FrontDesk`."""

    def reception(self) -> Reception:
        return Reception("Bright Smile Dental", "built-in recognizer for trying offhook out", NUMBER)

    async def diary(self) -> Sequence[DiaryEntry]:
        return [DiaryEntry("cleaning", "2026-11-24T10:00", "Ada Lovelace")]


@dataclass
class House:
    """A process that is served."""

    exchange: RecordingExchange
    served: Doors
    tokens: Tokens
    faults: list[Fault]
    url: str
    port: int

    def kinds(self) -> list[str]:
        return [fault.kind for fault in self.faults]


@asynccontextmanager
async def open_house(
    *, tokenless_media: bool = False, auth_token: str | None = None, public_url: str | None = None
) -> AsyncIterator[House]:
    """Serve on a free port for as long as the block lasts."""
    exchange, tokens, faults = RecordingExchange(), Tokens(KEY), list[Fault]()
    account = TwilioAccount(auth_token, public_url)
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    served = doors(
        exchange,
        twilio=account,
        tokens=tokens,
        desk=Desk(),
        tokenless_media=tokenless_media,
        report=faults.append,
    )
    async with asyncio.TaskGroup() as tasks:
        serving = tasks.create_task(serve(served, listening))
        try:
            async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{port}/health/live"):
                pass  # it serves
            yield House(exchange, served, tokens, faults, f"http://127.0.0.1:{port}", port)
        finally:
            serving.cancel()
