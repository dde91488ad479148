"""Control and the room: messages, help, the hall's screen, seats, and the stop for a real emergency."""

from collections.abc import Mapping
from dataclasses import dataclass

from ttx.exercise import course
from ttx.exercise.commands.grounds import Refused, each_known, own_table
from ttx.exercise.entries import (
    EmergencyDeclared,
    EmergencyLifted,
    Entry,
    PlenaryShown,
    SeatMoved,
    TablesAllowed,
)
from ttx.exercise.hall import OF_AN_INJECT, inject_of
from ttx.exercise.requests import (
    MoveSeat,
    ShowInPlenary,
)
from ttx.exercise.rights import Action, Forbidden, Seat, covers
from ttx.exercise.roundtable import (
    Call,
    Tell,
)
from ttx.exercise.state import State, Status
from ttx.exercise.talk import HelpSettled, MessageSent
from ttx.scenario.graph import Graph
from ttx.scenario.worded import worded


@dataclass(frozen=True, slots=True)
class Sits:
    """What the store knows of a seat: its delegation, and at which tables that one's seats were at first, its own too.

    No client says this of a seat: a request names the seat, and the room looks it up.
    """

    delegation: str | None
    seats: Mapping[str, str | None]


def tell(state: State, seat: Seat, request: Tell) -> Entry:
    """A message or nudge to a table."""
    each_known("table", (request.table,), state.tables)
    table = own_table(state, seat, Action.TELL, request.table)
    return MessageSent(table=table, text=request.text, to_table=True, sense=request.sense)


def call(state: State, seat: Seat, request: Call) -> Entry:
    """A message to control from a table, or a call for help."""
    table = own_table(state, seat, Action.CALL, None)
    if request.sense == "help" and any(one.waits and one.seat == seat.id for one in state.talk.values()):
        raise Refused(worded("Control has your call for help already and will come to you."))
    return MessageSent(table=table, text=request.text, to_table=False, sense=request.sense, delegation=seat.delegation)


def settle_help(state: State, seat: Seat, number: int) -> Entry:
    """A call for help has been seen to."""
    message = state.talk.get(number)
    if message is None or message.sent.sense != "help":
        raise Refused("There is no such call for help.")
    if not covers(seat, Action.TELL, None, message.sent.table):
        raise Forbidden(seat.role, Action.TELL)
    if message.settled:
        raise Refused("This call for help has been seen to already.")
    return HelpSettled(message=number)


def show(graph: Graph, state: State, request: ShowInPlenary) -> Entry:
    """What the hall's screen shows. It never shows what was not released to all that may be seen there."""
    about = request.about
    if request.view in OF_AN_INJECT:
        name = inject_of(about) if request.view == "question" else about or ""
        inject, progress = course.find(graph, state, name), state.progress.get(name)
        if inject is None or progress is None or not state.released(inject.id):
            raise Refused("Name a development that is out: the hall cannot show another one.")
        if not inject.on_plenary or progress.everyone is None:
            raise Refused(f"{inject.id} is not for everybody, so the hall cannot show it.")
        if request.view == "question":
            asked = (about or "").partition(":")[2]
            if not inject.questions or (asked and inject.question(asked) is None):
                raise Refused(f"{inject.id} asks no such question, so the hall cannot show it.")
        if request.view == "vote" and inject.id not in state.ballots:
            raise Refused(f"There is no vote on {inject.id} to show.")
    elif request.view == "speaker":
        sessions = [one.id for day in graph.scenario.days if day.day == state.day for one in day.sessions]
        if about is None or about not in sessions:
            raise Refused("Name a session of the open day whose speakers the hall is to see.")
    elif about is not None and request.view != "recap":
        about = None
    if (state.stage.view, state.stage.about) == (request.view, about):
        raise Refused("The hall shows this already.")
    return PlenaryShown(view=request.view, about=about)


def stop(state: State, text: str) -> Entry:
    """Everything stops on every screen."""
    if state.status is Status.STOPPED:
        raise Refused("The exercise is stopped already.")
    return EmergencyDeclared(text=text)


def stand_down(state: State) -> Entry:
    """The emergency is over; the exercise still stands still."""
    if state.status is not Status.STOPPED:
        raise Refused("The exercise is not stopped for an emergency.")
    return EmergencyLifted()


def move_seat(state: State, request: MoveSeat, sits: Sits | None) -> Entry:
    """A seat sits at another table from now on, and its delegation where its seats are."""
    each_known("table", (request.table,), state.tables)
    if sits is None or request.seat not in sits.seats:
        raise Refused(f"There is no seat {request.seat} in this exercise, or it was revoked.")
    if state.table_of(request.seat, sits.seats[request.seat]) == request.table:
        raise Refused(f"This seat is at {state.tables[request.table]} already.")
    now = {seat: state.table_of(seat, table) for seat, table in sits.seats.items()} | {request.seat: request.table}
    tables = tuple(table for table in state.tables if table in now.values()) if sits.delegation is not None else ()
    return SeatMoved(moved=request.seat, table=request.table, delegation=sits.delegation, tables=tables)


def allow_tables(state: State, allowed: bool) -> Entry:
    """Whether table facilitators release by themselves."""
    if allowed == state.tables_may_release:
        may = "release to their own table already" if allowed else "do not release by themselves as it is"
        raise Refused(f"Table facilitators {may}, so there is nothing to change.")
    return TablesAllowed(allowed=allowed)
