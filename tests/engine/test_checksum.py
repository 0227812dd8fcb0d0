"""The hash beside a build for a kiosk: as sha256sum writes and checks it, and nothing else is taken for one."""
from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from timeline_app import cli
from timeline_app.base.problems import UserError
from timeline_app.base.text import LANGUAGES
from timeline_app.engine import build, checksum


def refusal(call, *given) -> str:
    with pytest.raises(UserError) as told:
        call(*given)
    return told.value.code


def test_that_a_build_for_a_kiosk_has_its_hash_beside_it(package, tmp_path):
    output = tmp_path / "X.zip"
    made = build.build(package.write(), "kiosk", output)
    assert made.checksum == "X.zip.sha256"
    digest = hashlib.sha256(output.read_bytes()).hexdigest()
    assert (tmp_path / "X.zip.sha256").read_bytes() == f"{digest}  X.zip\n".encode()
    assert checksum.read(output) == digest and build.built_for(output) == "kiosk"
    program = shutil.which("sha256sum")
    if program:
        done = subprocess.run([program, "--check", "--strict", made.checksum], cwd=tmp_path, capture_output=True,
                              check=False)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("whom", ["classroom", "publish"])
def test_that_other_builds_have_none(package, tmp_path, whom):
    output = tmp_path / "X.zip"
    assert build.build(package.write(), whom, output).checksum == ""
    assert not checksum.beside(output).exists() and build.built_for(output) == whom


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_the_command_names_it(package, tmp_path, capsys, language):
    place = str(package.write())
    assert cli.main(["build", place, "--for", "kiosk", "-o", str(tmp_path / "X.zip"), "--language", language]) == 0
    assert "X.zip.sha256" in capsys.readouterr().err
    assert cli.main(["build", place, "--for", "publish", "-o", str(tmp_path / "Y.zip"), "--language", language]) == 0
    assert "sha256" not in capsys.readouterr().err


def test_that_what_was_not_built_is_for_nobody(package, tmp_path):
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 and no more")
    assert [build.built_for(one) for one in (package.write(), broken, tmp_path / "none.zip")] == ["", "", ""]


@pytest.mark.parametrize("manifest", [
    "[]", "null", '{"timeline": []}', '{"timeline": {"built": "kiosk"}}', "{", "[" * 100_000])
def test_that_a_strange_manifest_is_for_nobody(tmp_path, manifest):
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "datapackage.json").write_text(manifest)
    assert build.built_for(folder) == ""


@pytest.mark.parametrize("line", ["{0}  X.zip\n", "{0} *X.zip\r\n", "{0}", "\ufeff{0}  other name.zip\n"])
def test_that_the_forms_of_the_line_are_read(tmp_path, line):
    digest = hashlib.sha256(b"").hexdigest()
    (tmp_path / "X.zip.sha256").write_text(line.format(digest), encoding="utf-8")
    assert checksum.read(tmp_path / "X.zip") == digest
    (tmp_path / "X.zip.sha256").write_text(line.format(digest.upper()), encoding="utf-8")
    assert checksum.read(tmp_path / "X.zip") == digest


@pytest.mark.parametrize("line", ["", "0" * 63, "0" * 65, "g" * 64, "0" * 64 + "X.zip", "0" * 64 + "  a\n" + "1" * 64])
def test_that_nothing_else_is_a_hash(tmp_path, line):
    (tmp_path / "X.zip.sha256").write_text(line, encoding="utf-8")
    assert refusal(checksum.read, tmp_path / "X.zip") == "bad_checksum"


def test_that_a_missing_a_huge_and_a_linked_hash_are_refused(tmp_path):
    place = tmp_path / "X.zip.sha256"
    assert refusal(checksum.read, tmp_path / "X.zip") == "no_checksum"
    place.write_bytes(b" " * (checksum.LIMIT + 1))
    assert refusal(checksum.read, tmp_path / "X.zip") == "too_large"
    place.unlink()
    place.symlink_to("/dev/zero")
    assert refusal(checksum.read, tmp_path / "X.zip") == "not_a_regular_file"
    place.unlink()
    os.mkfifo(place)
    assert refusal(checksum.read, tmp_path / "X.zip") == "not_a_regular_file"


def test_that_a_hash_that_cannot_be_written_is_said(package, tmp_path, monkeypatch):
    def full(path: Path, digest: str) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checksum, "write", full)
    assert refusal(build.build, package.write(), "kiosk", tmp_path / "X.zip") == "cannot_write"
