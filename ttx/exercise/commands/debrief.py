"""Hot wash, gap wall and table summaries: what a table says of its day."""

from ttx.exercise.commands.grounds import Refused, each_known, last_day, own_table
from ttx.exercise.debrief import (
    DraftGap as OnTheWall,
)
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
    SummaryApproved,
    SummaryRemarked,
    SummaryWritten,
)
from ttx.exercise.entries import Entry, TimerStopped
from ttx.exercise.rights import Action, Reach, Seat, reach
from ttx.exercise.roundtable import (
    ApproveSummary,
    DraftGap,
    MergeGaps,
    NoteHotWash,
    RankGaps,
    RemarkSummary,
    RewordGap,
    Summarise,
    TestGap,
)
from ttx.exercise.state import State
from ttx.scenario.worded import worded

MOST = 500
"""Draft gaps one exercise holds; a wall of more helps nobody."""


def open_hot_wash(state: State) -> Entry:
    """The tables look back on the day."""
    day = last_day(state, "open a hot wash")
    if state.debrief.washing == day:
        raise Refused(f"The hot wash of day {day} is already open.")
    return HotWashOpened(day=day)


def close_hot_wash(state: State) -> tuple[Entry, ...]:
    """They have looked back; the countdown that was set for it stops."""
    if state.debrief.washing is None:
        raise Refused("No hot wash is open, so there is none to close.")
    closed = HotWashClosed(day=state.debrief.washing)
    timed = state.timer is not None and state.timer.started > state.debrief.since
    return (closed, TimerStopped()) if timed else (closed,)


def note_hot_wash(state: State, seat: Seat, request: NoteHotWash) -> tuple[Entry, ...]:
    """A table names a strength, a gap or its one surprise; a gap goes on the wall.

    What was written without a network while the hot wash was open is still taken after it.
    """
    day = state.debrief.washed
    if day is None:
        raise Refused(worded("No hot wash is open. The lead facilitator opens it at the end of the day."))
    table = own_table(state, seat, Action.DEBRIEF, request.table)
    own = [one for one in state.debrief.notes.values() if one.day == day and one.table == table]
    if request.sense == "surprise" and any(one.sense == "surprise" for one in own):
        raise Refused(worded("Your table has named its one surprise: withdraw that before you name another."))
    noted = HotWashNoted(day=day, table=table, sense=request.sense, text=request.text)
    if request.sense != "gap":
        return (noted,)
    # The note is the next entry of the log.
    return (noted, _drafted(state, request.text, table, day, state.seq + 1))


def withdraw_hot_wash(state: State, seat: Seat, number: int) -> tuple[Entry, ...]:
    """A table takes back what it named, and the gap it put on the wall with it."""
    note = state.debrief.notes.get(number)
    if note is None:
        raise Refused(worded("There is no such note; it may have been withdrawn already."))
    own_table(state, seat, Action.DEBRIEF, note.table)
    gap = next((one for one in state.debrief.gaps.values() if one.note == number and one.into is None), None)
    withdrawn = HotWashWithdrawn(note=number)
    return (withdrawn, GapWithdrawn(gap=gap.name)) if gap is not None and not gap.merged else (withdrawn,)


def draft_gap(state: State, seat: Seat, request: DraftGap) -> Entry:
    """A draft gap on the wall."""
    whole = reach(seat, Action.DEBRIEF) is Reach.ALL and request.table is None
    table = None if whole else own_table(state, seat, Action.DEBRIEF, request.table)
    return _drafted(state, request.text, table, last_day(state, "draft a gap"), None)


def _drafted(state: State, text: str, table: str | None, day: int, note: int | None) -> Entry:
    if len(state.debrief.gaps) >= MOST:
        raise Refused(
            worded("The wall holds {most} gaps already: merge or withdraw some before you add another.", most=MOST)
        )
    return GapDrafted(gap=f"G{state.debrief.drafted + 1}", day=day, text=text, table=table, note=note)


def withdraw_gap(state: State, seat: Seat, name: str) -> Entry:
    """A draft gap leaves the wall: a facilitator's doing, or that of the only table that named it."""
    return GapWithdrawn(gap=_own_gap(state, seat, name, "take it off the wall").name)


