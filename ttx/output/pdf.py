"""A paper as PDF, set by typst: tagged, with an outline, page numbers and its marking on every page.

Texts reach the typesetter as data beside a fixed template (`frontend/templates/paper.typ`) and are shown, never read as
markup.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ttx.output.paper import (
    BACKWARD,
    DRAFT,
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
    Run,
    Runs,
    Table,
    Text,
    leading,
    turned,
    within,
)
from ttx.output.typesetter import accessible, alone
from ttx.settings import carried

TEMPLATE = carried("frontend") / "templates" / "paper.typ"

Data = dict[str, Any]


def as_pdf(paper: Paper, instead: Callable[[], Paper] | None = None) -> bytes:
    """The paper as PDF, accessible by PDF/UA-1.

    Where a letter has no font on this machine, the paper that `instead` makes is set: the same with headings that
    have one. Without it a letter is a box, the cover says so, and the PDF is tagged and no more.
    """
    files: dict[str, bytes] = {}
    data = sheet(paper, files)
    other = (lambda: as_pdf(instead())) if instead is not None else None
    return accessible(TEMPLATE.read_bytes(), data, paper.words.boxes, files, other)


def sheet(paper: Paper, files: dict[str, bytes] | None = None) -> Data:
    """The paper as the template takes it; its pictures are put into `files`, by name."""
    files = {} if files is None else files
    cover = paper.cover
    art = None
    if cover.picture is not None:
        art = "cover.svg"
        files[art] = cover.picture
    return {
        "title": f"{cover.title}: {cover.name}",
        "short": cover.name,
        "about": f"{cover.audience} {MARKING}. {paper.tlp}",
        "keywords": [MARKING, paper.tlp],
        "tlp": paper.tlp,
        "marking": MARKING,
        "mark": DRAFT if paper.draft else "",
        "draft": [_sheet(one, paper.backward) for one in _blocks(paper.draft, files, False)],
        "language": alone(paper.language),
        "spoken": alone(paper.spoken),
        "lettered": alone(paper.spoken) in BACKWARD,
        "back": paper.backward,
        "brief": paper.brief,
        "words": {"contents": paper.words.contents, "page": paper.words.page, "of": paper.words.of},
        "cover": {
            "title": cover.title,
            "r": within(cover.title, paper.backward),
            "name": cover.name,
            "audience": cover.audience,
            "facts": {"rows": _facts(cover.facts, paper.backward)},
            "notice": cover.notice,
            "art": art,
        },
        "blocks": list(_blocks(paper.blocks, files, paper.backward)),
    }


def _sheet(block: Data, back: bool) -> Data:
    """A block of a draft's sheet: its sentences are English and run so, and its lists stand as the paper's do."""
    return {**block, "r": back} if block["is"] == "items" else block


def _blocks(blocks: Iterable[Block], files: dict[str, bytes], back: bool) -> Iterator[Data]:
    for block, leads in leading(blocks):
        yield {**_block(block, files, back), "leads": True} if leads else _block(block, files, back)


def _block(block: Block, files: dict[str, bytes], back: bool) -> Data:
    match block:
        case Heading(level, text, own, label, listed):
            return {"is": "heading", "level": level, "text": text, "own": own, "label": label, "listed": listed,
                    "r": within(text, back)}  # fmt: skip
        case Text(runs, tone):
            return {"is": "text", "tone": tone, **_text(runs, back)}
        case Items(items, start):
            tight = all(len(item) == 1 for item in items)
            points = [list(_blocks(item, files, back)) for item in items]
            backward = back or sum(bool(point and point[0].get("r")) for point in points) * 2 > len(points)
            return {"is": "items", "items": points, "start": start, "tight": tight, "r": backward}
        case Quoted(below):
            return {"is": "quoted", "blocks": list(_blocks(below, files, back))}
        case Table(head, rows, widths, centred):
            return {"is": "table", "head": head, "rows": [[_text(cell, back) for cell in row] for row in rows],
                    "widths": widths, "centred": centred, "backward": sorted(block.backward),
                    "keep": len(rows) <= TOGETHER}  # fmt: skip
        case Facts(rows, pairs):
            return {"is": "facts", "rows": _facts(rows, back), "pairs": pairs}
        case Box(tone, title, below):
            return {"is": "box", "tone": tone, "title": title, "blocks": list(_blocks(below, files, back)),
                    "r": within(title, back)}  # fmt: skip
        case Figure(content, kind, alt, caption, share):
            name = f"figure-{len(files)}.{kind}"
            files[name] = content
            return {
                "is": "figure",
                "file": name,
                "alt": alt,
                "caption": caption,
                "share": share,
                "r": within(caption, back),
            }
        case NewPage():
            return {"is": "page"}


def _facts(rows: Iterable[tuple[str, Runs]], back: bool) -> list[Data]:
    return [{"name": name, "value": _text(runs, back)} for name, runs in rows]


def _text(runs: Runs, back: bool) -> Data:
    if not turned(runs, back):
        return {"runs": [_run(run) for run in runs]}
    found = [_run(run) for run in runs]
    for before, run, data in zip(runs, runs[1:], found[1:], strict=False):
        if before.own != run.own:  # a date behind a foreign name would be taken for a part of it
            data["t"] = f"\u200f{data['t']}"
    return {"runs": found, "r": True}


def _run(run: Run) -> Data:
    found: Data = {"t": run.text}
    for key, true in (("b", run.bold), ("i", run.italic), ("c", run.code), ("o", run.own)):
        if true:
            found[key] = 1
    return found | {key: name for key, name in (("at", run.at), ("to", run.to)) if name}
