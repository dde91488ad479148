"""Pictures and tables of a review, each cell leading to its evidence: ratings, participation and alignment; the
coordination network with what was expected of it; who would do what first."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from ttx.exercise import course
from ttx.exercise.answers import CHANNELS
from ttx.exercise.sight import asked
from ttx.pages import bars, steps
from ttx.pages.ring import ring
from ttx.review import alignment, contacts, matrix, network, voices
from ttx.review.alignment import Aligned
from ttx.review.contacts import Network
from ttx.review.evidence import Kind
from ttx.review.parts import Names, Tier
from ttx.review.sequence import sequence
from ttx.review.telling import Teller
from ttx.scenario.model import Inject, Question
from ttx.web.access import TheHouse, TheSeat
from ttx.web.review import in_order
from ttx.web.review_desk import Desk, opened, review_page

router = APIRouter(include_in_schema=False)

Choice = Annotated[str, Query(max_length=200)]
DRAWN: Mapping[str, str] = {
    "stated": "Stated ties", "missing": "Missing ties", "both": "Stated and missing ties",
}  # fmt: skip

MEASURES: Mapping[str, str] = {
    "nodes": "Delegations and organisations",
    "ties": "Ties",
    "density": "Density",
    "reciprocity_edgewise": "Reciprocity of ties",
    "reciprocity_dyadic": "Reciprocity of pairs",
    "reciprocity_nonnull": "Reciprocity of tied pairs",
    "transitivity": "Transitivity",
    "betweenness_centralization": "Centralisation by betweenness",
    "indegree_centralization": "Centralisation by indegree",
    "outdegree_centralization": "Centralisation by outdegree",
    "connectedness": "Connectedness",
}
"""What the measures of `network.DEFINITIONS` are called."""


@router.get("/s/{seat}/tables")
def tables_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """Objective by capability and rating, delegation by capability, alignment by question and by voice."""
    desk = opened(house, seat)
    graph, state = desk.room.graph, desk.room.state
    aliases, labels = ({name: one[at] for name, one in desk.names.items()} for at in (0, 1))
    teller = Teller(graph, state, desk.tier, Names(labels, aliases, apart=False, seed=None), desk.plain)
    found = _aligned(desk)
    topics, pairs = voices.voices(graph, state, desk.names, lambda one: teller.said(one, labels))
    return _page(
        request,
        desk,
        "tables.html",
        "tables",
        ratings=matrix.ratings(state),
        shares=matrix.shares(graph, state, list(desk.names), aliases),
        delegations=sorted(desk.names.values(), key=lambda one: (len(one[0]) if len(one[0]) < 3 else 0, one[1])),
        aligned=[one[1:] for one in found],
        rules=alignment.RULES,
        agreed=bars.of_agreement(alignment.by_day((day, one) for day, *_asked, one in found)),
        looks=bars.LOOKS,
        topics=topics,
        heard=bars.of_voices(topics),
        pairs=pairs,
        voice_rules=voices.RULES,
        in_order=in_order,
    )


@router.get("/s/{seat}/network")
def network_page(
    request: Request, house: TheHouse, seat: TheSeat, phase: Choice = "", without: Choice = "", show: Choice = "stated"
) -> Response:
    """The coordination network, by phase, without a node, with what is missing of what the scenario expects."""
    desk = opened(house, seat)
    names = {name: label for name, (_, label) in desk.names.items()}
    aliases = {name: alias for name, (alias, _) in desk.names.items()}
    whole = contacts.made(desk.room.graph, desk.room.state, names, aliases)
    whole = contacts.hidden(whole, desk.plain) if whole is not None and desk.tier is not Tier.FULL else whole
    chosen = contacts.seen(whole, phase, without) if whole is not None else None
    missing = [one for one in chosen.expected if phase in one.missing or (not phase and one.missing)] if chosen else []
    drawn = chosen.model_copy(update={"ties": ()}) if chosen is not None and show == "missing" else chosen
    ends = [(one.source, one.target) for one in missing if not one.stated or phase]
    return _page(
        request,
        desk,
        "network.html",
        "network",
        whole=whole,
        network=chosen,
        ring=ring(drawn, ends if show in ("missing", "both") else ()) if drawn is not None else None,
        missing=missing,
        wanted={(one.source, one.target) for one in chosen.expected} if chosen is not None else set(),
        falls=contacts.parts(chosen) if chosen is not None else 0,
        phase=phase,
        without=without,
        show=show if show in DRAWN else "stated",
        drawn=DRAWN,
        definitions=network.DEFINITIONS,
        measure_names=MEASURES,
        channels=CHANNELS,
        answers=_answers(desk),
        hubs=_hubs(whole),
    )


@router.get("/s/{seat}/sequence")
def sequence_page(request: Request, house: TheHouse, seat: TheSeat, of: Choice = "") -> Response:
    """Who would do what first: over the time line, and of one question in order."""
    desk = opened(house, seat)
    called, ranked = sequence(desk.room.graph, desk.room.state, desk.names, desk.plain)
    keys = {f"{one.inject}/{one.question}": one for one in called}
    chosen = keys.get(of) or next((one for one in called if one.rows), None)
    return _page(
        request,
        desk,
        "sequence.html",
        "sequence",
        called=called,
        line=steps.line(called),
        chosen=chosen,
        order=steps.order(chosen) if chosen is not None else None,
        ranked=[(one, steps.ranked(one)) for one in ranked],
        channels=CHANNELS,
    )


def _page(request: Request, desk: Desk, template: str, part: str, **context: Any) -> Response:
    return review_page(request, desk, f"review/{template}", "figures", part=part, **context)


def _answers(desk: Desk) -> Mapping[tuple[str, str], str]:
    """The id of each delegation's answer of record, by delegation and question."""
    return {
        (one.delegation or "", f"{one.inject}/{one.question}"): one.id
        for one in desk.items
        if one.kind is Kind.ANSWER and one.since is None
    }


def _hubs(whole: Network | None) -> list[tuple[str, str]]:
    """The nodes that can be left out, those that most ties end at first."""
    nodes = sorted(whole.nodes, key=lambda one: (-one.indegree - one.outdegree, one.name)) if whole is not None else []
    return [(one.id, one.name) for one in nodes if one.indegree + one.outdegree]


def _aligned(desk: Desk) -> list[tuple[int, Inject, int, Question, Aligned]]:
    """How far answers of record agree, of every question that was told, with its day."""
    state, found = desk.room.state, []
    for name in state.out:
        inject = course.find(desk.room.graph, state, name)
        for number, question in enumerate(inject.questions if inject is not None else (), 1):
            if inject is not None:
                reached = asked(state, inject)
                versions = [state.responses.get((name, question.id, one), ()) for one in reached]
                given = [one[-1].answer for one in versions if one]
                day = course.day_of(desk.room.graph, state, name) or 0
                found.append((day, inject, number, question, alignment.aligned(question, len(reached), given)))
    return found
