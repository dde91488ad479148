"""Staff with a passkey of a browser's own: made, used at the door, and before a screen that was locked."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.words import Demo, Person
from ttx.scenario.roster import Role
from ttx.store.accounts import create_account, seat_account
from ttx.store.database import Store

pytestmark = pytest.mark.browser

PATIENCE = 45_000
PASSWORD = "the tide is late today"
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def with_authenticator(person: Person) -> None:
    line = person.context.new_cdp_session(person.page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def locked(page: Page) -> None:
    expect(page.locator("#lock")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".desks")).not_to_be_visible()


def test_a_passkey_signs_in_and_opens_a_locked_console_that_went_on(browser: Browser, exercise: Demo, tmp_path: Path):
    with Store(tmp_path / "data") as store:
        create_account(store, "Ana", PASSWORD)
        seat = seat_account(store, "ana", exercise.exercise, Role.LEAD_FACILITATOR)
    person = Person(browser, exercise.url.replace("127.0.0.1", "localhost"), 1366, 768)
    page = person.page
    with_authenticator(person)
    page.goto(f"{person.url}/login")
    page.get_by_label("Name").fill("ana")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{person.url}/account")
    page.get_by_label("What to call it").fill("My laptop")
    page.locator("form[data-passkey-new] [name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator(".kept-keys")).to_contain_text("My laptop", timeout=PATIENCE)

    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(f"{person.url}/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/home", timeout=PATIENCE)

    page.goto(f"{person.url}/s/{seat.id}")
    person.is_live()
    page.locator("#find").fill("half a word")
    page.locator(".top .menu summary").click()
    page.get_by_role("button", name="Lock this screen").click()
    locked(page)
    exercise.command("open_day")
    expect(page.locator("#bar")).to_contain_text("Day 1", timeout=PATIENCE)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    locked(page)
    page.get_by_label("Password of Ana").fill("wrong wrong wrong")
    page.get_by_role("button", name="Unlock", exact=True).click()
    expect(page.locator("#lock .why")).to_contain_text("not the password", timeout=PATIENCE)
    page.get_by_role("button", name="Unlock with a passkey").click()
    expect(page.locator("#lock")).not_to_be_visible(timeout=PATIENCE)
    expect(page.locator(".desks")).to_be_visible()
    expect(page.locator("#find")).to_have_value("half a word")

    # An hour without a hand on any page of this browser locks all of them but the hall's.
    other, hall = (
        Person(browser, person.url, context=person.context),
        Person(browser, person.url, context=person.context),
    )
    hall.page.goto(f"{person.url}/s/{seat.id}/plenary")
    other.page.clock.install()
    other.page.goto(f"{person.url}/s/{seat.id}")
    other.is_live()
    other.page.clock.fast_forward("01:01:00")
    locked(other.page)
    locked(page)
    expect(hall.page.locator("#lock")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("heading", name="This screen is locked")).to_be_visible(timeout=PATIENCE)
    page.get_by_label("Password of Ana").fill(PASSWORD)
    page.get_by_role("button", name="Unlock", exact=True).click()
    person.is_live()
    expect(page.locator(".desks")).to_be_visible()
    assert [*person.complaints, *other.complaints, *hall.complaints] == []
