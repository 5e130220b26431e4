"""The browser softphone: a page with one button, and its media socket.

The page (`pages/`) fetches a one-time token from its own origin, opens `/softphone`, and sends
`{"event":"start","token":...,"rate":16000}`; then binary messages are the microphone's samples, 16-bit little-endian
mono PCM at that rate, and `{"event":"key","key":"5"}` and `{"event":"hang_up"}` are what they say. To the page go
binary messages (mu-law, 8 kHz: the agent's voice), `{"event":"clear"}`, `{"event":"hang_up"}` (play what is queued,
then stop), and `{"event":"show","note":{...}}` for each note of the call:

| kind | what else it holds |
|---|---|
| engine | `text`: what recognizes and speaks, called what it is |
| words | `who` ("caller" or "agent"), `text`, `turn` (a number; the same number replaces the text), `final` (bool) |
| outcome | `outcome`: one of the outcomes of a call; what stands of it follows, what was shown before is forgotten |
| appointment | `service`, `start` (ISO 8601), `name` |
| message | `name`, `text` |

The socket stays open a few seconds after the end, so that the outcome can still be shown.
"""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import ClassVar, Final, Protocol
from urllib.parse import urlsplit

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from picows import WSCloseCode, WSUpgradeRequest

from offhook.audio import g711
from offhook.audio.resample import Resampler
from offhook.calls.line import Accepted, Exchange, Incoming, LineAbilities, LineOwner
from offhook.telephony.faults import Fault, Report
from offhook.telephony.media_socket import MediaSocket, MediaSockets
from offhook.telephony.tokens import Tokens

LINGER_S = 8.0
"""How long the socket stays open after the call for what is still to be shown."""
PAGES: Final = Path(__file__).with_name("pages")
_RATES = frozenset({8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000, 88200, 96000})
_LONGEST_PIECE = 1 << 16
_MOST_WAITING = 500
_KEYS = frozenset("0123456789*#")
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "Permissions-Policy": "microphone=(self)",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True, slots=True)
class Reception:
    """Who answers on the page, as it is shown before the call."""

    business: str
    engine: str
    """What recognizes and speaks, e.g. "built-in recognizer for trying offhook out"."""
    number: str = ""


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One appointment as the page lists it."""

    service: str
    start: str
    """ISO 8601 in the tenant's zone."""
    name: str


class FrontDesk(Protocol):
    """What the page shows of the house; `wiring.py` provides it."""

    def reception(self) -> Reception:
        """Who answers."""
        ...

    async def diary(self) -> Sequence[DiaryEntry]:
        """Today's and the coming appointments, soonest first; at most 50."""
        ...


def is_ours(netloc: str | None, public_url: str | None) -> bool:
    """Whether a request's Host is one we go by: the public address or this machine's own names.

    Anything else may be a stranger's name that was made to resolve to this machine.
    """
    if not netloc:
        return False
    if public_url and netloc == urlsplit(public_url).netloc:
        return True
    return urlsplit(f"//{netloc}").hostname in {"localhost", "127.0.0.1", "::1"}


def same_origin(origin: str | None, host: str | None, public_url: str | None) -> bool:
    """Whether a page of ours asks: its origin is our public one, or is this machine's and the one it asks."""
    if not origin:
        return False
    asked = urlsplit(origin)
    if public_url:
        public = urlsplit(public_url)
        if (asked.scheme, asked.netloc) == (public.scheme, public.netloc):
            return True
    return asked.netloc == host and is_ours(host, public_url)


class Softphone:
    """The page, its token and its socket's door; `router` is mounted by `server.py`."""

    def __init__(
        self, exchange: Exchange, desk: FrontDesk, sockets: MediaSockets, tokens: Tokens, public_url: str | None
    ) -> None:
        self._exchange = exchange
        self._desk = desk
        self._sockets = sockets
        self._tokens = tokens
        self._public_url = public_url
        self._report: Report = sockets.report
        self.router = APIRouter(include_in_schema=False)
        self.router.add_api_route("/", self.page, methods=["GET"])
        self.router.add_api_route("/softphone/token", self.token, methods=["POST"])
        self.router.add_api_route("/softphone/about", self.about, methods=["GET"])
        self.router.add_api_route("/softphone/diary", self.diary, methods=["GET"])

    def door(self, request: WSUpgradeRequest) -> MediaSocket | None:
        """A browser asks for the socket; pages of strangers are refused."""
        if not same_origin(request.headers.get("Origin"), request.headers.get("Host"), self._public_url):
            self._stranger()
            return None
        return BrowserLine(self._sockets, self._exchange, self._tokens)

    async def page(self) -> Response:
        """The page itself."""
        return FileResponse(PAGES / "index.html", headers=_HEADERS)

    async def about(self) -> Response:
        """Who answers."""
        return _json(self._desk.reception())

    async def diary(self, request: Request) -> Response:
        """The coming appointments, for the page only."""
        if not is_ours(request.headers.get("Host"), self._public_url):
            self._stranger()
            return _json({"problem": "Open this page by the address of offhook itself."}, 403)
        return _json(list(await self._desk.diary()))

    async def token(self, request: Request) -> Response:
        """A one-time token for the socket, if a call would be taken now."""
        if not same_origin(request.headers.get("Origin"), request.headers.get("Host"), self._public_url):
            self._stranger()
            return _json({"problem": "Open this page by the address of offhook itself."}, 403)
        if self._sockets.draining:
            return _json({"problem": "offhook is being stopped. Call again in a minute."}, 503)
        incoming = Incoming("browser", "", "", f"browser-{secrets.token_urlsafe(12)}", {})
        admission = await self._exchange.admit(incoming)
        if isinstance(admission, Accepted):
            return _json({"token": self._tokens.sign(incoming, admission.route, once_per_call=False)})
        return _json({"problem": admission.words}, 503)

    def _stranger(self) -> None:
        problem = "A page of another origin asked for the softphone"
        remedy = "Set OFFHOOK_PUBLIC_URL to the address the page is opened by"
        self._report(Fault("foreign_origin", "browser", problem, remedy, "it was refused"))


