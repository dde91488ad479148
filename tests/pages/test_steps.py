"""The pictures of a sequence: later is further right, nothing lies over another, each delegation has its dot."""

from tests.review.test_sequence import KNOWN, played
from ttx.pages import steps
from ttx.review.sequence import sequence

HISTORY = played()
CALLED, RANKED = sequence(HISTORY.graph, HISTORY.state, KNOWN)


def test_a_later_contact_stands_further_right_and_labels_do_not_lie_over_each_other() -> None:
    picture = steps.order(CALLED[0])
    dots = picture.bands[1].dots

    assert [dot.place for dot in dots] == [1, 2, 3]
    assert dots[0].x == dots[1].x < dots[2].x
    assert dots[1].y - dots[0].y >= steps.LANE
    assert all(band.y <= dot.y <= band.y + band.height for band in picture.bands for dot in band.dots)
    assert picture.height > max(band.y + band.height for band in picture.bands)
    assert all(dot.x <= picture.width for dot in dots)


def test_the_time_line_has_a_dot_for_each_first_contact_and_the_sooner_stands_lower() -> None:
    (column,) = steps.line(CALLED).columns

    assert len(column.dots) == 2
    ((_, one_hour), (_, six_hours)) = sorted(column.dots, key=lambda dot: -dot[1])
    assert column.middle is not None
    assert one_hour > column.middle > six_hours


def test_a_ranking_has_a_disc_for_each_place_that_was_given_and_the_area_is_the_number() -> None:
    picture = steps.ranked(RANKED[0])

    assert sorted(disc.many for disc in picture.discs) == [1, 1, 1, 1, 1, 2, 2]
    radius = {disc.many: disc.radius for disc in picture.discs}
    assert radius[2] > radius[1]


def test_nothing_called_is_an_empty_picture() -> None:
    assert steps.line(()).columns == ()
