"""The regions of looking back: which a page has, what each is drawn with, and which an entry touches."""

from collections.abc import Hashable, Iterator

from ttx.exercise import lookback, rights
from ttx.exercise.debrief import (
    GapDrafted,
    GapReworded,
    GapsMerged,
    GapsRanked,
    GapTested,
    GapWithdrawn,
    HotWashClosed,
    HotWashNoted,
    HotWashOpened,
    HotWashWithdrawn,
    Looked,
    SummaryApproved,
    SummaryRemarked,
    SummaryWritten,
)
from ttx.exercise.rights import Action, Seat
from ttx.exercise.state import State

KINDS = frozenset({"look-head", "wash", "gaps-head", "gap", "gaps-past", "summary"})


def of_a_table(state: State, seat: Seat) -> tuple[str, ...]:
    """What the tablets and the rapporteur of a table look back with; at no table the wall alone."""
    washes = tuple(f"wash:{name}" for name in lookback.tables(state, seat))
    return (*washes, "gaps-head", *_wall(state, seat), *_summaries(state, seat))


def of_control(state: State, seat: Seat) -> tuple[str, ...]:
    """What a console looks back with."""
    return ("look-head", *of_a_table(state, seat))


def _wall(state: State, seat: Seat) -> Iterator[str]:
    names = lookback.gaps(state, seat)
    today = [name for name in names if not lookback.is_past(state, state.debrief.gaps[name])]
    return iter((*(f"gap:{name}" for name in today), "gaps-past", *(f"gap:{name}" for name in names[len(today) :])))


def _summaries(state: State, seat: Seat) -> Iterator[str]:
    return (f"summary:{day}:{table}" for day, table in lookback.summaries(state, seat))


def may_be_gone(seat: Seat, region: str) -> bool:
    """Whether a page may be told that this region is gone: the wall is everybody's, a summary its table's."""
    match region.split(":", 2):
        case ["gap", _]:
            return rights.reach(seat, Action.DEBRIEF) is not None
        case ["summary", _, table]:
            return rights.covers(seat, Action.SUMMARISE, None, table)
        case _:
            return False


def shares(seat: Seat, region: str) -> Hashable:
    """What beside page and language a tablet's drawing of such a region depends on."""
    return seat.table if region.partition(":")[0] in ("gaps-head", "gap") else None


def context(state: State, seat: Seat, region: str) -> dict[str, object]:
    """What such a region is drawn with."""
    match region.split(":", 2):
        case ["look-head"]:
            return {"view": lookback.head(state, seat)}
        case ["wash", table]:
            return {"view": lookback.wash(state, seat, table)}
        case ["gaps-head"]:
            return {"view": lookback.wall_head(state, seat)}
        case ["gaps-past"]:
            return {"view": lookback.past(state)}
        case ["gap", name]:
            return {"view": lookback.gap(state, seat, name), "rounds": lookback.ROUNDS}
        case ["summary", day, table]:
            return {"view": lookback.summary(state, seat, int(day), table)}
        case _:
            raise LookupError(f"no region of looking back is called {region}")


def touched(before: State, after: State, entry: Looked) -> Iterator[str]:
    """The regions an entry touches."""
    match entry:
        case HotWashOpened() | HotWashClosed():
            yield from ("look-head", "closing", *(f"wash:{table}" for table in after.tables))
        case HotWashNoted(table=table):
            yield from ("look-head", f"wash:{table}")
        case HotWashWithdrawn(note=number):
            note = before.debrief.notes.get(number)
            yield from ("look-head", *([f"wash:{note.table}"] if note is not None else []))
        case GapDrafted() | GapWithdrawn() | GapsMerged() | GapReworded() | GapsRanked() | GapTested():
            yield from ("look-head", "gaps-head", "gaps-past", *_changed(before, after))
        case SummaryWritten(day=day, table=table) | SummaryRemarked(day=day, table=table):
            yield from ("look-head", f"summary:{day}:{table}")
        case SummaryApproved(day=day, table=table):
            yield from ("look-head", f"summary:{day}:{table}")


def everywhere(state: State) -> Iterator[str]:
    """Everything there is to look back on: what the day's opening and the exercise's end touch."""
    yield from ("look-head", "gaps-head", "gaps-past")
    yield from (f"wash:{table}" for table in state.tables)
    yield from (f"gap:{name}" for name in state.debrief.gaps)
    yield from (f"summary:{day}:{table}" for day in state.opened for table in state.tables)


def _changed(before: State, after: State) -> Iterator[str]:
    """The gaps that read, rank or count differently, those that came or went among them."""
    old, new = before.debrief, after.debrief
    had, has = old.points(), new.points()
    tables = {*old.ranked, *new.ranked}
    ranks = [(old.ranks(table), new.ranks(table)) for table in tables]
    for name in {**old.gaps, **new.gaps}:
        moved = any(_place(name, was) != _place(name, now) for was, now in ranks)
        if moved or had.get(name) != has.get(name) or old.gaps.get(name) is not new.gaps.get(name):
            yield f"gap:{name}"


def _place(name: str, ranks: tuple[str, ...]) -> int | None:
    return ranks.index(name) if name in ranks else None
