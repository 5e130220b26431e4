"""`offhook`: the commands, each loaded only when it is run: a list of commands costs no database and no web server."""

import importlib
import sys
from io import TextIOWrapper
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS = {
    "demo": "Place a call to the demo dentist, spoken and recognized, and watch it.",
    "serve": "Take calls until stopped. The softphone page is at / of the port.",
    "call": "Ring a demo business as a simulated caller, and watch.",
    "chat": "Talk to a business by typing; one line of yours, one reply.",
    "business": "Set up a business and its numbers from a file, or change it.",
    "calls": "List calls: who rang, what was said, what came of it.",
    "replay": "Replay a call: turn by turn, why the agent spoke when it did.",
    "doctor": "Check configuration and parts; says what to do about each problem.",
    "professions": "List the professions, or check a file of your own.",
    "cache": "Show or clear the phrase cache (greetings, fillers, apologies as sound).",
    "models": "List or fetch the weights of local engines.",
}
"""Each is the function, or the `app`, of the file of its name; `tests/house/test_commands.py` compares these words."""


app = typer.Typer(
    name="offhook", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich"
)


@app.callback()
def _root() -> None:
    """Answers the phone for small businesses. Try it: `offhook demo`, or by typing: `offhook chat`."""


def commands() -> TyperGroup:
    """All commands, none of them loaded."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    for name, what in COMMANDS.items():
        group.add_command(_Unloaded(name, help=what, rich_markup_mode="rich"))
    return group


class _Unloaded(TyperCommand):
    """A command of which only the name and its line in the list are known until it is run."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Where a command begins to run: from here on the real one takes its place (typer shows no types of click)."""
        assert self.name is not None
        return loaded(self.name).make_context(info_name, args, parent=parent, **extra)


def loaded(name: str) -> Any:
    """The command itself, from its file."""
    module = importlib.import_module(f"offhook.cli.{name}")
    if hasattr(module, "app"):
        return typer.main.get_command(module.app)
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")
    alone.command(name)(getattr(module, name))
    return typer.main.get_command(alone)


def main() -> None:
    """Run the command line; a letter that the terminal does not know is no reason to fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    commands()()
