"""`offhook models`: weights of local engines, fetched where there is a network."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn
from rich.table import Table

from offhook.cli.console import err, fail, out, run, settings
from offhook.providers.models import MODELS, UnknownModel, is_present, model_named, pull
from offhook.wiring.folders import models_folder

app = typer.Typer(
    help="List or fetch the weights of local engines.\n\nExample: offhook models pull whisper-base.en",
    no_args_is_help=True,
    add_completion=False,
)


@app.command("list")
def list_models() -> None:
    """List the models, and which are there."""
    folder = models_folder(settings())
    table = Table("model", "what it is", "licence", "there")
    for name, model in MODELS.items():
        table.add_row(name, model.what, model.licence, "yes" if is_present(folder, name) else "no")
    out.print(table)


@app.command("pull")
def pull_model(
    name: Annotated[str, typer.Argument(help="One that `offhook models list` shows.")],
    base_url: Annotated[str | None, typer.Option(help="A mirror, instead of the public releases.")] = None,
) -> None:
    """Fetch a model; once it is there it is used.

    Example: offhook models pull whisper-base.en
    """
    loaded = settings()
    try:
        model_named(name)
    except UnknownModel as error:
        fail(str(error), 2)

    async def fetch() -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
        with Progress(*columns, console=err) as bars:
            tasks = {}

            def progress(file: str, so_far: int, total: int | None) -> None:
                if file not in tasks:
                    tasks[file] = bars.add_task(file, total=total)
                bars.update(tasks[file], completed=so_far, total=total)

            folder = await pull(models_folder(loaded), name, progress=progress, base_url=base_url)
        out.print(f"{name} is in {escape(str(folder))}.", highlight=False)

    run(fetch())
