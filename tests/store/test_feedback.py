"""Ballots and sheets in the database: one for each device, tied to none, and gone when the form is closed."""

from datetime import UTC, datetime

import pytest

from tests.ballots import Ballot, ballot
from tests.store.test_shredding import kept_of
from tests.store.words import NOW, SCENARIO, an_exercise, meddling
from ttx.exercise.commands import Refused
from ttx.exercise.rights import Seat
from ttx.review.feedback import FeedbackEntry, Prompt, Sheet
from ttx.scenario.roster import Role
from ttx.store import feedback, participants, reviews
from ttx.store.blind import Key, Unsigned
from ttx.store.database import Store
from ttx.store.seats import seats_of
from ttx.store.shredding import What, shred
from ttx.store.tables import ExerciseId


def lead(store: Store, exercise: str) -> Seat:
    return next(one.seat for one in seats_of(store, exercise) if one.seat.role is Role.LEAD_FACILITATOR)


def asked(store: Store, day: int | None = 1) -> tuple[ExerciseId, feedback.OpenForm]:
    """An exercise whose participants are asked for feedback."""
    exercise = an_exercise(store)
    feedback.opens(store, lead(store, exercise), SCENARIO, day)
    form = feedback.the_open(store, exercise)
    assert form is not None
    return exercise, form


def draws(store: Store, exercise: str, form: feedback.OpenForm, device: str) -> tuple[Ballot, str]:
    """A device gets its ballot signed."""
    mine = ballot(form.key)
    return mine, mine.signed(feedback.ballot(store, exercise, form.opened.form, device, mine.blinded))


def says(store: Store, exercise: str, form: feedback.OpenForm, device: str, words: str, level: int = 4) -> Ballot:
    """A device gives feedback."""
    mine, signature = draws(store, exercise, form, device)
    sheet = Sheet(ratings={"organised": level}, comments={Prompt.OTHER: words})
    feedback.hands_in(store, exercise, form.opened.form, mine.drawn, signature, sheet)
    return mine


# Blind signatures


def test_a_ballot_is_known_by_its_signature_and_was_never_seen():
    key = Key.read(Key.drawn().written)
    mine = ballot(f"{key.n:x}")

    signature = mine.signed(key.sign(mine.blinded))

    assert len(key.digest(mine.drawn, signature)) == 64
    with pytest.raises(Unsigned):
        key.digest(ballot(f"{key.n:x}").drawn, signature)
    with pytest.raises(Unsigned):
        key.digest(mine.drawn, mine.blinded)


@pytest.mark.parametrize("number", ["0", "1", "-5", "", "zz", "f" * 600, "\u0661\u0662"])
def test_what_is_no_number_of_the_key_is_not_signed(number: str):
    key = Key.drawn()
    with pytest.raises(Unsigned):
        key.sign(number)
    with pytest.raises(Unsigned):
        key.digest("00" * 32, number)


def test_what_was_signed_for_a_device_could_have_been_for_any_ballot():
    """For every ballot there is a factor under which it looks like the number that was signed."""
    key = Key.drawn()
    seen, another = ballot(f"{key.n:x}"), ballot(f"{key.n:x}")
    signed = int(key.sign(seen.blinded), 16)
    signature = int(another.signed(key.sign(another.blinded)), 16)

    factor = signed * pow(signature, -1, key.n) % key.n

    assert Ballot(key.n, another.drawn, factor, seen.blinded).signed(f"{signed:x}") == f"{signature:x}"


# One for each device


def test_a_device_gets_one_ballot_and_the_same_one_again_if_the_reply_was_lost(store: Store):
    exercise, form = asked(store)
    mine, signature = draws(store, exercise, form, "a")

    again = feedback.ballot(store, exercise, form.opened.form, "a", mine.blinded)

    assert mine.signed(again) == signature
    with pytest.raises(Refused, match="has its form already"):
        feedback.ballot(store, exercise, form.opened.form, "a", ballot(form.key).blinded)


def test_a_sheet_that_comes_again_or_changed_takes_the_place_of_the_first(store: Store):
    exercise, form = asked(store)
    name = form.opened.form
    mine, signature = draws(store, exercise, form, "a")
    for level in (1, 1, 5):
        feedback.hands_in(store, exercise, name, mine.drawn, signature, Sheet(ratings={"organised": level}))
    says(store, exercise, form, "b", "Thanks", 5)
    says(store, exercise, form, "c", "More time", 5)

    assert feedback.handed_in(store, exercise, name) == 3
    assert feedback.closes(store, lead(store, exercise), name).ratings["organised"] == (0, 0, 0, 0, 3)


def test_without_a_ballot_signed_here_nothing_is_taken(store: Store):
    exercise, form = asked(store)
    mine = ballot(form.key)

    with pytest.raises(Refused, match="did not come with the form"):
        feedback.hands_in(store, exercise, form.opened.form, mine.drawn, mine.blinded, Sheet(ratings={"tools": 1}))
    with pytest.raises(Refused, match="did not come with the form"):
        feedback.ballot(store, exercise, form.opened.form, "a", "nonsense")
    assert feedback.ballot(store, exercise, form.opened.form, "a", mine.blinded)


