"""The log: created, appended to and read."""

import tempfile
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.store.words import NOW, ROSTER, SCENARIO, an_exercise, announce, meddling, texts
from ttx.exercise.answers import Answer
from ttx.exercise.entries import Announced, BranchChosen, Entry, ExerciseCreated, Logged, ResponseSubmitted
from ttx.exercise.state import begin, fold
from ttx.scenario.graph import build
from ttx.store.chain import digest, verify
from ttx.store.database import NoSuchExercise, Store
from ttx.store.log import KeyReused, create_exercise, exercises, freeze, head, read, scenario_of, writing
from ttx.store.tables import ExerciseId


def test_a_new_exercise_begins_with_the_entry_that_creates_it(store: Store):
    exercise = create_exercise(store, SCENARIO, ROSTER, title="Regional exercise", now=NOW)

    (first,) = read(store, exercise)
    assert (first.seq, first.at, first.seat) == (1, NOW, None)
    assert isinstance(first.entry, ExerciseCreated)
    assert first.entry.title == "Regional exercise"
    assert (first.entry.scenario, first.entry.version) == ("lantern-tide", "1.2")
    assert first.entry.digest == digest(freeze(SCENARIO))
    assert first.entry.delegations["vedra"].groups == ("TFPP",)
    assert first.entry.tables == {"t1": "Table 1"}


def test_peoples_names_stay_out_of_the_log(store: Store, exercise: ExerciseId):
    with store.read("All bodies") as connection:
        bodies = " ".join(connection.scalars(text("SELECT body FROM bodies")))

    assert "Ilse" not in bodies
    assert "Ana" not in bodies


def test_an_exercise_keeps_the_scenario_as_it_was(store: Store, exercise: ExerciseId):
    assert scenario_of(store, exercise) == SCENARIO
    options = scenario_of(store, exercise).days[0].injects[0].questions[0].options
    assert list(options) == ["z", "a"]  # in the order of their author, not of the alphabet


def test_exercises_are_listed_newest_first(store: Store):
    older = create_exercise(store, SCENARIO, ROSTER, "Older", NOW)
    newer = create_exercise(store, SCENARIO, ROSTER, "Newer", NOW + timedelta(hours=1))

    assert [(one.id, one.title, one.head) for one in exercises(store)] == [
        (newer, "Newer", 1),
        (older, "Older", 1),
    ]
    assert head(store, newer) == (1, exercises(store)[0].epoch)
    assert exercises(store)[0].epoch != exercises(store)[1].epoch


def test_an_exercise_that_is_not_there_is_named(store: Store):
    for ask in (head, scenario_of, announce):
        with pytest.raises(NoSuchExercise, match="There is no exercise nowhere here"):
            ask(store, "nowhere")
    assert read(store, "nowhere") == []


def test_entries_come_back_as_they_were_appended(store: Store, exercise: ExerciseId):
    said: list[Entry] = [
        BranchChosen(inject="D1-02", option="north", set={"crew": 3, "safe": True}),
        ResponseSubmitted(
            inject="D1-01",
            question="q",
            delegation="vedra",
            answer=Answer(text="Мы позвоним 海警", reservation="-"),
        ),
    ]
    with writing(store, exercise) as log:
        assert log.head == 1
        appended = log.append(said, "s1", NOW)
        assert log.head == 3

    assert read(store, exercise, after=1) == appended
    assert [logged.entry for logged in appended] == said
    state = begin(build(SCENARIO).scenario)
    assert fold(state, read(store, exercise)).seq == 3


def test_a_moment_is_kept_to_the_millisecond_and_told_so(store: Store, exercise: ExerciseId):
    at = datetime(2026, 11, 23, 18, 30, 15, 123999, tzinfo=timezone(timedelta(hours=7)))
    with writing(store, exercise) as log:
        (appended,) = log.append([Announced(text="now")], None, at)

    assert appended.at == datetime(2026, 11, 23, 11, 30, 15, 123000, tzinfo=UTC)
    assert read(store, exercise)[-1] == appended
    with store.read("") as connection:
        assert connection.execute(text("SELECT max(at) FROM entries")).scalar() == "2026-11-23T11:30:15.123Z"


def test_a_moment_without_a_time_zone_is_refused(store: Store, exercise: ExerciseId):
    naive = datetime(2026, 11, 23)  # noqa: DTZ001  (that is the point)
    with writing(store, exercise) as log, pytest.raises(ValueError, match="needs a time zone"):
        log.append([Announced(text="when?")], None, naive)


def test_reading_starts_after_an_entry_and_stops_at_a_limit(store: Store, exercise: ExerciseId):
    announce(store, exercise, *"abcdef")

    assert texts(read(store, exercise, after=3)) == ["c", "d", "e", "f"]
    assert texts(read(store, exercise, after=3, limit=2)) == ["c", "d"]


def test_a_shredded_entry_is_left_out_and_the_rest_is_read(store: Store, exercise: ExerciseId):
    announce(store, exercise, *"abcd")
    with store.write("A body is shredded") as connection:
        connection.execute(text("DELETE FROM bodies WHERE seq IN (3, 5)"))

    assert [(logged.seq, logged.entry.text) for logged in read(store, exercise, after=1)] == [  # type: ignore[union-attr]
        (2, "a"),
        (4, "c"),
    ]
    assert texts(read(store, exercise, after=2, limit=1)) == ["c"]
    assert head(store, exercise)[0] == 5


