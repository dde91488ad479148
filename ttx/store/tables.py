"""The rows of the database. Nothing is validated here."""

from datetime import UTC, datetime
from typing import NewType, cast

from sqlalchemy import Column, ForeignKeyConstraint, LargeBinary, Table, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from ttx.store.account_tables import (
    AccountRow,
    AuthenticatorRow,
    ChallengeRow,
    DemandRow,
    EntranceRow,
    IdentityRow,
    LockedRow,
    PasskeyRow,
    RecoveryRow,
    SessionRow,
)
from ttx.store.delegation_tables import AnswerDraftRow, DeviceRow, DoorRow
from ttx.store.feedback_tables import FeedbackBallotRow, FeedbackFormRow, FeedbackSheetRow, ParticipantRow
from ttx.store.process_tables import ToldRow, TryRow
from ttx.store.review_tables import FrozenFileRow, ReviewEntryRow

ExerciseId = NewType("ExerciseId", str)
DraftId = NewType("DraftId", str)


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


class SignedHeadRow(SQLModel, table=True):
    """The end of a record at a day's close, as the installation signed it."""

    __tablename__ = "signed_heads"

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")
    seq: int = Field(primary_key=True)
    statement: str = Field(sa_column=Column(Text, nullable=False))
    signature: str


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


class PictureRow(SQLModel, table=True):
    """A picture's bytes, once however often it is used, under the SHA-256 of them."""

    __tablename__ = "pictures"

    digest: str = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class DraftRow(SQLModel, table=True):
    """One scenario under way. `head` is the seq of its last change. Locked while one is recorded."""

    __tablename__ = "drafts"

    id: str = Field(primary_key=True)
    title: str
    head: int
    created_at: str


class DraftFileRow(SQLModel, table=True):
    """A file of a draft's folder as it is now."""

    __tablename__ = "draft_files"

    draft: str = Field(primary_key=True, foreign_key="drafts.id")
    name: str = Field(primary_key=True)
    text: str = Field(sa_column=Column(Text, nullable=False))


class DraftPictureRow(SQLModel, table=True):
    """A picture of a draft's folder as it is now."""

    __tablename__ = "draft_pictures"

    draft: str = Field(primary_key=True, foreign_key="drafts.id")
    name: str = Field(primary_key=True)
    digest: str = Field(foreign_key="pictures.digest")


class DraftDayRow(SQLModel, table=True):
    """How far a day is; one without a row is a draft."""

    __tablename__ = "draft_days"

    draft: str = Field(primary_key=True, foreign_key="drafts.id")
    day: int = Field(primary_key=True)
    status: str


class AuthorRow(SQLModel, table=True):
    """Somebody who writes a scenario, and the code that leads there. `number` is its place in the list."""

    __tablename__ = "authors"

    id: str = Field(primary_key=True)
    draft: str = Field(foreign_key="drafts.id", index=True)
    number: int
    role: str
    group_id: str | None = None
    name: str
    code: str = Field(unique=True)
    account: str | None = Field(default=None, index=True)
    created_at: str
    revoked_at: str | None = None


class SessionAuthorRow(SQLModel, table=True):
    """A device writes as this author, like `SessionSeatRow`."""

    __tablename__ = "session_authors"

    session: str = Field(primary_key=True, foreign_key="sessions.token_hash")
    author: str = Field(primary_key=True, foreign_key="authors.id", index=True)
    joined_at: str
    device: str
    revoked_at: str | None = None


class DraftChangeRow(SQLModel, table=True):
    """What somebody did to a draft. `patch` takes every file from before to after and back; `pieces` are what was
    changed as data, for those who read the history. `takes_back` is the change an undo or redo undoes."""

    __tablename__ = "draft_changes"
    __table_args__ = (UniqueConstraint("draft", "key"),)

    draft: str = Field(primary_key=True, foreign_key="drafts.id")
    seq: int = Field(primary_key=True)
    at: str
    author: str = Field(foreign_key="authors.id")
    kind: str
    sentence: str = Field(sa_column=Column(Text, nullable=False))
    change: str = Field(sa_column=Column(Text, nullable=False))
    patch: str = Field(sa_column=Column(Text, nullable=False))
    pieces: str = Field(sa_column=Column(Text, nullable=False))
    revision: str | None = None
    takes_back: int | None = None
    taken_back: int | None = None
    key: str | None = None
    asked: str | None = None


class DraftCommentRow(SQLModel, table=True):
    """Words about an inject, of one author to all."""

    __tablename__ = "draft_comments"
    __table_args__ = (UniqueConstraint("draft", "key"),)

    draft: str = Field(primary_key=True, foreign_key="drafts.id")
    number: int = Field(primary_key=True)
    inject: str = Field(index=True)
    author: str = Field(foreign_key="authors.id")
    at: str
    text: str = Field(sa_column=Column(Text, nullable=False))
    resolved_at: str | None = None
    resolved_by: str | None = Field(default=None, foreign_key="authors.id")
    key: str | None = None
    answers: int | None = None


