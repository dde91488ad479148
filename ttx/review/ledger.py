"""The ledger of counts that were told to everybody: no report may tell a small one together with those before it.

The audit does what a reader would who has kept every report: lays the bands of one question on one another and works
out which values are left. Where that leaves a single small count, or where the record changed between two reports, so
that their difference is what a few delegations did meanwhile, the new report leaves the question's counts out.
"""

from collections.abc import Iterable, Mapping, Sequence

from ttx.review.bands import Band, Banded, K, possible
from ttx.review.told import Told
from ttx.scenario.model import QuestionKind

HELD_BACK = (
    "Left out here, since together with an earlier report they would tell what a few delegations answered: {questions}."
)
"""The sentence of a report in which counts are left out."""


def counts(injects: Iterable[Told]) -> dict[str, Banded]:
    """The bands a report tells, by inject and question."""
    return {
        f"{inject.id}/{question.id}": question.banded
        for inject in injects
        for question in inject.questions
        if question.banded is not None
    }


def solved(tables: Sequence[Banded], *, several: bool, k: int = K) -> tuple[str, ...]:
    """The options of which a reader of all these tables of one question knows a count under k for certain.

    `several`: one answer may count in several options. An option that cannot have any value, since the tables do not
    fit together, counts as known: whoever sees that knows that somebody answered in between.
    """
    told = [table for table in tables if table.cells is not None]
    if not told:
        return ()
    options = list(dict.fromkeys(name for table in told for name in table.cells or ()))
    asked = min(table.asked for table in tables)
    anything = Band(least=0, most=asked)
    cells = [_common([(table.cells or {}).get(name, anything) for table in told]) for name in options]
    answered = _common([table.answered for table in tables])
    ways = possible(cells, answered, asked, several=several)
    return tuple(
        name for name, way in zip(options, ways, strict=True) if len(way) == 0 or (len(way) == 1 and way[0] < k)
    )


def _common(bands: Sequence[Band]) -> Band:
    """What lies in all of these bands; most < least where nothing does."""
    return Band(least=max(one.least for one in bands), most=min(one.most for one in bands))


def too_much(now: Banded, before: Sequence[Banded], kind: str, k: int = K) -> bool:
    """Whether these counts may not be told after those: something changed since, or a small count would be known."""
    if any((one.asked, one.answered) != (now.asked, now.answered) for one in before):
        return True
    if any(one.cells is not None and now.cells is not None and _moved(one, now) for one in before):
        return True
    return bool(solved([*before, now], several=kind == QuestionKind.MULTIPLE, k=k))


def _moved(before: Banded, now: Banded) -> bool:
    return before.cells != now.cells


def weighed(
    injects: Sequence[Told], earlier: Iterable[Mapping[str, Banded]], k: int = K
) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    """The injects of a report for everybody as they may be told after these counts, and the questions held back.

    A question that is held back tells neither its options nor how many answered.
    """
    known: dict[str, list[Banded]] = {}
    for one in earlier:
        for name, table in one.items():
            known.setdefault(name, []).append(table)
    made, held = [], []
    for inject in injects:
        questions = []
        for question in inject.questions:
            name, now = f"{inject.id}/{question.id}", question.banded
            if now is not None and too_much(now, known.get(name, ()), question.kind, k):
                held.append(name)
                question = question.model_copy(update={"banded": None})
            questions.append(question)
        made.append(inject.model_copy(update={"questions": tuple(questions)}))
    return tuple(made), tuple(held)
