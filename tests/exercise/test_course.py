"""Where the story stands: what may come next, what it waits for, and what a change can change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exercise.nonsense import Deed, deeds, tries
from tests.exercise.words import History, days, decides, lead, one_day, tells, the_story
from tests.words import Written
from ttx.exercise import course
from ttx.exercise.entries import DayClosed, DayOpened, kind_of
from ttx.scenario.graph import Graph

PORT = {"port": {"start": "none"}}
TO_EAST: Written = {"next": "D1-04", "set": {"port": "East"}}
TO_WEST: Written = {"next": "D1-04", "set": {"port": "West"}}


def story(*injects: Written, variables: Written | None = None) -> History:
    """A story of one day that has begun."""
    return History(one_day(*injects, variables=variables)).opened(1)


def parting(**more: object) -> History:
    """D1-01 decides between D1-02A, D1-03A and D1-02B; the two ways meet in D1-04."""
    return story(
        {**decides("D1-01", A="D1-02A", B="D1-02B"), **more},
        tells("D1-02A"),
        tells("D1-03A", next=["D1-04"]),
        tells("D1-02B", next=["D1-04"]),
        tells("D1-04"),
    )


def passing(when: str = "port == East") -> History:
    """D1-03 stands between D1-02 and D1-04 on a condition that D1-01 may make true."""
    return story(
        decides("D1-01", A={**TO_EAST, "next": "D1-02"}, B={**TO_WEST, "next": "D1-02"}),
        tells("D1-02"),
        tells("D1-03", when=when),
        tells("D1-04"),
        variables=PORT,
    )


def test_before_a_day_is_open_everything_waits_for_it():
    history = History()

    assert history.stand("D1-01") == ("waiting", "day 1 is not open")
    assert history.opened(2).stand("D1-01") == ("waiting", "day 1 is not open")


def test_one_inject_follows_the_other():
    history = story(tells("D1-01"), tells("D1-02"), tells("D1-03"))

    before, after = history.available(), history.released("D1-01").available()

    assert (before, after) == (["D1-01"], ["D1-02"])
    assert history.stand("D1-01") == ("released", "")
    assert history.stand("D1-03") == ("waiting", "D1-02 has not been released")


def test_an_inject_that_leads_to_several_opens_all_of_them():
    history = story(tells("D1-01", next=["D1-02", "D1-03"]), tells("D1-02", next=[]), tells("D1-03"))

    assert history.released("D1-01").available() == ["D1-02", "D1-03"]


def test_an_inject_several_lead_to_waits_for_any_of_them_and_not_for_all():
    history = story(
        tells("D1-01", next=["D1-02", "D1-03"]), tells("D1-02", next=["D1-04"]), tells("D1-03"), tells("D1-04")
    )

    assert history.released("D1-01", "D1-03").available() == ["D1-02", "D1-04"]


def test_a_decision_opens_nothing_before_it_is_taken():
    history = parting().released("D1-01")

    assert history.available() == []
    assert history.stand("D1-02A") == ("waiting", "D1-01 has not been decided")


def test_a_decision_opens_its_options_way_and_passes_the_other_by():
    history = parting().released("D1-01").decided("D1-01", "A")

    assert history.available() == ["D1-02A"]
    assert history.stand("D1-02B") == ("passed by", "D1-01 was decided A")


def test_a_decision_taken_anew_opens_the_other_way():
    history = parting().released("D1-01").decided("D1-01", "A").decided("D1-01", "B")

    assert history.available() == ["D1-02B"]
    assert history.stand("D1-02A") == ("passed by", "D1-01 was decided B")


@pytest.mark.parametrize("option, way", [("A", ["D1-02A", "D1-03A"]), ("B", ["D1-02B"])])
def test_the_ways_of_a_decision_meet_again(option: str, way: list[str]):
    history = parting().released("D1-01").decided("D1-01", option).released(*way)

    assert history.available() == ["D1-04"]


@pytest.mark.parametrize("option, waits_for", [("A", "D1-03A"), ("B", "D1-02B")])
def test_where_the_ways_meet_it_waits_for_the_way_that_was_taken(option: str, waits_for: str):
    history = parting().released("D1-01").decided("D1-01", option)

    assert history.stand("D1-04") == ("waiting", f"{waits_for} has not been released")


def test_a_skipped_decision_takes_its_default():
    history = parting(branch=decides("D1-01", "B", A="D1-02A", B="D1-02B")["branch"]).skipped("D1-01")

    assert history.available() == ["D1-02B"]
    assert history.stand("D1-01") == ("skipped", "it was skipped")
    assert history.stand("D1-02A") == ("passed by", "D1-01 was decided B")


def test_the_story_goes_on_past_what_is_held():
    history = story(tells("D1-01"), tells("D1-02")).held("D1-01")

    assert history.available() == ["D1-02"]
    assert history.stand("D1-01") == ("held", "")


def test_the_story_does_not_go_on_past_a_held_decision():
    history = parting().held("D1-01")

    assert history.available() == []
    assert history.stand("D1-02A") == ("waiting", "D1-01 has not been decided")


def test_the_story_goes_on_past_what_is_skipped():
    assert story(tells("D1-01"), tells("D1-02")).skipped("D1-01").available() == ["D1-02"]


def test_a_recall_closes_again_what_it_had_opened():
    history = story(tells("D1-01"), tells("D1-02")).released("D1-01").recalled("D1-01")

    assert history.available() == ["D1-01"]
    assert history.stand("D1-02") == ("waiting", "D1-01 has not been released")


def test_a_recalled_decision_is_open_again():
    history = parting().released("D1-01").decided("D1-01", "A").recalled("D1-01").released("D1-01")

    assert history.available() == []
    assert history.stand("D1-02A") == ("waiting", "D1-01 has not been decided")


def test_what_was_released_stays_out_when_what_led_to_it_is_recalled():
    history = story(tells("D1-01"), tells("D1-02"), tells("D1-03")).released("D1-01", "D1-02").recalled("D1-01")

    assert history.available() == ["D1-01", "D1-03"]


def test_an_inject_waits_for_what_it_needs_even_when_the_story_has_come_to_it():
    history = story(tells("D1-01", next=["D1-02", "D1-03"]), tells("D1-02"), tells("D1-03", needs=["D1-02"]))

    before = history.released("D1-01").stand("D1-03")
    held = history.held("D1-02").stand("D1-03")
    after = history.released("D1-02").stand("D1-03")

    waits = ("waiting", "it needs D1-02, which has not been released")
    assert (before, held, after) == (waits, waits, ("available", ""))


def test_an_inject_says_that_what_it_needs_was_skipped():
    history = story(tells("D1-01"), tells("D1-02", needs=["D1-01"]))

    assert history.skipped("D1-01").stand("D1-02") == ("waiting", "it needs D1-01, which was skipped")
    assert history.recalled("D1-01").stand("D1-02") == ("waiting", "it needs D1-01, which has not been released")


def test_a_need_may_be_of_another_day():
    history = History(days([tells("D1-01"), tells("D1-02")], [tells("D2-01", needs=["D1-02"])]))

    missing = history.opened(1).released("D1-01").opened(2).stand("D2-01")
    met = history.opened(1).released("D1-02").opened(2).stand("D2-01")

    assert missing == ("waiting", "it needs D1-02, which has not been released")
    assert met == ("available", "")


def test_a_step_may_lead_into_another_day():
    history = History(days([tells("D1-01", next=["D2-02"])], [tells("D2-01", next=[]), tells("D2-02")]))

    before = history.opened(2).available()
    after = history.opened(1).released("D1-01").opened(2).available()

    assert (before, after) == (["D2-01"], ["D2-01", "D2-02"])


def test_an_inject_whose_condition_does_not_hold_is_passed_by():
    history = passing().released("D1-01").decided("D1-01", "B").released("D1-02")

    assert history.stand("D1-03") == ("passed by", "it comes only when port is East")


def test_the_story_is_seen_through_what_it_passes_by():
    history = passing().released("D1-01").decided("D1-01", "B")

    before, after = history.available(), history.released("D1-02").available()

    assert (before, after) == (["D1-02"], ["D1-04"])


def test_the_story_waits_for_an_inject_whose_condition_holds():
    history = passing().released("D1-01").decided("D1-01", "A").released("D1-02")

    assert history.available() == ["D1-03"]
    assert history.stand("D1-04") == ("waiting", "D1-03 has not been released")


def test_a_decision_that_is_passed_by_is_seen_through_on_its_default():
    history = story(
        tells("D1-01"),
        {**decides("D1-02", "B", A="D1-03A", B="D1-03B"), "when": "port == East"},
        tells("D1-03A", next=[]),
        tells("D1-03B"),
        variables=PORT,
    ).released("D1-01")

    assert history.available() == ["D1-03B"]
    assert history.stand("D1-03A") == ("passed by", "D1-02 is passed by and takes its default")


def test_the_reserve_may_be_released_at_any_time_of_its_day():
    history = story(tells("D1-01"), tells("D1-90", kind="contingency"))

    assert history.stand("D1-90") == ("reserve", "")
    assert history.does(lead(), "close_day").stand("D1-90") == ("waiting", "day 1 is not open")


def test_the_reserve_waits_for_its_needs_and_its_condition():
    needs = tells("D1-90", kind="contingency", needs=["D1-01"])
    when = tells("D1-91", kind="contingency", when="port == East")
    history = story(tells("D1-01"), needs, when, variables=PORT)

    assert history.stand("D1-90") == ("waiting", "it needs D1-01, which has not been released")
    assert history.stand("D1-91") == ("passed by", "it comes only when port is East")


def test_an_inject_nothing_leads_to_says_so():
    history = story(tells("D1-01", next=[]), tells("D1-02"))

    assert history.stand("D1-02") == ("waiting", "no inject leads to it")


def test_an_inject_written_during_the_exercise_is_in_reserve_on_its_day():
    history = story(tells("D1-01")).does(lead(), "add_inject", title="A call", text="Listen.")

    assert history.stand("D1-X1") == ("reserve", "")
    assert [one.id for one in course.injects_of(history.graph, history.state, 1)] == ["D1-01", "D1-X1"]
    assert course.day_of(history.graph, history.state, "D1-X1") == 1


def test_what_comes_next_is_the_first_available_inject_of_the_open_day():
    history = History()

    nexts = [up_next(history), up_next(history.opened(1)), up_next(history.held("D1-01")), up_next(history.opened(2))]

    assert nexts == [None, "D1-01", "D1-02", "D2-01"]


def test_the_open_decision_is_the_last_released_one_that_has_not_been_taken():
    history = parting()

    opens = [open_decision(history), open_decision(history.released("D1-01"))]
    opens += [open_decision(history.decided("D1-01", "A")), open_decision(history.recalled("D1-01"))]

    assert opens == [None, "D1-01", None, None]


def test_a_day_of_a_thousand_injects_is_not_too_long_to_stand_in():
    history = story(*(tells(f"D1-{number:04}") for number in range(1000)))

    assert history.stand("D1-0999") == ("waiting", "D1-0998 has not been released")


TWISTED = days(
    [
        tells("D1-01"),
        {**decides("D1-02", "B", A={"next": "D1-03A", "set": {"port": "East"}}, B={"next": "D1-03B"})},
        tells("D1-03A", when="port == East", next=["D1-04"]),
        tells("D1-03B", next=["D1-04"]),
        tells("D1-04", when="hours > 3"),
        {
            **decides(
                "D1-05", "A", A={"next": "D1-06", "set": {"hours": 9}}, B={"next": "D1-07", "set": {"port": "W"}}
            ),
            "when": "port != W",
        },
        tells("D1-06", next=["D1-07", "D2-02"], needs=["D1-02"]),
        tells("D1-07", when="hours < 9 or port == East"),
        tells("D1-08"),
        tells("D1-90", kind="contingency", when="port == East", needs=["D1-04"]),
    ],
    [tells("D2-01"), tells("D2-02", when="port == W"), tells("D2-03", needs=["D1-07"])],
    variables={"port": {"start": "none"}, "hours": {"start": 0}},
)


@pytest.mark.parametrize("graph", [the_story(), TWISTED], ids=["the small scenario", "a twisted one"])
@given(st.lists(deeds, min_size=8, max_size=30))
def test_an_entry_moves_no_inject_that_is_not_named_as_affected(graph: Graph, tried: list[Deed]):
    assert strays(grown(graph, tried)) == []


@given(st.lists(deeds, min_size=8, max_size=30))
def test_what_may_be_released_is_what_a_release_does_not_refuse(tried: list[Deed]):
    history = grown(TWISTED, tried)

    allowed = [name for name in TWISTED.injects if history.allows(lead(), "release", inject=name)]

    stands = {name: course.stand(TWISTED, history.state, name) for name in TWISTED.injects}
    assert allowed == [name for name, stand in stands.items() if stand.releasable]


def grown(graph: Graph, tried: list[Deed]) -> History:
    """A history in which all this was tried, on a first day that is open."""
    history = History(graph).opened(1)
    for deed in tried:
        tries(history, deed)
    return history


def strays(history: History) -> list[tuple[str, str]]:
    """The injects that an entry moved without being affected by it; a day's opening or closing moves its own."""
    graph, found = history.graph, []
    for before, logged, after in zip(history.states(), history.log[1:], history.states()[1:], strict=False):
        stands = [{name: course.stand(graph, state, name) for name in graph.injects} for state in (before, after)]
        moved = {name for name in graph.injects if stands[0][name] != stands[1][name]}
        changed = frozenset(name for name, value in after.variables.items() if before.variables[name] != value)
        match logged.entry:
            case DayOpened(day=day) | DayClosed(day=day):
                near = {name for name in graph.injects if graph.day_of[name] == day}
            case entry:
                near = set(course.affected(graph, getattr(entry, "inject", ""), changed))
        found += [(kind_of(logged.entry), name) for name in sorted(moved - near)]
    return found


def up_next(history: History) -> str | None:
    inject = course.next_up(history.graph, history.state)
    return inject.id if inject is not None else None


def open_decision(history: History) -> str | None:
    inject = course.open_decision(history.graph, history.state)
    return inject.id if inject is not None else None


def test_what_was_taken_back_comes_after_everything_else_that_is_available():
    history = History().opened(1).released("D1-01", "D1-02")

    taken_back = history.recalled("D1-01")

    upcoming = course.next_up(taken_back.graph, taken_back.state)
    assert upcoming is not None
    assert upcoming.id == "D1-03"
