"""Seats of an exercise, and what leads to one: a code for people, a token for programs."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from ttx.exercise.commands import Sits
from ttx.exercise.rights import Seat
from ttx.scenario.roster import Role, RosterSeat
from ttx.store.codes import fresh_code, read_code, spelled
from ttx.store.database import NoSuchExercise, Store
from ttx.store.naming import compared
from ttx.store.tables import exercises, moment_of, seats, stamp, tokens

PROGRAM = "a program"
"""The name of seats that stand for a token."""
TOKEN_PREFIX = "ttx_"  # noqa: S105  (it is what tokens begin with, so that a scanner for leaked secrets knows them)


@dataclass(frozen=True, slots=True)
class SeatListed:
    """A seat as those see it who hand out codes. `revoked_at` is None while it is good."""

    seat: Seat
    name: str | None
    code: str
    account: str | None
    revoked_at: datetime | None


class NoSuchSeat(LookupError):
    """A seat was asked for that is not there, or is revoked."""

    def __init__(self, seat: str) -> None:
        self.seat = seat
        super().__init__(f"There is no seat {seat}, or it was revoked. Ask the lead facilitator for another.")


def add_seats(
    connection: Connection, exercise: str, listed: Iterable[RosterSeat], now: datetime | None = None
) -> list[Seat]:
    """Seats for an exercise inside a transaction that is open, each with a code of its own.

    A head of delegation submits, and a delegate does if nobody on the list or seated before is its head.
    """
    listed = list(listed)
    heads = {one.delegation for one in listed if one.role is Role.HEAD}
    heads |= set(
        connection.execute(
            select(seats.c.delegation).where(
                seats.c.exercise == exercise, seats.c.role == Role.HEAD, seats.c.revoked_at.is_(None)
            )
        ).scalars()
    )
    there = connection.scalar(select(func.count()).where(seats.c.exercise == exercise)) or 0
    made, rows = [], []
    for number, one in enumerate(listed, there + 1):
        submits = one.role is Role.HEAD or (one.role is Role.DELEGATE and one.delegation not in heads)
        seat = Seat(new_seat_id(), exercise, one.role, one.delegation, one.table, one.language, submits)
        made.append(seat)
        rows.append(
            {
                "id": seat.id,
                "exercise": exercise,
                "number": number,
                "role": str(seat.role),
                "delegation": seat.delegation,
                "table_id": seat.table,
                "language": seat.language,
                "name": one.name or None,
                "submits": submits,
                "code": fresh_code(connection),
                "account": compared(one.account) if one.account else None,
                "created_at": stamp(now or datetime.now(UTC)),
            }
        )
    if rows:
        connection.execute(insert(seats), rows)
    return made


def new_seat_id() -> str:
    """A seat's id: it stands in the log in the place of a name."""
    return "s" + secrets.token_hex(5)


def seat_by_code(store: Store, typed: str) -> Seat | None:
    """The seat that this code leads to, however it was typed; None for a wrong one. Raises NotRead."""
    code = read_code(typed)
    return None if code is None else _one(store, seats.c.code == code)


def seat_by_id(store: Store, seat: str) -> Seat | None:
    """The seat of this id; None if there is none or it is revoked. Raises NotRead."""
    return _one(store, seats.c.id == seat)


def seats_of(store: Store, exercise: str) -> list[SeatListed]:
    """The seats of an exercise as they were made, programs' and revoked ones too. Raises NotRead."""
    rows_of = select(seats).where(seats.c.exercise == exercise).order_by(seats.c.number)
    with store.read(f"The seats of exercise {exercise}") as connection:
        rows = connection.execute(rows_of).all()
    return [
        SeatListed(
            seat_of(row),
            row.name,
            spelled(row.code),
            row.account,
            moment_of(row.revoked_at) if row.revoked_at is not None else None,
        )
        for row in rows
    ]


