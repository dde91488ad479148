"""The product on a PostgreSQL, by one process and by two: answers that are on disk, and a release to every tablet."""

import tempfile
from contextlib import ExitStack
from pathlib import Path

from benchmarks.exercise import Product
from benchmarks.figures.answers import EMPTY, POSTERS, Asking, asked_everything, compared
from benchmarks.figures.release import Steered
from benchmarks.rounds import Figure, Plan, interleaved, known, ratio
from benchmarks.running import Missing
from tests.postgresql import cluster, place_in

ONE, TWO, EACH = "ttx, one process", "ttx, two processes", "SQLModel, a session each"
WORKERS = {ONE: (), TWO: ("--workers", "2")}


def measure(plan: Plan) -> list[Figure]:
    """First the answers, then the releases."""
    with ExitStack() as open_:
        server = open_.enter_context(cluster())
        folder = Path(open_.enter_context(tempfile.TemporaryDirectory()))
        return [answers(plan, server, folder), releases(plan, server, folder)]


def answers(plan: Plan, server: str, folder: Path) -> Figure:
    """200 posters, each waiting for its receipt."""
    posters, seconds = (20, 0.5) if plan.small else (POSTERS, 1.5)
    missing: dict[str, str] = {}
    client: dict[str, list[float]] = {}
    waits: dict[str, list[float]] = {}
    turns = {}
    with ExitStack() as open_:
        for who, arguments in WORKERS.items():
            place = folder / f"answers-{len(turns)}"
            prepared = asked_everything(place, posters, place_in(server, place))
            product = Product(prepared, arguments=arguments)
            open_.callback(product.close)
            turns[who] = Asking(prepared, folder, seconds, client, waits).turn(who, product.port)
        for peer, words in ((EMPTY, ("empty",)), (EACH, ("session",))):
            try:
                served = compared(folder, words, {}, place_in(server, folder / peer))
            except Missing as why:
                missing[peer] = str(why)
                continue
            open_.callback(served.close)
            turns[peer] = Asking(prepared, folder, seconds, client, waits).turn(peer, served.port)
        samples = interleaved(plan.rounds, turns)
    reaches = known(
        ratio("against an empty FastAPI handler", samples, ONE, EMPTY, 0.4),
        ratio("against a session for each request", samples, ONE, EACH, 3),
        ratio("two processes against one", samples, TWO, ONE, 1.3),
    )
    title = f"Answers a second that are on disk of a PostgreSQL, {posters} posters"
    return Figure("processes-answers", title, "answers a second", samples, reaches, missing, more_is_better=True)


def releases(plan: Plan, server: str, folder: Path) -> Figure:
    """From the POST to the last tablet."""
    with ExitStack() as open_:
        turns = {}
        for who, arguments in WORKERS.items():
            place = folder / f"releases-{len(turns)}"
            steered = Steered(place, plan, 0, database=place_in(server, place), arguments=arguments)
            open_.callback(steered.close)
            turns[who] = steered.turn()
        samples = interleaved(plan.rounds, turns)
    reaches = known(ratio("one process against two", samples, ONE, TWO, 1.6))
    title = f"POST release on a PostgreSQL until the last of {plan.tablets:,} tablets has it"
    return Figure("processes-release", title, "ms", samples, reaches)
