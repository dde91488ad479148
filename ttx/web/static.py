"""Scripts, styles, fonts and pictures of the pages: named by the release they belong to, made small once.

A page's files are `/static/RELEASE/NAME`, and what they load by a relative address is of the same release. So a page
never gets half of one release and half of another, and a browser may keep each of them for ever.
"""

import gzip
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

KEPT_FOR_EVER = "max-age=31536000, immutable"
NAMED = re.compile(r"([0-9a-f]{12})[/\\](.+)")
"""A release's name before a file's own."""
SETS: Mapping[str, tuple[str, ...]] = {
    "shared.css": ("fonts.css", "tokens.css", "base.css", "components.css", "told.css", "medium.css"),
    "delegation.css": ("tablet.css", "votes.css", "look.css", "talk.css", "stop.css"),
}
"""Style sheets that go out as one, in this order: 11 of a tablet's requests are 2, and 6 KB less with their headers."""
TEXT = frozenset({".css", ".js", ".svg", ".ttf"})
"""What gets smaller; woff2 and png are compressed already."""
NEEDLESS = ("etag", "last-modified", "accept-ranges")
"""Headers of a file that is never asked for again: 110 bytes for each of a tablet's 36."""
REMARKS = {
    ".js": re.compile(r"^[ \t]*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/)$|^[ \t]+", re.MULTILINE),
    ".css": re.compile(r"/\*.*?\*/|^[ \t]+", re.DOTALL | re.MULTILINE),
}
"""Comments of our own scripts and styles, 10 KB of a cold tablet's 75 KB of them, and the room before a line, 1 KB."""


class Static(StaticFiles):
    """The static files of this release. A page of another release gets ours, and is told to ask again next time."""

    def __init__(self, folder: Path, release: str) -> None:
        super().__init__(directory=folder)
        self._folder, self._release = folder, release

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file or a set of them, with or without its release before its name."""
        named = NAMED.fullmatch(path)
        name = named[2] if named is not None else path
        files = tuple(self._folder / one for one in SETS.get(name, (name,)))
        if len(files) > 1 and scope["method"] in ("GET", "HEAD"):
            response = Response(_joined(files), media_type="text/css", headers={"etag": _version(files)})
        else:
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
        packed = _packed(files, version)
        headers = {
            key: value for key, value in response.headers.items() if key not in ("content-length", "content-type")
        }
        headers["content-encoding"] = "gzip"
        body = packed if scope["method"] == "GET" else b""
        return Response(body, media_type=response.media_type, headers={**headers, "content-length": str(len(packed))})


def takes_gzip(headers: Headers) -> bool:
    """Whether whoever asks unpacks gzip, as every browser does."""
    return "gzip" in headers.get("accept-encoding", "")


def _version(files: tuple[Path, ...]) -> str:
    return '"' + "-".join(f"{file.stat().st_mtime_ns:x}" for file in files) + '"'


def _joined(files: tuple[Path, ...]) -> bytes:
    return b"\n".join(file.read_bytes() for file in files)


@lru_cache(maxsize=256)
def _packed(files: tuple[Path, ...], version: str) -> bytes:
    """Files compressed as far as it goes; `version` is what tells them from earlier ones."""
    content, (file, *_) = _joined(files), files
    if file.suffix in REMARKS and file.parent.name != "vendor":
        content = unremarked(content.decode(), file.suffix).encode()
    return gzip.compress(content, 9, mtime=0)


def unremarked(text: str, suffix: str) -> str:
    """A script without the lines that are comments, or a style sheet without its comments; every line begins at the
    margin and keeps its number, so that what a browser reports is found in the file."""
    return REMARKS[suffix].sub(lambda found: "\n" * found[0].count("\n"), text)
