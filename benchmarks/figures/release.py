"""The whole path: POST `release` until the last tablet has the development, beside fan-out itself."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.exercise import DELEGATIONS, Prepared, Product, prepare, scenario
from benchmarks.figures.fanout import BROADCAST, OURS, PLAIN, SIZE, SQUEEZED, start, turn
from benchmarks.rounds import Figure, Plan, Reach, interleaved, known, ratio
from benchmarks.running import Crowd
from benchmarks.tracing import breakdown

WHOLE, ASKED = "POST release, whole path", "POST release with two questions"
PAUSE = 0.25
"""Seconds between the last tablet and the next release. A room draws at once when it was idle and else twenty times a
second at most, so a release within 50 ms of anything that was drawn would measure the wait and not the way."""
EACH = 3
"""Releases in a turn."""


class Steered:
    """The product with its tablets, ready to release one development after the other."""

    def __init__(
        self,
        folder: Path,
        plan: Plan,
        questions: int,
        deflate: bool = True,
        program: str = "ttx",
        database: str = "",
        arguments: tuple[str, ...] = (),
    ) -> None:
        story = scenario((plan.rounds + 2) * EACH + 4, questions=questions)
        self.prepared: Prepared = prepare(folder, story, plan.tablets, database=database)
        self.injects = iter([one.id for one in story.days[0].injects])
        self.product = Product(self.prepared, program=program, arguments=arguments)
        self.product.command(do="open_day")
        self.crowd = Crowd(self.product.port)
        self.crowd.open(self.prepared.tablets(after=2, deflate=deflate))
        self.settle()
        self.bytes: list[float] = []

    def settle(self) -> None:
        """Let what the joining of tablets caused be over."""
        self.crowd.expect(1, 512)
        self.product.command(do="release", inject=next(self.injects))
        self.crowd.all()
        time.sleep(1)

    def release(self) -> float:
        """Milliseconds from the POST to the last tablet."""
        time.sleep(PAUSE)
        self.crowd.expect(1, 512)
        begun, _ = self.product.command(do="release", inject=next(self.injects))
        counted = self.crowd.all()
        self.bytes.append(counted["bytes"] / counted["tablets"])
        return (counted["last"] - begun) / 1e6

    def turn(self) -> Callable[[], float]:
        """One turn."""
        return lambda: statistics.median(self.release() for _ in range(EACH))

    def close(self) -> None:
        """End it."""
        self.crowd.close()
        self.product.close()


def measure(plan: Plan) -> list[Figure]:
    """The whole path, and the bytes on the air."""
    running, missing = start((PLAIN, SQUEEZED, BROADCAST), plan.tablets)
    used: dict[str, list[float]] = {name: [] for name in running}
    with tempfile.TemporaryDirectory() as folder:
        whole = Steered(Path(folder) / "plain", plan, 0)
        asked = Steered(Path(folder) / "asked", plan, 2)
        try:
            turns = {name: turn(one, used) for name, one in running.items()}
            samples = interleaved(plan.rounds, {WHOLE: whole.turn(), ASKED: asked.turn(), **turns})
        finally:
            for one in (*running.values(), whole, asked):
                one.close()
        parts = breakdown(Path(folder) / "traced", plan)
    reaches = known(
        ratio("whole path against fan-out itself", samples, WHOLE, OURS, 1.3, at_most=True),
        ratio("whole path against fan-out itself, both compressed", samples, WHOLE, SQUEEZED.name, 1.3, at_most=True),
        ratio("websockets.broadcast alone against the whole path", samples, BROADCAST.name, WHOLE, 1.15),
    )
    air = statistics.median(whole.bytes)
    reaches.append(Reach("on the air for each tablet", air / 1000, 1.3, at_most=True, unit="KB"))
    notes = {
        "delegations": DELEGATIONS,
        "bytes for each tablet": round(air),
        "bytes with two questions": round(statistics.median(asked.bytes)),
        "where the time goes, ms": parts,
    }
    title = f"POST release of a development of {SIZE} bytes until the last of {plan.tablets:,} tablets has it"
    return [Figure("release", title, "ms", samples, reaches, missing, notes)]
