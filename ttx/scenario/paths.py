"""Whether the injects of a day can be reached, follow each other and come to an end.

Every question is answered by walking the whole graph once; none asks for the descendants of each inject
(23 s for 10,000 of them).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from ttx.scenario.conditions import exclude
from ttx.scenario.findings import nearest
from ttx.scenario.graph import Graph, build, on_paths
from ttx.scenario.material import Location
from ttx.scenario.model import Inject, InjectKind, Scenario
from ttx.scenario.readings import Note, placed

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """The graph of a scenario and what follows from it.

    `order` has every inject that lies in no circle, each after all that lead to it; `given` the options that
    must have been chosen for an inject to be reached; `at` where it is written, `doubled` the ids that are
    given twice.
    """

    graph: Graph
    at: Mapping[str, Location]
    doubled: frozenset[str]
    circles: tuple[frozenset[str], ...]
    order: tuple[str, ...]
    reached: frozenset[str]
    given: Mapping[str, frozenset[Choice]]


def paths(scenario: Scenario) -> Paths:
    """The paths of a scenario; a step to an inject that is misspelt is followed as it was meant."""
    graph = build(_as_meant(scenario))
    at: dict[str, Location] = {}
    doubled = frozenset(
        inject.id for location, inject in placed(scenario) if at.setdefault(inject.id, location) != location
    )
    network = graph.network()
    circles = tuple(
        frozenset(knot)
        for knot in nx.strongly_connected_components(network)
        if len(knot) > 1 or network.has_edge(*[next(iter(knot))] * 2)
    )
    network.remove_nodes_from([name for knot in circles for name in knot])
    order = tuple(nx.topological_sort(network))
    return Paths(graph, at, doubled, circles, order, _reached(graph), _given(graph, order))


def _as_meant(scenario: Scenario) -> Scenario:
    """The scenario with steps to unknown injects led to the nearest later id, or nowhere if none is near."""
    everywhere = {inject.id for day in scenario.days for inject in day.injects}
    days = []
    for day in scenario.days:
        names = [inject.id for inject in on_paths(day)]
        known = frozenset(names)
        injects = []
        for inject in day.injects:
            targets = _targets(inject)
            if not known.issuperset(targets):
                place = names.index(inject.id) + 1 if inject.id in known else len(names)
                later = names[place : place + 50]
                meant = {
                    target: "?" if target in everywhere else nearest(target, later) or "?"
                    for target in targets
                    if target not in known
                }
                inject = _led(inject, meant)
            injects.append(inject)
        days.append(day.model_copy(update={"injects": tuple(injects)}))
    return scenario.model_copy(update={"days": tuple(days)})


def _targets(inject: Inject) -> tuple[str, ...]:
    if inject.branch is not None:
        return tuple(option.next for option in inject.branch.options.values())
    return inject.next or ()


def _led(inject: Inject, meant: Mapping[str, str]) -> Inject:
    """The inject with some of its targets exchanged."""
    if inject.branch is None:
        following = tuple(meant.get(target, target) for target in inject.next or ())
        return inject.model_copy(update={"next": following})
    options = {
        key: option.model_copy(update={"next": meant.get(option.next, option.next)})
        for key, option in inject.branch.options.items()
    }
    branch = inject.branch.model_copy(update={"options": options})
    return inject.model_copy(update={"branch": branch})


def _starts(graph: Graph) -> Iterator[str]:
    """Where a day may begin, and the reserve, which needs no path."""
    yield from graph.entries
    for day in graph.scenario.days:
        yield from (inject.id for inject in on_paths(day)[:1])
        yield from (inject.id for inject in day.injects if inject.reserve)


def _reached(graph: Graph) -> frozenset[str]:
    reached = set(_starts(graph))
    waiting = list(reached)
    while waiting:
        for step in graph.after[waiting.pop()]:
            if step.target not in reached:
                reached.add(step.target)
                waiting.append(step.target)
    return frozenset(reached)


def _given(graph: Graph, order: tuple[str, ...]) -> dict[str, frozenset[Choice]]:
    """For each inject the options that lie on every path to it."""
    given: dict[str, frozenset[Choice]] = {}
    for name in order:
        ways = []
        for step in graph.before[name]:
            way = given.get(step.source, frozenset())
            ways.append(way | {(step.source, step.option)} if step.option is not None else way)
        given[name] = frozenset.intersection(*ways) if ways else frozenset()
    return given


def opposed(graph: Graph, choices: frozenset[Choice]) -> tuple[str, str, str] | None:
    """A decision that would have to go two ways at once, with the two options; None if there is none.

    Where each table decides for itself, the story goes several ways at once.
    """
    chosen: dict[str, str] = {}
    for decision, option in sorted(choices):
        branch = graph.injects[decision].branch
        if chosen.setdefault(decision, option) != option and branch is not None and branch.by != "each_table":
            return decision, chosen[decision], option
    return None


def astray(found: Paths, torn: frozenset[int]) -> Iterator[Note]:
    """Circles, injects that nothing leads to, ends before the day's end. `torn` days have unread steps."""
    yield from _circles(found)
    for number, day in enumerate(found.graph.scenario.days):
        own = [
            inject
            for place, inject in enumerate(day.injects)
            if not inject.reserve and found.at[inject.id] == ("days", number, "injects", place)
        ]
        latest = max((inject.at for inject in own), default="")
        for inject in own:
            if inject.id not in found.reached:
                if number not in torn:
                    yield Note(
                        found.at[inject.id],
                        f"{inject.id} is never reached: nothing reached on day {day.day} leads to it; "
                        "name it in a next, or make it a contingency.",
                    )
            elif inject.next is None and not found.graph.after[inject.id]:
                if inject.branch is None and inject.at < latest:
                    yield Note(
                        (*found.at[inject.id], "next"),
                        f"{inject.id} leads nowhere, though day {day.day} goes on until {latest}; "
                        "name what follows in next, or write next: [] if the day may end here.",
                        sought=(*found.at[inject.id], "at"),
                    )
            elif inject.next is None and inject.branch is None:
                yield from _falls_through(found, inject)


