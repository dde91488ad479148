"""The server is killed again and again while four people write a scenario: nothing they were told is done is gone.

What was acknowledged is in the history, once, at the place it said and under its author's name; the files are what
the history makes of those they began with, also after a kill in the middle of a request.
"""

import json
import os
import random
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.crash import many
from tests.crash.test_kill import UNREACHABLE, Ledger
from tests.crash.test_kill import forker as forker
from tests.store.words import small_files, writers
from ttx.scenario.changes import reverted
from ttx.store import drafts
from ttx.store.authors import authors_of
from ttx.store.database import Store
from ttx.store.history import Past, history

CYCLES = many(8, 40)

pytestmark = pytest.mark.crash


class Desks:
    """A data directory with a draft in it, and the people who write it as long as there is a server."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ledger, self.over = folder, Ledger(), threading.Event()
        with Store(folder) as store:
            self.draft = writers(store).draft
            self.authors = authors_of(store, self.draft)
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]

    def write(self, code: str, author: str, day: int) -> None:
        """Ask for one thing after another, each until it was answered, always with its first key."""
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=5) as client:
            number = 0
            while not self.over.is_set():
                try:
                    if not client.cookies:
                        client.post("/api/v1/join", json={"code": code})
                    key = f"{author}-{number}"
                    headers = {"idempotency-key": key}
                    reply = client.post(f"/a/{author}/do", json=request(key, number, day), headers=headers)
                except UNREACHABLE:
                    self.ledger.sent_again.add(f"{author}-{number}")
                    time.sleep(0.02)
                    continue
                if reply.status_code == 200:
                    self.ledger.acknowledge(key, reply.json()["seq"])
                elif reply.status_code != 409:
                    self.ledger.faults.append(f"{key}: {reply.status_code} {reply.text}")
                number += 1

    def live_and_die(self, forker: "subprocess.Popen[str]") -> None:
        """A server serves for a moment and is killed in the middle of its work."""
        before = len(self.ledger.acknowledged)
        assert forker.stdin is not None
        assert forker.stdout is not None
        words = ["serve", "--data", str(self.folder), "--port", str(self.port)]
        forker.stdin.write(json.dumps([{}, *words]) + "\n")
        forker.stdin.flush()
        server = int(forker.stdout.readline())
        try:
            end = time.monotonic() + 20
            while len(self.ledger.acknowledged) < before + 5:
                assert time.monotonic() < end, f"nothing was acknowledged for 20 seconds {self.ledger.faults}"
                time.sleep(0.005)
            time.sleep(random.uniform(0.0, 0.3))
        finally:
            os.kill(server, signal.SIGKILL)


def request(key: str, number: int, day: int) -> dict[str, Any]:
    """What is asked for with this key: words that are its own, a new inject, or the last one back."""
    match number % 4:
        case 0:
            ident = f"x{key.replace('-', '')}"
            return {"do": "add_inject", "day": day, "after": f"D{day}-01", "fields": {"id": ident, "text": key}}
        case 1:
            return {"do": "write_inject", "day": day, "inject": f"D{day}-01", "fields": {"notes": f"{key}\n{key}"}}
        case 2:
            return {"do": "write_day", "day": day, "fields": {"theme": key}}
        case _:
            return {"do": "undo"}


def test_a_killed_server_loses_nothing_that_an_author_was_told_is_done(tmp_path: Path, forker: "subprocess.Popen[str]"):
    desks = Desks(tmp_path / "data")
    work = [
        threading.Thread(target=desks.write, args=(one.code, one.author.id, 2 if one.author.group == "LAND" else 1))
        for one in desks.authors
    ]
    for one in work:
        one.start()
    try:
        for _ in range(CYCLES):
            desks.live_and_die(forker)
    finally:
        desks.over.set()
        for one in work:
            one.join()

    with Store(desks.folder) as store:
        now, past = drafts.open_draft(store, desks.draft), list[Past]()
        while found := history(store, desks.draft, before=past[-1].seq if past else None, limit=200):
            past += found
    texts = now.texts
    for change in past:
        texts = reverted(texts, change.splices) if change.splices else texts
    by_seq = {change.seq: change for change in past}
    assert desks.ledger.faults == []
    assert len(desks.ledger.acknowledged) >= CYCLES * 5
    assert texts == small_files()
    assert [change.seq for change in past] == list(range(now.head, 0, -1))
    for key, seq in desks.ledger.acknowledged.items():
        author, _, number = key.partition("-")
        told = by_seq[seq].change
        day = 2 if by_seq[seq].author.group == "LAND" else 1
        asked = request(key, int(number), day)
        assert (by_seq[seq].author.id, {name: told[name] for name in asked}) == (author, asked)
    assert len(set(desks.ledger.acknowledged.values())) == len(desks.ledger.acknowledged)
    assert len(past) - len(desks.ledger.acknowledged) <= len(desks.ledger.sent_again)
