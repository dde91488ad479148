"""Entries: what is written can be read, by this version and by every later one."""

import hashlib
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.exercise.words import History, whole_exercise
from ttx.exercise.entries import KINDS, Entry, InjectReleased, Logged, kind_of, read_body, write_body
from ttx.exercise.state import State, begin, fold
from ttx.scenario.graph import build
from ttx.scenario.model import Scenario

LOGS = Path(__file__).parents[1] / "logs"


@pytest.fixture(scope="module")
def exercise() -> History:
    return whole_exercise()


def recorded(path: Path) -> list[Logged]:
    """A recorded log: one entry a line, with its body as it was written then."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        Logged(line["seq"], AT.validate_python(line["at"]), line["seat"], read_body(line["kind"], line["body"]))
        for line in lines
    ]


def test_every_kind_of_entry_happens_in_a_whole_exercise(exercise: History):
    assert {kind_of(logged.entry) for logged in exercise.log} == set(KINDS)


def test_every_kind_of_entry_reads_as_it_was_written(exercise: History):
    entries = [logged.entry for logged in exercise.log]

    assert [read_body(kind_of(entry), write_body(entry)) for entry in entries] == entries


@given(st.sampled_from(get_args(Entry)).flatmap(st.from_type))
def test_whatever_an_entry_holds_it_reads_as_it_was_written(entry: Entry):
    assert read_body(kind_of(entry), write_body(entry)) == entry


def test_the_same_entry_is_written_as_the_same_text(exercise: History):
    once = [write_body(logged.entry) for logged in exercise.log]

    assert [write_body(logged.entry) for logged in whole_exercise().log] == once


def test_a_kind_of_a_later_version_is_not_taken_for_another():
    with pytest.raises(KeyError):
        read_body("InjectTeleported", '{"inject": "D1-01"}')


def test_a_field_nobody_knows_is_a_fault_and_not_lost():
    with pytest.raises(ValidationError) as invalid:
        read_body("InjectReleased", '{"inject": "D1-01", "to": "all"}')

    assert [(error["type"], error["loc"]) for error in invalid.value.errors()] == [("extra_forbidden", ("to",))]


def test_an_entry_cannot_be_changed():
    entry = InjectReleased(inject="D1-01")

    with pytest.raises(ValidationError):
        setattr(entry, "inject", "D1-02")  # noqa: B010  (mypy knows that it is frozen)

    assert entry == InjectReleased(inject="D1-01")


@pytest.mark.parametrize("log", sorted(LOGS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_recorded_log_folds_forever_to_what_it_meant_then(log: Path):
    meant = json.loads(log.with_suffix(".state.json").read_text("utf-8"))
    state = begin(Scenario.model_validate_json(log.with_suffix(".scenario.json").read_text("utf-8")))

    states = [state := fold(state, [logged]) for logged in recorded(log)]

    assert plain(states[-1]) == meant["last"]
    assert digest(states) == meant["digest"]


def test_the_recorded_logs_hold_every_kind_of_entry():
    kinds = {kind_of(logged.entry) for log in LOGS.glob("*.jsonl") for logged in recorded(log)}

    assert kinds == set(KINDS)


def test_a_recorded_scenario_has_the_graph_of_the_recorded_story():
    scenario = Scenario.model_validate_json((LOGS / "2026-11-lantern.scenario.json").read_text("utf-8"))

    assert build(scenario).entries == {"D1-01", "D2-01"}
