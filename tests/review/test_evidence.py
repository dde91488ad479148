"""Evidence: every kind of it is there once, cited by its place in the log, and told as far as a tier may know."""

from typing import Any

import pytest

from tests.exercise.words import History, days, decides, evaluator, head, lead, tells
from tests.review.test_looked_back import looked_back
from tests.review.words import full_house, mark
from ttx.exercise.ballots import TableChose
from ttx.review.evidence import Item, Kind, against, evidence, from_the_wall, reach, read, seen
from ttx.review.parts import Tier, spelt
from ttx.review.sifting import NONE, Sift, pages, sifted

HOUSE = full_house()


def found(history: History) -> tuple[Item, ...]:
    chosen = [one for one in history.log if isinstance(one.entry, TableChose)]
    return evidence(history.graph, history.state, chosen)


def as_analyst(history: History) -> tuple[Item, ...]:
    names = {name: (f"P{number}", f"Delegation {number}") for number, name in enumerate(history.state.delegations)}
    return seen(found(history), Tier.ANALYST, names, history.state.tables)


def in_full(history: History) -> tuple[Item, ...]:
    names = {name: (name, one.name) for name, one in history.state.delegations.items()}
    return seen(found(history), Tier.FULL, names, history.state.tables)


def voted() -> History:
    """A decision that delegations vote on, one that tables take for themselves, and one that is decided."""
    apart = decides("D1-02", A="D1-03", B="D1-03")
    apart["branch"]["by"] = "each_table"
    history = History(days([decides("D1-01", A="D1-02", B="D1-02"), apart, tells("D1-03")])).opened(1)
    history.released("D1-01").does(lead(), "open_vote", inject="D1-01", by="delegations")
    history.does(head(), "vote", inject="D1-01", option="B").does(lead(), "close_vote", inject="D1-01")
    history.decided("D1-01", "B").released("D1-02")
    return history.does(head(), "choose_for_table", inject="D1-02", option="A")


@pytest.mark.parametrize("history", [HOUSE, voted(), looked_back()])
def test_an_id_leads_to_the_entry_that_said_it(history: History):
    kinds = {
        "ResponseSubmitted": Kind.ANSWER,
        "ObservationRecorded": Kind.OBSERVATION,
        "RatingGiven": Kind.RATING,
        "VoteCast": Kind.VOTE,
        "BranchChosen": Kind.DECISION,
        "TableChose": Kind.DECISION,
        "HotWashNoted": Kind.HOT_WASH,
        "GapDrafted": Kind.DRAFT_GAP,
        "SummaryWritten": Kind.SUMMARY,
    }
    said = {one.seq: kinds[type(one.entry).__name__] for one in history.log if type(one.entry).__name__ in kinds}

    assert {read(one.id): one.kind for one in found(history)} == said


def test_an_id_is_read_however_it_is_typed_and_nothing_else_is_one():
    assert [read(text) for text in (spelt(7), "e-7", " E0007 ", "E-12345")] == [7, 7, 7, 12345]
    assert [read(text) for text in ("", "7", "E-0", "E-", "X-7", "E-7x", "the 7", "E-1234567890123")] == [None] * 8


def test_an_answer_says_what_was_asked_and_which_version_it_is():
    first, second = (one for one in found(HOUSE) if one.delegation == "us" and one.inject == "D1-01" and one.ask)

    assert (first.text, first.since, second.since) == (mark("us", "first"), second.seq, None)
    assert second.text == f"{mark('us', 'second')} (with a reservation: {mark('us', 'reserve')})"
    assert (second.ask, second.question, second.number, second.objectives) == ("Who?", "q1", 1, ("O1",))


def test_full_evidence_has_names_tables_and_times():
    vote = next(one for one in in_full(voted()) if one.kind is Kind.VOTE)
    by_table = next(one for one in in_full(voted()) if one.table is not None)

    assert (vote.name, vote.text, vote.at is not None) == ("Kestria", "B: Option B", True)
    assert (by_table.kind, by_table.table, by_table.text) == (Kind.DECISION, "Table 1", "A: Option A")


def test_analysts_evidence_has_no_name_no_table_no_time_and_no_order_of_who_was_first():
    for history in (HOUSE, voted(), looked_back()):
        items = as_analyst(history)

        assert {(one.at, one.table) for one in items} == {(None, None)}
        assert {one.delegation for one in items} <= {None, "P0", "P1", "P2", "P3"}
        assert not any(one.kind is Kind.VOTE and one.name is None for one in items)
    told = [
        one.name for one in as_analyst(HOUSE) if one.inject == "D1-01" and one.kind is Kind.ANSWER and not one.since
    ]
    assert told == sorted(told, key=str)
    assert [one.text for one in as_analyst(voted()) if one.kind is Kind.DECISION] == ["B: Option B"]
    assert [one.text for one in as_analyst(looked_back()) if one.kind is Kind.SUMMARY] == ["We sailed.", "We waited."]
    assert mark("foe", "name") not in repr(as_analyst(HOUSE))


