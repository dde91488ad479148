"""Which injects, and which of their pictures, a seat may have on its screen. Every visibility decision is made here."""

from dataclasses import replace

from ttx.exercise import course, rights
from ttx.exercise.rights import Action, Reach, Seat
from ttx.exercise.state import State
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject
from ttx.scenario.roster import Role


def placed(state: State, seat: Seat) -> Seat:
    """A seat at the table it is at now: it may have moved since it was made."""
    return replace(seat, table=state.table_of(seat.id, seat.table))


def sees(state: State, seat: Seat, inject: Inject) -> bool:
    """Whether an inject that is, or was, out may be on this seat's screen."""
    progress = state.progress.get(inject.id)
    if progress is None or progress.first is None:
        return False
    if seat.role is Role.PROJECTOR:
        return in_hall(state, inject)
    far = rights.reach(seat, Action.FOLLOW)
    if far is Reach.ALL:
        return True
    return far is not None and _addressed(state, inject, seat) and progress.reached(seat.table) is not None


def in_hall(state: State, inject: Inject) -> bool:
    """Whether an inject that is, or was, out may be on the hall's screen: it is for it, and went to all it is for."""
    progress = state.progress.get(inject.id)
    return inject.on_plenary and progress is not None and progress.everyone is not None


def sees_unreleased(state: State, seat: Seat, inject: Inject) -> bool:
    """Whether the seat may see an inject whatever became of it: everything, or what reaches its own table."""
    match rights.reach(seat, Action.SEE_UNRELEASED):
        case Reach.ALL:
            return True
        case Reach.TABLE:
            return at_table(state, inject, seat.table)
        case _:
            return False


def reads_answers(state: State, seat: Seat, delegation: str) -> bool:
    """Whether the seat may read this delegation's answers with its name."""
    one = state.delegations.get(delegation)
    tables = one.tables if one is not None and one.tables else (None,)
    return any(rights.covers(seat, Action.READ_ANSWERS, delegation, table) for table in tables)


def _addressed(state: State, inject: Inject, seat: Seat) -> bool:
    if seat.delegation is None:
        return at_table(state, inject, seat.table)
    return inject.to.reaches(seat.delegation, seat.table, state.groups(seat.delegation))


def at_table(state: State, inject: Inject, table: str | None) -> bool:
    """Whether an inject is addressed to a delegation of this table."""
    return any(table in state.delegations[name].tables for name in addressed(state, inject))


def addressed(state: State, inject: Inject) -> tuple[str, ...]:
    """The delegations an inject is addressed to."""
    return tuple(
        name
        for name, one in state.delegations.items()
        if any(inject.to.reaches(name, table, frozenset(one.groups)) for table in one.tables or (None,))
    )


def receivers(state: State, inject: Inject) -> dict[str, tuple[str, ...]]:
    """The names of the delegations an inject is addressed to, by table; a table with none is left out."""
    found: dict[str, list[str]] = {}
    for name, one in state.delegations.items():
        for table in one.tables:
            if inject.to.reaches(name, table, frozenset(one.groups)):
                found.setdefault(table, []).append(one.name)
    return {table: tuple(names) for table, names in found.items()}


def asked(state: State, inject: Inject) -> tuple[str, ...]:
    """The delegations an inject reaches: those it is addressed to, once it is out those that have it."""
    progress = state.progress.get(inject.id)
    if progress is None or progress.first is None or progress.everyone is not None:
        return addressed(state, inject)
    return tuple(
        name
        for name in addressed(state, inject)
        if any(
            progress.reached(table) and inject.to.reaches(name, table, state.groups(name))
            for table in state.delegations[name].tables
        )
    )


def told(graph: Graph, state: State, seat: Seat, name: str) -> Inject | None:
    """The inject of this id if it is or was out and may be on this seat's screen."""
    inject = course.find(graph, state, name)
    return inject if inject is not None and sees(state, seat, inject) else None


def told_to(graph: Graph, state: State, seat: Seat) -> list[Inject]:
    """The injects that are or were out and may be on this seat's screen, in order of release."""
    injects = (told(graph, state, seat, name) for name in state.out)
    return [inject for inject in injects if inject is not None]


def shows_picture(graph: Graph, state: State, seat: Seat, name: str) -> bool:
    """Whether a picture of this name is on the seat's screen, or belongs to an inject it may see unreleased."""
    if any(state.released(inject.id) and _shows(inject, name) for inject in told_to(graph, state, seat)):
        return True
    return any(_shows(inject, name) and sees_unreleased(state, seat, inject) for inject in graph.injects.values())


def _shows(inject: Inject, name: str) -> bool:
    return inject.picture is not None and inject.picture.file == name
