"""The rows of what analysts make of an exercise: a log of its own beside the exercise's, and the reports they froze."""

from sqlalchemy import Column, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class ReviewEntryRow(SQLModel, table=True):
    """An entry of a review's log, chained like those of the exercise. Once it is shredded it has no `body`."""

    __tablename__ = "review_entries"
    __table_args__ = (UniqueConstraint("exercise", "key"),)

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")
    seq: int = Field(primary_key=True)
    key: str | None = None
    asked: str | None = None
    seat: str
    kind: str
    at: str
    commitment: str
    prev_hash: str
    hash: str
    salt: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    body: str | None = Field(default=None, sa_column=Column(Text))


class FrozenFileRow(SQLModel, table=True):
    """A file of a report that was frozen, by its SHA-256."""

    __tablename__ = "frozen_files"

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")
    digest: str = Field(primary_key=True)
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


REVIEW_GUARDS = {
    "reviews_are_not_changed": (
        "BEFORE UPDATE ON review_entries WHEN NEW.body IS NOT NULL OR NEW.hash <> OLD.hash",
        "An entry of a review is never changed; it is taken back by a new one.",
    ),
    "reviews_are_not_deleted": (
        "BEFORE DELETE ON review_entries",
        "An entry of a review is never deleted; it is taken back by a new one.",
    ),
}
"""Triggers like those of the exercise's log."""
