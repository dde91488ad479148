"""Commands for what comes after an exercise: it goes elsewhere as a file, and what was said in it is shredded."""

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from ttx.cli.exercises import listed_seats
from ttx.cli.told import AsJson, Data, stop
from ttx.store import archive
from ttx.store.database import Store
from ttx.store.shredding import What, due
from ttx.store.shredding import shred as shredded
from ttx.web.shown import utc_now


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


def shred_exercise(
    data: Data,
    exercise: Annotated[str | None, typer.Argument(help="The exercise's id.")] = None,
    ended_days: Annotated[int | None, typer.Option(min=0, help="Every exercise that ended so many days ago.")] = None,
    people: Annotated[bool, typer.Option("--people", help="The names of seats and devices.")] = False,
    said: Annotated[bool, typer.Option("--said", help="Answers, notes, messages, and what analysts wrote.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing, for a timer.")] = False,
) -> None:
    """Take people's names, or what they said, out of exercises that have ended. It cannot be undone."""
    what = frozenset(one for one, wanted in ((What.PEOPLE, people), (What.SAID, said)) if wanted)
    if not what:
        stop("Say what is to be shredded: --people, --said, or both.")
    if (exercise is None) == (ended_days is None):
        stop("Name one exercise, or say with --ended-days how long ago exercises must have ended.")
    with Store(data, create=False) as store:
        found = [exercise] if exercise is not None else due(store, ended_days or 0, utc_now())
        if found and not yes:
            typer.confirm(f"Shred {' and '.join(sorted(what))} of {', '.join(found)} for good?", abort=True, err=True)
        for one in found:
            done = shredded(store, one, what)
            typer.echo(
                f"{done.title}, exercise {done.exercise}: {done.names} names and {done.bodies} entries shredded."
            )
