"""The story unfolded from its first inject: which situations there are, and what is told on the way between them.

Sets of injects are whole numbers here, one bit an inject in file order: a situation is compared by what is still
before it, and that must be quick. What the paths mean is asked in `story`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import or_
from typing import NamedTuple

import networkx as nx

from ttx.scenario.graph import Graph, on_paths, remembered
from ttx.scenario.model import Inject, Value

# A situation costs about 30 us. Five days of three decisions, all remembered to the end, stay far below.
MANY = 4096
_LOOKS = 400_000


@dataclass(frozen=True, slots=True)
class Situation:
    """Where the story stands: a day begins (`decision` is None), a choice is due, or all is told (`day` is None)."""

    day: int | None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one option of a situation leads to: the injects told on the way, and the number of the next situation."""

    option: str | None
    told: tuple[str, ...]
    to: int


@dataclass(frozen=True, slots=True)
class _Standing:
    """A situation with all that may still matter: the day's place, injects led to and told, variables."""

    place: int
    decision: int | None
    pending: int
    told: int
    values: tuple[tuple[str, Value], ...]


class _Before(NamedTuple):
    """What the steps of a day may still lead to, what those injects need, and the variables they read and set."""

    injects: int
    needs: int
    reads: int
    sets: int

    def and_also(self, other: "_Before") -> "_Before":
        return _Before(*map(or_, self, other))


_NOTHING = _Before(0, 0, 0, 0)


class TooMany(Exception):
    """There are more situations than can be unfolded."""


