"""A scenario under way is removed for good: its files, history, comments, versions, authors and their codes.

Exercises that started from it have the scenario in their own record and stay as they are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, func, select

from ttx.exercise.rights import Action, Author, require
from ttx.scenario.drafting import NotChanged
from ttx.store import tables
from ttx.store.authors import refuse_revoked
from ttx.store.database import Store
from ttx.store.draft_files import load


@dataclass(frozen=True, slots=True)
class Held:
    """What goes with a scenario, and how many exercises started from it, which stay."""

    changes: int
    comments: int
    versions: int
    authors: int
    exercises: int


OF_AUTHORS = ((tables.session_authors, "author"), (tables.imports, "author"))
OF_DRAFT = (
    *(tables.draft_comments, tables.draft_changes, tables.draft_versions, tables.started, tables.import_layouts),
    *(tables.draft_days, tables.draft_pictures, tables.draft_files, tables.authors),
)
"""What belongs to a draft, what points at others first."""
LONGEST = 200
"""Characters of a title that the list of scenarios keeps."""
_NOW = tables.draft_pictures
_ONCE = (tables.draft_versions.c.pictures, tables.draft_changes.c.patch)
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


def held(store: Store, draft: str) -> Held:
    """How much a scenario holds beside its files. Raises NotRead."""
    counted = (tables.draft_changes, tables.draft_comments, tables.draft_versions, tables.authors, tables.started)
    with store.read("What a scenario holds") as connection:
        return Held(*(_count(connection, table, draft) for table in counted))


def remove(store: Store, author: Author, title: str) -> None:
    """Remove the scenario that this author directs, if he says its title; nothing brings it back.

    Raises Forbidden, NotChanged for another title, NoSuchAuthor, NoSuchDraft, NotRecorded.
    """
    require(author, Action.REMOVE_SCENARIO)
    draft = author.draft
    with store.write("That a scenario is removed") as connection:
        refuse_revoked(connection, author, draft)
        there = load(connection, draft)
        if " ".join(title.split())[:LONGEST] != " ".join(there.title.split())[:LONGEST]:
            raise NotChanged(
                f"Nothing was removed: this scenario is called {there.title}. Type its title as it stands there."
            )
        digests = _pictures(connection, draft)
        people = select(tables.authors.c.id).where(tables.authors.c.draft == draft)
        for table, column in OF_AUTHORS:
            connection.execute(delete(table).where(table.c[column].in_(people)))
        for table in OF_DRAFT:
            connection.execute(delete(table).where(table.c.draft == draft))
        connection.execute(delete(tables.drafts).where(tables.drafts.c.id == draft))
        _drop_unused(connection, digests)


def _pictures(connection: Connection, draft: str) -> set[str]:
    """The digests of all pictures that a draft has or ever had."""
    found = set(connection.scalars(select(_NOW.c.digest).where(_NOW.c.draft == draft)))
    for column in _ONCE:
        for text in connection.scalars(select(column).where(column.table.c.draft == draft)):
            found |= set(_DIGEST.findall(text))
    return found


def _drop_unused(connection: Connection, digests: Iterable[str]) -> None:
    """Drop those of these pictures that no exercise and no other draft has or ever had."""
    for digest in digests:
        has = [select(one.c.digest).where(one.c.digest == digest) for one in (_NOW, tables.exercise_pictures)]
        had = [select(column.table.c.draft).where(column.contains(digest)) for column in _ONCE]
        if all(connection.scalar(one.limit(1)) is None for one in (*has, *had)):
            connection.execute(delete(tables.pictures).where(tables.pictures.c.digest == digest))


def _count(connection: Connection, table: Table, draft: str) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(table.c.draft == draft)) or 0
