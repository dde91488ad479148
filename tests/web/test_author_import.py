"""Bringing in a file: looked at, corrected, and put where its author may put it."""

import html
import re
from collections.abc import Iterator

import pytest

from tests.scenario.formats.traps import TRAPS
from tests.scenario.formats.words import HSEEP, STORY, hseep, table, workbook
from tests.web.words import Browser, Served, roster, serving
from ttx.output import msel
from ttx.scenario.checks import checked_texts
from ttx.scenario.material import look, parse
from ttx.scenario.roster import Role
from ttx.store import drafts, imports
from ttx.web.author_files import zipped

PLAIN = next(trap for trap in TRAPS if trap.name == "plain.xlsx").make()
OBJECTIVES = [HSEEP, *[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(STORY[:3])]]


@pytest.fixture
def house(tmp_path) -> Iterator[Served]:
    with serving(tmp_path) as one:
        yield one


def bring(who: Browser, content: bytes, name: str = "plain.xlsx") -> str:
    reply = who.post(f"{who.desk}/import", files={"file": (name, content)}, data={"do": "bring"}, follow_redirects=True)
    assert reply.status_code == 200, reply.text
    return html.unescape(reply.text)


def chosen(page: str) -> str:
    (value,) = re.findall(r'name="place" form="taking" value="([^"]+)" checked', page)
    return str(value)


def put(who: Browser, place: str, **more: str):
    return who.post(f"{who.desk}/import", data={"do": "write", "place": place, "sure": place, **more})


