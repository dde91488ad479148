"""Scenarios under way: each is the text of its folder, changed piece by piece by several people at once.

What a change makes of the text is decided in `ttx.scenario.changes`, whether this author may make it in
`ttx.exercise.authoring`. Here it is put together with what others did meanwhile, and kept.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as replaced
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select

from ttx.exercise.authoring import Draft as Draft
from ttx.exercise.authoring import Status as Status
from ttx.exercise.authoring import permit, permit_picture, permit_status
from ttx.exercise.rights import Author, Forbidden
from ttx.scenario.changes import Change, Changed, NotChanged, Stale, Touched, change, piece, revision, undone
from ttx.scenario.checks import checked_texts
from ttx.scenario.findings import Faulty, Finding
from ttx.scenario.folders import PICTURES, Contents, contents, refusals
from ttx.scenario.requests import DropPicture, PutPicture, WriteInject
from ttx.scenario.roster import Role
from ttx.scenario.undoing import changed
from ttx.store import history as kept
from ttx.store import pictures
from ttx.store.authors import Invited, add_authors, refuse_revoked
from ttx.store.chain import digest
from ttx.store.comments import Comment as Comment
from ttx.store.comments import comment as comment
from ttx.store.comments import comments as comments
from ttx.store.comments import open_comments as open_comments
from ttx.store.comments import resolve as resolve
from ttx.store.conflicts import Conflict as Conflict
from ttx.store.conflicts import Writes, settled
from ttx.store.database import Store
from ttx.store.draft_files import NoSuchDraft as NoSuchDraft
from ttx.store.draft_files import groups_of, keep, load, title_of
from ttx.store.history import Kind, Past
from ttx.store.history import history as history
from ttx.store.history import latest as latest
from ttx.store.log import KeyReused, new_id
from ttx.store.tables import DraftId, draft_files, moment_of, stamp
from ttx.store.tables import drafts as draft_rows

Digests = Mapping[str, tuple[str | None, str | None]]
"""Pictures by name: the digest before a change and after it, None where there was or is none."""


@dataclass(frozen=True, slots=True)
class DraftListed:
    """What is known of a draft without reading it."""

    id: DraftId
    title: str
    head: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """A change that is on disk. `revision` is that of the piece it is about, as it left it; None if it took it away."""

    seq: int
    sentence: str
    revision: str | None = None
    touched: tuple[Touched, ...] = ()


@dataclass(frozen=True, slots=True)
class Reversal:
    """What undo or redo would take back: the sentence of that change, and why it cannot be taken back now, if so."""

    sentence: str
    refused: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one request comes to, before it is kept."""

    changed: Changed
    kind: Kind
    asked: Mapping[str, Any]
    revision: str | None = None
    pictures: Digests = field(default_factory=dict)
    contents: Mapping[str, bytes] = field(default_factory=dict)
    takes_back: int | None = None
    statuses: Mapping[int, Status] = field(default_factory=dict)


Decide = Callable[[Connection, Draft], Step]


def new_draft(
    store: Store,
    texts: Mapping[str, str],
    shown: Mapping[str, bytes],
    people: Iterable[Invited] = (Invited(Role.DIRECTOR),),
    now: datetime | None = None,
) -> DraftId:
    """A new draft of these files and pictures, with its authors; all or nothing.

    The files are taken as they are, faults and all; who may write is said by `people` and by no file.
    Raises Faulty for names and sizes, NotInvited, NotRecorded.
    """
    now = now or datetime.now(UTC)
    if faults := refusals(Contents(texts, shown)):
        raise Faulty(faults)
    draft = DraftId(new_id())
    title = title_of(texts)
    with store.write(f"The scenario {title}") as connection:
        connection.execute(insert(draft_rows).values(id=draft, title=title, head=0, created_at=stamp(now)))
        rows = [{"draft": draft, "name": name, "text": text} for name, text in texts.items()]
        connection.execute(insert(draft_files), rows)
        pictures.set_pictures(connection, draft, dict(pictures.keep(connection, shown)))
        add_authors(connection, draft, people, now)
    return draft


