"""Participants' feedback in the database: forms that open and close, ballots, and sheets that are nobody's.

That a form was opened and what it came to stand in the review's log. Sheets stand beside it until the form is closed;
then they, the ballots and the key that signed these are gone from the disk. What holds is told in docs/security.md.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from ttx.exercise.commands import Refused
from ttx.exercise.rights import Seat
from ttx.review.entries import Kept
from ttx.review.feedback import FeedbackClosed, FeedbackOpened, Sheet, taken
from ttx.review.feedback_commands import closing, opening
from ttx.review.opinions import open_one
from ttx.scenario.model import Scenario
from ttx.scenario.worded import worded
from ttx.store.blind import Key, Unsigned
from ttx.store.database import Store
from ttx.store.reviews import read, recorded
from ttx.store.tables import feedback_ballots, feedback_forms, feedback_sheets

CLOSED = worded("This form is closed. What was sent before stays in it.")
ANOTHER = worded("This device has its form already, and it was filled in elsewhere or its memory was cleared.")
NO_BALLOT = worded("This feedback did not come with the form of a device here. Load the page again.")
OF_A_FORM = (feedback_sheets, feedback_ballots, feedback_forms)


@dataclass(frozen=True, slots=True)
class OpenForm:
    """The form that participants may fill in: what it asks, and the public half of its key, in hexadecimal."""

    opened: FeedbackOpened
    key: str


def opens(store: Store, seat: Seat, scenario: Scenario, day: int | None) -> FeedbackOpened:
    """Open a form on a day or on the whole exercise. Raises Forbidden, Refused, NotRecorded, NoSuchExercise."""
    key = Key.drawn()
    made: list[FeedbackOpened] = []

    def decide(log: list[Kept]) -> list[FeedbackOpened]:
        made.append(opening(scenario, log, seat, day))
        return made

    with store.write("That feedback is asked for", beside=True) as connection:
        recorded(connection, seat.exercise, seat.id, lambda log: decide(list(log)))
        row = {"exercise": seat.exercise, "form": made[0].form, "key": key.written}
        connection.execute(insert(feedback_forms).values(**row))
    return made[0]


def closes(store: Store, seat: Seat, form: str) -> FeedbackClosed:
    """Close a form: what it came to is recorded, and its sheets, ballots and key are gone.

    Raises Forbidden, Refused, NotRecorded, NoSuchExercise.
    """
    with store.write("That feedback is closed", beside=True) as connection:
        _found(connection, seat.exercise, form, locked=True)
        wanted = select(feedback_sheets.c.sheet).where(
            feedback_sheets.c.exercise == seat.exercise, feedback_sheets.c.form == form
        )
        sheets = [Sheet.model_validate_json(one) for one in connection.scalars(wanted)]
        kept = recorded(connection, seat.exercise, seat.id, lambda log: [closing(log, seat, form, sheets)])
        for table in OF_A_FORM:
            connection.execute(delete(table).where(table.c.exercise == seat.exercise, table.c.form == form))
    store.database.overwrite([table.name for table in OF_A_FORM])
    closed = kept[0].entry
    assert isinstance(closed, FeedbackClosed)  # noqa: S101  (`closing` makes nothing else)
    return closed


def the_open(store: Store, exercise: str) -> OpenForm | None:
    """The form that can be filled in now. Raises NotRead."""
    with store.read("Which feedback is asked for") as connection:
        row = connection.execute(select(feedback_forms).where(feedback_forms.c.exercise == exercise)).first()
    form = open_one(read(store, exercise)) if row is not None else None
    return OpenForm(form.opened, f"{Key.read(row.key).n:x}") if form is not None and row is not None else None


def handed_in(store: Store, exercise: str, form: str) -> int:
    """How many sheets a form has that is open. Raises NotRead."""
    counted = select(func.count()).where(feedback_sheets.c.exercise == exercise, feedback_sheets.c.form == form)
    with store.read("How many gave feedback") as connection:
        return connection.scalar(counted) or 0


def ballot(store: Store, exercise: str, form: str, held_by: str, blinded: str) -> str:
    """Sign a device's ballot without seeing it: one for each device and form, the same again for the same number.

    `held_by` is the device's session. Raises Refused, NotRecorded.
    """
    device = hashlib.sha256(f"{exercise} {form} {held_by}".encode()).hexdigest()
    number = hashlib.sha256(blinded.encode()).hexdigest()
    with store.read("The form of a device") as connection:
        signed = _signed(_found(connection, exercise, form), blinded)
    with store.write("That a device has its form", beside=True) as connection:
        _found(connection, exercise, form, locked=True)
        here = (feedback_ballots.c.exercise == exercise, feedback_ballots.c.form == form)
        before = connection.scalar(select(feedback_ballots.c.blinded).where(*here, feedback_ballots.c.device == device))
        if before not in (None, number):
            raise Refused(ANOTHER)
        if before is None:
            row = {"exercise": exercise, "form": form, "device": device, "blinded": number}
            connection.execute(insert(feedback_ballots).values(**row))
    return signed


def hands_in(store: Store, exercise: str, form: str, drawn: str, signature: str, sheet: Sheet) -> None:
    """Take a sheet with its ballot, in the place of what came with that before. Nobody is asked who he is.

    Raises Refused, NotRecorded.
    """
    asked = open_one(read(store, exercise))
    if asked is None or asked.name != form:
        raise Refused(CLOSED)
    body = taken(sheet, asked.opened.statements).model_dump_json(exclude_defaults=True)
    with store.write("Feedback", beside=True) as connection:
        key = _found(connection, exercise, form, locked=True)
        try:
            digest = key.digest(drawn, signature)
        except Unsigned as error:
            raise Refused(NO_BALLOT) from error
        here = (
            feedback_sheets.c.exercise == exercise,
            feedback_sheets.c.form == form,
            feedback_sheets.c.ballot == digest,
        )
        if connection.execute(update(feedback_sheets).where(*here).values(sheet=body)).rowcount == 0:
            row = {"exercise": exercise, "form": form, "ballot": digest, "sheet": body}
            connection.execute(insert(feedback_sheets).values(**row))


def _found(connection: Connection, exercise: str, form: str, locked: bool = False) -> Key:
    """The key of a form that is open; `locked` so that it does not close while something comes to it."""
    wanted = select(feedback_forms.c.key).where(feedback_forms.c.exercise == exercise, feedback_forms.c.form == form)
    kept = connection.scalar(wanted.with_for_update() if locked else wanted)
    if kept is None:
        raise Refused(CLOSED)
    return Key.read(kept)


def _signed(key: Key, blinded: str) -> str:
    try:
        return key.sign(blinded)
    except Unsigned as error:
        raise Refused(NO_BALLOT) from error
