"""What a tablet that has never been here receives, counted on the wire."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.proxy import network
from tests.browser.words import Demo, Person

LIMIT = 150_000
"""Bytes of a whole tablet page in Latin script: headers, frames and what its worker asks for included."""

pytestmark = pytest.mark.browser


def test_a_cold_tablet_receives_less_than_150_kb_and_a_second_visit_next_to_nothing(
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
        aruna.page.reload()
        aruna.is_live()
        again = net.brought - first

    assert first < LIMIT, f"{first} bytes for {len(asked)} requests: {asked}"
    assert again < LIMIT / 5, f"{again} bytes for a second visit"
