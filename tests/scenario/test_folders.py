"""A scenario's folder as it is: read and written without changing a byte, and nothing but what is the scenario's."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.words import picture
from ttx.scenario.findings import Faulty
from ttx.scenario.folders import Contents, contents, day_of, is_file, write

NAMES = ("day-1.yaml", "day-7.yaml", "day-60.yaml", "roster.yaml", "roster.csv", "translations/fr.yaml")
TEXTS = st.text(st.characters(codec="utf-8"), max_size=200).filter(lambda text: text[:1] != "\ufeff")


@given(head=TEXTS, texts=st.dictionaries(st.sampled_from(NAMES), TEXTS), shown=st.sets(st.sampled_from("abc")))
def test_what_is_written_is_read_again_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, head: str, texts: dict[str, str], shown: set[str]
):
    folder = tmp_path_factory.mktemp("made") / "new"
    taken = Contents({**texts, "scenario.yaml": head}, {f"{name}.png": picture() for name in shown})

    write(folder, taken)

    assert contents(folder) == taken


def test_only_what_is_the_scenarios_is_read(tmp_path: Path):
    (tmp_path / "pictures").mkdir()
    for name in ("scenario.yaml", "authors.yaml", "rights.yaml", "day-01.yaml", "Day-1.yaml", "pictures/.hidden"):
        (tmp_path / name).write_text("x")

    assert contents(tmp_path) == Contents({"scenario.yaml": "x"}, {})


@pytest.mark.parametrize(
    "name", ["", "day-0.yaml", "day-100.yaml", "../day-1.yaml", "translations/../x.yaml", "translations/FRENCH.yaml"]
)
def test_other_names_are_no_files_of_a_scenario(name: str):
    assert not is_file(name)
    assert day_of("day-12.yaml") == 12


def test_everything_that_is_not_taken_is_told_at_once(tmp_path: Path):
    (tmp_path / "elsewhere").write_text("secret")
    folder = tmp_path / "folder"
    (folder / "pictures").mkdir(parents=True)
    (folder / "scenario.yaml").write_bytes(b"title: \xff")
    (folder / "day-1.yaml").symlink_to(tmp_path / "elsewhere")
    (folder / "pictures" / "out.png").symlink_to(tmp_path / "elsewhere")
    (folder / "pictures" / "folder.png").mkdir()
    (folder / "pictures" / "note.txt").write_text("x")

    with pytest.raises(Faulty) as error:
        contents(folder)
    assert {one.file for one in error.value.findings} == {
        "scenario.yaml",
        "day-1.yaml",
        "pictures/out.png",
        "pictures/folder.png",
        "pictures/note.txt",
    }
    assert "secret" not in str(error.value)


def test_more_pictures_than_a_scenario_may_have_are_not_even_read(tmp_path: Path):
    (tmp_path / "scenario.yaml").write_text("title: x")
    (tmp_path / "pictures").mkdir()
    for number in range(201):
        (tmp_path / "pictures" / f"p{number}.png").write_bytes(b"no picture")

    with pytest.raises(Faulty) as error:
        contents(tmp_path)

    assert [one.sentence for one in error.value.findings] == ["There are 201 pictures; a scenario may have 200."]


def test_a_folder_that_holds_something_is_not_written_into(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(FileExistsError):
        write(tmp_path, Contents({"scenario.yaml": "x"}, {}))
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]
