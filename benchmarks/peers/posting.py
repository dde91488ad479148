"""What answers are compared with: an empty FastAPI POST handler, and SQLModel with a session for each request.

`posting.py PORT empty`, or `posting.py PORT session PLACE`: the second keeps what it is sent in a PostgreSQL at this
address or, in this folder, in SQLite in WAL mode with synchronous FULL, as the product does.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import uvicorn
from fastapi import Depends, FastAPI, Request
from sqlalchemy import event
from sqlmodel import Field, Session, SQLModel, create_engine

app = FastAPI()


class Answer(SQLModel):
    """What a tablet sends."""

    do: str
    inject: str
    question: str
    answer: dict[str, str]


class Kept(SQLModel, table=True):
    """An answer on disk."""

    id: int | None = Field(default=None, primary_key=True)
    inject: str
    question: str
    text: str
    at: datetime


@app.post("/api/v1/exercises/{exercise}/commands")
async def empty(request: Request, exercise: str) -> dict[str, int]:
    """Take anything and say that it is done."""
    return {"seq": 1}


def with_sessions(place: str) -> FastAPI:
    """The same address, as SQLModel's own documentation has it."""
    # A connection for each poster: with the default fifteen, 100 posters wait for each other until they give up.
    if "://" in place:
        engine = create_engine(place.replace("://", "+psycopg://", 1), pool_size=50, max_overflow=170)
    else:
        waits = {"timeout": 60}
        engine = create_engine(f"sqlite:///{place}/kept.sqlite", connect_args=waits, pool_size=50, max_overflow=200)

        @event.listens_for(engine, "connect")
        def safe(raw, record) -> None:
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("PRAGMA synchronous = FULL")

    SQLModel.metadata.create_all(engine)

    def session() -> Iterator[Session]:
        with Session(engine) as one:
            yield one

    kept = FastAPI()

    @kept.post("/api/v1/exercises/{exercise}/commands")
    def keep(exercise: str, body: Answer, session: Annotated[Session, Depends(session)]) -> dict[str, int]:
        row = Kept(inject=body.inject, question=body.question, text=body.answer["text"], at=datetime.now(UTC))
        session.add(row)
        session.commit()
        session.refresh(row)
        return {"seq": row.id or 0}

    return kept


class Told(uvicorn.Server):
    """Says when it listens."""

    async def startup(self, *given, **named) -> None:
        """Listen."""
        await super().startup(*given, **named)
        print("ready", flush=True)


served = app if sys.argv[2] == "empty" else with_sessions(sys.argv[3])
Told(
    uvicorn.Config(
        served,
        port=int(sys.argv[1]),
        loop="asyncio",
        http="httptools",
        log_level="warning",
        access_log=False,
        backlog=4096,
        timeout_keep_alive=60,
    )
).run()
