"""What analysts put into their own text for the report to fill in: numbers of the record as it stands, and pictures.

`{{answers}}` in a sentence is a number, `{{network}}` in a line of its own a picture or table. What a report is made of
changes under them with every report; a version that is frozen keeps what they were.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ttx.review.report import Report

PLACE = re.compile(r"\{\{([^{}\n]*)\}\}")


def _agreed(of: "Report", verdict: str) -> int:
    return sum(
        one.aligned is not None and one.aligned.verdict == verdict for inject in of.injects for one in inject.questions
    )


def _density(of: "Report") -> str:
    found = of.network.measures["density"] if of.network is not None else None
    return f"{found:.2f}" if found is not None else "\u2013"


NUMBERS: Mapping[str, tuple[str, Callable[["Report"], object]]] = {
    "delegations": ("Delegations taking part", lambda of: len(of.delegations)),
    "developments": ("Developments that were released", lambda of: of.counts["released"]),
    "questions": ("Questions that were asked", lambda of: of.counts["questions"]),
    "asked": ("Answers asked for", lambda of: of.counts["asked"]),
    "answers": ("Answers of record", lambda of: of.counts["answers"]),
    "answered": (
        "Share of the answers asked for that were given",
        lambda of: f"{100 * of.counts['answers'] / max(of.counts['asked'], 1):.0f} %",
    ),
    "agree": ("Questions on which delegations agree", lambda of: _agreed(of, "agree")),
    "split": ("Questions that split them", lambda of: _agreed(of, "split")),
    "scattered": ("Questions whose answers are scattered", lambda of: _agreed(of, "scattered")),
    "silent": ("Questions that most left", lambda of: _agreed(of, "silent")),
    "observations": ("Observations of evaluators", lambda of: of.counts["observations"]),
    "rated": ("Ratings of evaluators", lambda of: of.counts["ratings"]),
    "gaps found": ("Gaps found", lambda of: len(of.found)),
    "high gaps": ("Gaps of high priority", lambda of: sum(one.priority == "high" for one in of.found)),
    "actions": ("Actions planned", lambda of: len(of.plan)),
    "actions done": ("Actions done", lambda of: sum(one.status == "done" for one in of.plan)),
    "actions overdue": ("Actions overdue", lambda of: sum(one.overdue for one in of.plan)),
    "ties": ("Ties of the coordination network", lambda of: len(of.network.ties) if of.network is not None else 0),
    "density": ("Density of the coordination network", _density),
}
"""The numbers by their names, with what each means."""

SHOWN: Mapping[str, str] = {
    "network": "Coordination network, drawn",
    "ratings": "Ratings by objective and capability",
    "agreement": "Agreement by question",
    "voices": "Policy, law and operations",
    "gaps": "Gaps, ranked",
    "plan": "Improvement plan",
}
"""The pictures and tables by their names."""


def unknown(text: str) -> tuple[str, ...]:
    """What stands in double braces and is neither a number nor a picture in a line of its own."""
    alone = {line.strip() for line in text.splitlines()}
    return tuple(
        one.group()
        for one in PLACE.finditer(text)
        if (name := _name(one.group(1))) not in NUMBERS and not (name in SHOWN and one.group() in alone)
    )


def filled(text: str, of: "Report") -> str:
    """A text with the numbers of this report in their places."""
    return PLACE.sub(lambda one: str(NUMBERS[name][1](of)) if (name := _name(one[1])) in NUMBERS else one[0], text)


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """A text in pieces, each with the picture or table that stands behind it, if one does."""
    held: list[str] = []
    for line in text.splitlines():
        place = PLACE.fullmatch(line.strip())
        if place is not None and _name(place[1]) in SHOWN:
            yield "\n".join(held), _name(place[1])
            held = []
        else:
            held.append(line)
    yield "\n".join(held), None


def values(of: "Report") -> dict[str, tuple[str, str]]:
    """What each number means and is in this report, by its name."""
    return {name: (meaning, str(reckon(of))) for name, (meaning, reckon) in NUMBERS.items()}


def _name(written: str) -> str:
    return " ".join(written.lower().split())
