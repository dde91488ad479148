"""How far the delegations agree on a question: plain rules over their answers of record, each named where it is shown.

Only answers in a closed form are compared. Texts and contacts are read by people; of those it is told how many there
are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from ttx.exercise.answers import Answer
from ttx.review.parts import Part
from ttx.scenario.model import Question, QuestionKind

CLOSED = frozenset({QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE, QuestionKind.RANKING})
"""The forms in which answers can be compared by a rule."""
MOST = 2 / 3
"""The share that makes an agreement."""
CAMP = 1 / 3
"""The share each of two sides has at least where a question splits them."""
BOTH = 0.8
"""The share both sides have together there."""
CONCORDANCE = 0.7
"""Kendall's W of rankings that agree."""


class Verdict(StrEnum):
    """How the answers to a question lie to each other. `open` is a question whose answers a person has to read."""

    AGREE = "agree"
    SPLIT = "split"
    SCATTERED = "scattered"
    SILENT = "silent"
    OPEN = "open"


RULES: Mapping[Verdict, str] = {
    Verdict.SILENT: "fewer than half of those asked answered",
    Verdict.AGREE: "two thirds answered alike: the same option, neighbouring values, rankings with Kendall's W of 0.7, "
    "or on every option of several two thirds for or against it",
    Verdict.SPLIT: "two sides with a third of the answers each, and four fifths together",
    Verdict.SCATTERED: "neither of these",
    Verdict.OPEN: "texts and contacts, which people have to read",
}
"""The rule for each verdict, to be printed beside it."""


class Aligned(Part):
    """A question's verdict: of `asked` delegations `answered` gave an answer and not a stance; `lead` is the option,
    or value of a scale, that most chose, and `share` how many of those who answered did."""

    verdict: Verdict
    asked: int
    answered: int
    lead: str | None = None
    share: float | None = None


def aligned(question: Question, asked: int, answers: Sequence[Answer]) -> Aligned:
    """How far the answers of record to a question agree; `asked` delegations had it before them."""
    given = [answer for answer in answers if answer.stance is None]
    compared = given if question.kind in CLOSED else ()
    firsts = Counter(first for answer in compared for first in chosen(answer))
    lead, most = firsts.most_common(1)[0] if firsts else (None, 0)
    return Aligned(
        verdict=_verdict(question, asked, given, firsts),
        asked=asked,
        answered=len(given),
        lead=lead,
        share=most / len(given) if given and lead is not None else None,
    )


def by_day(found: Iterable[tuple[int, Aligned]]) -> tuple[tuple[int, Mapping[str, int]], ...]:
    """How many questions of each day have which verdict, those there are none of too; days without a question not."""
    days: dict[int, dict[str, int]] = {}
    for day, one in found:
        days.setdefault(day, dict.fromkeys((verdict.value for verdict in Verdict), 0))[one.verdict.value] += 1
    return tuple(sorted(days.items()))


def _verdict(question: Question, asked: int, given: Sequence[Answer], firsts: Counter[str]) -> Verdict:
    if 2 * len(given) < asked or not given:
        return Verdict.SILENT
    match question.kind:
        case QuestionKind.TEXT | QuestionKind.CONTACTS:
            return Verdict.OPEN
        case QuestionKind.MULTIPLE:
            chosen = [firsts[option] / len(given) for option in question.options]
            return Verdict.AGREE if all(max(one, 1 - one) >= MOST for one in chosen) else Verdict.SCATTERED
        case QuestionKind.RANKING if _concordance([answer.ranking or () for answer in given]) >= CONCORDANCE:
            return Verdict.AGREE
        case QuestionKind.SCALE:
            values = Counter({value: firsts[str(value)] for value in range(1, 6)})
            return _sides(
                max(values[value] + values[value + 1] for value in range(1, 5)),
                sorted((values[1] + values[2], values[4] + values[5])),
                len(given),
            )
        case _:
            sides = sorted(firsts.values())[-2:]
            return _sides(0 if question.kind is QuestionKind.RANKING else sides[-1], sides, len(given))


def _sides(alike: int, sides: Sequence[int], answered: int) -> Verdict:
    if alike >= MOST * answered:
        return Verdict.AGREE
    if len(sides) == 2 and sides[0] >= CAMP * answered and sum(sides) >= BOTH * answered:
        return Verdict.SPLIT
    return Verdict.SCATTERED


def chosen(answer: Answer) -> Sequence[str]:
    """What an answer stands for: the option, those of several, the first of a ranking, the value of a scale."""
    if answer.choices is not None:
        return answer.choices
    if answer.ranking is not None:
        return answer.ranking[:1]
    one = answer.choice if answer.scale is None else str(answer.scale)
    return (one,) if one is not None else ()


def _concordance(rankings: Sequence[Sequence[str]]) -> float:
    """Kendall's W of complete rankings without ties: 1 where all rank alike, 0 where they know no order."""
    items, judges = len(rankings[0]), len(rankings)
    sums = [sum(ranking.index(item) + 1 for ranking in rankings) for item in rankings[0]]
    middle = sum(sums) / items
    return 12 * sum((one - middle) ** 2 for one in sums) / (judges**2 * (items**3 - items))
