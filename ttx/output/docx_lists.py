"""The lists of a Word document: each is one of its own, so that every numbered one begins anew."""

from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from ttx.output.docx_styles import element


def numbering(document: Document, kind: str, start: int) -> str:
    """The id of a list of its own: a `List Bullet`, or a `List Number` that begins at `start`."""
    part: Any = document.part.numbering_part.element
    # The lists of python-docx's own template know one level; these two know four.
    ids = {"List Bullet": "90", "List Number": "91"}
    if not [one for one in part.findall(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == ids[kind]]:
        part.insert(0, _abstract(ids[kind], kind))
    known = [int(one.get(qn("w:numId"))) for one in part.findall(qn("w:num"))]
    number = str(max(known, default=0) + 1)
    made = element("w:num", {"w:numId": number}, element("w:abstractNumId", {"w:val": ids[kind]}))
    if kind == "List Number":
        made.append(element("w:lvlOverride", {"w:ilvl": "0"}, element("w:startOverride", {"w:val": str(start)})))
    part.append(made)
    return number


def _abstract(ident: str, kind: str) -> Any:
    levels = []
    for level in range(4):
        left = str(int((level + 1) * 6.5 * 56.7))
        # The stop after the number: without it LibreOffice sets none where the text runs from right to left.
        stop = element("w:tabs", None, element("w:tab", {"w:val": "num", "w:pos": left}))
        layout = element("w:pPr", None, stop, element("w:ind", {"w:left": left, "w:hanging": "369"}))
        form = ("bullet", "\u2022") if kind == "List Bullet" else ("decimal", f"%{level + 1}.")
        levels.append(
            element(
                "w:lvl",
                {"w:ilvl": str(level)},
                element("w:start", {"w:val": "1"}),
                element("w:numFmt", {"w:val": form[0]}),
                element("w:lvlText", {"w:val": form[1]}),
                element("w:lvlJc", {"w:val": "left"}),
                layout,
            )
        )
    many = element("w:multiLevelType", {"w:val": "hybridMultilevel"})
    return element("w:abstractNum", {"w:abstractNumId": ident}, many, *levels)


def number(line: Paragraph, ident: str, level: int) -> None:
    """Make a paragraph an item of this list."""
    properties: Any = line._p.get_or_add_pPr()
    place: Any = properties.get_or_add_numPr()
    place.get_or_add_ilvl().val = level
    place.get_or_add_numId().val = int(ident)
