"""The record of an exercise as one report: what was released when, who answered what, what was observed.

Every format is made from this data. What a reader may not know is left out here, by tier.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Literal

from pydantic import Field

from ttx.exercise.state import State, Status
from ttx.review import contacts, ledger, looked_back, matrix, placeholders, public
from ttx.review.alignment import by_day
from ttx.review.answered import content as content
from ttx.review.answered import in_words as in_words
from ttx.review.contacts import Network
from ttx.review.exports import NOTHING_LEFT, Own, Section
from ttx.review.feedback import Prompt
from ttx.review.findings import Findings, FoundGap, PlannedAction
from ttx.review.looked_back import DraftedGap, Summed, WashNoted
from ttx.review.matrix import Rated, Share
from ttx.review.opinions import Consenting, Fed
from ttx.review.parts import Names, numbered
from ttx.review.parts import Part as Part
from ttx.review.parts import Tier as Tier
from ttx.review.scan import Scan
from ttx.review.telling import Teller
from ttx.review.told import (
    Held,
    Member,
    Observed,
    Stopped,
    Told,
)
from ttx.review.voices import Pair, Topic, voices
from ttx.scenario.graph import Graph


class Report(Part):
    """A whole report. `seq` is the log's head it was made from; `tlp` and the Chatham House Rule are two fields.

    Where it is not `linked`, a delegation has another name in each section: in each question, each vote, the network.
    `objectives` and `capabilities` are the scenario's, id to name; `language` is that of its words. `gaps` are the
    drafts of the wall, `found` what the review made of them and of the evidence, `plan` what is to be done. `stops` are
    its real emergencies.

    `sections` are the analysts' own text, `order` how they and the chapters follow each other. A report for everybody
    has `quotations` that two people let go, and names in `held_back` the questions whose counts it does not tell.

    `feedback` is the participants', in bands, with the `comments` that two people let go; `participants` who agreed to
    be named, by name in the full report alone.
    """

    marking: Literal["EXERCISE EXERCISE EXERCISE"] = "EXERCISE EXERCISE EXERCISE"
    title: str
    scenario: str
    version: str
    tlp: str
    chatham_house: bool
    tier: Tier
    linked: bool = True
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
    voices: tuple[Topic, ...] = ()
    voice_pairs: tuple[Pair, ...] = ()
    counts: Mapping[str, int]
    sections: tuple[Section, ...] = ()
    order: tuple[str, ...] = ()
    quotations: tuple[str, ...] = ()
    held_back: tuple[str, ...] = ()
    feedback: tuple[Fed, ...] = ()
    comments: Mapping[Prompt, tuple[str, ...]] = Field(default_factory=dict)
    participants: Consenting | None = None

    @property
    def called(self) -> Mapping[str, str]:
        """The name of each delegation, by the id it has in this report."""
        return {one.id: one.name for one in self.delegations}

    @property
    def agreement(self) -> tuple[tuple[int, Mapping[str, int]], ...]:
        """How many questions of each day have which verdict (`alignment.by_day`)."""
        asked = ((inject.day, one.aligned) for inject in self.injects for one in inject.questions)
        return by_day((day, one) for day, one in asked if one is not None)


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
    written: Own = NOTHING_LEFT,
    people: Iterable[str] = (),
    seed: bytes | None = None,
    linked: bool = False,
) -> Report:
    """The report of an exercise for one tier. `own` needs a delegation; `zone` is the room's (None: this machine's).

    In the analyst tier delegations have names drawn anew for each report and, unless it is to be `linked`, for each of
    its sections, in an order of their own, no clock times and no tables; their names and those of `people`, the roster,
    are left out of what was written. A public one has counts in bands and no free text but quotations that two people
    let go. The same `seed`, which must be kept
    secret, draws the same names; without one nobody knows it. Raises NoSuchTier for what cannot be made, and ValueError
    for `findings` or `written` of another tier.
    """
    if (of := findings.tier if findings.tier not in (None, tier) else written.tier) not in (None, tier):
        raise ValueError(f"Findings for the tier {of} do not belong into a report of the tier {tier}.")
    if tier is Tier.PUBLIC:
        return _for_everybody(graph, state, now, zone, written)
    if tier is Tier.OWN and delegation not in state.delegations:
        raise NoSuchTier("An own report is a delegation's: name one that takes part.")
    names = {name: one.name for name, one in state.delegations.items()}
    aliases = {name: name for name in names}
    if tier is Tier.ANALYST:
        names, aliases = (dict(one) for one in numbered(names, seed))
    elif tier is Tier.OWN:
        names = {name: label for name, label in names.items() if name == delegation}
    named = tier is not Tier.ANALYST
    own = frozenset(state.delegations[delegation].tables) if tier is Tier.OWN and delegation is not None else None
    plain: Callable[[str], str] = str
    if not named:
        plain = Scan({name: one.name for name, one in state.delegations.items()}, tuple(people), own=True).hide
    called = Names(names, aliases, not named and not linked, seed)
    teller = Teller(graph, state, tier, called, plain)
    network = None if tier is Tier.OWN else contacts.made(graph, state, *called.of("network"))
    by_voice = called.of("voices")
    heard, pairs = voices(
        graph,
        state,
        {name: (by_voice[1][name], by_voice[0][name]) for name in by_voice[0]} if tier is not Tier.OWN else {},
        lambda answer: teller.said(answer, by_voice[0]),
    )
    injects = tuple(teller.told())
    seals = {day: one for day, one in state.sealed.items() if day != state.day}
    general = tuple(teller.observed(None))
    noted = [note for inject in injects for note in inject.observations] + list(general)
    made = Report(
        title=state.title or graph.scenario.title,
        scenario=graph.scenario.id,
        version=graph.scenario.version,
        tlp=graph.scenario.tlp,
        chatham_house=graph.scenario.chatham_house,
        tier=tier,
        linked=linked or named,
        status=state.status,
        seq=state.seq,
        made_at=now if named else _day_of(now, zone),
        days=tuple(
            Held(
                day=day.day,
                title=day.title,
                opened_at=teller.time(state.opened.get(day.day)),
                closed_at=teller.time(state.closed.get(day.day)),
                behind=teller.behind(day.day, now, zone),
                sealed=seals[day.day].seq if day.day in seals else None,
                seal=seals[day.day].groups if day.day in seals else None,
                left=teller.left(day.day),
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
        hot_wash=() if tier is Tier.OWN else tuple(looked_back.hot_wash(state, named, plain)),
        gaps=() if tier is Tier.OWN else tuple(looked_back.gaps(state, named, plain)),
        found=findings.gaps,
        plan=findings.actions,
        summaries=tuple(looked_back.summaries(state, named, own, plain)),
        stops=tuple(
            Stopped(day=one.day, at=teller.time(one.at), lifted_at=teller.time(one.lifted)) for one in state.stops
        ),
        ratings=() if tier is Tier.OWN else matrix.ratings(state),
        shares=matrix.shares(graph, state, names, called.of("shares")[1]),
        voices=heard if tier is not Tier.OWN else (),
        voice_pairs=pairs,
        network=contacts.hidden(network, plain) if network is not None and not named else network,
        counts={
            "released": sum(1 for inject in injects if inject.id in state.out),
            "questions": sum(len(inject.questions) for inject in injects),
            "answers": sum(_given(inject) for inject in injects),
            "asked": sum(len(question.answers) for inject in injects for question in inject.questions),
            "observations": sum(note.rating is None for note in noted),
            "ratings": sum(note.rating is not None for note in noted),
        },
        sections=written.sections,
        order=written.order,
        feedback=written.feedback,
        comments=written.comments,
        participants=written.participants,
    )
    own_text = [one.model_copy(update={"text": placeholders.filled(one.text, made)}) for one in made.sections]
    return made.model_copy(update={"sections": tuple(own_text)}) if own_text else made


def _for_everybody(graph: Graph, state: State, now: datetime, zone: tzinfo | None, written: Own) -> Report:
    """Counts in bands and what the scenario says; no text that somebody wrote, no time, no delegation.

    Only when the exercise has ended: of a record that still grows, the difference of two reports would tell what one
    delegation answered in between.
    """
    if state.status is not Status.ENDED:
        raise NoSuchTier("A report for everybody is made when the exercise has ended, so that no two of them differ.")
    injects, held_back = ledger.weighed(tuple(public.told(graph, state, written.k)), written.told, written.k)
    return Report(
        title=graph.scenario.title,
        scenario=graph.scenario.id,
        version=graph.scenario.version,
        tlp=graph.scenario.tlp,
        chatham_house=graph.scenario.chatham_house,
        tier=Tier.PUBLIC,
        status=state.status,
        seq=state.seq,
        made_at=_day_of(now, zone),
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
        order=written.order,
        quotations=written.quotations,
        held_back=held_back,
        feedback=written.feedback,
        comments=written.comments,
        participants=written.participants,
    )


def _day_of(now: datetime, zone: tzinfo | None) -> datetime:
    """The day alone, as it is in the room: a clock time tells who was still at work, and in which of two exports
    something is new."""
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _given(inject: Told) -> int:
    return sum(1 for question in inject.questions for one in question.answers if one.versions)
