"""Who would do what first: contacts by their hours and rankings by their places, question by question as told.

From answers of record; the hours are those within which a delegation said it would make a contact, counted from the
development. Of two contacts within the same hours the one that was named first comes first.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

from ttx.exercise import course
from ttx.exercise.sight import asked
from ttx.exercise.state import State
from ttx.review.contacts import cast, parties, recognised
from ttx.review.parts import Part
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject, Question, QuestionKind


class Step(Part):
    """One contact: the `place`-th that its delegation would make."""

    place: int
    target: str
    name: str
    channel: str
    hours: float


class Row(Part):
    """What one delegation would do, in order; `evidence` is the entry of its answer."""

    delegation: str
    name: str
    evidence: int
    steps: tuple[Step, ...]


class Called(Part):
    """The answers to one question about contacts. `silent` named nobody; `firsts` counts whom delegations would
    contact first, the most frequent first; `middle` is the median of the hours to each one's first contact."""

    inject: str
    question: str
    title: str
    ask: str
    at: str
    phase: str
    rows: tuple[Row, ...]
    silent: tuple[str, ...]
    firsts: Mapping[str, int]
    middle: float | None


class Ranked(Part):
    """The answers to one ranking: for each option, by mean place, how often it stood at each place."""

    inject: str
    question: str
    title: str
    ask: str
    at: str
    phase: str
    options: Mapping[str, str]
    places: Mapping[str, tuple[int, ...]]
    means: Mapping[str, float]
    answered: int
    asked: int


def sequence(
    graph: Graph, state: State, names: Mapping[str, tuple[str, str]], plain: Callable[[str], str] = str
) -> tuple[tuple[Called, ...], tuple[Ranked, ...]]:
    """What was asked about contacts and in rankings, in the order in which it was told. `names` says by what id and
    name the reader knows each delegation; `plain` leaves names out of what was written."""
    called, ranked = [], []
    for inject, question in _questions(graph, state):
        if question.kind is QuestionKind.CONTACTS:
            called.append(_called(graph, state, inject, question, names, plain))
        else:
            ranked.append(_ranked(state, inject, question))
    return tuple(called), tuple(ranked)


def _questions(graph: Graph, state: State) -> Iterator[tuple[Inject, Question]]:
    for name in state.out:
        inject = course.find(graph, state, name)
        for question in inject.questions if inject is not None else ():
            if inject is not None and question.kind in (QuestionKind.CONTACTS, QuestionKind.RANKING):
                yield inject, question


def _called(
    graph: Graph,
    state: State,
    inject: Inject,
    question: Question,
    names: Mapping[str, tuple[str, str]],
    plain: Callable[[str], str],
) -> Called:
    known, called = parties(graph, state), {**cast(graph, state), **dict(names.values())}
    rows, silent = [], []
    for delegation in asked(state, inject):
        versions = state.responses.get((inject.id, question.id, delegation), ())
        contacts = sorted((versions[-1].answer.contacts or ()) if versions else (), key=lambda one: one.hours)
        if not contacts:
            silent.append(names[delegation][1])
            continue
        steps = []
        for place, one in enumerate(contacts, 1):
            target = recognised(known, one.to)
            target = names[target][0] if target in names else target if target in called else plain(target)
            name, channel = called.get(target, target), plain(one.channel)
            steps.append(Step(place=place, target=target, name=name, channel=channel, hours=one.hours))
        rows.append(Row(delegation=names[delegation][0], name=names[delegation][1], evidence=versions[-1].seq,
                        steps=tuple(steps)))  # fmt: skip
    rows.sort(key=lambda row: (len(row.delegation) if len(row.delegation) < 3 else 0, row.name))
    firsts = Counter(row.steps[0].name for row in rows)
    return Called(
        inject=inject.id,
        question=question.id,
        title=inject.title,
        ask=question.ask,
        at=inject.at,
        phase=inject.phase or "",
        rows=tuple(rows),
        silent=tuple(sorted(silent)),
        firsts=dict(sorted(firsts.items(), key=lambda one: (-one[1], one[0]))),
        middle=median(row.steps[0].hours for row in rows) if rows else None,
    )


def _ranked(state: State, inject: Inject, question: Question) -> Ranked:
    reached = asked(state, inject)
    given = [state.responses.get((inject.id, question.id, delegation), ()) for delegation in reached]
    rankings: Sequence[Sequence[str]] = [
        ranking for versions in given if versions and (ranking := versions[-1].answer.ranking)
    ]
    places = {
        option: tuple(sum(place < len(one) and one[place] == option for one in rankings)
                      for place in range(len(question.options)))
        for option in question.options
    }  # fmt: skip
    means = {
        option: sum(place * many for place, many in enumerate(held, 1)) / sum(held)
        for option, held in places.items()
        if sum(held)
    }
    order = sorted(places, key=lambda option: means.get(option, len(places) + 1.0))
    return Ranked(
        inject=inject.id,
        question=question.id,
        title=inject.title,
        ask=question.ask,
        at=inject.at,
        phase=inject.phase or "",
        options={option: question.options[option] for option in order},
        places={option: places[option] for option in order},
        means=means,
        answered=len(rankings),
        asked=len(reached),
    )
