"""What is kept of people and of what they said after an exercise, and for how long: the record stays whole without it.

A body that is shredded is overwritten in the file; its envelope stays, so the chain still verifies. Backups and files
that were made before hold it still: whoever promises that it is gone has to see to those too.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, delete, select, update

from ttx.exercise.entries import ExerciseEnded, kind_of
from ttx.review.leaving import RecordShredded
from ttx.store import reviews
from ttx.store.database import NoSuchExercise, Store
from ttx.store.obstacles import Obstructed
from ttx.store.seats import PROGRAM
from ttx.store.tables import (
    ExerciseId,
    answer_drafts,
    bodies,
    devices,
    entries,
    exercises,
    feedback_ballots,
    feedback_forms,
    feedback_sheets,
    frozen_files,
    participants,
    review_entries,
    seats,
    stamp,
)

SAID = frozenset({
    "ResponseSubmitted", "VoteCast", "ObservationRecorded", "RatingGiven", "MessageSent", "HelpSettled",
    "HotWashNoted", "HotWashWithdrawn", "GapDrafted", "GapWithdrawn", "GapsMerged", "GapReworded", "GapsRanked",
    "GapTested", "SummaryWritten", "SummaryRemarked", "SummaryApproved",
})  # fmt: skip
"""The kinds of entries in which somebody says something. What was released, decided and when is no such kind."""


class What(StrEnum):
    """What can be shredded."""

    PEOPLE = "people"
    SAID = "said"


class NotShredded(Obstructed):
    """Nothing was shredded."""

    what = "shredded"


@dataclass(frozen=True, slots=True)
class Shredded:
    """How much of an exercise went: names of people, and bodies of entries, its review's included."""

    exercise: ExerciseId
    title: str
    names: int
    bodies: int


BY_ITSELF, BY_HAND = "this installation", "command line"
"""Who is named in the record for what was shredded: no seat."""


def shred(store: Store, exercise: str, what: frozenset[What], days: int | None = None) -> Shredded:
    """Take the names of people, or what they said, out of an exercise that has ended; for good. That it was done stands
    in the record of its review, with the `days` after which the installation does it by itself, if it did.

    People: names of seats and devices, and who agreed to be named in reports; accounts of staff are the installation's.
    Said: every answer, draft, vote, note, message and summary, feedback, and all that analysts made of them.
    Raises NotShredded, NotRecorded and NoSuchExercise.
    """
    with store.write(f"What was said in exercise {exercise}") as connection:
        title = connection.scalar(select(exercises.c.title).where(exercises.c.id == exercise))
        if title is None:
            raise NoSuchExercise(exercise)
        if _ended_at(connection, exercise) is None:
            raise NotShredded(f"The exercise {exercise}", "it has not ended", "End it first.")
        names = _people(connection, exercise) if What.PEOPLE in what else 0
        gone = _said(connection, exercise) if What.SAID in what else 0
    if names or gone:
        store.database.overwrite()
        fact = RecordShredded(what=tuple(sorted(what)), names=names, bodies=gone, days=days)
        reviews.record(store, exercise, BY_HAND if days is None else BY_ITSELF, lambda _log: [fact])
    return Shredded(ExerciseId(exercise), title, names, gone)


def due(store: Store, days: int, now: datetime) -> list[ExerciseId]:
    """The exercises that ended at least so many days ago. Raises NotRead."""
    ended = (
        select(entries.c.exercise)
        .where(entries.c.kind == ExerciseEnded.__name__, entries.c.at <= stamp(now - timedelta(days=days)))
        .distinct()
        .order_by(entries.c.exercise)
    )
    with store.read("The exercises that ended") as connection:
        return [ExerciseId(one) for one in connection.scalars(ended)]


def _ended_at(connection: Connection, exercise: str) -> str | None:
    ended = select(entries.c.at).where(entries.c.exercise == exercise, entries.c.kind == kind_of(ExerciseEnded()))
    return connection.scalar(ended)


def _people(connection: Connection, exercise: str) -> int:
    here = seats.c.exercise == exercise
    of_people = (here, seats.c.name.is_not(None), seats.c.name != PROGRAM)
    named = connection.execute(update(seats).where(*of_people).values(name=None))
    of_seats = devices.c.seat.in_(select(seats.c.id).where(here))
    held = connection.execute(
        update(devices)
        .where(of_seats, devices.c.name.is_not(None) | devices.c.part.is_not(None))
        .values(name=None, part=None)
    )
    agreed = connection.execute(delete(participants).where(participants.c.seat.in_(select(seats.c.id).where(here))))
    return named.rowcount + held.rowcount + agreed.rowcount


def _said(connection: Connection, exercise: str) -> int:
    of_it = select(entries.c.seq).where(entries.c.exercise == exercise, entries.c.kind.in_(SAID))
    gone = connection.execute(delete(bodies).where(bodies.c.exercise == exercise, bodies.c.seq.in_(of_it)))
    connection.execute(delete(answer_drafts).where(answer_drafts.c.exercise == exercise))
    connection.execute(delete(frozen_files).where(frozen_files.c.exercise == exercise))
    for table in (feedback_sheets, feedback_ballots, feedback_forms):
        connection.execute(delete(table).where(table.c.exercise == exercise))
    reviewed = connection.execute(
        update(review_entries)
        .where(review_entries.c.exercise == exercise, review_entries.c.body.is_not(None))
        .where(review_entries.c.kind != RecordShredded.__name__)
        .values(body=None, salt=None)
    )
    return gone.rowcount + reviewed.rowcount
