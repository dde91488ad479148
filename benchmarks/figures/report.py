"""An analysts' report of five days: 16 delegations and at least 110 questions, as data, as PDF and as DOCX."""

import statistics
from itertools import count

from benchmarks.figures.fold import took
from benchmarks.rounds import Figure, Plan, Reach, interleaved
from tests.samples.made import report
from ttx.pages.environment import pages_of
from ttx.review.report import Report
from ttx.settings import Settings
from ttx.web.report_files import FORMATS

LIMIT = 5.0
"""Seconds for each file, from the folded log to its last byte."""


def measure(plan: Plan) -> list[Figure]:
    """Both files, each with the data it is made from, beside the data alone."""
    settings = Settings()
    pages = pages_of(settings.templates, settings.static)
    made, numbers = report(), count()

    def anew() -> Report:
        """With other pseudonyms each time: the typesetter remembers what it has set before."""
        return report(seed=str(next(numbers)).encode())

    turns = {
        "the data alone": took(anew),
        "PDF": took(lambda: FORMATS["pdf"].write(anew(), pages)),
        "DOCX": took(lambda: FORMATS["docx"].write(anew(), pages)),
    }
    samples = interleaved(2 if plan.small else plan.rounds, turns)
    reaches = []
    for name in ("PDF", "DOCX"):
        found = samples[name]
        reaches.append(Reach(f"as {name}", statistics.median(found), LIMIT, True, min(found), max(found), "s"))
    counts = {name: made.counts[name] for name in ("questions", "answers")} | {"delegations": len(made.delegations)}
    title = "A report of 16 delegations and at least 110 questions, from the folded log to the file"
    return [Figure("report", title, "s", samples, reaches, notes={"the report": counts})]
