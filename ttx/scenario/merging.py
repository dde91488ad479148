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
    """Both versions of a piece in one, and the fields in which they differ from each other and both from `base`.

    A field that only one side changed is taken from there. A field in conflict holds `theirs`. Questions are put
    together one by one and named `questions.q1`, objectives, groups and their like `objectives.O1`.
    """
    both: dict[str, object] = {}
    conflicts: list[str] = []
    for field in dict.fromkeys([*theirs, *mine, *base]):
        versions = [side.get(field, _NOTHING) for side in (base, theirs, mine)]
        value, ours = _settled(*versions)
        parts = [_parts(version) for version in versions]
        if ours and all(part is not None for part in parts):
            value, within = _one_by_one([part or {} for part in parts], isinstance(versions[1], dict))
            conflicts += (f"{field}.{ident}" for ident in within)
        elif ours:
            conflicts.append(field)
        if value is not _NOTHING:
            both[field] = value
    return both, tuple(conflicts)


def _settled(base: object, theirs: object, mine: object) -> tuple[object, bool]:
    """What two sides agree on or one alone has changed, and whether there is a conflict instead."""
    if _same(theirs, mine) or _same(base, mine):
        return theirs, False
    return (mine, False) if _same(base, theirs) else (theirs, True)


def _same(one: object, other: object) -> bool:
    if one is _NOTHING or other is _NOTHING:
        return one is other
    return exact(one) == exact(other)


def _parts(version: object) -> dict[str, object] | None:
    """The pieces that a field consists of, by their ids; None if it has none of its own."""
    if version is _NOTHING:
        return {}
    if isinstance(version, list):
        named: dict[str, object] = {
            item["id"]: item for item in version if isinstance(item, dict) and isinstance(item.get("id"), str)
        }
        return named if len(named) == len(version) else None
    if isinstance(version, dict) and all(isinstance(part, dict) for part in version.values()):
        return dict(version)
    return None


def _one_by_one(versions: list[dict[str, object]], keyed: bool) -> tuple[object, list[str]]:
    base, theirs, mine = versions
    both: dict[str, object] = {}
    conflicts = []
    # The order is that of the side which changed it; theirs, if both did.
    first, second = (mine, theirs) if list(theirs) == list(base) else (theirs, mine)
    for ident in dict.fromkeys([*first, *second]):
        value, ours = _settled(*(side.get(ident, _NOTHING) for side in versions))
        if ours:
            conflicts.append(ident)
        if value is not _NOTHING:
            both[ident] = value
    if not both:
        return _NOTHING, conflicts
    return (both if keyed else list(both.values())), conflicts
