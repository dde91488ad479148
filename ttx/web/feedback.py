"""Participants' feedback: the page a device answers on, its ballot and sheet, and the page of those who ask."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from ttx.exercise.requests import Announce
from ttx.exercise.rights import Action, reach
from ttx.exercise.views import ASKED_FOR_FEEDBACK
from ttx.output.opinions import ANSWERED
from ttx.pages.tongues import tongue
from ttx.review.bands import LEAST
from ttx.review.exports import exports
from ttx.review.feedback import PROMPTS, STATEMENTS, Sheet
from ttx.review.opinions import ANSWERS, cited, fed, forms
from ttx.store import feedback
from ttx.web.access import TheHouse, TheSeat, grant_of
from ttx.web.api import malformed
from ttx.web.labels import seat_label
from ttx.web.live_pages import KEEPS
from ttx.web.review_desk import opened, review_page
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)


class HandedIn(BaseModel):
    """A sheet with its ballot and the signature under that, both in hexadecimal."""

    model_config = ConfigDict(extra="forbid")

    ballot: Annotated[str, Field(max_length=64)]
    signature: Annotated[str, Field(max_length=512)]
    sheet: Sheet


@router.get("/s/{seat}/feedback")
def feedback_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The form that is open, in the reader's language. The device keeps the page, so that it is there offline too."""
    room = house.rooms.room(seat.exercise)
    edition = room.edition(seat.language)
    form = feedback.the_open(house.store, seat.exercise)
    own = edition.graph.scenario.feedback
    asked = [
        (name, STATEMENTS.get(name, text) if not own else own.get(name, text), f"feedback.{name}" if own else None)
        for name, text in (form.opened.statements.items() if form is not None else ())
    ]
    response = page(
        request,
        "feedback.html",
        language=seat.language,
        seat=seat,
        scenario=edition.graph.scenario,
        seat_name=seat_label(seat, room.state),
        base=f"/s/{seat.id}",
        exercise=seat.exercise,
        epoch=room.epoch,
        form=form,
        asked=asked,
        prompts=PROMPTS,
        least=LEAST,
        tongue=lambda address: tongue(edition.language_of(address)),
    )
    response.headers[KEEPS] = house.pages.release
    return response


@router.post("/s/{seat}/feedback/ballot")
def draw_ballot(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    form: Annotated[str, Form(max_length=20)],
    blinded: Annotated[str, Form(max_length=512)],
) -> Response:
    """Sign a device's ballot, which nobody here sees. From this device, once a form."""
    signed = feedback.ballot(house.store, seat.exercise, form, grant_of(request).held_by, blinded)
    return JSONResponse({"signed": signed})


@router.post("/feedback/{exercise}/{form}")
async def hand_in(
    request: Request,
    house: TheHouse,
    exercise: Annotated[str, Path(max_length=40)],
    form: Annotated[str, Path(max_length=20)],
) -> Response:
    """Take a sheet from whoever has a ballot: no cookie is asked for, and none is looked at."""
    try:
        asked = HandedIn.model_validate_json(await request.body())
    except ValidationError as error:
        return malformed(request, error)
    await run_in_threadpool(feedback.hands_in, house.store, exercise, form, asked.ballot, asked.signature, asked.sheet)
    return JSONResponse({"taken": True})


@router.get("/s/{seat}/feedback/summary")
def summary_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """What participants said, in bands, with their words for those who review them; and the form that is open."""
    desk = opened(house, seat)
    every = forms(desk.entries)
    running = next((one for one in every.values() if one.closed is None), None)
    k = exports(desk.entries).k
    told = {one.form: one for one in fed(every.values(), k)}
    return review_page(
        request,
        desk,
        "review/feedback.html",
        "feedback",
        running=running,
        handed_in=feedback.handed_in(house.store, seat.exercise, running.name) if running is not None else 0,
        closed=[(one, told[one.name]) for one in reversed(list(every.values())) if one.closed is not None],
        answers=ANSWERS,
        answered=ANSWERED,
        prompts=PROMPTS,
        cited=cited,
        least=LEAST,
        k=k,
        may_open=reach(seat, Action.OPEN_FEEDBACK) is not None,
        days=[day for day in desk.room.graph.scenario.days if day.day in desk.room.state.opened],
        live=desk.room.state.day is not None,
        invitation=ASKED_FOR_FEEDBACK,
    )


@router.post("/s/{seat}/feedback/forms")
async def ask_for_feedback(
    house: TheHouse,
    seat: TheSeat,
    close: Annotated[str, Form(max_length=20)] = "",
    day: Annotated[str, Form(pattern=r"^\d{0,2}$")] = "",
    tell: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Close the form of this name; or open one on a day or on the whole exercise, and tell it to every screen."""
    room = house.rooms.room(seat.exercise)
    if close:
        await run_in_threadpool(feedback.closes, house.store, seat, close)
    else:
        wanted = int(day) if day else None
        await run_in_threadpool(feedback.opens, house.store, seat, room.graph.scenario, wanted)
        if tell.strip():
            await room.do(seat, Announce(do="announce", text=tell))
    return RedirectResponse(f"/s/{seat.id}/feedback/summary", 303)
