"""What a printed paper is made of: headings, texts, lists, tables, boxes and pictures, in their order.

Data only. What stands in which paper is `manual` and `handbook`; how it is set is `docx` and `pdf`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal, TypeAlias

from ttx.scenario.lettering import rightward as rightward

MARKING = "EXERCISE EXERCISE EXERCISE"
"""What stands on every page (HSEEP 2020)."""

DRAFT = "DRAFT"
"""What stands on every page besides while errors stand in a paper's way: one word everywhere, as the marking is."""

BACKWARD = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from right to left, as far as their script does not say otherwise (CLDR, character order)."""

TOGETHER = 11
"""Rows up to which a table stays on one page: an agenda, the options of a decision."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `own` marks the scenario's words, in whose language they are; a line feed in it
    is a line's end. `at` names a place in the paper, and `to` leads to one of that name, which must be there."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    own: bool = False
    at: str = ""
    to: str = ""


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4. `own` as in a run; `label` stands before it, such as an inject's id, unless it says
    the same."""

    level: int
    text: str
    own: bool = False
    label: str = ""
    listed: bool = True

    def __post_init__(self) -> None:
        if self.label.casefold() == self.text.casefold():
            object.__setattr__(self, "label", "")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `soft` is one that explains; `open` a line to write on."""

    runs: Runs
    tone: Literal["", "soft", "lead", "open"] = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; with `start` it is numbered from there. An item holds blocks."""

    items: tuple[tuple["Block", ...], ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of somebody else."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page. `widths` are shares; `centred` are columns of figures and boxes.

    A row of one cell goes over all columns. A page breaks no line in the `whole` columns.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Runs, ...], ...]
    widths: tuple[float, ...]
    centred: tuple[int, ...] = ()
    title: str = ""
    whole: tuple[int, ...] = ()

    @property
    def backward(self) -> frozenset[int]:
        """The columns most of whose texts run from right to left, as their heads do then."""
        rows = [row for row in self.rows if len(row) == len(self.widths)]
        columns = [[row[at] for row in rows if row[at]] for at in range(len(self.widths))]
        return frozenset(at for at, texts in enumerate(columns) if sum(map(turned, texts)) * 2 > len(texts))


@dataclass(frozen=True, slots=True)
class Facts:
    """Names with what stands beside them, without lines; with `pairs` two of them side by side."""

    rows: tuple[tuple[str, Runs], ...]
    pairs: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Blocks set apart: what a table reads (`message`), what only the team reads (`team`), what must be seen."""

    tone: Literal["message", "team", "notice"]
    title: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture. `kind` is svg, png, jpg or webp; `alt` says what it shows; `share` is its part of the width."""

    content: bytes
    kind: str
    alt: str
    caption: str = ""
    share: float = 1.0
    own: bool = True


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


Block: TypeAlias = Heading | Text | Items | Quoted | Table | Facts | Box | Figure | NewPage


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: what the paper is called, for whom it is, and what must be known before it is opened."""

    title: str
    name: str
    audience: str
    facts: tuple[tuple[str, Runs], ...]
    notice: str
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `language` is that of the scenario's words, `spoken` that of the headings around them. A `brief`
    one has neither a cover page nor contents. A draft bears `DRAFT` on every page, and `draft` is what stands on the
    sheet that lies on top of it; a finished one has none."""

    cover: Cover
    tlp: str
    language: str
    spoken: str
    words: "Words"
    blocks: tuple[Block, ...] = field(default=())
    brief: bool = False
    draft: tuple[Block, ...] = ()

    @property
    def backward(self) -> bool:
        """Whether the sheet runs from right to left: its tables, lists and margins too. It does where the scenario's
        words do, and where the paper's own do around a scenario that is not translated."""
        return any(one.partition("-")[0].lower() in BACKWARD for one in (self.language, self.spoken))


@dataclass(frozen=True, slots=True)
class Words:
    """What a paper says of itself around its blocks."""

    contents: str
    page: str
    of: str
    boxes: str


def said(text: str, *, bold: bool = False, italic: bool = False) -> Runs:
    """The scenario's own words."""
    return (Run(text, bold=bold, italic=italic, own=True),) if text else ()


def told(text: str, *, bold: bool = False) -> Runs:
    """Words of the paper."""
    return (Run(text, bold=bold),) if text else ()


def around(sentence: str, **names: str) -> Runs:
    """A sentence of the paper with the scenario's names in its {places}."""
    parts = re.split(r"\{(\w+)\}", sentence)
    return tuple(Run(names[part], own=True) if at % 2 else Run(part) for at, part in enumerate(parts) if part)


def joined(parts: Iterable[Runs], between: str = "\n") -> Runs:
    """These runs one after the other, with something between."""
    made: list[Run] = []
    for part in parts:
        if part:
            made += [Run(between), *part] if made else part
    return tuple(made)


def plain(runs: Runs) -> str:
    """The letters alone."""
    return "".join(run.text for run in runs)


_NO_LETTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """A text without what XML 1.0 has no place for (2.2, Char): a sheet that was pasted from may leave some in it."""
    return _NO_LETTERS.sub("", text)


def within(text: str, backward: bool) -> bool:
    """Whether a text on a sheet of this way runs from right to left. On one that does, so does a text with a single
    such letter, and one without any letter at all: it may begin with an id, a foreign name or a number."""
    if not backward:
        return rightward(text)
    ways = {unicodedata.bidirectional(letter) for letter in text}
    return not ways.isdisjoint({"R", "AL"}) or "L" not in ways


def english(run: Run, spoken: str) -> bool:
    """Whether these are words of the paper that stand there in English, since no catalogue has them: by their letters,
    where the paper speaks a language that has others."""
    ways = {unicodedata.bidirectional(letter) for letter in run.text}
    return not run.own and spoken.partition("-")[0].lower() in BACKWARD and "L" in ways and ways.isdisjoint({"R", "AL"})


def turned(runs: Runs, backward: bool = False) -> bool:
    """Whether runs on a sheet of this way are set from right to left.

    On one that runs from left to right they go as their first line does: where it holds words of the paper, these say
    so, since a sentence of the paper's is not turned by the name of a place in it.
    """
    if backward:
        return within(plain(runs), backward)
    line, _, _ = "\0".join(run.text if run.own else f"\1{run.text}" for run in runs).partition("\n")
    words = "".join(part[1:] for part in line.split("\0") if part.startswith("\1"))
    strong = any(unicodedata.bidirectional(letter) in ("L", "R", "AL") for letter in words)
    return rightward(words if strong else line)


def leading(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Blocks, each with whether it leads to the next one and stays on its page: a text before a table or facts, and one
    in bold before a list."""
    held = list(blocks)
    for block, after in zip_longest(held, held[1:]):
        text = isinstance(block, Text) and block.tone != "open"
        bold = isinstance(block, Text) and all(run.bold for run in block.runs)
        yield block, text and (isinstance(after, Table | Facts) or (bold and isinstance(after, Items)))
