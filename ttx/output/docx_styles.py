"""What a Word document looks like: its sheet, its styles, its header and footer. Everything hangs on named styles, so
that whoever edits the document changes a style and not every paragraph.
"""

from collections.abc import Collection, Iterable
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from ttx.output.paper import Paper

WIDTH = 168.0
"""Millimetres between the margins of an A4 sheet."""
FONT = "Calibri"
"""On every machine that has Word; Noto Sans is not. Other programs have a font of the same widths for it."""

INK, SOFT, ACCENT, ALARM, WARN = "10202F", "4B5C6C", "0B4F9E", "A3161E", "7A4900"

# Name, its base, size in points, bold, italic, colour, space before and after in points.
_STYLES: tuple[tuple[str, str, float, bool, bool, str, float, float], ...] = (
    ("Title", "Normal", 30, True, False, INK, 0, 8),
    ("Subtitle", "Normal", 14, True, False, ACCENT, 12, 2),
    ("Heading 1", "Normal", 20, True, False, INK, 20, 8),
    ("Heading 2", "Normal", 14, True, False, INK, 16, 6),
    ("Heading 3", "Normal", 11, True, False, SOFT, 10, 4),
    ("Heading 4", "Normal", 11, True, True, SOFT, 8, 3),
    ("Body Text", "Normal", 10.5, False, False, INK, 0, 6),
    ("Lead", "Body Text", 12, False, False, INK, 0, 10),
    ("Soft", "Body Text", 10.5, False, False, SOFT, 0, 6),
    ("Open", "Body Text", 10.5, True, False, INK, 12, 4),
    ("Writing Line", "Body Text", 10.5, False, False, SOFT, 10, 0),
    ("Marking", "Normal", 11, True, False, ALARM, 0, 8),
    ("Quote", "Body Text", 10.5, False, True, INK, 0, 6),
    ("Caption", "Normal", 9, False, False, SOFT, 2, 10),
    ("Picture", "Normal", 10.5, False, False, INK, 8, 2),
    ("List Bullet", "Body Text", 10.5, False, False, INK, 0, 3),
    ("List Number", "Body Text", 10.5, False, False, INK, 0, 3),
    ("List Continue", "Body Text", 10.5, False, False, INK, 0, 3),
    ("TOC Heading", "Normal", 20, True, False, INK, 0, 10),
    ("TOC 1", "Normal", 11, True, False, INK, 6, 2),
    ("TOC 2", "Normal", 10.5, False, False, INK, 0, 2),
    ("Table Text", "Normal", 9.5, False, False, INK, 0, 0),
    ("Table Figure", "Table Text", 9.5, False, False, INK, 0, 0),
    ("Table Group", "Table Text", 9.5, False, False, INK, 0, 0),
    ("Table Head", "Table Text", 9, True, False, "FFFFFF", 0, 0),
    ("After Table", "Normal", 2, False, False, INK, 0, 0),
    ("Fact Name", "Table Text", 9.5, False, False, SOFT, 0, 0),
)  # fmt: skip

# What of these a brief paper sets smaller: name, size in points, space before and after. No letter below nine points.
_BRIEF: dict[str, tuple[float, float, float]] = {
    "Title": (18, 0, 3),
    "Subtitle": (11, 0, 1),
    "Heading 1": (12.5, 9, 3),
    "Body Text": (9, 0, 3),
    "Lead": (9, 0, 4),
    "Soft": (9, 0, 1),
    "List Bullet": (9, 0, 1),
    "Table Text": (9, 0, 0),
    "Table Figure": (9, 0, 0),
    "Fact Name": (9, 0, 0),
}

_UNWANTED = ("Colorful ", "Dark ", "Light ", "Medium ")
_BOXES = (("Message", ACCENT, "F5F8FC"), ("Team Note", "8A5200", "FFF9EE"), ("Notice", ALARM, "FDF2F2"))
"""The boxes: what their styles are called, the colour of their bar and of their ground."""


def element(name: str, attributes: dict[str, str] | None = None, *below: Any) -> Any:
    """An element of the document's XML with these attributes and children; names with their prefix."""
    made: Any = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    made.extend(below)
    return made


