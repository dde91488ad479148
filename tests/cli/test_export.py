"""`ttx export`: every paper of a scenario as a file, whole or not at all, and what is asked wrongly as a sentence."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.words import Ttx, sentence
from tests.output.words import pdf_texts
from tests.words import inject, picture, small_roster, small_scenario, write_scenario, write_yaml
from ttx.output import msel
from ttx.scenario import checks, files
from ttx.scenario.formats.readers import understood
from ttx.scenario.translations import digest
from ttx.web.papers import FORMATS

BEGINS = {"xlsx": b"PK", "docx": b"PK", "pdf": b"%PDF-1.7", "svg": b"<svg", "csv": b"\xef\xbb\xbf", "json": b"{"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    data = small_scenario()
    inject(data, "D1-01")["picture"] = {"file": "boat.png", "alt": "A boat by night"}
    data["days"][0]["questions"] = ["Who is called first?"]
    made = write_scenario(tmp_path / "small", data)
    (made / "pictures").mkdir()
    (made / "pictures" / "boat.png").write_bytes(picture())
    return made


@pytest.mark.parametrize("name", FORMATS)
def test_every_paper_can_be_had(ttx: Ttx, folder: Path, name: str):
    said = ttx("export", folder, "--as", name, "-o", "paper")

    content = Path("paper").read_bytes()
    assert (said.code, said.out) == (0, "")
    assert content.lstrip().startswith(BEGINS[name.rpartition(".")[2]])
    assert said.err == f"paper: {len(content):,} bytes.\n"
    assert sorted(one.name for one in Path().iterdir()) == ["paper", "small"]


@pytest.mark.parametrize("name", ["json", "msel.xlsx", "msel.csv"])
def test_what_is_imported_of_an_export_is_the_scenario(ttx: Ttx, folder: Path, name: str):
    assert ttx("export", folder, "--as", name, "-o", f"paper.{name}").code == 0
    said = ttx("import", f"paper.{name}", "--to", "again", "--json").object

    assert said["injects"] == 10
    (before, _), (after, _) = (checks.checked(files.read(one)) for one in (folder, Path("again")))
    assert after == before


def test_who_takes_part_travels_in_the_workbook_but_for_accounts(ttx: Ttx, folder: Path):
    listed = small_roster()
    listed["delegations"]["Kestria"]["name"] = "=Kestria; & sons"
    listed["seats"][0] |= {"account": "ana", "language": "fr"}
    write_yaml(folder / "roster.yaml", listed)
    before = files.read_roster(folder / "roster.yaml")

    assert ttx("export", folder, "--as", "msel.xlsx", "-o", "paper.xlsx").code == 0
    ttx("import", "paper.xlsx", "--to", "again")

    after = files.read_roster(Path("again") / "roster.yaml")
    assert before.seats[0].account == "ana"
    seats = (before.seats[0].model_copy(update={"account": None}), *before.seats[1:])
    assert after == before.model_copy(update={"seats": seats})


def test_a_row_of_a_roster_that_a_person_spoilt_is_told(folder: Path):
    write_yaml(folder / "roster.yaml", small_roster())
    book = load_workbook(
        io.BytesIO(msel.workbook(checks.load(folder), roster=files.read_roster(folder / "roster.yaml")))
    )
    book["Roster"]["A2"] = "Delegaton"
    changed = io.BytesIO()
    book.save(changed)

    found = understood("own.xlsx", changed.getvalue())

    assert "Sheet 'Roster', row 2: 'Delegaton' is no delegation, table or seat with an id." in found.left_out
    assert found.roster is not None
    assert "Kestria" not in found.roster["delegations"]


def test_dates_and_place_stand_on_the_cover(ttx: Ttx, folder: Path):
    ttx("export", folder, "--as", "sitman.pdf", "-o", "a.pdf", "--dates", "23 November", "--place", "Hall 2")

    cover = pdf_texts(Path("a.pdf").read_bytes())[0]
    assert "23 November" in cover
    assert "Hall 2" in cover


def test_a_paper_in_another_language_has_what_is_translated(ttx: Ttx, folder: Path):
    title = "Exercice Petite Marée"
    (folder / "translations").mkdir()
    write_yaml(folder / "translations" / "fr.yaml", {"title": {"of": digest("Exercise Small Tide"), "text": title}})

    ttx("export", folder, "--as", "sitman.pdf", "-o", "a.pdf", "--language", "fr")

    assert title in pdf_texts(Path("a.pdf").read_bytes())[0]


@pytest.mark.parametrize(
    "words,says",
    [
        (("small", "--as", "sitman.txt", "-o", "a"), "There is no paper 'sitman.txt'; there are msel.xlsx, msel.csv,"),
        (("small", "--as", "json", "-o", "no/a"), "no/a cannot be written: its folder is not there."),
        (("small", "--as", "json", "-o", "small"), "small cannot be written: it is a folder."),
        (
            ("small", "--as", "sitman.pdf", "-o", "a", "--language", "km"),
            "is not translated into 'km'; it is there in en.",
        ),
        (("small", "--as", "json", "-o", "a", "--language", "km"), "json holds every language at once"),
    ],
)
def test_what_is_asked_wrongly_is_a_sentence_and_writes_nothing(
    ttx: Ttx, folder: Path, words: tuple[str, ...], says: str
):
    assert says in sentence(ttx("export", *words))
    assert [one.name for one in Path().iterdir()] == ["small"]


def test_a_scenario_with_errors_is_not_printed(ttx: Ttx, folder: Path):
    data = small_scenario()
    inject(data, "D1-05")["next"] = ["D9-09"]
    write_scenario(folder, data)

    said = ttx("export", folder, "--as", "sitman.pdf", "-o", "a.pdf")

    assert said.code == 1
    assert "D9-09" in said.err
    assert not Path("a.pdf").exists()


def test_a_picture_that_is_none_is_a_sentence(ttx: Ttx, folder: Path):
    (folder / "pictures" / "boat.png").write_bytes(picture()[:40])

    assert "boat.png" in sentence(ttx("export", folder, "--as", "handbook.pdf", "-o", "a.pdf"))
    assert not Path("a.pdf").exists()


def test_a_folder_that_is_not_there_is_told(ttx: Ttx, folder: Path):
    said = ttx("export", "nowhere", "--as", "json", "-o", "a")

    assert said.code == 1
    assert "does not exist" in said.err
