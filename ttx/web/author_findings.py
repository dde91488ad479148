"""What is found wrong in a draft, as its authors look at it: by day and inject, each leading to where it is mended."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from ttx.scenario.files import ROSTERS, TRANSLATIONS
from ttx.scenario.findings import Finding
from ttx.store import history
from ttx.web.author_frame import DayTab, Open, items_of, label_of, said

PARTS: Mapping[str, str] = {
    "head": "What it is",
    "rules": "Rules and assumptions",
    "objectives": "Objectives",
    "capabilities": "Capabilities",
    "groups": "Working groups",
    "organisations": "Organisations",
    "glossary": "Glossary",
    "storylines": "Storylines",
    "feedback": "Participants' feedback",
    "variables": "What the story remembers",
    "map": "Map",
    "roster": "Who takes part",
}
"""The parts of what holds for all days, each a form of its own."""

_GONE = re.compile(r"\b(?:leads to|the inject|(?:is|are) of) '([A-Za-z][A-Za-z0-9_-]{0,39})'")


@dataclass(frozen=True, slots=True)
class About:
    """The findings of one inject, or of what is no inject, each with the address of its form."""

    inject: str | None
    title: str
    url: str
    ones: tuple[tuple[Finding, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of a day, or of what holds for all days, with how many errors and warnings they are."""

    name: str
    errors: int
    warnings: int
    about: tuple[About, ...]


def sections(here: Open) -> list[Section]:
    """All findings: those of each day by its injects in their order, last those of the whole."""
    base = f"/a/{here.author.id}"
    found = []
    for tab in here.days:
        rest, by_inject = list[tuple[Finding, str]](), dict[str, list[tuple[Finding, str]]]()
        for one in of_day(here, tab):
            if one.inject is not None:
                address = f"{base}?day={tab.day}&inject={quote(one.inject)}"
                by_inject.setdefault(one.inject, []).append((one, address))
            else:
                rest.append((one, f"{base}?day={tab.day}{_place(one)}"))
        titles = {said(one, "id"): said(one, "title") for one in items_of(here.day(tab.day), "injects")}
        order = {ident: place for place, ident in enumerate(titles)}
        about = [About(None, "", "", tuple(rest))] if rest else []
        for ident in sorted(by_inject, key=lambda one: order.get(one, len(order))):
            ones = by_inject[ident]
            about.append(About(ident, titles.get(ident, ""), ones[0][1], tuple(ones)))
        found.append((f"Day {tab.day}" if tab.title == f"Day {tab.day}" else f"Day {tab.day}: {tab.title}", about))
    told = {one for _, about in found for group in about for one, _ in group.ones}
    whole = tuple((one, f"{base}{_of_whole(one)}") for one in here.read.findings if one not in told)
    found.append(("The whole", [About(None, "", "", whole)] if whole else []))
    return [_counted(name, about, named(here, _all(about))) for name, about in found if about]


def named(here: Open, findings: Iterable[Finding]) -> list[Finding]:
    """The findings; one that names an inject which is gone says what that was, and what took it out."""
    findings = list(findings)
    there = {said(one, "id") for tab in here.days for one in items_of(here.day(tab.day), "injects")}
    wanted = {ident for one in findings for ident in _GONE.findall(one.sentence)} - there
    gone = history.gone(here.house.store, here.draft.id, wanted) if wanted else {}
    return [_named(one, gone) for one in findings]


def of_day(here: Open, tab: DayTab) -> list[Finding]:
    """The findings of a day's file, and those of translations of its injects."""
    place = here.read.place(tab.day)
    return list(here.read.by_place.get(place, ())) if place is not None else []


def within(finding: Finding, depth: int) -> Finding:
    """The finding with its field named from so many steps further in."""
    return replace(finding, field=".".join((finding.field or "").split(".")[depth:]))


def part_of(finding: Finding) -> str:
    """In which part of the whole this is mended."""
    if finding.file in ROSTERS:
        return "roster"
    field = (finding.field or "").partition(".")[0]
    return "rules" if field == "assumptions" else field if field in PARTS else "head"


def _named(one: Finding, gone: Mapping[str, history.Gone]) -> Finding:
    words = [
        f"{ident} was “{left.title}”, which {label_of(left.past.author)} took out or replaced: {left.past.sentence}"
        for ident in dict.fromkeys(_GONE.findall(one.sentence))
        if (left := gone.get(ident)) is not None
    ]
    return replace(one, sentence=" ".join([one.sentence, *words])) if words else one


def _all(about: Iterable[About]) -> Iterator[Finding]:
    return (one for group in about for one, _ in group.ones)


def _counted(name: str, about: Iterable[About], spoken: list[Finding]) -> Section:
    errors = sum(one.severity == "error" for one in spoken)
    words = iter(spoken)
    told = tuple(replace(group, ones=tuple((next(words), url) for _, url in group.ones)) for group in about)
    return Section(name, errors, len(spoken) - errors, told)


def _place(finding: Finding) -> str:
    parts = (finding.field or "").split(".")
    return f"&session={quote(parts[1])}" if parts[0] == "sessions" and len(parts) > 2 else "&part=day"


def _of_whole(finding: Finding) -> str:
    folder, _, name = finding.file.partition("/")
    if folder == TRANSLATIONS and name.endswith(".yaml"):
        return f"/languages/{quote(name.removesuffix('.yaml'))}"
    return f"?part={part_of(finding)}"
