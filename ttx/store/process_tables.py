"""The rows that processes of one installation leave for each other. Nothing here is worth a backup."""

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel


class ToldRow(SQLModel, table=True):
    """What one process knows of an exercise that is in no record: who is there, who writes. `beat` counts up."""

    __tablename__ = "told"

    process: str = Field(primary_key=True)
    exercise: str = Field(primary_key=True)
    beat: int
    body: str = Field(sa_column=Column(Text, nullable=False))


class TryRow(SQLModel, table=True):
    """A wrong code or password that somebody tried."""

    __tablename__ = "tries"

    id: str = Field(primary_key=True)
    what: str
    who: str = Field(index=True)
    at: str
