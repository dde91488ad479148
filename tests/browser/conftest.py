"""A browser for the whole run, and a demonstration for each module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.words import ARGUMENTS, Demo, demo, free_port, installed_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each module and no longer: while it runs, this thread has a loop, and other tests want their own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed_browser(bare=True), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def exercise(tmp_path: Path) -> Iterator[Demo]:
    with demo(tmp_path / "data", free_port()) as running:
        yield running
