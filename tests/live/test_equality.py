"""The two tests that matter most: every screen converges, and none ever holds what is not for it.

Histories are random: anybody asks for anything, pages lose their network, get stuck, come back.
"""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.live import looked
from tests.live.everything import EVALUATOR, EVERYTHING, FACILITATOR
from tests.live.words import (
    DELEGATIONS,
    HEADS,
    LEAD,
    TABLES,
    OpenPage,
    a_room,
    audiences,
    fresh,
    marked_scenario,
    settle,
)
from ttx.exercise.commands import Refused
from ttx.exercise.requests import REQUEST, ReleaseDue
from ttx.exercise.rights import Forbidden, Seat
from ttx.live.room import Room
from ttx.pages.regions import Page
from ttx.scenario.model import Inject, Question
from ttx.scenario.roster import Role

SCENARIO = marked_scenario()
INJECTS = {inject.id: inject for day in SCENARIO.days for inject in day.injects}
names = st.sampled_from([*INJECTS, "D1-X1"])
DECISIONS = {name: inject.branch for name, inject in INJECTS.items() if inject.branch is not None}


def _answer(delegation: str, question: Question | None) -> dict[str, object]:
    said = f"said-by-{delegation}"
    options = list(question.options) if question is not None else []
    answers: dict[str, dict[str, object]] = {
        "text": {"text": said},
        "single": {"choice": options[:1] and options[0]},
        "multiple": {"choices": options[:1]},
        "scale": {"scale": 3},
        "ranking": {"ranking": options},
        "contacts": {"contacts": [{"to": said, "channel": "phone", "hours": 2}]},
    }
    return answers[question.kind if question is not None else "text"]


@st.composite
def responses(draw: st.DrawFn) -> tuple[Seat, dict[str, object]]:
    delegation = draw(st.sampled_from(sorted(DELEGATIONS)))
    inject = draw(names)
    asked = INJECTS[inject].questions if inject in INJECTS else ()
    number = draw(st.integers(1, max(len(asked), 1)))
    stance: dict[str, object] = {"stance": "no_instruction"}
    answer = draw(st.sampled_from([_answer(delegation, asked[number - 1] if asked else None), stance]))
    answer = {**answer, "reservation": f"said-by-{delegation}"}
    return HEADS[delegation], {"do": "respond", "inject": inject, "question": number, "answer": answer}


def _lead(do: str, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[Seat, dict[str, object]]]:
    return st.fixed_dictionaries({"do": st.just(do), **fields}).map(lambda request: (LEAD, request))


AUDIENCES: dict[str, object] = {"all": "all", "Kestria": {"delegations": ["Kestria"]}, "T2": {"tables": ["T2"]}}


def _added(who: str, release: bool) -> tuple[Seat, dict[str, object]]:
    """An inject written on the spot; its marks say for whom it was, since its id is not known beforehand."""
    title, text, ask = (f"canary-{who}-{part}" for part in ("title", "text", "ask"))
    words = {"title": title, "text": text, "questions": [ask], "to": AUDIENCES[who]}
    return LEAD, {"do": "add_inject", "release": release, **words}


def _votes(who: Seat, inject: str, option: str | None) -> tuple[Seat, dict[str, object]]:
    return who, {"do": "vote", "inject": inject, "option": option}


def _chooses(who: Seat, option: str) -> tuple[Seat, dict[str, object]]:
    return who, {"do": "choose_for_table", "inject": "D2-04", "option": option}


decisions = st.sampled_from(sorted(DECISIONS))
IN_HALL = ("story", "map", "timeline", "agenda", "recap", "gaps", "summary", "blank")


@st.composite
def shows(draw: st.DrawFn) -> tuple[Seat, dict[str, object]]:
    """Something else for the hall's screen, of an inject mostly."""
    view = draw(st.sampled_from([*IN_HALL, "development", "question", "vote", "speaker"]))
    about = "talk" if view == "speaker" else draw(names)
    return LEAD, {"do": "show", "view": view, **({} if view in IN_HALL else {"about": about})}


