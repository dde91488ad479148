"""Every path at once, held to every path played out one by one as an exercise would."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.exercise.words import days, decides, tells
from tests.scenario.stories import Told, every_path, random_story
from tests.scenario.test_graph import graph_of
from tests.words import Written, small_scenario
from ttx.scenario import plot
from ttx.scenario.certainty import certain
from ttx.scenario.graph import Graph
from ttx.scenario.story import Place, Range, Story, places, spread, tell

SEEDS = range(80)


def paths_of(story: Story, situation: int = 0) -> Iterator[Told]:
    """What is told from this situation on, along each path."""
    if not story.stretches[situation]:
        yield ()
    for stretch in story.stretches[situation]:
        for rest in paths_of(story, stretch.to):
            yield (*stretch.told, *rest)


def braid(decisions: int, remembered: bool = False) -> Graph:
    """A day of so many decisions one after the other; if it is to be remembered, a second day asks for each."""
    first: list[Written] = []
    second: list[Written] = [tells("E-last")]
    for number in range(decisions):
        options = {key: {"next": f"D{number}{key}", "set": {f"v{number}": key}} for key in "AB"}
        first += [decides(f"D{number}", default="A", **options)]
        first += [tells(f"D{number}{key}", next=f"D{number + 1}") for key in "AB"]
        second += [tells(f"E{number}", when=f"v{number} == A")]
    variables = {f"v{number}": {"start": "-"} for number in range(decisions)}
    return days([*first, tells(f"D{decisions}")], second if remembered else [tells("E-last")], variables=variables)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_paths_at_once_tell_what_each_path_tells_when_it_is_played(seed: int) -> None:
    graph = random_story(seed)

    assert sorted(paths_of(tell(graph))) == sorted(every_path(graph))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_least_and_the_most_are_those_of_the_single_paths(seed: int) -> None:
    graph = random_story(seed)
    played = every_path(graph)
    weights = {name: {name: 1, name[:2]: 2} for name in graph.injects}

    found = spread(tell(graph), weights)

    sums = {measure: [sum(weights[name].get(measure, 0) for name in told) for told in played] for measure in found}
    assert {measure: (span.least, span.most) for measure, span in found.items()} == {
        measure: (min(each), max(each)) for measure, each in sums.items()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_an_inject_lies_on_as_many_paths_as_tell_it(seed: int) -> None:
    graph = random_story(seed)
    played = every_path(graph)
    told_by = Counter(name for told in played for name in told)

    lying = places(tell(graph))

    assert {name: (place.paths, place.of) for name, place in lying.items()} == {
        name: (many, len(played)) for name, many in told_by.items()
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_certain_lies_on_every_path_and_what_is_not_possible_on_none(seed: int) -> None:
    graph = random_story(seed)
    played = [frozenset(told) for told in every_path(graph)]

    sure, possible = certain(graph)

    assert sure <= frozenset.intersection(*played)
    assert possible >= frozenset.union(*played)


def test_an_inject_of_an_option_lies_where_that_was_chosen() -> None:
    lying = places(tell(graph_of(small_scenario())))

    assert lying["D1-04A"] == Place(1, 2, (("D1-03", "A"),))
    assert lying["D2-02"] == Place(1, 2, (("D1-03", "A"),))
    assert lying["D1-05"].always
    assert "D1-09" not in lying


def test_paths_with_the_same_before_them_are_one() -> None:
    story = tell(braid(60))

    assert (story.exact, story.paths) == (True, 2**60)
    assert len(story.situations) < 200


def test_a_choice_that_changes_nothing_is_not_named() -> None:
    graph = braid(3)

    found = spread(tell(graph), {"D1A": {"C1": 1}, "D2": {"C2": 1}})

    assert found["C1"] == Range(0, 1, (("D1", "B"),), (("D1", "A"),))
    assert found["C2"] == Range(1, 1)


def test_too_many_paths_give_bounds_and_say_so() -> None:
    story = tell(braid(14, remembered=True))

    found = spread(story, {"D0A": {"C1": 1}, "D1": {"C1": 1}, "E-last": {"C2": 1}})

    assert (story.exact, story.paths, story.situations) == (False, 0, ())
    assert found == {"C1": Range(1, 2), "C2": Range(1, 1)}
    assert places(story)["D1"] == Place(1, 1)


def test_what_remains_to_be_remembered_may_be_as_much_as_the_limit() -> None:
    story = tell(braid(8, remembered=True))

    assert (story.exact, story.paths) == (True, 256)
    assert len(story.situations) < plot.MANY


def test_a_day_without_an_inject_on_its_path_is_no_end() -> None:
    graph = days([tells("A", kind="contingency")], [tells("B")])

    assert list(paths_of(tell(graph))) == [("B",)]


def test_an_unmet_need_ends_its_way_and_not_the_story() -> None:
    graph = days([tells("A"), tells("B", needs=["R"]), tells("C"), tells("R", kind="contingency")], [tells("D")])

    assert list(paths_of(tell(graph))) == [("A", "D")]
