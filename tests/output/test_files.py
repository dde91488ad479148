"""Files: one report as JSON, CSV and XLSX, that say the same and that no spreadsheet takes for a program."""

import csv
import io
import json
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings

from tests.exercise.nonsense import words
from tests.exercise.words import EXTRA, History, evaluator, head, lead, whole_exercise
from tests.review.words import report
from ttx.output.files import COLUMNS, as_csv, as_json, as_xlsx, headed
from ttx.output.workbook import CUT, LONGEST
from ttx.review.report import Report, Tier

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM(A1)", '=HYPERLINK("http://example.org","x")']
MARKED = {"marking": "EXERCISE EXERCISE EXERCISE", "tlp": "TLP:AMBER"}
"""What a row of a CSV bears besides, since it travels alone; a sheet has it in its header."""

SCRIPTS = ["نتصل بضابط الاتصال", "เราโทรหาเจ้าหน้าที่", "ພວກເຮົາລໍຖ້າ", "ကျွန်ုပ်တို့ စောင့်သည်", "等待 🚢"]


def saying(*texts: str) -> Report:
    """The report of an exercise in which Kestria said this, one version after the other."""
    history = History().opened(1).released("D1-01")
    for text in texts:
        history.answered(head(), "D1-01", "q1", text=text, reservation=text[:2000])
    return report(history.does(evaluator(), "observe", text=texts[0][:2000]), Tier.FULL)


def csv_rows(made: Report) -> list[dict[str, str]]:
    """The rows of the CSV, by column."""
    return list(csv.DictReader(io.StringIO(as_csv(made).decode("utf-8-sig"), newline="")))


def sheets(made: Report) -> dict[str, list[tuple[Any, ...]]]:
    """The cells of the workbook, sheet by sheet, as a spreadsheet program reads them."""
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(made)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def xlsx_rows(made: Report) -> list[dict[str, str]]:
    """The rows of the workbook's answers, by column."""
    head, *rows = sheets(made)["Answers"]
    assert head == tuple(map(headed, COLUMNS))
    return [{name: str(cell) for name, cell in zip(COLUMNS, row, strict=True)} for row in rows]


def kestria(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if row["delegation"] == "Kestria"]


def test_json_is_the_whole_report():
    made = report(whole_exercise(), Tier.FULL)

    assert json.loads(as_json(made)) == made.model_dump(mode="json")


@pytest.mark.parametrize("tier", [Tier.FULL, Tier.OWN, Tier.ANALYST])
def test_csv_and_xlsx_say_the_same(tier: Tier):
    made = report(whole_exercise(), tier, "Kestria")

    assert csv_rows(made) == [row | MARKED for row in xlsx_rows(made)]
    assert len(csv_rows(made)) == sum(
        max(1, len(one.versions)) for told in made.injects for asked in told.questions for one in asked.answers
    )


def test_every_version_has_a_row_and_the_last_is_of_record():
    rows = kestria(csv_rows(saying("First", "Second")))

    assert [(row["version"], row["of_record"], row["at"], row["answer"]) for row in rows] == [
        ("1", "", "2026-11-23T09:03:00+00:00", "First"),
        ("2", "yes", "2026-11-23T09:04:00+00:00", "Second"),
    ]


def test_silence_has_a_row():
    (row,) = [row for row in csv_rows(saying("Said")) if row["delegation"] == "Republic of Orrin"]

    assert (row["version"], row["of_record"], row["at"], row["answer"]) == ("0", "", "", "(silence)")


def test_what_was_never_asked_has_no_row():
    made = report(History().opened(1).skipped("D1-01"), Tier.FULL)

    assert csv_rows(made) == []


def test_a_reservation_stands_beside_its_answer_and_not_in_it():
    history = History().opened(1).released("D1-01", "D1-02", "D1-03")
    history.answered(head(), "D1-03", "port", choice="A", reservation="Pending the capital")

    (row,) = [row for row in kestria(csv_rows(report(history, Tier.FULL))) if row["inject"] == "D1-03"]

    assert (row["answer"], row["reservation"]) == ("Ellory", "Pending the capital")


def test_a_translation_of_the_delegations_own_has_a_column():
    history = History().opened(1).released("D1-01")
    history.answered(head(), "D1-01", "q1", text="Kami menunggu.", translation="We wait.")

    (row,) = kestria(csv_rows(report(history, Tier.FULL)))

    assert (row["answer"], row["translation"]) == ("Kami menunggu.", "We wait.")


def test_an_answer_after_a_recall_says_so():
    history = History().opened(1).released("D1-01").recalled("D1-01").answered(head(), "D1-01", "q1", text="Late")

    (row,) = kestria(csv_rows(report(history, Tier.FULL)))

    assert (row["standing"], row["after_recall"]) == ("recalled", "yes")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text_in_a_csv(text: str):
    (row,) = kestria(csv_rows(saying(text)))

    assert (row["answer"], row["reservation"]) == (f"'{text}", f"'{text}")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_or_link_is_text_in_a_workbook(text: str):
    made = saying(text)

    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(made)))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value == text]

    assert [(cell.data_type, cell.hyperlink) for cell in cells] == [("s", None)] * 3


