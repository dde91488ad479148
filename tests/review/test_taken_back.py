"""A review's log: everything in it can be taken back, its history tells it, and what is kept reads forever."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tests.exercise.words import seat
from tests.review.desk import Work, answers
from tests.review.test_gaps import ALL, gap
from ttx.exercise.commands import Refused
from ttx.review.coding import fold_coding
from ttx.review.entries import KINDS, ActionStatus, Kept, kind_of, read_body, write_body
from ttx.review.exports import exports
from ttx.review.feedback import FeedbackEntry
from ttx.review.gaps import fold
from ttx.review.leaving import LeavingEntry
from ttx.scenario.roster import Role


def test_nothing_is_taken_back_that_something_stands_on():
    work = (
        Work()
        .found(severity=1)
        .does("change_gap", gap="GAP-01", severity=2)
        .does("change_gap", gap="GAP-01", severity=3)
    )

    assert work.refuses("take_back", entry=2) == "GAP-01 was changed again, and that counts. Take that back first."
    assert work.refuses("take_back", entry=1) == "GAP-01 was changed again, and that counts. Take that back first."
    assert gap(work.takes_back(3).takes_back(2)).details.severity == 1
    assert work.refuses("take_back", entry=2) == "This was taken back already."
    assert work.refuses("take_back", entry=99) == "There is no entry 99 in this review."


def test_what_was_taken_back_can_count_again():
    work = Work().found(severity=1).does("change_gap", gap="GAP-01", severity=2).takes_back(2).takes_back(3)

    assert gap(work).details.severity == 2
    assert gap(work.takes_back(4)).details.severity == 1
    assert work.review.gone == {2, 4}


def test_nothing_counts_again_while_what_it_stood_on_does_not_or_was_set_differently_since():
    work = Work().found().does("plan_action", gap="GAP-01", what="Act").takes_back(2).takes_back(1)
    changed = Work().found().does("change_gap", gap="GAP-01", severity=2).takes_back(2)
    changed.does("change_gap", gap="GAP-01", severity=3)

    assert work.refuses("take_back", entry=3) == (
        "ACT-01, GAP-01 was changed again, and that was taken back. Take that back first."
    )
    assert "that counts" in changed.refuses("take_back", entry=3)
    assert list(work.takes_back(4).takes_back(3).review.actions) == ["ACT-01"]


def test_a_change_of_another_field_is_taken_back_by_itself():
    work = Work().found().does("change_gap", gap="GAP-01", severity=2).does("change_gap", gap="GAP-01", effort=3)

    assert (gap(work.takes_back(2)).details.severity, gap(work).details.effort) == (None, 3)


def test_a_name_is_never_given_twice():
    work = Work().found("One").takes_back(1).found("Two")

    assert list(work.review.gaps) == ["GAP-02"]


LOGS = sorted((Path(__file__).parents[1] / "logs" / "reviews").glob("*.jsonl"))
"""Reviews recorded by earlier versions; like the exercises' logs beside them they are never recorded anew."""

DEEDS = st.lists(
    st.tuples(st.sampled_from(["found", "change", "join", "split", "plan", "note", "back"]), st.integers(0, 9)),
    max_size=25,
)


@given(DEEDS)
def test_whatever_is_done_taking_the_last_thing_back_gives_what_was_before(deeds: list[tuple[str, int]]):
    work = Work()
    evidence = answers("us", "foe", "ally")
    for do, number in deeds:
        gaps = [one.name for one in work.review.standing()]
        actions = list(work.review.actions)
        before = work.review
        try:
            match do:
                case "found":
                    work.found(str(number), evidence=evidence[: number % 4])
                case "change":
                    work.does("change_gap", gap=gaps[number % len(gaps)], severity=number % 5 + 1)
                case "join":
                    work.does("join_gaps", gaps=gaps[:2], statement=str(number))
                case "split":
                    held = work.review.gaps[gaps[number % len(gaps)]]
                    work.does("split_gap", gap=held.name, statement="part", evidence=held.evidence[:1])
                case "plan":
                    work.does("plan_action", gap=gaps[number % len(gaps)], what=str(number))
                case "note":
                    work.does(
                        "note_progress", action=actions[number % len(actions)], status="started", text=str(number)
                    )
                case "back":
                    work.takes_back(number)
        except (Refused, ValidationError, IndexError, ZeroDivisionError):
            continue
        if do != "back":
            undone = Work()
            undone.log = list(work.log)
            after = undone.takes_back(undone.last).review
            assert (after.gaps, after.actions) == (before.gaps, before.actions)


