"""Commands that move the story: what each leads to, and the sentence that refuses it."""

import pytest

from tests.exercise.words import EXTRA, History, decides, lead, one_day, tells, the_story
from tests.words import small_scenario
from ttx.exercise.entries import (
    BranchChosen,
    DayClosed,
    DayOpened,
    InjectAdded,
    InjectHeld,
    InjectRecalled,
    InjectReleased,
    InjectSkipped,
)
from ttx.scenario.model import InjectKind


def running() -> History:
    """The small scenario on its first day."""
    return History().opened(1)


def deciding() -> History:
    """The small scenario with its decision out."""
    return running().released("D1-01", "D1-02", "D1-03")


def test_a_day_is_opened_by_its_number():
    assert History().does(lead(), "open_day", day=2).entries() == [DayOpened(day=2)]


def test_without_a_number_the_next_day_that_was_not_held_is_opened():
    history = History()

    first = history.does(lead(), "open_day").entries()
    second = history.does(lead(), "close_day").does(lead(), "open_day").entries()

    assert (first, second) == ([DayOpened(day=1)], [DayOpened(day=2)])


def test_a_day_that_was_held_can_be_opened_again():
    assert History().opened(1).opened(2).opened(1).entries() == [DayOpened(day=1)]


def test_a_day_is_not_opened_while_another_is_open():
    assert running().refuses(lead(), "open_day") == "Day 1 is open: close it before you open another."


def test_a_day_the_scenario_has_not_got_is_not_opened():
    said = History().refuses(lead(), "open_day", day=7)

    assert said == "The scenario has no day 7; its days are 1, 2."


def test_after_the_last_day_none_is_opened_without_a_number():
    history = History().opened(1).opened(2).does(lead(), "close_day")

    said = history.refuses(lead(), "open_day")

    assert said == "Every day of the scenario has been held: end the exercise, or name a day to reopen."


def test_the_open_day_is_closed():
    assert running().does(lead(), "close_day").entries() == [DayClosed(day=1)]


BEFORE_A_DAY: dict[str, tuple[dict[str, object], str]] = {
    "close_day": ({}, "close the day"),
    "release": ({"inject": "D1-01"}, "release D1-01"),
    "hold": ({"inject": "D1-01"}, "hold D1-01"),
    "skip": ({"inject": "D1-01"}, "skip D1-01"),
    "recall": ({"inject": "D1-01"}, "recall D1-01"),
    "choose": ({"inject": "D1-03", "option": "A"}, "decide D1-03"),
    "add_inject": ({"title": "A call", "text": "Listen."}, "add an inject"),
    "timer": ({"seconds": 60}, "start a timer"),
    "pause": ({}, "pause"),
}


@pytest.mark.parametrize("do", BEFORE_A_DAY)
def test_before_a_day_is_open_the_story_does_not_move(do: str):
    fields, what = BEFORE_A_DAY[do]

    assert History().refuses(lead(), do, **fields) == f"No day is open: open a day before you {what}."


@pytest.mark.parametrize("do", BEFORE_A_DAY)
def test_while_the_exercise_is_paused_the_story_does_not_move(do: str):
    fields, what = BEFORE_A_DAY[do]

    said = running().does(lead(), "pause").refuses(lead(), do, **fields)

    assert said == f"The exercise is paused: resume it before you {what}."


@pytest.mark.parametrize("do", ["release", "hold", "skip", "recall", "choose"])
def test_an_inject_that_is_not_there_is_named(do: str):
    fields = {"option": "A"} if do == "choose" else {}

    assert running().refuses(lead(), do, inject="D1-77", **fields) == "There is no inject D1-77 in this exercise."


def test_an_available_inject_is_released():
    assert running().released("D1-01").entries() == [InjectReleased(inject="D1-01")]


def test_an_inject_the_story_has_not_come_to_is_not_released():
    said = [running().refuses(lead(), "release", inject=name) for name in ("D1-02", "D2-01")]

    assert said == [
        "D1-02 is not yet reachable: D1-01 has not been released.",
        "D2-01 is not yet reachable: day 2 is not open.",
    ]


def test_the_consequence_of_a_decision_is_not_released_before_it_is_taken():
    said = deciding().refuses(lead(), "release", inject="D1-04A")

    assert said == "D1-04A is not yet reachable: D1-03 has not been decided."


