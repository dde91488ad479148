"""A chapter of an after-action report: the coordination network, drawn, measured and listed."""

from collections.abc import Iterator

from ttx.output.labels import PHASES, Say
from ttx.output.paper import Block, Figure, Heading, NewPage, Run, Table, Text, said, told
from ttx.review.contacts import Measures, Network
from ttx.review.network import DEFINITIONS
from ttx.scenario.model import Phase

MANY = 80
"""Ties up to which each has a line; of more each delegation has one, and the workbook has them all."""


def network_chapter(network: Network, picture: bytes | None, _: Say) -> Iterator[Block]:
    """The network drawn, measured and listed; `picture` is the drawing as SVG."""
    yield NewPage()
    yield Heading(1, _("Coordination network"))
    yield Text(told(_("Who said it would contact whom, in answers of record. Each tie is in the table below.")), "soft")
    if picture is not None:
        yield network_drawn(network, picture, _)
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
    yield from _expected(network, _)
    yield Heading(2, _("Ties"))
    if len(network.ties) > MANY:
        yield _by_who(network, _)
        return
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


def network_drawn(network: Network, picture: bytes, _: Say) -> Figure:
    """The drawing alone."""
    alt = _("{n} ties between {m} delegations and organisations, each in the table of the coordination network")
    return Figure(picture, "svg", alt.format(n=len(network.ties), m=len(network.nodes)), own=False)


def _expected(network: Network, _: Say) -> Iterator[Block]:
    """Whom the scenario expects answers to involve, by phase, and whom of them nobody named."""
    if not network.expected:
        return
    names = network.names
    yield Heading(2, _("Expected ties"))
    yield Text(
        told(
            _(
                "A tie is expected of every delegation that had a question before it whose plan names somebody. "
                "Besides: stated, and not expected."
            )
        ),
        "soft",
    )
    yield Table(
        (_("Phase"), _("Expected"), _("Stated"), _("Missing"), _("Besides")),
        tuple(
            (
                told(_(PHASES[Phase(one.phase)]) if one.phase else _("No phase")),
                *(told(str(n)) for n in (one.expected, one.stated, one.missing, one.besides)),
            )
            for one in network.tallies
        ),
        (44, 14, 14, 14, 14),
        (1, 2, 3, 4),
        _("Expected ties by phase"),
    )
    whom: dict[str, list[str]] = {}
    for tie in network.expected:
        if not tie.stated:
            whom.setdefault(tie.target, []).append(names[tie.source])
    if whom:
        yield Heading(3, _("Expected, and stated in no phase"), listed=False)
        yield Table(
            (_("Whom"), _("Not named by")),
            tuple((said(names[target]), said(", ".join(who))) for target, who in whom.items()),
            (34, 66),
            (),
            _("Expected ties that nobody stated"),
        )


def _by_who(network: Network, _: Say) -> Table:
    """The ties of a large network, a row for each who would contact somebody."""
    names = network.names
    whom: dict[str, list[Run]] = {}
    for tie in sorted(network.ties, key=lambda one: -one.times):
        held = whom.setdefault(tie.source, [])
        held += [
            Run(", " if held else ""),
            Run(names[tie.target], own=True, bold=bool(tie.returned)),
            Run(f" \u00d7{tie.times}" if tie.times > 1 else ""),
        ]
    rows = tuple((said(names[source]), tuple(runs)) for source, runs in sorted(whom.items()))
    head = (_("Who"), _("would contact (how often it was said; in bold: returned)"))
    return Table(head, rows, (20, 80), (), _("Ties of the network"))


def _figure(name: str, value: float | None) -> str:
    if value is None:
        return "\u2013"
    return f"{value:.0f}" if name in ("nodes", "ties") else f"{value:.2f}"
