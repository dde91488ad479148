"""Scripts, styles, fonts and pictures of the pages: named by the release they belong to, made small once.

A page's files are `/static/RELEASE/NAME`, and what they load by a relative address is of the same release. So a page
never gets half of one release and half of another, and a browser may keep each of them for ever.
"""

import gzip
import re
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

KEPT_FOR_EVER = "public, max-age=31536000, immutable"
NAMED = re.compile(r"([0-9a-f]{12})[/\\](.+)")
"""A release's name before a file's own."""
TEXT = frozenset({".css", ".js", ".svg", ".ttf"})
"""What gets smaller; woff2 and png are compressed already."""
NEEDLESS = ("etag", "last-modified", "accept-ranges")
"""Headers of a file that is never asked for again: 110 bytes for each of a tablet's 45."""
REMARKS = {
    ".js": re.compile(r"^[ \t]*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)$", re.MULTILINE),
    ".css": re.compile(r"/\*.*?\*/", re.DOTALL),
}
"""Comments of our own scripts and styles: of a cold tablet's 75 KB of them they were 10."""


class Static(StaticFiles):
    """The static files of this release. A page of another release gets ours, and is told to ask again next time."""

    def __init__(self, folder: Path, release: str) -> None:
        super().__init__(directory=folder)
        self._folder, self._release = folder, release

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, with or without its release before its name."""
        named = NAMED.fullmatch(path)
        name = named[2] if named is not None else path
        response = await super().get_response(name, scope)
        version = response.headers.get("etag", "")
        if named is not None:
            response.headers["cache-control"] = KEPT_FOR_EVER if named[1] == self._release else "no-cache"
            if named[1] == self._release:
                for header in NEEDLESS:
                    del response.headers[header]
        suffix = Path(name).suffix
        if suffix not in TEXT or response.status_code != 200:
            return response
        response.headers["vary"] = "accept-encoding"
        if not takes_gzip(Headers(scope=scope)):
            return response
        packed = _packed(self._folder / name, version)
        headers = {
            key: value for key, value in response.headers.items() if key not in ("content-length", "content-type")
        }
        headers["content-encoding"] = "gzip"
        body = packed if scope["method"] == "GET" else b""
        return Response(body, media_type=response.media_type, headers={**headers, "content-length": str(len(packed))})


def takes_gzip(headers: Headers) -> bool:
    """Whether whoever asks unpacks gzip, as every browser does."""
    return "gzip" in headers.get("accept-encoding", "")


@lru_cache(maxsize=256)
def _packed(file: Path, version: str) -> bytes:
    """A file compressed as far as it goes; `version` is what tells it from an earlier one."""
    content = file.read_bytes()
    if file.suffix in REMARKS and file.parent.name != "vendor":
        content = unremarked(content.decode(), file.suffix).encode()
    return gzip.compress(content, 9, mtime=0)


def unremarked(text: str, suffix: str) -> str:
    """A script without the lines that are comments, or a style sheet without its comments. Every line keeps its
    number, so that what a browser reports is found in the file."""
    return REMARKS[suffix].sub(lambda found: "\n" * found[0].count("\n"), text)
