"""Scenarios under way: what is recorded, what is undone, and what is refused."""

import json
import time
from pathlib import Path

import pytest

from tests.store.words import NOW, Writers, picture, small_files
from ttx.exercise.rights import Author, Forbidden
from ttx.scenario.changes import CHANGE, NotChanged
from ttx.scenario.findings import Faulty
from ttx.scenario.material import parse
from ttx.scenario.merging import revision
from ttx.scenario.requests import PutPicture
from ttx.store import drafts
from ttx.store.authors import NoSuchAuthor, authors_of, revoke_author
from ttx.store.database import Store
from ttx.store.drafts import NoSuchDraft, Status
from ttx.store.log import KeyReused
from ttx.store.pictures import picture_of_draft


def base(desk: Writers, ident: str) -> str:
    """What an editor that shows an inject now sends as the version it began with."""
    return revision(desk.inject(ident))


def sentence(error: pytest.ExceptionInfo[Exception]) -> str:
    """What a refusal says: a whole sentence."""
    said = str(error.value)
    assert said[0].isupper()
    assert said.endswith(".")
    return said


# What is kept


def test_a_draft_is_the_files_it_was_made_of(store: Store, desk: Writers):
    kept = desk.now()

    assert kept.texts == small_files()
    assert (kept.title, kept.head) == ("Exercise Small Tide", 0)
    assert drafts.export(store, desk.draft).texts == small_files()
    assert [one.id for one in drafts.drafts_of(store)] == [desk.draft]


def test_faulty_files_are_taken_as_they_are_and_their_faults_are_found(store: Store):
    files = {**small_files(), "day-1.yaml": "title: [half\n"}

    draft = drafts.new_draft(store, files, {})

    assert drafts.open_draft(store, draft).texts == files
    assert next(one.file for one in drafts.findings(store, draft)) == "day-1.yaml"


def test_what_a_folder_calls_groups_makes_no_more_authors_than_can_be_meant(store: Store, tmp_path: Path):
    names = ["SEA", "two words", "<script>", "x" * 500, *(f"G{number}" for number in range(2000))]
    (tmp_path / "scenario.yaml").write_text(f"title: x\ngroups: {json.dumps({name: {} for name in names})}\n")

    draft = drafts.draft_from(store, tmp_path)

    groups = [one.author.group for one in authors_of(store, draft)]
    assert groups == [None, "SEA", *(f"G{number}" for number in range(99))]


@pytest.mark.parametrize(
    "more,pictures,why",
    [
        ({"../day-1.yaml": ""}, {}, "no file of a scenario's"),
        ({"rights.yaml": ""}, {}, "no file of a scenario's"),
        ({"day-1.yaml": "#" * 2_000_001}, {}, "larger than 2 MB"),
        ({f"day-{number}.yaml": "" for number in range(1, 62)}, {}, "may have 60"),
        ({}, {f"p{number}.png": picture() for number in range(201)}, "may have 200"),
        ({}, {"big.png": picture() + b"\0" * 2_000_000}, "may have 2"),
        ({}, {"page.png": b"<html>"}, "is no picture"),
        ({}, {"../x.png": picture()}, "no name for a picture"),
    ],
)
def test_what_is_too_large_or_no_scenarios_is_refused_and_leaves_nothing(
    store: Store, more: dict[str, str], pictures: dict[str, bytes], why: str
):
    with pytest.raises(Faulty, match=why):
        drafts.new_draft(store, {**small_files(), **more}, pictures)

    assert drafts.drafts_of(store) == []


def test_a_change_is_kept_and_everything_else_stays_byte_for_byte(desk: Writers):
    done = desk.writes(desk.sea, "D1-02", title="A boat is overdue")

    before, after = small_files(), desk.now().texts
    differing = [
        (one, two)
        for one, two in zip(before["day-1.yaml"].split("\n"), after["day-1.yaml"].split("\n"), strict=True)
        if one != two
    ]
    assert (done.seq, desk.now().head) == (1, 1)
    assert done.revision == base(desk, "D1-02")
    assert [two.strip() for _, two in differing] == ["title: A boat is overdue"]
    assert {name: text for name, text in after.items() if name != "day-1.yaml"} == {
        name: text for name, text in before.items() if name != "day-1.yaml"
    }


