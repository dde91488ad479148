"""A browser for the whole run, and a demonstration for each module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.engines import playing
from tests.browser.words import Demo, demo, free_port


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, or what a test marked `BOTH` runs in. One for each module and no longer: while it runs, this thread has
    a loop, and other tests want their own."""
    with playing(getattr(request, "param", "chromium"), tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.fixture
def exercise(tmp_path: Path) -> Iterator[Demo]:
    with demo(tmp_path / "data", free_port()) as running:
        yield running
