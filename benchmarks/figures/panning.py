"""A graph of 300 injects in a browser, moved without a pause: frames a second, beside an empty page that is moved."""

import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.rounds import Figure, Plan, Reach, interleaved, known, ratio
from tests.browser.words import ARGUMENTS, Person, installed_browser
from tests.scenario.vast import vast_scenario
from tests.web.words import serving
from ttx.scenario.roster import Role
from ttx.scenario.writing import written
from ttx.store.authors import Invited, authors_of
from ttx.store.drafts import new_draft

EMPTY = "<!doctype html><title>Empty</title><div id=graph style='height:600px'><p>Nothing</div>"
"""What the browser can at most here: one element, moved as the graph is."""
MOVES = """view => view.addEventListener("wheel", (event) => {
  event.preventDefault();
  view.firstElementChild.style.transform = `translate(${-event.deltaX}px, ${-event.deltaY}px)`;
}, { passive: false })"""
PAN = """async (milliseconds) => {
  const view = document.getElementById("graph");
  const begin = performance.now();
  let frames = 0;
  return await new Promise((done) => {
    const frame = (now) => {
      frames += 1;
      const back = Math.floor((now - begin) / 750) % 2 ? -1 : 1;
      const turn = { deltaX: 30 * back, deltaY: 16 * back, clientX: 600, clientY: 500 };
      view.dispatchEvent(new WheelEvent("wheel", { ...turn, bubbles: true, cancelable: true }));
      if (now - begin < milliseconds) requestAnimationFrame(frame); else done(1000 * (frames - 1) / (now - begin));
    };
    requestAnimationFrame(frame);
  });
}"""


def measure(plan: Plan) -> list[Figure]:
    """In turns: the graph at its own size, the whole of it in sight, and the empty page."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as house,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=installed_browser(bare=True), args=ARGUMENTS) as browser,
    ):
        draft = new_draft(house.store, written(vast_scenario()), {}, [Invited(Role.DIRECTOR, name="Dana")])
        director = authors_of(house.store, draft)[0]
        person = Person(browser, house.url, 1366, 820)
        person.context.request.post(f"{house.url}/api/v1/join", data={"code": director.code})
        person.page.goto(f"{house.url}/a/{director.author.id}/graph")
        person.page.wait_for_selector(".card-g[tabindex='0']")
        empty = Person(browser, house.url, 1366, 820).page
        empty.set_content(EMPTY)
        empty.locator("#graph").evaluate(MOVES)
        milliseconds = 300 if plan.small else 1500
        samples = interleaved(
            plan.rounds,
            {
                "ttx, at its own size": lambda: panned(person.page, milliseconds, "one"),
                "ttx, all in sight": lambda: panned(person.page, milliseconds, "fit"),
                "an empty page": lambda: panned(empty, milliseconds),
            },
        )
    reaches = [
        Reach(f"300 injects{name[3:]}", statistics.median(samples[name]), 30, unit="frames/s")
        for name in ("ttx, at its own size", "ttx, all in sight")
    ]
    reaches += known(
        ratio("at its own size against an empty page", samples, "ttx, at its own size", "an empty page", 0.5)
    )
    return [Figure("panning", "Moving a graph of 300 injects", "frames/s", samples, reaches, more_is_better=True)]


def panned(page: Any, milliseconds: int, zoom: str | None = None) -> float:
    """Frames a second while the page's graph is moved for so long."""
    page.bring_to_front()
    if zoom:
        page.click(f"[data-zoom={zoom}]")
        page.wait_for_timeout(500)
    return float(page.evaluate(PAN, milliseconds))
