"""Gaps on pages: the ranked list with the drafts of the wall, one gap with its evidence, actions and history; and the
one way by which everything in a review is changed."""

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ttx.exercise.commands import Refused
from ttx.output.improvement import CAUSES, ELEMENTS, PRIORITIES, STATUSES
from ttx.output.labels import PHASES
from ttx.review import commands
from ttx.review import evidence as found
from ttx.review.codes import Family
from ttx.review.commands import Grounds
from ttx.review.entries import ActionStatus, Details, GapRecorded, GapSplit, GapStatus, Kept
from ttx.review.evidence import Item
from ttx.review.findings import by_due
from ttx.review.gaps import SCORE, Gap
from ttx.review.history import Past, history
from ttx.review.requests import REQUEST, Asked, ComeBack
from ttx.store import reviews
from ttx.store.log import KeyReused
from ttx.web import front
from ttx.web.access import TheHouse, TheSeat
from ttx.web.api import malformed
from ttx.web.evidence import ONE, SENSES, picked_of
from ttx.web.review_desk import Desk, earlier_reviews, opened, review_page

router = APIRouter(include_in_schema=False)

SEVERITY = ("a nuisance", "slows the response", "part of it fails", "people come to harm", "lives are lost")
LIKELIHOOD = ("rare", "unlikely", "possible", "likely", "almost certain")
EFFORT = (
    "days, with what is there",
    "weeks",
    "months, several bodies",
    "a year, money or staff",
    "years, law or treaty",
)
SCALES: Mapping[str, Sequence[str]] = {"severity": SEVERITY, "likelihood": LIKELIHOOD, "effort": EFFORT}
"""What 1 to 5 mean."""
FIELDS: Mapping[str, str] = {
    "statement": "Statement", "objective": "Objective", "capability": "Capability", "phase": "Phase",
    "root_cause": "Root cause", "severity": "Severity", "likelihood": "Likelihood", "effort": "Effort",
    "priority": "Priority", "owner": "Owner", "bodies": "Supporting bodies", "contact": "Point of contact",
    "starts": "Starts", "due": "Due", "status": "Status", "dissent": "Dissent", "what": "What is to be done",
    "element": "Element", "codes": "Codes", "label": "Label", "definition": "Definition", "why": "Why",
}  # fmt: skip
AGAINST: Mapping[str, str] = {"partly": "partly true for us", "fails": "not true for us"}
"""What a table said of a gap that is not, or not wholly, one for it."""
SENT = "This form was sent already, and what it said then is recorded. Open the gap from the list and change it there."
ON_CODING = re.compile(r"coding(/(book|agreement|E-\d{1,9}))?(#[\w-]{1,40})?")
"""The pages of coding, which a form there leads back to."""
DEEDS: Mapping[str, str] = {
    "GapRecorded": "Recorded",
    "GapChanged": "Changed",
    "EvidenceCited": "Evidence added",
    "EvidenceDropped": "Evidence taken out",
    "GapsJoined": "Merged",
    "GapSplit": "Split off",
    "ActionPlanned": "Action planned",
    "ActionChanged": "Action changed",
    "ProgressNoted": "Progress",
    "GapCameBack": "Came back from an earlier exercise",
    "TakenBack": "Taken back",
}