def draft_from(store: Store, folder: Path) -> DraftId:
    """A new draft of a folder, with a director and an author for each of its working groups. Raises as `new_draft`."""
    texts, shown = contents(folder)
    groups = [Invited(Role.AUTHOR, group) for group in groups_of(texts)]
    return new_draft(store, texts, shown, [Invited(Role.DIRECTOR), *groups])


def open_draft(store: Store, draft: str) -> Draft:
    """A draft as it is now. Raises NotRead, NoSuchDraft."""
    with store.read("A scenario under way") as connection:
        return load(connection, draft)


def findings(store: Store, draft: str) -> tuple[Finding, ...]:
    """What is found wrong in a draft as it is now; files that nobody changed are not read again. Raises NotRead."""
    opened = open_draft(store, draft)
    return checked_texts(opened.texts, opened.pictures).findings


def drafts_of(store: Store) -> list[DraftListed]:
    """Every draft of this data directory, the newest first. Raises NotRead."""
    with store.read("The scenarios under way") as connection:
        rows = connection.execute(select(draft_rows).order_by(draft_rows.c.created_at.desc(), draft_rows.c.id)).all()
    return [DraftListed(DraftId(row.id), row.title, row.head, moment_of(row.created_at)) for row in rows]


def export(store: Store, draft: str) -> Contents:
    """The files and pictures of a draft as they are now, byte for byte. Raises NotRead, NoSuchDraft."""
    with store.read("A scenario under way") as connection:
        opened = load(connection, draft)
        return Contents(opened.texts, pictures.contents_of(connection, opened.pictures))


def record(
    store: Store,
    draft: str,
    author: Author,
    asked: Change,
    content: bytes | None = None,
    key: str | None = None,
    now: datetime | None = None,
) -> Recorded:
    """Do what an author asks for, once for a key however often it is sent. `content` is a picture's that is put.

    A request that saw an older version of its piece is put together with what was done meanwhile; where both
    changed the same field, Conflict is raised with both versions. Raises NotChanged, Forbidden, KeyReused,
    NoSuchAuthor for one who is revoked, NotRecorded, NoSuchDraft. Nothing is changed then.
    """

    def decide(connection: Connection, seen: Draft) -> Step:
        try:
            made = change(seen.texts, seen.pictures, asked)
        except Stale as stale:
            past = kept.earlier(connection, draft, seen.texts)
            made = settled(seen.texts, seen.pictures, asked, stale, past)
        said = asked.model_dump(mode="json")
        match asked:
            case PutPicture(name=name):
                digests = {name: (seen.pictures.get(name), pictures.digest_of(content or b""))}
                return Step(made, Kind.CHANGE, said, pictures=digests, contents={name: content or b""})
            case DropPicture(name=name):
                return Step(made, Kind.CHANGE, said, pictures={name: (seen.pictures.get(name), None)})
        return Step(made, Kind.CHANGE, said, _revision(made, asked))

    body = asked.model_dump_json() + (pictures.digest_of(content) if content is not None else "")
    return _commit(store, draft, author, decide, key, body, now)


def undo(store: Store, draft: str, author: Author, key: str | None = None, now: datetime | None = None) -> Recorded:
    """Take back this author's own last change that stands. Raises as `record`; NotChanged if others built upon it."""

    def decide(connection: Connection, seen: Draft) -> Step:
        return _taken_back(seen, kept.undoable(connection, author), Kind.UNDO)

    return _commit(store, draft, author, decide, key, "undo", now)


def redo(store: Store, draft: str, author: Author, key: str | None = None, now: datetime | None = None) -> Recorded:
    """Do again what this author took back last, if he wrote nothing new since. Raises as `undo`."""

    def decide(connection: Connection, seen: Draft) -> Step:
        past = kept.redoable(connection, author)
        step = _taken_back(seen, past, Kind.REDO)
        first = kept.past_of(connection, draft, past.takes_back) if past and past.takes_back else None
        again = step.changed.sentence if first is None else f"Did again: {first.sentence}"
        return replaced(step, changed=replaced(step.changed, sentence=again))

    return _commit(store, draft, author, decide, key, "redo", now)


