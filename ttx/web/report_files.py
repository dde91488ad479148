"""Every file a report can be had as. Here and not in `output`, since the network's picture is drawn by `pages`."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from ttx.exercise.state import Status
from ttx.output.docx import as_docx
from ttx.output.files import as_csv, as_json, as_xlsx
from ttx.output.hot_wash import hot_wash
from ttx.output.paper import MARKING, Block, Figure, Paper, Run, Runs, english, turned
from ttx.output.pdf import as_pdf
from ttx.output.record import record
from ttx.pages import bars
from ttx.pages.environment import Pages
from ttx.pages.ring import ring_svg
from ttx.review.report import Report
from ttx.web.papers import EXCEL, WORD


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its media type, and how a report is written in it, with the template of a house style if any."""

    media_type: str
    written: Callable[[Report, Pages, bytes | None], bytes]

    def write(self, report: Report, pages: Pages, template: bytes | None = None) -> bytes:
        """The report as a file."""
        return self.written(report, pages, template)


def _paper(report: Report, pages: Pages) -> Paper:
    pictures = bars.drawn(report, pages)
    if report.network is not None:
        pictures["network"] = ring_svg(pages, report.network).encode()
    return record(report, pictures, zone=pages.zone)


def as_html(paper: Paper, pages: Pages) -> bytes:
    """The paper as one HTML file that fetches nothing; its own headings begin at level 2."""
    text = pages.render("paper.html", paper.spoken, **around(paper))
    return str(text).lstrip().encode()


class Around(TypedDict):
    """What a template draws a paper with."""

    paper: Paper
    mark: str
    foreign: bool
    english: Callable[[Run], bool]
    kind: Callable[[Block], str]
    way: Callable[[Runs], str]
    anchor: Callable[[str], str]
    inside: Callable[[Figure], str]


def around(paper: Paper) -> Around:
    """What a template draws a paper with."""
    return {
        "paper": paper,
        "mark": MARKING,
        "foreign": paper.language != paper.spoken,
        "english": lambda run: english(run, paper.spoken),
        "kind": lambda block: type(block).__name__,
        "way": _way,
        "anchor": lambda heading: "-".join(heading.lower().split()),
        "inside": _inside,
    }


def _way(runs: Runs) -> str:
    return "rtl" if turned(runs) else "ltr"


def _inside(figure: Figure) -> str:
    """A picture as an address that holds it."""
    kind = {"svg": "svg+xml", "jpg": "jpeg"}.get(figure.kind, figure.kind)
    return f"data:image/{kind};base64,{base64.b64encode(figure.content).decode()}"


FORMATS: Mapping[str, Format] = {
    "docx": Format(WORD, lambda report, pages, template: as_docx(_paper(report, pages), template)),
    "pdf": Format("application/pdf", lambda report, pages, _: as_pdf(_paper(report, pages))),
    "html": Format("text/html; charset=utf-8", lambda report, pages, _: as_html(_paper(report, pages), pages)),
    "xlsx": Format(EXCEL, lambda report, *_: as_xlsx(report)),
    "csv": Format("text/csv; charset=utf-8", lambda report, *_: as_csv(report)),
    "json": Format("application/json", lambda report, *_: as_json(report)),
}
"""The formats by the ending of a file's name."""


def hot_wash_of(report: Report, day: int, form: str, pages: Pages, template: bytes | None = None) -> bytes:
    """The hot wash of a day as `docx` (with the template of a house style, if any) or `pdf`. Raises LookupError, a
    sentence, for another form or a day that was not opened."""
    if form not in HOT_WASH:
        raise LookupError(f"A hot wash cannot be had as {form}; it can as {' or '.join(HOT_WASH)}.")
    return HOT_WASH[form](hot_wash(report, day, zone=pages.zone), template)


HOT_WASH: Mapping[str, Callable[[Paper, bytes | None], bytes]] = {
    "pdf": lambda paper, _: as_pdf(paper),
    "docx": as_docx,
}
"""The formats of a day's hot wash by the ending of a file's name."""


def file_name(report: Report, ending: str) -> str:
    """What a downloaded report is called."""
    over = "" if report.status == Status.ENDED else "-provisional"
    return f"{report.scenario}-{report.tier}{over}.{ending}"
