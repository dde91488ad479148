import time
from typing import Any

import pytest

from tests.scenario.formats.words import HSEEP, STORY, hseep, imported, workbook
from ttx.scenario.model import Inject

HEADER = ["Serial", "Time", "From", "To", "Message", "Next"]


def branched(name: str, rows: list[list[Any]]) -> tuple[tuple[str, ...], dict[str, Inject]]:
    """What was left out of this list, and its injects by id; it has no error."""
    found, scenario = imported(name, workbook({"MSEL": rows}))
    return found.left_out, {one.id: one for day in scenario.days for one in day.injects}


def ways(inject: Inject) -> dict[str, str]:
    """The labels of a decision, each with where it leads."""
    assert inject.branch is not None
    return {option.label: option.next for option in inject.branch.options.values()}


def row(number: str, time: str, text: str, after: str = "") -> list[Any]:
    return [number, time, "Navy", "All", text, after]


def test_a_cell_that_says_which_way_leads_where_is_a_branch_whose_arms_meet():
    rows = [HEADER, row("1", "0900", STORY[0], "2"), row("2", "0930", "Which port?", "If A go to 5-A; if B go to 5-B"),
            row("5-A", "1000", "The ship turns.", "6"), row("5-B", "1000", "The ship waits.", "6"),
            row("6", "1030", STORY[2], "End")]  # fmt: skip
    left, injects = branched("one column.xlsx", rows)
    assert ways(injects["D1-02"]) == {"A: The ship turns.": "D1-05A", "B: The ship waits.": "D1-05B"}
    assert [injects[one].kind for one in ("D1-02", "D1-05A", "D1-05B")] == ["decision", "adaptive", "adaptive"]
    assert injects["D1-05A"].next == ("D1-06",)
    assert not any("plain" in one for one in left)


def test_a_column_for_each_way_is_named_by_its_header():
    header = ["Inject #", "Time", "Inject", "Expected action", "If yes, go to", "If no, go to"]
    rows: list[list[Any]] = [
            header, [1, "0900", "Do they agree?", "Decide", "2", "3"], [2, "1000", "They do.", "Act", "4", "4"],
            [3, "1000", "They do not.", "Act", "4", "4"], [4, "1030", STORY[2], "Answer", "", ""]]  # fmt: skip
    _, injects = branched("two columns.xlsx", rows)
    assert ways(injects["D1-01"]) == {"Yes": "D1-02", "No: They do not.": "D1-03"}


def test_an_option_beside_the_column_of_its_way_is_the_label():
    header = ["ID", "Time", "Title", "Description", "Option A", "Option A Next", "Option B", "Option B Next"]
    rows = [header, ["1", "09:00", "Port", "Which port is it?", "Port Ellory", "2", "Port Varn", "3"],
            ["2", "10:00", "Ellory", "It opens its quay.", "", "", "", ""],
            ["3", "10:00", "Varn", "It wants a guarantee.", "", "", "", ""],
            ["4", "10:30", "Press", STORY[4], "", "", "", ""]]  # fmt: skip
    _, injects = branched("options.xlsx", rows)
    assert ways(injects["D1-01"]) == {"Port Ellory": "D1-02", "Port Varn": "D1-03"}


def test_arms_of_several_injects_are_followed_to_where_they_meet():
    rows = [HEADER, row("1", "0900", "Which way?", "Sea: 2; Land -> 4"), row("2", "0930", STORY[1]),
            row("3", "0945", STORY[2], "6"), row("4", "1000", STORY[3]), row("5", "1015", STORY[4]),
            row("6", "1100", STORY[5])]  # fmt: skip
    _, injects = branched("arms.xlsx", rows)
    assert ways(injects["D1-01"]) == {"Sea": "D1-02", "Land": "D1-04"}
    assert (injects["D1-02"].next, injects["D1-03"].next) == (("D1-03",), ("D1-06",))


def test_arms_of_several_injects_that_say_no_end_are_not_plain():
    rows = [HEADER, row("1", "0900", "Which way?", "Sea: 2; Land -> 4"),
            *[row(str(n), f"{8 + n:02}30", STORY[n]) for n in range(2, 7)]]  # fmt: skip
    left, injects = branched("no end.xlsx", rows)
    assert injects["D1-01"].branch is None
    assert any("row 2: what comes next is not plain ('Sea: 2; Land -> 4')" in line for line in left)


def test_a_text_may_say_it_too():
    choice = "If they choose Ellory, go to inject 2. If they choose Varn, go to inject 3."
    rows = [HSEEP, [1, "0900", "Decision", "Meeting", "Chair", "All", "Which port?", choice, "Obj 1", ""],
            hseep(2, "1000", STORY[1]), hseep(3, "1000", STORY[2]), hseep(4, "1100", STORY[3])]  # fmt: skip
    _, injects = branched("in words.xlsx", rows)
    assert ways(injects["D1-01"]) == {"They choose Ellory": "D1-02", "They choose Varn": "D1-03"}
    assert injects["D1-01"].expected != ()