def _rewords(inject: str) -> tuple[Seat, dict[str, object]]:
    """Other words, which keep the mark of those they replace."""
    return LEAD, {
        "do": "reword",
        "inject": inject,
        "title": f"canary-{inject}-title",
        "text": f"canary-{inject}-text new",
        **({"labels": {"1": "canary-D1-05-label"}} if inject == "D1-05" else {}),
    }


_reworded = st.builds(_rewords, st.sampled_from(sorted(INJECTS)))
added = st.builds(_added, st.sampled_from(sorted(AUDIENCES)), st.booleans())
runs = st.one_of(
    _lead("open_day"),
    _lead("release", inject=names),
    _lead("release", inject=names),
    _lead("release", inject=names, tables=st.sampled_from([["T1"], ["T2"]])),
    shows(),
    shows(),
    _lead("start_session", session=st.sampled_from(["picture", "rescue"])),
    _lead("hold", inject=names),
    _lead("skip", inject=names),
    _lead("recall", inject=names),
    _lead("choose", inject=st.just("D1-03"), option=st.sampled_from("AB")),
    added,
    _lead(
        "open_vote",
        inject=decisions,
        by=st.sampled_from(["delegations", "tables"]),
        hidden=st.booleans(),
        binding=st.booleans(),
    ),
    _lead("vote", inject=decisions, option=st.sampled_from("AB"), voter=st.sampled_from(["Orrin", "Tamarinda", "T2"])),
    _lead("reveal_vote", inject=decisions),
    _lead("close_vote", inject=decisions),
    st.builds(_votes, st.sampled_from([*HEADS.values(), FACILITATOR]), decisions, st.sampled_from(["A", "B", None])),
    st.builds(_chooses, st.sampled_from([*HEADS.values(), FACILITATOR]), st.sampled_from("AB")),
    _lead("close_day"),
    _lead("pause"),
    _lead("resume"),
    _lead("announce", text=st.sampled_from(["Lunch is served", ""])),
    _lead("timer", seconds=st.sampled_from([0, 300])),
    _lead("release", inject=names, tables=st.sampled_from([["T1"], ["T2"]])),
    _lead("schedule", inject=names, seconds=st.just(600)),
    _lead("schedule", inject=names, seconds=st.just(600), tables=st.just(["T2"])),
    _lead("unschedule", inject=names),
    _reworded,
    _lead("start_session", session=st.sampled_from(["picture", "coffee", "rescue", "reception"])),
    _lead("move_story", text=st.sampled_from(["Two days later", "Night falls"])),
    _lead("open_day", day=st.sampled_from([1, 2])),
    st.just(("undo", None)),
    st.just(("clock", None)),
)
table_names = st.sampled_from(sorted(TABLES))
at_tables = st.sampled_from([*HEADS.values(), FACILITATOR, EVALUATOR])


def _wrote(table: str, sense: str) -> tuple[Seat, dict[str, object]]:
    return LEAD, {"do": "tell", "table": table, "text": f"written-to-{table}", "sense": sense}


def _called(who: Seat, sense: str) -> tuple[Seat, dict[str, object]]:
    return who, {"do": "call", "text": f"written-from-{who.table}", "sense": sense}


talk = st.one_of(
    st.builds(_wrote, table_names, st.sampled_from(["message", "nudge"])),
    st.builds(_called, at_tables, st.sampled_from(["message", "help"])),
    _lead("settle_help", message=st.integers(2, 40)),
)
control = st.one_of(
    _lead("check_comms"),
    _lead("allow_tables", allowed=st.booleans()),
    st.builds(lambda name: (FACILITATOR, {"do": "release", "inject": name}), names),
    _lead("stop", text=st.sampled_from(["Fire alarm", ""])),
    _lead("stand_down"),
    _lead("stand_down"),
)
moves = _lead("move_seat", seat=st.sampled_from([one.id for one in HEADS.values()]), table=table_names)
asides = st.tuples(st.sampled_from(["writes", "hears"]), st.integers(0, 30))
notes = st.sampled_from(
    [
        (EVALUATOR, {"do": "observe", "text": "noted-by-evaluator", "inject": "D1-01"}),
        (EVALUATOR, {"do": "rate", "rating": "S", "objective": "O1"}),
        (HEADS["Kestria"], {"do": "delegate_submission", "allowed": True}),
        (HEADS["Kestria"], {"do": "delegate_submission", "allowed": False}),
    ]
)
forward = st.just(("forward", None))
trouble = st.tuples(st.sampled_from(["lose", "find", "stick", "unstick"]), st.integers(0, 30))
steps = (
    forward, forward, runs, runs, responses(), responses(), notes, looked.looks, trouble, talk, control, asides,
)  # fmt: skip
histories = st.lists(st.one_of(*steps), max_size=40)
moving = st.lists(st.one_of(*steps, moves), max_size=40)
"""With seats that change their tables. Whose words are whose then depends on when, so these only have to converge."""


