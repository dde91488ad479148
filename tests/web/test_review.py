"""Reports as files: whose tier is whose, what each format is, what is told when there is none."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator

import httpx
import openpyxl
import pytest

from tests.web.words import Browser, Served, refused, serving, told
from ttx.exercise.rights import RULES, Action
from ttx.review.network import DEFINITIONS
from ttx.review.report import Tier
from ttx.scenario.roster import Role
from ttx.web.review import TIERS


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An exercise with an answer, an observation and a closed day."""
    with serving(tmp_path_factory.mktemp("closed")) as house:
        house.begun()
        told(200, house.answer(house.as_head(), "=1+1"))
        house.done("observe", house.as_(Role.EVALUATOR), text="Quick", sense="strength", delegation="Kestria")
        house.done("close_day")
        yield house


def report(house: Served, who: Browser, **asked: str) -> httpx.Response:
    return who.get(f"{house.api}/report", params=asked)


def program(house: Served) -> Browser:
    """A lead facilitator's program, with a token from the command line: it needs no second person."""
    return house.program(Role.LEAD_FACILITATOR)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("tier", list(Tier))
def test_each_tier_is_for_those_who_have_the_right(closed: Served, role: Role, tier: Tier):
    may = role in RULES[Action.FOLLOW] and role in RULES[TIERS[tier]]

    reply = report(closed, closed.as_(role), tier=tier)

    if not may:
        refused(403, reply)
    elif tier is Tier.PUBLIC:
        assert "when the exercise has ended" in refused(404, reply)
    elif tier is Tier.FULL:
        assert "takes two people" in refused(409, reply)
    else:
        assert told(200, reply)["tier"] == tier


def test_without_a_tier_the_fullest_is_given(closed: Served):
    given = {
        role: told(200, report(closed, closed.as_(role)))["tier"] for role in (Role.ANALYST, Role.HEAD, Role.DELEGATE)
    }

    assert told(200, report(closed, program(closed)))["tier"] == "full"
    assert list(given.values()) == ["analyst", "own", "own"]


def test_an_analyst_reads_when_the_day_is_closed(house: Served):
    house.begun()
    analyst = house.as_(Role.ANALYST)

    assert "when the day is closed" in refused(409, report(house, analyst))
    assert told(200, report(house, house.as_head()))["tier"] == "own"


def test_a_delegations_report_holds_its_own_answers_only(closed: Served):
    own, other = (report(closed, closed.as_head(name)).text for name in ("Kestria", "tamarinda"))

    assert "=1+1" in own
    assert "=1+1" not in other
    assert "Quick" not in own + other


def test_every_format_is_what_it_says(closed: Served):
    kept = {form: report(closed, program(closed), **{"as": form}) for form in ("json", "csv", "xlsx")}

    assert {form: reply.status_code for form, reply in kept.items()} == dict.fromkeys(kept, 200)
    assert json.loads(kept["json"].content)["marking"] == "EXERCISE EXERCISE EXERCISE"
    rows = list(csv.DictReader(io.StringIO(kept["csv"].content.decode("utf-8-sig"))))
    assert "'=1+1" in [row["answer"] for row in rows]
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(kept["xlsx"].content)).namelist()
    assert {form: reply.headers["content-type"].partition(";")[0] for form, reply in kept.items()} == {
        "json": "application/json",
        "csv": "text/csv",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    for form, reply in kept.items():
        assert reply.headers["content-disposition"] == f'attachment; filename="small-tide-full-provisional.{form}"'


def test_the_network_of_contacts_is_in_the_page_and_in_the_workbook(house: Served):
    house.begun()
    named = [{"to": "tamarinda", "channel": "phone", "hours": 2}, {"to": "IOM", "channel": "email", "hours": 24}]
    house.done("release", inject="D1-02")
    house.done("respond", house.as_head(), inject="D1-02", question="calls", answer={"contacts": named})

    page = house.as_lead().get(f"{house.as_lead().page}/report").text
    book = openpyxl.load_workbook(io.BytesIO(report(house, program(house), **{"as": "xlsx"}).content))

    assert page.count('class="ring-tie') == 2
    assert {"agreement", "participation"} <= set(re.findall(r'<section [^>]*id="(.+?)"', page))
    assert "#D1-02-calls" in page
    assert 'id="D1-02-calls"' in page
    assert [[cell.value for cell in row[:4]] for row in book["Network"].iter_rows(min_row=2)] == [
        ["Kestria", "International Organization for Migration", 1, 24],
        ["Kestria", "Federated Islands of Tamarinda", 1, 2],
    ]
    assert len(list(book["Measures"].iter_rows(min_row=2))) == 2 * len(DEFINITIONS)


def test_a_format_or_tier_that_is_not_there_is_named(closed: Served):
    assert "docx, pdf, html, xlsx, csv, json" in refused(404, report(closed, closed.as_lead(), **{"as": "odt"}))
    assert "tier" in refused(422, report(closed, closed.as_lead(), tier="secret"))


def test_a_days_hot_wash_is_one_click_away_for_those_who_read_the_report(closed: Served):
    lead, analyst = closed.as_lead(), closed.as_(Role.ANALYST)
    links = re.findall(r'href="(/s/\w+/hot-wash/1\.\w+\?tier=\w+)"', lead.get(f"{lead.page}/report").text)

    assert [link.rpartition("/")[2] for link in links] == ["1.pdf?tier=full", "1.docx?tier=full"]
    made = lead.get(links[0])
    assert (made.status_code, made.content[:5]) == (200, b"%PDF-")
    assert "day-1-hot-wash-full-provisional.pdf" in made.headers["content-disposition"]
    assert analyst.get(f"{analyst.page}/hot-wash/1.docx").headers["content-disposition"].count("hot-wash-analyst") == 1


def test_there_is_no_hot_wash_of_a_day_to_come_in_another_form_or_for_others(closed: Served):
    lead, analyst, head = closed.as_lead(), closed.as_(Role.ANALYST), closed.as_head()

    assert "Day 2 has not been opened" in lead.get(f"{lead.page}/hot-wash/2.pdf").text
    assert "pdf or docx" in lead.get(f"{lead.page}/hot-wash/1.odt").text
    refused(403, analyst.get(f"{analyst.page}/hot-wash/1.pdf?tier=full"))
    refused(403, head.get(f"{head.page}/hot-wash/1.pdf"))
    assert lead.get(f"{lead.page}/hot-wash/1.pdf?tier=public").status_code in (404, 409)
