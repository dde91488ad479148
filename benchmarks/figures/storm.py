"""Every tablet at once after kill -9: connected again, and caught up, beside uvicorn's bare handshake."""

import tempfile
from pathlib import Path

from benchmarks.exercise import Product, prepare, scenario
from benchmarks.rounds import Figure, Plan, interleaved, known, ratio
from benchmarks.running import Crowd, Peer, Running

CATCHES_UP, BARE = "ttx, connected and caught up", "uvicorn, bare handshake"
RELEASED = 4
"""Developments that each tablet has missed: 20 KB."""
HANDSHAKE = Peer(BARE, ("python", "bare_handshake.py"), ("uvicorn",))


def measure(plan: Plan) -> list[Figure]:
    """Seven times: the server is killed and started, and when it listens everybody comes."""
    bare = Running(HANDSHAKE, 1)
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(Path(folder) / "data", scenario(RELEASED + 1, text=3800), plan.tablets)
        held: dict[str, Product] = {"product": Product(prepared)}
        product = held["product"]
        product.command(do="open_day")
        for inject in range(1, RELEASED + 1):
            product.command(do="release", inject=f"D1-{inject:05}")
        caught: list[float] = []

        def again() -> float:
            held["product"].kill()
            held["product"] = Product(prepared)
            crowd = Crowd(held["product"].port)
            crowd.expect(1, 10_000)
            crowd.open(prepared.tablets(after=2, deflate=False))
            counted = crowd.all()
            caught.append(counted["bytes"] / counted["tablets"])
            crowd.close()
            return (counted["last"] - crowd.opening["begun"]) / 1e6

        def handshake() -> float:
            crowd = Crowd(bare.port)
            opened = crowd.open([("/", [], ["{}"])] * plan.tablets)
            crowd.close()
            return (opened["at"] - opened["begun"]) / 1e6

        try:
            samples = interleaved(plan.rounds, {CATCHES_UP: again, BARE: handshake})
        finally:
            bare.close()
            held["product"].close()
    reaches = known(ratio("against the bare handshake", samples, CATCHES_UP, BARE, 1.5, at_most=True))
    notes = {"bytes each caught up": round(sum(caught) / len(caught))}
    title = f"{plan.tablets:,} tablets connect at once after kill -9, until the last has caught up"
    return [Figure("storm", title, "ms", samples, reaches, notes=notes)]
