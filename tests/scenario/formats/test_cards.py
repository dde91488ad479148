"""Cards: a label, beside it what it names. Which sheets hold them, where one ends, and what stands beside none."""

from collections.abc import Sequence

from tests.scenario.formats.words import HSEEP, STORY, hseep
from ttx.scenario.formats.cards import cards
from ttx.scenario.formats.sheets import Row, Sheet
from ttx.scenario.formats.times import Cell

LABELS = ("Inject No", "Time", "From", "To", "Message")


def sheet(rows: Sequence[Sequence[Cell]], name: str = "Cards", *, hidden: bool = False) -> Sheet:
    """A sheet of these rows; an empty one is a gap in their numbers."""
    return Sheet(name, tuple(Row(at, tuple(row)) for at, row in enumerate(rows, 1) if row), hidden)


def card(number: int, *more: Sequence[Cell]) -> list[Sequence[Cell]]:
    values: tuple[Cell, ...] = (number, f"{8 + number:02}00", "Coast guard", "Police", STORY[number])
    return [*([f"{label}:", value] for label, value in zip(LABELS, values, strict=True)), *more]


def cells(made: Sheet) -> list[tuple[Cell, ...]]:
    return [row.cells for row in made.rows]


def test_cards_beneath_each_other_become_a_list_under_their_labels():
    (made,) = cards([sheet([*card(1), [], *card(2)], hidden=True)])
    assert cells(made) == [
        LABELS,
        (1, "0900", "Coast guard", "Police", STORY[1], None),
        (2, "1000", "Coast guard", "Police", STORY[2], None),
    ]
    assert (made.name, made.hidden, [row.number for row in made.rows]) == ("Cards", True, [1, 1, 7])


def test_a_label_that_comes_again_begins_the_next_card_though_the_first_is_missing():
    (made,) = cards([sheet([*card(1), *card(2)[1:]])])
    assert cells(made)[1:] == [
        (1, "0900", "Coast guard", "Police", STORY[1], None),
        (None, "1000", "Coast guard", "Police", STORY[2], None),
    ]


def test_a_label_that_one_card_has_alone_is_a_column_of_its_own():
    (made,) = cards([sheet([*card(1), *card(2, ["Method:", "Email"])])])
    assert cells(made)[0] == (*LABELS, "Method")
    assert [row[5] for row in cells(made)[1:]] == [None, "Email"]


def test_a_value_may_stand_beneath_its_label():
    rows = [*card(1)[:4], ["Message:"], [STORY[5]], *card(2)]
    assert cells(cards([sheet(rows)])[0])[1][4] == STORY[5]


def test_a_value_that_is_there_is_not_overwritten_by_what_stands_beneath():
    (made,) = cards([sheet([*card(1, ["Seen by legal"]), [], *card(2)])])
    assert cells(made)[0] == (*LABELS, "Beside the labels")
    assert [row[4:] for row in cells(made)[1:]] == [(STORY[1], "Seen by legal"), (STORY[2], None)]


def test_what_stands_after_an_empty_row_is_the_next_cards_and_at_the_end_the_last_ones():
    rows = [["Top"], *card(1, ["a", "b", "c"]), [], ["Second of three"], *card(2), [], ["Over"]]
    (made,) = cards([sheet(rows)])
    assert [row[5] for row in cells(made)[1:]] == ["Top\na\nb\nc", "Second of three\nOver"]


def test_what_several_cards_bear_stands_above_the_list_once():
    stamp = ["EXERCISE EXERCISE"]
    (made,) = cards([sheet([*card(1, stamp), [], *card(2, stamp)])])
    assert cells(made)[:2] == [("EXERCISE EXERCISE",), LABELS]
    assert [row[-1] for row in cells(made)[2:]] == [None, None]


def test_cards_sheet_by_sheet_become_one_list_in_the_place_of_the_first():
    other = sheet([HSEEP, hseep(1, "0900", STORY[0])], "MSEL")
    made = cards([other, sheet(card(1), "One"), other, sheet(card(2), "Two")])
    assert [one.name for one in made] == ["MSEL", "One", "MSEL"]
    assert made[0] is made[2] is other
    assert [row[0] for row in cells(made[1])[1:]] == [1, 2]


def test_a_single_card_is_no_list():
    alone = sheet(card(1))
    assert cards([alone]) == (alone,)
    assert cards([alone, sheet([*card(2), *card(3)], "Two")])[0] is alone


def test_a_list_and_a_form_are_no_cards():
    listed = sheet([HSEEP, *[hseep(number, f"{9 + number:02}00", STORY[number]) for number in range(6)]])
    form = sheet([["Name:", "Ana"], ["Phone:", "1"], ["Place:", "Orrin"], ["Date:", "May"], ["Unit:", "Sea"]] * 2)
    untold = sheet([row for number in (1, 2) for row in card(number)[:4]] + [["Priority:", "1"], ["Owner:", "2"]])
    for one in (listed, form, untold):
        assert cards([one]) == (one,)


def test_half_of_the_rows_at_least_are_labels():
    noise = [["one", "two", "three"]]
    (made,) = cards([sheet([*card(1), *noise * 5, *card(2), *noise * 5])])
    assert [row[0] for row in cells(made)[-2:]] == [1, 2]
    crowded = sheet([*card(1), *noise * 6, *card(2), *noise * 5])
    assert cards([crowded]) == (crowded,)


def test_a_label_is_short_and_a_number_none():
    long = "Message that is to be read out to all players:"
    (made,) = cards([sheet([*card(1, [long, "x"]), *card(2, [7, "seven"])])])
    assert cells(made)[0] == (*LABELS, "Beside the labels")
    assert [row[5] for row in cells(made)[1:]] == [f"{long}\nx", "7\nseven"]


def test_memos_of_three_labels_are_no_cards():
    memo: list[Sequence[Cell]] = [
        ["Title:", "To all"],
        ["From:", "Ana"],
        ["Message:", STORY[0]],
        ["Filed:", "yes"],
        ["Shelf:", "B"],
        ["Pages:", 3],
    ]
    both = (sheet(memo, "One"), sheet(memo, "Two"))

    assert cards(both) == both
