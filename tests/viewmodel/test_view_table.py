"""The tables of a view: the same things as the picture, in order of time, 200 rows a page however many there are."""
from __future__ import annotations

from itertools import pairwise

import pytest

from fakes import tiny_dataset
from lane_reading import measure
from timeline_app.base.text import catalogue
from timeline_app.engine.dataset import Dataset, open_dataset
from timeline_app.viewmodel import in_view, moves, summary, view_table, view_tree, walk
from timeline_app.viewmodel.frame import Frame, FrameRequest, compose
from timeline_app.viewmodel.view_table import ROWS, Page
from timeline_app.viewmodel.window import Window
from views import crowded, random_views

EN = catalogue("en")


def opened(data: Dataset, window: Window | None = None) -> Frame:
    state = walk.opening(data)
    state = state if window is None else moves.look(state, window=window)
    return compose(FrameRequest(data, state, 1_100.0, 800.0, measure))


def every_page(frame: Frame, choice: str = "") -> list[Page]:
    pages = [view_table.page(frame, EN, choice)]
    while pages[-1].has_more:
        pages.append(view_table.page(frame, EN, choice, pages[-1].first + ROWS))
    return pages


def test_that_the_table_of_marks_has_the_words_and_the_order_of_the_list():
    frames = [frame for frame in random_views(open_dataset("june-2020"), 60)
              if not any(lane.picture.stacks for lane in frame.lanes)]
    assert len(frames) > 20
    for frame in frames:
        texts = frame.lanes[0].request.texts
        entries = [one for one in view_tree.tree(frame) if one.seen is not None]
        rows = view_table.page(frame, texts).rows
        assert ["; ".join(part for part in row.cells[:3] if part) for row in rows] == [one.name for one in entries]
        assert [row.cells[3] for row in rows] == [one.lane.picture.heading.title for one in entries]
        assert [row.selects for row in rows] == [one.id for one in entries]


def test_that_every_event_of_a_crowd_has_its_row_on_one_page():
    frame = opened(crowded())
    pages = every_page(frame)
    rows = [row for page in pages for row in page.rows]
    window = frame.scale.window.span
    events = [event for lane in frame.lanes for event in in_view.events_of(lane, window)]
    assert [len(page.rows) for page in pages] == [200, 200, 200, 200, 200, 3]
    assert sorted(row.selects for row in rows) == sorted(event.id for event in events)
    assert all(one.span.start <= other.span.start for one, other in pairwise(rows))
    assert {page.total for page in pages} == {1_003}


@pytest.mark.parametrize("data", [crowded, tiny_dataset])
def test_that_a_counted_lane_has_a_row_for_each_bar_and_each_gap(data):
    frame = opened(data())
    account = {lane.title: lane for lane in summary.account(frame).lanes}
    for choice in view_table.choices(frame, EN)[1:]:
        rows = [row for page in every_page(frame, choice.id) for row in page.rows]
        lane = next(one for one in frame.lanes if one.spec.id == choice.id)
        figures = [row.cells[1] for row in rows if row.cells[1] != EN.get("lane.no_data")]
        assert sum(int(one.replace(",", "")) for one in figures) == account[choice.words].total
        assert len(rows) - len(figures) == len(lane.picture.gaps) and choice.rows == len(rows)
        assert [row.span.start for row in rows] == sorted(row.span.start for row in rows)


def test_that_the_page_of_the_selection_is_found():
    frame = opened(crowded())
    late = every_page(frame)[3].rows[7].selects
    page = view_table.page_with(frame, EN, late)
    assert page.first == 600 and page.rows[7].selects == late
    assert view_table.page_with(frame, EN, "").first == 0 == view_table.page_with(frame, EN, "nobody").first


def test_that_a_row_beyond_the_end_gives_the_last_page_and_an_empty_view_an_empty_one():
    frame = opened(crowded())
    assert view_table.page(frame, EN, "", 99_999).first == 1_000
    assert view_table.page(frame, EN, "", -5).first == 0
    empty = view_table.page(Frame(frame.scale, (), 0.0), EN)
    assert (empty.rows, empty.total, empty.has_more) == ((), 0, False)


def test_that_a_copied_page_is_lines_with_tabs_and_no_formula():
    page = Page("", ("What", "When"), (view_table.Row(("=1+1\tx", "@now"), "", frame_span()),), 0, 1)
    assert page.as_text() == "What\tWhen\n'=1+1 x\t'@now\n"


def frame_span():
    return opened(tiny_dataset()).scale.window.span
