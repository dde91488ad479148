"""What a roster leaves open for its scenario: groups that nobody knows, and delegations and groups without a seat."""

from collections.abc import Iterator

from ttx.scenario.findings import Finding, listed, perhaps
from ttx.scenario.material import Location, Material
from ttx.scenario.model import Scenario
from ttx.scenario.roster import ANSWERS, Roster


def findings(scenario: Scenario, roster: Roster, material: Material, written: Material) -> Iterator[Finding]:
    """Warnings about who takes part. `material` is what the scenario was read from, `written` what the roster was."""
    yield from _groups(scenario, roster, written)
    yield from _unseated(scenario, roster, material, written)


def _groups(scenario: Scenario, roster: Roster, written: Material) -> Iterator[Finding]:
    """Working groups of the roster's that the scenario does not know."""
    rows = written.at(("seats",)) if isinstance(written.data, dict) else written.data
    for ident, delegation in roster.delegations.items():
        for group in delegation.groups:
            if group in scenario.groups:
                continue
            place: Location = ("delegations", ident, "groups")
            if written.at(place) is None and isinstance(rows, list):
                number = next(n for n, row in enumerate(rows) if group in str(row.get("groups")))
                place = ("seats", number, "groups") if isinstance(written.data, dict) else (number, "groups")
            sentence = f"{delegation.name} belongs to '{group}', which is no group of the scenario's"
            yield written.finding(place, f"{sentence}{perhaps(group, scenario.groups)}", "warning")


def _unseated(scenario: Scenario, roster: Roster, material: Material, written: Material) -> Iterator[Finding]:
    """Delegations for whom nobody can answer, and days led by a group of which nobody takes part."""
    seated = {seat.delegation for seat in roster.seats if seat.role in ANSWERS}
    for ident, delegation in roster.delegations.items():
        if ident not in seated:
            yield written.finding(
                ("delegations", ident),
                f"{delegation.name} has no seat of a head or delegate, so nobody answers for it; add one, or take the "
                "delegation out.",
                "warning",
            )
    for place, day in enumerate(scenario.days):
        members = [ident for ident, one in roster.delegations.items() if day.lead in one.groups]
        if members and seated.isdisjoint(members):
            names = listed((roster.delegations[ident].name for ident in members), most=4)
            yield material.finding(
                ("days", place, "lead"),
                f"{day.lead} leads day {day.day}, and nobody of it takes part: {names} "
                f"{'have' if len(members) > 1 else 'has'} no seat of a head or delegate.",
                "warning",
            )
