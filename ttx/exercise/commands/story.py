"""How the story goes on: days, releases, decisions, and what waits for its time."""

from ttx.exercise import course
from ttx.exercise.commands.grounds import Overtaken, Refused, each_known, in_words, running_day
from ttx.exercise.course import Standing
from ttx.exercise.debrief import HotWashClosed
from ttx.exercise.entries import (
    BranchChosen,
    DayOpened,
    Entry,
    InjectHeld,
    InjectRecalled,
    InjectReleased,
    InjectReworded,
    InjectSkipped,
    PlenaryShown,
    SessionStarted,
)
from ttx.exercise.hall import OF_AN_INJECT, inject_of
from ttx.exercise.requests import Reword
from ttx.exercise.rights import Action, Reach, Seat, reach
from ttx.exercise.sight import addressed
from ttx.exercise.state import State
from ttx.scenario.graph import Graph, remembered
from ttx.scenario.model import Inject


def open_day(graph: Graph, state: State, wanted: int | None) -> tuple[Entry, ...]:
    """A day begins: the tables no longer look back on another, and the hall no longer shows what belonged to one."""
    if state.day is not None:
        raise Refused(f"Day {state.day} is open: close it before you open another.")
    unopened = [day.day for day in graph.scenario.days if day.day not in state.opened]
    if wanted is None:
        if not unopened:
            raise Refused("Every day of the scenario has been held: end the exercise, or name a day to reopen.")
        wanted = unopened[0]
    if graph.scenario.day(wanted) is None:
        days = ", ".join(str(day.day) for day in graph.scenario.days)
        raise Refused(f"The scenario has no day {wanted}; its days are {days}.")
    looking = state.debrief.washing
    over = (HotWashClosed(day=looking),) if looking is not None and looking != wanted else ()
    return (*over, DayOpened(day=wanted), *_cleared(graph, state, wanted))


AD_HOC = "adhoc"
"""The session of what was written on the spot."""

_OF_A_DAY = (*OF_AN_INJECT, "speaker", "gaps", "summary")


def _cleared(graph: Graph, state: State, day: int) -> tuple[Entry, ...]:
    """The hall goes back to the story where it shows something of a former day, which nobody chose for this one."""
    if state.stage.view not in _OF_A_DAY or day in state.opened:
        return ()
    about = inject_of(state.stage.about)
    return () if course.day_of(graph, state, about) == day else (PlenaryShown(view="story"),)


def release(graph: Graph, state: State, seat: Seat, inject: Inject, tables: tuple[str, ...] = ()) -> tuple[Entry, ...]:
    """A release to everybody an inject is addressed to, or to some tables first; a table facilitator's to his own."""
    running_day(state, f"release {inject.id}")
    return out(state, inject, _receivers(graph, state, inject, _asked_for(state, seat, tables)))


def out(state: State, inject: Inject, tables: tuple[str, ...] = ()) -> tuple[Entry, ...]:
    """An inject goes out, and the hall goes on to it from what belongs to another or to a day that was held.

    An open vote stays, and so does what was chosen for a while, such as the agenda; speakers as long as they are on.
    """
    released = InjectReleased(inject=inject.id, tables=tables)
    voted = state.ballots.get(inject_of(state.stage.about)) if state.stage.view == "vote" else None
    goes_on = state.stage.view in (*OF_AN_INJECT, "recap") and (voted is None or not voted.open)
    goes_on = goes_on and inject.on_plenary and not tables
    over = inject.session != AD_HOC and _speakers_end(state, inject.session)
    return (released, PlenaryShown(view="story")) if goes_on or over else (released,)


def _speakers_end(state: State, session: str) -> bool:
    """Whether the hall shows the speakers of the session that is on, which is over where this one begins."""
    on = state.session.what if state.session is not None else None
    return state.stage.view == "speaker" and state.stage.about == on and on != session


def _asked_for(state: State, seat: Seat, tables: tuple[str, ...]) -> tuple[str, ...]:
    """The tables a seat may release to, of those it named."""
    if reach(seat, Action.RELEASE) is Reach.ALL:
        return tables
    if not state.tables_may_release:
        raise Refused("Tables do not release by themselves in this exercise. Ask the lead facilitator to allow it.")
    if seat.table is None or seat.table not in state.tables or not set(tables) <= {seat.table}:
        raise Refused("You may release to your own table only.")
    return (seat.table,)


def receivers_due(graph: Graph, state: State, inject: Inject, tables: tuple[str, ...]) -> tuple[str, ...]:
    """The tables that a release planned earlier would go to now, none for everybody. Refuses as a release does."""
    return _receivers(graph, state, inject, tables)


def _receivers(graph: Graph, state: State, inject: Inject, tables: tuple[str, ...]) -> tuple[str, ...]:
    """The tables a release goes to, none for everybody; refuses where it cannot be made."""
    each_known("table", tables, state.tables)
    stand, progress = course.stand(graph, state, inject.id), state.progress.get(inject.id)
    where = course.tables_on_the_way(graph, state, inject.id)
    if stand.standing is Standing.RELEASED and progress is not None:
        rest = [table for table in where or state.tables if progress.reached(table) is None]
        if not rest or (tables and not set(tables) & set(rest)):
            raise Overtaken(f"{inject.id} is already released", progress.at, progress.seat)
        return tuple(table for table in rest if table in tables) if tables else tuple(rest) if where else ()
    if stand.standing is Standing.SKIPPED:
        raise Refused(f"{inject.id} was skipped: recall the skip before you release it.")
    if tables and progress is not None and progress.everyone is not None:
        raise Refused(f"{inject.id} had reached everybody before it was taken back: release it to all, not to some.")
    if not stand.releasable:
        raise Refused(f"{inject.id} is not yet reachable: {stand.why}.")
    there = {table for name in addressed(state, inject) for table in state.delegations[name].tables}
    if tables and not set(tables) & there:
        raise Refused(f"{inject.id} is addressed to nobody at {', '.join(state.tables[table] for table in tables)}.")
    return tables or where


