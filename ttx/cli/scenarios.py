"""Commands for scenarios: check, import, export."""

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Annotated

import typer

from ttx.cli.told import AsJson, stop, tell_findings
from ttx.pages.environment import pages_of
from ttx.scenario import checks, files, folders, pictures
from ttx.scenario.findings import Faulty, Finding, listed
from ttx.scenario.formats.confined import understand
from ttx.scenario.formats.understood import Understood
from ttx.scenario.formats.words import FIELDS, normal
from ttx.settings import Settings
from ttx.store import imports
from ttx.store.database import Store
from ttx.web import papers
from ttx.web.papers import FORMATS


def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="A scenario's folder, or several.")],
    as_json: AsJson = False,
) -> None:
    """Check a scenario and report every fault at once. Exit code 1 if there is an error among them.

    Of several paths, as a shell makes them of scenarios/*, what is no folder is passed over.
    """
    folders = [path for path in paths if path.is_dir()] if len(paths) > 1 else paths
    if not folders:
        stop("None of these is a folder. Name the folder that scenario.yaml lies in.")
    found = {path: checks.check(path) for path in folders}
    if len(found) > 1:
        found = {path: tuple(replace(one, file=f"{path}/{one.file}") for one in mine) for path, mine in found.items()}
    findings = tuple(one for mine in found.values() for one in mine)
    errors = [one for one in findings if one.severity == "error"]
    if as_json:
        typer.echo(json.dumps({"findings": [one.as_json() for one in findings], "errors": len(errors)}))
    else:
        for path, mine in found.items():
            if not mine:
                typer.echo(f"{path}: no findings.")
        if findings:
            tell_findings(findings)
    raise typer.Exit(1 if errors else 0)


def export(
    path: Annotated[Path, typer.Argument(help="A scenario's folder.")],
    name: Annotated[str, typer.Option("--as", help=f"{', '.join(FORMATS)}.")],
    out: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")],
    language: Annotated[str | None, typer.Option(help="A language that the scenario is translated into.")] = None,
    dates: Annotated[str, typer.Option(help="When it is played, for a manual's cover.")] = "",
    place: Annotated[str, typer.Option(help="Where it is played, for a manual's cover.")] = "",
) -> None:
    """Print a scenario: its MSEL, the manuals for participants and controllers, its graph, or all of it as JSON."""
    wanted = papers.known(name)
    if out.is_dir() or not out.absolute().parent.is_dir():
        stop(f"{out} cannot be written: {'it is a folder' if out.is_dir() else 'its folder is not there'}.")
    scenario, findings = checks.checked(files.read(path))
    errors = [one for one in findings if one.severity == "error"]
    if errors or scenario is None:
        raise Faulty(errors)
    settings = Settings()
    shown = pictures.read(path, scenario) if wanted.pictured else {}
    rosters = [path / one for one in files.ROSTERS if wanted.seated and (path / one).is_file()]
    roster = files.read_roster(rosters[0]) if rosters else None
    order = papers.Order(pages_of(settings.templates, settings.static), scenario, shown, dates, place, roster)
    content = papers.printed(name, order, language)
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    typer.echo(f"{out}: {len(content):,} bytes.", err=True)


def import_file(
    file: Annotated[Path, typer.Argument(help="A spreadsheet, a CSV, or a file of another program's.")],
    to: Annotated[Path, typer.Option("--to", help="The folder to write; new or empty.")],
    corrections: Annotated[
        list[str] | None, typer.Option("--map", help=f"COLUMN=FIELD, repeated; a field is {', '.join(FIELDS)}.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", help="A data directory, which remembers --map for the next such file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a scenario's folder of a list of injects, and say what was understood, guessed and left out.

    With a data directory, columns that somebody corrected earlier, here or on the pages, are read as he said, and
    what --map says is remembered. Exit code 1 if the file is refused; then nothing is written.
    """
    file.stat()  # What is not there is a sentence before anything is said to be read.
    typer.echo(f"Reading {file}...", err=True)
    mapping = dict(_correction(one) for one in corrections or ())
    found = _understand(file, mapping, data)
    refused = found.refused
    findings: tuple[Finding, ...] = ()
    if found.data is not None and refused is None:
        try:
            findings = _write(to, found)
        except _NotWritten as why:
            refused = str(why)
    if as_json:
        said = {"format": found.format, "injects": found.injects, "rows": found.rows, "mapping": dict(found.mapping),
                "guessed": found.guessed, "left_out": found.left_out, "refused": refused}  # fmt: skip
        typer.echo(json.dumps(said))
    elif refused is not None:
        stop(refused)
    else:
        _tell_import(found, to, findings)
    raise typer.Exit(0 if refused is None else 1)


def _understand(file: Path, mapping: dict[str, str], data: Path | None) -> Understood:
    """The file, its columns as --map says, and else as somebody has said before of this layout."""
    found = understand(file, mapping)
    columns = {normal(one.header): one.header for one in found.columns}
    if columns and (lost := [name for name in mapping if normal(name) not in columns]):
        why = (
            f"{file.name} has no column {listed(map(repr, lost))}; it has "
            f"{listed(map(repr, columns.values()), most=40)}. Correct --map, and import it again."
        )
        return replace(found, data=None, texts={}, injects=0, refused=why)
    if data is None or found.layout is None:
        return found
    with Store(data, create=False) as store:
        known = imports.corrections(store, None, found.layout)
        if known and (both := known | mapping) != mapping:
            found = understand(file, both)
            typer.echo(f"Read as somebody said before of these columns: {listed(known)}.", err=True)
        if mapping and found.refused is None and found.layout is not None:
            imports.know(store, found.layout, known | mapping)
    return found


class _NotWritten(Exception):
    """What was understood cannot stand in a folder, with the sentence why."""


def _correction(text: str) -> tuple[str, str]:
    column, sign, field = text.rpartition("=")
    if not sign or field.strip() not in FIELDS:
        stop(f"--map takes COLUMN=FIELD, and '{text}' is not that; a field is one of {', '.join(FIELDS)}.")
    return column.strip(), field.strip()


def _write(to: Path, found: Understood) -> tuple[Finding, ...]:
    """Write a scenario's files into a folder beside the one wanted and put it there whole; what `check` finds in it."""
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise _NotWritten(f"{to} is there already and not empty. Name a new folder, so that no files are written over.")
    try:
        taken = folders.Contents(found.files(), found.pictures)
        if faults := folders.refusals(taken):
            raise Faulty(faults)
    except (Faulty, ValueError) as error:
        raise _NotWritten(f"What the file holds does not fit into a scenario's files: {error}") from None
    made = [folder for folder in (to.absolute(), *to.absolute().parents) if not folder.exists()]
    to.absolute().parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{to.name}-", dir=to.absolute().parent))
    try:
        folders.write(beside, taken)
        beside.chmod(0o755)
        findings = checks.check(beside)
        if to.exists():
            to.rmdir()
        beside.rename(to)
    except BaseException:
        rmtree(beside, ignore_errors=True)
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise
    return findings


def _tell_import(found: Understood, to: Path, findings: tuple[Finding, ...]) -> None:
    typer.echo(f"{found.format}: {found.injects} of {found.rows} rows became injects, in {to}.")
    for title, lines in (
        ("Columns", [f"{column} -> {field}" for column, field in found.mapping.items()]),
        ("Guessed", found.guessed),
        ("Left out", found.left_out),
    ):
        if lines:
            typer.echo(f"\n{title}")
            for line in lines:
                typer.echo(f"  {line}")
    if findings:
        typer.echo("", err=True)
        tell_findings(findings)
