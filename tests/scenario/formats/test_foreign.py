"""Files of strangers: what each first was read wrongly for, so that it is not again."""

import io
import zipfile
from datetime import time

import pytest

from tests.scenario.formats.words import HSEEP, STORY, Rows, hseep, imported, workbook
from ttx.scenario.formats.entries import audience_of, lines_of
from ttx.scenario.formats.readers import understood
from ttx.scenario.model import Scenario


def at(scenario: Scenario, ident: str) -> tuple[int, str]:
    """The day and the planned time of an inject."""
    return next((day.day, one.at) for day in scenario.days for one in day.injects if one.id == ident)


def zipped(**files: str) -> bytes:
    """A scenario's folder in a zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name.replace('_', '-')}.yaml", text)
    return content.getvalue()


def test_each_day_keeps_its_round_though_it_asks_the_same_as_another():
    header = ["Time", "Activity / Inject", "Details", "Audience"]
    days: dict[str, Rows] = {
        f"Day {number} (Mon)": [
            header,
            [time(9), f"Inject {number}.1", STORY[number], "All"],
            [time(10), "Group discussion", "What would you do first, and whom would you call before that?", "All"],
        ]
        for number in (1, 2, 3)
    }
    found, scenario = imported("days.xlsx", workbook(days))
    assert [len(day.injects) for day in scenario.days] == [2, 2, 2]
    assert not any("repeat" in sentence for sentence in found.left_out)


def test_day_and_hour_without_an_offset_are_the_start():
    rows = [HSEEP, hseep(1, "J H", STORY[0]), hseep(2, "J+1 H", STORY[1]), hseep(3, "J+1 H+2 M-5", STORY[2])]
    found, scenario = imported("jh.xlsx", workbook({"MEL": rows}))
    assert [at(scenario, ident) for ident in ("D1-01", "D2-02", "D2-03")] == [(1, "09:00"), (2, "09:00"), (2, "10:55")]
    assert not any("no time" in sentence for sentence in found.guessed)


def test_children_are_known_on_a_day_that_holds_little_else():
    rows = [HSEEP[:2] + HSEEP[3:]] + [
        row[:2] + row[3:]
        for row in (
            *(hseep(number, f"Day 1 {8 + number:02}00", STORY[number]) for number in range(1, 5)),
            hseep(5, "Day 2 0900", STORY[5], mode="TV"),
            hseep("5-A", "Day 2 0930", STORY[6], mode="TV"),
            hseep("5-B", "Day 2 0930", STORY[7], mode="TV"),
        )
    ]
    _, scenario = imported("children.xlsx", workbook({"MSEL": rows}))
    kinds = {one.id: one.kind for one in scenario.days[1].injects}
    assert kinds["D2-05A"] == kinds["D2-05B"] == "contingency"


@pytest.mark.parametrize("text", ["الجميع", "ทุกคน", "Tất cả", "全体", "Tous", "все", "සියලු දෙනා", "All players"])
def test_everybody_is_everybody_in_the_languages_of_the_region(text: str):
    assert audience_of(text) == (True, [], [])


@pytest.mark.parametrize(
    "cell, items",
    [
        ("1. Confirm 2. Pass on", ["Confirm", "Pass on"]),
        ("(a) Which data? (b) With whom?", ["Which data?", "With whom?"]),
        ("Call 2. Navy base at 1. light", ["Call 2. Navy base at 1. light"]),
    ],
)
def test_a_line_that_counts_is_a_list(cell: str, items: list[str]):
    assert lines_of(cell) == items


def test_a_number_means_the_objective_that_another_cell_counted_so():
    first, second = hseep(1, "0900", STORY[0]), hseep(2, "0930", STORY[1])
    first[8], second[8] = "1. Coordination; 2. Information", "1"
    _, scenario = imported("aims.xlsx", workbook({"MSEL": [HSEEP, first, second]}))
    named = {ident: aim.name for ident, aim in scenario.objectives.items()}
    assert named == {"O1": "Coordination", "O2": "Information"}
    assert scenario.days[0].injects[1].objectives == ("O1",)


@pytest.mark.parametrize("far, here", [("Planned GMT", "Planned Local"), ("Time (Z)", "Time (L)")])
def test_an_exercise_is_planned_by_the_clock_on_the_wall(far: str, here: str):
    rows: Rows = [
        ["No", far, here, "Message", "From", "To"],
        *([number, f"{number:02}:00", f"{number + 8:02}:00", STORY[number], "Navy", "All"] for number in (1, 2, 3)),
    ]
    _, scenario = imported("clocks.xlsx", workbook({"MSEL": rows}))
    assert at(scenario, "D1-01") == (1, "09:00")


def test_a_line_that_names_a_day_is_not_the_exercises_name():
    _, scenario = imported(
        "relay.xlsx", workbook({"MSEL": [["Day 1 - Led by DWG"], HSEEP, hseep(1, "0900", STORY[0])]})
    )
    assert scenario.title == "relay"


def test_the_exercises_name_may_stand_beside_its_label():
    _, scenario = imported(
        "x.xlsx", workbook({"MSEL": [["Exercise:", "NIGHT HERON"], HSEEP, hseep(1, "0900", STORY[0])]})
    )
    assert scenario.title == "NIGHT HERON"


def test_h_alone_is_the_start():
    rows = [HSEEP, hseep(1, "H-1", STORY[0]), hseep(2, "H", STORY[1]), hseep(3, "H+0:45", STORY[2])]
    _, scenario = imported("h.xlsx", workbook({"MEL": rows}))
    assert [one.at for one in scenario.days[0].injects] == ["08:00", "09:00", "09:45"]


def test_what_comes_next_is_no_storyline_and_a_target_is_a_receiver():
    header = ["Réf.", "Heure", "Événement", "Acteur à l'origine", "Cible(s)", "Next inject"]
    rows = [[f"E-{n}", f"{8 + n}h", STORY[n], "Douanes", "Police", "E-9"] for n in range(1, 6)]
    _, scenario = imported("calendrier.xlsx", workbook({"Feuille1": [header, *rows]}))
    first = scenario.days[0].injects[0]
    assert (first.sender, first.to.delegations, first.storyline) == ("Douanes", ("Police",), None)
    assert "**Next inject:** E-9" in first.notes


def test_formulas_without_results_are_refused_as_that():
    rows = [HSEEP, hseep(1, "0900", '=CONCAT("A boat"," calls")'), hseep(2, "0930", '=CONCAT("A ship"," calls")')]
    for row in rows[1:]:
        row[7] = ""
    found = understood("formulas.xlsx", workbook({"MSEL": rows}))
    assert found.refused is not None
    assert "formulas without a stored result" in found.refused


@pytest.mark.parametrize(
    "name, content, says",
    [
        ("plan.pdf", b"%PDF-1.7\n", "is a PDF"),
        ("log.xlsx", workbook({"ICS 214": [["ACTIVITY LOG (ICS 214)"], ["Date/Time", "Notable Activities"],
                                           ["0712", "Arrived"], ["0745", "Briefing held"]]}), "a log of what happened"),
        ("head.xlsx", workbook({"MSEL": [HSEEP]}), "nothing beneath it"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_as_what_it_is(name: str, content: bytes, says: str):
    found = understood(name, content)
    assert found.refused is not None
    assert says in found.refused


def test_a_folder_whose_aliases_multiply_is_refused_with_file_and_line():
    bomb = "title: x\na: &a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}]\n" for old, new in ("ab", "bc", "cd"))
    found = understood("bomb.zip", zipped(scenario=bomb, day_1="day: 1\n"))
    assert found.refused is not None
    assert "scenario.yaml cannot be read beyond line 2" in found.refused


def test_a_t3sf_player_called_all_is_everybody():
    listed = '[{"#": 1, "Real Time": "09:00", "Subject": "Call", "From": "Navy", "Player": "All", "Script": "-"}]'
    _, scenario = imported("msel.json", listed.encode())
    assert scenario.days[0].injects[0].to.all


def card(number: int) -> Rows:
    return [
        ["INJECT CARD", ""],
        ["Inject No:", number],
        ["Time:", f"{8 + number:02}00"],
        ["From:", "Coast guard"],
        ["To:", "Police"],
        ["Method:", "Email"],
        ["Message:", ""],
        [STORY[number]],
        ["Expected Action:", "Call back"],
        *([["Seen by", "legal", "Monday"]] if number == 2 else []),
    ]


@pytest.mark.parametrize("sheets", [
    {"Cards": [row for number in (1, 2, 3) for row in [*card(number), []]]},
    {f"Inject {number}": card(number) for number in (1, 2, 3)},
])  # fmt: skip
def test_cards_beneath_each_other_or_sheet_by_sheet_are_injects(sheets: dict[str, Rows]):
    found, scenario = imported("cards.xlsx", workbook(sheets))
    injects = scenario.days[0].injects
    assert (found.injects, found.rows, scenario.title) == (3, 3, "cards")
    assert "INJECT CARD" in found.mapping
    assert [one.text for one in injects] == [STORY[number] for number in (1, 2, 3)]
    assert "Seen by" in injects[1].notes
    assert [(one.at, one.sender, one.channel, one.expected) for one in injects[:1]] == [
        ("09:00", "Coast guard", "email", ("Call back",))
    ]
