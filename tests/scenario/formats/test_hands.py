"""Lists as they leave people's hands: what is taken, what is left and what is said of it."""

import io

import pytest
from docx import Document

from tests.scenario.formats import traps_of_hands
from tests.scenario.formats.words import STORY, imported, table, workbook
from ttx.scenario.formats.language import language_of
from ttx.scenario.formats.readers import understood
from ttx.scenario.model import Scenario


def clocks(scenario: Scenario) -> list[list[str]]:
    return [[inject.at for inject in day.injects] for day in scenario.days]


def test_boxes_that_are_not_ticked_are_nothing_and_alike_rows_are_told_once():
    found, scenario = imported("shared.xlsx", traps_of_hands.frozen_notes())

    assert (found.rows, found.injects) == (6, 6)
    assert "Sheet 'Sheet1', row 9 and 199 more up to 208: holds only signs for nothing: 'False'." in found.left_out
    assert len(found.left_out) < 5
    assert (found.mapping["Who gets it"], found.mapping["What we hope for"]) == ("to", "expected")
    assert "Maybe earlier?" in scenario.days[0].injects[1].notes


def test_a_line_that_says_how_to_fill_in_a_column_is_no_inject():
    found, scenario = imported("serials.xlsx", traps_of_hands.units_below())

    assert scenario.days[0].injects[0].id == "D1-100"
    assert any("row 2: tells how to fill in the template" in one for one in found.left_out)


@pytest.mark.parametrize("remark,injects", [
    ("CANCELLED - see No 6", 2),
    ("Annulé", 2),
    ("deleted by JD", 2),
    ("Cancelled flights fill the hall", 3),
    ("Not cancelled", 3),
])  # fmt: skip
def test_a_remark_that_an_inject_is_cancelled_leaves_it_out_and_says_so(remark: str, injects: int):
    rows = [["No", "Time", "Inject", "From", "To", "Remarks"]]
    rows += [[str(n), f"{9 + n}:00", STORY[n], "Watch", "All", remark if n == 1 else ""] for n in range(3)]

    found = understood("list.csv", table(rows).encode())

    assert found.injects == injects
    assert any("leave that column out to take it all the same" in one for one in found.left_out) == (injects == 2)


def test_hours_since_the_start_go_beyond_a_day():
    found, scenario = imported("elapsed.xlsx", traps_of_hands.elapsed())

    assert clocks(scenario) == [["09:00", "10:30", "12:00", "14:00"], ["09:30", "11:00", "13:00"]]
    assert any("counted from the start of the exercise" in one for one in found.guessed)


@pytest.mark.parametrize("times,expected", [
    (("9:00 am", "10:30", "1:15 pm", "2:30"), [["09:00", "10:30", "13:15", "14:30"]]),
    (("9:00", "11:30", "1:15", "2:30"), [["09:00", "11:30", "13:15", "14:30"]]),
    (("22:00", "23:30", "1:15", "2:30"), [["22:00", "23:30", "01:15", "02:30"]]),
    (("9:00 am", "11:30 am", "1:15 am", "2:30 am"), [["01:15", "02:30", "09:00", "11:30"]]),
    (("10:00", "11:30", "9:00", "10:30"), [["09:00", "10:00", "10:30", "11:30"]]),
])  # fmt: skip
def test_hours_that_go_back_after_the_morning_are_the_afternoons(times: tuple[str, ...], expected: list[list[str]]):
    rows = [[str(n), time, STORY[n], "Watch", "All"] for n, time in enumerate(times)]

    found, scenario = imported("list.csv", table([["No", "Time", "Inject", "From", "To"], *rows]).encode())

    assert clocks(scenario) == expected
    told = any("were taken for the afternoon's: row" in one for one in found.guessed)
    assert told == ("14:30" in expected[0])


def test_what_is_said_once_holds_for_the_rows_below():
    found, scenario = imported("once.xlsx", traps_of_hands.said_once())

    day = scenario.days[0]
    assert [session.title for session in day.sessions] == ["Session 1", "Session 2"]
    assert {inject.sender for inject in day.injects} == {"Watch"}
    assert any("column 'Session', 'From' and 'To' is filled only where it changes" in one for one in found.guessed)


def test_a_sender_that_is_missing_alone_is_not_taken_from_above():
    rows = [[str(n), f"{9 + n}:00", STORY[n], "Watch" if n < 2 else "", "All"] for n in range(5)]

    _, scenario = imported("list.csv", table([["No", "Time", "Inject", "From", "To"], *rows]).encode())

    assert [one.sender for one in scenario.days[0].injects] == ["Watch"] * 2 + ["Exercise control"] * 3


def test_a_title_that_all_injects_share_is_their_storyline():
    found, scenario = imported("simex.xlsx", traps_of_hands.united())

    assert found.mapping["Main event"] == "storyline"
    assert scenario.days[0].injects[0].title.startswith("A fishing boat")


def test_old_text_behind_a_mark_of_utf_8_is_read():
    _, scenario = imported("luebeck.csv", traps_of_hands.marked_wrongly())

    assert scenario.days[0].injects[0].text.startswith("Der Hafen von Lübeck meldet: Fähre überfällig")
    assert scenario.language == "de"


def test_a_json_list_of_records_is_a_table_with_columns_to_correct():
    found, scenario = imported("liste.json", traps_of_hands.french())

    assert found.format == "MSEL table (JSON)"
    assert [column.field for column in found.columns][:5] == ["id", "at", "day", "title", "sender"]
    assert scenario.language == "fr"
    corrected = understood("liste.json", traps_of_hands.french(), {"Joueur": "notes"})
    assert corrected.mapping["Joueur"] == "notes"


def test_circumflexes_are_not_vietnamese():
    assert language_of(["La fenêtre de la côte est fermée, les pêcheurs sont prêts à être aidés."]) == "fr"
    assert language_of(["Một tàu cá báo hỏng máy cách bờ hai mươi hải lý, trên tàu khoảng một trăm người"]) == "vi"


def test_a_text_document_is_refused_with_what_to_do():
    made = io.BytesIO()
    document = Document()
    cells = document.add_table(2, 3)
    cells.cell(0, 0).text = "Inject"
    document.save(made)

    for name in ("msel.docx", "msel.xlsx"):
        refused = understood(name, made.getvalue()).refused
        assert refused is not None
        assert refused == (
            f"{name} is a Word document, whose tables are not read; copy the list into a spreadsheet, and save that as "
            ".xlsx."
        )


def test_a_days_banner_is_a_day_and_no_line_above_the_list():
    found, scenario = imported("banners.xlsx", traps_of_hands.banners())

    assert [inject.id for day in scenario.days for inject in day.injects][3:5] == ["D1-04", "D2-01"]
    assert not any("stands above the list" in one for one in found.left_out)


def test_a_storyline_may_stand_over_its_own_folded_rows():
    found, _ = imported("grouped.xlsx", traps_of_hands.grouped())

    assert any("row 8, 9, 10 and 11: hidden there" in one for one in found.guessed)


def test_an_empty_sheet_of_boxes_is_refused():
    empty = workbook({"List": [["Done", "No", "Time", "Inject"], *[[False, None, None, None]] * 9]})

    assert understood("list.xlsx", empty).refused is not None
