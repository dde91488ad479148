"""Two people in one piece: what each of them made of what both began with, put together or shown side by side."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from ttx.scenario.changes import Change, Changed, Stale, Touched, change, merged, piece, revision
from ttx.scenario.drafting import HEAD
from ttx.scenario.files import ROSTERS
from ttx.scenario.merging import applied
from ttx.scenario.requests import (
    DeleteInject,
    DeleteSession,
    WriteDay,
    WriteHead,
    WriteInject,
    WriteRoster,
    WriteSession,
    WriteTranslation,
)
from ttx.store.history import Past

Writes = WriteInject | WriteDay | WriteSession | WriteHead | WriteRoster


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two people's versions differ; None where a version has no such field."""

    base: object
    theirs: object
    mine: object


class Conflict(Exception):
    """Somebody changed the same fields meanwhile. Nothing was recorded; both versions are here, and a sentence.

    `revision` is that of the piece as it stands now: sent as `base`, the next try is made upon it. It is None
    where the piece is gone. `by` wrote the other version `at` that time, if that is known.
    """

    def __init__(
        self,
        sentence: str,
        fields: Mapping[str, Difference],
        present: str | None,
        last: Past | None = None,
    ) -> None:
        self.fields, self.revision = fields, present
        self.by = last.author if last is not None else None
        self.at = last.at if last is not None else None
        super().__init__(sentence)


Earlier = Iterator[tuple[Past, Callable[[], Mapping[str, str]]]]
"""Changes from the last one back, and how the files are had as they were before each: that takes time."""


def settled(
    texts: Mapping[str, str], pictures: Collection[str], asked: Change, stale: Stale, earlier: Earlier
) -> Changed:
    """What follows from a request whose author saw an older version of the piece: his fields on top of what is there.

    Raises Conflict if somebody changed the same fields meanwhile, NotChanged if it cannot be done otherwise.
    """
    if isinstance(asked, WriteTranslation):
        return _translated(texts, pictures, asked, stale, earlier)
    if not isinstance(asked, Writes) or not isinstance(stale.piece, Mapping):
        present = revision(stale.piece) if stale.piece is not None else None
        raise Conflict(str(stale), {}, present, _last(asked, earlier))
    theirs: Mapping[str, object] = stale.piece
    base, by = _begun(asked, earlier)
    if base is None:
        differing = {
            field: Difference(None, theirs.get(field), value)
            for field, value in asked.fields.items()
            if theirs.get(field) != value
        }
        if differing:
            raise Conflict(_sentence(differing, by), differing, revision(theirs), by)
        return change(texts, pictures, asked.model_copy(update={"base": revision(theirs)}))
    mine = applied(base, asked.fields)
    both, fields = merged(base, theirs, mine)
    if fields:
        differing = {field: Difference(_at(base, field), _at(theirs, field), _at(mine, field)) for field in fields}
        raise Conflict(_sentence(differing, by), differing, revision(theirs), by)
    wanted = {field: both.get(field) for field in {*both, *theirs} if both.get(field) != theirs.get(field)}
    return change(texts, pictures, asked.model_copy(update={"base": revision(theirs), "fields": wanted}))


def _translated(
    texts: Mapping[str, str], pictures: Collection[str], asked: WriteTranslation, stale: Stale, earlier: Earlier
) -> Changed:
    """A translation is one text: two people's words for it are the same, or both are shown."""
    theirs = stale.piece.get("text") if isinstance(stale.piece, Mapping) else None
    present = revision(stale.piece)
    if theirs == asked.text:
        return change(texts, pictures, asked.model_copy(update={"base": present}))
    differing = {"text": Difference(None, theirs, asked.text)}
    by = _last(asked, earlier)
    raise Conflict(_sentence(differing, by), differing, present, by)


def _begun(asked: Writes, earlier: Earlier) -> tuple[Mapping[str, object] | None, Past | None]:
    """The version that the author began with, and who wrote the piece last since; None where it is not known."""
    by: Past | None = None
    for past, before in earlier:
        mine = [one for one in past.touched if _about(asked, one)]
        if not mine:
            continue
        by = by or past
        # An inject's or a session's history has it whole; only the others are looked for in the files.
        whole = isinstance(asked, WriteInject | WriteSession)
        found = [one.before for one in mine] if whole else [piece(before(), asked)]
        for there in found:
            if isinstance(there, Mapping) and revision(there) == asked.base:
                return there, by
    return None, by


def _last(asked: Change, earlier: Earlier) -> Past | None:
    """Who made the piece what it is."""
    return next((past for past, _ in earlier if any(_about(asked, one) for one in past.touched)), None)


def _about(asked: Change, one: Touched) -> bool:
    """Whether a piece is the one a request is about, or lies in it."""
    was = one.before.get("id") if isinstance(one.before, Mapping) else None
    match asked:
        case WriteInject(inject=ident) | DeleteInject(inject=ident):
            return one.location[:1] == ("injects",) and ident in (one.location[-1], was)
        case WriteSession(session=ident) | DeleteSession(session=ident):
            here = one.file == f"day-{asked.day}.yaml" and one.location[:1] == ("sessions",)
            return here and ident in (one.location[-1], was)
        case WriteDay():
            return one.file == f"day-{asked.day}.yaml" and one.location[:1] not in (("injects",), ("sessions",))
        case WriteHead():
            return one.file == HEAD
        case WriteRoster():
            return one.file in ROSTERS
        case WriteTranslation():
            return one.file == f"translations/{asked.language}.yaml" and one.location == (asked.address,)
    return False


def _at(version: object, way: str) -> object:
    """What stands there in a version, None if nothing; `questions.q1` is the question of that id."""
    for name in way.split("."):
        if isinstance(version, Mapping):
            version = version.get(name)
        else:
            items = version if isinstance(version, list) else []
            version = next((item for item in items if isinstance(item, Mapping) and item.get("id") == name), None)
    return version


def _sentence(fields: Collection[str], by: Past | None) -> str:
    who = (by.author.name or by.author.group if by is not None else None) or "Somebody else"
    named = ", ".join(fields)
    return f"{who} changed this too since you opened it: {named}. Compare both versions and choose; nothing is lost."
