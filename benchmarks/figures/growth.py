"""What a tablet costs when there are few and when there are many."""

import time

from benchmarks.figures.fanout import PLAIN, SIZE
from benchmarks.rounds import Figure, Plan, interleaved, known, ratio
from benchmarks.running import Running

MESSAGES = 10_000


def measure(plan: Plan) -> list[Figure]:
    """Ten thousand messages to 100, to 1,000 and to 5,000 tablets: microseconds for each."""
    counts = (10, 50, 100) if plan.small else (100, 1000, 5000)
    running = {f"{count:,} tablets": (Running(PLAIN, count), count) for count in counts}
    try:
        turns = {name: (lambda one=one, count=count: each(one, count)) for name, (one, count) in running.items()}
        samples = interleaved(plan.rounds, turns)
    finally:
        for one, _ in running.values():
            one.close()
    names = list(running)
    reaches = known(ratio(f"{names[-1]} against {names[0]}", samples, names[-1], names[0], 1.25, at_most=True))
    return [Figure("growth", "Microseconds for each tablet and message", "us", samples, reaches)]


def each(one: Running, count: int) -> float:
    """Microseconds for a message to one tablet."""
    times = MESSAGES // count
    one.crowd.expect(times, 512)
    begun = time.monotonic_ns()
    one.go(SIZE, times)
    return (one.crowd.all()["last"] - begun) / 1000 / (times * count)
