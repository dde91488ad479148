"""The pictures of a scenario's folder: what a file in `pictures` must be, and reading those that injects show.

What a picture really holds is looked at where it is made anew, in `ttx.store.pictures`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from ttx.scenario.findings import Faulty
from ttx.scenario.material import fault
from ttx.scenario.model import Picture, Scenario

FOLDER = "pictures"
SIZE = 2_000_000
"""Bytes a picture may have: a room's tablets fetch it at the same moment over one access point."""
KINDS = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}
"""How a picture's name may end, and its media type."""
HEAD = 16
"""How many of a file's first bytes tell its kind."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}\.(png|jpg|webp)")


def kind_of(content: bytes) -> str | None:
    """The kind of picture that these bytes begin as, by its signature: png, jpg or webp."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    return None


def refusal(name: str, head: bytes, size: int) -> str | None:
    """Why a picture of this name, first bytes and size is not taken, as a sentence; None if it is."""
    if not _NAME.fullmatch(name):
        return f"{name} is no name for a picture; use small letters, digits, - or _, and end in .png, .jpg or .webp."
    if size > SIZE:
        return f"{name} has {size / 1_000_000:.1f} MB; a picture may have {SIZE // 1_000_000}, so make it smaller."
    kind, ending = kind_of(head), name.rpartition(".")[2]
    if kind is None:
        return f"{name} is no picture; save it as PNG, JPEG or WebP."
    if kind != ending:
        return f"{name} is called .{ending} and is a .{kind}; rename it, or save it as what it is called."
    return None


def shown(scenario: Scenario) -> Iterator[Picture]:
    """The pictures that injects show."""
    return (inject.picture for day in scenario.days for inject in day.injects if inject.picture is not None)


def read(folder: Path, scenario: Scenario) -> dict[str, bytes]:
    """The pictures of this folder that its injects show, by name. Raises Faulty for one that is not taken.

    One that is missing is left out: `checks` warns of it, and its description stands in its place.
    """
    found = {}
    for name in dict.fromkeys(picture.file for picture in shown(scenario)):
        place = f"{FOLDER}/{name}"
        path = folder / FOLDER / name
        if not path.is_file():
            continue
        if not path.resolve().is_relative_to(folder.resolve()):
            raise Faulty([fault(place, 1, f"{place} is a link out of the folder; put the picture itself there.")])
        with path.open("rb") as file:
            content = file.read(SIZE + 1)
        if (why := refusal(name, content[:HEAD], len(content))) is not None:
            raise Faulty([fault(place, 1, why)])
        found[name] = content
    return found
