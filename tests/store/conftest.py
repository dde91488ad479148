"""A store in a directory of its own, and an exercise in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.words import Writers, an_exercise, writers
from ttx.store.database import Store
from ttx.store.tables import ExerciseId


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as store:
        yield store


@pytest.fixture
def exercise(store: Store) -> ExerciseId:
    return an_exercise(store)


@pytest.fixture
def desk(store: Store) -> Writers:
    """A draft of the small scenario, and those who write it."""
    return writers(store)
