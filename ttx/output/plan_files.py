"""Gaps and the improvement plan as tables: rows for a workbook, and CSV files of their own."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ttx.output.cells import unformula
from ttx.output.paper import MARKING
from ttx.review.findings import Findings, FoundGap, PlannedAction

GAP_COLUMNS: Mapping[str, int] = {
    "Gap": 10, "Statement": 70, "Priority": 10, "Score": 8, "Severity": 9, "Likelihood": 10, "Effort": 8,
    "Delegations": 12, "Of": 6, "Objective": 10, "Capability": 11, "Phase": 18, "Root cause": 20, "Element": 14,
    "Owner": 12, "Supporting bodies": 30, "Point of contact": 24, "Starts": 12, "Due": 12, "Status": 12, "Dissent": 40,
    "Came back": 30, "Evidence": 40,
}  # fmt: skip
"""The columns of gaps with their widths in a workbook."""

ACTION_COLUMNS: Mapping[str, int] = {
    "Action": 10, "Gap": 10, "Capability": 11, "Issue": 50, "What is to be done": 60, "Element": 14, "Owner": 12,
    "Point of contact": 24, "Starts": 12, "Due": 12, "Status": 10, "Overdue": 9, "Shown by": 40, "Progress": 60,
}  # fmt: skip
"""The columns of an improvement plan (HSEEP 2020: capability, issue, corrective action, element, responsible
organisation, point of contact, start and completion), and how far each action is."""


def gap_rows(gaps: Iterable[FoundGap]) -> Iterator[tuple[object, ...]]:
    """A row for each gap."""
    for gap in gaps:
        yield (
            gap.gap, gap.statement, gap.priority, gap.score, gap.severity, gap.likelihood, gap.effort, gap.by, gap.of,
            gap.objective, gap.capability, gap.phase, gap.root_cause, gap.element, gap.owner, "; ".join(gap.bodies),
            gap.contact, gap.starts, gap.due, gap.status, gap.dissent, "; ".join(gap.came_back),
            " ".join(gap.evidence),
        )  # fmt: skip


def action_rows(actions: Iterable[PlannedAction]) -> Iterator[tuple[object, ...]]:
    """A row for each action."""
    for one in actions:
        progress = "\n".join(f"{note.on}, {note.status}: {note.text}".rstrip(": ") for note in one.progress)
        yield (
            one.action, one.gap, one.capability, one.issue, one.what, one.element, one.owner, one.contact, one.starts,
            one.due, one.status, one.overdue, one.shown_by, progress,
        )  # fmt: skip


def gaps_csv(found: Findings, tlp: str) -> bytes:
    """The gaps as CSV."""
    return _csv(tuple(GAP_COLUMNS), gap_rows(found.gaps), tlp)


def actions_csv(found: Findings, tlp: str) -> bytes:
    """The actions as CSV."""
    return _csv(tuple(ACTION_COLUMNS), action_rows(found.actions), tlp)


def _csv(head: Sequence[str], rows: Iterable[tuple[object, ...]], tlp: str) -> bytes:
    """UTF-8 with a mark, so that Excel reads it; no cell is a formula; each row bears the marking, as rows travel."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*head, "Marking", "TLP"))
    writer.writerows([*(unformula(one) for one in row), MARKING, tlp] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()
