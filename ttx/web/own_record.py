"""A delegation's own record: as a page and as a file, both drawn from one paper, in the language of the seat.

What leaves with the delegation's name, and what may be told of its words, stands on the page alone.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ttx.exercise.rights import Action, Seat, reach, require
from ttx.live.room import Room
from ttx.output.docx import as_docx
from ttx.output.own_record import Figures, own_record
from ttx.output.paper import Paper
from ttx.output.pdf import as_pdf
from ttx.pages.catalogues import SOURCE
from ttx.review import report as reports
from ttx.review.exports import Exports, Taking
from ttx.review.report import Report, Tier
from ttx.store.seats import seats_of
from ttx.web.access import House, TheHouse, TheSeat
from ttx.web.labels import role_label, seat_label
from ttx.web.leaving import own_words, told_so_far
from ttx.web.papers import WORD
from ttx.web.reading import file, set_alone
from ttx.web.report_files import around, file_name
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)

DATA = ("xlsx", "csv", "json")
"""What a program reads of it: the same in every language."""


@router.get("/s/{seat}/record.pdf")
def record_pdf(house: TheHouse, seat: TheSeat) -> Response:
    """What the seat's delegation was asked and answered, as PDF; in English around the words where this machine has no
    font for the seat's language."""
    report, paper = _papers(house, seat)
    content = set_alone(lambda: as_pdf(paper(seat.language), lambda: paper(SOURCE)))
    return file(content, "application/pdf", file_name(report, "pdf"))


@router.get("/s/{seat}/record.docx")
def record_docx(house: TheHouse, seat: TheSeat) -> Response:
    """The same for Word."""
    report, paper = _papers(house, seat)
    return file(set_alone(lambda: as_docx(paper(seat.language))), WORD, file_name(report, "docx"))


def record_page(request: Request, house: House, seat: Seat) -> Response:
    """The same to read and to print. Raises Forbidden."""
    require(seat, Action.REPORT_OWN)
    _, paper = _papers(house, seat)
    room, left = house.rooms.room(seat.exercise), told_so_far(house.store, seat.exercise)
    mine = {one.seq: one.text for one in own_words(house, seat)}
    return page(
        request,
        "record.html",
        language=seat.language,
        seat=seat,
        scenario=room.edition(seat.language).graph.scenario,
        seat_name=seat_label(seat, room.state),
        base=f"/s/{seat.id}",
        data=[
            (one.upper(), f"/api/v1/exercises/{seat.exercise}/report?seat={seat.id}&tier=own&as={one}") for one in DATA
        ],
        left_with_name=[_left(house, seat, left, one) for one in left.taken if one.fact.tier is Tier.FULL],
        quoted=[
            (one, mine[one.evidence]) for one in left.quotations.values() if one.evidence in mine and not one.withdrawn
        ],
        may_object=reach(seat, Action.OBJECT) is not None,
        **around(paper(seat.language)),
    )


def own_report(room: Room, seat: Seat) -> Report:
    """A delegation's own report, in the words it has read. Raises NoSuchTier for a seat of no delegation."""
    graph = room.edition(seat.language).graph
    return reports.make(graph, room.state, Tier.OWN, datetime.now(UTC), seat.delegation, zone=room.pages.zone)


def _papers(house: House, seat: Seat) -> tuple[Report, Callable[[str], Paper]]:
    """The report, and its paper in whichever language."""
    room = house.rooms.room(seat.exercise)
    report, scenario = own_report(room, seat), room.edition(seat.language).graph.scenario
    parties = {name: one.name for name, one in scenario.organisations.items()}
    parties |= {name: one.name for name, one in room.state.delegations.items()}

    def paper(language: str) -> Paper:
        with house.pages.speaking(language) as spoken:
            figures = Figures(house.pages.moment, spoken.number)
            return own_record(report, parties, figures, spoken.word, language=scenario.language, spoken=spoken.language)

    return report, paper


def _left(house: House, seat: Seat, left: Exports, one: Taking) -> dict[str, object]:
    """A full report that left, as those are told whom it names: by what roles, and what for."""
    roles = {listed.seat.id: role_label(listed.seat.role) for listed in seats_of(house.store, seat.exercise)}
    permit = left.permits.get(one.fact.export or "")
    told: dict[str, object] = {"at": one.at, "way": one.fact.way, "who": roles.get(one.seat, "")}
    if permit is None:
        return {**told, "by": ""}
    return {**told, "asked_by": roles.get(permit.asked_by, ""), "by": roles.get(permit.by, ""), "why": permit.why}
