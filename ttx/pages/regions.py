"""Regions: the named pieces a live page is made of. Which ones an audience's page has, and how each is drawn.

A region's id is its kind, or `kind:which`. Its template is `regions/<kind>.html`; its root element carries the
id, and, when it stands in a list, `data-list` and `data-order`, so that a page that has not got it yet knows
where it goes. No region contains a field somebody may be typing in unless that form is `hx-morph-skip`.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import tzinfo
from enum import StrEnum

from markupsafe import Markup

from ttx.exercise import course, earlier, hall, lookback, polls, recap, run_of_show, views
from ttx.exercise.answers import CHANNELS
from ttx.exercise.entries import Logged, kind_of
from ttx.exercise.pace import clock_of
from ttx.exercise.rights import Action, Seat, covers, reach
from ttx.exercise.state import State
from ttx.pages import looking, lookup, room, votes
from ttx.pages.around import NOTHING_SHARED, Around, Shared
from ttx.pages.environment import Pages
from ttx.pages.tongues import tongue
from ttx.scenario.editions import Edition, Provenance
from ttx.scenario.graph import Graph
from ttx.scenario.model import Day, Inject, Session
from ttx.scenario.roster import Role
from ttx.scenario.translations import texts_of


class Page(StrEnum):
    """The live pages. Each has a template of its name."""

    TABLET = "tablet"
    CONSOLE = "console"
    PLENARY = "plenary"
    EVALUATOR = "evaluator"
    RAPPORTEUR = "rapporteur"


OPENS: Mapping[Page, frozenset[Role]] = {
    Page.TABLET: frozenset({Role.HEAD, Role.DELEGATE}),
    Page.CONSOLE: frozenset({Role.DIRECTOR, Role.LEAD_FACILITATOR, Role.TABLE_FACILITATOR}),
    Page.PLENARY: frozenset({Role.PROJECTOR}),
    Page.EVALUATOR: frozenset({Role.EVALUATOR}),
    Page.RAPPORTEUR: frozenset({Role.RAPPORTEUR}),
}
"""The page each role works on. A role absent here has no live page."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a page is drawn for. Two sockets of equal audience show the same, byte for byte.

    `focus` is the inject picked on a console, `leaf` the day it is turned to. `inside` is a delegation's own tablet:
    no other page, not that of somebody who looks at it, has what the delegation keeps among itself. The seat's id is
    left out where nothing depends on it.
    """

    page: Page
    seat: Seat
    focus: str | None = None
    leaf: int | None = None
    inside: bool = False

    def from_inside(self) -> "Audience":
        """The same page for one of the delegation itself."""
        return replace(self, inside=self.page is Page.TABLET and reach(self.seat, Action.DRAFT) is not None)

    @staticmethod
    def of(seat: Seat, focus: str | None = None, leaf: int | None = None) -> "Audience | None":
        """The audience of a seat's own live page; None if its role has none."""
        for page, roles in OPENS.items():
            if seat.role in roles:
                personal = page is Page.EVALUATOR
                return Audience(
                    page,
                    replace(seat, person="") if personal else replace(seat, id="", person=""),
                    focus if page is Page.CONSOLE else None,
                    leaf if page is Page.CONSOLE else None,
                )
        return None


VOLATILE = frozenset({"notice", "table", "comms", "hands", "door"})
"""Kinds that also show something of `Around`; a page that comes back gets them anew."""

TOLD_APART = frozenset({"hands"})
"""Kinds of which `shares` names all that they show of `Around`: what was drawn of them holds whatever changes there."""


def kind(region: str) -> str:
    """The kind of a region."""
    return region.partition(":")[0]


