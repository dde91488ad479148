"""Rehearsals: throwaway exercises of the same scenario and roster as another, and what each took."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, insert, select, update

from ttx.exercise.entries import ExerciseCreated
from ttx.scenario.roster import Roster, RosterDelegation, RosterSeat
from ttx.store.database import NoSuchExercise, Store
from ttx.store.log import add_exercise, read, scenario_of
from ttx.store.pictures import freeze_pictures
from ttx.store.seats import PROGRAM, seats_of
from ttx.store.tables import ExerciseId, exercise_pictures, moment_of, rehearsals, seats, stamp


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A rehearsal `of` an exercise. `figures` are JSON, and None while it goes on or where it came to no end."""

    exercise: ExerciseId
    of: ExerciseId
    at: datetime
    ended_at: datetime | None
    figures: str | None


def create_rehearsal(store: Store, of: str, now: datetime | None = None) -> ExerciseId:
    """A new exercise with the scenario, pictures, delegations, tables and seats of another, but for people's names.

    Every seat has a code of its own, and belongs to no account. Raises NotRead, NotRecorded, NoSuchExercise.
    """
    now = now or datetime.now(UTC)
    scenario = scenario_of(store, of)
    created = next((one.entry for one in read(store, of, limit=1)), None)
    if not isinstance(created, ExerciseCreated):
        raise NoSuchExercise(of)
    roster = Roster(
        delegations={
            name: RosterDelegation(name=one.name, groups=one.groups) for name, one in created.delegations.items()
        },
        tables=created.tables,
        seats=tuple(
            RosterSeat(
                role=one.seat.role, delegation=one.seat.delegation, table=one.seat.table, language=one.seat.language
            )
            for one in seats_of(store, of)
            if one.revoked_at is None and one.name != PROGRAM
        ),
    )
    shown = select(exercise_pictures.c.name, exercise_pictures.c.digest).where(exercise_pictures.c.exercise == of)
    with store.write(f"A rehearsal of exercise {of}") as connection:
        exercise = add_exercise(connection, scenario, roster, f"Rehearsal of {created.title}", now, {})
        freeze_pictures(connection, exercise, {row.name: row.digest for row in connection.execute(shown)})
        connection.execute(insert(rehearsals).values(exercise=exercise, of=of, at=stamp(now)))
    return exercise


def end_rehearsal(store: Store, exercise: str, figures: str | None, now: datetime | None = None) -> None:
    """Keep what a rehearsal took, and let nothing lead to its seats any more. Raises NotRecorded."""
    at = stamp(now or datetime.now(UTC))
    with store.write(f"The end of rehearsal {exercise}") as connection:
        connection.execute(
            update(rehearsals).where(rehearsals.c.exercise == exercise).values(ended_at=at, figures=figures)
        )
        gone = update(seats).where(seats.c.exercise == exercise, seats.c.revoked_at.is_(None))
        connection.execute(gone.values(revoked_at=at))


def rehearsals_of(store: Store, of: str) -> list[Rehearsal]:
    """The rehearsals of an exercise, the newest first. Raises NotRead."""
    with store.read(f"The rehearsals of exercise {of}") as connection:
        rows = connection.execute(
            select(rehearsals).where(rehearsals.c.of == of).order_by(rehearsals.c.at.desc(), rehearsals.c.exercise)
        ).all()
    return [_rehearsal(row) for row in rows]


def unended(store: Store) -> list[Rehearsal]:
    """The rehearsals that have not ended. Raises NotRead."""
    with store.read("The rehearsals") as connection:
        return [
            _rehearsal(row) for row in connection.execute(select(rehearsals).where(rehearsals.c.ended_at.is_(None)))
        ]


def clean_up(store: Store) -> None:
    """End what was left behind, so that none of its codes works. Raises NotRead, NotRecorded."""
    for left in unended(store):
        end_rehearsal(store, left.exercise, None)


def is_rehearsal(store: Store, exercise: str) -> bool:
    """Whether an exercise rehearses another one. Raises NotRead."""
    with store.read("The rehearsals") as connection:
        found = select(rehearsals.c.exercise).where(rehearsals.c.exercise == exercise)
        return connection.scalar(found) is not None


def _rehearsal(row: Row[Any]) -> Rehearsal:
    ended = moment_of(row.ended_at) if row.ended_at is not None else None
    return Rehearsal(ExerciseId(row.exercise), ExerciseId(row.of), moment_of(row.at), ended, row.figures)
