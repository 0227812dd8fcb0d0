"""Tables of tweets: of twarc-csv, DMI-TCAT, TAGS and 4CAT, and rows that go over several lines."""

from __future__ import annotations

import csv
import io
import json

import pytest

from timeline_app.engine.tweets.batch import DAMAGED, QUOTE, REPLY, RETWEET
from timeline_app.engine.tweets.readers import tables, twarc_csv
from timeline_app.engine.tweets.readers.gather import Gap, Notes
from tweets.readers.made import english, iso, jsonl, page, places, read, rows, tags, texts, tweet_id, v2


def table(*given: dict, delimiter: str = ",", line_end: str = "\n") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(given[0]), delimiter=delimiter, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(given)
    return out.getvalue().encode()


def twarc(number: int, text: str, hashtags: str, **more: str) -> dict:
    return {"id": tweet_id(number), "conversation_id": "1", "referenced_tweets.replied_to.id": "",
            "referenced_tweets.retweeted.id": "", "referenced_tweets.quoted.id": "", "author_id": "7",
            "created_at": iso(number), "text": text, "lang": "en", "public_metrics.retweet_count": number,
            "public_metrics.like_count": "2", "entities.hashtags": hashtags,
            "__twarc.url": "", "__twarc.retrieved_at": "2020-06-10", "__twarc.version": "2", **more}


def test_that_twarc_csv_gives_the_rows_of_the_page_it_was_made_from():
    original = v2(0, "all of it\n#one, \"two\"", "one", "two")
    outer = v2(0, "RT @fan-1: all…", referenced_tweets=[{"type": "retweeted", "id": original["id"]}])
    outer = dict(outer, id=str(tweet_id(4)), created_at=iso(4))
    merged = {"referenced_tweets.retweeted.id": original["id"]}
    row = twarc(4, "all of it\\n#one, \"two\"", '["#one", "#two"]', **merged)
    batch = read(table(row | {"public_metrics.retweet_count": "0"}))
    assert rows(batch) == rows(read(jsonl(page(outer, originals=(original,)))))
    assert (batch.clock.compared, batch.clock.offset_s) == (1, 0)
    assert batch.original.tolist() == [tweet_id(0)]


@pytest.mark.parametrize("cell", [
    '["#Butter", "#zosta\\u0144"]', "['#Butter', '#zostań']", '["Butter", "zosta\\u0144"]',
    '[{"start": 9, "end": 12, "tag": "Butter"}, {"tag": "zosta\\u0144"}]',
    "[{'start': 9, 'end': 12, 'tag': 'Butter'}, {'tag': 'zostań'}]"])
def test_that_lists_are_read_in_every_way_the_tool_writes_them(cell):
    assert twarc_csv.listed_tags(cell) == ["Butter", "zostań"]


@pytest.mark.parametrize("cell", ["", "[]", "nothing", "__import__('os')", "[" * 5000, "['"])
def test_that_a_cell_that_is_no_list_has_no_tags(cell):
    assert twarc_csv.listed_tags(cell) == []


def test_that_blank_rows_repeated_headers_and_rows_of_another_width_are_told_apart():
    one, two = table(twarc(1, "a", "[]")), table(twarc(2, "b", "[]"))
    notes = Notes()
    batch = read(one.replace(b"\n", b"\r\n\r\n") + two + b"1,2,3\n", notes)
    assert batch.ids.tolist() == [tweet_id(1), tweet_id(2)]
    assert [reason for _, _, reason in places(batch)] == ["wrong_width"]
    assert notes.passed == {"header": 1}


def test_that_a_cell_of_several_lines_is_one_row_and_keeps_its_blank_line():
    batch = read(table(twarc(1, "one\n\ntwo", "[]"), twarc(2, "b", "[]")))
    assert texts(batch) == ("one\n\ntwo", "b")


def test_that_two_stray_quotation_marks_cost_two_rows_and_none_between_them():
    lines = table(*(twarc(n, "a", "[]") for n in range(9))).splitlines(keepends=True)
    lines[3], lines[7] = b'"' + lines[3], lines[7].replace(b",a,", b',"a,')
    batch = read(b"".join(lines))
    assert batch.ids.tolist() == [tweet_id(n) for n in (0, 1, 3, 4, 5, 7, 8)]
    at = [sum(map(len, lines[:number])) for number in (3, 7)]
    assert places(batch) == [(4, at[0], "open_row"), (8, at[1], "open_row")]


