"""The API for programs and tablets: join, read, command. What it promises is in /api/v1/openapi.json."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ttx.exercise import course, views
from ttx.exercise.commands import Refused
from ttx.exercise.entries import kind_of
from ttx.exercise.requests import REQUEST, Asked
from ttx.exercise.rights import Action, Author, Reach, Seat, reach
from ttx.exercise.sight import placed
from ttx.live.room import Room
from ttx.review.report import Tier
from ttx.scenario.model import Inject
from ttx.scenario.worded import Worded, worded
from ttx.store import log
from ttx.web import front, opening, review, spoken
from ttx.web.access import House, TheHouse, TheSeat, house_of, passes, seat_of
from ttx.web.leaving import template_of
from ttx.web.own_record import own_file
from ttx.web.report_files import FORMATS, file_name

router = APIRouter(prefix="/api/v1")


COMMAND = REQUEST.json_schema(ref_template="#/components/schemas/{model}")
SCHEMAS: dict[str, Any] = COMMAND.pop("$defs")
"""What a command's schema refers to; openapi.json has to hold it among its components."""


class Code(BaseModel):
    """A seat's code, as typed."""

    code: Annotated[str, Field(max_length=100)]


@router.post("/join")
async def join(request: Request, house: TheHouse, body: Code) -> Response:
    """Sit down on the seat of a code. The reply carries the seat's cookie; a wrong code is 404, too many are 429.

    Where devices are let in one by one, 403 until a facilitator has: join again with the cookie of that reply.

    An author's code leads to the scenario he writes: `{"draft", "author": {"id", "role", "group", "name"}}`.
    """
    try:
        who = await run_in_threadpool(front.admit, request, body.code)
    except front.NotJoined as refusal:
        headers = {"retry-after": "60"} if refusal.status == 429 else {}
        return JSONResponse({"refused": str(refusal)}, refusal.status, headers)
    if isinstance(who, Author):
        author = {"id": who.id, "role": who.role, "group": who.group, "name": who.name}
        reply = JSONResponse({"draft": who.draft, "author": author})
    else:
        state = house.rooms.room(who.exercise).state
        reply = JSONResponse({"exercise": who.exercise, "seat": _seat(placed(state, who))})
    waits = JSONResponse({"refused": front.WAITS}, 403, {"retry-after": "3"})
    return await run_in_threadpool(front.sit_down, request, who, reply, waits)


@router.get("/exercises/{exercise}")
async def read(house: TheHouse, seat: TheSeat, exercise: str) -> Response:
    """How an exercise stands, with what is released and what may be released next, as far as the asker may see."""
    room = house.rooms.room(exercise)
    graph, state = room.graph, room.state
    released = [_told(room, seat, one) for one in views.told_to(graph, state, seat) if state.released(one.id)]
    available = [
        _written(one)
        for one in (course.injects_of(graph, state, state.day) if state.day is not None else ())
        if views.sees_unreleased(state, seat, one) and course.stand(graph, state, one.id).releasable
    ]
    return JSONResponse(
        {
            "id": exercise,
            "title": state.title,
            "epoch": room.epoch,
            "seq": state.seq,
            "status": state.status,
            "day": state.day,
            "released": released,
            "available": available,
        }
    )


@router.post(
    "/exercises/{exercise}/commands",
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": COMMAND}}}},
)
async def command(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    exercise: str,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
    ttx_epoch: Annotated[str | None, Header(max_length=40)] = None,
) -> Response:
    """Ask for something. 200 `{"seq"}` once it is on disk; 409 `{"refused"}` if it is impossible now; 422 if malformed.

    With an Idempotency-Key it is done once however often it is sent: the first result comes back. With a Ttx-Epoch
    that is not the exercise's, as after a restore, 425 `{"resync": EPOCH}`: read how it stands, then ask again.
    """
    return await _command(request, house, seat, idempotency_key, ttx_epoch)


async def quick_command(request: Request) -> Response:
    """The same without FastAPI's way to it, on which a request takes twice as long as all that it asks for."""
    await passes(request, f"POST {COMMANDS}")
    key, epoch = request.headers.get("idempotency-key"), request.headers.get("ttx-epoch")
    for name, said, most in (("idempotency-key", key, 200), ("ttx-epoch", epoch, 40)):
        if said is not None and len(said) > most:
            return JSONResponse({"refused": f"The request is malformed: header.{name}."}, 422)
    return await _command(request, house_of(request), await seat_of(request), key, epoch)


