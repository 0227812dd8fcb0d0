"""Bytes of strangers: limits, encodings, characters that may not stay, and files that are never half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from timeline_app.base import safe_io
from timeline_app.base.problems import UserError
from timeline_app.base.safe_io import clean_text, decode, likely_encoding, read_regular, readable, write_atomic


def code_of(call, *args, **kwargs) -> str:
    with pytest.raises(UserError) as error:
        call(*args, **kwargs)
    return error.value.code


def test_that_a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_not(tmp_path):
    path = tmp_path / "f"
    path.write_bytes(b"12345")
    assert read_regular(path, 5) == b"12345"
    assert code_of(read_regular, path, 4) == "too_large"


def test_that_an_empty_file_is_empty(tmp_path):
    (tmp_path / "f").touch()
    assert read_regular(tmp_path / "f", 5) == b""


def test_that_folders_pipes_and_what_is_not_there_are_refused_without_waiting(tmp_path):
    assert code_of(read_regular, tmp_path, 5) == "not_a_regular_file"
    assert code_of(read_regular, tmp_path / "nothing", 5) == "not_found"
    assert code_of(read_regular, tmp_path / "a\0b", 5) == "unreadable"
    getattr(os, "mkfifo", os.mkdir)(tmp_path / "pipe")
    assert code_of(read_regular, tmp_path / "pipe", 5) == "not_a_regular_file"


def test_that_a_link_is_followed_only_when_the_person_named_it(tmp_path):
    (tmp_path / "f").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "f")
    assert code_of(read_regular, tmp_path / "link", 5) == "not_a_regular_file"
    assert read_regular(tmp_path / "link", 5, follow=True) == b"x"


def test_that_a_file_that_becomes_a_pipe_after_the_first_look_is_refused(tmp_path, monkeypatch):
    (tmp_path / "f").write_bytes(b"x")
    regular = os.lstat(tmp_path / "f")
    getattr(os, "mkfifo", os.mkdir)(tmp_path / "pipe")
    monkeypatch.setattr(safe_io.os, "lstat", lambda path: regular)
    assert code_of(read_regular, tmp_path / "pipe", 5) in ("not_a_regular_file", "unreadable")


@pytest.mark.parametrize(("data", "encoding"), [
    ("광장".encode(), "utf-8"), ("광장".encode("utf-8-sig"), "utf-8"), ("광장".encode("utf-16"), "utf-16-le"),
    (b"\xfe\xff" + "광장".encode("utf-16-be"), "utf-16-be"), ("광장".encode("utf-32"), "utf-32-le")])
def test_that_a_mark_at_the_start_says_the_encoding_and_goes(data, encoding):
    assert decode(data) == ("광장", encoding, None)


@pytest.mark.parametrize(("line", "encoding"), [
    ("안녕하세요, 광장".encode("cp949"), "cp949"), ("こんにちは、ひろば".encode("shift_jis"), "shift_jis"),
    ("Café “noir”".encode("cp1252"), "cp1252"), (b"\x81\x8d\x8f\x90", ""), (b"plain", "")])
def test_that_the_letters_of_a_line_say_which_older_encoding_would_fit(line, encoding):
    assert likely_encoding(line) == encoding


def test_that_bytes_that_are_no_text_have_a_place_and_a_count():
    text, _, problem = decode(b"ab\ncd\x81\x8d\x8fe\nf\x81", "x.csv")
    assert text.startswith("ab\ncd\ufffd")
    assert (problem.code, problem.file, problem.line, problem.column) == ("broken_bytes", "x.csv", 2, 3)
    assert problem.arguments["count"] == "4"


def test_that_utf_16_without_its_mark_is_told_and_not_guessed():
    _, _, problem = decode("id,title\na,b\n".encode("utf-16-le"))
    assert problem.code == "no_byte_order_mark"


def test_that_half_a_letter_of_utf_16_is_a_problem():
    text, _, problem = decode(b"\xff\xfea\x00b")
    assert problem.code == "broken_bytes"
    assert text == "a\ufffd"


@pytest.mark.parametrize(("text", "clean", "changed"), [
    ("a\tb\nc", "a\tb\nc", False), ("a\r\nb\rc", "a\nb\nc", False), ("a\x00b\x1bc\x7f\x9b", "abc", True),
    ("a\ud83db", "a\ufffdb", True), ("한국 👩\u200d👧", "한국 👩\u200d👧", False)])
def test_that_control_characters_and_lone_surrogates_do_not_stay(text, clean, changed):
    assert clean_text(text) == (clean, changed)


@given(st.text(st.characters(codec=None)))
@example("\ud83d\udc69")
def test_that_clean_text_can_always_be_written_and_stays_clean(text):
    clean, _ = clean_text(text)
    clean.encode("utf-8")
    assert clean_text(clean) == (clean, False)


@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00\xd8")
def test_that_every_file_reads_as_clean_text(data):
    text, problems = readable(data, "f")
    text.encode("utf-8")
    assert clean_text(text) == (text, False)
    assert all(problem.file == "f" and problem.line >= 1 for problem in problems)


def test_that_a_file_is_written_whole_and_nothing_stays_beside_it(tmp_path):
    path = tmp_path / "f.json"
    write_atomic(path, b"one")
    write_atomic(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["f.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_that_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step):
    path = tmp_path / "f.json"
    write_atomic(path, b"old")

    def fail(*args: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(safe_io.os, step, fail)
    with pytest.raises(OSError, match="no space"):
        write_atomic(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["f.json"]


def test_that_the_file_is_on_disk_before_it_takes_its_place(tmp_path, monkeypatch):
    steps = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr(safe_io.os, "fsync", lambda handle: (steps.append("fsync"), fsync(handle))[1])
    monkeypatch.setattr(safe_io.os, "replace", lambda one, other: (steps.append("replace"), replace(one, other))[1])
    write_atomic(Path(tmp_path) / "f", b"x")
    assert steps[:2] == ["fsync", "replace"]
    assert steps[2:] == ([] if os.name == "nt" else ["fsync"])


def test_that_a_new_file_can_be_read_by_whom_the_user_lets_read_and_an_old_one_keeps_its_permissions(tmp_path):
    plain, kept = tmp_path / "plain", tmp_path / "kept"
    plain.write_bytes(b"")
    safe_io.write_atomic(tmp_path / "new", b"1")
    assert (tmp_path / "new").stat().st_mode == plain.stat().st_mode
    kept.write_bytes(b"")
    kept.chmod(0o600)
    safe_io.write_atomic(kept, b"2")
    assert kept.stat().st_mode & 0o777 == 0o600


def test_that_a_file_for_its_owner_alone_is_so_from_its_first_byte_whatever_was_there(tmp_path, monkeypatch):
    path, seen = tmp_path / "f", []
    path.write_bytes(b"")
    path.chmod(0o644)
    fsync = os.fsync
    monkeypatch.setattr(safe_io.os, "fsync", lambda handle: (seen.append(os.fstat(handle).st_mode), fsync(handle)))
    write_atomic(path, b"secret", 0o600)
    assert os.name == "nt" or (seen[0] & 0o777, path.stat().st_mode & 0o777) == (0o600, 0o600)
