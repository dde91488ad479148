"""The house style of an organisation: a Word document that it brings, and that reports are written into."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import PurePosixPath

from ttx.output import docx_template

SIZE = 2_000_000
"""Bytes that such a document may have."""
SECONDS = 60
"""After these reading is given up: twenty of them are the processor's, the rest is for a busy machine."""


class NotAStyle(ValueError):
    """A document that is not taken as a house style; `str` of it is a sentence to whoever brought it."""


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What `docx.as_docx` writes a paper into, and what of the document that was brought is not in it."""

    name: str
    template: bytes
    left_out: tuple[str, ...]


def house_style(name: str, content: bytes) -> HouseStyle:
    """The house style that a document is: its styles, page, headers and footers, without what tells of its making,
    runs, or leads out of it. It is read in a process of its own, under limits; the same document gives the same bytes.

    Raises NotAStyle.
    """
    brought = PurePosixPath(name.replace("\\", "/")).name[-80:]
    called = f"The document {brought}".rstrip()
    if not 0 < len(content) <= SIZE:
        has = f"{len(content) / 1e6:.1f} MB" if content else "nothing in it"
        raise NotAStyle(
            f"{called} has {has}; a template of at most {SIZE // 1_000_000} MB is taken. Nothing was changed."
        )
    try:
        done = subprocess.run(  # noqa: S603  (our own program)
            [sys.executable, "-I", "-m", docx_template.__name__],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotAStyle(
            f"{called} takes too long to read. Save it anew, without text and with small pictures."
        ) from None
    if done.returncode == 2:
        raise NotAStyle(f"{called} is not taken as a template: {done.stderr.decode(errors='replace')[:300]}.")
    told, line, made = done.stdout.partition(b"\n")
    if done.returncode != 0 or not line:
        raise NotAStyle(f"{called} cannot be read within the limits set for templates. Save it anew, without text.")
    return HouseStyle(brought, made, tuple(json.loads(told)))
