"""Folders and archives of strangers: only what is inside is reachable, and no archive fills the memory."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from timeline_app.base import bundle
from timeline_app.base.bundle import is_safe_name, open_bundle, read_part
from timeline_app.base.problems import UserError


def archive(path: Path, *entries: str | zipfile.ZipInfo, data: bytes = b"x") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for entry in entries:
            out.writestr(entry, data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as error, open_bundle(path):
        pass
    return error.value.code


@pytest.mark.parametrize("name", ["a", "counts/a-b_c.csv", "...", "a..b"])
def test_that_plain_names_are_safe(name):
    assert is_safe_name(name)


@pytest.mark.parametrize("name", ["", "/a", "../a", "a/../b", "a//b", "a/", "./a", "C:/a", "a\\b", "a b", "한", "CON",
                                  "nul.csv", "x/LPT1.txt", "a\0b", "a" * 500])
def test_that_names_that_mean_another_place_somewhere_are_not(name):
    assert not is_safe_name(name)


def test_that_an_archive_reads_like_the_folder(tmp_path):
    (tmp_path / "d" / "counts").mkdir(parents=True)
    (tmp_path / "d" / "counts" / "a.csv").write_bytes(b"x")
    (tmp_path / "d" / "b.csv").write_bytes(b"x")
    (tmp_path / "d" / ".hidden").write_bytes(b"x")
    path = archive(tmp_path / "d.zip", "counts/a.csv", "b.csv")
    for place in (tmp_path / "d", path):
        with open_bundle(place) as one:
            assert one.names() == ("b.csv", "counts/a.csv")
            assert one.read("counts/a.csv") == b"x"
            assert one.has("counts/a.csv")
            assert not one.has("counts")
            assert one.title == "d"
            with pytest.raises(UserError, match="not_found"):
                one.read("nothing.csv")


def test_that_one_top_folder_is_left_out_and_litter_of_systems_ignored(tmp_path):
    path = archive(tmp_path / "d.zip", "top/a", "top/b/c", "__MACOSX/top/._a", "top/.DS_Store")
    with open_bundle(path) as one:
        assert one.names() == ("a", "b/c")


@pytest.mark.parametrize("name", ["../a", "/etc/a", "a/../../b", "C:\\a", "aux.csv", "ü.csv"])
def test_that_an_archive_with_one_bad_name_is_not_opened(tmp_path, name):
    assert refusal(archive(tmp_path / "d.zip", "fine", name)) == "zip_name"


def test_that_a_name_that_hides_its_end_behind_a_nul_is_refused(tmp_path):
    path = archive(tmp_path / "d.zip", "aZ.exe")
    path.write_bytes(path.read_bytes().replace(b"aZ.exe", b"a\0.exe"))
    assert refusal(path) == "zip_name"


def test_that_names_that_differ_by_case_alone_are_refused(tmp_path):
    assert refusal(archive(tmp_path / "d.zip", "a.csv", "A.csv")) == "zip_twice"


def test_that_a_link_in_an_archive_is_refused(tmp_path):
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert refusal(archive(tmp_path / "d.zip", link, data=b"/etc/passwd")) == "zip_link"


def test_that_an_archive_that_expands_a_thousand_times_is_refused(tmp_path):
    path = archive(tmp_path / "d.zip", "zeros", data=bytes(bundle.SMALL + 1))
    assert refusal(path) == "zip_expands"


def test_that_too_many_entries_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(bundle, "ENTRY_LIMIT", 3)
    assert refusal(archive(tmp_path / "d.zip", "a", "b", "c", "d")) == "too_many_files"
    (tmp_path / "e").mkdir()
    for name in "abcd":
        (tmp_path / "e" / name).touch()
    with open_bundle(tmp_path / "e") as one, pytest.raises(UserError, match="too_many_files"):
        one.names()


@pytest.mark.parametrize("cut", [0, 3, 30, -1, -30])
def test_that_a_cut_archive_is_broken_and_says_so(tmp_path, cut):
    path = archive(tmp_path / "d.zip", "a.csv", data=b"some text" * 10)
    path.write_bytes(path.read_bytes()[:cut])
    assert refusal(path) == "zip_broken"


def test_that_damaged_bytes_inside_are_found_when_they_are_read(tmp_path):
    path = archive(tmp_path / "d.zip", "a.csv", data=bytes(range(256)) * 4)
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    problems = []
    with open_bundle(path) as one:
        assert read_part(one, "a.csv", problems) is None
    assert [problem.code for problem in problems] == ["file_zip_broken"]


def test_that_a_locked_archive_is_refused(tmp_path):
    path = archive(tmp_path / "d.zip", "a.csv")
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(data)
    assert refusal(path) == "zip_locked"


def test_that_an_entry_larger_than_asked_for_is_not_read(tmp_path):
    with open_bundle(archive(tmp_path / "d.zip", "a", data=b"12345")) as one, pytest.raises(UserError, match="too_l"):
        one.read("a", limit=4)


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "b/../../secret", "a\0b", "", "link/secret", "linked"])
def test_that_nothing_outside_a_folder_is_read(tmp_path, name):
    (tmp_path / "secret").write_text("x")
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "link").symlink_to(tmp_path)
    (tmp_path / "d" / "linked").symlink_to(tmp_path / "secret")
    with open_bundle(tmp_path / "d") as one:
        assert not one.has(name)
        assert one.names() == ()
        problems = []
        assert read_part(one, name, problems) is None
    assert problems[0].code in ("file_outside", "file_not_a_regular_file")
