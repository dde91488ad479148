"""Expected ties: whom answers should have involved by the scenario, and whom of them nobody named.

A tie from A to B is expected in a phase if A had a question of that phase before it whose `expects` names B. It is
stated in a phase if A named B in some answer of record to a question of that phase, under B's name or id. What is
expected and not stated is missing. Naming a member of a working group
is not naming the group.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ttx.exercise import course
from ttx.exercise.sight import asked
from ttx.exercise.state import State
from ttx.review.parts import Part
from ttx.scenario.graph import Graph
from ttx.scenario.model import Phase


class Expected(Part):
    """An expected tie: the phases it was expected in, those it was stated in, and those it is missing in.

    `asked_in` are the questions that expect it, as `D1-03/q2`. `silent`: none of them was answered with a contact.
    """

    source: str
    target: str
    phases: tuple[str, ...]
    stated: tuple[str, ...]
    missing: tuple[str, ...]
    asked_in: tuple[str, ...]
    silent: bool


class Tally(Part):
    """How many ties were expected in a phase, how many of those stated and missing, and how many stated besides."""

    phase: str
    expected: int
    stated: int
    missing: int
    besides: int


@dataclass(frozen=True, slots=True)
class Stated:
    """A tie as it was stated in a phase, in a question."""

    source: str
    target: str
    phase: str
    question: str


def expected(graph: Graph, state: State, means: Callable[[str], str], stated: Iterable[Stated]) -> tuple[Expected, ...]:
    """Every expected tie of what was released, by delegation and whom; `means` tells whom a written name means."""
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    answered: set[tuple[str, str]] = set()
    for one in stated:
        said[one.source, one.target].add(one.phase)
        answered.add((one.source, one.question))
    wanted: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for source, target, phase, question in _wanted(graph, state, means):
        wanted[source, target][question] = phase
    found = []
    for (source, target), questions in sorted(wanted.items()):
        phases = _in_order(questions.values())
        there = tuple(phase for phase in phases if phase in said[source, target])
        found.append(
            Expected(
                source=source,
                target=target,
                phases=phases,
                stated=there,
                missing=tuple(phase for phase in phases if phase not in there),
                asked_in=tuple(questions),
                silent=not any((source, question) in answered for question in questions),
            )
        )
    return tuple(found)


def tallies(wanted: Iterable[Expected], stated: Iterable[Stated]) -> tuple[Tally, ...]:
    """The same counted by phase, in the order of phases; a phase of no name is that of injects without one."""
    due, met = Counter[str](), Counter[str]()
    expected_in: set[tuple[str, str, str]] = set()
    for one in wanted:
        due.update(one.phases)
        met.update(one.stated)
        expected_in |= {(one.source, one.target, phase) for phase in one.phases}
    besides = Counter(phase for *ends, phase in {(one.source, one.target, one.phase) for one in stated}
                      if (*ends, phase) not in expected_in)  # fmt: skip
    return tuple(
        Tally(phase=phase, expected=due[phase], stated=met[phase], missing=due[phase] - met[phase],
              besides=besides[phase])
        for phase in _in_order((*due, *besides))
    )  # fmt: skip


def _wanted(graph: Graph, state: State, means: Callable[[str], str]) -> Iterator[tuple[str, str, str, str]]:
    for name in state.out:
        inject = course.find(graph, state, name)
        for question in inject.questions if inject is not None else ():
            for source in asked(state, inject) if inject is not None and question.expects else ():
                for word in question.expects:
                    target = means(word)
                    if inject is not None and target != source:
                        yield source, target, inject.phase or "", f"{name}/{question.id}"


def _in_order(phases: Iterable[str]) -> tuple[str, ...]:
    there = set(phases)
    return tuple(phase for phase in (*(one.value for one in Phase), "") if phase in there)
