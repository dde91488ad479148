"""The evidence of a review: everything of the record that a finding can rest on, each with the id that reports cite.

An id is the place in the log of the entry that said it: E-0123 is entry 123, for ever. Items are made with their
delegations' own ids, which gaps are counted by; `seen` makes of them what a tier may read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ttx.exercise import course
from ttx.exercise.ballots import Ballot, TableChose
from ttx.exercise.debrief import GapTested
from ttx.exercise.entries import Logged, RatingGiven
from ttx.exercise.sight import asked
from ttx.exercise.state import Noted, State
from ttx.review.answered import in_words
from ttx.review.parts import Tier, spelt
from ttx.review.polled import rounds
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject, Question, QuestionKind

_ID = re.compile(r"E-?0*([1-9][0-9]{0,8})", re.IGNORECASE)


class Kind(StrEnum):
    """What kind of thing somebody said or did."""

    ANSWER = "answer"
    OBSERVATION = "observation"
    RATING = "rating"
    VOTE = "vote"
    DECISION = "decision"
    HOT_WASH = "hot_wash"
    DRAFT_GAP = "draft_gap"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of evidence. `sense` tells it further apart: strength or gap, a rating's letter, a stance.

    `name` is what the reader may know the delegation by. `since` is the entry that revised it; None if it stands.
    `at` and `table` are None where a tier does not tell them. `codes` are those of the coding, as the reader may see.
    """

    seq: int
    kind: Kind
    text: str
    sense: str = ""
    inject: str | None = None
    title: str = ""
    question: str | None = None
    number: int = 0
    ask: str = ""
    delegation: str | None = None
    name: str | None = None
    table: str | None = None
    objectives: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    phase: str | None = None
    storyline: str | None = None
    day: int | None = None
    at: datetime | None = None
    since: int | None = None
    codes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """What reports cite it by."""
        return spelt(self.seq)


def read(text: str) -> int | None:
    """The entry that an id names; None for what is no id."""
    found = _ID.fullmatch(text.strip())
    return int(found[1]) if found is not None else None


def evidence(graph: Graph, state: State, chosen: Iterable[Logged] = ()) -> tuple[Item, ...]:
    """Every piece of evidence in the order of the log; `chosen` are the entries with which tables chose for themselves,
    which a state does not keep the places of."""
    finder = _Finder(graph, state)
    found = [*finder.answers(), *finder.noted(), *finder.decided(), *finder.looked_back(), *finder.chose(chosen)]
    return tuple(sorted(found, key=lambda one: one.seq))


def seen(
    items: Iterable[Item], tier: Tier, names: Mapping[str, tuple[str, str]], tables: Mapping[str, str]
) -> tuple[Item, ...]:
    """What a reader of the full tier, or of the analysts', may have of it. `names` say, by the id of a delegation, by
    what id and name the reader knows it.

    Without names there is no time, no table, nothing that only tells what a table did, no summary that was never
    approved, and no order that tells who was first: items stand by inject, question and pseudonym, notes that belong
    to none by their words.
    """
    if tier is Tier.FULL:
        return tuple(
            replace(_known_as(names, one), table=tables.get(one.table, one.table) if one.table is not None else None)
            for one in items
        )
    found = [replace(_known_as(names, one), table=None, at=None) for one in items if _told_to_analysts(one)]
    order = {name: place for place, name in enumerate(dict.fromkeys(one.inject for one in found))}
    kinds = list(Kind)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.inject is None, order[one.inject], one.number, kinds.index(one.kind), one.name or "", one.text,
                one.seq,
            ),
        )
    )  # fmt: skip


