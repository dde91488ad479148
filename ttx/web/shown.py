"""A template as a response, with what every page has."""

import gzip
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ttx.exercise.rights import Action, Seat, reach
from ttx.web.access import house_of
from ttx.web.static import takes_gzip
from ttx.web.unattended import lock_of

PACKED = 5
"""How hard a page is compressed: 95 KB take 2.3 ms and become 21.4, as fast as at 4 (22.0); the hardest
takes half as long again for 0.3 KB."""

MARKING = "EXERCISE EXERCISE EXERCISE"


def page(
    request: Request, template: str, *, language: str = "en", status: int = 200, **context: object
) -> HTMLResponse:
    """A page. Every page carries the exercise marking, and those who may stop everything find the way to it."""
    house, seat = house_of(request), context.get("seat")
    shared = {
        "marking": MARKING,
        "static": house.pages.static_url,
        "now": utc_now(),
        "lock": lock_of(request),
        "may_stop": isinstance(seat, Seat) and reach(seat, Action.STOP) is not None,
    }
    text = house.pages.render(template, language, **{**shared, **context})
    if not takes_gzip(request.headers):
        return HTMLResponse(text, status, {"vary": "accept-encoding"})
    packed = gzip.compress(text.encode(), PACKED, mtime=0)
    return HTMLResponse(packed, status, {"content-encoding": "gzip", "vary": "accept-encoding"})


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
