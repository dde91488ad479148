"""How processes on one database hear that a log has grown: which exercise, and how far, and nothing of what it says.

A ring that is lost does no harm: whoever hears nothing looks all the same, a little later.
"""

import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import psycopg
from sqlalchemy import select

from ttx.store.bus import BusBell
from ttx.store.database import Store
from ttx.store.embedded import Embedded
from ttx.store.obstacles import NotRead
from ttx.store.postgresql import PostgreSQL
from ttx.store.tables import exercises

CHANNEL = "ttx"
LOOKS_EVERY = 0.05
"""Seconds between two looks at a file, each of which takes microseconds."""
AGAIN = 1.0
"""Seconds after which a line that broke is tried anew."""

Heads = Mapping[str, int]
"""The seq of the last entry, by exercise."""


class FileBell:
    """For the embedded database: SQLite counts up when another connection has written."""

    def __init__(self, store: Store, embedded: Embedded) -> None:
        self._store, self._raw = store, embedded.connect()
        self._known = self._count()

    def ring(self, exercise: str, head: int) -> None:
        """Nothing to do: who listens sees that the file has changed."""

    def heard(self, within: float) -> Heads:
        """Where logs are now, as soon as anybody has written; nothing when nobody has for so many seconds."""
        end = time.monotonic() + within
        while (count := self._count()) == self._known:
            if time.monotonic() > end:
                return {}
            time.sleep(LOOKS_EVERY)
        self._known = count
        with suppress(NotRead), self._store.read("Where logs are") as connection:
            return {row.id: row.head for row in connection.execute(select(exercises.c.id, exercises.c.head))}
        return {}

    def close(self) -> None:
        """Listen no more."""
        self._raw.close()

    def _count(self) -> int:
        return int(self._raw.execute("PRAGMA data_version").fetchone()[0])


class ServerBell:
    """For PostgreSQL: LISTEN and NOTIFY, on lines of their own, so that no commit waits for a ring."""

    def __init__(self, database: PostgreSQL) -> None:
        self._database = database
        self._listens: psycopg.Connection[Any] | None = None
        self._rings: psycopg.Connection[Any] | None = None

    def ring(self, exercise: str, head: int) -> None:
        """Tell the others; a line that is broken is made anew next time."""
        try:
            if self._rings is None:
                self._rings = self._database.listening()
            self._rings.execute("SELECT pg_notify(%s, %s)", (CHANNEL, f"{exercise} {head}"))
        except psycopg.Error:
            _hang_up(self._rings)
            self._rings = None

    def heard(self, within: float) -> Heads:
        """How far logs are that somebody has rung for, at once; nothing when nobody has for so many seconds."""
        try:
            if self._listens is None:
                self._listens = self._database.listening()
                self._listens.execute(f"LISTEN {CHANNEL}")
            rung = [one.payload.split() for one in self._listens.notifies(timeout=within, stop_after=1)]
        except psycopg.Error:
            _hang_up(self._listens)
            self._listens = None
            time.sleep(AGAIN)
            return {}
        return {one[0]: int(one[1]) for one in rung if len(one) == 2 and one[1].isdecimal()}

    def close(self) -> None:
        """Listen and ring no more."""
        _hang_up(self._listens)
        _hang_up(self._rings)


Bell = FileBell | ServerBell | BusBell


def bell(store: Store, bus: str = "") -> Bell:
    """The bell at this address, or that of the store's database. `ring` and `heard` are called from one thread each."""
    if bus:
        return BusBell(bus)
    database = store.database
    return FileBell(store, database) if isinstance(database, Embedded) else ServerBell(database)


def _hang_up(line: "psycopg.Connection[Any] | None") -> None:
    if line is not None:
        with suppress(psycopg.Error):
            line.close()
