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
from ttx.exercise.rights import Action, Forbidden, Seat, reach
from ttx.exercise.state import Status
from ttx.live.room import Room
from ttx.pages.ring import ring
from ttx.review import alignment, network
from ttx.review import report as reports
from ttx.review.report import Report, Tier
from ttx.scenario.worded import worded
from ttx.web.access import TheHouse, TheSeat
from ttx.web.report_files import FORMATS, HOT_WASH, hot_wash_of
from ttx.web.review_desk import found
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
    request: Request, house: TheHouse, seat: TheSeat, tier: Annotated[Tier | None, Query()] = None
) -> Response:
    """A report as a page with its exports; without a tier, the fullest this seat may read."""
    room = house.rooms.room(seat.exercise)
    tier = tier or own_tier(seat)
    exports = [
        (name.upper(), f"/api/v1/exercises/{seat.exercise}/report?seat={seat.id}&tier={tier}&as={name}")
        for name in FORMATS
    ]
    report = make(room, seat, tier)
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
        in_order=in_order,
        exports=exports,
        washes=HOT_WASH if tier in WASHED else (),
        tiers=[(label, f"/s/{seat.id}/report?tier={one}") for one, label in other_tiers(seat, tier)],
        may_replay=reach(seat, Action.REPLAY) is not None,
        may_review=reach(seat, Action.READ_REVIEW) is not None,
    )


@router.get("/s/{seat}/hot-wash/{day}.{form}")
async def hot_wash_file(
    house: TheHouse,
    seat: TheSeat,
    day: Annotated[int, Path(ge=1, le=99)],
    form: Annotated[str, Path(max_length=5)],
    tier: Annotated[Tier | None, Query()] = None,
) -> Response:
    """A day's hot wash on two pages, provisional while the exercise runs; without a tier, of the fullest report."""
    report = make(house.rooms.room(seat.exercise), seat, tier or own_tier(seat))
    if report.tier not in WASHED:
        raise Refused("A hot wash holds what was said, so there is none for everybody.")
    try:
        content = await run_in_threadpool(hot_wash_of, report, day, form, house.pages)
    except LookupError as nothing:
        return PlainTextResponse(str(nothing), 404)
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


def make(room: Room, seat: Seat, tier: Tier) -> Report:
    """A report of this tier for this seat. Raises Forbidden, and NoSuchTier for what cannot be made.

    An analyst reads the record when the exercise is over, so that nobody is watched while he still speaks.
    """
    if reach(seat, TIERS[tier]) is None:
        raise Forbidden(seat.role, TIERS[tier])
    may_read_early = reach(seat, Action.REPORT_FULL) is not None or tier is Tier.OWN
    if room.state.day is not None and not may_read_early:
        raise Refused(worded("The record is read when the day is closed. Come back then; nothing is lost."))
    day = datetime.now(room.pages.zone).date()
    findings = found(room.store, room.exercise, room.graph, room.state, tier, day)
    return reports.make(room.graph, room.state, tier, datetime.now(UTC), seat.delegation, findings, room.pages.zone)


def file_name(report: Report, ending: str) -> str:
    """What a downloaded report is called."""
    over = "" if report.status == Status.ENDED else "-provisional"
    return f"{report.scenario}-{report.tier}{over}.{ending}"
