"""The committed samples: what they hold, whom they do not name, and that they can be made anew."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.output.words import docx_text, pdf_texts, squeezed
from tests.samples.made import HOT_WASH, played, report, reviewed
from tests.samples.play import MORE
from ttx.exercise.state import Status
from ttx.output.paper import Heading
from ttx.output.record import record
from ttx.review.report import Tier

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"
MEGABYTES = 3


@pytest.fixture(scope="module")
def paper() -> str:
    """The letters of the sample PDF."""
    return squeezed("".join(pdf_texts((SAMPLES / "report.pdf").read_bytes())))


def digest() -> str:
    """What tells one week from another."""
    return hashlib.sha256(repr(played().log).encode()).hexdigest()


def test_the_same_week_is_played_in_every_process():
    told = "from tests.samples.test_samples import digest; print(digest())"
    ordered = {**os.environ, "PYTHONHASHSEED": "1"}  # by which a process puts sets and maps in an order
    elsewhere = subprocess.run([sys.executable, "-c", told], env=ordered, capture_output=True, check=True)

    assert elsewhere.stdout.decode().strip() == digest()


def test_a_week_has_all_days_sixteen_delegations_and_more_than_a_hundred_questions():
    counts = report().counts

    assert played().state.status is Status.ENDED
    assert [one.day for one in report(Tier.FULL).days if one.closed_at is not None] == [1, 2, 3, 4, 5]
    assert (len(report().delegations), counts["questions"] >= 110) == (16, True)
    assert counts["answers"] > 0.9 * counts["asked"]


def test_every_gap_rests_on_evidence_of_some_delegations():
    assert all(gap.by and gap.evidence for gap in report().found)
    assert len(reviewed(played()).actions) == len(report().plan)


def test_the_samples_are_small_and_hold_every_chapter(paper: str):
    assert sum(file.stat().st_size for file in SAMPLES.iterdir()) < MEGABYTES * 1_000_000
    chapters = [one.text for one in record(report()).blocks if isinstance(one, Heading) and one.level == 1]
    assert [one for one in chapters if squeezed(one) not in paper] == []
    assert len(chapters) == 12


def test_the_samples_without_names_name_nobody(paper: str):
    names = [squeezed(title) for title, _groups, _table in MORE.values() if len(title) > 3]
    word = squeezed(docx_text(docx.Document(str(SAMPLES / "report.docx"))))
    book = openpyxl.load_workbook(SAMPLES / "report.xlsx", read_only=True)
    cells = squeezed("".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row))
    html = squeezed((SAMPLES / "report-for-everybody.html").read_text())

    assert [name for name in names for text in (paper, word, cells, html) if name in text] == []
    assert [text.count("Participant16") > 0 for text in (paper, word, cells)] == [True, True, True]


def test_the_hot_wash_has_two_pages_and_tells_names():
    pages = pdf_texts((SAMPLES / f"hot-wash-day-{HOT_WASH}.pdf").read_bytes())

    assert len(pages) == 2
    assert "Fullreport:namesdelegations" in squeezed(pages[0])
