"""What a delegation's tablets do among themselves: share drafts, say who holds which, and leave a wrong seat."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.drafting import KeepDraft
from ttx.exercise.state import Status
from ttx.live.rooms import CLOSE_NOT_SEATED
from ttx.pages.regions import Audience
from ttx.scenario.worded import Worded, worded
from ttx.store import devices, sessions
from ttx.web.access import TheHouse, TheSeat, grant_of
from ttx.web.api import malformed
from ttx.web.front import told

router = APIRouter(include_in_schema=False)

ENDED = worded("The exercise has ended; what was written stays on this tablet.")
TOO_FAST = worded("This tablet sends its drafts faster than they can be passed on. It goes on by itself.")

NAME_AT_MOST = 60


@router.post("/s/{seat}/drafts")
async def keep_draft(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """Keep what this page holds of a draft, for all tablets of its delegation. 204 once it is on disk."""
    try:
        asked = KeepDraft.model_validate_json(await request.body())
    except ValidationError as error:
        return malformed(request, error)
    grant = grant_of(request)
    if not house.limits.draft(f"{grant.held_by} {seat.id}"):
        response = told(request, 429, TOO_FAST)
        response.headers["retry-after"] = "2"
        return response
    room = house.rooms.room(seat.exercise)
    audience = Audience.of(seat)
    shown = audience is not None and f"question:{asked.inject}:{asked.question}" in room.regions(audience)
    if not shown or seat.delegation is None:
        return told(request, 409, _no_question(asked))
    if room.state.status is Status.ENDED:
        return told(request, 409, ENDED)
    await room.sharing.keep(seat.delegation, asked)
    return Response(status_code=204)


@router.post("/s/{seat}/me")
async def introduce(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    right: Annotated[Literal["yes", "no"], Form()],
    name: Annotated[str, Form(max_length=NAME_AT_MOST)] = "",
    part: Annotated[Literal["", "policy", "law", "operations"], Form()] = "",
) -> Response:
    """Whoever holds this device is on the right seat, and may say who he is; or he is not, and leaves it."""
    held_by, room = grant_of(request).held_by, house.rooms.room(seat.exercise)
    if right == "no":
        await run_in_threadpool(sessions.send_away, house.store, held_by, seat.id)
        room.dismiss(lambda one: (one.session, one.seat) == (held_by, seat.id), CLOSE_NOT_SEATED, "left")
        return RedirectResponse("/join", 303)
    called = " ".join(name.split())
    await run_in_threadpool(devices.introduces, house.store, held_by, seat.id, called, part)
    room.people_changed()
    if "application/json" in request.headers.get("accept", ""):
        return Response(status_code=204)
    return RedirectResponse(f"/s/{seat.id}", 303)


def _no_question(asked: KeepDraft) -> Worded:
    return worded(
        "There is no question {question} of {inject} on your screen to write an answer to.",
        question=asked.question,
        inject=asked.inject,
    )
