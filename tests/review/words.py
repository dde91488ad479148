"""The words of the reports' tests: an exercise in which every delegation leaves marks that can be looked for."""

from datetime import timedelta
from typing import Any

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


def report(history: History, tier: Tier, delegation: str | None = None, **more: Any) -> Report:
    """A report made a month later."""
    return make(history.graph, history.state, tier, LATER, delegation, **more)


# A crowd of delegations, whose names are told wherever somebody can write


MARKS = 20
"""Strings by which one would know a delegation of the crowd: its id, name, table and seats, five people, and the words
of its name, each of which is written in a place of its own."""
LETTERS = "bcdfghjklmnpqrstvwxz"


def canary(delegation: int, number: int) -> str:
    """A word that stands nowhere else: six letters of its delegation and two of its own, as a name is written."""
    tens, ones = divmod(delegation, len(LETTERS))
    return f"Qy{LETTERS[tens]}{LETTERS[ones]}ovu{LETTERS[number]}ak"


def canaries(delegation: int) -> tuple[str, ...]:
    """The marks of a delegation of the crowd."""
    return tuple(canary(delegation, number) for number in range(MARKS))


def crowd_people(many: int) -> tuple[str, ...]:
    """The names on the crowd's roster, five a delegation."""
    return tuple(f"Ann {canary(one, number)}" for one in range(many) for number in range(3, 8))


def crowd(many: int) -> History:
    """So many delegations, each at a table of its own, that name themselves and their people wherever they can write.

    It ends. Its question with options is answered by all.
    """
    pick = {"id": "pick", "kind": "single", "ask": "Which?", "options": {"a": "Now", "b": "Later", "c": "Never"}}
    ask = [{"id": "who", "ask": "Who?"}, {"id": "whom", "kind": "contacts", "ask": "Whom?"}, pick]
    day = [
        tells("D1-01", questions=ask, objectives=["O1"]),
        decides("D1-02", "A", A="D1-03", B="D1-03"),
    ]
    ids = [canary(one, 0).lower() for one in range(many)]
    delegations = {
        ids[one]: Delegation(
            name=" ".join(canary(one, number) for number in range(8, MARKS)),
            groups=("SEA",),
            tables=(canary(one, 1),),
        )
        for one in range(many)
    }
    first = created("House", **delegations)
    first = first.model_copy(update={"tables": {canary(one, 1): f"Table {canary(one, 2)}" for one in range(many)}})
    history = History(days([*day, tells("D1-03")]), first).opened(1).released("D1-01")
    for one, name in enumerate(ids):
        word = tuple(canary(one, number) for number in range(MARKS))
        who = head(name, word[1])
        history.answered(who, "D1-01", "who", text=f"We of {word[8]} ask {word[3]}")
        history.answered(
            who, "D1-01", "who", text=f"We, {word[9].upper()}, ask Ann {word[4]}",
            reservation=f"for {word[10]}'s capital", dissent=f"{word[5]} of {word[11]} sees it otherwise",
            translation=f"Nous, {word[12]}",
        )  # fmt: skip
        other = ids[(one + 1) % many]
        to = [
            {"to": other, "channel": f"{word[13]} line", "hours": 1, "basis": f"law of {word[14]}"},
            {"to": f"{word[15]} navy", "channel": "phone", "hours": 2},
            {"to": history.state.delegations[other].name, "channel": "phone", "hours": 2},
        ]
        history.answered(who, "D1-01", "whom", contacts=to)
        history.answered(who, "D1-01", "pick", choice="abc"[one % 7 % 3])
        about = {"delegation": name, "table": word[1]}
        history.does(
            evaluator(), "observe", inject="D1-01", sense="gap", text=f"{word[16]} waited, {word[6]} said", **about
        )
        history.does(evaluator(), "rate", rating="M", objective="O1", text=f"{word[17]} did", **about)
    history.does(lead(), "add_inject", title=f"A call from {canary(0, 8)}", sender=canary(1, 3), text=canary(2, 9))
    history.released(next(iter(history.state.added))).released("D1-02").does(lead(), "open_vote", inject="D1-02")
    for one, name in enumerate(ids):
        history.does(head(name, canary(one, 1)), "vote", inject="D1-02", option="AB"[one % 2])
    history.does(lead(), "close_vote", inject="D1-02").does(lead(), "open_hot_wash")
    for one, name in enumerate(ids):
        who, word = head(name, canary(one, 1)), tuple(canary(one, number) for number in range(MARKS))
        history.does(who, "note_hot_wash", sense="gap", text=f"{word[18]} and {word[7]} knew nothing")
        history.does(who, "draft_gap", text=f"{word[19]} has no list")
    history.does(lead(), "close_hot_wash")
    for one in range(many):
        table = canary(one, 1)
        history.does(lead(), "summarise", table=table, text=f"{canary(one, 8)} called late.")
        history.does(lead(), "approve_summary", table=table, day=1, version=history.state.seq)
    return history.does(lead(), "close_day").does(lead(), "end")


def inject(report: Report, name: str) -> Told:
    """What a report tells of an inject."""
    return next(one for one in report.injects if one.id == name)


def question(report: Report, name: str) -> Asked:
    """The first question of an inject."""
    return inject(report, name).questions[0]
