"""Papers to take away: every author may have them, as the scenario is now, and nobody else."""

import io
from collections.abc import Iterator
from itertools import takewhile

import docx
import pytest

from tests.output.words import pdf_texts
from tests.web.words import Browser, Served
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Role
from ttx.web.papers import FORMATS

NAMES = [name if name != "json" else "scenario.json" for name in FORMATS]


@pytest.mark.parametrize("name", NAMES)
def test_every_paper_is_a_file_to_keep(house: Served, name: str):
    who = house.as_author()
    reply = who.get(f"{who.desk}/papers/{name}")

    assert reply.status_code == 200, reply.text
    assert reply.headers["content-disposition"] == f'attachment; filename="exercise-small-tide-{name}"'
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["content-type"] == FORMATS["json" if name == "scenario.json" else name].media_type


def test_the_json_is_the_scenario(house: Served):
    who = house.as_author(Role.DIRECTOR)

    assert Scenario.model_validate_json(who.get(f"{who.desk}/papers/scenario.json").content).id == "small-tide"


def test_the_cover_bears_what_was_given(house: Served):
    who = house.as_author()
    reply = who.get(f"{who.desk}/papers/sitman.pdf", params={"dates": "23 November", "place": "Hall 2"})

    cover = pdf_texts(reply.content)[0]
    assert "23 November" in cover
    assert "Hall 2" in cover


@pytest.mark.parametrize(
    "name,says", [("sitman.txt", "There is no paper"), ("sitman.pdf?language=km", "not translated")]
)
def test_what_there_is_not_is_told(house: Served, name: str, says: str):
    who = house.as_author()
    reply = who.get(f"{who.desk}/papers/{name}", headers={"accept": "application/json"})

    assert reply.status_code == 404
    assert says in reply.text


def test_a_seat_of_an_exercise_gets_no_paper(house: Served):
    who = house.as_author()

    assert house.device().get(f"{who.desk}/papers/handbook.pdf").status_code == 401


class TestWhileThereAreErrors:
    """Manual and handbook are drafts that say so; what is read back as a list is not printed."""

    @pytest.fixture
    def torn(self, house: Served) -> Iterator[Browser]:
        who = house.as_author(Role.DIRECTOR)
        wrote = who.asks("write_inject", day=1, inject="D1-02", fields={"next": "D9-9"})
        assert wrote.status_code == 200, wrote.text
        yield who
        who.asks("undo")

    @pytest.mark.parametrize("name", ["sitman.pdf", "handbook.pdf"])
    def test_a_pdf_says_draft_on_every_page_and_on_the_first_what_stands_in_the_way(self, torn: Browser, name: str):
        reply = torn.get(f"{torn.desk}/papers/{name}")

        assert reply.status_code == 200, reply.text
        pages = pdf_texts(reply.content)
        assert all("DRAFT" in page for page in pages)
        assert "D9-9" in pages[0]
        assert "What stands in the way" in pages[0]
        stem = name.partition(".")[0]
        assert f'-{stem}-draft.pdf"' in reply.headers["content-disposition"]

    @pytest.mark.parametrize("name", ["sitman.docx", "handbook.docx"])
    def test_a_word_file_does_too(self, torn: Browser, name: str):
        document = docx.Document(io.BytesIO(torn.get(f"{torn.desk}/papers/{name}").content))

        (section,) = document.sections
        for head in (section.header, section.first_page_header):
            assert "DRAFT" in "".join(line.text for line in head.paragraphs)
        assert document.paragraphs[0].text == "What stands in the way"
        first = list(takewhile(lambda line: not line.paragraph_format.page_break_before, document.paragraphs))
        assert any("D9-9" in line.text for line in first)

    @pytest.mark.parametrize("name", ["msel.xlsx", "msel.csv", "graph.svg", "scenario.json"])
    def test_the_others_wait(self, torn: Browser, name: str):
        assert torn.get(f"{torn.desk}/papers/{name}").status_code == 409

    def test_the_page_offers_the_drafts_and_not_the_others(self, torn: Browser):
        shown = torn.get(f"{torn.desk}/files").text

        assert f'href="{torn.desk}/papers/sitman.pdf" download>PDF as a draft' in shown
        assert "papers/msel.xlsx" not in shown


def test_without_errors_no_paper_says_draft(house: Served):
    who = house.as_author()

    assert not any("DRAFT" in page for page in pdf_texts(who.get(f"{who.desk}/papers/handbook.pdf").content))
    document = docx.Document(io.BytesIO(who.get(f"{who.desk}/papers/sitman.docx").content))
    assert "DRAFT" not in "".join(line.text for line in document.sections[0].header.paragraphs)
    assert document.paragraphs[0].text != "What stands in the way"
