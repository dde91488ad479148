"""What commands share: their options, and how they speak of findings, seats and refusals."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

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


PATIENCE = 1.0
"""Seconds after which a command says what it is doing."""


@contextmanager
def steps(first: str) -> Iterator[Callable[[str], None]]:
    """Say on standard error what is being done, once it takes longer than a second; call what comes for each next step.

    On a terminal it is one line that moves and goes, elsewhere a line for each step.
    """
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(first) as status:
            yield lambda step: status.update(step)
        return
    now, late = [first], threading.Event()

    def tell() -> None:
        late.set()
        typer.echo(f"{now[0]} ...", err=True)

    def step(name: str) -> None:
        now[0] = name
        if late.is_set():
            typer.echo(f"{name} ...", err=True)

    waiting = threading.Timer(PATIENCE, tell)
    waiting.daemon = True
    waiting.start()
    try:
        yield step
    finally:
        waiting.cancel()