def test_a_title_that_changes_is_the_drafts_too(store: Store, desk: Writers):
    desk.asks(desk.director, "write_head", fields={"title": "Exercise Large Tide"})

    assert [one.title for one in drafts.drafts_of(store)] == ["Exercise Large Tide"]


def test_the_same_key_is_recorded_once(desk: Writers):
    first = desk.adds(desk.sea, "D1-20", key="click")
    again = desk.adds(desk.sea, "D1-20", key="click")

    assert again == first
    assert desk.now().head == 1


def test_a_key_that_stood_for_something_else_is_refused(desk: Writers):
    desk.adds(desk.sea, "D1-20", key="click")

    with pytest.raises(KeyReused):
        desk.adds(desk.sea, "D1-21", key="click")
    with pytest.raises(KeyReused):
        desk.adds(desk.director, "D1-20", key="click")
    assert desk.now().head == 1


def test_a_draft_that_is_not_there_is_said(store: Store, desk: Writers):
    with pytest.raises(NoSuchDraft) as error:
        drafts.open_draft(store, "none")
    assert "none" in sentence(error)


# Undo and redo


def test_undo_gives_back_the_very_bytes_and_redo_takes_them_again(store: Store, desk: Writers):
    before = desk.now().texts
    desk.writes(desk.sea, "D1-02", id="D1-22", title="Renamed")
    after = desk.now().texts

    drafts.undo(store, desk.draft, desk.sea)
    assert desk.now().texts == before
    drafts.redo(store, desk.draft, desk.sea)
    assert desk.now().texts == after
    drafts.undo(store, desk.draft, desk.sea)
    assert desk.now().texts == before


def test_undo_goes_back_step_by_step_through_ones_own_changes_only(store: Store, desk: Writers):
    before = desk.now().texts
    desk.writes(desk.sea, "D1-02", title="One")
    desk.writes(desk.land, "D2-01", title="Of others")
    desk.writes(desk.sea, "D1-01", title="Two")

    assert drafts.undoable(store, desk.sea, desk.now()) is not None
    drafts.undo(store, desk.draft, desk.sea)
    drafts.undo(store, desk.draft, desk.sea)

    assert desk.now().texts["day-1.yaml"] == before["day-1.yaml"]
    assert desk.inject("D2-01")["title"] == "Of others"
    assert drafts.undoable(store, desk.sea, desk.now()) is None
    with pytest.raises(NotChanged) as error:
        drafts.undo(store, desk.draft, desk.sea)
    assert sentence(error) == "There is nothing of yours to undo."


def test_redo_is_over_once_something_new_is_written(store: Store, desk: Writers):
    desk.writes(desk.sea, "D1-02", title="One")
    drafts.undo(store, desk.draft, desk.sea)
    assert drafts.redoable(store, desk.sea, desk.now()) is not None
    desk.writes(desk.sea, "D1-02", title="Other")

    assert drafts.redoable(store, desk.sea, desk.now()) is None
    with pytest.raises(NotChanged):
        drafts.redo(store, desk.draft, desk.sea)


def test_redo_says_what_is_done_again(store: Store, desk: Writers):
    said = desk.writes(desk.sea, "D1-02", title="One").sentence
    drafts.undo(store, desk.draft, desk.sea)

    assert drafts.redo(store, desk.draft, desk.sea).sentence == f"Did again: {said}"


def test_what_somebody_built_upon_is_not_undone_under_him(store: Store, desk: Writers):
    desk.writes(desk.sea, "D1-02", title="One")
    desk.writes(desk.director, "D1-02", title="Two")

    with pytest.raises(NotChanged) as error:
        drafts.undo(store, desk.draft, desk.sea)
    assert "D1-02" in sentence(error)
    assert desk.inject("D1-02")["title"] == "Two"


def test_undo_leaves_what_others_wrote_in_the_same_day(store: Store, desk: Writers):
    desk.adds(desk.sea, "D1-20")
    desk.writes(desk.director, "D1-05", title="Of the director")

    drafts.undo(store, desk.draft, desk.sea)

    assert desk.inject("D1-05")["title"] == "Of the director"
    with pytest.raises(StopIteration):
        desk.inject("D1-20")


