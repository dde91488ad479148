"""What leaves, through the door: two people for the full report, the record of every export, versions that are frozen,
quotations with their delegation's objection."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any

import docx
import httpx
import pytest

from tests.output.test_house_style import document
from tests.web.test_review import program, report
from tests.web.words import Browser, Served, refused, serving, told
from ttx.review.exports import Exports
from ttx.scenario.roster import Role
from ttx.store import frozen
from ttx.store.reviews import first_fault
from ttx.web.leaving import told_so_far

HTML = {"accept": "text/html"}


@pytest.fixture
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An exercise that has ended, with two answers."""
    with serving(tmp_path_factory.mktemp("ended")) as house:
        house.begun()
        told(200, house.answer(house.as_head(), "Kestria waits for its capital"))
        told(200, house.answer(house.as_head("tamarinda"), "Nobody leads at sea"))
        house.done("close_day")
        house.done("end")
        yield house


def asks(who: Browser, do: str, **fields: Any) -> httpx.Response:
    return who.post(f"{who.page}/exports", data={"do": do, **fields}, headers=HTML)


def held(house: Served) -> Exports:
    return told_so_far(house.store, house.exercise)


def evidence(house: Served, words: str) -> str:
    lead = house.as_lead()
    (found,) = re.findall(r'<li id="(E-\d+)"', lead.get(f"{lead.page}/evidence", params={"words": words}).text)
    return str(found)


# Two people


def test_a_full_report_leaves_when_two_people_said_so_and_is_told_to_those_it_names(ended: Served):
    lead, director, head = ended.as_lead(), ended.as_(Role.DIRECTOR), ended.as_head()
    assert "takes two people" in refused(409, report(ended, lead, tier="full", **{"as": "csv"}))

    assert asks(lead, "ask_full", why="For the <ministry>").status_code == 303
    assert "a second person, on another seat" in asks(lead, "settle_full", export="EXP-01", approved="true").text
    refused(409, report(ended, lead, tier="full"))
    assert asks(director, "settle_full", export="EXP-01", approved="true").status_code == 303

    assert told(200, report(ended, lead, tier="full"))["tier"] == "full"
    (taking,) = held(ended).taken
    assert (taking.fact.export, taking.fact.way, taking.seat) == ("EXP-01", "page", lead.seat.id)
    page = head.get(f"{head.page}/report").text
    assert "Asked for by Lead facilitator, approved by Exercise director:" in page
    assert "For the &lt;ministry&gt;" in page
    assert f"{lead.page}/exports" in lead.get(f"{lead.page}/report").text


def test_what_an_operators_program_takes_needs_nobody_and_is_in_the_record_and_told(ended: Served):
    told(200, report(ended, program(ended), tier="full"))

    assert [(one.fact.way, one.fact.export) for one in held(ended).taken] == [("program", None)]
    head = ended.as_head()
    assert "by a program of the facilitation team" in head.get(f"{head.page}/report").text


def test_those_who_may_not_are_refused_and_nothing_is_recorded(ended: Served):
    for role in (Role.ANALYST, Role.HEAD, Role.EVALUATOR):
        who = ended.as_(role)
        assert asks(who, "ask_full", why="For me").status_code == 403
        refused(403, report(ended, who, tier="full"))
    assert held(ended).seq == 0


def test_every_report_but_a_delegations_own_is_in_the_record(ended: Served):
    for form in ("json", "pdf", "docx"):
        assert report(ended, ended.as_(Role.ANALYST), tier="analyst", **{"as": form}).status_code == 200
    told(200, report(ended, ended.as_(Role.ANALYST), tier="public"))
    told(200, report(ended, ended.as_head(), tier="own"))

    assert [(one.fact.tier, one.fact.form) for one in held(ended).taken] == [
        ("analyst", "json"),
        ("analyst", "pdf"),
        ("analyst", "docx"),
        ("public", "json"),
    ]
    assert held(ended).taken[-1].fact.counts
    assert first_fault(ended.store, ended.exercise) is None
    analyst = ended.as_(Role.ANALYST)
    assert analyst.get(f"{analyst.page}/exports").text.count("<tr><td>") == 4


