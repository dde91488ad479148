"""Pictures of developments: only to a seat on whose screen they are, or that may see what is not released."""

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ttx.exercise import sight
from ttx.scenario.pictures import KINDS
from ttx.store import pictures
from ttx.web.access import TheHouse, TheSeat

router = APIRouter(include_in_schema=False)

ASKED_FOR = "private, no-cache"
"""A picture is kept by the browser that has it, and asked for again before it is shown: by then it may be recalled."""


@router.get("/s/{seat}/pictures/{name}")
async def picture(request: Request, house: TheHouse, seat: TheSeat, name: str = Path(max_length=80)) -> Response:
    """A picture as it was frozen with the exercise. One that is not released is like one that does not exist."""
    room = house.rooms.room(seat.exercise)
    content, kind = None, KINDS.get(name.rpartition(".")[2])
    # A name means one picture for as long as its exercise lasts, so the exercise tells whether it is kept already.
    headers = {"cache-control": ASKED_FOR, "etag": f'"{seat.exercise}"', "content-disposition": "inline"}
    if sight.shows_picture(room.graph, room.state, seat, name):
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        # Half a megabyte, asked for by every tablet at once: not in the loop that writes to the sockets.
        content = await run_in_threadpool(pictures.picture_of, house.store, seat.exercise, name)
    if content is None or kind is None:
        raise HTTPException(404)
    return Response(content, media_type=kind, headers=headers)
