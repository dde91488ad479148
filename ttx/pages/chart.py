"""The map as an SVG file that stands alone: the same chart as on the screens, in light colours for paper."""

from dataclasses import replace

from ttx.exercise.atlas import draw
from ttx.pages.environment import Pages
from ttx.scenario.model import Map


def chart_svg(pages: Pages, chart: Map, *, language: str = "en") -> str:
    """A map with its land, places and borders. Ways, tokens and alerts are the story's, and not drawn here."""
    atlas = replace(draw(chart, ()), borders=chart.borders)
    return str(pages.render("pictures/chart-file.svg", language, atlas=atlas))
