"""What each audience may see, as data. Which injects those are is `sight`; nothing is decided in a template."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from unicodedata import normalize

from ttx.exercise import course, earlier, rights, run_of_show
from ttx.exercise.course import Standing
from ttx.exercise.revisions import Revision, revisions
from ttx.exercise.rights import Action, Reach, Seat
from ttx.exercise.run_of_show import RunRowView, run_row
from ttx.exercise.schedule import Planned
from ttx.exercise.sight import asked as asked
from ttx.exercise.sight import in_hall, receivers, told
from ttx.exercise.sight import reads_answers as reads_answers
from ttx.exercise.sight import sees as sees
from ttx.exercise.sight import sees_unreleased as sees_unreleased
from ttx.exercise.sight import told_to as told_to
from ttx.exercise.state import Announcement, Response, State, Status, Timer
from ttx.scenario.graph import Graph, Step
from ttx.scenario.model import Day, Inject, Picture, Question
from ttx.scenario.worded import worded

ASKED_FOR_FEEDBACK = worded(
    "Please give your feedback now. You find the form in the menu of your page, under Feedback and certificate. "
    "Nobody is told who said what."
)
"""What a form for feedback is announced with, unless in other words: every page says it in its own language."""


@dataclass(frozen=True, slots=True)
class BarView:
    """How the exercise stands: the line at the top of every page."""

    title: str
    tlp: str
    status: Status
    day: Day | None
    next_day: Day | None
    days: int


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What everybody must know now."""

    status: Status
    announcement: Announcement | None


@dataclass(frozen=True, slots=True)
class DevelopmentView:
    """One development on a delegation's screen. A recalled one keeps its title and loses its text."""

    id: str
    order: int
    day: int
    title: str
    sender: str
    channel: str
    text: str
    picture: Picture | None
    released: datetime
    recalled: datetime | None
    to_all: bool

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the texts that are on the screen stand in the scenario; those of a recalled one's text are not."""
        parts = ["title", "sender", *(["text"] if self.recalled is None else [])]
        parts += ["picture.alt", "picture.caption"] if self.picture is not None else []
        return tuple(f"{self.id}.{part}" for part in parts)

    @property
    def handle(self) -> str:
        """The sender's name in a simulated network; none where his name has no Latin letters."""
        plain = normalize("NFKD", self.sender).encode("ascii", "ignore").decode().lower()
        name = "".join(re.findall(r"[a-z0-9]+", plain))[:18]
        return f"@{name}" if name else ""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with its delegation's answer of record and every version before it."""

    inject: str
    order: str
    development: str
    number: int
    question: Question
    versions: tuple[Response, ...]
    recalled: bool
    may_submit: bool
    ended: bool

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """Every version, the newest first, with what it changed."""
        return revisions(self.versions)

    @property
    def of_record(self) -> Response | None:
        """The answer that counts now."""
        return self.versions[-1] if self.versions else None

    @property
    def address(self) -> str:
        """Where the question stands in the scenario."""
        return f"{self.inject}.questions.{self.question.id}"

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the question's texts stand in the scenario."""
        parts = ["ask", *(f"options.{key}" for key in self.question.options), "low", "high"]
        return tuple(f"{self.address}.{part}" for part in parts)


@dataclass(frozen=True, slots=True)
class DeskView:
    """The inject a facilitator has before him: the one he picked, or what comes next.

    `written` is the inject in the scenario's words; `may_plan` whether its release can be planned, which it can before
    the story has got there. `own_table` is the one that somebody who runs no more than that may release it to.
    Where a release goes to some tables only, since tables went different ways, `goes_to` are those and `ways` how the
    story came to them. `to_hall`: the hall's screen gets it with that release.
    `held` is the day that was closed last. `spent`: the picked inject waits for nothing that a facilitator does.
    `receives` names the delegations it is addressed to at each table, without the tables where there are none.
    `left`: where nothing is in hand, what of the open day has not gone out.
    """

    inject: Inject | None
    row: RunRowView | None
    written: Inject | None
    reached: tuple[str, ...]
    picked: bool
    status: Status
    day: Day | None
    may_run: bool
    may_plan: bool
    to_decide: Inject | None
    overdue: tuple[tuple[Inject, Planned], ...]
    own_table: str | None
    goes_to: tuple[str, ...]
    ways: tuple[Step, ...]
    to_hall: bool
    held: int | None
    spent: bool
    receives: Mapping[str, tuple[str, ...]]
    left: tuple[RunRowView, ...]


@dataclass(frozen=True, slots=True)
class WallHeadView:
    """Whose answers the wall shows. `day` is an earlier day: that of these or of `before`, the last that asked then."""

    inject: Inject | None
    answered: int
    asked: int
    day: int | None = None
    before: Inject | None = None


