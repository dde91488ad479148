"""Variables and storylines: what runs through several days, and where it stops."""

from tests.exercise.words import days, decides, tells
from tests.scenario.test_graph import graph_of
from tests.words import small_scenario
from ttx.scenario.graph import Graph
from ttx.scenario.story import Range, tell
from ttx.scenario.threads import storylines, variables


def told_on(*days_: str) -> Graph:
    """The boat's story on a day for each word: `boat`, `-` for none, or `only if A goes y`."""
    written = []
    for number, word in enumerate(days_, 1):
        own = {"storyline": "boat"} if word != "-" else {}
        when = {"when": "way == 1"} if word == "sometimes" else {}
        first = tells(f"D{number}-00")
        if number == 1:
            options = {"x": {"next": "D1-01", "set": {"way": 0}}, "y": {"next": "D1-01", "set": {"way": 1}}}
            first = decides("D1-00", default="x", **options)
        written.append([first, tells(f"D{number}-01", **own, **when)])
    return days(*written, variables={"way": {"start": 0}})


def test_a_variable_that_is_set_and_never_read_changes_nothing() -> None:
    port, delay = variables(graph_of(small_scenario()))

    assert (port.set_by, port.read_by, port.sentence) == ((("D1-03", "A"),), ("D2-02",), None)
    assert delay.sentence == (
        "The variable “Hours adrift” is set by D1-03 and read by no condition, so it changes nothing."
    )
    assert not delay.sure


def test_a_variable_that_is_read_and_never_set_is_surely_a_fault() -> None:
    graph = days([tells("A", when="calm")], variables={"calm": {"start": True}})

    (calm,) = variables(graph)

    assert (calm.sure, calm.sentence) == (True, "The variable calm is read by A and set by no option.")


def test_a_variable_that_nobody_uses_is_said_to_be() -> None:
    (calm,) = variables(days([tells("A")], variables={"calm": {"start": True}}))

    assert calm.sentence == "The variable calm is neither set nor read."


def test_a_storyline_is_counted_day_by_day() -> None:
    (boat,) = storylines(tell(told_on("boat", "-", "sometimes")))

    assert boat.by_day == {1: Range(1, 1), 2: Range(0, 0), 3: Range(0, 1, (("D1-00", "x"),), (("D1-00", "y"),))}
    assert (boat.first, boat.last) == ("D1-01", "D3-01")


def test_a_storyline_that_ends_on_the_last_day_or_the_one_before_does_not_break_off() -> None:
    endings = [storylines(tell(told_on(*words)))[0].sentence for words in (["-", "boat"], ["boat", "-"])]

    assert endings == [None, None]


def test_a_storyline_that_ends_two_days_early_breaks_off() -> None:
    (boat,) = storylines(tell(told_on("boat", "boat", "-", "-")))

    assert boat.sentence == "The storyline 'The boat' breaks off with D2-01 on day 2, 2 days before the end."


def test_a_storyline_whose_end_only_some_paths_tell_stops_on_the_others() -> None:
    (boat,) = storylines(tell(told_on("boat", "sometimes")))

    assert boat.sentence == "The storyline 'The boat' ends before day 2 when D1-00 goes x; other paths tell it there."


def test_a_storyline_without_an_inject_is_said_to_be() -> None:
    (boat,) = storylines(tell(told_on("-", "-")))

    assert boat.sentence == "The storyline 'The boat' is told by no inject."
