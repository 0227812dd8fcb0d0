"""Only the number that was set lets the staff in, nothing damaged does, and guessing takes a minute for five (K18)."""

from __future__ import annotations

import errno
import json
import os
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as some

from timeline_app.base import safe_io
from timeline_app.base.problems import UserError
from timeline_app.engine import staff_pin
from timeline_app.engine.staff_pin import FILE, Door, has_pin, is_right, is_simple, set_pin, state_of

PIN = "704291"


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    """What a hash costs is tried once below; here it need not be paid."""
    monkeypatch.setattr(staff_pin, "COST", (1 << 10, 8, 1))


def test_that_only_the_number_that_was_set_is_right(tmp_path):
    assert (has_pin(tmp_path), is_right(tmp_path, ""), state_of(tmp_path)) == (False, False, "none")
    set_pin(tmp_path, PIN)
    assert (has_pin(tmp_path), is_right(tmp_path, PIN), state_of(tmp_path)) == (True, True, "fine")
    wrong = ["", "0000", PIN[:-1], PIN + "0", " " + PIN, PIN[::-1], "٧٠٤٢٩١", "\ud800", "0" * 100_000]
    assert [one for one in wrong if is_right(tmp_path, one)] == []
    set_pin(tmp_path, "8391")
    assert (is_right(tmp_path, PIN), is_right(tmp_path, "8391")) == (False, True)


def test_that_the_file_holds_a_salted_scrypt_hash_for_its_owner_alone_and_not_the_number(tmp_path):
    hashes = set()
    for _ in range(3):
        set_pin(tmp_path, PIN)
        text = (tmp_path / FILE).read_text(encoding="utf-8")
        kept = json.loads(text)
        assert kept.keys() == {"n", "r", "p", "salt", "hash"}
        assert PIN not in text
        hashes.add((kept["salt"], kept["hash"]))
    assert len(hashes) == 3
    assert os.name == "nt" or stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == [FILE]


def test_that_a_hash_costs_what_it_should(tmp_path, monkeypatch):
    monkeypatch.undo()
    set_pin(tmp_path, PIN)
    kept = json.loads((tmp_path / FILE).read_bytes())
    assert (kept["n"], kept["r"], kept["p"]) >= (1 << 15, 8, 1)
    assert is_right(tmp_path, PIN)


SIMPLE = ["", "1", "123", "0000", "1111", "999999", "1234", "4321", "0123", "9876", "7890", "0987",
          "123456789012", "1212", "123123", "909090", "2580", "0852", "1234567890123", "12a4", "7 04", "-704",
          "7042.", "７０４２", "٧٠٤٢", "7042\n"]


@pytest.mark.parametrize("pin", SIMPLE)
def test_that_a_simple_number_is_refused_and_the_one_before_stays(tmp_path, pin):
    set_pin(tmp_path, PIN)
    with pytest.raises(UserError, match="pin_too_simple"):
        set_pin(tmp_path, pin)
    assert is_right(tmp_path, PIN)


@pytest.mark.parametrize("pin", ["7042", "704291", "1357", "1243", "112358132134", "1212121", "0007"])
def test_that_another_number_is_taken(pin):
    assert not is_simple(pin)


GOOD = {"n": 1024, "r": 8, "p": 1, "salt": "AAAAAAAAAAAAAAAAAAAAAA==", "hash": "AAAAAAAAAAAAAAAAAAAAAA=="}
DAMAGED = [b"", b"\0" * 200, b"null", b"[]", b"{", b"[" * 4000, b"x" * 100_000, b"\xff\xfe",
           json.dumps(GOOD).encode()[:-9],
           *(json.dumps({key: value for key, value in GOOD.items() if key != left}).encode() for left in GOOD),
           *(json.dumps({**GOOD, **changed}).encode() for changed in (
               {"n": 0}, {"n": 1023}, {"n": 1 << 17, "r": 16}, {"n": 1 << 40}, {"n": True}, {"n": "1024"}, {"r": -1},
               {"p": 1 << 30}, {"p": None}, {"salt": ""}, {"hash": ""}, {"hash": "*"}, {"salt": 3}, {"pin": "7042"}))]


