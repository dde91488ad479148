"""Goes through the XML of an organisation's Word document and leaves out whatever is not named here: what tells how the
file came to be, what leads out of it, what runs, and drawings that are no picture.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from docx.oxml.ns import nsmap, qn
from lxml import etree

TAKEN = frozenset(nsmap[prefix] for prefix in ("w", "wp", "a", "pic"))
"""The vocabularies of what is taken over: text and its layout, and pictures."""
FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF"})
"""The fields of headers and footers; others tell of the file, its author or another file."""
TELLING = "fields that tell of the file or its author"
DRAWN = "drawings that are no picture"


def _named(prefix: str, *names: str) -> frozenset[str]:
    return frozenset(qn(f"{prefix}:{name}") for name in names)


OPENED = _named("w", "hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent")
"""What is left out around its contents."""
SILENT = _named(
    "w", "del", "moveFrom", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "rsid", "sdtPr",
    "sdtEndPr", "lastRenderedPageBreak", "commentRangeStart", "commentRangeEnd", "commentReference", "lvlPicBulletId",
    "numPicBullet",
)  # fmt: skip
"""What goes without a word: marks of how the file came to be."""
TOLD: Mapping[str, str] = {
    **dict.fromkeys(_named("w", "object", "control", "altChunk", "subDoc"), "embedded objects and controls"),
    **dict.fromkeys(_named("w", "pict"), DRAWN),
    **dict.fromkeys(_named("a", "hlinkClick", "hlinkHover"), "links"),
}
"""What is left out and told of."""


class Sweep:
    """Leaves out what is not taken over; `left_out` says what, in words for whoever brought the document."""

    def __init__(self) -> None:
        self.left_out: dict[str, None] = {}

    def tell(self, what: str) -> None:
        """Note that this was left out."""
        self.left_out[what] = None

    def swept(self, root: Any) -> Any:
        """An element with what is taken over of it, and nothing else below."""
        for one in reversed(list(root.iter(*OPENED))):
            if one is not root:
                for below in list(one):
                    one.addprevious(below)
                one.getparent().remove(one)
        return self._below(root)

    def _below(self, parent: Any) -> Any:
        for name in list(parent.attrib):
            space = etree.QName(name).namespace
            taken = space is None or space in TAKEN or name in (qn("r:embed"), qn("r:id"), qn("xml:space"))
            if not taken or "rsid" in name:
                del parent.attrib[name]
        if parent.tag in (qn("wp:docPr"), qn("pic:cNvPr")):
            # Word calls a picture by its file's name, and describes it by the way to it.
            parent.set("name", "Picture")
            parent.attrib.pop("title", None)
            if any(mark in parent.get("descr", "") for mark in ("\\", "/", ".png", ".jp")):
                parent.set("descr", "")
        for one in list(parent):
            if self._goes(one):
                parent.remove(one)
            else:
                self._below(one)
        return parent

    def _goes(self, one: Any) -> bool:
        tag = one.tag if isinstance(one.tag, str) else ""
        if tag in TOLD:
            self.tell(TOLD[tag])
        elif tag.endswith("}AlternateContent"):
            self.tell(DRAWN)
        taken = bool(tag) and etree.QName(tag).namespace in TAKEN
        return not taken or tag in TOLD or tag in SILENT or tag.endswith(("Change", "}extLst"))

    def fields(self, paragraph: Any) -> None:
        """Take out the fields that tell of more than pages and headings, with what they showed last."""
        gone: list[Any] = [
            one for one in paragraph.iter(qn("w:fldSimple")) if not _harmless(one.get(qn("w:instr"), ""))
        ]
        begun: list[tuple[list[Any], list[str]]] = []
        for run in paragraph.iter(qn("w:r")):
            marks = [one.get(qn("w:fldCharType")) for one in run.iter(qn("w:fldChar"))]
            begun += [([], []) for mark in marks if mark == "begin"]
            for runs, words in begun:
                runs.append(run)
                words += [one.text or "" for one in run.iter(qn("w:instrText"))]
            for _end in [mark for mark in marks if mark == "end"][: len(begun)]:
                runs, words = begun.pop()
                gone += [] if _harmless("".join(words)) else runs
        self._remove((*gone, *(run for runs, _words in begun for run in runs)))

    def _remove(self, gone: Iterable[Any]) -> None:
        for one in dict.fromkeys(gone):
            if one.getparent() is not None:
                one.getparent().remove(one)
                self.tell(TELLING)


def _harmless(instruction: str) -> bool:
    return (instruction.split() or [""])[0].upper() in FIELDS
