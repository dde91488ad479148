"""Commands for scenarios under way: a folder becomes a draft that people write on pages, and a draft a folder again."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from ttx.cli.told import AsJson, Data, stop
from ttx.scenario import folders
from ttx.store import authors, codes, drafts
from ttx.store.database import Store
from ttx.web.labels import role_label

scenario_app = typer.Typer(no_args_is_help=True, help="Scenarios that are being written.")


@scenario_app.command("new")
def new_scenario(
    folder: Annotated[Path, typer.Argument(help="A scenario's folder.")], data: Data, as_json: AsJson = False
) -> None:
    """Let people write a folder's scenario on pages: prints a code for the director and one for each working group."""
    with Store(data) as store:
        draft = drafts.draft_from(store, folder)
        title, listed = drafts.open_draft(store, draft).title, listed_authors(store, draft)
    if as_json:
        typer.echo(json.dumps({"draft": draft, "title": title, "authors": listed}))
        return
    typer.echo(f"Scenario {draft}: {title}")
    for one in listed:
        typer.echo(f"  {codes.spelled(one['code'])}  {called(one)}")


@scenario_app.command("export")
def export_scenario(
    draft: Annotated[str, typer.Argument(help="The draft's id.")],
    to: Annotated[Path, typer.Option("--to", help="The folder to write; new or empty.")],
    data: Data,
) -> None:
    """Write a draft as a folder of files, as its authors left them."""
    with Store(data, create=False) as store:
        taken = drafts.export(store, draft)
    try:
        folders.write(to, taken)
    except FileExistsError:
        stop(f"{to} is there already and not empty. Name a new folder, so that nobody's files are written over.")
    typer.echo(f"Wrote {len(taken.texts) + len(taken.pictures)} files into {to}.", err=True)


@scenario_app.command("list")
def list_scenarios(data: Data, as_json: AsJson = False) -> None:
    """List the scenarios under way."""
    with Store(data, create=False) as store:
        held = drafts.drafts_of(store)
    if as_json:
        typer.echo(json.dumps({"drafts": [{"draft": one.id, "title": one.title, "head": one.head} for one in held]}))
        return
    for one in held:
        typer.echo(f"{one.id}  {one.title}")


def listed_authors(store: Store, draft: str) -> list[dict[str, Any]]:
    """The authors of a draft, as `--json` prints them."""
    return [
        {"code": one.code.replace("-", ""), "role": one.author.role, "group": one.author.group}
        for one in authors.authors_of(store, draft)
        if one.revoked_at is None
    ]


def called(author: dict[str, Any]) -> str:
    """Who an author is, in words."""
    return ", ".join(part for part in (role_label(author["role"]), author["group"]) if part)
