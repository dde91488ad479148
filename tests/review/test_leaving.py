"""What leaves: two people for the full report, text and order, quotations two people let go and nobody objects to."""

from datetime import timedelta
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from tests.exercise.words import NOW, head, lead, seat
from tests.review.desk import HOUSE, ITEMS, Work, analyst, answers
from tests.review.test_taken_back import everything
from ttx.exercise.commands import Refused
from ttx.exercise.rights import Forbidden, Seat
from ttx.review import entries
from ttx.review.entries import KINDS, Kept, kind_of, read_body, write_body
from ttx.review.exports import CHAPTERS, Exports, exports, own
from ttx.review.feedback import FeedbackClosed, FeedbackEntry
from ttx.review.gaps import fold
from ttx.review.leaving import (
    HouseStyleChosen,
    LeavingEntry,
    RecordShredded,
    ReportFrozen,
    ReportTaken,
)
from ttx.review.leaving_requests import REQUEST, Ground, decide
from ttx.review.parts import Tier
from ttx.review.scan import Scan
from ttx.scenario.roster import Role

SCAN = Scan(delegations={name: one.name for name, one in HOUSE.state.delegations.items()})


def director() -> Seat:
    return seat(Role.DIRECTOR)


def second() -> Seat:
    return Seat("analyst-2", "x", Role.ANALYST)


class Desk:
    """A review's log that grows by what is asked about leaving; a minute passes before each."""

    def __init__(self) -> None:
        self.log: list[Kept] = []
        self.clock = NOW

    @property
    def held(self) -> Exports:
        return exports(self.log)

    def does(self, who: Seat, do: str, **fields: Any) -> "Desk":
        self.clock += timedelta(minutes=1)
        ground = Ground(
            known={one.seq for one in ITEMS},
            own={one.seq for one in ITEMS if one.delegation is not None and one.delegation == who.delegation},
            scan=SCAN,
        )
        for fact in decide(ground, self.log, who, REQUEST.validate_python({"do": do, **fields})):
            self.log.append(Kept(len(self.log) + 1, self.clock, who.id, fact))
        return self

    def records(self, who: str, fact: LeavingEntry | FeedbackClosed) -> "Desk":
        self.log.append(Kept(len(self.log) + 1, self.clock, who, fact))
        return self

    def refuses(self, who: Seat, do: str, **fields: Any) -> str:
        with pytest.raises(Refused) as refused:
            self.does(who, do, **fields)
        return str(refused.value)


# The smallest count


def test_the_smallest_count_is_chosen_by_who_runs_the_exercise_and_never_under_three():
    desk = Desk()
    assert desk.held.k == 5

    desk.does(lead(), "choose_smallest", k=8)

    assert (desk.held.k, own(desk.held, Tier.PUBLIC, str).k) == (8, 8)
    assert "already" in desk.refuses(lead(), "choose_smallest", k=8)
    for few in (2, 0, 21):
        with pytest.raises(ValidationError):
            desk.does(lead(), "choose_smallest", k=few)
    with pytest.raises(Forbidden):
        desk.does(analyst(), "choose_smallest", k=6)


@pytest.mark.parametrize(
    "told",
    [
        FeedbackClosed(form="FB-01", sheets=8),
        ReportTaken(tier=Tier.PUBLIC, form="html", head=3, way="page"),
        ReportTaken(tier=Tier.ANALYST, form="html", head=3, way="page"),
        ReportFrozen(version=1, tier=Tier.PUBLIC, head=3, files={}, statement="", signature=""),
    ],
    ids=lambda one: f"{type(one).__name__} {getattr(one, 'tier', '')}",
)
def test_the_smallest_count_stays_once_something_was_told_by_it(told: LeavingEntry | FeedbackClosed):
    desk = Desk().does(lead(), "choose_smallest", k=3)

    desk.records("s1", told)

    assert "Counts under 3 are not told, and that stays" in desk.refuses(lead(), "choose_smallest", k=5)


# Two people