def test_a_file_is_understood_and_nothing_changes_before_it_is_put_somewhere(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    before = drafts.open_draft(house.store, house.draft)

    page = bring(dana, PLAIN)

    assert "8 of 8 rows became injects" in page
    assert STORY[0][:60] in page
    assert '<option value="sender" selected>' in page
    assert drafts.open_draft(house.store, house.draft) == before


def test_a_page_opened_later_shows_the_file_that_waits_and_forgets_it_when_asked(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    bring(dana, PLAIN)

    assert "plain.xlsx" in dana.get(f"{dana.desk}/import").text

    dana.post(f"{dana.desk}/import", data={"do": "forget"})
    assert "plain.xlsx" not in dana.get(f"{dana.desk}/import").text
    assert imports.brought_by(house.store, dana.author) is None


def test_the_director_puts_the_days_at_the_end_of_the_scenario(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    bring(dana, PLAIN)

    reply = put(dana, "further")

    assert reply.status_code == 303
    assert reply.headers["location"] == f"{dana.desk}?day=3&brought=1"
    now = drafts.open_draft(house.store, house.draft)
    found = checked_texts(now.texts, frozenset(now.pictures))
    assert found.scenario is not None
    assert [one for one in found.findings if one.severity == "error"] == []
    assert [inject.id for inject in found.scenario.days[2].injects][:2] == ["D3-01", "D3-02"]
    assert found.scenario.days[2].injects[0].objectives == ("O1",)
    assert drafts.history(house.store, house.draft)[0].sentence.startswith("plain.xlsx was brought in as further days.")
    assert imports.brought_by(house.store, dana.author) is None


def test_what_a_file_takes_the_place_of_is_asked_first(house: Served):
    sefa = house.as_author(Role.AUTHOR, "SEA")
    before = drafts.open_draft(house.store, house.draft)
    bring(sefa, PLAIN)

    page = html.unescape(put(sefa, "day-1", sure="").text)

    assert "Replace day 1?" in page
    assert "7 injects go." in page
    assert "D1-03 Which port?: D2-02" in page
    assert "D1-05 The landing: D2-03" in page
    assert drafts.open_draft(house.store, house.draft) == before
    assert sefa.post(f"{sefa.desk}/import", data={"sure": "day-1", "place": "day-1"}).status_code == 303
    assert drafts.open_draft(house.store, house.draft) != before


def test_a_file_of_one_day_is_put_in_that_days_place_if_nothing_else_is_said(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    own = checked_texts(drafts.open_draft(house.store, house.draft).texts, frozenset()).scenario
    assert own is not None

    second = bring(dana, msel.workbook(own.model_copy(update={"days": own.days[1:]})), "second.xlsx")
    both = bring(dana, msel.workbook(own), "both.xlsx")
    strange = bring(dana, PLAIN)

    assert chosen(second) == "day-2"
    assert chosen(both) == chosen(strange) == "further"


def test_ids_that_another_day_has_are_told_before_and_after(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    rows = [hseep(ident, f"{9 + place:02}00", STORY[place]) for place, ident in enumerate(("D1-01", "D2-01"))]

    page = bring(dana, workbook({"MSEL": [HSEEP, *rows]}), "late.xlsx")
    asked = html.unescape(put(dana, "day-2", sure="").text)
    there = named(house)
    after = html.unescape(dana.get(put(dana, "day-2").headers["location"]).text)

    assert named(house) == there  # the file only counts its day
    assert "D1-01 (on day 1) becomes D2-01-2" in after.partition('role="status"')[2]
    renamed = "D1-01 (on day 1) becomes D2-01-2"
    assert renamed in page
    assert "An id of the file is taken and becomes another:" in asked
    assert f'<li dir="auto">{renamed}</li>' in asked
    assert renamed in drafts.history(house.store, house.draft)[0].sentence


def named(house: Served) -> tuple[object, object]:
    second = parse(drafts.open_draft(house.store, house.draft).texts["day-2.yaml"], "day-2.yaml").data
    return look(second, ("title",)), look(second, ("theme",))


def test_columns_that_were_guessed_are_counted_under_the_tick(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    rows = [["No", "Time", "Inject", "Players"], *([str(n), f"{9 + n}:00", STORY[n], "Who leads?"] for n in range(3))]

    page = bring(dana, workbook({"MSEL": rows}), "asked.xlsx")

    assert "A column was guessed by what it holds; check it below." in page
    assert "guessed by what" not in bring(dana, PLAIN)


def test_the_rows_stand_under_the_day_they_come_to(house: Served):
    dana = house.as_author(Role.DIRECTOR)

    page = bring(dana, PLAIN)
    asked = html.unescape(put(dana, "day-2", sure="").text)

    assert chosen(page) == "further"
    assert re.findall(r'data-own="1" data-nth="0">(\d+)<', page) == ["3"] * 8
    assert re.findall(r'data-own="1" data-nth="0">(\d+)<', asked) == ["2"] * 8


def test_the_rows_say_minutes_questions_and_ways_in_the_words_of_the_list(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    own = checked_texts(drafts.open_draft(house.store, house.draft).texts, frozenset()).scenario
    assert own is not None

    rows = bring(dana, msel.workbook(own), "own.xlsx").partition('id="rows-title"')[2]

    decision = rows.partition('scope="row">D1-03<')[2].partition("</tr>")[0]
    for words in (">20<", ">Decision<", "What would your delegation do about port?", ">A: Ellory, D1-04A<", ">Radio<"):
        assert words in decision
    assert ">Reserve<" in rows.partition('scope="row">D1-09<')[2].partition("</tr>")[0]


def test_an_author_puts_a_file_in_the_place_of_his_own_day_and_of_no_other(house: Served):
    sefa = house.as_author(Role.AUTHOR, "SEA")
    before = drafts.open_draft(house.store, house.draft)
    page = bring(sefa, PLAIN)

    assert 'value="day-1"' in page
    assert 'value="day-2"' not in page
    assert "Not in the place of day 2: led by another group" in page
    assert 'value="further"' not in page
    assert put(sefa, "day-2").status_code == 409
    assert put(sefa, "further").status_code == 409
    assert drafts.open_draft(house.store, house.draft) == before

    assert put(sefa, "day-1").headers["location"] == f"{sefa.desk}?day=1&brought=1"
    now = drafts.open_draft(house.store, house.draft)
    assert {name for name in now.texts if now.texts[name] != before.texts[name]} == {"day-1.yaml"}
    assert "lead: SEA" in now.texts["day-1.yaml"]


def test_what_an_author_may_not_add_to_the_whole_scenario_stands_in_notes(house: Served):
    rows = [list(row) for row in OBJECTIVES]
    for row in rows[1:]:
        row[8] = "Agree on one port within an hour"
    sefa = house.as_author(Role.AUTHOR, "SEA")
    bring(sefa, workbook({"MSEL": rows}))

    put(sefa, "day-1")

    text = drafts.open_draft(house.store, house.draft).texts["day-1.yaml"]
    assert "**Objectives:** Agree on one port within an hour" in text


def test_a_director_adds_what_the_days_refer_to(house: Served):
    rows = [list(row) for row in OBJECTIVES]
    for row in rows[1:]:
        row[8] = "Agree on one port within an hour"
    dana = house.as_author(Role.DIRECTOR)
    bring(dana, workbook({"MSEL": rows}))

    put(dana, "further")

    found = checked_texts(drafts.open_draft(house.store, house.draft).texts, frozenset())
    assert found.scenario is not None
    assert found.scenario.objectives["O3"].name == "Agree on one port within an hour"
    assert found.scenario.days[2].injects[0].objectives == ("O3",)


def test_columns_that_a_person_corrected_are_remembered_for_the_next_file_of_their_layout(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    bring(dana, PLAIN)

    fields = ("id", "at", "kind", "channel", "to", "sender", "text", "expected", "ignore", "notes")
    corrected = {f"column-{place}": field for place, field in enumerate(fields)}
    dana.post(f"{dana.desk}/import", data={"do": "correct", **corrected})
    page = html.unescape(dana.get(f"{dana.desk}/import").text)
    assert "As you said, column 'Exercise Objective' was left out." in page

    other = table([["EXERCISE OTHER"], [], *OBJECTIVES]).encode()
    later = bring(house.as_author(Role.LEAD_FACILITATOR), other, "other.csv")
    assert "As you said, column 'Exercise Objective' was left out." in later


def test_columns_corrected_and_not_read_again_are_read_again_before_anything_is_put_anywhere(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    page = bring(dana, PLAIN)
    before = drafts.open_draft(house.store, house.draft)
    assert len(re.findall(r'<(?:select|input)[^>]* name="(?:column-\d+|place)"[^>]* form="taking"', page)) > 10

    reply = put(dana, "new", **{"column-9": "notes", "column-8": "ignore"})

    page = html.unescape(reply.text)
    assert reply.status_code == 409
    assert "was read again with them and nothing was put anywhere yet" in page
    assert "As you said, column 'Exercise Objective' was left out." in page
    assert re.search(r'value="new" checked', page)
    assert drafts.open_draft(house.store, house.draft) == before

    assert put(dana, "further", **{"column-8": "ignore"}).status_code == 303
    day = drafts.open_draft(house.store, house.draft).texts["day-3.yaml"]
    assert "objectives" not in day


def test_a_correction_is_remembered_for_another_scenario_too(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    bring(dana, PLAIN)
    dana.post(f"{dana.desk}/import", data={"do": "correct", "column-8": "ignore"})

    vars(house).pop("draft")
    elsewhere = house.as_author(Role.LEAD_FACILITATOR)
    page = bring(elsewhere, PLAIN)

    assert elsewhere.author.draft != dana.author.draft
    assert "As you said, column 'Exercise Objective' was left out." in page


def test_a_refused_file_says_why_and_can_go_nowhere(house: Served):
    dana = house.as_author(Role.DIRECTOR)

    page = bring(dana, workbook({"Contacts": [["Name", "Phone", "Email"], ["A", "1", "a@example.org"]]}), "c.xlsx")

    assert "looks like a list of contacts" in page
    assert 'value="write"' not in page
    assert put(dana, "further").status_code == 409


def test_a_scenario_of_its_own_has_its_importer_as_director_and_nobody_else(house: Served):
    lea = house.as_author(Role.LEAD_FACILITATOR)
    bring(lea, PLAIN)

    reply = put(lea, "new")

    where = reply.headers["location"]
    assert where.startswith("/a/")
    assert where != lea.desk
    assert lea.get(where).status_code == 200
    assert len(drafts.drafts_of(house.store)) == 2


def test_our_own_export_brought_in_is_the_same_scenario(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    kept = drafts.open_draft(house.store, house.draft)
    before = checked_texts(kept.texts, frozenset()).scenario
    assert before is not None
    page = bring(dana, msel.workbook(before, roster=roster()), "own.xlsx")
    seats = len(roster().seats)
    assert f"Who takes part comes along into a scenario of its own: 2 delegations, 2 tables, {seats} seats" in page

    put(dana, "new")

    draft = next(one.id for one in drafts.drafts_of(house.store) if one.id != house.draft)
    after = checked_texts(drafts.open_draft(house.store, draft).texts, frozenset())
    assert (after.scenario, after.roster) == (before, roster())


def test_a_roster_stays_behind_where_a_scenario_has_people_of_its_own(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    own = checked_texts(drafts.open_draft(house.store, house.draft).texts, frozenset()).scenario
    assert own is not None
    bring(dana, msel.workbook(own, roster=roster()), "own.xlsx")

    put(dana, "further")

    assert "Its roster stayed behind (2 delegations" in drafts.history(house.store, house.draft)[0].sentence
    assert "roster.yaml" not in drafts.open_draft(house.store, house.draft).texts


def test_a_zipped_folder_takes_the_place_of_everything_byte_for_byte(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    taken = drafts.export(house.store, house.draft)
    texts = {**taken.texts, "day-1.yaml": f"# with a word of ours\n{taken.texts['day-1.yaml']}"}
    page = bring(dana, zipped(taken._replace(texts=texts), "small"), "small.zip")
    assert 'value="whole"' in page

    put(dana, "whole")

    assert dict(drafts.open_draft(house.store, house.draft).texts) == texts


def test_an_inject_without_its_fields_is_shown_without_them(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    taken = drafts.export(house.store, house.draft)
    bare = {**taken.texts, "day-1.yaml": "day: 1\ninjects:\n- id: D1-77\n- {id: D1-78, expected: one line}\n"}

    page = bring(dana, zipped(taken._replace(texts=bare), "small"), "small.zip")

    assert "D1-77" in page
    assert "one line" in page


def test_days_that_are_approved_take_no_file(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    sefa = house.as_author(Role.AUTHOR, "SEA")
    bring(sefa, PLAIN)
    assert dana.asks("status", day=1, status="approved").status_code == 200

    assert put(sefa, "day-1").status_code == 409
    assert "There is no day that you may write now" in sefa.get(f"{sefa.desk}/import").text


def test_no_file_is_a_sentence_and_no_page_of_another_site_can_bring_one(house: Served):
    dana = house.as_author(Role.DIRECTOR)

    assert "No file came with this" in dana.post(f"{dana.desk}/import", data={"do": "bring"}).text
    foreign = dana.post(
        f"{dana.desk}/import",
        files={"file": ("a.csv", b"x")},
        data={"do": "bring"},
        headers={"origin": "http://evil.example"},
    )
    assert foreign.status_code == 403


def test_markup_in_a_brought_file_is_text_on_the_page(house: Served):
    rows = [list(row) for row in OBJECTIVES]
    rows[1][6] = "<img src=x onerror=alert(1)>"
    dana = house.as_author(Role.DIRECTOR)

    reply = dana.post(f"{dana.desk}/import", files={"file": ("m.xlsx", workbook({"MSEL": rows}))}, data={"do": "bring"},
                      follow_redirects=True)  # fmt: skip

    assert "<img src=x" not in reply.text
    assert "&lt;img src=x" in reply.text


def test_a_file_that_is_too_large_is_told_with_its_true_size(house: Served):
    who = house.as_author(Role.DIRECTOR)

    reply = who.post(f"{who.desk}/import", data={"do": "bring"}, files={"file": ("b25.csv", b"x" * 25_300_000)})

    assert reply.status_code == 413
    assert "b25.csv has 25.3 MB; at most 20 MB are taken." in reply.text
    assert "Choose one, or drop it" in reply.text or "choose one" in reply.text


def test_what_no_server_would_read_is_refused_on_a_page_with_a_way_back(house: Served):
    who = house.as_author(Role.DIRECTOR)

    page = who.post(f"{who.desk}/import", content=b"x" * 60_000_000, headers={"accept": "text/html"})

    assert page.status_code == 413
    assert "What you sent has 60 MB; at most 20 MB are taken." in page.text
    assert f'href="{who.desk}/import"' in page.text
    assert page.headers["content-security-policy"]
    program = who.post(f"{who.desk}/import", content=b"x" * 60_000_000, headers={"accept": "*/*"})
    assert "32,768 KB" in program.json()["refused"]
