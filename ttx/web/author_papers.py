"""The papers of a scenario under way, as files to take away."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from ttx.output.drafted import InTheWay
from ttx.scenario.findings import Faulty
from ttx.store import drafts
from ttx.web.access import TheAuthor, TheHouse
from ttx.web.author_findings import sections
from ttx.web.author_frame import Open, attached, opened
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
    """One paper of the scenario as it is now. With errors, manual and handbook are drafts that name them, and no other
    paper is printed: Faulty says which they are."""
    asked = "json" if name == "scenario.json" else name
    wanted = known(asked)
    here = opened(house, author)
    read = here.read
    errors = [one for one in read.findings if one.severity == "error"]
    if read.scenario is None or (errors and not wanted.drafts):
        raise Faulty(errors)
    pictures = drafts.export(house.store, author.draft).pictures if wanted.pictured else {}
    in_the_way = _in_the_way(here) if errors else ()
    order = Order(house.pages, read.scenario, pictures, dates, place, read.roster, in_the_way)
    content = printed(asked, order, language)
    stem, _, kind = ("scenario.json" if asked == "json" else asked).rpartition(".")
    spoken = [language] if language is not None and language != read.scenario.language else []
    ending = "-".join([stem, *spoken, *(["draft"] if errors else [])]) + f".{kind}"
    return Response(
        content,
        media_type=wanted.media_type,
        headers={**attached(read, f"-{ending}"), "cache-control": "no-store"},
    )


def _in_the_way(here: Open) -> InTheWay:
    """The errors by day and inject, as the page of findings has them."""
    told = [
        (section.name, [one.sentence for about in section.about for one, _ in about.ones if one.severity == "error"])
        for section in sections(here)
    ]
    return [(name, sentences) for name, sentences in told if sentences]
