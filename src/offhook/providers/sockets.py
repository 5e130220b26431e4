"""A client WebSocket without a task or a queue: whole text messages in by callback, frames out by plain calls."""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from picows import (
    WSCloseCode,
    WSError,
    WSFrame,
    WSHandshakeError,
    WSInvalidURL,
    WSListener,
    WSMsgType,
    WSTransport,
    ws_connect,
)

from offhook.providers.errors import ProviderError, ProviderRejected, ProviderUnavailable, ProviderUnintelligible
from offhook.providers.statuses import hung_up, refused

ABNORMAL = 1006
"""RFC 6455's code for a connection that ended without a close frame."""
_BACKLOG = 240_000
"""Bytes that may wait for a vendor that does not read (mu-law: 30 s); beyond, the connection counts as lost."""


@dataclass(frozen=True, slots=True)
class Door:
    """How to reach a vendor's sockets."""

    provider: str
    headers: Mapping[str, str] = field(repr=False)
    key_setting: str
    """The setting that holds the key, for whoever must mend it, e.g. "DEEPGRAM_API_KEY"."""
    url_setting: str
    connect_s: float = 3.0
    pings: bool = False
    """Ask an idle connection whether it still stands, so that no reply is sent into a dead one."""
    tls: ssl.SSLContext | None = None
    """One for all connections: loading the certificates takes the loop some 20 ms each time."""


def tls_for(url: str) -> ssl.SSLContext | None:
    """What `Door.tls` is to be for this address."""
    return ssl.create_default_context() if url.startswith("wss:") else None


class Socket(WSListener):
    """One connection. After `close` or `abort` neither callback is called again.

    Args:
        on_message: Gets each whole text message.
        on_lost: Gets the close code when the connection ends after `connect` and we did not end it.
    """

    def __init__(self, on_message: Callable[[bytes], None], on_lost: Callable[[int], None]) -> None:
        self._on_message = on_message
        self._on_lost = on_lost
        self._transport: WSTransport | None = None
        self._gone = asyncio.Event()
        self._parts = bytearray()
        self._code = ABNORMAL
        self._stands = self._over = False

    async def connect(self, url: str, door: Door) -> None:
        """Shake hands.

        Raises:
            ProviderError: And nothing else.
        """
        try:
            # picows ends a handshake at its own limit; ours is for the way there (names, TCP, TLS)
            async with asyncio.timeout(2 * door.connect_s):
                await ws_connect(
                    lambda: self,
                    url,
                    ssl_context=door.tls,
                    extra_headers=dict(door.headers),
                    websocket_handshake_timeout=door.connect_s,
                    enable_auto_ping=door.pings,
                )
        except WSInvalidURL as error:
            remedy = f"Check {door.url_setting}; it begins with ws:// or wss://."
            raise ProviderRejected(door.provider, "its address is no WebSocket URL", remedy) from error
        except WSHandshakeError as error:
            raise _handshake_failed(error, door) from error
        except (OSError, WSError) as error:  # a TimeoutError is an OSError
            raise _unreachable(door, type(error).__name__) from error
        except asyncio.CancelledError:
            self.abort()  # also a handshake that ends in this very moment, or after it
            raise
        if self._transport is None:  # picows reports an end before the handshake's as success
            raise _unreachable(door, "it hung up during the handshake")
        if self._over:  # its goodbye came along with its handshake
            raise hung_up(door.provider, self._code)
        self._stands = True

    async def gone(self) -> None:
        """Wait until the connection has ended, whoever ended it."""
        await self._gone.wait()

    def send_text(self, message: bytes) -> None:
        """Send one text message; dropped when the connection is over."""
        if self._transport is not None and not self._over:
            self._transport.send(WSMsgType.TEXT, message)

    def send_binary(self, message: bytes | memoryview) -> None:
        """Send one binary message; dropped when the connection is over."""
        if self._transport is not None and not self._over:
            self._transport.send(WSMsgType.BINARY, message)

    def close(self) -> None:
        """Say goodbye and let go; what was sent before is still delivered."""
        if self._transport is not None and not self._over:
            self._transport.send_close(WSCloseCode.OK)
            self._transport.disconnect()
        self._over = True

    def abort(self) -> None:
        """Let go at once: of a vendor that no longer answers, or at the end of the process."""
        self._over = True
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    # ---- picows calls these

    def on_ws_connected(self, transport: WSTransport) -> None:
        """The handshake is done; perhaps after we gave up."""
        transport.underlying_transport.set_write_buffer_limits(high=_BACKLOG)
        self._transport = transport
        if self._over:
            transport.disconnect(graceful=False)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        """A frame came; a message may be cut into several."""
        if self._over:
            return
        kind = frame.msg_type
        if kind == WSMsgType.TEXT and frame.fin:
            self._on_message(frame.get_payload_as_bytes())
        elif kind in {WSMsgType.TEXT, WSMsgType.CONTINUATION}:
            self._parts += frame.get_payload_as_memoryview()
            if frame.fin:
                whole, self._parts = bytes(self._parts), bytearray()
                self._on_message(whole)
        elif kind == WSMsgType.CLOSE:
            self._code = frame.get_close_code().value or ABNORMAL
            transport.send_close(WSCloseCode.OK)
            transport.disconnect()

    def on_ws_disconnected(self, _transport: WSTransport) -> None:
        """The connection is over."""
        self._gone.set()
        was_over, self._over = self._over, True
        if self._stands and not was_over:
            self._on_lost(self._code)

    def pause_writing(self) -> None:
        """The vendor has stopped reading."""
        if self._transport is not None:
            self._transport.disconnect(graceful=False)

    def resume_writing(self) -> None:
        """Not news: a connection that had to pause is given up."""


def _unreachable(door: Door, problem: str) -> ProviderUnavailable:
    return ProviderUnavailable(
        door.provider, f"no connection ({problem})", f"Check the network and {door.url_setting}."
    )


def _handshake_failed(error: WSHandshakeError, door: Door) -> ProviderError:
    if error.response is None:
        remedy = f"Does {door.url_setting} point at {door.provider}?"
        return ProviderUnintelligible(door.provider, "its answer to the handshake is no HTTP", remedy)
    status = int(error.response.status)
    if status < 400:
        remedy = f"Does {door.url_setting} point at {door.provider}?"
        return ProviderUnintelligible(door.provider, f"HTTP {status} to a WebSocket handshake", remedy)
    return refused(door.provider, status, key=door.key_setting)