class _Said(msgspec.Struct):
    event: str
    token: str = ""
    rate: int = 0
    key: str = ""


_decode = msgspec.json.Decoder(_Said).decode


class _State(Enum):
    AWAITING_START = auto()
    SPENDING = auto()
    CONNECTED = auto()
    ENDED = auto()
    """One side has hung up; only notes are still shown."""


class BrowserLine(MediaSocket):
    """A `Line`: one softphone."""

    name: ClassVar[str] = "browser"
    abilities = LineAbilities("browser", clears=True)

    def __init__(self, sockets: MediaSockets, exchange: Exchange, tokens: Tokens) -> None:
        super().__init__(sockets)
        self._exchange = exchange
        self._tokens = tokens
        self._state = _State.AWAITING_START
        self._owner: LineOwner | None = None
        self._waiting: list[bytes] = []

    # What the call asks.

    def send(self, samples: bytes) -> None:
        """See `Line`."""
        if self._state is _State.CONNECTED:
            self.send_binary(samples)

    def clear(self) -> None:
        """See `Line`."""
        if self._state is _State.CONNECTED:
            self.send_text(b'{"event":"clear"}')

    def show(self, note: Mapping[str, object]) -> None:
        """See `Line`."""
        self.send_text(msgspec.json.encode({"event": "show", "note": note}))

    def hang_up(self) -> None:
        """See `Line`."""
        if self._state is _State.CONNECTED:
            self.send_text(b'{"event":"hang_up"}')
            self._owner = None
            self._linger()

    # What the page says.

    def text(self, message: memoryview | bytes) -> None:
        """See `MediaSocket`."""
        try:
            said = _decode(message)
        except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
            self.skip("malformed_message", "A message on the softphone's socket is malformed", _RELOAD)
            return
        if said.event == "start":
            self._start(said)
        elif said.event == "hang_up":
            self._caller_hung_up()
        elif said.event == "key" and self._owner is not None and said.key in _KEYS:
            self._owner.key_pressed(said.key)

    def binary(self, message: memoryview | bytes) -> None:
        """See `MediaSocket`: the microphone's samples."""
        if len(message) % 2 or len(message) > _LONGEST_PIECE:
            self.skip("malformed_message", "A piece of the softphone's audio has an impossible length", _RELOAD)
        elif self._owner is not None:
            self._owner.audio_in(g711.pcm_to_mulaw(self._resample(bytes(message))))
        elif self._state is _State.SPENDING:
            self._waiting.append(bytes(message))
            if len(self._waiting) > _MOST_WAITING:
                self.fail("token_not_answered", "The database did not answer whether a token is new", _DATABASE)
        elif self._state is _State.AWAITING_START:
            self.fail("media_before_start", "Audio came before the softphone's start message", _RELOAD)

    def lost(self) -> None:
        """See `MediaSocket`."""
        self._waiting.clear()
        self._caller_hung_up()
        self._state = _State.ENDED

    def _start(self, said: _Said) -> None:
        if self._state is not _State.AWAITING_START:
            return
        ticket = self._tokens.read(said.token, line=self.name)
        if ticket is None:
            self.fail("refused_token", "A softphone came with no token, or a forged or old one", _RELOAD)
            return
        self.call_sid = ticket.call_sid
        self.believed = True
        if said.rate not in _RATES:
            self.fail("wrong_codec", "A softphone's sample rate is none that sound cards have", _RELOAD)
            return
        self._resample = Resampler(said.rate, g711.RATE_HZ)
        self._state = _State.SPENDING
        incoming = ticket.incoming()
        self._exchange.spend(ticket.name, incoming, lambda first_time: self._spent(incoming, first_time))

    def _spent(self, incoming: Incoming, first_time: bool) -> None:
        if self._state is not _State.SPENDING:
            return
        if not first_time:
            self.fail("used_token", "A softphone came with a token that was used before or leads nowhere", _RELOAD)
            return
        self._state = _State.CONNECTED
        self.started = True
        self._owner = self._exchange.connect(incoming, self)
        self.call_id = self._owner.call_id
        self._owner.picked_up()
        waiting, self._waiting = self._waiting, []
        for samples in waiting:
            self.binary(samples)

    def _caller_hung_up(self) -> None:
        owner, self._owner = self._owner, None
        if owner is not None:
            self._linger()
            owner.hung_up()

    def _linger(self) -> None:
        self._state = _State.ENDED
        if not self.closing:
            asyncio.get_running_loop().call_later(LINGER_S, self.end, WSCloseCode.OK)


def _json(value: object, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, _HEADERS, media_type="application/json")


_RELOAD = "Reload the page; if it stays, the page and this offhook are of different versions."
_DATABASE = "Check the database's load and its disk."
