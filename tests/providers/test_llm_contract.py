"""What every language model must do, whatever the vendor. To add one: a row in VENDORS."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from offhook.conversation.actions import Action, ActionKind, ActionResult, Receipt
from offhook.conversation.commands import Utterance
from offhook.conversation.form import Form
from offhook.providers.errors import ProviderRejected, ProviderUnavailable, ProviderUnintelligible
from offhook.providers.llm import LanguageModel, Piece, Request, Text, Tool, ToolCall, Usage
from offhook.providers.openai import OpenAI, OpenAISettings
from tests.providers.kit import Vendors
from tests.providers.sinks import PATIENCE_S

REQUEST = Request(
    system="You are a receptionist.",
    history=(Utterance("agent", "Hello."), Utterance("caller", "Hi, Tuesday?")),
    form=Form(),
    now=datetime(2026, 11, 23, 10, tzinfo=UTC),
    tools=(Tool("book", "Books.", {"type": "object", "properties": {"day": {"type": "string"}}}),),
)


@dataclass(frozen=True)
class Bench:
    model: LanguageModel
    vendors: Vendors


@asynccontextmanager
async def openai() -> AsyncIterator[Bench]:
    async with Vendors().listening() as vendors, aiohttp.ClientSession() as session:
        settings = OpenAISettings(api_key="k", model="m", base_url=f"http://{vendors.host}/v1", first_piece_s=60.0)
        yield Bench(OpenAI(session, settings), vendors)


Vendor = Callable[[], AbstractAsyncContextManager[Bench]]
VENDORS: dict[str, Vendor] = {"openai": openai}


@pytest.fixture(params=VENDORS)
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    async with VENDORS[request.param]() as made:
        yield made


async def pieces(bench: Bench, **changed: Any) -> list[Piece]:
    request = Request(**{**{name: getattr(REQUEST, name) for name in REQUEST.__slots__}, **changed})
    async with aclosing(bench.model.reply(request)) as reply:
        return [piece async for piece in reply]


async def to_its_end(reply: AsyncIterator[Piece]) -> None:
    async for _ in reply:
        pass


def text(reply: list[Piece]) -> str:
    return "".join(piece.text for piece in reply if isinstance(piece, Text))


async def test_gives_the_words_as_they_are_and_the_usage_last(bench: Bench) -> None:
    bench.vendors.script({"text": "Yes,  at ten."})
    reply = await pieces(bench)
    assert text(reply) == "Yes,  at ten."
    assert all(piece.text for piece in reply if isinstance(piece, Text))
    assert isinstance(reply[-1], Usage)
    assert reply[-1].completion_tokens == 3


async def test_sends_the_prompt_and_both_sides_of_the_conversation(bench: Bench) -> None:
    await pieces(bench)
    said = [(message["role"], message["content"]) for message in bench.vendors.asked[0]["messages"]]
    assert said == [("system", REQUEST.system), ("assistant", "Hello."), ("user", "Hi, Tuesday?")]


async def test_goes_on_from_what_is_already_spoken(bench: Bench) -> None:
    await pieces(bench, begun="Tuesday at")
    system, *_, last = bench.vendors.asked[0]["messages"]
    assert last == {"role": "assistant", "content": "Tuesday at"}
    assert system["content"].startswith(REQUEST.system)
    assert "do not repeat" in system["content"].lower()


async def test_tool_calls_come_whole_and_in_order(bench: Bench) -> None:
    calls = [
        {"id": "a", "name": "book", "arguments": {"day": "2026-11-24"}},
        {"id": "b", "name": "note", "arguments": ""},
    ]
    bench.vendors.script({"text": "One moment.", "calls": calls})
    reply = await pieces(bench)
    assert text(reply) == "One moment."
    assert [piece for piece in reply if isinstance(piece, ToolCall)] == [
        ToolCall("a", "book", {"day": "2026-11-24"}),
        ToolCall("b", "note", {}),
    ]
    assert bench.vendors.asked[0]["tools"][0]["function"]["name"] == "book"


async def test_is_told_what_came_of_its_actions(bench: Bench) -> None:
    done = Action("a", ActionKind.BOOK, {"start": "2026-11-24T10:00"})
    refused = Action("b", ActionKind.BOOK, {"start": "2026-11-26T10:00"})
    results = (
        ActionResult(done, receipt=Receipt("R1", ActionKind.BOOK, {"start": "2026-11-24T10:00"})),
        ActionResult(refused, problem="closed", slots=("2026-11-27T09:00",)),
    )
    await pieces(bench, results=results, begun="One moment.")
    *_, own, first, second = bench.vendors.asked[0]["messages"]
    assert own["content"] == "One moment."
    assert [call["id"] for call in own["tool_calls"]] == ["a", "b"]
    assert own["tool_calls"][0]["function"] == {"name": "book", "arguments": '{"start":"2026-11-24T10:00"}'}
    assert (first["tool_call_id"], second["tool_call_id"]) == ("a", "b")
    assert "R1" in first["content"]
    assert "closed" in second["content"]
    assert "2026-11-27T09:00" in second["content"]


@pytest.mark.parametrize("arguments", ['{"day": ', "[]", '"Tuesday"'])
async def test_arguments_that_are_no_object_are_our_error(bench: Bench, arguments: str) -> None:
    bench.vendors.script({"calls": [{"name": "book", "arguments": arguments}]})
    with pytest.raises(ProviderUnintelligible):
        await pieces(bench)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (500, ProviderUnavailable),
        (503, ProviderUnavailable),
        (429, ProviderUnavailable),
        (408, ProviderUnavailable),
        (400, ProviderRejected),
        (401, ProviderRejected),
        (403, ProviderRejected),
        (404, ProviderRejected),
    ],
)
async def test_refusals_are_our_errors(bench: Bench, status: int, error: type[Exception]) -> None:
    bench.vendors.fault("llm", "http_error", status=status)
    with pytest.raises(error, match=f"HTTP {status}"):
        await pieces(bench)


async def test_an_empty_reply_is_a_reply(bench: Bench) -> None:
    bench.vendors.script({"text": ""})
    assert text(await pieces(bench)) == ""


async def test_a_reply_that_breaks_off_is_no_finished_reply(bench: Bench) -> None:
    bench.vendors.fault("llm", "close")
    async with aclosing(bench.model.reply(REQUEST)) as reply:
        assert isinstance(await anext(reply), Text)
        with pytest.raises(ProviderUnavailable):
            await to_its_end(reply)


async def test_a_filtered_reply_is_refused(bench: Bench) -> None:
    bench.vendors.script({"text": "I", "finish": "content_filter"})
    with pytest.raises(ProviderRejected):
        await pieces(bench)


async def test_a_reply_cut_at_its_length_is_a_reply_unless_it_is_empty(bench: Bench) -> None:
    bench.vendors.script({"text": "Yes", "finish": "length"}, {"text": "", "finish": "length"})
    assert text(await pieces(bench)) == "Yes"
    with pytest.raises(ProviderRejected):
        await pieces(bench)


async def test_closing_early_hangs_up_on_the_vendor(bench: Bench) -> None:
    bench.vendors.script({"text": "word " * 100_000})
    async with aclosing(bench.model.reply(REQUEST)) as reply:
        assert isinstance(await anext(reply), Text)
    async with asyncio.timeout(PATIENCE_S):
        await bench.vendors.hung_up_on.wait()


async def test_nobody_listens(bench: Bench) -> None:
    await pieces(bench)
    async with Vendors().listening() as gone:
        pass
    async with aiohttp.ClientSession() as session:
        model = OpenAI(session, OpenAISettings(api_key="k", model="m", base_url=f"http://{gone.host}/v1"))
        with pytest.raises(ProviderUnavailable):
            await pieces(Bench(model, gone))


async def test_a_key_is_in_no_message(bench: Bench) -> None:
    for status in (400, 401, 503):
        bench.vendors.fault("llm", "http_error", status=status)
        with pytest.raises((ProviderRejected, ProviderUnavailable)) as caught:
            await pieces(bench)
        assert "Tuesday" not in str(caught.value)
        assert "receptionist" not in str(caught.value)
