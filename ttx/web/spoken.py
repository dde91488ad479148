"""Which language somebody reads: his seat's, until another one is chosen on that device; at the door what was chosen
there, what the device's last seat read, or what the browser asks for."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.rights import Seat
from ttx.pages.catalogues import SOURCE, Catalogues
from ttx.pages.regions import OPENS, Page
from ttx.web.access import TheHouse, TheSeat, called, chosen_by, house_of, secure

router = APIRouter(include_in_schema=False)

DOOR = "ttx_tongue"
"""The cookie of the door; that of a seat has its id behind it (`access.chosen_by`)."""
SAT = "ttx_sat"
"""The cookie with what a device read on its last seat: a borrowed tablet's browser asks for its owner's language."""
LASTS = 365 * 24 * 3600


@router.post("/s/{seat}/language")
async def switch(
    request: Request, house: TheHouse, seat: TheSeat, language: Annotated[str, Form(max_length=20)] = ""
) -> Response:
    """Read this seat's page in another language from now on, on this device. Nothing of it is in the record."""
    response = RedirectResponse(f"/s/{seat.id}", 303)
    known = house.pages.catalogues.known(language)
    if known is not None:
        remember(request, response, chosen_by(seat.id), known)
        remember(request, response, SAT, known)
    return response


def at_the_door(connection: HTTPConnection, seat: Seat | None = None) -> str:
    """The language of somebody who has no seat, or of who waits for this one."""
    catalogues = _catalogues(connection)
    chosen = catalogues.known(_at_door(connection))
    read = seat.language if seat is not None else connection.cookies.get(called(connection, SAT), "")
    return chosen or catalogues.known(read) or catalogues.wanted(connection.headers.get("accept-language", ""))


def asked_for(connection: HTTPConnection) -> str:
    """What a device's browser asks for, of our languages; empty where it says nothing."""
    accepted = connection.headers.get("accept-language", "")
    return _catalogues(connection).wanted(accepted) if accepted else ""


def asked_in(connection: HTTPConnection) -> tuple[str, bool]:
    """The language that whoever sent a request is answered in, and whether he is of the staff. A program: English."""
    if connection.headers.get("authorization"):
        return "en", True
    grant = getattr(connection.state, "grant", None)
    if grant is None:
        return at_the_door(connection), False
    return grant.seat.language, grant.seat.role in OPENS[Page.CONSOLE]


def said(connection: HTTPConnection, sentence: str, english: str = "") -> str:
    """A sentence in the language of whoever sent a request; `english` may say more to those who read that."""
    tongue = _catalogues(connection).tongue(*asked_in(connection))
    return english if english and tongue.language == SOURCE else tongue.say(sentence)


def carry(request: Request, response: Response, seat: Seat) -> None:
    """Who chose a language at the door takes it along to his seat; what he reads there is the door's afterwards."""
    chosen = _catalogues(request).known(_at_door(request))
    before = request.cookies.get(called(request, chosen_by(seat.id)))
    if chosen is not None and before is None:
        remember(request, response, chosen_by(seat.id), chosen)
    reads = before or chosen or seat.language
    if request.cookies.get(called(request, SAT)) != reads:
        remember(request, response, SAT, reads)


def remember(request: Request, response: Response, cookie: str, language: str) -> None:
    """Keep a choice on this device."""
    name, tls = called(request, cookie), secure(request)
    response.set_cookie(name, language, LASTS, path="/", httponly=True, samesite="lax", secure=tls)


def _at_door(connection: HTTPConnection) -> str:
    """What was chosen at the door, or on the plain port beside it, whose cookies have no prefix."""
    return connection.cookies.get(called(connection, DOOR)) or connection.cookies.get(DOOR, "")


def _catalogues(connection: HTTPConnection) -> Catalogues:
    return house_of(connection).pages.catalogues
