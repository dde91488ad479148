"""Reports on the command line: what is taken is in the record, and a frozen one is checked by its statement alone."""

from pathlib import Path

import pytest

from tests.cli.words import Ttx
from tests.web.words import SCENARIO, roster
from ttx.review.leaving import ReportFrozen
from ttx.review.parts import Tier
from ttx.store import frozen, reviews
from ttx.store.database import Store
from ttx.store.log import create_exercise
from ttx.store.signing import public, signing_key
from ttx.web.leaving import told_so_far


@pytest.fixture
def exercise(tmp_path: Path) -> str:
    with Store(tmp_path / "data") as store:
        return create_exercise(store, SCENARIO, roster())


def test_a_report_goes_on_without_a_second_person_and_is_in_the_record(ttx: Ttx, exercise: str, tmp_path: Path):
    for tier in ("full", "analyst"):
        assert ttx("report", exercise, "--tier", tier, "--as", "json", "-o", "r.json", "--data", "data").code == 0
    own = ("--tier", "own", "--delegation", "Kestria", "--as", "json", "-o", "r.json", "--data", "data")
    assert ttx("report", exercise, *own).code == 0

    with Store(tmp_path / "data") as store:
        taken = told_so_far(store, exercise).taken
    assert [(one.fact.tier, one.fact.way, one.seat) for one in taken] == [
        ("full", "command line", "command line"),
        ("analyst", "command line", "command line"),
    ]


def test_a_frozen_report_is_checked_by_its_statement_alone(ttx: Ttx, exercise: str, tmp_path: Path):
    with Store(tmp_path / "data") as store:
        statement, signature = frozen.sign(store, exercise, 1, Tier.ANALYST, 1, {"pdf": b"%PDF-"})
        files = {"pdf": frozen.digest_of(b"%PDF-")}
        fact = ReportFrozen(version=1, tier=Tier.ANALYST, head=1, files=files, statement=statement, signature=signature)
        reviews.record(store, exercise, "s1", lambda _log: [fact])
        key = public(signing_key(store.directory))
    (tmp_path / "r.pdf").write_bytes(b"%PDF-")
    (tmp_path / "changed.pdf").write_bytes(b"%PDF-!")
    (tmp_path / "r.signed.json").write_bytes(frozen.signed(fact))

    good = ttx("verify-report", "r.pdf", "r.signed.json", "--signer", key)
    bad = ttx("verify-report", "changed.pdf", "r.signed.json")

    assert (good.code, bad.code) == (0, 1)
    assert "version 1 of the report (analyst, pdf)" in good.out
    assert "none of those that the statement names" in bad.out
    assert ttx("verify", exercise, "--data", "data").code == 0
    with Store(tmp_path / "data") as store, store.write("A change") as connection:
        connection.exec_driver_sql("UPDATE frozen_files SET content = x'00'")
    assert "its file pdf was changed" in ttx("verify", exercise, "--data", "data").out
