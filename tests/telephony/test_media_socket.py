"""The picows side: what is handed over from uvicorn's port, and what becomes of sockets that misbehave.

`WSProtocol` is not public API of picows; every test here that opens a socket is its contract test.
"""

import asyncio
import socket
from importlib.metadata import version
from typing import Any, cast

import aiohttp
import pytest
from picows import WSCloseCode, WSTransport

from offhook.telephony.faults import Fault
from offhook.telephony.media_socket import (
    MAX_MESSAGE_BYTES,
    QUIET_LIMIT_S,
    START_LIMIT_S,
    MediaSocket,
    MediaSockets,
)
from tests import virtual_time
from tests.telephony.house import open_house
from tests.telephony.peers import a_call, twilio_peer, twilio_token


def test_picows_is_the_version_that_was_tried() -> None:
    assert version("picows") == "2.3.1", "WSProtocol is not public: run this file, then change the number here"


async def test_http_and_media_share_the_port() -> None:
    async with open_house() as house, aiohttp.ClientSession() as http, twilio_peer(house) as peer:
        async with http.get(f"{house.url}/health/live") as answer:
            assert answer.status == 200
        await peer.begins("CA1", twilio_token(house, "CA1"))
        await house.exchange.owner()


@pytest.mark.parametrize("path", ["/", "/other", "/ws/", "/health/live"])
async def test_an_upgrade_elsewhere_gets_404(path: str) -> None:
    async with open_house() as house, aiohttp.ClientSession() as http:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await http.ws_connect(house.url + path)
        assert refused.value.status == 404


async def test_a_message_in_fragments_is_one_message() -> None:
    async with open_house() as house, a_call("twilio", house) as (peer, owner):
        writer = cast("Any", peer).socket._writer.transport
        message = b'{"event":"dtmf","dtmf":{"digit":"9"}}'
        for op, part in [(0x01, message[:10]), (0x00, message[10:20]), (0x80, message[20:])]:
            writer.write(bytes((op, 0x80 | len(part))) + b"\0\0\0\0" + part)
        await owner.until(lambda: "key 9" in owner.events)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (bytes((0x81, 0x80 | 127)) + (MAX_MESSAGE_BYTES + 1).to_bytes(8, "big") + b"\0\0\0\0", 1009),
        (
            bytes((0x81, 0x80 | 127)) + (2 * MAX_MESSAGE_BYTES).to_bytes(8, "big") + bytes(4 + 2 * MAX_MESSAGE_BYTES),
            1009,
        ),
        (bytes((0x81, 2)) + b"{}", 1002),  # not masked
        (bytes((0x83, 0x80)) + b"\0\0\0\0", 1002),  # an opcode that does not exist
    ],
)
async def test_a_frame_that_breaks_the_protocol_ends_the_call(frame: bytes, code: int) -> None:
    async with open_house() as house, a_call("twilio", house) as (peer, owner):
        cast("Any", peer).socket._writer.transport.write(frame)
        assert await cast("Any", peer).closed() == code
        await owner.until(lambda: owner.ended)
        assert house.kinds() == ["message_too_long" if code == 1009 else "broken_frame"]


async def test_a_reader_that_does_not_read_is_let_go() -> None:
    async with open_house() as house, a_call("twilio", house) as (peer, owner):
        reader = cast("Any", peer).socket._response.connection.transport
        reader.pause_reading()
        # The kernel would otherwise take in up to 32 MB for a reader that does not read.
        reader.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        for _ in range(600):  # 600 s of audio: more than all buffers between hold
            if owner.ended:
                break
            owner.line.send(b"\x01" * 8000)
        await owner.until(lambda: owner.ended)
        assert house.kinds() == ["slow_reader"]
        reader.resume_reading()


async def test_a_process_that_stops_tells_its_callers() -> None:
    async with open_house() as house, a_call("twilio", house) as (peer, owner):
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(house.served.sockets.drain(0))
            assert await cast("Any", peer).closed() == WSCloseCode.GOING_AWAY.value
        await owner.until(lambda: owner.ended)
        assert len(house.served.sockets) == 0


async def test_while_draining_calls_finish_and_no_new_ones_come() -> None:
    async with open_house() as house, a_call("twilio", house) as (peer, owner):
        async with asyncio.TaskGroup() as tasks, aiohttp.ClientSession() as http:
            draining = tasks.create_task(house.served.sockets.drain(60))
            async with http.get(f"{house.url}/health/live") as answer:
                assert answer.status == 503
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await http.ws_connect(f"{house.url}/ws")
            assert not owner.ended
            await peer.hangs_up()
            assert await cast("Any", peer).closed() == WSCloseCode.OK.value
            await draining
        assert owner.ended


class _Wire:
    """As much of picows' transport as a socket uses."""

    def __init__(self) -> None:
        self.underlying_transport = self
        self.closed_with: list[int] = []
        self.is_disconnected = False

    def set_write_buffer_limits(self, high: int) -> None:
        assert high > 0

    def send_close(self, code: WSCloseCode) -> None:
        self.closed_with.append(code.value)

    def abort(self) -> None:
        self.is_disconnected = True


class _Quiet(MediaSocket):
    name = "quiet"

    def lost(self) -> None:
        self.lost_at = asyncio.get_running_loop().time()


@pytest.mark.parametrize(
    ("started", "kind", "limit_s"), [(False, "no_start", START_LIMIT_S), (True, "line_went_quiet", QUIET_LIMIT_S)]
)
def test_no_socket_waits_for_ever(started: bool, kind: str, limit_s: float) -> None:
    faults: list[Fault] = []

    async def wait() -> None:
        sockets, wire = MediaSockets(report=faults.append), _Wire()
        socket = _Quiet(sockets)
        socket.on_ws_connected(cast("WSTransport", wire))
        socket.started = started
        await asyncio.sleep(limit_s + 10)
        assert limit_s <= socket.lost_at <= limit_s + 2
        assert wire.closed_with == [1008]
        assert wire.is_disconnected
        sockets.closed(socket)

    virtual_time.run(wait())
    assert [fault.kind for fault in faults] == [kind]
