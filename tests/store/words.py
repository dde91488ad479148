"""The words of the store's tests: a small scenario and roster, an exercise, somebody who meddles with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from ttx.exercise.entries import Announced, Logged
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role, Roster, RosterDelegation, RosterSeat
from ttx.store.database import Store, driver
from ttx.store.log import create_exercise, writing
from ttx.store.tables import GUARDS, ExerciseId

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

SCENARIO = Scenario.model_validate(
    {
        "format": "ttx-scenario/1",
        "id": "lantern-tide",
        "title": "Lantern Tide",
        "version": "1.2",
        "summary": "A vessel is overdue.",
        "objectives": {},
        "capabilities": {},
        "groups": {"TFPP": {"name": "Task Force on Planning and Preparedness"}},
        "days": [
            {
                "day": 1,
                "title": "The first day",
                "theme": "At sea",
                "lead": "TFPP",
                "sessions": [{"id": "morning", "title": "Morning", "start": "09:00", "minutes": 60}],
                "injects": [
                    {
                        "id": "D1-01",
                        "kind": "contextual",
                        "title": "A vessel is overdue",
                        "at": "09:10",
                        "session": "morning",
                        "sender": "Harbour master",
                        "channel": "radio",
                        "text": "Nothing has been heard since midnight.",
                        "questions": [
                            {
                                "id": "first",
                                "kind": "single",
                                "ask": "Whom do you call first?",
                                "options": {"z": "The navy", "a": "The coast guard"},
                            }
                        ],
                    }
                ],
            }
        ],
    }
)

ROSTER = Roster(
    delegations={
        "vedra": RosterDelegation(name="Vedra", groups=("TFPP",)),
        "oskmar": RosterDelegation(name="Oskmar"),
    },
    tables={"t1": "Table 1"},
    seats=(
        RosterSeat(role=Role.LEAD_FACILITATOR, name="Ana Lind", account="ana"),
        RosterSeat(role=Role.HEAD, delegation="vedra", table="t1", name="Ilse Marr"),
        RosterSeat(role=Role.DELEGATE, delegation="vedra", table="t1", language="fr"),
        RosterSeat(role=Role.DELEGATE, delegation="oskmar", table="t1"),
    ),
)


def an_exercise(store: Store) -> ExerciseId:
    """An exercise of four seats whose log holds its first entry."""
    return create_exercise(store, SCENARIO, ROSTER, now=NOW)


def announce(store: Store, exercise: str, *texts: str, key: str | None = None, asked: str = "x") -> list[Logged]:
    """Record announcements as one command."""
    with writing(store, exercise) as log:
        return log.append([Announced(text=text) for text in texts], "s1", NOW, key, asked if key else None)


def texts(log: list[Logged]) -> list[str]:
    """What was announced in these entries."""
    return [logged.entry.text for logged in log if isinstance(logged.entry, Announced)]


@contextmanager
def meddling(store: Store) -> Iterator[Any]:
    """A bare connection of somebody who took the triggers away and minds no rule."""
    raw = driver().connect(store.path, isolation_level=None)
    try:
        for name in GUARDS:
            raw.execute(f"DROP TRIGGER IF EXISTS {name}")
        raw.execute("PRAGMA foreign_keys = OFF")
        yield raw
    finally:
        raw.close()