async def _play(room: Room, pages: list[OpenPage], history: list[object]) -> None:
    """Whatever is refused is refused; the rest happens."""
    for step in history:
        match step:
            case ("forward", None):
                await _forward(room)
            case (Seat() as who, request):
                await _ask(room, who, request)
            case ("undo", None) if room.state.act is not None:
                await _ask(room, LEAD, {"do": "undo", "act": room.state.act.seq})
            case ("clock", None):
                await _clock(room)
            case ("lose", int(number)):
                pages[number % len(pages)].disconnect()
            case ("find", int(number)) if pages[number % len(pages)].member is None:
                pages[number % len(pages)].connect()
            case ("stick", int(number)):
                pages[number % len(pages)].stuck = True
            case ("unstick", int(number)):
                pages[number % len(pages)].unstick()
            case ("writes", int(number)) if (member := pages[number % len(pages)].member) is not None:
                room.writes(member, "D1-01:q1")
            case ("hears", int(number)) if (member := pages[number % len(pages)].member) is not None:
                room.hears(member, room.state.comms.seq if room.state.comms is not None else 1)


async def _clock(room: Room) -> None:
    """Every planned release falls due: the first is late, the others are on time."""
    for number, (name, planned) in enumerate(sorted(room.state.schedule.items())):
        due = ReleaseDue(do="release_due", inject=name, scheduled=planned.scheduled, late=number == 0)
        await room.clock_says(due, f"release:{planned.scheduled}")


async def _forward(room: Room) -> None:
    """What a facilitator would do next, so that histories get somewhere."""
    if room.state.day is None:
        await _ask(room, LEAD, {"do": "open_day"})
        return
    for name in INJECTS:
        if await _ask(room, LEAD, {"do": "release", "inject": name}):
            return
    await _ask(room, LEAD, {"do": "choose", "inject": "D1-03", "option": "A"})


async def _ask(room: Room, who: Seat, request: object) -> bool:
    try:
        await room.do(who, REQUEST.validate_python(request))
    except (Refused, Forbidden):
        return False
    return True


def test_no_kind_of_entry_leaves_an_open_page_stale() -> None:
    """One step at a time, so that no later entry covers for a region an earlier one forgot to touch."""

    async def scene() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with a_room(Path(folder), SCENARIO) as room:
                pages = [OpenPage(room, who, audience) for who, audience in audiences()]
                await settle()
                for who, request in EVERYTHING:
                    asked = request(room) if callable(request) else request
                    await room.do(who, REQUEST.validate_python(asked))
                    await settle()
                    stale = [page.audience for page in pages if page.shown != fresh(room, page.audience)]
                    assert stale == [], request

    asyncio.run(scene())


async def _converge(room: Room, pages: list[OpenPage]) -> None:
    for page in pages:
        page.unstick()
        if page.member is None:
            page.connect()
    await settle()


def test_a_translated_seat_reads_its_own_language_and_what_is_missing_in_the_source() -> None:
    """What the two tests below stand on: that translations are on these pages at all."""

    async def scene() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with a_room(Path(folder), SCENARIO) as room:
                pages = [OpenPage(room, who, audience) for who, audience in audiences()]
                for _ in range(4):
                    await _forward(room)
                await settle()
                arabic = {page.seat.delegation for page in pages if "بالعربية" in "".join(page.shown.values())}
                assert arabic == {"Orrin"}

    asyncio.run(scene())


