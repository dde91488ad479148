"""Who decides, checked against those who sit in the room: by the roster, and by where the story parts and meets."""

from pathlib import Path

import pytest

from tests.scenario.breaking import DECISION, Change, all_of, put
from tests.scenario.faults_of_deciding import each_table
from tests.words import small_roster, small_scenario, write_scenario
from ttx.exercise.walk import walk
from ttx.scenario.checks import check
from ttx.scenario.graph import build
from ttx.scenario.model import Scenario
from ttx.scenario.story import places, tell
from ttx.scenario.threads import variables


def found(folder: Path, *changes: Change, seated: bool = True) -> list[tuple[str | None, str]]:
    """What a check, with the roster if they are seated, says of the small scenario after these changes."""
    data = small_scenario()
    all_of(*changes)(data)
    roster = small_roster() if seated else None
    return [(one.field, one.sentence) for one in check(write_scenario(folder, data, roster))]


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

    assert [field for field, _ in found(tmp_path, longer)] == ["at"]  # both are planned at 10:45


def parted(*more: Change) -> Change:
    """Each table decides D1-03, whose option A still says `set: {port: Ellory}`; D2-02 still asks for it."""
    return all_of(put("D1-03", "branch", "by", to="each_table"), *more)


def test_no_condition_comes_true_by_what_each_table_would_set(tmp_path: Path) -> None:
    said = dict(found(tmp_path, parted()))

    assert said["when"] == (
        "D2-02 is never told: its condition, “Port of landing” is Ellory, can never be true; by then “Port of landing” "
        "is undecided."
    )


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


def test_a_facilitator_may_decide_for_one_table_alone(tmp_path: Path) -> None:
    assert found(tmp_path, put("D1-03", "to", to={"tables": ["T1"]})) == []


def test_a_quorum_is_told_of_though_it_is_the_usual_one(tmp_path: Path) -> None:
    assert [field for field, _ in found(tmp_path, put("D1-03", "branch", "quorum", to=50))] == ["branch.quorum"]


@pytest.mark.parametrize(
    "by, to",
    [
        ("tables", {"groups": ["SEA"], "tables": ["T1"]}),
        ("tables", {"tables": ["T1"], "delegations": ["Kestria"]}),
        ("tables", {"delegations": ["Kestria"]}),
        ("delegations", {"tables": ["T1"]}),
        ("delegations", {"groups": ["SEA"]}),
    ],
)
def test_without_a_roster_nothing_is_said_of_voters_that_only_a_roster_knows(
    tmp_path: Path, by: str, to: dict[str, list[str]]
) -> None:
    assert found(tmp_path, voted(by, **to), seated=False) == []


def test_a_vote_that_reaches_nobody_is_told_once(tmp_path: Path) -> None:
    fields = [field for field, _ in found(tmp_path, voted("tables", tables=["T9"]))]

    assert fields
    assert "branch.by" not in fields


def test_of_a_decision_whose_id_is_given_twice_only_that_is_told(tmp_path: Path) -> None:
    twice = all_of(put("D1-03", "branch", "hidden", to=True), put("D1-09", "id", to="D1-03"))

    fields = [field for field, _ in found(tmp_path, twice)]

    assert "id" in fields
    assert "branch.hidden" not in fields


@pytest.mark.parametrize("name, field, to", [("D1-05", "minutes", "many"), ("D1-04A", "next", [5])])
def test_where_an_inject_cannot_be_read_nobody_says_that_tables_never_meet(
    tmp_path: Path, name: str, field: str, to: object
) -> None:
    """Both arms lead to D1-05; of a `next` that cannot be read nothing is left, as if the story ended there."""
    parting = all_of(put("D1-04A", "next", to=["D1-05"]), put("D1-04B", "next", to=["D1-05"]))

    fields = [field for field, _ in found(tmp_path, each_table(parting, put(name, field, to=to)))]

    assert fields == [field]


def test_an_option_that_leads_nowhere_is_told_of_there_and_not_as_an_arm(tmp_path: Path) -> None:
    fields = [field for field, _ in found(tmp_path, each_table(put("D1-03", *DECISION, "A", "next", to="D9-99")))]

    assert "branch.options.A.next" in fields
    assert "branch.options" not in fields


def test_of_an_arm_whose_id_is_given_twice_nobody_says_whom_it_reaches(tmp_path: Path) -> None:
    narrow = put("D1-04B", "to", to={"groups": ["LAND"]})
    twice = each_table(narrow, put("D1-09", "id", to="D1-04B"))

    fields = [field for field, _ in found(tmp_path, twice)]

    assert "id" in fields
    assert "to" not in fields


@pytest.mark.parametrize(
    "kind, names", [("groups", ["SEA", "LAND"]), ("tables", ["T1", "T2"]), ("delegations", ["A", "B"])]
)
def test_without_a_roster_an_arm_is_told_to_all_that_its_decision_names(
    tmp_path: Path, kind: str, names: list[str]
) -> None:
    narrow = each_table(put("D1-03", "to", to={kind: names}), put("D1-04B", "to", to={kind: names[:1]}))

    ((field, sentence),) = found(tmp_path, narrow, seated=False)

    assert field == "to"
    assert f"does not reach '{names[1]}'" in sentence
