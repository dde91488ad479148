"""What pages say in other languages, told and brought up to date from the command line."""

import json
from io import BytesIO
from pathlib import Path
from typing import Annotated

import typer
from babel.messages.pofile import write_po
from rich.console import Console
from rich.table import Table

from ttx.cli.told import AsJson
from ttx.pages.catalogues import NOBODY, read
from ttx.pages.tongues import name_of, tag
from ttx.pages.wording import Progress, progress, update, wording
from ttx.settings import Settings

CODE = Path(__file__).parents[1]


def words(
    renew: Annotated[bool, typer.Option("--update", help="Write the catalogues anew, with what is said now.")] = False,
    as_json: AsJson = False,
) -> None:
    """Tell how far the pages are translated into each language, and who reviewed it.

    With --update each catalogue gets the sentences that are new, empty, and loses those that are not said any more.
    """
    folder = Settings().templates.parent / "translations"
    said = wording(Settings().templates, CODE)
    found = []
    for file in sorted(folder.glob("*.po")):
        catalog = read(file)
        if renew:
            catalog = update(catalog, said)
            text = BytesIO()
            write_po(text, catalog, width=0, include_lineno=False)
            file.write_bytes(text.getvalue())
        found.append(progress(file.stem, catalog, said))
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in found]))
    else:
        _tell(found)


def _plain(one: Progress) -> dict[str, object]:
    return {
        "language": one.language,
        "delegates": one.read,
        "of": one.of_read,
        "staff": one.rest,
        "of_staff": one.of_rest,
        "reviewed_by": None if one.reviewed == NOBODY else one.reviewed,
    }


def _tell(found: list[Progress]) -> None:
    table = Table("", "Language", "What delegations read", "The rest", "Reviewed by")
    for one in found:
        row = (one.language, name_of(tag(one.language)), f"{one.read} of {one.of_read}", f"{one.rest} of {one.of_rest}")
        table.add_row(*row, one.reviewed)
    Console().print(table)
