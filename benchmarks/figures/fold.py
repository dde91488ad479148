"""Start-up: reading and folding a long log, as a room does when it opens."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.exercise import DELEGATIONS, prepare, prose, scenario
from benchmarks.rounds import Figure, Plan, Reach, interleaved
from ttx.exercise.answers import Answer
from ttx.exercise.entries import DayOpened, InjectReleased, ResponseSubmitted
from ttx.exercise.state import begin, fold
from ttx.live.rooms import Rooms, unswept
from ttx.pages.environment import pages_of
from ttx.scenario.graph import build
from ttx.settings import Settings
from ttx.store import log
from ttx.store.database import Store

ENTRIES, INJECTS, QUESTIONS = 100_000, 300, 3


def measure(plan: Plan) -> list[Figure]:
    """Folding alone, reading alone, and a room that opens."""
    entries = 2000 if plan.small else ENTRIES
    settings = Settings()
    pages = pages_of(settings.templates, settings.static)
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(Path(folder) / "data", scenario(INJECTS, text=300, questions=QUESTIONS), 45)
        with Store(prepared.folder) as store:
            fill(store, prepared.exercise, entries)
            whole = log.read(store, prepared.exercise)
            first = begin(build(log.scenario_of(store, prepared.exercise)).scenario)

            def opened() -> float:
                async def opening() -> float:
                    rooms = Rooms(store, pages)
                    begun = time.perf_counter()
                    rooms.room(prepared.exercise)
                    took = time.perf_counter() - begun
                    await rooms.close()
                    return took

                return asyncio.run(opening())

            turns = {
                "the fold alone": took(lambda: fold(first, whole)),
                "reading the log": took(lambda: log.read(store, prepared.exercise)),
                "a room that opens": opened,
            }
            samples = interleaved(plan.rounds, turns)
    seconds = sorted(samples["the fold alone"])[len(samples["the fold alone"]) // 2]
    reach = Reach("the fold alone", seconds, 1.5, at_most=True, unit="s")
    return [Figure("fold", f"Start-up with {entries:,} entries", "s", samples, [reach])]


def took(what: Callable[[], object]) -> Callable[[], float]:
    """How many seconds it takes."""

    def take() -> float:
        with unswept():
            begun = time.perf_counter()
            what()
            return time.perf_counter() - begun

    return take


def fill(store: Store, exercise: str, entries: int) -> None:
    """A day on which everything is released and every delegation answers, again and again."""
    at = datetime.now(UTC)
    names = [f"d{number:02}" for number in range(1, DELEGATIONS + 1)]
    injects = [f"D1-{number:05}" for number in range(1, INJECTS + 1)]
    with log.writing(store, exercise) as book:
        book.append([DayOpened(day=1), *(InjectReleased(inject=one) for one in injects)], None, at)
    answer = Answer(text=prose(200))
    left = entries - INJECTS - 2
    for begins in range(0, left, 5000):
        with log.writing(store, exercise) as book:
            for number in range(begins, min(begins + 5000, left)):
                said = ResponseSubmitted(
                    inject=injects[number // DELEGATIONS % INJECTS],
                    question=f"q{number // DELEGATIONS // INJECTS % QUESTIONS + 1}",
                    delegation=names[number % DELEGATIONS],
                    answer=answer,
                )
                book.append([said], "s1", at + timedelta(milliseconds=number))