@router.get("/s/{seat}/gaps")
def gaps_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The gaps, ranked, and the drafts on the wall that were not taken in yet."""
    desk = opened(house, seat)
    taken = desk.review.from_wall()
    standing = desk.review.standing()
    return review_page(
        request,
        desk,
        "review/gaps.html",
        "gaps",
        gaps=[(one, *desk.prevalence(one), len(desk.review.actions_on(one.name))) for one in standing],
        wall=[one for one in desk.room.state.debrief.on_the_wall() if one.name not in taken],
        points=desk.room.state.debrief.points(),
        key=secrets.token_urlsafe(12),
        formula=SCORE,
        **WORDS,
    )


@router.get("/s/{seat}/gaps/new")
def new_gap(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    pick: Annotated[list[str] | None, Query(max_length=400)] = None,
    wall: Annotated[str, Query(max_length=80)] = "",
    code: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """A form for a gap, with the evidence that was chosen or is coded so, or from a draft on the wall."""
    desk = opened(house, seat)
    draft = desk.room.state.debrief.gaps.get(wall)
    items = picked_of(desk, pick or [])
    typed: dict[str, Any] = {}
    if draft is not None:
        items = [desk.known[seq] for seq in found.from_the_wall(desk.room.state, wall) if seq in desk.known]
        typed["statement"] = draft.text
        names = desk.room.state.tables
        against = found.against(desk.room.state, wall)
        verdicts = [": ".join(part for part in (AGAINST[one.verdict], one.text) if part) for one in against]
        told = [names.get(one.table, one.table) for one in against]
        named = desk.tier == "full"
        typed["dissent"] = "\n".join(
            f"{table}: {said}" if named else said for table, said in zip(told, verdicts, strict=True)
        )
    coded = desk.codebook.get(code)
    if coded is not None:
        items = list({one.seq: one for one in (*items, *desk.coded) if code in one.codes or one in items}.values())
        items = items[:400]
    for name in ("objective", "capability", "phase"):
        typed[name] = _shared(items, name)
    if coded is not None:
        field = {Family.OWN: "", Family.SENSE: "", Family.ROOT_CAUSE: "root_cause"}.get(coded.family, coded.family)
        typed |= {field: coded.value} if field else {}
    return _gap_page(request, desk, None, items, typed, wall=wall if draft is not None else "")


@router.get("/s/{seat}/gaps/{gap}")
def gap_page(request: Request, house: TheHouse, seat: TheSeat, gap: Annotated[str, Path(max_length=20)]) -> Response:
    """A gap: what it says, what it rests on, what is done about it, and how it came to be so."""
    desk = opened(house, seat)
    here = desk.review.gaps.get(gap)
    if here is None:
        raise HTTPException(404)
    items = [desk.known[one] for one in here.evidence if one in desk.known]
    return _gap_page(request, desk, here, items, here.details.model_dump())


@router.post("/s/{seat}/review")
async def change(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """Whatever is done to a review: gaps, evidence, actions, progress; each is an entry that can be taken back."""
    async with request.form(max_files=0, max_fields=2000) as form:
        wanted, key, on = fields(form), idempotency_key or str(form.get("key", "")), str(form.get("on", ""))
    person = "text/html" in request.headers.get("accept", "")
    desk = await run_in_threadpool(opened, house, seat)
    try:
        asked = REQUEST.validate_python(wanted)
    except ValidationError as error:
        if not person:
            return malformed(request, error)
        return await run_in_threadpool(_turned_down, request, desk, wanted, 422, _in_words(error))
    earlier = earlier_reviews(request, desk) if isinstance(asked, ComeBack) else {}
    grounds = Grounds(
        desk.room.graph,
        desk.room.state,
        frozenset(desk.known),
        {name: (room.state.title, review.gaps.keys()) for name, (room, review) in earlier.items()},
        {seq: one.text for seq, one in desk.known.items()},
    )
    try:
        made = await run_in_threadpool(
            reviews.record,
            house.store,
            seat.exercise,
            seat.id,
            lambda log: commands.decide(grounds, log, seat, asked),
            key[:200] or None,
            json.dumps(wanted, sort_keys=True, default=str),
        )
    except (Refused, KeyReused) as refusal:
        if not person:
            raise
        sentence = SENT if isinstance(refusal, KeyReused) else str(refusal)
        return await run_in_threadpool(_turned_down, request, desk, wanted, 409, sentence)
    if not person:
        return JSONResponse({"review": made[-1].seq if made else desk.review.seq})
    return RedirectResponse(f"/s/{seat.id}/{_where(asked, made, on)}", 303)


def fields(form: FormData) -> dict[str, Any]:
    """A form's fields as a request: only those its verb has, since a page's other fields travel along. Ids of evidence
    become entries; what is no id is refused as malformed."""
    known = MODELS.get(str(form.get("do", "")))
    names = known.model_fields if known is not None else {"do": None}
    wanted: dict[str, Any] = {
        name: str(value).replace("\r\n", "\n").strip() for name, value in form.items() if name in names
    }
    if "gaps" in names:
        wanted["gaps"] = [str(one) for one in form.getlist("gaps")]
    if "codes" in names:
        wanted["codes"] = [str(one) for one in form.getlist("codes")]
    if "piece" in names and wanted.get("piece"):
        wanted["piece"] = found.read(str(wanted["piece"])) or wanted["piece"]
    if "evidence" in names:
        wanted["evidence"] = [found.read(str(one)) or str(one) for one in form.getlist("pick")]
    return wanted


def _where(asked: Asked, made: Sequence[Kept], on: str) -> str:
    """Which page shows what was done."""
    if ON_CODING.fullmatch(on):
        return on
    first = made[0].entry if made else None
    if isinstance(first, GapRecorded):
        return f"gaps/{first.gap}"
    if isinstance(first, GapSplit):
        return f"gaps/{first.new}"
    named = getattr(asked, "gap", None) or (getattr(asked, "gaps", None) or [None])[0]
    if on == "plan":
        return f"plan#{getattr(asked, 'action', '')}"
    if on.startswith("GAP-") and on.removeprefix("GAP-").isdecimal():
        return f"gaps/{on}"
    return f"gaps/{named}" if named else "gaps"


def _in_words(error: ValidationError) -> str:
    """What is wrong with a form's fields, by what the page calls them."""
    faults = [
        (FIELDS.get(str(part), str(part)) if (part := fault["loc"][-1] if fault["loc"] else "") else "", fault["msg"])
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    said = "; ".join(f"{name}: {told}" if name in FIELDS.values() else told for name, told in faults)
    return f"This was not taken. {said.replace('Value error, ', '')}."


def _turned_down(request: Request, desk: Desk, wanted: dict[str, Any], status: int, sentence: str) -> Response:
    """Why something was not taken; a gap's form comes once more, as it was typed."""
    name = str(wanted.get("gap", "")) if wanted.get("do") == "change_gap" else None
    here = desk.review.gaps.get(name) if name is not None else None
    if wanted.get("do") != "record_gap" and here is None:
        return front.told(request, status, sentence)
    seqs = here.evidence if here is not None else [one for one in wanted.get("evidence", ()) if isinstance(one, int)]
    items = [desk.known[one] for one in seqs if one in desk.known]
    typed = {**wanted, "bodies": [one for one in str(wanted.get("bodies", "")).splitlines() if one]}
    return _gap_page(request, desk, here, items, typed, str(wanted.get("wall", "")), sentence, status)


def _gap_page(
    request: Request,
    desk: Desk,
    gap: Gap | None,
    items: list[Item],
    typed: Mapping[str, Any],
    wall: str = "",
    refused: str = "",
    status: int = 200,
) -> Response:
    review = desk.review
    past: tuple[Past, ...] = history(desk.entries, gap.name) if gap is not None else ()
    said = "\n".join(str(typed.get(name) or "") for name in ("statement", "dissent"))
    return review_page(
        request,
        desk,
        "review/gap.html",
        "gaps",
        status=status,
        gap=gap,
        items=items,
        hidden=len(gap.evidence) - len(items) if gap is not None else 0,
        typed={**dict.fromkeys(Details.model_fields), **typed},
        wall=wall,
        refused=refused,
        named=desk.masked.found(said),
        prevalence=desk.prevalence(gap) if gap is not None else None,
        actions=by_due(review.actions_on(gap.name)) if gap is not None else [],
        past=past,
        others=[one for one in review.standing() if gap is None or one.name != gap.name],
        key=secrets.token_urlsafe(12),
        formula=SCORE,
        one=ONE,
        senses=SENSES,
        **WORDS,
    )


def _shared(items: Sequence[Item], name: str) -> str | None:
    """What all these pieces are tied to, if it is one; of several objectives or capabilities the one that most are."""
    if name == "phase":
        phases = {one.phase for one in items}
        return phases.pop() if len(phases) == 1 else None
    counted: dict[str, int] = {}
    for one in items:
        for value in one.objectives if name == "objective" else one.capabilities:
            counted[value] = counted.get(value, 0) + 1
    best = max(counted, key=lambda value: counted[value], default=None)
    return best if best is not None and 2 * counted[best] > len(items) else None


MODELS = {model.model_fields["do"].annotation.__args__[0]: model for model in Asked.__args__}
"""The request of each verb."""


def named_of(pieces: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a scenario names, to be chosen from: each id with its name."""
    return [(name, f"{name} {one.name}") for name, one in pieces.items()]


def told_value(field: str, value: Any) -> str:
    """A field's value as a history tells it."""
    match value:
        case None | "" | ():
            return "\u2013"
        case tuple():
            return "; ".join(map(str, value))
        case StrEnum():
            labels: dict[str, Mapping[Any, str]] = {
                "root_cause": CAUSES, "priority": PRIORITIES, "element": ELEMENTS, "phase": PHASES,
            }  # fmt: skip
            return labels.get(field, STATUSES).get(value, value.value)
        case date():
            return f"{value:%-d %b %Y}"
        case _:
            return str(value)


WORDS: Mapping[str, Any] = {
    "named_of": named_of,
    "said_of": lambda labels: list(labels.items()),
    "told_value": told_value,
    "causes": CAUSES,
    "elements": ELEMENTS,
    "priorities": PRIORITIES,
    "statuses": {one.value: STATUSES[one] for one in GapStatus},
    "progress": {one.value: STATUSES[one] for one in ActionStatus},
    "scales": SCALES,
    "fields": FIELDS,
    "deeds": DEEDS,
}
"""What everything is called, for the pages."""
