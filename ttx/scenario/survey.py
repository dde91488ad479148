"""The questions a director asks of a scenario, answered over all its paths: one look that gathers every answer.

Each answer is data; what deserves a word is also a remark. Nothing here is a finding of `checks`: a remark says
what to look at, and a director may well have meant it. The figures come from `story`, `coverage`, `attendance`,
`threads` and `spoilers`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ttx.scenario.attendance import Attendance, attendance
from ttx.scenario.coverage import Coverage, covered, way
from ttx.scenario.findings import listed
from ttx.scenario.graph import Graph
from ttx.scenario.roster import Roster
from ttx.scenario.spoilers import Giveaway, giveaways
from ttx.scenario.story import Place, Range, Story, places, spread, tell
from ttx.scenario.threads import StorylineUse, VariableUse, storylines, variables
from ttx.scenario.translations import Freshness, status

About = Literal["paths", "lengths", "coverage", "attendance", "variables", "storylines", "languages", "giveaways"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that deserves a look. `sure` is a fault in waiting; anything else may be as it was meant."""

    about: About
    sure: bool
    sentence: str
    inject: str | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class SessionLength:
    """A session with the minutes it has on the agenda, and those its injects need on the shortest and longest path."""

    id: str
    title: str
    agenda: int
    minutes: Range


@dataclass(frozen=True, slots=True)
class DayLength:
    """A day in minutes and injects, over all paths. `agenda` counts the sessions that injects stand in."""

    day: int
    title: str
    lead: str
    agenda: int
    minutes: Range
    injects: Range
    decisions: tuple[str, ...]
    sessions: tuple[SessionLength, ...]


@dataclass(frozen=True, slots=True)
class LanguageState:
    """How far a scenario is translated into a language, in texts; `stale` ones were translated before they changed."""

    language: str
    texts: int
    missing: int
    stale: int


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """Every answer. `paths` is 0 and all ranges are bounds where `exact` is false (`story.Story`).

    `places` has the injects that some path tells; `untold` those that none does, the reserve left aside. `idle`
    are injects with no question that nothing follows.
    """

    paths: int
    exact: bool
    places: Mapping[str, Place]
    untold: tuple[str, ...]
    idle: tuple[str, ...]
    days: tuple[DayLength, ...]
    coverage: Coverage
    attendance: Attendance
    variables: tuple[VariableUse, ...]
    storylines: tuple[StorylineUse, ...]
    languages: tuple[LanguageState, ...]
    giveaways: tuple[Giveaway, ...]
    remarks: tuple[Remark, ...]


def survey(graph: Graph, roster: Roster | None = None) -> Survey:
    """Every answer about a scenario; with a roster also about its delegations and tables."""
    story = tell(graph)
    lying = places(story)
    untold = tuple(name for name, inject in graph.injects.items() if not inject.reserve and name not in story.possible)
    idle = tuple(
        name
        for name in graph.injects
        if name in story.possible
        and not graph.injects[name].questions
        and not graph.after[name]
        and name not in graph.needed_by
    )
    days = tuple(lengths(story))
    found, presence = covered(story), attendance(story, roster)
    used, threads = variables(graph), storylines(story)
    spoken = tuple(_languages(graph))
    telling = giveaways(graph, lying)
    remarks = (
        *_of_paths(graph, story, untold, idle),
        *_of_lengths(days),
        *_of_coverage(graph, found),
        *(Remark("attendance", False, gap.sentence, day=gap.sittings[0].day) for gap in presence.gaps),
        *(
            Remark(
                "variables", one.sure, one.sentence, next(iter((*one.read_by, *(who for who, _ in one.set_by))), None)
            )
            for one in used
            if one.sentence is not None
        ),
        *(Remark("storylines", False, one.sentence, one.last) for one in threads if one.sentence is not None),
        *_of_languages(spoken),
        *(Remark("giveaways", False, one.sentence, one.inject, one.day) for one in telling),
    )
    return Survey(
        story.paths,
        story.exact,
        lying,
        untold,
        idle,
        days,
        found,
        presence,
        used,
        threads,
        spoken,
        telling,
        remarks,
    )


