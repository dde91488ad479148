"""A review in a real browser: evidence is searched while one types, chosen, made a gap; every page passes axe-core."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Route, expect

from tests.browser.words import Demo, Person

pytestmark = pytest.mark.browser


def test_a_gap_is_made_from_what_a_search_found(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day")
    exercise.command("draft_gap", text="نتصل بضابط الاتِّصال أولًا", table="T1")
    exercise.command("draft_gap", text="Nobody knows who leads", table="T2")
    lead = Person(browser, exercise.url, 1180, 820, color_scheme="dark", reduced_motion="reduce")
    page = lead.joins(exercise.code("lead_facilitator")).page
    base = page.url

    page.goto(f"{base}/evidence")
    page.locator("#words").press_sequentially("الاتصال")
    expect(page.locator(".piece")).to_have_count(1)
    assert _faults(lead) == []
    page.locator(".piece input").check()
    expect(page.locator(".chosen-count")).to_have_text("1 chosen")
    page.locator("#words").fill("nobody")
    expect(page.locator(".piece mark")).to_have_text("Nobody")
    assert "words=nobody" in page.url
    page.locator(".piece input").check()
    expect(page.locator(".chosen-count")).to_have_text("2 chosen")
    page.get_by_role("button", name="New gap from these").click()
    page.locator("textarea[name=statement]").fill("Nobody knows whom to call first")
    page.get_by_role("radio", name="4").first.check(force=True)
    page.get_by_role("button", name="Record this gap").click()

    expect(page).to_have_url(re.compile(r"/gaps/GAP-01$"))
    expect(page.locator(".rest-line")).to_have_count(2)
    page.get_by_role("button", name="Plan it").scroll_into_view_if_needed()
    page.locator("textarea[name=what]").fill("Agree on one list")
    page.get_by_role("button", name="Plan it").click()
    assert _faults(lead) == []
    for path in ("gaps", "plan", "tables", "network", "sequence", "coding", "coding/book", "coding/agreement"):
        page.goto(f"{base}/{path}")
        assert _faults(lead) == []
    assert lead.complaints == []


def test_a_passage_is_selected_with_the_keyboard_and_marked(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    evaluator = Person(browser, exercise.url, 1180, 820).joins(exercise.code("evaluator"))
    seat = evaluator.page.url.rstrip("/").rsplit("/", 1)[-1]
    said: dict[str, str | float | bool] = {
        "do": "observe",
        "inject": "D1-01",
        "sense": "gap",
        "text": "𠀋 Nobody leads. Nobody calls.",
        "table": "T1",
    }
    evaluator.page.request.post(f"{exercise.url}/s/{seat}/do", form=said)
    lead = Person(browser, exercise.url, 1180, 820).joins(exercise.code("lead_facilitator"))
    page = lead.page
    page.goto(f"{page.url}/coding")
    page.locator(".lines .piece-id").first.click()

    text = page.locator("[data-passage-whole] textarea")
    text.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("no letter is taken")
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    for _ in range(6):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("textarea[name=words]")).to_have_value("Nobody")
    page.get_by_role("checkbox", name="Gap", exact=True).press("Space")
    page.get_by_role("button", name="Mark", exact=True).press("Enter")

    expect(page.locator(".coded-text mark")).to_have_text("Nobody1")
    expect(page.locator(".coded-text")).to_contain_text("leads. Nobody1 calls.")
    assert _faults(lead) == []
    page.get_by_role("button", name="Take back passage 1").press("Enter")
    expect(page.locator(".coded-text mark")).to_have_count(0)
    assert lead.complaints == []


def test_a_report_that_takes_long_says_so_in_its_place_and_arrives(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day")
    lead = Person(browser, exercise.url, 1180, 820).joins(exercise.code("lead_facilitator"))
    page = lead.page
    page.goto(f"{page.url}/report?tier=analyst")
    waiting: list[Route] = []
    page.route("**/report?*as=csv", lambda route: waiting.append(route))  # of Playwright's marking
    link = page.get_by_role("link", name="CSV", exact=True)

    with page.expect_download() as taken:
        link.click()
        expect(page.locator(".taking")).to_have_text(re.compile(r"^CSV \u2026 [1-9]\d* s$"))
        expect(link).to_have_attribute("aria-busy", "true")
        waiting[0].continue_()

    assert taken.value.suggested_filename.endswith("-analyst-provisional.csv")
    expect(page.locator(".taking")).to_have_count(0)
    assert len(waiting) == 1
    assert lead.complaints == []


def _faults(person: Person) -> list[str]:
    """What axe finds on the page, and whether it scrolls sideways."""
    found = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(person.page).response["violations"]]
    wide = person.page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["it scrolls sideways"] if wide else [])]
