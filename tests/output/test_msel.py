"""The MSEL as workbook and table: importing either gives the scenario back, whatever its texts hold."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.words import inject, small_scenario, told_scenario
from ttx.output import msel
from ttx.scenario import checks
from ttx.scenario.formats import cells
from ttx.scenario.formats.readers import understood
from ttx.scenario.model import Scenario

WRITERS = {"scenario.xlsx": msel.workbook, "scenario.csv": msel.table}
LANTERN = Path(__file__).parents[2] / "scenarios" / "lantern-tide"

NASTY = st.lists(
    st.sampled_from(
        [
            "=1+1",
            "'=x",
            "@cmd",
            "-",
            "---",
            "N/A",
            "json:",
            'json:"x"',
            "_x000D_",
            "_x005F_",
            "\r",
            "\r\n",
            "\n",
            "\t",
            "\x85",
            "\u2028",
            "\x00",
            "\x1f",
            "\x7f",
            "\ufeff",
            "0123",
            "9:00",
            "TRUE",
            "1e5",
            "<b>bold</b>",
            "<!--",
            "&amp;",
            "; ",
            ", ",
            "groups: ",
            "All",
            "[",
            "]",
            "{",
            '"',
            "'",
            "|",
            "é",
            "ខ្មែរ",
            "عربي",
            "😀",
            "\ufffe",
            "~1/",
            " ",
            "a",
            "Z9",
        ]
    ),
    min_size=1,
    max_size=8,
).map("".join)
LINE = NASTY.filter(lambda text: text.strip(" \t\r\n\x85\u2028\x0b\x0c\x1c\x1d\x1e\x1f") != "").map(
    lambda text: f"a{text}b"[:200]
)
LINES = st.lists(LINE, max_size=4)
IDENT = st.from_regex(r"\A[A-Za-z][A-Za-z0-9_-]{0,8}\Z")
SPEAKERS = st.lists(
    st.fixed_dictionaries(
        {"name": LINE}, optional={"role": LINE, "topic": LINE, "id": st.sampled_from(["s1", "wren"])}
    ),
    max_size=3,
)
RULES = st.fixed_dictionaries(
    {},
    optional={
        "by": st.sampled_from(["facilitator", "delegations", "tables", "each_table"]),
        "hidden": st.booleans(),
        "quorum": st.integers(0, 100),
        "binding": st.booleans(),
    },
)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A small scenario, any of its texts replaced by nasty ones, and fields it had not."""
    data = small_scenario()
    data.update(title=draw(LINE), summary=draw(NASTY), rules=draw(LINES), assumptions=draw(LINES), version=draw(LINE))
    data["tlp"] = draw(st.sampled_from(["TLP:RED", "TLP:AMBER", "TLP:CLEAR"]))
    data["chatham_house"] = draw(st.booleans())
    for key in ("objectives", "groups", "organisations"):
        for one in data[key].values():
            one.update(name=draw(LINE), about=draw(NASTY))
    data["variables"]["port"]["label"] = draw(st.none() | LINE)
    data["map"]["places"]["Ellory"]["name"] = draw(LINE)
    data["translations"] = draw(
        st.dictionaries(
            st.sampled_from(["fr", "km", "zh-Hans"]),
            st.dictionaries(
                NASTY, st.fixed_dictionaries({"of": st.just("0123abcd"), "text": NASTY}), min_size=1, max_size=2
            ),
            max_size=2,
        )
    )
    for day in data["days"]:
        day.update(title=draw(LINE), theme=draw(LINE))
        for session in day["sessions"]:
            session["title"] = draw(LINE)
            session["speakers"] = draw(SPEAKERS)
        for one in day["injects"]:
            _change(draw, one)
    return Scenario.model_validate(data)


def _change(draw: st.DrawFn, one: dict[str, Any]) -> None:
    one.update(title=draw(LINE), text=draw(LINE), sender=draw(LINE), notes=draw(NASTY), expected=draw(LINES))
    one["to"] = draw(
        st.just("all")
        | st.fixed_dictionaries(
            {}, optional={"groups": st.lists(IDENT, max_size=2), "tables": LINES, "delegations": LINES}
        )
    )
    one["plenary"] = draw(st.none() | st.booleans())
    one["minutes"] = draw(st.integers(0, 480))
    one["kind"] = "decision" if "branch" in one else draw(st.sampled_from(["contextual", "media", "contingency"]))
    one["needs"] = draw(st.lists(IDENT, max_size=2))
    one["when"] = draw(st.none() | LINE)
    one["phase"] = draw(st.none() | st.just("sar"))
    one["storyline"] = draw(st.none() | IDENT)
    one["story"] = draw(st.none() | LINE.map(lambda text: text[:120]))
    one["picture"] = draw(
        st.none() | st.fixed_dictionaries({"file": st.just("boat.png"), "alt": LINE, "caption": LINE})
    )
    if "branch" not in one:
        one["next"] = draw(st.none() | st.lists(IDENT, max_size=3))
    else:
        one["branch"] |= draw(RULES)
        for option in one["branch"]["options"].values():
            option.update(label=draw(LINE), set={"port": draw(LINE | st.booleans() | st.integers(-5, 5))})
    for question in one.get("questions", ()):
        question["ask"] = draw(LINE)


