"""Tweets as a dataset: alone, beside events, several collections; their lanes, and what is said of bad lines."""

from __future__ import annotations

import json

import numpy as np
import pytest

import timeline_app
import tweet_fakes
from timeline_app import cli
from timeline_app.engine import collection_lanes
from timeline_app.engine.check import check, examine
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.tweets import collection
from timeline_app.engine.tweets.reading import tweets
from tweet_fakes import MINUTE, NOON, told

TWEETS = [told(NOON, "one #a", "a"), told(NOON + MINUTE, "둘 #a #b", "a", "b", lang="ko", retweets=3),
          told(NOON + 2 * MINUTE, "three", lang="und", repeats=tweet_fakes.tweet_id(NOON))]


@pytest.fixture
def source(tmp_path):
    """A file of three tweets and a line that is none."""
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in TWEETS) + "{\n", encoding="utf-8")
    return path


def test_that_a_tweet_file_opens_as_a_dataset_of_its_own(source):
    dataset = open_dataset(source)
    assert dataset.meta.title.text == "mine.jsonl"
    assert (dataset.span.start, dataset.span.end) == (NOON, NOON + 2 * MINUTE + 1)
    assert [lane.id for lane in dataset.meta.lanes] == ["main/", "main/lang", "main/#a", "main/#b"]
    assert all(lane.kind == "tweets" and lane.half == "counted" for lane in dataset.meta.lanes)


def test_that_a_line_that_was_refused_is_a_problem_with_its_place(source):
    found, problems = examine(source)
    assert [(one.severity, one.code, one.file, one.line) for one in problems] == [
        ("warning", "refused_line", "mine.jsonl", 4)]
    assert found.collections[0].store.manifest.refused == 1


def test_that_collections_stand_beside_the_events_of_a_package(package, source, tmp_path):
    place = package.write()
    collection.import_sources([source], place)
    (place / "tweets" / "raw list.txt").write_text(f"{tweet_fakes.tweet_id(NOON)}\n", encoding="utf-8")
    dataset = open_dataset(place)
    assert len(dataset.events) > 0
    assert [one.id for one in dataset.collections] == ["main", "raw-list"]
    assert [lane.id for lane in dataset.meta.lanes][-2:] == ["main/#b", "raw-list/"]
    assert timeline_app.open(place).collections["main"].tweets()["text"].tolist() == ["one #a", "둘 #a #b", "three"]


def test_that_a_package_with_tweets_opens_where_nothing_can_be_written_into_it(package, source):
    place = package.write()
    collection.import_sources([source], place)
    before = sorted(one for one in place.rglob("*"))
    open_dataset(place)
    assert sorted(one for one in place.rglob("*")) == before


def test_that_the_id_of_a_lane_says_what_it_counts(source):
    dataset = open_dataset(source)
    asked = ("", "lang", "#b", "lang=ko", "kind=retweet")
    lane = {what: collection_lanes.spec(dataset, f"main/{what}") for what in asked}
    assert {what: one.terms for what, one in lane.items()} == {
        "": (), "lang": ("lang=en", "lang=ko", "lang=und"), "#b": ("#b",), "lang=ko": ("lang=ko",),
        "kind=retweet": ("kind=retweet",)}
    assert [lane[what].title.say("en") for what in ("", "#b", "kind=retweet")] == ["All tweets", "#b", "Retweets"]
    assert lane["kind=retweet"].title.say("ko") == "리트윗"
    for unknown in ("main/#nobody", "other/", "main/lang=xx", "nothing"):
        assert collection_lanes.spec(dataset, unknown) is None


def test_that_a_viewer_can_choose_among_all_terms_by_group(source):
    found = collection_lanes.choices(open_dataset(source).collections[0])
    assert [(group, len(terms)) for group, _, terms in found] == [("#", 2), ("lang", 3), ("kind", 2)]


