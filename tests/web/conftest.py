"""One server for all tests of a module; those that break something start one of their own."""

from collections.abc import Iterator

import pytest

from tests.web.words import Served, serving


@pytest.fixture(scope="module")
def long_running(kept_in: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """On the database that the tests are run on: it is another server for the other one."""
    with serving(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def house(long_running: Served) -> Iterator[Served]:
    """A server that others have used before; what is open to it is closed after the test."""
    yield long_running
    long_running.hang_up()
