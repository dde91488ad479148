"""Views: who sees what, and what is left of a development that was taken back."""

import pytest

from tests.exercise.words import (
    History,
    at_minute,
    days,
    decides,
    delegate,
    evaluator,
    head,
    lead,
    projector,
    seat,
    table_facilitator,
    tells,
)
from ttx.exercise import run_of_show, tables, views
from ttx.exercise.course import Standing
from ttx.exercise.rights import Seat
from ttx.exercise.state import Status
from ttx.scenario.roster import Role

ASKS: dict[str, object] = {"questions": [{"id": "q1", "ask": "Who?"}, {"id": "q2", "ask": "When?"}]}

AUDIENCES: dict[str, dict[str, object]] = {
    "all": {"to": "all"},
    "sea": {"to": {"groups": ["SEA"]}},
    "land": {"to": {"groups": ["LAND"]}},
    "table1": {"to": {"tables": ["T1"]}},
    "table2": {"to": {"tables": ["T2"]}},
    "kestria": {"to": {"delegations": ["Kestria"]}},
    "orrin-or-2": {"to": {"delegations": ["orrin"], "tables": ["T2"]}},
    "hall": {"to": {"delegations": ["Kestria"]}, "plenary": True},
    "not-hall": {"to": "all", "plenary": False},
}
"""An inject for each audience, by its name."""


def audiences() -> History:
    """A day of one inject for each audience, none of them out; then a day of one inject."""
    injects = [tells(name, **audience, **ASKS) for name, audience in AUDIENCES.items()]
    return History(days(injects, [tells("later")])).opened(1)


def all_out() -> History:
    return audiences().released(*AUDIENCES)


def told(history: History, who: Seat) -> list[str]:
    """What a seat's screen shows, in order of release."""
    return [inject.id for inject in views.told_to(history.graph, history.state, who)]


EVERYTHING = list(AUDIENCES)
SCREENS = [
    (lead(), EVERYTHING),
    (seat(Role.DIRECTOR), EVERYTHING),
    (evaluator("T1"), EVERYTHING),
    (seat(Role.ANALYST), EVERYTHING),
    (seat(Role.ADMIN), []),
    (seat(Role.AUTHOR), []),
    (head("Kestria"), ["all", "sea", "table1", "kestria", "hall", "not-hall"]),
    (delegate("Kestria"), ["all", "sea", "table1", "kestria", "hall", "not-hall"]),
    (delegate("Kestria", "T2"), ["all", "sea", "table2", "kestria", "orrin-or-2", "hall", "not-hall"]),
    (head("tamarinda"), ["all", "land", "table2", "orrin-or-2", "not-hall"]),
    (head("orrin"), ["all", "sea", "land", "table1", "orrin-or-2", "not-hall"]),
    (head("atlantis", "T9"), ["all", "not-hall"]),
    (table_facilitator("T1"), ["all", "sea", "land", "table1", "kestria", "orrin-or-2", "hall", "not-hall"]),
    (table_facilitator("T2"), ["all", "land", "table2", "orrin-or-2", "not-hall"]),
    (table_facilitator("T9"), []),
    (projector(), ["all", "hall"]),
]


@pytest.mark.parametrize("who, shown", SCREENS, ids=[who.id for who, _ in SCREENS])
def test_a_screen_shows_what_went_to_its_seat_and_nothing_else(who: Seat, shown: list[str]):
    assert told(all_out(), who) == shown


@pytest.mark.parametrize("who", [who for who, _ in SCREENS], ids=[who.id for who, _ in SCREENS])
def test_nothing_is_told_before_it_is_released(who: Seat):
    assert told(audiences().held("all").skipped("sea"), who) == []


