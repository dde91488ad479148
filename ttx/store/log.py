"""The log of an exercise in the database: it is created, appended to in one transaction, and read."""

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, insert, select, update

from ttx.exercise.entries import (
    DayOpened,
    Delegation,
    Entry,
    ExerciseCreated,
    Logged,
    kind_of,
    read_body,
    write_body,
)
from ttx.scenario import pictures as shown_pictures
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Roster
from ttx.store import heads
from ttx.store.chain import SALT_BYTES, START, commitment, digest, entry_hash
from ttx.store.database import NoSuchExercise, Store
from ttx.store.pictures import freeze_pictures, keep
from ttx.store.recoding import all_recoded
from ttx.store.seats import add_seats
from ttx.store.tables import ExerciseId, bodies, entries, moment_of, rehearsals, stamp
from ttx.store.tables import exercises as exercise_rows

# No look-alikes, and never a hyphen in front: an id is read out, typed and given to a command line.
ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class KeyReused(Exception):
    """An idempotency key came again with another request or from another seat. Nothing was recorded."""

    def __init__(self, key: str, seq: int) -> None:
        self.key, self.seq = key, seq
        super().__init__(
            f"The key {key} already stands for another request, recorded as entry {seq}. "
            "Send this request again with a key of its own."
        )


@dataclass(frozen=True, slots=True)
class Exercise:
    """What is known of an exercise without reading its log. `epoch` changes when a backup is restored."""

    id: ExerciseId
    title: str
    epoch: str
    head: int
    created_at: datetime


def create_exercise(
    store: Store,
    scenario: Scenario,
    roster: Roster,
    title: str | None = None,
    now: datetime | None = None,
    pictures: Mapping[str, bytes] | None = None,
) -> ExerciseId:
    """A new exercise: the scenario as it is now, a code for every seat, the first entry; all or nothing.

    Of `pictures`, by name, those are kept that an inject shows, each made anew from its pixels. Without a title it
    has the scenario's, without `now` the clock's time. Raises NotRecorded, and NotTaken for a picture.
    """
    made = recoded_for(scenario, pictures or {})
    with store.write(f"The exercise {title or scenario.title}") as connection:
        return add_exercise(connection, scenario, roster, title, now or datetime.now(UTC), made)


