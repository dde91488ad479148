"""Reports: the whole record in the full tier, and in the others nothing that their readers may not know."""

import json
import re
from collections.abc import Iterator

import pytest

from tests.exercise.words import (
    CONTACT,
    History,
    at_minute,
    created,
    days,
    evaluator,
    head,
    lead,
    tells,
    whole_exercise,
)
from tests.review.words import LATER, NAMES, TABLES, full_house, inject, mark, question, report
from ttx.exercise.answers import Answer
from ttx.exercise.entries import Delegation
from ttx.review.bands import Band, Banded
from ttx.review.parts import spelt
from ttx.review.report import NoSuchTier, Report, Tier, content, in_words
from ttx.review.told import Answered, Taken

HOUSE = full_house()
CLOCK = re.compile(r"2026-11-\d\d")


def values(report: Report) -> Iterator[object]:
    """Every key and value of a report, as an export writes them, but for the time it was made."""
    left: list[object] = [report.model_dump(mode="json", exclude={"made_at"})]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            yield from value
            left += value.values()
        elif isinstance(value, list):
            left += value
        else:
            yield value


def written(report: Report) -> str:
    return report.model_dump_json(exclude={"made_at"})


def by_name(answers: tuple[Answered, ...]) -> dict[str, list[str]]:
    """What each delegation said, version by version."""
    return {one.name: [version.text for version in one.versions] for one in answers}


def test_the_full_report_names_everybody_and_what_each_of_them_said():
    full = report(HOUSE, Tier.FULL)

    assert [(one.id, one.name) for one in full.delegations] == [(name, mark(name, "name")) for name in NAMES]
    assert by_name(question(full, "D1-01").answers) == {
        mark(name, "name"): [
            mark(name, "first"),
            f"{mark(name, 'second')} (with a reservation: {mark(name, 'reserve')})",
        ]
        for name in ("us", "foe", "ally")
    } | {mark("lone", "name"): []}


def test_revisions_stand_in_order_and_the_last_is_of_record():
    (own,) = [one for one in question(report(HOUSE, Tier.FULL), "D1-01").answers if one.delegation == "us"]

    assert [(one.at, one.answer.text) for one in own.versions] == [
        (at_minute(3), mark("us", "first")),
        (at_minute(4), mark("us", "second")),
    ]


def test_silence_is_recorded_as_silence():
    full = report(HOUSE, Tier.FULL)

    silent = [
        (name, one.delegation) for name in ("D1-01", "D1-03") for one in question(full, name).answers if one.silent
    ]

    assert silent == [("D1-01", "lone")]


def test_who_was_not_asked_is_not_silent():
    answers = question(report(HOUSE, Tier.FULL), "D1-02").answers

    assert [(one.delegation, one.silent) for one in answers] == [("foe", False)]


def test_a_question_of_an_inject_that_was_never_out_was_never_asked():
    history = History().opened(1).skipped("D1-01")

    made = report(history, Tier.FULL)

    assert [(one.id, one.questions) for one in made.injects] == [("D1-01", ())]
    assert (made.counts["questions"], made.counts["asked"]) == (0, 0)


def test_injects_stand_in_the_order_they_went_out_then_those_that_did_not():
    history = History().opened(1).skipped("D1-01").released("D1-02").does(lead(), "add_inject", title="A", text="B")
    history.skipped("D1-X1").released("D1-09")

    told = report(history, Tier.FULL).injects

    assert [(one.id, one.standing) for one in told] == [
        ("D1-02", "released"),
        ("D1-09", "released"),
        ("D1-01", "skipped"),
        ("D1-X1", "skipped"),
    ]


def test_what_was_taken_back_says_when():
    told = inject(report(HOUSE, Tier.FULL), "D1-03")

    assert (told.standing, told.released_at, told.recalled_at) == ("recalled", at_minute(11), at_minute(15))


def test_what_was_skipped_and_unskipped_without_ever_going_out_is_not_told_as_taken_back():
    history = History().opened(1).released("D1-01").skipped("D1-02").recalled("D1-02")

    assert [one.id for one in report(history, Tier.FULL).injects] == ["D1-01"]


