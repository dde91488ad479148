"""What `photograph` works with: an exercise at five tables, a camera, and the people who are looked at."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from ruamel.yaml import YAML

from tests.browser.words import Demo, Person
from ttx.rehearsal.replies import reply
from ttx.scenario import checks, files

HOUSE = Path(__file__).parents[2]
COLOURS = 128
PATIENCE = 90_000
"""Milliseconds that a page may take on a machine that does other things as well."""
LONG = (
    "Sovereign Confederation of the Greater Northern Archipelago",
    "United Provinces of Halvarra and the Outer Reefs",
    "International Federation of Coastal Rescue Societies",
    "Free Territories of the Upper Ilmen Watershed",
)


def five_tables(crowd: bool) -> dict[str, Any]:
    """The demonstration's roster with a fifth table; `crowd` adds four delegations with long names."""
    roster: dict[str, Any] = YAML(typ="safe").load(HOUSE / "scenarios/lantern-tide/roster.yaml")
    roster["tables"]["T5"] = "Table 5 - Compass"
    for seat in roster["seats"]:
        if seat["delegation"] in ("IOM", "UNHCR"):
            seat["table"] = "T5"
    blank = {"language": "en", "name": ""}
    for table in ("T3", "T4", "T5"):
        roster["seats"].append({"delegation": None, "table": table, "role": "table_facilitator", **blank})
    if crowd:
        for number, name in enumerate(LONG, 1):
            key = f"long{number}"
            roster["delegations"][key] = {"name": name, "groups": ["TFPP"]}
            roster["seats"].append({"delegation": key, "table": f"T{number}", "role": "head", **blank})
    return roster


