"""The hall's screen: read from the last row, put up with one press, and kept when the network is gone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.proxy import Mood, network
from tests.browser.words import Demo, Person

pytestmark = pytest.mark.browser

LEGIBLE = 24
"""Pixels on a screen of 1920 by 1080: a quarter of that is still type of 6 pixels."""

SMALLER = """least => {
  const small = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    const text = walk.currentNode.textContent.trim();
    if (!text || one.closest('.unseen, title, .hall-full, [hidden]') || !one.checkVisibility()) continue;
    const scale = one.ownerSVGElement && one.getScreenCTM ? one.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(one).fontSize) * scale;
    if (size < least - 0.05) small.push(`${size.toFixed(1)}: ${text.slice(0, 40)}`);
  }
  return small;
}"""

LOST = """() => {
  const box = document.getElementById('stage').getBoundingClientRect();
  const lost = [];
  for (const one of document.querySelectorAll('#stage :is(h1, h2, .ask, li, td span, .hall-count, .speaker-topic)')) {
    if (one.closest('.unseen, .recent, .turned-text')) continue;
    const { bottom, right, left } = one.getBoundingClientRect();
    if (bottom > box.bottom + 1 || right > box.right + 1 || left < box.left - 1) lost.push(one.textContent.trim());
  }
  for (const text of document.querySelectorAll('#stage .turned-text')) {
    if (text.scrollHeight > text.clientHeight + 2) lost.push(`below its place: ${text.textContent.slice(0, 40)}`);
    if (text.scrollWidth > text.clientWidth + 2 && !text.parentElement.dataset.jsPages) lost.push('a page not turned');
  }
  return lost;
}"""

VIEWS = (
    ("story", None),
    ("map", None),
    ("development", "D1-02"),
    ("question", "D1-01"),
    ("question", "D1-01:q1"),
    ("vote", "D1-06"),
    ("agenda", None),
    ("speaker", "d1-panel"),
    ("timeline", None),
    ("recap", None),
    ("gaps", None),
    ("summary", None),
    ("blank", None),
)


def test_every_view_of_the_hall_can_be_read_from_the_last_row(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day")
    for inject in ("D1-01", "D1-02", "D1-03", "D1-04", "D1-05", "D1-06"):
        exercise.command("release", inject=inject)
    exercise.command("open_vote", inject="D1-06")
    exercise.command("start_session", session="d1-s1")
    exercise.command("timer", seconds=900)
    exercise.command("draft_gap", text="Nobody knows whom to call at night.")
    assert exercise.command("test_gap", gap="G1", verdict="holds", table="T1").status_code == 200
    assert exercise.command("summarise", table="T1", text="We called each other late.").status_code == 200
    version = exercise.command("summarise", table="T1", text="We called each other at noon.").json()["seq"]
    assert exercise.command("approve_summary", table="T1", day=1, version=version).status_code == 200
    hall = Person(browser, exercise.url, 1920, 1080, reduced_motion="reduce").joins(exercise.code("projector"))
    axe = Axe()

    for view, about in VIEWS:
        exercise.command("show", view=view, **({"about": about} if about else {}))
        expect(hall.page.locator("#stage")).to_have_attribute("data-view", view)
        hall.page.evaluate("document.fonts.ready")
        if about:
            expect(hall.page.locator("#stage h1").first).to_be_attached()
        assert hall.page.evaluate(SMALLER, LEGIBLE) == [], view
        assert hall.page.evaluate(LOST) == [], view
        found = axe.run(hall.page).response["violations"]
        assert [(view, one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert hall.complaints == []


def test_a_press_puts_it_up_and_without_a_network_the_last_picture_stays(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    with network(exercise.port) as net:
        hall = Person(browser, net.url, 1920, 1080).joins(exercise.code("projector"))
        lead = Person(browser, exercise.url, 1366, 768).joins(exercise.code("lead_facilitator"))
        stage = hall.page.locator("#stage")

        lead.page.get_by_role("button", name="Hall", exact=True).click()
        found = Axe().run(lead.page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
        lead.page.locator("#hall").get_by_role("button", name="Question 1").click()
        expect(stage).to_have_attribute("data-view", "question")
        expect(stage).to_contain_text("0 of 12")
        expect(lead.page.locator(".hall-control-now")).to_contain_text("D1-01:q1")

        net.mood = Mood.REFUSE
        net.drop()
        expect(hall.page.locator("[data-hall-offline]")).to_contain_text("You see the picture of", timeout=15_000)
        exercise.command("show", view="agenda")
        expect(stage).to_contain_text("Which signals would reach your government first?")

        net.mood = Mood.PASS
        expect(stage).to_have_attribute("data-view", "agenda", timeout=15_000)
        expect(hall.page.locator("[data-hall-offline]")).to_be_hidden()
        assert [one["id"] for one in found] == []
        assert hall.complaints + lead.complaints == []
