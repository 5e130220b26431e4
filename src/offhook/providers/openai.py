"""OpenAI, chat completions as a stream, over the process's one HTTP session.

Source: its API reference, "Create chat completion" (November 2026). A stream is server-sent events of chunks with
deltas, ended by `[DONE]`; a tool call's name comes first and its arguments in fragments, by `index`; the chunk that
tells the usage has no choices. The vendor's own client costs the loop six times as much per stream.
"""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import aiohttp
import msgspec

from offhook.providers.chat_request import conversation
from offhook.providers.errors import ProviderError, ProviderRejected, ProviderUnavailable, ProviderUnintelligible
from offhook.providers.llm import Piece, Request, Text, ToolCall, Usage
from offhook.providers.sse import SseReader
from offhook.providers.statuses import refused

_DONE = b"[DONE]"
_LONGEST_ERROR = 65_536
_END_S = 0.25
"""How long the end of a body may take after `[DONE]`; then the connection is given up."""
_NO_TIMEOUT = aiohttp.ClientTimeout(total=None)
"""Every wait here has its own deadline."""


class _Function(msgspec.Struct, gc=False):
    name: str | None = None
    arguments: str | None = None


class _CallDelta(msgspec.Struct):
    index: int = 0
    id: str | None = None
    function: _Function | None = None