@dataclass(frozen=True, slots=True)
class WallView:
    """One delegation's answers to the wall's inject, question by question."""

    delegation: str
    name: str
    order: int
    answers: tuple[tuple[Question, tuple[Response, ...]], ...]


@dataclass(frozen=True, slots=True)
class GuideView:
    """An evaluator's guide to an inject that is out: what one would expect to hear."""

    inject: Inject
    order: int
    released: datetime


def bar(graph: Graph, state: State) -> BarView:
    """The state of the exercise."""
    day = graph.scenario.day(state.day) if state.day is not None else None
    unopened = [one for one in graph.scenario.days if one.day not in state.opened]
    return BarView(
        state.title or graph.scenario.title,
        graph.scenario.tlp,
        state.status,
        day,
        unopened[0] if unopened else None,
        len(graph.scenario.days),
    )


def story_time(graph: Graph, state: State, seat: Seat) -> str:
    """What time it is in the story for a seat: control said it, or what it or the hall was told since. May be empty.

    It goes on with what the plan has later, by its day and time, and not back: neither with what is taken back, nor
    with what is told again or late. What is in reserve has no place in the plan: it says the time when it comes to
    the hall; at some tables alone it is an aside, and moves no clock.
    """
    said, reached, time = state.story, (0, ""), ""
    for place, name in enumerate(state.out):
        if said is not None and place == said.told:
            time = said.what
        inject = course.find(graph, state, name)
        if inject is None or inject.story is None:
            continue
        if not (in_hall(state, inject) or (sees(state, seat, inject) and not inject.reserve)):
            continue
        planned = reached if inject.reserve else (course.day_of(graph, state, name) or 0, inject.at)
        if planned >= reached:
            time = inject.story
            if said is None or place >= said.told or state.released(name):  # control's word frees what was taken back
                reached = planned
    return said.what if said is not None and said.told == len(state.out) else time


def begins(graph: Graph, state: State, seat: Seat) -> bool:
    """Whether a day is open of which a seat has not been told anything yet."""
    today = (name for name in reversed(state.out) if course.day_of(graph, state, name) == state.day)
    return state.day is not None and all(told(graph, state, seat, name) is None for name in today)


def told_any(graph: Graph, state: State, seat: Seat) -> bool:
    """Whether a seat has been told anything."""
    return any(told(graph, state, seat, name) is not None for name in state.out)


def notice(state: State) -> NoticeView:
    """The announcement that stands, a sentence of ours as one, and whether everything stands still."""
    told = state.announced
    if told is not None and told.text == ASKED_FOR_FEEDBACK:
        told = replace(told, text=ASKED_FOR_FEEDBACK)
    return NoticeView(state.status, told)


def timer(state: State) -> Timer | None:
    """The countdown, if one is set."""
    return state.timer


def development(graph: Graph, state: State, inject: Inject) -> DevelopmentView:
    """A development that is or was out."""
    progress = state.progress[inject.id]
    return DevelopmentView(
        inject.id,
        state.out.index(inject.id),
        course.day_of(graph, state, inject.id) or 0,
        inject.title,
        inject.sender,
        inject.channel,
        inject.text if progress.recalled is None else "",
        inject.picture if progress.recalled is None else None,
        progress.first or progress.at,
        progress.recalled,
        inject.to.all,
    )


def question(state: State, seat: Seat, inject: Inject, number: int) -> QuestionView:
    """A question of an inject that is or was out, counted from 1, as the seat's delegation sees it."""
    asking = inject.questions[number - 1]
    return QuestionView(
        inject.id,
        question_order(state, inject, number),
        inject.title,
        number,
        asking,
        state.responses.get((inject.id, asking.id, seat.delegation or ""), ()),
        not state.released(inject.id),
        seat.submits or (seat.delegation in state.may_submit),
        state.status is Status.ENDED,
    )


def question_order(state: State, inject: Inject, number: int) -> str:
    """Where a question stands in its column: the latest inject's first, each inject's by number."""
    return f"{state.out.index(inject.id):05d}.{99 - number:02d}"


