"""Who agrees to be named: in the list of participants of the full report, and on a certificate he takes himself."""

from typing import Annotated

from fastapi import APIRouter, Form, Path
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ttx.exercise.commands import Refused
from ttx.exercise.state import State, Status
from ttx.output.certificate import Certified, certificate
from ttx.pages.catalogues import SOURCE
from ttx.review.parts import Tier
from ttx.scenario.worded import worded
from ttx.store import participants
from ttx.web.access import House, TheHouse, TheSeat, grant_of
from ttx.web.labels import seat_label
from ttx.web.leaving import told_so_far
from ttx.web.reading import file, set_alone
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)

LONGEST = 80
NO_NAME = worded("Type your name and say that it may stand in the list.")
NOT_YET = worded("A certificate can be taken when the exercise has ended.")


@router.get("/s/{seat}/named")
def named_page(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """Who agreed on this device, and the way to agree or to take it back."""
    room = house.rooms.room(seat.exercise)
    edition = room.edition(seat.language)
    own = room.state.delegations.get(seat.delegation or "")
    left = [one.at for one in told_so_far(house.store, seat.exercise).taken if one.fact.tier is Tier.FULL]
    return page(
        request,
        "named.html",
        language=seat.language,
        seat=seat,
        scenario=edition.graph.scenario,
        seat_name=seat_label(seat, room.state),
        base=f"/s/{seat.id}",
        agreed=participants.agreed_on(house.store, seat.id, grant_of(request).held_by),
        organisation=own.name if own is not None else "",
        left=max(left) if left else None,
        over=room.state.status is Status.ENDED,
        longest=LONGEST,
    )


@router.post("/s/{seat}/named")
def agree(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    name: Annotated[str, Form(max_length=LONGEST)] = "",
    organisation: Annotated[str, Form(max_length=LONGEST)] = "",
    agreed: Annotated[bool, Form()] = False,
) -> Response:
    """Somebody on this device agrees to be named."""
    called, where = " ".join(name.split()), " ".join(organisation.split())
    if not called or not agreed:
        raise Refused(NO_NAME)
    participants.agrees(house.store, seat.id, grant_of(request).held_by, called, where)
    return RedirectResponse(f"/s/{seat.id}/named", 303)


@router.post("/s/{seat}/named/withdraw")
def take_back(
    request: Request, house: TheHouse, seat: TheSeat, agreement: Annotated[str, Form(max_length=40)]
) -> Response:
    """Somebody on this device is not to be named any more."""
    participants.withdraws(house.store, seat.id, grant_of(request).held_by, agreement)
    return RedirectResponse(f"/s/{seat.id}/named", 303)


@router.get("/s/{seat}/named/{agreement}.pdf")
def certificate_file(
    request: Request, house: TheHouse, seat: TheSeat, agreement: Annotated[str, Path(max_length=40)]
) -> Response:
    """The certificate of somebody who agreed on this device, in the seat's language; in English where this machine has
    no font for it."""
    room = house.rooms.room(seat.exercise)
    agreed = participants.agreed_on(house.store, seat.id, grant_of(request).held_by)
    whose = next((one for one in agreed if one.id == agreement), None)
    if whose is None:
        raise HTTPException(404)
    if room.state.status is not Status.ENDED:
        raise Refused(NOT_YET)
    edition = room.edition(seat.language)

    def made(language: str) -> bytes:
        with house.pages.speaking(language) as spoken:
            of = Certified(
                name=whose.name,
                organisation=whose.organisation,
                exercise=edition.titled(room.state.title),
                dates=_dates(house, room.state),
                language=edition.graph.scenario.language,
                spoken=spoken.language,
            )
            return certificate(of, spoken.word, None if language == SOURCE else lambda: made(SOURCE))

    return file(set_alone(lambda: made(seat.language)), "application/pdf", "certificate.pdf")


def _dates(house: House, state: State) -> str:
    """The first and the last day on which it was held, as the language that is spoken tells dates."""
    held = sorted({at.astimezone(house.pages.zone).date() for at in state.opened.values()})
    told = [house.pages.day(one) for one in (held[:1] + held[-1:] if len(held) > 1 else held)]
    return " \u2013 ".join(told)
