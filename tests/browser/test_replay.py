"""The record played back in a browser, and a delegation's page looked at while it is in use."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.words import REGIONS, Demo, Person


def test_a_director_plays_back_what_a_tablet_showed_and_nothing_in_it_can_be_pressed(
    browser: Browser, exercise: Demo
) -> None:
    aruna = Person(browser, exercise.url, 1024, 768).joins(exercise.code("head", "aruna"))
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    aruna.sees("Fighting empties")
    aruna.writes("D1-01", "q3", "We ask for one picture.")
    aruna.sends("D1-01", "q3")
    aruna.delivered("D1-01", "q3")
    # What a delegation drafts, and who of it sent an answer, is for its own people and not in a picture for others.
    now = {
        name: text.replace(", Tablet 1", "") for name, text in aruna.regions().items() if not name.startswith("draft:")
    }
    exercise.command("recall", inject="D1-01")
    lead = Person(browser, exercise.url, 1366, 800).joins(exercise.code("lead_facilitator"))

    page = lead.page
    page.goto(f"{page.url}/replay")
    page.get_by_label("As seen by").select_option(label="Aruna")
    then = page.frame_locator("[data-frame]")
    _stands_at(page, "Exercise created")
    expect(then.locator("#questions article")).to_have_count(0)
    page.keyboard.press("End")
    _stands_at(page, "Inject recalled")
    expect(then.get_by_text("Exercise control withdrew")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    _stands_at(page, "Aruna answers D1-01")
    expect(then.locator(".delivered")).to_be_visible()

    assert page.frames[1].evaluate(REGIONS) == now
    _holds_still(then)
    _is_clean(lead)
    page.reload()
    _stands_at(page, "Aruna answers D1-01")
    expect(then.locator(".delivered")).to_be_visible()
    assert lead.complaints == []


def test_a_facilitator_looks_at_a_tablet_in_use_and_sends_nothing(browser: Browser, exercise: Demo) -> None:
    lead = Person(browser, exercise.url, 1366, 800).joins(exercise.code("lead_facilitator"))
    lead.page.get_by_label("More", exact=True).click()
    with lead.context.expect_page() as opened:
        lead.page.get_by_role("link", name="Aruna").click()
    looking = Person(browser, exercise.url)
    looking.page = page = opened.value

    looking.is_live()
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    looking.sees("Fighting empties")

    looking.sees("You see what Aruna sees.")
    controls = page.locator("main :is(button, input, select, textarea)")
    assert controls.count() > 0
    assert controls.locator("visible=true").evaluate_all("all => all.every((one) => one.matches(':disabled'))")
    # A column is reached by the keyboard, to scroll it. axe takes whatever is in a disabled fieldset for disabled.
    page.locator("#asked").focus()
    expect(page.locator("#asked")).to_be_focused()
    _is_clean(looking, {"scrollable-region-focusable": {"enabled": False}})


def _stands_at(page: Page, text: str) -> None:
    expect(page.locator("[data-entries] [aria-current]")).to_contain_text(text, timeout=10_000)
    expect(page.locator("[data-stage]")).to_have_attribute("aria-busy", "false", timeout=10_000)


def _holds_still(then: FrameLocator) -> None:
    """Every control is off, no link leads anywhere, and no script runs that could."""
    controls = then.locator("body :is(button, input, select, textarea)")
    assert controls.count() > 0
    for number in range(controls.count()):
        expect(controls.nth(number)).to_be_disabled()
    expect(then.locator("base")).to_have_attribute("target", "_blank")
    expect(then.locator("script")).to_have_count(0)


def _is_clean(person: Person, rules: dict[str, object] | None = None) -> None:
    """axe-core finds nothing; it cannot run inside the picture, which is a page that has its own test."""
    assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    found = Axe().run(person.page, context={"exclude": [["iframe"]]}, options={"iframes": False, "rules": rules or {}})
    told = [f"{one['id']}: {node['html'][:160]}" for one in found.response["violations"] for node in one["nodes"]]
    assert told == []
    assert person.complaints == []
