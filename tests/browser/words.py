"""What people do in a browser, and how the server is started for them."""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Browser, Page, expect

from tests.web.words import PLAIN, eventually

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def installed_browser(bare: bool = False) -> str:
    """The browser of this machine; `make test` installs one where there is none. `bare`: the one without a
    window of its own, if it is there, which draws the same pages in two thirds of the time."""
    shell = ["chromium-headless-shell"] if bare else []
    for name in (*shell, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    raise FileNotFoundError("No Chromium or Chrome is installed; `make test` installs one.")


@dataclass
class Demo:
    """A running demonstration: its address, its exercise, a lead facilitator's token, everybody's codes."""

    url: str
    exercise: str
    token: str
    seats: list[dict[str, Any]]
    process: "Process | subprocess.Popen[str]"

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def code(self, role: str, delegation: str | None = None) -> str:
        """The code of the first seat of this role (and delegation)."""
        return next(
            str(seat["code"])
            for seat in self.seats
            if seat["role"] == role and delegation in (None, seat["delegation"])
        )

    def command(self, do: str, **fields: object) -> httpx.Response:
        """Ask for something as the lead facilitator, from a program."""
        return httpx.post(
            f"{self.url}/api/v1/exercises/{self.exercise}/commands",
            json={"do": do, **fields},
            headers={"authorization": f"Bearer {self.token}", "idempotency-key": str(uuid4())},
            verify=PLAIN,
            timeout=60,
        )

    def report(self) -> dict[str, Any]:
        """The full report, as a program of the operator's takes it."""
        reply = httpx.get(
            f"{self.url}/api/v1/exercises/{self.exercise}/report?tier=full&as=json",
            headers={"authorization": f"Bearer {self.token}"},
        )
        return dict(reply.json())

    def log(self, kind: str) -> list[dict[str, Any]]:
        """The bodies of the log's entries of a kind."""
        response = httpx.get(
            f"{self.url}/api/v1/exercises/{self.exercise}/log?limit=10000",
            headers={"authorization": f"Bearer {self.token}"},
            verify=PLAIN,
            timeout=60,
        )
        return [entry["body"] for entry in response.json()["entries"] if entry["kind"] == kind]


def answers(exercise: Demo) -> list[str]:
    """The texts of all answers on record, oldest first."""
    return [body["answer"]["text"] for body in exercise.log("ResponseSubmitted")]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Process:
    """A server that `tests.forker` made, whose child it is."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def runs(self) -> bool:
        """Whether it has not ended yet."""
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def send_signal(self, number: int) -> None:
        """Send a signal; nothing happens if it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def wait(self) -> None:
        """Wait until it has ended."""
        eventually(lambda: not self.runs())


@cache
def _forker() -> "subprocess.Popen[str]":
    """One for all servers of this process: it takes 3 s until it has imported and compiled everything."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.forker"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TTX_JOIN_TRIES_PER_MINUTE": "1000"},
    )
    atexit.register(process.communicate)
    return process


def _fork(said: Path, release: str, *words: str) -> Process:
    """`ttx` with these words, in a process of its own; what it prints goes into the file `said`."""
    process = _forker()
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps([{"said": str(said), "release": release}, *words]) + "\n")
    process.stdin.flush()
    return Process(int(process.stdout.readline()))


@contextmanager
def demo(folder: Path, port: int, release: str = "") -> Iterator[Demo]:
    """`ttx demo` on its own data and port, perhaps as a release of this name."""
    printed = folder.parent / f"said-{uuid4()}"
    process = _fork(printed, release, "demo", "--data", str(folder), "--port", str(port), "--json")
    try:
        eventually(lambda: (printed.exists() and printed.read_text().endswith("\n")) or not process.runs())
        said = json.loads(printed.read_text().splitlines()[0])
        yield Demo(said["url"], said["exercise"], said["token"], said["seats"], process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


class Person:
    """Somebody with a device of his own. Whatever his browser complains about is kept in `complaints`."""

    def __init__(self, browser: Browser, url: str, width: int = 1180, height: int = 820, **context: Any) -> None:
        """`context` of somebody else is the same device: another tab."""
        self.context = context.pop("context", None) or browser.new_context(
            viewport={"width": width, "height": height}, **context
        )
        self.page: Page = self.context.new_page()
        self.url = url
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self._hears(str(error)))
        self.page.on(
            "console", lambda said: self.complaints.append(said.text) if "Content Security" in said.text else None
        )

    def _hears(self, error: str) -> None:
        # Firefox says here too that there is no network, for a socket and for what its worker asked for.
        if "connection to" not in error and "NetworkError when" not in error:
            self.complaints.append(error)

    def joins(self, code: str) -> "Person":
        """Scan the card."""
        self.page.goto(f"{self.url}/j/{code}")
        self.is_live()
        if (yes := self.page.get_by_role("button", name="Yes, go on")).count():
            yes.click()
            expect(yes).to_have_count(0)
        return self

    def is_live(self) -> None:
        """The chip says Live."""
        expect(self.page.locator("#chip")).to_have_attribute("data-state", "live", timeout=45_000)

    def sees(self, text: str) -> None:
        """The text is on the page, without a reload."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=30_000)

    def presses(self, name: str) -> None:
        """Press a button by its words, a moment after it appeared: a press within 0.7 s of a change is not taken."""
        button = self.page.get_by_role("button", name=name).first
        expect(button).to_be_visible(timeout=45_000)
        self.page.wait_for_timeout(750)
        button.click()

    def card(self, inject: str, question: str) -> Any:
        """The card of a question."""
        return self.page.locator(f'[id="question:{inject}:{question}"]')

    def writes(self, inject: str, question: str, text: str) -> None:
        """Type into an open question."""
        self.card(inject, question).locator("textarea[name=text]").fill(text)

    def sends(self, inject: str, question: str) -> None:
        """Send an answer."""
        self.card(inject, question).locator("[data-send]").click()

    def delivered(self, inject: str, question: str) -> None:
        """The server has it."""
        expect(self.card(inject, question).locator(".delivered")).to_be_visible(timeout=45_000)

    def regions(self) -> dict[str, str]:
        """Every region of the page with its text, as it stands."""
        found: dict[str, str] = self.page.evaluate(REGIONS)
        return found


REGIONS = """() => Object.fromEntries(
  [...document.querySelectorAll('[id]')]
    .filter((one) => /^(bar|timer|notice|waiting|run-head|desk|wall-head|stage|hall)$|:/.test(one.id)
                     && !/:(ask|pending)$/.test(one.id) && !one.closest('form'))
    .map((one) => {
      const copy = one.cloneNode(true);
      copy.querySelectorAll('form, [hx-morph-skip], [data-count], [data-remaining], time').forEach((e) => e.remove());
      return [one.id, copy.textContent.replace(/\\s+/g, ' ').trim()];
    }))"""
