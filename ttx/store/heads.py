"""The end of a record at each close of a day, signed with the installation's key, so that a rewriting is found.

A chain of hashes can be written anew by whoever holds the database. He cannot sign the new one without `signing.key`;
and who keeps the statement elsewhere finds by it, too, that the end was cut off with all that was signed of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Connection, insert, select

from ttx.exercise.entries import DayClosed, ExerciseEnded
from ttx.store.database import Store
from ttx.store.signing import signing_key, stated, statement
from ttx.store.tables import entries, signed_heads

FORM = "ttx head 1"
CLOSES = (DayClosed.__name__, ExerciseEnded.__name__)
"""The kinds of entries at which a head is signed."""

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement with its signature, and what it says; None if the signature does not fit."""

    seq: int
    statement: str
    signature: str
    said: Mapping[str, Any] | None


def sign(connection: Connection, directory: Path, closes: Sequence[Mapping[str, Any]]) -> None:
    """Sign these entries, by their envelopes, within the transaction that writes them.

    A key that cannot be read leaves them unsigned and is logged: nobody's day stays open for it.
    """
    try:
        key = signing_key(directory)
    except (OSError, ValueError) as fault:
        logger.error("heads", unsigned=len(closes), why=type(fault).__name__)
        return
    rows = []
    for one in closes:
        said = {"form": FORM, **{name: one[name] for name in ("exercise", "seq", "kind", "at", "hash")}}
        text, signature = statement(key, said)
        rows.append({"exercise": one["exercise"], "seq": one["seq"], "statement": text, "signature": signature})
        logger.info("head", exercise=one["exercise"], seq=one["seq"], hash=one["hash"], signature=signature)
    connection.execute(insert(signed_heads), rows)


def signed(store: Store, exercise: str) -> list[Signed]:
    """The heads of an exercise that are signed, in order. Raises NotRead."""
    with store.read(f"The signed heads of exercise {exercise}") as connection:
        rows = connection.execute(
            select(signed_heads).where(signed_heads.c.exercise == exercise).order_by(signed_heads.c.seq)
        ).all()
    return [Signed(row.seq, row.statement, row.signature, _said(row.statement, row.signature)) for row in rows]


def faults(store: Store, exercise: str) -> tuple[str, ...]:
    """A sentence for each head that is not what was signed, or was signed and is not any more. Raises NotRead."""
    known, found = {one.seq: one for one in signed(store, exercise)}, list[str]()
    with store.read(f"The log of exercise {exercise}") as connection:
        here = entries.c.exercise == exercise
        hashes = {row.seq: row.hash for row in connection.execute(
            select(entries.c.seq, entries.c.hash).where(here, entries.c.seq.in_(known)))}  # fmt: skip
        closes = connection.scalars(select(entries.c.seq).where(here, entries.c.kind.in_(CLOSES)))
        missing = [seq for seq in closes if known and min(known) < seq and seq not in known]
    for seq, one in known.items():
        if one.said is None:
            found.append(f"The head at entry {seq}: its signature does not fit its statement.")
        elif why := _wrong(one.said, exercise, seq, hashes.get(seq)):
            found.append(f"The head at entry {seq}: {why}.")
    return (*found, *(f"The head at entry {seq}: it was signed at the day's close and is not here." for seq in missing))


def checked(store: Store, exercise: str, file: bytes, signer: str | None = None) -> tuple[bool, str]:
    """Whether a record still holds what a statement kept elsewhere says, and that as a sentence.

    `signer` is the public key one knows the installation by. Raises NotRead.
    """
    try:
        told = json.loads(file)
        said = _said(str(told["statement"]), str(told["signature"]))
    except (ValueError, KeyError, TypeError):
        return False, "The statement cannot be read: take one that ttx exercise heads wrote."
    if said is None:
        return False, "The signature does not fit the statement: one of the two was changed."
    if signer is not None and said["signer"] != signer.strip().lower():
        return False, f"The statement is signed by another key: {said['signer']}."
    with store.read(f"The log of exercise {exercise}") as connection:
        at = entries.c.exercise == exercise, entries.c.seq == said["seq"]
        found = connection.scalar(select(entries.c.hash).where(*at))
    if why := _wrong(said, exercise, said["seq"], found):
        return False, f"The head that was kept elsewhere: {why}."
    return True, f"Entry {said['seq']} is the one that was signed on {said['at']} by {said['signer']}."


def _wrong(said: Mapping[str, Any], exercise: str, seq: int, found: str | None) -> str | None:
    if said["exercise"] != exercise or said["seq"] != seq:
        return "its statement is of another entry"
    if found is None:
        return f"entry {seq} is not in the record: the end was cut off"
    return None if found == said["hash"] else f"the record has another entry {seq}: it was written anew"


def _said(text: str, signature: str) -> dict[str, Any] | None:
    try:
        return stated(text, signature, FORM)
    except (ValueError, KeyError, TypeError):
        return None
