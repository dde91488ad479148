"""The picture of a scenario: nothing overlaps, nothing is missing, and it does not take long."""

import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scenario.vast import vast_scenario
from tests.words import Written, inject, small_scenario
from ttx.scenario.checks import load
from ttx.scenario.graph import Graph, build
from ttx.scenario.lanes import moment
from ttx.scenario.layout import PAPER, laid_out
from ttx.scenario.model import Scenario
from ttx.scenario.shapes import Band, Box, Card, Layout, Point
from ttx.scenario.wires import Link

TOUCH = 0.01
"""Units by which a line may touch the edge of a card that it ends at."""


def drawn(data: Written) -> tuple[Graph, Layout]:
    graph = build(Scenario.model_validate(data))
    return graph, laid_out(graph)


def cards(layout: Layout) -> dict[str, Card]:
    return {card.inject.id: card for band in layout.bands for card in band.cards}


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def crosses(points: tuple[Point, ...], box: Box) -> bool:
    """Whether a line of level and upright pieces runs through a box."""
    for (x1, y1), (x2, y2) in pairwise(points):
        across = Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        inner = Box(box.x + TOUCH, box.y + TOUCH, box.width - 2 * TOUCH, box.height - 2 * TOUCH)
        if overlap(across, inner):
            return True
    return False


def lines(band: Band) -> Iterator[tuple[Link, tuple[Point, ...]]]:
    yield from ((wire.link, wire.points) for wire in band.wires)
    yield from ((stub.link, stub.points) for stub in band.stubs)


@st.composite
def tangled(draw: st.DrawFn) -> Written:
    """Scenarios in which everything may lead to everything: circles, ways back, other days, into the reserve."""
    data = small_scenario()
    counts = draw(st.lists(st.integers(1, 9), min_size=1, max_size=3))
    names = [f"D{day}-{n}" for day, count in enumerate(counts, 1) for n in range(1, count + 1)]
    data["days"] = [_tangled_day(draw, day, count, names) for day, count in enumerate(counts, 1)]
    return data


def _tangled_day(draw: st.DrawFn, day: int, count: int, names: list[str]) -> Written:
    some = st.lists(st.sampled_from(names), max_size=3)
    injects = []
    for number in range(1, count + 1):
        one = {**inject(small_scenario(), "D1-01"), "id": f"D{day}-{number}", "questions": []}
        one["at"] = f"09:{draw(st.sampled_from((0, 5, 20, 45))):02}" if draw(st.booleans()) else "11:30"
        one["session"] = draw(st.sampled_from(("early", "late", "unknown")))
        one["title"] = draw(
            st.sampled_from(("Landing", "A second vessel is sighted north of the strait " * 3, "海" * 40))
        )
        one["needs"] = draw(some)
        one["when"] = draw(st.sampled_from((None, None, "port == Ellory")))
        shape = draw(st.sampled_from(("left out", "next", "next", "decision", "reserve")))
        if shape == "next":
            one["next"] = draw(some)
        elif shape == "decision":
            one["kind"] = "decision"
            ends = draw(st.lists(st.sampled_from(names), min_size=2, max_size=4))
            one["branch"] = {"options": {"ABCD"[k]: {"label": "So", "next": end} for k, end in enumerate(ends)}}
        elif shape == "reserve":
            one["kind"] = "contingency"
        injects.append(one)
    sessions = [
        {"id": "early", "title": "Early", "start": "09:00", "minutes": 90},
        {"id": "pause", "title": "Pause", "start": "10:30", "minutes": 30, "kind": "break"},
        {"id": "late", "title": "Late", "start": "11:00", "minutes": 90},
    ]
    return {"day": day, "title": "Day", "theme": "Sea", "lead": "SEA", "sessions": sessions, "injects": injects}


SCENARIOS = st.one_of(tangled(), st.builds(lambda count: vast_scenario(count, 3), st.integers(3, 120)))
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(SCENARIOS)
def test_no_two_cards_overlap_and_each_is_inside_its_band(data: Written):
    _, layout = drawn(data)

    for band in layout.bands:
        boxes = {card.inject.id: card.box for card in band.cards}
        assert [pair for pair in combinations(boxes, 2) if overlap(boxes[pair[0]], boxes[pair[1]])] == []
        for box in boxes.values():
            assert box.x >= 0
            assert box.y >= 0
            assert box.right <= band.width
            assert box.bottom <= band.height


@quick
@given(SCENARIOS)
def test_a_session_holds_its_own_cards(data: Written):
    _, layout = drawn(data)

    for band in layout.bands:
        known = {column.session.id: column.box for column in band.columns if column.session is not None}
        stray = [column.box for column in band.columns if column.session is None]
        for card in band.cards:
            box = known.get(card.inject.session) or stray[0]
            assert box.x <= card.box.x
            assert card.box.right <= box.right


@quick
@given(SCENARIOS)
def test_a_steps_target_stands_right_of_its_source_unless_it_is_planned_earlier(data: Written):
    graph, layout = drawn(data)
    placed = cards(layout)

    for band in layout.bands:
        for wire in band.wires:
            if wire.link.need:
                continue
            source, target = (graph.injects[name] for name in (wire.link.source, wire.link.target))
            if moment(band.day, source) < moment(band.day, target) and not source.reserve:
                assert placed[source.id].box.right < placed[target.id].box.x


