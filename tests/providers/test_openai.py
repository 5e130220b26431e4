"""What is OpenAI's own: its errors, its deadlines, and connections that are used again."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from offhook.conversation.commands import Utterance
from offhook.conversation.form import Form
from offhook.providers.errors import ProviderError, ProviderRejected, ProviderUnavailable, ProviderUnintelligible
from offhook.providers.llm import Piece, Request, Text, ToolCall, Usage
from offhook.providers.openai import OpenAI, OpenAISettings
from tests.providers import patient_time

REQUEST = Request("Be brief.", (Utterance("caller", "Hi?"),), Form(), datetime(2026, 11, 23, 10, tzinfo=UTC))
HANGS = object()
"""In a script: nothing comes any more."""


def delta(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def fragment(index: int, name: str | None = None, arguments: str = "", **more: Any) -> dict[str, Any]:
    return {"index": index, "function": {"name": name, "arguments": arguments}, **more}


class Server:
    """Answers every request with the same bytes, chunks or status."""

    def __init__(self, *script: Any, status: int = 200, kind: str = "text/event-stream") -> None:
        self.host = ""
        self.script = script
        self.status = status
        self.kind = kind
        self.asked: list[dict[str, Any]] = []
        self.peers: set[Any] = set()
        self.headers: list[Any] = []

    @asynccontextmanager
    async def listening(self) -> AsyncIterator["Server"]:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.host = f"127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.peers.add(request.transport)
        self.headers.append(request.headers)
        if request.method == "POST":
            self.asked.append(await request.json())
        response = web.StreamResponse(status=self.status, headers={"Content-Type": self.kind})
        await response.prepare(request)
        for part in self.script:
            if part is HANGS:
                await asyncio.Event().wait()
            await response.write(part if isinstance(part, bytes) else b"data: " + json.dumps(part).encode() + b"\n\n")
        await response.write_eof()
        return response


def play(server: Server, scene: Callable[[OpenAI], Awaitable[None]], **settings: Any) -> None:
    async def main() -> None:
        async with server.listening(), aiohttp.ClientSession() as session:
            chosen = OpenAISettings(api_key="secret", model="m", base_url=f"http://{server.host}/v1/", **settings)
            await scene(OpenAI(session, chosen))

    patient_time.run(main())


async def pieces(model: OpenAI) -> list[Piece]:
    async with aclosing(model.reply(REQUEST)) as reply:
        return [piece async for piece in reply]


def fails(server: Server, error: type[ProviderError], match: str, **settings: Any) -> None:
    async def scene(model: OpenAI) -> None:
        with pytest.raises(error, match=match) as caught:
            await pieces(model)
        assert "secret" not in str(caught.value)

    play(server, scene, **settings)


DONE = b"data: [DONE]\n\n"


def test_a_request_holds_what_the_operator_chose_and_nothing_more() -> None:
    server = Server(delta(content="Yes."), delta("stop"), DONE)

    async def scene(model: OpenAI) -> None:
        assert model.name == "openai/m"
        await pieces(model)
        assert server.headers[0]["Authorization"] == "Bearer secret"
        assert server.asked[0].pop("messages")[0] == {"role": "system", "content": "Be brief."}
        assert server.asked[0] == {
            "model": "m",
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_completion_tokens": 99,
            "temperature": 0.3,
            "reasoning_effort": "none",
        }

    play(server, scene, temperature=0.3, reasoning_effort="none", max_completion_tokens=99)


def test_calls_are_put_together_by_index_and_usage_comes_without_choices() -> None:
    server = Server(
        delta(role="assistant", content=""),
        delta(content="One"),
        delta(tool_calls=[fragment(1, "note"), fragment(0, "book", '{"day":', id="x")]),
        delta(tool_calls=[fragment(0, None, '"Tuesday"}')]),
        delta("tool_calls"),
        {"choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 5, "prompt_tokens_details": {}}},
        DONE,
    )

    async def scene(model: OpenAI) -> None:
        assert await pieces(model) == [
            Text("One"),
            ToolCall("x", "book", {"day": "Tuesday"}),
            ToolCall("call_1", "note", {}),
            Usage(10, 5),
        ]

    play(server, scene)


def test_a_finished_stream_gives_its_connection_back() -> None:
    server = Server(delta(content="Yes."), delta("stop"), DONE)

    async def scene(model: OpenAI) -> None:
        await model.warm()
        for _ in range(3):
            await pieces(model)
        assert len(server.peers) == 1

    server.kind = "text/event-stream"
    play(server, scene)


def test_a_body_that_does_not_end_holds_nobody_up() -> None:
    async def scene(model: OpenAI) -> None:
        began = asyncio.get_running_loop().time()
        assert await pieces(model) == [Text("Yes.")]
        assert asyncio.get_running_loop().time() - began < 1.0

    play(Server(delta(content="Yes."), delta("stop"), DONE, HANGS), scene)


def test_the_end_may_lack_its_marker_or_its_reason_but_not_both() -> None:
    async def scene(model: OpenAI) -> None:
        assert await pieces(model) == [Text("Yes.")]

    play(Server(delta(content="Yes."), delta("stop")), scene)
    play(Server(delta(content="Yes."), DONE), scene)
    fails(Server(delta(content="Yes.")), ProviderUnavailable, "broke off")
    fails(Server(), ProviderUnavailable, "broke off")


def test_a_refusal_in_words_is_spoken() -> None:
    async def scene(model: OpenAI) -> None:
        assert await pieces(model) == [Text("I cannot do that.")]

    play(Server(delta(refusal="I cannot do that."), delta("stop"), DONE), scene)


@pytest.mark.parametrize(
    ("script", "waited_s"),
    [
        ((HANGS,), 2.0),
        ((b": ping\n\n", delta(role="assistant", content=""), HANGS), 2.0),
        ((delta(content="Yes"), b": ping\n\n", HANGS), 5.0),
    ],
)
def test_every_wait_ends(script: tuple[Any, ...], waited_s: float) -> None:
    async def scene(model: OpenAI) -> None:
        began = asyncio.get_running_loop().time()
        with pytest.raises(ProviderUnavailable, match="too slow"):
            await pieces(model)
        assert asyncio.get_running_loop().time() - began == pytest.approx(waited_s, abs=0.5)

    play(Server(*script), scene, first_piece_s=2.0, next_piece_s=5.0)


@pytest.mark.parametrize(
    ("server", "error", "match"),
    [
        (Server(b"<html>It works!</html>", kind="text/html"), ProviderUnintelligible, "text/html"),
        (Server(b"data: <html>\n\n"), ProviderUnintelligible, "no chunk"),
        (Server(b'data: {"choices": 7}\n\n'), ProviderUnintelligible, "no chunk"),
        (Server(b"data: \xff\xfe\n\n"), ProviderUnintelligible, "no chunk"),
        (Server(b"data: " + b"x" * 2_000_000), ProviderUnintelligible, "no chunk"),
        (Server(delta("tool_calls", tool_calls=[fragment(0)]), DONE), ProviderUnintelligible, "without a name"),
        (Server({"error": {"message": "Hi?", "type": "server_error", "code": None}}), ProviderUnavailable, "HTTP 500"),
        (Server({"error": {"message": "m", "code": "insufficient_quota"}}), ProviderRejected, "credit"),
        (Server(b"", status=302), ProviderUnintelligible, "302"),
    ],
    ids=lambda value: None if isinstance(value, Server) else str(value),
)
def test_nonsense_and_faults_are_our_errors(server: Server, error: type[ProviderError], match: str) -> None:
    fails(server, error, match)


@pytest.mark.parametrize(
    ("status", "code", "error", "match"),
    [
        (429, "insufficient_quota", ProviderRejected, "credit"),
        (429, "rate_limit_exceeded", ProviderUnavailable, "HTTP 429"),
        (400, "context_length_exceeded", ProviderRejected, "prompt"),
        (401, "invalid_api_key", ProviderRejected, "OPENAI_API_KEY"),
        (404, "model_not_found", ProviderRejected, "model"),
    ],
)
def test_the_vendors_codes_say_what_to_do(status: int, code: str, error: type[ProviderError], match: str) -> None:
    body = json.dumps({"error": {"message": "Hi?", "type": "t", "param": None, "code": code}}).encode()
    fails(Server(body, status=status, kind="application/json"), error, match)


@pytest.mark.parametrize("url", ["", "nowhere", "http://[", "ftp://example.com/v1"])
def test_an_address_that_is_none_is_our_error(url: str) -> None:
    async def main() -> None:
        async with aiohttp.ClientSession() as session:
            model = OpenAI(session, OpenAISettings(api_key="secret", model="m", base_url=url))
            with pytest.raises(ProviderRejected, match="OPENAI_BASE_URL"):
                await pieces(model)

    patient_time.run(main())
