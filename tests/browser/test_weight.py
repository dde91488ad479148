"""What a tablet that has never been here receives, counted on the wire.

The first view is everything that comes from the first request until the page is live, shows what was told, and can be
shown again without a network: headers, frames and what its worker asks for included. Nothing is left out
for coming late: what the worker fetches two seconds after that, so that Look up opens without a network, is counted in
the whole.
What merges the drafts of several hands, 31 KB, comes with the first letter somebody writes, and is in neither.
"""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.proxy import network
from tests.browser.words import Demo, Person

FIRST = 140_000
"""Bytes of the first view in Latin script."""
LIMIT = 150_000
"""Bytes of the whole page in Latin script, with what it loads when it is opened."""

LOADED = "[...document.fonts].filter((one) => one.status !== 'unloaded').map((one) => one.family).join()"

pytestmark = pytest.mark.browser


def pinch(person: Person, place: Locator) -> None:
    """Draw two fingers apart in the middle of it."""
    box = place.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    hand = person.context.new_cdp_session(person.page)
    for kind, apart in (("touchStart", 40), ("touchMove", 60), ("touchMove", 80), ("touchEnd", 0)):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if apart else []})


def test_a_cold_tablet_receives_less_than_140_kb_and_a_second_visit_next_to_nothing(
    browser: Browser, exercise: Demo
) -> None:
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    exercise.command("release", inject="D1-02")
    with network(exercise.port) as net:
        aruna = Person(browser, net.url)
        asked: list[str] = []
        aruna.page.on("request", lambda request: asked.append(request.url))
        aruna.joins(exercise.code("head", "aruna")).sees("Adverts offer Dalmoran graduates")
        expect(aruna.page.locator("html")).to_have_attribute("data-kept", "true", timeout=45_000)
        aruna.page.wait_for_load_state("networkidle")
        first = net.brought
        assert "Arabic" not in aruna.page.evaluate(LOADED)
        expect(aruna.page.locator("html")).to_have_attribute("data-kept-late", "true", timeout=45_000)
        whole = net.brought
        aruna.page.reload()
        aruna.is_live()
        again = net.brought - whole

        # The page that was kept is as the server drew it, and what was loaded late is there without a network.
        aruna.page.reload()
        aruna.is_live()
        aruna.page.context.set_offline(True)
        aruna.page.locator("[data-dialog=look-up]:visible").click()
        aruna.page.get_by_role("tab", name="Map").click()
        expect(aruna.page.locator("#look-up-map .chart")).to_be_visible()
        assert aruna.page.locator("#look-up-map").evaluate("one => getComputedStyle(one).display") == "flex"
        frame = aruna.page.locator(".map-frame")
        wide = frame.evaluate("one => one.scrollWidth")
        frame.press("+")
        larger = frame.evaluate("one => one.scrollWidth")
        assert larger > wide
        pinch(aruna, frame)
        assert frame.evaluate("one => one.scrollWidth") > larger
        assert aruna.page.evaluate("visualViewport.scale") == 1

    assert first < FIRST, f"{first} bytes for {len(asked)} requests: {asked}"
    assert whole < LIMIT, f"{whole} bytes with what is loaded late"
    assert again < LIMIT / 5, f"{again} bytes for a second visit"