COMMANDS = "/api/v1/exercises/{exercise}/commands"
QUICK = Route(COMMANDS, quick_command, methods=["POST"], include_in_schema=False)
"""Stands before all other routes, so that it is found at once."""


async def _command(request: Request, house: House, seat: Seat, key: str | None, epoch: str | None) -> Response:
    room = house.rooms.room(seat.exercise)
    if epoch is not None and epoch != room.epoch:
        return JSONResponse({"resync": room.epoch}, 425)
    try:
        asked: Asked = REQUEST.validate_json(await request.body())
    except ValidationError as error:
        return malformed(request, error)
    if await opening.is_doubtful(house, seat, asked):
        raise Refused(opening.REHEARSED)
    seq = await room.do(seat, asked, key or None)
    return JSONResponse({"seq": seq})


@router.get("/exercises/{exercise}/log")
def read_log(
    house: TheHouse,
    exercise: str,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1000,
) -> Response:
    """The log's entries after `after`, for those who may read it."""
    entries: list[dict[str, Any]] = [
        {
            "seq": one.seq,
            "at": one.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "kind": kind_of(one.entry),
            "seat": one.seat,
            "body": one.entry.model_dump(mode="json", exclude_defaults=True),
        }
        for one in log.read(house.store, exercise, after, limit)
    ]
    return JSONResponse({"entries": entries})


@router.get("/exercises/{exercise}/report")
async def export(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    exercise: str,
    tier: Annotated[Tier | None, Query()] = None,
    as_: Annotated[str, Query(alias="as", max_length=10)] = "json",
    linked: Annotated[bool, Query()] = False,
) -> Response:
    """The report of a tier as a file; without a tier, the fullest the asker may read.

    Every report but a delegation's own is in the record before it is handed over. For a full one, which names
    delegations, a device on a seat needs the approval of a second person; until then 409. In an analysts' report each
    section calls delegations otherwise, unless it is asked for `linked`. A delegation's own is in the seat's language
    as `docx`, `pdf` and `html`.
    """
    wanted = FORMATS.get(as_)
    if wanted is None:
        sentence = f"A report cannot be had as {as_}; it can as {', '.join(FORMATS)}."
        return JSONResponse({"refused": sentence}, 404)
    report = await run_in_threadpool(review.leave, request, house, seat, tier or review.own_tier(seat), as_, linked)
    name = file_name(report, as_)
    template = await run_in_threadpool(template_of, house.store, exercise) if as_ == "docx" else None
    if report.tier is Tier.OWN:
        content = await run_in_threadpool(own_file, house, seat, report, as_, template)
    else:
        content = await run_in_threadpool(wanted.write, report, house.pages, template)
    return Response(
        content,
        media_type=wanted.media_type,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def malformed(request: Request, error: ValidationError) -> Response:
    """422 with every field that is wrong and a sentence about each; in another language than English which fields."""
    faults = [
        {"field": ".".join(str(part) for part in fault["loc"]) or "body", "sentence": fault["msg"]}
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    named = "; ".join(f"{fault['field']}: {fault['sentence']}" for fault in faults)
    sentence = f"The request is malformed. {named}."
    said = spoken.said(request, not_as_sent(", ".join(fault["field"] for fault in faults)), sentence)
    return JSONResponse({"refused": said, "errors": faults}, 422)


def not_as_sent(where: str) -> Worded:
    """What a person reads of a malformed request; programs and English readers get the fields' own sentences."""
    return worded(
        "This could not be taken as it was sent ({where}). Nothing was changed. Reload the page and try again.",
        where=where,
    )


def _seat(seat: Seat) -> dict[str, object]:
    return {
        "id": seat.id,
        "role": seat.role,
        "delegation": seat.delegation,
        "table": seat.table,
        "language": seat.language,
    }


def _told(room: Room, seat: Seat, inject: Inject) -> dict[str, object]:
    """A released inject: as it was written for facilitators, as it reached them for everybody else."""
    at = room.state.progress[inject.id].at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if reach(seat, Action.SEE_UNRELEASED) is Reach.ALL:
        return {**_written(inject), "released_at": at}
    shown = {"id", "title", "sender", "channel", "text"}
    questions = {"questions": {"__all__": {"id", "kind", "ask", "options", "low", "high"}}}
    asks = seat.delegation is not None
    include: Any = {**dict.fromkeys(shown, True), **(questions if asks else {})}
    return {**inject.model_dump(mode="json", include=include), "released_at": at}


def _written(inject: Inject) -> dict[str, object]:
    return inject.model_dump(mode="json")
