"""The stand on which offhook is measured over real sockets: the kit's vendors and `bench/serve`, as processes.

async with stand(9300) as under_test:
    ...  # Media Streams at under_test.url; the process is under_test.pid
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).parent
KIT = BENCH / "kit"
STARTS_S = 60.0
ENDS_S = 10.0


@dataclass(frozen=True, slots=True)
class UnderTest:
    """Offhook, taking calls."""

    url: str
    pid: int

    def resident_mb(self) -> float:
        """Memory of the process and its children."""
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in _family(self.pid))
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def vendors(port: int) -> dict[str, str]:
    """The environment in which the kit's vendors are found."""
    at = f"127.0.0.1:{port}"
    keys = dict.fromkeys(("OPENAI_API_KEY", "DEEPGRAM_API_KEY", "CARTESIA_API_KEY"), "fake")
    return keys | {
        "OPENAI_BASE_URL": f"http://{at}/v1",
        "DEEPGRAM_URL": f"ws://{at}",
        "CARTESIA_URL": f"http://{at}",
        "CARTESIA_WS_URL": f"ws://{at}/tts/websocket",
        "OMP_NUM_THREADS": "1",
    }


@asynccontextmanager
async def fakes(port: int) -> AsyncIterator[None]:
    """The kit's vendors at `port`."""
    command = [sys.executable, str(KIT / "fakes.py"), "--port", str(port)]
    async with _running(command, {}, port, stderr=asyncio.subprocess.DEVNULL):  # it complains of callers who hang up
        yield


@asynccontextmanager
async def stand(
    port: int, *, arguments: Sequence[str] = (), command: Sequence[str] = (str(BENCH / "serve.py"),)
) -> AsyncIterator[UnderTest]:
    """Vendors at `port`, offhook at the next.

    Args:
        port: The first of two that are free.
        arguments: Of `bench/serve`.
        command: What is run instead of `bench/serve`, with the same arguments.
    """
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(fakes(port))
        serve = [sys.executable, *command, *arguments, str(port + 1)]
        process = await stack.enter_async_context(_running(serve, vendors(port), port + 1))
        yield UnderTest(f"ws://127.0.0.1:{port + 1}/ws", process.pid)


@asynccontextmanager
async def _running(
    command: list[str], more: dict[str, str], port: int, *, stderr: int | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that listens on `port`, ended in the end."""
    process = await asyncio.create_subprocess_exec(*command, env=os.environ | more, stderr=stderr)
    try:
        async with asyncio.timeout(STARTS_S):
            while not await _listens(port):
                assert process.returncode is None, f"{command[1]} ended with {process.returncode} before it listened"
                await asyncio.sleep(0.05)
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                async with asyncio.timeout(ENDS_S):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in _family(int(child)))]


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
