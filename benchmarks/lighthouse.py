"""Google's Lighthouse on the join page and on a delegation's tablet, with its mobile settings.

`LIGHTHOUSE=path/to/lighthouse python -m benchmarks.lighthouse [TIMES]`: its npm package is installed somewhere outside
this folder. Prints the median of each figure as JSON.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.words import ARGUMENTS, Demo, Person, demo, free_port, installed_browser

WANTED = {
    "first-contentful-paint": "first text, s", "largest-contentful-paint": "largest, s",
    "speed-index": "speed index, s", "interactive": "interactive, s", "total-blocking-time": "blocked, s",
    "cumulative-layout-shift": "layout shift",
}  # fmt: skip


def look_at(url: str, port: int, folder: Path) -> dict[str, float]:
    """One run in the browser that listens on this port, whose cookies stay."""
    report = folder / "report.json"
    chosen = ["--only-categories=performance,accessibility", "--output=json", f"--output-path={report}", "--quiet"]
    subprocess.run([os.environ["LIGHTHOUSE"], url, f"--port={port}", *chosen], check=True)
    said: dict[str, Any] = json.loads(report.read_text("utf-8"))
    figures = {name: 100 * one["score"] for name, one in said["categories"].items()}
    figures |= {
        words: said["audits"][name]["numericValue"] / (1 if "shift" in name else 1000) for name, words in WANTED.items()
    }
    wrong = [one["id"] for one in said["categories"]["accessibility"]["auditRefs"] if _fails(said, one["id"])]
    if wrong:
        sys.stderr.write(f"{url}: {', '.join(wrong)}\n")
    return figures


def _fails(said: dict[str, Any], audit: str) -> bool:
    return said["audits"][audit]["score"] == 0


def tablet(exercise: Demo, person: Person) -> str:
    """The address of a tablet that was told two developments and asked about them."""
    exercise.command("open_day")
    for inject in ("D1-01", "D1-02"):
        exercise.command("release", inject=inject)
    person.joins(exercise.code("head", "aruna"))
    return person.page.url


def main(times: int) -> None:
    """Each page so many times, in turns."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder, port = Path(name), free_port()
        browser = playwright.chromium.launch_persistent_context(
            folder / "profile",
            executable_path=installed_browser(),
            args=[*ARGUMENTS, f"--remote-debugging-port={port}"],
        )
        with demo(folder / "data", free_port()) as exercise:
            person = Person(browser.browser, exercise.url, context=browser)  # type: ignore[arg-type]
            pages = {"join": f"{exercise.url}/join", "tablet": tablet(exercise, person)}
            person.page.goto("about:blank")
            runs = {page: [] for page in pages}  # type: dict[str, list[dict[str, float]]]
            for _ in range(times):
                for page, url in pages.items():
                    runs[page].append(look_at(url, port, folder))
        browser.close()
    found = {
        page: {figure: round(statistics.median(run[figure] for run in all_), 3) for figure in all_[0]}
        for page, all_ in runs.items()
    }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
