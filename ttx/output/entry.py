"""One inject as it stands in the controller's handbook: all that is written of it, and what follows."""

from collections.abc import Iterator, Mapping

from ttx.output.labels import CHANNELS, DECIDERS, KINDS, PHASES, QUESTIONS, VOICES, Say, audience, span, spot
from ttx.output.paper import (
    Block,
    Box,
    Facts,
    Figure,
    Heading,
    Items,
    Run,
    Runs,
    Table,
    Text,
    around,
    joined,
    rightward,
    said,
    told,
)
from ttx.output.prose import prose
from ttx.scenario.graph import Graph
from ttx.scenario.model import (
    Alert,
    Branch,
    Inject,
    MapStep,
    Move,
    Option,
    Question,
    QuestionKind,
    Session,
    Show,
    Value,
)
from ttx.scenario.phrasing import labels, phrase, spelt


def inject(graph: Graph, one: Inject, pictures: Mapping[str, bytes], _: Say) -> Iterator[Block]:
    """Everything about an inject. A picture that is not among `pictures` is named and described instead."""
    yield Heading(2, one.title, own=True, label=one.id)
    yield _facts(graph, one, _)
    message: list[Block] = list(prose(one.text))
    if one.picture is not None:
        content = pictures.get(one.picture.file)
        kind = one.picture.file.rpartition(".")[2]
        if content is not None:
            message.append(Figure(content, kind, one.picture.alt, one.picture.caption or "", 0.5))
        else:
            message.append(Text((Run(_("Picture") + ": "), *said(one.picture.alt, italic=True))))
    as_read = _("As delegations read it")  # babel finds nothing within an f-string
    head = f"{as_read}  \u00b7  {_(CHANNELS[one.channel])}  \u00b7  {one.sender}"
    yield Box("message", head, tuple(message))
    if one.questions:
        yield Heading(3, _("Questions"), listed=False)
        yield Items(tuple(tuple(_question(asked, _)) for asked in one.questions), 1)
    if one.branch is not None:
        yield Heading(3, _("Options"), listed=False)
        yield options(graph, one, _)
    if one.expected or one.notes:
        team: list[Block] = []
        if one.expected:
            team.append(Text(told(_("Expected to be heard"), bold=True)))
            team.append(Items(tuple((Text(said(line)),) for line in one.expected)))
        if one.notes:
            team += prose(one.notes)
        yield Box("team", _("For facilitators only"), tuple(team))
    if one.map:
        yield Heading(3, _("On the map"), listed=False)
        yield Items(tuple((Text(_step(graph, step, _)),) for step in one.map))


def _facts(graph: Graph, one: Inject, _: Say) -> Facts:
    scenario = graph.scenario
    session = next((block for block in _sessions(graph, one) if block.id == one.session), None)
    if one.plenary is None or one.plenary == one.to.all:
        screen = ""
    else:
        screen = _("; shown in plenary too") if one.plenary else _("; not shown in plenary")
    when = Run(span(one.at, one.minutes), bold=True)
    storyline = scenario.storylines.get(one.storyline or "")
    rows: list[tuple[str, Runs]] = [
        (_("When"), (when, Run("  " + _("{n} minutes").format(n=one.minutes)))),
        (_("In the story"), said(one.story or "")),
        (_("Kind"), told(_(KINDS[one.kind]))),
        (_("Decided by"), told(decider(one.branch, _)) if one.branch is not None else ()),
        (_("To"), (*said(audience(one.to, _)), *told(screen))),
        (_("Session"), said(session.title if session is not None else "")),
        (_("Objectives"), said(", ".join(one.objectives))),
        (_("Phase"), told(_(PHASES[one.phase])) if one.phase is not None else ()),
        (_("Capabilities"), said(", ".join(one.capabilities))),
        (_("Storyline"), said(storyline.name if storyline is not None else "")),
        (_("Then"), told(follows(graph, one, _))),
        (_("Only when"), joined(_conditions(graph, one, _))),
    ]
    return Facts(tuple((name, runs) for name, runs in rows if runs), pairs=True)


def _sessions(graph: Graph, one: Inject) -> Iterator[Session]:
    for day in graph.scenario.days:
        if day.day == graph.day_of.get(one.id):
            yield from day.sessions


def _conditions(graph: Graph, one: Inject, _: Say) -> Iterator[Runs]:
    if one.when is not None:
        yield said(phrase(one.when, labels(graph.scenario), _))
    if one.needs:
        yield told(_("after {injects}").format(injects=", ".join(one.needs)))


def follows(graph: Graph, one: Inject, _: Say) -> str:
    """What comes after an inject, in a few words: ids, with the option or condition they depend on."""
    if one.reserve:
        return _("on no path")
    steps = graph.after.get(one.id, ())
    if one.branch is not None:
        return "\n".join(f"{step.option}: {step.target}" for step in steps) or _("nothing")
    if not steps:
        return _("end of the day")
    return "\n".join(_conditional(graph, step.target, _) for step in steps)


