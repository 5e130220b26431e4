"""Weights are fetched whole, once, with progress; every failure says what to do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from offhook.providers.errors import ProviderError, ProviderRejected, ProviderUnavailable
from offhook.providers.models import MODELS, UnknownModel, is_present, pull

CONTENT = bytes(range(256)) * 3000


class Mirror:
    """A server of weights, and how it fails."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.breaks_off = False

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        if self.status != 200:
            return web.Response(status=self.status)
        response = web.StreamResponse(headers={"Content-Length": str(len(CONTENT))})
        await response.prepare(request)
        await response.write(CONTENT[:70_000] if self.breaks_off else CONTENT)
        if self.breaks_off:
            assert request.transport is not None
            request.transport.close()
        return response

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_get("/{path:.*}", self.answer)
        runner = web.AppRunner(app)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            host, port = runner.addresses[0][:2]
            yield f"http://{host}:{port}/weights"
        finally:
            await runner.cleanup()


def ignore(file: str, come: int, of: int | None) -> None:
    pass


@pytest.mark.parametrize("name", MODELS)
async def test_a_model_is_fetched_whole_with_progress_and_once(name: str, tmp_path: Path) -> None:
    mirror = Mirror()
    seen: dict[str, list[tuple[int, int | None]]] = {}
    async with mirror.listening() as base:
        assert not is_present(tmp_path, name)
        folder = await pull(
            tmp_path, name, base_url=base, progress=lambda file, come, of: seen.setdefault(file, []).append((come, of))
        )
        assert is_present(tmp_path, name)
        await pull(tmp_path, name, base_url=base, progress=ignore)
    files = list(MODELS[name].files)
    assert mirror.asked == [f"/weights/{name}/{file}" for file in files]
    assert sorted(path.name for path in folder.iterdir()) == sorted(files)
    assert all((folder / file).read_bytes() == CONTENT for file in files)
    assert list(seen) == files
    assert all(steps[-1] == (len(CONTENT), len(CONTENT)) for steps in seen.values())
    assert all(steps == sorted(steps) for steps in seen.values())


@pytest.mark.parametrize(
    ("status", "error"), [(404, ProviderRejected), (401, ProviderRejected), (503, ProviderUnavailable)]
)
async def test_a_server_that_refuses(status: int, error: type[ProviderError], tmp_path: Path) -> None:
    mirror = Mirror()
    mirror.status = status
    async with mirror.listening() as base:
        with pytest.raises(error, match=f"HTTP {status}"):
            await pull(tmp_path, "kokoro", base_url=base, progress=ignore)
    assert not is_present(tmp_path, "kokoro")


async def test_a_download_that_breaks_off_leaves_no_half_a_file(tmp_path: Path) -> None:
    mirror = Mirror()
    mirror.breaks_off = True
    async with mirror.listening() as base:
        with pytest.raises(ProviderUnavailable, match="Check the network"):
            await pull(tmp_path, "smart-turn", base_url=base, progress=ignore)
        assert not is_present(tmp_path, "smart-turn")
        mirror.breaks_off = False
        await pull(tmp_path, "smart-turn", base_url=base, progress=ignore)
    assert is_present(tmp_path, "smart-turn")


async def test_without_a_network_the_error_says_so(tmp_path: Path) -> None:
    with pytest.raises(ProviderUnavailable, match="Check the network, or name a mirror"):
        await pull(tmp_path, "kokoro", base_url="http://127.0.0.1:1", progress=ignore)


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "kokoro").write_text("in the way")
    with pytest.raises(ProviderUnavailable, match="cannot be written"):
        await pull(tmp_path, "kokoro", base_url="http://127.0.0.1:1", progress=ignore)


async def test_an_unknown_model_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownModel, match="kokoro"):
        await pull(tmp_path, "koroko", progress=ignore)


def test_every_model_names_its_licence() -> None:
    assert all(model.licence and model.what for model in MODELS.values())
