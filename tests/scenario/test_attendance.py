"""Who is addressed in which session, and who sits through several without a word."""

from tests.exercise.words import days, decides, tells
from tests.scenario.test_graph import graph_of
from tests.words import Written, inject, small_roster, small_scenario
from ttx.scenario.attendance import Party, Sitting, attendance
from ttx.scenario.graph import Graph
from ttx.scenario.material import Material
from ttx.scenario.roster import Roster, seated
from ttx.scenario.story import Range, tell

SEA, LAND = Party("group", "SEA", "SEA"), Party("group", "LAND", "LAND")


def roster(data: Written | None = None) -> Roster:
    return seated(Material(data or small_roster(), {}, "roster.yaml"))


def in_sessions(*injects: Written) -> Graph:
    """A day with a session for each of these injects, or for those that share its number."""
    graph = days(list(injects))
    (day,) = graph.scenario.days
    sessions = [
        {"id": f"s{number}", "title": f"Session {number}", "start": f"{8 + number:02}:00", "minutes": 60}
        for number in range(1, 1 + len(injects))
    ]
    written = graph.scenario.model_dump(mode="json", exclude_unset=True)
    written["days"][0]["sessions"] = sessions
    assert day.injects
    return graph_of(written)


def to_groups(ident: str, session: int, *groups: str, **more: object) -> Written:
    """An inject to these groups; to all if none is named."""
    return tells(ident, session=f"s{session}", to={"groups": list(groups)} if groups else "all", **more)


def test_every_group_is_counted_in_every_session_with_injects() -> None:
    found = attendance(tell(graph_of(small_scenario())))

    picture = Sitting(1, "picture", "One picture")
    assert found.parties == (SEA, LAND)
    assert [sitting.id for sitting in found.sittings] == ["picture", "rescue", "reception"]
    assert found.reached[SEA, picture] == Range(2, 2)
    assert found.reached[LAND, picture] == Range(1, 1)


def test_one_session_without_a_word_is_no_gap() -> None:
    graph = in_sessions(to_groups("A", 1), to_groups("B", 2, "SEA"), to_groups("C", 3))

    assert attendance(tell(graph)).gaps == ()


def test_two_sessions_without_a_word_are_one_gap_in_a_sentence() -> None:
    graph = in_sessions(to_groups("A", 1), to_groups("B", 2, "SEA"), to_groups("C", 3, "SEA"), to_groups("D", 4))

    (gap,) = attendance(tell(graph)).gaps

    assert (gap.parties, [sitting.id for sitting in gap.sittings], gap.when) == ((LAND,), ["s2", "s3"], ())
    assert gap.sentence == ("LAND is addressed by nothing in 2 sessions in a row: 'Session 2' to 'Session 3', day 1.")


def test_a_gap_of_some_paths_names_the_choices_that_make_it() -> None:
    decision = {**decides("A", default="x", x="B", y="C"), "session": "s1", "to": {"groups": ["SEA"]}}
    graph = in_sessions(decision, to_groups("B", 2, "SEA", next=["D"]), to_groups("C", 2), to_groups("D", 3, "SEA"))

    found = attendance(tell(graph))

    (gap,) = found.gaps
    assert (len(gap.sittings), gap.when) == (3, (("A", "x"),))
    assert ", when A goes x: 'Session 1' to 'Session 3'" in gap.sentence


def test_gaps_that_no_single_path_has_are_none() -> None:
    first = {**decides("A", default="x", x="B", y="C"), "session": "s1"}
    second = [to_groups("B", 2, "SEA", next=["D"]), to_groups("C", 2, next=["E"])]
    third = [to_groups("D", 3, next=[]), to_groups("E", 3, "SEA", next=[])]

    assert attendance(tell(in_sessions(first, *second, *third))).gaps == ()


def test_with_a_roster_gaps_are_of_delegations_and_tables() -> None:
    data = small_scenario()
    for name in ("D1-01", "D1-03", "D1-04A", "D1-04B", "D1-05"):
        inject(data, name)["to"] = {"groups": ["SEA"]}

    found = attendance(tell(graph_of(data)), roster())

    (gap,) = found.gaps
    assert [(party.kind, party.id) for party in gap.parties] == [("delegation", "tamarinda"), ("table", "T2")]
    assert gap.sentence.startswith("Federated Islands of Tamarinda and Table 2 are addressed by nothing in 2 sessions")


def test_a_table_is_reached_through_who_sits_there() -> None:
    data = small_scenario()
    inject(data, "D2-01")["to"] = {"tables": ["T2"]}

    found = attendance(tell(graph_of(data)), roster())

    reached = {party.id: span.least for (party, sitting), span in found.reached.items() if sitting.day == 2}
    assert reached == {"SEA": 1, "LAND": 1, "Kestria": 1, "tamarinda": 2, "T1": 1, "T2": 2}
