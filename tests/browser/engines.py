"""A tablet with the engine of whoever made it: Chromium's, Firefox's or WebKit's, used in the same words.

Playwright drives Chromium and Firefox; WebKit, which it knows only in a build of its own, has a driver of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, sync_playwright

from tests.browser.firefox import FULL, launched
from tests.browser.webkit import screen, webkit
from tests.browser.words import ARGUMENTS, Person, installed_browser

ENGINES = ("chromium", "firefox", "webkit")


class Device(Protocol):
    """A tablet in somebody's hands; `where` is a CSS selector."""

    def goes(self, address: str) -> None:
        """To a page, and wait until it is loaded."""

    def reloads(self) -> None:
        """The page it is on, and wait until it is loaded."""

    def tells(self, expression: str) -> Any:
        """What an expression of JavaScript comes to on the page."""

    def presses(self, where: str) -> None:
        """With a mouse, which scrolls there first."""

    def types(self, text: str) -> None:
        """Key by key, into what has the focus."""

    def chooses(self, where: str, value: str) -> None:
        """An option of a list."""

    def picture(self) -> bytes:
        """Of what is in the window, as PNG."""

    @property
    def complaints(self) -> list[str]:
        """What was wrong on its pages so far: errors of their scripts, and what their CSP refused."""


class Played:
    """A device that Playwright drives."""

    def __init__(self, browser: Browser) -> None:
        self._person = Person(browser, "")
        self.page = self._person.page

    @property
    def complaints(self) -> list[str]:
        return self._person.complaints

    def goes(self, address: str) -> None:
        self.page.goto(address)

    def reloads(self) -> None:
        self.page.reload()

    def tells(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def presses(self, where: str) -> None:
        self.page.locator(where).first.click()

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)

    def chooses(self, where: str, value: str) -> None:
        self.page.locator(where).first.select_option(value)

    def picture(self) -> bytes:
        return self.page.screenshot()


@contextmanager
def playing(engine: str, folder: Path) -> Iterator[Browser]:
    """A browser in Playwright's hands, gone at the end of the block: `chromium`, `firefox`, or `firefox-full`, whose
    windows are private ones on a disk without room. The folder is for what is written to start it."""
    with sync_playwright() as playwright:
        if engine == "chromium":
            browser = playwright.chromium.launch(executable_path=installed_browser(bare=True), args=ARGUMENTS)
        else:
            browser = launched(playwright, folder, FULL if engine == "firefox-full" else {})
        yield browser
        browser.close()


@contextmanager
def devices(engine: str, folder: Path) -> Iterator[Callable[[], Device]]:
    """As many devices with an engine as are asked for, all gone at the end of the block."""
    with ExitStack() as stack:
        if engine == "webkit":
            display = stack.enter_context(screen())
            yield lambda: stack.enter_context(webkit(display))
        else:
            browser = stack.enter_context(playing(engine, folder))
            yield lambda: Played(browser)
