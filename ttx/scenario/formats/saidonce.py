"""Columns that are filled only where what they say changes, as people leave out what repeats."""

from ttx.scenario.formats.columns import filled
from ttx.scenario.formats.tables import Table

_MAY = ("session", "kind", "channel", "sender", "to", "both", "storyline")


def once(table: Table) -> frozenset[int]:
    """The places of columns whose empty cells mean what stands above.

    A column of sessions is such a one if it begins filled. Others are if two of them are empty in the same rows: one
    alone may well be empty where it says nothing.
    """
    layout = table.layout
    told = [row for row in table.rows if any(filled(row.cell(place)) for place in (*layout.places("text"),
                                                                                 *layout.places("title")))]  # fmt: skip
    if len(told) < 3:
        return frozenset()
    patterns: dict[tuple[bool, ...], list[int]] = {}
    for name in _MAY:
        for place in layout.places(name):
            pattern = tuple(filled(row.cell(place)) for row in told)
            if pattern[0] and 1 < sum(pattern) <= 0.7 * len(told):
                patterns.setdefault(pattern, []).append(place)
    alike = {place for places in patterns.values() if len(places) > 1 for place in places}
    return frozenset(
        alike | {place for place in layout.places("session") if any(place in one for one in patterns.values())}
    )