def test_a_known_key_returns_its_first_result(store: Store, exercise: ExerciseId):
    announce(store, exercise, "a", "b", key="k", asked="request")
    announce(store, exercise, "c")

    with writing(store, exercise) as log:
        assert log.result("k", "request") == 3
        assert log.result("new", "request") is None


def test_a_key_with_another_request_is_refused(store: Store, exercise: ExerciseId):
    announce(store, exercise, "a", key="k", asked="request")

    with writing(store, exercise) as log, pytest.raises(KeyReused) as refusal:
        log.result("k", "another")
    assert str(refusal.value) == (
        "The key k already stands for another request, recorded as entry 2. "
        "Send this request again with a key of its own."
    )


def test_a_key_is_known_at_once_inside_its_own_transaction(store: Store, exercise: ExerciseId):
    with writing(store, exercise) as log:
        assert log.result("k", "request") is None
        log.append([Announced(text="a")], "s1", NOW, "k", "request")
        assert log.result("k", "request") == 2
        with pytest.raises(KeyReused):
            log.append([Announced(text="b")], "s1", NOW, "k", "request")

    assert texts(read(store, exercise)) == ["a"]


def test_keys_of_two_exercises_do_not_meet(store: Store, exercise: ExerciseId):
    other = an_exercise(store)
    announce(store, exercise, "here", key="k", asked="here")
    announce(store, other, "there", key="k", asked="there")

    assert texts(read(store, other)) == ["there"]


def test_a_command_that_comes_to_nothing_leaves_no_key(store: Store, exercise: ExerciseId):
    with writing(store, exercise) as log:
        assert log.append([], "s1", NOW, "k", "request") == []
        assert log.result("k", "request") is None


def test_a_transaction_that_fails_leaves_no_entry_and_no_gap(store: Store, exercise: ExerciseId):
    def fail() -> None:
        with writing(store, exercise) as log:
            log.append([Announced(text="lost")], None, NOW)
            log.write_out()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    (kept,) = announce(store, exercise, "kept")
    assert kept.seq == 2
    assert verify(store, exercise).whole


def test_what_was_just_appended_is_read_back_inside_the_transaction(store: Store, exercise: ExerciseId):
    with writing(store, exercise) as log:
        appended = log.append([Announced(text="a"), Announced(text="b")], None, NOW)
        assert log.after(1) == appended
        appended += log.append([Announced(text="c")], None, NOW)
        assert log.after(1) == appended


SAME_KEY = """INSERT OR REPLACE INTO entries
    SELECT exercise, 9, key, asked, seat, kind, at, commitment, prev_hash, hash FROM entries
    WHERE key = 'k'"""


@pytest.mark.embedded
@pytest.mark.parametrize(
    "statement,sentence",
    [
        ("UPDATE entries SET at = ''", "An entry of the log is never changed"),
        ("DELETE FROM entries", "An entry of the log is never deleted"),
        ("INSERT OR REPLACE INTO entries SELECT * FROM entries", "An entry of the log is never replaced"),
        (SAME_KEY, "An entry of the log is never replaced"),
        ("UPDATE bodies SET body = '{}'", "The body of an entry is never changed"),
    ],
)
def test_the_database_itself_refuses_to_change_the_log(
    store: Store, exercise: ExerciseId, statement: str, sentence: str
):
    announce(store, exercise, "said", key="k")
    with store.write("") as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        with pytest.raises(IntegrityError, match=sentence):
            connection.execute(text(statement))
    assert verify(store, exercise).whole


def test_triggers_that_were_dropped_are_back_after_the_next_start(store: Store, exercise: ExerciseId):
    with meddling(store):
        pass
    with (
        Store(store.directory) as again,
        pytest.raises(IntegrityError, match="never changed"),
        again.write("") as connection,
    ):
        connection.execute(text("UPDATE entries SET at = ''"))


commands = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from([None, "k1", "k2", "k3"]),
        st.sampled_from(["ask", "other"]),
        st.integers(0, 3),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(commands)
def test_two_processes_in_any_interleaving_write_one_log(script: list[tuple[bool, str | None, str, int]]):
    """Each store sees the other's entries, no seq is lost or given twice, and a key counts once for both."""
    with tempfile.TemporaryDirectory() as folder, Store(folder) as left, Store(folder) as right:
        exercise = an_exercise(left)
        expected: list[Logged] = read(left, exercise)
        seen = {left: list(expected), right: list(expected)}
        keys: dict[str, tuple[int, str]] = {}
        for on_left, key, asked, count in script:
            store = left if on_left else right
            with writing(store, exercise) as log:
                seen[store] += log.after(len(seen[store]))
                assert seen[store] == expected
                if key is not None and key in keys:
                    if keys[key][1] == asked:
                        assert log.result(key, asked) == keys[key][0]
                    else:
                        with pytest.raises(KeyReused):
                            log.result(key, asked)
                    continue
                entries = [Announced(text=f"{number}") for number in range(count)]
                appended = log.append(entries, "s1", NOW, key, asked if key else None)
                expected = expected + appended
                seen[store] += appended
                if key is not None and appended:
                    keys[key] = (log.head, asked)
        assert read(left, exercise) == read(right, exercise) == expected
        assert [logged.seq for logged in expected] == list(range(1, len(expected) + 1))
        assert verify(right, exercise).whole
