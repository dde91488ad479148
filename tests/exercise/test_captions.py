"""Names on the map: beside what they name, on nothing else where there is room, and always in the frame they have."""

from hypothesis import given
from hypothesis import strategies as st

from tests.exercise.test_atlas import chart, show
from tests.exercise.words import the_story
from ttx.exercise.atlas import draw
from ttx.exercise.captions import Box, Wish, around, beside, place, within

FRAME = Box(0, 0, 1000, 700)
places = st.tuples(st.integers(0, 1000), st.integers(0, 700))
widths = st.integers(20, 320)
spots = st.lists(st.tuples(places, widths, st.sampled_from(["beside", "within"])), min_size=1, max_size=25)


def wishes(given_spots: list[tuple[tuple[int, int], int, str]]) -> list[Wish]:
    """A name for each of these."""
    return [
        Wish(str(n), 20, beside(*at, 17, wide, 20) if kind == "beside" else within(*at, wide, 20, 70))
        for n, (at, wide, kind) in enumerate(given_spots)
    ]


@given(spots)
def test_a_name_covers_another_name_or_a_mark_only_where_it_has_no_free_place(
    given_spots: list[tuple[tuple[int, int], int, str]],
) -> None:
    marks = [around(*at, 17) for at, _, kind in given_spots if kind == "beside"]
    wanted = wishes(given_spots)

    placed = place(wanted, marks, FRAME)

    assert [one.key for one in placed] == [one.key for one in wanted]
    taken = list(marks)
    for wish, one in zip(wanted, placed, strict=True):
        assert one.box in wish.boxes
        if not _free(one.box, taken):
            assert not any(_free(box, taken) for box in wish.boxes)
        taken.append(one.box)


def _free(box: Box, taken: list[Box]) -> bool:
    inside = box.x >= 0 and box.y >= 0 and box.x + box.width <= 1000 and box.y + box.height <= 700
    return inside and not any(box.covers(other) > 1e-6 for other in taken)


def test_the_side_an_author_wished_comes_first():
    for side, (x, y) in {"right": (1, 0), "left": (-1, 0), "above": (0, -1), "below": (0, 1)}.items():
        wish = Wish("one", 20, beside(500, 300, 10, 100, 20, side))

        (placed,) = place([wish], [around(500, 300, 10)], FRAME)

        middle = (placed.x - 500, placed.box.y + placed.box.height / 2 - 300)
        assert (round(middle[0] * abs(y)), round(middle[1] * abs(x))) == (0, 0)
        assert middle[0] * x > 0 or middle[1] * y > 0


def test_a_token_that_stands_in_a_country_leaves_its_name_alone():
    places = {"Orrin": {"name": "Orrin", "kind": "country", "at": [400, 300]}}
    tokens = {"boat": {"name": "Pallas Wake", "kind": "vessel", "at": [330, 300]}}
    inject = the_story().injects["D1-01"].model_copy(update={"map": (show("boat"),)})

    captions = draw(chart(places=places, tokens=tokens), [inject]).captions

    assert captions["token:boat"].box.covers(captions["place:Orrin"].box) == 0
    assert captions["place:Orrin"].box.covers(around(330, 300, 17)) == 0
