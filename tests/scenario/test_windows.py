"""A change within one item of a long list, as if the others were not there."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scenario.asking import asked
from tests.scenario.layouts import BY_HAND
from tests.scenario.vast import vast_scenario
from ttx.scenario.material import exact, parse
from ttx.scenario.windows import first, reread, within
from ttx.scenario.writing import written

LIST = "day: 1\ninjects:\n# one\n- id: A\n  # own\n# two\n- id: B\n\n- id: C\nlead: SEA\n"


@pytest.mark.parametrize(
    "index,shown",
    [
        (0, "injects:\n- id: A\n  # own\n# two\n- id: B\n\n"),
        (1, "injects:\n- id: B\n\n- id: C\nlead: SEA\n"),
        (2, "injects:\n- id: C\nlead: SEA\n"),
    ],
)
def test_a_window_shows_an_item_and_the_one_after_it(index: int, shown: str):
    seen = []

    def step(text: str) -> str:
        seen.append(text)
        return text.replace("id: ", "id: Z", 1)

    after = within(LIST, parse(LIST, "day-1.yaml").lines, ("injects", index, "id"), [step])

    assert seen == [shown]
    assert after == LIST.replace(f"id: {'ABC'[index]}", f"id: Z{'ABC'[index]}")
    assert first(("injects", index, "id")) == ("injects", 0, "id")


@pytest.mark.parametrize(
    "text",
    ["injects: [{id: A}, {id: B}]\n", "injects:\n-\n  id: A\n- id: B\n", "injects: []\n", "day: 1\n", "injects: x\n"],
)
def test_items_that_do_not_stand_below_each_other_cannot_be_parted(text: str):
    with pytest.raises(LookupError):
        within(text, parse(text, "day-1.yaml").lines, ("injects", 0, "id"), [])


def test_lines_end_in_a_window_as_they_do_in_the_file():
    text = LIST.replace("\n", "\r\n")
    there = "injects:\r\n- id: C\r\nlead: SEA\r\n"

    after = within(
        text, parse(text, "day-1.yaml").lines, ("injects", 2), [{there: there.replace("C", "D")}.__getitem__]
    )

    assert after == text.replace("C", "D")


LONG = written(vast_scenario(12, 1))["day-1.yaml"]
TRAPS = (
    *("", "\n", " ", "  ", "- ", "-", ":", "#", "'", '"', "[", "]", "{", "}", ",", "|", ">-", "?", "&a", "*a", "!x"),
    *("---\n", "...\n", "\t", "\r\n", "\x85", "\u2028", "id: X", "\n- id: X\n", "\n  - id: X\n", "\nlead: A\n"),
    *("  title: a\n  title: b\n", "text: |\n      a\n\n      b\n", "%YAML 1.1\n", "a\n  b\n"),
)


@given(
    st.sampled_from([LIST, BY_HAND, LONG, LONG.replace("\n", "\r\n"), LONG.rstrip("\n")]),
    st.integers(0, 11),
    st.floats(0, 1),
    st.integers(0, 40),
    st.lists(st.sampled_from(TRAPS), min_size=1, max_size=3).map("".join),
)
@settings(max_examples=400, deadline=None)
def test_what_is_read_again_through_a_window_is_what_the_whole_says(
    text: str, index: int, where: float, length: int, put: str
):
    piece = parse(text, "day-1.yaml")
    here = int(where * len(text))
    now = text[:here] + put + text[here + length :]

    seen = reread(text, piece, now, "day-1.yaml", ("injects", index))

    if seen is not None:
        whole = parse(now, "day-1.yaml")
        assert exact(seen.data) == exact(whole.data)
        assert seen == whole


@pytest.mark.parametrize("index", [0, 5, 10, 11])
def test_one_item_is_read_again_without_the_others(index: int):
    piece = parse(LONG, "day-1.yaml")
    name = f"id: D1-{index + 1:02}\n"

    seen = reread(
        LONG, piece, LONG.replace(name, f"{name}    notes: |-\n      a\n      b\n"), "day-1.yaml", ("injects", index)
    )

    assert seen is not None
    assert seen.data["injects"][index]["notes"] == "a\nb"  # type: ignore[index]
    assert seen == parse(LONG.replace(name, f"{name}    notes: |-\n      a\n      b\n"), "day-1.yaml")


@pytest.mark.parametrize(
    "old,new",
    [
        ("id: D1-02", "id: E1-02"),
        ("id: D1-06", "id: E1-06"),
        ("id: D1-08", "id: E1-08"),
        ("  - id: D1-05", "  -  id: E\n  - id: D1-05"),
        ("  - id: D1-05", "- id: D1-05"),
        ("id: D1-05", "id: [D1-05"),
        ("id: D1-05", "id: D1-05\n    id: X"),
        ("id: D1-05", 'id: "D1-05\u2028"'),
    ],
)
def test_a_change_that_reaches_beyond_its_item_is_read_whole(old: str, new: str):
    piece = parse(LONG, "day-1.yaml")

    assert LONG.count(old) == 1
    assert reread(LONG, piece, LONG.replace(old, new), "day-1.yaml", ("injects", 4)) is None


def test_a_text_in_which_a_field_is_written_twice_is_read_whole():
    text = LONG.replace("id: D1-01", "id: D1-01\n    id: X")
    piece = parse(text, "day-1.yaml")

    assert piece.repeats
    assert reread(text, piece, text.replace("id: D1-05", "id: E1-05"), "day-1.yaml", ("injects", 4)) is None


def test_a_save_among_300_injects_of_one_day_reads_what_was_written_and_no_other_inject():
    """It takes half as long as to read the day. The best of three, since something else may run."""
    texts = written(vast_scenario(300, 1))
    begun = time.perf_counter()
    parse(texts["day-1.yaml"], "day-1.yaml")
    whole = time.perf_counter() - begun
    asked(texts, "write_inject", day=1, inject="D1-10", fields={"title": "Before"})

    times = []
    for number in (150, 151, 152):
        begun = time.perf_counter()
        asked(texts, "write_inject", day=1, inject=f"D1-{number}", fields={"title": "New", "notes": f"a\n{number}\n"})
        times.append(time.perf_counter() - begun)

    assert min(times) < whole


def test_what_reaches_all_injects_of_a_day_is_one_change_and_not_hundreds():
    """One step an inject took three minutes here."""
    texts = written(vast_scenario(300, 1))

    done = asked(texts, "write_session", day=1, session="d1-s1", fields={"id": "morning"})
    many = asked(texts, "write_inject", day=1, inject="D1-10",
                 fields={"questions": [{"id": f"q{n}", "ask": "Why?"} for n in range(2000)]})  # fmt: skip
    asked(many.texts, "write_inject", day=1, inject="D1-10",
          fields={"questions": [{"id": f"q{n}", "ask": "Why?"} for n in range(0, 2000, 2)]})  # fmt: skip

    assert "d1-s1" not in done.texts["day-1.yaml"]
