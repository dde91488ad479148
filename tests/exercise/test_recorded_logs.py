"""Logs recorded by earlier versions, in `tests/logs`: they read, and mean what they meant then, forever.

A recorded log is never recorded anew, whatever the code becomes: a version that reads it differently is wrong.
A new kind of entry or a new field gets a recorded log of its own.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import AwareDatetime, BaseModel, TypeAdapter

from ttx.exercise.entries import KINDS, Logged, kind_of, read_body
from ttx.exercise.state import State, begin, fold
from ttx.scenario.model import Scenario

LOGS = sorted((Path(__file__).parents[1] / "logs").glob("*.jsonl"))
ASKED_LATER: Mapping[str, Any] = {"questions": {"__all__": {"expects", "voice"}}}
"""What an inject can say since the first log was recorded."""
TIME: TypeAdapter[AwareDatetime] = TypeAdapter(AwareDatetime)


def recorded(log: Path) -> list[Logged]:
    """A recorded log: an entry a line, its body the text that was written then."""
    lines = map(json.loads, log.read_text("utf-8").splitlines())
    return [
        Logged(line["seq"], TIME.validate_python(line["at"]), line["seat"], read_body(line["kind"], line["body"]))
        for line in lines
    ]


def states(log: Path) -> list[State]:
    """The state after each entry of a recorded log, on the scenario recorded beside it."""
    scenario = Scenario.model_validate_json(log.with_suffix(".scenario.json").read_text("utf-8"))
    state = begin(scenario)
    return [state := fold(state, [logged]) for logged in recorded(log)]


def plain(state: State) -> dict[str, Any]:
    """What a state meant when the first log was recorded, as plain data. What states learn later stays out."""
    timer = state.timer
    return {
        "seq": state.seq,
        "at": str(state.at),
        "title": state.title,
        "delegations": {name: one.model_dump(mode="json") for name, one in state.delegations.items()},
        "tables": dict(state.tables),
        "status": state.status.value,
        "day": state.day,
        "opened": {str(day): str(at) for day, at in sorted(state.opened.items())},
        "closed": {str(day): str(at) for day, at in sorted(state.closed.items())},
        "progress": {
            name: [one.standing, str(one.at), one.seq, str(one.first)] for name, one in sorted(state.progress.items())
        },
        "out": list(state.out),
        "decisions": {
            name: [one.option, dict(one.set), str(one.at), one.seq, one.by_default]
            for name, one in sorted(state.decisions.items())
        },
        "variables": dict(sorted(state.variables.items())),
        "added": {
            name: [day, inject.model_dump(mode="json", exclude_none=True, exclude=ASKED_LATER)]
            for name, (day, inject) in sorted(state.added.items())
        },
        "timer": timer and [timer.started, timer.seconds, timer.ends and str(timer.ends), _seconds(timer.left)],
        "announcements": [[one.text, str(one.at), one.seq] for one in state.announcements],
        "responses": [
            [*key, one.answer.model_dump(mode="json", exclude_none=True), str(one.at), one.seq, one.seat, one.recalled]
            for key, versions in sorted(state.responses.items())
            for one in versions
        ],
        "noted": [
            [seq, str(one.at), one.seat, one.note.model_dump(mode="json", exclude_none=True)]
            for seq, one in sorted(state.noted.items())
        ],
        "may_submit": sorted(state.may_submit),
    }


def digest(states: Iterable[State]) -> str:
    """A digest of what every state meant, one after the other."""
    said = hashlib.sha256()
    for state in states:
        said.update(json.dumps(plain(state), sort_keys=True).encode())
    return said.hexdigest()


def _seconds(left: timedelta | None) -> float | None:
    return left.total_seconds() if left is not None else None


LATER = (
    "reworded", "schedule", "ballots", "choices", "session", "story", "debrief", "talk", "stage", "emergency", "comms",
    "seated", "tables_may_release", "shelved",
)  # fmt: skip
"""What states learned after the first log was recorded."""


def later(state: State) -> dict[str, Any]:
    """The same as plain data."""
    return {name: told(getattr(state, name)) for name in LATER}


def told(value: object) -> Any:
    """A value of a state as plain data."""
    match value:
        case BaseModel():
            return value.model_dump(mode="json", exclude_none=True)
        case Mapping():
            return {str(key): told(one) for key, one in sorted(value.items())}
        case tuple():
            return [told(one) for one in value]
        case None | str() | bool() | int():
            return value
    if is_dataclass(value):
        return {field.name: told(getattr(value, field.name)) for field in fields(value)}
    return str(value)


def held(meant: Any, now: Any) -> bool:
    """Whether what was meant is what is said now; a record that has learned more since still says it."""
    if isinstance(meant, dict) and isinstance(now, dict):
        return all(key in now and held(one, now[key]) for key, one in meant.items())
    if isinstance(meant, list) and isinstance(now, list):
        return len(meant) == len(now) and all(map(held, meant, now))
    return bool(meant == now)


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_a_recorded_log_folds_forever_to_what_it_meant(log: Path):
    meant = json.loads(log.with_suffix(".state.json").read_text("utf-8"))

    folded = states(log)

    assert plain(folded[-1]) == meant["last"]
    assert digest(folded) == meant["digest"]
    assert held(meant.get("later", {}), later(folded[-1]))


def test_every_kind_of_entry_is_in_a_recorded_log():
    assert {kind_of(logged.entry) for log in LOGS for logged in recorded(log)} == set(KINDS)
