"""`ttx scenario`: a folder becomes a draft with its authors, and a draft a folder again."""

from pathlib import Path

import pytest

from tests.cli.words import Ttx, sentence
from tests.store.words import picture, small_files
from ttx.scenario.folders import Contents, write
from ttx.scenario.requests import WriteInject
from ttx.store import drafts
from ttx.store.authors import author_by_code
from ttx.store.database import Store


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small scenario as people keep it: with comments, carriage returns, a translation and a picture."""
    texts = {**small_files(), "translations/fr.yaml": "# à relire\r\ntitle: {of: 00000000, text: Marée}\r\n"}
    write(tmp_path / "small", Contents(texts, {"boat.png": picture()}))
    (tmp_path / "small" / "notes.txt").write_text("not the scenario's")
    (tmp_path / "small" / "authors.yaml").write_text("eve: {role: director}")
    return tmp_path / "small"


def files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_scenario_new_gives_the_director_and_every_group_a_code(ttx: Ttx, folder: Path):
    made = ttx("scenario", "new", folder, "--data", "data", "--json").object

    assert set(made) == {"draft", "title", "authors"}
    assert made["title"] == "Exercise Small Tide"
    assert [(one["role"], one["group"]) for one in made["authors"]] == [
        ("director", None),
        ("author", "SEA"),
        ("author", "LAND"),
    ]
    with Store(Path("data"), create=False) as store:
        for one in made["authors"]:
            author = author_by_code(store, one["code"])
            assert author is not None
            assert (author.draft, author.role, author.group) == (made["draft"], one["role"], one["group"])


def test_scenario_new_says_who_gets_which_code(ttx: Ttx, folder: Path):
    said = ttx("scenario", "new", folder, "--data", "data")

    assert said.code == 0
    assert said.out.splitlines()[0].endswith(": Exercise Small Tide")
    assert [line.partition("  ")[2][11:] for line in said.out.splitlines()[1:]] == [
        "Exercise director",
        "Author, SEA",
        "Author, LAND",
    ]


def test_export_is_the_inverse_of_new_byte_for_byte(ttx: Ttx, folder: Path):
    draft = ttx("scenario", "new", folder, "--data", "data", "--json").object["draft"]

    said = ttx("scenario", "export", draft, "--to", "out", "--data", "data")

    assert (said.code, said.out) == (0, "")
    before = files(folder)
    assert files(Path("out")) == {
        name: one for name, one in before.items() if name not in ("notes.txt", "authors.yaml")
    }
    again = ttx("scenario", "new", "out", "--data", "data", "--json").object["draft"]
    with Store(Path("data"), create=False) as store:
        assert drafts.export(store, again) == drafts.export(store, draft)


def test_export_writes_what_the_pages_saved(ttx: Ttx, folder: Path):
    made = ttx("scenario", "new", folder, "--data", "data", "--json").object
    with Store(Path("data"), create=False) as store:
        author = author_by_code(store, made["authors"][1]["code"])
        assert author is not None
        asked = WriteInject(do="write_inject", day=1, inject="D1-01", fields={"title": "Written on a page"})
        drafts.record(store, made["draft"], author, asked)

    ttx("scenario", "export", made["draft"], "--to", "out", "--data", "data")

    changed = {name for name, one in files(Path("out")).items() if files(folder)[name] != one}
    assert changed == {"day-1.yaml"}
    assert "title: Written on a page" in Path("out/day-1.yaml").read_text()
    assert Path("out/day-1.yaml").read_text().startswith("# Ask the coast guard")


def test_export_writes_over_nobodys_files(ttx: Ttx, folder: Path):
    draft = ttx("scenario", "new", folder, "--data", "data", "--json").object["draft"]
    before = files(folder)

    assert "not empty" in sentence(ttx("scenario", "export", draft, "--to", folder, "--data", "data"))
    assert files(folder) == before
    assert "no scenario none under way" in sentence(ttx("scenario", "export", "none", "--to", "x", "--data", "data"))
    assert not Path("x").exists()


def test_list_names_every_draft(ttx: Ttx, folder: Path):
    draft = ttx("scenario", "new", folder, "--data", "data", "--json").object["draft"]

    listed = ttx("scenario", "list", "--data", "data", "--json").object

    assert listed == {"drafts": [{"draft": draft, "title": "Exercise Small Tide", "head": 0}]}
    assert ttx("scenario", "list", "--data", "data").out == f"{draft}  Exercise Small Tide\n"


def test_scenario_new_says_what_it_does_not_take_and_keeps_nothing(ttx: Ttx, folder: Path, tmp_path: Path):
    (folder / "day-2.yaml").write_bytes(b"\xff\xfe")
    (folder / "pictures" / "page.png").write_bytes(b"<script>")
    (folder / "day-3.yaml").symlink_to("/etc/hostname")

    said = ttx("scenario", "new", folder, "--data", "data")

    assert (said.code, said.out) == (1, "")
    for name, why in (("day-2", "not UTF-8"), ("page.png", "is no picture"), ("day-3", "a link out of the folder")):
        assert name in said.err
        assert why in said.err
    assert "There is no folder" in ttx("scenario", "new", "nowhere", "--data", "data").err
    with Store(tmp_path / "data") as store:
        assert drafts.drafts_of(store) == []
