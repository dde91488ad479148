"""The model of catching up, docs/catch-up.pml: walked through whole it holds, and no rule of it can be left out."""

import re
import subprocess
from pathlib import Path

import pytest

MODEL = Path(__file__).parents[2] / "docs" / "catch-up.pml"
RULES = sorted(set(re.findall(r"DROP_(?!NAME)\w+", MODEL.read_text("utf-8"))))
LOOPS = ("DROP_AHEAD",)
"""Rules without which no page is ever wrong, but may be sent away for ever."""


def walked(folder: Path, *defined: str, loops: bool = False) -> str:
    """What spin says of the model with these rules left out: of its asserts, or of loops while nothing is restored."""
    given = [f"-D{one}" for one in (*defined, *(["RESTORES=0"] if loops else []))]
    subprocess.run(["spin", "-a", *given, MODEL], cwd=folder, check=True, capture_output=True)
    kind = "-DNP" if loops else "-DSAFETY"
    subprocess.run(["cc", "-w", kind, "-o", "walk", "pan.c"], cwd=folder, check=True, capture_output=True)
    found = subprocess.run(
        ["./walk", "-E", "-m1000000", *(["-l"] if loops else [])],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return found.stdout


def states(said: str) -> int:
    """How many states were looked at."""
    found = re.search(r"(\d+) states, stored", said)
    return int(found[1]) if found else 0


def test_every_page_catches_up_whatever_happens(tmp_path: Path) -> None:
    said = walked(tmp_path)

    assert "errors: 0" in said
    assert "Search not completed" not in said
    assert states(said) > 500_000


def test_no_page_is_sent_away_for_ever(tmp_path: Path) -> None:
    said = walked(tmp_path, loops=True)

    assert "errors: 0" in said
    assert "Search not completed" not in said
    assert states(said) > 100_000


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_can_be_left_out(rule: str, tmp_path: Path) -> None:
    assert "errors: 1" in walked(tmp_path, rule, loops=rule in LOOPS)


def test_every_rule_stands_beside_the_code_that_keeps_it() -> None:
    kept = re.findall(r"DROP_(\w+)\s+/\* ([\w/.]+):", MODEL.read_text("utf-8"))
    root = MODEL.parents[1]

    assert {f"DROP_{rule}" for rule, _ in kept} == set(RULES)
    assert [path for _, path in kept if not any((root / place / path).is_file() for place in ("", "ttx"))] == []