def _way(names: Sequence[str]) -> str:
    """`D1-03, D1-05`; the middle of a very long way is left out."""
    return ", ".join(names if len(names) < 25 else [*names[:12], "...", *names[-12:]])


def _circles(found: Paths) -> Iterator[Note]:
    network = found.graph.network()
    rank = {name: number for number, name in enumerate(found.at)}
    for knot in found.circles:
        if not knot.isdisjoint(found.doubled):
            continue
        circle = [edge[0] for edge in nx.find_cycle(network.subgraph(knot))]
        first = circle.index(min(circle, key=rank.__getitem__))
        circle = circle[first:] + circle[:first]
        back = next(step for step in found.graph.after[circle[-1]] if step.target == circle[0])
        field = ("next",) if back.option is None else ("branch", "options", back.option, "next")
        way = _way([*circle, circle[0]])
        yield Note(
            (*found.at[circle[-1]], *field),
            f"The path goes round in a circle: {way}; let {circle[-1]} lead to a later inject.",
        )


def _falls_through(found: Paths, inject: Inject) -> Iterator[Note]:
    """A step that is there only for want of a `next`, and goes back in time or to another option's way."""
    (step,) = found.graph.after[inject.id]
    target = found.graph.injects[step.target]
    if target.at < inject.at:
        yield Note(
            (*found.at[inject.id], "next"),
            f"{inject.id} has no next and so leads to {target.id}, which is planned earlier, at {target.at}; "
            "write next: with the inject that follows, or next: [].",
            "warning",
            sought=(*found.at[target.id], "at"),
        )
        return
    chosen = dict(found.given.get(inject.id, ()))
    for other in found.graph.before[step.target]:
        adaptive = target.kind is InjectKind.ADAPTIVE
        if adaptive and other.option is not None and chosen.get(other.source, other.option) != other.option:
            yield Note(
                (*found.at[inject.id], "next"),
                f"{inject.id} has no next and so leads to {target.id}, which follows the other option of "
                f"{other.source}; write next: with the inject where the two ways meet.",
                "warning",
            )
            return


def needs(found: Paths) -> Iterator[Note]:
    """Needs that can never be met: the needed inject comes later, or lies on another branch."""
    graph = found.graph
    unmet: dict[str, set[str]] = {}
    for name, inject in graph.injects.items():
        choices = found.given.get(name, frozenset())
        for index, needed in enumerate(inject.needs):
            if needed not in graph.injects:
                continue
            place = (*found.at[name], "needs", index)
            if graph.day_of[needed] > graph.day_of[name]:
                yield Note(place, f"{name} needs {needed}, which only comes on day {graph.day_of[needed]}.")
                continue
            choices |= found.given.get(needed, frozenset())
            if (clash := opposed(graph, choices)) is not None:
                decision, one, other = clash
                yield Note(
                    place,
                    f"{name} needs {needed}, which can never be: they lie on different branches of "
                    f"{decision}, option {one} and option {other}.",
                )
                break
            unmet.setdefault(name, set()).add(needed)
    yield from _too_late(found, unmet)


