"""The regions of the room: tables, messages, calls for help, the connection check, the stop for a real emergency."""

from dataclasses import dataclass

from ttx.exercise import tables, views
from ttx.exercise.rights import Action, Reach, Seat, reach
from ttx.exercise.state import Begun, State, Status
from ttx.pages.around import ABSENT, Around, Echo
from ttx.scenario.graph import Graph
from ttx.scenario.roster import Role

KINDS = frozenset({"table", "tables-head", "calls", "comms", "comms-test", "thread", "nudge", "stop"})
"""The kinds of region that are told here."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a connection check found at one place: how fast each device answered, and how many have not.

    `silent` are connected and did not answer, `gone` lost their connection before they did.
    """

    who: str
    role: Role | None
    table: str
    ms: tuple[int, ...]
    late: int
    silent: int
    gone: int

    @property
    def devices(self) -> int:
        """How many devices the check knows of here."""
        return len(self.ms) + self.late + self.silent + self.gone

    @property
    def well(self) -> bool:
        """Whether there are devices and all have answered."""
        return bool(self.ms or self.late) and not self.silent and not self.gone


def of_console(state: State, seat: Seat) -> tuple[str, ...]:
    """The room's regions on a facilitator's page."""
    threads = (f"thread:{name}" for name in tables.threads(state, seat))
    return ("stop", "comms", "calls", "tables-head", *(f"table:{one}" for one in tables.tables(state, seat)), *threads)


def of_tablet(state: State, seat: Seat) -> tuple[str, ...]:
    """The room's regions on the page of somebody at a table. Nothing floats over what an evaluator writes."""
    own = tables.own_thread(state, seat)
    kinds = () if own is None else ("thread",) if seat.role is Role.EVALUATOR else ("nudge", "thread")
    return ("stop", "comms-test", *(f"{kind}:{own}" for kind in kinds))


def context(
    graph: Graph, state: State, around: Around, seat: Seat, focus: str | None, region: str
) -> dict[str, object]:
    """What a region of the room is drawn with."""
    may_run = reach(seat, Action.RUN) is not None
    match region.split(":"):
        case ["table", name]:
            shown = views.wall_inject(graph, state, seat, focus)
            present = {place[0]: one for place, one in around.present.items() if place[1] == name}
            return {"view": tables.table(state, seat, name, shown), "present": present, "absent": ABSENT}
        case ["tables-head"]:
            return {"may_run": may_run, "may_move": reach(seat, Action.MOVE_SEAT) is not None}
        case ["calls"]:
            return {"view": tables.calls(state, seat)}
        case ["thread", name]:
            return {"view": tables.thread(state, name)}
        case ["nudge", name]:
            return {"view": tables.nudge(state, name)}
        case ["comms-test"]:
            return {"check": state.comms}
        case ["comms"]:
            heard = echoed(state, around, seat)
            # What came back is each server's own knowledge; one that was started since has none.
            kept = state.comms is not None and around.check == state.comms.seq
            return {
                "check": _check(state),
                "heard": heard if kept else (),
                "kept": kept,
                "offered": state.comms is None and not state.opened and may_run,
                "may_run": may_run,
            }
        case ["stop"]:
            return {"view": tables.stop(state, seat)}
        case _:
            raise LookupError(f"no region of the room is called {region}")


def _check(state: State) -> Begun | None:
    """The last connection check, unless a day was opened or closed since, or all is over."""
    check = state.comms
    if check is None or state.status is Status.ENDED:
        return None
    turns = (*state.opened.values(), *state.closed.values())
    return check if all(turn <= check.at for turn in turns) else None


def echoed(state: State, around: Around, seat: Seat) -> tuple[Heard, ...]:
    """What the last connection check found, table by table, as far as the seat's room reaches."""
    own = reach(seat, Action.READ_TALK) is Reach.TABLE
    there = [one for one in around.echoes if not own or one.place[1] == seat.table]
    found = []
    for table, label in state.tables.items():
        if own and table != seat.table:
            continue
        for key, one in state.delegations.items():
            if table in one.tables:
                found.append(_heard(one.name, None, label, [echo for echo in there if echo.place == (key, table)]))
    others = sorted({(one.role, one.place[1] or "") for one in there if one.place[0] is None})
    for role, table in others:
        echoes = [one for one in there if one.place[0] is None and (one.role, one.place[1] or "") == (role, table)]
        found.append(_heard("", role, state.tables.get(table, ""), echoes))
    return tuple(found)


def _heard(who: str, role: Role | None, table: str, echoes: list[Echo]) -> Heard:
    unheard = [one for one in echoes if one.ms is None]
    return Heard(
        who,
        role,
        table,
        tuple(sorted(one.ms for one in echoes if one.ms is not None and not one.late)),
        sum(1 for one in echoes if one.late),
        sum(1 for one in unheard if one.there),
        sum(1 for one in unheard if not one.there),
    )
