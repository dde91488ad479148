"""The improvement plan on pages: what is to be done by whom until when, and what an earlier exercise had found; its
files."""

import secrets
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ttx.output.calendar_file import as_calendar
from ttx.output.plan_files import actions_csv, gaps_csv
from ttx.review import comparing
from ttx.review.entries import ActionStatus
from ttx.review.findings import Findings, by_due, findings
from ttx.review.gaps import Action
from ttx.review.parts import Tier
from ttx.web.access import TheHouse, TheSeat
from ttx.web.gaps import WORDS
from ttx.web.leaving import CSV, desk_file
from ttx.web.review_desk import Desk, earlier_reviews, opened, review_page
from ttx.web.shown import MARKING

router = APIRouter(include_in_schema=False)


@router.get("/s/{seat}/plan")
def plan_page(
    request: Request,
    house: TheHouse,
    seat: TheSeat,
    owner: Annotated[str, Query(max_length=80)] = "",
    status: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Every action: first what is overdue, then by date; what is done or dropped last."""
    desk = opened(house, seat)
    every = [one for one in by_due(desk.review.actions.values()) if desk.review.stands_as(one.gap) is not None]
    chosen = [
        one for one in every if owner in ("", one.task.owner or "-") and status in ("", one.status, _late(desk, one))
    ]
    return review_page(
        request,
        desk,
        "review/plan.html",
        "plan",
        actions=[(one, desk.review.stands_as(one.gap)) for one in chosen],
        owner=owner,
        far=status,
        owners=sorted({one.task.owner or "-" for one in every}),
        counts={
            "all": len(every),
            "overdue": sum(one.overdue(desk.today) for one in every),
            **{name.value: sum(one.status is name for one in every) for name in ActionStatus},
        },
        key=secrets.token_urlsafe(12),
        **WORDS,
    )


@router.get("/s/{seat}/plan/compare")
async def compare_page(
    request: Request, house: TheHouse, seat: TheSeat, with_: Annotated[str, Query(alias="with", max_length=40)] = ""
) -> Response:
    """What became of the gaps of an earlier exercise on this server, for a device that sits in both."""
    desk = await run_in_threadpool(opened, house, seat)
    earlier = earlier_reviews(request, desk)
    chosen = with_ if with_ in earlier else next(iter(earlier), "")
    result = None
    if chosen:
        room, review = earlier[chosen]
        capabilities = {name: one.name for name, one in room.graph.scenario.capabilities.items()}
        result = comparing.compared(desk.room.graph, desk.room.state, desk.review, review, chosen, capabilities)
    return review_page(
        request,
        desk,
        "review/compare.html",
        "plan",
        earlier={name: room.state.title for name, (room, _) in earlier.items()},
        chosen=chosen,
        result=result,
        outcomes=comparing.Outcome,
        key=secrets.token_urlsafe(12),
        **WORDS,
    )


@router.get("/s/{seat}/plan.ics")
def calendar(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The due dates as a calendar file."""
    desk = opened(house, seat)
    scenario = desk.room.graph.scenario
    content = as_calendar(
        desk.review,
        desk.room.exercise,
        desk.room.state.title or scenario.title,
        f"{MARKING} - {scenario.tlp}",
        (lambda text: text) if desk.tier is Tier.FULL else desk.masked,
        {name: one.name for name, one in scenario.groups.items()},
        named=desk.tier is Tier.FULL,
    )
    return desk_file(request, desk, content, "text/calendar; charset=utf-8", "plan.ics")


@router.get("/s/{seat}/plan.csv")
def actions_file(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The actions as a table."""
    desk = opened(house, seat)
    scenario = desk.room.graph.scenario
    return desk_file(request, desk, actions_csv(_found(desk), scenario.tlp), CSV, "plan.csv")


@router.get("/s/{seat}/gaps.csv")
def gaps_file(request: Request, house: TheHouse, seat: TheSeat) -> Response:
    """The gaps as a table."""
    desk = opened(house, seat)
    scenario = desk.room.graph.scenario
    return desk_file(request, desk, gaps_csv(_found(desk), scenario.tlp), CSV, "gaps.csv")


def _found(desk: Desk) -> Findings:
    return findings(desk.room.graph, desk.room.state, desk.review, desk.whole, desk.tier, desk.today, desk.people)


def _late(desk: Desk, action: Action) -> str:
    return "overdue" if action.overdue(desk.today) else ""