def recoded_for(scenario: Scenario, pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Of these pictures, those that an inject shows, each made anew. Takes about 0.2 s for each. Raises NotTaken."""
    named = {picture.file for picture in shown_pictures.shown(scenario)}
    return all_recoded({name: content for name, content in pictures.items() if name in named})


def add_exercise(
    connection: Connection,
    scenario: Scenario,
    roster: Roster,
    title: str | None,
    now: datetime,
    made: Mapping[str, bytes],
) -> ExerciseId:
    """The same inside a transaction that is open; the pictures are those of `recoded_for`."""
    exercise = ExerciseId(new_id())
    title = title or scenario.title
    frozen = freeze(scenario)
    created = ExerciseCreated(
        title=title,
        scenario=scenario.id,
        version=scenario.version,
        digest=digest(frozen),
        delegations={
            ident: Delegation(name=one.name, groups=one.groups, tables=_tables(roster, ident))
            for ident, one in roster.delegations.items()
        },
        tables=roster.tables,
    )
    connection.execute(
        insert(exercise_rows).values(
            id=exercise,
            title=title,
            epoch=new_epoch(),
            head=0,
            head_hash=START,
            scenario=frozen,
            created_at=stamp(now),
        )
    )
    freeze_pictures(connection, exercise, keep(connection, made))
    add_seats(connection, exercise, roster.seats, now)
    log = _opened(connection, exercise)
    log.append([created], None, now)
    log.write_out()
    return exercise


def _tables(roster: Roster, delegation: str) -> tuple[str, ...]:
    """The tables a delegation's people sit at, each once, in the roster's order."""
    seated = (seat.table for seat in roster.seats if seat.delegation == delegation and seat.table is not None)
    return tuple(dict.fromkeys(seated))


def freeze(scenario: Scenario) -> str:
    """A scenario as JSON, defaults included, so that a later default changes nothing in it.

    The same scenario gives the same text: fields stand in the model's order, mappings as they were written.
    """
    return scenario.model_dump_json()


def new_id() -> str:
    """Ten letters and digits that nobody can guess (49 bits)."""
    return "".join(secrets.choice(ID_LETTERS) for _ in range(10))


def new_epoch() -> str:
    """What tells one history of an exercise from another, after a backup was restored."""
    return secrets.token_hex(4)


class Writing:
    """The log of one exercise inside its transaction. What is appended is kept once the block has ended."""

    def __init__(self, connection: Connection, exercise: str, epoch: str, head: int, head_hash: str) -> None:
        self.exercise, self.epoch, self.head = exercise, epoch, head
        self._connection = connection
        self._hash = head_hash
        self._envelopes: list[dict[str, Any]] = []
        self._bodies: list[dict[str, Any]] = []
        self._keys: dict[str, tuple[int, str | None] | None] = {}
        self._salts = b""
        self.closes: list[dict[str, Any]] = []

    def after(self, seq: int) -> list[Logged]:
        """The entries after this one, those of other processes and those just appended, in order."""
        if seq >= self.head:
            return []
        self.write_out()
        rows = self._connection.execute(_LOGGED, {"exercise": self.exercise, "after": seq})
        return [_logged(row) for row in rows]

    def look_up(self, keys: Iterable[str]) -> None:
        """Ask for the results of all these keys at once, which is as long as for one of them (0.2 ms)."""
        if new := set(keys) - self._keys.keys():
            self._keys |= dict.fromkeys(new)
            for row in self._connection.execute(_BY_KEYS, {"exercise": self.exercise, "keys": list(new)}):
                self._keys[row.key] = row.seq, row.asked

    def result(self, key: str, asked: str | None) -> int | None:
        """The last entry of the command that had this key, or None if the key is new.

        Raises KeyReused if the key came with another `asked`, which is a digest of the request and its seat.
        """
        self.look_up([key])
        known = self._keys[key]
        if known is None:
            return None
        if known[1] != asked:
            raise KeyReused(key, known[0])
        return known[0]

    def append(
        self,
        new: Sequence[Entry],
        seat: str | None,
        at: datetime,
        key: str | None = None,
        asked: str | None = None,
    ) -> list[Logged]:
        """What one command comes to, with its places in the log; key and asked stand on the last entry.

        `at` is kept and returned to the millisecond. A command that comes to nothing leaves no key.
        Raises KeyReused for a key that is already in the log, whatever was asked: ask `result` first.
        """
        if key is not None and (known := self.result(key, asked)) is not None:
            raise KeyReused(key, known)
        when = stamp(at)
        moment = moment_of(when)
        appended = []
        for number, entry in enumerate(new, 1):
            last = number == len(new)
            self.head += 1
            body, salt = write_body(entry), self._salt()
            envelope = {
                "exercise": self.exercise,
                "seq": self.head,
                "key": key if last else None,
                "asked": asked if last else None,
                "seat": seat,
                "kind": kind_of(entry),
                "at": when,
                "commitment": commitment(salt, body),
                "prev_hash": self._hash,
            }
            self._hash = envelope["hash"] = entry_hash(self._hash, envelope)
            self._envelopes.append(envelope)
            if envelope["kind"] in heads.CLOSES:
                self.closes.append(envelope)
            self._bodies.append({"exercise": self.exercise, "seq": self.head, "salt": salt, "body": body})
            appended.append(Logged(self.head, moment, seat, entry, self._hash))
        if key is not None and appended:
            self._keys[key] = (self.head, asked)
        return appended

    def _salt(self) -> bytes:
        """Random bytes, fetched for many entries at once: each call lets another thread go first, for 5 ms at worst."""
        if not self._salts:
            self._salts = secrets.token_bytes(64 * SALT_BYTES)
        salt, self._salts = self._salts[:SALT_BYTES], self._salts[SALT_BYTES:]
        return salt

    def write_out(self) -> None:
        """Hand over what was appended since the last time, as one insert of many rows, uncommitted."""
        if not self._envelopes:
            return
        self._connection.execute(_INSERT_ENTRIES, self._envelopes)
        self._connection.execute(_INSERT_BODIES, self._bodies)
        self._connection.execute(_SET_HEAD, {"of": self.exercise, "seq": self.head, "hash": self._hash})
        self._envelopes, self._bodies = [], []


@contextmanager
def writing(store: Store, exercise: str) -> Iterator[Writing]:
    """One transaction on the log of an exercise; nobody else appends to it meanwhile, in no process.

    It is on disk when the block has ended; whatever is raised inside leaves nothing. Raises NotRecorded,
    and NoSuchExercise. A block must not be opened inside another.
    """
    with store.write(f"What was asked of exercise {exercise}", beside=True) as connection:
        log = _opened(connection, exercise)
        yield log
        log.write_out()
        if log.closes:
            heads.sign(connection, store.directory, log.closes)


def read(store: Store, exercise: str, after: int = 0, limit: int | None = None) -> list[Logged]:
    """The entries after `after`, at most `limit`, in order. Raises NotRead.

    An entry whose body was shredded is left out, since nothing is known of it but that it was: its seq is
    missing from the list, it does not count towards `limit`, and a log can end before its head.
    """
    logged = _LOGGED if limit is None else _LOGGED.limit(limit)
    with store.read(f"The log of exercise {exercise}") as connection:
        rows = connection.execute(logged, {"exercise": exercise, "after": after}).all()
    return [_logged(row) for row in rows]


def read_kind(store: Store, exercise: str, kind: type[Entry]) -> list[Logged]:
    """The entries of one kind, in order. Raises NotRead."""
    with store.read(f"The log of exercise {exercise}") as connection:
        rows = connection.execute(_LOGGED.where(entries.c.kind == kind.__name__), {"exercise": exercise, "after": 0})
        return [_logged(row) for row in rows]


def head(store: Store, exercise: str) -> tuple[int, str]:
    """The seq of the last entry, and the epoch. Raises NotRead, NoSuchExercise."""
    with store.read(f"The head of exercise {exercise}") as connection:
        row = connection.execute(_HEAD, {"exercise": exercise}).first()
    if row is None:
        raise NoSuchExercise(exercise)
    return row.head, row.epoch


def exercises(store: Store) -> list[Exercise]:
    """Every exercise of this data directory but rehearsals of another, the newest first. Raises NotRead."""
    columns = (
        exercise_rows.c.id,
        exercise_rows.c.title,
        exercise_rows.c.epoch,
        exercise_rows.c.head,
        exercise_rows.c.created_at,
    )
    with store.read("The list of exercises") as connection:
        rows = connection.execute(
            select(*columns)
            .where(exercise_rows.c.id.not_in(select(rehearsals.c.exercise)))
            .order_by(exercise_rows.c.created_at.desc(), exercise_rows.c.id)
        ).all()
    return [Exercise(ExerciseId(row.id), row.title, row.epoch, row.head, moment_of(row.created_at)) for row in rows]


def lately(store: Store, since: datetime) -> list[ExerciseId]:
    """The exercises of which a day was opened and whose record grew since then, the last one first. Raises NotRead."""
    any_of = entries.alias()
    begun = select(any_of.c.seq).where(any_of.c.exercise == exercise_rows.c.id, any_of.c.kind == DayOpened.__name__)
    last = and_(entries.c.exercise == exercise_rows.c.id, entries.c.seq == exercise_rows.c.head)
    wanted = select(exercise_rows.c.id).join_from(exercise_rows, entries, last)
    with store.read("Which exercises were in use") as connection:
        found = connection.scalars(
            wanted.where(entries.c.at > stamp(since), begun.exists()).order_by(entries.c.at.desc())
        )
        return [ExerciseId(one) for one in found]


def scenario_of(store: Store, exercise: str) -> Scenario:
    """The scenario as it was frozen when the exercise was created. Raises NotRead, NoSuchExercise."""
    with store.read(f"The scenario of exercise {exercise}") as connection:
        frozen = connection.scalar(select(exercise_rows.c.scenario).where(exercise_rows.c.id == exercise))
    if frozen is None:
        raise NoSuchExercise(exercise)
    return Scenario.model_validate_json(frozen)


def _opened(connection: Connection, exercise: str) -> Writing:
    row = connection.execute(_LOCKED_HEAD, {"exercise": exercise}).first()
    if row is None:
        raise NoSuchExercise(exercise)
    return Writing(connection, exercise, row.epoch, row.head, row.head_hash)


def _logged(row: Sequence[Any]) -> Logged:
    seq, at, seat, kind, body, known_by = row
    return Logged(seq, moment_of(at), seat, read_body(kind, body), known_by)


# Statements are made once: making them anew costs as much as running them (measured: 0.1 ms each).
_HEAD = select(exercise_rows.c.head, exercise_rows.c.epoch, exercise_rows.c.head_hash).where(
    exercise_rows.c.id == bindparam("exercise")
)
# The row is the lock: SQLite has locked the whole file by then and leaves FOR UPDATE out.
_LOCKED_HEAD = _HEAD.with_for_update()
_BY_KEYS = select(entries.c.key, entries.c.seq, entries.c.asked).where(
    entries.c.exercise == bindparam("exercise"), entries.c.key.in_(bindparam("keys", expanding=True))
)
_LOGGED: Select[Any] = (
    select(entries.c.seq, entries.c.at, entries.c.seat, entries.c.kind, bodies.c.body, entries.c.hash)
    .join_from(entries, bodies, and_(bodies.c.exercise == entries.c.exercise, bodies.c.seq == entries.c.seq))
    .where(entries.c.exercise == bindparam("exercise"), entries.c.seq > bindparam("after"))
    .order_by(entries.c.seq)
)
_INSERT_ENTRIES = insert(entries)
_INSERT_BODIES = insert(bodies)
_SET_HEAD = (
    update(exercise_rows)
    .where(exercise_rows.c.id == bindparam("of"))
    .values(head=bindparam("seq"), head_hash=bindparam("hash"))
)
