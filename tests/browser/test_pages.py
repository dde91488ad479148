"""Every page passes axe-core, fits its screen, carries the marking, and breaks no rule of the CSP."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.words import Demo, Person

pytestmark = pytest.mark.browser

ROLES = {
    "lead_facilitator": (1366, 768),
    "table_facilitator": (1366, 768),
    "head": (1180, 820),
    "projector": (1920, 1080),
    "evaluator": (1180, 820),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", ROLES)
def test_a_live_page_is_accessible_and_fits(browser: Browser, exercise: Demo, role: str, scheme: str) -> None:
    width, height = ROLES[role]
    exercise.command("open_day")
    for inject in ("D1-01", "D1-02", "D1-03"):
        exercise.command("release", inject=inject)
    exercise.command("timer", seconds=900)
    exercise.command("announce", text="Coffee is served on the terrace")
    person = Person(browser, exercise.url, width, height, color_scheme=scheme, reduced_motion="reduce")

    person.joins(exercise.code(role))
    person.page.wait_for_timeout(400)

    _is_clean(person)


@pytest.mark.parametrize("path", ["/join", "/login", "/nowhere", "report", "seats", "rehearsal"])
def test_a_plain_page_is_accessible_and_fits(browser: Browser, exercise: Demo, path: str) -> None:
    person = Person(browser, exercise.url, 1180, 820)
    if path.startswith("/"):
        person.page.goto(exercise.url + path)
    else:
        person.joins(exercise.code("lead_facilitator"))
        person.page.goto(f"{person.page.url}/{path}")

    _is_clean(person)


@pytest.mark.parametrize("width,height", [(390, 844), (820, 1180), (1180, 820)])
def test_a_tablet_page_never_scrolls_sideways(browser: Browser, exercise: Demo, width: int, height: int) -> None:
    exercise.command("open_day")
    for inject in ("D1-01", "D1-02", "D1-03", "D1-04", "D1-05"):
        exercise.command("release", inject=inject)

    for code in (exercise.code("head", "aruna"), exercise.code("head", "qasira")):
        person = Person(browser, exercise.url, width, height).joins(code)
        assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def _is_clean(person: Person) -> None:
    assert "EXERCISE EXERCISE EXERCISE" in person.page.inner_text("body")
    assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    found = Axe().run(person.page)
    told = [
        f"{one['id']}: {node['target']} {node['html'][:160]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
    assert told == []
    assert person.complaints == []
