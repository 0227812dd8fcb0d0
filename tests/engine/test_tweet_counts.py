"""Counts that a tool asked for are a series of their own; what is no count is named by line."""

from __future__ import annotations

import json

import pytest

from timeline_app import cli
from timeline_app.base.problems import UserError
from timeline_app.engine.dataset import open_dataset

DAY = 1_591_142_400_000  # 2020-06-03T00:00Z


def page(*spans: tuple[str, str, int]) -> str:
    """A line as `twarc2 counts` writes it."""
    data = [{"start": f"2020-06-03T{a}Z", "end": f"2020-06-03T{b}Z", "tweet_count": n} for a, b, n in spans]
    asked = "https://api.twitter.com/2/tweets/counts/all?query=%23example&granularity=hour"
    return json.dumps({"data": data, "meta": {"total_tweet_count": sum(n for *_, n in spans)},
                       "__twarc": {"url": asked, "version": "2.5.0", "retrieved_at": "2020-06-10T00:00:00Z"}}) + "\n"


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text(page(("01:20:00.000", "02:00:00.000", 7), ("02:00:00.000", "03:00:00.000", 9))
                    + page(("03:00:00.000", "03:30:00.000", 2)) + "[1]\n", encoding="utf-8")
    return path


def test_that_ready_counts_open_as_a_series_with_its_bin(source):
    dataset = open_dataset(source)
    series = dataset.series[0]
    assert (series.bin, series.zone, series.title.text) == ("1h", "UTC", "#example")
    assert series.start.tolist() == [DAY + hour * 3_600_000 for hour in (1, 2, 3)]
    assert series.values.ravel().tolist() == [7, 9, 2]
    assert (series.covered.start, series.covered.end) == (DAY + 80 * 60_000, DAY + 210 * 60_000)
    assert "cut short" in series.caveat.say("en")
    assert [lane.kind for lane in dataset.meta.lanes] == ["counts"]


def test_that_a_line_without_counts_is_a_problem(source):
    assert [(one.code, one.line) for one in open_dataset(source).problems] == [("refused_line", 3)]


def test_that_a_cut_file_says_where_it_ends(source, capsys):
    whole = source.read_bytes().removesuffix(b"[1]\n")
    source.write_bytes(whole[:-20])
    (problem,) = open_dataset(source).problems
    assert (problem.code, problem.line, problem.arguments["reason"]) == ("refused_line", 2, "@tweet_readers.cut_line")
    assert [cli.main([command, str(source)]) for command in ("info", "check")] == [0, 0]
    assert f"begins at byte {whole.index(10) + 1}: " in capsys.readouterr().out


def test_that_more_refused_lines_than_are_listed_are_counted(source):
    source.write_bytes(source.read_bytes() + b"{}\n" * 12_000)
    problems = open_dataset(source).problems
    assert len(problems) == 1_001
    assert (problems[-1].code, problems[-1].arguments) == ("more_refused_lines", {"n": "11,001"})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_that_counts_in_utf_16_are_the_same(source, tmp_path, encoding):
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    (tmp_path / "wide.jsonl").write_bytes((mark + source.read_text(encoding="utf-8")).encode(encoding))
    one, other = open_dataset(source), open_dataset(tmp_path / "wide.jsonl")
    assert one.series[0].values.tolist() == other.series[0].values.tolist()
    assert [one.line for one in other.problems] == [3]


def test_that_a_query_that_is_not_utf_8_is_told(source):
    source.write_bytes(source.read_bytes().replace(b"%23example", b"\xc1\xc1", 1))
    assert [(one.code, one.args) for one in open_dataset(source).problems][1:] == [("tweets_replaced", (("n", "1"),))]


def test_that_counts_are_not_imported_as_tweets(source, tmp_path):
    from timeline_app.engine.tweets import collection

    with pytest.raises(UserError) as error:
        collection.import_sources([source], tmp_path / "out")
    assert error.value.code in ("refused_file", "no_tweets", "counts")
