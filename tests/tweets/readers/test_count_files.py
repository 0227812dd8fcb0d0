"""Ready counts become a series: in order, each span once, the cut ones marked, the bad ones listed."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from timeline_app.base.text import LANGUAGES, catalogue
from timeline_app.engine.tweets.readers import count_files
from timeline_app.engine.tweets.readers.count_files import series
from timeline_app.engine.tweets.readers.gather import Origin
from tweets.readers.made import jsonl

START = datetime(2021, 10, 16, 18, 0, tzinfo=UTC)


def span(begin: float, end: float, count: object) -> dict:
    named = [(START + timedelta(hours=at)).strftime("%Y-%m-%dT%H:%M:%S.000Z") for at in (begin, end)]
    return {"start": named[0], "end": named[1], "tweet_count": count}


def page(*spans: dict) -> dict:
    return {"data": list(spans), "meta": {"total_tweet_count": 0}, "__twarc": {
        "url": "https://api.twitter.com/2/tweets/counts/recent?query=dogs&granularity=hour", "version": "2.7.3",
        "retrieved_at": "2021-10-23T18:21:44+00:00"}}


LATER, EARLIER = page(span(3, 4, 40), span(4, 4.3, 9)), page(span(0.4, 1, 5), span(1, 2, 20), span(2, 3, 30))


@pytest.mark.parametrize("packed", [False, True])
def test_that_pages_are_put_in_order_and_cut_spans_marked(tmp_path, packed):
    path = tmp_path / "counts"
    data = jsonl(LATER, EARLIER, {"errors": [{"title": "x"}]})
    path.write_bytes(gzip.compress(data) if packed else data)
    found = series(path)
    assert found.counts.tolist() == [5, 20, 30, 40, 9]
    assert found.partial.tolist() == [True, False, False, False, True]
    assert found.starts.tolist()[1:] == found.ends.tolist()[:-1]
    assert found.starts[1] == int(START.timestamp() * 1000) + 3_600_000
    assert (found.refused, found.origins) == ((), (Origin("dogs", "2021-10-23T18:21:44+00:00", "twarc 2.7.3"),))


def test_that_a_span_told_twice_is_kept_once_as_told_last(tmp_path):
    (tmp_path / "counts").write_bytes(jsonl(EARLIER, page(span(1, 2, 21))))
    assert series(tmp_path / "counts").counts.tolist() == [5, 21, 30]


def test_that_what_is_no_count_is_refused_with_its_line(tmp_path):
    bad = page(dict(span(5, 6, 1), start="soon"), span(7, 6, 1), span(6, 7, -1), span(6, 7, 10**30))
    path = tmp_path / "counts"
    path.write_bytes(jsonl(EARLIER, bad, page(span(1, 2, "x")), {"a": 1}) + b'{"data": [{"start"')
    found = series(path)
    assert found.counts.tolist() == [5, 20, 30]
    assert [(one.line, one.reason) for one in found.refused] == [
        (3, "wrong_types"), (4, "not_counts"), (5, "cut_line"), *[(2, "bad_count")] * 4]
    reasons = {one.reason for one in found.refused} | {"too_many_counts"}
    assert all(catalogue(language).has(f"tweet_readers.{one}") for language in LANGUAGES for one in reasons)


def test_that_spans_are_bounded_and_an_empty_file_is_an_empty_series(tmp_path, monkeypatch):
    monkeypatch.setattr(count_files, "MOST_SPANS", 4)
    (tmp_path / "counts").write_bytes(jsonl(EARLIER, LATER))
    assert [one.reason for one in series(tmp_path / "counts").refused] == ["too_many_counts"]
    (tmp_path / "empty").write_bytes(b"")
    assert len(series(tmp_path / "empty").starts) == 0
