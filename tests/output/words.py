"""The words of the tests of papers: what a reader of a PDF or a Word document sees, letter by letter."""

import io
import re
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import docx
from docx.oxml.ns import qn

from ttx.output.docx import as_docx
from ttx.output.front import Beforehand, beforehand
from ttx.output.handbook import handbook
from ttx.output.manual import situation_manual
from ttx.output.paper import Paper
from ttx.pages.chart import chart_svg
from ttx.pages.environment import Pages, pages_of
from ttx.scenario import files
from ttx.scenario.checks import checked
from ttx.scenario.graph import build
from ttx.scenario.model import Map, Scenario
from ttx.settings import Settings

SETTINGS = Settings()
LANTERN_TIDE = SETTINGS.scenarios / "lantern-tide"

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|\[((?:\((?:\\.|[^\\)])*\)|[^\]])*)\] ?TJ", re.DOTALL)
_PLACED = re.compile(rb"\n?q 1 0 0 -1 ([\d.]+) [\d.]+ cm([^\n]*\nBT .*?\nET)", re.DOTALL)
_STRING = re.compile(rb"\(((?:\\.|[^\\)])*)\)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_PLAIN = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@cache
def pages() -> Pages:
    return pages_of(SETTINGS.templates, SETTINGS.static)


@cache
def lantern_tide() -> Scenario:
    scenario, _ = checked(files.read(LANTERN_TIDE))
    assert scenario is not None
    return scenario


def draw(chart: Map) -> str:
    return chart_svg(pages(), chart)


def before(scenario: Scenario, dates: str = "", place: str = "") -> Beforehand:
    return beforehand(scenario, draw, dates, place)


def sitman(scenario: Scenario) -> Paper:
    return situation_manual(before(scenario))


def controllers(scenario: Scenario, pictures: dict[str, bytes] | None = None) -> Paper:
    return handbook(before(scenario), build(scenario), pictures or {})


def pdf_texts(content: bytes) -> list[str]:
    """What stands on each page of a PDF that typst made, in the order it is drawn, without what tells lines apart."""
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    return ["".join(_drawn(objects, body)) for body in objects.values() if b"/Type/Page/" in body]


def pdf_places(content: bytes) -> dict[str, float]:
    """Every stretch of a PDF's text, with how many points from the left edge it begins; the last one where it is there
    twice."""
    objects = {int(number): body for number, body in _OBJECT.findall(content)}
    places: dict[str, float] = {}
    for page in (body for body in objects.values() if b"/Type/Page/" in body):
        resources = objects[_reference(page, b"Resources")]
        letters = {name: _letters(objects, int(at)) for name, at in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
        for left, drawn in _PLACED.findall(_stream(objects[_reference(page, b"Contents")])):
            font: dict[bytes, str] = {}
            text = ""
            for chosen, shown in _SHOWN.findall(drawn):
                font = letters[chosen] if chosen else font
                for string in _STRING.findall(shown):
                    codes = _ESCAPE.sub(_unescaped, string)
                    text += "".join(font.get(codes[at : at + 2], "\ufffd") for at in range(0, len(codes), 2))
            places[text] = float(left)
    return places


def _drawn(objects: dict[int, bytes], page: bytes) -> Iterator[str]:
    resources = objects[_reference(page, b"Resources")]
    letters = {name: _letters(objects, int(at)) for name, at in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
    font: dict[bytes, str] = {}
    for chosen, shown in _SHOWN.findall(_stream(objects[_reference(page, b"Contents")])):
        if chosen:
            font = letters[chosen]
        for string in _STRING.findall(shown):
            codes = _ESCAPE.sub(_unescaped, string)
            yield from (font.get(codes[at : at + 2], "\ufffd") for at in range(0, len(codes), 2))


def _unescaped(match: re.Match[bytes]) -> bytes:
    one = match[1]
    return bytes([int(one, 8)]) if len(one) == 3 else _PLAIN.get(one, one)


def _letters(objects: dict[int, bytes], font: int) -> dict[bytes, str]:
    table = _stream(objects[_reference(objects[font], b"ToUnicode")])
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", table)
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/%s (\d+) 0 R" % name, body)
    assert found is not None, name
    return int(found[1])


def _stream(body: bytes) -> bytes:
    return zlib.decompressobj().decompress(body[body.index(b"stream\n") + 7 :])


def word(paper: Paper) -> Any:
    """The paper as python-docx reads it."""
    return docx.Document(io.BytesIO(as_docx(paper)))


@cache
def lantern_tide_in_word(make: Callable[[Scenario], Paper]) -> Any:
    """A paper of Lantern Tide, which takes a second or more to write, for tests that only look at it."""
    return word(make(lantern_tide()))


def docx_text(document: Any) -> str:
    """Every letter of a Word document, its header and footer too; a paragraph a line."""
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element, section.first_page_footer._element]
    lines = (paragraph for part in parts for paragraph in part.iter(qn("w:p")))
    return "\n".join("".join(text.text or "" for text in line.iter(qn("w:t"))) for line in lines)


def squeezed(text: str) -> str:
    """The letters alone, since a PDF has no spaces where a line ends."""
    return re.sub(r"\s+", "", text)
