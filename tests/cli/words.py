"""The words of the command line's tests: how a command ended and what it said."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        assert self.out.count("\n") == 1, f"more or less than a line: {self.out!r}"
        found: dict[str, Any] = json.loads(self.out)
        return found


Ttx = Callable[..., Said]


def sentence(said: Said) -> str:
    """The error a command ended with: one sentence on standard error, exit code 1, nothing on standard output."""
    assert (said.code, said.out) == (1, ""), said
    assert "Traceback" not in said.err
    assert said.err.startswith("ttx: ")
    assert said.err.endswith(".\n")
    return said.err.removeprefix("ttx: ").strip()
