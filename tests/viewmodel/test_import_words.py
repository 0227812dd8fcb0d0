"""How far an import is, in words: no rate too early, no share rounded up to all, time in a unit for the eye."""
from __future__ import annotations

import numpy as np
import pytest

from timeline_app.base.text import catalogue
from timeline_app.engine.tweets.building import Progress
from timeline_app.viewmodel import import_words

EN = catalogue("en")


def said(done: int, passed_s: float, **more: object) -> import_words.ImportWords:
    return import_words.words(Progress(done, 1_000_000_000, **more), passed_s, EN)


def test_that_nothing_is_claimed_before_anything_was_read():
    assert import_words.words(None, 5.0, EN).share == 0.0


def test_that_share_rate_tweets_and_time_are_said():
    counts = np.array([1_000, 234], np.int64)
    words = said(250_000_000, 10.0, minutes=np.array([1, 2], np.int64), counts=counts)
    assert words.percent == 25
    assert words.text == "25 % · 25 MB/s · 1,234 tweets · about 30 s left"


def test_that_no_rate_and_no_time_are_said_too_early():
    assert said(250_000_000, 0.3).text == "25 %"


def test_that_what_an_earlier_import_read_does_not_count_for_the_rate():
    assert "10 MB/s" in said(600_000_000, 10.0, resumed=500_000_000).text


def test_that_nearly_all_is_not_all():
    assert said(999_999_999, 10.0).percent == 99


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "about 1 s left"), (59, "about 59 s left"),
                                                (90, "about 2 min left"), (7_500, "about 2 h 5 min left")])
def test_that_time_is_said_in_a_unit_that_is_read_at_a_glance(seconds, words):
    assert import_words.left(seconds, EN) == words