def take_back(
    store: Store, draft: str, author: Author, seq: int, key: str | None = None, now: datetime | None = None
) -> Recorded:
    """Take back a change of anybody's, which need not be the last one; it is a change like others, and undone as one.

    Raises as `record`: NotChanged too for what is taken back already, and for what wrote no file.
    """

    def decide(connection: Connection, seen: Draft) -> Step:
        past = kept.past_of(connection, draft, seq)
        if past is None or past.kind in (Kind.STATUS, Kind.VERSION):
            raise NotChanged(f"Change {seq} wrote nothing that could be taken back. Look at the history again.")
        if past.taken_back is not None:
            raise NotChanged(f"This is taken back already: {past.sentence}")
        return replaced(_taken_back(seen, past, Kind.CHANGE), asked={"do": "take_back", "change": seq})

    return _commit(store, draft, author, decide, key, f"take_back {seq}", now)


def undoable(store: Store, author: Author, seen: Draft) -> Reversal | None:
    """What this author's undo would take back in the draft as it is `seen`; None for nothing. Raises NotRead."""
    with store.read("What can be taken back") as connection:
        past = kept.undoable(connection, author)
    return _reversal(author, seen, past, Kind.UNDO)


def redoable(store: Store, author: Author, seen: Draft) -> Reversal | None:
    """The same of what his redo would take back. Raises NotRead."""
    with store.read("What can be done again") as connection:
        past = kept.redoable(connection, author)
    return _reversal(author, seen, past, Kind.REDO)


def replace(
    store: Store,
    draft: str,
    author: Author,
    texts: Mapping[str, str],
    digests: Mapping[str, str],
    sentence: str,
    key: str | None = None,
    now: datetime | None = None,
    new: Mapping[str, bytes] | None = None,
) -> Recorded:
    """Put these files and pictures, by the digests under which they are kept, in the place of all there are.

    `new` are pictures of them that are not kept yet. It is a change like others: in the history, and undone as
    one. Raises as `record`.
    """

    def decide(connection: Connection, seen: Draft) -> Step:
        step = changed(seen.texts, texts, sentence)
        names = sorted({*seen.pictures, *digests})
        both = {name: (seen.pictures.get(name), digests.get(name)) for name in names}
        both = {name: (before, after) for name, (before, after) in both.items() if before != after}
        if not step.splices and not both:
            raise NotChanged("Nothing would change: the scenario is like this already.")
        return Step(step, Kind.REPLACE, {"do": "replace"}, pictures=both, contents=new or {})

    asked = json.dumps([sorted(texts.items()), sorted(digests.items())])
    return _commit(store, draft, author, decide, key, asked, now)


def set_status(
    store: Store,
    draft: str,
    author: Author,
    day: int,
    status: Status,
    key: str | None = None,
    now: datetime | None = None,
    note: str = "",
) -> Recorded:
    """Say how far a day is, and with a `note` why. Raises as `record`."""

    def decide(_: Connection, seen: Draft) -> Step:
        sentence = permit_status(author, seen, day, status, note)
        said = {"do": "status", "day": day, "status": str(status), "note": note}
        return Step(Changed(seen.texts, (), (), sentence), Kind.STATUS, said, statuses={day: status})

    return _commit(store, draft, author, decide, key, f"status {day} {status} {note}".rstrip(), now)


