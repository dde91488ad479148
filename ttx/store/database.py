"""One SQLite file in a data directory: opening it, one writer, many readers, errors as sentences."""

import importlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import structlog
from sqlalchemy import Connection, Engine, QueuePool, create_engine, delete, event, insert, select, update
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError
from sqlmodel import SQLModel

from ttx.store.tables import GUARDS, KEPT, meta

FILE = "ttx.sqlite"
SCHEMA = 4
"""The version of the tables. 2 added those of scenarios under way, 3 those of a delegation's tablets, 4 those of
reviews; nothing that was there changed."""
BUSY_SECONDS = 5.0

# secure_delete: a body that is shredded is overwritten in the file. fullfsync: on macOS a plain fsync leaves
# the data in the drive's own cache; elsewhere it changes nothing.
PRAGMAS = (
    f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA secure_delete = ON",
)

SEVERAL_PAGES = "." * 16_384

log = structlog.get_logger(__name__)


class Obstructed(Exception):
    """What was asked, what stands in the way and what to do, which together make the sentence."""

    what: ClassVar[str]

    def __init__(self, asked: str, stands: str, remedy: str) -> None:
        self.asked, self.stands, self.remedy = asked, stands, remedy
        super().__init__(f"{asked} could not be {self.what}: {stands}. {remedy}")


class NotOpened(Obstructed):
    """A data directory cannot be used."""

    what = "opened"


class NotRecorded(Obstructed):
    """Nothing of what was asked is in the database; the database is as it was before."""

    what = "recorded"


class NotRead(Obstructed):
    """The database did not give what it holds."""

    what = "read"


class NoSuchExercise(LookupError):
    """An exercise was asked for that this data directory does not hold."""

    def __init__(self, exercise: str) -> None:
        self.exercise = exercise
        super().__init__(f"There is no exercise {exercise} here. Check its id with whoever created it.")


def driver() -> ModuleType:
    """The SQLite to use: `pysqlite3`, whose wheel carries a current one, or else the standard library's."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3.dbapi2")


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether a SQLite of this version is free of the WAL-reset bug, which was in 3.7.0 to 3.51.2.

    With two or more connections it can lose what was committed (sqlite.org/wal.html, "The WAL-Reset Bug").
    """
    return not (3, 7, 0) <= version <= (3, 51, 2)


