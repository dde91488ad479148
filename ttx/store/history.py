"""What was done to a draft, change by change: each is kept with the lines it replaced, so that it can be taken back."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, and_, func, insert, select, update

from ttx.exercise.rights import Author
from ttx.scenario.translations import digest
from ttx.scenario.undoing import Splice, Touched, reverted
from ttx.store.authors import author_of
from ttx.store.database import Store
from ttx.store.tables import authors, draft_changes, moment_of, stamp

MOST = 200
"""How many changes one look into the history tells."""


class Kind(StrEnum):
    """How a change came about."""

    CHANGE = "change"
    REPLACE = "replace"
    UNDO = "undo"
    REDO = "redo"
    STATUS = "status"
    VERSION = "version"


WRITES = (Kind.CHANGE, Kind.REPLACE)
"""The kinds that are an author's own new work, and end what he could redo."""


@dataclass(frozen=True, slots=True)
class Past:
    """A change that was recorded. `touched` are its pieces before and after, `pictures` their digests before and after.

    `revision` is that of the piece it is about, as it left it. `takes_back` is the change that an undo or redo
    reverses, `taken_back` the one that reversed this one. `asked` tells requests of the same key apart.
    """

    seq: int
    at: datetime
    author: Author
    kind: Kind
    sentence: str
    change: Mapping[str, Any]
    touched: tuple[Touched, ...]
    splices: tuple[Splice, ...]
    pictures: Mapping[str, tuple[str | None, str | None]]
    revision: str | None
    takes_back: int | None
    taken_back: int | None
    asked: str | None


def history(
    store: Store,
    draft: str,
    before: int | None = None,
    limit: int = 50,
    inject: str | None = None,
    day: int | None = None,
) -> list[Past]:
    """What was done to a draft, the last first: at most `limit` (200) changes, before this seq, of this inject or day.

    Raises NotRead.
    """
    wanted = _PAST.where(draft_changes.c.draft == draft)
    if before is not None:
        wanted = wanted.where(draft_changes.c.seq < min(before, 2**63 - 1))
    if inject is not None:
        wanted = wanted.where(draft_changes.c.pieces.contains(json.dumps(inject), autoescape=True))
    found: list[Past] = []
    with (
        store.read("The history of a scenario") as connection,
        connection.execute(wanted, execution_options={"yield_per": 50}) as kept,
    ):
        for row in kept:
            past = _past(row)
            if inject is not None and not any(piece.inject == inject for piece in past.touched):
                continue
            if day is not None and not (_stands(past, day) or any(piece.day == day for piece in past.touched)):
                continue
            found.append(past)
            if len(found) >= min(limit, MOST):
                break
    return found


def standing(store: Store, draft: str, day: int) -> Past | None:
    """The change that said last how far this day is, among the last 2,000; None if none did. Raises NotRead."""
    wanted = _PAST.where(draft_changes.c.draft == draft, draft_changes.c.kind == Kind.STATUS).limit(10 * MOST)
    with (
        store.read("The history of a scenario") as connection,
        connection.execute(wanted, execution_options={"yield_per": 50}) as kept,
    ):
        return next((past for past in map(_past, kept) if _stands(past, day)), None)


def _stands(past: Past, day: int) -> bool:
    """Whether this said how far the day is."""
    return past.kind is Kind.STATUS and past.change.get("day") == day


def renamed_to(store: Store, draft: str, inject: str) -> str | None:
    """The id that an inject got later, the last one of several; None if it never got another. Raises NotRead."""
    ident, seq = inject, 0
    with store.read("The history of a scenario") as connection:
        while (later := _renaming(connection, draft, ident, seq)) is not None:
            ident, seq = later
    return ident if ident != inject else None


def _renaming(connection: Connection, draft: str, ident: str, after: int) -> tuple[str, int] | None:
    """The next id of this inject after a change, and the change that gave it."""
    rows = select(draft_changes.c.seq, draft_changes.c.pieces).where(
        draft_changes.c.draft == draft,
        draft_changes.c.seq > after,
        draft_changes.c.pieces.contains(json.dumps(ident), autoescape=True),
    )
    for row in connection.execute(rows.order_by(draft_changes.c.seq)):
        for one in _touched(row.pieces):
            was = one.before.get("id") if isinstance(one.before, Mapping) else None
            if was == ident and one.inject not in (None, ident):
                return str(one.inject), row.seq
    return None


