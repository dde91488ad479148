"""Policy, law and operations: which answers of a delegation are compared, and how they lie to each other."""

import io
from typing import Any

import openpyxl

from tests.exercise.words import History, created, days, head, tells
from tests.review.words import NAMES, report
from ttx.exercise.entries import Delegation
from ttx.output.files import as_xlsx
from ttx.review.report import Report, Tier
from ttx.review.voices import Accord, Pair

SAME = {"clear": "There is a rule", "none": "There is none"}


def asks(voice: str, kind: str = "single", **more: Any) -> dict[str, Any]:
    options = {"options": SAME} if kind in ("single", "multiple", "ranking") else {}
    return {"id": voice, "kind": kind, "ask": f"What of {voice}?", "voice": voice, **options, **more}


def told(questions: list[dict[str, Any]], tier: Tier = Tier.FULL, **answers: dict[str, Any]) -> Report:
    """What a report tells after the delegation `us` answered so, question by question."""
    delegations = {name: Delegation(name=f"The {name.title()}", tables=("T1",)) for name in NAMES}
    history = History(days([tells("D1-01", questions=questions)]), created("House", **delegations))
    history.opened(1).released("D1-01")
    for question, answer in answers.items():
        history.answered(head("us"), "D1-01", question, **answer)
    return report(history, tier, "us" if tier is Tier.OWN else None)


def us(made: Report, topic: int = 0) -> Accord:
    return next(row.accord for row in made.voices[topic].rows if row.delegation == "us")


def test_the_same_option_is_alike_and_another_apart():
    questions = [asks("law"), asks("operations"), asks("policy")]
    alike = told(questions, law={"choice": "clear"}, operations={"choice": "clear"}, policy={"choice": "clear"})
    apart = told(questions, law={"choice": "clear"}, operations={"choice": "none"}, policy={"choice": "clear"})

    assert (us(alike), us(apart)) == (Accord.ALIKE, Accord.APART)
    assert list(apart.voices[0].asks) == ["policy", "law", "operations"]
    assert apart.voice_pairs == (
        Pair(first="policy", second="law", alike=1, apart=0),
        Pair(first="policy", second="operations", alike=0, apart=1),
        Pair(first="law", second="operations", alike=0, apart=1),
    )


def test_values_of_a_scale_one_apart_are_alike_and_two_are_not():
    questions = [asks("law", "scale"), asks("operations", "scale")]

    assert us(told(questions, law={"scale": 3}, operations={"scale": 4})) is Accord.ALIKE
    assert us(told(questions, law={"scale": 3}, operations={"scale": 5})) is Accord.APART


def test_whoever_answered_for_one_voice_or_has_no_instruction_is_unheard():
    questions = [asks("law"), asks("operations")]

    assert us(told(questions, law={"choice": "clear"})) is Accord.UNHEARD
    made = told(questions, law={"choice": "clear"}, operations={"stance": "no_instruction"})
    assert us(made) is Accord.UNHEARD
    assert made.voice_pairs == ()


def test_what_is_asked_in_another_form_is_for_people_to_read():
    made = told([asks("law", "text"), asks("operations")], law={"text": "None"}, operations={"choice": "none"})

    assert (us(made), made.voices[0].compared) == (Accord.READ, False)
    assert made.voices[0].rows[0].heard["operations"].said == "There is none"


def test_questions_of_one_voice_alone_are_no_topic():
    assert told([asks("law"), asks("law", id="again")]).voices == ()
    assert told([{"id": "q", "ask": "Anything?"}, asks("law")]).voices == ()


def test_each_answer_is_cited_and_told_to_analysts_by_a_number_and_to_nobody_else():
    questions = [asks("law", "text"), asks("operations", "text")]
    answers = {"law": {"text": "The Foe decides"}, "operations": {"text": "The Foe does"}}
    analysts = told(questions, Tier.ANALYST, **answers)

    (row,) = [row for row in analysts.voices[0].rows if row.heard]
    assert row.name.startswith("Participant")
    assert row.heard["law"].evidence.startswith("E-")
    assert row.heard["law"].said == "[a delegation] decides"
    assert told(questions, Tier.OWN, **answers).voices == ()


def test_the_workbook_has_a_row_for_each_delegation_and_one_for_each_pair():
    made = told([asks("policy"), asks("law")], policy={"choice": "clear"}, law={"choice": "none"})
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(made)))

    head, *rows = book["Voices"].iter_rows(values_only=True)

    assert head == ("Inject", "Title", "Delegation", "Policy", "Law", "Operations", "Together", "Evidence")
    assert len(rows) == len(made.voices[0].rows)
    (mine,) = [row for row in rows if row[6] == "Apart"]
    assert (mine[3] is not None, mine[4] is not None, mine[5]) == (True, True, "")
    assert list(book["Pairs of voices"].iter_rows(values_only=True))[1:] == [("Policy", "Law", 0, 1)]
    assert made.voices[0].counts["apart"] == 1