def test_the_desk_says_whether_a_release_is_also_in_the_hall():
    history = audiences().released(*list(AUDIENCES)[:-2])

    def shown() -> list[str]:
        return [name for name in AUDIENCES if views.desk(history.graph, history.state, lead(), name).to_hall]

    assert shown() == ["all", "hall"]
    history.does(lead(), "release", inject="hall", tables=["T1"])
    assert told(history, projector()) == ["all"]
    assert shown() == ["all", "hall"], "a release to the rest brings it there"


UNRELEASED = [*SCREENS[:2], *((who, shown) for who, shown in SCREENS if who.role is Role.TABLE_FACILITATOR)]
NOTHING = [who for who, _ in SCREENS if who not in [one for one, _ in UNRELEASED]]


@pytest.mark.parametrize("who, shown", UNRELEASED, ids=[who.id for who, _ in UNRELEASED])
def test_who_runs_the_exercise_or_a_table_sees_what_will_be_released_there(who: Seat, shown: list[str]):
    history = audiences()

    seen = [name for name in AUDIENCES if views.sees_unreleased(history.state, who, history.inject(name))]

    assert seen == shown


@pytest.mark.parametrize("who", NOTHING, ids=[who.id for who in NOTHING])
def test_nobody_else_sees_what_is_not_released(who: Seat):
    history = audiences()

    assert [name for name in AUDIENCES if views.sees_unreleased(history.state, who, history.inject(name))] == []


def test_the_delegations_an_inject_asks_are_those_it_reaches_at_any_of_their_tables():
    history = audiences()

    asked = {name: views.asked(history.state, history.inject(name)) for name in ("all", "sea", "table2", "orrin-or-2")}

    assert asked == {
        "all": ("Kestria", "tamarinda", "orrin"),
        "sea": ("Kestria", "orrin"),
        "table2": ("tamarinda",),
        "orrin-or-2": ("tamarinda", "orrin"),
    }


def test_a_recalled_development_keeps_its_title_and_loses_its_text():
    history = all_out().recalled("all")

    view = views.development(history.graph, history.state, history.inject("all"))

    assert (view.title, view.text, view.released, view.recalled) == ("Title of all", "", at_minute(2), at_minute(11))


@pytest.mark.parametrize("then", ["hold", "skip"])
def test_a_recalled_development_that_is_held_or_skipped_after_that_stays_withdrawn(then: str):
    history = all_out().recalled("all")
    before = views.development(history.graph, history.state, history.inject("all"))

    history.does(lead(), then, inject="all")

    assert views.development(history.graph, history.state, history.inject("all")) == before


def test_a_development_that_is_released_again_has_its_text_back_and_its_place():
    history = all_out().recalled("all").released("all")

    view = views.development(history.graph, history.state, history.inject("all"))

    assert (view.text, view.recalled, view.order, view.released) == ("Text of all", None, 0, at_minute(2))


def test_a_development_says_which_of_its_texts_are_on_the_screen():
    shown = {"file": "boat.png", "alt": "A boat"}
    history = History(days([tells("D1-01", picture=shown)])).opened(1).released("D1-01")

    out = views.development(history.graph, history.state, history.inject("D1-01"))
    history.recalled("D1-01")
    back = views.development(history.graph, history.state, history.inject("D1-01"))

    assert out.picture is not None
    assert {"D1-01.title", "D1-01.sender", "D1-01.text", "D1-01.picture.alt"} <= set(out.addresses)
    assert (back.picture, back.addresses) == (None, ("D1-01.title", "D1-01.sender"))


def test_a_question_shows_its_delegations_own_answers_and_no_others():
    history = all_out().answered(head(), "all", "q1", text="Ours").answered(head("orrin"), "all", "q1", text="Theirs")
    history.answered(head(), "all", "q1", text="Ours now")

    seen = [views.question(history.state, who, history.inject("all"), 1) for who in (head(), head("orrin"))]

    assert [[one.answer.text for one in view.versions] for view in seen] == [["Ours", "Ours now"], ["Theirs"]]
    assert views.question(history.state, head("tamarinda"), history.inject("all"), 1).of_record is None


