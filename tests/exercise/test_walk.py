"""A walk through a scenario: any path, made again from a short text, by the exercise's own rules."""

import pytest

from tests.exercise.words import days, decides, tells, the_story
from tests.scenario.stories import random_story
from tests.words import small_roster, small_scenario
from ttx.exercise import walk as walking
from ttx.exercise.walk import Walk, ahead, back, onward, seen, viewers, waiting, walk
from ttx.scenario.graph import Graph
from ttx.scenario.material import Material
from ttx.scenario.roster import Roster, seated
from ttx.scenario.story import tell

SEEDS = range(40)


def roster() -> Roster:
    return seated(Material(small_roster(), {}, "roster.yaml"))


def walked(path: str, graph: Graph | None = None) -> Walk:
    return walk(graph or the_story(), path)


def seen_by(key: str, path: str, roster: Roster | None = None) -> list[str]:
    """The ids of what one of the viewers has been told."""
    graph = the_story()
    viewer = next(one for one in viewers(graph, roster) if one.key == key)
    return [inject.id for inject in seen(walk(graph, path, roster), viewer)]


def every_walk(graph: Graph) -> list[tuple[str, ...]]:
    """What is told on each way of walking through, taking what comes and every option in turn."""
    found, open_paths = [], [""]
    while open_paths:
        here = walk(graph, open_paths.pop())
        assert here.refused is None
        if here.over:
            found.append(here.state.out)
        elif here.decision is not None and here.decision.branch is not None:
            open_paths += [onward(here, f"~{key}") for key in here.decision.branch.options]
        else:
            open_paths.append(onward(here, str(ahead(here)) if here.upcoming is not None else "_"))
    return found


def test_a_walk_begins_with_the_first_day_open_and_nothing_told() -> None:
    here = walked("")

    assert (here.state.day, here.state.out, here.path, here.refused) == (1, (), "", None)
    assert here.upcoming is not None
    assert here.upcoming.id == "D1-01"


def test_a_number_tells_what_comes_next_in_turn_up_to_a_decision() -> None:
    here = walked("3")

    assert here.state.out == ("D1-01", "D1-02", "D1-03")
    assert here.decision is not None
    assert (here.decision.id, here.upcoming, here.minutes) == ("D1-03", None, 60)


def test_an_option_is_taken_and_its_variables_are_set() -> None:
    here = walked("3.~A")

    assert here.state.variables["port"] == "Ellory"
    assert here.upcoming is not None
    assert here.upcoming.id == "D1-04A"


def test_a_day_ends_where_it_is_left_and_the_last_one_ends_the_walk() -> None:
    one, two = walked("3.~B.2._"), walked("3.~B.2._.2._")

    assert (one.state.day, one.last_day, one.over, one.minutes, one.all_minutes) == (2, True, False, 0, 100)
    assert (two.over, two.state.out[-2:]) == (True, ("D2-01", "D2-03"))


def test_the_same_path_leads_to_the_same_place() -> None:
    here = walked("3.~A.2.D1-09._.1")

    again = walked(here.path)

    assert (here.path, here.state) == ("3.~A.2.D1-09._.1", again.state)


def test_one_step_back_is_the_path_without_its_last_step() -> None:
    paths = ["3.~A.2", "3.~A.1", "3.~A", "3", "2", "1", ""]

    assert [back(walked(path)) for path in paths] == [*paths[1:], None]


def test_moves_of_one_kind_are_counted_together() -> None:
    assert onward(walked("2"), "1") == "3"
    assert onward(walked("3"), "~B") == "3.~B"
    assert onward(walked("3.~B"), "2") == "3.~B.2"


def test_how_many_lie_before_the_next_decision_or_the_end_of_the_day() -> None:
    assert [ahead(walked(path)) for path in ("", "1", "3", "3.~A", "3.~A.2", "3.~A.2._.3._")] == [3, 2, 0, 2, 0, 0]


