"""How the policy, legal and operational answers of a delegation lie to each other.

An author may say of a question whose answer it asks for: that of policy, of law or of operations. Questions of one
development that ask two of them the same thing, with the same options or both on a scale, are compared delegation by
delegation, by plain rules; other questions so marked stand side by side for people to read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations

from ttx.exercise import course
from ttx.exercise.answers import Answer
from ttx.exercise.sight import asked
from ttx.exercise.state import State
from ttx.review.alignment import CLOSED, chosen
from ttx.review.answered import in_words
from ttx.review.parts import Part, spelt
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject, Question

ORDER = ("policy", "law", "operations")


class Accord(StrEnum):
    """How a delegation's answers lie to each other. `read`: people have to read them."""

    ALIKE = "alike"
    APART = "apart"
    UNHEARD = "unheard"
    READ = "read"


RULES: Mapping[Accord, str] = {
    Accord.ALIKE: "the same options, values of a scale at most one apart, rankings with the same first",
    Accord.APART: "at least two of them answered otherwise",
    Accord.UNHEARD: "fewer than two of them answered",
    Accord.READ: "asked in other words or in another form, which people have to read",
}
"""The rule for each, to be printed beside it."""


class Heard(Part):
    """What one voice of a delegation answered: in words, and the id it is cited by."""

    said: str
    evidence: str


class Choir(Part):
    """The answers of one delegation to the questions of a topic, by voice."""

    delegation: str
    name: str
    accord: Accord
    heard: Mapping[str, Heard]


class Topic(Part):
    """Questions of one development that ask different voices; `asks` has the number and words of each one's. Where
    `compared` the rules tell how the answers lie to each other."""

    inject: str
    title: str
    compared: bool
    asks: Mapping[str, tuple[int, str]]
    questions: Mapping[str, str]
    rows: tuple[Choir, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many delegations' answers lie so to each other, by accord; those there are none of too."""
        return {accord.value: sum(row.accord is accord for row in self.rows) for accord in Accord}


class Pair(Part):
    """How often two voices that were compared answered alike and apart, over all delegations and topics."""

    first: str
    second: str
    alike: int
    apart: int


def voices(
    graph: Graph, state: State, names: Mapping[str, tuple[str, str]], said: Callable[[Answer], Answer] = lambda one: one
) -> tuple[tuple[Topic, ...], tuple[Pair, ...]]:
    """Every topic in the order it was told, and the pairs of voices. `names` says by what id and name the reader knows
    each delegation, `said` how an answer may be told."""
    topics: list[Topic] = []
    found: dict[tuple[str, str], list[bool]] = {}
    for name in state.out:
        inject = course.find(graph, state, name)
        for questions in _topics(inject) if inject is not None else ():
            if inject is None:
                continue
            compared = _same([one for _number, one in questions.values()])
            rows = []
            for delegation in asked(state, inject):
                if delegation not in names:
                    continue
                given = dict(_given(state, inject, questions, delegation))
                if compared:
                    for first, second in combinations((one for one in ORDER if one in given), 2):
                        found.setdefault((first, second), []).append(_alike(given[first][1], given[second][1]))
                heard = {
                    voice: Heard(said=in_words(questions[voice][1].options, said(answer)), evidence=spelt(seq))
                    for voice, (seq, answer) in given.items()
                }
                rows.append(
                    Choir(
                        delegation=names[delegation][0],
                        name=names[delegation][1],
                        accord=_accord(compared, [answer for _seq, answer in given.values()]),
                        heard=heard,
                    )
                )
            topics.append(
                Topic(
                    inject=inject.id,
                    title=inject.title,
                    compared=compared,
                    asks={voice: (number, one.ask) for voice, (number, one) in questions.items()},
                    questions={voice: one.id for voice, (_number, one) in questions.items()},
                    rows=tuple(sorted(rows, key=lambda row: (len(row.delegation), row.delegation))),
                )
            )
    pairs = (
        Pair(first=first, second=second, alike=sum(like), apart=len(like) - sum(like))
        for first, second in combinations(ORDER, 2)
        if (like := found.get((first, second)))
    )
    return tuple(topics), tuple(pairs)


def _topics(inject: Inject) -> Iterator[Mapping[str, tuple[int, Question]]]:
    """The questions of an inject that belong together: first those that can be compared, then what is left of two
    voices or more."""
    marked = [(number, one) for number, one in enumerate(inject.questions, 1) if one.voice is not None]
    left = list(marked)
    for number, question in marked:
        if (number, question) not in left or question.kind not in CLOSED:
            continue
        like = _one_each(one for one in left if _same([question, one[1]]))
        if len(like) > 1:
            left = [one for one in left if one not in like.values()]
            yield like
    rest = _one_each(left)
    if len(rest) > 1:
        yield rest


def _one_each(questions: Iterable[tuple[int, Question]]) -> dict[str, tuple[int, Question]]:
    """The first question of each voice, in the order of voices."""
    found: dict[str, tuple[int, Question]] = {}
    for number, one in questions:
        if one.voice is not None:
            found.setdefault(one.voice, (number, one))
    return {voice: found[voice] for voice in ORDER if voice in found}


def _same(questions: Sequence[Question]) -> bool:
    """Whether these ask for an answer in the same closed form."""
    forms = {(one.kind, frozenset(one.options)) for one in questions}
    return len(forms) == 1 and questions[0].kind in CLOSED


def _given(
    state: State, inject: Inject, questions: Mapping[str, tuple[int, Question]], delegation: str
) -> Iterator[tuple[str, tuple[int, Answer]]]:
    for voice, (_number, question) in questions.items():
        versions = state.responses.get((inject.id, question.id, delegation), ())
        if versions and versions[-1].answer.stance is None:
            yield voice, (versions[-1].seq, versions[-1].answer)


def _accord(compared: bool, given: Sequence[Answer]) -> Accord:
    if len(given) < 2:
        return Accord.UNHEARD
    if not compared:
        return Accord.READ
    return Accord.ALIKE if all(_alike(*pair) for pair in combinations(given, 2)) else Accord.APART


def _alike(one: Answer, other: Answer) -> bool:
    if one.scale is not None and other.scale is not None:
        return abs(one.scale - other.scale) <= 1
    return set(chosen(one)) == set(chosen(other))