def test_the_full_report_is_taken_when_a_second_person_has_approved_it():
    desk = Desk().does(lead(), "ask_full", why="The ministry's debriefing")
    assert desk.held.permit(lead().id, desk.clock) is None

    desk.does(director(), "settle_full", export="EXP-01", approved=True)

    for who in (lead(), director()):
        assert desk.held.permit(who.id, desk.clock) is not None
    assert desk.held.permit("somebody else", desk.clock) is None
    assert desk.held.permit(lead().id, desk.clock + timedelta(days=7)) is None


def test_nobody_approves_what_he_asked_for_himself():
    desk = Desk().does(lead(), "ask_full", why="For me")

    assert "a second person, on another seat" in desk.refuses(lead(), "settle_full", export="EXP-01", approved=True)
    assert "already" in desk.refuses(lead(), "ask_full", why="For me")
    desk.does(lead(), "settle_full", export="EXP-01", approved=False, why="Not needed")
    assert desk.held.permits["EXP-01"].approved is False


def test_what_is_settled_stays_settled_and_the_next_takes_two_people_again():
    desk = Desk().does(lead(), "ask_full", why="One").does(director(), "settle_full", export="EXP-01", approved=False)

    assert "turned down already" in desk.refuses(director(), "settle_full", export="EXP-01", approved=True)
    assert desk.held.permit(lead().id, desk.clock) is None
    assert list(desk.does(lead(), "ask_full", why="Two").held.permits) == ["EXP-01", "EXP-02"]


@pytest.mark.parametrize("who", [analyst(), head("us"), seat(Role.EVALUATOR)])
def test_those_who_do_not_run_the_exercise_neither_ask_nor_approve(who: Seat):
    desk = Desk().does(lead(), "ask_full", why="One")

    for do, fields in (("ask_full", {"why": "Two"}), ("settle_full", {"export": "EXP-01", "approved": True})):
        with pytest.raises(Forbidden):
            desk.does(who, do, **fields)


# Text and order


def test_sections_are_written_moved_and_left_out():
    desk = Desk().does(analyst(), "write_section", title="Summary", text="Nobody leads.")
    assert desk.held.order()[-1] == "SEC-01"

    for _step in range(len(CHAPTERS)):
        desk.does(analyst(), "move_section", section="SEC-01", up=True)

    assert desk.held.order() == ("SEC-01", *CHAPTERS)
    assert desk.refuses(analyst(), "move_section", section="SEC-01", up=True) == "It stands at the end already."
    assert own(desk.held, Tier.FULL, str).sections[0].text == "Nobody leads."
    assert desk.does(analyst(), "drop_section", section="SEC-01").held.order() == tuple(CHAPTERS)
    assert list(desk.does(analyst(), "write_section", title="Two", text="x").held.sections) == ["SEC-02"]


def test_who_writes_the_same_section_second_looks_again():
    desk = Desk().does(analyst(), "write_section", title="Summary", text="One")
    desk.does(second(), "write_section", section="SEC-01", title="Summary", text="Two", as_of=1)

    refused = desk.refuses(analyst(), "write_section", section="SEC-01", title="Summary", text="Three", as_of=1)

    assert "Somebody changed Summary while you wrote" in refused
    assert desk.held.sections["SEC-01"].text == "Two"


def test_own_text_goes_to_analysts_without_names_and_to_everybody_not_at_all():
    desk = Desk().does(analyst(), "write_section", title="Of us", text="They wait.")

    assert own(desk.held, Tier.ANALYST, str.upper).sections[0].title == "OF US"
    assert own(desk.held, Tier.PUBLIC, str).sections == own(desk.held, Tier.OWN, str).sections == ()


# Quotations


def proposed(**more: Any) -> Desk:
    fields = {"evidence": answers("us")[0], "words": "Nobody knows who leads.", **more}
    return Desk().does(analyst(), "propose_quotation", **fields)


def quoted(desk: Desk) -> tuple[str, ...]:
    return own(desk.held, Tier.PUBLIC, str).quotations


