"""A facilitator's forms: what he does, and how the words he changes will look."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Annotated

from fastapi import APIRouter, Form, Header
from pydantic import ValidationError
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from ttx.exercise import course
from ttx.exercise.commands import Refused
from ttx.exercise.commands.grounds import known
from ttx.exercise.requests import REQUEST
from ttx.exercise.views import DevelopmentView
from ttx.web import opening
from ttx.web.access import TheHouse, TheSeat
from ttx.web.api import malformed

router = APIRouter(include_in_schema=False)


@router.post("/s/{seat}/do")
async def do(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    """A form's request. Silent when it worked: the page changes through its socket, like everybody's.

    A day of an exercise that is being rehearsed is not opened before somebody is `sure`: until then it `asks`.
    """
    async with request.form(max_files=0, max_fields=200) as form:
        wanted = fields(form)
    if wanted.get("do") == "schedule":
        wanted = planned(wanted, house.pages.zone, datetime.now(UTC))
    try:
        asked = REQUEST.validate_python(wanted)
    except ValidationError as error:
        return malformed(request, error)
    if await opening.is_doubtful(house, seat, asked):
        return JSONResponse({"asks": "open-rehearsed"})
    seq = await house.rooms.room(seat.exercise).do(seat, asked, idempotency_key or None)
    return JSONResponse({"seq": seq})


@router.post("/s/{seat}/words")
async def words(
    house: TheHouse,
    seat: TheSeat,
    inject: Annotated[str, Form(max_length=80)],
    title: Annotated[str, Form(max_length=200)] = "",
    sender: Annotated[str, Form(max_length=200)] = "",
    text: Annotated[str, Form(max_length=8000)] = "",
) -> Response:
    """How an inject will look on a tablet in these words, without its picture. Nothing is kept."""
    room = house.rooms.room(seat.exercise)
    written = known(room.graph, room.state, inject)
    day = course.day_of(room.graph, room.state, inject) or 0
    told = DevelopmentView(
        inject, 0, day, title, sender, written.channel, text, None, datetime.now(UTC), None, written.to.all
    )
    return HTMLResponse(house.pages.render("parts/words.html", seat.language, told=told))


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
    if plain.get("do") == "reword":
        return reworded(plain)
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


def reworded(plain: dict[str, str]) -> dict[str, object]:
    """A form's other words for an inject: `labels-2` and `people-3` are those of its steps on the map."""
    mapped: dict[str, dict[str, object]] = {"labels": {}, "people": {}}
    wanted: dict[str, object] = {}
    for name, text in plain.items():
        kind, _, number = name.partition("-")
        if kind in mapped and number:
            mapped[kind][number] = text if kind == "labels" else _number(re.sub(r"[\s,.']", "", text))
        else:
            wanted[name] = text
    return wanted | {name: said for name, said in mapped.items() if said}


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


def _number(text: str) -> object:
    return int(text) if text.isdecimal() else text
