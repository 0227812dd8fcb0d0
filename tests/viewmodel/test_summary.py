"""The view in words says what is drawn: every figure of it is counted again, from the pictures and the tables."""
from __future__ import annotations

import re

import numpy as np
import pytest

from fakes import EVENTS, MIDNIGHT, tiny_dataset
from lane_reading import measure
from timeline_app.base.text import catalogue
from timeline_app.domain import claims
from timeline_app.domain.calendar import DAY, HOUR, MINUTE
from timeline_app.domain.time import Span
from timeline_app.engine.dataset import Dataset, Meta, open_dataset
from timeline_app.viewmodel import in_view, moves, summary, walk
from timeline_app.viewmodel.frame import Frame, FrameRequest, PlacedLane, compose
from timeline_app.viewmodel.state import LaneChoice, Setting
from timeline_app.viewmodel.summary import Account, LaneAccount
from timeline_app.viewmodel.window import Window
from tweet_fakes import NOON, dataset_of, of_tweets, told
from views import crowded, random_views

VIEWS = 200


DATASETS = {"june-2020": lambda: open_dataset("june-2020"), "crowded": crowded}


@pytest.fixture(scope="module", params=DATASETS)
def data(request) -> Dataset:
    return DATASETS[request.param]()


def drawn_events(frame: Frame, lane: PlacedLane) -> set[str]:
    """The events of a lane that its picture draws in the window; where some are drawn as one, all that it touches."""
    window, picture = frame.scale.window.span, lane.picture
    if picture.stacks:
        events = (lane.request.dataset.event_by_id[one] for one in lane.spec.event_ids)
        return {e.id for e in events if e.when.span.start < window.end and window.start < e.when.span.end}
    marks = [(band.item, band.edges[0], band.edges[3]) for band in picture.bands]
    marks += [(point.item, point.at_ms, point.at_ms) for point in picture.points]
    return {picture.items[item].id for item, start, end in marks
            if start < window.end and window.start < max(end, start + 1)}


def bars_of(lane: PlacedLane, data: Dataset) -> list[int]:
    """What the series holds under each bar that is drawn, summed from its own rows."""
    series, spans = data.series_by_id[lane.spec.series_id], set()
    for bars in lane.picture.bars:
        spans |= set(zip(bars.start.tolist(), bars.end.tolist(), strict=True))
    totals, starts = series.values.sum(axis=1), series.start
    return [int(totals[(starts >= start) & (starts < end)].sum()) for start, end in sorted(spans)]


def uncovered(frame: Frame, lane: PlacedLane) -> float:
    """The share of the window that lies under a hatch, tried at 2,000 places of it."""
    window = frame.scale.window.span
    places = window.start + (np.arange(2_000) + 0.5) * (window.length / 2_000)
    under = [(gap.start_ms <= places) & (places < gap.end_ms) for gap in lane.picture.gaps]
    return float(np.any(under, axis=0).mean()) if under else 0.0


def test_that_the_account_of_200_views_is_what_their_pictures_draw(data):
    zones = {one.id: one.when.zone for one in data.events}
    disputed = {one.event_id for one in claims.disputes(data.questions, data.claims, zones, data.derived)}
    seen = 0
    for frame in random_views(data, VIEWS):
        account = summary.account(frame)
        by_lane = [drawn_events(frame, lane) for lane in frame.lanes if lane.spec.half == "documented"]
        events = set().union(*by_lane)
        matches = frame.lanes[0].request.matches
        assert [one.marks for one in account.lanes if one.half == "documented"] == list(map(len, by_lane))
        assert (account.events, account.disputed) == (len(events), len(events & disputed))
        assert account.matches == (None if matches is None else len(events & matches))
        assert account.span == frame.scale.window.span
        for tag, number in account.tags:
            assert number == sum(tag in data.event_by_id[one].hashtags for one in events)
        seen += len(events)
    assert seen > VIEWS


def test_that_totals_peaks_and_gaps_of_200_views_are_those_of_the_bars(data):
    with_bars = 0
    for frame in random_views(data, VIEWS):
        for lane, told_of in zip(frame.lanes, summary.account(frame).lanes, strict=True):
            if lane.spec.kind != "counts":
                continue
            bars = bars_of(lane, data)
            assert (told_of.total, told_of.peak) == ((sum(bars), max(bars)) if bars else (None, None))
            assert told_of.no_data == pytest.approx(uncovered(frame, lane), abs=0.002)
            assert bool(told_of.quiet) == (not bars)
            with_bars += bool(bars)
    assert with_bars > VIEWS / 4


def numbers(text: str) -> list[int]:
    return [int(one.replace(",", "")) for one in re.findall(r"(?<![\w#])\d[\d,]*", text)]


