"""Media sockets: WebSockets by picows on uvicorn's own port, and the list of those that are open.

A message costs one callback: no task, queue or lock stands between the socket and the call. uvicorn answers HTTP; a
request to upgrade reaches the class made by `upgrades`, which gives the connection to picows. `WSProtocol` is not
public API of picows: its version is pinned, and `tests/telephony/test_media_socket.py` holds it to what is used here.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

import structlog
from picows import (
    WSAutoPingStrategy,
    WSCloseCode,
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
    WSUpgradeRequest,
    picows,
)

from offhook.telephony.faults import Fault, Report, log_fault

_log = structlog.get_logger("offhook.telephony")

MAX_MESSAGE_BYTES = 1 << 20
MAX_UNSENT_BYTES = 256 * 1024
"""A line whose reader is so far behind (16 s of audio on Twilio) is broken."""
START_LIMIT_S = 10
QUIET_LIMIT_S = 30
SWEEP_S = 1.0
CLOSE_LIMIT_S = 2.0
PING_S = 20
MOST_SKIPPED = 20
"""Messages of a call that nobody understands and that are skipped; more of them are a broken carrier or none."""

Door = Callable[[WSUpgradeRequest], "MediaSocket | None"]
"""Makes the listener for a request to upgrade; None: 404."""


class MediaSockets:
    """The media sockets of this process that are open: swept for dead ones, closed when the process stops."""

    def __init__(self, *, report: Report = log_fault) -> None:
        self.report = report
        self.draining = False
        self._open: set[MediaSocket] = set()
        self._empty = asyncio.Event()
        self._empty.set()
        self._sweep: asyncio.TimerHandle | None = None
        self._finished: OrderedDict[str, None] = OrderedDict()

    def __len__(self) -> int:
        return len(self._open)

    def opened(self, socket: "MediaSocket") -> None:
        """A socket has finished its handshake."""
        self._open.add(socket)
        self._empty.clear()
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().call_later(SWEEP_S, self._swept)

    def closed(self, socket: "MediaSocket") -> None:
        """A socket is gone."""
        self._open.discard(socket)
        if not self._open:
            self._empty.set()
            if self._sweep is not None:
                self._sweep.cancel()
                self._sweep = None

    def finished(self, call_sid: str) -> None:
        """This call has ended as calls should: one side hung up."""
        self._finished[call_sid] = None
        if len(self._finished) > _MOST_FINISHED:
            self._finished.popitem(last=False)

    def has_finished(self, call_sid: str) -> bool:
        """Whether the call has ended as it should; a stream that broke, was refused or never came has not."""
        return call_sid in self._finished

    def carrier_ended(self, call_sid: str) -> None:
        """The carrier says elsewhere that this call is over: its socket need not find out by itself."""
        for socket in [socket for socket in self._open if call_sid and socket.call_sid == call_sid]:
            socket.end(WSCloseCode.OK)

    async def drain(self, patience_s: float) -> None:
        """Take no new sockets, wait so long for calls to finish, then close the others properly (1001)."""
        self.draining = True
        try:
            async with asyncio.timeout(patience_s):
                await self._empty.wait()
        except TimeoutError:
            self.close_all()
        try:
            async with asyncio.timeout(CLOSE_LIMIT_S + 1):
                await self._empty.wait()
        except TimeoutError:
            for socket in list(self._open):
                socket.abort()

    def close_all(self) -> None:
        """End every call now, with a close frame that says that this end goes away."""
        for socket in list(self._open):
            socket.end(WSCloseCode.GOING_AWAY)

    def _swept(self) -> None:
        self._sweep = asyncio.get_running_loop().call_later(SWEEP_S, self._swept)
        for socket in list(self._open):
            socket.swept()


class MediaSocket(WSListener):
    """One media socket. A carrier's file gives it a meaning by `text`, `binary` and `lost`.

    It sets `call_sid` when it is told, `believed` once the peer has proved to be the carrier, and `started` and
    `call_id` once the call is connected.
    """

    name: ClassVar[str] = ""
    """The carrier, as `LineAbilities.name`."""

    def __init__(self, sockets: MediaSockets) -> None:
        self.call_sid = ""
        self.call_id = ""
        self.believed = False
        self.started = False
        self._sockets = sockets
        self._ws: WSTransport | None = None
        self._closing = False
        self._fragments = bytearray()
        self._fragment_type = WSMsgType.TEXT
        self._messages = 0
        self._messages_at_sweep = 0
        self._quiet_sweeps = 0
        self._skipped = 0

    # What a carrier's file says.

    def text(self, message: memoryview | bytes) -> None:
        """A text message; the view is valid only during this call."""
        raise NotImplementedError

    def binary(self, message: memoryview | bytes) -> None:
        """A binary message; the view is valid only during this call. Refused unless a carrier's file says otherwise."""
        del message
        self.fail("binary_message", "A binary message came, where the carrier sends text only", _SPEAKS_PROTOCOL)

    def lost(self) -> None:
        """The socket has closed or broken, or is being closed for a fault. Called once."""
        raise NotImplementedError

    # What a carrier's file uses.

    @property
    def closing(self) -> bool:
        """Whether nothing more is to be sent or heard."""
        return self._closing

    def send_text(self, message: bytes) -> None:
        """Send a text message, unless the socket is closing."""
        if not self._closing and self._ws is not None:
            self._ws.send(WSMsgType.TEXT, message)

    def send_binary(self, message: bytes) -> None:
        """Send a binary message, unless the socket is closing."""
        if not self._closing and self._ws is not None:
            self._ws.send(WSMsgType.BINARY, message)

    def end(self, code: WSCloseCode) -> None:
        """Close the socket; the carrier's file learns it by `lost`, at once."""
        if self._closing:
            return
        self._closing = True
        if self._ws is not None:
            self._ws.send_close(code)
            asyncio.get_running_loop().call_later(CLOSE_LIMIT_S, self.abort)
        self.lost()

    def fail(self, kind: str, problem: str, remedy: str, *, code: WSCloseCode = WSCloseCode.POLICY_VIOLATION) -> None:
        """Report a fault and end the call properly."""
        if self._closing:
            return
        done = "the call was ended" if self.started else "the connection was refused"
        self._sockets.report(Fault(kind, self.name, problem, remedy, done, self.call_sid, self.call_id))
        self.end(code)

    def skip(self, kind: str, problem: str, remedy: str) -> None:
        """A message is malformed: of a carrier it is left out, and the call goes on; a stranger is sent away."""
        if not self.believed:
            self.fail(kind, problem, remedy)
            return
        self._skipped += 1
        if self._skipped > MOST_SKIPPED:
            self.fail("malformed_flood", f"More than {MOST_SKIPPED} messages of a call are malformed", remedy)
        elif self._skipped == 1:  # the others are most likely of the same kind
            done = "the message was skipped"
            self._sockets.report(Fault(kind, self.name, problem, remedy, done, self.call_sid, self.call_id))

    def abort(self) -> None:
        """Drop the connection without waiting for the other side."""
        if self._ws is not None and not self._ws.is_disconnected:
            self._ws.underlying_transport.abort()

    def swept(self) -> None:
        """Called every `SWEEP_S`: end what never started or has gone quiet."""
        if self._closing:
            return
        quiet = self._messages == self._messages_at_sweep
        self._quiet_sweeps = self._quiet_sweeps + 1 if quiet else 0
        self._messages_at_sweep = self._messages
        if not self.started and self._ages() > START_LIMIT_S:
            self.fail("no_start", "A media socket was opened, but no call was started on it", _SPEAKS_PROTOCOL)
        elif self._quiet_sweeps * SWEEP_S >= QUIET_LIMIT_S:
            self.fail("line_went_quiet", f"Nothing was received for {QUIET_LIMIT_S} s", _CARRIER_STATUS)

    # What picows calls.

    def on_ws_connected(self, transport: WSTransport) -> None:
        """The handshake is done."""
        self._ws = transport
        self._opened_at = asyncio.get_running_loop().time()
        transport.underlying_transport.set_write_buffer_limits(high=MAX_UNSENT_BYTES)
        self._sockets.opened(self)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """A frame came."""
        kind = frame.msg_type
        if transport.is_close_frame_sent and not self._closing:
            self._refused(transport)
        elif kind == WSMsgType.CLOSE:
            self._closed_by_peer(transport)
        elif self._closing or kind in _CONTROL:
            return
        elif kind == WSMsgType.CONTINUATION or not frame.fin:
            self._fragment(frame)
        else:
            self._deliver(kind, frame.get_payload_as_memoryview())

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        """The connection is gone."""
        self._sockets.closed(self)
        if transport.is_close_frame_sent and not self._closing:
            self._refused(transport)
        elif not self._closing:
            self._closing = True
            self.lost()

    def pause_writing(self) -> None:
        """The reader is too far behind."""
        if not self._closing:
            self.fail("slow_reader", f"{MAX_UNSENT_BYTES // 1024} KB of audio could not be sent", _CARRIER_STATUS)
        self.abort()

    def resume_writing(self) -> None:
        """The reader caught up: too late."""

    def _ages(self) -> float:
        return asyncio.get_running_loop().time() - self._opened_at

    def _refused(self, transport: WSTransport) -> None:
        """A close frame was sent by picows itself, because a frame was too long or broke the protocol."""
        sent = transport.close_handshake.sent
        too_long = sent is not None and sent.code == WSCloseCode.MESSAGE_TOO_BIG
        kind, problem = ("message_too_long", _TOO_LONG) if too_long else ("broken_frame", "A WebSocket frame is broken")
        self.fail(kind, problem, _SPEAKS_PROTOCOL)

    def _closed_by_peer(self, transport: WSTransport) -> None:
        if not self._closing:
            self._closing = True
            transport.send_close(WSCloseCode.OK)
            self.lost()
        transport.disconnect()

    def _deliver(self, kind: WSMsgType, message: memoryview | bytes) -> None:
        self._messages += 1
        try:
            if kind == WSMsgType.TEXT:
                self.text(message)
            else:
                self.binary(message)
        except Exception:  # noqa: BLE001  # a mistake of ours ends this line, with its traceback, and no other
            names = {"call": self.call_id or None, "call_sid": self.call_sid or None}
            _log.exception("line_crashed", room="telephony", provider=self.name, **names)
            self.fail("line_crashed", "A mistake of offhook's own broke this line", _REPORT)

    def _fragment(self, frame: WSFrame) -> None:
        if frame.msg_type != WSMsgType.CONTINUATION:
            self._fragments.clear()
            self._fragment_type = frame.msg_type
        self._fragments += frame.get_payload_as_memoryview()
        if len(self._fragments) > MAX_MESSAGE_BYTES:
            self.fail("message_too_long", _TOO_LONG, _SPEAKS_PROTOCOL, code=WSCloseCode.MESSAGE_TOO_BIG)
        elif frame.fin:
            whole = bytes(self._fragments)
            self._fragments.clear()
            self._deliver(self._fragment_type, whole)


