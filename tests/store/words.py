"""The words of the store's tests: a small scenario and roster, an exercise, a draft with those who write it, somebody
who meddles with them."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
from PIL import Image
from ruamel.yaml import YAML

from tests.words import small_roster, small_scenario
from ttx.exercise.entries import Announced, Logged
from ttx.exercise.rights import Author
from ttx.scenario.changes import CHANGE
from ttx.scenario.files import assembled
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role, Roster, RosterDelegation, RosterSeat
from ttx.scenario.writing import written
from ttx.store import drafts
from ttx.store.authors import Invited, authors_of
from ttx.store.database import Store
from ttx.store.drafts import Draft, Recorded, Status
from ttx.store.embedded import driver
from ttx.store.guards import GUARDS
from ttx.store.log import create_exercise, writing
from ttx.store.postgresql import PostgreSQL
from ttx.store.tables import DraftId, ExerciseId

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


@dataclass(frozen=True)
class Meddler:
    """Somebody who minds no rule; he marks places with a question mark on either database."""

    raw: Any
    mark: str

    def execute(self, statement: str, values: tuple[object, ...] = ()) -> Any:
        """Do it, at once."""
        blobs = re.sub(r"x'(\w+)'", r"decode('\1', 'hex')", statement) if self.mark != "?" else statement
        return self.raw.execute(blobs.replace("?", self.mark), values)


@contextmanager
def meddling(store: Store) -> Iterator[Meddler]:
    """A bare connection of somebody who took the triggers away."""
    if isinstance(store.database, PostgreSQL):
        with psycopg.connect(store.database.address, autocommit=True) as raw:
            raw.execute("SET session_replication_role = replica")  # no reference holds
            for name, (when, _) in GUARDS.items():
                raw.execute(f"DROP TRIGGER IF EXISTS {name} ON {when.partition(' ON ')[2].split()[0]}")
            yield Meddler(raw, "%s")
        return
    raw = driver().connect(store.database.path, isolation_level=None)
    try:
        for name in GUARDS:
            raw.execute(f"DROP TRIGGER IF EXISTS {name}")
        raw.execute("PRAGMA foreign_keys = OFF")
        yield Meddler(raw, "?")
    finally:
        raw.close()


def small_files() -> dict[str, str]:
    """The small scenario as its files, with a roster and a comment that an author left."""
    texts = written(small_scenario())
    comment = "# Ask the coast guard about the numbers before this day is approved.\n"
    roster = io.StringIO()
    YAML(typ="safe", pure=True).dump(small_roster(), roster)
    return {**texts, "day-1.yaml": comment + texts["day-1.yaml"], "roster.yaml": roster.getvalue()}


@dataclass(frozen=True)
class Writers:
    """A draft of the small scenario, and who writes it: SEA leads day 1, LAND day 2."""

    store: Store
    draft: DraftId
    director: Author
    lead: Author
    sea: Author
    land: Author

    def now(self) -> Draft:
        """The draft as it is now."""
        return drafts.open_draft(self.store, self.draft)

    def inject(self, ident: str) -> dict[str, Any]:
        """An inject as the files have it now."""
        days = assembled(self.now().texts).at(("days",))
        assert isinstance(days, list)
        return next(one for day in days for one in day["injects"] if one["id"] == ident)

    def asks(self, who: Author, do: str, key: str | None = None, **more: Any) -> Recorded:
        """Have something done by somebody."""
        return drafts.record(self.store, self.draft, who, CHANGE.validate_python({"do": do, **more}), key=key)

    def writes(
        self, who: Author, ident: str, base: str | None = None, key: str | None = None, **fields: Any
    ) -> Recorded:
        """Have fields of an inject set by somebody."""
        day = int(ident[1])
        return self.asks(who, "write_inject", key, day=day, inject=ident, fields=fields, base=base)

    def adds(self, who: Author, ident: str, day: int = 1, key: str | None = None) -> Recorded:
        """Have an inject added after the first one of a day."""
        return self.asks(who, "add_inject", key, day=day, after=f"D{day}-01", fields={"id": ident, "title": ident})

    def becomes(self, who: Author, day: int, *statuses: str) -> None:
        """Have a day put into one status after the other."""
        for status in statuses:
            drafts.set_status(self.store, self.draft, who, day, Status(status))


def writers(store: Store, pictures: dict[str, bytes] | None = None) -> Writers:
    """A draft with one author of each kind."""
    people = [
        Invited(Role.DIRECTOR, name="Dana"),
        Invited(Role.LEAD_FACILITATOR, name="Lea"),
        Invited(Role.AUTHOR, "SEA", "Sefa"),
        Invited(Role.AUTHOR, "LAND", "Lars"),
    ]
    draft = drafts.new_draft(store, small_files(), pictures or {}, people, NOW)
    return Writers(store, draft, *(one.author for one in authors_of(store, draft)))


def picture(colour: str = "teal") -> bytes:
    """A small picture in one colour, as a PNG."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(file, "PNG")
    return file.getvalue()
