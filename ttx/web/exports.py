"""What leaves the house, on pages: the report's own text and order, quotations, exports with their approvals, and
versions that are frozen."""

import secrets
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.commands import Refused
from ttx.exercise.rights import Action, Seat, reach
from ttx.output.house_style import house_style
from ttx.review import evidence as found
from ttx.review import leaving_requests, placeholders
from ttx.review.bands import LEAST
from ttx.review.evidence import Kind
from ttx.review.exports import CHAPTERS, GOOD_FOR, exports
from ttx.review.leaving import HouseStyleChosen
from ttx.review.leaving_requests import REQUEST, Asked, Ground
from ttx.review.opinions import comments, forms
from ttx.review.parts import Tier
from ttx.store import frozen, reviews
from ttx.web import front
from ttx.web.access import House, TheHouse, TheSeat
from ttx.web.evidence import ONE, SENSES
from ttx.web.leaving import freeze, made, own_words, scan_of
from ttx.web.report_files import FORMATS
from ttx.web.review_desk import Desk, opened, review_page
from ttx.web.shown import utc_now

router = APIRouter(include_in_schema=False)

SAID = frozenset({Kind.ANSWER, Kind.OBSERVATION, Kind.HOT_WASH, Kind.DRAFT_GAP, Kind.SUMMARY})
"""The kinds of evidence with words in them that can be quoted."""
SIGNED = "signed"


