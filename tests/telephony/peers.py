"""The caller's side of each carrier's wire, for the contract tests."""

import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

import aiohttp

from offhook.audio import g711
from offhook.calls.line import Incoming
from offhook.telephony.simulated import Clip, Keys, Manners, SimulatedLine
from tests.telephony.house import NUMBER, House, Owner

STREAM = "MZ" + "0" * 32


def start_message(call_sid: str, token: str | None, **changes: object) -> dict[str, Any]:
    media_format = {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1} | changes
    start: dict[str, Any] = {"accountSid": "AC" + "0" * 32, "callSid": call_sid, "tracks": ["inbound"]}
    start |= {"streamSid": STREAM, "mediaFormat": media_format, "customParameters": {"token": token} if token else {}}
    return {"event": "start", "sequenceNumber": "1", "streamSid": STREAM, "start": start}


def media_message(samples: bytes, *, chunk: int, timestamp: int) -> dict[str, Any]:
    payload = base64.b64encode(samples).decode()
    media = {"track": "inbound", "chunk": str(chunk), "timestamp": str(timestamp), "payload": payload}
    return {"event": "media", "sequenceNumber": str(chunk + 1), "streamSid": STREAM, "media": media}


class Peer(Protocol):
    """A caller, whatever carries the call."""

    async def speaks(self) -> None:
        """Say the speech that was agreed on when the call was made."""

    async def presses(self, key: str) -> None: ...

    async def hears(self, count: int) -> bytes:
        """The next `count` samples of the agent's."""

    async def is_cleared(self) -> None:
        """Wait until what was sent ahead is taken back."""

    async def hangs_up(self) -> None: ...

    async def is_left(self) -> None:
        """Wait until the agent has hung up and its last words are heard."""


class TwilioPeer:
    """Twilio's side of Media Streams."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, speech: bytes) -> None:
        self.socket = socket
        self._speech = speech
        self._chunk = self._ms = 0
        self._heard = b""

    async def begins(self, call_sid: str, token: str | None, **media_format: object) -> None:
        await self.socket.send_json({"event": "connected", "protocol": "Call", "version": "1.0.0"})
        await self.socket.send_json(start_message(call_sid, token, **media_format))

    async def speaks(self) -> None:
        await self.says(self._speech)

    async def says(self, samples: bytes, *, piece: int = 160, lost: int = 0) -> None:
        """Send samples; before them `lost` frames of 20 ms never arrive."""
        self._chunk += lost
        self._ms += 20 * lost
        for at in range(0, len(samples), piece):
            part = samples[at : at + piece]
            self._chunk += 1
            await self.socket.send_json(media_message(part, chunk=self._chunk, timestamp=self._ms))
            self._ms += len(part) // 8

    async def presses(self, key: str) -> None:
        await self.socket.send_json({"event": "dtmf", "streamSid": STREAM, "dtmf": {"track": "inbound", "digit": key}})

    async def next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(await self.socket.receive_str(timeout=20))
        assert message["streamSid"] == STREAM
        return message

    async def hears(self, count: int) -> bytes:
        while len(self._heard) < count:
            message = await self.next()
            assert message["event"] == "media"
            self._heard += base64.b64decode(message["media"]["payload"], validate=True)
        heard, self._heard = self._heard[:count], self._heard[count:]
        return heard

    async def is_cleared(self) -> None:
        assert (await self.next())["event"] == "clear"

    async def hangs_up(self) -> None:
        await self.socket.send_json({"event": "stop", "streamSid": STREAM, "stop": {}})

    async def is_left(self) -> None:
        mark = await self.next()
        assert mark["event"] == "mark"
        await self.socket.send_json(mark)  # all that was sent has been played
        assert await self.closed() == 1000

    async def closed(self) -> int | None:
        message = await self.socket.receive(timeout=20)
        assert message.type is aiohttp.WSMsgType.CLOSE, message
        return self.socket.close_code


class BrowserPeer:
    """The page's side of the softphone."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, speech: bytes) -> None:
        self.socket = socket
        self._speech = speech
        self._heard = b""

    async def begins(self, token: str, rate: int = 8000) -> None:
        await self.socket.send_json({"event": "start", "token": token, "rate": rate})

    async def speaks(self) -> None:
        await self.socket.send_bytes(g711.mulaw_to_pcm(self._speech))

    async def presses(self, key: str) -> None:
        await self.socket.send_json({"event": "key", "key": key})

    async def hears(self, count: int) -> bytes:
        while len(self._heard) < count:
            self._heard += await self.socket.receive_bytes(timeout=20)
        heard, self._heard = self._heard[:count], self._heard[count:]
        return heard

    async def is_cleared(self) -> None:
        assert await self.socket.receive_json(timeout=20) == {"event": "clear"}

    async def hangs_up(self) -> None:
        await self.socket.send_json({"event": "hang_up"})

    async def is_left(self) -> None:
        assert await self.socket.receive_json(timeout=20) == {"event": "hang_up"}
        await self.socket.close()

    async def closed(self) -> int | None:
        message = await self.socket.receive(timeout=20)
        assert message.type is aiohttp.WSMsgType.CLOSE, message
        return self.socket.close_code


