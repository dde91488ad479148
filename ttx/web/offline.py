"""The service worker, which lets a page load without a network. What it keeps is decided in `live_pages`."""

import gzip
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ttx.web.access import TheHouse
from ttx.web.headers import HEADERS
from ttx.web.static import takes_gzip, unremarked

router = APIRouter(include_in_schema=False)


@router.get("/worker.js")
def worker(request: Request, house: TheHouse) -> Response:
    """The worker of this release. At the top, since it may look after no page above its own address; asked for each
    time, since a browser compares it with the one it has and so learns of a new release."""
    script, packed, tag = _script(house.pages.static / "worker.js", house.pages.release)
    headers = {"cache-control": "no-cache", "etag": tag, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if takes_gzip(request.headers):
        return Response(packed, media_type="text/javascript", headers={**headers, "content-encoding": "gzip"})
    return Response(script, media_type="text/javascript", headers=headers)


@lru_cache(maxsize=4)
def _script(file: Path, release: str) -> tuple[bytes, bytes, str]:
    """The worker's script, the same compressed, and its tag. It knows the headers of pages: a page that it is handed
    by itself, and not by the server, has them too."""
    told = f'const RELEASE = "{release}";\nconst HEADERS = {json.dumps(HEADERS)};\n'
    script = (told + unremarked(file.read_text("utf-8"), ".js")).encode()
    return script, gzip.compress(script, 9, mtime=0), f'"{hashlib.sha256(script).hexdigest()[:16]}"'
