"""What everybody may read of an exercise: the scenario's own words, what was decided, and counts in bands.

No text that somebody wrote in the room is in it, not even a title: ad-hoc injects are left out, and what was told in
other words stands as it was written. One-way counts only, since a table of delegations against anything names them.
"""

from collections import Counter
from collections.abc import Iterator

from ttx.exercise.answers import Answer
from ttx.exercise.sight import asked
from ttx.exercise.state import State
from ttx.review.alignment import chosen
from ttx.review.bands import Banded, banded
from ttx.review.told import Asked, Taken, Told
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject, Question, QuestionKind


def told(graph: Graph, state: State, k: int) -> Iterator[Told]:
    """The injects of the scenario that were released, in the order it has them; no count under `k` is told."""
    for day in graph.scenario.days:
        for inject in day.injects:
            if inject.id in state.out:
                yield _told(state, inject, day.day, k)


def _told(state: State, inject: Inject, day: int, k: int) -> Told:
    decision = state.decisions.get(inject.id)
    taken = None
    if decision is not None and inject.branch is not None:
        label = inject.branch.options[decision.option].label
        taken = Taken(option=decision.option, label=label, by_default=decision.by_default)
    return Told(
        id=inject.id,
        day=day,
        title=inject.title,
        kind=inject.kind,
        sender=inject.sender,
        to="",
        planned="",
        released_at=None,
        recalled_at=None,
        standing="released",
        decision=taken,
        votes=(),
        by_table=None,
        questions=tuple(_asked(state, inject, number, k) for number in range(1, len(inject.questions) + 1)),
        observations=(),
    )


def _asked(state: State, inject: Inject, number: int, k: int) -> Asked:
    question = inject.questions[number - 1]
    return Asked(
        id=question.id,
        number=number,
        ask=question.ask,
        kind=question.kind,
        options=_options(question),
        answers=(),
        banded=_banded(state, inject, question, k),
    )


def _options(question: Question) -> dict[str, str]:
    return {str(n): str(n) for n in range(1, 6)} if question.kind is QuestionKind.SCALE else dict(question.options)


def _banded(state: State, inject: Inject, question: Question, k: int) -> Banded:
    """A ranking counts by what stands first in it; of texts and contacts only how many there are is told."""
    names = asked(state, inject)
    versions = (state.responses.get((inject.id, question.id, name), ()) for name in names)
    given: list[Answer] = [one[-1].answer for one in versions if one and one[-1].answer.stance is None]
    counts = Counter(option for answer in given for option in chosen(answer))
    cells = {option: counts[option] for option in _options(question)}
    several = question.kind is QuestionKind.MULTIPLE
    return banded(cells, len(given), len(names), several=several, k=k)
