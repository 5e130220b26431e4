"""`offhook professions`: the trades that come with offhook."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from offhook.cli.console import out
from offhook.receptionist.demo_business import demo_business
from offhook.receptionist.profession_file import BadProfessionFile, load_profession, profession_names


def professions(
    check: Annotated[str | None, typer.Option(help="A profession file of your own: is it right?")] = None,
) -> None:
    """List the professions, or check a file of your own.

    Example: offhook professions --check my-trade.toml
    """
    if check is not None:
        try:
            known = load_profession(check)
        except BadProfessionFile as error:
            typer.echo(f"offhook: {error}", err=True)
            raise typer.Exit(1) from None
        out.print(
            f"[green]{escape(known.title)}[/]: "
            f"{len(known.services)} services, {len(known.intake)} questions. It is right."
        )
        return
    table = Table("profession", "demo business", "services", "asks", "emergencies")
    for name in profession_names():
        business = demo_business(name)
        trade = business.profession
        table.add_row(
            name,
            business.name,
            ", ".join(service.name for service in business.services[:4]) + " ...",
            str(len(trade.intake)),
            ", ".join(emergency.name for emergency in trade.emergencies[:4]),
        )
    out.print(table)
