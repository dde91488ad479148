"""The coordination network as a picture: who is in it on a ring, names outside, ties as curves through the middle."""

from collections.abc import Collection
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from ttx.pages.environment import Pages
from ttx.review.contacts import Kind, Network

RADIUS = 240.0
NAMES = 225.0
"""Room for the names outside the ring, in units of the picture."""
DOTS = (6.0, 14.0)
"""The radius of the dot of whom nobody would contact, and the largest."""
LINES = (1.4, 5.0)
"""The width of a tie that was said once, and the widest."""
LONGEST = 26
"""Letters of a name; longer ones are cut, the table has them whole."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A node: its dot, and its name turned to run along the ray, read from the left on either side."""

    id: str
    name: str
    kind: Kind
    x: float
    y: float
    dot: float
    angle: float
    left: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """A tie, or two that answer each other, as an SVG path between the dots' edges; `missing` was only expected."""

    source: str
    target: str
    path: str
    width: float
    mutual: bool
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Ring:
    """The whole picture; its middle is the origin, `reach` half its width and height."""

    reach: float
    spots: tuple[Spot, ...]
    curves: tuple[Curve, ...]


def ring(network: Network, missing: Collection[tuple[str, str]] = ()) -> Ring:
    """The picture of a network: delegations side by side, then the organisations, in the order of the report.

    `missing` are ties drawn besides, each with its ends in the network or among those nobody named.
    """
    ends = {name for tie in missing for name in tie}
    nodes = (*network.nodes, *(node for node in network.unnamed if node.id in ends))
    count, most = len(nodes), max((node.indegree for node in nodes), default=0)
    spots = {}
    for place, node in enumerate(nodes):
        turn = 2 * pi * place / count - pi / 2
        x, y, left = RADIUS * cos(turn), RADIUS * sin(turn), cos(turn) < -1e-9
        name = node.name if len(node.name) <= LONGEST else node.name[: LONGEST - 1].rstrip() + "…"
        dot = DOTS[0] + (DOTS[1] - DOTS[0]) * node.indegree / max(most, 1)
        spots[node.id] = Spot(node.id, name, node.kind, x, y, dot, turn * 180 / pi + (180 if left else 0), left)
    said = {(tie.source, tie.target): tie.times for tie in network.ties}
    often = max(said.values(), default=1)
    curves = tuple(
        Curve(
            source,
            target,
            _path(spots[source], spots[target]),
            LINES[0] + (LINES[1] - LINES[0]) * (max(times, said.get((target, source), 0)) - 1) / max(often - 1, 1),
            (target, source) in said,
        )
        for (source, target), times in said.items()
        if source < target or (target, source) not in said
    )
    curves += tuple(
        Curve(source, target, _path(spots[source], spots[target]), LINES[0], False, True)
        for source, target in sorted(missing)
        if source in spots and target in spots
    )
    return Ring(RADIUS + NAMES, tuple(spots.values()), curves)


def ring_svg(pages: Pages, network: Network, *, language: str = "en") -> str:
    """The picture as an SVG file that stands alone, in light colours for paper."""
    return str(pages.render("pictures/ring-file.svg", language, ring=ring(network)))


def _path(start: Spot, end: Spot) -> str:
    """A curve that bends to the middle, the less the nearer its ends are; it leaves room for the arrow's head."""
    bend = 0.25 + 0.5 * (1 - hypot(end.x - start.x, end.y - start.y) / (2 * RADIUS))
    over_x, over_y = (start.x + end.x) / 2 * bend, (start.y + end.y) / 2 * bend
    from_x, from_y = _towards(start, over_x, over_y)
    to_x, to_y = _towards(end, over_x, over_y)
    return f"M{from_x:.1f} {from_y:.1f}Q{over_x:.1f} {over_y:.1f} {to_x:.1f} {to_y:.1f}"


def _towards(spot: Spot, x: float, y: float) -> tuple[float, float]:
    far = hypot(x - spot.x, y - spot.y) or 1.0
    edge = (spot.dot + 2) / far
    return spot.x + (x - spot.x) * edge, spot.y + (y - spot.y) * edge
