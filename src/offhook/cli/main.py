"""`offhook`: the commands."""

import typer

from offhook.cli.chat import chat

app = typer.Typer(
    name="offhook",
    help="offhook answers the phone for small businesses. Try it: `offhook demo`, or by typing: `offhook chat`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command()(chat)


@app.callback()
def _root() -> None:
    """offhook answers the phone for small businesses. Try it: `offhook demo`, or by typing: `offhook chat`."""


def main() -> None:
    """Run the command line."""
    app()
