"""A folder is read under caps, with the line of every piece, and never left."""

import tracemalloc
from pathlib import Path

import pytest

from tests.words import small_scenario, write_scenario
from ttx.scenario.files import read
from ttx.scenario.findings import Faulty
from ttx.scenario.material import DEPTH, NODES, SIZE, Place, parse

HEAD = "format: ttx-scenario/1\n"


def sentences(folder: Path) -> list[tuple[str, int, str]]:
    return [(fault.file, fault.line, fault.sentence) for fault in read(folder).faults]


def test_a_folder_is_read_as_plain_data_with_its_days_in_order(tmp_path: Path) -> None:
    folder = write_scenario(tmp_path, small_scenario())

    material = read(folder)

    assert material.faults == ()
    assert material.data == small_scenario()
    assert material.day_files == ("day-1.yaml", "day-2.yaml")


def test_day_ten_comes_after_day_two(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(HEAD)
    for name in ("day-10.yaml", "day-2.yaml"):
        (tmp_path / name).write_text("day: 1\n")

    assert read(tmp_path).day_files == ("day-2.yaml", "day-10.yaml")


def test_every_piece_knows_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text("title: A\n\nmap:\n  width: 900\n")
    (tmp_path / "day-1.yaml").write_text(
        "day: 1\ninjects:\n  - id: D1-01\n    questions:\n      - {id: q1,\n         ask: Who?}\n"
    )

    material = read(tmp_path)

    assert material.place(("map", "width")) == Place("scenario.yaml", 4)
    assert material.place(("days", 0, "day")) == Place("day-1.yaml", 1)
    assert material.place(("days", 0, "injects", 0)) == Place("day-1.yaml", 3)
    assert material.place(("days", 0, "injects", 0, "questions", 0, "ask")) == Place("day-1.yaml", 6)


def test_what_is_not_written_stands_where_the_piece_around_it_stands(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(HEAD)
    (tmp_path / "day-1.yaml").write_text("day: 1\ninjects:\n  - id: D1-01\n")

    material = read(tmp_path)

    assert material.place(("days", 0, "injects", 0, "title")) == Place("day-1.yaml", 3)
    assert material.place(("groups", "SEA")) == Place("scenario.yaml", 1)


def test_words_that_older_yaml_took_for_something_else_stay_text() -> None:
    text = "at: 09:30\nno: yes\nland: NO\nphone: 0041\nsize: 12\nshare: 1.5\nopen: true\nnothing:\n"

    piece = parse(text, "day-1.yaml")

    assert piece.data == {
        "at": "09:30",
        "no": "yes",
        "land": "NO",
        "phone": "0041",
        "size": 12,
        "share": 1.5,
        "open": True,
        "nothing": None,
    }


def test_texts_keep_their_scripts_and_their_html(tmp_path: Path) -> None:
    data = small_scenario()
    data["title"] = "تمرين <b>المد</b> & លំហាត់"
    folder = write_scenario(tmp_path, data)

    material = read(folder)

    assert material.at(("title",)) == "تمرين <b>المد</b> & លំហាត់"


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_bytes(b"\xef\xbb\xbftitle: A\n")
    (tmp_path / "day-1.yaml").write_text("day: 1\n")

    assert read(tmp_path).at(("title",)) == "A"


@pytest.mark.parametrize(
    "text, line, telling",
    [
        ("title: a\nsummary: b: c\n", 2, "a text that holds a colon and a space must stand in quotes"),
        ("title: a\n\tsummary: b\n", 2, "indent with spaces"),
        ("title: [a\nsummary: b\n", 1, "a bracket, a brace or a comma is missing"),
        ("title: 'a\n", 1, "a quotation mark is missing"),
        ("title: a\n bad: b\n", 2, "cannot be read beyond line 2"),
        ("title: a\x07\n", 1, "Line 1 holds a control character; remove it."),
        ("title: &x a\nsummary: *x\n", 1, "an anchor or alias (& or *) is not taken"),
        ("title: *tide* is high\n", 1, "put a text that begins with & or * in quotes"),
        ("title: a\nsummary: !!python/name:os.system x\n", 2, "a tag (!) is not taken"),
        ("title: a\n---\ntitle: b\n", 2, "one file holds one document"),
        ("? [a, b]\n: c\n", 1, "a field's name must be a plain word"),
        ('title: "a\\x00"\n', 1, "a text stands for a control character"),
        ('title: "\\UFFFFFFFF"\n', 1, "look for a stray backslash"),
        ("title: a\ndays: []\n", 2, "Days stand in files of their own, day-1.yaml and so on."),
        ("", 1, "scenario.yaml is empty."),
        ("- a\n- b\n", 1, "does not hold fields"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(tmp_path: Path, text: str, line: int, telling: str) -> None:
    (tmp_path / "scenario.yaml").write_text(text)
    (tmp_path / "day-1.yaml").write_text("day: 1\n")

    faults = read(tmp_path).faults

    assert [(fault.file, fault.line) for fault in faults] == [("scenario.yaml", line)]
    assert telling in faults[0].sentence


def test_an_alias_bomb_costs_no_memory(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 60)]
    (tmp_path / "scenario.yaml").write_text("\n".join(["a0: &a0 [lol]", *levels]))
    (tmp_path / "day-1.yaml").write_text("day: 1\n")

    tracemalloc.start()
    faults = read(tmp_path).faults
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [(fault.file, fault.line) for fault in faults] == [("scenario.yaml", 1)]
    assert peak < 10_000_000


def test_a_file_over_the_cap_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(HEAD)
    (tmp_path / "day-1.yaml").write_text(f"title: {'a' * SIZE}\n")

    assert sentences(tmp_path) == [
        ("day-1.yaml", 1, "day-1.yaml is larger than 2 MB; divide it, or keep pictures out of it.")
    ]


def test_nesting_over_the_cap_is_refused_at_its_line() -> None:
    deep = "".join(f"{' ' * level}a:\n" for level in range(DEPTH + 5))

    with pytest.raises(Faulty) as raised:
        parse(deep, "day-1.yaml")

    assert [fault.line for fault in raised.value.findings] == [DEPTH]
    assert "nested deeper than 20 levels" in str(raised.value)


def test_a_hundred_thousand_brackets_are_refused_and_not_followed() -> None:
    with pytest.raises(Faulty, match="nested deeper"):
        parse("[" * 100_000, "day-1.yaml")


def test_more_values_than_the_cap_are_refused() -> None:
    with pytest.raises(Faulty, match="more than 100,000 values"):
        parse(f"[{'a,' * (NODES + 1)}]", "day-1.yaml")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("title: the secret\n")
    folder = write_scenario(tmp_path / "scenario", small_scenario())
    (folder / "day-3.yaml").symlink_to(secret)

    faults = sentences(folder)

    assert faults == [("day-3.yaml", 1, "day-3.yaml is a link out of the folder; put the file itself there.")]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    folder = write_scenario(tmp_path, small_scenario())
    (folder / "shared.yaml").write_text("day: 3\n")
    (folder / "day-3.yaml").symlink_to(folder / "shared.yaml")

    material = read(folder)

    assert material.faults == ()
    assert material.at(("days", 2, "day")) == 3


def test_text_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_bytes(b"title: a\nsummary: caf\xe9\n")
    (tmp_path / "day-1.yaml").write_text("day: 1\n")

    assert [(file, line) for file, line, _ in sentences(tmp_path)] == [("scenario.yaml", 2)]


def test_what_is_missing_in_a_folder_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "Day 1.yml").write_text("day: 1\n")

    assert sentences(tmp_path) == [
        ("scenario.yaml", 1, "scenario.yaml is missing."),
        ("Day 1.yml", 1, "Day 1.yml is not read; a day's file is called day-1.yaml, day-2.yaml..."),
        ("scenario.yaml", 1, "The folder holds no day; write the first one in day-1.yaml."),
    ]


@pytest.mark.parametrize("made, telling", [(False, "does not exist"), (True, "is a file")])
def test_what_is_no_folder_is_said_to_be_none(tmp_path: Path, made: bool, telling: str) -> None:
    path = tmp_path / "tide"
    if made:
        path.write_text("title: a\n")

    (fault,) = read(path).faults

    assert telling in fault.sentence
