"""The log of a review in the database: read, appended to in one transaction, and gone over for what was changed."""

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select

from ttx.review.entries import Entry, Kept, kind_of, read_body, write_body
from ttx.store.chain import SALT_BYTES, START, Envelope, Verdict, commitment, digest, entry_hash, judge
from ttx.store.database import NoSuchExercise, Store
from ttx.store.log import KeyReused
from ttx.store.tables import bodies, exercises, moment_of, review_entries, stamp

Decide = Callable[[Sequence[Kept]], Sequence[Entry]]
"""What comes to a review's log that reads so far like this; raises what turns it down."""


def read(store: Store, exercise: str) -> list[Kept]:
    """The entries of an exercise's review in order, without those that were shredded. Raises NotRead."""
    with store.read(f"The review of exercise {exercise}") as connection:
        return [_kept(row) for row in review_of(connection, exercise) if row.body is not None]


def record(
    store: Store,
    exercise: str,
    seat: str,
    decide: Decide,
    key: str | None = None,
    asked: str = "",
    now: datetime | None = None,
) -> list[Kept]:
    """Append what `decide` says, which nobody else comes between; what was appended, or was with this key before.

    `asked` is the request as text, by which a key that comes with another one is told. Raises NotRecorded,
    NoSuchExercise, KeyReused, and whatever `decide` raises.
    """
    with store.write(f"What was asked of the review of exercise {exercise}", beside=True) as connection:
        return recorded(connection, exercise, seat, decide, key, asked, now)


def recorded(
    connection: Connection,
    exercise: str,
    seat: str,
    decide: Decide,
    key: str | None = None,
    asked: str = "",
    now: datetime | None = None,
) -> list[Kept]:
    """The same in a transaction that is open and may run beside others."""
    request = digest(f"{seat} {asked}")
    locked = select(exercises.c.id).where(exercises.c.id == exercise).with_for_update()
    if connection.scalar(locked) is None:
        raise NoSuchExercise(exercise)
    rows = review_of(connection, exercise)
    before = [row for row in rows if row.key is not None and row.key == key]
    if before:
        if before[0].asked != request:
            raise KeyReused(str(key), before[0].seq)
        return [_kept(row) for row in before if row.body is not None]
    log = [_kept(row) for row in rows if row.body is not None]
    head, last = (rows[-1].seq, rows[-1].hash) if rows else (0, START)
    made, at = [], stamp(now or datetime.now(UTC))
    new = list(decide(log))
    for number, entry in enumerate(new, 1):
        body, salt = write_body(entry), secrets.token_bytes(SALT_BYTES)
        ends = number == len(new)
        row: dict[str, Any] = {
            "exercise": exercise, "seq": head + number, "key": key if ends else None,
            "asked": request if ends else None, "seat": seat, "kind": kind_of(entry), "at": at,
            "commitment": commitment(salt, body),
        }  # fmt: skip
        row |= {"prev_hash": last, "hash": entry_hash(last, row), "salt": salt, "body": body}
        last = row["hash"]
        connection.execute(insert(review_entries).values(**row))
        made.append(Kept(row["seq"], moment_of(at), seat, entry))
    return made


def first_fault(store: Store, exercise: str) -> int | None:
    """The first entry of a review that is not what was written; None if all are. Raises NotRead."""
    with store.read(f"The review of exercise {exercise}") as connection:
        rows = review_of(connection, exercise)
    return judged(exercise, [row._mapping for row in rows]).fault


def judged(exercise: str, rows: Sequence[Envelope]) -> Verdict:
    """Whether all entries of a review are what was written."""
    return judge(exercise, rows, "", (len(rows), rows[-1]["hash"] if rows else START))


def secret(store: Store, exercise: str) -> bytes:
    """Sixteen bytes of this exercise that no page, export or entry tells: the salt of its first entry. Raises NotRead,
    NoSuchExercise."""
    with store.read(f"The first entry of exercise {exercise}") as connection:
        salt = connection.scalar(select(bodies.c.salt).where(bodies.c.exercise == exercise, bodies.c.seq == 1))
    if salt is None:
        raise NoSuchExercise(exercise)
    return bytes(salt)


def review_of(connection: Connection, exercise: str) -> Sequence[Row[Any]]:
    """The rows of an exercise's review in order, shredded ones too."""
    return connection.execute(_OF, {"of": exercise}).all()


def _kept(row: Row[Any]) -> Kept:
    return Kept(row.seq, moment_of(row.at), row.seat, read_body(row.kind, row.body))


_OF = select(review_entries).where(review_entries.c.exercise == bindparam("of")).order_by(review_entries.c.seq)