# History


def test_the_history_tells_what_was_changed_by_whom_and_what_can_be_taken_back():
    us, foe = answers("us", "foe")
    work = Work().found(severity=1, evidence=[us]).does("cite", gap="GAP-01", evidence=[foe])
    work.does("change_gap", gap="GAP-01", severity=2, root_cause="law_mandate").does(
        "plan_action", gap="GAP-01", what="Act"
    )
    work.does("note_progress", action="ACT-01", status="started", text="Begun").takes_back(3).found("Another")

    told = [(one.kind, one.about, [(c.field, c.before, c.after) for c in one.changes], one.gone, one.may_take_back)
            for one in work.past("GAP-01")]  # fmt: skip

    assert told == [
        ("TakenBack", "GAP-01", [], False, True),
        ("ProgressNoted", "ACT-01", [("status", ActionStatus.PLANNED, ActionStatus.STARTED)], False, True),
        ("ActionPlanned", "ACT-01, GAP-01", [], False, False),
        ("GapChanged", "GAP-01", [], True, False),
        ("EvidenceCited", "GAP-01", [], False, True),
        ("GapRecorded", "GAP-01", [], False, False),
    ]
    assert {one.seat for one in work.past("GAP-01")} == {"analyst"}


def test_a_change_that_counts_says_what_stood_there_before():
    work = Work().found(severity=1).does("change_gap", gap="GAP-01", severity=2)

    (change,) = work.past("GAP-01")[0].changes

    assert (change.field, change.before, change.after) == ("severity", 1, 2)


# What is kept


def everything() -> Work:
    """A review in which every kind of entry stands."""
    work = Work(earlier={"other": ("Exercise Before", ["GAP-09"])})
    work.found(evidence=answers("us", "foe"), **ALL).found("Two").does("change_gap", gap="GAP-01", due="", severity=5)
    work.does("cite", gap="GAP-01", evidence=answers("ally")).does(
        "drop_evidence", gap="GAP-01", evidence=answers("us")
    )
    work.does("split_gap", gap="GAP-01", statement="Part", evidence=answers("ally"))
    work.does("join_gaps", gaps=["GAP-01", "GAP-02"], statement="Both").does(
        "plan_action", gap="GAP-01", what="Act", due="2027-01-01"
    )
    work.does("change_action", action="ACT-01", what="Act now", due="").does(
        "note_progress", action="ACT-01", status="started"
    )
    work.does("come_back", gap="GAP-01", exercise="other", of="GAP-09").takes_back(work.last)
    work.does("add_code", label="Night", definition="It happens by night.")
    work.does("change_code", code="K-01", label="Nights", definition="It happens by night.")
    (piece,) = answers("us")
    work.does("mark_passage", piece=piece, codes=["K-01", "sense:gap"], words="second")
    work.does("finish_piece", piece=piece).does("open_codes", seat(Role.DIRECTOR), piece=piece)
    return work.does("settle_code", piece=piece, code="K-01", applies=False, why="It is by day.")


def test_every_kind_of_entry_reads_as_it_was_written():
    log = everything().log

    elsewhere = (*get_args(LeavingEntry), *get_args(FeedbackEntry))  # those are in test_leaving and test_feedback
    every = set(KINDS) - {one.__name__ for one in elsewhere}
    assert {kind_of(one.entry) for one in log} == every
    assert [read_body(kind_of(one.entry), write_body(one.entry)) for one in log] == [one.entry for one in log]


