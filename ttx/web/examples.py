"""The scenarios that come along and may be begun with: their folders, titles and how much they hold."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ttx.scenario import folders
from ttx.scenario.checks import checked_texts
from ttx.scenario.findings import Faulty


@dataclass(frozen=True, slots=True)
class Example:
    """One of them: `name` is its folder's."""

    name: str
    title: str
    days: int
    injects: int


def examples_in(place: Path) -> tuple[Example, ...]:
    """The scenarios in this folder that can be read, the largest first. One whose head stays the same is read once."""
    heads = sorted(place.glob("*/scenario.yaml"))
    found = (_example(head.parent, head.stat().st_mtime_ns) for head in heads)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (-one.injects, one.title)))


@lru_cache(maxsize=16)
def _example(folder: Path, changed: int) -> Example | None:
    try:
        scenario = checked_texts(*folders.contents(folder)).scenario
    except (Faulty, OSError):
        return None
    if scenario is None:
        return None
    return Example(folder.name, scenario.title, len(scenario.days), sum(len(day.injects) for day in scenario.days))