def test_a_delegate_may_submit_once_the_head_lets_him():
    history = all_out()
    may = [[views.question(history.state, who, history.inject("all"), 1).may_submit for who in (head(), delegate())]]

    history.does(head(), "delegate_submission", allowed=True)

    may += [[views.question(history.state, who, history.inject("all"), 1).may_submit for who in (head(), delegate())]]
    assert may == [[True, False], [True, True]]


READERS = [
    (lead(), ["Kestria", "tamarinda", "orrin"]),
    (table_facilitator("T1"), ["Kestria", "orrin"]),
    (table_facilitator("T2"), ["tamarinda"]),
    (evaluator("T1"), ["Kestria", "orrin"]),
    (evaluator(), []),
    (head("orrin"), ["orrin"]),
    (projector(), []),
    (seat(Role.ANALYST), []),
    (seat(Role.ADMIN), []),
]


@pytest.mark.parametrize("who, read", READERS, ids=[who.id for who, _ in READERS])
def test_answers_are_read_with_a_name_by_those_who_may(who: Seat, read: list[str]):
    history = all_out()

    assert list(views.wall_delegations(history.state, who, history.inject("all"))) == read


def test_the_wall_counts_who_has_answered_everything():
    history = all_out().answered(head(), "all", "q1", text="A").answered(head(), "all", "q2", text="B")
    history.answered(head("orrin"), "all", "q1", text="A")
    inject = history.inject("all")

    heads = [views.wall_head(history.graph, history.state, who, inject) for who in (lead(), table_facilitator("T2"))]

    assert [(one.answered, one.asked) for one in heads] == [(1, 3), (0, 1)]


def test_the_wall_shows_the_picked_inject_or_else_the_last_that_asks():
    history = audiences().released("all", "sea", "land")

    shown = [
        views.wall_inject(history.graph, history.state, lead(), focus) for focus in (None, "all", "kestria", "none")
    ]

    assert [one and one.id for one in shown] == ["land", "all", "land", "land"]


def test_the_wall_of_a_table_shows_no_inject_that_did_not_go_there():
    history = audiences().released("all", "sea")

    shown = views.wall_inject(history.graph, history.state, table_facilitator("T2"), "sea")

    assert shown == history.inject("all")


def test_a_table_lists_who_sits_there_with_how_much_they_answered():
    history = all_out().answered(head("orrin"), "all", "q1", text="A")

    view = tables.table(history.state, lead(), "T1", history.inject("all"))

    assert [(one.key, one.name, one.answered, one.asked) for one in view.delegations] == [
        ("Kestria", "Kestria", 0, 2),
        ("orrin", "Republic of Orrin", 1, 2),
    ]
    assert [response is not None for _, _, response in view.delegations[1].questions] == [True, False]


def test_a_table_facilitator_has_his_own_table_only():
    state = all_out().state

    assert [tables.tables(state, who) for who in (lead(), table_facilitator("T2"))] == [("T1", "T2"), ("T2",)]


def test_a_row_of_the_run_of_show_counts_those_who_answered_everything():
    history = all_out().answered(head(), "kestria", "q1", text="A").answered(head(), "kestria", "q2", text="B")

    row = run_of_show.run_row(history.graph, history.state, history.inject("kestria"), 5)

    assert (row.stand.standing, row.answered, row.asked, row.order) == (Standing.RELEASED, 1, 1, 5)


def test_the_desk_holds_what_comes_next_or_what_was_picked():
    history = audiences()

    desks = [views.desk(history.graph, history.state, lead(), focus) for focus in (None, "land", "nothing")]

    assert [(one.inject and one.inject.id, one.picked) for one in desks] == [
        ("all", False),
        ("land", True),
        ("all", False),
    ]


