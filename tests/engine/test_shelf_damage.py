"""A stick that is pulled, a full disk, a damaged or hostile shelf: a kiosk goes on with what is whole (K43)."""
from __future__ import annotations

import errno
import json
import os
import random
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from shelves import held, name_of, refusal, title
from timeline_app.engine import shelf

POINTS = 100


# --- The stick is pulled, the disk is full ---


class Pulled:
    """A file on a stick that is pulled at the n-th read: from then on it fails, or says that it ends."""

    def __init__(self, file, at: int, is_short: bool) -> None:
        self.file, self.left, self.is_short, self.sizes = file, at, is_short, []

    def __enter__(self):
        return self

    def __exit__(self, *raised) -> None:
        self.file.close()

    def fileno(self) -> int:
        return self.file.fileno()

    def read(self, size: int) -> bytes:
        self.sizes.append(size)
        self.left -= 1
        if self.left < 0 and self.is_short:
            data = self.file.read(size)
            return data[: len(data) // 2] if self.left == -1 else b""
        if self.left < 0:
            raise OSError(errno.EIO, "Input/output error")
        return self.file.read(size)


@pytest.fixture
def pulling(monkeypatch, bundles):
    """Lets the stick be pulled at the n-th of a hundred reads."""
    monkeypatch.setattr(shelf, "CHUNK", bundles[1].stat().st_size // POINTS)
    opened = shelf.open_regular

    def at(number: int, is_short: bool) -> None:
        def open_(path: Path, follow: bool = False):
            file = opened(path, follow)
            return Pulled(file, number, is_short) if path == bundles[1] else file

        monkeypatch.setattr(shelf, "open_regular", open_)

    return at


@pytest.mark.parametrize("is_short", [False, True])
def test_that_a_stick_pulled_at_any_of_a_hundred_points_leaves_what_was_shown(bundles, place, pulling, is_short):
    shelf.put(bundles[0], place)
    before = (held(place), (place / "shelf.json").read_bytes())
    for number in range(POINTS):
        pulling(number, is_short)
        assert refusal(shelf.put, bundles[1], place) == "stick_lost", number
        assert (held(place), (place / "shelf.json").read_bytes()) == before
    assert title(shelf.current(place)) == "Number 0"
    pulling(POINTS + 2, is_short)
    assert title(shelf.put(bundles[1], place).path) == "Number 1"


@pytest.mark.parametrize("number", range(0, POINTS, 9))
def test_that_a_disk_that_is_full_leaves_what_was_shown(bundles, place, monkeypatch, pulling, number):
    shelf.put(bundles[0], place)
    before = held(place)
    written = []

    def full(source, bundle: Path) -> bytes:
        written.append(source)
        if len(written) > number:
            raise OSError(errno.ENOSPC, "No space left on device")
        return source.read(shelf.CHUNK)

    monkeypatch.setattr(shelf, "_read", full)
    assert refusal(shelf.put, bundles[1], place) == "shelf_full"
    assert held(place) == before and title(shelf.current(place)) == "Number 0"


def test_that_a_disk_without_room_is_told_before_anything_is_copied(bundles, place, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10**9, 10**9, shelf.SPARE))
    monkeypatch.setattr(shelf, "_read", lambda source, bundle: pytest.fail("it was read"))
    assert refusal(shelf.put, bundles[0], place) == "shelf_full"


@pytest.mark.parametrize("step", ["os.replace", "os.fsync", "sync_folder", "write_atomic"])
def test_that_a_failure_of_any_step_leaves_what_was_shown(bundles, place, monkeypatch, step):
    shelf.put(bundles[0], place)

    def fails(*given, **named):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os if step.startswith("os.") else shelf, step.removeprefix("os."), fails)
        assert refusal(shelf.put, bundles[1], place) == "cannot_write"
    assert title(shelf.current(place)) == "Number 0"
    assert title(shelf.put(bundles[2], place).path) == "Number 2"
    assert held(place) == {name_of(bundles[0]), name_of(bundles[2]), "shelf.json"}


def test_that_a_large_bundle_is_copied_in_pieces(bundles, place, monkeypatch):
    sizes = []
    monkeypatch.setattr(shelf, "CHUNK", 1_000)
    read = shelf._read
    monkeypatch.setattr(shelf, "_read", lambda *given: sizes.append(len(data := read(*given))) or data)
    shelf.put(bundles[0], place)
    assert max(sizes) == 1_000 and sum(sizes) == bundles[0].stat().st_size


