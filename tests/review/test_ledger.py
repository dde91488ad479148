"""The ledger of counts: no report to everybody tells a small count together with those before it."""

from collections.abc import Mapping, Sequence
from itertools import product
from random import Random

from tests.review.words import crowd, report
from ttx.review import ledger
from ttx.review.bands import Band, Banded, band, banded
from ttx.review.exports import Own
from ttx.review.ledger import counts, solved, too_much
from ttx.review.report import Report, Tier


def table(k: int = 5, asked: int = 16, *, several: bool = False, **cells: int) -> Banded:
    answered = max(cells.values()) if several else sum(cells.values())
    return banded(cells, answered, asked, several=several, k=k)


def random_tables(number: int) -> Sequence[tuple[Mapping[str, int], int, bool]]:
    """Counts of a question, how many were asked, and whether one answer may count in several."""
    draw = Random(20261130)
    made = []
    for _one in range(number):
        cells = {name: draw.randrange(15) for name in "abcde"[: draw.randint(2, 5)]}
        several = draw.random() < 0.3
        answered = max(cells.values()) if several else sum(cells.values())
        made.append((cells, answered + draw.randrange(7), several))
    return made


def every_table(tables: Sequence[Banded], several: bool) -> set[tuple[int, ...]]:
    """Every table that would have been told in all these words, found by trying all: the reader's own solver."""
    told = [one for one in tables if one.cells is not None]
    names = list(told[0].cells or ())
    most = min(min(one.answered.most, one.asked) for one in told)
    lows = [max((one.cells or {})[name].least for one in told) for name in names]
    highs = [min(most, *((one.cells or {})[name].most for one in told)) for name in names]
    ranges = [range(low, high + 1) for low, high in zip(lows, highs, strict=True)]
    least = max(one.answered.least for one in told)
    return {one for one in product(*ranges) if several or least <= sum(one) <= most}


def known_small(tables: Sequence[Banded], cells: Mapping[str, int], several: bool, k: int = 5) -> list[str]:
    """The small counts a reader knows for certain, by trying every table."""
    if all(one.cells is None for one in tables):
        return []
    possible = every_table(tables, several)
    return [
        name
        for place, (name, count) in enumerate(cells.items())
        if count < k and {one[place] for one in possible} == {count}
    ]


def test_nothing_is_solved_back_in_a_thousand_random_tables():
    for cells, asked, several in random_tables(1000):
        told = table(asked=asked, several=several, **cells)
        assert solved([told], several=several) == ()
        assert known_small([told], cells, several) == []


def test_a_suppression_that_is_broken_is_found_by_the_audit_and_by_trying():
    found = tried = 0
    for cells, asked, several in random_tables(1000):
        answered = max(cells.values()) if several else sum(cells.values())
        exact = Band(least=answered, most=answered)
        told = {name: band(count) if count < 5 else Band(least=count, most=count) for name, count in cells.items()}
        broken = Banded(asked=asked, answered=exact, cells=told)
        truly = known_small([broken], cells, several)
        assert set(truly) <= set(solved([broken], several=several))
        found += bool(solved([broken], several=several))
        tried += bool(truly)
    assert tried > 200, "a small count that is hidden alone is the sum less the others"
    assert found >= tried


def test_two_reports_in_bands_of_different_widths_tell_together_what_neither_does():
    narrow, wide = table(k=3, a=8, b=2), table(k=5, a=8, b=2)

    assert [solved([one], several=False, k=5) for one in (narrow, wide)] == [(), ()]
    assert too_much(wide, [narrow], "single")


def test_no_pair_of_a_thousand_reports_that_the_ledger_lets_pass_tells_a_small_count():
    let_pass = 0
    draw = Random(7)
    for cells, asked, several in random_tables(1000):
        kind = "multiple" if several else "single"
        earlier = table(k=draw.choice([3, 4, 5, 6, 7]), asked=asked, several=several, **cells)
        now = table(asked=asked, several=several, **cells)
        if not too_much(now, [earlier], kind):
            let_pass += 1
            assert known_small([earlier, now], cells, several, k=3) == []
    assert let_pass > 100


def test_the_same_report_again_tells_nothing_new():
    assert not too_much(table(a=8, b=2), [table(a=8, b=2)] * 3, "single")


def test_what_a_few_delegations_did_between_two_reports_is_not_told():
    assert too_much(table(a=10, b=2), [table(a=9, b=2)], "single")
    assert too_much(table(asked=17, a=8, b=2), [table(a=8, b=2)], "single")


# In a report


CROWD = crowd(16)


def of_everybody(*told: Mapping[str, Banded]) -> Report:
    return report(CROWD, Tier.PUBLIC, written=Own(tier=Tier.PUBLIC, told=told))


def test_a_report_that_differs_from_an_earlier_one_leaves_the_counts_out_and_says_so():
    first = of_everybody()
    name, before = next((name, one) for name, one in counts(first.injects).items() if one.cells is not None)
    moved = Banded(asked=before.asked, answered=before.answered, cells={key: band(5) for key in before.cells or ()})

    again, after = of_everybody(counts(first.injects)), of_everybody({name: moved})

    assert again.held_back == ()
    assert counts(again.injects) == counts(first.injects)
    assert after.held_back == (name,)
    assert name not in counts(after.injects)
    assert "few delegations" in ledger.HELD_BACK
