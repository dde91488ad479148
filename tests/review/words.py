"""The words of the reports' tests: an exercise in which every delegation leaves marks that can be looked for."""

from datetime import timedelta

from tests.exercise.words import NOW, History, created, days, decides, evaluator, head, lead, tells
from ttx.exercise.entries import Delegation
from ttx.review.report import Report, Tier, make
from ttx.review.told import Asked, Told

LATER = NOW + timedelta(days=30)
NAMES = ("us", "foe", "ally", "lone")
TABLES = {"us": "T1", "foe": "T2", "ally": "T2", "lone": "T1"}


def mark(name: str, what: str) -> str:
    """A text of this delegation's that stands nowhere else."""
    return f"canary-{name}-{what}"


def full_house() -> History:
    """Four delegations, each with marks in its name, its answers and what was noted of it.

    D1-01 goes to all and everybody answers but `lone`; D1-02 goes to `foe` only, D1-03 to `own` and `foe`.
    """
    ask = {"questions": [{"id": "q1", "ask": "Who?"}]}
    pick = {"questions": [{"id": "pick", "kind": "single", "ask": "Which?", "options": {"a": "Now", "b": "Later"}}]}
    day = [
        tells("D1-01", **ask, objectives=["O1"]),
        tells("D1-02", to={"delegations": ["foe"]}, title="canary-foe-title", sender="canary-foe-sender", **ask),
        tells("D1-03", to={"delegations": ["us", "foe"]}, **pick),
        decides("D1-04", "A", A="D1-05", B="D1-06"),
        tells("D1-05", next=[]),
        tells("D1-06"),
    ]
    delegations = {name: Delegation(name=mark(name, "name"), groups=("SEA",), tables=(TABLES[name],)) for name in NAMES}
    history = History(days(day), created("House", **delegations)).opened(1).released("D1-01")
    for name in ("us", "foe", "ally"):
        who = head(name, TABLES[name])
        history.answered(who, "D1-01", "q1", text=mark(name, "first"))
        history.answered(who, "D1-01", "q1", text=mark(name, "second"), reservation=mark(name, "reserve"))
    history.released("D1-02").answered(head("foe", "T2"), "D1-02", "q1", text=mark("foe", "secret"))
    history.released("D1-03").answered(head("foe", "T2"), "D1-03", "pick", choice="b", reservation=mark("foe", "pick"))
    history.answered(head("us", "T1"), "D1-03", "pick", choice="a").skipped("D1-04").recalled("D1-03")
    for name in NAMES:
        about = {"delegation": name, "table": TABLES[name], "text": f"note of {NAMES.index(name)}"}
        history.does(evaluator(), "observe", inject="D1-01", sense="gap", **about)
        history.does(evaluator(), "rate", rating="M", objective="O1", **about)
    return history.does(lead(), "close_day")


def report(history: History, tier: Tier, delegation: str | None = None) -> Report:
    """A report made a month later."""
    return make(history.graph, history.state, tier, LATER, delegation)


def inject(report: Report, name: str) -> Told:
    """What a report tells of an inject."""
    return next(one for one in report.injects if one.id == name)


def question(report: Report, name: str) -> Asked:
    """The first question of an inject."""
    return inject(report, name).questions[0]