def recorded(log: Path) -> list[Kept]:
    """A review's log as it was recorded: an entry a line, its body the text that was written then."""
    lines = map(json.loads, log.read_text("utf-8").splitlines())
    return [
        Kept(one["seq"], datetime.fromisoformat(one["at"]), one["seat"], read_body(one["kind"], one["body"]))
        for one in lines
    ]


def meant(log: list[Kept]) -> dict[str, Any]:
    """What a review came to when the first log was recorded, as plain data. What reviews learn later stays out."""
    review = fold(log)
    return {
        "gaps": {
            name: {
                "details": {key: str(value) for key, value in one.details.model_dump(exclude_defaults=True).items()},
                "evidence": list(one.evidence),
                "merged": list(one.merged),
                "into": one.into,
                "split": one.split,
                "came_back": [[back.exercise, back.title, back.of] for back in one.came_back],
                "score": one.score,
                "priority": one.priority,
            }
            for name, one in review.gaps.items()
        },
        "actions": {
            name: {
                "gap": one.gap,
                "task": {key: str(value) for key, value in one.task.model_dump(exclude_defaults=True).items()},
                "notes": [[note.status, note.text, note.seq] for note in one.notes],
                "changes": one.changes,
            }
            for name, one in review.actions.items()
        },
        "gone": sorted(review.gone),
        "numbers": [review.seq, review.recorded, review.planned],
    }


def meant_as_coding(log: list[Kept]) -> dict[str, Any]:
    """What a review came to as coding when the first log with codes was recorded."""
    coding = fold_coding(log)
    return {
        "own": {name: [one.label, one.definition] for name, one in coding.own.items()},
        "marks": [
            [one.seat, one.piece, list(one.codes), one.start, one.end] for held in coding.marks.values() for one in held
        ],
        "finished": {str(piece): done for piece, done in coding.finished.items()},
        "opened": sorted(coding.opened),
        "settled": [[one.seat, one.piece, one.code, one.applies, one.why] for one in coding.settled.values()],
        "exposed": sorted(coding.exposed),
    }


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_a_recorded_review_folds_forever_to_what_it_meant(log: Path):
    state = json.loads(log.with_suffix(".state.json").read_text("utf-8"))
    coded = state.pop("coding", None)

    assert meant(recorded(log)) == state
    assert coded in (None, meant_as_coding(recorded(log)))


CHAPTERS_LATER = {"voices", "participants", "feedback"}
"""Chapters that reports have since the first such log was recorded."""


def left(log: list[Kept]) -> dict[str, Any]:
    """What had left by a review's log, when the first such log was recorded."""
    held = exports(log)
    return {
        "permits": {name: [one.asked_by, one.why, one.approved, one.by] for name, one in held.permits.items()},
        "taken": [[one.fact.tier, one.fact.form, one.fact.head, one.fact.way, one.fact.export] for one in held.taken],
        "frozen": [[one.fact.version, one.fact.tier, dict(one.fact.files)] for one in held.frozen],
        "told": [{name: one.model_dump() for name, one in counts.items()} for counts in held.told()],
        "order": [name for name in held.order() if name not in CHAPTERS_LATER],
        "sections": [[one.name, one.title, one.text] for one in held.sections.values()],
        "quotations": [
            [one.name, one.evidence, one.told, one.stands, one.objection] for one in held.quotations.values()
        ],
    }


def test_what_had_left_by_a_recorded_review_has_left_forever():
    (log,) = (one for one in LOGS if one.stem.endswith("leaving"))
    assert left(recorded(log)) == json.loads(log.with_suffix(".left.json").read_text("utf-8"))


def test_every_kind_of_entry_is_in_a_recorded_review():
    assert {kind_of(one.entry) for log in LOGS for one in recorded(log)} == set(KINDS)