def hold(graph: Graph, state: State, inject: Inject) -> Entry:
    running_day(state, f"hold {inject.id}")
    stand = course.stand(graph, state, inject.id)
    if stand.standing is not Standing.AVAILABLE:
        why = stand.why or f"it is {in_words(stand.standing)}"
        raise Refused(f"{inject.id} cannot be held: {why}.")
    return InjectHeld(inject=inject.id)


def skip(graph: Graph, state: State, inject: Inject) -> tuple[Entry, ...]:
    running_day(state, f"skip {inject.id}")
    stand = course.stand(graph, state, inject.id)
    if not stand.releasable:
        why = stand.why or f"it is {in_words(stand.standing)}"
        raise Refused(f"{inject.id} cannot be skipped: {why}.")
    if inject.branch is None:
        return (InjectSkipped(inject=inject.id),)
    default = inject.branch.default
    if default is None:
        raise Refused(f"{inject.id} cannot be skipped: it is a decision without a default option.")
    taken = BranchChosen(inject=inject.id, option=default, set=remembered(inject)[default], by_default=True)
    return (InjectSkipped(inject=inject.id), taken)


def recall(graph: Graph, state: State, inject: Inject) -> Entry:
    running_day(state, f"recall {inject.id}")
    progress = state.progress.get(inject.id)
    if progress is None or progress.standing == "recalled":
        raise Refused(f"{inject.id} cannot be recalled: it has not been released, held or skipped.")
    no_consequence_out(graph, state, inject, "recall")
    return InjectRecalled(inject=inject.id)


def choose(graph: Graph, state: State, inject: Inject, option: str) -> Entry:
    running_day(state, f"decide {inject.id}")
    if inject.branch is None:
        raise Refused(f"{inject.id} is no decision, so there is nothing to choose.")
    if option not in inject.branch.options:
        options = ", ".join(inject.branch.options)
        raise Refused(f"{inject.id} has no option {option}; its options are {options}.")
    if not state.released(inject.id):
        raise Refused(f"{inject.id} cannot be decided: it has not been released.")
    taken = state.decisions.get(inject.id)
    if taken is not None:
        if taken.option == option:
            raise Overtaken(f"{inject.id} has already been decided {option}", taken.at, taken.seat)
        no_consequence_out(graph, state, inject, "decide anew")
    return BranchChosen(inject=inject.id, option=option, set=remembered(inject)[option])


def no_consequence_out(graph: Graph, state: State, inject: Inject, verb: str) -> None:
    """A decision stands while what followed from it is out."""
    decision = state.decisions.get(inject.id)
    for step in graph.after.get(inject.id, ()):
        if decision is not None and step.option == decision.option and state.released(step.target):
            raise Refused(
                f"You cannot {verb} {inject.id}: it was decided {decision.option} and {step.target} is out. "
                f"Recall {step.target} first."
            )


def reword(graph: Graph, state: State, inject: Inject, request: Reword) -> Entry:
    """Other words for an inject that is not out."""
    if inject.id in state.out and state.released(inject.id):
        raise Refused(f"{inject.id} is out: take it back before you change its words.")
    wanted = request.model_dump(include={"title", "text", "sender"}, exclude_none=True)
    changed = {name: words for name, words in wanted.items() if words != getattr(inject, name)}
    for name, said in (("labels", request.labels), ("people", request.people)):
        differs = {number: words for number, words in (said or {}).items() if words != _mapped(inject, name, number)}
        if differs:
            changed[name] = differs
    if not changed:
        raise Refused(f"{inject.id} reads like this already, so there is nothing to change.")
    return InjectReworded(inject=inject.id, **changed)


def _mapped(inject: Inject, name: str, number: int) -> object:
    """What a step of an inject says on the map now; refuses where it says nothing of that sort."""
    step = inject.map[number - 1] if 0 < number <= len(inject.map) else None
    now = getattr(step, "label" if name == "labels" else "people", None)
    if now in (None, ""):
        what = "words" if name == "labels" else "number of people"
        raise Refused(f"Step {number} of {inject.id} puts no {what} on the map, so there is nothing to change there.")
    return now


def start_session(graph: Graph, state: State, session: str) -> tuple[Entry, ...]:
    """A session of the open day begins; the speakers of the one before leave the hall."""
    number = running_day(state, "start a session")
    day = graph.scenario.day(number)
    each_known("session", (session,), [one.id for one in day.sessions] if day is not None else [])
    if state.session is not None and state.session.what == session:
        raise Overtaken(f"Session {session} has already begun", state.session.at, state.session.seat)
    started = SessionStarted(day=number, session=session)
    return (started, PlenaryShown(view="story")) if _speakers_end(state, session) else (started,)