def test_what_was_held_after_a_recall_still_says_when_it_was_taken_back():
    history = History().opened(1).released("D1-01").recalled("D1-01").held("D1-01")

    told = inject(report(history, Tier.FULL), "D1-01")

    assert (told.standing, told.released_at, told.recalled_at) == ("held", at_minute(2), at_minute(3))


def test_a_skipped_decision_was_taken_by_default():
    cited = spelt(HOUSE.state.decisions["D1-04"].seq)

    assert inject(report(HOUSE, Tier.FULL), "D1-04").decision == Taken(
        option="A", label="Option A", by_default=True, evidence=cited
    )


def test_observations_stand_with_their_inject_and_the_others_by_themselves():
    full = report(HOUSE, Tier.FULL)

    noted = inject(full, "D1-01").observations
    assert [(one.sense, one.delegation, one.table, one.rating) for one in noted] == [
        ("gap", name, TABLES[name], None) for name in NAMES
    ]
    assert [(one.sense, one.delegation, one.objective, one.rating) for one in full.general] == [
        ("rating", name, "O1", "M") for name in NAMES
    ]


def test_a_report_counts_what_it_tells():
    counts = [dict(report(HOUSE, tier, "us").counts) for tier in (Tier.FULL, Tier.ANALYST, Tier.OWN)]

    everything = {"released": 3, "questions": 3, "answers": 6, "asked": 7, "observations": 4, "ratings": 4}
    own = {"released": 2, "questions": 2, "answers": 2, "asked": 2, "observations": 0, "ratings": 0}
    assert counts == [everything, everything, own]


def test_a_report_says_what_it_was_made_of():
    full = report(HOUSE, Tier.FULL)

    assert (full.marking, full.title, full.scenario, full.version) == (
        "EXERCISE EXERCISE EXERCISE",
        "House",
        "small-tide",
        "1",
    )
    assert (full.tlp, full.chatham_house, full.seq, full.made_at) == ("TLP:AMBER", True, HOUSE.state.seq, LATER)
    assert [(one.day, one.opened_at, one.closed_at) for one in full.days] == [(1, at_minute(1), at_minute(24))]


def test_an_own_report_tells_what_the_delegation_was_asked_and_said():
    own = report(HOUSE, Tier.OWN, "us")

    assert [(one.id, one.name) for one in own.delegations] == [("us", mark("us", "name"))]
    assert [one.id for one in own.injects] == ["D1-01", "D1-03"]
    assert [one.delegation for one in question(own, "D1-01").answers] == ["us"]
    assert [one.answer.choice for one in question(own, "D1-03").answers[0].versions] == ["a"]


@pytest.mark.parametrize("name", NAMES)
def test_an_own_report_holds_nothing_of_another_delegation(name: str):
    own = report(HOUSE, Tier.OWN, name)

    found = set(re.findall(r"canary-(\w+)", written(own)))

    assert found == {name}
    assert set(values(own)) & (set(NAMES) - {name}) == set()


def test_an_own_report_holds_no_observation_no_kind_and_no_decision():
    own = report(HOUSE, Tier.OWN, "us")

    assert (own.general, [one.observations for one in own.injects]) == ((), [(), ()])
    assert [(one.kind, one.decision) for one in own.injects] == [("", None)] * 2


def test_an_own_report_says_nothing_of_what_is_not_released():
    history = History().opened(1).released("D1-01").held("D1-02")

    assert [one.id for one in report(history, Tier.OWN, "Kestria").injects] == ["D1-01"]


@pytest.mark.parametrize("delegation", [None, "atlantis"])
def test_an_own_report_of_nobody_is_not_made(delegation: str | None):
    with pytest.raises(NoSuchTier) as refused:
        report(HOUSE, Tier.OWN, delegation)

    assert str(refused.value) == "An own report is a delegation's: name one that takes part."


def test_a_report_for_everybody_waits_for_the_end():
    with pytest.raises(NoSuchTier, match="when the exercise has ended"):
        report(HOUSE, Tier.PUBLIC)


