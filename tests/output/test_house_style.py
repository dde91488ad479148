"""An organisation's own Word document as the style of a report: its look is kept, and nothing else of it."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor
from PIL import Image

from tests.exercise.words import whole_exercise
from tests.output.words import docx_text, pages
from tests.review.words import report
from ttx.output.house_style import HouseStyle, NotAStyle, house_style
from ttx.review.report import Tier
from ttx.web.report_files import FORMATS

MARK = "Qyxovulak"
"""A word that stands wherever such a document tells more than a look."""


def picture(kind: str = "JPEG") -> bytes:
    file = io.BytesIO()
    image, told = Image.new("RGB", (60, 20), "red"), Image.Exif()
    told[0x010E] = MARK
    image.save(file, kind, exif=told)
    return file.getvalue()


HELD = f"<w:sdt><w:sdtPr><w:tag w:val='{MARK}'/></w:sdtPr><w:sdtContent>{{}}</w:sdtContent></w:sdt>"


def run(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def field(instruction: str, shown: str) -> str:
    mark = '<w:fldChar w:fldCharType="{}"/>'.format
    said = f"<w:instrText>{instruction}</w:instrText>"
    return run(mark("begin")) + run(said) + run(mark("separate")) + run(f"<w:t>{shown}</w:t>") + run(mark("end"))


def document() -> bytes:
    """The document of a ministry: Letter, its own headings, a logo in the header, and all that one leaves in a file."""
    made: Any = docx.Document()
    made.core_properties.author = made.core_properties.title = MARK
    made.add_paragraph(f"A letter about {MARK}")
    section = made.sections[0]
    section.page_width, section.page_height, section.left_margin = Mm(216), Mm(279), Mm(40)
    heading = made.styles["Heading 1"].font
    heading.name, heading.size, heading.color.rgb = "Georgia", Pt(26), RGBColor(0x1B, 0x5E, 0x20)
    made.styles["Normal"].font.name = "Georgia"
    header = section.header.paragraphs[0]
    header.add_run("Ministry of the Interior").add_picture(io.BytesIO(picture()), width=Mm(20))
    relate = section.header.part.relate_to
    link = relate(f"https://{MARK}.example/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    declared = nsdecls("w", "r")
    for inner in (
        f'<w:hyperlink r:id="{link}">{run("<w:t>our site</w:t>")}</w:hyperlink>',
        field(" AUTHOR ", MARK),
        field(f' INCLUDEPICTURE "https://{MARK}.example/x.png" ', MARK),
        field(" PAGE ", "1"),
        f'<w:fldSimple w:instr=" FILENAME "><w:r><w:t>{MARK}</w:t></w:r></w:fldSimple>',
        f'<w:ins w:id="1" w:author="{MARK}">{run("<w:t>new</w:t>")}</w:ins>',
        f'<w:del w:id="2" w:author="{MARK}">{run(f"<w:delText>{MARK}</w:delText>")}</w:del>',
        HELD.format(run("<w:t>held</w:t>")),
    ):
        section.header._element.append(parse_xml(f"<w:p {declared} w:rsidR='00AB12CD'>{inner}</w:p>"))
    file = io.BytesIO()
    made.save(file)
    return changed(file.getvalue(), {"customXml/item1.xml": lambda _: f"<x>{MARK}</x>".encode(), **ATTACHED})


def changed(content: bytes, parts: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The file with these parts as the functions make them of what they were."""
    file, names = io.BytesIO(), set(parts)
    with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(file, "w") as made:
        for name in packed.namelist():
            names.discard(name)
            made.writestr(name, parts.get(name, bytes)(packed.read(name)))
        for name in sorted(names):
            made.writestr(name, parts[name](b""))
    return file.getvalue()


TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
ATTACHED: dict[str, Callable[[bytes], bytes]] = {
    "word/_rels/settings.xml.rels": lambda _: (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        f'Type="{TEMPLATE}" Target="https://{MARK}.example/t.dotm" TargetMode="External"/></Relationships>'
    ).encode()
}


