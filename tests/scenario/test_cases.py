"""The case library: what comes along is whole, and what is broken says so."""

from pathlib import Path

import pytest

from ttx.scenario.cases import Case, NoCases, read_cases
from ttx.settings import Settings

CASES = read_cases(Settings().scenarios / "cases.yaml")


def test_the_library_that_comes_along_has_cases_of_every_sort():
    assert len(CASES) >= 16
    assert {case.about for case in CASES} == {"media", "people", "sea", "land", "law", "team"}
    assert len({case.id for case in CASES}) == len({case.title for case in CASES}) == len(CASES)


def test_every_case_asks_something_and_has_a_blank_that_ties_it_to_the_room():
    assert [case.id for case in CASES if not case.questions or not case.blanks] == []


def test_no_case_is_longer_than_one_reads_aloud_in_a_minute():
    assert [case.id for case in CASES if len(case.text.split()) > 120] == []


def test_blanks_are_told_once_each_in_their_order():
    leak = next(case for case in CASES if case.id == "press-leak")

    assert leak.blanks == ("[newspaper]", "[time]")


def test_without_a_file_there_are_no_cases(tmp_path: Path):
    assert read_cases(tmp_path / "cases.yaml") == ()


@pytest.mark.parametrize(
    "text", ["cases: [", "format: ttx-cases/1\ncases: [{id: a}]", "format: another/1\ncases: []", "\xff"]
)
def test_a_broken_library_is_named_in_a_sentence(tmp_path: Path, text: str):
    (tmp_path / "cases.yaml").write_text(text, encoding="latin-1")

    with pytest.raises(NoCases, match=r"cases\.yaml is no library of cases"):
        read_cases(tmp_path / "cases.yaml")


def test_a_cases_text_and_questions_have_bounds():
    case = {"id": "a", "about": "sea", "title": "A", "sender": "B", "channel": "radio"}
    fits = Case.model_validate({**case, "text": f" {'x' * 2000} ", "questions": ["q"] * 5})

    assert (len(fits.text), len(fits.questions)) == (2000, 5)
    for wrong in ({"text": "x" * 2001}, {"text": " "}, {"text": "x", "questions": ["q"] * 6}):
        with pytest.raises(ValueError):
            Case.model_validate({**case, **wrong})
    assert Case.model_validate({**case, "text": "x"}).text == "x"
