"""A small room for some seconds: nothing is lost, nothing is there twice, and every page is right at the end."""

import asyncio
from pathlib import Path

import pytest

from tests.soak.room import Plan, Soak

pytestmark = pytest.mark.crash


def test_a_room_that_drops_out_under_a_server_that_is_killed_loses_nothing(tmp_path: Path):
    figures = asyncio.run(Soak(Plan(tablets=24, seconds=12, between=1.0), tmp_path / "data").run())

    assert figures["faults"] == []
    assert (figures["lost"], figures["twice"], figures["of nobody"]) == (0, 0, 0)
    assert figures["answers"] > 20
    assert figures["developments"] > 1
    assert figures["tries"] > figures["answers"]
    assert figures["drops"] > 20
    assert len(figures["server away s"]) == 2