@pytest.mark.parametrize(
    "header, says",
    [("Danach", "weiter mit {}"), ("Next", "go to {}"), ("Suite", "aller à {}"), ("Fortgang", "Weiter mit Nr. {}.")],
)
def test_a_cell_that_only_says_where_it_goes_on_leads_there(header: str, says: str):
    rows: list[list[Any]] = [
        ["Serial", "Time", "From", "To", "Message", header],
        row("1", "0900", STORY[0]),
        row("2", "0930", "Which port?", "If A, go to 3; if B, go to 4"),
        row("3", "1000", STORY[1], says.format(6)),
        row("4", "1000", STORY[2], says.format(5)),
        row("5", "1030", STORY[3]),
        row("6", "1100", STORY[4]),
    ]
    found, scenario = imported("onward.xlsx", workbook({"MSEL": rows}), **{header: "next"})
    injects = {one.id: one for day in scenario.days for one in day.injects}
    assert injects["D1-03"].next == ("D1-06",)
    assert injects["D1-04"].next is None, "the list's order leads there"
    assert not any("not plain" in one for one in found.left_out), found.left_out


def test_what_the_text_says_of_the_way_is_a_branch_and_no_longer_read_by_delegates():
    rows = [HEADER[:5], row("1", "0900", STORY[0])[:5],
            row("2", "0930", "The master asks to enter. Wenn ja, weiter mit 3, wenn nein, weiter mit 4.")[:5],
            row("3", "1000", "They go ashore. Weiter mit 5.")[:5], row("4", "1000", "It drifts. Weiter mit 5.")[:5],
            row("5", "1030", STORY[3])[:5]]  # fmt: skip
    _, injects = branched("in the text.xlsx", rows)
    assert ways(injects["D1-02"]) == {"Wenn ja": "D1-03", "Wenn nein": "D1-04"}
    assert [injects[one].text for one in ("D1-02", "D1-03")] == ["The master asks to enter.", "They go ashore."]
    assert "Wenn ja, weiter mit 3, wenn nein, weiter mit 4." in injects["D1-02"].notes


def test_a_way_in_the_text_that_is_not_plain_is_listed_with_its_row_and_stays_there():
    says = "If the master agrees, go to 9, if not, go to 3."
    rows = [HEADER[:5], row("1", "0900", f"{STORY[0]} {says}")[:5],
            row("2", "0930", "If the swell continues to 4 metres, the boats stay.")[:5],
            *[row(str(n), f"{9 + n:02}00", STORY[n])[:5] for n in range(3, 6)]]  # fmt: skip
    left, injects = branched("unclear in the text.xlsx", rows)
    assert says in injects["D1-01"].text
    plain = [one for one in left if "not plain" in one]
    assert len(plain) == 1, left
    assert "row 2: " in plain[0]
    assert "still stands in what delegates read" in plain[0]


@pytest.mark.parametrize(
    "says, why",
    [
        ("If A go to 1; if B go to 3", "a way leads back"),
        ("If A go to 3; if B go to 9", "a number nobody has"),
        ("If nobody calls go to 3", "one way only"),
        ("3, 4", "one after the other or one of two"),
        ("see the annex of day 3", "no number of this list"),
    ],
)
def test_what_is_not_plain_stays_in_the_notes_and_is_listed(says: str, why: str):
    rows = [HEADER, row("1", "0900", STORY[0]), row("2", "0930", STORY[1], says), row("3", "1000", STORY[2], "4"),
            row("4", "1030", STORY[3])]  # fmt: skip
    left, injects = branched(f"{why}.xlsx", rows)
    assert all(one.branch is None for one in injects.values())
    assert says in injects["D1-02"].notes
    assert any(line.startswith("Sheet 'MSEL', row 3: what comes next is not plain") for line in left), left


def test_columns_that_would_leave_most_injects_without_a_way_are_not_followed():
    rows = [HEADER, row("1", "0900", STORY[0], "6"), *[row(str(n), f"{9 + n:02}00", STORY[n]) for n in range(2, 7)]]
    left, injects = branched("astray.xlsx", rows)
    assert all(one.kind != "contingency" for one in injects.values())
    assert any("row 2: what comes next is not plain" in line for line in left)


def test_what_nothing_leads_to_is_held_in_reserve():
    rows = [HEADER, row("1", "0900", STORY[0], "3"), *[row(str(n), f"{9 + n:02}00", STORY[n]) for n in range(2, 7)]]
    _, injects = branched("skipped.xlsx", rows)
    assert [one.id for one in injects.values() if one.kind == "contingency"] == ["D1-02"]


def test_a_text_made_to_be_slow_costs_no_time():
    slow = [f"If 9{' ' * 30_000}:", "if 9 go to " * 4_000, f"If 9{' :' * 20_000}"]
    rows = [HEADER, *[row(str(n), f"{9 + n:02}00", STORY[n], slow[n % 3]) for n in range(1, 8)]]
    started = time.process_time()
    left, _ = branched("slow.xlsx", rows)
    assert time.process_time() - started < 5
    assert sum("what comes next is not plain" in line for line in left) == 7
