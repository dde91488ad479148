"""What a delegation reads beside its page: the situation manual, its own record, and what it looks up."""

import io
import json
import re
import zipfile

from tests.output.words import pdf_texts, squeezed
from tests.web.words import Served, refused, told
from ttx.pages.catalogues import Catalogues
from ttx.settings import Settings
from ttx.web.papers import WORD


def test_the_manual_gives_nothing_away_whatever_is_out(house: Served):
    house.begun()
    head = house.as_head()
    titles = [one["title"] for one in house.stands(house.as_lead())["released"]]
    assert titles

    page = head.get(f"{head.page}/manual")
    paper = head.get(f"{head.page}/manual.pdf")

    assert page.status_code == paper.status_code == 200
    assert "How the exercise works" in page.text
    assert '<td class="whole"><span class="text" dir="ltr">09:00–' in page.text
    printed = squeezed(" ".join(pdf_texts(paper.content)))
    assert squeezed("How the exercise works") in printed
    for title in titles:
        assert title not in page.text
        assert squeezed(title) not in printed


def test_manual_and_record_are_in_the_language_of_the_seat(house: Served):
    house.begun()
    head = house.as_head()
    head.post(f"{head.page}/language", data={"language": "fr"})

    page = head.get(f"{head.page}/manual").text
    papers = [head.get(f"{head.page}/{name}.pdf").content for name in ("manual", "record")]
    lead = house.as_lead()
    others = lead.get(f"{lead.page}/manual").text

    manual, record = (squeezed(" ".join(pdf_texts(one))) for one in papers)
    assert "Déroulement de l’exercice" in page
    assert "How the exercise works" not in page
    assert squeezed("Déroulement de l’exercice") in manual
    assert squeezed("Procès-verbal d’une délégation") in record
    assert "How the exercise works" in others


def test_a_delegation_saves_its_own_record_and_facilitators_have_none(house: Served):
    house.begun()
    told(200, house.answer(house.as_head(), "said-by-Kestria"))
    told(200, house.answer(house.as_head("tamarinda"), "said-by-Tamarinda"))
    head, lead = house.as_head(), house.as_lead()

    record = head.get(f"{head.page}/record.pdf")

    text = squeezed(" ".join(pdf_texts(record.content)))
    assert record.headers["content-type"] == "application/pdf"
    assert "said-by-Kestria" in text
    assert "said-by-Tamarinda" not in text
    refused(403, lead.get(f"{lead.page}/record.pdf"))


def test_a_tablet_brings_agenda_map_and_glossary_so_that_they_are_there_offline(house: Served):
    house.begun()
    head = house.as_head()

    page = head.get(head.page).text

    assert set(re.findall(r'id="(agenda:\d+|chart|glossary)"', page)) == {"agenda:1", "agenda:2", "chart", "glossary"}
    assert "International Organization for Migration (IOM)" in page


def test_the_record_is_read_and_printed_in_the_language_of_the_seat(house: Served):
    house.begun()
    head, lead = house.as_head(), house.as_lead()
    told(200, house.answer(head, "said-by-Kestria"))
    head.post(f"{head.page}/language", data={"language": "fa"})

    page = head.get(f"{head.page}/report").text
    word = head.get(f"{head.page}/record.docx")

    say = Catalogues(Settings().templates.parent / "translations").tongue("fa").word
    assert '<html lang="fa" dir="rtl"' in page
    assert say("Record of a delegation") in page
    assert say("Delivered at {time}").partition("{")[0] in page
    assert re.search("[۰-۹]", page)
    assert "said-by-Kestria" in page
    assert "Record of a delegation" not in page
    assert word.headers["content-type"] == WORD
    refused(403, lead.get(f"{lead.page}/report?tier=own"))


def test_a_program_gets_a_delegations_own_report_in_the_language_of_the_seat(house: Served):
    house.begun()
    head = house.as_head()
    told(200, house.answer(head, "said-by-Kestria"))
    head.post(f"{head.page}/language", data={"language": "fr"})

    def own(form: str) -> bytes:
        return head.get(f"{house.api}/report?tier=own&as={form}").content

    page = own("html").decode()
    printed = squeezed(" ".join(pdf_texts(own("pdf"))))
    with zipfile.ZipFile(io.BytesIO(own("docx"))) as word:
        written = word.read("word/document.xml").decode()

    for text in (page, printed, written):
        assert squeezed("Procès-verbal d’une délégation") in squeezed(text)
        assert "said-by-Kestria" in text
    assert '<html lang="fr"' in page
    assert json.loads(own("json"))["tier"] == "own"