@pytest.mark.parametrize("data", DAMAGED, ids=range(len(DAMAGED)))
def test_that_a_damaged_file_lets_nobody_in_and_is_mended_by_a_new_number(tmp_path, data):
    (tmp_path / FILE).write_bytes(data)
    assert (has_pin(tmp_path), state_of(tmp_path)) == (False, "damaged")
    assert [pin for pin in ("", "0000", PIN) if is_right(tmp_path, pin)] == []
    set_pin(tmp_path, PIN)
    assert (is_right(tmp_path, PIN), state_of(tmp_path)) == (True, "fine")


@pytest.mark.parametrize("kind", ["folder", "link", "dangling", "pipe"])
def test_that_what_is_no_file_lets_nobody_in_and_holds_nobody_up(tmp_path, kind):
    path, other = tmp_path / "place" / FILE, tmp_path / "other"
    set_pin(other, PIN)
    path.parent.mkdir()
    make = {"folder": path.mkdir, "link": lambda: path.symlink_to(other / FILE),
            "dangling": lambda: path.symlink_to(path), "pipe": lambda: getattr(os, "mkfifo", os.mkdir)(path)}
    make[kind]()
    assert (has_pin(path.parent), is_right(path.parent, PIN), state_of(path.parent)) == (False, False, "damaged")


def test_that_a_machine_without_room_for_the_hash_lets_nobody_in(tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> bytes:
        raise MemoryError

    set_pin(tmp_path, PIN)
    monkeypatch.setattr(staff_pin.hashlib, "scrypt", full)
    assert not is_right(tmp_path, PIN)


def test_that_a_file_that_others_can_read_is_told_and_counts(tmp_path):
    set_pin(tmp_path, PIN)
    (tmp_path / FILE).chmod(0o644)
    assert (is_right(tmp_path, PIN), state_of(tmp_path)) == (True, "fine" if os.name == "nt" else "open")
    set_pin(tmp_path, PIN)
    assert state_of(tmp_path) == "fine"


def test_that_memory_mode_has_no_number():
    assert (has_pin(None), is_right(None, PIN), state_of(None)) == (False, False, "none")


@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_that_a_disk_that_refuses_is_said_and_the_number_before_stays(tmp_path, monkeypatch, step):
    set_pin(tmp_path, PIN)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(safe_io.os, step, full)
        with pytest.raises(UserError, match="pin_not_saved"):
            set_pin(tmp_path, "8391")
    assert is_right(tmp_path, PIN)
    assert os.listdir(tmp_path) == [FILE]


# --- The door ---


def test_that_five_wrong_numbers_shut_it_for_a_minute_and_then_there_are_five_again():
    door = Door()
    for now in (0, 10, 20, 30):
        door = door.tried(False, now)
        assert not door.is_shut(now)
    door = door.tried(False, 40)
    assert (door.is_shut(40), door.seconds_left(40)) == (True, 60)
    assert door.tried(True, 60_039) == door == door.tried(False, 60_039)
    assert (door.is_shut(60_039), door.seconds_left(60_039)) == (True, 1)
    assert (door.is_shut(60_040), door.seconds_left(60_040)) == (False, 0)
    for now in range(60_040, 60_044):
        door = door.tried(False, now)
    assert not door.is_shut(60_044)
    assert door.tried(False, 60_044).seconds_left(60_044) == 60


def test_that_the_right_number_forgets_the_wrong_ones():
    door = Door()
    for _ in range(20):
        for _ in range(4):
            door = door.tried(False, 5)
        door = door.tried(True, 5)
        assert door == Door()


@given(some.lists(some.tuples(some.booleans(), some.integers(0, 30_000)), max_size=60))
def test_that_no_more_than_five_wrong_numbers_in_a_row_count_in_any_minute(tries):
    door, now, counted = Door(), 0, []
    for right, later in tries:
        now += later
        if not door.is_shut(now):
            counted = [] if right else [*counted, now]
        door = door.tried(right, now)
        assert 0 <= door.seconds_left(now) <= 60
    assert all(sixth - fifth >= 60_000 for fifth, sixth in zip(counted[4::5], counted[5::5], strict=False))