def test_prevalence_is_of_those_who_showed_it_and_of_those_who_could_have():
    history, items = HOUSE, found(HOUSE)
    answers = [one for one in items if one.inject == "D1-01" and one.kind is Kind.ANSWER]
    secret = [one for one in items if one.inject == "D1-02"]
    general = [one for one in items if one.kind is Kind.OBSERVATION and one.inject is None]

    assert reach(history.graph, history.state, answers) == (3, 4)
    assert reach(history.graph, history.state, [answers[0], answers[1]]) == (1, 4)
    assert reach(history.graph, history.state, secret) == (1, 1)
    assert reach(history.graph, history.state, [*secret, *answers]) == (3, 4)
    assert reach(history.graph, history.state, []) == (0, 0)
    assert general == []


def test_what_a_table_said_counts_for_no_delegation():
    history = looked_back()
    notes = [one for one in found(history) if one.kind is Kind.HOT_WASH]

    assert reach(history.graph, history.state, notes) == (0, 3)


def test_a_draft_gap_brings_its_notes_and_those_of_what_was_merged_into_it():
    history = History().opened(1).does(lead(), "open_hot_wash")
    history.does(head(), "note_hot_wash", sense="gap", text="No list.")
    history.does(head("tamarinda"), "draft_gap", text="No common list.")
    history.does(lead(), "merge_gaps", gaps=["G2", "G1"], text="No list.")
    history.does(head(), "test_gap", gap="G2", verdict="fails", text="We have one.")
    seqs = {type(one.entry).__name__: one.seq for one in history.log}
    note, drafts = seqs["HotWashNoted"], [one.seq for one in history.log if type(one.entry).__name__ == "GapDrafted"]

    assert from_the_wall(history.state, "G2") == tuple(sorted([note, *drafts]))
    assert from_the_wall(history.state, "G9") == ()
    assert [(one.table, one.verdict, one.text) for one in against(history.state, "G2")] == [
        ("T1", "fails", "We have one.")
    ]


# Sifting


def test_evidence_is_sifted_by_everything_it_is_about():
    items = in_full(HOUSE)

    def texts(**sift: Any) -> set[str]:
        return {one.text for one in sifted(items, Sift(**sift)).items}

    assert texts(inject="D1-02") == {mark("foe", "secret")}
    assert texts(kind="answer", delegation="ally") == {
        f"{mark('ally', 'second')} (with a reservation: canary-ally-reserve)"
    }
    assert texts(kind="rating", table="Table 1") == {"note of 0", "note of 3"}
    assert texts(sense="gap", delegation="foe") == {"note of 1"}
    assert texts(objective="O1", kind="decision") == set()
    assert texts(objective=NONE, kind="decision") == {"A: Option A (by default)"}
    assert texts(kind="answer", delegation="nobody") == set()


def test_all_words_have_to_be_found_also_those_of_the_question_and_an_id_finds_its_item():
    items = in_full(HOUSE)
    one = next(one for one in items if one.since is not None)

    assert {one.delegation for one in sifted(items, Sift(words="CANARY who? us-second")).items} == {"us"}
    assert sifted(items, Sift(words="canary nowhere")).items == ()
    assert sifted(items, Sift(words=one.id.lower())).items == (one,)


def test_earlier_versions_are_found_only_when_they_are_asked_for():
    items = in_full(HOUSE)
    standing, every = sifted(items, Sift()).items, sifted(items, Sift(earlier=True)).items

    assert {one.since for one in standing} == {None}
    assert len(every) - len(standing) == 3


def test_each_choice_says_how_much_it_would_leave_the_others_standing():
    items = in_full(HOUSE)
    sift = Sift(kind="answer", delegation="foe")

    counts = sifted(items, sift).counts

    for facet, value in (("kind", "rating"), ("delegation", "us"), ("inject", "D1-03"), ("sense", NONE)):
        chosen: dict[str, Any] = {"kind": sift.kind, "delegation": sift.delegation, facet: value}
        other = Sift(**chosen)
        assert counts[facet].get(value, 0) == len(sifted(items, other).items), (facet, value)


def test_pages_hold_everything_once_and_there_is_always_one():
    items = in_full(HOUSE)

    assert [one for page in pages(items, 4) for one in page] == list(items)
    assert list(pages([], 4)) == [()]


def test_an_observation_of_no_inject_could_have_been_of_everybody():
    history = full_house()
    history.does(lead(), "open_day", day=1).does(evaluator(), "observe", text="Tired", delegation="us")
    note = [one for one in found(history) if one.text == "Tired"]

    assert reach(history.graph, history.state, note) == (1, 4)
