"""The room as people meet it: a nudge and a call for help, the connection check, and the stop for an emergency."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.words import Person
from tests.web.words import Served, serving
from ttx.scenario.roster import Role

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("room")) as served:
        yield served


def joins(browser: Browser, house: Served, role: Role, delegation: str | None = None, **context: object) -> Person:
    return Person(browser, house.url, **context).joins(house.seat(role, delegation).code)  # type: ignore[arg-type]


def test_control_and_a_table_speak_with_each_other_without_moving_what_is_typed(browser: Browser, house: Served):
    lead, head = joins(browser, house, Role.LEAD_FACILITATOR), joins(browser, house, Role.HEAD, "Kestria")
    comms, answer = lead.page.locator("#comms"), head.card("D1-01", "q1").locator("textarea[name=text]")

    lead.presses("Check connections")
    expect(comms).to_contain_text("1 device has answered")
    expect(comms).to_contain_text("ms")
    house.begun()
    expect(comms).to_be_hidden()

    answer.press_sequentially("We would call")
    expect(lead.page.locator('[id="table:T1"] .sat-writing')).to_be_visible()
    before = answer.bounding_box()
    lead.page.wait_for_timeout(750)
    lead.page.locator('[id="table:T1"]').get_by_role("button", name="Nudge").click()
    expect(head.page.locator('[id="nudge:T1"]')).to_be_visible()
    expect(head.page.locator(".talk-button [data-mark-new]")).to_be_visible()
    assert answer.bounding_box() == before
    expect(answer).to_be_focused()
    expect(answer).to_have_value("We would call")
    assert Axe().run(head.page).response["violations"] == []

    head.page.get_by_role("button", name="Write to control").click()
    expect(head.page.locator(".talk-button [data-mark-new]")).to_be_hidden()
    expect(head.page.locator('[id="nudge:T1"]')).to_be_hidden()  # it was read
    head.page.locator("#talk textarea").fill("Which port is meant?")
    head.context.set_offline(True)
    head.page.get_by_role("button", name="Send", exact=True).click()
    expect(head.page.locator("[data-waiting]")).to_contain_text("Which port is meant?")
    head.context.set_offline(False)
    expect(head.page.locator('[id="thread:T1"]')).to_contain_text("Which port is meant?", timeout=20_000)
    head.page.get_by_role("button", name="Call somebody to our table").click()
    assert Axe().run(head.page).response["violations"] == []

    call = lead.page.locator("#calls .call")
    expect(call).to_contain_text("Kestria")
    assert Axe().run(lead.page).response["violations"] == []
    lead.presses("Seen to")
    expect(call).to_have_count(0)
    lead.page.locator('[data-dialog="talk-T1"]').click()
    expect(lead.page.locator('[id="thread:T1"]')).to_contain_text("Which port is meant?")
    lead.page.locator("#talk-T1 textarea").fill("Port Ellory.")
    lead.page.locator("#talk-T1").get_by_role("button", name="Send").click()
    expect(head.page.locator('[id="thread:T1"]')).to_contain_text("Port Ellory.")
    expect(head.page.locator('[id="nudge:T1"]')).to_be_hidden()  # it is read as it comes
    head.page.locator("#talk [data-close]").click()
    lead.page.locator("#talk-T1 textarea").fill("The one in the north.")
    lead.page.locator("#talk-T1").get_by_role("button", name="Send").click()
    expect(head.page.locator('[id="nudge:T1"]')).to_contain_text("The one in the north.")
    expect(head.page.locator('[id="nudge:T1"]')).to_be_visible()
    assert lead.complaints == head.complaints == []


def test_a_real_emergency_covers_every_screen_and_keeps_what_was_typed(browser: Browser, house: Served):
    house.begun()
    dark = {"color_scheme": "dark", "reduced_motion": "reduce"}
    people = [
        joins(browser, house, Role.LEAD_FACILITATOR, **dark),
        joins(browser, house, Role.HEAD, "Kestria"),
        joins(browser, house, Role.EVALUATOR),
        joins(browser, house, Role.PROJECTOR),
    ]
    lead, head = people[:2]
    head.writes("D1-01", "q1", "We would call the coast")

    lead.page.get_by_role("button", name="Emergency").click()
    expect(lead.page.locator("#stop")).to_be_hidden()  # one press asks, and does nothing
    lead.page.locator("#stop-all textarea").fill("Leave by the north stairs.")
    lead.page.get_by_role("button", name="Stop everything now").click()
    for person in people:
        expect(person.page.locator("#stop-title")).to_be_visible()
        expect(person.page.locator("#stop-what")).to_have_text("Leave by the north stairs.")
        assert person.page.evaluate("document.querySelector('main').closest('[inert]') !== null")
        assert Axe().run(person.page).response["violations"] == []
    head.page.reload()
    expect(head.page.locator("#stop-title")).to_be_visible()

    ends = lead.page.get_by_role("button", name="Stand down")
    expect(ends).to_be_focused()
    lead.page.keyboard.press("Enter")
    expect(ends).to_have_attribute("data-js-armed", re.compile("every screen"))
    lead.page.keyboard.press("Escape")
    lead.presses("Stand down")
    expect(ends).to_have_attribute("data-js-armed", re.compile("every screen"))  # Escape let go: this armed it anew
    expect(head.page.locator("#stop-title")).to_be_visible()
    lead.presses("Stand down")
    for person in people:
        expect(person.page.locator("#stop")).to_be_hidden()
    expect(head.card("D1-01", "q1").locator("textarea[name=text]")).to_have_value("We would call the coast")
    expect(lead.page.locator("#chip")).to_have_attribute("data-state", "paused")
    lead.presses("Resume")
    expect(head.page.locator("#chip")).to_have_attribute("data-state", "live")
    head.sends("D1-01", "q1")
    head.delivered("D1-01", "q1")
    assert [person.complaints for person in people] == [[]] * 4


def test_whoever_waits_at_the_door_stands_on_the_open_page_of_seats(browser: Browser, house: Served):
    lead = joins(browser, house, Role.LEAD_FACILITATOR)
    lead.page.goto(f"{lead.page.url}/seats")
    lead.page.get_by_role("button", name="Let devices in one by one").click()
    try:
        listed = house.seat(Role.HEAD, "Kestria")
        asking = Person(browser, house.url)
        asking.page.goto(f"{house.url}/j/{listed.code}")
        lead.page.get_by_role("button", name="Let in").click()
        asking.page.get_by_role("button", name="Yes, go on").wait_for()
    finally:
        lead.page.get_by_role("button", name="Let codes be enough").click()
    expect(lead.page.locator(f"#here-{listed.seat.id}")).to_have_text("connected")
