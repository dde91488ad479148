"""Versions of a draft: all its files as they once were, kept, put back, and what exercises start from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from ttx.exercise.rights import Action, Author, require
from ttx.scenario.checks import checked, checked_texts
from ttx.scenario.drafting import NotChanged, refuse_signs
from ttx.scenario.findings import Faulty
from ttx.scenario.folders import Contents
from ttx.scenario.roster import Roster
from ttx.store import drafts, pictures
from ttx.store.authors import author_of, refuse_revoked
from ttx.store.chain import digest
from ttx.store.database import Store
from ttx.store.draft_files import load
from ttx.store.drafts import Draft, Recorded
from ttx.store.history import Kind, append, past_of_key
from ttx.store.log import KeyReused, add_exercise, recoded_for
from ttx.store.tables import ExerciseId, authors, draft_versions, moment_of, stamp, started
from ttx.store.tables import drafts as draft_rows

LONGEST = 200
"""Characters a version's label may have."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version without its files. `seq` is the draft's last change when it was kept; `exercises` started from it."""

    number: int
    label: str
    at: datetime
    author: Author
    seq: int
    exercises: tuple[ExerciseId, ...] = ()


class NoSuchVersion(LookupError):
    """A version was asked for that was never kept."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"There is no version {number} of this scenario. Look at its list of versions.")


def freeze(
    store: Store, draft: str, author: Author, label: str = "", key: str | None = None, now: datetime | None = None
) -> Version:
    """Keep all files and pictures as they are now, as the next version; once for a key however often it is sent.

    Without a label it has its number. Raises Forbidden, NotChanged for a label that is too long, KeyReused,
    NoSuchAuthor for one who is revoked, NotRecorded.
    """
    require(author, Action.VERSIONS)
    now = now or datetime.now(UTC)
    asked = digest(json.dumps([author.id, "freeze", label]))
    with store.write("A version of a scenario") as connection:
        refuse_revoked(connection, author, draft)
        if (known := _known(connection, draft, key, asked)) is not None:
            here = (draft_versions.c.draft == draft, draft_versions.c.number == known)
            return _version(connection.execute(_VERSIONS.where(*here)).one(), ())
        return _kept(connection, load(connection, draft), author, label, now, key, asked)


def versions_of(store: Store, draft: str) -> list[Version]:
    """The versions of a draft, the newest first. Raises NotRead."""
    from_it = select(started.c.version, started.c.exercise).where(started.c.draft == draft)
    with store.read("The versions of a scenario") as connection:
        rows = connection.execute(_VERSIONS.where(draft_versions.c.draft == draft)).all()
        begun = connection.execute(from_it.order_by(started.c.exercise)).all()
    return [
        _version(row, tuple(ExerciseId(exercise) for version, exercise in begun if version == row.number))
        for row in rows
    ]


def contents_of(store: Store, draft: str, number: int) -> Contents:
    """The files and pictures of a version, byte for byte. Raises NotRead, NoSuchVersion."""
    with store.read("A version of a scenario") as connection:
        texts, digests = _files(connection, draft, number)
        return Contents(texts, pictures.contents_of(connection, digests))


def restore(
    store: Store, draft: str, author: Author, number: int, key: str | None = None, now: datetime | None = None
) -> Recorded:
    """Put a version back in the place of what there is: a change like others, in the history and undone as one.

    Raises NoSuchVersion and as `drafts.record`: days that are approved or frozen stay as they are.
    """
    require(author, Action.VERSIONS)
    with store.read("A version of a scenario") as connection:
        texts, digests = _files(connection, draft, number)
    return drafts.replace(store, draft, author, texts, digests, f"Version {number} is put back.", key, now)


