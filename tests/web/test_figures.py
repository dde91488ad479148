"""Pictures and tables of a review: who may see them, and that each cell leads to what it was counted from."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from tests.web.words import Browser, Served, refused, roster, serving, told
from tests.words import small_scenario
from ttx.exercise.rights import RULES, Action
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.store.database import Store
from ttx.store.log import create_exercise


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A closed day with answers, ratings that name an objective, a capability or both."""
    with serving(tmp_path_factory.mktemp("figures")) as house:
        house.begun()
        told(200, house.answer(house.as_head(), "One"))
        told(200, house.answer(house.as_head("tamarinda"), "Two"))
        evaluator = house.as_(Role.EVALUATOR)
        for fields in ({"objective": "O1", "capability": "C1"}, {"objective": "O1"}, {"capability": "C2"}):
            house.done("rate", evaluator, rating="M", text="So", inject="D1-01", table="T1", **fields)
        house.done("close_day")
        yield house


def page(who: Browser, path: str) -> str:
    reply = who.get(f"{who.page}/{path}")
    assert reply.status_code == 200, reply.text
    return reply.text


def found(who: Browser, url: str) -> int:
    """How many pieces of evidence an address leads to."""
    return len(re.findall(r'<li id="E-\d+"', who.get(unescape(url)).text))


@pytest.mark.parametrize("role", list(Role))
def test_pictures_are_for_those_who_work_on_the_review(closed: Served, role: Role):
    who = closed.as_(role)
    for path in ("tables", "network", "sequence"):
        reply = who.get(f"{who.page}/{path}")
        if role in RULES[Action.READ_REVIEW]:
            assert reply.status_code == 200
        else:
            refused(403, reply)


@pytest.mark.parametrize("role", [Role.LEAD_FACILITATOR, Role.ANALYST])
def test_every_cell_of_the_tables_leads_to_as_much_evidence_as_it_counts(closed: Served, role: Role):
    who = closed.as_(role)
    text = page(who, "tables")

    ratings = re.findall(r'class="tally" href="([^"]+)"><b[^>]*>\w</b> (\d+)', text)
    shares = re.findall(r'class="heat-\d"><a href="([^"]+)">(\d+)/\d+', text)
    aligned = re.findall(r'<td><a href="([^"]+)">(\d+) of \d+', text)
    assert len(ratings) == 3
    assert len(shares) >= 2
    assert aligned
    for url, many in (*ratings, *shares, *aligned):
        assert found(who, url) == int(many), url


def test_what_nothing_was_said_of_says_so(closed: Served):
    who = closed.as_(Role.ANALYST)

    assert "There is no network yet" in page(who, "network")
    assert "There is no sequence yet" in page(who, "sequence")


def test_an_unknown_phase_node_or_question_is_no_fault(closed: Served):
    who = closed.as_(Role.ANALYST)

    assert "There is no network yet" in page(who, "network?phase=nowhere&without=nobody&show=all")
    assert "There is no sequence yet" in page(who, "sequence?of=D9-99/q1")


def test_analysts_read_no_name_that_was_written_into_a_contact(tmp_path_factory: pytest.TempPathFactory):
    data: dict[str, Any] = small_scenario()
    data["days"][0]["injects"][0]["questions"] = [{"id": "whom", "kind": "contacts", "ask": "Whom?"}]
    folder = tmp_path_factory.mktemp("called")
    with Store(folder) as store:
        exercise = create_exercise(store, Scenario.model_validate(data), roster())
    with serving(folder, exercise) as house:
        house.begun()
        contacts = [{"to": "Duty officer of Tamarinda", "channel": "phone", "hours": 1, "basis": ""}]
        house.done("respond", house.as_head(), inject="D1-01", question="whom", answer={"contacts": contacts})
        house.done("close_day")

        for path in ("network", "sequence"):
            assert "Duty officer of Tamarinda" in page(house.as_lead(), path)
            assert "of Tamarinda" not in page(house.as_(Role.ANALYST), path)
