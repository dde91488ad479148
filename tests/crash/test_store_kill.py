"""A process that appends under load is killed at random moments: nothing it acknowledged may be missing.

The same trial is made with a process that acknowledges too early, to know that a loss would be seen.
"""

import multiprocessing
import random
import threading
import time
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.crash import many
from tests.store.words import NOW, an_exercise
from ttx.exercise.entries import Announced
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.log import read, writing
from ttx.store.tables import entries

CYCLES = many(25, 120)
VOICES = 3

# A server that has imported everything forks the processes: 25 interpreters from scratch would take 20 seconds.
processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.crash.test_store_kill"])

Ledger = dict[str, int]
"""What was acknowledged: key to seq. It is kept by the parent, which nobody kills."""


def speak(directory: Path, exercise: str, name: str, line: Connection, early: bool) -> None:
    """The process that is killed. Its threads append in groups, as a room does, and acknowledge each command."""
    store, one_at_a_time = Store(directory), threading.Lock()

    def acknowledge(acknowledged: Ledger) -> None:
        with one_at_a_time:
            for told in acknowledged.items():
                line.send(told)

    def voice(number: int) -> None:
        for group in count():
            done: Ledger = {}
            with writing(store, exercise) as log:
                for command in range(random.randint(1, 12)):
                    key = f"{name}-{number}-{group}-{command}"
                    assert log.result(key, "asked") is None
                    said = [Announced(text=f"{key}, {part}") for part in range(random.randint(1, 2))]
                    log.append(said, "s1", NOW, key, "asked")
                    done[key] = log.head
                    if early:
                        acknowledge({key: log.head})
            if not early:
                acknowledge(done)

    for number in range(VOICES):
        threading.Thread(target=voice, args=(number,)).start()


def listen_and_kill(directory: Path, exercise: str, name: str, ledger: Ledger, early: bool) -> None:
    """Let a process speak, kill it at a random moment after its first acknowledgement, and note all it said."""
    hears, line = processes.Pipe(duplex=False)
    speaker = processes.Process(target=speak, args=(directory, exercise, name, line, early))
    speaker.start()
    line.close()
    assert hears.poll(20), "the process said nothing for 20 seconds"
    end = time.monotonic() + random.uniform(0.0, 0.12)
    while (left := end - time.monotonic()) > 0:
        if hears.poll(left):
            key, seq = hears.recv()
            ledger[key] = seq
    speaker.kill()
    try:
        while True:
            key, seq = hears.recv()
            ledger[key] = seq
    except (EOFError, OSError):
        pass  # the line ends with the process, perhaps in the middle of a word
    speaker.join()
    speaker.close()
    hears.close()


def lost(directory: Path, exercise: str, ledger: Ledger) -> Ledger:
    """What was acknowledged and is not in the log at its place."""
    with Store(directory, create=False) as store, store.read("All keys") as connection:
        rows = connection.execute(entries.select().where(entries.c.exercise == exercise, entries.c.key.is_not(None)))
        kept = {row.key: row.seq for row in rows}
    return {key: seq for key, seq in ledger.items() if kept.get(key) != seq}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def exercise(directory: Path) -> str:
    with Store(directory) as store:
        return an_exercise(store)


@pytest.mark.crash
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(directory: Path, exercise: str):
    ledger: Ledger = {}
    for cycle in range(CYCLES):
        listen_and_kill(directory, exercise, f"{cycle}", ledger, early=False)
        assert lost(directory, exercise, ledger) == {}

    assert len(ledger) > CYCLES
    with Store(directory, create=False) as store:
        verdict = verify(store, exercise)
        log = read(store, exercise)
    assert verdict.whole, verdict.sentence
    assert [logged.seq for logged in log] == list(range(1, verdict.entries + 1))


@pytest.mark.crash
def test_a_process_that_acknowledges_before_the_commit_is_caught(directory: Path, exercise: str):
    ledger: Ledger = {}
    for cycle in range(CYCLES):
        listen_and_kill(directory, exercise, f"{cycle}", ledger, early=True)
        if lost(directory, exercise, ledger):
            return
    pytest.fail(f"{len(ledger)} acknowledgements before their commit, and none was missed in {CYCLES} kills")