def test_what_went_to_some_tables_stays_in_hand_until_the_rest_have_it():
    history = audiences().does(lead(), "release", inject="all", tables=["T1"])

    def in_hand(who: Seat) -> str | None:
        inject = views.desk(history.graph, history.state, who, None).inject
        return inject.id if inject is not None else None

    assert [in_hand(who) for who in (lead(), table_facilitator("T1"), table_facilitator("T2"))] == ["all", "sea", "all"]
    history.released("all")
    assert in_hand(lead()) == "sea"


def test_a_picked_inject_is_spent_once_it_is_out_everywhere_and_decided():
    history = History(days([decides("D1-01", A="D1-02", B="D1-03"), tells("D1-02", next=[]), tells("D1-03")])).opened(1)

    def spent(focus: str | None = "D1-01") -> bool:
        return views.desk(history.graph, history.state, lead(), focus).spent

    assert not spent()
    history.does(lead(), "release", inject="D1-01", tables=["T1"]).decided("D1-01", "A")
    assert not spent()
    history.released("D1-01")
    assert (spent(), spent(None)) == (True, False)


def test_a_picked_decision_is_not_spent_before_it_is_taken():
    history = History(days([decides("D1-01", A="D1-02", B="D1-03"), tells("D1-02", next=[]), tells("D1-03")])).opened(1)
    history.released("D1-01")

    assert not views.desk(history.graph, history.state, lead(), "D1-01").spent


def test_the_desk_names_who_receives_an_inject_at_each_table():
    history = audiences()

    received = [views.desk(history.graph, history.state, lead(), name).receives for name in ("kestria", "table2")]

    assert [{table: len(names) for table, names in one.items()} for one in received] == [{"T1": 1}, {"T2": 1}]


def test_the_desk_of_a_table_holds_nothing_that_does_not_go_there():
    history = audiences().released("all")
    at_table = table_facilitator("T2")

    desks = [views.desk(history.graph, history.state, at_table, focus) for focus in (None, "sea", "land")]

    assert [one.inject and one.inject.id for one in desks] == [None, None, "land"]
    assert [one.may_run for one in desks] == [False] * 3


def test_an_open_decision_is_recalled_to_those_who_may_see_it_and_to_nobody_else():
    decision = {**decides("D1-01", A="D1-02", B="D1-03"), "to": {"groups": ["SEA"]}}
    story = days([decision, tells("D1-02", next=[]), tells("D1-03"), tells("D1-90", kind="contingency")])
    history = History(story).opened(1).released("D1-01")

    desks = [
        views.desk(history.graph, history.state, who, "D1-90")
        for who in (lead(), table_facilitator("T1"), table_facilitator("T2"))
    ]

    assert [one.to_decide and one.to_decide.id for one in desks] == ["D1-01", "D1-01", None]


def test_the_bar_names_the_open_day_and_the_next_one():
    history = audiences()

    bar = views.bar(history.graph, history.state)

    assert (bar.status, bar.day and bar.day.day, bar.next_day and bar.next_day.day, bar.days) == (
        Status.RUNNING,
        1,
        2,
        2,
    )
    assert bar.title == "Exercise Small Tide"


def test_the_notice_is_the_last_thing_that_was_announced():
    history = audiences().does(lead(), "announce", text="First").does(lead(), "announce", text="Second")

    view = views.notice(history.state)

    assert view.announcement is not None
    assert (view.announcement.text, view.status) == ("Second", Status.RUNNING)


@pytest.mark.parametrize("opened, shown", [([], 1), ([1], 1), ([1, 2], 2)])
def test_a_console_shows_the_open_day(opened: list[int], shown: int):
    history = History()
    for day in opened:
        history.opened(day)

    assert run_of_show.shown_day(history.graph, history.state).day == shown


def test_between_days_a_console_shows_the_next_one_and_after_all_the_last():
    history = History().opened(1).does(lead(), "close_day")
    between = run_of_show.shown_day(history.graph, history.state).day

    after = run_of_show.shown_day(history.opened(2).does(lead(), "close_day").graph, history.state).day

    assert (between, after) == (2, 2)
