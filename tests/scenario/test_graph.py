"""What leads to what, as the author wrote it and where nothing was written."""

from tests.words import inject, small_scenario
from ttx.scenario.graph import Graph, Step, build
from ttx.scenario.model import Scenario


def graph_of(data: dict[str, object]) -> Graph:
    return build(Scenario.model_validate(data))


def test_where_no_next_is_written_the_following_inject_of_the_day_comes_next() -> None:
    graph = graph_of(small_scenario())

    after = graph.after["D1-01"]

    assert after == (Step("D1-01", "D1-02"),)


def test_a_decision_leads_to_what_its_options_name() -> None:
    graph = graph_of(small_scenario())

    after = graph.after["D1-03"]

    assert after == (Step("D1-03", "D1-04A", "A"), Step("D1-03", "D1-04B", "B"))


def test_the_ways_of_a_decision_meet_again() -> None:
    graph = graph_of(small_scenario())

    before = graph.before["D1-05"]

    assert before == (Step("D1-04A", "D1-05"), Step("D1-04B", "D1-05"))


def test_no_path_leads_through_the_reserve_or_into_another_day() -> None:
    graph = graph_of(small_scenario())

    ends = [name for name, after in graph.after.items() if not after]

    assert ends == ["D1-05", "D1-09", "D2-03"]


def test_a_day_begins_with_its_first_inject() -> None:
    graph = graph_of(small_scenario())

    assert graph.entries == {"D1-01", "D2-01"}


def test_an_inject_that_only_waits_for_a_need_is_an_entry_too() -> None:
    data = small_scenario()
    inject(data, "D2-01")["next"] = ["D2-03"]
    inject(data, "D2-02")["next"] = []

    graph = graph_of(data)

    assert graph.entries == {"D1-01", "D2-01", "D2-02"}


def test_needs_and_variables_know_who_asks_for_them() -> None:
    graph = graph_of(small_scenario())

    assert graph.needed_by == {"D1-05": ("D2-03",)}
    assert graph.read_by == {"port": ("D2-02",)}


def test_of_two_injects_with_one_id_the_first_counts_and_leads_to_no_circle() -> None:
    data = small_scenario()
    inject(data, "D1-02")["id"] = "D1-01"

    graph = graph_of(data)

    assert graph.injects["D1-01"].title == "Crossings double"
    assert graph.after["D1-01"] == (Step("D1-01", "D1-03"),)


def test_the_network_carries_the_option_of_every_step() -> None:
    network = graph_of(small_scenario()).network()

    options = [step["option"] for _, _, step in network.out_edges("D1-03", data=True)]

    assert options == ["A", "B"]
