"""The controller's handbook: everything, for those who run and evaluate the exercise and for nobody else.

The run of show, every inject in full, where decisions lead, what is exercised, and pages to evaluate on. How one inject
stands on paper is `entry`.
"""

from collections.abc import Iterator, Mapping

from ttx.output import entry, front
from ttx.output.front import Beforehand
from ttx.output.labels import CHANNELS, RATINGS, Say, audience
from ttx.output.manual import words
from ttx.output.paper import (
    Block,
    Box,
    Cover,
    Heading,
    Items,
    NewPage,
    Paper,
    Run,
    Runs,
    Table,
    Text,
    said,
    told,
)
from ttx.scenario.coverage import covered, exercised
from ttx.scenario.graph import Graph
from ttx.scenario.model import Day, Inject
from ttx.scenario.story import Range, Story, tell

BOX = "\u2610"


def handbook(of: Beforehand, graph: Graph, pictures: Mapping[str, bytes], _: Say = str, *, spoken: str = "en") -> Paper:
    """The controller's handbook of a scenario; `pictures` are those of its folder, by name."""
    scenario = graph.scenario
    return Paper(
        Cover(
            scenario.title,
            _("Controller's and evaluator's handbook"),
            _("For the facilitation team. Not for participants: it tells the whole story."),
            front.facts(of, _),
            front.fiction(_),
            of.art,
        ),
        scenario.tlp,
        scenario.language,
        spoken,
        words(_),
        tuple(_blocks(of, graph, pictures, _)),
    )


def _blocks(of: Beforehand, graph: Graph, pictures: Mapping[str, bytes], _: Say) -> Iterator[Block]:
    story = tell(graph)
    yield from _running(_)
    yield from front.purpose(of, _)
    yield from front.rules(of, _)
    yield from front.groups(of, _)
    yield from front.agenda(of, _)
    yield NewPage()
    yield from front.background(of, _)
    yield NewPage()
    yield from _run_of_show(graph, _)
    yield from _decisions(graph, _)
    yield from _reserve(graph, _)
    for day in graph.scenario.days:
        yield from _day(graph, day, pictures, _)
    yield from _coverage(story, _)
    yield from _evaluation(graph, _)
    yield from front.glossary(of, _)
    yield from front.emergency(of, _)


def _running(_: Say) -> Iterator[Block]:
    yield Heading(1, _("Running the exercise"))
    yield Box(
        "notice",
        _("Keep this paper apart"),
        (
            Text(
                told(
                    _(
                        "It holds every development, the facilitators' notes and what one expects to hear. Nothing of "
                        "it is shown to a delegation before it is released."
                    )
                )
            ),
        ),
    )
    acts = (
        (_("Release"), _("sends a development to those it is addressed to. Times are planned, not binding.")),
        (_("Hold"), _("puts one aside: the story goes on past it, and it can be released later.")),
        (_("Skip"), _("leaves one out. A skipped decision takes its default.")),
        (_("Choose"), _("records what the room decided. Only what follows from it becomes available.")),
        (_("Take back"), _("marks a released development as recalled. Answers are kept.")),
        (_("Reserve"), _("stands on no path. Release one when there is time to fill or a table needs it.")),
        (_("Pause"), _("stops timers and releases; answers still come in.")),
        (_("Real-world emergency"), _("stops everything on every screen. The last page says what to do.")),
    )
    yield Items(tuple((Text((Run(name, bold=True), Run(" " + does))),) for name, does in acts))


def _run_of_show(graph: Graph, _: Say) -> Iterator[Block]:
    yield Heading(1, _("Run of show"))
    head = (_("Time"), _("Inject"), _("Title"), _("To"), _("Mode"), _("Min."), _("What follows"))
    for day in graph.scenario.days:
        rows: list[tuple[Runs, ...]] = []
        first = {session.id: session for session in day.sessions}
        shown: str | None = None
        blocks = {session.id: session.start for session in day.sessions}
        for inject in sorted(
            (one for one in day.injects if not one.reserve), key=lambda one: blocks.get(one.session, "")
        ):
            if inject.session != shown and inject.session in first:
                session, shown = first[inject.session], inject.session
                rows.append(((Run(f"{session.start}  ", bold=True), *said(session.title, bold=True)),))
            rows.append(
                (
                    told(inject.at),
                    said(inject.id, bold=True),
                    said(inject.title),
                    told(_("All")) if inject.to.all else said(audience(inject.to, _)),
                    told(_(CHANNELS[inject.channel])),
                    told(str(inject.minutes)),
                    told(entry.follows(graph, inject, _)),
                )
            )  # fmt: skip
        yield Heading(2, day.title, own=True, label=_("Day {n}").format(n=day.day), listed=False)
        yield Table(head, tuple(rows), (10, 13, 37, 17, 14, 8, 26), (5,), _("Run of show"))


def _decisions(graph: Graph, _: Say) -> Iterator[Block]:
    found = [inject for inject in graph.injects.values() if inject.branch is not None]
    if not found:
        return
    yield Heading(1, _("Decisions and what they change"))
    yield Text(told(_("What each option leads to, what it sets, and what is told later because of it.")), "soft")
    for inject in found:
        label = f"{_('Day {n}').format(n=graph.day_of[inject.id])}  {inject.id}"
        yield Heading(2, inject.title, own=True, label=label, listed=False)
        if inject.branch is not None:
            yield Text((Run(_("Decided by") + ": ", bold=True), Run(entry.decider(inject.branch, _))))
        yield entry.options(graph, inject, _)


