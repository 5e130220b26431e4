"""A real `offhook serve` of its own process, and what its users do with it."""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

OFFHOOK = str(Path(sys.executable).with_name("offhook"))
NUMBER, CALLER = "+15005550007", "+12125550123"
PUBLIC_URL, AUTH_TOKEN = "https://phone.example", "a token of Twilio's, for tests"
PATIENCE_S = 180


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended."""

    code: int
    out: str
    err: str


def environment(cache: Path, **more: str) -> dict[str, str]:
    """What a command finds: of ours nothing but the cache. Python may keep compiled code: that halves a start."""
    dropped = ("OFFHOOK_", "TWILIO_", "OPENAI_", "DEEPGRAM_", "CARTESIA_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    ours = {"OFFHOOK_CACHE": str(cache), "NO_COLOR": "1", "COLUMNS": "100"}
    return {**kept, **ours, **more}


@asynccontextmanager
async def a_process(*command: str, **how: Any) -> AsyncIterator[Process]:
    """A process that does not outlive its block, however that is left."""
    process = await asyncio.create_subprocess_exec(*command, **how)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def offhook(*arguments: str, env: Mapping[str, str], stdin: str = "", cwd: Path | None = None) -> Ran:
    """Run `offhook ...` to its end; what surrogates in `stdin` escape are bytes that are no UTF-8."""
    pipes = {"stdin": PIPE, "stdout": PIPE, "stderr": PIPE}
    async with a_process(OFFHOOK, *arguments, **pipes, env=dict(env), cwd=cwd) as process:
        async with asyncio.timeout(PATIENCE_S):
            out, err = await process.communicate(stdin.encode(errors="surrogateescape"))
    assert process.returncode is not None
    return Ran(process.returncode, out.decode(), err.decode())


@dataclass
class Serving:
    """A process that takes calls."""

    process: Process
    port: int
    data: Path
    env: Mapping[str, str]
    log_file: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    async def calls(self) -> list[dict[str, Any]]:
        """What `offhook calls --json` prints."""
        ran = await offhook("calls", "--json", "--data", str(self.data), env=self.env)
        assert ran.code == 0, ran.err
        return [json.loads(line) for line in ran.out.splitlines()]

    async def ends(self, number: signal.Signals) -> int:
        """Send a signal and wait; the exit status."""
        self.process.send_signal(number)
        async with asyncio.timeout(PATIENCE_S):
            return await self.process.wait()

    async def twilio(self, path: str, form: Mapping[str, str], signature: str | None = None) -> tuple[int, str]:
        """POST as Twilio does; `signature`: another than the right one, or none at all if empty."""
        signed = signature if signature is not None else twilio_signature(path, form)
        headers = {"X-Twilio-Signature": signed} if signed else {}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.url + path, data=form, headers=headers) as answer,
        ):
            return answer.status, await answer.text()


def twilio_signature(path: str, form: Mapping[str, str], url: str = PUBLIC_URL) -> str:
    """As Twilio documents it: HMAC-SHA1 over the address and the sorted fields."""
    told = url + path + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(AUTH_TOKEN.encode(), told.encode(), hashlib.sha1).digest()).decode()


def voice_form(call_sid: str, *, to: str = NUMBER, caller: str = CALLER) -> dict[str, str]:
    """The fields of Twilio's voice webhook."""
    return {
        "AccountSid": "AC" + "0" * 32,
        "ApiVersion": "2010-04-01",
        "CallSid": call_sid,
        "CallStatus": "ringing",
        "Called": to,
        "Caller": caller,
        "CallerCity": "NEW YORK",
        "CallerCountry": "US",
        "Direction": "inbound",
        "From": caller,
        "FromZip": "10001",
        "To": to,
        "ToCountry": "US",
    }


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@asynccontextmanager
async def serving(data: Path, cache: Path, *arguments: str, **more: str) -> AsyncIterator[Serving]:
    """`offhook serve --demo` on a free port, from its first 200 until it is killed, if it still lives then."""
    port = free_port()
    env = environment(cache, TWILIO_AUTH_TOKEN=AUTH_TOKEN, OFFHOOK_PUBLIC_URL=PUBLIC_URL, **more)
    log_file = data.with_name(f"{data.name}.log")
    command = (OFFHOOK, "serve", "--demo", "--port", str(port), "--data", str(data), *arguments)
    with log_file.open("ab") as log:
        async with a_process(*command, stderr=log, env=env) as process:
            served = Serving(process, port, data, env, log_file)
            await until_live(served.url, process)
            yield served


async def until_live(url: str, process: Process) -> None:
    """Wait for /health/live."""
    async with asyncio.timeout(PATIENCE_S), aiohttp.ClientSession() as http:
        while True:
            assert process.returncode is None, "it ended before it took calls"
            try:
                async with http.get(f"{url}/health/live") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