# Nobody's


def test_no_row_of_a_sheet_tells_a_device_a_seat_or_a_time(store: Store):
    exercise, form = asked(store)
    drawn = {device: says(store, exercise, form, device, f"from {device}") for device in ("a", "b", "c")}

    with meddling(store) as raw:
        ballots = [tuple(row) for row in raw.execute("SELECT * FROM feedback_ballots")]
        sheets = [tuple(row) for row in raw.execute("SELECT * FROM feedback_sheets")]

    assert len(ballots) == len(sheets) == 3
    assert not {one for row in ballots for one in row[2:]} & {one for row in sheets for one in row[2:]}
    for mine in drawn.values():
        assert all(mine.drawn not in str(row) and mine.blinded not in str(row) for row in (*ballots, *sheets))


@pytest.mark.embedded
def test_sheets_lie_in_the_order_of_their_hashes_and_not_as_they_came(store: Store):
    exercise, form = asked(store)
    for number in range(12):
        says(store, exercise, form, f"device {number}", str(number))

    with meddling(store) as raw:
        (made,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'feedback_sheets'").fetchone()
        hashes = [row[0] for row in raw.execute("SELECT ballot FROM feedback_sheets")]

    assert "WITHOUT ROWID" in made
    assert hashes == sorted(hashes)


def test_when_a_form_is_closed_only_counts_and_words_are_left(store: Store):
    exercise, form = asked(store)
    for device, words in {"a": "Zebra", "b": "Apple", "c": "Mango"}.items():
        says(store, exercise, form, device, words)

    told = feedback.closes(store, lead(store, exercise), form.opened.form)

    assert told.comments == {Prompt.OTHER: ("Apple", "Mango", "Zebra")}
    with meddling(store) as raw:
        for table in ("feedback_forms", "feedback_ballots", "feedback_sheets"):
            assert raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    assert feedback.the_open(store, exercise) is None
    assert reviews.first_fault(store, exercise) is None
    with pytest.raises(Refused, match="is closed"):
        says(store, exercise, form, "d", "Too late")


@pytest.mark.embedded
def test_no_ballot_is_left_in_the_files_of_a_closed_form(store: Store):
    exercise, form = asked(store)
    for device in ("a", "b", "c"):
        says(store, exercise, form, device, "Said once")
    with meddling(store) as raw:
        hashes = [row[0].encode() for row in raw.execute("SELECT ballot FROM feedback_sheets")]

    feedback.closes(store, lead(store, exercise), form.opened.form)

    held = b"".join(one.read_bytes() for one in store.directory.iterdir() if one.is_file())
    assert not any(one in held for one in hashes)


# Shredding


def test_feedback_goes_with_what_was_said_and_the_chain_stands(store: Store):
    exercise = kept_of(store, "whole")
    who = lead(store, exercise)
    feedback.opens(store, who, SCENARIO, None)
    first = feedback.the_open(store, exercise)
    assert first is not None
    for device in ("a", "b", "c"):
        says(store, exercise, first, device, "Said once")
    feedback.closes(store, who, first.opened.form)
    feedback.opens(store, who, SCENARIO, None)

    shred(store, exercise, frozenset({What.SAID}))

    assert not any(isinstance(one.entry, FeedbackEntry) for one in reviews.read(store, exercise))
    assert reviews.first_fault(store, exercise) is None
    assert feedback.the_open(store, exercise) is None


# Who agreed to be named


def test_whoever_agreed_stands_until_he_takes_it_back_on_his_device(store: Store):
    exercise = an_exercise(store)
    seat = seats_of(store, exercise)[1].seat
    ilse = participants.agrees(store, seat.id, "device a", "Ilse Marr", "Coast guard", NOW)
    participants.agrees(store, seat.id, "device b", "Jon", "", datetime(2026, 11, 24, tzinfo=UTC))

    participants.withdraws(store, seat.id, "device b", ilse)
    assert [one.name for one in participants.participants_of(store, exercise) if one.delegation == "vedra"]
    assert len(participants.participants_of(store, exercise)) == 2
    participants.withdraws(store, seat.id, "device a", ilse)

    assert [one.name for one in participants.participants_of(store, exercise)] == ["Jon"]
    assert participants.agreed_on(store, seat.id, "device a") == []


@pytest.mark.embedded
def test_a_name_that_was_taken_back_or_shredded_is_in_no_file(store: Store):
    exercise = kept_of(store, "whole")
    seat = seats_of(store, exercise)[1].seat

    def held() -> bytes:
        return b"".join(one.read_bytes() for one in store.directory.iterdir() if one.is_file())

    first = participants.agrees(store, seat.id, "a", "Quentin Farwell", "Coast guard")
    participants.agrees(store, seat.id, "a", "Rosalind Upthorpe", "Police")
    assert b"Quentin Farwell" in held()
    participants.withdraws(store, seat.id, "a", first)
    assert b"Quentin Farwell" not in held()
    assert b"Rosalind" in held()

    done = shred(store, exercise, frozenset({What.PEOPLE}))

    assert b"Rosalind" not in held()
    assert done.names == 3