@router.get("/s/{seat}/writing")
def writing_page(
    request: Request, house: TheHouse, seat: TheSeat, section: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """The report's own text: its sections among the chapters the record makes, to be written and moved."""
    desk = opened(house, seat)
    return _writing(request, desk, section)


def _writing(
    request: Request,
    desk: Desk,
    section: str,
    typed: dict[str, Any] | None = None,
    refused: str = "",
    status: int = 200,
) -> Response:
    held, house, seat = exports(desk.entries), desk.house, desk.seat
    here = held.sections.get(section)
    said = {"title": "", "text": "", **(typed or (here.model_dump() if here is not None else {}))}
    return review_page(
        request,
        desk,
        "review/writing.html",
        "writing",
        status=status,
        held=held,
        chapters=CHAPTERS,
        section=here,
        typed=said,
        numbers=placeholders.values(
            made(
                house.store,
                seat.exercise,
                desk.room.graph,
                desk.room.state,
                desk.tier,
                held,
                utc_now(),
                house.pages.zone,
            )
        ),
        shown=placeholders.SHOWN,
        named=[one for text in (said["title"], said["text"]) for one in desk.masked.found(text)],
        refused=refused,
        key=secrets.token_urlsafe(12),
    )


@router.get("/s/{seat}/quotations")
def quotations_page(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    pick: Annotated[str, Query(max_length=20)] = "",
    comment: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """What may be quoted to everybody: proposed, scanned, approved by a second person, objected to."""
    desk = opened(house, seat)
    return _quotations(request, desk, found.read(pick), comment)


def _quotations(
    request: Request,
    desk: Desk,
    evidence: int | None,
    comment: str,
    typed: dict[str, Any] | None = None,
    refused: str = "",
    status: int = 200,
) -> Response:
    held, scan, voices = (
        exports(desk.entries),
        scan_of(desk.house.store, desk.room),
        comments(forms(desk.entries).values()),
    )
    said = {"words": "", "verbatim": "", **(typed or {})}
    return review_page(
        request,
        desk,
        "review/quotations.html",
        "quotations",
        status=status,
        held=held,
        item=desk.known.get(evidence) if evidence is not None else None,
        comment=comment if comment in voices else "",
        voices=voices,
        typed=said,
        hits=scan(str(said["words"])),
        known=desk.known,
        refused=refused,
        key=secrets.token_urlsafe(12),
        one=ONE,
        senses=SENSES,
    )


@router.get("/s/{seat}/exports")
def exports_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """Every report that left, what waits for a second person, and the versions that are frozen."""
    desk = opened(house, seat)
    held = exports(desk.entries)
    return review_page(
        request,
        desk,
        "review/exports.html",
        "exports",
        held=held,
        permit=held.permit(seat.id, datetime.now(UTC)),
        seven=GOOD_FOR,
        may_full=reach(seat, Action.REPORT_FULL) is not None,
        may_approve=reach(seat, Action.APPROVE_FULL) is not None,
        least=LEAST,
        may_choose=reach(seat, Action.REVIEW) is not None,
        may_freeze=desk.room.state.day is None,
        over=desk.room.state.status == "ended",
        formats=tuple(FORMATS),
        full=f"/api/v1/exercises/{seat.exercise}/report?seat={seat.id}&tier=full&as=",
        wrong=frozen.faults(house.store, seat.exercise) if held.frozen else (),
        key=secrets.token_urlsafe(12),
    )


@router.post("/s/{seat}/exports")
async def ask(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """Whatever is asked about what leaves; who may, is told by the request."""
    async with request.form(max_files=0, max_fields=60) as form:
        wanted: dict[str, Any] = {name: str(value).replace("\r\n", "\n").strip() for name, value in form.items()}
    key, on = wanted.pop("key", ""), wanted.pop("on", "exports")
    if "evidence" in wanted:
        wanted["evidence"] = found.read(wanted["evidence"])
    desk = await run_in_threadpool(opened, house, seat)
    try:
        asked = REQUEST.validate_python(wanted)
        known = frozenset(one.seq for one in desk.items if one.kind in SAID)
        voices = comments(forms(desk.entries).values())
        ground = Ground(known=known, voices=voices, scan=scan_of(house.store, desk.room))
        await run_in_threadpool(_recorded, house, seat, asked, ground, key)
    except (ValidationError, Refused) as error:
        sentence = str(error) if isinstance(error, Refused) else _fault(error)
        status = 409 if isinstance(error, Refused) else 422
        return await run_in_threadpool(_once_more, request, desk, wanted, sentence, status)
    return RedirectResponse(f"/s/{seat.id}/{on if on in ('writing', 'quotations') else 'exports'}", 303)


def _recorded(house: House, seat: Seat, asked: Asked, ground: Ground, key: str) -> None:
    reviews.record(
        house.store,
        seat.exercise,
        seat.id,
        lambda log: leaving_requests.decide(ground, log, seat, asked),
        key[:200] or None,
        asked.model_dump_json(),
    )


def _fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
    name = str(fault["loc"][-1]) if fault["loc"] else "the form"
    return f"This was not taken: {name.replace('_', ' ')}: {fault['msg']}. Change that and send it again."


def _once_more(request: Request, desk: Desk, wanted: dict[str, Any], sentence: str, status: int) -> Response:
    """Why something was not taken; a text comes once more, as it was typed."""
    match wanted.get("do"):
        case "write_section":
            return _writing(request, desk, str(wanted.get("section", "")), wanted, sentence, status)
        case "propose_quotation":
            return _quotations(
                request, desk, wanted.get("evidence"), str(wanted.get("feedback", "")), wanted, sentence, status
            )
        case _:
            return front.told(request, status, sentence)


@router.post("/s/{seat}/exports/freeze")
def freeze_version(
    house: TheHouse, seat: TheSeat, tier: Annotated[Tier, Form()], linked: Annotated[bool, Form()] = False
) -> Response:
    """Keep the report as it stands, in every format, signed."""
    freeze(house, house.rooms.room(seat.exercise), seat, tier, linked)
    return RedirectResponse(f"/s/{seat.id}/exports#frozen", 303)


@router.post("/s/{seat}/exports/style")
async def choose_style(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """Write reports in Word in the style of the document that is brought, or in ours again where none is."""
    async with request.form(max_files=1, max_fields=2) as form:
        brought = form.get("style")
        name, content = (brought.filename or "", await brought.read()) if isinstance(brought, UploadFile) else ("", b"")
        drop = "drop" in form
    await run_in_threadpool(_style_chosen, house, seat, None if drop else (name, content))
    return RedirectResponse(f"/s/{seat.id}/exports#style", 303)


def _style_chosen(house: House, seat: Seat, brought: tuple[str, bytes] | None) -> None:
    fact = HouseStyleChosen(name="", digest=None)
    if brought is not None:
        style = house_style(*brought)
        frozen.keep(house.store, seat.exercise, [style.template], "The house style")
        digest = frozen.digest_of(style.template)
        fact = HouseStyleChosen(name=style.name, digest=digest, left_out=style.left_out)
    reviews.record(house.store, seat.exercise, seat.id, lambda _log: [fact])


@router.get("/s/{seat}/frozen/{version}.{form}")
def frozen_file(
    house: TheHouse,
    seat: TheSeat,
    version: Annotated[int, Path(ge=1)],
    form: Annotated[str, Path(max_length=12)],
) -> Response:
    """A file of a version that is kept, or the statement that is signed."""
    desk = opened(house, seat)
    kept = next((one.fact for one in exports(desk.entries).frozen if one.fact.version == version), None)
    if kept is None or (form not in kept.files and form != SIGNED):
        raise HTTPException(404)
    content = frozen.signed(kept) if form == SIGNED else frozen.content(house.store, seat.exercise, kept.files[form])
    if content is None:
        raise HTTPException(404)
    ending = "signed.json" if form == SIGNED else form
    name = f"{desk.room.graph.scenario.id}-{kept.tier}-version-{version}.{ending}"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=FORMATS[form if form in FORMATS else "json"].media_type, headers=headers)


@router.post("/s/{seat}/objections")
def object_quotation(
    house: TheHouse,
    seat: TheSeat,
    quotation: Annotated[str, Form(max_length=20)],
    stands: Annotated[bool, Form()] = True,
) -> Response:
    """A head of delegation objects to what would be told of its words, or does no longer."""
    mine = frozenset(one.seq for one in own_words(house, seat))
    asked = REQUEST.validate_python({"do": "object_quotation", "quotation": quotation, "stands": stands})
    _recorded(house, seat, asked, Ground(own=mine), "")
    return RedirectResponse(f"/s/{seat.id}/report#quotations", 303)
