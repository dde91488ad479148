"""What stands at the front and the end of every manual, and gives nothing away: purpose, rules, agenda, background.

Nothing here is handed an inject: these sections are made of `Beforehand`, which holds none.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ttx.output.labels import SESSIONS, TLP, Say, span
from ttx.output.paper import (
    Block,
    Box,
    Facts,
    Figure,
    Heading,
    Items,
    NewPage,
    Run,
    Runs,
    Table,
    Text,
    joined,
    said,
    told,
)
from ttx.output.prose import prose
from ttx.scenario.coverage import exercised
from ttx.scenario.model import Day, Map, Named, Scenario, Session, Show

BLANK: Runs = (Run("_" * 28),)
"""Room to write in by hand."""


Draw = Callable[[Map], str]
"""Draws a map's land, places and borders as SVG."""


@dataclass(frozen=True, slots=True)
class Beforehand:
    """What anybody may read before the exercise: the scenario without a single inject, storyline or variable.

    `exercised` says which objectives and capabilities each day is about. `chart` is the map as SVG before anything
    was told, `art` its coasts alone; both None where no land is drawn. `dates` and `place` are printed as given, or
    left to be filled in.
    """

    scenario: Scenario
    exercised: Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]
    chart: bytes | None
    art: bytes | None
    dates: str
    place: str


def beforehand(scenario: Scenario, draw: Draw, dates: str = "", place: str = "") -> Beforehand:
    """The scenario as it may be read beforehand.

    The map has the borders that no inject brings. Camps and compounds are left out of it: one that stands there
    before the story comes to it gives the story away.
    """
    brought = {step.what for day in scenario.days for one in day.injects for step in one.map if isinstance(step, Show)}
    chart = scenario.map.model_copy(
        update={
            "places": {name: one for name, one in scenario.map.places.items() if one.kind not in ("camp", "compound")},
            "borders": {name: one for name, one in scenario.map.borders.items() if name not in brought},
            "routes": {},
            "tokens": {},
        }
    )
    about = {day.day: _about(scenario, day) for day in scenario.days}
    bare = scenario.model_copy(
        update={
            "days": tuple(day.model_copy(update={"injects": ()}) for day in scenario.days),
            "storylines": {},
            "variables": {},
            "map": chart,
            "translations": {},
        }
    )
    drawn = draw(chart).encode() if chart.land else None
    art = draw(chart.model_copy(update={"places": {}, "borders": {}})).encode() if chart.land else None
    return Beforehand(bare, about, drawn, art, dates.strip(), place.strip())


def _about(scenario: Scenario, day: Day) -> tuple[tuple[str, ...], tuple[str, ...]]:
    objectives = {ident for inject in day.injects for ident in exercised(inject)}
    capabilities = {ident for inject in day.injects for ident in inject.capabilities}
    return (
        tuple(ident for ident in scenario.objectives if ident in objectives),
        tuple(ident for ident in scenario.capabilities if ident in capabilities),
    )


def facts(of: Beforehand, _: Say) -> tuple[tuple[str, Runs], ...]:
    """What the cover says: when, where, which version, how the paper is handled."""
    scenario = of.scenario
    rule = _("What is said here may be used; who said it, and for whom, stays in the room.")
    rows = [
        (_("Dates"), told(of.dates) or BLANK),
        (_("Place"), told(of.place) or BLANK),
        (_("Version"), said(scenario.version)),
        (_("Handling"), (Run(scenario.tlp, bold=True), Run(". " + _(TLP[scenario.tlp])))),
    ]
    if scenario.chatham_house:
        rows.append((_("Rule"), (Run(_("Chatham House Rule"), bold=True), Run(". " + rule))))
    return tuple(rows)


def fiction(_: Say) -> str:
    """The sentence that everything in a scenario is invented."""
    return _(
        "Everything in this scenario is invented: states, places, ships, firms, people and events. "
        "Nothing in it describes a real situation or the position of a real government."
    )


