"""Every format comes through the whole import: recognised by content, each row with its place, what is none said."""

from __future__ import annotations

import gzip
import json
import random
import zipfile
from pathlib import Path

import pytest

from timeline_app import cli
from timeline_app.base.problems import UserError
from timeline_app.domain.snowflake import first_id
from timeline_app.engine.tweets import collection, finding, shard
from timeline_app.engine.tweets.batch import RETWEET
from tweets import stored
from tweets.readers.made import iso, jsonl, page, tweet_id, v2, v11

PLAIN = [v2(number, f"words {number}", "Tag", "Other") for number in range(30)]


def written(folder: Path, **files: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def table() -> bytes:
    lines = ["id,conversation_id,author_id,created_at,text,lang,public_metrics.retweet_count,"
             "public_metrics.like_count,entities.hashtags"]
    lines += [f'{tweet_id(n)},1,7,{iso(n)},"words {n}",en,{n},2,"[""Tag"", ""Other""]"' for n in range(30)]
    return "\n".join(lines).encode()


def test_that_the_same_tweets_in_three_forms_and_packings_are_the_same_rows(tmp_path):
    forms = {"pages.jsonl": jsonl(page(*PLAIN[:17]), page(*PLAIN[17:])), "flat.json": jsonl(*PLAIN),
             "flat.gz": gzip.compress(jsonl(*PLAIN)), "array.json": json.dumps(PLAIN).encode(),
             "wide.json": jsonl(*PLAIN).decode().encode("utf-16"), "table.csv": table(),
             "wide.csv": table().decode().encode("utf-16"), "table.tsv.gz": gzip.compress(table())}
    folder = tmp_path / "forms"
    folder.mkdir()
    found = []
    for name, data in forms.items():
        (folder / name).write_bytes(data)
        found.append(stored.rows(stored.imported(tmp_path / f"{name}.out", folder / name)))
    found.append(stored.rows(stored.imported(tmp_path / "zip.out", zipped(tmp_path / "all.zip", forms))))
    found.append(stored.rows(stored.imported(tmp_path / "folder.out", folder)))
    assert found[0][3] == (tweet_id(3), 0, "en", 3, 2, ["other", "tag"], "words 3")
    assert len(found[0]) == 30
    assert all(one == found[0] for one in found)


def test_that_each_tweet_has_its_file_and_line_also_where_a_file_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(collection, "shards_of", lambda sources: shard.shards_of(sources, 700))
    folder = written(tmp_path / "in", a_txt=b"\n".join(b"%d" % tweet_id(n) for n in (40, 41)),
                     b_jsonl=b"\n" + jsonl(*PLAIN[:12]), c_jsonl=jsonl(*PLAIN[10:20]), d_csv=table())
    store = stored.imported(tmp_path / "out", folder)
    places = stored.places(store)
    assert places[:12] == [("b.jsonl", n + 2) for n in range(12)]
    assert places[12:20] == [("c.jsonl", n + 3) for n in range(8)]
    assert places[20:30] == [("d.csv", n + 22) for n in range(10)]
    assert stored.number(store, "line")[30:] == [0, 0]
    assert store.manifest.duplicates == 12 + 10


def test_that_a_retweet_names_the_tweet_that_it_repeats(tmp_path):
    original = v2(1, "all of it", "Kept", "Lost", id=str(tweet_id(0)))
    retweet = v2(5, "RT @x: all of", "Kept", referenced_tweets=[{"type": "retweeted", "id": original["id"]}])
    (tmp_path / "a.jsonl").write_bytes(jsonl(page(retweet, originals=(original,))))
    store = stored.imported(tmp_path / "out", tmp_path / "a.jsonl")
    assert stored.number(store, "original") == [tweet_id(0)]
    assert stored.number(store, "flags") == [RETWEET]
    assert (stored.tags(store), stored.tags(store, "outer_tags")) == ([["kept", "lost"]], [["kept"]])
    assert (store.manifest.outer_uses, store.manifest.original_uses) == (1, 2)


def test_that_query_time_tool_notices_and_gaps_are_kept(tmp_path):
    gaps = b"phrase,gap_start,gap_end\nkpop,2020-06-01 10:00:00,2020-06-01 12:00:00\nkpop,never,2020-06-02 00:00:00\n"
    folder = written(tmp_path / "in", a_jsonl=jsonl(page(*PLAIN[:5]), page(*PLAIN[5:7])), gaps_csv=gaps,
                     b_jsonl=jsonl({"delete": {"status": {}}}, v11(40, "x"), {"limit": {"track": 3}}))
    manifest = stored.imported(tmp_path / "out", folder).manifest
    assert [(one.query, one.retrieved_at, one.tweets) for one in manifest.origins] == [
        ("#tag lang:ko", "2020-06-10T00:00:00+00:00", 7)]
    assert manifest.passed == {"delete": 1, "gap": 1, "limit": 1}
    assert manifest.exported_gaps == ((1_591_005_600_000, 1_591_012_800_000),)


ARCHIVE = {"data/tweets.js": b"window.YTD.tweets.part0 = " + json.dumps([{"tweet": v11(1, "mine")}]).encode(),
           "data/tweets-part1.js": b"window.YTD.tweets.part1 = " + json.dumps([{"tweet": v11(2, "too")}]).encode(),
           "data/direct-messages.js": b'window.YTD.direct_messages.part0 = [{"secret": 1}]',
           "data/account.js": b"window.YTD.account.part0 = []", "Your archive.html": b"<html>",
           "assets/fonts/a.woff": b"\0\1"}


@pytest.mark.parametrize("top", ["", "twitter-2020-06-03/"])
@pytest.mark.parametrize("kind", ["zip", "folder"])
def test_that_of_a_personal_archive_only_the_tweets_are_opened_and_it_is_said(tmp_path, monkeypatch, top, kind):
    opened = []
    head_of = finding.head_of
    monkeypatch.setattr(finding, "head_of", lambda path, member="", size=65_536: (
        opened.append(f"{member or path}"), head_of(path, member, size=size))[1])
    members = {f"{top}{name}": data for name, data in ARCHIVE.items()}
    source = tmp_path / "archive"
    if kind == "zip":
        source = zipped(tmp_path / "archive.zip", members)
    else:
        for name, data in members.items():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes(data)
    report = collection.import_sources([source], tmp_path / "out")
    assert report.tweets == 2
    assert [(one.code, one.arguments) for one in report.problems] == [("private_files", {"n": "4"})]
    assert not any(name in one for one in opened for name in ("messages", "account", "html", "woff"))


def test_that_a_personal_archive_without_tweets_is_not_opened_at_all(tmp_path, monkeypatch):
    members = {"data/manifest.js": b"window.__THAR_CONFIG = {}", "data/direct-messages.js": b"window.YTD.x = []"}
    path, source = zipped(tmp_path / "a.zip", members), finding._source
    monkeypatch.setattr(finding, "_source", lambda one: pytest.fail(one.name))
    with pytest.raises(UserError, match="no_tweets"):
        collection.import_sources([path], tmp_path / "out")
    monkeypatch.setattr(finding, "_source", source)
    assert not collection.recognise(path)


def test_that_users_beside_tweets_of_academictwitter_need_no_word(tmp_path):
    users = json.dumps([{"id": "1", "username": "x", "name": "y"}]).encode()
    folder = tmp_path / "in"
    folder.mkdir()
    for name, data in (("data_1.json", json.dumps(PLAIN).encode()), ("users_1.json", users), ("users.json", users)):
        (folder / name).write_bytes(data)
    report = collection.import_sources([folder], tmp_path / "out")
    assert report.tweets == 30
    assert [one.file for one in report.problems] == ["users.json"]


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "empty"), (jsonl({"id": "1", "username": "x", "name": "y"}), "users"), (b"user_id\n12\n13\n", "user_ids"),
    (jsonl({"data": [{"start": "a", "end": "b", "tweet_count": 1}]}), "counts"),
    (jsonl({"id": "1", "action": "delete", "created_at": "x"}), "compliance"), (b"hello\nworld\n", "unknown"),
    (b"window.YTD.direct_messages.part0 = []", "private_part")])
