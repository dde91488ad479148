"""Where today begins: what is out before it makes way on tablets and on the console's wall."""

from tests.exercise.words import History, days, lead, tells
from ttx.exercise import earlier, views

ASKS_ONCE: dict[str, object] = {"questions": [{"id": "q1", "ask": "Who?"}]}


def two_days() -> History:
    first = [tells("old", **ASKS_ONCE), tells("older", **ASKS_ONCE)]
    return History(days(first, [tells("plain"), tells("new", **ASKS_ONCE)])).opened(1)


def test_a_day_that_opens_puts_what_was_out_before_it_behind_it():
    history = two_days()
    before = [earlier.before_today(history.graph, history.state)]
    for step in (
        lambda: history.released("old", "older"),
        lambda: history.does(lead(), "close_day"),
        lambda: history.opened(2),
        lambda: history.released("plain"),
        lambda: history.does(lead(), "close_day"),
        lambda: history.opened(1),
    ):
        step()
        before.append(earlier.before_today(history.graph, history.state))

    assert before == [(), (), (), ("old", "older"), ("old", "older"), ("old", "older"), ()]


def test_a_wall_begins_a_day_empty_and_names_the_way_to_the_answers_of_the_day_before():
    history = two_days().released("old", "older").does(lead(), "close_day").opened(2)

    def wall(focus: str | None = None) -> tuple[str | None, int | None, str | None]:
        inject = views.wall_inject(history.graph, history.state, lead(), focus)
        head = views.wall_head(history.graph, history.state, lead(), inject)
        return inject.id if inject else None, head.day, head.before.id if head.before else None

    began = [wall(), wall("old")]
    history.released("plain", "new")

    assert began == [(None, 1, "older"), ("old", 1, None)]
    assert wall() == ("new", 1, "older")
