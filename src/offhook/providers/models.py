"""Weights that operators bring: where they live, whether they are there, and how they are fetched.

Each model is a folder of files under the models folder. The addresses are those of the public releases; a mirror (or
a machine of the operator's own) serves the same as `BASE/MODEL/FILE`.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import aiohttp

from offhook.providers.errors import ProviderRejected, ProviderUnavailable

_CHUNK_BYTES = 2**18
_CONNECT_S = 10.0
_STALL_S = 30.0
_HUGGING_FACE = "https://huggingface.co"
_KOKORO = "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0"

Progress = Callable[[str, int, int | None], None]
"""Called as a file comes in: its name, bytes so far, bytes in all where the server tells."""


@dataclass(frozen=True, slots=True)
class Model:
    """Something that can be pulled."""

    what: str
    """What it is for; one line."""
    licence: str
    files: Mapping[str, str]
    """Addresses by file name."""


def _whisper(size: str) -> Model:
    folder = f"{_HUGGING_FACE}/Systran/faster-whisper-{size}/resolve/main"
    names = ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")
    return Model(f"speech recognition, {size}", "MIT", {name: f"{folder}/{name}" for name in names})


MODELS: Final[Mapping[str, Model]] = {
    "whisper-base.en": _whisper("base.en"),
    "whisper-small.en": _whisper("small.en"),
    "kokoro": Model(
        "a voice, American English",
        "Apache-2.0",
        {
            "kokoro.onnx": f"{_KOKORO}/kokoro-v1.0.onnx",
            "voices.bin": f"{_KOKORO}/voices-v1.0.bin",
            "config.json": f"{_HUGGING_FACE}/hexgrad/Kokoro-82M/resolve/main/config.json",
        },
    ),
    "smart-turn": Model(
        "end of turn, asked at undecided pauses",
        "BSD-2-Clause",
        {"smart-turn.onnx": f"{_HUGGING_FACE}/pipecat-ai/smart-turn-v3/resolve/main/smart-turn-v3.2-cpu.onnx"},
    ),
}


class UnknownModel(Exception):
    """There is no model of that name; the message lists those there are."""


def model_named(name: str) -> Model:
    """The model; raises UnknownModel."""
    if name not in MODELS:
        raise UnknownModel(f"There is no model {name!r}. Choose among: {', '.join(MODELS)}.")
    return MODELS[name]


def is_present(models: Path, name: str) -> bool:
    """Whether all files of the model are in `models / name`; raises UnknownModel."""
    return all((models / name / file).is_file() for file in model_named(name).files)


async def pull(models: Path, name: str, *, progress: Progress, base_url: str | None = None) -> Path:
    """Fetch what is missing of a model into `models / name`; returns that folder. A file appears whole or not at all.

    Args:
        models: Where models live.
        name: One of `MODELS`.
        progress: Told as it goes on.
        base_url: A mirror, instead of the public releases.

    Raises:
        UnknownModel: There is none of that name.
        ProviderUnavailable: No network, a server that fails or stalls, or a folder that cannot be written.
        ProviderRejected: The server does not have the file, or does not give it to us.
    """
    model = model_named(name)
    folder = models / name
    timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_S, sock_read=_STALL_S)
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        async with aiohttp.ClientSession(timeout=timeout, trust_env=True) as http:
            for file, url in model.files.items():
                if not await asyncio.to_thread((folder / file).is_file):
                    address = url if base_url is None else f"{base_url.rstrip('/')}/{name}/{file}"
                    await _fetch(http, address, folder / file, progress)
    except (aiohttp.ClientError, TimeoutError) as error:
        problem = f"the download of {name} failed ({type(error).__name__})"
        raise ProviderUnavailable("models", problem, "Check the network, or name a mirror.") from error
    except OSError as error:
        problem = f"{folder} cannot be written ({error.strerror})"
        raise ProviderUnavailable("models", problem, "Free some space, or name another data folder.") from error
    return folder


async def _fetch(http: aiohttp.ClientSession, url: str, target: Path, progress: Progress) -> None:
    part = target.with_name(f"{target.name}.part")
    async with http.get(url) as response:
        _check(response.status, target.name)
        come = 0
        file = await asyncio.to_thread(part.open, "wb")
        try:
            async for chunk in response.content.iter_chunked(_CHUNK_BYTES):
                await asyncio.to_thread(file.write, chunk)
                come += len(chunk)
                progress(target.name, come, response.content_length)
        finally:
            file.close()
    await asyncio.to_thread(part.rename, target)


def _check(status: int, file: str) -> None:
    if status == 429 or status >= 500:
        raise ProviderUnavailable("models", f"HTTP {status} for {file}", "Try again later, or name a mirror.")
    if status != 200:
        raise ProviderRejected("models", f"HTTP {status} for {file}", "Check the mirror's address, or do without one.")
