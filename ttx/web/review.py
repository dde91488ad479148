"""The report: as a page, and as files for those whose tier it is."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ttx.exercise.answers import CHANNELS
from ttx.exercise.commands import Refused
from ttx.exercise.rights import Action, Forbidden, Seat, reach, require
from ttx.live.room import Room
from ttx.output.opinions import ANSWERED
from ttx.pages import bars
from ttx.pages.ring import ring
from ttx.review import alignment, network, placeholders
from ttx.review.exports import Exports
from ttx.review.feedback import PROMPTS
from ttx.review.leaving import Way
from ttx.review.ledger import HELD_BACK
from ttx.review.report import Report, Tier
from ttx.scenario.worded import worded
from ttx.web.access import House, TheHouse, TheSeat, by_token
from ttx.web.leaving import approved, made, taken, template_of, told_so_far
from ttx.web.own_record import own_report, record_page
from ttx.web.report_files import FORMATS, HOT_WASH, file_name, hot_wash_of
from ttx.web.shown import page

router = APIRouter(include_in_schema=False)

TIERS: Mapping[Tier, Action] = {
    Tier.FULL: Action.REPORT_FULL,
    Tier.OWN: Action.REPORT_OWN,
    Tier.ANALYST: Action.REPORT_ANALYST,
    Tier.PUBLIC: Action.REPORT_ANALYST,
}
"""The right each tier needs."""
WASHED = (Tier.FULL, Tier.ANALYST)
"""The tiers whose days have a hot wash."""


@router.get("/s/{seat}/report")
async def report_page(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    tier: Annotated[Tier | None, Query()] = None,
    linked: Annotated[bool, Query()] = False,
) -> Response:
    """A report as a page with its exports; without a tier, the fullest this seat may read. `linked`: analysts read one
    name for a delegation throughout, instead of one drawn for each section."""
    room = house.rooms.room(seat.exercise)
    tier = tier or own_tier(seat)
    if tier is Tier.OWN:
        return await run_in_threadpool(record_page, request, house, seat)
    left = told_so_far(house.store, seat.exercise)
    report = make(room, seat, tier, left, linked)
    now = datetime.now(UTC)
    wanted = f"seat={seat.id}&tier={tier}" + "&linked=true" * linked
    exports = [
        (name.upper(), f"/api/v1/exercises/{seat.exercise}/report?{wanted}&as={name}")
        for name in FORMATS
        if tier is not Tier.FULL or left.permit(seat.id, now) is not None
    ]
    return page(
        request,
        "report.html",
        language=seat.language,
        seat=seat,
        scenario=room.graph.scenario,
        state=room.state,
        base=f"/s/{seat.id}",
        report=report,
        ring=ring(report.network) if report.network is not None else None,
        channels=CHANNELS,
        definitions=network.DEFINITIONS,
        rules=alignment.RULES,
        drawn={"agreement": bars.of_agreement(report.agreement), "voices": bars.of_voices(report.voices)},
        looks=bars.LOOKS,
        in_order=in_order,
        exports=exports,
        washes=HOT_WASH if tier in WASHED else (),
        link_or_part=f"/s/{seat.id}/report?tier={tier}" + "&linked=true" * (not linked) if tier is Tier.ANALYST else "",
        tiers=[(label, f"/s/{seat.id}/report?tier={one}") for one, label in other_tiers(seat, tier)],
        may_replay=reach(seat, Action.REPLAY) is not None,
        may_review=reach(seat, Action.READ_REVIEW) is not None,
        held_back=HELD_BACK,
        answered=ANSWERED,
        prompts=PROMPTS,
        pieces=placeholders.pieces,
        shown_as=placeholders.SHOWN,
    )


@router.get("/s/{seat}/hot-wash/{day}.{form}")
async def hot_wash_file(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    day: Annotated[int, Path(ge=1, le=99)],
    form: Annotated[str, Path(max_length=5)],
    tier: Annotated[Tier | None, Query()] = None,
) -> Response:
    """A day's hot wash on two pages, provisional while the exercise runs; without a tier, of the fullest report."""
    room, wanted = house.rooms.room(seat.exercise), tier or own_tier(seat)
    if wanted not in WASHED:
        raise Refused("A hot wash holds what was said, so there is none for everybody.")
    report = make(room, seat, wanted)
    template = await run_in_threadpool(template_of, house.store, seat.exercise)
    try:
        content = await run_in_threadpool(hot_wash_of, report, day, form, house.pages, template)
    except LookupError as nothing:
        return PlainTextResponse(str(nothing), 404)
    way: Way = "program" if by_token(request) else "page"
    await run_in_threadpool(taken, house.store, seat.exercise, seat.id, lambda _held: report, f"hot wash {form}", way)
    name = file_name(report, form).replace(report.scenario, f"{report.scenario}-day-{day}-hot-wash", 1)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=FORMATS[form].media_type, headers=headers)


