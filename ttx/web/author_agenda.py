"""A day's agenda as its authors see it: sessions in time order, their injects, the arms of decisions, what is wrong.

Made from plain data, so that a day with faults in it is shown all the same. Only the arms are read off the graph.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ttx.scenario.findings import Finding
from ttx.scenario.folders import day_of
from ttx.scenario.graph import Graph
from ttx.scenario.model import InjectKind
from ttx.scenario.phrasing import labels, phrase
from ttx.web.author_frame import items_of, said

KINDS = frozenset(InjectKind)
NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Way:
    """One option of a decision: its key and label, and the inject it leads to."""

    key: str
    label: str
    target: str
    title: str
    default: bool


@dataclass(frozen=True, slots=True)
class Arm:
    """An inject's place in the arm of a decision. `joins` is where the arms come together again, if they do."""

    decision: str
    key: str
    joins: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """One inject in the list. `early` is the id and time of the one above it, if it is planned before that."""

    id: str
    place: int
    title: str
    kind: str
    at: str
    minutes: str
    to: tuple[str, ...]
    reserve: bool
    questions: int
    picture: bool
    steps: int
    when: str
    only: str
    by: str
    ways: tuple[Way, ...]
    together: str | None
    arms: tuple[Arm, ...]
    last_of_arm: bool
    comments: int
    errors: int
    warnings: int
    early: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Block:
    """A session, break or talk with its injects; `id` is None for injects that name no session of the day."""

    id: str | None
    title: str
    kind: str
    start: str
    end: str
    minutes: int
    used: int
    rows: tuple[Row, ...]
    errors: int = 0
    speakers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Course:
    """How a day's injects hang together: what the options of each decision lead to."""

    arms: dict[str, list[Arm]] = field(default_factory=dict)
    together: dict[str, str] = field(default_factory=dict)
    last: set[str] = field(default_factory=set)


def agenda(
    day: Mapping[str, object],
    graph: Graph | None,
    findings: Iterable[Finding],
    comments: Mapping[str, int],
    file: str,
    needed: Mapping[str, int] = NOTHING,
) -> tuple[Block, ...]:
    """The blocks of a day by their start; last, if there are any, the injects without a session of the day.

    `comments` counts the open comments by inject; `findings` are all of the draft's, `file` is this day's. `needed` are
    the minutes that the checks count for a session's injects; only where they count none are the rows added up.
    """
    injects = items_of(day, "injects")
    titles = {said(one, "id"): said(one, "title") for one in injects}
    mine = [one for one in findings if one.file == file or (day_of(one.file) is None and one.inject in titles)]
    by_inject: Counter[tuple[str | None, str]] = Counter(
        (one.inject, one.severity) for one in mine if one.inject is not None
    )
    by_session = Counter(_session_of(one) for one in mine if one.inject is None and one.severity == "error")
    named = labels(graph.scenario) if graph is not None else {}
    course = _course(graph, [ident for ident in titles if ident])
    sessions = {said(one, "id"): one for one in items_of(day, "sessions")}
    rows: dict[str | None, list[Row]] = {}
    before: dict[str | None, tuple[str, str]] = {}
    for place, inject in enumerate(injects):
        home = said(inject, "session")
        session = home if home in sessions else None
        at = said(inject, "at")
        reserve = said(inject, "kind") == InjectKind.CONTINGENCY
        above = before.get(session, ("", ""))
        early = above if at and not reserve and at < above[1] else None
        if not reserve:
            before[session] = (said(inject, "id"), at)
        rows.setdefault(session, []).append(_row(place, inject, titles, named, course, comments, by_inject, early))
    blocks = [
        _block(ident, session, rows.get(ident, []), by_session[ident], needed.get(ident))
        for ident, session in sessions.items()
    ]
    blocks.sort(key=lambda block: block.start)
    if None in rows:
        blocks.append(Block(None, "", "session", "", "", 0, _used(rows[None]), tuple(rows[None])))
    return tuple(blocks)


def following(blocks: Iterable[Block], inject: str) -> str | None:
    """The inject that comes next where `next` is left out: the following one of the file that is not in reserve."""
    rows = sorted((row for block in blocks for row in block.rows if not row.reserve), key=lambda row: row.place)
    places = [row.id for row in rows]
    if inject not in places or places[-1] == inject:
        return None
    return places[places.index(inject) + 1]


def _session_of(finding: Finding) -> str:
    parts = (finding.field or "").split(".")
    return parts[1] if parts[0] == "sessions" and len(parts) > 1 else ""


