"""The two doorbells by which processes on several hosts hear of each other's entries: how fast, and for how many."""

import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.rounds import Figure, Plan, interleaved
from tests import postgresql
from tests.nats import Nats
from ttx.store.database import Store, settle_in
from ttx.store.ringing import bell

COMMITS = 10
"""Commits a second in an exercise that is busy: a room of 45 delegations at the height of a question."""
SPOKEN, LISTENED = "PostgreSQL, LISTEN and NOTIFY", "NATS"


class Pair:
    """A bell here, and one in another process that hears it."""

    def __init__(self, directory: Path, bus: str) -> None:
        self._ours, its = multiprocessing.Pipe()
        self._child = multiprocessing.Process(target=listen, args=(directory, bus, its), daemon=True)
        self._child.start()
        self._store = Store(directory)
        self._bell = bell(self._store, bus)
        while not self.heard(["first"], 0.2):  # until both lines stand
            pass

    def heard(self, exercises: list[str], within: float = 60) -> bool:
        """Ring for each of these and wait until all are heard."""
        self._ours.send(exercises)
        self._ours.recv()
        for exercise in exercises:
            self._bell.ring(exercise, 2)
        return self._ours.poll(within) and bool(self._ours.recv() == exercises[-1])

    def each(self, many: int) -> float:
        """Microseconds a ring, when so many exercises ring as fast as they can."""
        exercises = [f"{time.monotonic_ns()}-{number}" for number in range(many)]
        begun = time.perf_counter()
        if not self.heard(exercises):
            raise AssertionError("rings are lost")
        return (time.perf_counter() - begun) * 1e6 / many

    def close(self) -> None:
        """Hang up."""
        self._child.kill()
        self._child.join()
        self._bell.close()
        self._store.close()


def listen(directory: Path, bus: str, line: Connection) -> None:
    """Hear all that is waited for, time after time; say the last."""
    with Store(directory) as store:
        here = bell(store, bus)
        here.heard(0.01)
        while True:
            exercises = line.recv()
            wanted = set(exercises)
            line.send("listens")
            while wanted and not line.poll():
                wanted -= here.heard(0.05).keys()
            if not wanted:
                line.send(exercises[-1])


@contextmanager
def pairs() -> Iterator[dict[str, Pair]]:
    """One of each kind, their servers running."""
    with ExitStack() as open_:
        directory = Path(open_.enter_context(tempfile.TemporaryDirectory()))
        settle_in(directory, postgresql.place_in(open_.enter_context(postgresql.cluster()), directory))
        nats = Nats().start()
        open_.callback(nats.stop)
        made = {name: Pair(directory, bus) for name, bus in ((SPOKEN, ""), (LISTENED, nats.address))}
        for one in made.values():
            open_.callback(one.close)
        yield made


def measure(plan: Plan) -> list[Figure]:
    """One ring alone, and as many as there can be."""
    many = 50 if plan.small else 2000
    with pairs() as both:
        turns = {}
        for name, pair in both.items():
            turns[f"{name}, one ring"] = lambda pair=pair: statistics.median(pair.each(1) for _ in range(20))
            turns[f"{name}, {many:,} at once, each"] = lambda pair=pair: pair.each(many)
        samples = interleaved(plan.rounds, turns)
    rings = {name: 1e6 / statistics.median(samples[f"{name}, {many:,} at once, each"]) for name in both}
    notes = {
        "rings a second": {name: f"{value:,.0f}" for name, value in rings.items()},
        f"exercises with {COMMITS} commits a second": {
            name: f"{value / COMMITS:,.0f}" for name, value in rings.items()
        },
    }
    return [Figure("bells", "From one process's ring until another has heard it", "us", samples, notes=notes)]
