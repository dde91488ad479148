"""The tablet for everybody: heard, by thumb, large, in the dark; and what was told found again without a network."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.words import Demo, Person

WANTED = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SMALL = """() => Array.from(document.querySelectorAll('a[href], button, input, select, textarea, summary'))
    .filter((one) => one.checkVisibility())
    .map((one) => [one.className || one.name || one.tagName, (one.closest('label') ?? one).getBoundingClientRect()])
    .filter(([, box]) => Math.round(box.width) < 48 || Math.round(box.height) < 48).map(([name]) => name)"""
HEARD = """() => { const said = document.getElementById('said'); window.heard = [];
    new MutationObserver(() => { if (said.textContent) window.heard.push(said.textContent); })
        .observe(said, { childList: true }); }"""
COVERED = """() => { const one = document.activeElement, box = one.getBoundingClientRect();
    if (one === document.body || !box.width) return false;
    const [x, y] = [box.left + box.width / 2, Math.max(box.top, 0) + Math.min(box.height, innerHeight) / 2];
    const top = document.elementFromPoint(x, Math.min(y, innerHeight - 2));
    return !(top && (one.contains(top) || top.contains(one) || top.closest('label')?.contains(one))); }"""


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    found = Axe().run(page, options=WANTED).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def tells(exercise: Demo, title: str) -> None:
    exercise.command(
        "add_inject",
        title=title,
        text="The \uff30\uff21\uff2c\uff2c\uff21\uff33 W\u00e4ke was seen again.",
        release=True,
    )


def test_a_tablet_is_for_everybody_in_the_room(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    page = aruna.page
    aruna.sees("Fighting empties")

    # Two developments at once are both heard; the field keeps its focus, its letters and its place.
    field = aruna.card("D1-01", "q3").locator("textarea[name=text]")
    field.click()
    field.press_sequentially("Half a sen")
    page.evaluate(HEARD)
    before = page.evaluate("document.activeElement.getBoundingClientRect().top")
    tells(exercise, "Seen by a fisherman")
    aruna.sees("Seen by a fisherman")
    expect(field).to_be_focused()
    field.press_sequentially("tence")
    expect(field).to_have_value("Half a sentence")
    assert abs(page.evaluate("document.activeElement.getBoundingClientRect().top") - before) < 2
    page.wait_for_function("window.heard.some((one) => one.includes('Seen by a fisherman'))")
    expect(page.locator("#developments > [data-js-new]")).to_have_count(1)

    # A countdown that runs out closes nothing.
    exercise.command("timer", seconds=1)
    expect(page.locator("#timer [data-tick]")).to_have_count(1)
    expect(page.locator("#timer [data-tick]")).to_have_count(0, timeout=15_000)
    field.press_sequentially(".")
    expect(field).to_have_value("Half a sentence.")

    # What is sent by keys leaves the focus in its card, and the receipt is heard.
    card = aruna.card("D1-01", "q3")
    card.locator("[data-send]").press("Enter")
    expect(card.locator("[data-change]")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("Delivered at")
    expect(card.locator("[data-change]")).to_be_focused()
    aruna.card("D1-01", "q2").get_by_role("button", name="UNHCR", exact=True).click()

    # Everything that was told is found again without a network, however it is written; what was not is not.
    expect(page.locator("html")).to_have_attribute("data-kept-late", "true", timeout=45_000)
    page.context.set_offline(True)
    page.locator("[data-dialog=look-up]:visible").click()
    page.locator("#look-up-for").fill("pallas wake")
    expect(page.locator("#look-up-results button")).to_have_count(1)
    page.locator("#look-up-for").fill("Pallas Wake, leaving")
    expect(page.locator("#look-up-found")).to_contain_text("Nothing found")
    page.locator("#look-up-for").fill("fisherman")
    page.locator("#look-up-results button").click()
    expect(page.locator("article.development", has_text="fisherman")).to_be_focused()
    page.context.set_offline(False)

    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == [], scheme
        page.locator("[data-dialog=look-up]:visible").click()
        page.locator("#look-up-for").fill("")
        for tab in ("Agenda", "Map", "Glossary", "Papers", "Story"):
            page.get_by_role("tab", name=tab).click()
            assert violations(page) == [], f"{scheme} {tab}"
        assert page.evaluate(SMALL) == []
        page.locator("#look-up [data-close]").click()

    # The largest letters, and a zoom of 400 %: nothing to scroll sideways, nothing focused behind a bar.
    page.locator("[data-dialog=look-up]:visible").click()
    page.get_by_role("button", name="Very large text").click()
    page.locator("#look-up [data-close]").click()
    for width, height in ((390, 844), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate(SMALL) == []
        hours = page.locator("[name=hours]").first.bounding_box()
        assert hours is not None
        assert hours["width"] >= 60, width
        page.locator("body").focus()
        for _ in range(25):
            page.keyboard.press("Tab")
            assert not page.evaluate(COVERED), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-text-size", "3")
    page.goto(f"{page.url.partition('#')[0]}/seats")
    for one in page.locator("details").all():
        one.evaluate("one => { one.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate(SMALL) == []
    assert aruna.complaints == []
