"""The benchmark kit's fake vendors, on a real socket of the test's own loop."""

import asyncio
import importlib
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

LOUD = bytes((0x00, 0x80)) * 80
"""20 ms of mu-law that the fake recognizer takes for speech."""
SILENCE = b"\xff" * 160

_fakes: Any = importlib.import_module("bench.kit.fakes")  # untyped, and nobody's to type: it stands alone


class Vendors:
    """OpenAI, Deepgram and Cartesia at `host`, without latency."""

    def __init__(self) -> None:
        self.host = ""
        self.asked: list[dict[str, Any]] = []
        """Bodies of the requests to the language model."""
        self.hung_up_on = asyncio.Event()
        """A stream of the language model was left before its end."""
        self._fakes = _fakes.Fakes(
            Namespace(llm_ttft_ms=0, llm_tps=1e6, stt_final_ms=0, stt_min_silence_ms=200, tts_ttfb_ms=0)
        )

    def fault(self, vendor: str, kind: str, *, status: int = 503, count: int | None = 1) -> None:
        """Inject a fault of the kit's; `count` None: until the test ends."""
        self._fakes.faults.active.append({"vendor": vendor, "kind": kind, "status": status, "count": count})

    def script(self, *replies: dict[str, Any]) -> None:
        """What the language model answers next."""
        self._fakes.script.extend(replies)

    def log(self, kind: str) -> list[dict[str, Any]]:
        """The kit's records of one kind: stt, llm, tts."""
        return [record for record in self._fakes.log if record["k"] == kind]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Vendors"]:
        app = self._fakes.app()
        app.middlewares.append(self._record)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.host = f"127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()
            for task in tuple(self._fakes.tasks):
                task.cancel()

    @web.middleware
    async def _record(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.method == "POST":
            self.asked.append(await request.json())
        try:
            answer: web.StreamResponse = await handler(request)
            return answer
        finally:
            if any("aborted" in record for record in self.log("llm")):
                self.hung_up_on.set()
