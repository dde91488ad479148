"""The morning's recap: what happened, was decided and said on the days held so far, as each audience may know it.

Made from the record alone: nothing that was not released to whoever reads it, and no name of who said what except for
those who run the exercise. A decision is told where its options were known, by a vote, or where what follows is out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ttx.exercise import course, rights
from ttx.exercise.polls import choices_seen
from ttx.exercise.rights import Action, Reach, Seat
from ttx.exercise.sight import asked, sees, sees_unreleased, told_to
from ttx.exercise.state import Decision, Response, State
from ttx.scenario.graph import Graph
from ttx.scenario.model import Day, Inject, Question

ENOUGH = 3
"""How many must have answered before a distribution is shown: with fewer one reads off who said what."""

APART = 2
"""How many must have given another answer: where all gave the same, or all but the reader, he knows what each said."""

GAPS = 5
"""How many of a day's draft gaps are told."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a distribution: an option or step, and how many chose it. `who` only for those who run it all."""

    key: str
    label: str
    count: int
    share: int
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """How a choice or scale question was answered; without bars where they would tell who said what."""

    inject: str
    question: Question
    answered: int
    asked: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A decision and how it was taken. `score` are the votes for each option, then abstentions; `missed`: its quorum.

    `tables` are a table's name and what it chose, as far as the reader may know; `chosen` of `choosers` have chosen.
    `how` is "kept" where the vote on it is hidden still.
    """

    inject: str
    title: str
    how: Literal["vote", "chair", "tables", "open", "kept"]
    option: str | None
    label: str
    score: tuple[int, ...] = ()
    tables: tuple[tuple[str, str, str], ...] = ()
    chosen: int = 0
    choosers: int = 0
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A draft gap on the wall: what the tables' ranks gave it, at how many it was tested and holds."""

    text: str
    points: int
    holds: int
    tested: int


