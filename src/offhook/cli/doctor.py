"""`offhook doctor`: is everything there that a call needs, and what to do about what is not."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.table import Table

from offhook.cli.console import DEFAULT_DATA, DataOption, out, run
from offhook.providers.flite import flite_is_installed
from offhook.receptionist.profession_file import BadProfessionFile, load_profession, profession_names
from offhook.settings import BadSettings, Settings, load_settings
from offhook.store.errors import StoreError
from offhook.store.store import open_store
from offhook.wiring.folders import cache_folder
from offhook.wiring.language_models import LLMS

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
    findings: list[Finding] = [_python(), *_settings(), *_professions(), *_engines(), await _store(data)]
    table = Table("", "found", "what to do")
    for found in findings:
        table.add_row(f"[{_COLOURS[found.verdict]}]{found.verdict}[/]", found.what, found.remedy)
    out.print(table)
    if any(found.verdict == "wrong" for found in findings):
        raise typer.Exit(1)


def _python() -> Finding:
    version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    right = (3, 11) <= sys.version_info[:2] <= (3, 13)
    return Finding("ok", version) if right else Finding("wrong", version, "Use Python 3.11, 3.12 or 3.13.")


def _settings() -> Iterator[Finding]:
    try:
        settings = load_settings()
    except BadSettings as error:
        for line in str(error).splitlines():
            problem, _, remedy = line.partition(". ")
            yield Finding("wrong", problem, remedy)
        return
    yield Finding("ok", "settings")
    yield from _keys(settings)
    folder = cache_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        yield Finding("wrong", f"the cache folder {folder}: {error.strerror}", "Make it writable or set OFFHOOK_CACHE.")
    else:
        yield Finding("ok", f"cache folder {folder}")


def _keys(settings: Settings) -> Iterator[Finding]:
    for name in settings.models_asked:
        if name not in LLMS:
            yield Finding("wrong", f"OFFHOOK_LLM names {name}", f"Choose among: {', '.join(LLMS)}, scripted.")
    needed: tuple[tuple[bool, object, str], ...] = (
        ("openai" in settings.models_asked, settings.openai_api_key, "OPENAI_API_KEY"),
        (settings.stt == "deepgram", settings.deepgram_api_key, "DEEPGRAM_API_KEY"),
        (settings.tts == "cartesia", settings.cartesia_api_key, "CARTESIA_API_KEY"),
    )
    for wanted, key, name in needed:
        if wanted and key is None:
            yield Finding("wrong", f"{name} is not set", f"Set {name} to your key.")
    if settings.twilio_auth_token is None or settings.public_url is None:
        yield Finding(
            "note", "Twilio is not connected", "Set TWILIO_AUTH_TOKEN and OFFHOOK_PUBLIC_URL to take its calls."
        )


def _professions() -> Iterator[Finding]:
    for name in profession_names():
        try:
            load_profession(name)
        except BadProfessionFile as error:
            yield Finding("wrong", str(error), "Mend the file.")
    yield Finding("ok", f"{len(profession_names())} professions")


def _engines() -> Iterator[Finding]:
    if find_spec("pocketsphinx") is None:
        yield Finding("wrong", "no recognizer: pocketsphinx is missing", "Run `make setup`.")
    else:
        yield Finding("ok", "recognizer: pocketsphinx (built-in, for trying offhook out)")
    espeak = find_spec("espeakng_loader") is not None
    if flite_is_installed():
        yield Finding("ok", f"voice: flite at {shutil.which('flite')}")
    elif espeak:
        yield Finding("ok", "voice: espeak-ng from its wheel")
    else:
        yield Finding("wrong", "no voice", "Install flite, or the extra: pip install 'offhook[espeak]'.")


async def _store(data: Path) -> Finding:
    try:
        async with open_store(data):
            pass
    except StoreError as error:
        problem, _, remedy = str(error).partition(". ")
        return Finding("wrong", problem, remedy)
    return Finding("ok", f"database in {data}")


def _list_settings() -> None:
    table = Table("setting", "default", "meaning")
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        shown = str(alias.choices[0]) if alias is not None and hasattr(alias, "choices") else f"OFFHOOK_{name.upper()}"
        table.add_row(shown, str(field.get_default() if field.default is not None else ""), field.description or "")
    out.print(table)
