"""The pages of coding: passages marked, hidden from the other coder, compared, settled, exported, made a gap of."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import httpx
import openpyxl
import pytest

from tests.web.words import Browser, Served, refused, serving, told
from ttx.exercise.rights import RULES, Action
from ttx.review.coding import Coding, fold_coding
from ttx.scenario.roster import Role
from ttx.store import reviews

HTML = {"accept": "text/html"}
SECRET = "cause:trust_political"


@pytest.fixture
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An exercise that has ended, with two answers and an observation in words."""
    with serving(tmp_path_factory.mktemp("coded")) as house:
        house.begun()
        told(200, house.answer(house.as_head(), "We wait <b>for</b> orders, and no ship leaves."))
        told(200, house.answer(house.as_head("tamarinda"), "=We wait for orders, too"))
        house.done("observe", house.as_(Role.EVALUATOR), text="Nobody led", sense="gap", inject="D1-01", table="T1")
        house.done("close_day")
        house.done("end")
        yield house


def asks(who: Browser, do: str, **fields: Any) -> httpx.Response:
    """Send a form of a review as a browser does."""
    return who.post(f"{who.page}/review", data={"do": do, **fields}, headers=HTML)


def marks(who: Browser, piece: str, *codes: str, **fields: Any) -> None:
    assert asks(who, "mark_passage", piece=piece, codes=list(codes), **fields).status_code == 303


def page(who: Browser, path: str = "") -> str:
    reply = who.get(f"{who.page}/coding{path}")
    assert reply.status_code == 200, reply.text
    return reply.text


def pieces(house: Served) -> dict[str, str]:
    """The ids of what is to be coded, by a word in it."""
    found = re.findall(r'coding/(E-\d+)">.*?class="said" dir="auto">([^<&=]*)', page(house.as_lead()), re.DOTALL)
    return {"kestria" if "We wait" in text else "note" if "Nobody" in text else "tamarinda": one for one, text in found}


def coding(house: Served) -> Coding:
    return fold_coding(reviews.read(house.store, house.exercise))


@pytest.mark.parametrize("role", list(Role))
def test_coding_is_for_those_who_may_code(ended: Served, role: Role):
    who = ended.as_(role)
    for path in ("", "/book", "/agreement", f"/{next(iter(pieces(ended).values()))}", ".csv", ".xlsx"):
        reply = who.get(f"{who.page}/coding{path}")
        if role in RULES[Action.CODE]:
            assert reply.status_code == 200
        else:
            refused(403, reply)


def test_a_passage_is_marked_shown_and_taken_back(ended: Served):
    analyst, piece = ended.as_(Role.ANALYST), pieces(ended)["kestria"]

    reply = asks(
        analyst, "mark_passage", piece=piece, codes=["sense:gap", SECRET], words="orders", start=0, on=f"coding/{piece}"
    )

    assert reply.headers["location"].endswith(f"/coding/{piece}")
    text = page(analyst, f"/{piece}")
    assert "We wait &lt;b&gt;for&lt;/b&gt; <mark>orders<sup>1</sup></mark>, and no ship leaves." in text
    assert "<b>for</b>" not in text
    assert "Trust and politics" in text
    (mark,) = coding(ended).marks[int(piece[2:])]
    assert asks(analyst, "take_back", entry=mark.seq, on=f"coding/{piece}").status_code == 303
    assert "<mark>" not in page(analyst, f"/{piece}")
    assert coding(ended).marks == {}


def test_no_page_or_file_tells_a_coder_what_the_other_gave_before_both_have_finished(ended: Served):
    analyst, lead, piece = ended.as_(Role.ANALYST), ended.as_lead(), pieces(ended)["kestria"]
    asks(lead, "add_code", label="Canary", definition="Sung")
    marks(lead, piece, "K-01", words="ship")
    asks(lead, "finish_piece", piece=piece)

    def sees() -> list[str]:
        found = [f"{analyst.page}/coding{path}" for path in ("?show=all", f"/{piece}", "/agreement", ".csv")]
        found += [f"{analyst.page}/evidence", f"{analyst.page}/evidence/{piece}", f"{analyst.page}/coding?like=K-01"]
        pattern = re.compile(r'<mark>|class="tag[^"]*"[^>]*>Canary|<sup>|,K-01,')
        return [path for path in found if pattern.search(analyst.get(path).text)]

    assert sees() == []
    marks(analyst, piece, "sense:strength")
    assert "Canary" not in re.findall(r"piece-tags.*?</p>", page(analyst, "?show=all"))
    asks(analyst, "finish_piece", piece=piece)
    assert len(sees()) >= 5