def test_a_quotation_is_told_when_a_second_person_has_approved_it():
    desk = proposed()
    assert quoted(desk) == ()
    assert "a second person" in desk.refuses(analyst(), "approve_quotation", quotation="Q-01")

    desk.does(second(), "approve_quotation", quotation="Q-01")

    assert quoted(desk) == ("Nobody knows who leads.",)
    assert quoted(desk.does(analyst(), "withdraw_quotation", quotation="Q-01")) == ()


def test_only_the_speakers_own_words_stand_in_quotation_marks():
    assert quoted(proposed(verbatim=True).does(second(), "approve_quotation", quotation="Q-01")) == (
        "\u201cNobody knows who leads.\u201d",
    )


def test_a_delegation_objects_to_its_own_and_then_it_is_not_told():
    desk = proposed().does(second(), "approve_quotation", quotation="Q-01").does(lead(), "choose_smallest", k=6)

    assert "no such quotation" in desk.refuses(head("foe"), "object_quotation", quotation="Q-01")
    assert quoted(desk.does(head("us"), "object_quotation", quotation="Q-01")) == ()
    assert quoted(desk.does(head("us"), "object_quotation", quotation="Q-01", stands=False)) != ()
    before = proposed().does(head("us"), "object_quotation", quotation="Q-01")
    assert "objects" in before.refuses(second(), "approve_quotation", quotation="Q-01")


def test_words_that_may_name_somebody_are_asked_about_first():
    words = "The canary-us-name coast guard and a Thai boat"
    evidence = answers("us")[0]
    refused = Desk().refuses(analyst(), "propose_quotation", evidence=evidence, words=words)

    assert "\u201ccanary-us-name\u201d (a delegation)" in refused
    assert "\u201cThai\u201d (a country or its people)" in refused
    desk = proposed(words="A Thai boat", no_names="thai")
    assert desk.held.quotations["Q-01"].no_names == ("Thai",)


def test_only_what_was_said_is_quoted():
    assert "nothing that anybody said" in Desk().refuses(analyst(), "propose_quotation", evidence=99_999, words="x")


# What is kept


def leaving() -> Desk:
    """A log with every kind of fact about leaving."""
    desk = proposed().does(second(), "approve_quotation", quotation="Q-01").does(lead(), "choose_smallest", k=6)
    desk.does(head("us"), "object_quotation", quotation="Q-01").does(analyst(), "withdraw_quotation", quotation="Q-01")
    desk.does(analyst(), "write_section", title="A", text="B").does(analyst(), "move_section", section="SEC-01")
    desk.does(analyst(), "drop_section", section="SEC-01").does(lead(), "ask_full", why="One")
    desk.does(director(), "settle_full", export="EXP-01", approved=True)
    desk.records(lead().id, ReportTaken(tier=Tier.FULL, form="pdf", head=9, way="page", export="EXP-01"))
    frozen = ReportFrozen(version=1, tier=Tier.ANALYST, head=9, files={"pdf": "0"}, statement="{}", signature="")
    desk.records(analyst().id, frozen).records(analyst().id, HouseStyleChosen(name="ministry.docx", digest="0"))
    return desk.records("this installation", RecordShredded(what=("people",), names=3, bodies=0, days=30))


def test_every_kind_of_fact_reads_as_it_was_written():
    log = leaving().log

    assert {kind_of(one.entry) for one in log} == {one.__name__ for one in get_args(LeavingEntry)}
    assert [read_body(kind_of(one.entry), write_body(one.entry)) for one in log] == [one.entry for one in log]
    both = {kind_of(one.entry) for one in (*log, *everything().log)} | {one.__name__ for one in get_args(FeedbackEntry)}
    assert both == set(KINDS) == {one.__name__ for one in get_args(entries.Entry)}


def test_what_left_changes_no_gap_and_is_not_taken_back():
    work = Work().found()
    before = fold(work.log)
    work.log += [Kept(one.seq + 1, one.at, one.seat, one.entry) for one in leaving().log]

    after = fold(work.log)

    assert (after.gaps, after.actions) == (before.gaps, before.actions)
    assert "is not taken back" in work.refuses("take_back", entry=2)
