"""`offhook doctor`: is everything there that a call needs, and what to do about what is not."""

import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.markup import escape
from rich.table import Table

from offhook.cli.console import DEFAULT_DATA, DataOption, err, out, run
from offhook.cli.serve import BUILT_IN
from offhook.providers.errors import ProviderError
from offhook.receptionist.profession_file import BadProfessionFile, load_profession, profession_names
from offhook.settings import BadSettings, Settings, load_settings
from offhook.store.errors import StoreError
from offhook.store.store import open_store
from offhook.telemetry import log_to
from offhook.wiring.engines import ears, turn_judge, voice
from offhook.wiring.folders import cache_folder
from offhook.wiring.language_models import UnknownProvider, language_models

Verdict = Literal["ok", "note", "wrong"]
_COLOURS = {"ok": "green", "note": "yellow", "wrong": "red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    verdict: Verdict
    what: str
    remedy: str = ""


def doctor(
    show: Annotated[bool, typer.Option("--settings", help="List every setting with its meaning.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Check configuration and parts; says what to do about each problem. Exit code 1 if something is wrong.

    Example: offhook doctor
    """
    if show:
        _list_settings()
        return
    run(_doctor(data))


async def _doctor(data: Path) -> None:
    findings = [_python()]
    with err.status("Every part is being tried ..."):
        try:
            settings = load_settings()
        except BadSettings as error:
            findings += [_wrong(line) for line in str(error).splitlines()]
        else:
            log_to(sys.stderr, "error")
            findings += [*_settings(settings), *await _parts(settings)]
        findings += [*_professions(), await _store(data)]
    table = Table("", "found", "what to do")
    for found in findings:
        table.add_row(f"[{_COLOURS[found.verdict]}]{found.verdict}[/]", escape(found.what), escape(found.remedy))
    out.print(table)
    if any(found.verdict == "wrong" for found in findings):
        raise typer.Exit(1)


def _python() -> Finding:
    version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    right = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding("ok", version) if right else Finding("wrong", version, "Use Python 3.11, 3.12 or 3.13.")


def _settings(settings: Settings) -> Iterator[Finding]:
    yield Finding("ok", "settings")
    if settings.twilio_auth_token is None or settings.public_url is None:
        yield Finding(
            "note", "Twilio is not connected", "Set TWILIO_AUTH_TOKEN and OFFHOOK_PUBLIC_URL to take its calls."
        )
    folder = cache_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        yield Finding("wrong", f"the cache folder {folder}: {error.strerror}", "Make it writable or set OFFHOOK_CACHE.")
    else:
        yield Finding("ok", f"cache folder {folder}")


def _professions() -> Iterator[Finding]:
    for name in profession_names():
        try:
            load_profession(name)
        except BadProfessionFile as error:
            yield Finding("wrong", str(error), "Mend the file.")
    yield Finding("ok", f"{len(profession_names())} professions")


async def _parts(settings: Settings) -> list[Finding]:
    """Each part is made as a call would need it."""

    async def models(stack: AsyncExitStack) -> str:
        known = await stack.enter_async_context(language_models(settings))
        return ", ".join([*(model.name for model in known), "the scripted receptionist"])

    async def recognizer(stack: AsyncExitStack) -> str:
        name = (await ears(settings, stack)).name
        return f"{name}, for trying offhook out" if name.endswith(BUILT_IN) else name

    async def speaker(stack: AsyncExitStack) -> str:
        identity = (await voice(settings, stack)).identity
        return f"{identity.provider}/{identity.voice}"

    async def judge(stack: AsyncExitStack) -> str:
        return "of silence alone" if await turn_judge(settings, stack) is None else "of silence and a model"

    parts: dict[str, Callable[[AsyncExitStack], Awaitable[str]]] = {
        "answers": models,
        "recognizer": recognizer,
        "voice": speaker,
        "end of a turn": judge,
    }
    return [await _tried(what, made) for what, made in parts.items()]


async def _tried(what: str, made: Callable[[AsyncExitStack], Awaitable[str]]) -> Finding:
    try:
        async with AsyncExitStack() as stack:
            return Finding("ok", f"{what}: {await made(stack)}")
    except ProviderError as error:
        return Finding("wrong", f"{what}: {error.provider}: {error.problem}", error.remedy)
    except UnknownProvider as error:
        return _wrong(error)


async def _store(data: Path) -> Finding:
    try:
        async with open_store(data):
            pass
    except StoreError as error:
        return _wrong(error)
    return Finding("ok", f"database in {data}")


def _wrong(told: object) -> Finding:
    """What two sentences tell: what happened, and what to do."""
    problem, _, remedy = str(told).partition(". ")
    return Finding("wrong", problem, remedy)


def _list_settings() -> None:
    table = Table("setting", "default", "meaning")
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        shown = str(alias.choices[0]) if alias is not None and hasattr(alias, "choices") else f"OFFHOOK_{name.upper()}"
        table.add_row(shown, str(field.get_default() if field.default is not None else ""), field.description or "")
    out.print(table)
