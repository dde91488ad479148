"""Broken scenarios: decisions that those who are to take them cannot take, and speakers in the wrong place."""

from tests.scenario.breaking import DECISION, ONE, Change, Fault, all_of, drop, put, session


def each_table(*more: Change) -> Change:
    """D1-03 is decided by each table, and sets nothing, so no condition reads what it set."""
    return all_of(
        put("D1-03", "branch", "by", to="each_table"),
        drop("D1-03", *DECISION, "A", "set"),
        drop("D1-03", *DECISION, "B", "set"),
        drop("D2-02", "when"),
        *more,
    )


DECIDERS = {
    "someone else than can decide": Fault(
        put("D1-03", "branch", "by", to="table"),
        ONE,
        "by: table",
        "D1-03",
        "branch.by",
        "'table' is not a by; it is one of facilitator, delegations, tables, each_table; did you mean 'tables'?",
    ),
    "a quorum of more than all": Fault(
        all_of(put("D1-03", "branch", "by", to="tables"), put("D1-03", "branch", "quorum", to=101)),
        ONE,
        "quorum: 101",
        "D1-03",
        "branch.quorum",
        "The quorum of the branch of D1-03 is 101; it must be at most 100.",
    ),
    "a quorum without a vote": Fault(
        put("D1-03", "branch", "quorum", to=60),
        ONE,
        "quorum: 60",
        "D1-03",
        "branch.quorum",
        "D1-03 is not voted on: the facilitator decides it, so 'quorum' changes nothing; leave it out,",
        "warning",
    ),
    "a hidden vote that is none": Fault(
        each_table(put("D1-03", "branch", "hidden", to=True)),
        ONE,
        "hidden: true",
        "D1-03",
        "branch.hidden",
        "D1-03 is not voted on: each table decides it for itself, so 'hidden' changes nothing;",
        "warning",
    ),
    "a binding vote that is none": Fault(
        put("D1-03", "branch", "binding", to=True),
        ONE,
        "binding: true",
        "D1-03",
        "branch.binding",
        "D1-03 is not voted on: the facilitator decides it, so 'binding' changes nothing;",
        "warning",
    ),
    "a variable that a table would set": Fault(
        all_of(
            put("D1-03", "branch", "by", to="each_table"), drop("D1-03", *DECISION, "B", "set"), drop("D2-02", "when")
        ),
        ONE,
        "set:",
        "D1-03",
        "branch.options.A.set",
        "Option A of D1-03 sets port, but each table decides D1-03 for itself and a variable is one for all,",
        "warning",
    ),
    "tables that never meet again": Fault(
        each_table(
            put("D1-04A", "next", to=[]),
            put("D1-04B", "next", to=["D1-05"]),
        ),
        ONE,
        "options:",
        "D1-03",
        "branch.options",
        "Tables that decide D1-03 differently never meet again: no inject follows every option;",
        "warning",
    ),
    "an arm that not all tables are told": Fault(
        each_table(put("D1-04B", "to", to={"groups": ["SEA"]})),
        ONE,
        "to:",
        "D1-04B",
        "to",
        "D1-04B is option B of D1-03, which each table decides for itself, and does not reach all tables:",
        "warning",
    ),
    "a vote of one table": Fault(
        all_of(put("D1-03", "branch", "by", to="tables"), put("D1-03", "to", to={"tables": ["T1"]})),
        ONE,
        "by: tables",
        "D1-03",
        "branch.by",
        "D1-03 is voted on by tables and reaches only the table 'T1'; widen its audience, or let others decide.",
        "warning",
    ),
    "a vote of one delegation": Fault(
        all_of(put("D1-03", "branch", "by", to="delegations"), put("D1-03", "to", to={"delegations": ["Kestria"]})),
        ONE,
        "by: delegations",
        "D1-03",
        "branch.by",
        "D1-03 is voted on by delegations and reaches only the delegation 'Kestria';",
        "warning",
    ),
}

SPEAKERS = {
    "a speaker in a break": Fault(
        session(1, 1, speakers=[{"name": "Ines Caldera"}]),
        ONE,
        "speakers:",
        None,
        "sessions.coffee.speakers",
        "'Coffee' is a break and has speakers, who belong to keynotes and panels; write kind: keynote",
        "warning",
    ),
    "a speaker without a name": Fault(
        session(1, 1, kind="panel", speakers=[{"name": "Ines Caldera"}, {"role": "Harbour master"}]),
        ONE,
        "- role: Harbour master",
        None,
        "sessions.coffee.speakers.2.name",
        "Speaker 2 of session coffee has no name; fill it in,",
    ),
    "two speakers of one id": Fault(
        session(1, 1, kind="panel", speakers=[{"id": "s1", "name": "Ines"}, {"name": "Tomas", "id": "s1"}]),
        ONE,
        "    id: s1",
        None,
        "sessions.coffee.speakers.s1.id",
        "Session 'coffee' has two speakers 's1'; give this one another id.",
    ),
    "a keynote without a speaker": Fault(
        session(1, 1, kind="keynote"),
        ONE,
        "- id: coffee",
        None,
        "sessions.coffee.speakers",
        "The keynote 'Coffee' has no speaker yet; add one with a name.",
        "warning",
    ),
}
