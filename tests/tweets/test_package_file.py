"""An imported folder opens as a dataset: a description of its own, the same bytes anywhere, never over a person's."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from timeline_app import cli
from tweets.readers.made import jsonl, v2


@pytest.fixture
def source(tmp_path) -> Path:
    path = tmp_path / "mine.jsonl"
    path.write_bytes(jsonl(*(v2(number, "words") for number in range(20))))
    return path


def described(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))


def test_that_an_import_describes_its_sources_by_name_size_and_hash(source, tmp_path):
    assert cli.main(["import", str(source), "-o", str(tmp_path / "out")]) == 0
    found = described(tmp_path / "out")
    assert found["title"] == "mine.jsonl"
    [resource] = found["resources"]
    assert (tmp_path / "out" / resource["path"]).is_file()
    data = source.read_bytes()
    assert resource["sources"] == [
        {"title": "mine.jsonl", "bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}]
    assert str(tmp_path) not in (tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8")


def test_that_the_description_is_the_same_in_any_folder_and_names_every_collection(source, tmp_path):
    for name in ("one", "two"):
        for collection in ("main", "Other_1"):
            assert cli.main(["import", str(source), "-o", str(tmp_path / name), "--collection", collection]) == 0
    assert (tmp_path / "one" / "datapackage.json").read_bytes() == (tmp_path / "two" / "datapackage.json").read_bytes()
    assert [one["name"] for one in described(tmp_path / "one")["resources"]] == ["tweets-other_1", "tweets-main"]


def test_that_what_a_person_wrote_or_changed_is_never_touched(source, tmp_path):
    target = tmp_path / "out"
    assert cli.main(["import", str(source), "-o", str(target)]) == 0
    path = target / "datapackage.json"
    changed = path.read_text(encoding="utf-8").replace('"title": "mine.jsonl"', '"title": "My tweets"', 1)
    for own in (changed, '{"title": "x"}', "not JSON"):
        path.write_text(own, encoding="utf-8")
        assert cli.main(["import", str(source), "-o", str(target), "--collection", "again"]) == 0
        assert path.read_text(encoding="utf-8") == own


def test_that_check_finds_no_error_in_what_an_import_wrote(source, tmp_path, capsys):
    target = tmp_path / "out"
    assert cli.main(["import", str(source), "-o", str(target)]) == 0
    shutil.copy(source, target / "tweets" / "beside.jsonl")
    capsys.readouterr()
    assert cli.main(["check", "--json", str(target)]) == 0
    assert json.loads(capsys.readouterr().out) == {"problems": []}
    assert cli.main(["info", "--json", str(target)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["title"], found["problems"]) == ("mine.jsonl", {"error": 0, "warning": 0})
    assert sorted(found["collections"]) == ["beside", "main"]


def test_that_what_lies_in_the_tweets_folder_and_is_no_collection_is_said(source, tmp_path, capsys):
    target = tmp_path / "out"
    assert cli.main(["import", str(source), "-o", str(target)]) == 0
    (target / "tweets" / "README.md").write_text("About\n", encoding="utf-8")
    (target / "tweets" / "broken.zip").write_bytes(b"PK\x03\x04 and no more")
    capsys.readouterr()
    assert cli.main(["check", "--json", str(target)]) == 0
    found = {one["file"]: one["message"] for one in json.loads(capsys.readouterr().out)["problems"]}
    assert sorted(found) == ["tweets/README.md", "tweets/broken.zip"]
    assert "formats in which tweets are kept" in found["tweets/README.md"]
    assert "zip_broken" in found["tweets/broken.zip"]


def test_that_a_refused_line_is_a_problem_with_file_line_byte_and_reason(tmp_path, capsys):
    path = tmp_path / "list.txt"
    path.write_text("1267727923328540673\n1267727923328540674\nno id\n", encoding="utf-8")
    assert cli.main(["check", "--json", str(path)]) == 0
    [found] = json.loads(capsys.readouterr().out)["problems"]
    assert (found["severity"], found["file"], found["line"]) == ("warning", "list.txt", 3)
    assert "not a whole number" in found["message"] and "byte 40" in found["message"]