def test_that_a_quotation_mark_that_is_not_closed_costs_one_row():
    good = table(twarc(1, "a", "[]"), twarc(2, "b", "[]"), twarc(3, "c", "[]"))
    lines = good.splitlines(keepends=True)
    spoilt = b"".join([*lines[:2], b'"' + lines[2], lines[3]])
    batch = read(spoilt)
    assert batch.ids.tolist() == [tweet_id(1), tweet_id(3)]
    assert places(batch) == [(3, len(lines[0]) + len(lines[1]), "open_row")]


def test_that_an_open_row_is_given_up_after_so_many_lines(monkeypatch):
    monkeypatch.setattr(tables, "MOST_LINES", 3)
    good = table(*(twarc(number, "a", "[]") for number in range(9)))
    head, _, rest = good.partition(b"\n")
    batch = read(head + b'\n"' + rest)
    assert (len(batch.ids), [reason for _, _, reason in places(batch)]) == (8, ["open_row"])


def sheet(number: int, written: str, **more: str) -> dict:
    return {"id_str": written, "from_user": "fan-1", "text": "RT @fan-2: x", "created_at": english(number),
            "time": "03/06/2020 08:00:00", "from_user_id_str": "9.1E+17", "in_reply_to_status_id_str": "",
            "status_url": f"http://twitter.com/fan-1/statuses/{tweet_id(number)}",
            "entities_str": json.dumps({"hashtags": [{"text": "one"}]}), **more}


def test_that_a_sheet_takes_damaged_ids_from_their_link():
    cut = str(tweet_id(2))[:15] + "0000"
    batch = read(table(sheet(1, "1.26426E+18"), sheet(2, cut), sheet(3, "1.26426E+18", status_url="")))
    assert batch.ids.tolist()[:2] == [tweet_id(1), tweet_id(2)]
    assert batch.flags.tolist() == [RETWEET, RETWEET, RETWEET | DAMAGED]
    assert batch.half_width_ms.tolist()[:2] == [0, 0]
    assert batch.half_width_ms[2] > 1_000_000
    assert (tags(batch, 0), batch.clock.offset_s, batch.author.tolist()) == (["one"], 0, [0, 0, 0])


@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_that_an_export_of_tcat_is_read_with_comma_or_tab(delimiter):
    row = {"id": tweet_id(1), "time": "1591167660", "created_at": iso(1)[:19].replace("T", " "),
           "from_user_name": "fan-1", "text": "a, b", "filter_level": "low", "retweet_count": "3",
           "favorite_count": "4", "lang": "en", "in_reply_to_status_id": "5", "quoted_status_id": "6",
           "from_user_id": "7", "hashtags": "one; two"}
    batch = read(table(row, delimiter=delimiter))
    assert rows(batch) == [(tweet_id(1), QUOTE | REPLY, 7, "en", 3, 4, ["one", "two"], "a, b")]
    assert (batch.clock.compared, batch.clock.offset_s) == (1, 0)


def test_that_gaps_of_tcat_are_coverage_and_no_tweets():
    notes = Notes()
    batch = read(b"phrase,gap_start,gap_end\nblm,2020-06-03 07:00:00,2020-06-03 08:00:00\nblm,,\n", notes)
    assert notes.gaps == [Gap("2020-06-03 07:00:00", "2020-06-03 08:00:00", "blm")]
    assert (len(batch.ids), [reason for _, _, reason in places(batch)]) == (0, ["wrong_width"])


def test_that_a_table_of_4cat_uses_its_timestamp_and_not_the_unix_one():
    row = {"id": tweet_id(1), "thread_id": "1", "timestamp": iso(1)[:19].replace("T", " "), "unix_timestamp": "5",
           "link": "", "body": "x", "author_id": "7", "language_guess": "ko", "retweet_count": "1", "like_count": "2",
           "is_retweet": "no", "is_quote_tweet": "yes", "is_reply": "yes", "hashtags": "one,two"}
    batch = read(table(row))
    assert rows(batch) == [(tweet_id(1), QUOTE | REPLY, 7, "ko", 1, 2, ["one", "two"], "x")]
    assert (batch.clock.compared, batch.clock.offset_s) == (1, 0)
