"""What the tests of the authors' pages say: somebody who writes, and how an inject is kept."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.words import Person
from tests.web.words import Served
from ttx.scenario.drafting import said
from ttx.scenario.roster import Role
from ttx.store import drafts

SOON = 8_000
"""Milliseconds in which what others saved is on the page: it looks every three seconds."""


class Writer(Person):
    """Somebody who writes the scenario, at his own device."""

    def __init__(self, browser: Browser, house: Served, role: Role, group: str | None = None, **context: object):
        super().__init__(browser, house.url, 1440, 900, **context)
        self.page.goto(f"{house.url}/j/{house.author(role, group).code}")
        self.desk = self.page.url.partition("?")[0]

    def opens(self, query: str) -> Page:
        """Open an address of the list."""
        self.page.goto(f"{self.desk}?{query}")
        return self.page

    def saves(self) -> None:
        """Press the key for it, and wait until the server has it."""
        self.page.keyboard.press("Control+s")
        expect(self.page.locator("#saved")).to_have_attribute("data-state", "saved", timeout=SOON)


def kept(house: Served, day: int, inject: str) -> dict[str, object]:
    """An inject as it is kept."""
    name = f"day-{day}.yaml"
    data = said(drafts.open_draft(house.store, house.draft).texts[name], name)
    assert isinstance(data, dict)
    return next(one for one in data["injects"] if one["id"] == inject)
