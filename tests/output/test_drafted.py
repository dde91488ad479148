"""A paper with errors in its way: whatever is wrong, it can be printed and says so."""

from pathlib import Path

import pytest

from tests.output.words import controllers, lantern_tide, pdf_texts, sitman
from tests.scenario.faults import FAULTS
from tests.words import small_scenario, write_scenario
from ttx.output.drafted import drafted
from ttx.output.paper import Items, Paper
from ttx.output.pdf import as_pdf
from ttx.scenario.checks import checked
from ttx.scenario.files import read


def test_with_nothing_in_the_way_a_paper_stays_as_it_is():
    paper = sitman(lantern_tide())

    assert drafted(paper, [("Day 1", [])]) is paper


def test_the_sheet_on_top_names_everything_in_the_way():
    many = [f"Fault {number} stands here." for number in range(90)]

    paper = drafted(sitman(lantern_tide()), [("Day 1: Sea and shore", many), ("The whole", ["Nobody takes part."])])

    assert [len(one.items) for one in paper.draft if isinstance(one, Items)] == [90, 1]
    pages = pdf_texts(as_pdf(paper))
    assert "91 errors stand in the way" in pages[0]
    assert "Fault 89 stands here." in "".join(pages[:4])
    assert all("DRAFT" in page for page in pages)


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.severity == "error"])
def test_whatever_is_wrong_both_papers_can_be_made(tmp_path: Path, name: str):
    data = small_scenario()
    FAULTS[name].break_it(data)
    scenario, found = checked(read(write_scenario(tmp_path, data)))
    assert scenario is not None

    papers: list[Paper] = [drafted(make(scenario), [("It", [found[0].sentence])]) for make in (sitman, controllers)]

    assert all(paper.draft and paper.blocks for paper in papers)
