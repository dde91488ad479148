"""What an author may do to a draft as it stands: by what a change writes, and by how far its days are."""

from collections.abc import Mapping

import pytest

from ttx.exercise.authoring import Draft, Status, permit, permit_picture, permit_status
from ttx.exercise.rights import Author, Forbidden
from ttx.scenario.changes import NotChanged
from ttx.scenario.roster import Role
from ttx.scenario.undoing import changed

TEXTS = {
    "scenario.yaml": "title: Tide\n",
    "roster.yaml": "seats: []\n",
    "day-1.yaml": "title: At sea\nlead: SEA\ninjects:\n- id: D1-01\n  picture: {file: boat.png, alt: A boat}\n",
    "day-2.yaml": "title: On land\nlead: LAND\n",
    "translations/fr.yaml": "D1-01.title: {of: 00000000, text: Bateau}\n",
}
DIRECTOR, LEAD = Author("d", "x", Role.DIRECTOR), Author("l", "x", Role.LEAD_FACILITATOR)
SEA, LAND, NOBODY = (Author(name, "x", Role.AUTHOR, name) for name in ("SEA", "LAND", "AIR"))
EVERYBODY = (DIRECTOR, LEAD, SEA, LAND, NOBODY)


def draft(**statuses: Status) -> Draft:
    return Draft("x", "Tide", 0, TEXTS, {"boat.png": "1"}, {int(day[1:]): status for day, status in statuses.items()})


def pass_(now: Draft, texts: Mapping[str, str | None]) -> list[Author]:
    """Those who may write these files; None takes one away."""
    after = {name: text for name, text in {**TEXTS, **texts}.items() if text is not None}
    return [who for who in EVERYBODY if _passes(who, now, after)]


def _passes(who: Author, now: Draft, after: Mapping[str, str]) -> bool:
    try:
        permit(who, now, changed(now.texts, after, "Done."))
    except Forbidden:
        return False
    return True


@pytest.mark.parametrize(
    "texts,who",
    [
        ({"day-1.yaml": TEXTS["day-1.yaml"].replace("At sea", "Far out")}, [DIRECTOR, LEAD, SEA]),
        ({"day-1.yaml": f"# a comment\n{TEXTS['day-1.yaml']}"}, [DIRECTOR, LEAD, SEA]),
        ({"day-2.yaml": "title: Else\nlead: LAND\n"}, [DIRECTOR, LEAD, LAND]),
        ({"day-1.yaml": TEXTS["day-1.yaml"].replace("lead: SEA", "lead: LAND")}, [DIRECTOR, LEAD]),
        ({"day-2.yaml": "title: Else\nlead: SEA\n"}, [DIRECTOR, LEAD]),
        ({"day-1.yaml": None}, [DIRECTOR, LEAD]),
        ({"day-3.yaml": "title: New\nlead: SEA\n"}, [DIRECTOR, LEAD]),
        ({"scenario.yaml": "title: Mine\n"}, [DIRECTOR, LEAD]),
        ({"scenario.yaml": "# a comment\ntitle: Tide\n"}, [DIRECTOR, LEAD]),
        ({"roster.yaml": "seats: [{role: director}]\n"}, [DIRECTOR]),
        ({"translations/fr.yaml": "D1-01.title: {of: 00000000, text: Navire}\n"}, [DIRECTOR, LEAD, SEA]),
        ({"translations/id.yaml": "title: {of: 00000000, text: Pasang}\n"}, [DIRECTOR, LEAD]),
        ({"translations/fr.yaml": None}, [DIRECTOR, LEAD, SEA]),
        ({"day-1.yaml": TEXTS["day-1.yaml"] + "theme: x\n", "day-2.yaml": "lead: LAND\n"}, [DIRECTOR, LEAD]),
    ],
)
def test_who_may_write_follows_from_what_is_written(texts: Mapping[str, str | None], who: list[Author]):
    assert pass_(draft(), texts) == who


@pytest.mark.parametrize(
    "ident,address,who", [("day-2", "day-2.title", [DIRECTOR, LEAD, LAND]), ("title", "title", [DIRECTOR, LEAD])]
)
def test_an_inject_that_is_called_like_something_else_gives_no_right_to_that(
    ident: str, address: str, who: list[Author]
):
    texts = {**TEXTS, "day-1.yaml": TEXTS["day-1.yaml"].replace("D1-01", ident)}
    after = {**texts, "translations/fr.yaml": f"{address}: {{of: 00000000, text: Mien}}\n"}
    texts["translations/fr.yaml"] = f"{address}: {{of: 00000000, text: Sien}}\n"

    assert [one for one in EVERYBODY if _passes(one, Draft("x", "Tide", 0, texts), after)] == who


def test_a_day_that_names_no_group_or_cannot_be_read_is_the_directors():
    for text in ("title: [half\n", "title: Nobody leads\n"):
        now = Draft("x", "Tide", 0, {**TEXTS, "day-2.yaml": text})
        after = {**now.texts, "day-2.yaml": "title: Mended\nlead: LAND\n"}

        for who in (LAND, NOBODY):
            with pytest.raises(Forbidden):
                permit(who, now, changed(now.texts, after, "Done."))
        permit(DIRECTOR, now, changed(now.texts, after, "Done."))


@pytest.mark.parametrize("status,taken", [("draft", True), ("in_review", True), ("approved", False), ("frozen", False)])
def test_an_approved_or_frozen_day_takes_no_change_whoever_asks(status: str, taken: bool):
    now, after = draft(_1=Status(status)), {**TEXTS, "day-1.yaml": "title: Else\nlead: SEA\n"}

    for who in (DIRECTOR, LEAD, SEA):
        if taken:
            permit(who, now, changed(TEXTS, after, "Done."))
            permit_picture(who, now, "boat.png")
        else:
            with pytest.raises(NotChanged, match=f"Day 1 is {status}"):
                permit(who, now, changed(TEXTS, after, "Done."))
            with pytest.raises(NotChanged, match=f"Day 1 is {status}"):
                permit_picture(who, now, "boat.png")


def test_a_picture_that_no_day_shows_is_everybodys_and_another_its_days():
    for who in EVERYBODY:
        permit_picture(who, draft(), "new.png")
    for who in (LAND, NOBODY):
        with pytest.raises(Forbidden):
            permit_picture(who, draft(), "boat.png")
    for who in (DIRECTOR, LEAD, SEA):
        permit_picture(who, draft(), "boat.png")


@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_who_may_say_how_far_a_day_is(before: Status, after: Status):
    now, may = draft(_1=before), []
    for who in EVERYBODY:
        try:
            sentence = permit_status(who, now, 1, after)
        except Forbidden:
            continue
        except NotChanged:
            assert before is after
            continue
        assert sentence.startswith("Day 1 is ")
        may.append(who)

    beginning = {Status.DRAFT, Status.IN_REVIEW}
    assert may == ([] if before is after else [DIRECTOR, LEAD, SEA] if {before, after} == beginning else [DIRECTOR])


def test_a_day_that_is_not_there_has_no_status():
    with pytest.raises(NotChanged, match="There is no day 9"):
        permit_status(DIRECTOR, draft(), 9, Status.APPROVED)
