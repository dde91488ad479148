"""`docs/limits.md` says what the code holds."""

import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from limits import RateLimitItem
from pydantic import StringConstraints

PAGE = Path(__file__).resolve().parents[2] / "docs" / "limits.md"
ROWS = re.findall(r"^\| (.+?) \| (.+?) \| `([\w.]+):(\w+)` \|$", PAGE.read_text("utf-8"), re.MULTILINE)
UNITS = {"KB": (1024,), "MB": (1_000_000, 1024 * 1024), "characters": (1,), "": (1,)}
LENGTHS = {"days": 86_400, "hours": 3600, "minutes": 60, "seconds": 1}


def held(module: str, name: str) -> float:
    """What the code holds: a number, the seconds of a time, the characters of a text, the calls of a rate."""
    said: Any = getattr(import_module(module), name)
    if isinstance(said, timedelta):
        return said.total_seconds()
    if isinstance(said, RateLimitItem):
        return said.amount
    for one in getattr(said, "__metadata__", ()):
        if isinstance(one, StringConstraints) and one.max_length is not None:
            return one.max_length
    return float(said)


def told(words: str) -> set[float]:
    """What `20 MB` or `7 days` can mean."""
    number, _, unit = words.partition(" ")
    many = float(number.replace(",", ""))
    return {many * LENGTHS[unit]} if unit in LENGTHS else {many * one for one in UNITS[unit]}


def test_the_page_has_rows():
    assert len(ROWS) > 40


@pytest.mark.parametrize("what, most, module, name", ROWS, ids=[row[0] for row in ROWS])
def test_a_limit_is_what_the_page_says(what: str, most: str, module: str, name: str):
    assert held(module, name) in told(most), what