def test_that_a_file_without_tweets_is_refused_alone_and_passed_over_among_others(tmp_path, data, reason):
    folder = written(tmp_path / "in", x_dat=data)
    with pytest.raises(UserError) as refusal:
        collection.import_sources([folder / "x.dat"], tmp_path / "out")
    assert refusal.value.arguments["reason"] == f"@tweet_readers.{reason}"
    written(folder, good_jsonl=jsonl(*PLAIN))
    report = collection.import_sources([folder], tmp_path / "out")
    assert [(one.severity, one.code, one.file, one.arguments["reason"]) for one in report.problems] == [
        ("warning", "no_tweets", "x.dat", f"@tweet_readers.{reason}")]


def test_that_several_files_without_tweets_are_refused_together(tmp_path):
    folder = written(tmp_path / "in", a_dat=b"", b_dat=b"hello\n")
    with pytest.raises(UserError) as refusal:
        collection.import_sources([folder], tmp_path / "out")
    assert refusal.value.arguments["reason"] == "@tweet_readers.none_of_many"


@pytest.mark.parametrize(("name", "code"), [
    ("../x.txt", "zip_name"), ("/x.txt", "zip_name"), ("a\\b.txt", "zip_name"), ("C:/x.txt", "zip_name"),
    ("a\n.txt", "zip_name")])
