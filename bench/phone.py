"""One caller on a Media Streams socket, as the carrier connects it: for benches that look at single moments of a call.

async with dialled(url) as phone:
    at = await phone.first_sound()
"""

import asyncio
import base64
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from offhook.audio.g711 import FRAME, SILENCE, pcm_to_mulaw
from offhook.audio.wav import read_wav

FRAME_S = 0.02
ANSWER_S = 10.0
CLIPS = Path(__file__).parent / "kit" / "clips"
_SILENT = b"\xff\x7f\xfe\x7e"


def clip(name: str, seconds: float | None = None) -> bytes:
    """mu-law of one of the kit's clips, or of its beginning."""
    mulaw = pcm_to_mulaw(read_wav(CLIPS / f"{name}.wav").pcm)
    return mulaw if seconds is None else mulaw[: round(8000 * seconds)]


class Phone:
    """What the caller does and hears. Times are the loop's."""

    def __init__(self, socket: ClientConnection, stream: str) -> None:
        self._socket = socket
        self._stream = stream
        self._loop = asyncio.get_running_loop()
        self._saying: deque[bytes] = deque()
        self._said = asyncio.Event()
        self._sound = asyncio.Event()
        self._cleared = asyncio.Event()
        self._sound_at = self._cleared_at = 0.0
        self.started_at = 0.0

    async def start(self, call: str) -> None:
        """The carrier's first messages."""
        await self._send({"event": "connected", "protocol": "Call", "version": "1.0.0"})
        told = {
            "accountSid": "AC" + "0" * 32,
            "streamSid": self._stream,
            "callSid": call,
            "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": {},
        }
        self.started_at = self._loop.time()
        await self._send({"event": "start", "sequenceNumber": "1", "start": told, "streamSid": self._stream})

    async def first_sound(self) -> float:
        """When the next sound of the agent comes in."""
        self._sound.clear()
        async with asyncio.timeout(ANSWER_S):
            await self._sound.wait()
        return self._sound_at

    async def cleared(self) -> float:
        """When the agent next has its waiting sound dropped."""
        self._cleared.clear()
        async with asyncio.timeout(ANSWER_S):
            await self._cleared.wait()
        return self._cleared_at

    async def say(self, mulaw: bytes) -> float:
        """Speak; returns when the last of it was sent."""
        self._said.clear()
        self._saying.extend(mulaw[at : at + FRAME] for at in range(0, len(mulaw), FRAME))
        await self._said.wait()
        return self._loop.time()

    async def speak(self) -> None:
        """Send a frame every 20 ms, silence when there is nothing to say, until cancelled."""
        due = self._loop.time()
        for n in count(2):
            samples = self._saying.popleft().ljust(FRAME, SILENCE) if self._saying else SILENCE * FRAME
            media = {"track": "inbound", "chunk": str(n), "timestamp": str(20 * n)}
            media["payload"] = base64.b64encode(samples).decode()
            await self._send({"event": "media", "sequenceNumber": str(n), "media": media, "streamSid": self._stream})
            if not self._saying:
                self._said.set()
            due += FRAME_S
            await asyncio.sleep(max(0.0, due - self._loop.time()))

    async def hear(self) -> None:
        """Take in what the agent sends, until the socket is closed or this is cancelled."""
        async for message in self._socket:
            now, told = self._loop.time(), json.loads(message)
            match told["event"]:
                case "media" if base64.b64decode(told["media"]["payload"]).translate(None, _SILENT):
                    self._sound_at = now
                    self._sound.set()
                case "clear":
                    self._cleared_at = now
                    self._cleared.set()
                case "mark":
                    await self._send({"event": "mark", "streamSid": self._stream, "mark": told["mark"]})
                case _:
                    pass

    async def hang_up(self, call: str) -> None:
        """The carrier's last message."""
        stop = {"accountSid": "AC" + "0" * 32, "callSid": call}
        await self._send({"event": "stop", "sequenceNumber": "0", "stop": stop, "streamSid": self._stream})

    async def _send(self, message: dict[str, object]) -> None:
        try:
            await self._socket.send(json.dumps(message))
        except ConnectionClosed:
            raise AssertionError("the agent closed the call") from None


_NUMBERS = count(1)


@asynccontextmanager
async def dialled(url: str) -> AsyncIterator[Phone]:
    """A call from its first message to its last."""
    number = next(_NUMBERS)
    call = f"CA{number:032x}"
    async with connect(url, compression=None) as socket:
        phone = Phone(socket, f"MZ{number:032x}")
        await phone.start(call)
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(phone.hear()), tasks.create_task(phone.speak())]
            yield phone
            for task in running:
                task.cancel()
        await phone.hang_up(call)
