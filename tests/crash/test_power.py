"""Power cuts at any moment, for the settings we ship: nothing acknowledged is lost, and a loss would be seen."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crash import many
from tests.crash.power import taped, wrong

CUTS, GROUPS = many(20, 1000), many(70, 400)
SEEN_WITHIN = 60
"""Cuts after which a setting that loses answers has been seen to."""

pytestmark = pytest.mark.crash


@pytest.mark.parametrize("how", ["shipped", "journal"])
def test_a_power_cut_at_any_moment_loses_nothing_acknowledged(
    tmp_path: Path, how: str, record_property: Callable[[str, object], None]
):
    tape = taped(tmp_path, how, GROUPS)
    record_property("tried", f"{CUTS} power cuts in {len(tape.records):,} writes and syncs ({how})")

    assert sum(one.kind == "S" for one in tape.records) > 60
    assert [one for seed in range(CUTS) if (one := wrong(tape, seed, tmp_path / f"{seed}"))] == []


@pytest.mark.parametrize("how", ["normal", "off", "journal full", "early"])
def test_what_would_lose_answers_in_a_power_cut_is_seen_to(
    tmp_path: Path, how: str, record_property: Callable[[str, object], None]
):
    tape = taped(tmp_path, how)
    seen = next((seed for seed in range(SEEN_WITHIN) if wrong(tape, seed, tmp_path / f"{seed}")), None)
    record_property("tried", f"mutant {how}: seen at cut {seen}")

    assert seen is not None