class DraftVersionRow(SQLModel, table=True):
    """All files of a draft as they once were; `pictures` maps a name to a digest."""

    __tablename__ = "draft_versions"

    draft: str = Field(primary_key=True, foreign_key="drafts.id")
    number: int = Field(primary_key=True)
    label: str
    at: str
    author: str = Field(foreign_key="authors.id")
    seq: int
    files: str = Field(sa_column=Column(Text, nullable=False))
    pictures: str = Field(sa_column=Column(Text, nullable=False))


class StartedRow(SQLModel, table=True):
    """The version of a draft that an exercise was made from."""

    __tablename__ = "started"

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")
    draft: str = Field(foreign_key="drafts.id", index=True)
    version: int


class RehearsalRow(SQLModel, table=True):
    """An exercise that rehearses another: nothing leads to its seats once it has ended. `figures` say what it took."""

    __tablename__ = "rehearsals"

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")
    of: str = Field(foreign_key="exercises.id", index=True)
    at: str
    ended_at: str | None = None
    figures: str | None = Field(default=None, sa_column=Column(Text))


class ExercisePictureRow(SQLModel, table=True):
    """A picture of an exercise's scenario, frozen with it."""

    __tablename__ = "exercise_pictures"

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")
    name: str = Field(primary_key=True)
    digest: str = Field(foreign_key="pictures.digest")


class ImportRow(SQLModel, table=True):
    """A file that an author has brought and not taken yet, and what was understood of it."""

    __tablename__ = "imports"

    author: str = Field(primary_key=True, foreign_key="authors.id")
    at: str
    name: str
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    found: str = Field(sa_column=Column(Text, nullable=False))


class ImportLayoutRow(SQLModel, table=True):
    """What people have said of the columns of a table's layout, for the next file of that layout."""

    __tablename__ = "import_layouts"

    draft: str = Field(primary_key=True, foreign_key="drafts.id")
    layout: str = Field(primary_key=True)
    mapping: str = Field(sa_column=Column(Text, nullable=False))


class KnownLayoutRow(SQLModel, table=True):
    """The same, said on the command line, where no scenario is at hand."""

    __tablename__ = "known_layouts"

    layout: str = Field(primary_key=True)
    mapping: str = Field(sa_column=Column(Text, nullable=False))


def _table(row: type[SQLModel]) -> Table:
    return cast(Table, vars(row)["__table__"])


meta, exercises, entries, bodies = _table(MetaRow), _table(ExerciseRow), _table(EntryRow), _table(BodyRow)
seats, tokens, accounts = _table(SeatRow), _table(TokenRow), _table(AccountRow)
sessions, session_seats = _table(SessionRow), _table(SessionSeatRow)
pictures, exercise_pictures, started = _table(PictureRow), _table(ExercisePictureRow), _table(StartedRow)
drafts, draft_files, draft_pictures = _table(DraftRow), _table(DraftFileRow), _table(DraftPictureRow)
draft_days, draft_changes, draft_comments = _table(DraftDayRow), _table(DraftChangeRow), _table(DraftCommentRow)
imports, import_layouts, known_layouts = _table(ImportRow), _table(ImportLayoutRow), _table(KnownLayoutRow)
rehearsals, review_entries = _table(RehearsalRow), _table(ReviewEntryRow)
frozen_files, signed_heads = _table(FrozenFileRow), _table(SignedHeadRow)
devices, doors, answer_drafts = _table(DeviceRow), _table(DoorRow), _table(AnswerDraftRow)
told, tries = _table(ToldRow), _table(TryRow)
passkeys, authenticators, recovery_codes = _table(PasskeyRow), _table(AuthenticatorRow), _table(RecoveryRow)
identities, entrances, challenges = _table(IdentityRow), _table(EntranceRow), _table(ChallengeRow)
demands, locked = _table(DemandRow), _table(LockedRow)
feedback_forms, feedback_ballots = _table(FeedbackFormRow), _table(FeedbackBallotRow)
feedback_sheets, participants = _table(FeedbackSheetRow), _table(ParticipantRow)
draft_versions, authors, session_authors = _table(DraftVersionRow), _table(AuthorRow), _table(SessionAuthorRow)

KEPT = (
    *(meta, exercises, entries, bodies, seats, accounts, sessions, session_seats, tokens),
    *(pictures, drafts, draft_files, draft_pictures, draft_days, authors, session_authors),
    *(draft_changes, draft_comments, draft_versions, started, exercise_pictures),
    *(imports, import_layouts, known_layouts, rehearsals),
    *(devices, doors, answer_drafts, review_entries, frozen_files, signed_heads),
    *(passkeys, authenticators, recovery_codes, identities, entrances, demands, locked),
    *(feedback_forms, feedback_ballots, feedback_sheets, participants),
    *(told, tries, challenges),
)
"""Every table of the database."""

PASSING = (told, tries, challenges)
"""Tables of which nothing is worth a backup."""


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
