"""The rows of participants' feedback while a form is open, and of who agreed to be named.

No row of a sheet or a ballot has a time, and none has a place in the order in which they came: where the database can
do it they lie in the order of their keys, which are hashes.
"""

from typing import Any

from sqlalchemy import Column, ForeignKeyConstraint, Text
from sqlmodel import Field, SQLModel

BY_KEY: dict[str, Any] = {"sqlite_with_rowid": False}


class FeedbackFormRow(SQLModel, table=True):
    """A form that is open, with the key that signs its ballots; both go when it is closed."""

    __tablename__ = "feedback_forms"

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")
    form: str = Field(primary_key=True)
    key: str = Field(sa_column=Column(Text, nullable=False))


class FeedbackBallotRow(SQLModel, table=True):
    """A device that has its ballot, as a hash, and the hash of what was signed for it blindly."""

    __tablename__ = "feedback_ballots"
    __table_args__ = (ForeignKeyConstraint(["exercise", "form"], ["feedback_forms.exercise", "feedback_forms.form"]),
                      BY_KEY)  # fmt: skip

    exercise: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    device: str = Field(primary_key=True)
    blinded: str


class FeedbackSheetRow(SQLModel, table=True):
    """A sheet under the hash of the ballot it came with, which nobody signed knowingly."""

    __tablename__ = "feedback_sheets"
    __table_args__ = (ForeignKeyConstraint(["exercise", "form"], ["feedback_forms.exercise", "feedback_forms.form"]),
                      BY_KEY)  # fmt: skip

    exercise: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    ballot: str = Field(primary_key=True)
    sheet: str = Field(sa_column=Column(Text, nullable=False))


class ParticipantRow(SQLModel, table=True):
    """Somebody who agreed, on this device, that his name stands in reports. Withdrawn, the row is gone."""

    __tablename__ = "participants"

    id: str = Field(primary_key=True)
    seat: str = Field(foreign_key="seats.id", index=True)
    held_by: str
    name: str
    organisation: str
    agreed_at: str
