"""What was said in an exercise, and by whom, is gone for good, and its record is whole without it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.exercise.words import gathered_exercise, whole_exercise
from tests.store.words import NOW, ROSTER, an_exercise, meddling
from ttx.exercise.entries import KINDS, ExerciseEnded
from ttx.exercise.state import begin, fold
from ttx.review.entries import Details, GapRecorded
from ttx.review.leaving import RecordShredded
from ttx.scenario.roster import Roster
from ttx.store import reviews
from ttx.store.chain import verify
from ttx.store.database import NoSuchExercise, Store
from ttx.store.log import create_exercise, read, writing
from ttx.store.seats import new_token, seats_of
from ttx.store.shredding import SAID, NotShredded, Shredded, What, due, shred
from ttx.store.tables import ExerciseId

BOTH = frozenset(What)
PATH = {
    *("ExerciseCreated", "DayOpened", "DayClosed", "InjectReleased", "InjectHeld", "InjectSkipped", "InjectRecalled"),
    *("BranchChosen", "BranchReopened", "InjectAdded", "InjectReworded", "ExercisePaused", "ExerciseResumed"),
    *("TimerStarted", "TimerStopped", "TimerEnded", "Announced", "AnnouncementWithdrawn", "SubmissionDelegated"),
    *("ExerciseEnded", "ReleaseScheduled", "ScheduleCancelled", "ReleaseLapsed", "VoteOpened", "VoteRevealed"),
    *("VoteClosed", "TableChose", "SessionStarted", "SessionTakenBack", "StoryMoved", "HotWashOpened"),
    *("HotWashClosed", "PlenaryShown", "EmergencyDeclared", "EmergencyLifted", "CommsChecked", "SeatMoved"),
    "TablesAllowed",
}
"""What the room was told and which way it went: it stays."""
HISTORIES = {"whole": whole_exercise, "gathered": gathered_exercise}


def kept_of(store: Store, told: str, at: datetime = NOW, listed: Roster = ROSTER) -> ExerciseId:
    """An exercise with this history in its log."""
    history = HISTORIES[told]()
    exercise = create_exercise(store, history.graph.scenario, listed, now=at)
    with writing(store, exercise) as log:
        for one in history.log[1:]:
            log.append([one.entry], one.seat, at)
    return exercise


@pytest.mark.parametrize("told", HISTORIES)
def test_what_was_said_is_gone_and_the_path_and_the_chain_stand(store: Store, told: str):
    exercise = kept_of(store, told)
    before = read(store, exercise)

    done = shred(store, exercise, frozenset({What.SAID}))

    after = read(store, exercise)
    assert {one.entry.__class__.__name__ for one in after} & SAID == set()
    assert [one for one in before if one.entry.__class__.__name__ not in SAID] == after
    assert done.bodies == len(before) - len(after) > 0
    verdict = verify(store, exercise)
    assert (verdict.whole, verdict.shredded) == (True, done.bodies)
    graph = HISTORIES[told]().graph
    state, whole = fold(begin(graph.scenario), after), fold(begin(graph.scenario), before)
    assert (state.status, state.out, state.decisions) == (whole.status, whole.out, whole.decisions)
    assert not state.responses


def test_of_every_kind_it_is_known_whether_somebody_speaks_in_it():
    assert set(KINDS) == SAID | PATH
    assert not SAID & PATH


def test_names_are_gone_and_seats_and_programs_stay(store: Store):
    exercise = kept_of(store, "whole")
    new_token(store, exercise, ROSTER.seats[0].role)
    before = seats_of(store, exercise)

    done = shred(store, exercise, frozenset({What.PEOPLE}))

    after = seats_of(store, exercise)
    assert done == Shredded(exercise, "Exercise Small Tide", 2, 0)
    assert [one.seat for one in after] == [one.seat for one in before]
    assert [one.name for one in after] == [None, None, None, None, "a program"]
    assert len(read(store, exercise)) > 20


def test_what_analysts_made_of_it_goes_with_what_was_said(store: Store):
    exercise = kept_of(store, "whole")
    reviews.record(store, exercise, "s1", lambda _: [GapRecorded(gap="GAP-01", details=Details(statement="Nobody"))])

    shred(store, exercise, BOTH)

    (kept,) = reviews.read(store, exercise)
    assert isinstance(kept.entry, RecordShredded)
    assert (kept.entry.what, kept.entry.names, kept.entry.bodies > 9) == (("people", "said"), 2, True)
    assert reviews.first_fault(store, exercise) is None


@pytest.mark.embedded
def test_no_word_is_left_in_the_files_of_the_data_directory(store: Store):
    exercise = kept_of(store, "whole")
    word, name = b"We call our liaison officer", b"Ilse Marr"
    files = [one for one in store.directory.iterdir() if one.is_file()]
    assert any(word in one.read_bytes() for one in files)
    assert any(name in one.read_bytes() for one in files)

    shred(store, exercise, BOTH)

    files = [one for one in store.directory.iterdir() if one.is_file()]
    assert not any(word in one.read_bytes() for one in files)
    assert not any(name in one.read_bytes() for one in files)


def test_shredding_twice_finds_nothing_more(store: Store):
    exercise = kept_of(store, "whole")
    shred(store, exercise, BOTH)

    again = shred(store, exercise, BOTH)

    assert (again.names, again.bodies) == (0, 0)
    assert [type(one.entry) for one in reviews.read(store, exercise)] == [RecordShredded]


def test_what_goes_on_or_is_not_there_is_not_shredded(store: Store):
    exercise = an_exercise(store)

    with pytest.raises(NotShredded, match="it has not ended"):
        shred(store, exercise, BOTH)
    with pytest.raises(NoSuchExercise):
        shred(store, "none", BOTH)
    assert [one.name for one in seats_of(store, exercise)][:2] == ["Ana Lind", "Ilse Marr"]


def test_those_are_due_that_ended_long_enough_ago(store: Store):
    old, new, running = kept_of(store, "whole", NOW - timedelta(days=91)), kept_of(store, "whole"), an_exercise(store)

    assert due(store, 90, NOW) == [old]
    assert set(due(store, 0, NOW)) == {old, new}
    assert running not in due(store, 0, datetime(2100, 1, 1, tzinfo=UTC))


def test_an_end_whose_body_is_gone_is_an_end(store: Store):
    """That it ended stands in the envelope."""
    exercise = kept_of(store, "whole")
    with meddling(store) as raw:
        raw.execute("DELETE FROM bodies WHERE exercise = ?", (exercise,))

    assert ExerciseEnded not in {type(one.entry) for one in read(store, exercise)}
    assert shred(store, exercise, BOTH).names == 2
