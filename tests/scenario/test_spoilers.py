"""Words that are read beforehand and told only later."""

from tests.scenario.test_graph import graph_of
from tests.words import Written, inject, small_scenario
from ttx.scenario.spoilers import Giveaway, giveaways
from ttx.scenario.story import places, tell


def found_in(data: Written) -> list[Giveaway]:
    graph = graph_of(data)
    return list(giveaways(graph, places(tell(graph))))


def test_the_small_scenario_gives_nothing_away() -> None:
    assert found_in(small_scenario()) == []


def test_a_name_in_the_summary_that_a_later_day_introduces_is_given_away() -> None:
    data = small_scenario()
    data["summary"] = "A boat, a port, and at last the Sable Fortune."
    inject(data, "D2-01")["text"] = "The Sable Fortune lies in port."

    (giveaway,) = found_in(data)

    assert giveaway == Giveaway("name", "Sable Fortune", "summary", "D2-01", 2)
    assert giveaway.sentence == "'Sable Fortune' is read in summary, and only told by D2-01 on day 2."


def test_a_name_that_day_one_tells_is_not_given_away() -> None:
    data = small_scenario()
    data["summary"] = "A boat, a port, and at last the Sable Fortune."
    inject(data, "D1-01")["text"] = "The Sable Fortune sails."
    inject(data, "D2-01")["text"] = "The Sable Fortune lies in port."

    assert found_in(data) == []


def test_a_name_that_only_one_way_of_a_decision_tells_is_given_away_on_day_one_too() -> None:
    data = small_scenario()
    data["organisations"]["owner"] = {"name": "Ship registry", "about": "Answers for the tanker Velstar."}
    inject(data, "D1-04B")["text"] = "The Velstar asks for naval help."

    assert [(one.words, one.address, one.inject) for one in found_in(data)] == [
        ("Velstar", "organisations.owner.about", "D1-04B")
    ]


def test_places_on_the_map_bodies_and_their_people_give_nothing_away() -> None:
    data = small_scenario()
    data["summary"] = "Boats leave Merevale; the Merevalians and the Ellory port wait."
    inject(data, "D2-01")["text"] = "Merevalians arrive at Ellory."

    assert found_in(data) == []


def test_a_compound_on_the_map_that_a_later_day_introduces_is_given_away() -> None:
    data = small_scenario()
    data["map"]["places"]["karsa"] = {"name": "Karsa", "at": [1, 1], "kind": "compound"}
    data["days"][0]["theme"] = "From the sea to Karsa"
    inject(data, "D2-01")["text"] = "Smoke rises over Karsa."

    assert [(one.words, one.address) for one in found_in(data)] == [("Karsa", "day-1.theme")]


def test_a_figure_on_the_agenda_is_given_away_and_a_year_is_not() -> None:
    data = small_scenario()
    data["days"][1]["title"] = "163 people in 2026"
    inject(data, "D2-01")["text"] = "In 2026 the hall holds 163."

    assert [(one.kind, one.words, one.address) for one in found_in(data)] == [("number", "163", "day-2.title")]


def test_a_question_asked_beforehand_can_give_a_later_day_away() -> None:
    data = small_scenario()
    data["days"][0]["questions"] = ["Who would look after the 163 people?"]
    inject(data, "D2-01")["text"] = "The hall holds 163."

    assert [(one.words, one.address) for one in found_in(data)] == [("163", "day-1.questions.1")]


def test_a_turn_of_phrase_of_a_later_title_on_the_agenda_is_given_away() -> None:
    data = small_scenario()
    data["days"][1]["sessions"][0]["title"] = "After the consulates demand lists"
    inject(data, "D2-01")["title"] = "Four consulates demand lists of names"

    assert [(one.kind, one.words, one.inject) for one in found_in(data)] == [
        ("phrase", "consulates demand lists", "D2-01")
    ]


def test_a_ship_that_is_named_a_day_before_the_map_shows_it_is_given_away() -> None:
    data = small_scenario()
    data["map"]["tokens"]["tanker"] = {"name": "Sable Fortune", "kind": "ship", "at": "Ellory"}
    inject(data, "D1-01")["text"] = "The Sable Fortune sails."
    inject(data, "D2-01")["map"] = [{"do": "show", "what": "tanker"}]

    assert found_in(data) == [Giveaway("token", "Sable Fortune", "D1-01", "D2-01", 2)]


def test_what_only_facilitators_read_gives_nothing_away() -> None:
    data = small_scenario()
    data["map"]["tokens"]["tanker"] = {"name": "Sable Fortune", "kind": "ship", "at": "Ellory"}
    inject(data, "D1-01")["notes"] = "The Sable Fortune comes later."
    inject(data, "D2-01")["map"] = [{"do": "show", "what": "tanker"}]

    assert found_in(data) == []