def _run(history: list[object], look: object) -> None:
    async def scene() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with a_room(Path(folder), SCENARIO) as room:
                pages = [OpenPage(room, who, audience) for who, audience in audiences()]
                await _play(room, pages, history)
                await _converge(room, pages)
                look(room, pages)  # type: ignore[operator]

    asyncio.run(scene())


RUNS = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@RUNS
@given(moving)
def test_an_old_page_with_its_frames_equals_a_page_opened_now(history: list[object]) -> None:
    def look(room: Room, pages: list[OpenPage]) -> None:
        for page in pages:
            assert page.shown == fresh(room, page.audience), page.audience

    _run(history, look)


@RUNS
@given(histories)
def test_no_page_ever_holds_what_was_not_released_to_it_or_is_anothers(history: list[object]) -> None:
    def look(room: Room, pages: list[OpenPage]) -> None:
        for page in pages:
            heard = "\n".join(page.heard)
            held = [mark for mark in _forbidden(room, page) if mark in heard]
            assert held == [], page.audience

    _run(history, look)


def _forbidden(room: Room, page: OpenPage) -> list[str]:
    """The marks a page must never have held, by rules written out here again, apart from the views'."""
    who, hall = page.seat, page.audience.page is Page.PLENARY
    if who.role in (Role.LEAD_FACILITATOR, Role.DIRECTOR) and not hall:
        return []
    marks = []
    told = {_mark(inject) for inject in _written(room) if _told(room, who, hall, inject)}
    for inject in _written(room):
        mark = _mark(inject)
        if mark not in told:
            marks += [
                f"{mark}-{part}" for part in ("title", "text", "sender", "ask", "option", "notes", "alt", "story")
            ]
            marks.append(f"{mark.lower()}-picture")
        if who.delegation is not None or who.role is Role.RAPPORTEUR or hall:
            marks += [f"{mark}-{part}" for part in ("notes", "expected")]
            for key, option in inject.branch.options.items() if inject.branch is not None else ():
                recapped = hall and _told(room, who, hall, INJECTS[option.next])
                if not recapped and not _asked_to_choose(room, hall, inject):
                    marks.append(f"{mark}-option-{key}")
    own_words: set[str | None] = {who.delegation}
    if who.role in (Role.TABLE_FACILITATOR, Role.RAPPORTEUR):
        own_words = looked.delegations_of(who)
    marks += [f"said-by-{one}" for one in DELEGATIONS if one not in own_words or hall]
    if who.role is not Role.EVALUATOR:
        marks.append("noted-by-evaluator")
    marks += [f"written-{way}-{one}" for way in ("to", "from") for one in TABLES if one != who.table or hall]
    return marks + looked.forbidden(room, who, hall)


def _asked_to_choose(room: Room, hall: bool, inject: Inject) -> bool:
    """Whether a decision's options were told: by a vote on it, or since the table takes it for itself."""
    own = not hall and inject.branch is not None and inject.branch.by == "each_table"
    return inject.id in room.state.ballots or own


def _written(room: Room) -> list[Inject]:
    return [*INJECTS.values(), *(inject for _, inject in room.state.added.values())]


def _mark(inject: Inject) -> str:
    """What every text of an inject begins with."""
    return inject.title.removesuffix("-title")


def _told(room: Room, who: Seat, hall: bool, inject: Inject) -> bool:
    out = inject.id in room.state.out
    named = {*inject.to.groups, *inject.to.tables, *inject.to.delegations}
    own = set(TABLES.get(who.table or "", ())) if who.delegation is None else {who.delegation}
    groups = {group for one in own for group in DELEGATIONS[one]}
    addressed = inject.to.all or bool(named & (own | groups | {who.table}))
    progress = room.state.progress.get(inject.id)
    if hall:
        return out and inject.to.all and progress is not None and progress.everyone is not None
    if who.role is Role.EVALUATOR:
        return out
    reached = progress is not None and progress.reached(who.table) is not None
    return addressed if who.role is Role.TABLE_FACILITATOR else out and addressed and reached