def test_that_an_archive_with_a_hostile_name_is_refused(tmp_path, name, code):
    path = zipped(tmp_path / "a.zip", {"fine.txt": b"%d\n" % tweet_id(1), name: b"x"})
    with pytest.raises(UserError, match=code):
        collection.import_sources([path], tmp_path / "out")


def test_that_an_archive_that_grows_beyond_measure_is_refused_before_it_is_read(tmp_path):
    path = zipped(tmp_path / "a.zip", {"bomb.txt": b"%d\n" % tweet_id(1) * 3_000_000})
    with pytest.raises(UserError, match="zip_expands"):
        collection.import_sources([path], tmp_path / "out")


def test_that_archives_that_are_cut_locked_or_twice_are_refused(tmp_path):
    data = zipped(tmp_path / "a.zip", {"a.txt": b"%d\n" % tweet_id(1), "A.TXT": b"%d\n" % tweet_id(2)}).read_bytes()
    with pytest.raises(UserError, match="zip_twice"):
        collection.import_sources([tmp_path / "a.zip"], tmp_path / "out")
    (tmp_path / "cut.zip").write_bytes(data[:-30])
    with pytest.raises(UserError, match="zip_broken"):
        collection.import_sources([tmp_path / "cut.zip"], tmp_path / "out")
    directory = b"PK\x01\x02\x14\x03\x14\0"
    (tmp_path / "locked.zip").write_bytes(data.replace(directory + b"\0", directory + b"\1"))
    with pytest.raises(UserError, match="zip_locked"):
        collection.import_sources([tmp_path / "locked.zip"], tmp_path / "out")


def test_that_an_archive_within_an_archive_is_left_out_with_a_word(tmp_path):
    inner = zipped(tmp_path / "inner.zip", {"x.txt": b"%d\n" % tweet_id(1)}).read_bytes()
    path = zipped(tmp_path / "outer.zip", {"a/list.txt": b"%d\n" % tweet_id(2), "inner.zip": inner})
    report = collection.import_sources([path], tmp_path / "out")
    assert report.tweets == 1
    assert [(one.file, one.arguments["reason"]) for one in report.problems] == [
        ("outer.zip/inner.zip", "@tweet_readers.nested_archive")]
    assert [one.name for one in collection.open_store(tmp_path / "out").manifest.sources] == ["outer.zip/a/list.txt"]


