"""Who holds a device on a seat, and which devices still wait at the door. That a device may act is `sessions`."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from ttx.exercise.rights import Seat
from ttx.store.database import Store
from ttx.store.seats import seat_of
from ttx.store.tables import devices, doors, moment_of, seats, stamp

PARTS = ("policy", "law", "operations")
"""What somebody of a delegation may say that he looks after."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever holds a device: its number in its delegation, and a name and a part, if he gave them.

    `confirmed` once he said that he is on the right seat.
    """

    id: str
    delegation: str | None
    number: int
    name: str = ""
    part: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A device at the door."""

    id: str
    seat: Seat
    label: str
    asked_at: datetime


class NoSuchDevice(LookupError):
    """A device was meant that is not there any more."""

    def __init__(self) -> None:
        super().__init__("This device is not there any more. Look at the list again.")


def arrives(connection: Connection, session: str, seat: str, label: str, now: datetime, admitted: bool) -> None:
    """In a transaction that is open: a device sits down, or waits to be let in."""
    here = and_(devices.c.session == session, devices.c.seat == seat)
    said = {"label": label[:200], "asked_at": stamp(now), "gone_at": None}
    if admitted:
        said["admitted_at"] = stamp(now)
    if connection.scalar(select(devices.c.id).where(here)) is not None:
        connection.execute(update(devices).where(here).values(**said))
        return
    whose = connection.execute(select(seats.c.exercise, seats.c.delegation).where(seats.c.id == seat)).one()
    shared = seats.c.delegation == whose.delegation if whose.delegation is not None else seats.c.id == seat
    count = (
        select(func.max(devices.c.number))
        .join_from(devices, seats, devices.c.seat == seats.c.id)
        .where(seats.c.exercise == whose.exercise, shared)
    )
    number = (connection.scalar(count) or 0) + 1
    person = "p" + secrets.token_hex(5)
    connection.execute(insert(devices).values(session=session, seat=seat, id=person, number=number, **said))


def asks_in(store: Store, session: str, seat: str, label: str = "", now: datetime | None = None) -> bool:
    """A device stands before the door; says whether it may pass, having been let in before. Raises NotRecorded."""
    here = and_(devices.c.session == session, devices.c.seat == seat)
    with store.write("That a device waits") as connection:
        row = connection.execute(select(devices).where(here)).first()
        if row is not None and row.admitted_at is not None:
            return True
        if row is None or row.gone_at is not None:
            arrives(connection, session, seat, label, now or datetime.now(UTC), admitted=False)
    return False


def waiting_of(store: Store, exercise: str) -> list[Waiting]:
    """The devices at the door, the first to come first. Raises NotRead."""
    wanted = (
        select(seats, devices.c.id.label("person"), devices.c.label, devices.c.asked_at)
        .join_from(devices, seats, devices.c.seat == seats.c.id)
        .where(seats.c.exercise == exercise, seats.c.revoked_at.is_(None))
        .where(devices.c.admitted_at.is_(None), devices.c.gone_at.is_(None))
        .order_by(devices.c.asked_at)
    )
    with store.read(f"The devices before exercise {exercise}") as connection:
        return [
            Waiting(row.person, seat_of(row), row.label, moment_of(row.asked_at)) for row in connection.execute(wanted)
        ]


def whose(store: Store, person: str) -> tuple[str, Seat] | None:
    """The session and the seat of a device. Raises NotRead."""
    wanted = select(seats, devices.c.session).join_from(devices, seats, devices.c.seat == seats.c.id)
    with store.read("A device") as connection:
        row = connection.execute(wanted.where(devices.c.id == person)).first()
    return (row.session, seat_of(row)) if row is not None else None


def turn_away(store: Store, person: str, now: datetime | None = None) -> None:
    """A device that waits does not come in. Raises NotRecorded."""
    with store.write("That a device is turned away") as connection:
        connection.execute(
            update(devices)
            .where(devices.c.id == person)
            .values(gone_at=stamp(now or datetime.now(UTC)), admitted_at=None)
        )


def people_of(store: Store, exercise: str) -> dict[tuple[str, str], Person]:
    """Who holds the devices of an exercise, those that left included, by session and seat. Raises NotRead."""
    wanted = (
        select(devices, seats.c.delegation)
        .join_from(devices, seats, devices.c.seat == seats.c.id)
        .where(seats.c.exercise == exercise)
        .order_by(devices.c.number)
    )
    with store.read(f"The people of exercise {exercise}") as connection:
        return {
            (row.session, row.seat): Person(
                row.id, row.delegation, row.number, row.name or "", row.part or "", row.confirmed_at is not None
            )
            for row in connection.execute(wanted)
        }


def introduces(store: Store, session: str, seat: str, name: str, part: str, now: datetime | None = None) -> None:
    """Somebody says that he is on the right seat and, if he likes, who he is. Raises NotRecorded."""
    with store.write("Who holds a device") as connection:
        connection.execute(
            update(devices)
            .where(devices.c.session == session, devices.c.seat == seat)
            .values(name=name or None, part=part or None, confirmed_at=stamp(now or datetime.now(UTC)))
        )


def door_is_kept(store: Store, exercise: str) -> bool:
    """Whether devices of this exercise are let in one by one. Raises NotRead."""
    with store.read("A door") as connection:
        return connection.scalar(select(doors.c.exercise).where(doors.c.exercise == exercise)) is not None


def keep_door(store: Store, exercise: str, kept: bool) -> None:
    """From now on devices are let in one by one, or by their code alone. Who sits there already stays.

    Raises NotRecorded.
    """
    with store.write("How devices come in") as connection:
        connection.execute(delete(doors).where(doors.c.exercise == exercise))
        if kept:
            connection.execute(insert(doors).values(exercise=exercise))