def test_that_info_sums_over_collections_and_names_each(source, tmp_path, capsys):
    target = tmp_path / "set"
    assert cli.main(["import", str(source), "-o", str(target)]) == 0
    assert cli.main(["import", str(source), "-o", str(target), "--collection", "again"]) == 0
    capsys.readouterr()
    assert cli.main(["info", str(target), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["tweets"], found["refused"], found["tags"]) == (6, 2, 4)
    assert {name: one["tweets"] for name, one in found["collections"].items()} == {"again": 3, "main": 3}
    assert found["shared"] == [{"collections": ["again", "main"], "both": 3, "only_first": 0, "only_second": 0}]


def test_that_counts_and_tweets_of_a_collection_are_tables(source):
    one = timeline_app.open(source).collections["main"]
    assert one.terms.set_index("key")["tweets"].to_dict() == {
        "#a": 2, "#b": 1, "lang=en": 1, "lang=ko": 1, "lang=und": 1, "kind=original": 2, "kind=retweet": 1}
    assert one.counts("1min")["count"].tolist() == [1, 1, 1]
    assert one.counts("1min", weight="retweets")["count"].tolist() == [0, 3, 0]
    assert str(one.tweets()["id"].dtype) == "int64"
    assert one.tweets(start=NOON + MINUTE, key="#a")["text"].tolist()[:1] == ["둘 #a #b"]


def test_that_counts_ask_which_collection_is_meant_where_none_is_main(source, tmp_path, capsys):
    for name in ("one", "other"):
        assert cli.main(["import", str(source), "-o", str(tmp_path / "set"), "--collection", name]) == 0
    capsys.readouterr()
    assert cli.main(["counts", str(tmp_path / "set")]) == 2
    assert "one, other" in capsys.readouterr().err
    assert cli.main(["counts", str(tmp_path / "set"), "--collection", "one", "--bin", "1d"]) == 0
    assert capsys.readouterr().out.splitlines()[1].endswith(",3,1")


@pytest.mark.parametrize("opens", ["mine.jsonl", "."])
def test_that_a_list_of_withdrawn_tweets_counts_beside_what_is_opened(source, opens):
    (source.parent / "withdrawn-ids.txt").write_text(f"ids\n{tweet_fakes.tweet_id(NOON)}\n1.26E+18\n", encoding="utf-8")
    dataset = open_dataset(source.parent / opens)
    assert [one.is_withdrawn for one in tweets(dataset.collections[0].store, np.arange(3))] == [True, False, False]
    assert ("withdrawn_unread", (("n", "1"),)) in [(one.code, one.args) for one in dataset.problems]


def test_that_words_in_another_encoding_stay_apart_and_are_told(tmp_path):
    rows = "".join(f"{tweet_fakes.tweet_id(NOON + n)},{'좋음' if n % 2 else '나쁨'}\n" for n in range(50))
    path = tmp_path / "a.csv"
    path.write_bytes(f"tweet_id,감정\n{rows}".encode("cp949"))
    dataset = open_dataset(path)
    store = dataset.collections[0].store
    assert [[term.tweets for term in store.terms(group)] for group in store.groups()] == [[25, 25]]
    assert [(one.code, one.args) for one in dataset.problems] == [("tweets_not_utf8", (("n", "50"),))]


def test_that_a_row_of_a_text_in_another_encoding_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(f"id,text\n{tweet_fakes.tweet_id(NOON)},좋음\n".encode("cp949"))
    dataset = open_dataset(path)
    assert [one.code for one in dataset.problems] == ["tweets_not_utf8"]
    assert tweets(dataset.collections[0].store, np.arange(1))[0].text == r"\xc1\xc1\xc0\xbd"


@pytest.mark.parametrize("written", [b"\xc1\xc1", b"\\ud83d"])
def test_that_letters_of_json_that_could_not_be_kept_are_told(source, written, capsys):
    source.write_bytes(source.read_bytes().removesuffix(b"{\n").replace(b"three", written))
    dataset = open_dataset(source)
    assert [(one.code, one.file, one.args) for one in dataset.problems] == [
        ("tweets_replaced", "mine.jsonl", (("n", "1"),))]
    assert set(tweets(dataset.collections[0].store, np.arange(2, 3))[0].text) == {"\ufffd"}
    assert cli.main(["check", str(source)]) == 0
    assert "1 lines hold bytes that are not UTF-8" in capsys.readouterr().out


def test_that_half_a_letter_in_utf_16_is_told(tmp_path):
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in TWEETS).replace("three", "\ud83d three")
    (tmp_path / "wide.jsonl").write_bytes(lines.encode("utf-16", "surrogatepass"))
    rows = "".join(f"{tweet_fakes.tweet_id(NOON + n)},{word}\n" for n, word in enumerate(["a", "\ud83d", "b"]))
    (tmp_path / "wide.csv").write_bytes(f"id,text\n{rows}".encode("utf-16", "surrogatepass"))
    found = {name: open_dataset(tmp_path / name) for name in ("wide.jsonl", "wide.csv")}
    assert [(one.code, one.args) for each in found.values() for one in each.problems] == [
        ("tweets_replaced", (("n", "1"),)), ("tweets_not_utf8", (("n", "1"),))]
    assert [len(each.collections[0].store) for each in found.values()] == [3, 3]