def apply(document: Document, paper: Paper, house: bool = False) -> dict[str, str]:
    """Make an empty document one of ours; the styles' ids by their names.

    A `house` document keeps its sheet and the styles it has; those it lacks are added in its font and colour.
    """
    if not house:
        _sheet(document)
        _tidy(document)
    if paper.backward:
        _backwards(document)
    _speak(document, paper, house)
    accent = _accent(document) if house else ACCENT
    styles: Any = document.styles
    kept = {style.name for style in styles} if house else set[str]()
    for name, base, size, bold, italic, colour, before, after in _STYLES:
        if name in kept:
            continue
        if paper.brief:
            size, before, after = _BRIEF.get(name, (size, before, after))
        if name not in styles:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style = styles[name]
        style.base_style = styles[base]
        style.quick_style, style.hidden = True, False
        _font(style, size, bold, italic, accent if colour == ACCENT else colour, house)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.widow_control = True
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
        style.paragraph_format.keep_with_next = name.startswith(("Heading", "Open", "Picture", "Soft")) or None
    for name, colour, fill in _BOXES:
        if f"{name} Box" not in kept:
            _box(styles, name, accent if colour == ACCENT else colour, fill)
    _furnish(styles, kept, accent, width(document) if house else WIDTH)
    return {style.name: style.style_id for style in styles}


def width(document: Document) -> float:
    """Millimetres between the margins of a document's sheet."""
    section = document.sections[0]
    sheet, left, right = section.page_width, section.left_margin, section.right_margin
    return round(((sheet or Mm(210)) - (left or 0) - (right or 0)) / Mm(1), 1)


def _accent(document: Document) -> str:
    """The colour of a house's headings, where white can be read on it; else ours."""
    for name in ("Heading 1", "Title", "Heading 2"):
        style: Any = document.styles[name] if name in document.styles else None  # noqa: SIM401  (no mapping)
        rgb = style.font.color.rgb if style is not None and style.font.color is not None else None
        if rgb is not None and _contrast(rgb) >= 4.5:
            return str(rgb)
    return ACCENT


def _contrast(rgb: Iterable[int]) -> float:
    """Of white on a colour (WCAG 2.2, contrast ratio)."""
    shares = [one / 255 for one in rgb]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _tidy(document: Document) -> None:
    """Take away what nobody asked for of the empty document: a hundred table styles, and a small picture of itself."""
    related: Any = document.part.package.rels if document.part.package is not None else {}
    for ident in [ident for ident, one in related.items() if one.reltype.endswith("/thumbnail")]:
        del related[ident]
    for style in [one for one in document.styles if str(one.name).startswith(_UNWANTED)]:
        style.delete()


def _sheet(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(22), Mm(20)
    section.top_margin, section.bottom_margin = Mm(27), Mm(24)
    section.header_distance = section.footer_distance = Mm(11)


def _backwards(document: Document) -> None:
    """Let the sheet run from right to left: every paragraph, the columns and the gutter."""
    normal: Any = document.styles["Normal"]
    _turned(normal.element.get_or_add_pPr(), True)
    section = document.sections[0]
    section.left_margin, section.right_margin = section.right_margin, section.left_margin
    sheet: Any = section._sectPr
    for name in ("w:bidi", "w:rtlGutter"):
        sheet.insert_element_before(element(name), "w:docGrid", "w:printerSettings", "w:sectPrChange")


def _speak(document: Document, paper: Paper, house: bool) -> None:
    """The language of what stands in no other one, and, but for a house's own, the letters' fonts."""
    normal: Any = document.styles["Normal"]
    if not house:
        normal.font.name, normal.font.size = FONT, Pt(10.5)
        normal.font.color.rgb = RGBColor.from_string(INK)
        normal.paragraph_format.line_spacing = 1.0 if paper.brief else 1.12
        fonts = normal.element.rPr.find(qn("w:rFonts"))
        for script in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(script), FONT if script != "w:cs" else "Arial")
    spoken = element("w:lang", {"w:val": paper.spoken, "w:eastAsia": "zh-CN", "w:bidi": _backward(paper.language)})
    said = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for properties in (said, normal.element.find(qn("w:rPr"))):
        for old in properties.findall(qn("w:lang")) if properties is not None else ():
            properties.remove(old)
    (said if said is not None else normal.element.get_or_add_rPr()).append(spoken)


def _backward(language: str) -> str:
    return language if language.partition("-")[0] in ("ar", "dv", "fa", "he", "ps", "ur") else "ar-SA"