@pytest.fixture(scope="module")
def style() -> HouseStyle:
    return house_style("C:\\Users\\me\\ministry.docx", document())


def everything(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(name.encode() + packed.read(name) for name in packed.namelist())


def written(style: HouseStyle | None) -> Any:
    template = style.template if style is not None else None
    return docx.Document(io.BytesIO(FORMATS["docx"].write(report(whole_exercise(), Tier.FULL), pages(), template)))


def test_nothing_of_the_document_but_its_look_is_in_the_template(style: HouseStyle):
    held = everything(style.template)

    assert MARK.encode() in everything(document())
    assert [
        one for one in (MARK, "example", "rsid", "AUTHOR", "w:ins ", "docProps", "customXml") if one.encode() in held
    ] == []
    assert style.name == "ministry.docx"
    for what in ("its text", "links", "the template it was attached to", "who made it", "fields that tell"):
        assert any(one.startswith(what) for one in style.left_out), what


def test_its_page_styles_header_and_logo_are_those_of_the_report(style: HouseStyle):
    made = written(style)
    section, heading = made.sections[0], made.styles["Heading 1"].font

    assert (round(section.page_width / Mm(1)), round(section.left_margin / Mm(1))) == (216, 40)
    assert (heading.name, heading.size, str(heading.color.rgb)) == ("Georgia", Pt(26), "1B5E20")
    assert made.styles["Lead"].font.name is None, "a style it has not is in its own letters"
    header = docx_text(made)
    for words in ("Ministry of the Interior", "our site", "new", "held", "EXERCISE EXERCISE EXERCISE", "TLP:AMBER"):
        assert words in header, words
    assert len(section.header._element.xpath(".//pic:pic")) == 1
    assert "PAGE" in section.header._element.xml


def test_tables_are_as_wide_as_its_page_and_heads_in_its_colour(style: HouseStyle):
    made = written(style)

    wide = made.sections[0].page_width - made.sections[0].left_margin - made.sections[0].right_margin
    assert {round(sum(column.width for column in table.columns) / Mm(1)) for table in made.tables} == {
        round(wide / Mm(1))
    }
    assert "1B5E20" in made.styles["Paper Table"].element.xml


def test_the_same_document_and_report_are_the_same_bytes(style: HouseStyle):
    made = report(whole_exercise(), Tier.FULL)
    first, again = (FORMATS["docx"].write(made, pages(), style.template) for _one in "12")

    assert house_style("again.docx", document()).template == style.template
    assert first == again
    assert b"python-docx" not in everything(first)


def test_a_report_that_was_restyled_is_a_house_style_too():
    ours = FORMATS["docx"].write(report(whole_exercise(), Tier.FULL), pages())
    once = house_style("ours.docx", ours)

    assert "What" in docx_text(written(once))


@pytest.mark.parametrize(
    "content, why",
    [
        (lambda: b"", "nothing in it"),
        (lambda: b"x" * 2_000_001, "at most 2 MB"),
        (lambda: b"PK\x03\x04 no zip", "damaged, or no Word document"),
        (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 99, "old or a protected Word file"),
        (lambda: changed(document(), {"word/vbaProject.bin": lambda _: b"x"}), "holds macros"),
        (
            lambda: changed(document(), {"[Content_Types].xml": lambda was: was.replace(
                b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")}),
            "holds macros",
        ),
        (
            lambda: changed(document(), {"word/styles.xml": lambda was: was.replace(
                b"<w:styles", b'<!DOCTYPE x [<!ENTITY a "b">]><w:styles', 1)}),
            "declares what no Word document declares",
        ),
        (lambda: changed(document(), {"word/big.bin": lambda _: b"\0" * 50_000_000})[:], "at most 2 MB"),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused_with_a_sentence(content: Callable[[], bytes], why: str):
    with pytest.raises(NotAStyle, match=why):
        house_style("x.docx", content())


def test_a_bomb_is_refused_by_its_size():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * 60_000_000)

    with pytest.raises(NotAStyle, match="holds more than a template needs"):
        house_style("x.docx", file.getvalue())