def where(place: Place | None) -> str:
    """`on every path`, `only if D1-06 goes B`, `on 3 of 4 paths`, or `on no path`."""
    if place is None:
        return "on no path"
    if place.always:
        return "on every path"
    if place.given:
        return f"only if {way(place.given)}"
    return f"on {place.paths:,} of {place.of:,} paths"


def lengths(story: Story) -> Iterator[DayLength]:
    """How long each day is by path, in planned minutes."""
    graph = story.graph
    weights: dict[str, dict[tuple[str, int, str], int]] = {}
    for name in story.possible:
        inject, number = graph.injects[name], graph.day_of[name]
        weights[name] = {("day", number, ""): inject.minutes, ("injects", number, ""): 1}
        weights[name]["session", number, inject.session] = inject.minutes
    found = spread(story, weights)
    nothing = Range(0, 0)
    seen: set[int] = set()
    for day in graph.scenario.days:
        if day.day in seen:
            continue
        seen.add(day.day)
        sessions = tuple(
            SessionLength(session.id, session.title, session.minutes, found["session", day.day, session.id])
            for session in day.sessions
            if ("session", day.day, session.id) in found
        )
        yield DayLength(
            day.day,
            day.title,
            day.lead,
            sum(session.agenda for session in sessions),
            found.get(("day", day.day, ""), nothing),
            found.get(("injects", day.day, ""), nothing),
            tuple(inject.id for inject in day.injects if inject.branch is not None and inject.id in story.possible),
            sessions,
        )


def _languages(graph: Graph) -> Iterator[LanguageState]:
    scenario = graph.scenario
    for language in scenario.translations:
        if language != scenario.language:
            standing = list(status(scenario, language).values())
            missing, stale = standing.count(Freshness.MISSING), standing.count(Freshness.STALE)
            yield LanguageState(language, len(standing), missing, stale)


def _of_paths(graph: Graph, story: Story, untold: tuple[str, ...], idle: tuple[str, ...]) -> Iterator[Remark]:
    if not story.exact:
        yield Remark("paths", False, "There are too many paths to follow each; every figure here is a bound.")
    for name, inject in graph.injects.items():
        if inject.branch is not None and inject.branch.by == "each_table":
            sentence = f"Each table decides {name} for itself; a path here is the way of one table."
            yield Remark("paths", False, sentence, name, graph.day_of[name])
    for name in untold:
        yield Remark("paths", True, f"{name} is told on no path.", name, graph.day_of[name])
    for name in idle:
        sentence = f"{name} asks nothing, and nothing follows it or needs it."
        yield Remark("paths", False, sentence, name, graph.day_of[name])


def _of_lengths(days: tuple[DayLength, ...]) -> Iterator[Remark]:
    for day in days:
        if not day.decisions:
            yield Remark("lengths", False, f"Day {day.day} has no decision: it goes one way only.", day=day.day)
        for session in day.sessions:
            if session.minutes.most > session.agenda:
                yield Remark(
                    "lengths",
                    True,
                    f"Session '{session.title}' of day {day.day} has {session.agenda} minutes, and its injects need "
                    f"{session.minutes.most} on its longest path.",
                    day=day.day,
                )


def _of_coverage(graph: Graph, found: Coverage) -> Iterator[Remark]:
    for noun, named, spans in (
        ("Objective", graph.scenario.objectives, found.objectives),
        ("Capability", graph.scenario.capabilities, found.capabilities),
    ):
        for ident, span in spans.items():
            name = f"{noun} {ident}, {named[ident].name},"
            if span.most == 0:
                yield Remark("coverage", True, f"{name} is exercised by no inject on any path.")
            elif span.least == 0:
                missed = f"when {way(span.least_when)}" if span.least_when else "on some paths"
                yield Remark("coverage", False, f"{name} is missed {missed}.")


def _of_languages(spoken: tuple[LanguageState, ...]) -> Iterator[Remark]:
    for one in spoken:
        parts = []
        if one.missing:
            parts.append(f"{one.missing:,} of {one.texts:,} texts have no translation")
        if one.stale:
            parts.append(f"{one.stale:,} changed since they were translated")
        if parts:
            yield Remark("languages", False, f"In '{one.language}', {listed(parts)}.")
