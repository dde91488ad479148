"""Whether conditions can be read and can ever be true or false, by the values variables may have by then."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from ttx.scenario.conditions import Condition, Unreadable, parse
from ttx.scenario.findings import listed, nearest
from ttx.scenario.graph import Graph, remembered
from ttx.scenario.model import Inject, Scenario, Value
from ttx.scenario.paths import Choice, Paths
from ttx.scenario.phrasing import called, labels, phrase, spelt
from ttx.scenario.readings import Note

_TRIES = 4096


def conditions(found: Paths, trusted: Callable[[str], bool]) -> Iterator[Note]:
    """What is wrong with each inject's `when`; `trusted` says whether all values of a variable are known."""
    scenario = found.graph.scenario
    yield from _unusable(scenario)
    settings = _settings(found.graph)
    later = _later(found, settings)
    for name, inject in found.graph.injects.items():
        if inject.when is None:
            continue
        place = (*found.at[name], "when")
        try:
            condition = parse(inject.when)
        except Unreadable as unreadable:
            yield Note(place, f"The condition of {name} cannot be read: {unreadable}.")
            continue
        strangers = condition.strangers(scenario.variables)
        for stranger in strangers:
            close = next((near for word in stranger.split() if (near := nearest(word, scenario.variables))), None)
            meant = f"did you mean '{close}'?" if close else f"there is {listed(scenario.variables) or 'none yet'}."
            yield Note(
                place,
                f"The condition of {name} reads no variable in '{stranger}'; {meant}",
                sought=("variables",),
            )
        if not strangers and all(map(trusted, condition.words & scenario.variables.keys())):
            yield from _never(found, inject, condition, settings, later)


def _unusable(scenario: Scenario) -> Iterator[Note]:
    for ident in scenario.variables:
        try:
            usable = parse(ident).words == {ident} and ident not in ("true", "false")
        except Unreadable:
            usable = False
        if not usable:
            yield Note(
                ("variables", ident),
                f"No condition can read the variable '{ident}'; name it with letters, digits and _ only.",
                "warning",
            )


@dataclass(frozen=True, slots=True, eq=False)
class _Settings:
    """Who sets which variable to what. Every setting has a number, and a whole number is a set of them.

    Sets of bits keep this linear: with a list of 3,000 settings, 1,700 conditions took 3.5 s.
    """

    values: Mapping[str, list[tuple[Value, int]]]
    by_decision: Mapping[str, int]
    by_option: Mapping[Choice, int]
    by_day: Mapping[int, int]


def _settings(graph: Graph) -> _Settings:
    values: dict[str, dict[tuple[type, Value], int]] = {}
    by_decision: dict[str, int] = {}
    by_option: dict[Choice, int] = {}
    by_day: dict[int, int] = {}
    bit = 1
    for name, inject in graph.injects.items():
        for key, sets in remembered(inject).items():
            for variable, value in sets.items():
                known = values.setdefault(variable, {})
                known[type(value), value] = known.get((type(value), value), 0) | bit
                by_decision[name] = by_decision.get(name, 0) | bit
                by_option[name, key] = by_option.get((name, key), 0) | bit
                by_day[graph.day_of[name]] = by_day.get(graph.day_of[name], 0) | bit
                bit <<= 1
    listed_values = {
        variable: [(value, bits) for (_, value), bits in known.items()] for variable, known in values.items()
    }
    return _Settings(listed_values, by_decision, by_option, by_day)


def _later(found: Paths, settings: _Settings) -> dict[str, int]:
    """For each inject the settings that can only come with or after it, in one walk backwards."""
    later: dict[str, int] = {}
    for name in reversed(found.order):
        bits = settings.by_decision.get(name, 0)
        for step in found.graph.after[name]:
            bits |= later.get(step.target, 0)
        later[name] = bits
    return later


def _before(found: Paths, inject: Inject, settings: _Settings, later: Mapping[str, int]) -> int:
    """The settings that may have been made when this inject is reached."""
    day = found.graph.day_of[inject.id]
    before = 0
    for other, bits in settings.by_day.items():
        before |= bits if other <= day else 0
    before &= ~later.get(inject.id, 0)
    choices = found.given.get(inject.id, frozenset()).union(
        *(found.given.get(needed, frozenset()) for needed in inject.needs)
    )
    for decision, option in choices:
        before &= ~settings.by_decision.get(decision, 0) | settings.by_option.get((decision, option), 0)
    return before


def _never(
    found: Paths, inject: Inject, condition: Condition, settings: _Settings, later: Mapping[str, int]
) -> Iterator[Note]:
    """Tries the condition with every value its variables may have by then: the start, and what may be set."""
    variables = sorted(condition.words & found.graph.scenario.variables.keys())
    before = _before(found, inject, settings, later)
    named = labels(found.graph.scenario)
    says = phrase(condition.text, named)
    values: list[list[Value]] = []
    for name in variables:
        start = found.graph.scenario.variables[name].start
        values.append(
            [start]
            + [
                value
                for value, bits in settings.values.get(name, ())
                if bits & before and (type(value), value) != (type(start), start)
            ]
        )
        if prod(map(len, values)) > _TRIES:
            return
    if any(condition.holds(dict(zip(variables, taken, strict=True))) for taken in product(*values)):
        if not any(settings.values.get(name) for name in variables):
            unset = listed((called(name, named) for name in variables), "or")
            yield Note(
                (*found.at[inject.id], "when"),
                f"{inject.id} is always told: its condition, {says}, always holds, since no option of a decision sets "
                f"{unset} (any more).",
                "warning",
            )
        return
    known = listed(
        f"{called(name, named)} is {listed(map(spelt, possible), 'or')}"
        for name, possible in zip(variables, values, strict=True)
    )
    yield Note(
        (*found.at[inject.id], "when"),
        f"{inject.id} is never told: its condition, {says}, can never be true; by then "
        f"{known}{_meant(condition, values)}.",
    )


def _meant(condition: Condition, values: list[list[Value]]) -> str:
    """What was probably meant by a value that is spelt otherwise where it is set."""
    known = {value for possible in values for value in possible if isinstance(value, str)}
    for asked in condition.texts:
        close = nearest(asked.replace(" ", "_"), {value.replace(" ", "_"): value for value in known})
        meant = next((value for value in known if close is not None and value.replace(" ", "_") == close), None)
        if asked not in known and meant is not None:
            return f"; '{asked}' is written '{meant}' where it is set"
    return ""