class Gone(NamedTuple):
    """An inject that is not there any more: the title it had, and the change that took it out."""

    title: str
    past: Past


def gone(store: Store, draft: str, wanted: Collection[str]) -> dict[str, Gone]:
    """Of these ids, which no inject has, those that one had: the last one that did. Raises NotRead."""
    found: dict[str, Gone] = {}
    with store.read("The history of a scenario") as connection:
        for ident in sorted(wanted)[:MOST]:
            named = draft_changes.c.pieces.contains(json.dumps(ident), autoescape=True)
            rows = connection.execute(_PAST.where(draft_changes.c.draft == draft, named).limit(20))
            for past in map(_past, rows):
                lost = (one.before for one in past.touched if one.location == ("injects", ident) and one.after is None)
                if (before := next(lost, None)) is not None:
                    found[ident] = Gone(str(_held(before, "title") or ident), past)
                    break
    return found


def latest(store: Store, draft: str) -> Past | None:
    """The last thing that was done to a draft; None if nothing was yet. Raises NotRead."""
    return next(iter(history(store, draft, limit=1)), None)


def passed_over(store: Store, author: Author, after: int) -> list[Past]:
    """The changes after this seq that kept other words in the place of this author's, seen by whoever wrote them.

    Of the last 200 changes, the last first. Raises NotRead.
    """
    past = history(store, author.draft, limit=MOST)
    return [
        one
        for place, one in enumerate(past)
        if one.seq > after and one.author.id != author.id and one.taken_back is None
        if any(_last_writer(past[place + 1 :], _where(one, field), field) == author.id for field in _over(one))
    ]


def _over(past: Past) -> Sequence[str]:
    over: Sequence[str] = past.change.get("over", ())
    return over


def _last_writer(before: Sequence[Past], where: Collection[object], field: str) -> str | None:
    return next((one.author.id for one in before if not _where(one, field).isdisjoint(where)), None)


def _where(past: Past, field: str) -> set[object]:
    """The pieces in which a change changed this field."""
    return {
        (piece.file, piece.location)
        for piece in past.touched
        if piece.location == (field,) or _held(piece.before, field) != _held(piece.after, field)
    }


def _held(piece: object, field: str) -> object:
    return piece.get(field) if isinstance(piece, Mapping) else None


def earlier_words(store: Store, draft: str, wanted: Collection[str]) -> dict[str, str]:
    """Of texts that are known by their digests (`translations.digest`) the words, where the history still has them.

    Looks through the last 2,000 changes at most. Raises NotRead.
    """
    found: dict[str, str] = {}
    rows = select(draft_changes.c.pieces).where(draft_changes.c.draft == draft).order_by(draft_changes.c.seq.desc())
    with (
        store.read("The history of a scenario") as connection,
        connection.execute(rows.limit(10 * MOST), execution_options={"yield_per": 50}) as kept,
    ):
        for row in kept:
            if len(found) == len(set(wanted)):
                break
            for text in _texts(json.loads(row.pieces)):
                if (mark := digest(text)) in wanted:
                    found.setdefault(mark, text)
    return found


