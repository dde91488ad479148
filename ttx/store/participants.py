"""Who agreed that his name and organisation stand in a report's list of participants. Kept beside the log."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from ttx.review.opinions import Person
from ttx.store.database import Store
from ttx.store.tables import participants, seats, stamp


@dataclass(frozen=True, slots=True)
class Agreed:
    """Somebody who agreed on this device; `id` is that of his agreement."""

    id: str
    name: str
    organisation: str


def agrees(store: Store, seat: str, held_by: str, name: str, organisation: str, now: datetime | None = None) -> str:
    """Somebody at this device agrees to be named; the agreement's id. Raises NotRecorded."""
    made = "c" + secrets.token_hex(8)
    row = {"id": made, "seat": seat, "held_by": held_by, "name": name, "organisation": organisation}
    with store.write("That somebody agrees to be named", beside=True) as connection:
        connection.execute(insert(participants).values(**row, agreed_at=stamp(now or datetime.now(UTC))))
    return made


def withdraws(store: Store, seat: str, held_by: str, agreement: str) -> None:
    """From now on an agreement of this device does not stand, and the name is gone. Raises NotRecorded."""
    here = (participants.c.seat == seat, participants.c.held_by == held_by, participants.c.id == agreement)
    with store.write("That somebody is not to be named", beside=True) as connection:
        connection.execute(delete(participants).where(*here))
    store.database.overwrite([participants.name])


def agreed_on(store: Store, seat: str, held_by: str) -> list[Agreed]:
    """Who agreed on this device, in their order. Raises NotRead."""
    wanted = select(participants).where(participants.c.seat == seat, participants.c.held_by == held_by)
    with store.read("Who agreed to be named") as connection:
        rows = connection.execute(wanted.order_by(participants.c.agreed_at, participants.c.id))
        return [Agreed(row.id, row.name, row.organisation) for row in rows]


def participants_of(store: Store, exercise: str) -> list[Person]:
    """Everybody of an exercise who agreed. Raises NotRead."""
    wanted = (
        select(seats.c.delegation, participants.c.name, participants.c.organisation)
        .join_from(participants, seats, participants.c.seat == seats.c.id)
        .where(seats.c.exercise == exercise)
        .order_by(participants.c.id)
    )
    with store.read("Who agreed to be named") as connection:
        return [Person(row.delegation, row.name, row.organisation) for row in connection.execute(wanted)]
