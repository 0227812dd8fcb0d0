"""A file that only grows: whole additions or none, one writer at a time, and nothing but a regular file is touched."""

from __future__ import annotations

import contextlib
import errno
import os
import stat

import pytest

from timeline_app.base import append_only, safe_io
from timeline_app.base.append_only import append
from timeline_app.base.problems import UserError


def code_of(call, *args) -> str:
    with pytest.raises(UserError) as error:
        call(*args)
    return error.value.code


def test_that_what_is_added_is_made_from_what_is_there(tmp_path):
    path = tmp_path / "f"
    assert append(path, 100, lambda there: b"one") == b"one"
    assert append(path, 100, lambda there: there[::-1]) == b"oneeno" == path.read_bytes()


def test_that_a_new_file_is_for_its_owner_alone(tmp_path):
    append(tmp_path / "f", 100, lambda there: b"x")
    assert os.name == "nt" or stat.S_IMODE((tmp_path / "f").stat().st_mode) == 0o600


def test_that_nothing_is_added_past_the_limit(tmp_path):
    path = tmp_path / "f"
    path.write_bytes(b"12345")
    assert code_of(append, path, 6, lambda there: b"67") == "too_large"
    assert code_of(append, path, 4, lambda there: b"") == "too_large"
    assert path.read_bytes() == b"12345"


def test_that_links_pipes_and_folders_are_refused(tmp_path):
    (tmp_path / "real").write_bytes(b"")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    getattr(os, "mkfifo", os.mkdir)(tmp_path / "pipe")
    for name in ("link", "pipe", ""):
        assert code_of(append, tmp_path / name, 9, lambda there: b"x") == "not_a_regular_file"
    assert (tmp_path / "real").read_bytes() == b""


@pytest.mark.parametrize("failing", ["write", "fsync"])
@pytest.mark.parametrize("reason", [errno.ENOSPC, errno.EIO])
def test_that_what_cannot_be_added_as_a_whole_is_taken_back(tmp_path, monkeypatch, failing, reason):
    path = tmp_path / "f"
    path.write_bytes(b"kept\n")
    real = os.write

    def write(handle, data):
        if failing == "write" and len(data) < 6:
            raise OSError(reason, "no")
        return real(handle, bytes(data)[:3])

    def fsync(handle):
        raise OSError(reason, "no")

    monkeypatch.setattr(append_only.os, "write", write)
    if failing == "fsync":
        monkeypatch.setattr(append_only.os, "fsync", fsync)
    with pytest.raises(OSError, match="no"):
        append(path, 100, lambda there: b"12345678")
    assert path.read_bytes() == b"kept\n"


def test_that_short_writes_go_on_until_all_is_there(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(append_only.os, "write", lambda handle, data: real(handle, bytes(data)[:2]))
    assert append(tmp_path / "f", 100, lambda there: b"1234567") == (tmp_path / "f").read_bytes() == b"1234567"


def test_that_a_writer_waits_for_the_one_before_and_then_gives_up(tmp_path, monkeypatch):
    path = tmp_path / "f"
    path.write_bytes(b"")
    other = os.open(path, os.O_RDWR)
    assert append_only.try_lock(other)
    monkeypatch.setattr(append_only, "PATIENCE_S", 0.0)
    assert code_of(append, path, 100, lambda there: b"x") == "file_is_locked"
    os.close(other)
    assert append(path, 100, lambda there: b"x") == b"x"


def test_that_the_name_of_a_new_file_outlives_a_loss_of_power(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(safe_io, "sync_folder", synced.append)
    append(tmp_path / "f", 100, lambda there: b"x")
    append(tmp_path / "f", 100, lambda there: b"x")
    assert synced == [tmp_path]


CALLS = ("open", "lseek", "write", "fsync", "ftruncate", "close")


@pytest.mark.parametrize("name", CALLS)
def test_that_whatever_call_fails_the_file_is_as_before_or_whole(tmp_path, monkeypatch, name):
    """Each call of the system in turn says that there is no room."""
    path = tmp_path / "f"
    path.write_bytes(b"kept\n")
    real, number = getattr(os, name), 0
    for failing in range(4):
        number = 0

        def call(*args, _failing=failing):
            nonlocal number
            number += 1
            if number - 1 == _failing:
                if name == "close":
                    real(*args)
                raise OSError(errno.EIO, "no")
            return real(*args)

        with monkeypatch.context() as patch:
            patch.setattr(append_only.os, name, call)
            with contextlib.suppress(OSError):
                append(path, 100, lambda there: b"more\n")
        assert path.read_bytes() in (b"kept\n", b"kept\nmore\n")
        path.write_bytes(b"kept\n")