class Plot:
    """A scenario's graph in bits, and the unfolding of its situations."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.names = tuple(graph.injects)
        self.bit = {name: 1 << number for number, name in enumerate(self.names)}
        self.variables = tuple(graph.scenario.variables)
        self.start = {name: variable.start for name, variable in graph.scenario.variables.items()}
        self.days = [self._own(number) for number in range(len(graph.scenario.days))]
        self.needs = [self._bits(inject.needs) for inject in graph.injects.values()]
        self.reads = [self._variables(_words(graph, name)) for name in self.names]
        self.before = self._all_before()
        self.asked_later = self._all_asked_later()
        self.looks = 0

    def _bits(self, names: Iterable[str]) -> int:
        bits = 0
        for name in names:
            bits |= self.bit.get(name, 0)
        return bits

    def _own(self, number: int) -> int:
        """The injects on the paths of a day; of two days of one number the first has them."""
        day = self.graph.scenario.days[number]
        if any(earlier.day == day.day for earlier in self.graph.scenario.days[:number]):
            return 0
        return self._bits(inject.id for inject in on_paths(day) if self.graph.injects[inject.id] is inject)

    def _variables(self, words: Collection[str]) -> int:
        return sum(1 << number for number, variable in enumerate(self.variables) if variable in words)

    def _all_before(self) -> list[_Before]:
        """For each inject, what still lies before it."""
        knots = nx.condensation(self.graph.network())
        before = [_NOTHING] * len(self.names)
        for knot in reversed(list(nx.topological_sort(knots))):
            members = [self.bit[name].bit_length() - 1 for name in knots.nodes[knot]["members"]]
            whole = _NOTHING
            for number in members:
                sets = self._variables(_settings(self.graph.injects[self.names[number]]))
                whole = whole.and_also(_Before(1 << number, self.needs[number], self.reads[number], sets))
                for step in self.graph.after[self.names[number]]:
                    whole = whole.and_also(before[self.bit[step.target].bit_length() - 1])
            for number in members:
                before[number] = whole
        return before

    def unfold(self) -> tuple[list[Situation], list[list[Stretch]]] | None:
        """Every situation and what leads on from it, the first of them first; None if there are too many."""
        first = _Standing(0, None, 0, 0, self._kept(self.asked_later[0][1], self.start))
        numbers = {first: 0}
        waiting = [first]
        stretches: list[list[Stretch]] = []
        try:
            while len(stretches) < len(waiting):
                standing = waiting[len(stretches)]
                leaving = []
                for option, told, after in self._leaving(standing):
                    if after not in numbers:
                        numbers[after] = len(waiting)
                        waiting.append(after)
                    leaving.append(Stretch(option, told, numbers[after]))
                stretches.append(leaving)
                if len(waiting) > MANY:
                    return None
        except TooMany:
            return None
        return [self._situation(standing) for standing in waiting], stretches

    def _situation(self, standing: _Standing) -> Situation:
        if standing.place == len(self.days):
            return Situation(None)
        decision = None if standing.decision is None else self.names[standing.decision]
        return Situation(self.graph.scenario.days[standing.place].day, decision)

    def _leaving(self, standing: _Standing) -> Iterator[tuple[str | None, tuple[str, ...], _Standing]]:
        if standing.place == len(self.days):
            return
        variables = {**self.start, **dict(standing.values)}
        if standing.decision is None:
            entries = self._bits(name for name in self._each(self.days[standing.place]) if name in self.graph.entries)
            told, after = self._on(standing, entries, variables)
            yield None, told, after
            return
        name = self.names[standing.decision]
        for key, sets in remembered(self.graph.injects[name]).items():
            pending = standing.pending | self._led_to(standing.place, name, key)
            told, after = self._on(standing, pending, {**variables, **sets})
            yield key, told, after

    def _each(self, bits: int) -> Iterator[str]:
        while bits:
            lowest = bits & -bits
            yield self.names[lowest.bit_length() - 1]
            bits ^= lowest

    def _led_to(self, place: int, name: str, option: str | None) -> int:
        """What an inject leads to in its day: by this option, or all that follow where there is none to choose."""
        steps = self.graph.after[name]
        return self._bits(step.target for step in steps if step.option == option) & self.days[place]

    def _on(self, standing: _Standing, pending: int, variables: dict[str, Value]) -> tuple[tuple[str, ...], _Standing]:
        """What is told from here to the next choice or to the end of the day, and what stands then."""
        told, telling, place = standing.told, [], standing.place
        pending &= ~told
        while (number := self._next(place, pending, told, variables)) is not None:
            name = self.names[number]
            telling.append(name)
            told |= 1 << number
            pending &= ~told
            if self.graph.injects[name].branch is not None:
                return tuple(telling), self._due(place, number, pending, told, variables)
            pending |= self._led_to(place, name, None) & ~told
        needs, reads = self.asked_later[place + 1]
        return tuple(telling), _Standing(place + 1, None, 0, told & needs, self._kept(reads, variables))

    def _next(self, place: int, pending: int, told: int, variables: dict[str, Value]) -> int | None:
        """The first inject that may come now: led to, all it needs told, its condition true."""
        reached, passed = self._reached(place, pending, told, variables)
        ready = reached & ~passed
        while ready:
            lowest = ready & -ready
            number = lowest.bit_length() - 1
            if not self.needs[number] & ~told:
                return number
            ready ^= lowest
        return None

    def _reached(self, place: int, pending: int, told: int, variables: dict[str, Value]) -> tuple[int, int]:
        """What is led to now, also through injects that the story passes by, and those it passes by."""
        reached, unseen, passed = pending, pending, 0
        while unseen:
            lowest = unseen & -unseen
            unseen ^= lowest
            self.looks += 1
            through = self._through(place, self.names[lowest.bit_length() - 1], variables)
            if through is not None:
                passed |= lowest
                unseen |= through & ~told & ~reached
                reached |= through & ~told
        if self.looks > _LOOKS:
            raise TooMany
        return reached, passed

    def _through(self, place: int, name: str, variables: dict[str, Value]) -> int | None:
        """What the story comes to when it passes this inject by; None if its condition does not say so."""
        condition = self.graph.conditions.get(name)
        if condition is None or condition.holds(variables):
            return None
        branch = self.graph.injects[name].branch
        if branch is not None and branch.default is None:
            return 0
        return self._led_to(place, name, None if branch is None else branch.default)

    def _due(self, place: int, decision: int, pending: int, told: int, variables: dict[str, Value]) -> _Standing:
        """The situation of a decision, without what can no longer matter: paths with the same before them are one.

        An inject that waits in vain, as nothing ahead tells what it needs, does not matter; nor does one that is
        passed by when nothing ahead can change that, only what it leads to.
        """
        name = self.names[decision]
        led_to = self._bits(step.target for step in self.graph.after[name])
        before = self._beyond(pending | led_to)
        settable = before.sets | self.before[decision].sets
        left, unseen, seen = 0, pending, pending
        while unseen:
            lowest = unseen & -unseen
            unseen ^= lowest
            number = lowest.bit_length() - 1
            passed = self._through(place, self.names[number], variables)
            if self.reads[number] & settable or (passed is None and not self.needs[number] & ~told & ~before.injects):
                left |= lowest
            elif passed is not None:
                unseen |= passed & ~told & ~seen
                seen |= passed
        before = self._beyond(left | led_to)
        later_needs, later_reads = self.asked_later[place + 1]
        kept = self._kept(before.reads | later_reads, variables)
        return _Standing(place, decision, left, told & (before.needs | later_needs | before.injects), kept)

    def _beyond(self, bits: int) -> _Before:
        """What lies before these injects together."""
        before = _NOTHING
        for name in self._each(bits):
            before = before.and_also(self.before[self.bit[name].bit_length() - 1])
        return before

    def _kept(self, reads: int, variables: Mapping[str, Value]) -> tuple[tuple[str, Value], ...]:
        kept = []
        while reads:
            lowest = reads & -reads
            reads ^= lowest
            variable = self.variables[lowest.bit_length() - 1]
            kept.append((variable, variables[variable]))
        return tuple(kept)

    def _all_asked_later(self) -> list[tuple[int, int]]:
        """For each day, what the injects of this day and of those after it need and read."""
        asked = [(0, 0)]
        for bits in reversed(self.days):
            needs, reads = asked[-1]
            for name in self._each(bits):
                number = self.bit[name].bit_length() - 1
                needs, reads = needs | self.needs[number], reads | self.reads[number]
            asked.append((needs, reads))
        return asked[::-1]


def _words(graph: Graph, name: str) -> Collection[str]:
    condition = graph.conditions.get(name)
    return condition.words if condition is not None else ()


def _settings(inject: Inject) -> Collection[str]:
    """The variables that an inject's options set."""
    return frozenset(variable for sets in remembered(inject).values() for variable in sets)
