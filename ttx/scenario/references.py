"""Whether every id is given once, and every id that is named exists."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ttx.scenario.findings import perhaps
from ttx.scenario.material import Location
from ttx.scenario.model import Alert, Inject, Move, Scenario, Show
from ttx.scenario.readings import Note, placed


def repeated(scenario: Scenario) -> Iterator[Note]:
    """Ids that are given twice: injects, sessions of a day, their speakers, questions of an inject, map pieces."""
    first: dict[str, int] = {}
    for location, inject in placed(scenario):
        day = scenario.days[int(str(location[1]))].day
        if inject.id in first:
            yield Note(
                (*location, "id"),
                f"{inject.id} is the id of two injects, the first on day {first[inject.id]}; give this one another.",
            )
        first.setdefault(inject.id, day)
        ids = [question.id for question in inject.questions]
        for number, ident in enumerate(ids):
            if ident in ids[:number]:
                yield Note(
                    (*location, "questions", number, "id"),
                    f"{inject.id} has two questions '{ident}'; give this one another id.",
                )
    for number, written in enumerate(scenario.days):
        sessions = [session.id for session in written.sessions]
        for place, ident in enumerate(sessions):
            if ident in sessions[:place]:
                yield Note(
                    ("days", number, "sessions", place, "id"),
                    f"Day {written.day} has two sessions '{ident}'; give this one another id.",
                )
            speakers = [one.id for one in written.sessions[place].speakers]
            for at, speaker in enumerate(speakers):
                if speaker is not None and speaker in speakers[:at]:
                    yield Note(
                        ("days", number, "sessions", place, "speakers", at, "id"),
                        f"Session '{ident}' has two speakers '{speaker}'; give this one another id.",
                    )
    chart = scenario.map
    for part, others in (("borders", chart.routes), ("tokens", {**chart.routes, **chart.borders})):
        for ident in getattr(chart, part).keys() & others.keys():
            yield Note(
                ("map", part, ident),
                f"Two pieces of the map are called '{ident}', and a map step could mean either; rename one.",
            )


class _Kind(NamedTuple):
    """What a word should name: its noun, the ids there are, where those stand, and whose they are."""

    noun: str
    known: Collection[str]
    sought: Location
    holder: str = "the scenario"


class _Mention(NamedTuple):
    """A word that should name something, and who says it."""

    location: Location
    who: str
    word: str
    kind: _Kind


def unknown(scenario: Scenario) -> Iterator[Note]:
    """Ids that are named and do not exist, but for steps."""
    for location, who, word, kind in _mentions(scenario):
        if word not in kind.known:
            yield Note(
                location,
                f"{who} names the {kind.noun} '{word}', which {kind.holder} does not have{perhaps(word, kind.known)}",
                sought=kind.sought,
            )


def _mentions(scenario: Scenario) -> Iterator[_Mention]:
    groups = _Kind("group", scenario.groups, ("groups",))
    injects = frozenset(inject.id for day in scenario.days for inject in day.injects)
    needed = _Kind("inject", injects, ("days",))
    kinds = _Kinds(scenario)
    for number, day in enumerate(scenario.days):
        place: Location = ("days", number)
        sessions = _Kind("session", {session.id for session in day.sessions}, (*place, "sessions"), f"day {day.day}")
        yield _Mention((*place, "lead"), f"Day {day.day}", day.lead, groups)
        for index, inject in enumerate(day.injects):
            at = (*place, "injects", index)
            yield _Mention((*at, "session"), inject.id, inject.session, sessions)
            yield from _each((*at, "needs"), inject.id, inject.needs, needed)
            yield from kinds.of(at, inject)
    for ident, token in scenario.map.tokens.items():
        if isinstance(token.at, str):
            yield _Mention(("map", "tokens", ident, "at"), f"Token {ident}", token.at, kinds.places)


def _each(location: Location, who: str, words: Iterable[str], kind: _Kind) -> Iterator[_Mention]:
    for index, word in enumerate(words):
        yield _Mention((*location, index), who, word, kind)


class _Kinds:
    """What the words of an inject may name in the scenario and on its map."""

    def __init__(self, scenario: Scenario) -> None:
        chart = scenario.map
        self.objectives = _Kind("objective", scenario.objectives, ("objectives",))
        self.capabilities = _Kind("capability", scenario.capabilities, ("capabilities",))
        self.groups = _Kind("group", scenario.groups, ("groups",))
        self.storylines = _Kind("storyline", scenario.storylines, ("storylines",))
        self.variables = _Kind("variable", scenario.variables, ("variables",))
        self.places = _Kind("place", chart.places, ("map", "places"), "the map")
        self.routes = _Kind("route", chart.routes, ("map", "routes"), "the map")
        self.tokens = _Kind("token", chart.tokens, ("map", "tokens"), "the map")
        drawn = {*chart.routes, *chart.borders, *chart.tokens, *chart.places}
        self.drawn = _Kind("route, border, token or place", drawn, ("map", "borders"), "the map")

    def of(self, at: Location, inject: Inject) -> Iterator[_Mention]:
        yield from _each((*at, "objectives"), inject.id, inject.objectives, self.objectives)
        yield from _each((*at, "capabilities"), inject.id, inject.capabilities, self.capabilities)
        yield from _each((*at, "to", "groups"), inject.id, inject.to.groups, self.groups)
        if inject.storyline is not None:
            yield _Mention((*at, "storyline"), inject.id, inject.storyline, self.storylines)
        for number, question in enumerate(inject.questions):
            place = (*at, "questions", number, "objectives")
            yield from _each(place, inject.id, question.objectives, self.objectives)
        if inject.branch is not None:
            branch = (*at, "branch")
            for key, option in inject.branch.options.items():
                for word in option.set:
                    place = (*branch, "options", key, "set", word)
                    yield _Mention(place, inject.id, word, self.variables)
            if inject.branch.default is not None:
                options = _Kind("option", inject.branch.options, (*branch, "options"), "its branch")
                yield _Mention((*branch, "default"), inject.id, inject.branch.default, options)
        for number, step in enumerate(inject.map):
            yield from self.drawn_by((*at, "map", number), inject.id, step)

    def drawn_by(self, at: Location, who: str, step: Move | Show | Alert) -> Iterator[_Mention]:
        match step:
            case Move(token=token, route=route, to=to):
                yield _Mention((*at, "token"), who, token, self.tokens)
                if route is not None:
                    yield _Mention((*at, "route"), who, route, self.routes)
                if isinstance(to, str):
                    yield _Mention((*at, "to"), who, to, self.places)
            case Show(do=do, what=what, people=people):
                widens = do == "show" and people is not None
                yield _Mention((*at, "what"), who, what, self.routes if widens else self.drawn)
            case Alert(place=place):
                if isinstance(place, str):
                    yield _Mention((*at, "place"), who, place, self.places)


def astray(scenario: Scenario) -> Iterator[Note]:
    """Steps that lead to no inject on the day's paths, and branches without a default."""
    everywhere = {inject.id: scenario.days[int(str(place[1]))].day for place, inject in placed(scenario)}
    for number, day in enumerate(scenario.days):
        path = _Kind(
            "inject",
            frozenset(inject.id for inject in day.injects if not inject.reserve),
            ("days", number, "injects"),
            f"day {day.day}",
        )
        for index, inject in enumerate(day.injects):
            for location, target in _steps(("days", number, "injects", index), inject):
                if target not in path.known:
                    yield _astray(location, inject, target, everywhere, path, day.day)
            if inject.branch is not None and inject.branch.default is None:
                yield Note(
                    ("days", number, "injects", index, "branch", "default"),
                    f"The branch of {inject.id} has no default, the option that is taken when the decision "
                    f"is skipped; write default: {next(iter(inject.branch.options))}.",
                )
            if inject.reserve and inject.next:
                yield Note(
                    ("days", number, "injects", index, "next"),
                    f"{inject.id} is held in reserve, so its next is never used; leave it out.",
                    "warning",
                )


def _steps(at: Location, inject: Inject) -> Iterator[tuple[Location, str]]:
    for index, target in enumerate(inject.next or ()):
        yield (*at, "next", index), target
    for key, option in inject.branch.options.items() if inject.branch is not None else ():
        yield (*at, "branch", "options", key, "next"), option.next


def _astray(location: Location, inject: Inject, target: str, everywhere: dict[str, int], path: _Kind, day: int) -> Note:
    if target not in everywhere:
        meant = perhaps(target, path.known)
        sentence = f"{inject.id} leads to '{target}', which {path.holder} does not have{meant}"
        return Note(location, sentence, sought=path.sought)
    if everywhere[target] != day:
        return Note(
            location,
            f"{inject.id} leads to {target}, which belongs to day {everywhere[target]}; "
            "a path stays within its day, and needs: reaches across days.",
        )
    return Note(location, f"{inject.id} leads to {target}, which is held in reserve; a contingency stands on no path.")
