"""Translations in a folder: read under the same caps, and checked against the scenario they are of."""

from pathlib import Path

import pytest

from tests.words import Written, small_scenario, write_scenario, write_yaml
from ttx.scenario.checks import check, checked, load
from ttx.scenario.files import assembled, read
from ttx.scenario.findings import Finding
from ttx.scenario.material import SIZE, Place
from ttx.scenario.model import Scenario
from ttx.scenario.translations import digest, texts

TEXTS = texts(Scenario.model_validate(small_scenario()))
ALL = {address: {"of": digest(text), "text": f"fr {text}"} for address, text in TEXTS.items()}


def folder(path: Path, **languages: Written) -> Path:
    write_scenario(path, small_scenario())
    (path / "translations").mkdir()
    for language, made in languages.items():
        write_yaml(path / "translations" / f"{language}.yaml", made)
    return path


def said(path: Path) -> list[tuple[str, str]]:
    return [(one.file, one.sentence) for one in check(path)]


def one(path: Path) -> Finding:
    (found,) = check(path)
    return found


def test_translations_stand_in_files_of_their_own(tmp_path: Path):
    whole = load(folder(tmp_path, fr=ALL, ar=ALL))

    assert whole.translations.keys() == {"ar", "fr"}
    assert whole.translations["fr"]["D1-01.title"].text == "fr Crossings double"


def test_a_translation_knows_its_file_and_line(tmp_path: Path):
    material = read(folder(tmp_path, fr={"title": ALL["title"], "D1-01.title": ALL["D1-01.title"]}))

    assert material.place(("translations", "fr", "D1-01.title")) == Place("translations/fr.yaml", 4)
    assert material.place(("translations", "fr", "D1-01.title", "text")) == Place("translations/fr.yaml", 6)


def test_files_in_memory_are_read_like_a_folder(tmp_path: Path):
    path = folder(tmp_path, fr=ALL)
    names = ["scenario.yaml", "day-1.yaml", "day-2.yaml", "translations/fr.yaml"]

    assert assembled({name: (path / name).read_text() for name in names}).data == read(path).data


def test_a_scenario_without_translations_has_none_in_its_data(tmp_path: Path):
    assert read(write_scenario(tmp_path, small_scenario())).data == small_scenario()


def test_a_translation_that_is_whole_says_nothing(tmp_path: Path):
    assert check(folder(tmp_path, fr=ALL)) == ()


def test_what_is_missing_is_counted_once_a_language(tmp_path: Path):
    made = {name: text for name, text in ALL.items() if not name.startswith(("D2-", "rules", "title"))}

    found = one(folder(tmp_path, fr=made))

    missing = sum(name.startswith("D2-") for name in TEXTS)
    assert (found.severity, found.file) == ("warning", "translations/fr.yaml")
    assert found.sentence == (
        f"{missing + 1} texts are not translated into 'fr' yet: 1 in scenario.yaml and {missing} on day 2."
    )


def test_what_is_stale_is_counted_once_with_the_line_of_the_first(tmp_path: Path):
    old = {"of": "00000000", "text": "Vieux"}
    made = {**ALL, "D1-02.title": old, "D2-01.title": old}

    found = one(folder(tmp_path, fr=made))

    assert (found.severity, found.field) == ("warning", "translations.fr.D1-02.title")
    assert found.line == 1 + 3 * list(made).index("D1-02.title")
    assert found.sentence == (
        "2 texts have changed since being translated into 'fr': 1 on day 1 and 1 on day 2. Begin with D1-02.title."
    )


def test_an_address_that_leads_nowhere_names_the_nearest(tmp_path: Path):
    found = one(folder(tmp_path, fr={**ALL, "D1-02.titel": ALL["D1-02.title"]}))

    assert found.severity == "warning"
    assert found.sentence == "There is no text 'D1-02.titel' to translate; did you mean 'D1-02.title'?"


