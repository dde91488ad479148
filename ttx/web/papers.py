"""Every paper a scenario can be had as, by name: what it is, and how it is made of the floors below.

Here and not in `output`, since a manual's map is drawn by `pages` and neither knows the other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ttx.output import msel
from ttx.output.docx import as_docx
from ttx.output.drafted import InTheWay, drafted
from ttx.output.front import beforehand
from ttx.output.handbook import handbook
from ttx.output.manual import situation_manual
from ttx.output.paper import Paper
from ttx.output.pdf import as_pdf
from ttx.pages.catalogues import SOURCE
from ttx.pages.chart import chart_svg
from ttx.pages.environment import Pages
from ttx.pages.graph import graph_svg
from ttx.scenario.findings import listed
from ttx.scenario.graph import build
from ttx.scenario.model import Scenario
from ttx.scenario.roster import Roster
from ttx.scenario.translations import language_for, translated
from ttx.store import recoding


class NotPrinted(ValueError):
    """A paper that cannot be had; `str` of it is a sentence."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a paper is made of. `pictures` are the folder's by name; `dates` and `place` stand on a manual's cover; with
    something `in_the_way` a manual or handbook is a draft."""

    pages: Pages
    scenario: Scenario
    pictures: Mapping[str, bytes]
    dates: str = ""
    place: str = ""
    roster: Roster | None = None
    in_the_way: InTheWay = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A paper: its media type, how it is made, whether its words may be in another language, whether it shows the
    folder's pictures and tells who takes part, and whether it can be had as a draft."""

    media_type: str
    make: Callable[[Order], bytes]
    translates: bool = True
    pictured: bool = False
    seated: bool = False
    drafts: bool = False


def manual(of: Order, language: str) -> Paper:
    """The situation manual, its headings in this language where there is a catalogue of it."""
    spoken = of.pages.catalogues.tongue(language)
    front = beforehand(of.scenario, lambda chart: chart_svg(of.pages, chart), of.dates, of.place)
    return drafted(situation_manual(front, spoken.word, spoken=spoken.language), of.in_the_way)


def manual_set(of: Order, language: str) -> bytes:
    """The same as PDF; in English around the scenario's words where this machine has no font for the language."""
    return as_pdf(manual(of, language), None if language == SOURCE else lambda: manual(of, SOURCE))


def _sitman(of: Order) -> Paper:
    return manual(of, of.scenario.language)


def controllers(of: Order, language: str) -> Paper:
    """The controller's handbook, each of its headings in this language where the catalogue has it, else in English."""
    spoken = of.pages.catalogues.tongue(language)
    front = beforehand(of.scenario, lambda chart: chart_svg(of.pages, chart), of.dates, of.place)
    pictures = recoding.all_recoded(of.pictures)
    return drafted(handbook(front, build(of.scenario), pictures, spoken.word, spoken=spoken.language), of.in_the_way)


def controllers_set(of: Order, language: str) -> bytes:
    """The same as PDF; in English around the scenario's words where this machine has no font for the language."""
    return as_pdf(controllers(of, language), None if language == SOURCE else lambda: controllers(of, SOURCE))


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

FORMATS: Mapping[str, Format] = {
    "msel.xlsx": Format(
        EXCEL,
        lambda of: msel.workbook(of.scenario, of.pictures, of.roster),
        translates=False,
        pictured=True,
        seated=True,
    ),
    "msel.csv": Format(
        "text/csv; charset=utf-8", lambda of: msel.table(of.scenario, of.pictures), translates=False, pictured=True
    ),
    "sitman.docx": Format(WORD, lambda of: as_docx(_sitman(of)), drafts=True),
    "sitman.pdf": Format("application/pdf", lambda of: manual_set(of, of.scenario.language), drafts=True),
    "handbook.docx": Format(
        WORD, lambda of: as_docx(controllers(of, of.scenario.language)), pictured=True, drafts=True
    ),
    "handbook.pdf": Format(
        "application/pdf", lambda of: controllers_set(of, of.scenario.language), pictured=True, drafts=True
    ),
    "graph.svg": Format("image/svg+xml", lambda of: graph_svg(of.pages, build(of.scenario)).encode()),
    "json": Format("application/json", lambda of: of.scenario.model_dump_json(indent=2).encode(), translates=False),
}
"""The papers by name. The MSEL and the JSON hold every language at once, so that they can be read back whole."""


def known(name: str) -> Format:
    """The paper of this name. Raises NotPrinted."""
    if name not in FORMATS:
        raise NotPrinted(f"There is no paper '{name}'; there are {listed(FORMATS)}.")
    return FORMATS[name]


def printed(name: str, of: Order, language: str | None = None) -> bytes:
    """A paper as a file; in `language`, as far as the scenario is translated into it. Raises NotPrinted."""
    paper = known(name)
    scenario = of.scenario
    if language is None or language_for(scenario, language) == scenario.language:
        return paper.make(of)
    if not paper.translates:
        raise NotPrinted(f"{name} holds every language at once; leave the language out.")
    there = language_for(scenario, language)
    if there not in scenario.translations:
        spoken = listed([scenario.language, *scenario.translations])
        raise NotPrinted(f"{scenario.title} is not translated into '{language}'; it is there in {spoken}.")
    edition = translated(scenario, there).model_copy(update={"language": there})
    return paper.make(replace(of, scenario=edition))
