"""The plan as files: calendars take it in and move what moved; no spreadsheet takes a cell for a program."""

import csv
import io
import re
from datetime import date
from typing import Any

import openpyxl
import pytest
from docx.oxml.ns import qn

from tests.exercise.words import History, head
from tests.output.words import docx_text, pages, word
from tests.review.desk import HOUSE, ITEMS, Work, answers
from tests.review.test_looked_back import looked_back
from tests.review.words import LATER
from ttx.output.calendar_file import as_calendar
from ttx.output.files import as_csv, as_xlsx
from ttx.output.paper import Paper
from ttx.output.pdf import as_pdf
from ttx.output.plan_files import actions_csv, gaps_csv
from ttx.output.record import record
from ttx.review.evidence import Kind
from ttx.review.evidence import evidence as from_the_record
from ttx.review.findings import Findings, findings
from ttx.review.report import Report, Tier, make
from ttx.web.report_files import around

LONG = "Agree on one list of contacts; check it, with all, every quarter: " + "联络官 и связь " * 20


def worked() -> Work:
    work = Work().found("=cmd() is a gap", severity=4, likelihood=4, effort=2, evidence=answers("us"), capability="C1")
    work.does("plan_action", gap="GAP-01", what=LONG, due="2027-01-31", owner="SEA", contact="@SUM(A1)")
    work.does("plan_action", gap="GAP-01", what="No date").does(
        "plan_action", gap="GAP-01", what="Drop", due="2027-03-01"
    )
    return work.does("note_progress", action="ACT-03", status="dropped", text="+ not needed")


def found(work: Work, tier: Tier = Tier.FULL) -> Findings:
    return findings(HOUSE.graph, HOUSE.state, work.review, ITEMS, tier, date(2027, 2, 1))


def report(work: Work, tier: Tier = Tier.FULL) -> Report:
    return make(HOUSE.graph, HOUSE.state, tier, LATER, findings=found(work, tier))


def calendar(work: Work, named: bool = False) -> str:
    owners = {"SEA": "Group at sea"}
    content = as_calendar(work.review, "ex1", "Exercise; one", "EXERCISE", lambda text: text, owners, named=named)
    return content.decode()