def test_a_report_for_everybody_holds_nothing_that_anybody_wrote():
    history = full_house().does(lead(), "end")
    made = report(history, Tier.PUBLIC)

    text = made.model_dump_json()
    assert not [name for name in NAMES if f"canary-{name}-name" in text]
    assert re.findall(r"canary-\w+-(\w+)", text) == ["title", "sender"], "the scenario's own words"
    assert "note of" not in text
    assert not [one for one in made.injects if one.released_at or (one.questions and one.questions[0].answers)]


def test_it_counts_in_bands_and_leaves_out_what_was_added():
    ask = {"id": "q", "kind": "single", "ask": "Which?", "options": {"a": "Now", "b": "No"}}
    many = {f"d{number}": Delegation(name=f"The {number}", tables=("T1",)) for number in range(9)}
    history = History(days([tells("D1-01", questions=[ask])]), created("House", **many)).opened(1).released("D1-01")
    history.does(lead(), "add_inject", title="Belmar refuses", text="It does.")
    for number in range(8):
        history.answered(head(f"d{number}", "T1"), "D1-01", "q", choice="a" if number < 6 else "b")
    made = report(history.released(*history.state.added).does(lead(), "close_day").does(lead(), "end"), Tier.PUBLIC)

    assert [one.id for one in made.injects] == ["D1-01"]
    counts = made.injects[0].questions[0].banded
    assert counts == Banded(
        asked=9, answered=Band(least=5, most=9), cells={"a": Band(least=5, most=9), "b": Band(least=0, most=4)}
    )


def test_an_analysts_report_holds_no_delegation():
    analyst = report(HOUSE, Tier.ANALYST)

    assert set(values(analyst)) & {*NAMES, *(mark(name, "name") for name in NAMES)} == set()


def test_an_analysts_report_holds_no_time_of_the_record_and_no_table():
    full, analyst = report(HOUSE, Tier.FULL), report(HOUSE, Tier.ANALYST)

    assert (bool(CLOCK.search(written(full))), bool(CLOCK.search(written(analyst)))) == (True, False)
    assert (set(values(full)) & {"T1", "T2"}, set(values(analyst)) & {"T1", "T2"}) == ({"T1", "T2"}, set())


def test_an_analysts_report_holds_no_seat():
    seats = {logged.seat for logged in HOUSE.log if logged.seat is not None}

    assert set(values(report(HOUSE, Tier.ANALYST))) & seats == set()


def test_an_analysts_report_says_of_no_inject_to_whom_it_went_unless_it_was_to_all():
    told = {one.id: one.to for one in report(HOUSE, Tier.ANALYST).injects}

    assert told == {"D1-01": "all", "D1-02": "some", "D1-03": "some", "D1-04": "all"}
    assert inject(report(HOUSE, Tier.FULL), "D1-03").to == "canary-us-name, canary-foe-name"


def test_an_analyst_reads_every_answer_under_a_label_of_its_own():
    full, analyst = report(HOUSE, Tier.FULL), report(HOUSE, Tier.ANALYST)

    labels = ["P01", "P02", "P03", "P04"]
    assert [(one.id, one.name) for one in analyst.delegations] == [
        (label, f"Participant {number}") for number, label in enumerate(labels, 1)
    ]
    assert [one.delegation for one in question(analyst, "D1-01").answers] == labels
    assert sorted(by_name(question(analyst, "D1-01").answers).values()) == sorted(
        by_name(question(full, "D1-01").answers).values()
    )


def test_a_label_means_the_same_participant_all_through_a_linked_report():
    analyst = report(HOUSE, Tier.ANALYST, linked=True)

    said = {one.versions[0].answer.text: one.delegation for one in question(analyst, "D1-01").answers if one.versions}
    (of_foe,) = question(analyst, "D1-02").answers
    noted = {one.text: one.delegation for one in inject(analyst, "D1-01").observations}

    foe = said[mark("foe", "first")]
    assert (of_foe.delegation, noted[f"note of {NAMES.index('foe')}"]) == (foe, foe)


