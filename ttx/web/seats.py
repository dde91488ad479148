"""The seats of an exercise with their codes and devices: handing out, letting in, sending away."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated, Literal
from urllib.parse import urlencode

import segno
from fastapi import APIRouter, Form, Query
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.requests import MoveSeat
from ttx.exercise.rights import Action, Forbidden, Seat, covers, reach
from ttx.exercise.sight import placed
from ttx.live.room import Room
from ttx.live.rooms import CLOSE_NOT_SEATED
from ttx.pages.catalogues import NOBODY
from ttx.pages.tongues import name_of, tag
from ttx.scenario.roster import Role
from ttx.store import devices, entrances, factors, sessions
from ttx.store import seats as kept
from ttx.store.seats import SeatListed
from ttx.store.sessions import Device, Session
from ttx.web.access import House, TheHouse, TheSeat, grant_of, house_of, session_of
from ttx.web.labels import device_label, role_label
from ttx.web.shown import page

SITS = frozenset({Role.HEAD, Role.DELEGATE, Role.TABLE_FACILITATOR, Role.EVALUATOR, Role.RAPPORTEUR})
"""The roles whose seats are at a table."""

WEAK_YOURSELF = (
    "You signed in with one factor, and would lose your seat with the others. Add a passkey or an app to your account, "
    "sign in with it, then demand it of all."
)

router = APIRouter(include_in_schema=False)


@router.get("/s/{seat}/seats")
async def seats(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    moved: Annotated[str, Query(max_length=40)] = "",
    left: Annotated[str, Query(max_length=80)] = "",
    back: bool = False,
    gone: Annotated[int, Query(ge=0, le=9999)] = 0,
    which: Annotated[str, Query(max_length=40)] = "",
    anew: bool = False,
    fresh: bool = False,
) -> Response:
    """The seats with their codes, to be printed and handed out, and the devices on them.

    `moved` and `left` are a seat that was just moved and the table it left: its card says so, with the way back unless
    that move was the way `back`. `gone` is the number of a device that was just sent away from the seat `which`, with
    a code made `anew` or not. `fresh` is how an open page asks again who waits and who is here, without the QR codes.
    """
    room = house.rooms.room(seat.exercise)
    there = sessions.devices_of(house.store, seat.exercise, idle=house.settings.idle)
    own = session_of(request)
    listed = _listed(house, room, seat)
    waits = [one for one in devices.waiting_of(house.store, seat.exercise) if _admits(room, one.seat, seat)]
    return page(
        request,
        "seats.html",
        under="tablet.html" if seat.delegation is not None else "console.html",
        language=seat.language,
        seat=seat,
        scenario=room.graph.scenario,
        state=room.state,
        base=f"/s/{seat.id}",
        address=address_of(request),
        seats=[_card(request, room, one, there, own, drawn=not fresh) for one in listed],
        unreviewed=_unreviewed(house, listed),
        own_people=seat.delegation is not None,
        may_move=reach(seat, Action.MOVE_SEAT) is not None,
        may_demand=reach(seat, Action.DEMAND) is not None,
        demanded=factors.is_demanded(house.store, seat.exercise),
        may_keep_door=reach(seat, Action.RUN) is not None,
        door=devices.door_is_kept(house.store, seat.exercise),
        waits=[_waits(room, one) for one in waits],
        moved=moved,
        left=left,
        back=back,
        gone=gone,
        which=which,
        anew=anew,
    )


@router.post("/s/{seat}/seats")
async def change_code(house: TheHouse, seat: TheSeat, which: Annotated[str, Form(max_length=40)]) -> Response:
    """A new code for a seat; the old one leads nowhere from now on. Devices that sit there stay."""
    room = house.rooms.room(seat.exercise)
    if which not in {one.seat.id for one in _listed(house, room, seat)}:
        raise kept.NoSuchSeat(which)
    await run_in_threadpool(kept.rotate_code, house.store, which)
    return RedirectResponse(f"/s/{seat.id}/seats#seat-{which}", 303)


@router.post("/s/{seat}/seats/move")
async def move(
    house: TheHouse,
    seat: TheSeat,
    which: Annotated[str, Form(max_length=40)],
    table: Annotated[str, Form(max_length=80)],
    back: Annotated[bool, Form()] = False,
) -> Response:
    """A seat sits at another table from now on; its open pages load anew."""
    room = house.rooms.room(seat.exercise)
    left = next((one.seat.table for one in _listed(house, room, seat) if one.seat.id == which), None)
    await room.do(seat, MoveSeat(do="move_seat", seat=which, table=table))
    said = urlencode({"moved": which, "left": left or "", **({"back": "yes"} if back else {})})
    return RedirectResponse(f"/s/{seat.id}/seats?{said}#seat-{which}", 303)


@router.post("/s/{seat}/seats/devices")
async def a_device(
    house: TheHouse,
    seat: TheSeat,
    device: Annotated[str, Form(max_length=40)],
    do: Annotated[Literal["admit", "turn_away", "send_away", "lost"], Form()],
) -> Response:
    """One tap for a device: let it in, or not; send it away; or send it away for good, by a new code for its seat.

    The browser of a tablet remembers the address it joined by, so that a lost one could come back by itself.
    """
    found, room = devices.whose(house.store, device), house.rooms.room(seat.exercise)
    if found is None or found[1].exercise != seat.exercise:
        raise devices.NoSuchDevice
    (held_by, its), said = found, dict[str, object]()
    if do in ("admit", "turn_away"):
        if not _admits(room, its, seat):
            raise Forbidden(seat.role, Action.ADMIT)
        if do == "admit":
            label = next((one.label for one in devices.waiting_of(house.store, seat.exercise) if one.id == device), "")
            await run_in_threadpool(sessions.sit, house.store, held_by, its.id, label)
        else:
            await run_in_threadpool(devices.turn_away, house.store, device)
    else:
        if its.id not in {one.seat.id for one in _listed(house, room, seat)}:
            raise devices.NoSuchDevice
        there = sessions.devices_of(house.store, seat.exercise, idle=house.settings.idle)
        said |= {"gone": next((one.number for one in there if one.id == device), 0), "which": its.id}
        await run_in_threadpool(sessions.send_away, house.store, held_by, its.id)
        if do == "lost":
            await run_in_threadpool(kept.rotate_code, house.store, its.id)
            said["anew"] = "yes"
        room.dismiss(lambda one: (one.session, one.seat) == (held_by, its.id), CLOSE_NOT_SEATED, "sent away")
    room.people_changed()
    return RedirectResponse(f"/s/{seat.id}/seats?{urlencode(said)}#seat-{its.id}", 303)


@router.post("/s/{seat}/seats/door")
async def keep_door(house: TheHouse, seat: TheSeat, keeps: Annotated[Literal["yes", "no"], Form()]) -> Response:
    """Devices are let in one by one from now on, or by their code alone."""
    await run_in_threadpool(devices.keep_door, house.store, seat.exercise, keeps == "yes")
    return RedirectResponse(f"/s/{seat.id}/seats", 303)


@router.post("/s/{seat}/seats/factors")
async def demand_factors(
    request: Request, house: TheHouse, seat: TheSeat, demands: Annotated[Literal["yes", "no"], Form()]
) -> Response:
    """Seats with an account take two factors from now on, or one; who signed in with less loses them at once."""
    mine = next(one for one in kept.seats_of(house.store, seat.exercise) if one.seat.id == seat.id)
    opened = await run_in_threadpool(entrances.opened, house.store, grant_of(request).held_by)
    if demands == "yes" and mine.account is not None and not (opened and opened.strong):
        raise Forbidden(seat.role, Action.DEMAND, WEAK_YOURSELF)
    await run_in_threadpool(factors.demand, house.store, seat.exercise, demands == "yes")
    return RedirectResponse(f"/s/{seat.id}/seats", 303)


def qr(url: str) -> Markup:
    """A QR code as SVG, drawn in the colour of the text around it."""
    return Markup(segno.make(url, error="m").svg_inline(scale=4, border=4, omitsize=True))  # noqa: S704  (our own SVG)


def address_of(request: Request) -> str:
    """The beginning of links to be handed out: the public address, if one is set, or what this request called us."""
    public = house_of(request).settings.public_address.rstrip("/")
    return public or f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"


def _card(
    request: Request, room: Room, one: SeatListed, there: Iterable[Device], own: Session | None, *, drawn: bool
) -> dict[str, object]:
    delegation = room.state.delegations.get(one.seat.delegation or "")
    url = f"{address_of(request)}/j/{one.code}"
    return {
        "id": one.seat.id,
        "role": one.seat.role.value,
        "role_label": role_label(one.seat.role),
        "delegation": delegation.name if delegation is not None else None,
        "name": one.name or "",
        "table": room.state.tables.get(one.seat.table or ""),
        "table_id": one.seat.table,
        "sits": one.seat.role in SITS,
        "code": one.code,
        "url": url,
        "qr": qr(url) if drawn else "",
        "connected": room.attendance.connected(one.seat.id),
        "devices": [
            {"id": each.id, "number": each.number, "name": each.name, "part": each.part,
             "label": device_label(each.label), "own": own is not None and own.id == each.session,
             "here": room.attendance.is_here((each.session, each.seat.id))}
            for each in there
            if each.seat.id == one.seat.id and each.id
        ],
    }  # fmt: skip


def _unreviewed(house: House, listed: list[SeatListed]) -> list[str]:
    """The languages of seats whose catalogue nobody has vouched for, by their English names."""
    spoken = [house.pages.catalogues.tongue(language) for language in {one.seat.language for one in listed}]
    return sorted({name_of(tag(one.language)) for one in spoken if one.reviewed == NOBODY})


def _waits(room: Room, one: devices.Waiting) -> dict[str, object]:
    delegation = room.state.delegations.get(one.seat.delegation or "")
    return {
        "id": one.id,
        "who": delegation.name if delegation is not None else role_label(one.seat.role),
        "role": role_label(one.seat.role),
        "label": device_label(one.label),
        "at": one.asked_at,
    }


def _listed(house: House, room: Room, seat: Seat) -> list[SeatListed]:
    """The seats that this one may hand out, at the tables they are at now."""
    listed = kept.seats_of(house.store, seat.exercise)
    return [one for one in (replace(each, seat=placed(room.state, each.seat)) for each in listed) if _shown(one, seat)]


def _shown(one: SeatListed, seat: Seat) -> bool:
    """Whether this seat may hand out that code: never a program's, never one with more rights at the own table."""
    if one.revoked_at is not None or one.name == kept.PROGRAM:
        return False
    return covers(seat, Action.SEATS, one.seat.delegation, one.seat.table)


def _admits(room: Room, its: Seat, seat: Seat) -> bool:
    return covers(seat, Action.ADMIT, its.delegation, placed(room.state, its).table)
