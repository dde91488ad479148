"""The network goes between commit and reply, the clock jumps, PostgreSQL is killed: all that was said is there, once.

Each trial is made with a server that must not be, too, to know that it would be found out.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from tests import postgresql
from tests.browser.proxy import Mood, network
from tests.crash import many
from tests.crash.test_kill import HOUSE, Trial
from tests.crash.test_kill import forker as forker
from tests.web.words import eventually, serving
from ttx.exercise.entries import InjectReleased, ResponseSubmitted, TimerEnded
from ttx.live.fanout import Fanout
from ttx.pages.regions import Audience
from ttx.store.chain import verify
from ttx.store.database import Store, settle_in

CUTS = many(15, 200)
JUMPS = many(2, 20)
CRASHES = many(2, 20)
HOURS = 2

pytestmark = pytest.mark.crash


def doubled(trial: Trial) -> list[str]:
    """The answers that stand more than once in the record."""
    said = Counter(
        one.entry.answer.text for one in trial.kept()[1] if isinstance(one.entry, ResponseSubmitted)
    )  # fmt: skip
    return [text for text, times in said.items() if times > 1 and text]


def lost(trial: Trial) -> list[str]:
    """The keys that were acknowledged and are not at their place."""
    kept = trial.kept()[0]
    return [key for key, seq in trial.ledger.acknowledged.items() if kept.get(key) != seq]


def goes_on(trial: Trial, by: int = 5) -> None:
    """Wait until so many more were acknowledged."""
    before = len(trial.ledger.acknowledged)
    eventually(lambda: len(trial.ledger.acknowledged) >= before + by)


def cut_again_and_again(trial: Trial, times: int) -> int:
    """Lose replies on their way back, under load, and with them every line that is open."""
    server = trial.start()
    try:
        with network(trial.port) as between:
            trial.through = between.port
            with trial.load():
                for _ in range(times):
                    goes_on(trial)
                    cut = between.lost
                    between.mood = Mood.CUT
                    eventually(lambda cut=cut: between.lost > cut)  # type: ignore[misc]
                    between.mood = Mood.PASS
                goes_on(trial, 10)
    finally:
        os.kill(server, signal.SIGKILL)
    return len(trial.ledger.sent_again)


def test_a_reply_that_is_lost_after_the_commit_is_asked_for_again_and_done_once(
    tmp_path: Path, forker: "subprocess.Popen[str]", record_property: Callable[[str, object], None]
):
    trial = Trial(tmp_path / "data", forker, early=False)
    trial.open_day()
    again = cut_again_and_again(trial, CUTS)

    record_property("tried", f"{CUTS} networks cut before the reply, {again} sent again, mutant: forgets keys")
    assert again > 0
    assert trial.ledger.faults == []
    assert lost(trial) == []
    assert doubled(trial) == []


def test_a_server_that_forgets_keys_is_found_out(tmp_path: Path, forker: "subprocess.Popen[str]"):
    trial = Trial(tmp_path / "data", forker, early=False)
    trial.open_day()
    trial.forgets = True
    cut_again_and_again(trial, 15)

    assert doubled(trial) != []


@pytest.fixture
def put_wrong(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", Callable[[float], None]]]:
    """A forker of servers whose clock can be put wrong, and how."""
    file, shim = tmp_path / "clock", tmp_path / "clock.so"
    file.write_bytes(bytes(8))
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", shim, Path(__file__).parent / "clock.c", "-ldl"], check=True)
    environment = {**os.environ, "LD_PRELOAD": str(shim), "TTX_CLOCK": str(file)}

    def by(hours: float) -> None:
        with file.open("r+b") as opened:
            opened.write(int(hours * 3600).to_bytes(8, "little", signed=True))

    with subprocess.Popen(
        [sys.executable, "-m", "tests.forker"], cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, env=environment,
    ) as process:  # fmt: skip
        yield process, by


def test_a_clock_that_jumps_two_hours_loses_nothing_and_releases_nothing(
    tmp_path: Path,
    put_wrong: tuple["subprocess.Popen[str]", Callable[[float], None]],
    record_property: Callable[[str, object], None],
):
    forker, by = put_wrong
    trial = Trial(tmp_path / "data", forker, early=False)
    trial.open_day()
    server = trial.start()
    try:
        with httpx.Client(headers={"authorization": f"Bearer {trial.lead}"}, timeout=60) as lead, trial.load():
            goes_on(trial)
            for body in ({"do": "timer", "seconds": 3600}, {"do": "schedule", "inject": "D1-02", "seconds": 3600}):
                assert lead.post(f"{trial.api}/{trial.exercise}/commands", json=body).status_code == 200
            for _ in range(JUMPS):
                for hours in (HOURS, -HOURS, 0):
                    by(hours)
                    goes_on(trial, 10)
                    if hours > 0:  # until whoever looks at the clock has seen it so
                        eventually(lambda: any(isinstance(one.entry, TimerEnded) for one in trial.kept()[1]))
    finally:
        os.kill(server, signal.SIGKILL)
    found = [one.entry for one in trial.kept()[1]]

    record_property("tried", f"{JUMPS * 3} jumps of the clock, {HOURS} hours both ways")
    assert trial.ledger.faults == []
    assert lost(trial) == []
    assert doubled(trial) == []
    assert sum(isinstance(one, TimerEnded) for one in found) == 1
    assert not [one for one in found if isinstance(one, InjectReleased) and one.inject == "D1-02"]
    with Store(trial.folder, create=False) as store:
        assert verify(store, trial.exercise).whole


def crash(address: str) -> None:
    """Kill one of the server's processes, at which it ends all others and begins anew from its write-ahead log; return
    when it lets people in again."""
    with psycopg.connect(address) as raw:
        os.kill(raw.info.backend_pid, signal.SIGKILL)

    def lets_in() -> bool:
        with suppress(psycopg.OperationalError), psycopg.connect(address):
            return True
        return False

    eventually(lambda: not lets_in())
    eventually(lets_in)


def test_postgresql_that_is_killed_loses_nothing_acknowledged(
    tmp_path: Path, forker: "subprocess.Popen[str]", record_property: Callable[[str, object], None]
):
    with postgresql.cluster() as address:
        settle_in(tmp_path / "data", postgresql.place_in(address, tmp_path / "data"))
        trial = Trial(tmp_path / "data", forker, early=False)
        trial.open_day()
        server = trial.start()
        try:
            with trial.load():
                for _ in range(CRASHES):
                    goes_on(trial)
                    crash(address)
                goes_on(trial)
        finally:
            os.kill(server, signal.SIGKILL)

        record_property("tried", f"{CRASHES} crashes of PostgreSQL, {len(trial.ledger.acknowledged)} acknowledged")
        assert trial.ledger.faults == []
        assert lost(trial) == []
        assert doubled(trial) == []


def lacks(folder: Path) -> set[str]:
    """The regions in which a page that was open all the time differs from one that is opened now."""
    with serving(folder) as house:
        house.done("open_day", day=1)
        screen = house.screen(house.as_head(), after=0)
        for inject in ("D1-01", "D1-09"):
            screen.at(house.done("release", inject=inject))
        house.answer(house.as_head(), "an answer")
        screen.at(house.done("announce", text="Coffee."))
        fresh = house.screen(house.as_head(), after=0)
        names = screen.regions.keys() | fresh.regions.keys()
        return {name for name in names if screen.regions.get(name) != fresh.regions.get(name)}


def test_a_server_that_drops_one_dirty_region_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert lacks(tmp_path / "sound") == set()
    mark = Fanout.mark

    def drops(fanout: Fanout, audience: Audience, regions: Iterable[str]) -> None:
        mark(fanout, audience, sorted(regions)[1:] or regions)

    monkeypatch.setattr(Fanout, "mark", drops)

    assert lacks(tmp_path / "mutant") != set()