def reword_gap(state: State, seat: Seat, request: RewordGap) -> Entry:
    """A draft gap reads differently: likewise."""
    gap = _own_gap(state, seat, request.gap, "change its words")
    if gap.text == request.text:
        raise Refused(worded("{gap} reads like this already.", gap=gap.name))
    return GapReworded(gap=gap.name, text=request.text)


def _own_gap(state: State, seat: Seat, name: str, what: str) -> OnTheWall:
    gap = _gap(state, name)
    if reach(seat, Action.DEBRIEF) is not Reach.ALL and gap.tables != (seat.table,):
        raise Refused(
            worded("{gap} is not your table's alone, so only a facilitator can {what}.", gap=gap.name, what=what)
        )
    return gap


def merge_gaps(state: State, request: MergeGaps) -> Entry:
    """Several draft gaps become the first of them."""
    names = tuple(dict.fromkeys(_gap(state, name).name for name in request.gaps))
    if len(names) < 2:
        raise Refused(worded("Name at least two different gaps to merge."))
    return GapsMerged(gap=names[0], gaps=names[1:], text=request.text)


def rank_gaps(state: State, seat: Seat, request: RankGaps) -> Entry:
    """A table's most pressing gaps."""
    table = own_table(state, seat, Action.DEBRIEF, request.table)
    names = tuple(_gap(state, name).name for name in request.gaps)
    if len(set(names)) != len(names):
        raise Refused(worded("A gap can have one rank only."))
    if names == state.debrief.ranked.get(table, ()):
        raise Refused(worded("Your table ranks the gaps like this already."))
    return GapsRanked(table=table, gaps=names)


def test_gap(state: State, seat: Seat, request: TestGap) -> Entry:
    """Whether a gap holds for a table."""
    table = own_table(state, seat, Action.DEBRIEF, request.table)
    gap = _gap(state, request.gap)
    return GapTested(gap=gap.name, table=table, verdict=request.verdict, text=request.text)


test_gap.__test__ = False  # type: ignore[attr-defined]  # no test case, whatever pytest thinks of its name


def _gap(state: State, name: str) -> OnTheWall:
    standing = state.debrief.stands_as(name)
    if standing is None:
        raise Refused(worded("There is no gap {gap} on the wall; it may have been taken off.", gap=name))
    return state.debrief.gaps[standing]


def summarise(state: State, seat: Seat, request: Summarise) -> Entry:
    """A new version of a table's summary."""
    table = own_table(state, seat, Action.SUMMARISE, request.table)
    day = _day(state, request.day)
    summary = state.debrief.summaries.get((day, table))
    if summary is not None and summary.text == request.text:
        raise Refused(worded("The summary reads like this already."))
    return SummaryWritten(day=day, table=table, text=request.text)


def remark_summary(state: State, seat: Seat, request: RemarkSummary) -> Entry:
    """A correction asked for by somebody of the table."""
    table = own_table(state, seat, Action.DEBRIEF, None)
    day = _day(state, request.day)
    if (day, table) not in state.debrief.summaries:
        raise Refused(worded("Your table has no summary of this day yet."))
    return SummaryRemarked(day=day, table=table, text=request.text, delegation=seat.delegation)


def approve_summary(state: State, request: ApproveSummary) -> Entry:
    """Plenary approved a summary as it reads now."""
    each_known("table", (request.table,), state.tables)
    summary = state.debrief.summaries.get((request.day, request.table))
    if summary is None or not summary.versions:
        raise Refused(f"{state.tables[request.table]} has no summary of day {request.day}.")
    if summary.versions[-1][0] != request.version:
        raise Refused("The summary was changed meanwhile: read it again before plenary approves it.")
    if summary.stands:
        raise Refused("This summary is approved already.")
    return SummaryApproved(day=request.day, table=request.table, version=request.version)


def _day(state: State, wanted: int | None) -> int:
    if wanted is None:
        return last_day(state, "summarise one")
    if wanted not in state.opened:
        raise Refused(worded("Day {day} has not been held.", day=wanted))
    return wanted
