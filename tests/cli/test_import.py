"""`ttx import`: a spreadsheet becomes a scenario's folder, or a sentence."""

from pathlib import Path

import pytest

from tests.cli.words import Ttx, sentence
from tests.scenario.formats.traps import TRAPS
from tests.scenario.formats.words import workbook
from ttx.output import msel
from ttx.scenario import checks, pictures
from ttx.store.database import Store

LANTERN = Path(__file__).parents[2] / "scenarios" / "lantern-tide"
PLAIN = next(trap for trap in TRAPS if trap.name == "plain.xlsx").make()


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    file = tmp_path / "plain.xlsx"
    file.write_bytes(PLAIN)
    return file


def test_a_workbook_becomes_a_folder_without_a_fault(ttx: Ttx, plain: Path):
    said = ttx("import", plain, "--to", "made/deep", "--json").object

    assert set(said) == {"format", "injects", "rows", "mapping", "guessed", "left_out", "refused"}
    assert (said["format"], said["injects"], said["rows"], said["refused"]) == ("MSEL workbook", 8, 8, None)
    assert said["mapping"]["Message"] == "text"
    assert ttx("check", "made/deep").code == 0
    assert sorted(one.name for one in Path("made/deep").iterdir()) == ["day-1.yaml", "scenario.yaml"]
    assert [one.name for one in Path("made").iterdir()] == ["deep"]


def test_it_says_in_words_what_was_understood(ttx: Ttx, plain: Path):
    said = ttx("import", plain, "--to", "made")

    assert said.code == 0
    assert "MSEL workbook: 8 of 8 rows became injects, in made." in said.out
    assert "Message -> text" in said.out
    assert "Guessed" in said.out
    assert "Reading" in said.err


def test_a_column_may_be_named_on_the_command_line(ttx: Ttx, plain: Path):
    said = ttx("import", plain, "--to", "made", "--map", "From=to", "--map", "To=sender", "--json").object

    assert (said["mapping"]["From"], said["mapping"]["To"]) == ("to", "sender")
    assert "takes COLUMN=FIELD" in ttx("import", plain, "--to", "other", "--map", "From=nobody").err


def test_a_column_that_the_file_has_not_is_refused_with_those_it_has(ttx: Ttx, plain: Path):
    said = ttx("import", plain, "--to", "made", "--map", "Verantwortung=ignore", "--data", "house", "--json").object

    assert said["refused"].startswith("plain.xlsx has no column 'Verantwortung'; it has ")
    assert "'From'" in said["refused"]
    assert not Path("made").exists()


def test_a_data_directory_remembers_a_correction_for_the_next_file_of_that_layout(ttx: Ttx, plain: Path):
    with Store("house"):
        pass
    before = ttx("import", plain, "--to", "a", "--data", "house", "--json").object["mapping"]
    ttx("import", plain, "--to", "b", "--data", "house", "--map", "From=to", "--map", "To=sender")

    after = ttx("import", plain, "--to", "c", "--data", "house", "--json")
    again = ttx("import", plain, "--to", "d", "--data", "house", "--map", "From=sender", "--json").object["mapping"]
    without = ttx("import", plain, "--to", "e", "--json").object["mapping"]

    assert (before["From"], before["To"]) == ("sender", "to") == (without["From"], without["To"])
    assert (after.object["mapping"]["From"], after.object["mapping"]["To"]) == ("to", "sender")
    assert "Read as somebody said before of these columns: From and To." in after.err
    assert (again["From"], again["To"]) == ("sender", "notes")


def test_a_data_directory_that_is_none_is_refused_before_anything_is_written(ttx: Ttx, plain: Path):
    said = ttx("import", plain, "--to", "made", "--data", "nowhere")

    assert said.code == 1
    assert "The data directory nowhere could not be opened" in said.err
    assert not Path("made").exists()
    assert not Path("nowhere").exists()


def test_a_refused_file_leaves_nothing_behind(ttx: Ttx, tmp_path: Path):
    file = tmp_path / "contacts.xlsx"
    file.write_bytes(workbook({"Contacts": [["Name", "Phone", "Email"], ["A", "1", "a@example.org"]]}))

    said = ttx("import", file, "--to", "made/deep", "--json")
    told = ttx("import", file, "--to", "made/deep")

    assert said.code == told.code == 1
    assert "looks like a list of contacts" in said.object["refused"]
    assert "looks like a list of contacts" in told.err
    assert not Path("made").exists()


def test_nobodys_files_are_written_over(ttx: Ttx, plain: Path):
    Path("made").mkdir()
    Path("made/mine.txt").write_text("mine")

    said = ttx("import", plain, "--to", "made", "--json")

    assert said.code == 1
    assert "not empty" in said.object["refused"]
    assert [one.name for one in Path("made").iterdir()] == ["mine.txt"]


def test_a_file_that_is_not_there_is_a_sentence(ttx: Ttx):
    assert "missing.xlsx" in sentence(ttx("import", "missing.xlsx", "--to", "made"))


@pytest.mark.parametrize("name", ["own.xlsx", "own.csv"])
def test_our_own_export_of_lantern_tide_comes_back_whole(ttx: Ttx, tmp_path: Path, name: str):
    scenario = checks.load(LANTERN)
    write = msel.workbook if name.endswith("xlsx") else msel.table
    (tmp_path / name).write_bytes(write(scenario, pictures.read(LANTERN, scenario)))

    assert ttx("import", tmp_path / name, "--to", "made").code == 0

    assert checks.load(Path("made")) == scenario
    assert (Path("made") / "pictures").is_dir() == bool(list(pictures.shown(scenario)))