def purpose(of: Beforehand, _: Say) -> Iterator[Block]:
    """Purpose and scope, objectives, capabilities."""
    scenario = of.scenario
    leads = [
        (Run(named + ": ", bold=True),
         *((*said(day.title), Run(". ")) if named.casefold() != day.title.casefold() else ()),
         *said(day.theme), Run(" ("), *said(lead(scenario, day)), Run(")."))
        for day in scenario.days
        for named in [_("Day {n}").format(n=day.day)]
    ]  # fmt: skip
    yield Heading(1, _("Purpose and scope"))
    yield Text(
        told(
            _(
                "This is a discussion-based tabletop exercise. Delegations follow a fictional course of events, answer "
                "questions about it, and compare what each of them would do. What they find missing is written down as "
                "gaps, from which an improvement plan is made."
            )
        )
    )
    many = len(scenario.days)
    if many == 1:
        yield Text(told(_("The exercise has one day, which one working group leads:")))
    else:
        yield Text(told(_("The exercise has {n} days. One working group leads each of them:").format(n=many)))
    yield Items(tuple((Text(line),) for line in leads))
    yield Heading(2, _("Objectives"))
    yield _named(scenario.objectives, _("Objective"), _)
    yield Heading(2, _("Capabilities"))
    yield Text(told(_("What has to be able to happen for the objectives to be met.")), "soft")
    yield _named(scenario.capabilities, _("Capability"), _)


def _named(things: Mapping[str, Named], noun: str, _: Say) -> Table:
    if not any(one.about for one in things.values()):
        short = tuple((told(ident, bold=True), said(one.name)) for ident, one in things.items())
        return Table(("", noun), short, (9, 96), title=noun)
    rows = tuple((told(ident, bold=True), said(one.name, bold=True), said(one.about)) for ident, one in things.items())
    return Table(("", noun, _("What it means")), rows, (9, 34, 62), title=noun)


def lead(scenario: Scenario, day: Day) -> str:
    """The name of the group that leads a day."""
    return scenario.groups[day.lead].name if day.lead in scenario.groups else day.lead


def groups(of: Beforehand, _: Say) -> Iterator[Block]:
    """Who takes part: working groups, and the roles people have."""
    scenario = of.scenario
    own = scenario.respond_as == "own_procedures"
    roles = (
        (_("Delegate"), _("Answers for a state or an organisation, together with the others of the delegation.")),
        (_("Head of delegation"), _("Confirms the answer that stands as the delegation's.")),
        (_("Facilitator"), _("Releases the developments, leads the discussion, keeps the time.")),
        (_("Evaluator"), _("Writes observations against the objectives. Delegations are not rated.")),
        (_("Rapporteur"), _("Sums up a table's or a day's discussion, for plenary to approve.")),
        (_("Analyst"), _("Reads the record afterwards and writes the report.")),
    )
    yield Heading(1, _("Participants and groups"))
    yield Text(
        told(
            _("Everybody answers for the own delegation, from its real law, plans and practice.")
            if own
            else _("Everybody answers in the role that was given to the delegation.")
        )
    )
    yield Table(
        (_("Role"), _("What it does")),
        tuple((told(name, bold=True), told(does)) for name, does in roles),
        (30, 75),
        title=_("Roles"),
    )
    yield Heading(2, _("Working groups"))
    yield Table(
        (_("Group"), _("What it is for"), _("Leads")),
        tuple(
            (
                (Run(ident, bold=True), Run("\n"), *said(one.name)),
                said(one.about),
                told(", ".join(_("Day {n}").format(n=day.day) for day in scenario.days if day.lead == ident)),
            )
            for ident, one in scenario.groups.items()
        ),
        (40, 52, 13),
        title=_("Working groups"),
    )


def rules(of: Beforehand, _: Say) -> Iterator[Block]:
    """Rules, and what is taken as given."""
    scenario = of.scenario
    yield Heading(1, _("Rules"))
    if scenario.rules:
        yield Items(tuple((Text(said(line)),) for line in scenario.rules), 1)
    yield Heading(2, _("Handling of this paper"))
    yield Text(
        (Run(scenario.tlp, bold=True), Run(" (Traffic Light Protocol 2.0): "), Run(_(TLP[scenario.tlp]))),
    )
    if scenario.chatham_house:
        yield Text(
            (
                Run(_("Chatham House Rule"), bold=True),
                Run(": "),
                Run(
                    _(
                        "participants may use what they hear, but reveal neither who said it, nor for whom, nor who "
                        "else took part. The label and the Rule are two things; both hold."
                    )
                ),
            )
        )
    if scenario.assumptions:
        yield Heading(1, _("Assumptions and artificialities"))
        yield Text(told(_("What is taken as given, so that the discussion can be about the rest.")), "soft")
        yield Items(tuple((Text(said(line)),) for line in scenario.assumptions))


def agenda(of: Beforehand, _: Say) -> Iterator[Block]:
    """Every day's sessions, breaks and talks, with their times."""
    yield Heading(1, _("Agenda"))
    for day in of.scenario.days:
        yield Heading(2, day.title, own=True, label=_("Day {n}").format(n=day.day), listed=False)
        yield timetable(day, _)