def regions(graph: Graph, state: State, audience: Audience) -> tuple[str, ...]:
    """The ids of all regions this audience's page has now, those of a list in the order they stand in it."""
    seat = audience.seat
    fixed = ("bar", "timer", "notice")
    match audience.page:
        case Page.TABLET:
            told = list(reversed(views.told_to(graph, state, seat)))
            developments = _folded(graph, state, "development", told, "developments")
            questions = {
                f"question:{inject.id}:{one.id}": views.question_order(state, inject, number)
                for inject in told
                for number, one in enumerate(inject.questions, 1)
            }
            column = _column(graph, state, votes.cards(graph, state, seat) | questions)
            own = room.of_tablet(state, seat)
            kept = ("hands", *(f"draft:{one.partition(':')[2]}" for one in questions)) if audience.inside else ()
            looked = (*looking.of_a_table(state, seat), *lookup.of_tablet(graph))
            return (*fixed, *own, *kept, "waiting", *developments, *column, *looked)
        case Page.CONSOLE:
            day = run_of_show.shown_day(graph, state, audience.leaf)
            rows = tuple(row_id(day, one) for one in run_of_show.shown(graph, state, seat, day))
            shown = views.wall_inject(graph, state, seat, audience.focus)
            walls = tuple(f"wall:{name}" for name in views.wall_delegations(state, seat, shown))
            tables = room.of_console(state, seat)
            shows = ("hall", "hall-line") if reach(seat, Action.PUSH) is not None else ()
            ends = ("closing",) if reach(seat, Action.RUN) is not None else ()
            looks = looking.of_control(state, seat)
            first = (*fixed, "undo", "door", "run-head", *rows, "desk", "wall-head")
            return (*first, *walls, "poll", *tables, *shows, *ends, *looks)
        case Page.PLENARY:
            return (*fixed, "stop", "comms-test", "stage")
        case Page.EVALUATOR:
            out = [inject for inject in reversed(views.told_to(graph, state, seat)) if state.released(inject.id)]
            guides = _folded(graph, state, "guide", out, "guides")
            notes = sorted((seq for seq, one in state.noted.items() if one.seat == seat.id), reverse=True)
            own = room.of_tablet(state, seat)
            return (*fixed, *own, "waiting", *guides, *(f"note:{seq}" for seq in notes))
        case Page.RAPPORTEUR:
            told = list(reversed(views.told_to(graph, state, seat)))
            heard = _folded(graph, state, "heard", told, "heards")
            cards = _column(graph, state, votes.cards(graph, state, seat))
            own = room.of_tablet(state, seat)
            return (*fixed, *own, "waiting", *cards, *heard, *looking.of_a_table(state, seat))


def _folded(graph: Graph, state: State, one: str, told: list[Inject], place: str) -> tuple[str, ...]:
    """A list of regions of this kind, the latest first, with the heading over those of earlier days."""
    before = frozenset(earlier.before_today(graph, state))
    today = [f"{one}:{inject.id}" for inject in told if inject.id not in before]
    return (*today, f"earlier:{place}", *(f"{one}:{inject.id}" for inject in told if inject.id in before))


def _column(graph: Graph, state: State, asked: Mapping[str, str]) -> list[str]:
    """What is asked of a page, each with its order: what is latest first, with the heading over earlier days."""
    column = {**asked, "earlier:questions": earlier.earlier(graph, state).order}
    return sorted(column, key=lambda region: float(column[region]), reverse=True)


def may_be_gone(graph: Graph, state: State, audience: Audience, region: str) -> bool:
    """Whether this audience may be told that a region it no longer has is gone.

    An id alone tells of an inject, so only those are named that the page may have shown. Nothing but gaps ever
    leaves a tablet, and nothing the hall's screen.
    """
    if kind(region) in looking.KINDS:
        return looking.may_be_gone(audience.seat, region)
    if audience.page not in (Page.CONSOLE, Page.EVALUATOR):
        return False
    match region.split(":"):
        case ["run", name]:
            inject = course.find(graph, state, name)
            return inject is not None and views.sees_unreleased(state, audience.seat, inject)
        case ["session", _, _]:
            return True
        case ["wall", name]:
            return views.reads_answers(state, audience.seat, name)
        case ["guide", name]:
            return name in state.out
        case _:
            return False


def shares(graph: Graph, state: State, within: Shared, audience: Audience, region: str) -> Hashable:
    """Two audiences for whom this is equal get the same drawing of a region, so it is drawn once. `within` is what the
    delegation shares: until it has begun to answer, its questions look like everybody's."""
    seat = audience.seat
    if audience.page is not Page.TABLET:
        return audience
    match region.split(":"):
        case ["question", inject, question]:
            versions = state.responses.get((inject, question, seat.delegation or ""), ())
            may = seat.submits or seat.delegation in state.may_submit
            own = seat.delegation if audience.inside and versions else None
            return (Page.TABLET, seat.language, may, versions[-1].seq if versions else 0, own)
        case ["draft", inject, question]:
            begun = f"{inject}:{question}" in within.drafts or within.writers(f"{inject}:{question}")
            return (Page.TABLET, seat.language, seat.delegation if begun else None)
        case ["hands"]:
            return (Page.TABLET, seat.language, seat.delegation, seat.role, within.hands)
        case ["vote", inject]:
            taken = recap.taken(graph, state, seat, _inject(graph, state, inject))
            return (Page.TABLET, seat.language, taken, *polls.personal(state, seat, inject))
        case ["choice", inject]:
            return (Page.TABLET, seat.language, seat.table, polls.speaks(state, seat))
        case ["waiting"]:
            return (
                Page.TABLET,
                seat.language,
                views.told_any(graph, state, seat),
                views.begins(graph, state, seat),
            )
        case ["bar"]:
            return (Page.TABLET, seat.language, seat.delegation, seat.table)
        case ["earlier", _]:
            return (Page.TABLET, seat.language)
        case [one, *_] if one in lookup.KINDS:
            return (Page.TABLET, seat.language, lookup.shares(graph, state, seat, region))
        case _:
            return (Page.TABLET, seat.language, looking.shares(seat, region))


