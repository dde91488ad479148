"""An inject as a delegate will see it, from the very templates delegates get, and the map as it stands after it.

What is half written is shown as far as it goes: a field that is not right yet is left out or stands as three dots.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from immutables import Map as Frozen
from markupsafe import Markup
from pydantic import ValidationError

from ttx.exercise.atlas import Atlas, draw
from ttx.exercise.entries import Delegation
from ttx.exercise.rights import Seat
from ttx.exercise.state import Progress, State, Status
from ttx.pages import regions
from ttx.pages.around import Around
from ttx.pages.environment import Pages
from ttx.scenario.editions import edition
from ttx.scenario.graph import Graph, build
from ttx.scenario.model import Day, Inject, Map, Question, Scenario, Session
from ttx.scenario.roster import Role
from ttx.scenario.translations import translated
from ttx.web.author_forms import mapping
from ttx.web.author_frame import Reading, items_of

DOTS = "..."
_STANDS_IN: Mapping[str, object] = {
    "id": "X",
    "kind": "contextual",
    "title": DOTS,
    "at": "09:00",
    "session": "s",
    "sender": DOTS,
    "channel": "report",
    "text": DOTS,
}
_SEAT = Seat("", "", Role.HEAD, "delegation", None, submits=True)


def languages_of(read: Reading) -> tuple[str, ...]:
    """The languages in which delegates may read the scenario; first the one it is written in."""
    return (read.scenario.language, *sorted(read.scenario.translations)) if read.scenario is not None else ()


def inject_preview(
    pages: Pages, read: Reading, day: int, raw: Mapping[str, object], language: str | None = None
) -> Markup:
    """The development, its questions and the map, of an inject in plain data that may be half written.

    In another language it is what a delegate who reads that gets: what is translated, and the rest as it is written.
    """
    inject = _readable(raw)
    if read.scenario is None or read.graph is None:
        return Markup("")
    language = language if language in languages_of(read) else read.scenario.language
    atlas = draw(translated(read.scenario, language).map, [*told_before(read.graph, str(raw.get("id")), day), inject])
    drawn = [_drawn(pages, read.scenario, day, inject, region, language) for region in _regions(inject)]
    whom = inject.to if not inject.to.all else None
    return pages.render(
        "author/preview.html", "en", regions=drawn, atlas=atlas, whom=whom, changes=bool(inject.map), reads=language
    )


def map_preview(pages: Pages, raw: object) -> Markup:
    """The whole map, with all that may ever be drawn on it, from plain data that may be half written."""
    chart = _chart(raw)
    tokens = draw(chart, [_readable({"map": [{"do": "show", "what": name} for name in chart.tokens]})]).tokens
    atlas = Atlas(chart.width, chart.height, chart.land, chart.places, chart.routes, chart.borders, tokens, (), {})
    return pages.render("author/preview.html", "en", regions=(), atlas=atlas, whom=None, changes=True)


def told_before(graph: Graph, inject: str, day: int) -> list[Inject]:
    """What was told when the story comes to this inject: on its own day what leads to it, on the days before it what
    is told where every decision takes its default, or else its first option."""
    told: list[Inject] = []
    for one in graph.scenario.days:
        if one.day > day:
            break
        here = {each.id for each in one.injects}
        wanted = _leading_to(graph, inject, here) if one.day == day else _by_default(graph, one, here)
        told += [each for each in one.injects if each.id in wanted and each.id != inject]
    return told


def _leading_to(graph: Graph, inject: str, here: set[str]) -> set[str]:
    found, ahead = set[str](), [inject]
    while ahead:
        one = ahead.pop()
        if one in here and one not in found:
            found.add(one)
            ahead += [step.source for step in graph.before.get(one, ())]
    return found


def _by_default(graph: Graph, day: Day, here: set[str]) -> set[str]:
    found: set[str] = set()
    ahead = [each.id for each in day.injects if each.id in graph.entries]
    while ahead:
        one = ahead.pop()
        if one not in here or one in found:
            continue
        found.add(one)
        branch = graph.injects[one].branch
        taken = None if branch is None else branch.default or next(iter(branch.options))
        ahead += [step.target for step in graph.after[one] if step.option == taken]
    return found


def _regions(inject: Inject) -> list[str]:
    return [f"development:{inject.id}", *(f"question:{inject.id}:{one.id}" for one in inject.questions)]


def _drawn(pages: Pages, scenario: Scenario, day: int, inject: Inject, region: str, language: str) -> Markup:
    now = datetime.now(UTC)
    agenda = Session(id="s", title=DOTS, start="09:00", minutes=60)
    alone = Day(day=day, title=DOTS, theme=DOTS, lead="x", sessions=(agenda,), injects=(inject,))
    story = build(scenario.model_copy(update={"days": (alone,)}))
    state = State(
        Frozen(),
        seq=1,
        at=now,
        delegations=Frozen({"delegation": Delegation(name=DOTS, groups=(), tables=())}),
        status=Status.RUNNING,
        day=day,
        opened=Frozen({day: now}),
        progress=Frozen({inject.id: Progress("released", now, 1, now)}),
        out=(inject.id,),
    )
    audience = regions.Audience.of(replace(_SEAT, language=language))
    if audience is None:
        return Markup("")
    return regions.draw(pages, edition(story, language), state, Around(), audience, region)


def _readable(raw: Mapping[str, object]) -> Inject:
    """An inject of what can be read; the rest as it would stand if nobody had written it yet."""
    fields: dict[str, object] = {**_STANDS_IN, **{name: one for name, one in raw.items() if one not in (None, "")}}
    fields["questions"] = [one for one in map(_question, items_of(raw, "questions")) if one is not None]
    for field in ("next", "needs", "when", "branch"):
        fields.pop(field, None)
    fields["kind"] = "contextual"
    fields["map"] = [step for step in items_of(raw, "map") if _holds("map", [step])]
    for field in [name for name, one in fields.items() if name not in ("questions", "map") and not _holds(name, one)]:
        fields.pop(field)
        if field in _STANDS_IN:
            fields[field] = _STANDS_IN[field]
    return Inject.model_validate(fields)


def _holds(field: str, value: object) -> bool:
    try:
        Inject.model_validate({**_STANDS_IN, field: value})
    except ValidationError:
        return False
    return True


def _question(raw: Mapping[str, object]) -> Question | None:
    """A question as far as it is written; one without words yet is none."""
    ask = str(raw.get("ask") or "").strip()
    if not ask:
        return None
    options = {key: str(one or DOTS) for key, one in mapping(raw.get("options")).items()}
    for tried in (
        {name: one for name, one in raw.items() if one not in (None, "")},
        {"id": raw.get("id"), "kind": raw.get("kind"), "ask": ask, "options": {**options, "+1": DOTS, "+2": DOTS}},
        {"id": "q", "ask": ask[:400]},
    ):
        try:
            return Question.model_validate(tried)
        except ValidationError:
            continue
    return None


def _chart(raw: object) -> Map:
    """A map of what can be read."""
    written = mapping(raw)
    kept: dict[str, object] = {
        field: {key: one for key, one in mapping(written[field]).items() if _fits(field, {key: one})}
        for field in ("places", "routes", "tokens", "borders")
    }
    kept |= {field: written[field] for field in ("width", "height", "land") if _fits(field, written[field])}
    return Map.model_validate(kept)


def _fits(field: str, value: object) -> bool:
    try:
        Map.model_validate({field: value})
    except ValidationError:
        return False
    return True
