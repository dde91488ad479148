"""A paper as a Word document that people go on editing: real styles, fields and repeated table heads, nothing by hand.

What the styles look like is `docx_styles`. Pictures are PNG or JPEG, since older Word shows no SVG and no WebP.
"""

import io
from collections.abc import Iterable
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from PIL import Image

from ttx.output import docx_lists, docx_places, docx_styles
from ttx.output.bare import bare
from ttx.output.docx_head import head_and_foot
from ttx.output.docx_styles import WIDTH, element
from ttx.output.paper import (
    MARKING,
    TOGETHER,
    Block,
    Box,
    Facts,
    Figure,
    Heading,
    Items,
    NewPage,
    Paper,
    Quoted,
    Runs,
    Table,
    Text,
    english,
    leading,
    printable,
    told,
    turned,
    within,
)
from ttx.output.typesetter import drawing

TONES = {"": "Body Text", "soft": "Soft", "lead": "Lead", "open": "Open"}
BOXES = {"message": "Message", "team": "Team Note", "notice": "Notice"}


def as_docx(paper: Paper, template: bytes | None = None) -> bytes:
    """The paper as .docx; with the `template` of a house style (`house_style`) on its sheet and in its styles."""
    made = _Writer(paper, template)
    made.draft()
    made.cover()
    if not paper.brief:
        made.contents()
    made.blocks(paper.blocks)
    file = io.BytesIO()
    made.document.save(file)
    return bare(file.getvalue())


