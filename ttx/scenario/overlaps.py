"""Injects of one day that would come to the same people in the same minute."""

from collections.abc import Iterator

from ttx.scenario.model import Audience, Inject
from ttx.scenario.paths import Paths
from ttx.scenario.readings import Note


def overlaps(found: Paths, number: int) -> Iterator[Note]:
    """Two injects of a session with one audience and one time, where the story may tell both; the later is told of.

    Injects in reserve have no time of their own. Two with a condition each are often told in each other's place, so
    that nothing is said of them; neither is anything of two that different options of one decision lead to. Of many in
    one minute, as in a list without times, the first two are told of.
    """
    first: dict[tuple[str, str, Audience], Inject] = {}
    told: set[tuple[str, str, Audience]] = set()
    for place, inject in enumerate(found.graph.scenario.days[number].injects):
        if inject.reserve or found.graph.injects.get(inject.id) is not inject:
            continue
        where = (inject.session, inject.at, inject.to)
        other = first.setdefault(where, inject)
        if other is not inject and where not in told and _both(found, other, inject):
            told.add(where)
            yield Note(
                ("days", number, "injects", place, "at"),
                f"{inject.id} is planned at {inject.at}, as {other.id} is, and goes to the same; give one of them "
                "another time, unless both are meant to come at once.",
                "warning",
            )


def _both(found: Paths, one: Inject, other: Inject) -> bool:
    if one.when is not None and other.when is not None:
        return False
    taken = dict(found.given.get(one.id, ()))
    return all(taken.get(decision, option) == option for decision, option in found.given.get(other.id, ()))
