"""What commands share with the terminal: results to stdout, everything else to stderr, errors without traceback."""

import asyncio
import json
import math
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, NoReturn

import platformdirs
import typer
from rich.console import Console
from rich.markup import escape

from offhook.providers.errors import ProviderError
from offhook.receptionist.configuration import BadConfiguration
from offhook.receptionist.profession_file import BadProfessionFile
from offhook.settings import BadSettings, Settings, load_settings
from offhook.store.errors import StoreError
from offhook.telemetry import log_to
from offhook.telephony.listening import PortTaken
from offhook.wiring.language_models import UnknownProvider

err = Console(stderr=True)
out = Console()

FAILED, MISUSED = 1, 2

DataOption = Annotated[Path, typer.Option("--data", help="Folder of the database.", show_default=False)]


def finite(number: float) -> float:
    """An option's number, which must be one."""
    if not math.isfinite(number):
        raise typer.BadParameter(f"{number} is no number to reckon with. Give one such as 20.")
    return number


PortOption = Annotated[int, typer.Option(min=0, max=65535, help="For page, webhooks and media.")]

DEFAULT_DATA = Path(platformdirs.user_data_dir("offhook"))
"""Where calls are kept unless `--data` says otherwise."""


def fail(message: str, code: int = FAILED) -> NoReturn:
    """Say what is wrong and leave."""
    err.print(f"[bold red]offhook:[/] {escape(message)}", highlight=False, soft_wrap=True)
    raise typer.Exit(code)


def print_json(told: object) -> None:
    """One line for programs: UTF-8 whatever the terminal speaks, and out at once."""
    sys.stdout.flush()
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode(errors="replace") + b"\n")
    sys.stdout.buffer.flush()


def settings(**changes: object) -> Settings:
    """This process's settings, or a clear end."""
    try:
        loaded = load_settings(**{name: value for name, value in changes.items() if value is not None})
    except BadSettings as error:
        fail(str(error), MISUSED)
    log_to(sys.stderr, loaded.log_level)
    return loaded


def run(main: Coroutine[None, None, None], *, loop: Callable[[], asyncio.AbstractEventLoop] | None = None) -> None:
    """Run a command's coroutine; what an operator can mend becomes one line instead of a traceback."""
    try:
        with asyncio.Runner(loop_factory=loop) as runner:
            runner.run(main)
    except KeyboardInterrupt:
        raise typer.Exit(130) from None
    except Exception as error:
        alone = _alone(error)
        match alone:
            case BadProfessionFile() | BadConfiguration() | UnknownProvider():
                fail(str(alone), MISUSED)
            case BrokenPipeError():  # whoever read our output has enough: nothing is wrong, and nobody to tell
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                raise typer.Exit(FAILED) from None
            case ProviderError() | StoreError() | PortTaken() | OSError():
                fail(str(alone))
            case typer.Exit():
                raise alone from None
            case _:
                raise


def _alone(error: Exception) -> Exception:
    """The one exception that a task group has wrapped."""
    while isinstance(error, ExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error
