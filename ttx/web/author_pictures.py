"""The pictures of a scenario under way, shown to its authors. Putting one into the folder is `author_do`'s."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from ttx.scenario.pictures import KINDS
from ttx.store import pictures
from ttx.web.access import TheAuthor, TheHouse

router = APIRouter(include_in_schema=False)


@router.get("/a/{author}/pictures/{name}")
async def picture(house: TheHouse, author: TheAuthor, name: Annotated[str, Path(max_length=80)]) -> Response:
    """A picture of the folder as it is now. It may be replaced under the same name, so it is not kept for good."""
    content = await run_in_threadpool(pictures.picture_of_draft, house.store, author.draft, name)
    kind = KINDS.get(name.rpartition(".")[2])
    if content is None or kind is None:
        raise HTTPException(404)
    return Response(content, media_type=kind, headers={"cache-control": "no-cache", "content-disposition": "inline"})