def timetable(day: Day, _: Say) -> Table:
    """One day's agenda."""
    rows = tuple(
        (
            told(span(one.start, one.minutes)),
            (*said(one.title, bold=one.kind != "break", italic=one.kind == "break"), *_speaking(one)),
            told(_(SESSIONS[one.kind])),
            told(str(one.minutes)),
        )
        for one in sorted(day.sessions, key=lambda one: one.start)
    )
    return Table((_("Time"), _("What"), _("Kind"), _("Minutes")), rows, (20, 58, 15, 12), (3,), _("Agenda"), (0,))


def _speaking(session: Session) -> Iterator[Run]:
    """A session's speakers, a line each: name, office, and what about."""
    for one in session.speakers:
        yield Run("\n")
        yield from said(one.name)
        if one.role is not None:
            yield from said(f", {one.role}")
        if one.topic is not None:
            yield from said(f": {one.topic}", italic=True)


def background(of: Beforehand, _: Say) -> Iterator[Block]:
    """The situation before anything happens, and the map."""
    yield Heading(1, _("Background"))
    yield from prose(of.scenario.summary)
    yield Box("notice", _("Fictional"), (Text(told(fiction(_))),))
    if of.chart is not None:
        yield Figure(
            of.chart,
            "svg",
            _("Map of the fictional region with {places}.").format(places=_places(of.scenario)),
            _("The region before the first development. Invented, and not to be used for navigation."),
            own=False,
        )


def _places(scenario: Scenario) -> str:
    return ", ".join(place.name for place in scenario.map.places.values())


def glossary(of: Beforehand, _: Say) -> Iterator[Block]:
    """The exercise's terms, and the organisations that can be named."""
    terms = (
        (_("Delegation"), _("Whom a participant represents: a state or an organisation.")),
        (_("Development"), _("A piece of the story, released to some or all delegations. Facilitators say inject.")),
        (_("Gap"), _("A shortfall that was found, with its evidence, its cause and somebody who looks after it.")),
        (_("Hot wash"), _("The review right after a day: strengths, gaps and surprises, table by table.")),
        (_("Plenary"), _("The whole room, and the large screen everybody sees.")),
        (_("Session"), _("A timed block of a day's agenda.")),
        (_("Table"), _("People who sit and answer together.")),
    )  # fmt: skip
    yield Heading(1, _("Glossary"))
    yield Facts(tuple((name, told(means)) for name, means in terms))
    if of.scenario.glossary:
        yield Facts(tuple((one.name, said(one.about)) for one in of.scenario.glossary.values()))
    if of.scenario.organisations:
        yield Heading(2, _("Organisations"))
        yield Text(told(_("Bodies that a delegation may say it would contact.")), "soft")
        yield Table(
            (_("Organisation"), _("What it does")),
            tuple((said(one.name, bold=True), said(one.about)) for one in of.scenario.organisations.values()),
            (40, 65),
            title=_("Organisations"),
        )


def emergency(of: Beforehand, _: Say) -> Iterator[Block]:
    """What to do when something real happens, and whom to call; to be filled in."""
    yield NewPage()
    yield Heading(1, _("If something real happens"))
    yield Box(
        "notice",
        _("Real-world emergency"),
        (
            Text(told(_("Say \u201creal-world emergency\u201d. A real event always goes before the exercise."))),
            Items(
                (
                    (Text(told(_("The lead facilitator stops the exercise on every screen at once."))),),
                    (Text(told(_("Whoever is in danger or ill gets help first; call the number below."))),),
                    (Text(told(_("Nobody goes on writing or discussing until the lead facilitator says so."))),),
                    (Text(told(_("Never pass on a development of this exercise as news, by any channel."))),),
                ),
                1,
            ),
        ),
    )
    yield Heading(2, _("Contacts"))
    days = [
        (Run(_("Lead of day {n}").format(n=day.day), bold=True), Run("\n"), *said(lead(of.scenario, day)))
        for day in of.scenario.days
    ]
    rows = [
        told(_("Exercise director"), bold=True),
        told(_("Lead facilitator"), bold=True),
        *days,
        told(_("Lead evaluator"), bold=True),
        told(_("Help with tablets and network"), bold=True),
        told(_("Venue, first aid, security"), bold=True),
        told(_("Emergency number at the venue"), bold=True),
    ]
    yield Table(
        (_("Who"), _("Name"), _("Telephone"), _("Where")),
        tuple((joined([one]), (), (), ()) for one in rows),
        (34, 30, 24, 17),
        title=_("Contacts"),
    )
    yield Text(told(_("To be filled in before this paper is handed out.")), "soft")