def test_an_undo_that_is_sent_twice_takes_one_change_back(store: Store, desk: Writers):
    desk.writes(desk.sea, "D1-02", title="One")
    desk.writes(desk.sea, "D1-02", title="Two")

    first = drafts.undo(store, desk.draft, desk.sea, key="u")
    assert drafts.undo(store, desk.draft, desk.sea, key="u") == first
    assert desk.inject("D1-02")["title"] == "One"


# Whose day, and how far it is


def test_a_group_writes_its_own_day_and_no_other(desk: Writers):
    desk.writes(desk.sea, "D1-01", title="Ours")

    with pytest.raises(Forbidden) as error:
        desk.writes(desk.sea, "D2-01", title="Theirs")
    assert "Day 2 is written by its leading group, LAND." in sentence(error)
    assert desk.now().head == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "write_head", "fields": {"title": "Mine"}},
        {"do": "add_day", "title": "Mine", "theme": "Mine", "lead": "SEA"},
        {"do": "delete_day", "day": 2},
        {"do": "write_day", "day": 1, "fields": {"lead": "LAND"}},
        {"do": "write_day", "day": 2, "fields": {"lead": "SEA"}},
        {"do": "move_inject", "inject": "D1-05", "day": 2, "after": "D2-01"},
        {"do": "write_inject", "day": 1, "inject": "D1-05", "fields": {"id": "D1-55"}},
        {"do": "write_translation", "language": "fr", "address": "D2-01.title", "text": "La salle"},
        {"do": "write_translation", "language": "fr", "address": "title", "text": "Exercice"},
    ],
    ids=lambda asked: f"{asked['do']} {list(asked.values())[-1]}",
)
def test_what_reaches_beyond_the_own_day_is_the_directors(desk: Writers, asked: dict[str, object]):
    change = CHANGE.validate_python(asked)

    with pytest.raises(Forbidden):
        drafts.record(desk.store, desk.draft, desk.sea, change)
    assert desk.now().texts == small_files()
    drafts.record(desk.store, desk.draft, desk.director, change)


def test_a_group_translates_its_own_day(desk: Writers):
    desk.asks(desk.sea, "write_translation", language="fr", address="D1-01.title", text="Les traversées doublent")

    assert "Les traversées doublent" in desk.now().texts["translations/fr.yaml"]


@pytest.mark.parametrize("status", ["approved", "frozen"])
def test_a_day_that_is_approved_or_frozen_takes_no_change_from_anybody(store: Store, desk: Writers, status: str):
    desk.writes(desk.sea, "D1-01", title="Before")
    desk.becomes(desk.director, 1, status)

    for who in (desk.sea, desk.director):
        with pytest.raises(NotChanged, match=f"Day 1 is {status} and takes no changes"):
            desk.writes(who, "D1-02", title="Late")
    with pytest.raises(NotChanged):
        drafts.undo(store, desk.draft, desk.sea)
    desk.writes(desk.land, "D2-01", title="Another day goes on")
    desk.becomes(desk.director, 1, "draft")
    desk.writes(desk.sea, "D1-02", title="Again")


def test_an_approved_day_is_translated_and_a_frozen_one_is_not(desk: Writers):
    said = {"language": "fr", "address": "D1-01.title"}
    desk.becomes(desk.director, 1, "approved")
    desk.asks(desk.sea, "write_translation", **said, text="Approuvé")
    desk.becomes(desk.director, 1, "frozen")

    with pytest.raises(NotChanged):
        desk.asks(desk.sea, "write_translation", **said, text="Gelé")


def test_the_leading_group_gives_its_day_to_review_and_the_director_decides(desk: Writers):
    desk.becomes(desk.sea, 1, "in_review", "draft", "in_review")

    for who, status in ((desk.sea, "approved"), (desk.sea, "frozen"), (desk.lead, "approved"), (desk.land, "draft")):
        with pytest.raises(Forbidden):
            desk.becomes(who, 1, status)
    desk.becomes(desk.director, 1, "approved")
    with pytest.raises(Forbidden):
        desk.becomes(desk.sea, 1, "draft")
    with pytest.raises(NotChanged, match="already"):
        desk.becomes(desk.director, 1, "approved")
    assert desk.now().status(1) is Status.APPROVED
    assert desk.now().status(2) is Status.DRAFT


