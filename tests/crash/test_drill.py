"""The drill: a laptop is lost in the middle of an exercise, and another one goes on from the snapshots."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.cli.words import Ttx
from tests.crash.test_kill import UNREACHABLE, Trial
from tests.crash.test_kill import forker as forker
from tests.web.words import eventually
from ttx.store.snapshots import snapshots_in

WITHIN = 300
"""Seconds in which another laptop has to serve."""

pytestmark = pytest.mark.crash


def answers(trial: Trial) -> bool:
    """Whether the server says how the exercise stands."""
    try:
        headers = {"authorization": f"Bearer {trial.lead}"}
        return httpx.get(f"{trial.api}/{trial.exercise}", headers=headers, timeout=5).status_code == 200
    except UNREACHABLE:
        return False


def test_another_laptop_goes_on_from_the_newest_snapshot(
    tmp_path: Path, forker: "subprocess.Popen[str]", ttx: Ttx, record_property: Callable[[str, object], None]
):
    place, key = tmp_path / "elsewhere", tmp_path / "key"
    place.mkdir()
    ttx("snapshot-key", key)
    trial = Trial(tmp_path / "data", forker, early=False)
    trial.words = ["--snapshots", str(place), "--snapshot-key", str(key)]
    trial.environment = {"TTX_SNAPSHOT_SECONDS": "0.1"}
    trial.open_day()

    with trial.load():
        server = trial.start()
        eventually(lambda: len(trial.ledger.acknowledged) > 20)
        told, before = dict(trial.ledger.acknowledged), len(snapshots_in(place))
        eventually(lambda: len(snapshots_in(place)) > before + 1)  # the second one began after that
        os.kill(server, signal.SIGKILL)
    shutil.rmtree(trial.folder)
    began = time.monotonic()
    said = ttx("restore", place, "--data", tmp_path / "spare", "--key", key)
    trial.folder = tmp_path / "spare"
    server = trial.start()
    eventually(lambda: answers(trial))
    took = time.monotonic() - began
    os.kill(server, signal.SIGKILL)
    kept, found = trial.kept()

    record_property("tried", f"a laptop lost and replaced in {took:.1f} s, {len(found)} entries")
    assert said.code == 0, said.err
    assert {name: seq for name, seq in told.items() if kept.get(name) != seq} == {}
    assert [one.seq for one in found] == list(range(1, len(found) + 1))
    assert took < WITHIN
