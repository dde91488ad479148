"""The service worker, which lets a page load without a network. What it keeps is decided in `live_pages`."""

import hashlib

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ttx.web.access import TheHouse

router = APIRouter(include_in_schema=False)


@router.get("/worker.js")
def worker(request: Request, house: TheHouse) -> Response:
    """The worker of this release. At the top, since it may look after no page above its own address; asked for each
    time, since a browser compares it with the one it has and so learns of a new release."""
    script = f'const RELEASE = "{house.pages.release}";\n{(house.pages.static / "worker.js").read_text("utf-8")}'
    headers = {"cache-control": "no-cache", "etag": f'"{hashlib.sha256(script.encode()).hexdigest()[:16]}"'}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(status_code=304, headers=headers)
    return Response(script, media_type="text/javascript", headers=headers)