def test_a_revoked_author_records_nothing_from_then_on(store: Store, desk: Writers):
    desk.writes(desk.sea, "D1-01", title="Before")
    revoke_author(store, desk.director, desk.sea.id)

    for late in (
        lambda: desk.writes(desk.sea, "D1-01", title="Late"),
        lambda: drafts.undo(store, desk.draft, desk.sea),
        lambda: desk.becomes(desk.sea, 1, "in_review"),
        lambda: drafts.comment(store, desk.draft, desk.sea, "D1-01", "Late"),
    ):
        with pytest.raises(NoSuchAuthor):
            late()
    assert desk.inject("D1-01")["title"] == "Before"


# Pictures


def put(desk: Writers, who: Author, name: str, content: bytes) -> None:
    drafts.record(desk.store, desk.draft, who, PutPicture(do="put_picture", name=name), content)


def test_a_picture_is_put_replaced_dropped_and_every_step_undone(store: Store, desk: Writers):
    def now() -> bytes | None:
        return picture_of_draft(store, desk.draft, "map.png")

    put(desk, desk.sea, "map.png", picture("red"))
    put(desk, desk.sea, "map.png", picture("blue"))
    assert now() == picture("blue")
    drafts.undo(store, desk.draft, desk.sea)
    assert now() == picture("red")
    drafts.undo(store, desk.draft, desk.sea)
    assert now() is None
    drafts.redo(store, desk.draft, desk.sea)
    desk.asks(desk.sea, "drop_picture", name="map.png")
    assert now() is None
    drafts.undo(store, desk.draft, desk.sea)
    assert now() == picture("red")
    assert drafts.export(store, desk.draft).pictures == {"map.png": picture("red")}


def test_a_picture_that_another_groups_day_shows_is_that_groups(desk: Writers):
    put(desk, desk.land, "hall.png", picture("red"))
    desk.writes(desk.land, "D2-01", picture={"file": "hall.png", "alt": "The hall"})

    with pytest.raises(Forbidden):
        put(desk, desk.sea, "hall.png", picture("blue"))
    assert picture_of_draft(desk.store, desk.draft, "hall.png") == picture("red")


def test_what_is_no_picture_is_refused(desk: Writers):
    for content in (b"", b"<svg/>", picture() + b"\0" * 2_000_000):
        with pytest.raises(NotChanged):
            put(desk, desk.sea, "map.png", content)
    assert desk.now().pictures == {}


# How long it takes


def test_a_save_in_three_hundred_injects_costs_little_more_than_reading_its_day(store: Store, desk: Writers):
    """Measured on two cores: 60 ms for the change, its record and the findings, of which parsing is half."""
    for day in (1, 2):
        text = desk.now().texts[f"day-{day}.yaml"]
        head, _, injects = text.partition("injects:\n")
        first = injects.split("\n  - ")[0]
        copies = "\n".join(first.replace(f"D{day}-01", f"D{day}-{number}") for number in range(100, 245))
        whole = {**desk.now().texts, f"day-{day}.yaml": f"{head}injects:\n{copies}\n{injects}"}
        drafts.replace(store, desk.draft, desk.director, whole, {}, "Grown.")
    since = time.perf_counter()
    parse(desk.now().texts["day-1.yaml"], "day-1.yaml")
    read, taken = time.perf_counter() - since, []
    for number in range(5):
        since = time.perf_counter()
        desk.writes(desk.sea, "D1-120", title=f"Title {number}")
        drafts.findings(store, desk.draft)
        taken.append(time.perf_counter() - since)

    assert len(drafts.findings(store, desk.draft)) < 1000
    assert min(taken) < 10 * read, (read, taken)


def test_the_times_of_changes_are_kept(store: Store, desk: Writers):
    asked = CHANGE.validate_python({"do": "write_inject", "day": 1, "inject": "D1-01", "fields": {"title": "T"}})
    drafts.record(store, desk.draft, desk.sea, asked, now=NOW)

    last = drafts.latest(store, desk.draft)
    assert last is not None
    assert (last.at, last.author) == (NOW, desk.sea)
