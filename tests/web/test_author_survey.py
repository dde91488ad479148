"""The director's questions on a page: what stands out first, every inject a way to its form."""

import re

import pytest

from tests.web.words import Browser, Served
from tests.words import inject, small_roster, small_scenario
from ttx.scenario.roster import Role
from ttx.scenario.writing import written
from ttx.store.authors import Invited, authors_of
from ttx.store.drafts import new_draft


def page(who: Browser) -> str:
    reply = who.get(f"{who.desk}/survey")
    assert reply.status_code == 200, reply.text
    return reply.text


def row(text: str, name: str) -> list[str]:
    """The cells of the first row whose heading begins with this name, as bare words."""
    found, *_ = re.findall(rf'<tr><th scope="row"[^>]*>(?:<b>)?{re.escape(name)}\b.*?</tr>', text, re.DOTALL)
    cells = re.findall(r"<td.*?</td>", found, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", cell).replace("&ndash;", "-").split()) for cell in cells]


def director_of(house: Served, files: dict[str, str]) -> Browser:
    """The director of another draft."""
    draft = new_draft(house.store, files, {}, [Invited(Role.DIRECTOR, name="Dana")])
    (listed,) = authors_of(house.store, draft)
    return house.device().write_as(listed)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.LEAD_FACILITATOR, Role.AUTHOR])
def test_everybody_who_writes_the_scenario_may_ask(house: Served, role: Role):
    text = page(house.as_author(role))

    assert "EXERCISE EXERCISE EXERCISE" in text


def test_what_stands_out_comes_first_and_faults_before_the_rest(house: Served):
    data = small_scenario()
    inject(data, "D1-04B")["minutes"] = 60
    text = page(director_of(house, written(data)))

    first, *others = re.findall(r'<li class="(remark[^"]*)">', text)

    assert first == "remark remark-sure"
    assert "remark" in others
    assert text.index("Session &#39;Search and rescue&#39;") < text.index('id="coverage"')


def test_the_tables_hold_the_least_and_the_most_of_any_path(house: Served):
    text = page(house.as_author(Role.DIRECTOR))

    assert row(text, "O1") == ["5", "2-3", "7-8", "D1-03 B walk it"]
    assert row(text, "C2") == ["0", "0", "0", "no path exercises it"]
    assert row(text, "1")[:4] == ["5", "100", "100", "150"]


def test_every_inject_leads_to_its_form_and_every_choice_to_its_walk(house: Served):
    who = house.as_author(Role.DIRECTOR)
    text = page(who)

    assert f'href="{who.desk}?day=1&amp;inject=D1-04B"' in text
    assert f'href="{who.desk}/walk?when=D1-03~B"' in text


def test_with_a_roster_the_page_tells_of_its_delegations_and_tables(house: Served):
    files = written(small_scenario())
    roster = "\n".join(
        [
            "delegations:",
            *(f"  {key}: {{name: {one['name']}, groups: {one['groups']}}}" for key, one in _delegations()),
            "seats:",
            "  - {role: head, delegation: tamarinda, table: T2}",
        ]
    )
    text = page(director_of(house, {**files, "roster.yaml": roster}))

    assert row(text, "Federated Islands of Tamarinda") == ["1", "3", "2-3"]
    assert row(text, "T2") == ["1", "3", "2-3"]


def test_html_in_a_title_is_shown_as_it_is_written(house: Served):
    data = small_scenario()
    data["storylines"]["boat"]["name"] = "<script>alert(1)</script>"

    text = page(director_of(house, written(data)))

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_a_draft_that_cannot_be_read_says_so(house: Served):
    text = page(director_of(house, {"scenario.yaml": "format: ttx-scenario/1\ntitle: Nothing yet\n"}))

    assert "There is nothing to ask yet" in text


def test_who_does_not_write_the_scenario_is_told_to_join(house: Served):
    desk = house.as_author(Role.DIRECTOR).desk

    assert house.device().get(f"{desk}/survey").status_code == 401


def _delegations():
    return small_roster()["delegations"].items()
