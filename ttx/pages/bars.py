"""Stacked bars as a picture: of each row how many are of which kind, side by side, each with its number in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ttx.pages.environment import Pages
from ttx.review.alignment import Verdict
from ttx.review.report import Report
from ttx.review.voices import Accord, Topic

LABEL, LENGTH, HIGH, STEP = 80, 560, 22, 30
"""Room for a row's label, the longest bar, its height, and from one bar to the next, in units of the picture."""
LOOKS: Mapping[str, str] = {
    **{one.value: one.value for one in Verdict},
    Accord.ALIKE.value: "agree",
    Accord.APART.value: "scattered",
    Accord.UNHEARD.value: "silent",
    Accord.READ.value: "open",
}
"""How a piece of each kind looks: the same for what is the same to a reader."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: of which kind, how many, and where."""

    kind: str
    look: str
    many: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its label, what it is about, and its pieces."""

    label: str
    about: str
    y: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """The whole picture; `kinds` are those that stand in it, in their order."""

    bars: tuple[Bar, ...]
    kinds: tuple[str, ...]
    width: int = LABEL + LENGTH

    @property
    def height(self) -> int:
        """How high the bars are together."""
        return STEP * len(self.bars)


def bars(rows: Iterable[tuple[str, str, Mapping[str, int]]]) -> Bars | None:
    """The picture of rows: label, what it is about, and how many of each kind; None where there is nothing to count.

    All have one measure, so that a row of fewer is a shorter bar.
    """
    held = [(label, about, {kind: many for kind, many in counts.items() if many}) for label, about, counts in rows]
    most = max((sum(counts.values()) for _label, _about, counts in held), default=0)
    if not most:
        return None
    made = []
    for number, (label, about, counts) in enumerate(held):
        pieces, x = [], float(LABEL)
        for kind, many in counts.items():
            width = LENGTH * many / most
            pieces.append(Piece(kind, LOOKS[kind], many, x, width))
            x += width
        made.append(Bar(label, about, number * STEP, tuple(pieces)))
    every = {kind for _label, _about, counts in held for kind in counts}
    return Bars(tuple(made), tuple(kind for kind in LOOKS if kind in every))


def of_voices(topics: Iterable[Topic]) -> Bars | None:
    """How each development's answers for policy, law and operations lie to each other, by delegations."""
    return bars((one.inject, one.title, one.counts) for one in topics)


def of_agreement(days: Iterable[tuple[int, Mapping[str, int]]]) -> Bars | None:
    """How far delegations agree, by questions of each day."""
    return bars((str(day), "", counts) for day, counts in days)


def drawn(report: Report, pages: Pages) -> dict[str, bytes]:
    """Both pictures of a report as SVG files that stand alone, by their chapter; an empty one is left out."""
    made = {"agreement": of_agreement(report.agreement), "voices": of_voices(report.voices)}
    return {
        name: str(pages.render("pictures/bars-file.svg", "en", bars=one, looks=LOOKS)).encode()
        for name, one in made.items()
        if one is not None
    }
