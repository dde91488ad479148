"""Comments on the injects of a draft: one author's words to all the others, until somebody says they are settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, and_, func, insert, select, update

from ttx.exercise.rights import Action, Author, require
from ttx.scenario.drafting import Drafting, NotChanged, refuse_signs
from ttx.store.authors import author_of, refuse_revoked
from ttx.store.database import Store
from ttx.store.draft_files import load
from ttx.store.log import KeyReused
from ttx.store.tables import authors, draft_comments, moment_of, stamp

LONGEST = 4000
"""Characters a comment may have."""


@dataclass(frozen=True, slots=True)
class Comment:
    """Words about an inject. `number` names it within its draft; `resolved_at` is None while it is open.

    `answers` is the comment that it answers; an answer is neither open nor settled, the comment it answers is.
    """

    number: int
    inject: str
    author: Author
    at: datetime
    text: str
    resolved_at: datetime | None
    answers: int | None = None


def comment(
    store: Store,
    draft: str,
    author: Author,
    inject: str,
    text: str,
    key: str | None = None,
    now: datetime | None = None,
    answers: int | None = None,
) -> int:
    """Say something about an inject, or answer what was said, once for a key however often it is sent; its number.

    Raises Forbidden, NotChanged for no words or too many, for an inject and for a comment to answer that are not there,
    KeyReused, NoSuchAuthor for one who is revoked, NotRecorded.
    """
    require(author, Action.COMMENT)
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise NotChanged(f"A comment has between 1 and {LONGEST} characters, and this one has {len(text)}.")
    refuse_signs(text)
    with store.read("A scenario under way") as connection:
        injects = Drafting(dict(load(connection, draft).texts)).injects()
        there = any(spot.piece.get("id") == inject for spot in injects)
    with store.write("A comment") as connection:
        refuse_revoked(connection, author, draft)
        of = draft_comments.c.draft == draft
        if key is not None:
            columns = (draft_comments.c[name] for name in ("number", "author", "inject", "text"))
            known = connection.execute(select(*columns).where(of, draft_comments.c.key == key)).first()
            if known is not None and (known.author, known.text) != (author.id, text):
                raise KeyReused(key, known.number)
            if known is not None:
                return int(known.number)
        if not there:
            raise NotChanged(f"There is no inject {inject} to comment on. Somebody took it away or renamed it.")
        asked = draft_comments.c.answers.is_(None) & (draft_comments.c.inject == inject)
        if answers is not None and not connection.scalar(
            select(draft_comments.c.number).where(of, asked, draft_comments.c.number == answers)
        ):
            raise NotChanged(f"There is no comment {answers} on {inject} to answer. Look at the page again.")
        number = (connection.scalar(select(func.max(draft_comments.c.number)).where(of)) or 0) + 1
        connection.execute(
            insert(draft_comments).values(
                draft=draft,
                number=number,
                inject=inject,
                author=author.id,
                at=stamp(now or datetime.now(UTC)),
                text=text,
                key=key,
                answers=answers,
            )
        )
    return number


def resolve(
    store: Store, draft: str, author: Author, number: int, resolved: bool = True, now: datetime | None = None
) -> None:
    """Say that a comment is settled, or open it again. Anybody who may comment may say so. Raises as `comment`."""
    require(author, Action.COMMENT)
    at = stamp(now or datetime.now(UTC)) if resolved else None
    here = and_(draft_comments.c.draft == draft, draft_comments.c.number == number)
    with store.write("That a comment is settled") as connection:
        refuse_revoked(connection, author, draft)
        by = author.id if resolved else None
        changed = connection.execute(update(draft_comments).where(here).values(resolved_at=at, resolved_by=by))
        if changed.rowcount == 0:
            raise NotChanged(f"There is no comment {number} here. Look at the page again.")


def comments(store: Store, draft: str, inject: str | None = None) -> list[Comment]:
    """The comments on an inject or on all, the first first, settled ones too. Raises NotRead."""
    wanted: Select[Any] = (
        select(
            *(column for column in draft_comments.c if column.name not in ("draft", "author")),
            *(authors.c.id, authors.c.draft, authors.c.role, authors.c.group_id, authors.c.name),
        )
        .join_from(draft_comments, authors, draft_comments.c.author == authors.c.id)
        .where(draft_comments.c.draft == draft)
        .order_by(draft_comments.c.number)
    )
    if inject is not None:
        wanted = wanted.where(draft_comments.c.inject == inject)
    with store.read("The comments on a scenario") as connection:
        return [
            Comment(
                row.number,
                row.inject,
                author_of(row),
                moment_of(row.at),
                row.text,
                moment_of(row.resolved_at) if row.resolved_at is not None else None,
                row.answers,
            )
            for row in connection.execute(wanted)
        ]


def open_comments(store: Store, draft: str) -> Mapping[str, int]:
    """How many comments nobody settled, by inject, answers aside; an inject without one is left out. Raises NotRead."""
    of = draft_comments.c.draft == draft
    counted = (
        select(draft_comments.c.inject, func.count())
        .where(of, draft_comments.c.resolved_at.is_(None), draft_comments.c.answers.is_(None))
        .group_by(draft_comments.c.inject)
    )
    with store.read("The comments on a scenario") as connection:
        return dict(connection.execute(counted).all())


def last_said(store: Store, draft: str) -> str:
    """Words that are others once a comment was made, settled or opened again. Raises NotRead."""
    of = draft_comments.c.draft == draft
    settled = func.coalesce(func.max(draft_comments.c.resolved_at), "")
    wanted = select(func.count(), func.count(draft_comments.c.resolved_at), settled).where(of)
    with store.read("The comments on a scenario") as connection:
        return " ".join(map(str, connection.execute(wanted).one()))
