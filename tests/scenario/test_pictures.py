"""Pictures of a folder: there, really pictures, small enough, and shown by somebody."""

from pathlib import Path

import pytest

from tests.words import inject, picture, small_scenario, write_scenario
from ttx.scenario import pictures
from ttx.scenario.checks import check, load
from ttx.scenario.files import assembled, read
from ttx.scenario.findings import Faulty
from ttx.scenario.model import Scenario
from ttx.scenario.pictures import SIZE, kind_of, refusal


def folder(path: Path, shown: str = "boat.png", **files: bytes) -> Path:
    """The small scenario, D2-02 showing this picture, and these files; the last _ of a name is its dot."""
    data = small_scenario()
    inject(data, "D2-02")["picture"] = {"file": shown, "alt": "A boat"}
    write_scenario(path, data)
    (path / "pictures").mkdir()
    for name, content in files.items():
        (path / "pictures" / ".".join(name.rsplit("_", 1))).write_bytes(content)
    return path


def said(path: Path) -> list[tuple[str, str, str]]:
    return [(one.severity, one.file, one.sentence) for one in check(path)]


@pytest.mark.parametrize("kind", ["png", "jpg", "webp"])
def test_a_picture_is_known_by_its_first_bytes(tmp_path: Path, kind: str):
    assert kind_of(picture(kind)) == kind
    assert said(folder(tmp_path, f"boat.{kind}", **{f"boat_{kind}": picture(kind)})) == []


def test_a_picture_that_is_not_there_names_the_nearest(tmp_path: Path):
    path = folder(tmp_path, "baot.png", boat_png=picture())

    assert said(path) == [
        (
            "warning",
            "day-2.yaml",
            "D2-02 shows the picture 'baot.png', which the folder pictures does not have; did you mean 'boat.png'?",
        ),
        (
            "warning",
            "pictures/boat.png",
            "No inject shows the picture boat.png; name it in one, or take it out of the folder.",
        ),
    ]


@pytest.mark.parametrize(
    "name, content, sentence",
    [
        ("boat_png", b"<svg onload=alert(1)>", "boat.png is no picture; save it as PNG, JPEG or WebP."),
        (
            "boat_png",
            picture("jpg"),
            "boat.png is called .png and is a .jpg; rename it, or save it as what it is called.",
        ),
        ("boat_png", picture() + b"x" * SIZE, "boat.png has 2.0 MB; a picture may have 2, so make it smaller."),
        ("Boat_PNG", picture(), "Boat.PNG is no name for a picture; use small letters, digits, - or _, and end in"),
    ],
)
def test_what_is_no_picture_is_told(tmp_path: Path, name: str, content: bytes, sentence: str):
    found = [
        one[: len(sentence)]
        for _, file, one in said(folder(tmp_path, "boat.png", **{name: content}))
        if "pictures/" in file
    ]

    assert sentence in found


def test_what_a_system_leaves_in_a_folder_is_no_picture(tmp_path: Path):
    path = folder(tmp_path, boat_png=picture())
    (path / "pictures" / ".DS_Store").write_bytes(b"x")

    assert said(path) == []


def test_a_picture_out_of_the_folder_is_neither_shown_nor_read(tmp_path: Path):
    path = folder(tmp_path / "a")
    (tmp_path / "secret.png").write_bytes(picture())
    (path / "pictures" / "boat.png").symlink_to(tmp_path / "secret.png")

    assert [sentence for _, _, sentence in said(path)] == [
        "pictures/boat.png is a link out of the folder; put the picture itself there."
    ]
    with pytest.raises(Faulty, match="is a link out"):
        pictures.read(path, small_with_picture())


def small_with_picture():
    data = small_scenario()
    inject(data, "D2-02")["picture"] = {"file": "boat.png", "alt": "A boat"}
    return Scenario.model_validate(data)


def test_the_pictures_that_are_read_are_those_that_are_shown(tmp_path: Path):
    path = folder(tmp_path, boat_png=picture(), other_png=picture(colour="red"))

    assert pictures.read(path, load(path)) == {"boat.png": picture()}


def test_nothing_is_said_of_pictures_where_nobody_looked(tmp_path: Path):
    path = folder(tmp_path)
    names = ["scenario.yaml", "day-1.yaml", "day-2.yaml"]

    material = assembled({name: (path / name).read_text() for name in names})

    assert material.pictures is None
    assert read(path).pictures == frozenset()


def test_a_name_that_climbs_is_refused():
    assert refusal("../boat.png", picture(), 100) is not None
    assert refusal("boat.png\n", picture(), 100) is not None
