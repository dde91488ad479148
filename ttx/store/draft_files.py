"""The rows of a draft: its files, pictures and days, loaded as they are and written as a change leaves them.

Nothing is decided here and nobody is asked who he is: that is `drafts`.
"""

import re
from collections.abc import Mapping
from itertools import islice

from sqlalchemy import Connection, delete, insert, select, update

from ttx.exercise.authoring import Draft, Status
from ttx.scenario.changes import Changed
from ttx.scenario.drafting import said
from ttx.scenario.files import HEAD
from ttx.scenario.findings import Faulty
from ttx.scenario.material import look
from ttx.store import pictures
from ttx.store.tables import draft_comments, draft_days, draft_files, draft_pictures
from ttx.store.tables import drafts as draft_rows

GROUPS = 100
"""Working groups that get an author each when a draft is made; more can be invited."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


class NoSuchDraft(LookupError):
    """A scenario under way was asked for that this data directory does not hold."""

    def __init__(self, draft: str) -> None:
        self.draft = draft
        super().__init__(f"There is no scenario {draft} under way here. Check its id with whoever created it.")


def load(connection: Connection, draft: str) -> Draft:
    """A draft inside a transaction that is open. Raises NoSuchDraft."""
    row = connection.execute(select(draft_rows).where(draft_rows.c.id == draft)).first()
    if row is None:
        raise NoSuchDraft(draft)
    texts, shown, days = (
        connection.execute(select(*columns).where(columns[0].table.c.draft == draft)).all()
        for columns in (
            (draft_files.c.name, draft_files.c.text),
            (draft_pictures.c.name, draft_pictures.c.digest),
            (draft_days.c.day, draft_days.c.status),
        )
    )
    statuses = {day: Status(status) for day, status in days}
    return Draft(row.id, row.title, row.head, dict(sorted(texts)), dict(sorted(shown)), statuses)


def title_of(texts: Mapping[str, str]) -> str:
    """What a scenario's files call it."""
    try:
        title = look(said(texts.get(HEAD, ""), HEAD), ("title",))
    except Faulty:
        title = None
    return title.strip()[:200] if isinstance(title, str) and title.strip() else "A scenario without a title"


def groups_of(texts: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the working groups that a scenario's files name, the first 100; what can be no id is left out."""
    try:
        groups = look(said(texts.get(HEAD, ""), HEAD), ("groups",))
    except Faulty:
        return ()
    named = (name for name in groups if _ID.fullmatch(name)) if isinstance(groups, dict) else ()
    return tuple(islice(named, GROUPS))


def keep(
    connection: Connection,
    seen: Draft,
    changed: Changed,
    shown: Mapping[str, str | None],
    statuses: Mapping[int, Status],
) -> None:
    """Write what a change leaves: the files that differ, pictures by their digests, days; the head is one further.

    Comments follow an inject to its new id, and what was said of a day that is gone goes with it.
    """
    for name in {*seen.texts, *changed.texts}:
        text = changed.texts.get(name)
        if text == seen.texts.get(name):
            continue
        connection.execute(delete(draft_files).where(draft_files.c.draft == seen.id, draft_files.c.name == name))
        if text is not None:
            connection.execute(insert(draft_files).values(draft=seen.id, name=name, text=text))
    pictures.set_pictures(connection, seen.id, shown)
    gone = [day for day in seen.statuses if f"day-{day}.yaml" not in changed.texts]
    for day in {*statuses, *gone}:
        connection.execute(delete(draft_days).where(draft_days.c.draft == seen.id, draft_days.c.day == day))
    for day, status in statuses.items():
        connection.execute(insert(draft_days).values(draft=seen.id, day=day, status=str(status)))
    for one in changed.touched:
        was = one.before.get("id") if isinstance(one.before, Mapping) else None
        if one.inject is not None and isinstance(was, str) and was != one.inject:
            here = (draft_comments.c.draft == seen.id, draft_comments.c.inject == was)
            connection.execute(update(draft_comments).where(*here).values(inject=one.inject))
    renewed = update(draft_rows).where(draft_rows.c.id == seen.id)
    connection.execute(renewed.values(head=seen.head + 1, title=title_of(changed.texts)))