@pytest.mark.parametrize("rest", [1, 3])
def test_that_a_file_in_utf_16_that_was_cut_within_a_letter_says_so(tmp_path, rest):
    rows = f"id,text\n{tweet_fakes.tweet_id(NOON)},\U0001f600".encode("utf-16")
    (tmp_path / "wide.csv").write_bytes(rows[:-rest])
    assert [one.code for one in open_dataset(tmp_path / "wide.csv").problems] == ["tweets_not_utf8"]


@pytest.mark.parametrize("many", [1, 3, 64, 70_000])
def test_that_a_file_of_zeros_is_in_no_known_format(tmp_path, many, capsys):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\0" * many)
    assert cli.main(["import", str(path), "-o", str(tmp_path / "out")]) == 2
    assert "none of the formats" in capsys.readouterr().err
    assert cli.main(["info", str(path)]) == 2
    assert "no dataset that can be opened" in capsys.readouterr().err


@pytest.mark.parametrize("head", ["tweet_id,lang", "id,text,lang"])
def test_that_more_languages_than_can_be_kept_are_told_and_cost_no_tweet(tmp_path, head):
    middle = ",x," if "text" in head else ","
    rows = "".join(f"{tweet_fakes.tweet_id(NOON + n)}{middle}l{n:05}\n" for n in range(70_000))
    (tmp_path / "a.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
    dataset = open_dataset(tmp_path / "a.csv")
    store = dataset.collections[0].store
    assert [(one.code, one.args) for one in dataset.problems] == [("too_many_langs", (("n", "65,534"),))]
    found = [tweets(store, np.arange(n, n + 1))[0].lang for n in (0, 65_533, 65_534, 69_999)]
    assert found == ["l00000", "l65533", "", ""]
    assert {one.tweets for one in store.terms("lang")} == {1}


def test_that_what_is_refused_leaves_no_folder(tmp_path):
    path = tmp_path / "head.csv"
    path.write_text("tweet_id\n", encoding="utf-8")
    assert cli.main(["import", str(path), "-o", str(tmp_path / "out")]) == 2
    assert not (tmp_path / "out").exists()


def test_that_letters_two_bytes_wide_without_a_mark_are_said(tmp_path, capsys):
    path = tmp_path / "a.txt"
    path.write_bytes(f"{tweet_fakes.tweet_id(NOON)}\n".encode("utf-16-le"))
    assert cli.main(["info", str(path)]) == 2
    assert "byte order mark" in capsys.readouterr().err


def test_that_zeros_in_a_list_cost_their_line(tmp_path):
    path = tmp_path / "a.txt"
    ids = "".join(f"{tweet_fakes.tweet_id(NOON + n)}\n" for n in range(30)).encode()
    path.write_bytes(ids + b"\0" * 20 + b"\n" + ids)
    manifest = open_dataset(path).collections[0].store.manifest
    assert (manifest.tweets, manifest.refused, manifest.refused_lines[0].line) == (30, 1, 31)


def test_that_check_names_tags_that_look_alike(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"tweet_id,tags\n{tweet_fakes.tweet_id(NOON)},kpop\n{tweet_fakes.tweet_id(NOON + 1)},k\u0440op\n",
                    encoding="utf-8")
    assert [(one.code, dict(one.args)["codes"]) for one in check(path)] == [("look_alike_tag", "U+0440")]


def test_that_a_folder_may_be_called_like_a_table(tmp_path, source):
    folder = tmp_path / "x.csv"
    folder.mkdir()
    source.rename(folder / source.name)
    assert len(open_dataset(folder).collections[0].store) == 3


def test_that_a_collection_or_tag_that_is_not_there_is_said(source, tmp_path, capsys):
    assert cli.main(["import", str(source), "-o", str(tmp_path / "set")]) == 0
    assert cli.main(["counts", str(tmp_path / "set"), "--collection", "nope"]) == 2
    assert "nope" in capsys.readouterr().err
    assert cli.main(["counts", str(source), "--tag", "nobody"]) == 0
    assert "nobody" in capsys.readouterr().err
