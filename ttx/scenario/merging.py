"""Two people's versions of one piece: how a version is known, and how both are put together field by field."""

import hashlib
import json
from collections.abc import Mapping

from ttx.scenario.material import exact

Piece = Mapping[str, object]

_NOTHING = object()


def revision(piece: object) -> str:
    """12 hex digits that stand for this piece's content: a digest of its canonical JSON."""
    canonical = json.dumps(piece, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def own(day: Piece) -> dict[str, object]:
    """A day's own fields, without its sessions and injects."""
    return {name: value for name, value in day.items() if name not in ("sessions", "injects")}


def applied(piece: Piece, fields: Piece) -> dict[str, object]:
    """The piece with these fields set, and without those that are None."""
    return {name: value for name, value in {**piece, **fields}.items() if value is not None or name not in fields}


def merged(base: Piece, theirs: Piece, mine: Piece) -> tuple[dict[str, object], tuple[str, ...]]:
    """Both versions of a piece in one, and the ways to what both changed since `base` and made different.

    What only one side changed is taken from there, as deep as a piece consists of named parts: a field, a question by
    its id, an option's label by `branch.options.A.label`. What is in conflict holds `theirs`.
    """
    conflicts: list[str] = []
    both: dict[str, object] = {}
    for field in dict.fromkeys([*theirs, *mine, *base]):
        value = _together([side.get(field, _NOTHING) for side in (base, theirs, mine)], field, conflicts)
        if value is not _NOTHING:
            both[field] = value
    return both, tuple(conflicts)


# A picture's words tell what its file shows, and an audience is one decision: neither is put together of two.
_WHOLE = frozenset({"picture", "to"})


def _together(versions: list[object], way: str, conflicts: list[str]) -> object:
    """What two sides agree on, one alone has changed, or both changed in different parts; notes what is in conflict."""
    base, theirs, mine = versions
    if _same(theirs, mine) or _same(base, mine):
        return theirs
    if _same(base, theirs):
        return mine
    parts = [_parts(version) for version in versions]
    if way in _WHOLE or not _alike(versions) or any(part is None for part in parts):
        conflicts.append(way)
        return theirs
    began, other, own = [part or {} for part in parts]
    # The order is that of the side which changed it; theirs, if both did.
    first, second = (own, other) if list(other) == list(began) else (other, own)
    both: dict[str, object] = {}
    for name in dict.fromkeys([*first, *second]):
        value = _together([side.get(name, _NOTHING) for side in (began, other, own)], f"{way}.{name}", conflicts)
        if value is not _NOTHING:
            both[name] = value
    if not both:
        return _NOTHING
    return list(both.values()) if isinstance(theirs, list) or isinstance(mine, list) else both


def _alike(versions: list[object]) -> bool:
    """Whether the versions can be taken apart: lists, of which an empty one is none, or one thing that all three have.

    What both added under one id is two things, and what one took away is gone: neither is put together in parts.
    """
    there = [type(version) for version in versions if version is not _NOTHING]
    return len(set(there)) == 1 and (there[0] is list or len(there) == 3)


def _same(one: object, other: object) -> bool:
    if one is _NOTHING or other is _NOTHING:
        return one is other
    return exact(one) == exact(other)


def _parts(version: object) -> dict[str, object] | None:
    """What a version consists of, by name or id; None if it is one whole."""
    if version is _NOTHING:
        return {}
    if isinstance(version, list):
        named: dict[str, object] = {
            item["id"]: item for item in version if isinstance(item, dict) and isinstance(item.get("id"), str)
        }
        return named if len(named) == len(version) else None
    return dict(version) if isinstance(version, dict) else None
