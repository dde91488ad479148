"""A scenario's graph as SVG: a band of the authors' page, or the whole as a file that stands alone."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ttx.pages.environment import Pages
from ttx.scenario import lettering
from ttx.scenario.graph import Graph
from ttx.scenario.layout import laid_out
from ttx.scenario.shapes import Layout, Point

MARKING = "EXERCISE EXERCISE EXERCISE"
COLOURS = 8
"""Groups' colours there are; a scenario with more groups begins again, and every stripe has its group's name beside."""

Found = Mapping[str, tuple[int, int]]
"""Errors and warnings by inject."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A day's band: its number, its `<svg>`, and a digest that is another when anything of it is drawn otherwise."""

    day: int
    svg: Markup
    digest: str


def graph_svg(pages: Pages, graph: Graph, *, language: str = "en") -> str:
    """The whole graph as one SVG document that needs no style sheet, font or script beside it, in light colours."""
    layout = laid_out(graph, say=pages.catalogues.tongue(language, True).word)
    return str(pages.render("pictures/graph-file.svg", language, **_words(graph, layout), marking=MARKING))


def bands(
    pages: Pages,
    graph: Graph,
    *,
    language: str = "en",
    found: Found | None = None,
    status: Mapping[int, str] | None = None,
) -> tuple[float, tuple[Drawn, ...]]:
    """The width of the picture, and every day's band as an `<svg>` of that width for a page with `graph.css`.

    `found` puts badges on injects, `status` (draft, in_review, approved, frozen by day) a mark on bands.
    """
    layout = laid_out(graph, say=pages.catalogues.tongue(language, True).word)
    words = _words(graph, layout)
    made = []
    for band in layout.bands:
        svg = pages.render(
            "pictures/graph-band.svg",
            language,
            **words,
            band=band,
            found=found or {},
            status=(status or {}).get(band.day.day),
        )
        made.append(Drawn(band.day.day, svg, hashlib.sha256(svg.encode()).hexdigest()[:12]))
    return layout.width, tuple(made)


def _words(graph: Graph, layout: Layout) -> dict[str, object]:
    """What the templates draw with."""
    scenario = graph.scenario
    colours = {name: number % COLOURS for number, name in enumerate(scenario.groups)}
    return {
        "graph": graph,
        "scenario": scenario,
        "layout": layout,
        "colour": lambda group: colours.get(group, COLOURS - 1),
        "fit": lettering.line,
        "wide": lettering.width,
        "rounded": rounded,
        "until": until,
        "leads": {day.day: day.lead for day in scenario.days},
    }


def rounded(points: Sequence[Point], radius: float = 7, short: float = 0) -> str:
    """An SVG path through corners, each rounded; the last piece is `short` units shorter, for an arrowhead."""
    made = [f"M{points[0][0]:g} {points[0][1]:g}"]
    for before, here, behind in zip(points, points[1:], points[2:], strict=False):
        r = min(radius, _far(before, here) / 2, _far(here, behind) / 2)
        start, end = _toward(here, before, r), _toward(here, behind, r)
        made.append(f"L{start[0]:g} {start[1]:g}Q{here[0]:g} {here[1]:g} {end[0]:g} {end[1]:g}")
    last = _toward(points[-1], points[-2], short)
    return "".join([*made, f"L{last[0]:g} {last[1]:g}"])


def until(start: str, minutes: int) -> str:
    """The clock time so many minutes later."""
    end = int(start[:2]) * 60 + int(start[3:]) + minutes
    return f"{end // 60 % 24:02}:{end % 60:02}"


def _far(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _toward(here: Point, there: Point, far: float) -> Point:
    """The point so far from here, on the level or upright line to there."""
    length = _far(here, there) or 1
    x, y = (here[i] + (there[i] - here[i]) * far / length for i in (0, 1))
    return round(x, 1), round(y, 1)
