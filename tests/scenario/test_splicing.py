from tests.scenario.layouts import BY_HAND, DAY
from ttx.scenario.writing import edited


def test_a_comment_below_a_piece_does_not_become_part_of_a_text_put_there():
    after = edited(BY_HAND, DAY, ("injects", 0), "a\nb")

    assert "# --- Session 1 ---\n\n- |-\n     a\n     b\n    # A's last word\n" in after
    assert "    # A's last word\n# --- Session 2 ---\n" in after
