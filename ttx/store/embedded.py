"""The embedded database: one SQLite file in a data directory, one writer, many readers."""

import importlib
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError, OperationalError

from ttx.store.guards import GUARDS
from ttx.store.obstacles import Stands
from ttx.store.versioning import refuse_strangers

FILE = "ttx.sqlite"
BUSY_SECONDS = 5.0

# synchronous: FULL is enough in WAL mode, which EXTRA leaves as it is. In a rollback journal FULL does not sync the
# folder the journal was taken out of: 12 of 20 simulated power cuts lost what was acknowledged last.
# secure_delete: a body that is shredded is overwritten in the file. fullfsync: on macOS a plain fsync leaves
# the data in the drive's own cache; elsewhere it changes nothing.
PRAGMAS = (
    f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA secure_delete = ON",
)

log = structlog.get_logger(__name__)


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


class Embedded:
    """The file of a data directory."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.path = directory, directory / FILE
        self._driver = driver()

    def prepare(self, create: bool) -> None:
        """Make the file if it is missing and `create` says so. Raises Stands, OSError."""
        _make_private(self.directory, self.path, create)
        try:
            raw = self.connect()
            try:
                _refuse_strangers(raw)
                _set_journal(raw, self._driver)
            finally:
                raw.close()
        except self._driver.Error as error:
            raise Stands(*self.obstacle(error)) from error

    def writer(self) -> Engine:
        """One connection, whose transactions nobody else writes beside."""
        return self._engine("BEGIN IMMEDIATE", pool_size=1, max_overflow=0)

    def reader(self) -> Engine:
        """Connections whose transactions see one moment each."""
        return self._engine("BEGIN", pool_size=5, max_overflow=20)

    def alone(self, connection: Connection) -> None:
        """Let nobody write beside this transaction; here nobody does."""

    def told(self, connection: Connection) -> dict[str, str]:
        """What the database says of itself; nothing while it has no tables."""
        there = connection.exec_driver_sql("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'").first()
        return _told(connection.exec_driver_sql(_TOLD)) if there is not None else {}

    def guard(self, connection: Connection) -> None:
        """The triggers that keep logs append-only."""
        for name, (when, sentence) in GUARDS.items():
            connection.exec_driver_sql(
                f"CREATE TRIGGER IF NOT EXISTS {name} {when} BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
            )

    def keep(self, _: Connection, version: int) -> None:
        """Leave all of it beside it in a file, as it is before its tables become those of a newer ttx."""
        name = f"before-version-{version}.sqlite"
        part, kept = self.directory / f"{name}.{os.getpid()}", self.directory / name
        if kept.exists():
            return
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            raw = self.connect()
            try:
                raw.execute("VACUUM INTO ?", (str(part),))
            finally:
                raw.close()
            part.rename(kept)
        except self._driver.Error as error:
            raise Stands(*self.obstacle(error)) from error
        finally:
            part.unlink(missing_ok=True)

    def empty(self, connection: Connection) -> None:
        """Take everything out of the tables. A backup takes the place of a whole file here, and nobody asks."""
        raise NotImplementedError

    def overwrite(self, tables: Sequence[str] = ()) -> None:
        """Bring what was overwritten from the write-ahead log into the file, and empty that log."""
        raw = self.connect()
        try:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            raw.close()

    def connect(self) -> Any:
        """A bare connection of the driver, for what no transaction may surround. Whoever asks closes it."""
        raw = self._driver.connect(str(self.path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            raw.execute(pragma)
        return raw

    def refuses(self, error: DBAPIError) -> bool:
        """Whether the database as such is in the way, rather than one of its rules or our own mistake."""
        return type(error) in (OperationalError, DatabaseError)

    def obstacle(self, error: BaseException) -> tuple[str, str]:
        """What stands in the way and what to do about it, for an error of SQLite or of SQLAlchemy around one."""
        return obstacle(error)

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


_TOLD = "SELECT name, value FROM meta WHERE name IN ('kind', 'schema')"


def _told(rows: Iterable[Any]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}


def _make_private(directory: Path, path: Path, create: bool) -> None:
    """Directory 0700 and file 0600, if they are new; SQLite gives its side files the rights of the file."""
    if not create and not path.exists():
        raise Stands("there is no ttx database in it", "Check the path, or create an exercise there first.")
    if not directory.exists():
        directory.mkdir(mode=0o700, parents=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _refuse_strangers(raw: Any) -> None:
    names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not names:
        return
    told = _told(raw.execute(_TOLD)) if "meta" in names else {}
    refuse_strangers(told, f"its {FILE}", "Choose another directory.")


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