def upgrades(doors: Mapping[str, Door], sockets: MediaSockets) -> type[asyncio.Protocol]:
    """The class for uvicorn's `ws=`: gives every request to upgrade to picows, and 404 to paths without a door."""

    def route(request: WSUpgradeRequest) -> WSListener | None:
        door = doors.get(request.path.partition(b"?")[0].decode("latin-1"))
        return None if door is None or sockets.draining else door(request)

    class Fork(asyncio.Protocol):
        """uvicorn makes one per request to upgrade, replays the request's head to it, then sets it as the protocol."""

        def __init__(self, **_: object) -> None:
            self._media = _media_protocol(route)

        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self._transport = cast("asyncio.Transport", transport)
            self._media.connection_made(transport)

        def data_received(self, data: bytes) -> None:
            room = self._media.get_buffer(len(data))
            room[: len(data)] = data
            self._media.buffer_updated(len(data))
            # uvicorn sets this object as the protocol when we return; picows takes over right after.
            asyncio.get_running_loop().call_soon(self._transport.set_protocol, self._media)

        def connection_lost(self, exc: Exception | None) -> None:  # refused before picows took over
            self._media.connection_lost(exc)

    return Fork


def _media_protocol(route: Callable[[WSUpgradeRequest], WSListener | None]) -> Any:  # no types: not picows' public API
    silent = logging.getLogger("picows")
    silent.propagate = False  # faults are reported by us
    silent.addHandler(_NOWHERE)
    protocol: Any = picows.WSProtocol  # type: ignore[attr-defined]  # not in picows' stubs
    return protocol(
        None,  # host and port: a client's
        None,  # path: a client's
        False,  # client side
        route,
        silent,
        True,  # disconnect on an exception of ours
        5,  # handshake timeout, s
        True,  # ping a silent peer
        PING_S,
        PING_S,
        WSAutoPingStrategy.PING_WHEN_IDLE,
        True,  # answer pings
        MAX_MESSAGE_BYTES,
        None,  # extra headers: a client's
        16384,  # first size of the read buffer
    )


_MOST_FINISHED = 10_000
"""A carrier asks what comes next within seconds."""
_NOWHERE = logging.NullHandler()
_TOO_LONG = f"A message is longer than {MAX_MESSAGE_BYTES} bytes"
_CONTROL = (WSMsgType.PING, WSMsgType.PONG)
_SPEAKS_PROTOCOL = "Check that only the carrier's media reach this address, and that it speaks the documented protocol."
_REPORT = "Report it, with the traceback in the log."
_CARRIER_STATUS = "Check the network to the carrier, and the carrier's status page."
