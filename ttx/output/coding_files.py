"""Coded passages, counts and agreement as a CSV file and as a workbook."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from ttx.output.cells import unformula
from ttx.output.paper import MARKING
from ttx.output.workbook import Sheet, workbook
from ttx.review.agreement import DEFINITION, UNDEFINED
from ttx.review.coded import Compared, Counted, Passage
from ttx.review.codes import Code

PASSAGES: Mapping[str, int] = {
    "Evidence": 10, "Kind": 12, "Inject": 10, "Question": 9, "Delegation": 20, "Family": 12, "Code": 26, "Label": 34,
    "Passage": 70, "Coder": 10, "Standing": 20, "Why": 40,
}  # fmt: skip
"""The columns of coded passages with their widths in a workbook."""
COUNTS: Mapping[str, int] = {
    "Code": 26, "Label": 40, "Definition": 50, "Pieces": 8, "Passages": 9, "Delegations": 12, "Differ": 8,
}  # fmt: skip
AGREEMENT: Mapping[str, int] = {
    "First": 12, "Second": 12, "Code": 26, "Label": 40, "Pieces": 8, "Both": 8, "Only first": 10, "Only second": 11,
    "Neither": 8, "p_o": 8, "p_e": 8, "kappa": 8, "Note": 60,
}  # fmt: skip


def passage_rows(passages: Iterable[Passage]) -> Iterator[tuple[object, ...]]:
    """A row for each code on a passage."""
    for one in passages:
        item, code = one.item, one.code
        yield (
            item.id, item.kind.value, item.inject, item.number or None, item.name, code.family.value, code.value,
            code.label, one.words, one.coder, one.standing.value, one.why,
        )  # fmt: skip


def count_rows(book: Mapping[str, Code], counts: Mapping[str, Counted]) -> Iterator[tuple[object, ...]]:
    """A row for each code of the book."""
    for name, code in book.items():
        one = counts.get(name, Counted(0, 0, 0, 0))
        yield code.value, code.label, code.definition, one.pieces, one.passages, one.delegations, one.differs


def agreement_rows(compared: Iterable[Compared], called: Mapping[str, str]) -> Iterator[tuple[object, ...]]:
    """A row for each two coders and code."""
    for one in compared:
        found = one.agreement
        figures = [
            None if value is None else round(value, 4) for value in (found.observed, found.expected, found.kappa)
        ]
        yield (
            called[one.first], called[one.second], one.code.value, one.code.label, found.pieces, found.both,
            found.first, found.second, found.neither, *figures, UNDEFINED[found.reason] if found.reason else "",
        )  # fmt: skip


def coding_csv(passages: Iterable[Passage], tlp: str) -> bytes:
    """The passages as CSV: UTF-8 with a mark, so that Excel reads it; no cell is a formula, each row is marked."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*PASSAGES, "Marking", "TLP"))
    writer.writerows([*(unformula(one) for one in row), MARKING, tlp] for row in passage_rows(passages))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def coding_xlsx(
    passages: Iterable[Passage],
    book: Mapping[str, Code],
    counts: Mapping[str, Counted],
    compared: Iterable[Compared],
    called: Mapping[str, str],
    tlp: str,
) -> bytes:
    """A workbook of three sheets: passages, codes with their counts, agreement with its definition."""
    marked = f"{MARKING} - {tlp}"
    return workbook(
        (
            Sheet("Passages", PASSAGES, passage_rows(passages), marked),
            Sheet("Codes", COUNTS, count_rows(book, counts), marked),
            Sheet("Agreement", AGREEMENT, agreement_rows(compared, called), f"{marked} - {DEFINITION}"),
        ),
        marked,
    )
