"""What people bring as pictures, made anew before it is kept or shown to others."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ttx.scenario.pictures import HEAD, refusal
from ttx.store import pixels

SECONDS = 60
"""After these a picture is given up: twenty of them are the processor's, the rest is for a busy machine."""


class NotTaken(ValueError):
    """A picture that is refused; `str` of it is a sentence to whoever brought it."""


def recoded(name: str, content: bytes) -> bytes:
    """The picture made anew from its pixels alone, as the kind its name says: no metadata, no second payload, at most
    `pixels.SIDE` wide and high. Takes about 0.2 s for a photograph. Raises NotTaken."""
    if (why := refusal(name, content[:HEAD], len(content))) is not None:
        raise NotTaken(why)
    kind = name.rpartition(".")[2]
    try:
        done = subprocess.run(  # noqa: S603  (our own program, and the kind is one of three)
            [sys.executable, "-I", str(Path(pixels.__file__)), kind],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotTaken(f"{name} takes too long to read; save it anew with another program.") from None
    if done.returncode == 2:
        raise NotTaken(f"{name} is not taken: {done.stderr.decode(errors='replace')[:200]}. Save it anew, smaller.")
    if done.returncode != 0 or not done.stdout:
        raise NotTaken(f"{name} cannot be read within the limits set for pictures; save it anew, smaller.")
    return done.stdout


def all_recoded(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """These pictures by name, each made anew. Raises NotTaken for the first that is not taken."""
    return {name: recoded(name, content) for name, content in contents.items()}
