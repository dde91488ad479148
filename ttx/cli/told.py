"""What commands share: their options, and how they speak of findings, seats and refusals."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from ttx.scenario.findings import Finding

Data = Annotated[Path, typer.Option("--data", help="The data directory.")]
Database = Annotated[
    str, typer.Option(help="A PostgreSQL for a new data directory, which remembers it: postgresql://USER@HOST/NAME.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


def tell_findings(findings: tuple[Finding, ...]) -> None:
    """Print findings on standard error, one a line, and how many there are."""
    for one in findings:
        where = ", ".join(part for part in (one.inject, one.field) if part)
        typer.echo(f"{one.file}:{one.line}: {one.severity}: {f'[{where}] ' if where else ''}{one.sentence}", err=True)
    typer.echo(f"{len(findings)} finding{'s' if len(findings) != 1 else ''}.", err=True)


def stop(sentence: str) -> NoReturn:
    """Say what stands in the way, and end with exit code 1."""
    typer.echo(f"ttx: {sentence}", err=True)
    raise typer.Exit(1)
