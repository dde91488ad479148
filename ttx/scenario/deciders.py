"""Whether those who are to take a decision can: a vote with voters, tables whose stories part and meet again."""

from collections.abc import Iterator
from typing import NamedTuple

from ttx.scenario.findings import listed
from ttx.scenario.graph import Graph
from ttx.scenario.material import Location
from ttx.scenario.model import Audience, Branch, Inject
from ttx.scenario.paths import Paths
from ttx.scenario.readings import Note
from ttx.scenario.roster import ANSWERS, Roster


class Reached(NamedTuple):
    """The delegations and tables that can answer an inject."""

    delegations: frozenset[str]
    tables: frozenset[str]


def deciders(found: Paths, roster: Roster | None, torn: frozenset[int]) -> Iterator[Note]:
    """What keeps the deciders of each branch from deciding; `torn` are days whose order is not fully known."""
    for name, inject in found.graph.injects.items():
        branch = inject.branch
        if branch is None or name in found.doubled:
            continue
        place = (*found.at[name], "branch")
        yield from _rules(place, inject, branch)
        if branch.by != "facilitator":
            yield from _alone(place, inject, branch, roster)
        if branch.by == "each_table":
            yield from _settings(place, inject, branch)
            if found.at[name][1] not in torn:
                yield from _apart(found, place, inject, branch, roster)


def reached(to: Audience, roster: Roster) -> Reached:
    """Whom an audience reaches among those who answer."""
    there = [
        (seat.delegation, seat.table)
        for seat in roster.seats
        if seat.role in ANSWERS
        and to.reaches(
            seat.delegation,
            seat.table,
            frozenset(roster.delegations[seat.delegation].groups if seat.delegation else ()),
        )
    ]
    return Reached(
        frozenset(delegation for delegation, _ in there if delegation is not None),
        frozenset(table for _, table in there if table is not None),
    )


def _rules(place: Location, inject: Inject, branch: Branch) -> Iterator[Note]:
    """Rules of a vote where nobody votes."""
    if branch.by in ("delegations", "tables"):
        return
    decides = "the facilitator decides it" if branch.by == "facilitator" else "each table decides it for itself"
    for field, written in (
        ("hidden", branch.hidden),
        ("quorum", "quorum" in branch.model_fields_set),
        ("binding", branch.binding),
    ):
        if written:
            yield Note(
                (*place, field),
                f"{inject.id} is not voted on: {decides}, so '{field}' changes nothing; leave it out, or write "
                "by: delegations or by: tables.",
                "warning",
            )


def _alone(place: Location, inject: Inject, branch: Branch, roster: Roster | None) -> Iterator[Note]:
    """Votes and tables' decisions that only one could take."""
    to = inject.to
    what = "delegation" if branch.by == "delegations" else "table"
    if roster is not None:
        there = reached(to, roster)
        voters = sorted(there.delegations if what == "delegation" else there.tables)
        if not (there.delegations or there.tables):
            return  # That it reaches nobody is said of its audience.
    elif to.all or to.groups or (to.tables and to.delegations):
        return
    elif what == "table":
        if not to.tables:
            return
        voters = list(to.tables)
    else:
        if not to.delegations:
            return
        voters = list(to.delegations)
    if len(voters) > 1:
        return
    whom = f"only the {what} '{voters[0]}'" if voters else f"no {what}"
    does = "decided by each table" if branch.by == "each_table" else f"voted on by {branch.by}"
    yield Note(
        (*place, "by"),
        f"{inject.id} is {does} and reaches {whom}; widen its audience, or let others decide.",
        "warning",
    )


def _settings(place: Location, inject: Inject, branch: Branch) -> Iterator[Note]:
    """Variables that a table's own decision would set."""
    for key, option in branch.options.items():
        if option.set:
            yield Note(
                (*place, "options", key, "set"),
                f"Option {key} of {inject.id} sets {listed(option.set)}, but each table decides {inject.id} for itself "
                "and a variable is one for all, so nothing is set; leave set out.",
                "warning",
            )


def _apart(found: Paths, place: Location, inject: Inject, branch: Branch, roster: Roster | None) -> Iterator[Note]:
    """Arms that never meet again, or leave out somebody who may choose them."""
    graph = found.graph
    targets = [option.next for option in branch.options.values()]
    if any(target not in graph.injects for target in targets):
        return  # That is said of the option.
    if not _meet(graph, targets):
        yield Note(
            (*place, "options"),
            f"Tables that decide {inject.id} differently never meet again: no inject follows every option; lead the "
            "arms to a common one with next.",
            "warning",
        )
    for key, option in branch.options.items():
        arm = graph.injects[option.next]
        missing = _left_out(inject.to, arm.to, roster)
        if missing is not None and arm.id not in found.doubled:
            yield Note(
                (*found.at[arm.id], "to"),
                f"{arm.id} is option {key} of {inject.id}, which each table decides for itself, and does not reach "
                f"{missing}: who chooses it there is told nothing; let it go to those that {inject.id} goes to.",
                "warning",
            )


def _meet(graph: Graph, targets: list[str]) -> bool:
    """Whether some inject follows all of these."""
    seen = [{target} for target in targets]
    ahead = [[target] for target in targets]
    while any(ahead):
        for known, waiting in zip(seen, ahead, strict=True):
            following = [step.target for name in waiting for step in graph.after[name]]
            waiting[:] = [name for name in dict.fromkeys(following) if name not in known]
            known.update(waiting)
    return bool(set.intersection(*seen))


def _left_out(deciding: Audience, told: Audience, roster: Roster | None) -> str | None:
    """Those of a decision's audience that another one does not reach; None if there are none."""
    if told.all:
        return None
    if roster is not None:
        missing = reached(deciding, roster).tables - reached(told, roster).tables
        return listed(f"table '{table}'" for table in sorted(missing)) if missing else None
    if deciding.all:
        return "all tables"
    pairs = (
        (deciding.groups, told.groups),
        (deciding.tables, told.tables),
        (deciding.delegations, told.delegations),
    )
    lost = [one for named, kept in pairs for one in named if one not in kept]
    return listed(f"'{one}'" for one in lost) if lost else None
