"""What runs through several days of a scenario: variables that decisions set and conditions read, and storylines."""

from collections.abc import Mapping
from dataclasses import dataclass

from ttx.scenario.coverage import way
from ttx.scenario.findings import listed
from ttx.scenario.graph import Graph, remembered
from ttx.scenario.paths import Choice
from ttx.scenario.phrasing import called, labels
from ttx.scenario.story import Range, Story, spread


@dataclass(frozen=True, slots=True)
class VariableUse:
    """Who sets a variable and who reads it. `sentence` says what is odd about it; `sure` if it must be a fault."""

    name: str
    set_by: tuple[Choice, ...]
    read_by: tuple[str, ...]
    sentence: str | None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class StorylineUse:
    """How many injects tell a storyline on each day, at least and at most; where it begins and ends.

    `sentence` says how it breaks off, if it does.
    """

    id: str
    name: str
    by_day: Mapping[int, Range]
    first: str | None
    last: str | None
    sentence: str | None


def variables(graph: Graph) -> tuple[VariableUse, ...]:
    """The scenario's variables. One that is set and never read changes nothing; one that is read and never set
    makes conditions that are always or never true, which is a fault."""
    setters: dict[str, list[Choice]] = {}
    for name, inject in graph.injects.items():
        for key, sets in remembered(inject).items():
            for variable in sets:
                setters.setdefault(variable, []).append((name, key))
    found, names = [], labels(graph.scenario)
    for name in graph.scenario.variables:
        set_by, read_by = tuple(setters.get(name, ())), graph.read_by.get(name, ())
        sentence = None
        if set_by and not read_by:
            who = listed(dict.fromkeys(decision for decision, _ in set_by))
            sentence = (
                f"The variable {called(name, names)} is set by {who} and read by no condition, so it changes nothing."
            )
        elif read_by and not set_by:
            sentence = f"The variable {called(name, names)} is read by {listed(read_by)} and set by no option."
        elif not set_by:
            sentence = f"The variable {called(name, names)} is neither set nor read."
        found.append(VariableUse(name, set_by, read_by, sentence, bool(read_by and not set_by)))
    return tuple(found)


def storylines(story: Story) -> tuple[StorylineUse, ...]:
    """The scenario's storylines, and which of them break off.

    A storyline ends where it is last told. It breaks off when that is two days or more before the scenario's last
    day, since whoever followed it is left without an end while the rest goes on (one silent day may be the closing
    one); and when only some paths tell its last day, so that on the others it stops before it is over.
    """
    graph = story.graph
    days = tuple(dict.fromkeys(day.day for day in graph.scenario.days))
    told: dict[str, list[str]] = {}
    weights: dict[str, dict[tuple[str, int], int]] = {}
    for name, inject in graph.injects.items():
        if inject.storyline is not None and name in story.possible:
            told.setdefault(inject.storyline, []).append(name)
            weights[name] = {(inject.storyline, graph.day_of[name]): 1}
    found = spread(story, weights)
    uses = []
    for ident, named in graph.scenario.storylines.items():
        by_day = {day: found.get((ident, day), Range(0, 0)) for day in days}
        own = told.get(ident, [])
        sentence = _broken_off(story, named.name, by_day, days, own)
        uses.append(
            StorylineUse(ident, named.name, by_day, own[0] if own else None, own[-1] if own else None, sentence)
        )
    return tuple(uses)


def _broken_off(
    story: Story, name: str, by_day: Mapping[int, Range], days: tuple[int, ...], own: list[str]
) -> str | None:
    if not own:
        return f"The storyline '{name}' is told by no inject."
    graph = story.graph
    at = max(days.index(graph.day_of[inject]) for inject in own)
    last = max((inject for inject in own if days.index(graph.day_of[inject]) == at), key=list(graph.injects).index)
    silent = len(days) - 1 - at
    if silent >= 2:
        return f"The storyline '{name}' breaks off with {last} on day {days[at]}, {silent} days before the end."
    span = by_day[days[at]]
    began_before = any(graph.day_of[inject] != days[at] for inject in own)
    if began_before and span.least == 0 and story.exact:
        return (
            f"The storyline '{name}' ends before day {days[at]} when {way(span.least_when)}; other paths tell it there."
        )
    return None