def test_an_inject_that_was_renamed_is_told_once(tmp_path: Path):
    moved = {name.replace("D1-09.", "D1-90."): text for name, text in ALL.items()}

    sentences = [sentence for _, sentence in said(folder(tmp_path, fr=moved))]

    assert "3 translations are of 'D1-90', which the scenario does not have; is it 'D1-09' now?" in sentences
    assert len(sentences) == 2  # and what is missing


def test_nothing_is_said_of_translations_while_a_piece_cannot_be_read(tmp_path: Path):
    path = folder(tmp_path, fr={})
    write_yaml(path / "translations" / "fr.yaml", {"D1-01.title": ALL["D1-01.title"]})
    text = (path / "day-1.yaml").read_text()
    (path / "day-1.yaml").write_text(text.replace("title: Which port?", "titel: Which port?"))

    assert {file for file, _ in said(path)} == {"day-1.yaml"}


@pytest.mark.parametrize(
    "made, sentence",
    [
        ({"of": "zz", "text": "x"}, "The of of the translation of title into 'fr' cannot be 'zz'; it is the eight hex"),
        ({"of": "00000000"}, "The translation of title into 'fr' has no text; fill it in, in a file as 'text: ...'."),
        ({"of": "00000000", "text": 12}, "The text of the translation of title into 'fr' must be text; put it in"),
        ("Petite marée", "The translation of title into 'fr' must be written as fields, one 'name: value' a line."),
    ],
)
def test_a_translation_that_is_not_written_as_one_has_a_line_and_a_sentence(
    tmp_path: Path, made: object, sentence: str
):
    errors = [found for found in check(folder(tmp_path, fr={"title": made})) if found.severity == "error"]

    assert [(found.file, found.sentence[: len(sentence)]) for found in errors] == [("translations/fr.yaml", sentence)]


def test_a_broken_translation_leaves_the_scenario_and_other_languages_readable(tmp_path: Path):
    path = folder(tmp_path, fr=ALL, ar=ALL)
    (path / "translations" / "fr.yaml").write_text("title: {of: &a 1")

    whole, found = checked(read(path))

    assert whole is not None
    assert set(whole.translations) == {"ar"}
    assert [(one.file, one.line) for one in found if one.severity == "error"] == [("translations/fr.yaml", 1)]


def test_a_file_that_is_called_otherwise_is_told(tmp_path: Path):
    path = folder(tmp_path)
    write_yaml(path / "translations" / "French.yaml", ALL)

    assert "is not read" in one(path).sentence


def test_translations_do_not_stand_in_the_head(tmp_path: Path):
    write_scenario(tmp_path, {**small_scenario(), "translations": {"fr": ALL}})

    assert one(tmp_path).sentence == "Translations stand in files of their own, translations/fr.yaml and so on."


def test_a_language_that_the_scenario_is_written_in_is_told(tmp_path: Path):
    assert "nobody will read it" in one(folder(tmp_path, en={"title": ALL["title"]})).sentence


def test_the_caps_of_a_file_hold_for_translations(tmp_path: Path):
    path = folder(tmp_path)
    (path / "translations" / "fr.yaml").write_text("title: " + "x" * SIZE)

    assert "larger than 2 MB" in one(path).sentence


def test_a_folder_of_translations_that_is_a_link_is_not_followed(tmp_path: Path):
    path = write_scenario(tmp_path / "a", small_scenario())
    other = folder(tmp_path / "b", fr=ALL)
    (path / "translations").symlink_to(other / "translations")

    assert "is a link out of the folder" in one(path).sentence


def test_forty_languages_are_read_and_no_more(tmp_path: Path):
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = {f"q{letters[number // 26]}{letters[number % 26]}": {"title": ALL["title"]} for number in range(41)}

    material = read(folder(tmp_path, **made))

    assert [found.sentence for found in material.faults] == [
        "translations/qbo.yaml is not read; a scenario may be in 40 languages."
    ]