def test_the_consequence_of_another_option_is_not_released():
    said = deciding().decided("D1-03", "B").refuses(lead(), "release", inject="D1-04A")

    assert said == "D1-04A is not yet reachable: D1-03 was decided B."


def test_what_is_out_is_not_released_again():
    assert running().released("D1-01").refuses(lead(), "release", inject="D1-01") == "D1-01 is already released."


def test_what_was_skipped_is_not_released_before_the_skip_is_recalled():
    history = running().skipped("D1-01")

    said = history.refuses(lead(), "release", inject="D1-01")

    assert said == "D1-01 was skipped: recall the skip before you release it."
    assert history.recalled("D1-01").released("D1-01").entries() == [InjectReleased(inject="D1-01")]


def test_what_was_held_can_still_be_released():
    assert running().held("D1-01").released("D1-02", "D1-01").entries() == [InjectReleased(inject="D1-01")]


def test_an_available_inject_is_held():
    assert running().held("D1-01").entries() == [InjectHeld(inject="D1-01")]


def test_what_cannot_be_held_says_why():
    history = running().released("D1-01").held("D1-02").skipped("D1-09")

    said = [history.refuses(lead(), "hold", inject=name) for name in ("D1-01", "D1-02", "D1-05", "D1-09")]

    assert said == [
        "D1-01 cannot be held: it is already released.",
        "D1-02 cannot be held: it is already held.",
        "D1-05 cannot be held: D1-04A has not been released.",
        "D1-09 cannot be held: it was skipped.",
    ]
    assert running().refuses(lead(), "hold", inject="D1-09") == "D1-09 cannot be held: it is in reserve."


@pytest.mark.parametrize(
    "history, name", [(running(), "D1-01"), (running(), "D1-09"), (running().held("D1-01"), "D1-01")]
)
def test_what_could_be_released_can_be_skipped(history: History, name: str):
    assert history.skipped(name).entries() == [InjectSkipped(inject=name)]


def test_a_skipped_decision_takes_its_default():
    history = running().released("D1-01", "D1-02").skipped("D1-03")

    assert history.entries(2) == [
        InjectSkipped(inject="D1-03"),
        BranchChosen(inject="D1-03", option="B", set={"delay_h": 48}, by_default=True),
    ]


def test_what_cannot_be_skipped_says_why():
    history = running().released("D1-01").skipped("D1-02")

    said = [history.refuses(lead(), "skip", inject=name) for name in ("D1-01", "D1-02", "D1-05")]

    assert said == [
        "D1-01 cannot be skipped: it is already released.",
        "D1-02 cannot be skipped: it was skipped.",
        "D1-05 cannot be skipped: D1-04A has not been released.",
    ]


def test_a_decision_without_a_default_cannot_be_skipped():
    story = one_day(decides("D1-01", A="D1-02", B="D1-03"), tells("D1-02", next=[]), tells("D1-03"))

    said = History(story).opened(1).refuses(lead(), "skip", inject="D1-01")

    assert said == "D1-01 cannot be skipped: it is a decision without a default option."


@pytest.mark.parametrize("deed", ["release", "hold", "skip"])
def test_a_release_a_hold_and_a_skip_can_be_recalled_once(deed: str):
    history = running().does(lead(), deed, inject="D1-01").recalled("D1-01")

    said = history.refuses(lead(), "recall", inject="D1-01")

    assert history.entries() == [InjectRecalled(inject="D1-01")]
    assert said == "D1-01 cannot be recalled: it has not been released, held or skipped."


def test_what_was_never_out_cannot_be_recalled():
    said = running().refuses(lead(), "recall", inject="D1-01")

    assert said == "D1-01 cannot be recalled: it has not been released, held or skipped."


def test_a_decision_is_not_recalled_while_its_consequence_is_out():
    history = deciding().decided("D1-03", "A").released("D1-04A")

    said = history.refuses(lead(), "recall", inject="D1-03")

    assert said == "You cannot recall D1-03: it was decided A and D1-04A is out. Recall D1-04A first."
    assert history.recalled("D1-04A", "D1-03").entries() == [InjectRecalled(inject="D1-03")]


def test_a_decision_is_taken_with_what_it_sets():
    history = deciding().decided("D1-03", "A")

    assert history.entries() == [BranchChosen(inject="D1-03", option="A", set={"port": "Ellory"})]