def start(
    store: Store,
    draft: str,
    author: Author,
    roster: Roster | None = None,
    title: str | None = None,
    key: str | None = None,
    now: datetime | None = None,
) -> ExerciseId:
    """A new exercise of the draft as it is now, which is kept as a version; without a roster, with the draft's own.

    It is made once for a key however often it is sent. Raises Forbidden, Faulty while anything in the scenario is an
    error, NotChanged where it has no roster, NotTaken for a picture, KeyReused, NoSuchAuthor for one who is revoked,
    NotRecorded.
    """
    require(author, Action.START_EXERCISE)
    now = now or datetime.now(UTC)
    asked = digest(json.dumps([author.id, "start", title, roster.model_dump_json() if roster is not None else None]))
    with store.read("A scenario under way") as connection:
        seen = load(connection, draft)
        shown = pictures.contents_of(connection, seen.pictures)
    found = checked_texts(seen.texts, seen.pictures)
    scenario, errors = found.scenario, found.errors
    if roster is not None:
        scenario, findings = checked(found.material, roster)
        errors = tuple(one for one in findings if one.severity == "error")
    roster = roster or found.roster
    if scenario is None or errors:
        raise Faulty(errors)
    if roster is None:
        raise NotChanged(
            "The scenario has no roster. Add a roster.yaml to its files, or choose a roster to start with."
        )
    made = recoded_for(scenario, shown)
    with store.write(f"The exercise {title or scenario.title}") as connection:
        refuse_revoked(connection, author, draft)
        if (known := _known(connection, draft, key, asked)) is not None:
            here = (started.c.draft == draft, started.c.version == known)
            return ExerciseId(connection.execute(select(started.c.exercise).where(*here)).scalar_one())
        exercise = add_exercise(connection, scenario, roster, title, now, made)
        version = _kept(connection, seen, author, f"As played: {title or scenario.title}", now, key, asked)
        connection.execute(insert(started).values(exercise=exercise, draft=draft, version=version.number))
    return exercise


def _known(connection: Connection, draft: str, key: str | None, asked: str) -> int | None:
    """The number of the version that was kept with this key. Raises KeyReused if something else was asked with it."""
    past = past_of_key(connection, draft, key) if key is not None else None
    if past is None:
        return None
    if past.asked != asked:
        raise KeyReused(key or "", past.seq)
    return int(past.change["version"])


def _kept(
    connection: Connection, seen: Draft, author: Author, label: str, now: datetime, key: str | None, asked: str
) -> Version:
    """The next version, of the draft as it was seen, inside a transaction that is open."""
    last = connection.scalar(select(func.max(draft_versions.c.number)).where(draft_versions.c.draft == seen.id))
    number = (last or 0) + 1
    label = " ".join(label.split()) or f"Version {number}"
    if len(label) > LONGEST:
        raise NotChanged(f"The name of a version has at most {LONGEST} characters. Choose a shorter one.")
    refuse_signs(label)
    connection.execute(
        insert(draft_versions).values(
            draft=seen.id,
            number=number,
            label=label,
            at=stamp(now),
            author=author.id,
            seq=seen.head,
            files=json.dumps(seen.texts),
            pictures=json.dumps(seen.pictures),
        )
    )
    head = (connection.scalar(select(draft_rows.c.head).where(draft_rows.c.id == seen.id).with_for_update()) or 0) + 1
    connection.execute(update(draft_rows).where(draft_rows.c.id == seen.id).values(head=head))
    said = {"do": "freeze", "version": number, "label": label}
    sentence = f"Version {number} is kept: {label}."
    append(connection, author, head, Kind.VERSION, sentence, now, change=said, key=key, asked=asked)
    return Version(number, label, now, author, seen.head)


def _files(connection: Connection, draft: str, number: int) -> tuple[Mapping[str, str], Mapping[str, str]]:
    here = (draft_versions.c.draft == draft, draft_versions.c.number == number)
    row = connection.execute(select(draft_versions.c.files, draft_versions.c.pictures).where(*here)).first()
    if row is None:
        raise NoSuchVersion(number)
    return json.loads(row.files), json.loads(row.pictures)


def _version(row: Row[Any], begun: tuple[ExerciseId, ...]) -> Version:
    return Version(row.number, row.label, moment_of(row.at), author_of(row), row.seq, begun)


_VERSIONS: Select[Any] = (
    select(
        *(draft_versions.c[name] for name in ("number", "label", "at", "seq")),
        *(authors.c[name] for name in ("id", "draft", "role", "group_id", "name")),
    )
    .join_from(draft_versions, authors, draft_versions.c.author == authors.c.id)
    .order_by(draft_versions.c.number.desc())
)
