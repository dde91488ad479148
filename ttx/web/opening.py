"""Opening a day of an exercise while it is rehearsed: whoever asks, by a page or a program, says that it is meant."""

from starlette.concurrency import run_in_threadpool

from ttx.exercise.requests import Asked, OpenDay
from ttx.exercise.rights import Action, Seat, reach
from ttx.store.rehearsals import unended
from ttx.web.access import House

REHEARSED = (
    "A rehearsal of this exercise is going on, and this is the exercise itself: every tablet in the room would see the "
    'day open. Open the day in the rehearsal, or send "sure": true with this if you mean it.'
)


async def is_doubtful(house: House, seat: Seat, asked: Asked) -> bool:
    """Whether a request opens a day of an exercise whose rehearsal goes on, and does not say that it is meant.

    Whoever may open none learns nothing of a rehearsal here.
    """
    if not isinstance(asked, OpenDay) or asked.sure or reach(seat, Action.RUN) is None:
        return False
    return any(one.of == seat.exercise for one in await run_in_threadpool(unended, house.store))