def _reserve(graph: Graph, _: Say) -> Iterator[Block]:
    found = [inject for inject in graph.injects.values() if inject.reserve]
    if not found:
        return
    yield Heading(1, _("Reserve"))
    yield Text(told(_("On no path. Each stands in full among the injects of its day.")), "soft")
    yield Table(
        (_("Day"), _("Inject"), _("Title"), _("To"), _("Min.")),
        tuple(
            (
                told(str(graph.day_of[one.id])),
                said(one.id, bold=True),
                said(one.title),
                said(audience(one.to, _)),
                told(str(one.minutes)),
            )
            for one in found
        ),
        (8, 14, 52, 20, 9),
        (0, 4),
        _("Reserve"),
    )


def _day(graph: Graph, day: Day, pictures: Mapping[str, bytes], _: Say) -> Iterator[Block]:
    yield NewPage()
    yield Heading(1, day.title, own=True, label=_("Day {n}").format(n=day.day))
    yield Text(
        (*said(day.theme, bold=True), Run(". " + _("Led by") + " "), *said(front.lead(graph.scenario, day))), "lead"
    )
    if day.questions:
        yield Heading(2, _("What participants were asked to think about"), listed=False)
        yield Items(tuple((Text(said(one)),) for one in day.questions), 1)
    for inject in day.injects:
        yield from entry.inject(graph, inject, pictures, _)


def _coverage(story: Story, _: Say) -> Iterator[Block]:
    found, scenario = covered(story), story.graph.scenario
    yield NewPage()
    yield Heading(1, _("What is exercised"))
    if found.exact:
        ways = _("all {n} ways through the decisions").format(n=f"{found.paths:,}")
        yield Text(
            told(_("How many injects exercise what, over {ways}; from the least to the most.").format(ways=ways)),
            "soft",
        )
    else:
        yield Text(told(_("How many injects exercise what: at least, and at most.")), "soft")
    head = ("", _("Name"), *(_("Day {n}").format(n=day) for day in found.days), _("All"))
    widths = (9.0, 50.0, *(46 / (len(found.days) + 1) for _day in (*found.days, 0)))
    for title, named, whole, daily in (
        (_("Objectives"), scenario.objectives, found.objectives, found.objectives_by_day),
        (_("Capabilities"), scenario.capabilities, found.capabilities, found.capabilities_by_day),
    ):
        yield Heading(2, title, listed=False)
        rows = tuple(
            (
                told(ident, bold=True),
                said(one.name),
                *(told(_range(daily[ident, day])) for day in found.days),
                told(_range(whole[ident]), bold=True),
            )
            for ident, one in named.items()
        )
        yield Table(head, rows, widths, tuple(range(2, len(head))), title)


def _range(span: Range) -> str:
    if span.least == span.most:
        return str(span.most) if span.most else "\u2013"
    return f"{span.least}\u2013{span.most}"


def _evaluation(graph: Graph, _: Say) -> Iterator[Block]:
    """Per objective what one expects to see, with boxes to tick, and room to write."""
    scenario = graph.scenario
    yield NewPage()
    yield Heading(1, _("Evaluation"))
    rated = "; ".join(f"{one} {_(means)}" for one, means in RATINGS.items())
    yield Text(
        told(_("Tick one box a line: {ratings}. Rate what was discussed, never a delegation.").format(ratings=rated))
    )
    yield Text(
        told(_("An action is listed under every objective that its inject exercises; tick it where you evaluate.")),
        "soft",
    )
    head = (_("Expected action"), *RATINGS)
    begun = False
    for ident, objective in scenario.objectives.items():
        expecting = [one for one in graph.injects.values() if one.expected and ident in exercised(one)]
        if not expecting:
            continue
        if begun:
            yield NewPage()
        begun = True
        yield Heading(2, objective.name, own=True, label=ident)
        if objective.about:
            yield Text(said(objective.about, italic=True), "soft")
        for day in scenario.days:
            here = [one for one in expecting if graph.day_of[one.id] == day.day]
            if here:
                yield Heading(3, day.title, own=True, label=_("Day {n}").format(n=day.day), listed=False)
                yield Table(head, tuple(_lines(here)), (75, 6, 6, 6, 6, 6), (1, 2, 3, 4, 5), objective.name)
        yield Heading(3, _("The objective as a whole"), listed=False)
        yield Table(
            (_("Objective"), *RATINGS),
            (((*said(ident, bold=True), Run("  "), *said(objective.name)), *([told(BOX)] * 5)),),
            (75, 6, 6, 6, 6, 6),
            (1, 2, 3, 4, 5),
            _("The objective as a whole"),
        )
        yield Text(told(_("Strengths")), "open")
        yield Text(told(_("Areas for improvement, and why")), "open")


def _lines(injects: list[Inject]) -> Iterator[tuple[Runs, ...]]:
    for inject in injects:
        yield ((*said(inject.id, bold=True), Run("  "), *said(inject.title)),)
        for expected in inject.expected:
            yield (said(expected), *([told(BOX)] * 5))
