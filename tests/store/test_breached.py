"""The list of stolen passwords: what is in it is found, and hardly anything else."""

import hashlib
from random import Random
from string import ascii_lowercase

from ttx.store.breached import BITS, FILTER, breached


def test_it_is_the_filter_that_was_made_of_the_list():
    made = FILTER.read_bytes()

    assert len(made) * 8 == BITS
    # deploy/breached.py writes it, of the wheel 6604eb9326f1f58f15627d0bf11f93be7bed94f31beabf33456164a292468aaa.
    assert hashlib.sha256(made).hexdigest() == "b2de5af27a165f6ec59a50fd24ad8f2fa8c03665232c92edf845ce78b6d57f88"


def test_whoever_writes_it_with_blanks_or_in_capitals_finds_it_too():
    assert breached("thelordismyshepherd")
    assert breached("The Lord is my shepherd")
    assert not breached("The gardener is my shepherd")


def test_hardly_a_password_is_taken_for_one_of_the_list():
    chance = Random(15)
    mine = ["".join(chance.choices(ascii_lowercase, k=20)) for _ in range(10_000)]

    assert sum(map(breached, mine)) <= 20
