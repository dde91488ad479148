"""Codes: their letters, how they are read, and that each leads to one place only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.words import Writers, an_exercise
from ttx.store import codes
from ttx.store.authors import authors_of
from ttx.store.codes import CODE_LETTERS, fresh_code, new_code, read_code, spelled
from ttx.store.database import Store
from ttx.store.seats import seat_by_code, seats_of


def test_codes_have_eight_of_31_letters_none_of_which_is_mistaken_for_another():
    assert len(set(CODE_LETTERS)) == 31
    assert not set(CODE_LETTERS) & set("0O1IL")
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) == set(CODE_LETTERS)


@given(st.text(CODE_LETTERS, min_size=8, max_size=8), st.data())
def test_a_code_is_read_however_it_was_typed(code: str, data: st.DataObject):
    signs = [sign.lower() if data.draw(st.booleans()) else sign for sign in spelled(code)]
    blanks = [data.draw(st.sampled_from(["", " ", "\t", "\u00a0", "\u2011", "-"])) for _ in signs]

    assert read_code("".join(sign + blank for sign, blank in zip(signs, blanks, strict=True))) == code


@pytest.mark.parametrize("typed", ["", "ABCD", "ABCD-EFGHJ", "ABCD-EFG0", "ABCD-EFGL", "ABCD_EFGH", "ÄBCD-EFGH"])
def test_what_cannot_be_a_code_is_none(typed: str):
    assert read_code(typed) is None


def test_a_code_leads_to_a_seat_or_to_an_author_and_never_to_both(
    store: Store, desk: Writers, monkeypatch: pytest.MonkeyPatch
):
    """Whatever chance gives: here it gives every taken code once more, before a new one."""
    exercise = an_exercise(store)
    of_seats = [one.code for one in seats_of(store, exercise)]
    of_authors = [one.code for one in authors_of(store, desk.draft)]
    given = iter([*(code.replace("-", "") for code in (*of_seats, *of_authors)), "NEWNEW22"])
    monkeypatch.setattr(codes, "new_code", lambda: next(given))

    with store.write("A code") as connection:
        assert fresh_code(connection) == "NEWNEW22"
    for one in authors_of(store, desk.draft):
        assert seat_by_code(store, one.code) is None
