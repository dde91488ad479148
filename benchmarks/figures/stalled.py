"""One tablet that never reads, and what that does to all the others."""

from benchmarks.figures.fanout import PLAIN, turn
from benchmarks.rounds import Figure, Plan, Reach, interleaved, known, ratio
from benchmarks.running import Running

ALL, STALLED = "all read", "one never reads"


def measure(plan: Plan) -> list[Figure]:
    """Two servers side by side; in one of them a tablet's buffers are full before the first round."""
    running = {ALL: Running(PLAIN, plan.tablets), STALLED: Running(PLAIN, plan.tablets)}
    used: dict[str, list[float]] = {PLAIN.name: []}
    try:
        running[STALLED].crowd.stall(1)
        for one in running.values():
            for _ in range(10 if plan.small else 200):
                one.sends(60_000)
        samples = interleaved(plan.rounds, {name: turn(one, used) for name, one in running.items()})
    finally:
        for one in running.values():
            one.close()
    (slower,) = known(ratio("the others' time", samples, STALLED, ALL, 1.05, at_most=True))
    reach = Reach("the others' time", slower.value, 1.05, True, slower.low, slower.high)
    title = f"One message to {plan.tablets:,} tablets, of which one has not read for 12 MB"
    return [Figure("stalled", title, "ms", samples, [reach])]
