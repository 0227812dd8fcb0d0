"""Lists of times without IDs: each moment counts, as often as it stands there, and is never taken for an ID."""

from __future__ import annotations

import pytest

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.domain.snowflake import instant
from timeline_app.engine.tweets.batch import TIMES_ONLY
from timeline_app.engine.tweets.readers.sniff import Shape, sniff
from tweets.readers.made import at, iso, places, read, tags, tweet_id

TIMES = Shape("times", "table")


def ms(number: int) -> int:
    return int(at(number).timestamp() * 1000)


@pytest.mark.parametrize("written", [
    "utc\n{iso}\n", "{iso}\n", "utc_ms\n{ms}\n", "{ms}\n", "\ufeffutc\r\n{iso}\r\n", "utc\n2020-06-03 07:01\n",
    "utc\n2020-06-03T16:01+09:00\n", '"utc"\n"{iso}"\n'], ids=range(8))
def test_that_a_time_is_read_in_every_way_it_is_written(written):
    data = written.format(iso=iso(1), ms=ms(1)).encode()
    batch = read(data)
    assert sniff(data) == TIMES
    assert [instant(one) for one in batch.ids.tolist()] == [ms(1)]
    assert (batch.flags.tolist(), batch.clock.compared, batch.refused) == ([TIMES_ONLY], 0, ())


def test_that_milliseconds_are_kept():
    batch = read(b"utc\n2020-06-03T07:01:00.5Z\n2020-06-03T07:01:00.123456Z\n")
    assert [instant(one) - ms(1) for one in batch.ids.tolist()] == [500, 123]


def test_that_the_same_moment_stands_as_often_as_it_is_written():
    batch = read(b"utc\n" + b"".join(iso(1).encode() + b"\n" for _ in range(2_500)))
    assert len(set(batch.ids.tolist())) == 2_500
    assert {instant(one) for one in batch.ids.tolist()} == {ms(1)}
    assert batch.line.tolist() == list(range(2, 2_502))


def test_that_counts_stand_for_as_many_tweets():
    data = f"start,count,covered\n{iso(1)},3,60\n{iso(2)},0,60\n{iso(3)},2,60\n".encode()
    batch = read(data)
    assert [instant(one) for one in batch.ids.tolist()] == [ms(1)] * 3 + [ms(3)] * 2
    assert len(set(batch.ids.tolist())) == 5
    assert batch.tags.names == ()


def test_that_labels_become_tags_and_keywords_and_languages():
    rows = "".join(f"{iso(n)},{'hijacked' if n % 2 else 'other'},{n % 2},{'#One two' if n else ''},ko\n"
                   for n in range(30))
    batch = read(f"utc,use,police,tags,lang\n{rows}".encode())
    assert tags(batch, 1) == ["use=hijacked", "police", "One", "two"]
    assert tags(batch, 0) == ["use=other"]
    assert (batch.langs, batch.lang.tolist()) == (("", "ko"), [1] * 30)


def test_that_what_is_no_time_is_refused_with_its_line_and_the_others_are_read():
    data = (f"start,count\n{iso(1)},1\nsoon,1\n2010-11-04T01:42:55Z,1\n{iso(2)},4194304\n{iso(2)},-1\n{iso(2)}\n"
            f"9020-06-03T07:00:00Z,1\n2020-02-30T07:00:00Z,1\n{iso(3)},1\n" + f"{iso(4)},1\n" * 60).encode()
    batch = read(data)
    found = places(batch)
    assert [(line, reason) for line, _, reason in found] == [
        (3, "not_a_time"), (4, "too_early"), (5, "count_too_large"), (6, "count_too_large"), (7, "wrong_width"),
        (8, "not_a_time"), (9, "not_a_time")]
    assert len(batch.ids) == 62
    assert all(catalogue(language).has(f"tweet_readers.{reason}") for language in LANGUAGES for _, _, reason in found)


@pytest.mark.parametrize("data", [
    f"utc,tweet_id\n{iso(1)},{tweet_id(1)}\n", f"{iso(1)},words of an event\n",
    f"start,end,title\n{iso(1)},{iso(2)},x\n", f"date,count\n{iso(1)},3\n", f"{tweet_id(1)}\n",
    "utc\nsoon\nlater\n", "utc\n"], ids=range(7))
def test_that_other_lists_are_none_of_times(data):
    assert sniff(data.encode()) != TIMES


@pytest.mark.parametrize("data", [b"utc\n\xff\xfe\n" + iso(1).encode() + b"\n", b'utc\n"' + iso(1).encode()[:9],
                                  b"utc," * 3_000 + b"\n" + iso(1).encode()])
def test_that_a_broken_list_stops_nothing(data):
    batch = read(data, shape=TIMES)
    assert len(batch.ids) + len(batch.refused) >= 1