def desk(graph: Graph, state: State, seat: Seat, focus: str | None) -> DeskView:
    """The inject in hand: the picked one if there is one and it may be seen, else what some wait for, or the next."""
    inject = course.find(graph, state, focus) if focus is not None else None
    if inject is not None and not sees_unreleased(state, seat, inject):
        inject = None
    picked = inject is not None
    undecided = course.open_decision(graph, state)
    if undecided is not None and not sees_unreleased(state, seat, undecided):
        undecided = None
    if inject is None:
        inject = run_of_show.for_the_rest(graph, state, seat) or course.next_up(graph, state) or undecided
        if inject is not None and not sees_unreleased(state, seat, inject):
            inject = None
    row, runs = (
        run_row(graph, state, inject, 0, seat=seat) if inject is not None else None,
        rights.reach(seat, Action.RUN),
    )
    plans = row is not None and (row.stand.releasable or row.stand.standing is Standing.WAITING)
    here = inject is not None and state.day == course.day_of(graph, state, inject.id)
    goes_to = course.goes_to(graph, state, inject.id) if inject is not None else ()
    return DeskView(
        inject,
        row,
        course.as_written(graph, state, inject.id) if inject is not None else None,
        tuple(state.delegations[name].name for name in asked(state, inject)) if inject is not None else (),
        picked,
        state.status,
        graph.scenario.day(state.day) if state.day is not None else None,
        runs is not None,
        runs is not None and plans and here and state.status is Status.RUNNING,
        undecided if undecided is not None and (inject is None or undecided.id != inject.id) else None,
        run_of_show.overdue(graph, state, seat) if runs is not None else (),
        seat.table if row is not None and _releases_here(state, seat, row) else None,
        goes_to,
        course.ways_here(graph, state, inject.id) if inject is not None and goes_to else (),
        inject is not None and inject.on_plenary and not course.tables_on_the_way(graph, state, inject.id),
        run_of_show.held_last(state),
        picked and row is not None and _is_spent(graph, state, row),
        receivers(state, inject) if inject is not None else {},
        run_of_show.left(graph, state, seat) if inject is None else (),
    )


def _is_spent(graph: Graph, state: State, row: RunRowView) -> bool:
    return not row.stand.releasable and not row.rest and not course.is_undecided(graph, state, row.inject)


def _releases_here(state: State, seat: Seat, row: RunRowView) -> bool:
    """Whether a table facilitator may release this inject to his table now."""
    here = rights.reach(seat, Action.RELEASE) is Reach.TABLE and state.tables_may_release
    waits = row.progress is None or row.progress.reached(seat.table) is None
    out = row.stand.standing is Standing.RELEASED
    return here and state.status is Status.RUNNING and waits and (row.stand.releasable or out)


def wall_inject(graph: Graph, state: State, seat: Seat, focus: str | None) -> Inject | None:
    """Whose answers a console shows: the picked inject's, if it was out and asks, else the last one's today that does.

    One that was taken back stands behind all that are out.
    """
    picked = (focus,) if focus in state.out else ()
    today = state.out[len(earlier.before_today(graph, state)) :]
    return _last_that_asks(graph, state, seat, picked) or _last_that_asks(graph, state, seat, today)


def _last_that_asks(graph: Graph, state: State, seat: Seat, names: Iterable[str | None]) -> Inject | None:
    found = [course.find(graph, state, name) for name in names if name is not None]
    asking = [one for one in found if one is not None and one.questions and sees_unreleased(state, seat, one)]
    return max(asking, key=lambda one: (state.released(one.id), state.out.index(one.id)), default=None)


def wall_delegations(state: State, seat: Seat, inject: Inject | None) -> tuple[str, ...]:
    """The delegations whose answers to an inject this seat may read, in the roster's order."""
    reached = asked(state, inject) if inject is not None else ()
    return tuple(name for name in reached if reads_answers(state, seat, name))


def wall_head(graph: Graph, state: State, seat: Seat, inject: Inject | None) -> WallHeadView:
    """The wall's title, with how many have answered everything, and the way to what an earlier day was asked."""
    reached, before = wall_delegations(state, seat, inject), earlier.before_today(graph, state)
    full = 0 if inject is None else len(inject.questions)
    done = 0 if inject is None else sum(1 for name in reached if run_of_show.answers(state, inject, name) == full)
    last = _last_that_asks(graph, state, seat, before) if inject is None or inject.id not in before else None
    then = last or inject
    day = course.day_of(graph, state, then.id) if then is not None and then.id in before else None
    return WallHeadView(inject, done, len(reached), day, last)


def wall(state: State, inject: Inject, delegation: str) -> WallView:
    """One delegation's part of the wall."""
    names = tuple(state.delegations)
    return WallView(
        delegation,
        state.delegations[delegation].name,
        names.index(delegation),
        tuple((one, state.responses.get((inject.id, one.id, delegation), ())) for one in inject.questions),
    )


def guide(state: State, inject: Inject) -> GuideView:
    """An evaluator's guide to a released inject."""
    return GuideView(inject, state.out.index(inject.id), state.progress[inject.id].at)