def _said_of(named: str | None, otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """What a note is of: what it names, else what its inject is of. A rating that names nothing is of nothing, as in
    the table of ratings, whose cells lead here."""
    return (named,) if named is not None else otherwise


def in_own_words(graph: Graph, state: State, item: Item) -> bool:
    """Whether a piece that stands is a text which somebody wrote, and so is what coders read first."""
    if item.since is not None or not item.text:
        return False
    if item.kind is not Kind.ANSWER:
        return item.kind in (Kind.OBSERVATION, Kind.RATING, Kind.HOT_WASH, Kind.SUMMARY)
    inject = course.find(graph, state, item.inject or "")
    question = inject.question(item.question or "") if inject is not None else None
    return question is not None and question.kind is QuestionKind.TEXT and not item.sense


def _told_to_analysts(item: Item) -> bool:
    """Not what only tells what a table did, nor a summary that plenary never approved."""
    by_table = item.kind in (Kind.VOTE, Kind.DECISION) and item.delegation is None and item.table is not None
    return not by_table and (item.kind is not Kind.SUMMARY or item.sense == "approved")


def _known_as(names: Mapping[str, tuple[str, str]], item: Item) -> Item:
    known = names.get(item.delegation or "")
    return replace(item, delegation=known[0] if known else None, name=known[1] if known else None)


def reach(graph: Graph, state: State, items: Iterable[Item]) -> tuple[int, int]:
    """The prevalence of what these items show: of how many delegations it is, and of how many it could have been.

    Those it is of are the ones that said it, or of which it was said. It could have been of every delegation that had
    one of the injects before it; where an item belongs to no inject, of all that take part. What a table said counts
    for no delegation, since who of it spoke is not recorded.
    """
    held = list(items)
    shown = {one.delegation for one in held if one.delegation is not None}
    possible: set[str] = set(shown)
    for name in {one.inject for one in held}:
        inject = course.find(graph, state, name) if name is not None else None
        possible |= set(state.delegations) if inject is None else set(asked(state, inject))
    return len(shown), len(possible)


class _Finder:
    """Finds the evidence of one state."""

    def __init__(self, graph: Graph, state: State) -> None:
        self.graph, self.state = graph, state
        self._about: dict[str | None, Item] = {}

    def answers(self) -> Iterator[Item]:
        for (name, wanted, delegation), versions in self.state.responses.items():
            inject = course.find(self.graph, self.state, name)
            question = inject.question(wanted) if inject is not None else None
            if inject is None or question is None:
                continue
            here = self._asked(inject, question)
            for version, after in zip(versions, [*versions[1:], None], strict=True):
                yield replace(
                    here,
                    seq=version.seq,
                    text=in_words(question.options, version.answer),
                    sense=version.answer.stance or "",
                    delegation=delegation,
                    at=version.at,
                    since=after.seq if after is not None else None,
                )

    def _asked(self, inject: Inject, question: Question) -> Item:
        number = next(place for place, one in enumerate(inject.questions, 1) if one.id == question.id)
        here = self._of(inject.id)
        objectives = tuple(dict.fromkeys((*question.objectives, *here.objectives)))
        return replace(here, question=question.id, number=number, ask=question.ask, objectives=objectives)

    def noted(self) -> Iterator[Item]:
        for seq, noted in self.state.noted.items():
            yield self._noted(seq, noted)

    def _noted(self, seq: int, noted: Noted) -> Item:
        note, here = noted.note, self._of(noted.note.inject)
        rating = isinstance(note, RatingGiven)
        return replace(
            here,
            seq=seq,
            kind=Kind.RATING if rating else Kind.OBSERVATION,
            text=note.text,
            sense=note.rating if isinstance(note, RatingGiven) else note.sense,
            delegation=note.delegation if note.delegation in self.state.delegations else None,
            table=note.table,
            objectives=_said_of(note.objective, () if rating else here.objectives),
            capabilities=_said_of(note.capability, () if rating else here.capabilities),
            at=noted.at,
        )

    def decided(self) -> Iterator[Item]:
        for name, decision in self.state.decisions.items():
            said = self._option(name, decision.option) + (" (by default)" if decision.by_default else "")
            yield replace(self._of(name), seq=decision.seq, kind=Kind.DECISION, text=said, at=decision.at)
        for name in self.state.ballots:
            for ballot in rounds(self.state, name):
                yield from self._votes(name, ballot)

    def _votes(self, name: str, ballot: Ballot) -> Iterator[Item]:
        for voter, cast in ballot.cast.items():
            text = self._option(name, cast.option) if cast.option is not None else "Abstained"
            of_tables = ballot.rules.by == "tables"
            sense = f"round {ballot.round}" if ballot.round > 1 or ballot.earlier else ""
            here = self._of(name)
            yield replace(
                here,
                seq=cast.seq,
                kind=Kind.VOTE,
                text=text,
                sense=sense,
                delegation=None if of_tables else voter,
                table=voter if of_tables else None,
                at=cast.at,
            )

    def chose(self, chosen: Iterable[Logged]) -> Iterator[Item]:
        last: dict[tuple[str, str], Logged] = {}
        for logged in chosen:
            if isinstance(logged.entry, TableChose):
                last[logged.entry.inject, logged.entry.table] = logged
        for (name, table), logged in last.items():
            if not isinstance(logged.entry, TableChose):
                continue
            text = self._option(name, logged.entry.option)
            here = self._of(name)
            yield replace(here, seq=logged.seq, kind=Kind.DECISION, text=text, table=table, at=logged.at)

    def looked_back(self) -> Iterator[Item]:
        debrief = self.state.debrief
        for note in debrief.notes.values():
            yield Item(note.seq, Kind.HOT_WASH, note.text, note.sense, table=note.table, day=note.day, at=note.at)
        for gap in debrief.gaps.values():
            table = gap.tables[0] if len(gap.tables) == 1 else None
            text = f"{gap.name}: {gap.text}"
            yield Item(gap.seq, Kind.DRAFT_GAP, text, "" if gap.into is None else "merged", table=table, day=gap.day)
        for (day, table), summary in debrief.summaries.items():
            for number, (seq, at, text) in enumerate(summary.versions, 1):
                after = summary.versions[number][0] if number < len(summary.versions) else None
                sense = "approved" if summary.approved == seq else ""
                yield Item(seq, Kind.SUMMARY, text, sense, table=table, day=day, at=at, since=after)

    def _option(self, name: str, option: str) -> str:
        inject = course.find(self.graph, self.state, name)
        options = inject.branch.options if inject is not None and inject.branch is not None else {}
        return f"{option}: {options[option].label}" if option in options else option

    def _of(self, name: str | None) -> Item:
        """What every item about an inject has of it; the same for all, so it is put together once."""
        known = self._about.get(name)
        if known is not None:
            return known
        inject = course.find(self.graph, self.state, name) if name is not None else None
        made = Item(0, Kind.ANSWER, "", inject=name)
        if inject is not None:
            made = replace(
                made,
                title=inject.title,
                objectives=inject.objectives,
                capabilities=inject.capabilities,
                phase=inject.phase,
                storyline=inject.storyline,
                day=course.day_of(self.graph, self.state, inject.id),
            )
        self._about[name] = made
        return made


def from_the_wall(state: State, name: str) -> tuple[int, ...]:
    """The entries that a draft gap of the wall rests on: itself and what was merged into it, and the notes they are of.

    What tables said when they tested it is no evidence for it: some of it speaks against.
    """
    found: set[int] = set()
    waiting, met = [name], set[str]()
    while waiting:
        gap = state.debrief.gaps.get(waiting.pop(0))
        if gap is None or gap.name in met:
            continue
        met.add(gap.name)
        found.add(gap.seq)
        if gap.note is not None and gap.note in state.debrief.notes:
            found.add(gap.note)
        waiting += gap.merged
    return tuple(sorted(found))


def against(state: State, name: str) -> tuple[GapTested, ...]:
    """What tables said for whom a draft gap does not hold, or only in part."""
    gap = state.debrief.gaps.get(name)
    tests = tuple(gap.verdicts.values()) if gap is not None else ()
    return tuple(one for one in tests if one.verdict != "holds")
