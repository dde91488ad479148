"""What processes leave for each other: who is there, as each of them knows it, and wrong codes that were tried."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, insert, select

from ttx.store.database import Store
from ttx.store.tables import answer_drafts, stamp, told, tries

LONGEST = timedelta(minutes=15)
"""For so long wrong tries are kept."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a process told of an exercise. While it lives, `beat` counts up every few seconds."""

    process: str
    exercise: str
    beat: int
    body: str


def tell(store: Store, process: str, news: Mapping[str, tuple[int, str]]) -> None:
    """Leave this of these exercises, each with its beat, in the place of what was left before. Raises NotRecorded."""
    with store.write("What a process tells the others", beside=True) as connection:
        connection.execute(delete(told).where(told.c.process == process, told.c.exercise.in_(news)))
        rows = [{"process": process, "exercise": e, "beat": beat, "body": body} for e, (beat, body) in news.items()]
        connection.execute(insert(told), rows)


def others(store: Store, process: str) -> list[Told]:
    """What all other processes have left. Raises NotRead."""
    with store.read("What processes tell") as connection:
        rows = connection.execute(select(told).where(told.c.process != process))
        return [Told(row.process, row.exercise, row.beat, row.body) for row in rows]


def forget(store: Store, processes: Collection[str]) -> None:
    """Take away what these processes have left. Raises NotRecorded."""
    with store.write("That a process has ended") as connection:
        connection.execute(delete(told).where(told.c.process.in_(processes)))


def mark_of_drafts(store: Store, exercise: str) -> tuple[object, ...]:
    """What is another one after any draft of an exercise has changed. Raises NotRead."""
    versions = func.sum(answer_drafts.c.version % 1_000_003)  # a page may count from as high as 2**53
    wanted = select(func.count(), versions, func.max(answer_drafts.c.at))
    with store.read("The drafts of an exercise") as connection:
        return tuple(connection.execute(wanted.where(answer_drafts.c.exercise == exercise)).one())


def tried(store: Store, what: str, who: str, now: datetime | None = None, within: float = 60) -> int:
    """How often somebody tried wrongly within so many seconds, by whichever process. Raises NotRead."""
    since = stamp((now or datetime.now(UTC)) - timedelta(seconds=within))
    with store.read("Wrong tries") as connection:
        wanted = select(func.count()).where(tries.c.who == who, tries.c.what == what, tries.c.at > since)
        return connection.scalar(wanted) or 0


def note_try(store: Store, what: str, who: str, now: datetime | None = None) -> None:
    """Count one wrong try, and forget those that are older than any is counted. Raises NotRecorded."""
    now = now or datetime.now(UTC)
    with store.write("A wrong try") as connection:
        connection.execute(delete(tries).where(tries.c.at <= stamp(now - LONGEST)))
        connection.execute(insert(tries).values(id=secrets.token_hex(8), what=what, who=who, at=stamp(now)))
