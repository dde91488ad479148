"""Makes a template of an organisation's Word document: its sheet, styles, headers and footers with their pictures, and
nothing else that stood in the file. Run as a program by `house_style`.

The document comes on standard input. What it became leaves on standard output, after a line of JSON that tells what was
left out; exit code 2 with a sentence on standard error where it is refused. Only what is named here is taken over, so
that what nobody thought of is left out too.
"""

import io
import json
import posixpath
import sys
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from lxml import etree

from ttx.confining import confine
from ttx.output.bare import EPOCH
from ttx.output.docx_sweeping import Sweep
from ttx.store.pixels import anew

MEMORY = 1_000_000_000
"""Bytes of address space."""
SECONDS = 20
"""Of processor time."""
UNPACKED, MEMBERS = 40_000_000, 400
"""Bytes that all members have unpacked, and how many there may be."""

OPC = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN = (f"{WORDS}document.main+xml", f"{WORDS}template.main+xml")
SHEET = ("type", "pgSz", "pgMar", "pgBorders", "cols", "titlePg", "docGrid", "vAlign")


class Unusable(ValueError):
    """A document that is no template; `str` of it is a sentence's end."""


class Package:
    """The parts of the document, read under limits."""

    def __init__(self, content: bytes) -> None:
        if content[:8] == bytes.fromhex("d0cf11e0a1b11ae1"):
            raise Unusable("it is an old or a protected Word file; save it as .docx without a password")
        self.packed = zipfile.ZipFile(io.BytesIO(content))
        listed = self.packed.infolist()
        names = [one.filename for one in listed]
        if len(listed) > MEMBERS or sum(one.file_size for one in listed) > UNPACKED or len(set(names)) != len(names):
            raise Unusable("it holds more than a template needs; take away its text and large pictures")
        self.names = frozenset(names)
        types = self.parsed("[Content_Types].xml")
        kinds = {one.get("PartName", "").lstrip("/"): one.get("ContentType", "") for one in types}
        if any("macro" in kind.lower() for kind in kinds.values()) or any("vbaproject" in one.lower() for one in names):
            raise Unusable("it holds macros; save it as .docx, which holds none")
        self.main = next((name for name, kind in kinds.items() if kind in MAIN), "")
        if self.main not in self.names:
            raise Unusable("it is no Word document (.docx or .dotx)")

    def parsed(self, name: str) -> Any:
        """A part as XML; one that declares entities is none of Word's."""
        root: Any = parse_xml(self.packed.read(name))
        if root.getroottree().docinfo.doctype:
            raise Unusable("it declares what no Word document declares")
        return root

    def related(self, name: str) -> dict[str, tuple[str, str | None]]:
        """What a part refers to: kind and part by id; no part where it lies outside the file."""
        folder, base = posixpath.split(name)
        relations = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        found: dict[str, tuple[str, str | None]] = {}
        for one in self.parsed(relations) if relations in self.names else ():
            target = posixpath.normpath(posixpath.join(f"/{folder}", one.get("Target", ""))).lstrip("/")
            outside = one.get("TargetMode") == "External" or target not in self.names
            found[one.get("Id", "")] = one.get("Type", "").rpartition("/")[2], None if outside else target
        return found