# Frozen versions


def test_a_version_is_frozen_in_every_format_and_stays_as_it_was(ended: Served):
    analyst = ended.as_(Role.ANALYST)
    asks(analyst, "write_section", title="Summary", text="Nobody leads.", on="writing")
    reply = analyst.post(f"{analyst.page}/exports/freeze", data={"tier": "analyst"})
    assert reply.headers["location"].endswith("/exports#frozen")
    asks(analyst, "write_section", section="SEC-01", title="Summary", text="Somebody leads.", on="writing")

    first, again = (analyst.get(f"{analyst.page}/frozen/1.json").content for _one in "12")
    statement = analyst.get(f"{analyst.page}/frozen/1.signed").content

    assert first == again
    assert json.loads(first)["sections"][0]["text"] == "Nobody leads."
    good, sentence = frozen.checked(first, statement)
    assert good
    assert f"up to entry {json.loads(first)['seq']} with the hash" in sentence
    assert frozen.faults(ended.store, ended.exercise) == ()
    assert analyst.get(f"{analyst.page}/frozen/1.pdf").content[:5] == b"%PDF-"
    assert analyst.get(f"{analyst.page}/frozen/2.pdf").status_code == 404
    assert analyst.get(f"{analyst.page}/frozen/1.exe").status_code == 404


def test_a_full_report_is_not_frozen_nor_anything_while_a_day_is_open(ended: Served, house: Served):
    lead = ended.as_lead()
    assert "Versions are kept of" in refused(409, lead.post(f"{lead.page}/exports/freeze", data={"tier": "full"}))
    house.begun()
    running = house.as_lead()
    again = running.post(f"{running.page}/exports/freeze", data={"tier": "analyst"})
    assert "when the day is closed" in refused(409, again)


# House style


def test_reports_in_word_are_in_the_style_of_the_document_that_was_brought(ended: Served):
    analyst = ended.as_(Role.ANALYST)

    def heading() -> str | None:
        content = report(ended, analyst, tier="analyst", **{"as": "docx"}).content
        name: str | None = docx.Document(io.BytesIO(content)).styles["Heading 1"].font.name
        return name

    before = heading()
    brought = analyst.post(f"{analyst.page}/exports/style", files={"style": ("ministry.docx", document())})
    assert brought.status_code == 303
    page = analyst.get(f"{analyst.page}/exports").text
    assert heading() == "Georgia" != before
    assert "ministry.docx" in page
    assert "the template it was attached to" in page
    analyst.post(f"{analyst.page}/exports/freeze", data={"tier": "analyst"})
    kept = analyst.get(f"{analyst.page}/frozen/1.docx").content
    assert docx.Document(io.BytesIO(kept)).styles["Heading 1"].font.name == "Georgia"

    assert analyst.post(f"{analyst.page}/exports/style", data={"drop": "true"}).status_code == 303
    assert heading() == before


def test_what_is_no_style_and_who_may_not_bring_one_is_refused(ended: Served):
    analyst, head = ended.as_(Role.ANALYST), ended.as_head()
    wrong = analyst.post(f"{analyst.page}/exports/style", files={"style": ("x.docx", b"no")})

    assert "damaged, or no Word document" in refused(409, wrong)
    refused(403, head.post(f"{head.page}/exports/style", files={"style": ("x.docx", document())}))
    assert held(ended).style is None