def sits(store: Store, exercise: str, seat: str) -> Sits | None:
    """What is known of a seat, with the other good seats of its delegation; None if it is not a good one here."""
    good = [one.seat for one in seats_of(store, exercise) if one.revoked_at is None]
    found = next((one for one in good if one.id == seat), None)
    if found is None:
        return None
    own = [one for one in good if one.delegation == found.delegation] if found.delegation is not None else [found]
    return Sits(found.delegation, {one.id: one.table for one in own})


def rotate_code(store: Store, seat: str) -> str:
    """A new code for a seat, as it is shown; the old one leads nowhere. Who sits there already stays.

    Raises NotRecorded, and NoSuchSeat also for one that is revoked.
    """
    with store.write(f"A new code for seat {seat}") as connection:
        code = fresh_code(connection)
        changed = connection.execute(
            update(seats).where(seats.c.id == seat, seats.c.revoked_at.is_(None)).values(code=code)
        )
        if changed.rowcount == 0:
            raise NoSuchSeat(seat)
    return spelled(code)


def revoke_seat(store: Store, seat: str, now: datetime | None = None) -> None:
    """From now on nothing leads to this seat: code, device or token. Raises NotRecorded, NoSuchSeat."""
    with store.write(f"That seat {seat} is revoked") as connection:
        changed = connection.execute(
            update(seats)
            .where(seats.c.id == seat, seats.c.revoked_at.is_(None))
            .values(revoked_at=stamp(now or datetime.now(UTC)))
        )
        if changed.rowcount == 0:
            raise NoSuchSeat(seat)


def new_token(
    store: Store,
    exercise: str,
    role: Role,
    delegation: str | None = None,
    table: str | None = None,
    now: datetime | None = None,
) -> tuple[str, Seat]:
    """A bearer token and the seat of its own that it stands for. It is not kept and cannot be shown again.

    Raises NotRecorded, NoSuchExercise.
    """
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    now = now or datetime.now(UTC)
    wanted = RosterSeat(role=role, delegation=delegation, table=table, name=PROGRAM)
    with store.write(f"A token for exercise {exercise}") as connection:
        if connection.scalar(select(exercises.c.id).where(exercises.c.id == exercise)) is None:
            raise NoSuchExercise(exercise)
        (seat,) = add_seats(connection, exercise, [wanted], now)
        connection.execute(insert(tokens).values(hash=hash_of(token), seat=seat.id, created_at=stamp(now)))
    return token, seat


def seat_by_token(store: Store, token: str) -> Seat | None:
    """The seat of a bearer token; None for one that is wrong or revoked. Raises NotRead."""
    if not token.startswith(TOKEN_PREFIX):
        return None
    with store.read("The seat of a token") as connection:
        row = connection.execute(
            select(seats)
            .join_from(seats, tokens, tokens.c.seat == seats.c.id)
            .where(tokens.c.hash == hash_of(token), tokens.c.revoked_at.is_(None), seats.c.revoked_at.is_(None))
        ).first()
    return None if row is None else seat_of(row)


def revoke_token(store: Store, token: str, now: datetime | None = None) -> None:
    """From now on this token leads nowhere. Raises NotRecorded."""
    with store.write("That a token is revoked") as connection:
        connection.execute(
            update(tokens)
            .where(tokens.c.hash == hash_of(token), tokens.c.revoked_at.is_(None))
            .values(revoked_at=stamp(now or datetime.now(UTC)))
        )


def hash_of(token: str) -> str:
    """What is kept of a token or cookie. With 256 random bits, a plain SHA-256 is safe."""
    return hashlib.sha256(token.encode()).hexdigest()


def seat_of(row: Row[Any]) -> Seat:
    """The seat in a row of `seats`."""
    return Seat(row.id, row.exercise, Role(row.role), row.delegation, row.table_id, row.language, row.submits)


def _one(store: Store, where: ColumnElement[bool]) -> Seat | None:
    with store.read("A seat") as connection:
        row = connection.execute(select(seats).where(where, seats.c.revoked_at.is_(None))).first()
    return None if row is None else seat_of(row)