def test_labels_are_drawn_anew_for_every_report():
    drawn = set()
    for _ in range(40):
        answers = question(report(HOUSE, Tier.ANALYST), "D1-01").answers
        drawn.add(tuple(one.versions[0].answer.text if one.versions else "" for one in answers))

    assert len(drawn) > 1  # 40 times the same of 24 orders: once in 10**53


@pytest.mark.parametrize("tier", [Tier.FULL, Tier.OWN, Tier.ANALYST])
def test_a_report_reads_as_it_was_written(tier: Tier):
    made = report(whole_exercise(), tier, "Kestria")

    assert Report.model_validate(json.loads(made.model_dump_json())) == made


@pytest.mark.parametrize(
    "answer, said",
    [
        ({"text": "We wait."}, "We wait."),
        ({"choice": "a"}, "Now"),
        ({"choices": ["b", "a"]}, "Later; Now"),
        ({"choices": []}, "None of them"),
        ({"scale": 4}, "4 of 5"),
        ({"ranking": ["b", "a"]}, "1. Later; 2. Now"),
        ({"stance": "no_instruction"}, "No instruction from capital"),
        ({"stance": "not_applicable"}, "Not applicable"),
        (
            {"contacts": [CONTACT, {"to": "NCB", "channel": "interpol", "hours": 48}]},
            "IOM (Phone, within 0.5 h, on the basis of Palermo Protocol, art. 8); NCB (INTERPOL, within 48 h)",
        ),
        ({"contacts": [{**CONTACT, "channel": "Radio Ch. 16", "basis": ""}]}, "IOM (Radio Ch. 16, within 0.5 h)"),
    ],
)
def test_an_answer_is_told_in_words_with_its_reservation_or_without(answer: dict[str, object], said: str):
    options = {"a": "Now", "b": "Later"}
    reserved = Answer.model_validate({**answer, "reservation": "Pending"})

    assert in_words(options, Answer.model_validate(answer)) == said
    assert in_words(options, reserved) == f"{said} (with a reservation: Pending)"
    assert content(options, reserved) == said


def test_an_answer_after_a_recall_says_so():
    history = History().opened(1).released("D1-01").recalled("D1-01").answered(head(), "D1-01", "q1", text="Late")

    (kestria,) = [one for one in question(report(history, Tier.FULL), "D1-01").answers if one.versions]

    assert [(one.text, one.recalled) for one in kestria.versions] == [("Late", True)]


def test_an_observation_of_nothing_in_particular_is_counted_too():
    history = History().does(evaluator(), "observe", text="Late start")

    full = report(history, Tier.FULL)

    assert ([one.text for one in full.general], full.counts["observations"]) == (["Late start"], 1)


def test_what_was_told_in_other_words_stands_beside_what_was_written():
    history = History().opened(1).does(lead(), "reword", inject="D1-01", title="Crossings treble").released("D1-01")
    written = history.graph.injects["D1-01"]

    told = inject(report(history, Tier.FULL), "D1-01")

    assert told.as_told is not None
    assert told.as_written is not None
    assert (told.title, told.as_told.title, told.as_written.title) == ("Crossings treble",) * 2 + (written.title,)
    assert (told.as_told.text, told.as_written.text) == (written.text, written.text)


def test_what_was_said_otherwise_on_the_map_stands_beside_what_was_written():
    history = (
        History()
        .opened(1)
        .does(
            lead(),
            "add_inject",
            title="Landing",
            text="Count.",
            map=[{"do": "alert", "place": "Ellory", "label": "171 people"}],
        )
    )
    history.does(lead(), "reword", inject="D1-X1", labels={"1": "9 people"}).released("D1-X1")

    told = inject(report(history, Tier.FULL), "D1-X1")

    assert told.as_told is not None
    assert told.as_written is not None
    assert (told.as_told.on_map, told.as_written.on_map) == (("9 people",), ("171 people",))


def test_a_delegation_s_report_does_not_hold_the_words_it_was_not_told():
    history = History().opened(1).does(lead(), "reword", inject="D1-01", title="Crossings treble").released("D1-01")

    own = report(history, Tier.OWN, "Kestria")

    assert inject(own, "D1-01").title == "Crossings treble"
    assert "Crossings double" not in written(own)
