"""Files that were damaged, or grew wild: the importer understands them or refuses them, and never fails."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scenario.formats.traps import TRAPS
from tests.scenario.formats.words import scenario_of
from ttx.scenario.formats.delimited import delimited
from ttx.scenario.formats.readers import understood
from ttx.scenario.formats.sheets import opened

SAMPLES = tuple((trap.name, trap.make()) for trap in TRAPS)
ODD = (
    "", " ", "-", "0", "-1", "99:99", "31/02/2026", "24:00", "D+1", "DAY 2", "STARTEX", "Pause", "=1+1", "(hhmm)",
    '"', "ditto", "CANCELLED", "If yes go to 3", "\u202e", "١٢:٣٠", "9" * 400, "x" * 40_000, "A\nB\n\n\nC",
    "Option 1: wait | Option 2: go", "1-A", "2026-13-45T99:00", "T+", "H-", "1.2.3.4", "TO 1", "12.5", "-0:30",
    "\ufeff", "a;b,c\td|e", "00900", "210900ZAUG11", "all", "T1",
)  # fmt: skip
"""What a cell is overwritten with."""


def tables(name: str, content: bytes) -> list[list[object]]:
    """A sample's longest sheet as rows of cells."""
    if name.endswith((".csv", ".txt")):
        return [list(row) for row in delimited(name, content)]
    book = opened(name, content)
    return [list(row.cells) for row in max(book.sheets, key=lambda sheet: len(sheet.rows)).rows]


def wild(rows: list[list[object]], chance: random.Random) -> list[list[object]]:
    """The rows with some of what happens to lists: cells overwritten, rows lost, doubled, moved, columns swapped."""
    rows = [list(row) for row in rows]
    for _ in range(chance.randint(1, 6)):
        if not rows:
            break
        row = chance.randrange(len(rows))
        match chance.randrange(7):
            case 0 if rows[row]:
                rows[row][chance.randrange(len(rows[row]))] = chance.choice(ODD)
            case 1:
                del rows[row]
            case 2:
                rows.insert(chance.randrange(len(rows)), list(rows[row]))
            case 3:
                rows.insert(chance.randrange(len(rows)), [chance.choice(ODD)])
            case 4:
                wide = max(map(len, rows))
                one, other = chance.randrange(wide + 1), chance.randrange(wide + 1)
                for cells in rows:
                    cells += [None] * (wide + 1 - len(cells))
                    cells[one], cells[other] = cells[other], cells[one]
            case 5:
                place = chance.randrange(max(map(len, rows)) + 1)
                for cells in rows[1:]:
                    if place < len(cells) and chance.random() < 0.5:
                        cells[place] = chance.choice(ODD)
            case _:
                chance.shuffle(rows)
    return rows


def damaged(content: bytes, chance: random.Random) -> bytes:
    """The bytes with some cut off, some taken out and some changed."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 5)):
        place = chance.randrange(max(1, len(made)))
        match chance.randrange(3):
            case 0:
                del made[place:]
            case 1:
                del made[place : place + chance.randint(1, 40)]
            case _:
                made[place : place + 1] = bytes([chance.randrange(256)])
    return bytes(made)


def survives(seed: int) -> None:
    """One sample, mutated by this seed, is understood as a sound scenario or refused in a sentence."""
    chance = random.Random(seed)
    name, content = chance.choice(SAMPLES)
    if chance.random() < 0.3:
        content = damaged(content, chance)
    elif not name.endswith(".json"):
        rows = wild(tables(name, content), chance)
        name = "wild.csv"
        lines = (
            ";".join('"' + str("" if cell is None else cell).replace('"', '""') + '"' for cell in row) for row in rows
        )
        content = "\r\n".join(lines).encode("utf-8", "replace")
    found = understood(name, content)
    if found.refused is not None:
        assert found.refused.strip()[-1:] in ".?!)"
        return
    scenario, errors = scenario_of(found)
    assert scenario is not None
    assert errors == [], f"seed {seed}"
    assert found.injects == sum(len(day.injects) for day in scenario.days)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_a_mutated_list_is_understood_or_refused(seed: int):
    survives(seed)
