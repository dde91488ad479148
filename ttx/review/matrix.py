"""The tables a reader looks at first: how objectives were rated by capability, and who answered on which capability."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from ttx.exercise import course
from ttx.exercise.entries import RatingGiven
from ttx.exercise.sight import asked
from ttx.exercise.state import State
from ttx.review.parts import Part
from ttx.scenario.graph import Graph


class Rated(Part):
    """The ratings evaluators gave of one objective and one capability; either may be unnamed.

    `letters` counts P, S, M, U and N (not observed); `where` are the injects they were given in.
    """

    objective: str | None
    capability: str | None
    letters: Mapping[str, int]
    where: tuple[str, ...]


class Share(Part):
    """How many of the questions a delegation was asked on a capability it answered. A stance is an answer; silence
    is not."""

    delegation: str
    capability: str
    asked: int
    answered: int


def ratings(state: State) -> tuple[Rated, ...]:
    """Every pair of objective and capability that was rated, unnamed ones last."""
    letters: dict[tuple[str | None, str | None], Counter[str]] = defaultdict(Counter)
    where: dict[tuple[str | None, str | None], dict[str, None]] = defaultdict(dict)
    for _, noted in sorted(state.noted.items()):
        note = noted.note
        if isinstance(note, RatingGiven):
            letters[note.objective, note.capability][note.rating] += 1
            where[note.objective, note.capability] |= dict.fromkeys([note.inject] if note.inject else [])
    order = sorted(letters, key=lambda pair: [(name is None, name or "") for name in pair])
    return tuple(
        Rated(objective=pair[0], capability=pair[1], letters=letters[pair], where=tuple(where[pair])) for pair in order
    )


def shares(graph: Graph, state: State, delegations: Iterable[str], aliases: Mapping[str, str]) -> tuple[Share, ...]:
    """For each of these delegations, each capability it was asked about, by the ids the report gives delegations."""
    found: dict[tuple[str, str], list[bool]] = defaultdict(list)
    wanted = set(delegations)
    for name in state.out:
        inject = course.find(graph, state, name)
        for delegation in asked(state, inject) if inject is not None and inject.questions else ():
            if inject is None or delegation not in wanted:
                continue
            given = [(name, question.id, delegation) in state.responses for question in inject.questions]
            for capability in inject.capabilities:
                found[aliases[delegation], capability] += given
    return tuple(
        Share(delegation=delegation, capability=capability, asked=len(given), answered=sum(given))
        for (delegation, capability), given in sorted(found.items())
    )
