"""Who decides, checked against those who sit in the room: by the roster, and by where the story parts and meets."""

from pathlib import Path

from tests.scenario.breaking import Change, all_of, put
from tests.scenario.faults_of_deciding import each_table
from tests.words import small_roster, small_scenario, write_scenario
from ttx.exercise.walk import walk
from ttx.scenario.checks import check
from ttx.scenario.graph import build
from ttx.scenario.model import Scenario
from ttx.scenario.story import places, tell
from ttx.scenario.threads import variables


def found(folder: Path, *changes: Change) -> list[tuple[str | None, str]]:
    """What a check with the roster says of the small scenario after these changes: field and sentence."""
    data = small_scenario()
    all_of(*changes)(data)
    return [(one.field, one.sentence) for one in check(write_scenario(folder, data, small_roster()))]


def voted(by: str, **to: list[str]) -> Change:
    return all_of(put("D1-03", "branch", "by", to=by), put("D1-03", "to", to=to or "all"))


def test_a_vote_of_all_delegations_or_tables_is_without_a_fault(tmp_path: Path) -> None:
    assert found(tmp_path / "delegations", voted("delegations")) == []
    assert found(tmp_path / "tables", voted("tables"), put("D1-03", "branch", "hidden", to=True)) == []


def test_tables_that_part_and_meet_again_are_without_a_fault(tmp_path: Path) -> None:
    assert found(tmp_path, each_table()) == []


def test_a_group_that_sits_at_one_table_can_neither_vote_by_tables_nor_by_delegations(tmp_path: Path) -> None:
    for by, noun, who in (("tables", "table", "T1"), ("delegations", "delegation", "Kestria")):
        ((field, sentence),) = found(tmp_path / by, voted(by, groups=["SEA"]))

        assert field == "branch.by"
        assert sentence.startswith(f"D1-03 is voted on by {by} and reaches only the {noun} '{who}';")


def test_a_decision_of_each_table_that_reaches_one_is_told(tmp_path: Path) -> None:
    of_one = each_table(put("D1-03", "to", to={"groups": ["SEA"]}))

    ((field, sentence),) = found(tmp_path, of_one)

    assert field == "branch.by"
    assert sentence.startswith("D1-03 is decided by each table and reaches only the table 'T1';")


def test_an_arm_is_told_to_every_table_that_may_choose_it(tmp_path: Path) -> None:
    both = {"groups": ["SEA", "LAND"]}
    reaching = each_table(put("D1-04B", "to", to=both))
    narrow = each_table(put("D1-04B", "to", to={"groups": ["LAND"]}))

    assert found(tmp_path / "reaching", reaching) == []
    ((field, sentence),) = found(tmp_path / "narrow", narrow)

    assert field == "to"
    assert "does not reach table 'T1': who chooses it there is told nothing" in sentence


def test_arms_of_many_injects_meet_where_the_last_of_them_lead(tmp_path: Path) -> None:
    """D1-04A goes a longer way than D1-04B to the inject where both are."""
    longer = each_table(put("D1-04A", "next", to=["D1-04B"]))

    assert found(tmp_path, longer) == []


def parted(*more: Change) -> Change:
    """Each table decides D1-03, whose option A still says `set: {port: Ellory}`; D2-02 still asks for it."""
    return all_of(put("D1-03", "branch", "by", to="each_table"), *more)


def test_no_condition_comes_true_by_what_each_table_would_set(tmp_path: Path) -> None:
    said = dict(found(tmp_path, parted()))

    assert said["when"] == ("The condition of D2-02, port == Ellory, can never be true: by then port is undecided.")


def test_an_inject_may_need_arms_that_tables_tell_side_by_side(tmp_path: Path) -> None:
    both = put("D2-03", "needs", to=["D1-04A", "D1-04B"])

    assert found(tmp_path / "side by side", each_table(both)) == []
    assert [field for field, _ in found(tmp_path / "one way", both)] == ["needs"]


def test_what_each_table_would_set_is_set_by_nobody_on_any_path_walk_or_overview() -> None:
    data = small_scenario()
    parted()(data)
    graph = build(Scenario.model_validate(data))
    port, _ = variables(graph)

    assert (port.set_by, port.sure) == ((), True)
    assert "D2-02" not in places(tell(graph))
    assert walk(graph, "3.~A").state.variables["port"] == "undecided"
    assert walk(build(Scenario.model_validate(small_scenario())), "3.~A").state.variables["port"] == "Ellory"
