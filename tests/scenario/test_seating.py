"""What is said of a roster that leaves something open for its scenario."""

from pathlib import Path

from tests.scenario.breaking import ONE
from tests.words import small_roster, small_scenario, write_scenario
from ttx.scenario.checks import check


def test_a_group_of_the_roster_that_the_scenario_does_not_know_is_a_warning(tmp_path: Path) -> None:
    roster = small_roster()
    roster["delegations"]["Kestria"]["groups"] = ["SEA", "LANDS"]
    folder = write_scenario(tmp_path, small_scenario(), roster)

    (finding,) = check(folder)

    assert (finding.severity, finding.file, finding.line) == ("warning", "roster.yaml", 4)
    assert finding.field == "delegations.Kestria.groups"


def test_a_delegation_without_a_seat_is_told_and_the_day_that_its_group_leads_without_it(tmp_path: Path) -> None:
    roster = small_roster()
    roster["delegations"]["calden"] = {"name": "Port of Calden", "groups": ["SEA"]}
    folder = write_scenario(tmp_path, small_scenario(), roster)

    (finding,) = check(folder)

    assert (finding.severity, finding.file, finding.field) == ("warning", "roster.yaml", "delegations.calden")
    assert finding.sentence == (
        "Port of Calden has no seat of a head or delegate, so nobody answers for it; add one, or take the delegation "
        "out."
    )

    roster["seats"] = [seat for seat in roster["seats"] if seat.get("delegation") != "Kestria"]
    folder = write_scenario(tmp_path / "other", small_scenario(), roster)

    found = {(one.file, one.field): one.sentence for one in check(folder) if one.inject is None}

    assert list(found) == [(ONE, "lead"), ("roster.yaml", "delegations.Kestria"), ("roster.yaml", "delegations.calden")]
    assert found[ONE, "lead"] == (
        "SEA leads day 1, and nobody of it takes part: Kestria and Port of Calden have no seat of a head or delegate."
    )