@settings(max_examples=25, deadline=None)
@given(scenarios())
def test_importing_our_own_export_is_exact(scenario):
    for name, write in WRITERS.items():
        found = understood(name, write(scenario))

        assert found.refused is None
        assert Scenario.model_validate(found.data) == scenario


@pytest.mark.parametrize("name", WRITERS)
def test_lantern_tide_survives_its_export(name):
    scenario = checks.load(LANTERN)

    found = understood(name, WRITERS[name](scenario))

    assert Scenario.model_validate(found.data) == scenario
    assert found.rows == found.injects == sum(len(day.injects) for day in scenario.days)


def test_a_list_that_is_longer_than_a_cell_goes_on_in_further_columns():
    data = small_scenario()
    inject(data, "D1-02")["expected"] = [f"{number:04} " + "é" * 190 for number in range(600)]
    data["rules"] = [f"{number:04} " + "&" * 190 for number in range(400)]
    scenario = Scenario.model_validate(data)

    for name, write in WRITERS.items():
        assert Scenario.model_validate(understood(name, write(scenario)).data) == scenario


def test_speakers_stand_in_the_agenda_and_the_time_in_the_story_in_a_column():
    scenario = Scenario.model_validate(told_scenario())

    book = load_workbook(io.BytesIO(msel.workbook(scenario)))

    agenda = {row[4].value: row[9].value for row in book["Agenda"].iter_rows()}
    assert agenda["coffee"] == "Ines Caldera | Harbour master of Ellory | A quay by night\nTomas Wren"
    headers = [cell.value for cell in book["MSEL"][3]]
    told = {row[0].value: row[headers.index("Time in the Story")].value for row in book["MSEL"].iter_rows(min_row=4)}
    assert told["D1-01"] == "Tuesday, before dawn"
    for name, write in WRITERS.items():
        assert Scenario.model_validate(understood(name, write(scenario)).data) == scenario


def test_the_columns_of_the_hseep_template_come_first():
    book = load_workbook(io.BytesIO(msel.workbook(Scenario.model_validate(small_scenario()))))

    headers = [cell.value for cell in book["MSEL"][3]]

    assert headers[:10] == [
        "Event Number",
        "Designated Scenario Time",
        "Event Type",
        "Inject Mode",
        "From",
        "To",
        "Message",
        "Expected Participant Response",
        "Exercise Objective",
        "Notes",
    ]
    assert book.sheetnames == ["MSEL", "Agenda", "Lists", "Scenario"]


def test_every_sheet_is_marked_and_keeps_its_header_in_sight():
    book = load_workbook(io.BytesIO(msel.workbook(Scenario.model_validate(small_scenario()))))

    for sheet in book:
        header, footer = sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter
        assert header is not None
        assert footer is not None
        assert str(header.center.text).endswith("EXERCISE EXERCISE EXERCISE")
        assert footer.left.text == "TLP:AMBER"
        assert sheet.freeze_panes is not None


def test_nothing_is_written_as_a_formula():
    data = small_scenario()
    inject(data, "D1-01").update(text="=HYPERLINK(1)", title="+1", sender="@x", notes="-2")
    scenario = Scenario.model_validate(data)

    with zipfile.ZipFile(io.BytesIO(msel.workbook(scenario))) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    rows = list(csv.reader(io.StringIO(msel.table(scenario).decode("utf-8-sig"), newline="")))

    assert not any(b"<f>" in sheet for sheet in sheets)
    assert not any(cell[:1] in tuple("=+-@") for row in rows for cell in row if cell)


def test_a_cell_that_a_person_changed_counts_and_one_that_cannot_be_read_is_told():
    book = load_workbook(io.BytesIO(msel.workbook(Scenario.model_validate(small_scenario()))))
    sheet = book["MSEL"]
    row = next(cells for cells in sheet.iter_rows() if cells[0].value == "D1-01")
    row[6].value, row[1].value, row[13].value = "Written anew.", "0915L", "soon"
    file = io.BytesIO()
    book.save(file)

    found = understood("changed.xlsx", file.getvalue())

    assert found.data is not None
    first = found.data["days"][0]["injects"][0]
    assert first["text"] == "Written anew."
    assert first["at"] == "09:15"
    assert found.left_out == (f"Row {row[0].row}, column 'Minutes': could not convert string to float: 'soon'.",)


def test_every_word_in_a_cell_reads_back_or_is_json():
    for field in cells.FIELDS:
        assert cells.cell(field, None) == ""
    assert cells.cell(cells.FIELDS[7], ["one", "two\nlines"]).startswith("json:")
    assert cells.cell(cells.FIELDS[7], ["one", "two"]) == "one\ntwo"
