"""The papers of a scenario under way, as files to take away."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from ttx.scenario.findings import Faulty
from ttx.store import drafts
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.author_frame import file_name, opened
from ttx.web.papers import Order, known, printed

router = APIRouter(include_in_schema=False)

Line = Annotated[str, Query(max_length=200)]


# A plain function: Starlette runs it beside the loop, which a handbook of 60 injects would stop for a second.
@router.get("/a/{author}/papers/{name}")
def paper(
    house: TheHouse,
    author: TheAuthor,
    name: Annotated[str, Path(max_length=40)],
    language: Annotated[str | None, Query(max_length=20)] = None,
    dates: Line = "",
    place: Line = "",
) -> Response:
    """One paper of the scenario as it is now. A scenario with errors is not printed: Faulty says which they are."""
    asked = "json" if name == "scenario.json" else name
    wanted = known(asked)
    read = opened(house, author).read
    errors = [one for one in read.findings if one.severity == "error"]
    if errors or read.scenario is None:
        raise Faulty(errors)
    pictures = drafts.export(house.store, author.draft).pictures if wanted.pictured else {}
    content = printed(asked, Order(house.pages, read.scenario, pictures, dates, place, read.roster), language)
    stem, _, kind = ("scenario.json" if asked == "json" else asked).rpartition(".")
    ending = f"{stem}-{language}.{kind}" if language is not None and language != read.scenario.language else name
    return Response(
        content,
        media_type=wanted.media_type,
        headers={
            "content-disposition": f'attachment; filename="{file_name(read)}-{ending}"',
            "cache-control": "no-store",
        },
    )
