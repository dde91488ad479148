"""A template as a response, with what every page has."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse

from ttx.web.access import house_of

MARKING = "EXERCISE EXERCISE EXERCISE"


def page(
    request: Request, template: str, *, language: str = "en", status: int = 200, **context: object
) -> HTMLResponse:
    """A page. Every page carries the exercise marking."""
    house = house_of(request)
    text = house.pages.render(
        template, language, **{"marking": MARKING, "static": house.pages.static_url, "now": utc_now(), **context}
    )
    return HTMLResponse(text, status)


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(UTC)
