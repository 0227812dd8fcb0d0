"""The notebook interface: DataFrames with the dataset's own columns, and no long number turned into a float."""

from __future__ import annotations

import pytest

import timeline_app


@pytest.fixture
def opened(package):
    package.tables["posts"].append({"event_id": "request", "post": "", "utc": "2020-06-01T00:00Z",
                                    "source_id": "times", "evidence": "document"})
    package.tables["events"][2]["edtf"] = "Y-300000000/.."
    package.tables["claims"][1]["attitude"] = "knows"
    return timeline_app.open(package.write())


def test_that_the_package_hands_open_on_and_nothing_else():
    with pytest.raises(AttributeError, match="close"):
        _ = timeline_app.close


def test_that_events_have_their_four_instants_and_texts_their_languages(opened):
    events = opened.events.set_index("id")
    assert events.loc["request", "earliest_start"] == 1_590_904_080_000
    assert events.loc["request", "title.ko"] == "경찰, 영상을 요청"
    assert events.loc["request", "precision"] == "minute"
    assert events.loc["request", "hashtags"] == ("BlueLivesMatter",)
    assert str(events["earliest_start"].dtype) == "int64"


def test_that_the_number_of_a_post_stays_whole_beside_an_empty_one(opened):
    assert opened.posts["post_id"].tolist()[0] == 1_267_573_544_747_257_858
    assert type(opened.posts["post_id"].tolist()[0]) is int


def test_that_every_table_and_series_is_there(opened):
    tables = (opened.questions, opened.claims, opened.derived, opened.quotes, opened.sources)
    assert [len(table) for table in tables] == [2, 1, 1, 1, 1]
    assert opened.counts["per-use"].columns.tolist() == ["start", "original", "hijacked"]
    assert opened.counts["per-use"]["hijacked"].tolist() == [5, 7]


def test_that_what_was_refused_is_listed(opened):
    assert set(opened.problems["file"]) == {"claims.csv", "events.csv"}
    assert opened.problems["message"].str.len().min() > 10
    assert repr(opened) == "<Dataset 'small': 2 events, 1 claims, 2 problems>"
