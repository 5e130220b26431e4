"""`offhook cache`: the phrases that are kept as sound."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from offhook.audio.phrases import PhraseCache
from offhook.cli.console import out, settings
from offhook.wiring.folders import phrase_folder


def cache(
    clear: Annotated[bool, typer.Option("--clear", help="Forget them all; they are made again when needed.")] = False,
) -> None:
    """Show or clear the phrase cache (greetings, fillers, apologies as sound).

    Example: offhook cache --clear
    """
    loaded = settings()
    phrases = PhraseCache(phrase_folder(loaded))
    entries = phrases.entries()
    if clear:
        out.print(f"{phrases.clear()} phrases forgotten.")
        return
    table = Table("voice", "phrase", "seconds", "kB")
    for entry in entries:
        table.add_row(
            f"{entry.key.provider}/{entry.key.voice}",
            escape(entry.key.text),
            f"{entry.seconds:.1f}",
            f"{entry.stored_bytes / 1000:.1f}",
        )
    out.print(table if entries else "No phrases are kept yet.")
