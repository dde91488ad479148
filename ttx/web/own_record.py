"""A delegation's own record: as a page and as a file, both drawn from one paper, in the language of the seat.

What leaves with the delegation's name, and what may be told of its words, stands on the page alone.
"""

from collections.abc import Callable, Mapping
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
from ttx.pages.environment import Pages
from ttx.review import report as reports
from ttx.review.exports import Exports, Taking
from ttx.review.report import Report, Tier
from ttx.store.seats import seats_of
from ttx.web.access import House, TheHouse, TheSeat
from ttx.web.labels import role_label, seat_label
from ttx.web.leaving import own_words, told_so_far
from ttx.web.reading import file, set_alone
from ttx.web.report_files import FORMATS, around, as_html, file_name
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)

DATA = ("xlsx", "csv", "json")
"""What a program reads of it: the same in every language."""


@router.get("/s/{seat}/record.pdf")
def record_pdf(house: TheHouse, seat: TheSeat) -> Response:
    """What the seat's delegation was asked and answered, as PDF; in English around the words where this machine has no
    font for the seat's language."""
    return _file(house, seat, "pdf")


@router.get("/s/{seat}/record.docx")
def record_docx(house: TheHouse, seat: TheSeat) -> Response:
    """The same for Word."""
    return _file(house, seat, "docx")


def _file(house: House, seat: Seat, form: str) -> Response:
    report = own_report(house.rooms.room(seat.exercise), seat)
    return file(own_file(house, seat, report, form), FORMATS[form].media_type, file_name(report, form))


def record_page(request: Request, house: House, seat: Seat) -> Response:
    """The same to read and to print. Raises Forbidden."""
    require(seat, Action.REPORT_OWN)
    paper = _paper(house, seat, own_report(house.rooms.room(seat.exercise), seat))
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


def own_file(house: House, seat: Seat, report: Report, form: str, template: bytes | None = None) -> bytes:
    """A delegation's own report as a file, for people in the language of the seat; for programs it is the same in all.
    `form` is one of FORMATS; `template` is of the house style, if any."""
    if form not in PAPERS:
        return FORMATS[form].write(report, house.pages, template)
    paper = _paper(house, seat, report)
    return set_alone(lambda: PAPERS[form](paper, seat.language, house.pages, template))


PAPERS: Mapping[str, Callable[[Callable[[str], Paper], str, Pages, bytes | None], bytes]] = {
    "pdf": lambda paper, language, *_: as_pdf(paper(language), lambda: paper(SOURCE)),
    "docx": lambda paper, language, _, template: as_docx(paper(language), template),
    "html": lambda paper, language, pages, _: as_html(paper(language), pages),
}
"""How the record is written for people, by the ending of a file's name."""


def _paper(house: House, seat: Seat, report: Report) -> Callable[[str], Paper]:
    """The report's paper in whichever language."""
    room = house.rooms.room(seat.exercise)
    scenario = room.edition(seat.language).graph.scenario
    parties = {name: one.name for name, one in scenario.organisations.items()}
    parties |= {name: one.name for name, one in room.state.delegations.items()}

    def paper(language: str) -> Paper:
        with house.pages.speaking(language) as spoken:
            figures = Figures(house.pages.moment, spoken.number)
            return own_record(report, parties, figures, spoken.word, language=scenario.language, spoken=spoken.language)

    return paper


def _left(house: House, seat: Seat, left: Exports, one: Taking) -> dict[str, object]:
    """A full report that left, as those are told whom it names: by what roles, and what for."""
    roles = {listed.seat.id: role_label(listed.seat.role) for listed in seats_of(house.store, seat.exercise)}
    permit = left.permits.get(one.fact.export or "")
    told: dict[str, object] = {"at": one.at, "way": one.fact.way, "who": roles.get(one.seat, "")}
    if permit is None:
        return {**told, "by": ""}
    return {**told, "asked_by": roles.get(permit.asked_by, ""), "by": roles.get(permit.by, ""), "why": permit.why}