def _font(style: Any, size: float, bold: bool, italic: bool, colour: str, house: bool = False) -> None:
    """A style's letters; in a `house` document their font is its own, and so is the ink of plain text."""
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    if not house or colour != INK:
        style.font.color.rgb = RGBColor.from_string(colour)
    if house:
        return
    style.font.name = FONT
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for old in properties.findall(qn("w:spacing")):
        properties.remove(old)
    # A right-to-left letter takes its size and weight from these.
    for name, value in (("w:szCs", str(int(size * 2))), ("w:bCs", "1" if bold else "0")):
        for old in properties.findall(qn(name)):
            properties.remove(old)
        ordered(properties, element(name, {"w:val": value}))


_ORDER = ("w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:caps", "w:strike", "w:color", "w:spacing",
          "w:kern", "w:sz", "w:szCs", "w:highlight", "w:u", "w:shd", "w:rtl", "w:cs", "w:lang")  # fmt: skip
"""In which order Word wants what is said of a run (ECMA-376, 17.3.2.28)."""


def ordered(properties: Any, added: Any) -> None:
    ranks = {qn(name): rank for rank, name in enumerate(_ORDER)}
    rank = ranks[added.tag]
    for place, one in enumerate(properties):
        if ranks.get(one.tag, -1) > rank:
            properties.insert(place, added)
            return
    properties.append(added)


def _box(styles: Any, name: str, colour: str, fill: str) -> None:
    """The style of a box's heading, and that of the one-cell table below it."""
    head = styles.add_style(f"{name} Heading", WD_STYLE_TYPE.PARAGRAPH)
    head.base_style, head.quick_style = styles["Body Text"], True
    _font(head, 9.5, True, False, colour)
    head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(10), Pt(3)
    head.paragraph_format.keep_with_next = True
    bar = {"w:val": "single", "w:sz": "24", "w:space": "0", "w:color": colour}
    shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill})
    _table_style(styles, f"{name} Box", element("w:tblBorders", None, element("w:left", bar)), (100, 170), shade)


def _furnish(styles: Any, kept: Collection[str], accent: str, wide: float) -> None:
    """Styles that are more than a font, but for those that a house has `kept`."""
    centre = WD_ALIGN_PARAGRAPH.CENTER
    layouts: dict[str, dict[str, Any]] = {
        "Title": {"line_spacing": 1.0},
        **{name: {"alignment": centre} for name in ("Table Figure", "Picture", "Caption")},
        "TOC 2": {"left_indent": Mm(6)},
        "List Continue": {"left_indent": Mm(6.5)},
    }
    for name, layout in layouts.items():
        for key, value in layout.items() if name not in kept else ():
            setattr(styles[name].paragraph_format, key, value)
    for name in (one for one in ("TOC 1", "TOC 2") if one not in kept):
        styles[name].paragraph_format.tab_stops.add_tab_stop(Mm(wide), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    if "Writing Line" not in kept:
        lines = styles["Writing Line"].paragraph_format
        lines.tab_stops.add_tab_stop(Mm(wide), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)
    if "Code" not in kept:
        code = styles.add_style("Code", WD_STYLE_TYPE.CHARACTER)
        code.font.name, code.font.size = "Consolas", Pt(9.5)
    if "Heading Label" not in kept:
        label = styles.add_style("Heading Label", WD_STYLE_TYPE.CHARACTER)
        label.font.color.rgb = RGBColor.from_string(accent)
    if "Paper Table" not in kept:
        rule = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "CFD8E1"}
        borders = element("w:tblBorders", None, element("w:bottom", rule), element("w:insideH", rule))
        style = _table_style(styles, "Paper Table", borders, (55, 85))
        shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": accent})
        style.element.append(element("w:tblStylePr", {"w:type": "firstRow"}, element("w:tcPr", None, shade)))
    if "Paper Facts" not in kept:
        _table_style(styles, "Paper Facts", None, (30, 85))


