"""PostgreSQL as the database of an installation, reached by psycopg: opening it, its locks, its errors as sentences."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import psycopg
from psycopg.types.string import StrDumper
from sqlalchemy import Connection, Engine, Integer, QueuePool, String, Text, create_engine
from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlmodel import SQLModel

from ttx.store.guards import GUARDS
from ttx.store.obstacles import Stands
from ttx.store.tables import KEPT, PASSING
from ttx.store.versioning import refuse_strangers

OLDEST = 130000
"""The oldest PostgreSQL that is still looked after, as its server_version_num."""

ALONE = 7_498_001
"""The advisory lock under which a process writes what stands under no row of its own. Any number would do."""

SHREDDED = ("bodies", "review_entries", "answer_drafts", "seats", "devices", "participants")
"""The tables that shredding takes something out of."""

BUSY_SECONDS = 5
"""How long a statement waits for a lock. Our own transactions take milliseconds."""

# A host that vanishes is noticed in seconds, and its locks are let go of.
LINE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "ttx",
}
LIMITS = (f"SET lock_timeout = '{BUSY_SECONDS}s'", "SET idle_in_transaction_session_timeout = '60s'")

AWAY = ("the database server does not answer", "Start it, or mend the way to it; recording goes on by itself.")
FULL = ("the disk of the database server is full", "Free some space on it; recording goes on by itself.")


class PostgreSQL:
    """The database at an address such as `postgresql://ttx@db.example.org/ttx`, as libpq reads it.

    What the address leaves out libpq takes from its own places: PGPASSWORD, a password file, a service file.
    """

    def __init__(self, address: str) -> None:
        self.address = address

    def prepare(self, create: bool) -> None:
        """See that the server keeps what it acknowledges and holds nothing of others. Raises Stands.

        Tables are made by whoever opens the store; `create` says whether they may be.
        """
        with self._open() as raw:
            _refuse_the_careless(raw)
            names = {row[0] for row in raw.execute(_TABLES)}
            if "meta" in names:
                refuse_strangers(_told(raw.execute(_TOLD)), "it", "Choose another database.")
            elif names & {table.name for table in KEPT}:
                raise Stands("it belongs to another program", "Choose another database.")
            elif not create:
                raise Stands("there is nothing of ttx in its database", "Check the address, or begin with `ttx serve`.")

    def ask_for_trouble(self) -> None:
        """Raise Stands if the database cannot be reached, is too old, or would lose what it acknowledged."""
        with self._open() as raw:
            _refuse_the_careless(raw)

    def writer(self) -> Engine:
        """One connection. Each statement sees what others have committed by then, so it begins by locking a row."""
        return self._engine(pool_size=1, max_overflow=0)

    def reader(self) -> Engine:
        """Connections whose transactions see one moment each. Few: a server has 100 for all processes by default."""
        return self._engine(pool_size=4, max_overflow=6, reads=True)

    def alone(self, connection: Connection) -> None:
        """Wait until no other transaction is alone, and keep others waiting until this one ends."""
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ALONE})")

    def told(self, connection: Connection) -> dict[str, str]:
        """What the database says of itself; nothing while it has no tables."""
        there = connection.exec_driver_sql("SELECT to_regclass('meta')").scalar()
        return _told(connection.exec_driver_sql(_TOLD)) if there is not None else {}

    def guard(self, connection: Connection) -> None:
        """The triggers that keep logs append-only, those that are missing; what passes is no matter for the disk."""
        there = set(connection.exec_driver_sql(_TRIGGERS).scalars())
        for name, (when, sentence) in GUARDS.items():
            event, _, condition = when.partition(" WHEN ")
            if "EXISTS" in condition:  # it guards against INSERT OR REPLACE, which is SQLite's alone
                continue
            only = f"WHEN ({condition})" if condition else ""
            if name not in there:
                _trigger(connection, name, event, f"FOR EACH ROW {only}", sentence)
        for table in ("entries", "bodies", "review_entries"):
            name, sentence = f"{table}_are_not_emptied", "A log is never emptied; a correction is a new entry."
            if name not in there:
                _trigger(connection, name, f"BEFORE TRUNCATE ON {table}", "FOR EACH STATEMENT", sentence)
        for passing in PASSING if not there else ():
            connection.exec_driver_sql(f"ALTER TABLE {passing.name} SET UNLOGGED")

    def keep(self, connection: Connection, version: int) -> None:
        """Leave a copy of all tables beside them, in a schema `before_version_N`, within the transaction that makes
        them those of a newer ttx: no room or no right for it, and nothing is changed.

        An older ttx opens the copy by an address with `?options=-csearch_path%3Dbefore_version_N`.
        """
        kept = f"before_version_{version}"
        if connection.exec_driver_sql("SELECT to_regnamespace(%s)", (kept,)).scalar() is not None:
            return
        connection.exec_driver_sql(f"CREATE SCHEMA {kept}")
        there = set(connection.exec_driver_sql(_TABLES).scalars())
        for name in sorted(there & {table.name for table in KEPT}):
            connection.exec_driver_sql(f"CREATE TABLE {kept}.{name} (LIKE {name} INCLUDING ALL)")
            connection.exec_driver_sql(f"INSERT INTO {kept}.{name} SELECT * FROM {name}")  # noqa: S608

    def empty(self, connection: Connection) -> None:
        """Take everything out of the tables, logs included, for what a backup puts back."""
        for table in reversed(KEPT):
            connection.exec_driver_sql(f"DROP TABLE {table.name} CASCADE")
        SQLModel.metadata.create_all(connection, tables=KEPT)
        self.guard(connection)

    def overwrite(self, tables: Sequence[str] = SHREDDED) -> None:
        """Write tables anew that something was taken out of, so that no page holds it still."""
        with self._open() as raw:
            for table in tables:
                raw.execute(f"VACUUM FULL {table}")

    def connect(self, reads: bool = False) -> "psycopg.Connection[Any]":
        """A connection as the store uses them; `reads`: for reading alone."""
        raw = psycopg.connect(self.address, **LINE)
        raw.adapters.register_dumper(str, _WithoutNul)
        raw.autocommit = True
        for limit in LIMITS:
            raw.execute(limit)
        raw.autocommit = False
        if reads:
            raw.isolation_level, raw.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
        return raw

    def listening(self) -> "psycopg.Connection[Any]":
        """A connection without transactions, to ring and to be rung at."""
        return psycopg.connect(self.address, autocommit=True, **LINE)

    def refuses(self, error: DBAPIError) -> bool:
        """Whether the database as such is in the way, rather than one of its rules or our own mistake."""
        read_only = isinstance(error.orig, psycopg.errors.ReadOnlySqlTransaction)
        return type(error) in (OperationalError, DatabaseError) or (type(error) is InternalError and read_only)

    def obstacle(self, error: BaseException) -> tuple[str, str]:
        """What stands in the way and what to do about it, for an error of psycopg or of SQLAlchemy around one."""
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        state = getattr(cause, "sqlstate", None) or ""
        match state[:2], state:
            case _, "53100":
                return FULL
            case _, "53300":
                return (
                    "the database server takes no more connections",
                    "Raise its max_connections, or run fewer processes: each of ours takes up to 13.",
                )
            case _, "25006":
                return (
                    "the database takes no writing, as a standby does not",
                    "Point ttx to the server that does; recording goes on by itself.",
                )
            case _, "55P03":
                return (
                    f"another process has kept the database locked for {BUSY_SECONDS} seconds",
                    "Ask again; if it stays so, look in pg_stat_activity who holds it.",
                )
            case (("28" | "3D" | "42"), _):
                said = str(cause).strip().splitlines()[0]
                return f"the database server says: {said}", "Check the address, the user and its rights."
            case (("08" | "57" | ""), _):
                return AWAY
            case _:
                said = str(cause).strip().splitlines()[0]
                return f"the database says: {said}", "Ask again; if it stays so, report this sentence."

    def _open(self) -> "psycopg.Connection[Any]":
        """A connection without transactions, for whoever opens and closes it. Raises Stands."""
        try:
            return psycopg.connect(self.address, autocommit=True, **LINE)
        except psycopg.ProgrammingError as error:  # libpq cannot read the address, and may repeat a password
            raise Stands("its address is none", "Write it as postgresql://USER@HOST/DATABASE.") from error
        except psycopg.Error as error:
            said = str(error).strip().splitlines()[-1]
            raise Stands(
                f"its server does not let us in ({said})", "Check the address, or start the server."
            ) from error

    def _engine(self, pool_size: int, max_overflow: int, reads: bool = False) -> Engine:
        # hide_parameters: an error's text must not carry what an inject or an answer says.
        return create_engine(
            "postgresql+psycopg://",
            creator=partial(self.connect, reads),
            poolclass=QueuePool,
            pool_size=pool_size,
            max_overflow=max_overflow,
            hide_parameters=True,
        )


class _WithoutNul(StrDumper):
    """Text as PostgreSQL takes it: it has no NUL, which nothing of ours needs and somebody may send."""

    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\0", "\ufffd"))


@compiles(Integer, "postgresql")
def _as_large(type_: Integer, compiler: Any, **_: Any) -> str:
    """Whole numbers are as large as those of SQLite: somebody may ask for what comes before 2**53."""
    return "BIGINT"


@compiles(String, "postgresql")
@compiles(Text, "postgresql")
def _by_code_point(type_: String, compiler: Any, **_: Any) -> str:
    """Text sorts as in SQLite, by code points, whatever the language of the server."""
    return 'TEXT COLLATE "C"'


def _refuse_the_careless(raw: "psycopg.Connection[Any]") -> None:
    if raw.info.server_version < OLDEST:
        raise Stands(
            f"its server is PostgreSQL {raw.info.server_version // 10_000}, and ttx needs 13 or newer",
            "Upgrade the server.",
        )
    if (said := _shown(raw, "server_encoding")) != "UTF8":
        raise Stands(f"its database keeps text as {said}", "Create one with the encoding UTF8.")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        if _shown(raw, setting) == "off":
            raise Stands(
                f"its server has {setting} off, so that a power cut would lose answers it had acknowledged",
                f"Put {setting} on in postgresql.conf, reload the server, and start again.",
            )


_TRIGGERS = (
    "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal AND tgenabled <> 'D'"
)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
_TOLD = "SELECT name, value FROM meta WHERE name IN ('kind', 'schema')"


def _told(rows: Any) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}


def _shown(raw: "psycopg.Connection[Any]", setting: str) -> str:
    row = raw.execute("SELECT current_setting(%s)", (setting,)).fetchone()
    return str(row[0]) if row is not None else ""


def _trigger(connection: Connection, name: str, event: str, how: str, sentence: str) -> None:
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    table = event.rpartition(" ")[2]
    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    connection.exec_driver_sql(f"CREATE TRIGGER {name} {event} {how} EXECUTE FUNCTION {name}()")
