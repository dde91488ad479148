"""Memory for each idle tablet, above the server that has none."""

import tempfile
import time
from pathlib import Path

from benchmarks.exercise import Product, prepare, scenario
from benchmarks.rounds import Figure, Plan, Reach
from benchmarks.running import Crowd


def measure(plan: Plan) -> list[Figure]:
    """One run: the same server before its tablets came and five seconds after."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(Path(folder) / "data", scenario(20), plan.tablets)
        product = Product(prepared)
        try:
            product.command(do="open_day")
            after = product.command(do="release", inject="D1-00001")[1]
            crowd = Crowd(product.port)
            crowd.open(prepared.tablets(after)[:45])  # what the first of everything loads is none of the tablets'
            crowd.drop()
            time.sleep(3)
            before = product.memory()
            crowd.open(prepared.tablets(after))
            time.sleep(5)
            each = (product.memory() - before) / plan.tablets / 1024
            crowd.close()
        finally:
            product.close()
    title = f"Memory of the server for each of {plan.tablets:,} idle tablets"
    reach = Reach("above the empty server", each, 27, at_most=True, unit="KB")
    notes = {"the empty server, MB": round(before / 1e6)}
    return [Figure("memory", title, "KB", {"ttx": [each]}, [reach], notes=notes)]
