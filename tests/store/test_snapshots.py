"""Snapshots: encrypted, complete, verified against what they say of themselves; whatever is done to one is found."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.words import Ttx
from tests.store.words import announce, texts
from tests.web.words import eventually
from ttx.store.backup import Damaged, NotRestored, NotWritten
from ttx.store.database import Store
from ttx.store.embedded import FILE
from ttx.store.log import read
from ttx.store.newest import told
from ttx.store.sealed import PIECE, NotUnsealed, Sealing, Unsealing, clear_of, key_in, new_key
from ttx.store.signing import public, signing_key
from ttx.store.snapshots import Snapshots, read_back, seal, snapshots_in, unseal
from ttx.store.tables import ExerciseId

KEY = bytes(range(32))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere"


@pytest.fixture
def sealed(store: Store, exercise: ExerciseId, place: Path) -> Path:
    announce(store, exercise, "said by a heron")
    seal(store, place / "one.snapshot", KEY)
    return place / "one.snapshot"


def test_a_snapshot_holds_everything_and_nothing_of_it_can_be_read_without_the_key(
    store: Store, exercise: ExerciseId, sealed: Path, tmp_path: Path
):
    (store.directory / "tls").mkdir()
    (store.directory / "tls" / "authority.key").write_text("an authority")
    seal(store, sealed.with_name("two.snapshot"), KEY)
    made = unseal(sealed.with_name("two.snapshot"), KEY, tmp_path / "new")

    assert sealed.stat().st_mode & 0o777 == 0o600
    assert b"heron" not in sealed.read_bytes()
    assert [one.entries for one in made.verdicts] == [2]
    assert made.signer == public(signing_key(store.directory))
    with Store(tmp_path / "new", create=False) as restored:
        assert read(restored, exercise) == read(store, exercise)
        assert public(signing_key(restored.directory)) == made.signer
    assert (tmp_path / "new" / "tls" / "authority.key").read_text() == "an authority"
    assert {one.stat().st_mode & 0o777 for one in (tmp_path / "new").rglob("*") if one.is_file()} == {0o600}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "elsewhere", "new"]


@pytest.mark.parametrize("where", ["clear", "salt", "body", "end", "swapped", "longer"])
def test_whatever_is_done_to_a_snapshot_is_found_and_nothing_is_restored(sealed: Path, tmp_path: Path, where: str):
    whole = bytearray(sealed.read_bytes())
    clear = len(clear_of(sealed) or b"")
    match where:
        case "clear":
            place = whole.index(b"heads") + 20
            whole[place] ^= 1
        case "salt":
            whole[17 + clear + 3] ^= 1
        case "body":
            whole[len(whole) // 2] ^= 1
        case "end":
            del whole[-1000:]
        case "swapped":
            head = 17 + clear + 16
            whole[head : head + 64], whole[head + 64 : head + 128] = (
                whole[head + 64 : head + 128],
                whole[head : head + 64],
            )
        case _:
            whole += whole[-500:]
    sealed.write_bytes(whole)

    with pytest.raises(Damaged):
        unseal(sealed, KEY, tmp_path / "new")
    assert not (tmp_path / "new" / FILE).exists()


def test_another_key_is_told_as_that(sealed: Path, tmp_path: Path):
    with pytest.raises(NotRestored) as refusal:
        unseal(sealed, bytes(32), tmp_path / "new")

    assert str(refusal.value) == (
        f"The snapshot {sealed} could not be restored: it was made with another key. Name the one it was made with."
    )


def test_a_snapshot_that_does_not_end_where_it_says_is_not_restored(
    store: Store, sealed: Path, exercise: ExerciseId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ttx.store.snapshots.heads_in", lambda _: {exercise: (3, "0" * 64)})
    seal(store, sealed.with_name("two.snapshot"), KEY)

    with pytest.raises(Damaged, match="does not end where its statement says"):
        unseal(sealed.with_name("two.snapshot"), KEY, tmp_path / "new")


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_a_sealed_stream_comes_back_whole_and_never_cut_at_a_piece(tmp_path: Path, size: int):
    content, file = bytes(range(256)) * (size // 256 + 1), tmp_path / "sealed"
    with file.open("wb") as opened:
        sealing = Sealing(opened, KEY, b"clear")
        sealing.write(content[:size])
        sealing.close()

    with file.open("rb") as opened:
        unsealing = Unsealing(opened, KEY)
        assert (unsealing.read(3 * PIECE), unsealing.clear) == (content[:size], b"clear")
    for gone in (16, PIECE + 16):
        file_cut = tmp_path / f"cut-{gone}"
        file_cut.write_bytes(file.read_bytes()[:-gone])
        with file_cut.open("rb") as opened, pytest.raises(NotUnsealed):
            Unsealing(opened, KEY).read(3 * PIECE)


def test_a_key_is_its_owners_alone_and_what_is_no_key_is_said(tmp_path: Path):
    new_key(tmp_path / "key")

    assert len(key_in(tmp_path / "key")) == 32
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "other").write_text("my key")
    with pytest.raises(NotUnsealed, match="holds no key of 64 hexadecimal digits"):
        key_in(tmp_path / "other")


@pytest.fixture
def running(store: Store, place: Path) -> Iterator[Snapshots]:
    with Snapshots(store, place, KEY, 0.02, 3) as snapshots:
        yield snapshots


def test_snapshots_follow_what_is_written_and_only_the_newest_stay(
    store: Store, exercise: ExerciseId, place: Path, tmp_path: Path, running: Snapshots
):
    for number in range(6):
        before = snapshots_in(place)[0]
        announce(store, exercise, f"part {number}")
        eventually(lambda before=before: snapshots_in(place)[0] != before)  # type: ignore[misc]
    running.__exit__()
    last = snapshots_in(place)
    restored = unseal(last[0], KEY, tmp_path / "new")

    assert len(last) == 3
    assert [one.entries for one in restored.verdicts] == [7]
    with Store(tmp_path / "new") as there:
        assert texts(read(there, exercise)) == [f"part {number}" for number in range(6)]


def test_the_newest_one_is_told_with_its_age_and_size_and_no_longer_when_it_ends(
    store: Store, exercise: ExerciseId, place: Path, running: Snapshots
):
    first = told(store.directory)
    announce(store, exercise, "part 1")
    eventually(lambda: len(snapshots_in(place)) == 2)
    eventually(lambda: (one := told(store.directory)) is not None and one.size == snapshots_in(place)[0].stat().st_size)
    quiet = told(store.directory)
    eventually(lambda: (one := told(store.directory)) is not None and quiet is not None and one.at > quiet.at)

    assert first is not None
    assert first.read_back
    assert len(snapshots_in(place)) == 2  # nothing changed since, and that was seen again
    running.__exit__()
    assert told(store.directory) is None


def test_a_snapshot_that_somebody_removed_is_made_anew_though_nothing_changed(place: Path, running: Snapshots):
    for one in snapshots_in(place):
        one.unlink()

    eventually(lambda: len(snapshots_in(place)) == 1)


def test_what_was_written_and_cannot_be_read_back_is_no_snapshot(
    store: Store, exercise: ExerciseId, place: Path, running: Snapshots, monkeypatch: pytest.MonkeyPatch
):
    good = snapshots_in(place)
    with monkeypatch.context() as failing:
        failing.setattr("ttx.store.snapshots.read_back", lambda *_: False)
        announce(store, exercise, "on a disk that forgets")
        eventually(lambda: running.failed)
        newest = told(store.directory)
        assert newest is not None
        assert not newest.read_back
        assert snapshots_in(place) == good
    eventually(lambda: not running.failed)

    assert len(snapshots_in(place)) == 2


def test_a_snapshot_is_read_back_to_its_end(store: Store, exercise: ExerciseId, place: Path):
    file = place / "one.snapshot"
    digest = seal(store, file, KEY) or ""

    assert read_back(file, KEY, digest)
    assert not read_back(file, KEY, "0" * 64)
    whole = file.read_bytes()
    for spoiled in (whole[:-9], whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:]):
        file.write_bytes(spoiled)
        assert not read_back(file, KEY, digest)
    assert not read_back(place / "none.snapshot", KEY, digest)


def test_a_place_that_is_not_there_is_said_before_anything_is_served(store: Store, tmp_path: Path):
    with pytest.raises(NotWritten) as refusal, Snapshots(store, tmp_path / "usb", KEY, 60, 3):
        pass

    assert str(refusal.value) == (
        f"Snapshots in {tmp_path}/usb could not be written: there is no such folder. "
        "Mount the disk that it is on, or make the folder."
    )


def test_a_place_that_goes_away_stops_nothing_and_is_used_again(
    store: Store, exercise: ExerciseId, place: Path, running: Snapshots
):
    gone = place.rename(place.with_name("unplugged"))
    announce(store, exercise, "meanwhile")
    eventually(lambda: running.failed)
    gone.rename(place)
    eventually(lambda: not running.failed)

    heads = [json.loads(json.loads(clear_of(one) or b"")["statement"])["heads"] for one in snapshots_in(place)]
    assert heads[0][exercise][0] == 2


def test_the_newest_good_snapshot_of_a_folder_is_restored_by_command(
    ttx: Ttx, store: Store, exercise: ExerciseId, tmp_path: Path, place: Path
):
    assert ttx("snapshot-key", tmp_path / "key").code == 0
    for number in range(3):
        announce(store, exercise, f"part {number}")
        ttx("backup", place / f"{number}.snapshot", "--data", store.directory, "--key", tmp_path / "key")
    newest = place / "2.snapshot"
    newest.write_bytes(newest.read_bytes()[:-9])

    without = ttx("restore", place, "--data", tmp_path / "new")
    said = ttx("restore", place, "--data", tmp_path / "new", "--key", tmp_path / "key")

    assert without.code == 1
    assert "is encrypted. Name its key with --key." in without.err
    assert said.code == 0, said.err
    assert "2.snapshot could not be restored: it was changed or cut off. Choose another snapshot." in said.err
    assert f"Restored into {tmp_path}/new from 1.snapshot" in said.err
    assert f"Exercise {exercise}: all 3 entries are as they were written" in said.err
    assert ttx("snapshot-key", tmp_path / "key").code == 1