def _row(
    place: int,
    inject: Mapping[str, object],
    titles: Mapping[str, str],
    named: Mapping[str, str],
    course: _Course,
    comments: Mapping[str, int],
    found: Mapping[tuple[str | None, str], int],
    early: tuple[str, str] | None,
) -> Row:
    ident, kind = said(inject, "id"), said(inject, "kind")
    branch = inject.get("branch")
    options = branch.get("options") if isinstance(branch, dict) else None
    ways = tuple(
        Way(
            str(key),
            said(option, "label"),
            said(option, "next"),
            titles.get(said(option, "next"), ""),
            isinstance(branch, dict) and branch.get("default") == key,
        )
        for key, option in (options.items() if isinstance(options, dict) else ())
        if isinstance(option, dict)
    )
    steps = inject.get("map")
    return Row(
        id=ident,
        place=place,
        title=said(inject, "title"),
        kind=kind if kind in KINDS else InjectKind.CONTEXTUAL,
        at=said(inject, "at"),
        minutes=said(inject, "minutes") or "15",
        to=addressed(inject.get("to")),
        reserve=kind == InjectKind.CONTINGENCY,
        questions=len(items_of(inject, "questions")),
        picture=inject.get("picture") is not None,
        steps=len(steps) if isinstance(steps, list) else 0,
        when=said(inject, "when"),
        only=phrase(said(inject, "when"), named) if inject.get("when") else "",
        by=said(branch, "by") if isinstance(branch, dict) else "",
        ways=ways,
        together=course.together.get(ident),
        arms=tuple(course.arms.get(ident, ())),
        last_of_arm=ident in course.last,
        comments=comments.get(ident, 0),
        errors=found.get((ident, "error"), 0),
        warnings=found.get((ident, "warning"), 0),
        early=early,
    )


def addressed(to: object) -> tuple[str, ...]:
    """Whom an inject reaches, as words; empty for all."""
    if not isinstance(to, dict):
        return ()
    named = (to.get(field) for field in ("groups", "tables", "delegations"))
    return tuple(str(one) for names in named if isinstance(names, list) for one in names)


def _block(ident: str, session: Mapping[str, object], rows: list[Row], errors: int, needed: int | None) -> Block:
    minutes = session.get("minutes")
    length = minutes if isinstance(minutes, int) else 0
    start = said(session, "start")
    return Block(
        ident,
        said(session, "title"),
        said(session, "kind") or "session",
        start,
        later(start, length),
        length,
        _used(rows) if needed is None else needed,
        tuple(rows),
        errors,
        tuple(name for one in items_of(session, "speakers") if (name := said(one, "name"))),
    )


def later(clock: str, minutes: int) -> str:
    """A time of day so many minutes later, as 10:45; empty where the first is none."""
    hours, colon, rest = clock.partition(":")
    if not (colon and hours.isdecimal() and rest.isdecimal()):
        return ""
    total = int(hours) * 60 + int(rest) + minutes
    return f"{total // 60 % 24:02}:{total % 60:02}"


def _used(rows: Iterable[Row]) -> int:
    """The minutes of the rows that one group of people sits through: of a decision's arms, the longest counts."""
    plain, arms = 0, dict[str, Counter[str]]()
    for row in rows:
        minutes = int(row.minutes) if row.minutes.isdecimal() else 0
        if row.reserve:
            continue
        if row.arms:
            arms.setdefault(row.arms[0].decision, Counter())[row.arms[0].key] += minutes
        else:
            plain += minutes
    return plain + sum(max(lengths.values()) for lengths in arms.values())


def _course(graph: Graph | None, injects: list[str]) -> _Course:
    """What lies in the arms of the day's decisions, and where they come together again."""
    course = _Course()
    if graph is None:
        return course
    here = {ident: place for place, ident in enumerate(injects)}
    for ident in injects:
        inject = graph.injects.get(ident)
        if inject is None or inject.branch is None:
            continue
        reached = {key: _reached(graph, option.next, here) for key, option in inject.branch.options.items()}
        shared = set.intersection(*reached.values()) if reached else set()
        joins = min(shared, key=here.__getitem__) if shared else None
        if joins is not None:
            course.together[ident] = joins
        for key, lying in reached.items():
            others = set().union(*(other for name, other in reached.items() if name != key))
            for one in sorted(lying - others, key=here.__getitem__):
                course.arms.setdefault(one, []).append(Arm(ident, key, joins))
                if any(step.target == joins for step in graph.after[one]):
                    course.last.add(one)
    return course


def _reached(graph: Graph, start: str, here: Mapping[str, int]) -> set[str]:
    reached, ahead = set[str](), [start]
    while ahead:
        one = ahead.pop()
        if one in here and one not in reached and one in graph.injects:
            reached.add(one)
            ahead += [step.target for step in graph.after[one]]
    return reached
