"""Analysts' own text in a report, with the pictures and tables that they put into it; and two of these tables."""

from collections.abc import Iterable, Iterator, Mapping

from ttx.output.coordination import network_drawn
from ttx.output.improvement import gaps_table, plan_table
from ttx.output.labels import RATINGS, Say
from ttx.output.paper import Block, Figure, Table, said, told
from ttx.output.prose import prose
from ttx.output.voices import voices_tables
from ttx.review import alignment
from ttx.review.placeholders import pieces
from ttx.review.report import Report

VERDICTS: Mapping[str, str] = {
    "agree": "Agree",
    "split": "Split",
    "scattered": "Scattered",
    "silent": "Silent",
    "open": "To be read",
}


def own_text(text: str, of: Report, pictures: Mapping[str, bytes], _: Say) -> Iterator[Block]:
    """A section's text; `pictures` are the drawings of the record as SVG, by chapter."""
    for piece, shown in pieces(text):
        yield from prose(piece)
        if shown is not None:
            yield from _shown(shown, of, pictures, _)


def _shown(name: str, of: Report, pictures: Mapping[str, bytes], _: Say) -> Iterable[Block]:
    """A picture or table that analysts put into their own text; nothing where there is none yet."""
    match name:
        case "network" if of.network is not None and "network" in pictures:
            return (network_drawn(of.network, pictures["network"], _),)
        case "ratings":
            return rated(of, _)
        case "agreement":
            return agreement_shown(of, pictures.get("agreement"), _)
        case "voices":
            return voices_tables(of, pictures.get("voices"), _)
        case "gaps" if of.found:
            return (gaps_table(of, _),)
        case "plan" if of.plan:
            return (plan_table(of.plan, _, _("Improvement plan")),)
        case _:
            return ()


def agreement_shown(of: Report, picture: bytes | None, _: Say) -> Iterator[Block]:
    """How far delegations agree: drawn, by day, and a row for each question."""
    if picture is not None:
        alt = _("Of each day, on how many questions the delegations agree, are split, scattered or silent")
        yield Figure(picture, "svg", alt, share=0.8, own=False)
    yield from by_question(of, _)


def by_question(of: Report, _: Say) -> Iterator[Block]:
    """How far delegations agree, a row for each question."""
    rows = []
    for inject, one in ((each, one) for each in of.injects for one in each.questions):
        if (found := one.aligned) is None or found.verdict == alignment.Verdict.OPEN:
            continue
        lead = said(one.options.get(found.lead, found.lead)) if found.lead is not None else ()
        share = told(f" ({100 * found.share:.0f}\u00a0%)") if found.share is not None else ()
        number = told(f"{inject.id}.{one.number}", bold=True)
        answered = told(f"{found.answered}/{found.asked}")
        rows.append((number, said(one.ask), told(_(VERDICTS[found.verdict])), answered, (*lead, *share)))
    head = (_("Question"), _("Asked"), _("Agreement"), _("Answered"), _("Most chose"))
    if rows:
        yield Table(head, tuple(rows), (14, 42, 16, 15, 25), (3,), _("Agreement by question"))


def rated(of: Report, _: Say) -> Iterator[Block]:
    """Objective by capability: how often which letter was given."""
    if not of.ratings:
        return
    columns = list(dict.fromkeys(one.objective for one in of.ratings))
    given = {(one.capability, one.objective): one.letters for one in of.ratings}
    rows = tuple(
        (
            (*told(f"{name}  ", bold=True), *said(of.capabilities[name])) if name else told(_("No capability named")),
            *(
                told(", ".join(f"{one}\u00a0{n}" for one in RATINGS if (n := given.get((name, column), {}).get(one))))
                for column in columns
            ),
        )
        for name in [*of.capabilities, None]
        if any(one.capability == name for one in of.ratings)
    )
    head = (_("Capability"), *(column or _("No objective") for column in columns))
    widths = (30, *(70 / len(columns) for _column in columns))
    yield Table(head, rows, widths, tuple(range(1, len(head))), _("Ratings by objective and capability"))
