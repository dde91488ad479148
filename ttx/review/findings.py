"""Gaps and the improvement plan as a report tells them, with what its tier may know."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from ttx.exercise.state import State
from ttx.review.entries import GapStatus
from ttx.review.evidence import Item, reach
from ttx.review.gaps import Action, Gap, Review
from ttx.review.parts import Part, Tier, spelt
from ttx.scenario.graph import Graph

SOMEBODY, SOME_DELEGATION = "[a person]", "[a delegation]"
"""What stands in place of a name in a paper under the Chatham House Rule."""

GENERIC = frozenset({
    "arab", "central", "commonwealth", "confederation", "democratic", "east", "eastern", "emirates", "federal",
    "federated", "federation", "great", "high", "international", "islamic", "islands", "kingdom", "mission", "national",
    "north", "northern", "office", "organisation", "organization", "people", "peoples", "principality", "republic",
    "saint", "social", "socialist", "south", "southern", "state", "states", "sultanate", "territory", "union", "united",
    "west", "western", "world",
})  # fmt: skip
"""Words of many countries' and organisations' names, which name none."""


class FoundGap(Part):
    """A gap. Of the `of` delegations it could have been found at, `by` showed it, by the evidence that is cited.

    `score` is what gaps are ranked by (`ttx.review.gaps.SCORE`), `suggested` tells that the priority follows from
    severity and likelihood and nobody has said another.
    """

    gap: str
    statement: str
    objective: str | None
    capability: str | None
    phase: str | None
    evidence: tuple[str, ...]
    by: int
    of: int
    root_cause: str | None
    element: str | None
    severity: int | None
    likelihood: int | None
    effort: int | None
    score: int | None
    priority: str | None
    suggested: bool
    owner: str | None
    bodies: tuple[str, ...]
    contact: str | None
    starts: date | None
    due: date | None
    status: str
    dissent: str
    came_back: tuple[str, ...]


class Noted(Part):
    """What was said of an action, and on which day."""

    on: date
    status: str
    text: str


class PlannedAction(Part):
    """An action of the improvement plan; `shown_by` is the evidence that it is done."""

    action: str
    gap: str
    issue: str
    capability: str | None
    what: str
    element: str | None
    owner: str | None
    contact: str | None
    starts: date | None
    due: date | None
    status: str
    overdue: bool
    shown_by: str
    progress: tuple[Noted, ...]


class Findings(Part):
    """What a review found, ranked, and what is planned, what is due first first; `tier` is whom it was made for."""

    tier: Tier | None = None
    gaps: tuple[FoundGap, ...] = ()
    actions: tuple[PlannedAction, ...] = ()


class Masked:
    """Leaves names out of texts: those of delegations, as far as one word can be told to be theirs, and of people.

    It knows the names it is given and no others: nicknames, demonyms and places are for the person who reads it over.
    """

    def __init__(self, delegations: Mapping[str, str], people: Iterable[str] = ()) -> None:
        """`delegations` by id; `people` as the roster has them."""
        parties = {name for one in delegations.items() for name in _party(*one)}
        persons = {name for one in people for name in _person(one)} - parties
        self._parties, self._people = _pattern(parties), _pattern(persons)

    def __call__(self, text: str) -> str:
        """The text without the names."""
        for pattern, instead in ((self._parties, SOME_DELEGATION), (self._people, SOMEBODY)):
            text = pattern.sub(instead, text) if pattern is not None else text
        return text

    def found(self, text: str) -> tuple[str, ...]:
        """The names in a text, each once, as they stand there."""
        patterns = (self._parties, self._people)
        return tuple(dict.fromkeys(one for held in patterns if held is not None for one in held.findall(text)))


def _party(ident: str, name: str) -> Iterator[str]:
    yield name
    if len(ident) >= 4:
        yield ident
    words = re.findall(r"[^\W\d_]+", name)
    yield from (word for word in words if len(word) >= 5 and word[0].isupper() and word.casefold() not in GENERIC)


def _person(name: str) -> Iterator[str]:
    if len(name) >= 3:
        yield name
    yield from (word for word in name.split()[1:] if len(word) >= 4)


def _pattern(names: Collection[str]) -> re.Pattern[str] | None:
    """Finds any of these, the longest first. Between words of a script that parts them by spaces, in the middle of a
    line elsewhere: a Thai or Chinese name has no space around it."""
    written = sorted({re.escape(one.strip()) for one in names if one.strip()}, key=lambda one: (-len(one), one))
    spaced = [rf"(?<!\w){one}(?!\w)" if _spaced(one) else one for one in written]
    return re.compile("|".join(spaced), re.IGNORECASE) if spaced else None


def _spaced(name: str) -> bool:
    return all(ord(letter) < 0x0E00 for letter in name)


def findings(
    graph: Graph,
    state: State,
    review: Review,
    items: Sequence[Item],
    tier: Tier,
    today: date,
    people: Iterable[str] = (),
) -> Findings:
    """Gaps and plan for a tier; `items` are the evidence with its delegations, `people` the names of the roster.

    Beyond the full tier no point of contact is told and names are left out of what was written. A delegation's own
    report and one for everybody have none of it.
    """
    if tier not in (Tier.FULL, Tier.ANALYST):
        return Findings(tier=tier)
    named = tier is Tier.FULL
    delegations = {name: one.name for name, one in state.delegations.items()}
    plain = Masked({}) if named else Masked(delegations, people)
    known = {one.seq: one for one in items}
    found = [one for one in review.standing() if one.details.status is not GapStatus.SET_ASIDE]
    return Findings(
        tier=tier,
        gaps=tuple(_gap(graph, state, one, known, plain, named) for one in found),
        actions=tuple(
            _action(one, gap, plain, named, today)
            for one in by_due(review.actions.values())
            if (gap := review.stands_as(one.gap)) is not None and gap in found
        ),
    )


def by_due(actions: Iterable[Action]) -> list[Action]:
    """Actions, those that are still to be done first, and what is due first before what is due later or some day."""
    return sorted(actions, key=lambda one: (one.over, one.task.due is None, one.task.due or date.max, one.name))


def _gap(graph: Graph, state: State, gap: Gap, known: Mapping[int, Item], plain: Masked, named: bool) -> FoundGap:
    said = gap.details
    by, of = reach(graph, state, [known[one] for one in gap.evidence if one in known])
    return FoundGap(
        gap=gap.name,
        statement=plain(said.statement),
        objective=said.objective,
        capability=said.capability,
        phase=said.phase,
        evidence=tuple(spelt(one) for one in gap.evidence),
        by=by,
        of=of,
        root_cause=said.root_cause,
        element=gap.element,
        severity=said.severity,
        likelihood=said.likelihood,
        effort=said.effort,
        score=gap.score,
        priority=gap.priority,
        suggested=said.priority is None and gap.priority is not None,
        owner=said.owner,
        bodies=tuple(plain(one) for one in said.bodies),
        contact=said.contact if named else None,
        starts=said.starts,
        due=said.due,
        status=said.status,
        dissent=plain(said.dissent),
        came_back=tuple(f"{one.of}, {one.title}" for one in gap.came_back),
    )


def _action(action: Action, gap: Gap, plain: Masked, named: bool, today: date) -> PlannedAction:
    task, last = action.task, action.notes[-1] if action.notes else None
    return PlannedAction(
        action=action.name,
        gap=gap.name,
        issue=plain(gap.details.statement),
        capability=gap.details.capability,
        what=plain(task.what),
        element=task.element,
        owner=task.owner,
        contact=task.contact if named else None,
        starts=task.starts,
        due=task.due,
        status=action.status,
        overdue=action.overdue(today),
        shown_by=plain(last.text) if last is not None and action.status == "done" else "",
        progress=tuple(Noted(on=one.at.date(), status=one.status, text=plain(one.text)) for one in action.notes),
    )
