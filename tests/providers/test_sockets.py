"""A client socket hides what may happen on a wire, and none of it leaves as somebody else's exception."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from picows import WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

from offhook.providers.cartesia import CartesiaSettings
from offhook.providers.deepgram import DeepgramSettings
from offhook.providers.errors import ProviderError, ProviderRejected, ProviderUnavailable, ProviderUnintelligible
from offhook.providers.openai import OpenAISettings
from offhook.providers.sockets import Door, Socket, tls_for
from tests.providers import patient_time
from tests.providers.sinks import Watched

DOOR = Door("vendor", {}, key_setting="VENDOR_KEY", url_setting="VENDOR_URL")


class Client(Watched):
    def __init__(self) -> None:
        super().__init__()
        self.messages: list[bytes] = []
        self.lost: list[int] = []
        self.socket = Socket(self._message, self._lost)

    def _message(self, message: bytes) -> None:
        self.messages.append(message)
        self.tell()

    def _lost(self, code: int) -> None:
        self.lost.append(code)
        self.tell()


def address(server: asyncio.Server) -> str:
    return f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@asynccontextmanager
async def answering(answer: bytes, *, hangs: bool = False) -> AsyncIterator[str]:
    """A server that answers whatever it is asked with these bytes, and hangs up unless it `hangs`."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        if hangs:
            await reader.read()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield address(server)


@pytest.mark.parametrize(
    ("answer", "hangs", "error", "match"),
    [
        (b"", False, ProviderUnavailable, "hung up"),
        (b"", True, ProviderUnavailable, "TimeoutError"),
        (b"SSH-2.0-OpenSSH\r\n\r\n", False, ProviderUnintelligible, "VENDOR_URL"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", False, ProviderUnintelligible, "HTTP 200"),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", False, ProviderRejected, "VENDOR_KEY"),
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", False, ProviderUnavailable, "HTTP 503"),
        (b"HTTP/1.1 402 Pay\r\nContent-Length: 0\r\n\r\n", False, ProviderRejected, "credit"),
    ],
)
def test_a_handshake_that_fails_is_our_error(
    answer: bytes, hangs: bool, error: type[ProviderError], match: str
) -> None:
    async def main() -> None:
        client = Client()
        async with answering(answer, hangs=hangs) as url:
            with pytest.raises(error, match=match):
                await client.socket.connect(url, DOOR)
        assert not client.lost

    patient_time.run(main())


@pytest.mark.parametrize(
    ("url", "error"),
    [("http://127.0.0.1", ProviderRejected), ("", ProviderRejected), ("ws://127.0.0.1:1", ProviderUnavailable)],
)
def test_an_address_where_nobody_is(url: str, error: type[ProviderError]) -> None:
    async def main() -> None:
        with pytest.raises(error, match="VENDOR_URL"):
            await Client().socket.connect(url, DOOR)

    patient_time.run(main())


class _Server(WSListener):
    def __init__(self) -> None:
        self.transport: WSTransport | None = None
        self.up = asyncio.Event()

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        self.up.set()


@asynccontextmanager
async def connected() -> AsyncIterator[tuple[Client, WSTransport]]:
    listener = _Server()

    def route(_: WSUpgradeRequest) -> WSListener:
        return listener

    server = await ws_create_server(route, "127.0.0.1", 0)
    async with server:
        client = Client()
        await client.socket.connect(address(server), DOOR)
        await listener.up.wait()
        assert listener.transport is not None
        yield client, listener.transport
        client.socket.abort()
        listener.transport.disconnect(graceful=False)
        await client.socket.gone()


def test_a_message_in_pieces_is_one_message() -> None:
    async def main() -> None:
        async with connected() as (client, server):
            server.send(WSMsgType.TEXT, b"one")
            server.send(WSMsgType.TEXT, b"tw", fin=False)
            server.send(WSMsgType.PING, b"?")
            server.send(WSMsgType.CONTINUATION, b"", fin=False)
            server.send(WSMsgType.CONTINUATION, b"o")
            server.send(WSMsgType.TEXT, b"thr", fin=False)
            server.send(WSMsgType.CONTINUATION, b"ee")
            await client.until(lambda: len(client.messages) == 3)
            assert client.messages == [b"one", b"two", b"three"]

    patient_time.run(main())


@pytest.mark.parametrize("code", [1000, 1006, 1011, 4001])
def test_the_end_is_told_once_with_its_code(code: int) -> None:
    async def main() -> None:
        async with connected() as (client, server):
            if code == 1006:
                server.disconnect(graceful=False)
            else:
                server.send(WSMsgType.CLOSE, code.to_bytes(2, "big"))
            await client.until(lambda: bool(client.lost))
            await client.socket.gone()
            assert client.lost == [code]

    patient_time.run(main())


def test_after_our_own_goodbye_nothing_is_told() -> None:
    async def main() -> None:
        async with connected() as (client, server):
            client.socket.close()
            server.send(WSMsgType.TEXT, b"late")
            await client.socket.gone()
            client.socket.send_text(b"too late")
            client.socket.send_binary(b"too late")
            client.socket.close()
            assert not client.messages
            assert not client.lost

    patient_time.run(main())


def test_a_vendor_that_does_not_read_is_lost() -> None:
    async def main() -> None:
        async with connected() as (client, server):
            server.underlying_transport.pause_reading()
            for _ in range(200):
                client.socket.send_binary(bytes(100_000))
            await client.until(lambda: bool(client.lost))

    patient_time.run(main())


@pytest.mark.parametrize(
    "settings", [DeepgramSettings("secret"), OpenAISettings("secret", "m"), CartesiaSettings("secret", "v")]
)
def test_a_key_is_not_shown(settings: object) -> None:
    assert "secret" not in repr(settings)
    assert "secret" not in repr(Door("vendor", {"Authorization": "secret"}, key_setting="", url_setting=""))


def test_only_a_secure_address_has_certificates() -> None:
    assert tls_for("wss://example.com") is not None
    assert tls_for("ws://example.com") is None
