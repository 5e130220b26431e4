"""`offhook`: the commands."""

import typer

from offhook.cli.cache import cache
from offhook.cli.call import call
from offhook.cli.calls import calls
from offhook.cli.chat import chat
from offhook.cli.demo import demo
from offhook.cli.doctor import doctor
from offhook.cli.models import app as models
from offhook.cli.professions import professions
from offhook.cli.replay import replay
from offhook.cli.serve import serve

app = typer.Typer(
    name="offhook",
    help="offhook answers the phone for small businesses. Try it: `offhook demo`, or by typing: `offhook chat`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
for command in (demo, serve, call, chat, calls, replay, doctor, professions, cache):
    app.command()(command)

app.add_typer(models, name="models")


@app.callback()
def _root() -> None:
    """Answers the phone for small businesses. Try it: `offhook demo`, or by typing: `offhook chat`."""


def main() -> None:
    """Run the command line."""
    app()
