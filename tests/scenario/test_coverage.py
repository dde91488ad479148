"""How often a scenario exercises what, at least and at most, on any path."""

from pathlib import Path

from tests.scenario import coverage_tables
from tests.scenario.test_graph import graph_of
from tests.words import inject, small_scenario
from ttx.scenario.coverage import coverage, exercised, way
from ttx.scenario.story import Range


def test_what_every_path_tells_is_counted_alike_at_least_and_at_most() -> None:
    found = coverage(graph_of(small_scenario()))

    assert (found.paths, found.exact) == (2, True)
    assert found.objectives_by_day["O1", 1] == Range(5, 5)


def test_a_path_that_misses_a_capability_is_named_by_its_choices() -> None:
    data = small_scenario()
    inject(data, "D1-04B")["capabilities"] = ["C2"]

    found = coverage(graph_of(data))

    assert found.capabilities["C2"] == Range(0, 1, (("D1-03", "A"),), (("D1-03", "B"),))
    assert found.capabilities_by_day["C2", 2] == Range(0, 0)


def test_a_condition_is_asked_with_what_was_set_on_the_way() -> None:
    found = coverage(graph_of(small_scenario()))

    assert found.objectives_by_day["O1", 2] == Range(2, 3, (("D1-03", "B"),), (("D1-03", "A"),))


def test_the_reserve_is_not_counted() -> None:
    data = small_scenario()
    inject(data, "D1-09")["capabilities"] = ["C2"]

    found = coverage(graph_of(data))

    assert found.capabilities["C2"] == Range(0, 0)


def test_an_objective_that_only_a_question_names_is_exercised_and_none_twice() -> None:
    graph = graph_of(small_scenario())

    assert exercised(graph.injects["D2-03"]) == ("O1", "O2")
    assert coverage(graph).objectives["O2"] == Range(1, 1)


def test_choices_are_said_in_words() -> None:
    assert way((("D1-03", "A"), ("D2-04", "B"))) == "D1-03 goes A and D2-04 goes B"
    assert way(()) == "every path"


def test_the_tables_in_the_documents_are_those_of_the_scenarios() -> None:
    written = Path(__file__).parents[2] / "docs" / "coverage.md"

    assert written.read_text("utf-8") == coverage_tables.page(), (
        "run .venv/bin/python -m tests.scenario.coverage_tables > docs/coverage.md"
    )
