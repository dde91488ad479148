"""Commands for exercises that go from one data directory to another."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.exercises import listed_seats
from ttx.cli.told import AsJson, Data, stop
from ttx.store import archive
from ttx.store.database import Store


def export_exercise(
    exercise: str,
    out: Annotated[Path, typer.Option("-o", "--output", help="The file to write, such as autumn.ttx.zip.")],
    data: Data,
) -> None:
    """Write an exercise that has ended into one signed file: its record, scenario, pictures and seats, no code."""
    if out.exists():
        stop(f"{out} is there already. Choose another name.")
    with Store(data, create=False) as store:
        packed = archive.pack(store, exercise)
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # it holds answers
        file.write(packed)
    typer.echo(f"Wrote {out}.", err=True)


def import_exercise(file: Path, data: Data, as_json: AsJson = False) -> None:
    """Take an exercise from such a file into a data directory; its record is verified first."""
    with Store(data) as store:
        taken = archive.unpack(store, file.read_bytes())
        codes = listed_seats(store, taken.exercise)
    if as_json:
        told = {"exercise": taken.exercise, "entries": taken.verdict.entries, "head_hash": taken.verdict.head_hash}
        typer.echo(json.dumps({**told, "signer": taken.signer, "seats": codes}))
        return
    typer.echo(f"{taken.title}, exercise {taken.exercise}: {taken.verdict.entries} entries, all as they were written.")
    typer.echo(f"Signed by {taken.signer}. Ask who sent it whether that is the key of their installation.")
