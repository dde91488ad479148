"""Gaps: what a record holds, how they are ranked, merged and split, and that everything can be taken back."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from tests.exercise.words import gathered_exercise, seat, whole_exercise
from tests.review.desk import Work, answers
from ttx.exercise.rights import RULES, Action, Forbidden
from ttx.review.commands import decide
from ttx.review.entries import (
    ELEMENT,
    Details,
    Element,
    GapStatus,
    Priority,
    RootCause,
)
from ttx.review.evidence import evidence
from ttx.review.gaps import Gap, fold
from ttx.review.requests import REQUEST
from ttx.scenario.model import Phase
from ttx.scenario.roster import Role

ALL: dict[str, Any] = {
    "objective": "O1", "capability": "C1", "phase": "sar", "root_cause": "roles_authority", "severity": 4,
    "likelihood": 3, "effort": 2, "priority": "low", "owner": "SEA", "bodies": "IOM\n\n UNHCR ",
    "contact": "Legal office", "starts": "2027-01-01", "due": "2027-06-30", "status": "agreed",
    "dissent": "Not at sea.",
}  # fmt: skip


def gap(work: Work, name: str = "GAP-01") -> Gap:
    return work.review.gaps[name]


def test_a_gap_holds_all_that_its_record_has():
    work = Work().found(evidence=answers("us", "foe"), **ALL)

    held = gap(work)

    assert held.details == Details(
        statement="Nobody knows who leads.",
        objective="O1",
        capability="C1",
        phase=Phase.SAR,
        root_cause=RootCause.ROLES_AUTHORITY,
        severity=4,
        likelihood=3,
        effort=2,
        priority=Priority.LOW,
        owner="SEA",
        bodies=("IOM", "UNHCR"),
        contact="Legal office",
        starts=date(2027, 1, 1),
        due=date(2027, 6, 30),
        status=GapStatus.AGREED,
        dissent="Not at sea.",
    )
    assert held.evidence == tuple(sorted(answers("us", "foe")))


@pytest.mark.parametrize(
    "field, value",
    [("severity", 0), ("severity", 6), ("likelihood", "x"), ("phase", "war"), ("root_cause", "luck"),
     ("status", "lost"), ("due", "soon"), ("due", "9999-12-31"), ("starts", "0099-01-01"), ("priority", "urgent")],
)  # fmt: skip
def test_what_is_on_no_scale_is_malformed(field: str, value: object):
    with pytest.raises(ValidationError):
        REQUEST.validate_python({"do": "record_gap", "statement": "X", field: value})


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"objective": "O9"}, "There is no objective O9 in this scenario; there are O1, O2."),
        ({"capability": "C9"}, "There is no capability C9 in this scenario; there are C1, C2."),
        ({"owner": "AIR"}, "There is no working group AIR; there are SEA, LAND."),
        ({"evidence": [1]}, "There is no evidence E-0001 in this exercise. Choose from the list of evidence."),
        ({"wall": "G7"}, "There is no draft gap G7 on the wall; it may have been taken off."),
    ],
)
def test_a_gap_names_only_what_is_there(fields: dict[str, Any], said: str):
    assert Work().refuses("record_gap", statement="X", **fields) == said


@pytest.mark.parametrize("role", list(Role))
def test_a_review_is_worked_on_by_those_the_table_says_also_when_the_exercise_has_ended(role: Role):
    work = Work(whole_exercise(), ())
    request = REQUEST.validate_python({"do": "record_gap", "statement": "X"})

    if role in RULES[Action.REVIEW]:
        assert decide(work.grounds, [], seat(role), request)
    else:
        with pytest.raises(Forbidden):
            decide(work.grounds, [], seat(role), request)


def test_every_root_cause_maps_to_one_element_and_every_element_is_reached():
    assert set(ELEMENT) == set(RootCause)
    assert set(ELEMENT.values()) == set(Element)


# Ranking


def test_gaps_are_ranked_by_severity_likelihood_and_how_easily_they_are_closed():
    work = Work().found("hard", severity=5, likelihood=4, effort=5).found("open", severity=5)
    work.found("easy", severity=5, likelihood=4, effort=1).found("aside", severity=5, likelihood=5, effort=1)
    work.does("change_gap", gap="GAP-04", status="set_aside")

    assert [(one.details.statement, one.score) for one in work.review.standing()] == [
        ("easy", 100),
        ("hard", 20),
        ("open", None),
        ("aside", 125),
    ]


@pytest.mark.parametrize(
    "severity, likelihood, follows",
    [(5, 3, "high"), (3, 5, "high"), (4, 3, "medium"), (2, 4, "medium"), (1, 5, "low"), (None, 5, None)],
)
def test_a_priority_follows_from_severity_and_likelihood_until_somebody_says_another(
    severity: int | None, likelihood: int, follows: str | None
):
    work = Work().found(severity=severity, likelihood=likelihood).found(severity=5, likelihood=5, priority="low")

    assert gap(work).priority == follows
    assert gap(work, "GAP-02").priority == "low"


# Changing


def test_two_who_change_different_fields_keep_both():
    work = Work().found(severity=2)
    work.does("change_gap", gap="GAP-01", as_of=1, statement="Nobody knows who leads.", severity=5)
    work.does("change_gap", gap="GAP-01", as_of=1, statement="Nobody knows who leads.", severity=2, likelihood=3)

    assert (gap(work).details.severity, gap(work).details.likelihood) == (5, 3)


def test_of_two_who_change_the_same_field_the_second_looks_again():
    work = Work().found(severity=2).does("change_gap", gap="GAP-01", as_of=1, severity=5, root_cause="law_mandate")

    said = work.refuses("change_gap", gap="GAP-01", as_of=1, severity=4, root_cause="plan_procedure", effort=1)

    assert said.startswith("Somebody changed the root cause, severity of GAP-01 while you wrote.")
    assert gap(work).details.effort is None
    assert work.refuses("change_gap", gap="GAP-01", as_of=1, severity=5) == (
        "GAP-01 says this already; nothing was changed."
    )


def test_a_field_can_be_emptied_again():
    work = Work().found(**ALL).does("change_gap", gap="GAP-01", due="", owner="", bodies="", dissent="")

    said = gap(work).details

    assert (said.due, said.owner, said.bodies, said.dissent, said.severity) == (None, None, (), "", 4)


def test_dates_stay_in_order_also_when_one_is_changed_alone():
    work = Work().found(starts="2027-03-01", due="2027-04-01")

    assert work.refuses("change_gap", gap="GAP-01", due="2027-02-01").startswith("It would be due before it starts")
    with pytest.raises(ValidationError, match="due before it starts"):
        REQUEST.validate_python({"do": "record_gap", "statement": "X", "starts": "2027-03-01", "due": "2027-02-01"})


def test_a_gap_is_closed_when_nothing_is_left_to_do():
    work = Work().found().does("plan_action", gap="GAP-01", what="Write a plan.")

    assert work.refuses("change_gap", gap="GAP-01", status="closed") == (
        "GAP-01 cannot be closed while ACT-01 is not done: finish or drop it first."
    )
    work.does("note_progress", action="ACT-01", status="done", text="Plan of 3 May").does(
        "change_gap", gap="GAP-01", status="closed"
    )
    assert gap(work).details.status is GapStatus.CLOSED


# Evidence


def test_evidence_is_added_once_and_taken_out():
    us, foe = answers("us", "foe")
    work = Work().found(evidence=[us]).does("cite", gap="GAP-01", evidence=[us, foe])

    assert gap(work).evidence == (us, foe)
    assert work.refuses("cite", gap="GAP-01", evidence=[foe]) == "GAP-01 rests on this evidence already."
    work.does("drop_evidence", gap="GAP-01", evidence=[us])
    assert gap(work).evidence == (foe,)
    assert work.refuses("drop_evidence", gap="GAP-01", evidence=[us]) == "GAP-01 does not rest on this evidence."
    assert work.review.citing() == {foe: ("GAP-01",)}


def test_a_draft_of_the_wall_is_taken_in_once():
    history = gathered_exercise()
    work = Work(history, evidence(history.graph, history.state)).found("No list.", wall="G2")

    assert work.review.from_wall() == {"G2"}
    assert work.refuses("record_gap", statement="Again", wall="G2") == (
        "G2 was taken in already, as GAP-01. Change that one."
    )
    assert not work.takes_back(1).review.from_wall()


# Merging and splitting


def merged() -> Work:
    us, foe, ally = answers("us", "foe", "ally")
    work = Work().found("One", evidence=[us], dissent="Not us.").found("Two", evidence=[us, foe], dissent="Not us.")
    work.found("Three", evidence=[ally], dissent="Nor us.").does("plan_action", gap="GAP-02", what="Act")
    return work.does("join_gaps", gaps=["GAP-01", "GAP-02", "GAP-03"], statement="All")


def test_merged_gaps_are_one_with_their_evidence_dissent_and_actions():
    work = merged()

    (one,) = work.review.standing()

    assert (one.name, one.details.statement, one.merged) == ("GAP-01", "All", ("GAP-02", "GAP-03"))
    assert one.evidence == tuple(sorted(answers("us", "foe", "ally")))
    assert one.details.dissent == "Not us.\nNor us."
    assert [action.name for action in work.review.actions_on("GAP-01")] == ["ACT-01"]
    assert work.refuses("change_gap", gap="GAP-02", severity=1) == (
        "GAP-02 went into GAP-01: work on that one, or take the merge back."
    )
    assert work.refuses("join_gaps", gaps=["GAP-01", "GAP-01"], statement="X") == (
        "Name at least two different gaps to merge."
    )


def test_a_merge_is_taken_back_and_each_gap_is_as_it_was():
    work = merged()
    before = fold(work.log[:-1])

    after = work.takes_back(work.last).review

    assert (after.gaps, after.actions) == (before.gaps, before.actions)


def test_a_split_moves_evidence_and_says_everything_else_of_both():
    us, foe = answers("us", "foe")
    work = (
        Work().found(evidence=[us, foe], severity=4).does("split_gap", gap="GAP-01", statement="Part", evidence=[foe])
    )

    first, part = gap(work), gap(work, "GAP-02")

    assert (first.evidence, part.evidence, part.split) == ((us,), (foe,), "GAP-01")
    assert (part.details.statement, part.details.severity) == ("Part", 4)
    assert gap(work.takes_back(work.last)).evidence == (us, foe)
    assert "GAP-02" not in work.review.gaps
