"""What an installation does not keep is shredded by itself, by the days that it has set."""

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.exercise.words import whole_exercise
from tests.store.test_shredding import kept_of
from tests.store.words import NOW
from ttx.live.rooms import Rooms
from ttx.live.shredder import Shredder, overdue
from ttx.pages.environment import pages_of
from ttx.review.leaving import RecordShredded
from ttx.scenario.roster import Role, Roster, RosterDelegation, RosterSeat
from ttx.settings import Settings
from ttx.store import reviews
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.seats import seats_of

DAYS = Settings(shred_people_days=30, shred_said_days=90)


def test_names_go_first_and_words_later_each_once_and_in_the_record(tmp_path: Path):
    with Store(tmp_path) as store:
        exercise = kept_of(store, "whole")

        assert overdue(store, DAYS, NOW + timedelta(days=29)) == []
        (first,) = overdue(store, DAYS, NOW + timedelta(days=31))
        assert (first.names > 0, first.bodies) == (True, 0)
        (then,) = overdue(store, DAYS, NOW + timedelta(days=91))
        assert (then.names, then.bodies > 9) == (0, True)
        assert overdue(store, DAYS, NOW + timedelta(days=92)) == []

        told = [one.entry for one in reviews.read(store, exercise)]
        assert told == [
            RecordShredded(what=("people",), names=first.names, bodies=0, days=30),
            RecordShredded(what=("said",), names=0, bodies=then.bodies, days=90),
        ]
        assert verify(store, exercise).whole
        assert reviews.first_fault(store, exercise) is None
        assert not [one for one in seats_of(store, exercise) if one.name]


def seated() -> Roster:
    """The delegations that speak in that exercise."""
    state = whole_exercise().state
    delegations = {name: RosterDelegation(name=one.name) for name, one in state.delegations.items()}
    heads = (RosterSeat(role=Role.HEAD, delegation=name, table=next(iter(state.tables))) for name in delegations)
    return Roster(delegations=delegations, tables=state.tables, seats=tuple(heads))


def test_without_days_everything_is_kept(tmp_path: Path):
    with Store(tmp_path) as store:
        kept_of(store, "whole")

        assert overdue(store, Settings(), NOW + timedelta(days=9999)) == []


def test_an_open_room_forgets_what_was_shredded(tmp_path: Path):
    settings = Settings()
    with Store(tmp_path) as store:
        exercise = kept_of(store, "whole", listed=seated())

        async def scene() -> None:
            rooms = Rooms(store, pages_of(settings.templates, settings.static))
            assert rooms.room(exercise).state.responses

            await Shredder(store, rooms, DAYS).once(NOW + timedelta(days=91))

            assert not rooms.room(exercise).state.responses
            await rooms.close()

        asyncio.run(scene())
