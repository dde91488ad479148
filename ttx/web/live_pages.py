"""The pages that stay open all day: tablet, console, plenary, evaluator. Made of regions, kept by the socket."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, TypedDict
from urllib.parse import quote

from fastapi import APIRouter, Path, Query
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise import tables
from ttx.exercise.answers import CHANNELS
from ttx.exercise.rights import Action, Forbidden, Seat, reach
from ttx.exercise.state import State
from ttx.live.room import Room
from ttx.pages import regions
from ttx.pages.regions import Audience, Page
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.store.rehearsals import is_rehearsal
from ttx.web import audiences, library, spoken
from ttx.web.access import TheHouse, TheSeat, house_of
from ttx.web.audiences import hall
from ttx.web.labels import seat_label
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)

KEEPS = "ttx-keeps"
"""The header of a page that a device may keep and show without a network, with the release it was drawn by. Not the
console: what is not yet released stays on no disk but the server's, and nobody can press anything offline."""

NOT_WATCHED = (
    "There is no tablet of a delegation here that you may look at. A table facilitator sees those of the own table; "
    "pick one from the menu of your page."
)


@router.get("/s/{seat}")
async def own_page(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    inject: Annotated[str | None, Query(max_length=80)] = None,
    day: Annotated[int | None, Query(ge=1, le=60)] = None,
) -> Response:
    """The page a seat works on; analysts work on the report. A console may be turned to an inject and to a day."""
    audience = Audience.of(seat, inject, day)
    if audience is None:
        return RedirectResponse(f"/s/{seat.id}/report", 303)
    return show(request, house.rooms.room(seat.exercise), seat, audience.from_inside())


@router.get("/s/{seat}/plenary")
async def plenary_preview(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The hall's screen, for those who push to it."""
    return show(request, house.rooms.room(seat.exercise), seat, hall(seat))


@router.get("/s/{seat}/as/{watched}")
async def as_another(
    request: Request, house: TheHouse, seat: TheSeat, watched: Annotated[str, Path(max_length=80)]
) -> Response:
    """A delegation's tablet as it is now, for somebody who may look and touches nothing."""
    room = house.rooms.room(seat.exercise)
    choice = audiences.watched(house.store, room.state, seat, watched)
    if choice is None:
        raise Forbidden(seat.role, Action.WATCH, NOT_WATCHED)
    return show(request, room, seat, choice.audience, watching=choice)


def show(
    request: Request, room: Room, seat: Seat, audience: Audience, watching: audiences.Choice | None = None
) -> Response:
    """A live page as it stands now; its socket takes over from the seq it was drawn at."""
    which = "&page=plenary" if audience.page is Page.PLENARY and seat.role is not Role.PROJECTOR else ""
    if watching is not None:
        which = f"&as={quote(watching.key)}"
    focus = f"&inject={quote(audience.focus)}" if audience.focus is not None else ""
    leaf = f"&day={audience.leaf}" if audience.leaf is not None else ""
    console = audience.page is Page.CONSOLE
    keeps = audience.page is not Page.CONSOLE and not which
    response = page(
        request,
        "still.html" if watching is not None else f"{audience.page}.html",
        **laid_out(room, room.state, seat, audience, lambda name: room.draw(audience, name)),
        live=f"/live/{room.exercise}?seat={seat.id}{which}{focus}{leaf}",
        keeps=keeps,
        watching=watching,
        me=room.sharing.who(seat.person) if audience.inside else None,
        asks=spoken.asked_for(request),
        watchable=audiences.watchable(room.store, room.state, seat) if console else (),
        cases=library.offered(house_of(request).settings.scenarios / "cases.yaml", room, seat) if console else (),
        rehearsal=console and is_rehearsal(room.store, room.exercise),
        may_replay=reach(seat, Action.REPLAY) is not None,
        may_rehearse=reach(seat, Action.REHEARSE) is not None,
        may_stop=reach(seat, Action.STOP) is not None,
    )
    if keeps:
        response.headers[KEEPS] = house_of(request).pages.release
    return response


class LaidOut(TypedDict):
    """What the template of a live page is drawn with, whatever moment it shows."""

    under: str
    language: str
    seat: Seat
    inside: bool
    own_thread: str | None
    talks: tuple[str, ...]
    may_move: bool
    may_call: bool
    seat_name: str
    scenario: Scenario
    state: State
    exercise: str
    epoch: str
    seq: int
    base: str
    act: str
    api: str
    may_run: bool
    channels: Mapping[str, str]
    may_push: bool
    region: Callable[[str], Markup]
    listing: Callable[..., Markup]


def laid_out(room: Room, state: State, seat: Seat, audience: Audience, draw: Callable[[str], Markup]) -> LaidOut:
    """An audience's page at a state of the exercise, as `seat` looks at it: `draw` gives each region's HTML."""
    names = regions.regions(room.graph, state, audience)
    return {
        "under": f"{audience.page}.html",
        "language": audience.seat.language,
        "inside": audience.inside,
        "own_thread": tables.own_thread(state, audience.seat),
        "talks": tables.threads(state, audience.seat),
        "may_move": reach(audience.seat, Action.MOVE_SEAT) is not None,
        "may_call": reach(audience.seat, Action.CALL) is not None,
        "seat": replace(audience.seat, id=seat.id),
        "seat_name": seat_label(audience.seat, state),
        "scenario": room.edition(audience.seat.language).graph.scenario,
        "state": state,
        "exercise": room.exercise,
        "epoch": room.epoch,
        "seq": state.seq,
        "base": f"/s/{seat.id}",
        "act": f"/s/{seat.id}/do",
        "api": f"/api/v1/exercises/{room.exercise}/commands?seat={seat.id}",
        "may_run": reach(seat, Action.RUN) is not None,
        "channels": CHANNELS,
        "may_push": reach(audience.seat, Action.PUSH) is not None,
        "region": draw,
        "listing": lambda *kinds: Markup("").join(
            draw(name) for name in names if {name, regions.kind(name)} & {*kinds}
        ),
    }
