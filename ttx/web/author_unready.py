"""What a director would want to know before an exercise starts: days not approved, people and texts that lack."""

from collections import Counter
from collections.abc import Iterator

from ttx.pages import tongues
from ttx.scenario.findings import listed
from ttx.scenario.roster import Roster
from ttx.scenario.translations import Freshness, status
from ttx.store.chain import digest
from ttx.web.author_frame import Open

_STATUSES = {"draft": "still a draft", "in_review": "still in review"}


def unready(here: Open, given: Roster | None = None) -> list[str]:
    """One sentence each; `given` is a roster that takes the place of the scenario's own."""
    told = [f"Day {one.day} is {_STATUSES[one.status]}: {one.title}" for one in here.days if one.status in _STATUSES]
    return [*told, *_missing(here.read.roster, given), *_untranslated(here)]


def mark(told: list[str]) -> str:
    """What a form says of these sentences to whoever read them; another list has another mark."""
    return digest("\n".join(told))[:16]


def _missing(own: Roster | None, given: Roster | None) -> Iterator[str]:
    roster, called = (given, "this roster") if given is not None else (own, "the scenario's roster")
    if roster is None:
        return
    sitting = {one.delegation for one in roster.seats}
    if empty := [one.name or ident for ident, one in roster.delegations.items() if ident not in sitting]:
        yield f"No seat in {called}: {listed(empty, most=8)}"
    if given is None or own is None:
        return
    there = {word.casefold() for ident, one in given.delegations.items() for word in (ident, one.name)}
    gone = [one.name or ident for ident, one in own.delegations.items() if there.isdisjoint(_words(ident, one.name))]
    if gone:
        yield f"In the scenario's roster and not in this one: {listed(gone, most=8)}"


def _words(ident: str, name: str) -> set[str]:
    return {ident.casefold(), name.casefold()}


def _untranslated(here: Open) -> Iterator[str]:
    scenario = here.read.scenario
    if scenario is None:
        return
    for language in sorted(scenario.translations):
        standing = Counter(status(scenario, language).values())
        open_texts = standing[Freshness.MISSING] + standing[Freshness.STALE]
        if open_texts:
            name = tongues.name_of(language, "en")
            yield f"{name}: {open_texts} of {standing.total()} texts are missing or stale"
