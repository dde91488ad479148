"""A whole exercise as one signed file, and the way back from it."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.test_frozen import FILES, freeze
from tests.store.words import NOW, ROSTER, announce, meddling, texts
from ttx.exercise.entries import ExerciseEnded
from ttx.review.entries import Details, GapRecorded
from ttx.review.leaving import HouseStyleChosen
from ttx.scenario.checks import load
from ttx.scenario.pictures import read as pictures_in
from ttx.settings import Settings
from ttx.store import frozen, reviews
from ttx.store.archive import NotPacked, NotUnpacked, pack, unpack
from ttx.store.chain import verify
from ttx.store.database import Store
from ttx.store.log import create_exercise, read, scenario_of, writing
from ttx.store.pictures import digest_of, picture_of
from ttx.store.seats import SeatListed, seats_of
from ttx.store.signing import signing_key
from ttx.store.tables import ExerciseId


def ends(store: Store, exercise: ExerciseId) -> None:
    announce(store, exercise, "Nous attendons le 海警.", "ကူညီပါ", key="one")
    with writing(store, exercise) as log:
        log.append([ExerciseEnded()], "s1", NOW)


@pytest.fixture
def ended(store: Store, exercise: ExerciseId) -> ExerciseId:
    ends(store, exercise)
    return exercise


def without_codes(listed: list[SeatListed]) -> list[tuple[object, ...]]:
    return [(one.seat, one.name, one.revoked_at) for one in listed]


def changed(packed: bytes, member: str, change: Callable[[bytes], bytes], again: bool = False) -> bytes:
    """The file with one member changed; `again`: its digest in the manifest too, as by somebody who has no key."""
    with zipfile.ZipFile(io.BytesIO(packed)) as file:
        held = {name: file.read(name) for name in file.namelist()}
    before = held[member]
    held[member] = change(before)
    assert held[member] != before
    if again:
        held["manifest.json"] = held["manifest.json"].replace(
            digest_of(before).encode(), digest_of(held[member]).encode()
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name, content in held.items():
            file.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def test_an_exercise_taken_elsewhere_is_the_same_and_gives_the_same_file_again(
    store: Store, ended: ExerciseId, tmp_path: Path
):
    packed = pack(store, ended)

    with Store(tmp_path / "elsewhere") as other:
        taken = unpack(other, packed)

        assert (taken.exercise, taken.verdict) == (ended, verify(store, ended))
        assert verify(other, ended) == verify(store, ended)
        assert read(other, ended) == read(store, ended)
        assert texts(read(other, ended)) == ["Nous attendons le 海警.", "ကူညီပါ"]
        assert scenario_of(other, ended) == scenario_of(store, ended)
        assert without_codes(seats_of(other, ended)) == without_codes(seats_of(store, ended))
        assert pack(other, ended) == packed
    assert pack(store, ended) == packed


def test_pictures_travel_along(store: Store, tmp_path: Path):
    folder = Settings().scenarios / "lantern-tide"
    scenario = load(folder)
    shown = pictures_in(folder, scenario)
    exercise = create_exercise(store, scenario, ROSTER, pictures=shown)
    ends(store, exercise)

    with Store(tmp_path / "elsewhere") as other:
        unpack(other, pack(store, exercise))

        assert shown
        for name in shown:
            assert picture_of(other, exercise, name) == picture_of(store, exercise, name) is not None


def test_what_analysts_made_of_it_travels_along(store: Store, ended: ExerciseId, tmp_path: Path):
    gap = GapRecorded(gap="GAP-01", details=Details(statement="Nobody leads."))
    reviews.record(store, ended, "s1", lambda _: [gap], now=NOW)
    packed = pack(store, ended)

    with Store(tmp_path / "elsewhere") as other:
        wrong = changed(packed, "review.jsonl", lambda log: log.replace(b"Nobody", b"Somebody"))
        with pytest.raises(NotUnpacked, match="manifest"):
            unpack(other, wrong)
        unpack(other, packed)

        assert reviews.read(other, ended) == reviews.read(store, ended) != []
        assert pack(other, ended) == packed


def test_frozen_versions_and_the_house_style_travel_along(store: Store, ended: ExerciseId, tmp_path: Path):
    fact = freeze(store, ended)
    frozen.keep(store, ended, [b"a template"], "The house style")
    style = HouseStyleChosen(name="ministry.docx", digest=frozen.digest_of(b"a template"))
    reviews.record(store, ended, "s1", lambda _: [style], now=NOW)
    packed = pack(store, ended)

    with Store(tmp_path / "elsewhere") as other:
        unpack(other, packed)

        assert pack(other, ended) == packed
        assert frozen.faults(other, ended) == ()
        for form, digest in fact.files.items():
            assert frozen.content(other, ended, digest) == FILES[form]
        assert frozen.content(other, ended, str(style.digest)) == b"a template"


def test_the_file_holds_nothing_that_leads_to_a_seat(store: Store, ended: ExerciseId):
    packed = pack(store, ended)

    for one in seats_of(store, ended):
        assert one.code.replace("-", "").encode() not in packed
        assert one.account is None or f'"{one.account}"'.encode() not in packed


def test_an_exercise_whose_body_was_shredded_is_packed_and_taken(store: Store, ended: ExerciseId, tmp_path: Path):
    with meddling(store) as raw:
        raw.execute("DELETE FROM bodies WHERE exercise = ? AND seq = 2", (ended,))
    with Store(tmp_path / "elsewhere") as other:
        assert unpack(other, pack(store, ended)).verdict.shredded == 1


def test_what_was_shredded_after_it_came_is_signed_by_who_packs_it(store: Store, ended: ExerciseId, tmp_path: Path):
    packed = pack(store, ended)
    with Store(tmp_path / "elsewhere") as other, Store(tmp_path / "third") as third:
        first = unpack(other, packed).signer
        with meddling(other) as raw:
            raw.execute("DELETE FROM bodies WHERE exercise = ? AND seq = 2", (ended,))

        assert unpack(third, pack(other, ended)).signer != first


def test_what_has_not_ended_or_is_not_whole_is_not_packed(store: Store, exercise: ExerciseId):
    with pytest.raises(NotPacked, match=r"it has not ended\. End it first"):
        pack(store, exercise)
    ends(store, exercise)
    with meddling(store) as raw:
        raw.execute("UPDATE bodies SET body = '{}' WHERE exercise = ? AND seq = 2", (exercise,))
    with pytest.raises(NotPacked, match=r"its record is not whole: .* entry 2"):
        pack(store, exercise)


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    "member, change",
    [
        ("log.jsonl", lambda log: log.replace(b"attendons", b"attaquons")),
        ("seats.json", lambda seats: seats.replace(b'"submits":true', b'"submits":false')),
        ("scenario.json", lambda scenario: scenario.replace(b"midnight", b"noon")),
        ("exercise.json", lambda told: told.replace(b'"head":4', b'"head":3')),
    ],
)
def test_a_file_that_was_changed_is_refused_and_leaves_nothing(
    store: Store, ended: ExerciseId, tmp_path: Path, member: str, change: Callable[[bytes], bytes], again: bool
):
    wrong = changed(pack(store, ended), member, change, again)

    with Store(tmp_path / "elsewhere") as other:
        with pytest.raises(NotUnpacked, match="manifest"):
            unpack(other, wrong)
        assert unpack(other, pack(store, ended)).exercise == ended


def test_a_record_that_does_not_follow_is_refused_though_it_is_signed(store: Store, ended: ExerciseId, tmp_path: Path):
    """By somebody with a key of his own, who signs what he made up."""
    with Store(tmp_path / "forger") as forger:
        key = signing_key(forger.directory)
    wrong = changed(pack(store, ended), "log.jsonl", lambda log: log.replace(b"attendons", b"attaquons"), again=True)
    with zipfile.ZipFile(io.BytesIO(wrong)) as file:
        manifest = json.loads(file.read("manifest.json"))
    manifest["signer"] = key.public_key().public_bytes_raw().hex()
    told = json.dumps(manifest, separators=(",", ":")).encode()
    wrong = changed(
        changed(wrong, "manifest.json", lambda _: told), "manifest.sig", lambda _: key.sign(told).hex().encode()
    )

    with Store(tmp_path / "elsewhere") as other, pytest.raises(NotUnpacked, match="the body of entry 2"):
        unpack(other, wrong)


def test_what_is_here_already_is_not_taken_again(store: Store, ended: ExerciseId):
    with pytest.raises(NotUnpacked, match="is in this data directory already"):
        unpack(store, pack(store, ended))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 noise", b"%PDF-1.7", b"x" * 5000])
def test_other_files_are_refused_with_a_sentence(store: Store, content: bytes):
    with pytest.raises(NotUnpacked, match="no exercise that was packed"):
        unpack(store, content)


def test_a_zip_that_says_more_than_it_holds_or_is_compressed_is_refused(store: Store):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("log.jsonl", b"0" * 10_000_000)

    with pytest.raises(NotUnpacked, match="compressed"):
        unpack(store, out.getvalue())
