"""The rows of the database, and the triggers that keep the log append-only. Nothing is validated here."""

from datetime import UTC, datetime
from typing import NewType, cast

from sqlalchemy import Column, ForeignKeyConstraint, LargeBinary, Table, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

ExerciseId = NewType("ExerciseId", str)


class MetaRow(SQLModel, table=True):
    """What the database says of itself: `kind` is ttx, `schema` the version of these tables."""

    __tablename__ = "meta"

    name: str = Field(primary_key=True)
    value: str


class ExerciseRow(SQLModel, table=True):
    """One exercise: its frozen scenario, and the head of its log. Locked while entries are appended."""

    __tablename__ = "exercises"

    id: str = Field(primary_key=True)
    title: str
    epoch: str
    head: int
    head_hash: str
    scenario: str = Field(sa_column=Column(Text, nullable=False))
    created_at: str


class EntryRow(SQLModel, table=True):
    """An entry's envelope. `key` and `asked` stand on the last entry of a command and say which it was."""

    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("exercise", "key"),)

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")
    seq: int = Field(primary_key=True)
    key: str | None = None
    asked: str | None = None
    seat: str | None = None
    kind: str
    at: str
    commitment: str
    prev_hash: str
    hash: str


class BodyRow(SQLModel, table=True):
    """What an entry says. It can be shredded, and the chain over the envelopes still verifies."""

    __tablename__ = "bodies"
    __table_args__ = (ForeignKeyConstraint(["exercise", "seq"], ["entries.exercise", "entries.seq"]),)

    exercise: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    salt: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    body: str = Field(sa_column=Column(Text, nullable=False))


class SeatRow(SQLModel, table=True):
    """A seat and the code that leads to it. `number` is its place among the seats of its exercise."""

    __tablename__ = "seats"

    id: str = Field(primary_key=True)
    exercise: str = Field(foreign_key="exercises.id", index=True)
    number: int
    role: str
    delegation: str | None = None
    table_id: str | None = None
    language: str
    name: str | None = None
    submits: bool
    code: str = Field(unique=True)
    account: str | None = Field(default=None, index=True)
    created_at: str
    revoked_at: str | None = None


class AccountRow(SQLModel, table=True):
    """A member of staff who signs in by name and password."""

    __tablename__ = "accounts"

    name: str = Field(primary_key=True)
    password_hash: str
    admin: bool
    created_at: str
    disabled_at: str | None = None


class SessionRow(SQLModel, table=True):
    """A device that carries a cookie. Only the hash of the cookie is kept."""

    __tablename__ = "sessions"

    token_hash: str = Field(primary_key=True)
    created_at: str
    seen_at: str
    expires_at: str
    revoked_at: str | None = None
    account: str | None = Field(default=None, foreign_key="accounts.name", index=True)


class SessionSeatRow(SQLModel, table=True):
    """A device sits on a seat. One device may sit in several exercises, and several devices on one seat."""

    __tablename__ = "session_seats"

    session: str = Field(primary_key=True, foreign_key="sessions.token_hash")
    seat: str = Field(primary_key=True, foreign_key="seats.id", index=True)
    joined_at: str
    device: str
    revoked_at: str | None = None


class TokenRow(SQLModel, table=True):
    """A program's way to a seat. Only the hash of the token is kept."""

    __tablename__ = "tokens"

    hash: str = Field(primary_key=True)
    seat: str = Field(foreign_key="seats.id", index=True)
    created_at: str
    revoked_at: str | None = None


def _table(row: type[SQLModel]) -> Table:
    return cast(Table, vars(row)["__table__"])


meta, exercises, entries, bodies = _table(MetaRow), _table(ExerciseRow), _table(EntryRow), _table(BodyRow)
seats, tokens, accounts = _table(SeatRow), _table(TokenRow), _table(AccountRow)
sessions, session_seats = _table(SessionRow), _table(SessionSeatRow)

KEPT = (meta, exercises, entries, bodies, seats, accounts, sessions, session_seats, tokens)
"""Every table of the database."""

# `INSERT OR REPLACE` deletes without firing delete triggers, so a taken seq or key is refused as well.
GUARDS = {
    "entries_are_not_changed": (
        "BEFORE UPDATE ON entries",
        "An entry of the log is never changed; a correction is a new entry.",
    ),
    "entries_are_not_deleted": (
        "BEFORE DELETE ON entries",
        "An entry of the log is never deleted; a correction is a new entry.",
    ),
    "entries_are_not_replaced": (
        (
            "BEFORE INSERT ON entries WHEN EXISTS "
            "(SELECT 1 FROM entries WHERE exercise = NEW.exercise AND (seq = NEW.seq OR key = NEW.key))"
        ),
        "An entry of the log is never replaced; a correction is a new entry.",
    ),
    "bodies_are_not_changed": (
        "BEFORE UPDATE ON bodies",
        "The body of an entry is never changed; it can only be shredded.",
    ),
}
"""Triggers of SQLite: name, when it fires, and the sentence it aborts with."""


def stamp(moment: datetime) -> str:
    """A moment as the database keeps it: ISO 8601, UTC, milliseconds, Z. Raises ValueError for a naive one.

    Such texts sort as the moments do.
    """
    if moment.tzinfo is None:
        raise ValueError(f"A moment needs a time zone to be kept; {moment.isoformat()} has none.")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromisoformat(text)