def _commit(
    store: Store, draft: str, author: Author, decide: Decide, key: str | None, asked: str, now: datetime | None
) -> Recorded:
    """Decide upon the draft as it is and keep what follows, in one transaction.

    A decision takes tens of milliseconds and the writer is everybody's, a running exercise's too: so it is made
    on a reading first, and made again inside the transaction only if somebody recorded something in between.
    """
    asked = digest(json.dumps([author.id, asked]))
    with store.read("A scenario under way") as connection:
        if (known := _known(connection, draft, key, asked)) is not None:
            return known
        seen = load(connection, draft)
        step = _decided(connection, author, seen, decide)
    with store.write(f"What was asked of scenario {draft}") as connection:
        if (known := _known(connection, draft, key, asked)) is not None:
            return known
        refuse_revoked(connection, author, draft)
        if connection.scalar(select(draft_rows.c.head).where(draft_rows.c.id == draft).with_for_update()) != seen.head:
            seen = load(connection, draft)
            step = _decided(connection, author, seen, decide)
        pictures.keep(connection, step.contents)
        shown = {name: after for name, (_, after) in step.pictures.items()}
        keep(connection, seen, step.changed, shown, step.statuses)
        kept.append(
            connection,
            author,
            seen.head + 1,
            step.kind,
            step.changed.sentence,
            now or datetime.now(UTC),
            change=step.asked,
            touched=step.changed.touched,
            splices=step.changed.splices,
            pictures=step.pictures,
            revision=step.revision,
            takes_back=step.takes_back,
            key=key,
            asked=asked if key is not None else None,
        )
    return Recorded(seen.head + 1, step.changed.sentence, step.revision, step.changed.touched)


def _decided(connection: Connection, author: Author, seen: Draft, decide: Decide) -> Step:
    """A step that this author may make and that a draft may hold."""
    step = decide(connection, seen)
    if step.kind is not Kind.STATUS:
        permit(author, seen, step.changed)
        for name in step.pictures:
            permit_picture(author, seen, name)
    faults = refusals(Contents(step.changed.texts, step.contents))
    if len({*seen.pictures, *step.contents}) > PICTURES:
        raise NotChanged(f"There are {PICTURES} pictures already, as many as a scenario may have. Drop one first.")
    if faults:
        raise NotChanged(faults[0].sentence)
    return step


def _taken_back(seen: Draft, past: Past | None, kind: Kind) -> Step:
    if past is None:
        raise NotChanged(f"There is nothing of yours to {kind}.")
    made = Changed(seen.texts, (), (), past.sentence)
    if past.splices:
        made = undone(seen.texts, past.touched, past.splices)
    for name, (_, after) in past.pictures.items():
        if seen.pictures.get(name) != after:
            raise NotChanged(f"The picture {name} was changed since, so this cannot be taken back. Put yours again.")
    both = {name: (after, before) for name, (before, after) in past.pictures.items()}
    return Step(made, kind, {"do": str(kind)}, pictures=both, takes_back=past.seq)


def _reversal(author: Author, seen: Draft, past: Past | None, kind: Kind) -> Reversal | None:
    if past is None:
        return None
    if past.seq == seen.head:  # nobody did anything since
        return Reversal(past.sentence, None)
    try:
        permit(author, seen, _taken_back(seen, past, kind).changed)
    except (NotChanged, Forbidden) as refusal:
        return Reversal(past.sentence, str(refusal))
    return Reversal(past.sentence, None)


def _revision(made: Changed, asked: Change) -> str | None:
    """What an editor of the piece that was written sends as `base` with his next change."""
    if isinstance(asked, WriteInject) and "id" in asked.fields:
        asked = asked.model_copy(update={"inject": asked.fields["id"]})
    if isinstance(asked, Writes):
        return revision(piece(made.texts, asked))
    after = next((one.after for one in made.touched if one.after is not None), None)
    return revision(after) if after is not None else None


def _known(connection: Connection, draft: str, key: str | None, asked: str) -> Recorded | None:
    """What this key was recorded as. Raises KeyReused if something else was asked with it."""
    past = kept.past_of_key(connection, draft, key) if key is not None else None
    if past is None:
        return None
    if past.asked != asked:
        raise KeyReused(key or "", past.seq)
    return Recorded(past.seq, past.sentence, past.revision, past.touched)
