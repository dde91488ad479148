"""Who takes part in a rehearsal: as many delegations and tablets as were asked for, and who runs it. Pure."""

from collections.abc import Mapping
from math import ceil

from pydantic import BaseModel, ConfigDict, Field

from ttx.scenario.model import Inject, Scenario
from ttx.scenario.roster import ANSWERS, Role, Roster, RosterDelegation, RosterSeat

AT_A_TABLE = 3
"""Delegations at a table, where the roster has no tables."""
USUAL = 12
"""Delegations where neither the director nor a roster says how many."""

RUNS = (Role.LEAD_FACILITATOR, Role.DIRECTOR)
"""The roles that run an exercise, the likelier first."""


class Player(BaseModel):
    """A seat to be played, by its code."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    code: str
    role: Role
    delegation: str | None = None
    table: str | None = None


class Stage(BaseModel):
    """What simulated participants have to know: the exercise on the server, its scenario, the seats they take."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    exercise: str
    scenario: Scenario
    seats: tuple[Player, ...]
    groups: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """The working groups of each delegation."""

    def reached(self, inject: Inject) -> frozenset[str]:
        """The delegations with a tablet that this development reaches."""
        return frozenset(
            seat.delegation
            for seat in self.seats
            if seat.role in ANSWERS
            and seat.delegation is not None
            and inject.to.reaches(seat.delegation, seat.table, frozenset(self.groups.get(seat.delegation, ())))
        )

    @property
    def injects(self) -> Mapping[str, Inject]:
        """Every development of the scenario by id."""
        return {inject.id: inject for day in self.scenario.days for inject in day.injects}


def roster(scenario: Scenario, known: Roster | None, delegations: int | None, tablets: int) -> Roster:
    """A roster of so many delegations with so many tablets each, spread over tables, and a lead facilitator.

    The delegations and tables of the scenario's own roster come first; further ones are invented, and belong to the
    scenario's working groups in turn. The first tablet of a delegation is its head's.
    """
    taken = dict(known.delegations) if known is not None else {}
    wanted = delegations or len(taken) or USUAL
    groups = list(scenario.groups)
    for number in range(1, wanted + 1):
        if len(taken) >= wanted:
            break
        group = (groups[number % len(groups)],) if groups else ()
        taken.setdefault(f"delegation-{number}", RosterDelegation(name=f"Delegation {number}", groups=group))
    names = list(taken)[:wanted]
    own = dict(known.tables) if known is not None else {}
    tables = own or {f"T{n}": f"Table {n}" for n in range(1, ceil(wanted / AT_A_TABLE) + 1)}
    sits = {seat.delegation: seat.table for seat in reversed(known.seats if known is not None else ()) if seat.table}
    seats = [RosterSeat(role=Role.LEAD_FACILITATOR)]
    for number, name in enumerate(names):
        table = sits.get(name) or list(tables)[number % len(tables)]
        for tablet in range(tablets):
            seats.append(RosterSeat(role=Role.DELEGATE if tablet else Role.HEAD, delegation=name, table=table))
    return Roster(delegations={name: taken[name] for name in names}, tables=tables, seats=tuple(seats))
