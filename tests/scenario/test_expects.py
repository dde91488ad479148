"""Whom answers about contacts are expected to involve: only such questions say it, and only whom there is."""

from pathlib import Path

from tests.words import inject, small_roster, small_scenario, write_scenario
from ttx.scenario.checks import check


def test_whom_an_answer_is_expected_to_involve_has_to_be_there(tmp_path: Path) -> None:
    data = small_scenario()
    asked = {"id": "whom", "kind": "contacts", "ask": "Whom?", "expects": ["IOM", "SEA", "Kestria", "IOMM"]}
    inject(data, "D1-01")["questions"] = [asked]
    folder = write_scenario(tmp_path, data, small_roster())

    findings = check(folder)

    (finding,) = findings
    assert finding.sentence == (
        "Question whom of D1-01 expects 'IOMM', which is no organisation or group of the scenario and no delegation of "
        "the roster; did you mean 'IOM'?"
    )


def test_only_a_question_about_contacts_expects_somebody(tmp_path: Path) -> None:
    data = small_scenario()
    inject(data, "D1-01")["questions"][0]["expects"] = ["IOM"]

    findings = check(write_scenario(tmp_path, data, small_roster()))

    assert any("expects nobody; only one of kind contacts asks whom" in finding.sentence for finding in findings)
