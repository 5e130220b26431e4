"""`offhook business`: a business and its numbers, set up or changed by a file."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from offhook.cli.console import DEFAULT_DATA, DataOption, err, fail, out, run, settings
from offhook.receptionist.business_file import example, read_business_file
from offhook.receptionist.demo_business import demo_business
from offhook.store.store import open_store
from offhook.wiring.tenants import set_up

_EXAMPLE_NUMBER = "+15185550142"


def business(
    file: Annotated[Path | None, typer.Argument(help="A business file; set up again, it changes the business.")] = None,
    begin: Annotated[
        str | None, typer.Option("--example", metavar="PROFESSION", help="Print a file to begin with.")
    ] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Set up a business and its numbers from a file, or change it.

    Example: offhook business --example plumber > mine.toml, then offhook business mine.toml
    """
    if begin is not None:
        run(_example(begin))
        return
    if file is None:
        fail("Name a file, or print one to begin with: offhook business --example plumber > mine.toml", 2)
    settings()
    run(_business(file, data))
    err.print(f"Talk to it by typing: offhook chat --business {escape(str(file))}", highlight=False, soft_wrap=True)


async def _example(profession: str) -> None:
    typer.echo(example(demo_business(profession), _EXAMPLE_NUMBER), nl=False)


async def _business(file: Path, data: Path) -> None:
    read = read_business_file(file)
    async with open_store(data) as store:
        route = await set_up(store, read.business, name=read.tenant, numbers=read.numbers)
    at = " and ".join(read.numbers) or "no number yet"
    answers = escape(f"({read.tenant}) answers at {at}, version {route.configuration.version}.")
    out.print(
        f"[green]{escape(read.business.name)}[/] {answers}",
        highlight=False,
        soft_wrap=True,
    )