class SimulatedPeer:
    """The simulated caller, told when to do what it does by itself."""

    def __init__(self, speech: bytes) -> None:
        manners = Manners(before_answering_s=0, for_an_answer_s=0, before_leaving_s=1e9, between_keys_s=0)
        self._heard = bytearray()
        self.line = SimulatedLine([Clip(g711.mulaw_to_pcm(speech)), Keys("5")], manners=manners, ear=self._heard.extend)

    async def speaks(self) -> None:
        self._tick(3)

    async def presses(self, key: str) -> None:
        assert key == "5"
        self._tick(1)

    async def hears(self, count: int) -> bytes:
        self._heard.clear()
        self._tick(-(-count // 160))
        return bytes(self._heard[:count])

    async def is_cleared(self) -> None:
        assert await self.hears(160) == g711.SILENCE * 160

    async def hangs_up(self) -> None:
        self.line.leave()

    async def is_left(self) -> None:
        self._tick(3)
        assert self.line.over

    def _tick(self, count: int) -> None:
        for _ in range(count):
            self.line.tick()


@asynccontextmanager
async def twilio_peer(house: House, speech: bytes = b"") -> AsyncIterator[TwilioPeer]:
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{house.url}/ws") as socket:
        yield TwilioPeer(socket, speech)


@asynccontextmanager
async def browser_peer(house: House, speech: bytes = b"") -> AsyncIterator[BrowserPeer]:
    headers = {"Origin": house.url}
    async with (
        aiohttp.ClientSession() as http,
        http.ws_connect(f"{house.url}/softphone", headers=headers) as socket,
    ):
        yield BrowserPeer(socket, speech)


def twilio_token(house: House, call_sid: str) -> str:
    return house.tokens.sign(Incoming("twilio", "+12125550123", NUMBER, call_sid, {}), "demo", once_per_call=True)


def browser_token(house: House) -> str:
    return house.tokens.sign(Incoming("browser", "", "", "browser-1", {}), "demo", once_per_call=False)


@asynccontextmanager
async def a_call(kind: str, house: House, speech: bytes = b"") -> AsyncIterator[tuple[Peer, Owner]]:
    """A call that has been picked up, by each kind of line."""
    if kind == "twilio":
        async with twilio_peer(house, speech) as twilio:
            await twilio.begins("CA1", twilio_token(house, "CA1"))
            yield twilio, await house.exchange.owner()
    elif kind == "browser":
        async with browser_peer(house, speech) as browser:
            await browser.begins(browser_token(house))
            yield browser, await house.exchange.owner()
    else:
        simulated = SimulatedPeer(speech)
        owner = house.exchange.connect(Incoming("simulated", "", "", "simulated-1", {}), simulated.line)
        simulated.line.connect(owner)
        yield simulated, owner
