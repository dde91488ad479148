"""What an inject says on the map, told in other words than the scenario's."""

import pytest

from tests.exercise.words import History, lead, one_day, projector, tells
from ttx.exercise import course, hall
from ttx.exercise.hall import StoryView
from ttx.scenario.model import Inject


def test_words_and_numbers_on_the_map_are_changed_with_the_inject_and_the_scenario_s_stay():
    marks = {"do": "alert", "place": "Ellory", "label": "171 people"}
    goes = {"do": "move", "token": "pallas", "route": "crossing", "people": 190}
    history = History(one_day(tells("A", map=[marks, goes]), tells("B"))).opened(1)
    history.does(lead(), "reword", inject="A", labels={"1": "9 people"}).does(lead(), "reword", inject="A", title="New")
    history.does(lead(), "reword", inject="A", people={"2": 12})

    def said(found: Inject | None) -> tuple[str, ...]:
        return course.said_on_map(found) if found is not None else ()

    assert said(history.inject("A")) == ("9 people", "12")
    assert said(course.as_written(history.graph, history.state, "A")) == ("171 people", "190")
    assert course.changed_words(history.graph, history.state, "A") == ("title", "map")
    history.released("A")
    stage = hall.stage(history.graph, history.state, projector())
    assert isinstance(stage, StoryView)
    assert ([one.label for one in stage.atlas.marks], dict(stage.atlas.flows)) == (["9 people"], {"crossing": 12})


@pytest.mark.parametrize(
    "asks, said",
    [
        ({"labels": {"2": "No"}}, "Step 2 of A puts no words on the map, so there is nothing to change there."),
        ({"people": {"1": 5}}, "Step 1 of A puts no number of people on the map, so there is nothing to change there."),
        ({"labels": {"7": "No"}}, "Step 7 of A puts no words on the map, so there is nothing to change there."),
        ({"labels": {"1": "171 people"}}, "A reads like this already, so there is nothing to change."),
    ],
)
def test_only_what_an_inject_says_on_the_map_is_changed(asks: dict[str, object], said: str):
    marks = {"do": "alert", "place": "Ellory", "label": "171 people"}
    goes = {"do": "move", "token": "pallas", "route": "crossing"}
    history = History(one_day(tells("A", map=[marks, goes]))).opened(1)

    assert history.refuses(lead(), "reword", inject="A", **asks) == said
