"""What a kiosk shows changes as a whole or not at all: by good bundles only, whatever happens on the way (K43)."""
from __future__ import annotations

import errno
import hashlib
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from shelves import held, name_of, refusal, title, zipped
from timeline_app.base.problems import UserError
from timeline_app.engine import build, checksum, shelf

# --- What it is for ---


def test_that_a_bundle_is_copied_looked_at_and_shown(bundles, place):
    seen = []
    placed = shelf.put(bundles[0], place, lambda path: seen.append((path.read_bytes(), title(path))))
    assert seen == [(bundles[0].read_bytes(), "Number 0")]
    assert placed == shelf.Placed(place / name_of(bundles[0]), None)
    assert shelf.is_shelf(place) and shelf.current(place) == placed.path and shelf.previous(place) is None
    assert placed.path.read_bytes() == bundles[0].read_bytes()
    assert held(place) == {name_of(bundles[0]), "shelf.json"}


def test_that_the_previous_one_is_kept_and_older_ones_go(bundles, place):
    first, *_ = [shelf.put(one, place) for one in bundles]
    assert first.path.exists() is False
    assert (title(shelf.current(place)), title(shelf.previous(place))) == ("Number 3", "Number 2")
    assert held(place) == {name_of(bundles[3]), name_of(bundles[2]), "shelf.json"}


def test_that_the_same_bundle_twice_changes_nothing(bundles, place):
    shelf.put(bundles[0], place)
    shelf.put(bundles[1], place)
    assert shelf.put(bundles[1], place).previous == place / name_of(bundles[0])
    assert len(held(place)) == 3


def test_that_one_goes_back_and_forth(bundles, place):
    shelf.put(bundles[0], place)
    assert refusal(shelf.roll_back, place) == "no_previous"
    shelf.put(bundles[1], place)
    assert title(shelf.roll_back(place)) == title(shelf.current(place)) == "Number 0"
    assert title(shelf.previous(place)) == "Number 1"
    assert title(shelf.roll_back(place)) == title(shelf.current(place)) == "Number 1"


def test_what_is_good(bundles, place):
    shelf.put(bundles[0], place)
    assert title(shelf.good(place)) == "Number 0"  # there is no other
    shelf.put(bundles[1], place)
    assert title(shelf.good(place)) == "Number 0"  # the previous one, as long as none is known to run well
    assert shelf.mark_good(place, shelf.current(place)) and title(shelf.good(place)) == "Number 1"
    shelf.put(bundles[2], place)
    shelf.put(bundles[3], place)
    assert title(shelf.good(place)) == "Number 1"  # kept for as long as nothing else proved itself
    assert len(held(place)) == 4
    assert not shelf.mark_good(place, place / f"{'0' * 16}.zip")
    assert shelf.mark_good(place, shelf.current(place))
    assert held(place) == {name_of(bundles[3]), name_of(bundles[2]), "shelf.json"}


@pytest.mark.parametrize("is_marked", [False, True])
def test_that_what_staff_went_back_from_is_not_good(bundles, place, is_marked):
    for one in bundles[:2]:
        shelf.put(one, place)
    if is_marked:
        shelf.mark_good(place, shelf.current(place))
    shelf.roll_back(place)
    assert title(shelf.good(place)) == "Number 0"


def test_that_a_shelf_that_cannot_be_written_still_shows_and_disturbs_nobody(bundles, place, monkeypatch):
    for one in bundles[:2]:
        shelf.put(one, place)

    def refused(*given, **named):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(shelf, "write_atomic", refused)
    assert title(shelf.current(place)) == "Number 1" and not shelf.mark_good(place, shelf.current(place))
    assert refusal(shelf.roll_back, place) == "cannot_write"
    assert refusal(shelf.put, bundles[2], place) == "cannot_write"
    assert title(shelf.current(place)) == "Number 1"


# --- What is not taken ---


def spoilt(bundle: Path, folder: Path) -> Path:
    copy = folder / bundle.name
    shutil.copy(bundle, copy)
    shutil.copy(checksum.beside(bundle), checksum.beside(copy))
    return copy