class Template:
    """What is taken over, part by part: `parts` with their kinds; what is not is in `sweep`."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.parts: dict[str, tuple[bytes, str]] = {}
        self.sweep = Sweep()
        self.related: list[tuple[str, str, str]] = []
        body = package.parsed(package.main)
        related = package.related(package.main)
        self._note(body, related)
        sheet = self._sheet(body, related)
        document = _made("w:document", _made("w:body", sheet))
        for kind, become in (("styles", self._styles), ("numbering", self._numbering), ("theme", self._theme)):
            name = next((target for found, target in related.values() if found == kind and target), None)
            made = become(package.parsed(name) if name else None)
            if made is not None:
                path = "theme/theme1.xml" if kind == "theme" else f"{kind}.xml"
                self._put(path, made, kind)
        settings = next((target for kind, target in related.values() if kind == "settings" and target), None)
        self._put("settings.xml", self._settings(settings), "settings")
        self.parts["word/document.xml"] = _written(document), f"{WORDS}document.main+xml"
        self.parts["word/_rels/document.xml.rels"] = _relations(self.related), ""

    def _put(self, path: str, root: Any, kind: str) -> str:
        office = "application/vnd.openxmlformats-officedocument.theme+xml"
        self.parts[f"word/{path}"] = _written(root), office if kind == "theme" else f"{WORDS}{kind}+xml"
        ident = f"rId{len(self.related) + 1}"
        self.related.append((ident, kind, path))
        return ident

    def _note(self, body: Any, related: Mapping[str, tuple[str, str | None]]) -> None:
        """Tell of what else the file holds."""
        names = self.package.names
        if any(text.text for text in body.iter(qn("w:t"))):
            self.sweep.tell("its text; the report takes its place")
        if any(target is None for _kind, target in related.values()):
            self.sweep.tell("links")
        kinds = {kind for kind, _target in related.values()}
        for found, what in (
            (any("/embeddings/" in one or "/activeX/" in one for one in names), "embedded objects and controls"),
            (any(kind.startswith("comments") for kind in kinds), "comments"),
            (any("/fonts/" in one for one in names), "embedded fonts"),
            (any(one.startswith(("docProps/", "customXml/")) for one in names), "who made it, when and with what"),
        ):
            if found:
                self.sweep.tell(what)

    def _sheet(self, body: Any, related: Mapping[str, tuple[str, str | None]]) -> Any:
        """The last section's page, with the headers and footers it has or goes on with."""
        sections = list(body.iter(qn("w:sectPr")))
        if not sections:
            raise Unusable("it has no page; save it anew with Word")
        used: dict[tuple[str, str], str] = {}
        for section in sections:
            for one in section:
                kind = {qn("w:headerReference"): "header", qn("w:footerReference"): "footer"}.get(one.tag)
                part = related.get(one.get(qn("r:id"), ""), ("", None))[1]
                if kind and part:
                    used[kind, one.get(qn("w:type"), "default")] = part
        sheet = _made("w:sectPr")
        for (kind, which), part in used.items():
            ident = self._put(f"{kind}{len(self.related) + 1}.xml", self._margin(part), kind)
            self._pictures(self.related[-1][2])
            sheet.append(_made(f"w:{kind}Reference", attributes={"w:type": which, "r:id": ident}))
        for name in SHEET:
            for one in sections[-1].findall(qn(f"w:{name}")):
                sheet.append(self.sweep.swept(one))
        for size in sheet.findall(qn("w:pgSz")):
            size.attrib.pop(qn("w:code"), None)  # a printer's own number of the paper
        return sheet

    def _margin(self, part: str) -> Any:
        """A header or footer; its pictures are made anew and wait in `self.found`."""
        root = self.package.parsed(part)
        related = self.package.related(part)
        if any(kind == "attachedTemplate" or target is None for kind, target in related.values()):
            self.sweep.tell("links")
        for paragraph in list(root.iter(qn("w:p"))):
            self.sweep.fields(paragraph)
        self.found: dict[str, bytes] = {}
        for blip in list(root.iter(qn("a:blip"))):
            picture = self._picture(related.get(blip.get(qn("r:embed"), ""), ("", None))[1])
            drawing = next((one for one in blip.iterancestors(qn("w:drawing"))), None)
            if picture is None and drawing is not None:
                drawing.getparent().remove(drawing)
                continue
            for name in list(blip.attrib):
                del blip.attrib[name]
            ident = f"rId{len(self.found) + 1}"
            if picture is not None:
                self.found[f"{ident}.{picture[0]}"] = picture[1]
            blip.set(qn("r:embed"), ident)
        return self.sweep.swept(root)

    def _picture(self, part: str | None) -> tuple[str, bytes] | None:
        """A picture made anew from its pixels; None where it is of a kind that is not taken."""
        kind = (part or "").rpartition(".")[2].lower().replace("jpeg", "jpg")
        if part is not None and kind in ("png", "jpg"):
            try:
                return kind, anew(self.package.packed.read(part), kind)
            except Exception as broken:  # whatever a decoder makes of a crafted file, it is no picture
                del broken
        self.sweep.tell("pictures other than PNG and JPEG")
        return None

    def _pictures(self, path: str) -> None:
        """Keep the pictures of the header or footer that was put last."""
        if not self.found:
            return
        stem = path.removesuffix(".xml")
        related = []
        for name, content in self.found.items():
            self.parts[f"word/media/{stem}-{name}"] = content, ""
            related.append((name.rpartition(".")[0], "image", f"media/{stem}-{name}"))
        self.parts[f"word/_rels/{path}.rels"] = _relations(related), ""

    def _styles(self, root: Any) -> Any:
        if root is None or not any(one.get(qn("w:val")) == "Normal" for one in root.iter(qn("w:name"))):
            raise Unusable("it has no styles; save it anew with Word")
        for name in root.iter(qn("w:name")):
            if name.get(qn("w:val"), "").startswith("toc "):  # as we spell them
                name.set(qn("w:val"), name.get(qn("w:val")).upper())
        return self.sweep.swept(root)

    def _numbering(self, root: Any) -> Any:
        """The lists; those of a report have the numbers up to 99 for themselves."""
        if root is None:
            return _made("w:numbering")
        self.sweep.swept(root)
        for one in root.iter(qn("w:abstractNum")):
            one.set(qn("w:abstractNumId"), f"{one.get(qn('w:abstractNumId'), '')}00")
        for one in root.iter(qn("w:num")):
            for named in one.findall(qn("w:abstractNumId")):
                named.set(qn("w:val"), f"{named.get(qn('w:val'), '')}00")
        return root

    def _theme(self, root: Any) -> Any:
        """The theme's colours and fonts; its fills may be pictures, so that plain ones take their place."""
        colours = root.find(f".//{qn('a:clrScheme')}") if root is not None else None
        fonts = root.find(f".//{qn('a:fontScheme')}") if root is not None else None
        if colours is None or fonts is None:
            return None
        fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
        plain: Any = parse_xml(
            f'<a:fmtScheme xmlns:a="{nsmap["a"]}" name="Plain">'
            f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>"
            + f'<a:ln w="9525">{fill}</a:ln>' * 3
            + "</a:lnStyleLst><a:effectStyleLst>"
            + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
            + f"</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        )
        elements = _made("a:themeElements", self.sweep.swept(colours), self.sweep.swept(fonts), plain)
        return _made("a:theme", elements, attributes={"name": "House"})

    def _settings(self, name: str | None) -> Any:
        """Settings of our own, but for whether even pages have headers of theirs."""
        root = self.package.parsed(name) if name else None
        if name and any(kind == "attachedTemplate" for kind, _target in self.package.related(name).values()):
            self.sweep.tell("the template it was attached to")
        even = root is not None and root.find(qn("w:evenAndOddHeaders")) is not None
        uri = "http://schemas.microsoft.com/office/word"
        mode = _made("w:compatSetting", attributes={"w:name": "compatibilityMode", "w:uri": uri, "w:val": "15"})
        parts = [_made("w:evenAndOddHeaders")] if even else []
        return _made("w:settings", *parts, _made("w:compat", mode))


def _made(name: str, *below: Any, attributes: Mapping[str, str] | None = None) -> Any:
    made: Any = etree.Element(qn(name), nsmap={key: nsmap[key] for key in ("w", "r", "a")})
    for key, value in (attributes or {}).items():
        made.set(qn(key) if ":" in key else key, value)
    made.extend(below)
    return made


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _relations(related: list[tuple[str, str, str]]) -> bytes:
    root: Any = etree.Element(f"{{{OPC}relationships}}Relationships", nsmap={None: f"{OPC}relationships"})
    for ident, kind, target in related:
        etree.SubElement(root, f"{{{OPC}relationships}}Relationship", Id=ident, Type=OFFICE + kind, Target=target)
    return _written(root)


def _types(parts: Mapping[str, tuple[bytes, str]]) -> bytes:
    space = f"{OPC}content-types"
    root: Any = etree.Element(f"{{{space}}}Types", nsmap={None: space})
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    for ending, kind in (("rels", relations), ("xml", "application/xml"), ("png", "image/png"), ("jpg", "image/jpeg")):
        etree.SubElement(root, f"{{{space}}}Default", Extension=ending, ContentType=kind)
    for name, (_content, kind) in parts.items():
        if kind:
            etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{name}", ContentType=kind)
    return _written(root)


def _members(made: Template) -> Iterator[tuple[str, bytes]]:
    yield "[Content_Types].xml", _types(made.parts)
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "word/document.xml")])
    for name, (content, _kind) in sorted(made.parts.items()):
        yield name, content


def template(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The template that a document is, as .docx, and what was left out of it. The same document is the same bytes.

    Raises Unusable, and what reading a file that is none raises.
    """
    made = Template(Package(content))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in _members(made):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(member, part)
    return file.getvalue(), tuple(made.sweep.left_out)


def _main() -> int:
    confine(MEMORY, SECONDS)
    try:
        made, left_out = template(sys.stdin.buffer.read())
    except Unusable as error:
        sys.stderr.write(str(error))
        return 2
    except Exception:
        sys.stderr.write("it is damaged, or no Word document (.docx or .dotx)")
        return 2
    sys.stdout.buffer.write(json.dumps(left_out).encode() + b"\n" + made)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