def test_agreement_is_told_with_kappa_what_differs_is_settled_and_that_is_kept(ended: Served):
    analyst, lead, there = ended.as_(Role.ANALYST), ended.as_lead(), pieces(ended)
    for who in (analyst, lead):
        marks(who, there["kestria"], "sense:gap")
    marks(lead, there["tamarinda"], "sense:gap", "sense:strength")
    for who in (analyst, lead):
        for piece in there.values():
            asks(who, "finish_piece", piece=piece)

    text = page(analyst, "/agreement")
    # gap: both 1, lead only 1, neither 1: p_o 2/3, p_e (1*2 + 2*1)/9; strength: never by the analyst
    row = re.search(r">Gap</a></th>(.*?)</tr>", text, re.DOTALL)
    assert row is not None
    assert re.findall(r">([\d.]+)<", row[1])[0] == "0.40"
    assert text.count('name="do" value="settle_code"') == 2

    piece = there["tamarinda"]
    asks(analyst, "settle_code", piece=piece, code="sense:gap", applies="true", why="Waiting is a gap.")
    asks(lead, "settle_code", piece=piece, code="sense:strength", applies="false", why="No.")
    text = page(analyst, "/agreement")
    assert "Waiting is a gap." in text
    assert text.count('name="do" value="settle_code"') == 0
    assert coding(ended).given(int(piece[2:]), lead.seat.id) == {"sense:gap", "sense:strength"}


def test_only_the_director_opens_codes(ended: Served):
    piece = pieces(ended)["kestria"]

    may = {role for role in RULES[Action.CODE] if asks(ended.as_(role), "open_codes", piece=piece).status_code == 303}

    assert may == {Role.DIRECTOR}
    assert "Open all codes" in page(ended.as_(Role.DIRECTOR), "/agreement")
    assert "Open all codes" not in page(ended.as_(Role.ANALYST), "/agreement")


def test_coded_evidence_is_sifted_by_its_code_and_becomes_a_gap(ended: Served):
    analyst, there = ended.as_(Role.ANALYST), pieces(ended)
    for name in ("kestria", "tamarinda"):
        marks(analyst, there[name], SECRET)

    text = analyst.get(f"{analyst.page}/evidence", params={"code": SECRET}).text
    assert set(re.findall(r'<li id="(E-\d+)"', text)) == {there["kestria"], there["tamarinda"]}
    form = analyst.get(f"{analyst.page}/gaps/new", params={"code": SECRET}).text
    assert set(re.findall(r'type="hidden" name="pick" value="(E-\d+)"', form)) == {there["kestria"], there["tamarinda"]}
    assert '<option value="trust_political" selected>' in form


def test_files_hold_what_the_seat_may_see_with_pseudonyms_and_no_formula(ended: Served):
    analyst, there = ended.as_(Role.ANALYST), pieces(ended)
    marks(analyst, there["tamarinda"], "sense:gap")
    marks(ended.as_lead(), there["kestria"], SECRET)

    rows = list(csv.DictReader(io.StringIO(analyst.get(f"{analyst.page}/coding.csv").text.lstrip("\ufeff"))))
    book = openpyxl.load_workbook(io.BytesIO(analyst.get(f"{analyst.page}/coding.xlsx").content))

    assert [(row["Evidence"], row["Code"], row["Standing"], row["Coder"]) for row in rows] == [
        (there["tamarinda"], "gap", "not open yet", "Coder A")
    ]
    assert rows[0]["Passage"] == "'=We wait for orders, too"
    assert rows[0]["Delegation"].startswith("Delegation ")
    assert book.sheetnames == ["Passages", "Codes", "Agreement"]
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [one for one in cells if "Tamarinda" in one or "Kestria" in one]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_suggestion_is_marked_as_one_and_ticks_nothing(ended: Served):
    analyst, there = ended.as_(Role.ANALYST), pieces(ended)
    marks(analyst, there["kestria"], SECRET)

    text = page(analyst, f"/{there['tamarinda']}")

    assert "Suggestions, not applied" in text
    assert f'name="codes" value="{SECRET}"' in text
    assert "checked" not in text[text.index("Suggestions, not applied") :]
    assert there["tamarinda"] in page(analyst, f"?like={SECRET}")
    assert coding(ended).marks.keys() == {int(there["kestria"][2:])}


def test_what_is_typed_into_the_code_book_is_never_taken_for_code(ended: Served):
    lead, piece = ended.as_lead(), pieces(ended)["kestria"]
    asks(lead, "add_code", label="<script>1</script>", definition='"><script>2</script>')
    marks(lead, piece, "K-01")

    for path in ("", "/book", "/agreement", f"/{piece}"):
        assert "<script>1" not in page(lead, path)
        assert "<script>2" not in page(lead, path)
    assert "<script>1" not in lead.get(f"{lead.page}/evidence").text
