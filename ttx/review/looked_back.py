"""What the tables said of their days, as parts of a report. What names a table stays out where tables have no names.

`plain` leaves names out of what was written.
"""

from collections.abc import Callable, Iterator

from ttx.exercise import lookback
from ttx.exercise.state import State
from ttx.review.parts import Part, spelt


class WashNoted(Part):
    """A strength, a gap or a surprise that a table named after a day."""

    day: int
    table: str | None
    sense: str
    text: str
    evidence: str | None = None


class DraftedGap(Part):
    """A draft gap on the wall, with what the tables made of it; `day` is the one it was drafted on."""

    gap: str
    text: str
    points: int
    holds: int
    partly: int
    fails: int
    tables: tuple[str, ...]
    evidence: str | None = None
    day: int | None = None


class Summed(Part):
    """A table's summary of a day, as plenary approved it."""

    day: int
    table: str | None
    text: str


def hot_wash(state: State, named: bool, plain: Callable[[str], str] = str) -> Iterator[WashNoted]:
    """The notes that stand; without names in an order that tells no table, that of their words."""
    notes = sorted(state.debrief.notes.values(), key=lambda note: note.seq)
    if not named:
        notes.sort(key=lambda note: (note.day, note.sense, note.text))
    for note in notes:
        yield WashNoted(
            day=note.day,
            table=_table(state, note.table, named),
            sense=note.sense,
            text=plain(note.text),
            evidence=spelt(note.seq),
        )


def gaps(state: State, named: bool, plain: Callable[[str], str] = str) -> Iterator[DraftedGap]:
    """The wall, the most pressing gap first."""
    for one in state.debrief.on_the_wall():
        sums = lookback.sums(state, one)
        yield DraftedGap(
            gap=one.name,
            text=plain(one.text),
            points=sums.points,
            holds=sums.holds,
            partly=sums.partly,
            fails=sums.fails,
            tables=sums.tables if named else (),
            evidence=spelt(one.seq),
            day=one.day,
        )


def summaries(
    state: State, named: bool, tables: frozenset[str] | None = None, plain: Callable[[str], str] = str
) -> Iterator[Summed]:
    """The approved summaries, of these tables or of all; without names in the order of their words."""
    standing = [
        Summed(day=day, table=_table(state, table, named), text=plain(one.text))
        for (day, table), one in sorted(state.debrief.summaries.items())
        if one.stands and (tables is None or table in tables)
    ]
    if not named:
        standing.sort(key=lambda one: (one.day, one.text))
    yield from standing


def _table(state: State, table: str, named: bool) -> str | None:
    return state.tables.get(table, table) if named else None
