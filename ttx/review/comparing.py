"""Two exercises compared: which gaps came back, which did not show again, which could not have.

What came back, people say; what may have, is suggested by plain statistics over the words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ttx.exercise import course
from ttx.exercise.state import State
from ttx.review.entries import GapStatus
from ttx.review.folding import folded
from ttx.review.gaps import Action, Gap, Review
from ttx.scenario.graph import Graph

ALIKE = 0.3
"""From which likeness two statements are suggested as the same gap: the share of runs of three letters they have in
common (Dice 1945), which needs no words and so serves scripts that do not part them."""
SAME_PLACE = 0.15
"""How much nearer two gaps are that are of the same capability; as much again for the same root cause."""
MOST = 3
"""How many suggestions a gap gets."""


class Outcome(StrEnum):
    """What became of a gap that an earlier exercise found."""

    CAME_BACK = "came_back"
    NOT_SEEN = "not_seen"
    NOT_EXERCISED = "not_exercised"


@dataclass(frozen=True, slots=True)
class Alike:
    """A suggestion: a gap of now that may be the earlier one, and how alike they are, 0 to 1."""

    gap: Gap
    likeness: float


@dataclass(frozen=True, slots=True)
class Earlier:
    """A gap of the earlier exercise: what became of it, which gaps of now it is, which it may be, its actions."""

    gap: Gap
    outcome: Outcome
    now: tuple[Gap, ...]
    suggested: tuple[Alike, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The earlier exercise's gaps, and those of now that it had not."""

    earlier: tuple[Earlier, ...]
    new: tuple[Gap, ...]

    def count(self, outcome: Outcome) -> int:
        """How many earlier gaps this became of."""
        return sum(1 for one in self.earlier if one.outcome is outcome)


def compared(
    graph: Graph, state: State, now: Review, before: Review, exercise: str, names: Mapping[str, str]
) -> Compared:
    """An earlier exercise's review against this one's. `names` are the earlier scenario's capabilities, by id.

    A gap that did not come back was exercised if its capability was, by its name, in an inject that was released here;
    one without a capability was.
    """
    held = [one for one in now.standing() if one.details.status is not GapStatus.SET_ASIDE]
    here = {name: one.name for name, one in graph.scenario.capabilities.items()}
    exercised = {folded(here[name]) for name in _exercised(graph, state) if name in here}
    told = []
    for gap in before.standing():
        if gap.details.status is GapStatus.SET_ASIDE:
            continue
        same = tuple(
            one for one in held if any((back.exercise, back.of) == (exercise, gap.name) for back in one.came_back)
        )
        capability = folded(names.get(gap.details.capability or "", ""))
        outcome = Outcome.CAME_BACK if same else Outcome.NOT_SEEN
        if not same and capability and capability not in exercised:
            outcome = Outcome.NOT_EXERCISED
        alike = () if same else suggested(gap, held, capability, here)
        told.append(Earlier(gap, outcome, same, alike, before.actions_on(gap.name)))
    known = {one.name for earlier in told for one in earlier.now}
    return Compared(tuple(told), tuple(one for one in held if one.name not in known))


def suggested(gap: Gap, others: Iterable[Gap], capability: str, here: Mapping[str, str]) -> tuple[Alike, ...]:
    """The gaps that a gap of another exercise may be, the likeliest first; `capability` is its own, by folded name."""
    found = []
    for one in others:
        near = likeness(gap.details.statement, one.details.statement)
        same_capability = capability and folded(here.get(one.details.capability or "", "")) == capability
        same_cause = gap.details.root_cause is not None and gap.details.root_cause is one.details.root_cause
        near = min(near + SAME_PLACE * bool(same_capability) + SAME_PLACE * bool(same_cause), 1.0)
        if near >= ALIKE:
            found.append(Alike(one, near))
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.gap.name))[:MOST])


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: twice the runs of three letters they share over all that both have."""
    left, right = _runs(one), _runs(other)
    return 2 * len(left & right) / (len(left) + len(right)) if left and right else 0.0


def _runs(text: str) -> frozenset[str]:
    letters = f" {folded(text)} "
    return frozenset(letters[at : at + 3] for at in range(len(letters) - 2))


def _exercised(graph: Graph, state: State) -> Sequence[str]:
    injects = (course.find(graph, state, name) for name in state.out)
    return [name for inject in injects if inject is not None for name in inject.capabilities]
