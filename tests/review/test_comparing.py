"""The improvement plan and its comparison: what is overdue, what came back, and what only may have."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.exercise.words import NOW, History, days, tells
from tests.review.desk import Work, answers
from ttx.review.comparing import ALIKE, Outcome, compared, likeness
from ttx.review.entries import ActionStatus, Element
from ttx.review.findings import by_due

CAPABILITIES = {"K1": "Rescue", "K2": "Screening", "K3": "Burials"}


def planned(**task: Any) -> Work:
    return Work().found(owner="SEA", root_cause="people_training").does("plan_action", gap="GAP-01", what="Act", **task)


def test_an_action_takes_owner_and_element_from_its_gap_unless_it_names_others():
    work = planned().does("plan_action", gap="GAP-01", what="More", owner="LAND", element="planning")

    assert [(one.task.owner, one.task.element) for one in work.review.actions.values()] == [
        ("SEA", Element.TRAINING),
        ("LAND", Element.PLANNING),
    ]


@pytest.mark.parametrize("status, late", [(None, True), ("started", True), ("done", False), ("dropped", False)])
def test_what_should_have_been_done_is_overdue_until_it_is_done_or_dropped(status: str | None, late: bool):
    work = planned(due="2027-01-31")
    if status is not None:
        work.does("note_progress", action="ACT-01", status=status, text="Because")
    action = work.review.actions["ACT-01"]

    assert not action.overdue(date(2027, 1, 31))
    assert action.overdue(date(2027, 2, 1)) is late


def test_done_says_what_shows_it_and_dropped_says_why():
    work = planned()

    assert "say what does" in work.refuses("note_progress", action="ACT-01", status="done")
    assert "Say why ACT-01 is dropped" in work.refuses("note_progress", action="ACT-01", status="dropped")
    assert "is planned already" in work.refuses("note_progress", action="ACT-01", status="planned")
    assert work.refuses("note_progress", action="ACT-09", status="done", text="X") == (
        "There is no action ACT-09 in this review."
    )


def test_every_note_of_an_action_is_kept_and_the_last_says_how_far_it_is():
    work = planned().does("note_progress", action="ACT-01", status="started", text="Asked all")
    work.does("note_progress", action="ACT-01", status="done", text="Plan of 3 May")
    action = work.review.actions["ACT-01"]

    assert action.status is ActionStatus.DONE
    assert [one.text for one in action.notes] == ["Asked all", "Plan of 3 May"]
    assert (action.at, action.changed_at, action.changes) == (work.at(2), work.at(4), 2)


def test_actions_stand_by_date_and_what_is_over_comes_last():
    work = Work().found()
    for what, due in (("some day", ""), ("late", "2027-05-01"), ("soon", "2027-01-01"), ("over", "2026-01-01")):
        work.does("plan_action", gap="GAP-01", what=what, due=due)
    work.does("note_progress", action="ACT-04", status="dropped", text="Not needed")

    assert [one.task.what for one in by_due(work.review.actions.values())] == ["soon", "late", "some day", "over"]


# Another exercise


def here(*capabilities: str) -> History:
    """An exercise in which these capabilities were exercised."""
    history = History(days([tells("D1-01", capabilities=list(capabilities)), tells("D1-02", capabilities=["C2"])]))
    return history.opened(1).released("D1-01")


def outcome(now: Work, before: Work, history: History) -> dict[str, Outcome]:
    result = compared(history.graph, history.state, now.review, before.review, "old", CAPABILITIES)
    return {one.gap.details.statement: one.outcome for one in result.earlier}


def earlier() -> Work:
    """What an exercise on another scenario had found, whose capabilities have other ids."""
    work = Work()
    for number, name in enumerate(
        ("Nobody knows who leads at sea", "Interviews take a day", "No graves are kept", "Late"), 1
    ):
        work.found(name)
        details = work.review.gaps[f"GAP-0{number}"].details
        work.log[-1] = type(work.log[-1])(
            work.last,
            NOW,
            "s",
            work.log[-1].entry.model_copy(
                update={"details": details.model_copy(update={"capability": (None, "K2", "K3", "K1")[number - 1]})}
            ),
        )
    return work


def test_a_gap_came_back_if_somebody_said_so_and_was_not_seen_only_if_it_could_have_been():
    now = Work(earlier={"old": ("Exercise Old", ["GAP-01", "GAP-04"])}).found("Nobody leads").found("New")
    now.does("come_back", gap="GAP-01", exercise="old", of="GAP-01")

    assert outcome(now, earlier(), here("C1")) == {
        "Nobody knows who leads at sea": Outcome.CAME_BACK,
        "Interviews take a day": Outcome.NOT_EXERCISED,
        "No graves are kept": Outcome.NOT_EXERCISED,
        "Late": Outcome.NOT_SEEN,
    }
    result = compared(here("C1").graph, here("C1").state, now.review, earlier().review, "old", CAPABILITIES)
    assert [one.details.statement for one in result.new] == ["New"]
    assert [result.count(one) for one in Outcome] == [1, 1, 2]


def test_what_may_be_the_same_is_suggested_and_counts_for_nothing():
    now = Work().found("At sea nobody knows who leads").found("Interpreters are missing")
    history = here("C1")

    result = compared(history.graph, history.state, now.review, earlier().review, "old", CAPABILITIES)

    first = result.earlier[0]
    assert [one.gap.name for one in first.suggested] == ["GAP-01"]
    assert ALIKE <= first.suggested[0].likeness <= 1
    assert first.outcome is Outcome.NOT_SEEN


@pytest.mark.parametrize(
    "one, other, alike",
    [
        ("Nobody knows who leads at sea", "At sea nobody knows who leads", True),
        ("ไม่มีใครรู้ว่าใครเป็นผู้นำ", "ไม่มีใครรู้ใครเป็นผู้นำในทะเล", True),
        ("没有人知道谁在海上负责指挥", "在海上没有人知道谁负责", True),
        ("Nobody knows who leads at sea", "Interpreters are missing", False),
        ("", "Nobody", False),
    ],
)
def test_likeness_needs_no_words(one: str, other: str, alike: bool):
    assert (likeness(one, other) >= ALIKE) is alike
    assert likeness(one, other) == likeness(other, one)


def test_only_a_gap_of_an_exercise_one_may_read_can_have_come_back():
    work = Work(earlier={"old": ("Exercise Old", ["GAP-01"])}).found(evidence=answers("us"))

    assert "There is no gap GAP-02 in an earlier exercise" in work.refuses(
        "come_back", gap="GAP-01", exercise="old", of="GAP-02"
    )
    assert "that you may read" in work.refuses("come_back", gap="GAP-01", exercise="secret", of="GAP-01")
    work.does("come_back", gap="GAP-01", exercise="old", of="GAP-01")
    assert work.refuses("come_back", gap="GAP-01", exercise="old", of="GAP-01") == (
        "That GAP-01 is GAP-01 of Exercise Old is recorded already."
    )
    assert work.clock - NOW == timedelta(minutes=2)
