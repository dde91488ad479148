"""The record of an exercise as one report: what was released when, who answered what, what was observed.

Every format is made from this data. What a reader may not know is left out here, by tier.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from random import SystemRandom
from typing import Literal

from ttx.exercise import course, pace, run_of_show, views
from ttx.exercise.entries import RatingGiven
from ttx.exercise.state import State, Status
from ttx.review import contacts, looked_back, matrix, public
from ttx.review.alignment import aligned
from ttx.review.answered import content as content
from ttx.review.answered import in_words as in_words
from ttx.review.contacts import Network
from ttx.review.findings import Findings, FoundGap, PlannedAction
from ttx.review.looked_back import DraftedGap, Summed, WashNoted
from ttx.review.matrix import Rated, Share
from ttx.review.parts import Part as Part
from ttx.review.parts import Tier as Tier
from ttx.review.parts import spelt
from ttx.review.polled import parted, polled, rounds
from ttx.review.told import (
    Answered,
    Asked,
    Held,
    Member,
    Observed,
    Stopped,
    Taken,
    Told,
    Version,
    Wording,
)
from ttx.scenario.graph import Graph
from ttx.scenario.model import Inject, Question


class Report(Part):
    """A whole report. `seq` is the log's head it was made from; `tlp` and the Chatham House Rule are two fields.

    `objectives` and `capabilities` are the scenario's, id to name; `language` is that of its words. `gaps` are the
    drafts of the wall, `found` what the review made of them and of the evidence, `plan` what is to be done. `stops` are
    its real emergencies.
    """

    marking: Literal["EXERCISE EXERCISE EXERCISE"] = "EXERCISE EXERCISE EXERCISE"
    title: str
    scenario: str
    version: str
    tlp: str
    chatham_house: bool
    tier: Tier
    status: str
    seq: int
    made_at: datetime
    days: tuple[Held, ...]
    language: str
    objectives: Mapping[str, str]
    capabilities: Mapping[str, str]
    delegations: tuple[Member, ...]
    injects: tuple[Told, ...]
    general: tuple[Observed, ...]
    hot_wash: tuple[WashNoted, ...] = ()
    gaps: tuple[DraftedGap, ...] = ()
    found: tuple[FoundGap, ...] = ()
    plan: tuple[PlannedAction, ...] = ()
    summaries: tuple[Summed, ...] = ()
    stops: tuple[Stopped, ...] = ()
    network: Network | None = None
    ratings: tuple[Rated, ...] = ()
    shares: tuple[Share, ...] = ()
    counts: Mapping[str, int]


class NoSuchTier(ValueError):
    """A tier that cannot be made; the text is a sentence."""


NOTHING_FOUND = Findings()


def make(
    graph: Graph,
    state: State,
    tier: Tier,
    now: datetime,
    delegation: str | None = None,
    findings: Findings = NOTHING_FOUND,
    zone: tzinfo | None = UTC,
) -> Report:
    """The report of an exercise for one tier. `own` needs a delegation; `zone` is the room's (None: this machine's).

    In the analyst tier delegations have names drawn anew for each report, in an order of their own, no clock
    times and no tables; free text stays as written. A public one has counts in bands and no free text at all. Raises
    NoSuchTier for what cannot be made, and ValueError for `findings` that were made for another tier.
    """
    if findings.tier not in (None, tier):
        raise ValueError(f"Findings for the tier {findings.tier} do not belong into a report of the tier {tier}.")
    if tier is Tier.PUBLIC:
        return _for_everybody(graph, state, now)
    if tier is Tier.OWN and delegation not in state.delegations:
        raise NoSuchTier("An own report is a delegation's: name one that takes part.")
    names = {name: one.name for name, one in state.delegations.items()}
    aliases = {name: name for name in names}
    if tier is Tier.ANALYST:
        order = list(names)
        SystemRandom().shuffle(order)
        aliases = {name: f"P{number:02d}" for number, name in enumerate(order, 1)}
        names = {name: f"Participant {number}" for number, name in enumerate(order, 1)}
    elif tier is Tier.OWN:
        names = {name: label for name, label in names.items() if name == delegation}
    named = tier is not Tier.ANALYST
    own = frozenset(state.delegations[delegation].tables) if tier is Tier.OWN and delegation is not None else None
    teller = _Teller(graph, state, tier, names, aliases)
    injects = tuple(teller.told())
    general = tuple(teller.observed(None))
    return Report(
        title=state.title or graph.scenario.title,
        scenario=graph.scenario.id,
        version=graph.scenario.version,
        tlp=graph.scenario.tlp,
        chatham_house=graph.scenario.chatham_house,
        tier=tier,
        status=state.status,
        seq=state.seq,
        made_at=now,
        days=tuple(
            Held(
                day=day.day,
                title=day.title,
                opened_at=teller.time(state.opened.get(day.day)),
                closed_at=teller.time(state.closed.get(day.day)),
                behind=teller.behind(day.day, now, zone),
            )
            for day in graph.scenario.days
        ),
        delegations=tuple(
            sorted((Member(id=aliases[name], name=names[name]) for name in names), key=lambda one: one.id)
            if tier is Tier.ANALYST
            else (Member(id=name, name=label) for name, label in names.items())
        ),
        language=graph.scenario.language,
        objectives={name: one.name for name, one in graph.scenario.objectives.items()},
        capabilities={name: one.name for name, one in graph.scenario.capabilities.items()},
        injects=injects,
        general=general,
        hot_wash=() if tier is Tier.OWN else tuple(looked_back.hot_wash(state, named)),
        gaps=() if tier is Tier.OWN else tuple(looked_back.gaps(state, named)),
        found=findings.gaps,
        plan=findings.actions,
        summaries=tuple(looked_back.summaries(state, named, own)),
        stops=tuple(
            Stopped(day=one.day, at=teller.time(one.at), lifted_at=teller.time(one.lifted)) for one in state.stops
        ),
        ratings=() if tier is Tier.OWN else matrix.ratings(state),
        shares=matrix.shares(graph, state, names, aliases),
        network=None if tier is Tier.OWN else contacts.made(graph, state, names, aliases),
        counts={
            "released": sum(1 for inject in injects if inject.id in state.out),
            "questions": sum(len(inject.questions) for inject in injects),
            "answers": sum(_given(inject) for inject in injects),
            "asked": sum(len(question.answers) for inject in injects for question in inject.questions),
            "observations": sum(len(inject.observations) for inject in injects) + len(general),
        },
    )


def _for_everybody(graph: Graph, state: State, now: datetime) -> Report:
    """Counts in bands and what the scenario says; no text that somebody wrote, no time, no delegation.

    Only when the exercise has ended: of a record that still grows, the difference of two reports would tell what one
    delegation answered in between.
    """
    if state.status is not Status.ENDED:
        raise NoSuchTier("A report for everybody is made when the exercise has ended, so that no two of them differ.")
    injects = tuple(public.told(graph, state))
    return Report(
        title=graph.scenario.title,
        scenario=graph.scenario.id,
        version=graph.scenario.version,
        tlp=graph.scenario.tlp,
        chatham_house=graph.scenario.chatham_house,
        tier=Tier.PUBLIC,
        status=state.status,
        seq=state.seq,
        made_at=now,
        days=tuple(Held(day=day.day, title=day.title, opened_at=None, closed_at=None) for day in graph.scenario.days),
        delegations=(),
        language=graph.scenario.language,
        objectives={name: one.name for name, one in graph.scenario.objectives.items()},
        capabilities={name: one.name for name, one in graph.scenario.capabilities.items()},
        injects=injects,
        general=(),
        counts={
            "delegations": len(state.delegations),
            "released": len(injects),
            "questions": sum(len(inject.questions) for inject in injects),
        },
    )


class _Teller:
    """Tells the parts of one report, with the names and times its tier allows."""

    def __init__(
        self, graph: Graph, state: State, tier: Tier, names: Mapping[str, str], aliases: Mapping[str, str]
    ) -> None:
        self.graph, self.state, self.tier = graph, state, tier
        self.names, self.aliases = names, aliases

    def time(self, at: datetime | None) -> datetime | None:
        """A clock time, where the tier has any."""
        return None if self.tier is Tier.ANALYST else at

    def behind(self, day: int, now: datetime, zone: tzinfo | None) -> int | None:
        """A day's drift, as its console says it; nothing where the tier has no times."""
        found = pace.held(self.graph, self.state, day, now, zone) if self.tier is not Tier.ANALYST else None
        return run_of_show.minutes(found) if found is not None else None

    def cited(self, seq: int) -> str | None:
        """By what id those who work with the whole record cite an entry."""
        return spelt(seq) if self.tier in (Tier.FULL, Tier.ANALYST) else None

    def told(self) -> Iterator[Told]:
        """Every inject that was released, held or skipped; for an own report what reached it."""
        for name in self._names_in_order():
            inject = course.find(self.graph, self.state, name)
            progress = self.state.progress.get(name)
            if inject is None or progress is None:
                continue
            written = course.as_written(self.graph, self.state, name)
            reached = views.asked(self.state, inject)
            asked = range(1, len(inject.questions) + 1) if name in self.state.out else ()
            if self.tier is Tier.OWN and (name not in self.state.out or not set(reached) & self.names.keys()):
                continue
            yield Told(
                id=name,
                day=course.day_of(self.graph, self.state, name) or 0,
                title=inject.title,
                kind=inject.kind if self.tier is not Tier.OWN else "",
                sender=inject.sender,
                to=self._audience(inject),
                planned="" if name in self.state.added else inject.at,
                released_at=self.time(progress.first),
                recalled_at=self.time(progress.recalled),
                standing=progress.standing,
                decision=self._taken(inject) if self.tier is not Tier.OWN else None,
                votes=tuple(
                    polled(self.state, inject, one, self.tier, self.names, self.aliases, self.time)
                    for one in rounds(self.state, inject.id)
                ),
                by_table=parted(self.state, inject, self.tier, self.names),
                questions=tuple(self._asked(inject, number) for number in asked),
                observations=tuple(self.observed(name)),
                as_told=_wording(inject) if (changed := self._changed(name)) else None,
                as_written=_wording(written) if changed and written is not None else None,
                taken_back=tuple(self.time(at) for at in progress.taken_back),
            )

    def _changed(self, name: str) -> bool:
        """Whether an inject was told in other words than it was written; what was not told is no delegation's."""
        return self.tier is not Tier.OWN and bool(course.changed_words(self.graph, self.state, name))

    def _names_in_order(self) -> Iterator[str]:
        yield from dict.fromkeys((*self.state.out, *self.graph.injects, *self.state.added))

    def _audience(self, inject: Inject) -> str:
        to = inject.to
        named = (*to.groups, *to.tables, *(self.names.get(name, name) for name in to.delegations))
        if to.all:
            return "all"
        return ", ".join(named) if self.tier is Tier.FULL else "some"

    def _taken(self, inject: Inject) -> Taken | None:
        decision = self.state.decisions.get(inject.id)
        if decision is None or inject.branch is None:
            return None
        label = inject.branch.options[decision.option].label
        return Taken(
            option=decision.option,
            label=label,
            by_default=decision.by_default,
            evidence=self.cited(decision.seq),
        )

    def _asked(self, inject: Inject, number: int) -> Asked:
        question = inject.questions[number - 1]
        reached = [name for name in views.asked(self.state, inject) if name in self.names]
        if self.tier is Tier.ANALYST:
            reached.sort(key=lambda name: self.aliases[name])
        answers = tuple(self._answered(inject, question, name) for name in reached)
        of_record = [one.versions[-1].answer for one in answers if one.versions]
        return Asked(
            id=question.id,
            number=number,
            ask=question.ask,
            kind=question.kind,
            options=dict(question.options),
            answers=answers,
            aligned=None if self.tier is Tier.OWN else aligned(question, len(reached), of_record),
        )

    def _answered(self, inject: Inject, question: Question, delegation: str) -> Answered:
        given = self.state.responses.get((inject.id, question.id, delegation), ())
        versions = tuple(
            Version(
                at=self.time(one.at),
                answer=one.answer,
                text=in_words(question.options, one.answer),
                recalled=one.recalled,
                evidence=self.cited(one.seq),
            )
            for one in given
        )
        return Answered(
            delegation=self.aliases[delegation],
            name=self.names[delegation],
            versions=versions,
            silent=not versions and inject.id in self.state.out,
        )

    def observed(self, inject: str | None) -> Iterator[Observed]:
        """What evaluators noted of an inject, or of none; nothing for a delegation's own report."""
        if self.tier is Tier.OWN:
            return
        for seq, noted in sorted(self.state.noted.items()):
            note = noted.note
            if note.inject != inject:
                continue
            sense, rating = ("rating", note.rating) if isinstance(note, RatingGiven) else (note.sense, None)
            yield Observed(
                at=self.time(noted.at),
                sense=sense,
                text=note.text,
                delegation=self.aliases.get(note.delegation) if note.delegation is not None else None,
                table=note.table if self.tier is Tier.FULL else None,
                objective=note.objective,
                capability=note.capability,
                rating=rating,
                evidence=self.cited(seq),
            )


def _wording(inject: Inject) -> Wording:
    return Wording(title=inject.title, sender=inject.sender, text=inject.text)


def _given(inject: Told) -> int:
    return sum(1 for question in inject.questions for one in question.answers if one.versions)
