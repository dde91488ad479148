"""Files that authors have brought and not taken yet, one each, and the columns they have corrected, by layout.

What is understood of a file is `ttx.scenario.formats`; here it only waits for its author to look and decide.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from ttx.exercise.rights import Author
from ttx.store.authors import refuse_revoked
from ttx.store.database import Store
from ttx.store.tables import drafts, import_layouts, imports, known_layouts, stamp


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that waits, and what was understood of it, as `confined.as_json` wrote it."""

    name: str
    content: bytes
    found: str


def bring(store: Store, author: Author, brought: Brought, now: datetime | None = None) -> None:
    """Keep this file for its author, in the place of one that waits already. Raises NotRecorded, NoSuchAuthor."""
    with store.write("The file") as connection:
        refuse_revoked(connection, author, author.draft)
        connection.execute(delete(imports).where(imports.c.author == author.id))
        row = {"name": brought.name[:200], "content": brought.content, "found": brought.found}
        connection.execute(insert(imports).values(author=author.id, at=stamp(now or datetime.now(UTC)), **row))


def brought_by(store: Store, author: Author) -> Brought | None:
    """The file that waits for this author; None if none does. Raises NotRead."""
    with store.read("The file") as connection:
        row = connection.execute(select(imports).where(imports.c.author == author.id)).one_or_none()
    return None if row is None else Brought(row.name, row.content, row.found)


def forget(store: Store, author: Author) -> None:
    """Keep this author's file no longer. Raises NotRecorded."""
    with store.write("The file") as connection:
        connection.execute(delete(imports).where(imports.c.author == author.id))


def corrections(store: Store, draft: str | None, layout: str) -> dict[str, str]:
    """What people have said of the columns of this layout: field by header. Raises NotRead.

    What was said in this draft counts; where nobody has, or there is none, what was said on the command line, and then
    what was said in the latest draft that has had such a file.
    """
    in_drafts = (
        select(import_layouts.c.mapping, import_layouts.c.draft)
        .join_from(import_layouts, drafts, import_layouts.c.draft == drafts.c.id)
        .where(import_layouts.c.layout == layout)
        .order_by(import_layouts.c.draft != (draft or ""), drafts.c.created_at.desc(), drafts.c.id)
        .limit(1)
    )
    elsewhere = select(known_layouts.c.mapping).where(known_layouts.c.layout == layout)
    with store.read("The columns of a layout") as connection:
        said = connection.execute(in_drafts).one_or_none()
        if said is None or said.draft != draft:
            said = connection.execute(elsewhere).one_or_none() or said
    return {} if said is None else {str(header): str(field) for header, field in json.loads(said.mapping).items()}


def remember(store: Store, author: Author, layout: str, mapping: Mapping[str, str]) -> None:
    """Remember what the columns of a layout are. Raises NotRecorded, NoSuchAuthor."""
    here = {"draft": author.draft, "layout": layout}
    with store.write("The columns of a layout") as connection:
        refuse_revoked(connection, author, author.draft)
        connection.execute(
            delete(import_layouts).where(import_layouts.c.draft == author.draft, import_layouts.c.layout == layout)
        )
        connection.execute(insert(import_layouts).values(**here, mapping=json.dumps(dict(mapping))))


def know(store: Store, layout: str, mapping: Mapping[str, str]) -> None:
    """Remember what the columns of a layout are, said where no scenario is at hand. Raises NotRecorded."""
    with store.write("The columns of a layout") as connection:
        connection.execute(delete(known_layouts).where(known_layouts.c.layout == layout))
        connection.execute(insert(known_layouts).values(layout=layout, mapping=json.dumps(dict(mapping))))
