"""What every page of a Word document bears: the paper and where in it one is, the label, the marking and the page."""

from collections.abc import Callable
from typing import Any, TypeAlias

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from ttx.output.docx_styles import ALARM, SOFT, WIDTH, add_field, element, ordered, speak
from ttx.output.paper import DRAFT, MARKING, Paper, within

TLP_COLOURS = {"TLP:RED": "FF2B2B", "TLP:AMBER": "FFC000", "TLP:AMBER+STRICT": "FFC000", "TLP:GREEN": "33FF00",
               "TLP:CLEAR": "FFFFFF"}  # fmt: skip
"""The labels' colours, on black (FIRST, Traffic Light Protocol 2.0)."""


def head_and_foot(document: Document, paper: Paper, width: float = WIDTH, house: bool = False) -> None:
    """What every page bears: the paper and where in it one is, the label to the right, marking and page below.

    On a `house` sheet they stand below what its headers and footers have, in its own style.
    """
    section = document.sections[0]
    if not house:
        section.different_first_page_header_footer = True
        _small(document)
    first = section.different_first_page_header_footer
    marked, placed = (_marking, _draft, _label), (_title, _draft, _label)
    below = (_page, _marking, _label)
    parts: list[tuple[Any, tuple[_Part, ...]]] = [
        (section.header, placed if first else marked),
        *([(section.first_page_header, marked)] if first else []),
        (section.footer, below),
        *([(section.first_page_footer, below)] if first else []),
    ]
    if document.settings.odd_and_even_pages_header_footer:
        parts += [(section.even_page_header, placed), (section.even_page_footer, below)]
    for part, pieces in parts:
        part.is_linked_to_previous = False
        line = part.paragraphs[0] if part.paragraphs and not part.paragraphs[0]._p.xpath(".//w:r") else None
        if line is None or part.tables or len(part.paragraphs) > 1:
            line = part.add_paragraph()
        stops = line.paragraph_format.tab_stops
        stops.add_tab_stop(Mm(width / 2), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
        # The label stays at the right: where the line begins there, it comes first.
        for place, piece in enumerate(pieces[::-1] if paper.backward else pieces):
            if place:
                line.add_run("\t")
            piece(line, paper)


def _small(document: Document) -> None:
    """Let the text of headers and footers be small and soft, and their stops be ours alone."""
    for name in ("Header", "Footer"):
        style: Any = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(9), RGBColor.from_string(SOFT)
        for old in style.element.findall(f".//{qn('w:tabs')}"):
            old.getparent().remove(old)


_Part: TypeAlias = Callable[[Paragraph, Paper], None]
"""A piece of a header or footer: it adds itself to the line."""


def _draft(line: Paragraph, paper: Paper) -> None:
    """The middle of a header: empty, but for a draft's mark."""
    if paper.draft:
        run = line.add_run(DRAFT)
        run.bold, run.font.size, run.font.color.rgb = True, Pt(16), RGBColor.from_string(ALARM)


def _title(line: Paragraph, paper: Paper) -> None:
    name = line.add_run(paper.cover.name)
    name.bold = True
    speak(name, None, within(paper.cover.name, paper.backward))
    line.add_run("   ")
    add_field(line, 'STYLEREF "Heading 1"')


def _page(line: Paragraph, paper: Paper) -> None:
    speak(line.add_run(f"{paper.words.page} "), None, paper.backward)
    add_field(line, "PAGE")
    speak(line.add_run(f" {paper.words.of} "), None, paper.backward)
    add_field(line, "NUMPAGES")


def _marking(line: Paragraph, paper: Paper) -> None:
    run = line.add_run(MARKING)
    run.bold, run.font.color.rgb = True, RGBColor.from_string(ALARM)


def _label(line: Paragraph, paper: Paper) -> None:
    """The label in 12 points on black, to the right (FIRST, Traffic Light Protocol 2.0)."""
    run = line.add_run(f"\u00a0{paper.tlp}\u00a0")
    run.bold, run.font.size = True, Pt(12)
    run.font.color.rgb = RGBColor.from_string(TLP_COLOURS[paper.tlp])
    ordered(run._r.get_or_add_rPr(), element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "000000"}))