def draw(pages: Pages, edition: Edition, state: State, around: Around, audience: Audience, region: str) -> Markup:
    """The HTML of one region, from the edition of the audience's language. The region must be one of its own."""
    context = _context(edition, state, around, audience, region, pages.zone)
    return pages.render(
        f"regions/{kind(region)}.html",
        audience.seat.language,
        region=region,
        page=audience.page.value,
        seat=audience.seat,
        state=state,
        scenario=edition.graph.scenario,
        around=around,
        channels=CHANNELS,
        tongue=lambda address: tongue(None if _reworded(state, address) else edition.language_of(address)),
        **context,
    )


def row_id(day: Day, row: Session | Inject) -> str:
    """The id of a row in a day's run of show."""
    return f"run:{row.id}" if isinstance(row, Inject) else f"session:{day.day}:{row.id}"


def _reworded(state: State, address: str) -> bool:
    """Whether the text at an address reads otherwise than it was written, and so in nobody knows which language."""
    inject, _, name = address.partition(".")
    words = state.reworded.get(inject)
    return words is not None and getattr(words, name, None) is not None


def _context(
    edition: Edition, state: State, around: Around, audience: Audience, region: str, zone: tzinfo | None
) -> dict[str, object]:
    graph, seat = edition.graph, audience.seat
    if kind(region) in room.KINDS:
        return room.context(graph, state, around, seat, audience.focus, region)
    match region.split(":"):
        case ["bar"]:
            return {
                "view": _bar(edition, state),
                "story": views.story_time(graph, state, seat),
                "may_run": reach(seat, Action.RUN) is not None,
            }
        case ["undo"]:
            act = state.act if reach(seat, Action.RUN) is not None else None
            return {
                "act": act,
                "did": kind_of(act.entry) if act is not None else "",
                "about": _about(graph, state, act),
            }
        case ["timer"]:
            return {"view": views.timer(state), "may_run": reach(seat, Action.RUN) is not None}
        case ["notice"]:
            return {
                "view": views.notice(state),
                "recording": around.recording,
                "may_run": reach(seat, Action.RUN) is not None,
            }
        case ["waiting"]:
            told_any, begins = views.told_any(graph, state, seat), views.begins(graph, state, seat)
            return {"waiting": not told_any, "begins": begins, "view": views.bar(graph, state)}
        case ["earlier", place]:
            return {"view": earlier.earlier(graph, state), "place": place}
        case ["development", name]:
            told = views.development(graph, state, _inject(graph, state, name))
            return {"view": told, "provenance": edition.provenance(told.addresses)}
        case ["question", name, asked]:
            inject = _inject(graph, state, name)
            number = [one.id for one in inject.questions].index(asked) + 1
            posed = views.question(state, seat, inject, number)
            people = around.within(seat.delegation) if audience.inside else NOTHING_SHARED
            return {"view": posed, "provenance": edition.provenance(posed.addresses), "people": people}
        case ["draft", name, asked]:
            shared = around.within(seat.delegation)
            return {"drafts": shared.drafts.get(f"{name}:{asked}", ()), "writers": shared.writers(f"{name}:{asked}")}
        case ["hands"]:
            return {"people": around.within(seat.delegation), "may_admit": reach(seat, Action.SEATS) is not None}
        case ["door"]:
            waits = tuple(table for table in around.door if covers(seat, Action.ADMIT, None, table))
            return {"waits": len(waits)}
        case ["run-head"]:
            day = run_of_show.shown_day(graph, state, audience.leaf)
            head = run_of_show.run_head(graph, state, day, zone)
            return {"view": head, "may_run": reach(seat, Action.RUN) is not None, "seal": lookback.seal(state)}
        case ["session", number, name]:
            day = _day(graph, int(number))
            rows = run_of_show.session_rows(graph, state, day, clock_of(state, day, zone))
            row = next(one for one in rows if one.session.id == name)
            return {"view": row, "may_run": reach(seat, Action.RUN) is not None}
        case ["run", name]:
            inject = _inject(graph, state, name)
            day = _day(graph, course.day_of(graph, state, name))
            every = run_of_show.listed(graph, state, day)
            seen = [one for one in run_of_show.shown(graph, state, seat, day) if isinstance(one, Inject)]
            before = seen[seen.index(inject) - 1] if seen.index(inject) else None
            row_now = run_of_show.run_row(graph, state, inject, every.index(inject), clock_of(state, day, zone), seat)
            return {
                "view": row_now,
                "reason": run_of_show.reason(state, row_now, before),
                "opens": before is None or _group(state, before) != _group(state, inject),
                "leaf": audience.leaf,
                "picked": audience.focus == name,
            }
        case ["desk"]:
            desk = views.desk(graph, state, seat, audience.focus)
            voted = desk.inject is not None and desk.inject.branch is not None and desk.inject.id in state.out
            poll = polls.poll(graph, state, seat, desk.inject) if desk.inject is not None and voted else None
            offers = hall.offers(state, desk.inject) if reach(seat, Action.PUSH) is not None else ()
            return {"view": desk, "poll": poll, "provenance": _provenance(edition, desk.inject), "offers": offers}
        case ["wall-head"]:
            shown = views.wall_inject(graph, state, seat, audience.focus)
            return {"view": views.wall_head(graph, state, seat, shown)}
        case ["wall", name]:
            shown = views.wall_inject(graph, state, seat, audience.focus)
            wall = views.wall(state, shown, name) if shown is not None else None
            return {"view": wall, "inject": shown.id if shown is not None else ""}
        case ["stage"]:
            stage = hall.stage(graph, state, seat)
            provenance = edition.provenance(hall.addresses(stage))
            return {"view": stage, "bar": _bar(edition, state), "provenance": provenance, "seal": lookback.seal(state)}
        case ["hall"]:
            return {"view": hall.control(graph, state)}
        case ["hall-line"]:
            return {"view": hall.behind(graph, state)}
        case ["closing"]:
            return {"view": run_of_show.closing(graph, state)}
        case ["vote" | "choice" | "poll", *_]:
            return votes.context(edition, state, seat, audience.focus, region)
        case ["guide", name]:
            inject = _inject(graph, state, name)
            return {"view": views.guide(state, inject), "provenance": _provenance(edition, inject)}
        case ["heard", name]:
            found = lookback.heard(graph, state, seat, _inject(graph, state, name))
            return {"view": found, "provenance": edition.provenance(found.told.addresses)}
        case [one, *_] if one in looking.KINDS:
            return looking.context(state, seat, region)
        case [one, *_] if one in lookup.KINDS:
            return lookup.context(graph, state, seat, region)
        case ["note", seq]:
            return {"seq": int(seq), "view": state.noted[int(seq)]}
        case _:
            raise LookupError(f"no region of this page is called {region}")


def _bar(edition: Edition, state: State) -> views.BarView:
    view = views.bar(edition.graph, state)
    return replace(view, title=edition.titled(view.title))


def _provenance(edition: Edition, inject: Inject | None) -> Provenance | None:
    return edition.provenance(texts_of(inject)) if inject is not None else None


def _group(state: State, inject: Inject) -> str:
    """What a row stands under at the end of the list: the reserve, or what was written during the exercise."""
    return "added" if inject.id in state.added else "reserve" if inject.reserve else ""


def _about(graph: Graph, state: State, act: Logged | None) -> Inject | None:
    """The inject that an act was about, if it was about one."""
    name = getattr(act.entry, "inject", None) if act is not None else None
    return course.find(graph, state, name) if name is not None else None


def _day(graph: Graph, number: int | None) -> Day:
    day = graph.scenario.day(number) if number is not None else None
    if day is None:
        raise LookupError(f"the scenario has no day {number}")
    return day


def _inject(graph: Graph, state: State, name: str) -> Inject:
    inject = course.find(graph, state, name)
    if inject is None:
        raise LookupError(f"no inject is called {name}")
    return inject
