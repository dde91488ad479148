"""A scenario of 10,000 injects: what may be released next, kept up to date, and what a tablet's page costs."""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from benchmarks.exercise import scenario
from benchmarks.rounds import Figure, Plan, Reach, interleaved, known, ratio
from ttx.exercise import course
from ttx.exercise.entries import DayOpened, Delegation, ExerciseCreated, InjectReleased, Logged
from ttx.exercise.rights import Seat
from ttx.exercise.state import State, apply, begin, fold
from ttx.pages import regions
from ttx.pages.around import Around
from ttx.pages.environment import pages_of
from ttx.pages.regions import Audience
from ttx.pages.touches import touches
from ttx.scenario.editions import edition
from ttx.scenario.graph import Graph, build
from ttx.scenario.roster import Role
from ttx.settings import Settings

DAYS, MANY, FEW = 40, 10_000, 800
"""As many days in both: a page has the agenda of each (0.13 ms), which is no matter of how many injects there are."""
OUT = 10
SEAT = Seat("s1", "bench", Role.DELEGATE, "d01", "T1", "en", False)


def measure(plan: Plan) -> list[Figure]:
    """Side by side: forty days of 20 injects, and of 250."""
    days, part = (4, 10) if plan.small else (DAYS, 1)
    few, many = standing(FEW // part, days), standing(MANY // part, days)
    settings = Settings()
    pages = pages_of(settings.templates, settings.static)
    turns = {
        f"{name}, {what}": turn(*stands)
        for name, stands in (("800 injects", few), ("10,000 injects", many))
        for what, turn in (("frontier after a release", frontier), ("a tablet's page", page(pages)))
    }
    samples = interleaved(plan.rounds, turns)
    median = statistics.median(samples["10,000 injects, frontier after a release"])
    reaches = [Reach("frontier after a release", median, 1, at_most=True, unit="ms")]
    page_of = "{} injects, a tablet's page"
    reaches += known(
        ratio(
            "a page against one of 800 injects",
            samples,
            page_of.format("10,000"),
            page_of.format("800"),
            1.25,
            at_most=True,
        )
    )
    return [Figure("frontier", "A scenario of 10,000 injects in forty days", "ms", samples, reaches)]


def standing(injects: int, days: int) -> tuple[Graph, State]:
    """A scenario and where it stands with ten developments out on the first day."""
    graph = build(scenario(injects, text=300, days=days))
    at = datetime.now(UTC)
    delegations = {"d01": Delegation(name="Delegation 01", groups=("SEA",), tables=("T1",))}
    made = ExerciseCreated(
        title="Even Keel", scenario="bench", version="1", digest="0" * 64, delegations=delegations, tables={"T1": "1"}
    )
    out = [InjectReleased(inject=f"D1-{number:05}") for number in range(1, OUT + 1)]
    entries = [Logged(seq, at, None, entry) for seq, entry in enumerate([made, DayOpened(day=1), *out], 1)]
    return graph, fold(begin(graph.scenario), entries)


def frontier(graph: Graph, state: State) -> Callable[[], float]:
    """One more development goes out: what may come next, and which regions that touches."""
    release = Logged(state.seq + 1, datetime.now(UTC), None, InjectReleased(inject=f"D1-{OUT + 1:05}"))

    def take() -> float:
        begun = time.perf_counter()
        after = apply(state, release)
        course.next_up(graph, after)
        touches(graph, state, after, release)
        return (time.perf_counter() - begun) * 1000

    return lambda: statistics.median(take() for _ in range(20))


def page(pages: Any) -> Callable[[Graph, State], Callable[[], float]]:
    """Every region of a tablet's page, drawn."""

    def of(graph: Graph, state: State) -> Callable[[], float]:
        audience = Audience.of(SEAT)
        english = edition(graph, "en")

        def take() -> float:
            begun = time.perf_counter()
            for region in regions.regions(graph, state, audience):
                regions.draw(pages, english, state, Around(), audience, region)
            return (time.perf_counter() - begun) * 1000

        return lambda: statistics.median(take() for _ in range(3))

    return of
