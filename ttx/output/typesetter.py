"""The typesetter: typst, in a folder of its own that holds one paper and nothing else. It reads no file outside."""

import json
import tempfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from ttx.settings import carried

FONTS = carried("frontend") / "static" / "vendor"


def typeset(files: Mapping[str, bytes], **form: Any) -> bytes:
    """What `main.typ` among these files makes; `form` is passed on to typst. Raises typst.TypstError."""
    with tempfile.TemporaryDirectory(prefix="ttx-paper-") as name:
        folder = Path(name)
        for file, content in files.items():
            (folder / file).write_bytes(content)
        nothing = folder / "packages"
        nothing.mkdir()
        made = typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=_fonts(),
            package_path=nothing,
            package_cache_path=nothing,
            **form,
        )
    if not isinstance(made, bytes):
        raise TypeError("The typesetter made several files of one.")
    return made


def accessible(
    template: bytes,
    data: Mapping[str, Any],
    boxes: str,
    files: Mapping[str, bytes],
    instead: Callable[[], bytes] | None,
) -> bytes:
    """What a template makes of `data.json` as PDF, accessible by PDF/UA-1. Raises typst.TypstError.

    Where a letter has no font on this machine, what `instead` makes; without it a letter is a box, which the template
    says in the words of `boxes`, and the PDF is tagged and no more.
    """
    given = {**files, "main.typ": template, "data.json": _json({**data, "boxes": ""})}
    try:
        return typeset(given, format="pdf", pdf_standards=["1.7", "ua-1"])
    except typst.TypstError as refusal:
        if "font" not in refusal.message:
            raise
    if instead is not None:
        return instead()
    return typeset({**given, "data.json": _json({**data, "boxes": boxes})}, format="pdf")


def alone(language: str) -> str:
    """The language without region or script: two or three letters, which is what typst takes."""
    return language.partition("-")[0].lower()


def _json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def drawing(svg: bytes, width: float = 480) -> bytes:
    """A drawing as PNG, of this many points' width and two pixels a point, for papers that take no SVG."""
    source = f'#set page(width: {width}pt, height: auto, margin: 0pt)\n#image("drawing.svg", width: 100%)'
    return typeset({"main.typ": source.encode(), "drawing.svg": svg}, format="png", ppi=144.0)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our own fonts and this machine's, which is asked for every script that ours do not have. Looking takes 0.2 s."""
    return typst.Fonts(font_paths=[FONTS])
