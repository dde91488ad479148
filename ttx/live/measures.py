"""What a process measures of itself, for /metrics. Numbers only: no name, no text, no id."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds. A commit takes milliseconds, a release to a room on bad wifi seconds."""

Sample = tuple[str, str, float]
"""What follows the figure's name, its labels, its value."""


class Spread:
    """How long something took, as a histogram of Prometheus."""

    def __init__(self) -> None:
        self._counts = [0] * (len(BOUNDS) + 1)
        self._sum = 0.0

    def add(self, seconds: float) -> None:
        """Once more."""
        self._counts[bisect_left(BOUNDS, seconds)] += 1
        self._sum += seconds

    def samples(self) -> list[Sample]:
        """Each bound with how many took at most so long."""
        found, so_far = list[Sample](), 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), self._counts, strict=True):
            so_far += count
            found.append(("_bucket", f'{{le="{bound}"}}', so_far))
        return [*found, ("_sum", "", round(self._sum, 6)), ("_count", "", so_far)]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in the text format that Prometheus reads."""

    name: str
    kind: str
    about: str
    samples: Sequence[Sample]

    def lines(self) -> list[str]:
        """As it is read."""
        told = [f"{self.name}{suffix}{labels} {value}" for suffix, labels, value in self.samples]
        return [f"# HELP {self.name} {self.about}", f"# TYPE {self.name} {self.kind}", *told]


def gauge(name: str, about: str, value: float) -> Figure:
    """A figure that goes up and down."""
    return Figure(name, "gauge", about, [("", "", value)])


@dataclass(frozen=True, slots=True)
class Measures:
    """What is counted while the process works."""

    commits: Spread = field(default_factory=Spread)
    releases: Spread = field(default_factory=Spread)
    refused: Counter[int] = field(default_factory=Counter)

    def figures(self) -> list[Figure]:
        """All of them."""
        refused = [("", f'{{status="{status}"}}', many) for status, many in sorted(self.refused.items())]
        return [
            Figure("ttx_commit_seconds", "histogram", "From taking what waits to having it on disk.",
                   self.commits.samples()),
            Figure("ttx_release_seconds", "histogram",
                   "From taking a release to handing it to the last socket that shows it.", self.releases.samples()),
            Figure("ttx_refused_total", "counter", "Replies of 400 and above, by status.", refused),
        ]  # fmt: skip
