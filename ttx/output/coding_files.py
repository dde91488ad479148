"""Coded passages, counts and agreement as a CSV file and as a workbook."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import xlsxwriter

from ttx.output.cells import unformula
from ttx.output.paper import MARKING
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
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True, "valign": "top"})

        def sheet(name: str, columns: Mapping[str, int], rows: Iterable[Sequence[object]], note: str = "") -> None:
            page = workbook.add_worksheet(name)
            page.write_string(0, 0, f"{MARKING} - {tlp}" + (f" - {note}" if note else ""), bold)
            for place, (title, width) in enumerate(columns.items()):
                page.write_string(1, place, title, bold)
                page.set_column(place, place, width, wrapped)
            for number, row in enumerate(rows, 2):
                for place, value in enumerate(row):
                    if isinstance(value, int | float) and not isinstance(value, bool):
                        page.write_number(number, place, value)
                    elif value not in (None, ""):
                        page.write_string(number, place, str(value)[:32_000])
            page.freeze_panes(2, 0)

        sheet("Passages", PASSAGES, passage_rows(passages))
        sheet("Codes", COUNTS, count_rows(book, counts))
        sheet("Agreement", AGREEMENT, agreement_rows(compared, called), DEFINITION)
    return file.getvalue()
