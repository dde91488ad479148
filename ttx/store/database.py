"""A data directory and its database: opening it, one writer, many readers, errors as sentences.

The database is the directory's own file, or a PostgreSQL that the directory remembers. Which one it is shows only in
`embedded` and `postgresql`; everything else is the same on both.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from sqlalchemy import Connection, delete, insert, inspect, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from ttx.store.embedded import FILE, Embedded
from ttx.store.obstacles import NotOpened, NotRead, NotRecorded, Stands
from ttx.store.postgresql import PostgreSQL
from ttx.store.tables import KEPT, meta
from ttx.store.versioning import LATER, SCHEMA

ADDRESS = "database"
"""The file in a data directory that says at which address its database is, where that is not the directory's own."""

SEVERAL_PAGES = "." * 16_384

log = structlog.get_logger(__name__)


class NoSuchExercise(LookupError):
    """An exercise was asked for that this data directory does not hold."""

    def __init__(self, exercise: str) -> None:
        self.exercise = exercise
        super().__init__(f"There is no exercise {exercise} here. Check its id with whoever created it.")


def address_of(directory: Path) -> str:
    """The address of a data directory's database; empty if it is the directory's own file, or there is none yet."""
    file = directory / ADDRESS
    return file.read_text("utf-8").strip() if file.is_file() else ""


def settle_in(directory: Path, address: str) -> None:
    """Have a data directory keep everything in the database at this address from now on. Raises NotOpened, OSError.

    The address stands in a file that its owner alone can read, since it may hold a password.
    """
    if address == address_of(directory):
        return
    asked = f"The database of {directory}"
    if (directory / FILE).exists():
        remedy = "Back it up, and restore the backup into a new directory with --database."
        raise NotOpened(asked, "the directory has an embedded database already", remedy)
    try:
        PostgreSQL(address).ask_for_trouble()
    except Stands as obstacle:
        raise NotOpened(asked, obstacle.stands, obstacle.remedy) from obstacle
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = directory / f"{ADDRESS}.part"
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(address + "\n")
    part.replace(directory / ADDRESS)


class Store:
    """An open data directory. Any thread may use it; a process opens one and keeps it.

    `strong` are the roles whose seats are open only to sessions of two factors, as whoever serves it says.
    """

    def __init__(self, directory: Path | str, *, create: bool = True, address: str | None = None) -> None:
        """Open the directory, made with its database if it is missing and `create` says so.

        The database is the one at `address`, which is empty for the directory's own file; else what the directory says.

        Raises NotOpened: it cannot be created or written, is no database of ours, or is of a newer version.
        """
        self.directory = Path(directory)
        self.turns = 0
        self.strong = frozenset[str]()
        self._lock = threading.Lock()
        asked = f"The data directory {self.directory}"
        try:
            address = address_of(self.directory) if address is None else address
            if address:
                self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.database = PostgreSQL(address) if address else Embedded(self.directory)
            self.database.prepare(create)
            self._writer, self._reader = self.database.writer(), self.database.reader()
            try:
                with self._writer.begin() as connection:
                    self.database.alone(connection)
                    _create(connection, self.database)
            except BaseException:
                self.close()
                raise
        except OSError as error:
            raise NotOpened(asked, _lower(error.strerror), "Choose another one or change its rights.") from error
        except DBAPIError as error:
            raise NotOpened(asked, *self.database.obstacle(error)) from error
        except Stands as obstacle:
            raise NotOpened(asked, obstacle.stands, obstacle.remedy) from obstacle

    @property
    def embedded(self) -> Embedded | None:
        """The embedded database, if it is that."""
        return self.database if isinstance(self.database, Embedded) else None

    @contextmanager
    def write(self, asked: str, beside: bool = False) -> Iterator[Connection]:
        """One transaction on the one writer connection: on disk at the end of the block, or not at all.

        Waits for other threads' blocks and for those of other processes; must not be nested. A block that locks the row
        it stands on may say that it runs `beside` those of other processes, where the database can do that; such a
        block takes nobody's right away, and `turns` counts all others of this process.
        Whatever is raised inside rolls back and goes on.
        Raises NotRecorded when the database refuses; `asked` begins its sentence.
        """
        with self._lock:
            try:
                with self._writer.begin() as connection:
                    if not beside:
                        self.database.alone(connection)
                    yield connection
                self.turns += not beside
            except DBAPIError as error:
                if not self.database.refuses(error):
                    raise
                raise NotRecorded(asked, *self.database.obstacle(error)) from error

    @contextmanager
    def read(self, asked: str) -> Iterator[Connection]:
        """One read transaction: all that is read in it is of the same moment. Raises NotRead."""
        try:
            with self._reader.begin() as connection:
                yield connection
        except DBAPIError as error:
            if not self.database.refuses(error):
                raise
            raise NotRead(asked, *self.database.obstacle(error)) from error

    def probe(self) -> str | None:
        """Why nothing can be recorded now, as a sentence; None if a write of some pages went well."""
        try:
            with self.write("A trial entry", beside=True) as connection:
                connection.execute(insert(meta).values(name="probe", value=SEVERAL_PAGES))
                connection.execute(delete(meta).where(meta.c.name == "probe"))
        except NotRecorded as refusal:
            return str(refusal)
        return None

    def close(self) -> None:
        """Close every connection; the last one to close folds the write-ahead log into the database file."""
        self._reader.dispose()
        self._writer.dispose()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _create(connection: Connection, database: Embedded | PostgreSQL) -> None:
    known = database.told(connection)
    if known.get("schema", str(SCHEMA)) != str(SCHEMA):
        database.keep(connection, SCHEMA)
    there = inspect(connection).get_table_names()
    SQLModel.metadata.create_all(connection, tables=KEPT)
    for version, (table, column) in LATER.items():
        if table in there and int(known.get("schema", SCHEMA)) < version:
            kind = SQLModel.metadata.tables[table].c[column].type.compile(connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    database.guard(connection)
    rows = [{"name": name, "value": value} for name, value in (("kind", "ttx"), ("schema", str(SCHEMA)))]
    if missing := [row for row in rows if row["name"] not in known]:
        connection.execute(insert(meta), missing)
    if known.get("schema", str(SCHEMA)) != str(SCHEMA):
        connection.execute(update(meta).where(meta.c.name == "schema").values(value=str(SCHEMA)))


def _lower(text: str | None) -> str:
    return (text or "the system gives no reason").lower()