def read(text: str) -> list[dict[str, str]]:
    """The events of a calendar, as RFC 5545 has them read: lines unfolded, one property each, parts in pairs."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert {"VERSION:2.0", "METHOD:PUBLISH"} <= set(lines)
    events: list[dict[str, str]] = []
    within: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        assert name
        assert _
        if name == "BEGIN":
            within.append(value)
            events += [{}] if value == "VEVENT" else []
        elif name == "END":
            assert within.pop() == value
        elif within[-1] == "VEVENT":
            assert name not in events[-1], "a property that may stand once"
            events[-1][name] = value
    assert within == []
    return events


def plain(value: str) -> str:
    """A text as its reader sees it; what has a meaning in a value stands escaped in it (RFC 5545, 3.3.11)."""
    assert not re.search(r"(?<!\\)[;,]", value.replace("\\\\", ""))
    parts = [part.replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",") for part in value.split("\\\\")]
    return "\\".join(parts)


def test_every_action_with_a_date_is_an_event_of_that_day():
    first, dropped = read(calendar(worked()))

    assert (first["DTSTART;VALUE=DATE"], first["DTEND;VALUE=DATE"]) == ("20270131", "20270201")
    assert plain(first["SUMMARY"]) == f"ACT-01 {LONG.strip()}"
    assert plain(first["DESCRIPTION"]).split("\n\n") == [
        "GAP-01: =cmd() is a gap", "Owner: Group at sea", "Exercise; one", "EXERCISE",
    ]  # fmt: skip
    assert (first["STATUS"], dropped["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert {"UID", "DTSTAMP", "SEQUENCE", "LAST-MODIFIED"} <= set(first)


def test_an_event_tells_whom_to_ask_where_people_are_named():
    first, _ = read(calendar(worked(), named=True))

    assert "Point of contact: @SUM(A1)" in plain(first["DESCRIPTION"]).split("\n\n")
    assert "@SUM(A1)" not in calendar(worked())


def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut_in_two():
    text = calendar(worked())

    assert max(len(line.encode()) for line in text.split("\r\n")) == 75
    assert "\ufffd" not in text


def test_an_event_keeps_its_uid_and_counts_its_changes_so_that_calendars_move_it():
    work = worked()
    before = read(calendar(work))

    work.does("change_action", action="ACT-01", due="2027-05-01")
    after = read(calendar(work))

    assert sorted(one["UID"] for one in before) == sorted(one["UID"] for one in after)
    assert len({one["UID"] for one in after}) == 2
    by_uid = {one["UID"]: one for one in after}
    moved = by_uid[before[0]["UID"]]
    assert (before[0]["SEQUENCE"], moved["SEQUENCE"]) == ("0", "1")
    assert moved["DTSTART;VALUE=DATE"] == "20270501"
    assert calendar(work) == calendar(work)


def test_a_backslash_and_a_line_end_stand_in_a_calendar_as_they_were_written():
    work = Work().found().does("plan_action", gap="GAP-01", what="C:\\new, one;\ntwo\x07", due="2027-01-31")

    (event,) = read(calendar(work))

    assert plain(event["SUMMARY"]) == "ACT-01 C:\\new, one;\ntwo"


def test_a_plan_without_dates_is_an_empty_calendar():
    assert read(calendar(Work())) == []


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_no_cell_of_a_plan_is_a_formula():
    work = worked()

    (gap,) = rows(gaps_csv(found(work), "TLP:AMBER"))
    actions = rows(actions_csv(found(work), "TLP:AMBER"))

    assert gap["Statement"] == "'=cmd() is a gap"
    assert (gap["Score"], gap["Delegations"], gap["Of"]) == ("64", "1", "4")
    assert [one["Action"] for one in actions] == ["ACT-01", "ACT-02", "ACT-03"]
    assert (actions[0]["Point of contact"], actions[0]["Overdue"]) == ("'@SUM(A1)", "yes")
    assert {one["Marking"] for one in actions} == {"EXERCISE EXERCISE EXERCISE"}
    assert not any(str(value).startswith(("=", "+", "-", "@")) for one in [gap, *actions] for value in one.values())


def sheet(made: Report, name: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(made)))
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows()] if name in book.sheetnames else []


@pytest.mark.parametrize("tier", [Tier.FULL, Tier.ANALYST])
def test_every_format_of_the_report_has_gaps_and_plan(tier: Tier):
    made = report(worked(), tier)
    text = docx_text(word(record(made)))

    assert [row[0] for row in sheet(made, "Gaps")[1:]] == ["GAP-01"]
    assert [row[0] for row in sheet(made, "Improvement plan")[1:]] == ["ACT-01", "ACT-02", "ACT-03"]
    in_csv = {row["question"]: row for row in rows(as_csv(made)) if row["kind"] in ("gap", "action")}
    assert set(in_csv) == {"GAP-01", "ACT-01", "ACT-02", "ACT-03"}
    assert (in_csv["GAP-01"]["ask"], in_csv["GAP-01"]["evidence"]) == ("'=cmd() is a gap", f"E-{answers('us')[0]:04}")
    assert "Score: 64" in in_csv["GAP-01"]["answer"]
    for said in ("Improvement plan", "=cmd() is a gap", "overdue", f"E-{answers('us')[0]:04}", "1 of 4"):
        assert said in text
    assert ("@SUM(A1)" in text) is (tier is Tier.FULL)


def test_a_report_without_a_review_has_neither_chapter():
    text = docx_text(word(record(make(HOUSE.graph, HOUSE.state, Tier.FULL, LATER))))

    assert "Improvement plan" not in text
    assert "Gaps, ranked" not in text


@pytest.mark.parametrize("tier", [Tier.FULL, Tier.ANALYST])
def test_a_citation_leads_to_where_it_was_said_and_none_leads_nowhere(tier: Tier):
    history = looked_back()
    items = from_the_record(history.graph, history.state)
    evidence = {one.kind: one.seq for one in items}
    work = Work(history, items).found("All of it", evidence=[one.seq for one in items])
    made = findings(history.graph, history.state, work.review, items, tier, date(2027, 2, 1))
    paper = record(make(history.graph, history.state, tier, LATER, findings=made))

    document = word(paper)
    places = [one.get(qn("w:name")) for one in document.element.body.iter(qn("w:bookmarkStart"))]
    led_to = [one.get(qn("w:anchor")) for one in document.element.body.iter(qn("w:hyperlink"))]

    assert len(set(places)) == len(places)
    assert set(led_to) <= set(places)
    assert {f"E_{evidence[kind]:04}" for kind in (Kind.HOT_WASH, Kind.DRAFT_GAP)} <= set(led_to)
    assert f"E_{evidence[Kind.SUMMARY]:04}" not in led_to
    assert as_pdf(paper).startswith(b"%PDF")


def as_html(paper: Paper) -> str:
    return str(pages().render("paper.html", paper.spoken, **around(paper)))


def test_an_answer_of_record_is_a_place_and_an_earlier_version_is_none():
    work = Work().found("All", evidence=[one.seq for one in ITEMS])
    html = as_html(record(make(HOUSE.graph, HOUSE.state, Tier.FULL, LATER, findings=found(work))))
    earlier, standing = (next(one for one in ITEMS if bool(one.since) is past) for past in (True, False))

    assert f'<a href="#{standing.id}">' in html
    assert html.count(f'id="{standing.id}"') == 1
    assert earlier.id in html
    assert f'#{earlier.id}"' not in html
    assert set(re.findall(r'href="#(E-\d+)"', html)) <= set(re.findall(r'id="(E-\d+)"', html))


def test_what_no_document_has_a_letter_for_is_left_out_of_it():
    work = (
        Work()
        .found("Nobody\x07 \x0bleads\ufffe", dissent="\x1b", contact="\x08")
        .does("plan_action", gap="GAP-01", what="Act\x00 now")
    )
    history = History().opened(1).released("D1-01").answered(head(), "D1-01", "q1", text="We\x07 wait")

    text = docx_text(word(record(report(work))))

    assert "Nobody leads" in text
    assert "Act now" in text
    assert "We wait" in docx_text(word(record(make(history.graph, history.state, Tier.FULL, LATER))))
    assert as_pdf(record(report(work))).startswith(b"%PDF")
