"""A facilitator's forms: what he does, and the seats he hands out."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Annotated

import segno
from fastapi import APIRouter, Form, Header
from markupsafe import Markup
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ttx.exercise.commands import Refused
from ttx.exercise.requests import REQUEST, MoveSeat
from ttx.exercise.rights import Action, Seat, covers, reach
from ttx.exercise.sight import placed
from ttx.live.room import Room
from ttx.pages.catalogues import NOBODY
from ttx.pages.tongues import name_of, tag
from ttx.scenario.roster import Role
from ttx.store import seats as kept
from ttx.store.seats import SeatListed
from ttx.web.access import House, TheHouse, TheSeat, house_of
from ttx.web.api import malformed
from ttx.web.labels import role_label
from ttx.web.shown import page

SITS = frozenset({Role.HEAD, Role.DELEGATE, Role.TABLE_FACILITATOR, Role.EVALUATOR, Role.RAPPORTEUR})
"""The roles whose seats are at a table."""

router = APIRouter(include_in_schema=False)


@router.post("/s/{seat}/do")
async def do(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """A form's request. Silent when it worked: the page changes through its socket, like everybody's."""
    async with request.form(max_files=0, max_fields=200) as form:
        wanted = fields(form)
    if wanted.get("do") == "schedule":
        wanted = planned(wanted, house.pages.zone, datetime.now(UTC))
    try:
        asked = REQUEST.validate_python(wanted)
    except ValidationError as error:
        return malformed(error)
    seq = await house.rooms.room(seat.exercise).do(seat, asked, idempotency_key or None)
    return JSONResponse({"seq": seq})


def fields(form: FormData) -> dict[str, object]:
    """A form's fields as a request: blank ones left out, several of a name and unticked boxes put together."""
    texts = {name: str(value).replace("\r\n", "\n").strip() for name, value in form.items()}
    plain = {name: text for name, text in texts.items() if text}
    if plain.get("do") == "announce":
        return {"text": "", **plain}
    if plain.get("do") == "timer":
        return {**plain, "seconds": _number(plain.get("seconds", ""))}
    if plain.get("do") == "open_day" and "day" in plain:
        return {**plain, "day": _number(plain["day"])}
    if plain.get("do") == "open_vote":
        rules = {name: name in plain for name in ("hidden", "binding")}
        return {**plain, **rules, "options": form.getlist("options")}
    if plain.get("do") == "merge_gaps":
        return {**plain, "gaps": form.getlist("gaps")}
    if plain.get("do") != "add_inject":
        tables = {"tables": form.getlist("tables")} if plain.get("do") in ("release", "schedule") else {}
        return {**plain, **tables}
    to: object = "all"
    if "to_all" not in plain:
        to = {kind: form.getlist(f"to_{kind}") for kind in ("delegations", "tables", "groups")}
    wanted: dict[str, object] = {name: value for name, value in plain.items() if not name.startswith("to_")}
    wanted["questions"] = [line.strip() for line in plain.get("questions", "").splitlines() if line.strip()]
    wanted["release"] = "release" in plain
    return {**wanted, "to": to}


def planned(wanted: dict[str, object], zone: tzinfo | None, now: datetime) -> dict[str, object]:
    """A form's plan for a release: its seconds as a number, and 10:45 as the moment the room's clock shows that next.

    Raises Refused for a time that has just passed.
    """
    if "seconds" in wanted:
        return {**wanted, "seconds": _number(str(wanted["seconds"]))}
    typed = re.fullmatch(r"([01]?\d|2[0-3])[:.]?([0-5]\d)", str(wanted.get("time", "")))
    if typed is None:
        return wanted
    here = now.astimezone(zone)
    due = here.replace(hour=int(typed[1]), minute=int(typed[2]), second=0, microsecond=0)
    if due <= here:
        due += timedelta(days=1)
    if due - here > timedelta(hours=12):
        raise Refused(f"{due:%H:%M} has passed: it is {here:%H:%M} in the room. Plan a later time, or release it now.")
    return {**wanted, "time": due}


@router.get("/s/{seat}/seats")
async def seats(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The seats with their codes, to be printed and handed out."""
    room = house.rooms.room(seat.exercise)
    listed = [one for one in _placed(room, kept.seats_of(house.store, seat.exercise)) if _shown(one, seat)]
    return page(
        request,
        "seats.html",
        language=seat.language,
        seat=seat,
        scenario=room.graph.scenario,
        state=room.state,
        base=f"/s/{seat.id}",
        address=address_of(request),
        seats=[_card(request, room, one) for one in listed],
        unreviewed=_unreviewed(house, listed),
        may_move=reach(seat, Action.MOVE_SEAT) is not None,
    )


@router.post("/s/{seat}/seats")
async def change_code(house: TheHouse, seat: TheSeat, which: Annotated[str, Form(max_length=40)]) -> Response:
    """A new code for a seat; the old one leads nowhere from now on, and its devices have to join again."""
    room = house.rooms.room(seat.exercise)
    listed = {one.seat.id: one for one in _placed(room, kept.seats_of(house.store, seat.exercise))}
    if which not in listed or not _shown(listed[which], seat):
        raise kept.NoSuchSeat(which)
    await run_in_threadpool(kept.rotate_code, house.store, which)
    return RedirectResponse(f"/s/{seat.id}/seats#seat-{which}", 303)


@router.post("/s/{seat}/seats/move")
async def move(
    house: TheHouse,
    seat: TheSeat,
    which: Annotated[str, Form(max_length=40)],
    table: Annotated[str, Form(max_length=80)],
) -> Response:
    """A seat sits at another table from now on; its open pages load anew."""
    wanted = MoveSeat(do="move_seat", seat=which, table=table)
    await house.rooms.room(seat.exercise).do(seat, wanted)
    return RedirectResponse(f"/s/{seat.id}/seats#seat-{which}", 303)


def _unreviewed(house: House, listed: list[SeatListed]) -> list[str]:
    """The languages of seats whose catalogue nobody has vouched for, by their English names."""
    spoken = [house.pages.catalogues.tongue(language) for language in {one.seat.language for one in listed}]
    return sorted({name_of(tag(one.language)) for one in spoken if one.reviewed == NOBODY})


def qr(url: str) -> Markup:
    """A QR code as SVG, drawn in the colour of the text around it."""
    return Markup(segno.make(url, error="m").svg_inline(scale=4, border=4, omitsize=True))  # noqa: S704  (our own SVG)


def _card(request: Request, room: Room, one: SeatListed) -> dict[str, object]:
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
        "qr": qr(url),
        "connected": room.attendance.connected(one.seat.id),
    }


def _placed(room: Room, listed: list[SeatListed]) -> list[SeatListed]:
    """Seats at the tables they are at now."""
    return [replace(one, seat=placed(room.state, one.seat)) for one in listed]


def _shown(one: SeatListed, seat: Seat) -> bool:
    """Whether this seat may hand out that code: never a program's, never one with more rights at the own table."""
    if one.revoked_at is not None or one.name == kept.PROGRAM:
        return False
    return covers(seat, Action.SEATS, one.seat.delegation, one.seat.table)


def address_of(request: Request) -> str:
    """The beginning of links to be handed out: the public address, if one is set, or what this request called us."""
    public = house_of(request).settings.public_address.rstrip("/")
    return public or f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"


def _number(text: str) -> object:
    return int(text) if text.isdecimal() else text
