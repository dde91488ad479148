"""The rows of what a delegation's tablets share beside the log: who holds each device, and drafts of answers."""

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class DeviceRow(SQLModel, table=True):
    """A device that asked for a seat. `id` stands for whoever holds it, in the log too; the name stays here.

    It waits while neither `admitted_at` nor `gone_at` is set. `number` counts the devices of its delegation.
    """

    __tablename__ = "devices"

    session: str = Field(primary_key=True, foreign_key="sessions.token_hash")
    seat: str = Field(primary_key=True, foreign_key="seats.id", index=True)
    id: str = Field(unique=True)
    number: int
    label: str
    name: str | None = None
    part: str | None = None
    asked_at: str
    admitted_at: str | None = None
    confirmed_at: str | None = None
    gone_at: str | None = None


class DoorRow(SQLModel, table=True):
    """An exercise whose devices are let in one by one."""

    __tablename__ = "doors"

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")


class AnswerDraftRow(SQLModel, table=True):
    """What one open page holds of a delegation's draft of an answer."""

    __tablename__ = "answer_drafts"

    exercise: str = Field(primary_key=True, foreign_key="exercises.id")
    delegation: str = Field(primary_key=True)
    inject: str = Field(primary_key=True)
    question: str = Field(primary_key=True)
    hand: str = Field(primary_key=True)
    version: int
    state: str = Field(sa_column=Column(Text, nullable=False))
    at: str
