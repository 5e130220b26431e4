"""Twilio's side of Media Streams with a caller who listens and speaks, in real time."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from importlib import resources
from typing import Any
from xml.etree import ElementTree

import aiohttp

from offhook.audio import g711
from offhook.audio.wav import read_telephone
from offhook.telephony.simulated import CallerLine, Clip, Manners, SimulatedLine
from tests.house.serving import PATIENCE_S, PUBLIC_URL, Serving, voice_form
from tests.telephony.peers import STREAM, media_message, start_message

SAYS = ("book", "first_time", "tuesday", "name", "phone", "yes")
"""What it takes to book."""
MANNERS = Manners(before_leaving_s=1e6, between_keys_s=0.1)
"""A caller who stays until the test hangs up."""


def clip(name: str) -> Clip:
    """One of the demo caller's lines."""
    with resources.as_file(resources.files("offhook") / "demo") as folder:
        return Clip(g711.mulaw_to_pcm(read_telephone(folder / f"{name}.wav")))


class StreamsCaller:
    """A caller on Twilio's media socket; what happens on it is at `said` (ms since the start) and `heard`."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, lines: Sequence[CallerLine]) -> None:
        self.socket = socket
        self.line = SimulatedLine(lines, snr_db=28.0, manners=MANNERS, ear=self._hear)
        self.heard = bytearray()
        self._heard_more = asyncio.Event()
        self.closed_by = 0
        self._mark: dict[str, Any] | None = None
        self._chunk = 0
        self._out: list[dict[str, Any]] = []

    call_id = ""

    async def calls(self, call_sid: str, token: str | None) -> None:
        """The whole call."""
        await self.socket.send_json({"event": "connected", "protocol": "Call", "version": "1.0.0"})
        await self.socket.send_json(start_message(call_sid, token))
        self.line.connect(self)
        async with asyncio.TaskGroup() as both:
            listening = both.create_task(self._listen())
            with suppress(aiohttp.ClientConnectionResetError):  # the other side is gone: listening ends by itself
                await self._speak()
                await self.socket.send_json({"event": "stop", "streamSid": STREAM, "stop": {}})
            await listening

    @property
    def audible_s(self) -> float:
        """How long the agent was heard."""
        frames = (self.heard[at : at + g711.FRAME] for at in range(0, len(self.heard), g711.FRAME))
        return 0.02 * sum(frame.count(g711.SILENCE) < len(frame) / 2 for frame in frames)

    async def hears(self, seconds: float) -> None:
        """Wait until so much was heard of the agent."""
        async with asyncio.timeout(PATIENCE_S):
            while self.audible_s < seconds:
                assert not self.line.over, "the call has ended"
                self._heard_more.clear()
                await self._heard_more.wait()

    async def has_said(self, lines: int) -> None:
        """Wait until the caller has said so many lines."""
        async with asyncio.timeout(2 * PATIENCE_S):
            while self.line.lines_said < lines:
                self._heard_more.clear()
                await self._heard_more.wait()

    async def _speak(self) -> None:
        loop = asyncio.get_running_loop()
        due = loop.time()
        while not self.line.over and not self.socket.closed:
            self.line.tick()
            out, self._out = self._out, []
            for message in out:
                await self.socket.send_json(message)
            due += 0.02
            await asyncio.sleep(max(0.0, due - loop.time()))

    async def _listen(self) -> None:
        async for message in self.socket:
            told = json.loads(message.data)
            if told["event"] == "media":
                self.line.send(base64.b64decode(told["media"]["payload"], validate=True))
            elif told["event"] == "clear":
                self.line.clear()
            elif told["event"] == "mark":
                self._mark = told
        self.closed_by = self.socket.close_code or 0
        self.line.hang_up()

    def _hear(self, frame: bytes) -> None:
        self.heard += frame
        self._heard_more.set()
        if self._mark is not None and frame == g711.SILENCE * len(frame):  # all that was sent has been played
            self._out.append(self._mark)
            self._mark = None

    # What the simulated line tells its owner goes out on the socket.

    def picked_up(self) -> None:
        """The stream has started."""

    def audio_in(self, samples: bytes) -> None:
        self._chunk += 1
        self._out.append(media_message(samples, chunk=self._chunk, timestamp=20 * (self._chunk - 1)))

    def key_pressed(self, key: str) -> None:
        self._out.append({"event": "dtmf", "streamSid": STREAM, "dtmf": {"track": "inbound", "digit": key}})

    def hung_up(self) -> None:
        """Told by `stop`."""


async def admitted(served: Serving, call_sid: str, **form: str) -> str:
    """Ring as Twilio does; the token of the answer."""
    status, twiml = await served.twilio("/twilio/voice", voice_form(call_sid, **form))
    assert status == 200, twiml
    stream = ElementTree.fromstring(twiml).find("./Connect/Stream")
    assert stream is not None, twiml
    assert stream.attrib["url"] == re.sub("^http", "ws", PUBLIC_URL) + "/ws"
    parameter = stream.find("./Parameter[@name='token']")
    assert parameter is not None
    return parameter.attrib["value"]


@asynccontextmanager
async def streams_caller(served: Serving, *lines: CallerLine) -> AsyncIterator[StreamsCaller]:
    """A caller whose socket is open."""
    async with aiohttp.ClientSession() as http, http.ws_connect(f"{served.url}/ws") as socket:
        yield StreamsCaller(socket, lines)
