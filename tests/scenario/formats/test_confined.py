"""What a hostile or broken file costs: a sentence that names it, and no more."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenario.formats.traps import TRAPS
from tests.scenario.formats.words import HSEEP, table, workbook
from ttx.scenario.formats import confined
from ttx.scenario.formats.readers import understood

PLAIN = next(trap for trap in TRAPS if trap.name == "plain.xlsx").make()


def packed(**parts: str | bytes) -> bytes:
    """A zip; a part's name has __ for /."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def with_part(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The plain workbook with one part changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as source, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in source.infolist():
            content = source.read(one)
            archive.writestr(one.filename, change(content) if one.filename == name else content)
    return file.getvalue()


HOSTILE = {
    "bomb.xlsx": (packed(xl__workbook="<a/>", big=b"0" * 150_000_000), "would unpack"),
    "tight.xlsx": (packed(xl__workbook="<a/>", big=b"0" * 20_000_000), "would unpack"),
    "climbing.xlsx": (packed(**{"xl/workbook.xml": "<a/>", "../../evil": "x"}), "leads out of it"),
    "entities.xlsx": (
        packed(**{"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}),
        "entities in 'xl/workbook.xml'",
    ),
    "laughs.xlsx": (
        packed(
            **{"xl/workbook.xml": '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><l>&b;</l>'}
        ),
        "entities",
    ),
    "no workbook.xlsx": (packed(hello="x"), "is a zip that holds"),
    "cut off.xlsx": (PLAIN[: len(PLAIN) // 2], "cannot be opened"),
    "broken.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8, "cannot be read as a workbook"),
    "binary.csv": (b"\0\1\2\3" * 100, "no spreadsheet and no text"),
    "page.xls": (b"<html><table><tr><td>No</td></tr></table></html>", "a web page"),
    "cell.csv": (b"No,Time,Inject\n1,0900," + b"x" * 15_000_000, "row 2 of cell.csv holds 15,000,000 characters"),
    "rows.csv": (b"No,Time,Inject\n" + b"1,0900,a boat\n" * 100_000, "more than 20,000 rows"),
    "empty.csv": (b"", "is empty"),
    "blank.csv": (b" \n \n", "is empty"),
    "big.csv": (b"x" * 20_000_001, "20 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence_that_names_it(name):
    content, says = HOSTILE[name]

    found = (
        understood(name, content)
        if len(content) < confined.SIZE and content
        else confined.understand_content(name, content)
    )

    assert found.refused is not None
    assert says in found.refused
    assert name in found.refused
    assert found.data is None


def test_the_reading_process_gives_what_a_reading_here_gives(tmp_path: Path):
    file = tmp_path / "plain.xlsx"
    file.write_bytes(PLAIN)

    assert confined.understand(file) == understood("plain.xlsx", PLAIN)
    assert confined.understand(file, {"Message": "notes"}) == understood("plain.xlsx", PLAIN, {"Message": "notes"})


def test_a_reading_that_takes_too_much_memory_or_time_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch):
    shared = "".join(f"<si><t>{'x' * 30_000}</t></si>" for _ in range(3))
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{chr(65 + place)}{row}" t="s"><v>{row % 3}</v></c>' for place in range(20))
        + "</row>"
        for row in range(1, 10_000)
    )
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as source:
        parts = {one: source.read(one) for one in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{shared}</sst>'.encode()
    )

    found = confined.understand_content("shared.xlsx", packed(**parts))

    assert found.refused is not None
    assert "shared.xlsx" in found.refused


def test_a_formula_is_never_worked_out_and_one_without_a_result_is_told():
    rows = [
        HSEEP,
        [1, "0900", "Inject", "Phone", "A", "B", '=CONCATENATE("a","b")', "", "", ""],
        [2, "0930", "Inject", "Phone", "A", "B", "A second message.", "", "", ""],
    ]

    found = understood("formula.xlsx", workbook({"MSEL": rows}))

    assert any("cell G2: a formula without a stored result" in sentence for sentence in found.left_out)
    assert found.injects == 1
    assert "CONCATENATE" not in str(found.data)


def test_markup_in_a_text_stays_text():
    rows = [HSEEP, [1, "0900", "Inject", "Phone", "A", "B", "<script>alert(1)</script> & <b>x</b>", "", "", ""]]

    found = understood("markup.xlsx", workbook({"MSEL": rows}))

    assert found.data is not None
    assert found.data["days"][0]["injects"][0]["text"] == "<script>alert(1)</script> & <b>x</b>"


def test_a_name_that_climbs_is_only_a_name():
    found = confined.understand_content("../../etc/passwd.csv", b"")

    assert found.refused == "passwd.csv is empty."


def test_files_of_any_bytes_never_crash_the_reading():
    dice = random.Random(7)
    sources = [PLAIN, table([HSEEP, [1, "0900", *["x"] * 8]]).encode(), b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b""]
    for number in range(120):
        content = bytearray(dice.choice(sources) + dice.randbytes(dice.randrange(0, 200)))
        for _ in range(dice.randrange(0, 20)):
            if content:
                content[dice.randrange(len(content))] = dice.randrange(256)
        cut = bytes(content[: dice.randrange(len(content) + 1)]) if number % 2 else bytes(content)

        found = understood(dice.choice(["a.xlsx", "a.csv", "a.xls", "a"]), cut)

        assert found.refused is not None or found.data is not None


def test_rows_of_any_texts_never_crash_the_reading():
    dice = random.Random(11)
    words = [
        "",
        "---",
        "0900",
        "D+1",
        "STARTEX",
        "MODULE 1",
        "1",
        "5-A",
        "Message",
        "From",
        "To",
        "Time",
        "Inject",
        "Notes",
        "x" * 300,
        "a\nb",
        "=1",
        "Day 2",
        "LUNCH",
        5,
        0.5,
        45_000,
        None,
        "Obj 1, 2",
        "If so: a",
    ]
    for _ in range(60):
        rows = [[dice.choice(words) for _ in range(dice.randrange(1, 9))] for _ in range(dice.randrange(1, 25))]

        found = understood("rows.xlsx", workbook({"MSEL": [HSEEP[: dice.randrange(2, 10)], *rows]}))

        assert found.refused is not None or found.data is not None


def test_a_workbook_with_odd_styles_is_read_all_the_same():
    odd = with_part("xl/styles.xml", lambda _: b"<styleSheet><fills><fill/></fills></styleSheet>")

    assert understood("styles.xlsx", odd).injects == 8