def test_that_what_an_update_left_goes_with_the_next_one_but_not_what_another_one_writes(bundles, place):
    shelf.put(bundles[0], place)
    left = [f"{shelf.COMING}00ff.zip", ".shelf.json.00ff", f"{'0' * 16}.zip"]
    for name in left:
        (place / name).write_bytes(b"half")
    (place / f"{shelf.COMING}aa.zip").symlink_to(bundles[3])
    others: list[set[str]] = []

    def look(path: Path) -> None:
        shelf.put(bundles[2], place, lambda inner: others.append(held(place)))
        assert path.exists()

    shelf.put(bundles[1], place, look)
    assert len([one for one in others[0] if one.startswith(shelf.COMING)]) == 2
    assert held(place) == {name_of(bundles[1]), name_of(bundles[2]), "shelf.json"}
    assert title(shelf.current(place)) == "Number 1" and bundles[3].exists()


# --- A damaged or hostile shelf ---

DAMAGED = [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 4_000, b" " * 5_000, b'{"current": 3}', b'{"current": null}',
    *(json.dumps({"current": name}).encode() for name in (
        "../secret.zip", "/etc/passwd", "shelf.json", "..", "", "a/b.zip", f"{'0' * 16}.zip\n", f"{'0' * 16}.ZIP",
        "C:\\x.zip", f"{'f' * 16}.zip", "\u0660" * 16 + ".zip"))]


@pytest.mark.parametrize("data", DAMAGED)
def test_that_a_damaged_pointer_leads_to_the_newest_whole_bundle(bundles, place, data):
    for number in (0, 1):
        shelf.put(bundles[number], place)
        os.utime(place / name_of(bundles[number]), (1_000 + number, 1_000 + number))
    broken = place / f"{'f' * 16}.zip"
    broken.write_bytes(b"not its content")
    (place / "shelf.json").write_bytes(data)
    assert shelf.is_shelf(place)
    assert (title(shelf.current(place)), title(shelf.previous(place))) == ("Number 1", "Number 0")
    shelf.put(bundles[2], place)
    assert (title(shelf.current(place)), title(shelf.previous(place))) == ("Number 2", "Number 1")
    assert not broken.exists()


@pytest.mark.parametrize("make", [
    lambda pointer: None, lambda pointer: pointer.symlink_to("/dev/zero"), os.mkfifo,
    lambda pointer: pointer.symlink_to(pointer.parent.parent / "other.json")],
    ids=["gone", "device", "pipe", "link"])
def test_that_a_pointer_that_is_no_file_leads_there_too(bundles, place, tmp_path, make):
    shelf.put(bundles[0], place)
    (tmp_path / "other.json").write_text(json.dumps({"current": "0" * 16 + ".zip"}), encoding="utf-8")
    pointer = place / "shelf.json"
    pointer.unlink()
    make(pointer)
    assert shelf.is_shelf(place) and title(shelf.current(place)) == "Number 0"
    shelf.put(bundles[1], place)
    assert title(shelf.current(place)) == "Number 1" and pointer.is_file() and not pointer.is_symlink()


def test_that_a_damaged_or_linked_bundle_is_not_shown(bundles, place, tmp_path):
    for one in bundles[:2]:
        shelf.put(one, place)
    path = shelf.current(place)
    data = path.read_bytes()
    path.write_bytes(data[:-1])
    assert title(shelf.current(place)) == "Number 0" and shelf.previous(place) is None
    path.unlink()
    (tmp_path / path.name).write_bytes(data)
    path.symlink_to(tmp_path / path.name)
    assert title(shelf.current(place)) == "Number 0"
    shelf.put(bundles[2], place)
    assert (title(shelf.current(place)), title(shelf.previous(place))) == ("Number 2", "Number 0")
    assert not path.is_symlink() and (tmp_path / path.name).exists()


def test_that_random_bytes_in_the_pointer_never_lead_outside(bundles, place):
    shelf.put(bundles[0], place)
    luck = random.Random(43)
    whole = (place / "shelf.json").read_bytes()
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(luck.randrange(1, 6)):
            data[luck.randrange(len(data))] = luck.randrange(256)
        (place / "shelf.json").write_bytes(data)
        assert shelf.current(place).parent == place and title(shelf.current(place)) == "Number 0"