def test_that_a_damaged_member_of_an_archive_gives_its_good_lines_and_says_where_it_ends(tmp_path):
    many = [v2(number, random.Random(number).randbytes(400).hex()) for number in range(600)]
    path = zipped(tmp_path / "a.zip", {"flat.jsonl": jsonl(*many)})
    data = bytearray(path.read_bytes())
    data[len(data) * 3 // 4] ^= 0xFF
    path.write_bytes(data)
    store = stored.imported(tmp_path / "out", path)
    assert 300 < len(store) < 600
    assert stored.texts(store)[:300] == [one["text"] for one in many[:300]]
    assert store.manifest.refused_lines[-1].reason == "broken_file"


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_that_a_packed_file_that_is_damaged_at_its_beginning_is_said_to_be(tmp_path, kind):
    data = jsonl(*(v2(number, random.Random(number).randbytes(400).hex()) for number in range(600)))
    path = zipped(tmp_path / "a.zip", {"flat.jsonl": data}) if kind == "zip" else tmp_path / "a.gz"
    packed = bytearray(path.read_bytes() if kind == "zip" else gzip.compress(data))
    packed[60:80] = b"\xff" * 20
    path.write_bytes(packed)
    with pytest.raises(UserError) as error:
        collection.import_sources([path], tmp_path / "out")
    assert error.value.arguments["reason"] == "@tweet_readers.broken_file"
    (tmp_path / "empty.gz").write_bytes(gzip.compress(b""))
    with pytest.raises(UserError) as error:
        collection.import_sources([tmp_path / "empty.gz"], tmp_path / "out")
    assert error.value.arguments["reason"] == "@tweet_readers.empty"


def test_that_a_zip_of_tweets_opens_and_a_zip_of_a_dataset_is_left_to_its_importer(tmp_path):
    assert collection.recognise(zipped(tmp_path / "a.zip", {"x.jsonl": jsonl(*PLAIN)}))
    assert not collection.recognise(zipped(tmp_path / "b.zip", {"d/datapackage.json": b"{}", "d/x.txt": b"1" * 19}))
    assert not collection.recognise(zipped(tmp_path / "c.zip", {"x.txt": b"hello\n"}))


def test_that_what_an_import_made_is_no_source_of_the_next(tmp_path):
    folder = written(tmp_path, a_jsonl=jsonl(*PLAIN))
    assert cli.main(["import", str(folder), "-o", str(folder / "out"), "--collection", "first"]) == 0
    report = collection.import_sources([folder], folder / "out", name="second")
    assert [one.name for one in collection.open_store(folder / "out", "second").manifest.sources] == ["a.jsonl"]
    assert [one.file for one in report.problems] == ["out/datapackage.json"]


def test_that_a_folder_of_hourly_files_is_a_few_runs_and_tells_its_hours(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for hour in (*range(8), *range(11, 24)):
        name = folder / f"ids-2020-06-03-{hour:02}.txt.gz"
        name.write_bytes(gzip.compress(b"%d\n" % first_id(1_591_142_400_000 + hour * 3_600_000 + 5)))
    sources, _ = finding.sources_of([folder])
    assert [len(one.parts) for one in shard.shards_of(sources)] == [21]
    store = stored.imported(tmp_path / "out", folder)
    assert (len(store), [(gap.start_ms, gap.end_ms, gap.basis) for gap in store.gaps]) == (
        21, [(1_591_142_400_000 + 8 * 3_600_000, 1_591_142_400_000 + 11 * 3_600_000, "file_hours")])


def test_that_a_file_counts_once_and_two_of_one_name_are_told_apart(tmp_path):
    for name in ("a", "b"):
        written(tmp_path / name, x_jsonl=jsonl(*PLAIN))
    paths = [tmp_path / "a", tmp_path / "a" / "x.jsonl", tmp_path / "b" / "x.jsonl"]
    store = stored.imported(tmp_path / "out", *paths)
    assert [one.name for one in store.manifest.sources] == ["a/x.jsonl", "b/x.jsonl"]
    assert store.manifest.duplicates == 30
