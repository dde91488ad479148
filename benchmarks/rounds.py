"""Rounds in which every contender has its turn, and what they come to: medians, ratios, whether a figure is reached.

The order of the turns moves by one from round to round, so that nobody always comes after the same one. A ratio is
the median of the ratios round by round: what makes the machine slow for a while makes both slow.
"""

import os
import statistics
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

Samples = dict[str, list[float]]


@dataclass(frozen=True)
class Plan:
    """How much is measured. `small` is for trying whether everything works; its figures mean nothing."""

    rounds: int = 7
    tablets: int = 1000
    soak_minutes: float = 5
    small: bool = False


@dataclass(frozen=True)
class Reach:
    """One line of the table of figures to reach: what, the value found, and the bound."""

    what: str
    value: float
    bound: float
    at_most: bool = False
    low: float | None = None
    high: float | None = None
    unit: str = "x"

    @property
    def holds(self) -> bool:
        """Whether the figure is reached."""
        return self.value <= self.bound if self.at_most else self.value >= self.bound

    def told(self) -> dict[str, Any]:
        """As a JSON object."""
        return {**asdict(self), "holds": self.holds}


@dataclass
class Figure:
    """What one measurement found. `samples` are by contender, one for each round, in `unit`."""

    name: str
    title: str
    unit: str
    samples: Samples
    reaches: list[Reach] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    more_is_better: bool = False

    def told(self) -> dict[str, Any]:
        """As a JSON object: one line of the report."""
        return {
            "figure": self.name,
            "title": self.title,
            "unit": self.unit,
            "more_is_better": self.more_is_better,
            "rounds": max((len(one) for one in self.samples.values()), default=0),
            "medians": {name: round(statistics.median(one), 4) for name, one in self.samples.items()},
            "spread": {name: [round(min(one), 4), round(max(one), 4)] for name, one in self.samples.items()},
            "reaches": [one.told() for one in self.reaches],
            "missing": self.missing,
            "notes": self.notes,
            "load": round(os.getloadavg()[0], 1),
            "on": f"{datetime.now(UTC):%Y-%m-%d}",
        }


def interleaved(rounds: int, turns: Mapping[str, Callable[[], float]]) -> Samples:
    """Each contender's samples, after one round that is not counted."""
    names = list(turns)
    samples: Samples = {name: [] for name in names}
    for number in range(rounds + 1):
        shift = number % len(names)
        for name in (*names[shift:], *names[:shift]):
            found = turns[name]()
            if number:
                samples[name].append(found)
    return samples


def ratio(what: str, samples: Samples, one: str, other: str, bound: float, at_most: bool = False) -> Reach | None:
    """How many times one is the other, round by round; None if either is missing."""
    if not samples.get(one) or not samples.get(other):
        return None
    pairs = sorted(a / b for a, b in zip(samples[one], samples[other], strict=True))
    return Reach(what, statistics.median(pairs), bound, at_most, pairs[0], pairs[-1])


def known(*reaches: Reach | None) -> list[Reach]:
    """Those that could be measured."""
    return [one for one in reaches if one is not None]
