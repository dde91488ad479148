"""Gaps and plan in a report: what each tier is told, and that no name of a participant gets beyond the full one."""

from datetime import date

import pytest

from tests.review.desk import HOUSE, ITEMS, Work, answers
from tests.review.words import LATER, NAMES, mark
from ttx.review.findings import SOME_DELEGATION, SOMEBODY, Findings, Masked, findings
from ttx.review.report import Tier, make

TODAY = date(2027, 2, 1)
PEOPLE = ("Ines Maro", "Bo", "王小明")


def worked() -> Work:
    """A review whose every text names delegations and people."""
    named = f"{mark('foe', 'name')}, {mark('us', 'name')} and Ines Maro"
    work = Work().found(
        f"Nobody but {named} knows.", evidence=answers("us", "foe"), dissent=f"{named} object.",
        bodies=mark("ally", "name"), contact="Ines Maro", severity=4, likelihood=4, root_cause="law_mandate",
    )  # fmt: skip
    work.found("Set aside").does("change_gap", gap="GAP-02", status="set_aside")
    work.does("plan_action", gap="GAP-02", what="Nothing").does(
        "plan_action", gap="GAP-01", what=f"Ask {named}.", contact="Maro", due="2027-01-31"
    )
    return work.does("note_progress", action="ACT-02", status="done", text=f"{named} agreed.")


def told(tier: Tier, work: Work | None = None) -> Findings:
    return findings(HOUSE.graph, HOUSE.state, (work or worked()).review, ITEMS, tier, TODAY, PEOPLE)


def test_the_full_tier_is_told_everything_with_what_follows_from_it():
    found = told(Tier.FULL)

    (gap,), (action,) = found.gaps, found.actions

    assert (gap.gap, gap.by, gap.of, gap.evidence) == ("GAP-01", 2, 4, tuple(f"E-{n:04}" for n in answers("us", "foe")))
    assert (gap.priority, gap.suggested, gap.element, gap.score) == ("high", True, "planning", None)
    assert gap.contact == "Ines Maro"
    assert mark("foe", "name") in gap.statement
    assert (action.action, action.gap, action.status, action.overdue) == ("ACT-02", "GAP-01", "done", False)
    assert action.shown_by == action.progress[-1].text
    assert action.progress[-1].on == date(2026, 11, 23)


def test_no_name_of_a_delegation_or_a_person_gets_into_an_analysts_paper():
    found = told(Tier.ANALYST)
    report = make(HOUSE.graph, HOUSE.state, Tier.ANALYST, LATER, findings=found)

    written = found.model_dump_json()

    assert [name for name in NAMES if mark(name, "name") in written] == []
    assert not {"Ines", "Maro"} & set(written.replace('"', " ").replace(".", " ").split())
    assert found.gaps[0].statement == f"Nobody but {SOME_DELEGATION}, {SOME_DELEGATION} and {SOMEBODY} knows."
    assert (found.gaps[0].contact, found.actions[0].contact) == (None, None)
    assert report.found == found.gaps
    assert report.plan == found.actions


@pytest.mark.parametrize("tier", [Tier.OWN, Tier.PUBLIC])
def test_delegations_and_everybody_are_told_of_no_gap(tier: Tier):
    assert told(tier) == Findings(tier=tier)


def test_findings_for_one_tier_never_get_into_a_report_of_another():
    with pytest.raises(ValueError, match="do not belong into a report of the tier analyst"):
        make(HOUSE.graph, HOUSE.state, Tier.ANALYST, LATER, findings=told(Tier.FULL))


def test_an_action_is_overdue_by_the_day_the_report_is_made():
    work = Work().found().does("plan_action", gap="GAP-01", what="Act", due="2027-01-31")

    assert [one.overdue for one in told(Tier.FULL, work).actions] == [True]


@pytest.mark.parametrize(
    "text, plain",
    [
        ("KESTRIA said so", f"{SOME_DELEGATION} said so"),
        ("Kestrian law", "Kestrian law"),
        ("the Federated Islands of Tamarinda wait", f"the {SOME_DELEGATION} wait"),
        ("Tamarinda waits", f"{SOME_DELEGATION} waits"),
        ("the Islands wait", "the Islands wait"),
        ("orrin", SOME_DELEGATION),
        ("us and them", "us and them"),
        ("ราชอาณาจักรสยามไม่ทราบ", f"{SOME_DELEGATION}ไม่ทราบ"),
        ("Ines Maro", SOMEBODY),
        ("Officer Maro", f"Officer {SOMEBODY}"),
        ("我们问王小明了", f"我们问{SOMEBODY}了"),
        ("Boat", "Boat"),
    ],
)
def test_names_are_left_out_as_words_and_nothing_else_is(text: str, plain: str):
    masked = Masked(
        {"Kestria": "Kestria", "tamarinda": "Federated Islands of Tamarinda", "orrin": "Republic of Orrin",
         "us": "Aruna", "sia": "ราชอาณาจักรสยาม"},
        PEOPLE,
    )  # fmt: skip

    assert masked(text) == plain
    assert bool(masked.found(text)) is (text != plain)