def test_a_decision_is_taken_anew_as_long_as_no_consequence_is_out():
    history = deciding().decided("D1-03", "A").decided("D1-03", "B").released("D1-04B")

    said = history.refuses(lead(), "choose", inject="D1-03", option="A")

    assert said == "You cannot decide anew D1-03: it was decided B and D1-04B is out. Recall D1-04B first."
    assert history.recalled("D1-04B").decided("D1-03", "A").entries() == [
        BranchChosen(inject="D1-03", option="A", set={"port": "Ellory"})
    ]


def test_what_cannot_be_decided_says_why():
    history = deciding()
    undecided = running().refuses(lead(), "choose", inject="D1-03", option="A")
    said = [
        history.refuses(lead(), "choose", inject="D1-01", option="A"),
        history.refuses(lead(), "choose", inject="D1-03", option="C"),
        history.decided("D1-03", "A").refuses(lead(), "choose", inject="D1-03", option="A"),
    ]

    assert undecided == "D1-03 cannot be decided: it has not been released."
    assert said == [
        "D1-01 is no decision, so there is nothing to choose.",
        "D1-03 has no option C; its options are A, B.",
        "D1-03 has already been decided A.",
    ]


def test_an_inject_is_written_and_stands_in_reserve():
    history = running().does(lead(), "add_inject", title="A call", text="Listen.", questions=["Who?"])

    (added,) = history.entries()
    assert isinstance(added, InjectAdded)
    assert (added.day, added.inject.id, added.inject.kind) == (1, "D1-X1", InjectKind.CONTINGENCY)
    assert [(one.id, one.ask) for one in added.inject.questions] == [("q1", "Who?")]


def test_an_inject_may_be_written_and_released_at_once():
    history = running().does(lead(), "add_inject", **EXTRA)

    assert history.entries() == [InjectReleased(inject="D1-X1")]
    assert history.inject("D1-X1").to.delegations == ("tamarinda",)


def test_an_inject_may_take_an_alert_off_a_place():
    history = running().does(lead(), "add_inject", title="All clear", text="!", map=[{"do": "hide", "what": "Ellory"}])

    assert len(history.inject("D1-X1").map) == 1


def test_every_inject_that_is_written_gets_an_id_of_its_own():
    data = small_scenario()
    data["days"][1]["injects"][0]["id"] = "D2-X2"
    history = History(the_story(data)).opened(1)

    for day in (1, 2, 2):
        history.opened(day).does(lead(), "add_inject", title="A call", text="Listen.")

    assert list(history.state.added) == ["D1-X1", "D2-X3", "D2-X4"]


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"to": {"groups": ["AIR"]}}, "There is no working group AIR; there are LAND, SEA."),
        ({"to": {"tables": ["T9"]}}, "There is no table T9; there are T1, T2."),
        (
            {"to": {"delegations": ["atlantis"]}},
            "There is no delegation atlantis; there are Kestria, orrin, tamarinda.",
        ),
        ({"to": {}}, "The new inject is addressed to nobody: name delegations, tables or groups, or all."),
        ({"objectives": ["O9"]}, "There is no objective O9; there are O1, O2."),
        ({"capabilities": ["C9"]}, "There is no capability C9; there are C1, C2."),
        (
            {"questions": [{"id": "a", "ask": "Who?"}, {"id": "a", "ask": "When?"}]},
            "Two questions of the new inject have the same id; each needs its own.",
        ),
        (
            {"questions": [{"id": "a", "ask": "Who?", "objectives": ["O9"]}]},
            "There is no objective O9; there are O1, O2.",
        ),
        ({"map": [{"do": "move", "token": "ark", "to": "Ellory"}]}, "There is no token ark; there are pallas."),
        ({"map": [{"do": "move", "token": "pallas", "route": "road"}]}, "There is no route road; there are crossing."),
        (
            {"map": [{"do": "move", "token": "pallas", "to": "Atlantis"}]},
            "There is no place Atlantis; there are Ellory, Merevale.",
        ),
        (
            {"map": [{"do": "alert", "place": "Atlantis", "label": ""}]},
            "There is no place Atlantis; there are Ellory, Merevale.",
        ),
        (
            {"map": [{"do": "show", "what": "ark"}]},
            "There is no token, route or border ark; there are crossing, pallas, regions.",
        ),
    ],
)
def test_an_inject_that_names_what_is_not_there_is_not_added(fields: dict[str, object], said: str):
    assert running().refuses(lead(), "add_inject", title="A call", text="Listen.", **fields) == said