def _too_late(found: Paths, unmet: dict[str, set[str]]) -> Iterator[Note]:
    """Needs among injects that wait for each other. `unmet` is used up."""
    graph = found.graph
    knotted = frozenset(name for knot in found.circles for name in knot)
    opened = {*_starts(graph), *knotted, *(graph.injects.keys() - found.reached)}
    waiting = [name for name in opened if not unmet.get(name)]
    out = set(waiting)
    while waiting:
        name = waiting.pop()
        for needing in graph.needed_by.get(name, ()):
            unmet.get(needing, set()).discard(name)
        opened.update(step.target for step in graph.after[name])
        following = (*(step.target for step in graph.after[name]), *graph.needed_by.get(name, ()))
        for other in following:
            if other in opened and other not in out and not unmet.get(other):
                out.add(other)
                waiting.append(other)
    if len(out) == len(graph.injects):
        return
    before: nx.DiGraph[str] = nx.DiGraph(graph.network())
    before.add_edges_from((needed, name) for name, missing in unmet.items() for needed in missing)
    knot_of = {name: number for number, knot in enumerate(nx.strongly_connected_components(before)) for name in knot}
    rank = {name: number for number, name in enumerate(found.at)}
    for name in sorted(opened - out, key=rank.__getitem__):
        for index, needed in enumerate(graph.injects[name].needs):
            if needed in unmet.get(name, ()) and knot_of[needed] == knot_of[name]:
                why = "itself" if needed == name else f"{needed}, which can only come after {name}"
                yield Note(
                    (*found.at[name], "needs", index),
                    f"{name} needs {why}; take it out, or change the order.",
                )


def lengths(found: Paths, day_number: int) -> dict[str, tuple[int, list[str]]]:
    """By session of the day at this place: the minutes of the longest path through its injects, and that path. The
    reserve is not counted, and of two versions of one event only the longer."""
    day = found.graph.scenario.days[day_number]
    own = {inject.id: inject for inject in on_paths(day)}
    longest: dict[str, int] = {}
    came_from: dict[str, str] = {}
    last: dict[str, str] = {}
    for name in found.order:
        inject = own.get(name)
        if inject is None or found.graph.day_of[name] != day.day:
            continue
        longest[name] = inject.minutes
        for source in _told_before(found.graph, name):
            before = own.get(source)
            if before is None or before.session != inject.session or source not in longest:
                continue
            if longest[source] + inject.minutes > longest[name]:
                longest[name] = longest[source] + inject.minutes
                came_from[name] = source
        if inject.session not in last or longest[name] > longest[last[inject.session]]:
            last[inject.session] = name
    ways = {}
    for session, name in last.items():
        way, end = [name], name
        while end in came_from:
            end = came_from[end]
            way.append(end)
        ways[session] = (longest[name], way[::-1])
    return ways


def too_long(found: Paths, day_number: int) -> Iterator[Note]:
    """Sessions too short for the longest path through their injects."""
    day = found.graph.scenario.days[day_number]
    place_of = {session.id: place for place, session in reversed(list(enumerate(day.sessions)))}
    for ident, (minutes, way) in lengths(found, day_number).items():
        if ident not in place_of or minutes <= day.sessions[place_of[ident]].minutes:
            continue
        session = day.sessions[place_of[ident]]
        yield Note(
            ("days", day_number, "sessions", place_of[ident], "minutes"),
            f"Session '{session.title}' has {session.minutes} minutes, its injects need {minutes} "
            f"on the path {_way(way)}; shorten one, or lengthen the session.",
        )


def _told_before(graph: Graph, name: str) -> Iterator[str]:
    """What may be told right before an inject. Of two that follow each other under opposite conditions one is passed
    by: so what led to the first may come right before the second, and the first right before what follows."""
    for step in graph.before[name]:
        earlier = [before.source for before in graph.before[step.source]]
        if _either_or(graph, step.source, name):
            yield from earlier
            continue
        yield step.source
        yield from (source for source in earlier if _either_or(graph, source, step.source))


def _either_or(graph: Graph, first: str, second: str) -> bool:
    """Whether at most one of two neighbours is told; a decision between them may change what conditions read."""
    one, other = graph.conditions.get(first), graph.conditions.get(second)
    if one is None or other is None or graph.injects[first].branch is not None:
        return False
    return exclude(one, other)
