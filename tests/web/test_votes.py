"""Votes and table decisions through the real server: a tie, a quorum missed, tracks that part and meet, the recap."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exercise.words import decides, one_day, tells
from tests.live.words import marked_scenario
from tests.web.words import Browser, Screen, Served, refused, roster, serving
from ttx.exercise.rights import RULES, Action
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.store.database import Store
from ttx.store.log import create_exercise


@pytest.fixture
def voting(tmp_path: Path) -> Iterator[Served]:
    """Day 1 as far as its decision."""
    with serving(tmp_path) as house:
        house.done("open_day")
        for inject in ("D1-01", "D1-02", "D1-03"):
            house.done("release", inject=inject)
        yield house


def playing(folder: Path, scenario: Scenario) -> str:
    """An exercise of this scenario in this folder."""
    with Store(folder) as store:
        return create_exercise(store, scenario, roster())


def form(who: Browser, **fields: str | list[str]) -> int:
    """Press a button of the console; the seq it led to."""
    reply = who.post(f"{who.page}/do", data=fields, headers={"origin": str(who.base_url).rstrip("/")})
    assert reply.status_code == 200, reply.text
    return int(reply.json()["seq"])


def card(screen: Screen, seq: int, inject: str = "D1-03") -> str:
    return screen.at(seq).regions[f"vote:{inject}"]


# A tie


def test_a_tie_is_broken_by_a_second_round_among_the_tied(voting: Served):
    lead, kestria, tamarinda = voting.as_lead(), voting.as_head(), voting.as_head("tamarinda")
    console, tablet = voting.screen(lead), voting.screen(kestria)
    form(lead, do="open_vote", inject="D1-03", by="delegations", quorum="50", binding="true", options=["A", "B"])
    voting.done("vote", kestria, inject="D1-03", option="A")
    voting.done("vote", tamarinda, inject="D1-03", option="B")

    closed = voting.done("close_vote", inject="D1-03")
    tied, told = console.at(closed).regions["poll"], card(tablet, closed)
    again = form(
        lead, do="open_vote", inject="D1-03", by="delegations", quorum="50", binding="true", options=["A", "B"]
    )
    second = card(tablet, again)
    for who in (kestria, tamarinda):
        voting.done("vote", who, inject="D1-03", option="B")
    decided = voting.done("close_vote", inject="D1-03")

    assert "A tie between A and B." in told
    assert "Second round: A, B" in tied
    assert "Decide A" in tied
    assert "Round 2" in second
    assert "The vote decided B." in card(tablet, decided)
    assert [one["id"] for one in voting.stands()["available"]] == ["D1-04B", "D1-09"]


def test_a_tie_that_the_chair_decides_reads_as_decided_on_tablets(voting: Served):
    kestria, tamarinda = voting.as_head(), voting.as_head("tamarinda")
    tablet = voting.screen(kestria)
    voting.done("open_vote", inject="D1-03")
    voting.done("vote", kestria, inject="D1-03", option="A")
    voting.done("vote", tamarinda, inject="D1-03", option="B")
    tied = card(tablet, voting.done("close_vote", inject="D1-03"))

    decided = card(tablet, voting.done("choose", inject="D1-03", option="B"))

    assert "A tie between A and B." in tied
    assert "A tie between A and B." not in decided
    assert "What was decided" in decided
    assert "by the chair, after a vote of 1\u00a0:\u00a01" in decided


# A quorum missed


def test_a_vote_that_misses_its_quorum_decides_nothing_and_advises_nothing(voting: Served):
    lead, kestria = voting.as_lead(), voting.as_head()
    console, tablet = voting.screen(lead), voting.screen(kestria)
    voting.done("open_vote", inject="D1-03", quorum=100, binding=True)
    voting.done("vote", kestria, inject="D1-03", option="A")

    closed = voting.done("close_vote", inject="D1-03")

    said = "The quorum was missed: 1 of 2 have voted, and 100 % must."
    assert said in card(tablet, closed)
    assert said in console.at(closed).regions["poll"]
    assert "Take it" not in console.regions["poll"]
    assert "D1-04A" not in [one["id"] for one in voting.stands()["available"]]
    desk = lead.get(f"/s/{lead.seat.id}", params={"inject": "D1-03"}).text
    assert "Decide now" in desk
    assert "Decide otherwise" not in desk
    hall = voting.screen(voting.as_(Role.PROJECTOR), after=0)
    voting.done("show", view="vote", about="D1-03")
    taken = voting.done("choose", inject="D1-03", option="A")
    assert "by the chair, after a vote of 1\u00a0:\u00a00, quorum missed" in hall.at(taken).regions["stage"]


# Hidden, and who may


def test_nobody_but_facilitators_gets_a_hidden_tally_or_a_name(voting: Served):
    lead, kestria, tamarinda = voting.as_lead(), voting.as_head(), voting.as_head("tamarinda")
    console, tablet = voting.screen(lead), voting.screen(tamarinda)
    voting.done("open_vote", inject="D1-03", hidden=True)

    seq = voting.done("vote", kestria, inject="D1-03", option="A")

    assert "1 of 2 have voted" in card(tablet, seq)
    assert "1 vote<" not in card(tablet, seq)
    assert "Kestria" not in card(tablet, seq)
    assert "Kestria" in console.at(seq).regions["poll"]
    voting.done("close_vote", inject="D1-03")
    hall = voting.screen(voting.as_(Role.PROJECTOR), after=0)
    shown = voting.done("show", view="vote", about="D1-03")
    assert "How it stands is shown when it is revealed." in card(tablet, shown - 1)
    assert "The vote is closed</h3>" in tablet.regions["vote:D1-03"]
    assert "<b>The vote is closed</b><b>1 of 2 have voted</b>" in hall.at(shown).regions["stage"]
    assert "advises" not in tablet.regions["vote:D1-03"] + hall.regions["stage"]
    assert "Reveal" in console.at(shown).regions["poll"]
    assert "The vote advises A." in card(tablet, voting.done("reveal_vote", inject="D1-03"))


def test_a_vote_sent_twice_is_cast_once_and_one_for_a_closed_vote_is_refused_with_a_sentence(voting: Served):
    kestria = voting.as_head()
    voting.done("open_vote", inject="D1-03")

    first = voting.command(kestria, "vote", "key-1", inject="D1-03", option="A").json()["seq"]
    again = voting.command(kestria, "vote", "key-1", inject="D1-03", option="A").json()["seq"]
    voting.done("close_vote", inject="D1-03")
    late = voting.command(kestria, "vote", "key-2", inject="D1-03", option="B")

    assert first == again
    assert refused(409, late) == "This vote has closed."


def test_a_delegate_who_may_not_submit_sees_the_vote_without_a_button_that_works(voting: Served):
    seq = voting.done("open_vote", inject="D1-03")
    delegate, head = voting.as_(Role.DELEGATE), voting.as_head()

    seen = [card(voting.screen(who, after=0), seq) for who in (delegate, head)]

    assert "The head of your delegation votes." in seen[0]
    assert [one.count(" disabled") for one in seen] == [3, 0]


# Tracks that part, and meet again


def test_two_tables_go_different_ways_and_meet_again(tmp_path: Path):
    parting = decides("D1", A="A1", B="B1")
    parting["branch"]["by"] = "each_table"
    story = one_day(parting, tells("A1", next=["Z"]), tells("B1", next=["Z"]), tells("Z"))
    with serving(tmp_path, playing(tmp_path, story.scenario)) as house:
        lead, sea, land = house.as_lead(), house.as_head(), house.as_head("tamarinda")
        house.done("open_day")
        console, first, second = (house.screen(who) for who in (lead, sea, land))

        seq = house.done("release", inject="D1")
        assert "Option A" in first.at(seq).regions["choice:D1"]
        half = console.at(house.done("choose_for_table", sea, inject="D1", option="A")).regions["run:D1"]
        seq = form(lead, do="choose_for_table", inject="D1", table="T2", option="B")
        assert ["1 of 2 tables chose" in half, "2 of 2 tables chose" in console.at(seq).regions["run:D1"]] == [True] * 2
        offered = console.at(seq).regions["poll"]
        for inject in ("A1", "B1"):
            seq = form(lead, do="release", inject=inject)
        apart = [set(screen.at(seq).regions) for screen in (first, second)]
        stands = first.regions["choice:D1"]
        seq = form(lead, do="release", inject="Z")
        together = [set(screen.at(seq).regions) for screen in (first, second)]

        assert "Release to Table 1" in offered
        assert "Release to Table 2" in offered
        assert [{"development:A1", "development:B1"} & seen for seen in apart] == [
            {"development:A1"},
            {"development:B1"},
        ]
        assert "What follows from it is here, so it stands." in stands
        assert all("development:Z" in seen for seen in together)
        assert "Table 2" not in first.regions["choice:D1"]


# The recap


def test_everybody_who_follows_reads_a_recap_and_nobody_what_was_not_released_to_him(tmp_path: Path):
    with serving(tmp_path, playing(tmp_path, marked_scenario())) as house:
        house.done("open_day")
        for inject in ("D1-01", "D1-02", "D1-03"):
            house.done("release", inject=inject)
        house.answer(house.as_head(), "said-by-Kestria")
        house.done("choose", inject="D1-03", option="A")
        house.done("close_day")

        pages = {role: house.as_(role).get(f"{house.as_(role).page}/recap") for role in RULES[Action.FOLLOW]}
        head, land = pages[Role.HEAD].text, house.as_head("tamarinda")
        other = land.get(f"{land.page}/recap").text

        assert {page.status_code for page in pages.values()} == {200}
        assert "canary-D1-03-option-A" in pages[Role.LEAD_FACILITATOR].text
        assert "canary-D1-02-title" in head
        assert "canary-D1-02-title" not in other
        assert "canary-D1-02-title" not in pages[Role.PROJECTOR].text
        for text in (head, other, pages[Role.PROJECTOR].text, pages[Role.EVALUATOR].text):
            assert "canary-D1-03-option" not in text
            assert "canary-D1-04A" not in text
            assert "said-by" not in text
            assert "-notes" not in text