def test_numbers_and_pictures_to_put_into_a_text_are_listed_with_what_they_are_now(ended: Served):
    analyst = ended.as_(Role.ANALYST)

    page = analyst.get(f"{analyst.page}/writing").text

    assert re.search(r"data-place=\"{{answers}}\".*?<td class=\"figure\">2</td>", page, re.DOTALL)
    assert 'data-place="{{network}}" data-alone' in page
    text = "{{answers}} came.\n\n{{network}}"
    assert asks(analyst, "write_section", title="Summary", text=text, on="writing").status_code == 303
    assert told(200, report(ended, analyst, tier="analyst"))["sections"][0]["text"].startswith("2 came.")
    assert "Here stands in papers: Coordination network, drawn" in analyst.get(f"{analyst.page}/report").text


def test_one_name_throughout_is_a_choice_that_is_in_the_record(ended: Served):
    analyst = ended.as_(Role.ANALYST)
    for more in ({}, {"linked": "true"}):
        made = told(200, report(ended, analyst, tier="analyst", **more))
        assert made["linked"] is bool(more)

    assert [one.fact.linked for one in held(ended).taken] == [False, True]
    assert "&amp;linked=true&amp;as=pdf" in analyst.get(f"{analyst.page}/report?linked=true").text


# Quotations


def test_a_quotation_reaches_everybody_past_the_scan_a_second_person_and_its_delegation(ended: Served):
    lead, analyst, head = ended.as_lead(), ended.as_(Role.ANALYST), ended.as_head("tamarinda")
    source = evidence(ended, "Nobody leads")
    proposal = {"evidence": source, "on": "quotations"}

    named = asks(analyst, "propose_quotation", words="Tamarinda has no lead", **proposal)
    assert named.status_code == 409
    assert "a delegation" in named.text
    assert "Tamarinda has no lead</textarea>" in named.text
    assert asks(analyst, "propose_quotation", words="No one leads", **proposal).status_code == 303
    assert told(200, report(ended, analyst, tier="public"))["quotations"] == []
    assert asks(analyst, "approve_quotation", quotation="Q-01").status_code == 409
    assert asks(lead, "approve_quotation", quotation="Q-01", on="quotations").status_code == 303
    assert told(200, report(ended, analyst, tier="public"))["quotations"] == ["No one leads"]

    page = head.get(f"{head.page}/report").text
    assert "No one leads" in page
    other = ended.as_head()
    assert "No one leads" not in other.get(f"{other.page}/report").text
    assert "no such quotation" in refused(409, other.post(f"{other.page}/objections", data={"quotation": "Q-01"}))
    assert head.post(f"{head.page}/objections", data={"quotation": "Q-01"}).status_code == 303
    assert told(200, report(ended, analyst, tier="public"))["quotations"] == []
    assert "You objected" in head.get(f"{head.page}/report").text


def test_an_analysts_report_leaves_names_out_of_what_was_written(ended: Served):
    text = report(ended, ended.as_(Role.ANALYST), tier="analyst").text

    assert "[a delegation] waits for its capital" in text
    assert "Kestria waits" not in text


# Pages


@pytest.mark.parametrize("page", ["writing", "quotations", "exports"])
def test_the_pages_are_for_those_who_read_the_review(ended: Served, page: str):
    for role in (Role.LEAD_FACILITATOR, Role.DIRECTOR, Role.ANALYST):
        who = ended.as_(role)
        assert who.get(f"{who.page}/{page}").status_code == 200
    head = ended.as_head()
    refused(403, head.get(f"{head.page}/{page}"))


def test_what_is_typed_into_a_section_comes_back_when_it_is_not_taken(ended: Served):
    analyst, other = ended.as_(Role.ANALYST), ended.as_lead()
    asks(analyst, "write_section", title="Summary", text="One", on="writing")
    asks(other, "write_section", section="SEC-01", title="Summary", text="Two", on="writing")

    reply = asks(analyst, "write_section", section="SEC-01", title="Summary", text="<Three>", as_of="1", on="writing")

    assert reply.status_code == 409
    assert "&lt;Three&gt;</textarea>" in reply.text
    assert asks(analyst, "write_section", title="", text="x").status_code == 422