def other_tiers(seat: Seat, shown: Tier) -> list[tuple[Tier, str]]:
    """The other reports this seat may turn to, with what they are called."""
    labels = {Tier.FULL: "Full report", Tier.ANALYST: "Analysts' report", Tier.PUBLIC: "Report for everybody"}
    return [
        (tier, label) for tier, label in labels.items() if tier is not shown and reach(seat, TIERS[tier]) is not None
    ]


def in_order(written: Mapping[str, object], used: Iterable[str | None]) -> list[str | None]:
    """Those of the scenario's ids that are used, in its order; then what it does not know, none last."""
    found = set(used)
    known: list[str | None] = [name for name in written if name in found]
    return known + sorted(found - set(known), key=lambda name: (name is None, name or ""))


def own_tier(seat: Seat) -> Tier:
    """The tier that tells this seat most; raises Forbidden if there is none."""
    for tier in (Tier.FULL, Tier.ANALYST, Tier.OWN):
        if reach(seat, TIERS[tier]) is not None:
            return tier
    raise Forbidden(seat.role, Action.REPORT_FULL)


def make(room: Room, seat: Seat, tier: Tier, held: Exports | None = None, linked: bool = False) -> Report:
    """A report of this tier for this seat; `held` is what has left so far, where the caller knows it.

    Raises Forbidden, and NoSuchTier for what cannot be made.
    An analyst reads the record when the exercise is over, so that nobody is watched while he still speaks.
    """
    if reach(seat, TIERS[tier]) is None:
        raise Forbidden(seat.role, TIERS[tier])
    may_read_early = reach(seat, Action.REPORT_FULL) is not None or tier is Tier.OWN
    if room.state.day is not None and not may_read_early:
        raise Refused(worded("The record is read when the day is closed. Come back then; nothing is lost."))
    now, zone = datetime.now(UTC), room.pages.zone
    if tier is Tier.OWN:
        return own_report(room, seat)
    told = held if held is not None else told_so_far(room.store, room.exercise)
    return made(room.store, room.exercise, room.graph, room.state, tier, told, now, zone, linked)


def leave(request: Request, house: House, seat: Seat, tier: Tier, form: str, linked: bool = False) -> Report:
    """A report that a seat takes along, in the record before it is handed over. What a delegation takes of its own is
    nobody else's to know.

    Somebody on a page needs a second person for the full one. A program's token was made on the command line by
    whoever holds the data, and could read all of it there. Raises Forbidden, Refused, NoSuchTier, NotRecorded.
    """
    room = house.rooms.room(seat.exercise)
    require(seat, TIERS[tier])
    if tier is Tier.OWN:
        return make(room, seat, tier)
    token = by_token(request)
    return taken(
        house.store,
        seat.exercise,
        seat.id,
        lambda held: make(room, seat, tier, held, linked),
        form,
        "program" if token else "page",
        (lambda _held: None) if token else approved(seat, tier, datetime.now(UTC)),
    )
