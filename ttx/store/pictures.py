"""Pictures in the database: each content once, under its digest, and which of them a draft or an exercise has."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from ttx.store.database import Store
from ttx.store.tables import draft_pictures, exercise_pictures, pictures


def picture_of(store: Store, exercise: str, name: str) -> bytes | None:
    """A picture of an exercise's scenario, as it was frozen with it; None if there is none. Raises NotRead."""
    wanted = (
        select(pictures.c.content)
        .join_from(exercise_pictures, pictures, exercise_pictures.c.digest == pictures.c.digest)
        .where(exercise_pictures.c.exercise == exercise, exercise_pictures.c.name == name)
    )
    with store.read("A picture") as connection:
        return connection.scalar(wanted)


def picture_of_draft(store: Store, draft: str, name: str) -> bytes | None:
    """A picture of a draft as it is now; None if there is none. Raises NotRead."""
    wanted = (
        select(pictures.c.content)
        .join_from(draft_pictures, pictures, draft_pictures.c.digest == pictures.c.digest)
        .where(draft_pictures.c.draft == draft, draft_pictures.c.name == name)
    )
    with store.read("A picture") as connection:
        return connection.scalar(wanted)


def digest_of(content: bytes) -> str:
    """What stands for a picture's content."""
    return hashlib.sha256(content).hexdigest()


def keep(connection: Connection, contents: Mapping[str, bytes]) -> dict[str, str]:
    """The digests of these pictures by name, their contents kept, inside a transaction that is open."""
    digests = {}
    for name, content in contents.items():
        digest = digests[name] = digest_of(content)
        if connection.scalar(select(pictures.c.digest).where(pictures.c.digest == digest)) is None:
            connection.execute(insert(pictures).values(digest=digest, content=content))
    return digests


def contents_of(connection: Connection, digests: Mapping[str, str]) -> dict[str, bytes]:
    """The contents that belong to these digests, by name."""
    found: dict[str, bytes] = {}
    for name, digest in digests.items():
        content = connection.scalar(select(pictures.c.content).where(pictures.c.digest == digest))
        if content is None:
            raise LookupError(f"The picture {name} is not kept.")
        found[name] = content
    return found


def freeze_pictures(connection: Connection, exercise: str, digests: Mapping[str, str]) -> None:
    """From now on an exercise has these pictures."""
    rows = [{"exercise": exercise, "name": name, "digest": digest} for name, digest in digests.items()]
    if rows:
        connection.execute(insert(exercise_pictures), rows)


def set_pictures(connection: Connection, draft: str, digests: Mapping[str, str | None]) -> None:
    """From now on a draft has these pictures under these names; None takes one away."""
    for name, digest in digests.items():
        here = (draft_pictures.c.draft == draft, draft_pictures.c.name == name)
        connection.execute(delete(draft_pictures).where(*here))
        if digest is not None:
            connection.execute(insert(draft_pictures).values(draft=draft, name=name, digest=digest))
