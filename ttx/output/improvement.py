"""Two chapters of an after-action report: the gaps, and the improvement plan (HSEEP 2020), from what a review found."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from ttx.output.labels import PHASES, Say
from ttx.output.paper import Block, Facts, Heading, Items, NewPage, Run, Runs, Table, Text, joined, said, told
from ttx.review.findings import FoundGap, PlannedAction
from ttx.review.gaps import HIGH, MEDIUM, SCORE
from ttx.review.report import Report
from ttx.scenario.model import Phase

CAUSES: Mapping[str, str] = {
    "law_mandate": "Law and mandate",
    "plan_procedure": "Plan and procedure",
    "roles_authority": "Roles and authority",
    "information_sharing": "Information sharing",
    "communication_channel": "Communication channel",
    "people_training": "People and training",
    "equipment_resources": "Equipment and resources",
    "trust_political": "Trust and politics",
    "data_identity": "Data and identity",
}
PRIORITIES: Mapping[str, str] = {"high": "High", "medium": "Medium", "low": "Low"}
STATUSES: Mapping[str, str] = {
    "draft": "Draft",
    "agreed": "Agreed",
    "in_progress": "In progress",
    "closed": "Closed",
    "set_aside": "Set aside",
    "planned": "Planned",
    "started": "Started",
    "done": "Done",
    "dropped": "Dropped",
}
ELEMENTS: Mapping[str, str] = {
    "planning": "Planning",
    "organization": "Organization",
    "equipment": "Equipment",
    "training": "Training",
    "exercises": "Exercises",
}


def gaps_chapter(of: Report, _: Say) -> Iterator[Block]:
    """The gaps: a table of all, ranked, then each with what it rests on, which leads to where that was said."""
    if not of.found:
        return
    places = told_here(of)
    yield NewPage()
    yield Heading(1, _("Gaps"))
    yield Text(told(_rules(_)), "soft")
    yield gaps_table(of, _)
    for one in of.found:
        yield Heading(2, one.statement if len(one.statement) <= 120 else _cut(one.statement), own=True, label=one.gap)
        if len(one.statement) > 120:
            yield Text(said(one.statement))
        yield Facts(tuple(_facts(one, of, places, _)))


def gaps_table(of: Report, _: Say) -> Table:
    """All gaps, ranked."""
    return Table(
        (_("Gap"), _("Statement"), _("Priority"), _("Score"), _("Delegations"), _("Status")),
        tuple(
            (
                told(one.gap, bold=True),
                said(one.statement),
                told(_priority(one, _)),
                told("" if one.score is None else str(one.score)),
                told(f"{one.by}/{one.of}"),
                told(_(STATUSES[one.status])),
            )
            for one in of.found
        ),
        (11, 41, 13, 8, 17, 14),
        (3, 4),
        _("Gaps, ranked"),
    )


def _rules(_: Say) -> str:
    ranked = _("Gaps are ranked by {formula}, each from 1 to 5.").format(formula=SCORE)
    shown = _("Delegations: of how many the cited evidence is, of how many had the injects before them.")
    priority = _(
        "A priority in brackets follows from severity \u00d7 likelihood: high from {high}, medium from {medium}."
    )
    return f"{ranked} {shown} {priority.format(high=HIGH, medium=MEDIUM)}"


def _cut(text: str) -> str:
    return text[:117].rsplit(" ", 1)[0] + "\u2026"


def _priority(one: FoundGap, _: Say) -> str:
    if one.priority is None:
        return ""
    word = _(PRIORITIES[one.priority])
    return f"({word})" if one.suggested else word


def _facts(one: FoundGap, of: Report, places: Collection[str], _: Say) -> Iterator[tuple[str, Runs]]:
    levels = [
        f"{name} {value}"
        for name, value in (
            (_("severity"), one.severity), (_("likelihood"), one.likelihood), (_("effort"), one.effort),
        )
        if value is not None
    ]  # fmt: skip
    if levels:
        score = f" \u2192 {one.score}" if one.score is not None else ""
        yield _("Rank"), told(", ".join(levels) + score)
    if one.priority is not None:
        yield _("Priority"), told(_priority(one, _))
    yield _("Delegations"), told(_("{n} of {m}").format(n=one.by, m=one.of))
    if one.objective is not None:
        yield _("Objective"), (*told(f"{one.objective} "), *said(of.objectives.get(one.objective, "")))
    if one.capability is not None:
        yield _("Capability"), (*told(f"{one.capability} "), *said(of.capabilities.get(one.capability, "")))
    if one.phase is not None:
        yield _("Phase"), told(_(PHASES[Phase(one.phase)]))
    if one.root_cause is not None and one.element is not None:
        yield _("Root cause"), told(f"{_(CAUSES[one.root_cause])} ({_(ELEMENTS[one.element])})")
    if one.owner is not None:
        yield _("Owner"), said(one.owner)
    if one.bodies:
        yield _("Supporting bodies"), said("; ".join(one.bodies))
    if one.contact:
        yield _("Point of contact"), said(one.contact)
    if one.starts is not None or one.due is not None:
        yield _("Dates"), told(_span(one.starts, one.due, _))
    yield _("Status"), told(_(STATUSES[one.status]))
    if one.came_back:
        yield _("Found before"), said("; ".join(one.came_back))
    if one.dissent:
        yield _("Dissent"), said(one.dissent)
    if one.evidence:
        yield _("Evidence"), joined((cited(name, places) for name in one.evidence), ", ")


def told_here(of: Report) -> frozenset[str]:
    """The ids of the evidence that the paper of a report tells in words: answers of record, observations, what tables
    said in looking back. Votes and earlier versions are cited and stand in no paper."""
    answers = (one for inject in of.injects for question in inject.questions for one in question.answers)
    found = [one.versions[-1].evidence for one in answers if one.versions]
    notes = [note for inject in of.injects for note in inject.observations] + list(of.general)
    found += [
        one.evidence
        for one in notes
        if one.sense in ("strength", "gap", "note", "rating")
        and one.text
        and (one.capability is None or one.capability in of.capabilities)
    ]
    found += [one.evidence for one in of.hot_wash] + [one.evidence for one in of.gaps]
    return frozenset(one for one in found if one is not None)


def cited(name: str, places: Collection[str]) -> Runs:
    """An id that leads to what it cites, where the paper tells that."""
    return (Run(name, to=name if name in places else ""),)


def plan_chapter(of: Report, _: Say) -> Iterator[Block]:
    """The improvement plan: what is to be done about which gap, by whom, until when; then how far each action is."""
    if not of.plan:
        return
    yield NewPage()
    yield Heading(1, _("Improvement plan"))
    late = sum(one.overdue for one in of.plan)
    done = sum(one.status == "done" for one in of.plan)
    told_so = _("{n} actions, {done} done, {late} overdue on the day this was made.")
    yield Text(told(told_so.format(n=len(of.plan), done=done, late=late)), "soft")
    for capability in [*of.capabilities, None]:
        held = [one for one in of.plan if one.capability == capability]
        if not held:
            continue
        name = of.capabilities[capability] if capability is not None else _("No capability named")
        yield Heading(2, name, own=capability is not None, label=capability or "")
        yield plan_table(held, _, name)
    noted = [one for one in of.plan if one.progress]
    if noted:
        yield Heading(2, _("Progress"))
        yield Items(
            tuple(
                (
                    Text((Run(f"{one.action} ", bold=True), *said(one.what))),
                    *(
                        Text((Run(f"{note.on:%-d %b %Y}, {_(STATUSES[note.status])}. "), *said(note.text)), "soft")
                        for note in one.progress
                    ),
                )
                for one in noted
            )
        )


def plan_table(held: Sequence[PlannedAction], _: Say, title: str) -> Table:
    """These actions with their gaps, owners and dates."""
    named = any(one.contact for one in held)
    return Table(
        (_("Gap"), _("Action"), _("Element"), _("Owner"), _("Start"), _("Due"), _("Status")),
        tuple(
            (
                (*told(one.gap, bold=True), Run("\n"), *said(_cut(one.issue) if len(one.issue) > 120 else one.issue)),
                (Run(f"{one.action} ", bold=True), *said(one.what)),
                told(_(ELEMENTS[one.element]) if one.element is not None else ""),
                (*said(one.owner or ""), *((Run("\n"), *said(one.contact or "")) if named and one.contact else ())),
                told(f"{one.starts:%-d %b %Y}" if one.starts is not None else ""),
                told(f"{one.due:%-d %b %Y}" if one.due is not None else ""),
                (Run(_(STATUSES[one.status])), *(Run("\n" + _("overdue"), bold=True) for _n in range(one.overdue))),
            )
            for one in held
        ),
        (27, 29, 13, 10, 9, 9, 13),
        (),
        title,
    )


def _span(starts: date | None, due: date | None, _: Say) -> str:
    if starts is None or due is None:
        words = _("from {date}") if due is None else _("until {date}")
        return words.format(date=f"{starts or due:%-d %b %Y}")
    return f"{starts:%-d %b %Y} \u2013 {due:%-d %b %Y}"
