"""A chapter of an after-action report: the coordination network, drawn, measured and listed."""

from collections.abc import Iterator

from ttx.output.labels import PHASES, Say
from ttx.output.paper import Block, Figure, Heading, NewPage, Run, Table, Text, said, told
from ttx.review.contacts import Measures, Network
from ttx.review.network import DEFINITIONS
from ttx.scenario.model import Phase


def network_chapter(network: Network, picture: bytes | None, _: Say) -> Iterator[Block]:
    """The network drawn, measured and listed; `picture` is the drawing as SVG."""
    yield NewPage()
    yield Heading(1, _("Coordination network"))
    yield Text(told(_("Who said it would contact whom, in answers of record. Each tie is in the table below.")), "soft")
    if picture is not None:
        alt = _("{n} ties between {m} delegations and organisations, each in the table below")
        yield Figure(picture, "svg", alt.format(n=len(network.ties), m=len(network.nodes)), own=False)
    names = network.names
    columns: list[tuple[str, Measures]] = [(_("All"), network.measures)]
    columns += [(_(PHASES[Phase(name)]), figures) for name, figures in network.phases.items()]
    if (left := network.without_hub) is not None:
        columns.append((_("Without {node}").format(node=names[left.node]), left.measures))
    shown = columns if len(columns) <= 5 else [columns[0], columns[-1]]
    yield Heading(2, _("Measures"))
    yield Table(
        (_("Measure"), *(name for name, _figures in shown)),
        tuple(
            (
                (Run(name.replace("_", " ") + "\n", bold=True), Run(_(sentence))),
                *(told(_figure(name, of[name])) for _n, of in shown),
            )
            for name, sentence in DEFINITIONS.items()
        ),
        (50, *(50 / len(shown) for _column in shown)),
        tuple(range(1, len(shown) + 1)),
        _("Measures of the network"),
    )
    yield Heading(2, _("Ties"))
    yield Table(
        (_("Who"), _("would contact"), _("Hours"), _("Times"), _("Returned"), _("Said in")),
        tuple(
            (
                said(names[tie.source]),
                said(names[tie.target]),
                told(f"{tie.hours:g}"),
                told(str(tie.times)),
                told({True: _("yes"), False: _("no"), None: ""}[tie.returned]),
                told(", ".join(tie.said_in)),
            )
            for tie in network.ties
        ),
        (26, 26, 9, 9, 12, 24),
        (2, 3, 4),
        _("Ties of the network"),
    )


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return "\u2013"
    return f"{value:.0f}" if name in ("nodes", "ties") else f"{value:.2f}"
