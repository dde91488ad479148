"""A browser for the whole run, and a demonstration for each module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.engines import playing
from tests.browser.words import Demo, demo, free_port
from tests.web.words import Served, serving


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


@pytest.fixture(scope="module")
def long_running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("authors")) as served:
        yield served


@pytest.fixture
def house(long_running: Served) -> Served:
    """A server that others have used before, with a draft that nobody has."""
    vars(long_running).pop("draft", None)
    return long_running