def test_what_waits_says_why() -> None:
    standing = {inject.id: (stand.standing.value, stand.why) for inject, stand in waiting(walked("3.~A"))}

    assert standing["D1-04A"] == ("available", "")
    assert standing["D1-04B"] == ("passed by", "D1-03 was decided A")
    assert standing["D1-09"] == ("reserve", "")
    assert "D1-01" not in standing


def test_a_path_that_no_longer_fits_stops_there_and_says_why() -> None:
    here = walked("2.D1-05.1")

    assert here.path == "2"
    assert here.refused == "D1-05 is not yet reachable: D1-04A has not been released."


@pytest.mark.parametrize(
    "path, sentence",
    [
        ("3.1", "D1-03 has to be decided before the story goes on."),
        ("1.~A", "The link takes option A, but no decision is due here."),
        ("3.~C", "D1-03 has no option C; its options are A, B."),
        ("X-99", "There is no inject X-99 in this exercise."),
        ("1.<b>", "The link says '<b>', which is no step of a walk."),
        ("3.~A.2.1", "Nothing more comes on this day."),
        ("_._.1", "The story is over."),
    ],
)
def test_a_step_that_cannot_be_taken_is_refused_with_a_sentence(path: str, sentence: str) -> None:
    assert walked(path).refused == sentence


def test_a_delegate_of_a_group_sees_what_is_addressed_to_it_and_a_facilitator_everything() -> None:
    assert seen_by("", "3.~A.2") == ["D1-01", "D1-02", "D1-03", "D1-04A", "D1-05"]
    assert seen_by("SEA", "3.~A.2") == ["D1-01", "D1-02", "D1-03", "D1-04A", "D1-05"]
    assert seen_by("LAND", "3.~A.2") == ["D1-01", "D1-03", "D1-04A", "D1-05"]


def test_a_delegation_of_the_roster_sees_what_names_it() -> None:
    assert "D1-09" in seen_by("~Kestria", "3.~A.2.D1-09", roster())
    assert "D1-09" not in seen_by("SEA", "3.~A.2.D1-09", roster())
    assert "D1-09" not in seen_by("~tamarinda", "3.~A.2.D1-09", roster())


def test_a_walk_does_not_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "MOST", 3)
    graph = days([tells(f"A{number}") for number in range(9)])

    here = walked("9", graph)

    assert (here.path, here.refused) == ("3", "A walk tells 3 developments and no more.")


def test_a_decision_without_a_choice_may_be_left_with_the_day() -> None:
    graph = days([decides("A", x="B", y="C"), tells("B", next=[]), tells("C")], [tells("D")])

    assert walked("1._.1._", graph).state.out == ("A", "D")


@pytest.mark.parametrize("seed", SEEDS)
def test_walking_every_way_tells_what_the_story_of_the_scenario_says(seed: int) -> None:
    graph = random_story(seed, days_=2)
    story = tell(graph)

    walks = every_walk(graph)

    assert len(walks) == story.paths
    assert frozenset().union(*walks) == story.possible
    assert frozenset.intersection(*map(frozenset, walks)) == story.certain


def test_the_small_scenario_has_two_walks() -> None:
    assert len(every_walk(the_story(small_scenario()))) == 2


def test_a_path_can_be_made_from_the_choices_it_takes() -> None:
    graph = the_story()

    assert walking.taking(graph, {"D1-03": "A"}) == "3.~A.2._.3._"
    assert walking.taking(graph, {}) == "3.~B.2._.2._"
    assert walking.taking(graph, {"D1-03": "no such option"}, until=2) == "3.~B.2._"


def test_of_a_decision_of_each_table_both_ways_are_walked_as_one_choice_each() -> None:
    apart = decides("D1", A="A1", B="B1")
    apart["branch"]["by"] = "each_table"
    graph = days([apart, tells("A1", next=["Z"]), tells("B1", next=["Z"]), tells("Z")])

    assert walk(graph, "1", roster()).decision is not None
    assert sorted(every_walk(graph)) == [("D1", "A1", "Z"), ("D1", "B1", "Z")]
