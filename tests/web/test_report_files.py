"""A report as a document: Word, PDF and HTML hold the same, and only what its tier holds."""

import io
import re
from collections.abc import Mapping
from datetime import timedelta, timezone

import docx

from tests.exercise.words import History
from tests.output.words import docx_text, pages, pdf_texts, squeezed
from tests.review.test_contacts import names_contacts
from tests.review.words import full_house, report
from ttx.output.record import record
from ttx.review.report import Report, Tier
from ttx.web.report_files import FORMATS


def letters(made: Report) -> Mapping[str, str]:
    """The text of each document, without its blanks."""
    written = {form: FORMATS[form].write(made, pages()) for form in ("docx", "pdf", "html")}
    html = re.sub(r"<style>.*?</style>|<[^>]+>", "", written["html"].decode(), flags=re.DOTALL)
    return {
        "docx": squeezed(docx_text(docx.Document(io.BytesIO(written["docx"])))),
        "pdf": squeezed("".join(pdf_texts(written["pdf"]))),
        "html": squeezed(html),
    }


def missing(text: str, *wanted: str) -> list[str]:
    return [one for one in wanted if squeezed(one) not in text]


def test_every_document_holds_the_answers_the_notes_and_the_path():
    wanted = ("canary-us-second", "canary-foe-secret", "note of 2", "Option A", "canary-ally-name", "Skipped")
    for form, text in letters(report(full_house(), Tier.FULL)).items():
        assert not missing(text, *wanted, "EXERCISE EXERCISE EXERCISE"), form
        assert "canary-us-first" not in text, "an earlier version stands in the files of data"


def test_an_analysts_documents_name_nobody_and_tell_no_clock_time():
    for form, text in letters(report(full_house(), Tier.ANALYST)).items():
        assert not missing(text, "Participant 3"), form
        assert not re.findall(r"canary-\w+-name", text), form
        assert not re.findall(r"\d\d:\d\d", text), form


def test_the_network_is_drawn_measured_and_listed():
    made = report(names_contacts(), Tier.FULL)
    for form, text in letters(made).items():
        assert not missing(text, "Coordination network", "reciprocity nonnull", "Harbour police", "D1-02/whom"), form
    assert FORMATS["html"].write(made, pages()).count(b"data:image/svg+xml;base64,") == 2  # and how far they agree


def test_the_html_stands_alone_and_runs_nothing():
    made = report(full_house(), Tier.FULL).model_copy(update={"title": "<script>x</script>"})
    html = FORMATS["html"].write(made, pages()).decode()
    assert html.startswith("<!doctype html>")
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert not re.findall(r'(?:src|href)="(?!#|data:)', html)


def test_a_report_of_nothing_is_a_document_too():
    for form, text in letters(report(History(), Tier.FULL)).items():
        assert not missing(text, "No development has been released yet."), form


def test_a_paper_tells_times_by_the_rooms_clock():
    made = report(full_house(), Tier.FULL)
    released = next(one.released_at for one in made.injects if one.released_at)

    seen = str(record(made, zone=timezone(timedelta(hours=7))).blocks)

    assert f"{released + timedelta(hours=7):%H:%M}" in seen
    assert f"'{released:%H:%M}'" not in seen
