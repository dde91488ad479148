"""Whether translations fit the scenario they were made of: addresses that lead nowhere, what is stale or missing.

Nothing of this stops an exercise: a reader gets the source where there is no translation, and is told so.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ttx.scenario.findings import Finding, listed, nearest
from ttx.scenario.model import Scenario, Translated
from ttx.scenario.readings import Reading
from ttx.scenario.translations import Freshness, status, texts


def findings(found: Reading, scenario: Scenario) -> Iterator[Finding]:
    """What is to be said of each language, in its file. Nothing while a piece of the scenario cannot be read, since
    its texts would seem to be gone."""
    torn = any(location[:1] != ("translations",) for location in found.broken)
    for language, made in scenario.translations.items():
        file = f"translations/{language}.yaml"
        if language == scenario.language:
            sentence = f"{file} translates into the language the scenario is written in; nobody will read it."
            yield Finding("warning", file, 1, None, None, sentence)
        elif found.material.whole and found.material.headed and not torn:
            yield from _astray(found, scenario, language, made)
            yield from _behind(found, scenario, language)


def _behind(found: Reading, scenario: Scenario, language: str) -> Iterator[Finding]:
    standing = status(scenario, language)
    if missing := [one for one, how in standing.items() if how is Freshness.MISSING]:
        many, where = _texts(len(missing), "is", "are"), _where(scenario, missing)
        sentence = f"{many} not translated into '{language}' yet: {where}."
        yield Finding("warning", f"translations/{language}.yaml", 1, None, None, sentence)
    if stale := [one for one, how in standing.items() if how is Freshness.STALE]:
        first = min(stale, key=lambda one: found.material.place(("translations", language, one)).line)
        many, where = _texts(len(stale), "has", "have"), _where(scenario, stale)
        sentence = f"{many} changed since being translated into '{language}': {where}. Begin with {first}."
        yield found.material.finding(("translations", language, first), sentence, "warning")


def _texts(number: int, one: str, many: str) -> str:
    return f"1 text {one}" if number == 1 else f"{number:,} texts {many}"


def _astray(found: Reading, scenario: Scenario, language: str, made: Mapping[str, Translated]) -> Iterator[Finding]:
    """Addresses that lead nowhere: those of one piece that is gone in one sentence, others each."""
    known = texts(scenario)
    pieces = {address.partition(".")[0] for address in known}
    injects = {inject.id for day in scenario.days for inject in day.injects}
    gone: dict[str, list[str]] = {}
    for address in made:
        if address in known:
            continue
        piece = address.partition(".")[0]
        if piece not in pieces:
            gone.setdefault(piece, []).append(address)
            continue
        close = nearest(address, [one for one in known if one.partition(".")[0] == piece])
        meant = f"; did you mean '{close}'?" if close else "; was it taken out of the scenario?"
        sentence = f"There is no text '{address}' to translate{meant}"
        wrong = found.material.finding(("translations", language, address), sentence, "warning")
        yield replace(wrong, inject=piece) if piece in injects else wrong
    for piece, addresses in gone.items():
        close = nearest(piece, pieces)
        meant = f"; is it '{close}' now?" if close else "; was it taken out of the scenario?"
        many = "1 translation is" if len(addresses) == 1 else f"{len(addresses):,} translations are"
        sentence = f"{many} of '{piece}', which the scenario does not have{meant}"
        yield found.material.finding(("translations", language, addresses[0]), sentence, "warning")


def _where(scenario: Scenario, addresses: list[str]) -> str:
    """How many of these texts stand in each day, and how many in the whole scenario's own."""
    day_of = {inject.id: day.day for day in scenario.days for inject in day.injects}
    day_of |= {f"day-{day.day}": day.day for day in scenario.days}
    counted = Counter(day_of.get(address.partition(".")[0]) for address in addresses)
    head = counted.pop(None, 0)
    parts = [f"{many} on day {day}" for day, many in sorted((day, many) for day, many in counted.items() if day)]
    return listed([f"{head} in scenario.yaml", *parts] if head else parts)
