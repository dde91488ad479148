"""What comments were made on: the text of an inject as it was then, which may be another by now, or gone."""

import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from ttx.scenario.likeness import alike
from ttx.store.comments import Comment
from ttx.store.database import Store
from ttx.store.history import MOST
from ttx.store.tables import draft_changes, stamp


def earlier(store: Store, draft: str, said: Sequence[Comment], present: Mapping[str, object]) -> dict[int, str]:
    """Of comments on one inject, those that were made while quite another text stood under its id than the `present`
    one: by number, the title it had. Looks through the last 2,000 changes at most. Raises NotRead."""
    if not said:
        return {}
    ident = said[0].inject
    rows = (
        select(draft_changes.c.at, draft_changes.c.pieces)
        .where(
            draft_changes.c.draft == draft,
            draft_changes.c.at > min(stamp(one.at) for one in said),
            draft_changes.c.pieces.contains(json.dumps(ident), autoescape=True),
        )
        .order_by(draft_changes.c.seq.desc())
        .limit(10 * MOST)
    )
    with store.read("The history of a scenario") as connection:
        past = [(row.at, before) for row in connection.execute(rows) for before in _before(row.pieces, ident)]
    found: dict[int, str] = {}
    for one in said:
        then = next((before for at, before in reversed(past) if at > stamp(one.at)), None)
        if then is not None and not alike(then, present):
            found[one.number] = str(then.get("title") or ident)
    return found


def orphans(said: Sequence[Comment], there: Collection[str]) -> dict[str, int]:
    """How many comments are on injects that are not `there`, settled ones too, by their ids."""
    counted: dict[str, int] = {}
    for one in said:
        if one.inject not in there:
            counted[one.inject] = counted.get(one.inject, 0) + 1
    return counted


def _before(pieces: str, ident: str) -> list[Mapping[str, object]]:
    """What a change found under this id; nothing, where it only moved it or brought it in."""
    return [
        before
        for _, location, _, _, before, after in json.loads(pieces)
        if location == ["injects", ident] and isinstance(before, dict) and before != after
    ]
