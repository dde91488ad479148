"""Whose pages an exercise has: the audiences that somebody with the right may look at beside his own."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace

from ttx.exercise.rights import Action, Seat, covers
from ttx.exercise.sight import placed
from ttx.exercise.state import State
from ttx.pages.regions import Audience, Page
from ttx.pages.tongues import name_of
from ttx.scenario.roster import Role
from ttx.store import seats as kept
from ttx.store.database import Store
from ttx.store.seats import SeatListed
from ttx.web.labels import role_label

ORDER = (Page.PLENARY, Page.TABLET, Page.CONSOLE)
"""In which order pages are offered; the others follow."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An audience under its name, as it is now. `key` is a seat that has it, or `plenary`; it first sat at `table`."""

    key: str
    name: str
    audience: Audience
    table: str | None

    def then(self, state: State) -> Audience:
        """The audience as it was at a state: at the table that its seat had then."""
        return replace(self.audience, seat=replace(self.audience.seat, table=state.table_of(self.key, self.table)))


def hall(seat: Seat) -> Audience:
    """The audience of an exercise's hall screen, the same for all who open it."""
    return Audience(Page.PLENARY, Seat("", seat.exercise, Role.PROJECTOR, language=seat.language))


def audiences(listed: Iterable[SeatListed], state: State, seat: Seat) -> tuple[Choice, ...]:
    """Every audience of an exercise that shows something of its own, the hall's always among them.

    A delegation's tablet is its head's, once for each table and language it has a tablet at. Seats that were
    revoked meanwhile had their page until then.
    """
    first: dict[Hashable, Choice] = {"plenary": Choice("plenary", "", hall(seat), None)}
    for one in sorted(listed, key=lambda one: one.seat.role is not Role.HEAD):
        audience = Audience.of(placed(state, one.seat)) if one.name != kept.PROGRAM else None
        if audience is None or audience.page is Page.PLENARY:
            continue
        same = replace(audience.seat, role=Role.HEAD, submits=True) if audience.page is Page.TABLET else audience.seat
        first.setdefault((audience.page, same, one.seat.table), Choice(one.seat.id, "", audience, one.seat.table))
    found = [replace(one, name=_name(one.audience, first.values(), state)) for one in first.values()]
    order = {name: number for number, name in enumerate(state.delegations)}

    def place(choice: Choice) -> tuple[int, str, int]:
        page = choice.audience.page
        rank = ORDER.index(page) if page in ORDER else len(ORDER)
        return rank, page, order.get(choice.audience.seat.delegation or "", len(order))

    return tuple(sorted(found, key=place))


def watchable(store: Store, state: State, seat: Seat) -> tuple[Choice, ...]:
    """The delegations' tablets that this seat may look at while they are in use."""
    return tuple(
        one
        for one in audiences(kept.seats_of(store, seat.exercise), state, seat)
        if one.audience.page is Page.TABLET
        and covers(seat, Action.WATCH, one.audience.seat.delegation, one.audience.seat.table)
    )


def watched(store: Store, state: State, seat: Seat, key: str) -> Choice | None:
    """The tablet of this key, if this seat may look at it."""
    return next((one for one in watchable(store, state, seat) if one.key == key), None)


def _name(audience: Audience, found: Iterable[Choice], state: State) -> str:
    """What tells an audience from the others: its delegation or role; where that is not enough, table and language."""
    seat, others = audience.seat, [one.audience for one in found if one.audience.page is audience.page]
    alike = [one.seat for one in others if _who(one, state) == _who(audience, state)]
    parts = [_who(audience, state)]
    if seat.table is not None and (seat.delegation is None or len({other.table for other in alike}) > 1):
        parts.append(state.tables.get(seat.table, seat.table))
    if len({other.language for other in alike}) > 1:
        parts.append(name_of(seat.language))
    return ", ".join(parts)


def _who(audience: Audience, state: State) -> str:
    delegation = state.delegations.get(audience.seat.delegation or "")
    return delegation.name if delegation is not None else role_label(audience.seat.role)
