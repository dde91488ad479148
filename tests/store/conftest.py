"""A store in a directory of its own, and an exercise in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.words import an_exercise
from ttx.store.database import Store
from ttx.store.tables import ExerciseId


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data") as store:
        yield store


@pytest.fixture
def exercise(store: Store) -> ExerciseId:
    return an_exercise(store)
