"""A report's data as JSON, CSV and XLSX. Same data, three spellings."""

import csv
import io
from collections.abc import Iterator, Mapping

from ttx.output.cells import cell, unformula
from ttx.output.labels import PHASES
from ttx.output.opinions import FEEDBACK_COLUMNS, PARTICIPANT_COLUMNS, feedback_rows, participant_rows
from ttx.output.plan_files import ACTION_COLUMNS, GAP_COLUMNS, action_rows, gap_rows
from ttx.output.voices import pair_rows, voice_rows
from ttx.output.workbook import Sheet, workbook
from ttx.review.contacts import Network
from ttx.review.network import DEFINITIONS
from ttx.review.polled import Polled
from ttx.review.report import Report, Tier, content
from ttx.review.told import Wording
from ttx.scenario.model import Phase

COLUMNS = ("day", "inject", "title", "planned", "released_at", "standing", "question", "kind", "ask",
           "delegation", "version", "of_record", "at", "answer", "translation", "reservation", "dissent",
           "after_recall", "evidence")  # fmt: skip


def as_json(report: Report) -> bytes:
    """The whole report, as data."""
    return report.model_dump_json(indent=2, exclude_none=False).encode()


def as_csv(report: Report) -> bytes:
    """Every version of every answer, a row each, silence included; then the gaps and actions of a review, a row each,
    told apart by `kind`. At the end of each the marking, since rows travel.

    UTF-8 with a mark, so that Excel reads it.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow((*COLUMNS, "marking", "tlp"))
    ends = (report.marking, report.tlp)
    writer.writerows([*(unformula(one) for one in row), *ends] for row in (*_rows(report), *_reviewed(report)))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_xlsx(report: Report) -> bytes:
    """Overview, developments, answers, votes, observations, looking back. No cell is ever a formula or a link."""
    sheets = (Sheet(*one) for one in _sheets(report))
    return workbook(sheets, f"{report.marking} - {report.tlp}")


def headed(column: str) -> str:
    """A column's name as a reader's table has it."""
    return column.replace("_", " ").capitalize()


def _sheets(report: Report) -> Iterator[tuple[str, Mapping[str, int], Iterator[tuple[object, ...]]]]:
    yield "Overview", {"Field": 24, "Value": 70}, iter(_overview(report))
    told = {"Day": 6, "Inject": 10, "Title": 50, "Planned": 10, "Released": 22, "Recalled": 22, "Standing": 12,
            "To": 18, "Decision": 40, "Told otherwise": 60, "As written": 60}  # fmt: skip
    yield "Developments", told, _developments(report)
    widths = (6, 10, 40, 9, 22, 12, 9, 10, 50, 28, 8, 10, 22, 70, 50, 30, 30, 12, 10)
    yield "Answers", dict(zip(map(headed, COLUMNS), widths, strict=True)), _rows(report)
    if any(question.aligned for inject in report.injects for question in inject.questions):
        agreed = {"Inject": 10, "Question": 10, "Ask": 60, "Kind": 10, "Agreement": 12, "Asked": 8, "Answered": 10,
                  "Most chose": 40, "Share": 8}  # fmt: skip
        yield "Agreement", agreed, _agreement(report)
    if report.voices:
        heard = {"Inject": 10, "Title": 40, "Delegation": 24, "Policy": 40, "Law": 40, "Operations": 40, "Together": 12,
                 "Evidence": 24}  # fmt: skip
        yield "Voices", heard, voice_rows(report)
    if report.voice_pairs:
        yield "Pairs of voices", {"First": 14, "Second": 14, "Alike": 10, "Apart": 10}, pair_rows(report)
    if any(question.banded for inject in report.injects for question in inject.questions):
        counted = {"Inject": 10, "Question": 10, "Ask": 60, "Kind": 10, "Option": 50, "At least": 9, "At most": 9,
                   "Asked": 8}  # fmt: skip
        yield "Counts", counted, _counted(report)
    votes = {"Inject": 10, "Title": 50, "By": 12, "Round": 8, "Voter": 28, "Option": 10, "Label": 50, "At": 22,
             "Result": 50}  # fmt: skip
    yield "Votes", votes, _votes(report)
    notes = {"Inject": 10, "At": 22, "Sense": 10, "Rating": 8, "Text": 70, "Delegation": 24, "Table": 10,
             "Objective": 10, "Capability": 10, "Evidence": 10}  # fmt: skip
    yield "Observations", notes, _observations(report)
    if report.network is not None:
        ties = {"Who": 30, "Would contact": 30, "Times": 8, "Hours": 8, "Channels": 24, "Basis": 40, "Phases": 24,
                "Returned": 10, "Said in": 24}  # fmt: skip
        yield "Network", ties, _ties(report.network)
        yield "Measures", {"Of": 24, "Measure": 30, "Value": 12, "Definition": 80}, _measures(report.network)
    if report.hot_wash or report.gaps or report.summaries:
        looked = {"What": 14, "Day": 6, "Table": 24, "Text": 80, "Points": 8, "True for": 8,
                  "Partly for": 10, "Not true for": 12, "Evidence": 10}  # fmt: skip
        yield "Looking back", looked, _looked_back(report)
    if report.found:
        yield "Gaps", GAP_COLUMNS, gap_rows(report.found)
    if report.plan:
        yield "Improvement plan", ACTION_COLUMNS, action_rows(report.plan)
    if report.participants is not None:
        yield "Participants", PARTICIPANT_COLUMNS, participant_rows(report)
    if report.feedback or report.comments:
        yield "Feedback", FEEDBACK_COLUMNS, feedback_rows(report)


def _overview(report: Report) -> Iterator[tuple[object, ...]]:
    rule = "Chatham House Rule" if report.chatham_house else "none"
    yield "Marking", report.marking
    yield "Exercise", report.title
    yield "Scenario", f"{report.scenario}, version {report.version}"
    yield "TLP label", report.tlp
    yield "Rule", rule
    yield "Tier", report.tier.value
    yield "Status", report.status
    yield "Made at", cell(report.made_at if report.tier is Tier.FULL else report.made_at.date())
    yield "Record up to entry", report.seq
    for name, number in report.counts.items():
        yield name.capitalize(), number
    for one in report.delegations:
        yield "Delegation", one.name


def _developments(report: Report) -> Iterator[tuple[object, ...]]:
    for inject in report.injects:
        taken = inject.decision
        decided = "" if taken is None else f"{taken.option}: {taken.label}" + (" (by default)" * taken.by_default)
        yield (inject.day, inject.id, inject.title, inject.planned, inject.released_at, inject.recalled_at,
               inject.standing, inject.to, decided, _worded(inject.as_told), _worded(inject.as_written))  # fmt: skip


def _worded(words: Wording | None) -> str:
    if words is None:
        return ""
    return "\n".join((words.title, words.sender, "", words.text, *words.on_map))


def _rows(report: Report) -> Iterator[tuple[object, ...]]:
    for inject in report.injects:
        for question in inject.questions:
            for one in question.answers:
                start = (inject.day, inject.id, inject.title, inject.planned, inject.released_at, inject.standing,
                         question.id, question.kind, question.ask, one.name)  # fmt: skip
                for number, version in enumerate(one.versions, 1):
                    said = content(question.options, version.answer)
                    yield (*start, number, number == len(one.versions), version.at, said,
                           version.answer.translation, version.answer.reservation, version.answer.dissent,
                           version.recalled, version.evidence)  # fmt: skip
                if not one.versions:
                    yield (*start, 0, False, None, "(silence)" if one.silent else "", None, None, None, False, None)


def _reviewed(report: Report) -> Iterator[tuple[object, ...]]:
    """Gaps and actions in the columns of answers: the name as `question`, the statement as `ask`, the rest in words."""
    for kind, columns, rows in (
        ("gap", GAP_COLUMNS, gap_rows(report.found)),
        ("action", ACTION_COLUMNS, action_rows(report.plan)),
    ):
        for row in rows:
            told = dict(zip(columns, map(cell, row), strict=True))
            name, said, cited = told.pop(kind.capitalize()), told.pop("Statement", ""), told.pop("Evidence", "")
            said = said or told.pop("What is to be done", "")
            rest = "; ".join(f"{column}: {value}" for column, value in told.items() if value)
            before, between = (None,) * 6, (None,) * 4
            yield (*before, name, kind, said, *between, rest, None, None, None, False, cited)
    for form, on, statement, words, least, most in feedback_rows(report):
        band = f"{least} to {most}" if most != "" else ""
        yield _line(form, "feedback", statement, None, f"{on} {words} {band}".strip())
    for whose, person, organisation in participant_rows(report):
        yield _line(None, "participant", person, whose, organisation)


def _line(name: object, kind: str, ask: object, whose: object, answer: object) -> tuple[object, ...]:
    return (*(None,) * 6, name, kind, ask, whose, *(None,) * 3, answer, None, None, None, False, None)


def _agreement(report: Report) -> Iterator[tuple[object, ...]]:
    for inject in report.injects:
        for question in inject.questions:
            if (one := question.aligned) is not None:
                lead = "" if one.lead is None else question.options.get(one.lead, one.lead)
                share = "" if one.share is None else round(one.share, 2)
                yield (inject.id, question.id, question.ask, question.kind, one.verdict.value, one.asked,
                       one.answered, lead, share)  # fmt: skip


def _counted(report: Report) -> Iterator[tuple[object, ...]]:
    """How many answered, and chose which option, as bands."""
    for inject in report.injects:
        for question in inject.questions:
            if (counts := question.banded) is None:
                continue
            start = (inject.id, question.id, question.ask, question.kind)
            yield (*start, "(answered)", counts.answered.least, counts.answered.most, counts.asked)
            for key, band in (counts.cells or {}).items():
                yield (*start, question.options.get(key, key), band.least, band.most, counts.asked)


def _votes(report: Report) -> Iterator[tuple[object, ...]]:
    """A row for each vote that may be told, then the tally; and a row for each table that chose for itself."""
    for inject in report.injects:
        for vote in inject.votes:
            start, result = (inject.id, inject.title, vote.by, vote.round), _result(vote)
            for one in vote.votes:
                label = vote.options.get(one.option, "") if one.option is not None else "(abstained)"
                yield (*start, one.name, one.option, label, one.at, result)
            for option, count in (vote.counts or {}).items():
                yield (*start, f"(all: {count})", option, vote.options[option], None, result)
        if (own := inject.by_table) is not None:
            for table, option in own.tables.items():
                yield (inject.id, inject.title, "each table", 1, table, option, own.options[option], None, "")
            for option, count in (own.counts or {}).items():
                yield (
                    inject.id,
                    inject.title,
                    "each table",
                    1,
                    f"(all: {count})",
                    option,
                    own.options[option],
                    None,
                    "",
                )


def _result(vote: Polled) -> str:
    """How a vote ended, in a few words."""
    if not vote.closed:
        return f"open, {vote.voted} of {vote.voters} have voted"
    if not vote.quorate:
        return f"quorum of {vote.quorum} % missed: {vote.voted} of {vote.voters} voted"
    if vote.option is None:
        return f"tie between {' and '.join(vote.tied)}" if vote.tied else "nobody voted for an option"
    return f"{'decided' if vote.binding else 'advises'} {vote.option}"


def _observations(report: Report) -> Iterator[tuple[object, ...]]:
    noted = [(inject.id, note) for inject in report.injects for note in inject.observations]
    for inject, note in [*noted, *(("", note) for note in report.general)]:
        yield (inject, note.at, note.sense, note.rating, note.text, note.delegation, note.table, note.objective,
               note.capability, note.evidence)  # fmt: skip


def _ties(network: Network) -> Iterator[tuple[object, ...]]:
    names = network.names
    for tie in network.ties:
        returned = {True: "yes", False: "no", None: ""}[tie.returned]
        channels = ", ".join(one.replace("_", " ") for one in tie.channels)
        phases = ", ".join(PHASES[Phase(one)] for one in tie.phases)
        yield (names[tie.source], names[tie.target], tie.times, tie.hours, channels, "; ".join(tie.bases), phases,
               returned, ", ".join(tie.said_in))  # fmt: skip


def _measures(network: Network) -> Iterator[tuple[object, ...]]:
    columns = {"all": network.measures, **{PHASES[Phase(name)]: one for name, one in network.phases.items()}}
    if (left := network.without_hub) is not None:
        columns[f"without {network.names[left.node]}"] = left.measures
    for name, figures in columns.items():
        for measure, value in figures.items():
            yield name, measure.replace("_", " "), "" if value is None else float(f"{value:g}"), DEFINITIONS[measure]


def _looked_back(report: Report) -> Iterator[tuple[object, ...]]:
    for note in report.hot_wash:
        yield note.sense, note.day, note.table, note.text, "", "", "", "", note.evidence
    for gap in report.gaps:
        tables = ", ".join(gap.tables)
        yield "draft gap", "", tables, gap.text, gap.points, gap.holds, gap.partly, gap.fails, gap.evidence
    for one in report.summaries:
        yield "summary", one.day, one.table, one.text