def expected(lane: LaneAccount) -> list[int]:
    """The figures that a lane's sentence has to name, in their order."""
    if lane.quiet:
        return []
    share = [min(max(round(100 * lane.no_data), 1), 99)] if lane.no_data else []
    return [lane.total, lane.peak, *share] if lane.total is not None else [lane.marks, *share]


def sentence_of(account: Account, text: str, title: str) -> str:
    start = text.index(f"{title}: ")
    return text[start + len(title) + 2:]


def test_that_the_words_of_200_views_name_the_figures_of_the_account(data):
    for frame in random_views(data, VIEWS):
        account, texts = summary.account(frame), frame.lanes[0].request.texts
        text, short = summary.summary(account, texts), summary.sentence(account, texts)
        figures = [account.events, account.disputed, account.rough]
        figures = [n for n in figures if n] + ([account.matches] if account.matches is not None else [])
        documented = numbers(short.removeprefix(summary._span(account, texts) + ": "))
        assert documented == (figures if account.events else [])
        assert short.partition(": ")[2] in text or not account.events
        for lane in account.lanes:
            if lane.half == "counted" and not lane.quiet:
                found = numbers(sentence_of(account, text, lane.title))
                wanted = expected(lane)
                assert found[0] == wanted[0] and lane.peak_words in text
                assert f"{lane.peak:,}" in lane.peak_words if lane.peak is not None else True
                assert not lane.no_data or f"{wanted[-1]} %" in text


def opening_frame(data: Dataset, **changes: object) -> Frame:
    state = walk.opening(data, Setting(language=changes.pop("language", "en")))
    return compose(FrameRequest(data, moves.look(state, **changes), 1_000.0, 700.0, measure))


def test_that_the_summary_of_the_tiny_dataset_reads_well():
    told_of = summary.account(opening_frame(tiny_dataset()))
    assert summary.sentence(told_of, catalogue("en")) == "30 May 00:00 to 5 June 12:00, CDT: 5 events, 1 disputed"
    text = " ".join(summary.summary(told_of, catalogue("en")).split("\n"))
    assert text.startswith("In view: 30 May 00:00 to 5 June 12:00, CDT, in the time of Chicago. 5 events, 1 disputed; "
                           "Requests and portals 3, Reported floods 1, Statements 1. ")
    assert "Tags that most of them name: #example 2." in text
    assert "#example: 71,810 in all, peak 71,741 in a day." in text


def test_that_an_empty_view_and_a_view_without_lanes_are_said_too():
    far = opening_frame(tiny_dataset(), window=Window.of(Span(MIDNIGHT - 9 * DAY, MIDNIGHT - 8 * DAY)))
    text = summary.summary(summary.account(far), catalogue("en"))
    assert "no event" in text and "#example: nothing counted in view" in text or "no data here" in text
    every = frozenset(one.id for one in tiny_dataset().meta.lanes)
    nothing = summary.account(opening_frame(tiny_dataset(), lanes=LaneChoice(hidden=every)))
    assert nothing.events == 0 and nothing.lanes == ()


def test_that_an_event_of_two_lanes_counts_once():
    data = crowded()
    frame = compose(FrameRequest(data, moves.show(walk.opening(data), walk.all_events(data), walk.limits_of(data)),
                                 1_000.0, 700.0, measure))
    account = summary.account(frame)
    assert [one.marks for one in account.lanes] == [1_000, 3, 0] and account.events == 1_000


def test_that_masked_tags_are_not_named():
    data = tiny_dataset()
    masked = Dataset(Meta(**{**{f: getattr(data.meta, f) for f in data.meta.__slots__},
                             "masked_tags": {"example": EVENTS[0].title}}), events=data.events)
    assert summary.account(opening_frame(masked)).tags == ()


def test_that_tweets_are_counted_as_they_are_drawn(tmp_path):
    made = of_tweets(tmp_path, *(told(NOON + n * MINUTE, f"words {n}") for n in range(700)))
    data = dataset_of(made)
    whole = compose(FrameRequest(data, walk.opening(data), 1_000.0, 700.0, measure))
    one = summary.account(whole).lanes[0]
    assert (one.total, one.peak) == (700, int(whole.lanes[0].picture.counted.totals.max()))
    near = moves.look(walk.opening(data), window=Window.of(Span(NOON, NOON + HOUR // 2)))
    frame = compose(FrameRequest(data, near, 1_000.0, 700.0, measure))
    assert summary.account(frame).lanes[0].marks == 30
    assert "30 tweets, one mark each" in summary.summary(summary.account(frame), catalogue("en"))


def test_that_what_is_in_view_comes_in_order_of_time():
    for frame in random_views(crowded(), 10):
        starts = [one.start_ms for one in in_view.of_frame(frame)]
        assert starts == sorted(starts)
        for lane in frame.lanes:
            events = in_view.events_of(lane, frame.scale.window.span)
            assert [e.when.earliest_start for e in events] == sorted(e.when.earliest_start for e in events)