@contextmanager
def exercise(folder: Path, port: int, crowd: bool) -> Iterator[Demo]:
    """A server with an exercise of five tables."""
    roster = folder / "roster.yaml"
    with roster.open("w") as file:
        YAML(typ="safe").dump(five_tables(crowd), file)
    ttx, data = [sys.executable, "-m", "ttx"], ["--data", str(folder / "data")]

    def asks(*words: str) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(subprocess.check_output([*ttx, *words, *data, "--json"], text=True))
        return said

    made = asks("exercise", "new", "lantern-tide", "--roster", str(roster))
    token = asks("token", "new", "--exercise", made["id"], "--role", "lead_facilitator")["token"]
    environment = {**os.environ, "TTX_JOIN_TRIES_PER_MINUTE": "1000"}
    process = subprocess.Popen([*ttx, "serve", *data, "--port", str(port)], text=True, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        with httpx.Client(transport=httpx.HTTPTransport(retries=40)) as client:
            client.get(f"{url}/healthz")
        yield Demo(url, made["id"], token, made["seats"], process)
    finally:
        process.terminate()
        process.wait(10)


class Camera:
    """Pictures of pages, small enough to be kept; `missing`: only those that the folder has not got yet."""

    def __init__(self, folder: Path, missing: bool) -> None:
        self.folder, self.missing = folder, missing
        folder.mkdir(parents=True, exist_ok=True)

    def takes(self, name: str, page: Page, shrink: int = 1) -> None:
        """A picture of what is in the window; `shrink` divides its width and height."""
        if self.missing and (self.folder / f"{name}.png").exists():
            return
        page.wait_for_timeout(900)  # whatever moves has come to rest
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        if shrink > 1:
            picture = picture.resize((picture.width // shrink, picture.height // shrink), Image.Resampling.LANCZOS)
        # Covers every colour there is, then settles: a median cut made grey of what is small, such as a way on the map.
        few = picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=1, dither=Image.Dither.NONE)
        few.save(self.folder / f"{name}.png", optimize=True)
        sys.stderr.write(f"{name}\n")


class Day:
    """The people of the exercise, and what they do."""

    def __init__(self, browser: Browser, demo: Demo, camera: Camera) -> None:
        self.browser, self.demo, self.camera = browser, demo, camera
        expect.set_options(timeout=PATIENCE)
        self.clients: dict[str, httpx.Client] = {}
        story = checks.checked(files.read(HOUSE / "scenarios/lantern-tide"))[0]
        assert story is not None
        self.questions = {inject.id: inject.questions for day in story.days for inject in day.injects}
        self.lead = self.person("lead_facilitator", 1366, 768)
        self.hall = self.person("projector", 1920, 1080)
        self.aruna = self.person("head", 1024, 768, "aruna")
        self.coralis = self.person("head", 768, 1024, "coralis")
        self.sundara = self.person("head", 390, 844, "sundara")

    def person(self, role: str, width: int, height: int, delegation: str | None = None, **more: Any) -> Person:
        person = Person(self.browser, self.demo.url, width, height, **more)
        person.page.set_default_timeout(PATIENCE)
        return person.joins(self.demo.code(role, delegation))

    def stranger(self, width: int, height: int, name: str, address: str) -> None:
        """A picture of what somebody sees who is nobody yet."""
        context = self.browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        page.goto(address)
        self.takes(name, page)
        context.close()

    def takes(self, name: str, page: Page, shrink: int = 1) -> None:
        self.camera.takes(name, page, shrink)

    def releases(self) -> None:
        """What a facilitator presses for a release: the key, and Enter to confirm it."""
        out = len(self.demo.log("InjectReleased"))
        self.lead.page.wait_for_timeout(800)  # a press within 0.7 s of a change is not taken
        self.lead.page.keyboard.press("r")
        self.lead.page.keyboard.press("Enter")
        for _ in range(100):
            if len(self.demo.log("InjectReleased")) > out:
                return
            self.lead.page.wait_for_timeout(100)
        raise AssertionError("nothing was released")

    def as_head(self, delegation: str) -> httpx.Client:
        """A delegation's head as a program, for those of the twelve whose tablet is not looked at."""
        if delegation not in self.clients:
            client = httpx.Client(base_url=self.demo.url, timeout=PATIENCE / 1000)
            client.post("/api/v1/join", json={"code": self.demo.code("head", delegation)}).raise_for_status()
            self.clients[delegation] = client
        return self.clients[delegation]

    def heads(self) -> list[str]:
        return [str(one["delegation"]) for one in self.demo.seats if one["role"] == "head"]

    def says(self, delegation: str, do: str, **fields: object) -> httpx.Response:
        return self.as_head(delegation).post(
            f"/api/v1/exercises/{self.demo.exercise}/commands",
            json={"do": do, **fields},
            headers={"idempotency-key": os.urandom(8).hex(), "origin": self.demo.url},
        )

    def answers(self, inject: str, but: tuple[str, ...] = ("aruna",)) -> None:
        """Everybody but these answers a development's questions, each in a way of his own."""
        for name in self.heads():
            dice = Random(f"{inject} {name}")
            for one in self.questions[inject] if name not in but else ():
                answer = reply(one, [other for other in self.heads() if other != name], 0.08, dice)
                self.says(name, "respond", inject=inject, question=one.id, answer=answer)

    def entries(self) -> list[dict[str, Any]]:
        """The log."""
        address = f"{self.demo.url}/api/v1/exercises/{self.demo.exercise}/log?limit=10000"
        said = httpx.get(address, headers={"authorization": f"Bearer {self.demo.token}"}, timeout=60).json()
        return list(said["entries"])

    def does(self, do: str, **fields: object) -> None:
        """What the lead facilitator does without a picture of it."""
        self.demo.command(do, **fields).raise_for_status()

    def shows(self, name: str, view: str, about: str | None = None, quarter: bool = False) -> None:
        """A view of the hall, and what is left of it at a quarter of its width."""
        self.demo.command("show", view=view, **({"about": about} if about else {}))
        self.takes(name, self.hall.page, 2)
        if quarter:
            self.takes(f"{name}-from-afar", self.hall.page, 4)

    def hands(self, inject: str) -> None:
        """A row of the run of show taken in hand."""
        self.lead.page.locator(f'[id="run:{inject}"] a').click()
        self.lead.is_live()

    def dialog(self, name: str, *, kept: bool = False) -> None:
        """A picture of the dialog that is open, which is then left unless it is still needed."""
        self.takes(name, self.lead.page)
        if not kept:
            self.lead.page.keyboard.press("Escape")