def _table_style(styles: Any, name: str, borders: Any, inset: tuple[int, int], shade: Any = None) -> Any:
    """A table style; `inset` is the room in its cells above and beside the text, in twentieths of a point."""
    style = styles.add_style(name, WD_STYLE_TYPE.TABLE)
    if "Normal Table" in styles:
        style.base_style = styles["Normal Table"]
    sides = {"w:top": inset[0], "w:left": inset[1], "w:bottom": inset[0], "w:right": inset[1]}
    margins = (element(side, {"w:w": str(far), "w:type": "dxa"}) for side, far in sides.items())
    parts = [borders] if borders is not None else []
    style.element.append(element("w:tblPr", None, *parts, element("w:tblCellMar", None, *margins)))
    if shade is not None:
        style.element.append(element("w:tcPr", None, shade))
    return style


def add_field(line: Paragraph, code: str) -> None:
    """A field that Word fills, such as a page's number."""
    simple = element("w:fldSimple", {"w:instr": f" {code} "})
    run = element("w:r")
    text = element("w:t")
    text.text = "1" if code in ("PAGE", "NUMPAGES") else ""
    run.append(text)
    simple.append(run)
    line._p.append(simple)


def begin_field(line: Paragraph, code: str) -> None:
    """The beginning of a field that goes over several paragraphs; Word makes it anew when the document is opened."""
    run = line.add_run()._r
    run.append(element("w:fldChar", {"w:fldCharType": "begin", "w:dirty": "true"}))
    run = line.add_run()._r
    instruction = element("w:instrText", {"xml:space": "preserve"})
    instruction.text = f" {code} "
    run.append(instruction)
    line.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "separate"}))


def end_field(line: Paragraph) -> None:
    """The end of such a field."""
    line.add_run()._r.append(element("w:fldChar", {"w:fldCharType": "end"}))


def link(line: Paragraph, mark: str, text: str) -> None:
    """Words that lead to a bookmark of the document."""
    run, words = element("w:r"), element("w:t", {"xml:space": "preserve"})
    words.text = text
    run.append(words)
    line._p.append(element("w:hyperlink", {"w:anchor": mark, "w:history": "1"}, run))


def describe(table: Any, title: str) -> None:
    """What a table is about, for those who hear it."""
    if title:
        table._tblPr.append(element("w:tblCaption", {"w:val": title}))


def repeat(row: Any) -> None:
    """Let a row stand on top of every page its table goes over."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def keep(row: Any) -> None:
    """Let a row not be cut by the end of a page."""
    row._tr.get_or_add_trPr().insert(0, element("w:cantSplit"))


def together(cells: Iterable[Any]) -> None:
    """Let a row stay on the page of what follows it."""
    for cell in cells:
        for line in cell.paragraphs:
            line.paragraph_format.keep_with_next = True


def turn(line: Paragraph, *, onward: bool = False) -> None:
    """Let a paragraph run from right to left; or `onward`, from left to right on a sheet that runs the other way, where
    it begins at the right all the same."""
    properties: Any = line._p.get_or_add_pPr()
    if onward:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _turned(properties, not onward)


def _turned(properties: Any, backward: bool) -> None:
    for old in properties.findall(qn("w:bidi")):
        properties.remove(old)
    properties.insert_element_before(
        element("w:bidi", None if backward else {"w:val": "0"}),
        *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents"),
        *("w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr"),
    )


def mirror(table: Any) -> None:
    """Let a table's first column stand at the right."""
    table._tblPr.insert_element_before(
        element("w:bidiVisual"),
        *("w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc", "w:tblCellSpacing", "w:tblInd"),
        *("w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption"),
    )


def speak(run: Any, language: str | None, backward: bool) -> None:
    """Say in which language a run is, and that its letters run from right to left."""
    if backward:
        properties = run._r.get_or_add_rPr()
        for said, name in ((run.bold, "w:bCs"), (run.italic, "w:iCs")):
            if said:  # such letters are bold and slanted by these alone
                ordered(properties, element(name))
        ordered(properties, element("w:rtl"))
    if language is not None:
        named = {"w:bidi": language} if backward else {"w:val": language}
        ordered(run._r.get_or_add_rPr(), element("w:lang", named))


def decorate(described: Any) -> None:
    """Mark a picture as one that says nothing, so that nobody has to hear of it (Office 2019, adec)."""
    space = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    mark = parse_xml(f'<adec:decorative xmlns:adec="{space}" val="1"/>')
    kind = {"uri": "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"}
    listed = OxmlElement("a:extLst")
    one = OxmlElement("a:ext", kind)
    one.append(mark)
    listed.append(one)
    described.append(listed)