class _Delta(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None
    tool_calls: list[_CallDelta] | None = None


class _Choice(msgspec.Struct):
    delta: _Delta
    finish_reason: str | None = None


class _Usage(msgspec.Struct, gc=False):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class _Problem(msgspec.Struct, gc=False):
    type: str | None = None
    code: str | int | None = None


class _Chunk(msgspec.Struct):
    choices: list[_Choice] = []
    usage: _Usage | None = None
    error: _Problem | None = None


_chunk = msgspec.json.Decoder(_Chunk)
_arguments = msgspec.json.Decoder(dict[str, object])


@dataclass(frozen=True, slots=True)
class OpenAISettings:
    """What an operator may choose."""

    api_key: str = field(repr=False)
    model: str
    base_url: str = "https://api.openai.com/v1"
    temperature: float | None = None
    """None for models that take none."""
    reasoning_effort: str | None = None
    """For models that reason: "none" or "minimal" where they know it; a caller is waiting."""
    max_completion_tokens: int = 400
    first_piece_s: float = 3.0
    """How long the first words may take, the connection included."""
    next_piece_s: float = 3.0


class OpenAI:
    """A `LanguageModel`. The session is the process's own; wiring opens and closes it."""

    def __init__(self, session: aiohttp.ClientSession, settings: OpenAISettings) -> None:
        self.name = f"openai/{settings.model}"
        self._session = session
        self._settings = settings
        self._base = settings.base_url.rstrip("/")
        self._fixed = _fixed(settings)
        self._headers = {"Authorization": f"Bearer {settings.api_key}", "Content-Type": "application/json"}

    async def warm(self) -> None:
        """Make a connection for the first call, and see that the key is taken.

        Raises:
            ProviderError: And nothing else.
        """
        try:
            async with (
                asyncio.timeout(self._settings.first_piece_s),
                self._session.get(f"{self._base}/models", headers=self._headers, timeout=_NO_TIMEOUT) as response,
            ):
                await _check(response)
                await response.read()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise _from_outside(error) from error

    async def reply(self, request: Request) -> AsyncGenerator[Piece, None]:
        """See `LanguageModel.reply`."""
        deadline = asyncio.get_running_loop().time() + self._settings.first_piece_s
        response = await self._ask(request, deadline)
        stream = _Stream(response, deadline, next_piece_s=self._settings.next_piece_s)
        calls = _Calls()
        usage: _Usage | None = None
        try:
            while (chunks := await stream.read()) is not None:
                for chunk in chunks:
                    usage = chunk.usage or usage
                    for choice in chunk.choices:
                        calls.add(choice.delta.tool_calls)
                        if words := choice.delta.content or choice.delta.refusal:
                            yield Text(words)
            for call in calls.whole():
                yield call
            if usage is not None:
                yield Usage(usage.prompt_tokens, usage.completion_tokens)
        finally:
            response.close()  # hangs up if more was to come; a stream read to its end is back in the pool already

    async def _ask(self, request: Request, deadline: float) -> aiohttp.ClientResponse:
        body = msgspec.json.encode({**self._fixed, **conversation(request)})
        try:
            async with asyncio.timeout_at(deadline):
                response = await self._session.post(
                    f"{self._base}/chat/completions", data=body, headers=self._headers, timeout=_NO_TIMEOUT
                )
                try:
                    await _check(response)
                except BaseException:
                    response.close()
                    raise
        except (aiohttp.ClientError, OSError, ValueError) as error:  # aiohttp's InvalidURL is a ValueError
            raise _from_outside(error) from error
        return response


class _Stream:
    """The chunks of one answer, under its deadlines, and the check that it came to a proper end."""

    __slots__ = ("_deadline", "_done", "_empty", "_finish", "_next_piece_s", "_reader", "_response")

    def __init__(self, response: aiohttp.ClientResponse, deadline: float, *, next_piece_s: float) -> None:
        self._response = response
        self._deadline = deadline
        self._next_piece_s = next_piece_s
        self._reader = SseReader()
        self._finish: str | None = None
        self._empty = True
        self._done = False

    async def read(self) -> list[_Chunk] | None:
        """The chunks that have come meanwhile, perhaps none; None at the end.

        Raises:
            ProviderError: And nothing else.
        """
        try:
            async with asyncio.timeout_at(self._deadline):
                read = await self._response.content.readany()
        except (aiohttp.ClientError, OSError) as error:
            if self._done:
                return None
            raise _from_outside(error) from error
        if not read:
            self._check_end()
            return None
        return self._decode(read)

    def _decode(self, read: bytes) -> list[_Chunk]:
        try:
            events = self._reader.feed(read)
            if _DONE in events:
                self._done = True
                events = events[: events.index(_DONE)]
            chunks = [_chunk.decode(event) for event in events]
        except (msgspec.MsgspecError, ValueError) as error:
            raise _unreadable(f"a line that is no chunk ({type(error).__name__})") from error
        for chunk in chunks:
            self._note(chunk)
        if self._done:  # only the end of the body is awaited now, so that the connection can be used again
            self._deadline = asyncio.get_running_loop().time() + _END_S
        return chunks

    def _note(self, chunk: _Chunk) -> None:
        if chunk.error is not None:
            raise _refused(500, chunk.error)
        for choice in chunk.choices:
            self._finish = choice.finish_reason or self._finish
            delta = choice.delta
            if delta.content or delta.refusal or delta.tool_calls:
                self._empty = False
                self._deadline = asyncio.get_running_loop().time() + self._next_piece_s

    def _check_end(self) -> None:
        match self._finish:
            case "content_filter":
                remedy = "Look at the agent's prompt, or use another model."
                raise ProviderRejected("openai", "its content filter stopped the reply", remedy)
            case "length" if self._empty:
                remedy = "Lower the reasoning effort or allow more completion tokens."
                raise ProviderRejected("openai", "it used up its tokens before the first word", remedy)
            case None if not self._done:
                raise ProviderUnavailable("openai", "the reply broke off", "See the vendor's status page.")
            case _:
                return


class _Calls:
    """Tool calls, put together from their fragments."""

    __slots__ = ("_arguments", "_ids", "_names")

    def __init__(self) -> None:
        self._ids: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._arguments: dict[int, str] = {}

    def add(self, fragments: list[_CallDelta] | None) -> None:
        """Take what a delta holds."""
        for fragment in fragments or ():
            index, function = fragment.index, fragment.function or _Function()
            self._ids.setdefault(index, fragment.id or f"call_{index}")
            self._names[index] = self._names.get(index, "") + (function.name or "")
            self._arguments[index] = self._arguments.get(index, "") + (function.arguments or "")

    def whole(self) -> list[ToolCall]:
        """All of them, in the model's order.

        Raises:
            ProviderUnintelligible: A call has no name, or its arguments are no JSON object.
        """
        calls = []
        for index in sorted(self._ids):
            if not self._names[index]:
                raise _unreadable("a tool call without a name")
            try:
                arguments = _arguments.decode(self._arguments[index] or "{}")
            except msgspec.MsgspecError as error:
                raise _unreadable("a tool call whose arguments are no JSON object") from error
            calls.append(ToolCall(self._ids[index], self._names[index], arguments))
        return calls


def _fixed(settings: OpenAISettings) -> dict[str, object]:
    """What every request says alike."""
    body: dict[str, object] = {
        "model": settings.model,
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_completion_tokens": settings.max_completion_tokens,
    }
    if settings.temperature is not None:
        body["temperature"] = settings.temperature
    if settings.reasoning_effort is not None:
        body["reasoning_effort"] = settings.reasoning_effort
    return body


async def _check(response: aiohttp.ClientResponse) -> None:
    if response.status >= 400:
        read = await response.content.read(_LONGEST_ERROR)
        try:
            problem = _chunk.decode(read).error
        except msgspec.MsgspecError:
            problem = None
        raise _refused(response.status, problem)
    if response.status != 200 or response.content_type not in {"text/event-stream", "application/json"}:
        raise _unreadable(f"HTTP {response.status} with {response.content_type}")


def _refused(status: int, problem: _Problem | None) -> ProviderError:
    words = {problem.code, problem.type} if problem is not None else set()
    if "insufficient_quota" in words:
        remedy = "The account has no credit left; top it up."
        return ProviderRejected("openai", f"HTTP {status} (insufficient_quota)", remedy)
    if "context_length_exceeded" in words:
        remedy = "Shorten the agent's prompt or use a model with a longer memory."
        return ProviderRejected("openai", f"HTTP {status} (context_length_exceeded)", remedy)
    return refused("openai", status, key="OPENAI_API_KEY")


def _unreadable(problem: str) -> ProviderUnintelligible:
    return ProviderUnintelligible("openai", f"it sent {problem}", "Does OPENAI_BASE_URL point at an OpenAI server?")


def _from_outside(error: Exception) -> ProviderError:
    if isinstance(error, (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError)):
        remedy = "Check OPENAI_BASE_URL; it begins with http:// or https://."
        return ProviderRejected("openai", "its address is no URL", remedy)
    problem = "too slow" if isinstance(error, TimeoutError) else f"no answer ({type(error).__name__})"
    return ProviderUnavailable("openai", problem, "Check the network and OPENAI_BASE_URL.")
