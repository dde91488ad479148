"""The map: what the told injects have drawn on it, and nothing before they were told."""

from typing import Any

import pytest
from pydantic import ValidationError

from tests.exercise.words import the_story
from tests.words import small_scenario
from ttx.exercise.atlas import Atlas, Mark, Standpoint, draw
from ttx.exercise.captions import Box
from ttx.scenario.model import Alert, Inject, Map, Move, Point, Show

MEREVALE, ELLORY = (100, 300), (600, 400)
CROSSING = ((100, 300), (500, 380))


def chart(**more: Any) -> Map:
    """The small scenario's map."""
    return Map.model_validate({**small_scenario()["map"], **more})


def told(*steps: Move | Show | Alert) -> Atlas:
    """The map after an inject D1-01 with the first step, D1-02 with the second, and so on."""
    inject = the_story().injects["D1-01"]
    return draw(
        chart(), (inject.model_copy(update={"id": f"D1-{n:02}", "map": (one,)}) for n, one in enumerate(steps, 1))
    )


def move(to: str | Point) -> Move:
    return Move(do="move", token="pallas", to=to)


def sail(people: int | None = None) -> Move:
    return Move(do="move", token="pallas", route="crossing", people=people)


def show(what: str) -> Show:
    return Show(do="show", what=what)


def hide(what: str) -> Show:
    return Show(do="hide", what=what)


def alert(place: str | Point, label: str = "Alert") -> Alert:
    return Alert(do="alert", place=place, label=label)


def pallas(at: Point, trail: tuple[Point, ...] = (), step: str = "D1-01") -> Standpoint:
    return Standpoint("pallas", chart().tokens["pallas"], at, trail, step)


def test_before_anything_is_told_there_is_land_with_its_places_and_no_more():
    atlas = told()

    assert (atlas.width, atlas.height, atlas.land) == (1000, 700, (((0, 0), (300, 0), (300, 300)),))
    assert list(atlas.places) == ["Merevale", "Ellory"]
    assert (atlas.routes, atlas.borders, atlas.tokens, atlas.marks) == ({}, {}, (), ())


def test_a_token_that_is_shown_stands_where_it_begins():
    assert told(show("pallas")).tokens == (pallas(MEREVALE),)


def test_a_token_that_travels_a_route_stands_at_its_end_and_the_route_is_drawn():
    atlas = told(sail())

    assert atlas.tokens == (pallas((500, 380), CROSSING),)
    assert list(atlas.routes) == ["crossing"]


def test_a_number_of_people_gives_a_route_its_width_until_another_is_told_or_it_is_hidden():
    some = told(sail(64))
    more = told(sail(64), sail(), Show(do="show", what="crossing", people=2140))

    assert (some.flows, some.widths) == ({"crossing": 64}, {"crossing": 2})
    assert (more.flows, more.widths) == ({"crossing": 2140}, {"crossing": 5})
    assert told(sail(64), hide("crossing"), show("crossing")).flows == {}
    assert told(sail()).flows == {}


def test_each_class_of_width_ends_at_its_bound():
    assert [told(sail(many)).widths["crossing"] for many in (20, 21, 100, 500, 501, 2000, 2001)] == [
        1,
        2,
        2,
        3,
        4,
        4,
        5,
    ]


def test_the_number_and_the_names_stand_off_the_way():
    way = [(100.0, 300.0), (400.0, 300.0)]
    places = {"Orrin": {"name": "Orrin", "at": (250.0, 302.0), "kind": "country"}}
    atlas = draw(
        chart(places=places, routes={"road": {"name": "Road", "track": "land", "points": way}}),
        [the_story().injects["D1-01"].model_copy(update={"map": (Show(do="show", what="road", people=64),)})],
    )

    assert all(one.box.covers(Box(120, 296, 260, 8)) == 0 for one in atlas.captions.values())
    assert set(atlas.captions) == {"flow:road", "place:Orrin"}


def test_a_number_of_people_needs_a_route():
    with pytest.raises(ValidationError, match="a move names either a route or where it goes"):
        Move(do="move", token="pallas", to="Ellory", route="crossing")
    with pytest.raises(ValidationError, match="a number of people needs a route"):
        Move(do="move", token="pallas", to="Ellory", people=12)


def test_a_token_that_was_not_shown_travels_from_where_it_begins():
    assert told(move("Ellory")).tokens == (pallas(ELLORY, (MEREVALE, ELLORY)),)


def test_a_token_travels_on_from_where_it_stands():
    atlas = told(sail(), move("Ellory"), move((7.5, 8)))

    assert atlas.tokens == (pallas((7.5, 8), (ELLORY, (7.5, 8)), step="D1-03"),)


def test_a_token_that_is_shown_again_stays_where_it_is():
    assert told(move("Ellory"), show("pallas")).tokens == (pallas(ELLORY, (MEREVALE, ELLORY)),)


def test_what_is_hidden_leaves_the_map_and_comes_back_when_it_is_shown():
    hidden = told(sail(), show("regions"), hide("pallas"), hide("crossing"), hide("regions"))
    back = told(sail(), hide("pallas"), hide("crossing"), show("crossing"), show("pallas"))

    assert (hidden.tokens, hidden.routes, hidden.borders) == ((), {}, {})
    assert (back.tokens, list(back.routes)) == ((pallas(MEREVALE, step="D1-05"),), ["crossing"])


def test_a_border_is_drawn_once_it_is_shown():
    assert list(told(show("regions")).borders) == ["regions"]


def test_an_alert_marks_a_place_or_a_point_and_knows_who_raised_it():
    assert told(alert("Ellory", "171 people"), alert((1, 2), "Smoke")).marks == (
        Mark(ELLORY, "171 people", "D1-01"),
        Mark((1, 2), "Smoke", "D1-02"),
    )


def test_a_later_alert_takes_the_place_of_the_earlier_one_at_its_point_and_stands_last():
    assert told(alert("Ellory", "171 people"), alert("Merevale"), alert(ELLORY, "All landed")).marks == (
        Mark(MEREVALE, "Alert", "D1-02"),
        Mark(ELLORY, "All landed", "D1-03"),
    )


def test_hiding_a_place_takes_its_alert_away_and_leaves_the_place():
    atlas = told(alert("Ellory"), alert("Merevale"), hide("Ellory"))

    assert atlas.marks == (Mark(MEREVALE, "Alert", "D1-02"),)
    assert list(atlas.places) == ["Merevale", "Ellory"]


def test_hiding_a_token_takes_the_alert_away_that_stands_where_it_is():
    atlas = told(move(MEREVALE), alert(MEREVALE, "Adrift"), alert((1, 2), "Smoke"), hide("pallas"))

    assert atlas.marks == (Mark((1, 2), "Smoke", "D1-03"),)


def test_steps_that_point_nowhere_draw_nothing():
    atlas = told(
        move("Atlantis"),
        Move(do="move", token="ark", to="Ellory"),
        Move(do="move", token="pallas", route="road"),
        show("ark"),
        hide("ark"),
        alert("Atlantis"),
    )

    assert atlas == told()


def test_a_token_that_begins_nowhere_is_not_shown_before_it_is_somewhere():
    lost = chart(tokens={"pallas": {"name": "Pallas Wake", "kind": "vessel", "at": "Atlantis"}})
    injects: list[Inject] = [
        the_story().injects["D1-01"].model_copy(update={"map": (step,)}) for step in (show("pallas"), sail())
    ]

    stands = [[one.at for one in draw(lost, injects[:number]).tokens] for number in (1, 2)]

    assert stands == [[], [(500, 380)]]
