"""What is dropped is sorted before it is opened; what is there of tweets that are still read is a lane of its own."""
from __future__ import annotations

import numpy as np
import pytest

from fakes import tiny_dataset
from timeline_app.base.problems import UserError
from timeline_app.domain.records import Words
from timeline_app.engine import loading, opening

TITLE = Words("ids.txt")
COUNTED = (np.array([26_518_081, 26_518_083], np.int64), np.array([2, 5], np.int64))


def ids(folder, name: str, *numbers: int):
    path = folder / name
    path.write_text("".join(f"{1267727923328540673 + one}\n" for one in numbers), encoding="utf-8")
    return path


def test_that_paths_are_sorted_into_datasets_and_tweets(tmp_path):
    asked = opening.sort(["june-2020", str(ids(tmp_path, "a.txt", 1, 2, 3))])
    assert [one.name for one in asked.datasets] == ["june-2020"] and [one.name for one in asked.tweets] == ["a.txt"]
    assert not asked.is_tweets and opening.sort([str(tmp_path / "a.txt")]).is_tweets


def test_that_several_files_are_one_collection_in_which_a_tweet_stands_once(tmp_path):
    paths = [ids(tmp_path, "a.txt", 1, 2, 3), ids(tmp_path, "b.txt", 3, 4)]
    dataset = opening.open_all(opening.sort([str(path) for path in paths]))
    assert [len(one.store) for one in dataset.collections] == [4]
    assert dataset.meta.title.say("en") == "a.txt and 1 more"


def test_that_tweets_beside_a_dataset_change_neither(tmp_path):
    base = tiny_dataset()
    asked = opening.sort([str(ids(tmp_path, "a.txt", 1, 2, 3))])
    first = opening.open_all(asked, base)
    second = opening.open_all(asked, first)
    assert first.events == base.events and not base.collections
    assert [one.id for one in second.collections] == ["main", "main-2"]
    assert [lane.id for lane in second.meta.lanes][-2:] == ["main/", "main-2/"]


def test_that_two_datasets_at_once_are_refused_in_words():
    with pytest.raises(UserError) as refused:
        opening.open_all(opening.Asked(datasets=(opening.locate("june-2020"),) * 2))
    assert refused.value.code == "several_datasets"


def test_that_what_was_read_so_far_is_a_lane_beside_the_others():
    base = tiny_dataset()
    dataset = loading.shown(TITLE, base, COUNTED, 34)
    assert [one.id for one in dataset.meta.lanes][-1] == loading.LANE and len(base.meta.lanes) == len(
        dataset.meta.lanes) - 1
    assert int(dataset.series_by_id[loading.LANE].totals.sum()) == 7
    assert "34 %" in dataset.meta.lanes[-1].title.say("en")


def test_that_what_was_read_so_far_can_stand_alone():
    dataset = loading.shown(TITLE, None, COUNTED, 1)
    assert dataset.span is not None and dataset.meta.overview_series == loading.LANE and not dataset.events