def test_that_a_bundle_without_its_hash_or_with_another_is_refused(bundles, place, tmp_path):
    shelf.put(bundles[0], place)
    before = held(place)
    bundle = spoilt(bundles[1], tmp_path)
    data = bytearray(bundle.read_bytes())
    data[len(data) // 2] ^= 1
    bundle.write_bytes(data)
    assert refusal(shelf.put, bundle, place) == "checksum_differs"
    checksum.beside(bundle).write_text("no hash", encoding="utf-8")
    assert refusal(shelf.put, bundle, place) == "bad_checksum"
    checksum.beside(bundle).unlink()
    assert refusal(shelf.put, bundle, place) == "no_checksum"
    assert held(place) == before and title(shelf.current(place)) == "Number 0"


def test_that_only_a_build_for_a_kiosk_is_taken(package, place, tmp_path):
    for whom in ("classroom", "publish"):
        bundle = tmp_path / f"{whom}.zip"
        build.build(package.write(), whom, bundle)
        checksum.write(bundle, hashlib.sha256(bundle.read_bytes()).hexdigest())
        assert refusal(shelf.put, bundle, place) == "not_for_kiosk"
    files = {one.relative_to(package.folder).as_posix(): one.read_bytes()
             for one in package.folder.rglob("*") if one.is_file()}
    assert refusal(shelf.put, zipped(tmp_path / "full.zip", files), place) == "not_for_kiosk"
    assert refusal(shelf.put, zipped(tmp_path / "empty.zip", {}), place) == "not_for_kiosk"
    assert held(place) == set() and refusal(shelf.current, place) == "shelf_empty"


def test_that_a_bundle_with_faults_is_refused_with_their_number(bundles, place, tmp_path):
    with zipfile.ZipFile(bundles[0]) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["events.csv"] = files["events.csv"].replace(b"2020-06-04", b"in June")
    bundle = zipped(tmp_path / "faulty.zip", files)
    with pytest.raises(UserError) as told:
        shelf.put(bundle, place)
    assert told.value.code == "bundle_has_errors" and int(told.value.arguments["count"]) >= 1
    assert told.value.arguments["name"] == "faulty.zip"


def test_that_names_in_a_bundle_that_lead_outside_are_refused(bundles, place, tmp_path):
    with zipfile.ZipFile(bundles[0]) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    bundle = zipped(tmp_path / "hostile.zip", {**files, "../../evil": b"out"})
    assert refusal(shelf.put, bundle, place) == "not_for_kiosk"
    assert held(place) == set() and not list(tmp_path.rglob("evil"))


def test_that_a_bundle_that_cannot_be_shown_is_refused(bundles, place):
    shelf.put(bundles[0], place)

    def fails(path: Path) -> None:
        raise ZeroDivisionError

    def refuses(path: Path) -> None:
        raise UserError("not_found", path=path)

    assert refusal(shelf.put, bundles[1], place, fails) == "bundle_not_shown"
    with pytest.raises(UserError) as told:
        shelf.put(bundles[1], place, refuses)
    assert (told.value.code, told.value.arguments) == ("not_found", {"path": bundles[1].name})
    assert title(shelf.current(place)) == "Number 0" and len(held(place)) == 2


def test_that_an_interrupted_look_leaves_nothing(bundles, place):
    def ended(path: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shelf.put(bundles[0], place, ended)
    assert held(place) == set()


def test_that_links_devices_and_folders_are_no_bundles(bundles, place, tmp_path):
    stick = tmp_path / "X.zip"
    checksum.write(stick, "0" * 64)
    for make in (lambda: stick.symlink_to(bundles[0]), lambda: stick.symlink_to("/dev/zero"),
                 lambda: os.mkfifo(stick), stick.mkdir):
        make()
        assert refusal(shelf.put, stick, place) == "not_a_regular_file"
        stick.rmdir() if stick.is_dir() and not stick.is_symlink() else stick.unlink()
    assert refusal(shelf.put, stick, place) == "not_found"
    assert held(place) == set()


def test_that_what_is_too_large_is_refused_also_while_it_grows(bundles, place, tmp_path, monkeypatch):
    monkeypatch.setattr(shelf, "LIMIT", bundles[0].stat().st_size - 1)
    assert refusal(shelf.put, bundles[0], place) == "too_large"
    growing = tmp_path / "growing.zip"
    growing.write_bytes(b"x")
    checksum.write(growing, "0" * 64)
    monkeypatch.setattr(shelf, "_read", lambda source, bundle: b"y" * shelf.CHUNK)
    assert refusal(shelf.put, growing, place) == "too_large"
    assert held(place) == set()


def test_that_only_an_empty_folder_becomes_a_shelf(bundles, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("dear", encoding="utf-8")
    assert not shelf.is_shelf(home) and refusal(shelf.put, bundles[0], home) == "not_a_shelf"
    assert refusal(shelf.put, bundles[0], home / "letter.txt") == "not_a_shelf"
    assert os.listdir(home) == ["letter.txt"]
    killed = tmp_path / "killed"
    killed.mkdir()
    (killed / f"{shelf.COMING}00ff.zip").write_bytes(b"half")  # all that a first update left
    shelf.put(bundles[0], killed)
    assert held(killed) == {name_of(bundles[0]), "shelf.json"}
    assert not shelf.is_shelf(tmp_path / "none") and not shelf.is_shelf(bundles[0])
