"""What a delegation looks up: an agenda and a map that know no more than it was told."""

from tests.exercise.words import History, head, lead, tells, the_story
from tests.words import small_scenario
from ttx.exercise import lookup
from ttx.exercise.rights import Seat

SEEN = {"do": "alert", "place": [100, 100], "label": "Ship seen"}


def two_tables() -> History:
    """A day of three sessions, opened; what stands in the second is for table 2 alone, and marks the map."""
    data = small_scenario()
    times = {"first": "09:00", "second": "10:00", "third": "11:00"}
    sessions = [{"id": name, "title": name, "start": start, "minutes": 60} for name, start in times.items()]
    injects = [
        tells("D1-01", session="first"),
        tells("D1-02", session="second", to={"tables": ["T2"]}, map=[SEEN]),
        tells("D1-03", session="third"),
    ]
    data["days"][0] |= {"sessions": sessions, "injects": injects}
    data["days"][1] |= {"injects": [tells("D2-01", session=data["days"][1]["sessions"][0]["id"])]}
    return History(the_story({**data, "variables": {}})).opened(1)


AT_1, AT_2 = head("Kestria", "T1"), head("tamarinda", "T2")


def stands(history: History, who: Seat, day: int = 0) -> list[str]:
    shown = lookup.agenda(history.graph, history.state, who, history.graph.scenario.days[day])
    return [shown.stands, *(how for _, how in shown.sessions)]


def marks(history: History, who: Seat) -> list[str]:
    return [one.label for one in lookup.chart(history.graph, history.state, who).marks]


def test_a_session_is_on_once_something_of_it_has_reached_the_table():
    history = two_tables().released("D1-01", "D1-02")

    assert stands(history, AT_1) == ["on", "on", "to come", "to come"]
    assert stands(history, AT_2) == ["on", "over", "on", "to come"]


def test_a_session_that_was_begun_for_the_room_is_on_at_every_table():
    history = two_tables().released("D1-01").does(lead(), "start_session", session="third")

    assert stands(history, AT_1) == stands(history, AT_2) == ["on", "over", "over", "on"]


def test_other_days_are_held_or_to_come_as_a_whole():
    history = two_tables()

    assert stands(history, AT_1, 1)[0] == "to come"

    history.opened(2)

    assert set(stands(history, AT_1)) == {"over"}
    assert stands(history, AT_1, 1)[0] == "on"


def test_the_map_is_drawn_by_what_a_table_was_told_and_by_nothing_else():
    history = two_tables().released("D1-01", "D1-02")

    assert marks(history, AT_1) == []
    assert marks(history, AT_2) == ["Ship seen"]

    history.recalled("D1-02")

    assert marks(history, AT_2) == []