def _conditional(graph: Graph, target: str, _: Say) -> str:
    """A target; where it has a condition, with those that stand behind it until one comes without."""
    waiting: list[str] = []
    while target in graph.conditions and target not in waiting:
        waiting.append(target)
        later = [step.target for step in graph.after.get(target, ())]
        if not later:
            return _("{injects} on condition").format(injects=" / ".join(waiting))
        target = later[0]
    if not waiting:
        return target
    return _("{injects} on condition, else {last}").format(injects=" / ".join(waiting), last=target)


def decider(branch: Branch, _: Say) -> str:
    """Who takes a decision, and by which rules where it is voted on."""
    who = _(DECIDERS[branch.by])
    if branch.by not in ("delegations", "tables"):
        return who
    rules = (
        _("hidden until it is revealed") if branch.hidden else _("open"),
        _("quorum of {n} per cent").format(n=branch.quorum),
        _("its result is the decision") if branch.binding else _("advice to the facilitator"),
    )
    return f"{who}: {', '.join(rules)}"


def options(graph: Graph, one: Inject, _: Say) -> Table:
    """The options of a decision: what is agreed, what comes next, what it sets, what that changes later."""
    branch = one.branch
    rows: list[tuple[Runs, ...]] = []
    for key, option in branch.options.items() if branch is not None else ():
        default = branch is not None and branch.default == key
        target = graph.injects.get(option.next)
        rows.append(
            (
                said(key, bold=True),
                (*said(option.label), *told("\n" + _("Taken when skipped.") if default else "")),
                (*said(option.next, bold=True), *said("  " + target.title if target is not None else "")),
                joined((_set(graph, name, value) for name, value in option.set.items())),
                joined(_later(graph, one, option, _)),
            )
        )
    head = ("", _("What is decided"), _("Then"), _("Sets"), _("Changes later"))
    return Table(head, tuple(rows), (6, 30, 30, 24, 26), title=_("Options"))


def _set(graph: Graph, name: str, value: Value) -> Runs:
    variable = graph.scenario.variables.get(name)
    label = variable.label if variable is not None and variable.label else name
    return (*said(f"{label}: "), *said(spelt(value), bold=True))


def _later(graph: Graph, one: Inject, option: Option, _: Say) -> Iterator[Runs]:
    """Injects whose condition reads what this option sets; whether it then holds where that alone decides."""
    order = list(graph.injects)
    readers = dict.fromkeys(name for variable in option.set for name in graph.read_by.get(variable, ()))
    for name in sorted(readers, key=order.index):
        if order.index(name) < order.index(one.id):
            continue
        condition = graph.conditions[name]
        if condition.words & graph.scenario.variables.keys() <= option.set.keys():
            holds = _("is told") if condition.holds(option.set) else _("is passed by")
        else:
            holds = _("may change")
        yield (Run(name, bold=True), Run(f" {holds}"))


def _question(asked: Question, _: Say) -> Iterator[Block]:
    hint = _(QUESTIONS[asked.kind])
    if asked.kind is QuestionKind.SCALE and (asked.low or asked.high):
        hint += f": 1 {asked.low or ''} \u2013 5 {asked.high or ''}"
    objectives = f"  \u00b7  {', '.join(asked.objectives)}" if asked.objectives else ""
    expected = f"  \u00b7  {_('Expected')}: {', '.join(asked.expects)}" if asked.expects else ""
    voice = f"  \u00b7  {_(VOICES[asked.voice])}" if asked.voice is not None else ""
    yield Text((*said(asked.ask), Run(f"\n{hint}{voice}{objectives}{expected}", italic=True)))
    if asked.options:
        yield Items(tuple((Text(_option(key, label)),) for key, label in asked.options.items()))


def _option(key: str, label: str) -> Runs:
    """An option's key and label, set the way the label runs: a right-to-left mark says so before the key."""
    mark = "\u200f" if rightward(label) else ""
    return (Run(f"{mark}{key}  ", bold=True, own=True), *said(label))


def _people(many: int | None, _: Say) -> Runs:
    """How many people a step says, if it does."""
    return told(f" {_('How many people')}: {many:,}.") if many is not None else ()


def _step(graph: Graph, step: MapStep, _: Say) -> Runs:
    """A map step in words."""
    chart = graph.scenario.map
    things = {**chart.routes, **chart.borders, **chart.tokens, **chart.places}

    def name(ident: str) -> str:
        return things[ident].name if ident in things else ident

    match step:
        case Move(token=token, route=str() as route):
            way = around(_("{token}: travels along \u201c{route}\u201d."), token=name(token), route=name(route))
            return (*way, *_people(step.people, _))
        case Move(token=token, to=to):
            return around(_("{token}: goes to {place}."), token=name(token), place=spot(graph.scenario, to, _))
        case Show(do="show", what=what):
            return (*around(_("\u201c{what}\u201d appears."), what=name(what)), *_people(step.people, _))
        case Show(what=what):
            return around(_("\u201c{what}\u201d is taken away."), what=name(what))
        case Alert(place=place, label=label):
            where = spot(graph.scenario, place, _)
            return around(_("Alert at {place}: {label}"), place=where, label=label or _("no words"))