class _Writer:
    """Writes one paper into `room`: the document, or the cell of a box. `backward`: lines run from right to left.

    `fresh` says that the next heading begins a page, `tabled` that a table was written last. `marks` counts the
    headings that the contents lead to, `places` the bookmarks that citations do.
    """

    def __init__(self, paper: Paper, template: bytes | None) -> None:
        self.paper = paper
        self.document: Document = docx.Document(io.BytesIO(template) if template is not None else None)
        self.room: Document | _Cell = self.document
        # By name through python-docx it takes 3 ms to find one, and a handbook has 8,000 paragraphs.
        self.styles = docx_styles.apply(self.document, paper, house=template is not None)
        self.width = docx_styles.width(self.document) if template is not None else WIDTH
        head_and_foot(self.document, paper, self.width, house=template is not None)
        self.fresh = self.tabled = False
        self.backward = paper.backward
        self.marks, self.places = 0, 100_000
        core = self.document.core_properties
        core.title = printable(f"{paper.cover.title}: {paper.cover.name}")[:255]
        core.subject = printable(paper.cover.audience)
        core.keywords = f"{MARKING}, {paper.tlp}"
        core.category = "EXERCISE"
        core.comments = MARKING
        core.language = paper.language
        core.author = ""

    def draft(self) -> None:
        """The sheet on top of a draft, whose sentences are English and run so."""
        self.backward = False
        self.blocks(self.paper.draft)
        self.backward, self.fresh = self.paper.backward, bool(self.paper.draft)

    def cover(self) -> None:
        """The first page, or the one after the draft's sheet."""
        cover = self.paper.cover
        if self.fresh:
            self._paragraph((), "Picture").paragraph_format.page_break_before = True
            self.fresh = False
        if cover.picture is not None:
            self._picture(Figure(cover.picture, "svg", "", share=0.92), decorative=True)
        self._paragraph(told(cover.name), "Subtitle")
        self._paragraph(told(cover.title), "Title")
        self._paragraph(told(cover.audience), "Lead")
        self._facts(Facts(cover.facts))
        if cover.notice:
            self._paragraph(told(cover.notice), "Soft")

    def contents(self) -> None:
        """A table of contents that Word makes anew with page numbers; until then it lists the headings as links."""
        self._paragraph(told(self.paper.words.contents), "TOC Heading").paragraph_format.page_break_before = True
        listed = [one for one in self.paper.blocks if isinstance(one, Heading) and one.listed and one.level <= 2]
        for number, one in enumerate(listed, 1):
            line = self._paragraph((), f"TOC {one.level}")
            if number == 1:
                docx_styles.begin_field(line, 'TOC \\o "1-2" \\h \\z \\u')
            docx_styles.link(line, f"h{number}", printable(f"{one.label}  {one.text}" if one.label else one.text))
            if number == len(listed):
                docx_styles.end_field(line)
        self.fresh = True

    def blocks(self, blocks: Iterable[Block], quoted: bool = False) -> None:
        """Write these blocks."""
        for block, leads in leading(blocks):
            match block:
                case Heading():
                    self._heading(block)
                case Text(runs, tone):
                    line = self._paragraph(runs, "Quote" if quoted else TONES[tone])
                    if leads:
                        line.paragraph_format.keep_with_next = True
                    for _line in range(3 if tone == "open" else 0):
                        self._paragraph(told("\t"), "Writing Line")
                case Items():
                    self._items(block, 0)
                case Quoted(below):
                    self.blocks(below, quoted=True)
                case Table():
                    self._table(block)
                case Facts():
                    self._facts(block)
                case Box():
                    self._box(block)
                case Figure():
                    self._picture(block)
                case NewPage():
                    self.fresh = True

    def _heading(self, block: Heading) -> None:
        line = self._paragraph((), f"Heading {block.level}")
        if self.fresh:
            line.paragraph_format.page_break_before = True
            self.fresh = False
        linked = block.listed and block.level <= 2
        if linked:
            self.marks += 1
            line._p.append(element("w:bookmarkStart", {"w:id": str(self.marks), "w:name": f"h{self.marks}"}))
        if block.label:
            line.add_run(printable(f"{block.label}  "))._r.style = self.styles["Heading Label"]
        self._runs(line, told(block.text))
        if linked:
            line._p.append(element("w:bookmarkEnd", {"w:id": str(self.marks)}))

    def _items(self, block: Items, depth: int) -> None:
        kind = "List Bullet" if block.start is None else "List Number"
        ident = docx_lists.numbering(self.document, kind, block.start or 1)
        for item in block.items:
            for place, below in enumerate(item):
                if isinstance(below, Text) and place == 0:
                    line = self._paragraph(below.runs, kind)
                    docx_lists.number(line, ident, depth)
                    if self.paper.backward:  # LibreOffice takes a list's own indent for one at the left
                        line.paragraph_format.left_indent = Mm(6.5 * (depth + 1))
                        line.paragraph_format.first_line_indent = Mm(-6.5)
                elif isinstance(below, Text):
                    line = self._paragraph(below.runs, "List Continue")
                    line.paragraph_format.left_indent = Mm(6.5 * (depth + 1))
                elif isinstance(below, Items):
                    self._items(below, min(depth + 1, 3))
                else:
                    self.blocks((below,))

    def _box(self, block: Box) -> None:
        self._paragraph(told(block.title), f"{BOXES[block.tone]} Heading")
        table = self._lay((self.width,), f"{BOXES[block.tone]} Box")
        outside, self.room = self.room, table.add_row().cells[0]
        (empty,) = self.room.paragraphs
        self.tabled = False
        self.blocks(block.blocks)
        if len(self.room.paragraphs) > 1:
            empty._p.getparent().remove(empty._p)
        self.room, self.tabled = outside, True

    def _table(self, block: Table) -> None:
        table = self._lay(
            tuple(width / sum(block.widths) * self.width for width in block.widths), "Paper Table", block.title
        )
        head = table.add_row()
        docx_styles.repeat(head)
        for place, (cell, name) in enumerate(zip(head.cells, block.head, strict=True)):
            self._fill(cell, told(name), "Table Head")
            if place in block.backward and not self.paper.backward:
                docx_styles.turn(cell.paragraphs[0])
        docx_styles.together(head.cells)
        for number, row in enumerate(block.rows, 1):
            cells = self._row(table)
            if len(row) == 1 < len(block.widths):
                self._fill(cells[0].merge(cells[-1]), row[0], "Table Group")
                docx_styles.together(cells[:1])
                continue
            for place, (cell, runs) in enumerate(zip(cells, row, strict=True)):
                self._fill(cell, runs, "Table Figure" if place in block.centred else "Table Text")
            if len(block.rows) <= TOGETHER and number < len(block.rows) and not self.paper.brief:
                docx_styles.together(cells)

    def _facts(self, block: Facts) -> None:
        sides = 2 if block.pairs else 1
        widths = (27.0, self.width / sides - 27.0) * sides
        table = self._lay(widths, "Paper Facts")
        for start in range(0, len(block.rows), sides):
            cells = self._row(table)
            for place, (name, runs) in enumerate(block.rows[start : start + sides]):
                self._fill(cells[2 * place], told(name), "Fact Name")
                self._fill(cells[2 * place + 1], runs, "Table Text")
            if not self.paper.brief or start + sides < len(block.rows):
                docx_styles.together(cells)  # the last with what follows: the facts of an inject are its head

    def _lay(self, widths: tuple[float, ...], style: str, title: str = "") -> Any:
        """A table of these widths in millimetres; `title` says what it is about to those who hear it."""
        if self.tabled:
            self._paragraph((), "After Table")  # or Word takes two tables for one
        table = self.room.add_table(0, len(widths))
        table.style, table.autofit = style, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        docx_styles.describe(table, title)
        if self.paper.backward:
            docx_styles.mirror(table)
        self.tabled = True
        return table

    @staticmethod
    def _row(table: Any) -> tuple[_Cell, ...]:
        row = table.add_row()
        docx_styles.keep(row)
        cells: tuple[_Cell, ...] = row.cells
        return cells

    def _fill(self, cell: _Cell, runs: Runs, style: str) -> None:
        line = cell.paragraphs[0]
        line._p.style = self.styles[style]
        self._runs(line, runs, held=style == "Table Figure")

    def _picture(self, block: Figure, *, decorative: bool = False) -> None:
        content = _shown(block)
        line = self._paragraph((), "Picture")
        shape: Any = line.add_run().add_picture(io.BytesIO(content), width=Mm(self.width * block.share))
        described = shape._inline.docPr
        described.set("descr", block.alt)
        described.set("name", block.caption[:60] or "Picture")
        if decorative:
            docx_styles.decorate(described)
        if block.caption:
            self._paragraph(told(block.caption), "Caption")

    def _paragraph(self, runs: Runs, style: str) -> Paragraph:
        line = self.room.add_paragraph()
        line._p.style = self.styles[style]
        if self.tabled and style != "After Table" and not style.startswith(("Heading", "Message", "Team", "Notice")):
            line.paragraph_format.space_before = Pt(9)
        self.tabled = False
        self._runs(line, runs, held=style.startswith("List"))
        return line

    def _runs(self, line: Paragraph, runs: Runs, held: bool = False) -> None:
        """Put runs into a paragraph; one written from right to left runs so as a whole. `held`: it stands where its
        style puts it, as an item or a figure does."""
        if turned(runs, self.backward):
            docx_styles.turn(line)
        elif self.backward and not held:
            docx_styles.turn(line, onward=True)
        for run in runs:
            for place, part in enumerate(printable(run.text).split("\n")):
                if place:
                    line.add_run().add_break(WD_BREAK.LINE)
                if not part:
                    continue
                made = line.add_run(part)
                # Word reads the second ones of Arabic, Thai, Khmer, Burmese and their like. Setting any takes time.
                if run.bold:
                    made.bold = made.font.cs_bold = True
                if run.italic:
                    made.italic = made.font.cs_italic = True
                if run.code:
                    made._r.style = self.styles["Code"]
                if run.at or run.to:
                    self.places += bool(run.at)
                    docx_places.tie(made, run.at, run.to, self.places)
                other = self.paper.language if run.own and self.paper.language != self.paper.spoken else None
                language = "en" if english(run, self.paper.spoken) else other
                docx_styles.speak(made, language, within(part, self.backward))


def _shown(block: Figure) -> bytes:
    """A picture that every Word shows: drawings and WebP become PNG."""
    if block.kind == "svg":
        return drawing(block.content)
    if block.kind != "webp":
        return block.content
    made = io.BytesIO()
    with Image.open(io.BytesIO(block.content)) as picture:
        picture.save(made, "PNG")
    return made.getvalue()