@dataclass(frozen=True, slots=True)
class RecapDay:
    """One day that was held."""

    day: Day
    told: tuple[Inject, ...]
    taken: tuple[Taken, ...]
    answered: int
    asked: int
    spreads: tuple[Spread, ...]
    summaries: tuple[tuple[str, str], ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class RecapView:
    """The days held so far, the last one first. `own`: the figures are the reader's own delegation's."""

    days: tuple[RecapDay, ...]
    own: bool


def recap(graph: Graph, state: State, seat: Seat, only: int | None = None) -> RecapView:
    """What this seat may be told of the days that were held and closed, or of one of them."""
    held = [day for day in reversed(graph.scenario.days) if day.day in state.closed and day.day != state.day]
    days = tuple(of_day(graph, state, seat, day) for day in held if only in (None, day.day))
    return RecapView(days, seat.delegation is not None)


def of_day(graph: Graph, state: State, seat: Seat, day: Day) -> RecapDay:
    """What this seat may be told of a day."""
    seen = [one for one in told_to(graph, state, seat) if course.day_of(graph, state, one.id) == day.day]
    told = tuple(one for one in seen if state.released(one.id))
    pairs = [pair for inject in told for pair in _pairs(state, seat, inject)]
    return RecapDay(
        day=day,
        told=told,
        taken=tuple(one for inject in told if (one := taken(graph, state, seat, inject)) is not None),
        answered=sum(1 for pair in pairs if pair in state.responses),
        asked=len(pairs),
        spreads=tuple(spread for inject in told for spread in _spreads(state, seat, inject)),
        summaries=tuple(
            (state.tables[table], summary.text)
            for table in state.tables
            if (summary := state.debrief.summaries.get((day.day, table))) is not None and summary.stands
        ),
        gaps=tuple(_gaps(state, day.day)),
    )


# What was answered


def _pairs(state: State, seat: Seat, inject: Inject) -> Iterator[tuple[str, str, str]]:
    """The answers an inject asked for: of a delegation's its own, of everybody's for the others."""
    for question in inject.questions:
        for name in asked(state, inject):
            if seat.delegation in (None, name):
                yield inject.id, question.id, name


def _spreads(state: State, seat: Seat, inject: Inject) -> Iterator[Spread]:
    named = rights.reach(seat, Action.READ_ANSWERS) is Reach.ALL
    reached = asked(state, inject)
    for question in inject.questions:
        if question.kind not in ("single", "multiple", "scale"):
            continue
        given = {
            name: versions[-1]
            for name in reached
            if (versions := state.responses.get((inject.id, question.id, name))) is not None
        }
        if not given:
            continue
        names = {name: state.delegations[name].name for name in given} if named else {}
        bars = tuple(_bars(question, given, names))
        none = sum(1 for response in given.values() if not _said(response))
        most = max(none, *(bar.count for bar in bars))
        tells = not named and (len(given) < ENOUGH or most > len(given) - APART)
        yield Spread(inject.id, question, len(given), len(reached), () if tells else bars)


def _bars(question: Question, given: Mapping[str, Response], names: Mapping[str, str]) -> Iterator[Bar]:
    """The rows of a distribution, those for no answer only where somebody gave it."""
    said = {name: _said(response) for name, response in given.items()}
    counts = Counter(key for keys in said.values() for key in keys)
    labels = {str(n): "" for n in range(1, 6)} if question.kind == "scale" else dict(question.options)
    for key in (*labels, *(key for key in _INSTEAD if counts[key])):
        who = tuple(names[name] for name, keys in said.items() if name in names and key in keys)
        yield Bar(key, labels.get(key, ""), counts[key], round(100 * counts[key] / len(given)), who)


_INSTEAD = ("no_instruction", "not_applicable", "would_ask")


def _said(response: Response) -> tuple[str, ...]:
    answer = response.answer
    if answer.stance is not None:
        return (answer.stance,)
    if answer.choice is not None:
        return (answer.choice,)
    return (str(answer.scale),) if answer.scale is not None else answer.choices or ()


# What was decided


def taken(graph: Graph, state: State, seat: Seat, inject: Inject) -> Taken | None:
    """How a decision was taken, as far as this seat may know; None where it was not, or may not be told."""
    branch, decision = inject.branch, state.decisions.get(inject.id)
    if branch is None:
        return None
    if decision is None and branch.by == "each_table":
        return _each_table(graph, state, seat, inject)
    ballot = state.ballots.get(inject.id)
    closed = ballot.closed if ballot is not None else None
    if ballot is not None and not ballot.public and rights.reach(seat, Action.RUN) is None:
        return _kept(graph, state, seat, inject, decision)
    score = (*closed.counts.values(), closed.abstained) if closed is not None else ()
    missed = closed is not None and not closed.quorate
    if decision is None:
        still = Taken(inject.id, inject.title, "open", None, "", score, missed=missed)
        return still if closed is not None else None
    if not _knows(graph, state, seat, inject, decision.option):
        return None
    by_vote = closed is not None and closed.option == decision.option and closed.quorate
    label = branch.options[decision.option].label
    how: Literal["vote", "chair"] = "vote" if by_vote else "chair"
    return Taken(inject.id, inject.title, how, decision.option, label, score, missed=missed)


def _kept(graph: Graph, state: State, seat: Seat, inject: Inject, decision: Decision | None) -> Taken | None:
    """A decision with a vote that stays hidden: where what follows is out, and without a word of how it was taken."""
    if decision is None or inject.branch is None or not _knows(graph, state, seat, inject, decision.option):
        return None
    label = inject.branch.options[decision.option].label
    return Taken(inject.id, inject.title, "kept", decision.option, label, ())


def _each_table(graph: Graph, state: State, seat: Seat, inject: Inject) -> Taken | None:
    choosers = course.choosers(graph, state, inject.id)
    made: Mapping[str, str] = state.choices.get(inject.id, {})
    own = seat.table if inject in choices_seen(graph, state, seat) else None
    everything = rights.reach(seat, Action.RUN) is not None
    tables = tuple(
        (state.tables[table], made[table], inject.branch.options[made[table]].label)
        for table in choosers
        if table in made and inject.branch is not None and (everything or table == own)
    )
    done = sum(1 for table in choosers if table in made)
    return Taken(inject.id, inject.title, "tables", None, "", (), tables, done, len(choosers)) if done else None


def _knows(graph: Graph, state: State, seat: Seat, inject: Inject, option: str) -> bool:
    """Whether a seat may be told which option was taken: it had the options before it, or has what follows."""
    if sees_unreleased(state, seat, inject):
        return True
    ballot = state.ballots.get(inject.id)
    rounds = (ballot, *ballot.earlier) if ballot is not None and ballot.public else ()
    if any(option in one.rules.options for one in rounds):
        return True
    follows = course.find(graph, state, inject.branch.options[option].next) if inject.branch is not None else None
    return follows is not None and state.released(follows.id) and sees(state, seat, follows)


# What the tables said of the day


def _gaps(state: State, day: int) -> Iterator[Gap]:
    """The day's most pressing gaps: those that a table ranked."""
    points = state.debrief.points()
    ranked = [gap for gap in state.debrief.on_the_wall() if gap.day == day and points.get(gap.name, 0)]
    for gap in ranked[:GAPS]:
        holds = sum(1 for one in gap.verdicts.values() if one.verdict == "holds")
        yield Gap(gap.text, points[gap.name], holds, len(gap.verdicts))
