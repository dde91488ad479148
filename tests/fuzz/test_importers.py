"""Nonsense for every importer: understood or refused in a sentence, never a fault. `make fuzz` goes on longer."""

from collections.abc import Callable

import pytest

from tests.fuzz.targets import TARGETS, nonsense

FILES = 15


@pytest.mark.parametrize("name", TARGETS)
def test_nonsense_is_understood_or_refused(name: str, record_property: Callable[[str, object], None]):
    target = TARGETS[name]
    for good in target.good:
        target.read(good)
    for seed in range(FILES):
        content = nonsense(target, seed)
        try:
            target.read(content)
        except Exception as fault:
            raise AssertionError(f"seed {seed} of {name}: {content[:300]!r}") from fault
    record_property("tried", f"{FILES} files of {name}")
