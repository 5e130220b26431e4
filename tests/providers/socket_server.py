"""A WebSocket vendor that does as the test says: for what the kit's fakes never do."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

from tests.providers.sinks import Watched


class Peer:
    """One connection, seen from the vendor."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self.query = request.query
        self.headers = request.headers
        self.socket = socket
        self.sound = bytearray()
        self.frames = 0
        self.texts: list[dict[str, Any]] = []
        self.closed = False

    async def send(self, **message: Any) -> None:
        await self.socket.send_json(message)

    def sent(self, kind: str) -> list[dict[str, Any]]:
        return [text for text in self.texts if text.get("type") == kind]


class SocketServer(Watched):
    def __init__(self) -> None:
        super().__init__()
        self.host = ""
        self.peers: list[Peer] = []
        self.status = 101
        """What the handshake is answered with."""

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["SocketServer"]:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._serve)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.host = f"127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def peer(self, number: int) -> Peer:
        """The `number`th connection, from 1, once it is there."""
        await self.until(lambda: len(self.peers) >= number)
        return self.peers[number - 1]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        if self.status != 101:
            return web.Response(status=self.status)
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        peer = Peer(request, socket)
        self.peers.append(peer)
        self.tell()
        async for message in socket:
            if message.type is WSMsgType.BINARY:
                peer.sound += message.data
                peer.frames += 1
            elif message.type is WSMsgType.TEXT:
                peer.texts.append(json.loads(message.data))
            self.tell()
        peer.closed = True
        self.tell()
        return socket