def test_a_workbook_holds_no_formula_and_no_link_at_all():
    archive = ZipFile(io.BytesIO(as_xlsx(saying(*FORMULAS, "http://example.org/", "mailto:x@example.org"))))

    found = [
        name for name in archive.namelist() for mark in (b"<f>", b"<f ", b"hyperlink") if mark in archive.read(name)
    ]

    assert found == []


def test_a_text_that_is_no_formula_is_left_alone():
    assert [row["answer"] for row in kestria(csv_rows(saying("We = they", "'quoted'", "1-2")))] == [
        "We = they",
        "'quoted'",
        "1-2",
    ]


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_reads_as_it_was_written(text: str):
    made = saying(text)

    (of_csv,), (of_xlsx,) = kestria(csv_rows(made)), kestria(xlsx_rows(made))

    assert (of_csv["answer"], of_xlsx["answer"]) == (text, text)
    assert json.loads(as_json(made))["injects"][0]["questions"][0]["answers"][0]["versions"][0]["text"].startswith(text)


@given(words)
@settings(max_examples=25)
def test_whatever_is_said_reads_as_it_was_written(text: str):
    made = saying(text)

    (of_csv,), (of_xlsx,) = kestria(csv_rows(made)), kestria(xlsx_rows(made))

    assert (of_csv["answer"], of_xlsx["answer"]) == (text, text)


def test_a_text_too_long_for_a_cell_is_whole_in_a_csv_and_says_in_a_workbook_where_it_was_cut():
    made = saying("🚢" * 20_000)

    (of_csv,), (of_xlsx,) = kestria(csv_rows(made)), kestria(xlsx_rows(made))

    assert of_csv["answer"] == "🚢" * 20_000
    assert of_xlsx["answer"] == "🚢" * ((LONGEST - len(CUT)) // 2) + CUT


def test_the_longest_text_of_plain_letters_fits_into_a_cell():
    (of_xlsx,) = kestria(xlsx_rows(saying("x" * 20_000)))

    assert of_xlsx["answer"] == "x" * 20_000


def test_a_csv_opens_in_a_spreadsheet_as_utf_8():
    assert as_csv(saying("Said"))[:3] == b"\xef\xbb\xbf"


def test_the_overview_bears_the_marking_the_label_and_the_rule():
    overview = dict(sheets(saying("Said"))["Overview"][1:7])

    assert overview == {
        "Marking": "EXERCISE EXERCISE EXERCISE",
        "Exercise": "Exercise Small Tide",
        "Scenario": "small-tide, version 1",
        "TLP label": "TLP:AMBER",
        "Rule": "Chatham House Rule",
        "Tier": "full",
    }


def test_every_sheet_is_printed_with_the_marking_and_the_label():
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(saying("Said"))))

    headers = {sheet.title: sheet.oddHeader and sheet.oddHeader.center.text for sheet in book.worksheets}

    marking = "EXERCISE EXERCISE EXERCISE - TLP:AMBER"
    assert headers == dict.fromkeys(
        ["Overview", "Developments", "Answers", "Agreement", "Votes", "Observations"], marking
    )


def test_the_developments_say_when_they_went_out_and_how_they_were_decided():
    history = History().opened(1).released("D1-01", "D1-02").skipped("D1-03").recalled("D1-01")
    history.does(lead(), "add_inject", **EXTRA)

    _, *rows = sheets(report(history, Tier.FULL))["Developments"]

    assert [(row[1], row[3], row[4], row[6], row[8]) for row in rows] == [
        ("D1-01", "09:00", "2026-11-23T09:02:00+00:00", "recalled", ""),
        ("D1-02", "09:30", "2026-11-23T09:03:00+00:00", "released", ""),
        ("D1-X1", "", "2026-11-23T09:06:00+00:00", "released", ""),
        ("D1-03", "10:15", "", "skipped", "B: None yet (by default)"),
    ]


def test_the_developments_show_other_words_beside_the_scenario_s():
    history = History().opened(1).does(lead(), "reword", inject="D1-01", title="Crossings treble").released("D1-01")

    _, row = sheets(report(history, Tier.FULL))["Developments"]

    assert [cell.splitlines()[0] for cell in row[9:11]] == ["Crossings treble", "Crossings double"]


def test_the_observations_have_a_sheet_of_their_own():
    history = History().opened(1).released("D1-01")
    history.does(evaluator(), "observe", text="One picture", sense="strength", inject="D1-01", table="T1")
    history.does(evaluator(), "rate", rating="S", objective="O1", delegation="Kestria")

    _, *rows = sheets(report(history, Tier.FULL))["Observations"]

    assert [(row[0], *row[2:8]) for row in rows] == [
        ("D1-01", "strength", "", "One picture", "", "T1", ""),
        ("", "rating", "S", "", "Kestria", "", "O1"),
    ]
