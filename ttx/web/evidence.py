"""The evidence of an exercise: one page to search and sift it all, and one for each piece."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ttx.exercise.rights import Action, reach
from ttx.output.labels import PHASES
from ttx.review import evidence as found
from ttx.review.evidence import Item, Kind
from ttx.review.folding import marked, terms
from ttx.review.parts import Tier
from ttx.review.sifting import FACETS, NONE, Sift, pages, sifted
from ttx.scenario.model import Phase
from ttx.web.access import TheHouse, TheSeat
from ttx.web.review_desk import Desk, opened, review_page

router = APIRouter(include_in_schema=False)

PAGE = 40
"""Pieces of evidence on one page."""
AROUND = 220
"""Letters shown before and after the first word that was found in a long text."""
LONG = 700
"""Letters of a text that a list shows whole."""
MOST_PICKED = 400

KINDS: Mapping[str, str] = {
    Kind.ANSWER: "Answers",
    Kind.OBSERVATION: "Observations",
    Kind.RATING: "Ratings",
    Kind.VOTE: "Votes",
    Kind.DECISION: "Decisions",
    Kind.HOT_WASH: "Hot wash",
    Kind.DRAFT_GAP: "Draft gaps",
    Kind.SUMMARY: "Summaries",
}
ONE: Mapping[str, str] = {
    Kind.ANSWER: "Answer",
    Kind.OBSERVATION: "Observation",
    Kind.RATING: "Rating",
    Kind.VOTE: "Vote",
    Kind.DECISION: "Decision",
    Kind.HOT_WASH: "Hot wash",
    Kind.DRAFT_GAP: "Draft gap",
    Kind.SUMMARY: "Summary",
}
SENSES: Mapping[str, str] = {
    "strength": "Strength", "gap": "Gap", "note": "Note", "surprise": "Surprise", "merged": "Merged",
    "approved": "Approved", "no_instruction": "No instruction", "not_applicable": "Not applicable",
    "would_ask": "Would need to ask", "P": "P, without challenges", "S": "S, some challenges",
    "M": "M, major challenges", "U": "U, unable", "N": "N, not observed",
}  # fmt: skip
LABELS: Mapping[str, str] = {
    "kind": "Kind", "sense": "Sense", "objective": "Objective", "capability": "Capability", "phase": "Phase",
    "inject": "Inject", "delegation": "Delegation", "table": "Table", "storyline": "Storyline", "code": "Code",
}  # fmt: skip

Choice = Annotated[str, Query(max_length=80)]


@router.get("/s/{seat}/evidence")
def evidence_page(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    words: Annotated[str, Query(max_length=200)] = "",
    kind: Choice = "",
    sense: Choice = "",
    objective: Choice = "",
    capability: Choice = "",
    phase: Choice = "",
    inject: Choice = "",
    delegation: Choice = "",
    table: Choice = "",
    storyline: Choice = "",
    code: Choice = "",
    question: Choice = "",
    earlier: bool = False,
    number: Annotated[int, Query(ge=1, le=10_000, alias="page")] = 1,
    pick: Annotated[list[str] | None, Query(max_length=MOST_PICKED)] = None,
    gap: Choice = "",
) -> Response:
    """Everything that a finding can rest on, as far as it fits what is looked for."""
    desk = opened(house, seat)
    sift = Sift(
        words, kind, objective, capability, phase, inject, delegation,
        table if desk.tier is Tier.FULL else "", storyline, sense, code, question, earlier,
    )  # fmt: skip
    result = sifted(desk.coded, sift)
    parts = list(pages(result.items, PAGE))
    number = min(number, len(parts))
    picked = picked_of(desk, pick or [])
    shown = {one.seq for one in parts[number - 1]}
    wanted = terms(words)
    facets = [
        (name, LABELS[name], getattr(sift, name), options(desk, name, result.counts[name], getattr(sift, name)))
        for name in FACETS
        if name != "table" or desk.tier is Tier.FULL
    ]
    return review_page(
        request,
        desk,
        "review/evidence.html",
        "evidence",
        sift=sift,
        facets=facets,
        items=[(one, *excerpt(one.text, wanted)) for one in parts[number - 1]],
        found=len(result.items),
        of=sum(1 for one in desk.items if earlier or one.since is None),
        number=number,
        numbers=len(parts),
        link=lambda page: f"?{urlencode(_asked(sift, picked, page, gap), doseq=True)}",
        without=lambda: (
            f"?{urlencode({'pick': [one.id for one in picked], **({'gap': gap} if gap else {})}, doseq=True)}"
        ),
        picked={one.seq for one in picked},
        elsewhere=[one for one in picked if one.seq not in shown],
        citing=desk.review.citing(),
        add_to=gap,
        one=ONE,
        senses=SENSES,
    )


@router.get("/s/{seat}/evidence/{item}")
def one_page(request: Request, house: TheHouse, seat: TheSeat, item: Annotated[str, Path(max_length=20)]) -> Response:
    """One piece of evidence, whole: where a citation in a report leads back to."""
    desk = opened(house, seat)
    seq = found.read(item)
    here = desk.known.get(seq) if seq is not None else None
    if here is None:
        raise HTTPException(404)
    same = [one for one in desk.items if _same_place(one, here)]
    return review_page(
        request,
        desk,
        "review/item.html",
        "evidence",
        item=here,
        versions=[one for one in same if one.delegation == here.delegation and one.table == here.table],
        others=[one for one in same if one.since is None and one.delegation != here.delegation],
        inject=desk.room.graph.injects.get(here.inject or ""),
        codes=[desk.codebook[code] for code in desk.coding.codes(here.seq, seat.id) if code in desk.codebook],
        gaps=[gap for name in desk.review.citing().get(here.seq, ()) if (gap := desk.review.gaps.get(name))],
        may_replay=reach(seat, Action.REPLAY) is not None,
        one=ONE,
        senses=SENSES,
    )


def picked_of(desk: Desk, ids: list[str]) -> list[Item]:
    """The pieces that these ids name, each once; what is no evidence here is left out."""
    seqs = dict.fromkeys(found.read(one) for one in ids)
    return [desk.known[seq] for seq in seqs if seq is not None and seq in desk.known]


def options(desk: Desk, facet: str, counts: Mapping[str, int], chosen: str) -> list[tuple[str, str, int]]:
    """What can be chosen, what it is called, and how much that leaves; what would leave nothing is left out."""
    named = names(desk, facet)
    there = {value: label for value, label in named.items() if counts.get(value) or value == chosen}
    there |= {value: value for value in counts if value not in there and value != NONE}
    made = [(value, label, counts.get(value, 0)) for value, label in there.items()]
    rest = counts.get(NONE, 0)
    return [*made, (NONE, "None", rest)] if made and (rest or chosen == NONE) else made


def names(desk: Desk, facet: str) -> Mapping[str, str]:
    """The values of a facet with what they are called, in their own order."""
    scenario, state = desk.room.graph.scenario, desk.room.state
    match facet:
        case "kind":
            return KINDS
        case "sense":
            return SENSES
        case "objective":
            return {name: f"{name} {one.name}" for name, one in scenario.objectives.items()}
        case "capability":
            return {name: f"{name} {one.name}" for name, one in scenario.capabilities.items()}
        case "phase":
            return {one.value: PHASES[one] for one in Phase}
        case "inject":
            titles = {one.inject: one.title for one in desk.items if one.inject is not None}
            order = [*desk.room.graph.injects, *state.added]
            return {name: f"{name} {titles[name]}" for name in order if name in titles}
        case "delegation":
            lettered = desk.tier is not Tier.FULL  # B comes before AA
            return dict(sorted(desk.names.values(), key=lambda one: (len(one[0]) if lettered else 0, one[1])))
        case "table":
            return {name: name for name in state.tables.values()}
        case "code":
            return {name: one.label for name, one in desk.codebook.items()}
        case _:
            return {name: one.name for name, one in scenario.storylines.items()}


def excerpt(text: str, wanted: tuple[str, ...]) -> tuple[tuple[tuple[bool, str], ...], bool]:
    """A text as runs with what was found in it marked, cut around the first find if it is long; whether it was cut."""
    if len(text) <= LONG:
        return marked(text, wanted) if wanted else ((False, text),), False
    runs = marked(text, wanted)
    first = len(runs[0][1]) if runs and not runs[0][0] and len(runs) > 1 else 0
    start = max(first - AROUND, 0) if first > LONG - AROUND else 0
    piece = text[start : start + LONG]
    piece = (("… " + piece.split(" ", 1)[-1]) if start else piece) + " …"
    return marked(piece, wanted) if wanted else ((False, piece),), True


def _asked(sift: Sift, picked: list[Item], number: int, gap: str) -> dict[str, object]:
    asked: dict[str, object] = {
        name: getattr(sift, name) for name in ("words", "question", *FACETS) if getattr(sift, name)
    }
    if sift.earlier:
        asked["earlier"] = "true"
    if number > 1:
        asked["page"] = number
    if gap:
        asked["gap"] = gap
    return asked | {"pick": [one.id for one in picked]}


def _same_place(one: Item, here: Item) -> bool:
    """Whether two pieces answer the same question, vote in the same round, or sum up the same day."""
    if one.kind is not here.kind:
        return False
    match here.kind:
        case Kind.ANSWER:
            return (one.inject, one.question) == (here.inject, here.question)
        case Kind.VOTE:
            return (one.inject, one.sense) == (here.inject, here.sense)
        case Kind.SUMMARY:
            return one.seq == here.seq or (here.table is not None and (one.day, one.table) == (here.day, here.table))
        case _:
            return one.seq == here.seq
