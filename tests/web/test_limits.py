"""The counting of wrong tries where several processes serve one database."""

from pathlib import Path

from ttx.store.database import Store
from ttx.web.limits import ACCOUNT_TIMES, ADDRESS_TIMES, Limits

TRIES = 3
HERE = "203.0.113.9"


def test_strangers_at_an_address_and_at_an_account_are_counted_in_all_processes_together(tmp_path: Path):
    with Store(tmp_path / "data") as one, Store(tmp_path / "data") as other:
        counts = [Limits(TRIES, one), Limits(TRIES, other)]
        for turn in range(TRIES * ADDRESS_TIMES):
            assert counts[turn % 2].wait("code", None, HERE) == 0
            counts[turn % 2].failed("code", None, HERE)
        for turn in range(TRIES * ACCOUNT_TIMES):
            assert counts[turn % 2].wait("password", None, HERE, "ana") == 0
            counts[turn % 2].failed("password", None, HERE, "ana")

        for each in counts:
            assert each.wait("code", None, HERE) == 60
            assert each.wait("code", "a number", HERE) == 0
            assert each.wait("password", None, HERE, "ana") == 15 * 60
            assert each.wait("password", None, HERE, "ben") == 0
            assert each.wait("password", None, "203.0.113.10", "ana") == 0
