"""The one port of a process: HTTP by FastAPI, media sockets by picows, both on the running event loop."""

import asyncio
import signal
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import uvicorn
from fastapi import FastAPI, Response
from fastapi.staticfiles import StaticFiles

from offhook.calls.line import Exchange
from offhook.telephony.browser import PAGES, FrontDesk, Softphone
from offhook.telephony.faults import Report, log_fault
from offhook.telephony.media_socket import Door, MediaSockets, upgrades
from offhook.telephony.tokens import Tokens
from offhook.telephony.twilio_media import TwilioLine
from offhook.telephony.twilio_webhooks import TwilioAccount, TwilioWebhooks

_HTTP_STOP_S: Final = 3


@dataclass(frozen=True, slots=True)
class Doors:
    """What is served: built by `doors`, listened for by `serve`."""

    app: FastAPI
    media: Mapping[str, Door]
    sockets: MediaSockets


def doors(
    exchange: Exchange,
    *,
    twilio: TwilioAccount,
    tokens: Tokens,
    desk: FrontDesk | None = None,
    tokenless_media: bool = False,
    report: Report = log_fault,
) -> Doors:
    """The doors of one process.

    Args:
        exchange: Takes the calls.
        twilio: What is needed to believe Twilio.
        tokens: Signs and reads one-time tokens.
        desk: What the softphone page shows; None: no page.
        tokenless_media: Whether `/ws` takes streams without a token; for the benchmark only.
        report: Takes note of faults.
    """
    sockets = MediaSockets(report=report)
    app = FastAPI(title="offhook", docs_url=None, redoc_url=None, openapi_url=None)
    webhooks = TwilioWebhooks(exchange, twilio, tokens, sockets, report)
    app.include_router(webhooks.router)
    media_tokens = None if tokenless_media else tokens
    media: dict[str, Door] = {"/ws": lambda _: TwilioLine(sockets, exchange, media_tokens)}
    if desk is not None:
        softphone = Softphone(exchange, desk, sockets, tokens, twilio.public_url)
        app.include_router(softphone.router)
        app.mount("/pages", StaticFiles(directory=PAGES), name="pages")
        media["/softphone"] = softphone.door

    @app.get("/health/live", include_in_schema=False)
    async def live() -> Response:
        """200 when calls can be taken."""
        takes = exchange.takes_calls() and not sockets.draining
        return Response("ok\n" if takes else "no calls are taken\n", 200 if takes else 503, media_type="text/plain")

    return Doors(app, media, sockets)


async def serve(served: Doors, listening: socket.socket, *, drain_s: float = 0.0) -> None:
    """Serve until SIGTERM or SIGINT, or until cancelled; then let calls finish for `drain_s` and close their sockets.

    `/health/live` says 503 meanwhile, and new calls are refused. A second signal ends the patience.
    """
    config = uvicorn.Config(
        served.app,
        http="h11",
        ws=upgrades(served.media, served.sockets),
        lifespan="off",
        access_log=False,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_HTTP_STOP_S,
    )
    server = _Server(config, served.sockets, drain_s)
    try:
        await server.serve(sockets=[listening])
    except asyncio.CancelledError:
        served.sockets.close_all()
        for accepting in server.servers if server.started else []:
            accepting.close()
        raise
    finally:
        listening.close()


class _Server(uvicorn.Server):
    """A server that also drains the media sockets, which uvicorn does not know.

    After a signal it returns; uvicorn itself would raise the signal again, and end the process before its journal is
    written.
    """

    def __init__(self, config: uvicorn.Config, media: MediaSockets, drain_s: float) -> None:
        super().__init__(config)
        self._media = media
        self._drain_s = drain_s

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._media.drain(self._drain_s)
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        stopping = (signal.SIGTERM, signal.SIGINT)
        for number in stopping:
            loop.add_signal_handler(number, self._stop)
        try:
            yield
        finally:
            for number in stopping:
                loop.remove_signal_handler(number)

    def _stop(self) -> None:
        if self.should_exit:
            self.force_exit = True
            self._media.close_all()
        self.should_exit = True