class Store:
    """An open data directory. Any thread may use it; a process opens one and keeps it."""

    def __init__(self, directory: Path | str, *, create: bool = True) -> None:
        """Open the directory, made with its database if it is missing and `create` says so.

        Raises NotOpened: it cannot be created or written, is no database of ours, or is of a newer version.
        """
        self.directory = Path(directory)
        self.path = self.directory / FILE
        self._driver = driver()
        self._lock = threading.Lock()
        asked = f"The data directory {self.directory}"
        try:
            _make_private(self.directory, self.path, asked, create)
            raw = self.connect()
            try:
                _refuse_strangers(raw, asked)
                _set_journal(raw, self._driver)
            finally:
                raw.close()
            self._writer = self._engine("BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
            self._reader = self._engine("BEGIN", pool_size=5, max_overflow=20)
            with self._writer.begin() as connection:
                _create(connection)
        except OSError as error:
            raise NotOpened(asked, _lower(error.strerror), "Choose another one or change its rights.") from error
        except (self._driver.Error, DBAPIError) as error:
            raise NotOpened(asked, *obstacle(error)) from error

    @contextmanager
    def write(self, asked: str) -> Iterator[Connection]:
        """One transaction on the one writer connection: on disk at the end of the block, or not at all.

        Waits for other threads' blocks; must not be nested. Whatever is raised inside rolls back and goes on.
        Raises NotRecorded when the database refuses; `asked` begins its sentence.
        """
        with self._lock:
            try:
                with self._writer.begin() as connection:
                    yield connection
            except DBAPIError as error:
                if not _refuses(error):
                    raise
                raise NotRecorded(asked, *obstacle(error)) from error

    @contextmanager
    def read(self, asked: str) -> Iterator[Connection]:
        """One read transaction: all that is read in it is of the same moment. Raises NotRead."""
        try:
            with self._reader.begin() as connection:
                yield connection
        except DBAPIError as error:
            if not _refuses(error):
                raise
            raise NotRead(asked, *obstacle(error)) from error

    def probe(self) -> str | None:
        """Why nothing can be recorded now, as a sentence; None if a write of some pages went well."""
        try:
            with self.write("A trial entry") as connection:
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

    def connect(self) -> Any:
        """A bare connection of the driver, for what no transaction may surround. Whoever asks closes it."""
        raw = self._driver.connect(str(self.path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            raw.execute(pragma)
        return raw

    def _engine(self, begin: str, **pool: int) -> Engine:
        # The driver would begin transactions itself, late and deferred: it is told not to, and we say BEGIN.
        # hide_parameters: an error's text must not carry what an inject or an answer says.
        engine = create_engine(
            "sqlite:///",
            module=self._driver,
            creator=self.connect,
            poolclass=QueuePool,
            hide_parameters=True,
            **pool,
        )
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine


def obstacle(error: BaseException) -> tuple[str, str]:
    """What stands in the way and what to do about it, for an error of SQLite or of SQLAlchemy around one."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    match getattr(cause, "sqlite_errorcode", 0) & 0xFF:  # the low byte; the others say it more precisely
        case 13:
            return "the disk is full", "Free some space on the server; recording goes on by itself."
        case 8 | 14:
            return (
                "the database is read-only or out of reach",
                "Give the user that runs ttx the right to write the data directory and all in it.",
            )
        case 5 | 6:
            return (
                f"another program has kept the database locked for {BUSY_SECONDS:.0f} seconds",
                "Ask again; if it stays so, close what else has the data directory open.",
            )
        case 10:
            name = getattr(cause, "sqlite_errorname", "SQLITE_IOERR")
            return (
                f"the disk failed ({name})",
                "Ask again; if it stays so, move to another disk with a backup.",
            )
        case 11 | 26:
            return "the database file is damaged or none", "Restore the last backup into an empty directory."
        case _:
            return f"the database says: {cause}", "Ask again; if it stays so, report this sentence."


def _refuses(error: DBAPIError) -> bool:
    """Whether the database as such is in the way, rather than one of its rules or our own mistake."""
    return type(error) in (OperationalError, DatabaseError)


def _make_private(directory: Path, path: Path, asked: str, create: bool) -> None:
    """Directory 0700 and file 0600, if they are new; SQLite gives its side files the rights of the file."""
    if not create and not path.exists():
        raise NotOpened(asked, "there is no ttx database in it", "Check the path, or create an exercise there first.")
    if not directory.exists():
        directory.mkdir(mode=0o700, parents=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _refuse_strangers(raw: Any, asked: str) -> None:
    names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not names:
        return
    told = dict(raw.execute("SELECT name, value FROM meta WHERE name IN ('kind', 'schema')")) if "meta" in names else {}
    if told.get("kind") != "ttx":
        raise NotOpened(asked, f"its {FILE} belongs to another program", "Choose another directory.")
    if int(told["schema"]) > SCHEMA:
        raise NotOpened(
            asked,
            f"a newer ttx wrote it (its tables are version {told['schema']}, and this one knows {SCHEMA})",
            "Install the newer ttx, or choose another directory.",
        )


def _set_journal(raw: Any, sqlite: ModuleType) -> None:
    """WAL, where it is safe; both are kept in step by asking until the others let go."""
    version = ".".join(map(str, sqlite.sqlite_version_info))
    wanted = "wal" if wal_is_safe(sqlite.sqlite_version_info) else "delete"
    if wanted == "delete":
        log.warning(
            f"SQLite {version} can lose data in WAL mode (the WAL-reset bug of 3.7.0 to 3.51.2), so ttx "
            "keeps a rollback journal, which is slower. Install the pysqlite3 wheel to have a fixed SQLite."
        )
    patience = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            (mode,) = raw.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
        except sqlite.OperationalError as error:
            # Changing the mode does not always wait for busy_timeout, and processes start together.
            if error.sqlite_errorcode & 0xFF not in (5, 6) or time.monotonic() > patience:
                raise
            time.sleep(0.02)
            continue
        if mode == wanted:
            return
        raise sqlite.OperationalError(f"the journal stays in mode {mode} where {wanted} was asked for")


def _create(connection: Connection) -> None:
    SQLModel.metadata.create_all(connection, tables=KEPT)
    for name, (when, sentence) in GUARDS.items():
        connection.exec_driver_sql(
            f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        )
    known = {row.name: row.value for row in connection.execute(select(meta.c.name, meta.c.value))}
    rows = [{"name": name, "value": value} for name, value in (("kind", "ttx"), ("schema", str(SCHEMA)))]
    if missing := [row for row in rows if row["name"] not in known]:
        connection.execute(insert(meta), missing)
    if int(known.get("schema", SCHEMA)) < SCHEMA:
        connection.execute(update(meta).where(meta.c.name == "schema").values(value=str(SCHEMA)))


def _lower(text: str | None) -> str:
    return (text or "the system gives no reason").lower()