def _texts(value: object) -> Iterator[str]:
    """Every text in plain data."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _texts(one)
        case list():
            for one in value:
                yield from _texts(one)


def past_of_key(connection: Connection, draft: str, key: str) -> Past | None:
    """The change that was asked for with this key; None if the key is new."""
    row = connection.execute(_PAST.where(draft_changes.c.draft == draft, draft_changes.c.key == key)).first()
    return None if row is None else _past(row)


def past_of(connection: Connection, draft: str, seq: int) -> Past | None:
    """The change of this seq; None if there is none."""
    row = connection.execute(_PAST.where(draft_changes.c.draft == draft, draft_changes.c.seq == seq)).first()
    return None if row is None else _past(row)


def undoable(connection: Connection, author: Author) -> Past | None:
    """The last work of this author that stands: what his undo takes back."""
    mine = and_(draft_changes.c.draft == author.draft, draft_changes.c.author == author.id)
    stands = draft_changes.c.taken_back.is_(None)
    row = connection.execute(_PAST.where(mine, stands, draft_changes.c.kind.in_([*WRITES, Kind.REDO]))).first()
    return None if row is None else _past(row)


def redoable(connection: Connection, author: Author) -> Past | None:
    """The last undo of this author that stands and after which he wrote nothing new: what his redo takes back."""
    mine = and_(draft_changes.c.draft == author.draft, draft_changes.c.author == author.id)
    last = connection.scalar(select(func.max(draft_changes.c.seq)).where(mine, draft_changes.c.kind.in_(WRITES)))
    row = connection.execute(
        _PAST.where(
            mine,
            draft_changes.c.taken_back.is_(None),
            draft_changes.c.kind == Kind.UNDO,
            draft_changes.c.seq > (last or 0),
        )
    ).first()
    return None if row is None else _past(row)


def earlier(
    connection: Connection, draft: str, texts: Mapping[str, str], limit: int = MOST
) -> Iterator[tuple[Past, Callable[[], Mapping[str, str]]]]:
    """The changes from the last one back, each with what gives the files as they were before it, which takes 5 ms a
    change; `texts` are the present ones."""
    newer: list[Past] = []

    def before() -> Mapping[str, str]:
        nonlocal texts
        for past in newer:
            texts = reverted(texts, past.splices) if past.splices else texts
        newer.clear()
        return texts

    wanted = _PAST.where(draft_changes.c.draft == draft, draft_changes.c.patch != _patch((), {})).limit(limit)
    for row in connection.execute(wanted).all():
        past = _past(row)
        newer.append(past)
        yield past, before


def append(
    connection: Connection,
    author: Author,
    seq: int,
    kind: Kind,
    sentence: str,
    now: datetime,
    *,
    change: Mapping[str, Any],
    touched: Sequence[Touched] = (),
    splices: Sequence[Splice] = (),
    pictures: Mapping[str, tuple[str | None, str | None]] | None = None,
    revision: str | None = None,
    takes_back: int | None = None,
    key: str | None = None,
    asked: str | None = None,
) -> None:
    """Write a change down inside a transaction that is open; the one it takes back is marked."""
    connection.execute(
        insert(draft_changes).values(
            draft=author.draft,
            seq=seq,
            at=stamp(now),
            author=author.id,
            kind=str(kind),
            sentence=sentence,
            change=json.dumps(change),
            patch=_patch(splices, pictures or {}),
            pieces=json.dumps(touched),
            revision=revision,
            takes_back=takes_back,
            key=key,
            asked=asked,
        )
    )
    if takes_back is not None:
        here = and_(draft_changes.c.draft == author.draft, draft_changes.c.seq == takes_back)
        connection.execute(update(draft_changes).where(here).values(taken_back=seq))


def _patch(splices: Sequence[Splice], pictures: Mapping[str, tuple[str | None, str | None]]) -> str:
    return json.dumps({"splices": splices, "pictures": pictures})


def _touched(pieces: str) -> tuple[Touched, ...]:
    return tuple(Touched(file, tuple(location), *rest) for file, location, *rest in json.loads(pieces))


def _past(row: Row[Any]) -> Past:
    patch = json.loads(row.patch)
    return Past(
        seq=row.seq,
        at=moment_of(row.at),
        author=author_of(row),
        kind=Kind(row.kind),
        sentence=row.sentence,
        change=json.loads(row.change),
        touched=_touched(row.pieces),
        splices=tuple(Splice(*one) for one in patch["splices"]),
        pictures={name: (before, after) for name, (before, after) in patch["pictures"].items()},
        revision=row.revision,
        takes_back=row.takes_back,
        taken_back=row.taken_back,
        asked=row.asked,
    )


_PAST: Select[Any] = (
    select(
        *(column for column in draft_changes.c if column.name not in ("draft", "author")),
        authors.c.id, authors.c.draft, authors.c.role, authors.c.group_id, authors.c.name,
    )
    .join_from(draft_changes, authors, draft_changes.c.author == authors.c.id)
    .order_by(draft_changes.c.seq.desc())
)  # fmt: skip