@quick
@given(SCENARIOS)
def test_every_step_and_every_need_is_drawn_once(data: Written):
    graph, layout = drawn(data)
    here = graph.day_of
    links = {Link(step.source, step.target, step.option) for steps in graph.after.values() for step in steps}
    links |= {
        Link(needed, one.id, need=True)
        for one in graph.injects.values()
        for needed in one.needs
        if needed in graph.injects
    }
    wires = Counter(wire.link for band in layout.bands for wire in band.wires)
    stubs = Counter((stub.link, stub.side) for band in layout.bands for stub in band.stubs)

    assert wires == Counter(link for link in links if here[link.source] == here[link.target])
    far = [link for link in links if here[link.source] != here[link.target]]
    assert stubs == Counter((link, side) for link in far for side in ("leaving", "entering"))


@quick
@given(SCENARIOS)
def test_no_line_crosses_a_card(data: Written):
    _, layout = drawn(data)

    for band in layout.bands:
        for link, points in lines(band):
            crossed = [card.inject.id for card in band.cards if crosses(points, card.box)]
            assert crossed == [], link


@quick
@given(SCENARIOS)
def test_lines_are_level_or_upright_and_end_at_their_cards(data: Written):
    _, layout = drawn(data)
    placed = cards(layout)

    for band in layout.bands:
        for wire in band.wires:
            assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(wire.points))
            source, target = placed[wire.link.source].box, placed[wire.link.target].box
            assert wire.points[0][0] == pytest.approx(source.right) or wire.points[0][1] == pytest.approx(source.bottom)
            assert wire.points[-1][0] == pytest.approx(target.x) or wire.points[-1][1] == pytest.approx(target.y)


@quick
@given(tangled())
def test_tags_at_the_bands_edges_do_not_overlap_and_name_the_other_end(data: Written):
    graph, layout = drawn(data)

    for band in layout.bands:
        boxes = [stub.box for stub in band.stubs]
        assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
        for stub in band.stubs:
            far = stub.link.target if stub.side == "leaving" else stub.link.source
            assert far in stub.text
            assert stub.day == graph.day_of[far]


def test_the_arms_of_a_decision_have_lanes_of_their_own_and_rejoin():
    _, layout = drawn(small_scenario())
    placed = cards(layout)

    assert placed["D1-03"].box.y == placed["D1-05"].box.y == placed["D1-04B"].box.y
    assert placed["D1-04A"].box.y > placed["D1-04B"].box.bottom
    assert placed["D1-04A"].box.x == placed["D1-04B"].box.x
    pills = {wire.link.option: wire.pill for wire in layout.bands[0].wires if wire.link.option}
    assert pills["A"] is not None
    assert pills["B"] is not None
    assert pills["A"][1] > pills["B"][1]


def test_what_is_in_reserve_stands_below_the_story_in_a_row_of_its_own():
    _, layout = drawn(small_scenario())
    band = layout.bands[0]

    assert band.reserve is not None
    assert [card.inject.id for card in band.cards if card.box.y > band.reserve] == ["D1-09"]
    assert layout.bands[1].reserve is None


def test_what_is_told_in_each_others_place_stands_in_one_column():
    data = small_scenario()
    inject(data, "D2-01")["when"] = "port != Ellory"
    inject(data, "D2-02")["at"] = inject(data, "D2-01")["at"]

    _, layout = drawn(data)

    placed = cards(layout)
    assert placed["D2-01"].box.x == placed["D2-02"].box.x
    assert placed["D2-03"].box.x > placed["D2-02"].box.right
    assert placed["D2-03"].box.y == placed["D2-01"].box.y


def test_captions_say_the_option_and_the_condition():
    _, layout = drawn(small_scenario())

    said = {
        card.inject.id: [(it.key, it.text) for it in card.captions] for card in cards(layout).values() if card.captions
    }

    assert said == {
        "D1-04A": [("A", "Ellory")],
        "D1-04B": [("B", "None yet")],
        "D2-02": [(None, "“Port of landing” is Ellory")],
    }


def test_the_width_is_the_papers_while_the_fullest_day_has_room_and_grows_with_it():
    assert drawn(small_scenario())[1].width == 1400
    wide, wider = (drawn(vast_scenario(count))[1].width for count in (300, 600))
    assert 1.8 < wider / wide < 2.2


def test_the_scenario_that_comes_with_the_engine_is_hardly_wider_than_the_paper():
    layout = laid_out(build(load(Path(__file__).parents[2] / "scenarios" / "lantern-tide")))

    assert PAPER <= layout.width < PAPER * 1.02


def test_the_same_scenario_is_drawn_the_same():
    assert drawn(vast_scenario(60))[1] == drawn(vast_scenario(60))[1]


@pytest.mark.parametrize("count,seconds", [(300, 0.5), (10_000, 12.0)])
def test_large_scenarios_are_laid_out_quickly(count: int, seconds: float):
    graph = build(Scenario.model_validate(vast_scenario(count)))
    taken = []
    for _ in range(3):
        begin = time.process_time()
        laid_out(graph)
        taken.append(time.process_time() - begin)

    assert min(taken) < seconds
