"""Whom the developments are addressed to, session by session, and who sits through several with none of his own.

A session counts when an inject stands in it on some path. The reserve is not counted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from ttx.scenario.findings import listed
from ttx.scenario.graph import Graph
from ttx.scenario.model import Audience
from ttx.scenario.paths import Choice
from ttx.scenario.roster import ANSWERS, Roster
from ttx.scenario.story import Range, Story, spread

# A window of sessions a party; beyond this many (100 sessions of 200 parties) gaps are not looked for.
_MOST = 20_000


@dataclass(frozen=True, slots=True)
class Party:
    """A working group, delegation or table that developments can be addressed to."""

    kind: Literal["group", "delegation", "table"]
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session in which developments are told."""

    day: int
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Sessions in a row in which nothing is addressed to these, on every path or when these choices are made."""

    parties: tuple[Party, ...]
    sittings: tuple[Sitting, ...]
    when: tuple[Choice, ...]

    @property
    def sentence(self) -> str:
        """The gap as a director is told of it."""
        first, last = self.sittings[0], self.sittings[-1]
        days = f"day {first.day}" if first.day == last.day else f"days {first.day} to {last.day}"
        who = listed((party.name for party in self.parties), most=6)
        verb = "is" if len(self.parties) == 1 else "are"
        choices = ", when " + " and ".join(f"{decision} goes {option}" for decision, option in self.when)
        return (
            f"{who} {verb} addressed by nothing in {len(self.sittings)} sessions in a row"
            f"{choices if self.when else ''}: '{first.title}' to '{last.title}', {days}."
        )


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many developments reach each party in each session, at least and at most; and gaps of two sessions or more.

    Groups are always among the parties; delegations and tables are if there is a roster, and then gaps are theirs,
    else the groups'. `searched` is false when there were too many sessions and parties to look for gaps.
    """

    parties: tuple[Party, ...]
    sittings: tuple[Sitting, ...]
    reached: Mapping[tuple[Party, Sitting], Range]
    gaps: tuple[Gap, ...]
    searched: bool


def attendance(story: Story, roster: Roster | None = None) -> Attendance:
    """Who is addressed when, over all paths. Sessions follow one another over the days' ends too."""
    graph = story.graph
    sitting_of = _sittings(graph, story.possible)
    sittings = tuple(dict.fromkeys(sitting_of.values()))
    groups = tuple(Party("group", ident, ident) for ident in graph.scenario.groups)
    seated = _seated(roster) if roster is not None else ()
    parties = (*groups, *seated)
    addresses = _addressing(roster)
    reaches: dict[Audience, frozenset[Party]] = {}
    for name in sitting_of:
        to = graph.injects[name].to
        if to not in reaches:
            reaches[to] = frozenset(party for party in parties if addresses(to, party))
    weights = {
        name: {(party, sitting): 1 for party in reaches[graph.injects[name].to]} for name, sitting in sitting_of.items()
    }
    found = spread(story, weights)
    reached = {(party, sitting): found.get((party, sitting), Range(0, 0)) for party in parties for sitting in sittings}
    searched = len(parties) * len(sittings) <= _MOST
    gaps = _gaps(story, seated or groups, sittings, weights, reached) if searched else ()
    return Attendance(parties, sittings, reached, gaps, searched)


def _sittings(graph: Graph, told: frozenset[str]) -> dict[str, Sitting]:
    """The session of each inject that some path tells, in the order of days and their sessions."""
    found: dict[str, Sitting] = {}
    for day in graph.scenario.days:
        titles = {session.id: session.title for session in day.sessions}
        order = {ident: place for place, ident in enumerate(titles)}
        own = [inject for inject in day.injects if inject.id in told and graph.day_of[inject.id] == day.day]
        for inject in sorted(own, key=lambda inject: order.get(inject.session, len(order))):
            found.setdefault(inject.id, Sitting(day.day, inject.session, titles.get(inject.session, inject.session)))
    return found


def _seated(roster: Roster) -> tuple[Party, ...]:
    tables = {seat.table for seat in roster.seats if seat.role in ANSWERS}
    return (
        *(Party("delegation", ident, one.name) for ident, one in roster.delegations.items()),
        *(Party("table", ident, name) for ident, name in roster.tables.items() if ident in tables),
    )


def _addressing(roster: Roster | None) -> Callable[[Audience, Party], bool]:
    """Whether an audience takes a party in: for a table, whether anybody who answers there is addressed."""
    seats = [seat for seat in roster.seats if seat.role in ANSWERS] if roster is not None else []
    groups = {ident: frozenset(one.groups) for ident, one in roster.delegations.items()} if roster is not None else {}
    sitting: dict[tuple[str, str], list[tuple[str | None, str | None]]] = {}
    for seat in seats:
        if seat.delegation is not None:
            sitting.setdefault(("delegation", seat.delegation), []).append((seat.delegation, seat.table))
        if seat.table is not None:
            sitting.setdefault(("table", seat.table), []).append((seat.delegation, seat.table))

    def addresses(to: Audience, party: Party) -> bool:
        if party.kind == "group":
            return to.all or party.id in to.groups
        places = sitting.get((party.kind, party.id), [(party.id, None)] if party.kind == "delegation" else [])
        return any(to.reaches(one, table, groups.get(one or "", frozenset())) for one, table in places)

    return addresses


def _gaps(
    story: Story,
    parties: tuple[Party, ...],
    sittings: tuple[Sitting, ...],
    weights: Mapping[str, Mapping[tuple[Party, Sitting], int]],
    reached: Mapping[tuple[Party, Sitting], Range],
) -> tuple[Gap, ...]:
    """The longest runs of sessions in which one path addresses a party never: windows that grow while one does not."""
    place = {sitting: number for number, sitting in enumerate(sittings)}

    def silent(span: Range) -> bool:
        return (span.least if story.exact else span.most) == 0

    windows = {
        (party, at, at): reached[party, sitting]
        for party in parties
        for at, sitting in enumerate(sittings)
        if silent(reached[party, sitting])
    }
    longest: dict[tuple[Party, int, int], Range] = {}
    while windows:
        longer = {(party, first, last + 1) for party, first, last in windows if (party, first + 1, last + 1) in windows}
        measures: dict[str, dict[tuple[Party, int, int], int]] = {}
        by_party: dict[tuple[Party, int], list[tuple[Party, int, int]]] = {}
        for window in longer:
            for at in range(window[1], window[2] + 1):
                by_party.setdefault((window[0], at), []).append(window)
        for name, brought in weights.items():
            for party, sitting in brought:
                for window in by_party.get((party, place[sitting]), ()):
                    measures.setdefault(name, {})[window] = 1
        spans = spread(story, measures)
        grown = {window: span for window in longer if silent(span := spans.get(window, Range(0, 0)))}
        for party, first, last in windows:
            if not {(party, first, last + 1), (party, first - 1, last)} & grown.keys() and last > first:
                longest[party, first, last] = windows[party, first, last]
        windows = grown
    order = {party: rank for rank, party in enumerate(parties)}
    alike: dict[tuple[int, int, tuple[Choice, ...]], list[Party]] = {}
    for (party, first, last), span in sorted(longest.items(), key=lambda item: (item[0][1:], order[item[0][0]])):
        alike.setdefault((first, last, span.least_when), []).append(party)
    return tuple(Gap(tuple(who), sittings[first : last + 1], when) for (first, last, when), who in alike.items())
