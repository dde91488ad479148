"""The pages of evidence: who may read them and when, what a search finds, what leads where, whose names stand there."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.web.words import Browser, Served, refused, serving, told
from ttx.exercise.rights import RULES, Action
from ttx.scenario.roster import Role


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An exercise whose day is closed: two answers, one of them revised, and an observation."""
    with serving(tmp_path_factory.mktemp("closed")) as house:
        house.begun()
        told(200, house.answer(house.as_head(), "We call the officier de liaison à Ellory"))
        told(200, house.answer(house.as_head("tamarinda"), "<b>Nobody</b> & nothing"))
        told(200, house.answer(house.as_head("tamarinda"), "เราโทรหาเจ้าหน้าที่"))
        house.done("observe", house.as_(Role.EVALUATOR), text="Quick", sense="strength", inject="D1-01", table="T1")
        house.done("close_day")
        yield house


def page(who: Browser, path: str = "", **asked: str) -> httpx.Response:
    return who.get(f"{who.page}/evidence{path}", params=asked)


def ids(text: str) -> list[str]:
    """The pieces a page lists."""
    return re.findall(r'<li id="(E-\d+)"', text)


@pytest.mark.parametrize("role", list(Role))
def test_evidence_is_for_those_who_work_on_the_review(closed: Served, role: Role):
    reply = page(closed.as_(role))

    if role in RULES[Action.READ_REVIEW]:
        assert reply.status_code == 200
        assert len(ids(reply.text)) == 3
    else:
        refused(403, reply)


def test_an_analyst_reads_when_the_day_is_closed_and_the_director_at_once(house: Served):
    house.begun()
    told(200, house.answer(house.as_head(), "Soon"))

    assert "when the day is closed" in refused(409, page(house.as_(Role.ANALYST)))
    assert "Soon" in page(house.as_(Role.DIRECTOR)).text


@pytest.mark.parametrize(
    "asked, found",
    [
        ({"words": "OFFICIER liaison"}, ["officier"]),
        ({"words": "เจ้าหน้าที่"}, ["เราโทรหา"]),
        ({"words": "quick", "kind": "observation"}, ["Quick"]),
        ({"words": "quick", "kind": "answer"}, []),
        ({"capability": "C9"}, []),
        ({"inject": "D1-01", "earlier": "true", "words": "nobody"}, ["Nobody"]),
    ],
)
def test_a_search_finds_what_was_said_in_any_script(closed: Served, asked: dict[str, str], found: list[str]):
    text = page(closed.as_lead(), **asked).text

    assert len(ids(text)) == len(found)
    assert all(one in text for one in found)


def test_what_was_said_is_never_taken_for_code(closed: Served):
    text = page(closed.as_lead(), earlier="true", words='"><script>alert(1)</script>').text
    whole = page(closed.as_lead(), earlier="true").text

    assert "<script>alert" not in text
    assert "<b>Nobody</b>" not in whole
    assert "&lt;b&gt;Nobody" in whole


def test_a_citation_leads_back_to_what_was_said_its_versions_and_its_place(closed: Served):
    lead = closed.as_lead()
    (cited,) = ids(page(lead, words="เจ้าหน้าที่").text)

    text = page(lead, f"/{cited.lower()}").text

    assert "Federated Islands of Tamarinda" in text
    assert "All versions" in text
    assert "&lt;b&gt;Nobody" in text
    assert f"{lead.page}/report#D1-01-q1" in text
    assert f"{lead.page}/evidence/{cited}" in lead.get(f"{lead.page}/report").text
    assert page(lead, "/E-9999").status_code == page(lead, "/nonsense").status_code == 404


def test_analysts_read_pseudonyms_that_stay_and_neither_names_nor_tables_nor_times(closed: Served):
    analyst = closed.as_(Role.ANALYST)

    text = page(analyst).text
    one = page(analyst, f"/{ids(text)[0]}").text

    assert set(re.findall(r"Delegation [A-Z]\b", text)) == {"Delegation A", "Delegation B"}
    assert page(analyst).text == text
    for secret in ("Kestria", "amarinda", "Table 1", "Harbour", 'name="table"'):
        assert secret not in text + one
    assert not re.search(r"\d\d:\d\d</time>", text + one)


def test_what_is_chosen_stays_chosen_while_one_looks_further(closed: Served):
    lead = closed.as_lead()
    first = ids(page(lead).text)[0]

    text = page(lead, words="Quick", pick=first).text

    assert f'name="pick" value="{first}" checked' in text
    assert re.search(r"<b>1</b> *chosen", text)
    assert first in lead.get(f"{lead.page}/gaps/new", params={"pick": first}).text
