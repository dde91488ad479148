"""The typesetter: typst, in a folder of its own that holds one paper and nothing else. It reads no file outside."""

import tempfile
from collections.abc import Mapping
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


def drawing(svg: bytes, width: float = 480) -> bytes:
    """A drawing as PNG, of this many points' width and two pixels a point, for papers that take no SVG."""
    source = f'#set page(width: {width}pt, height: auto, margin: 0pt)\n#image("drawing.svg", width: 100%)'
    return typeset({"main.typ": source.encode(), "drawing.svg": svg}, format="png", ppi=144.0)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our own fonts and this machine's, which is asked for every script that ours do not have. Looking takes 0.2 s."""
    return typst.Fonts(font_paths=[FONTS])
