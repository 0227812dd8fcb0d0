"""The painter of lanes and headings: what a frame says is where the scale puts it, in the colours of its role."""
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from fakes import tiny_dataset, tiny_session, words
from lane_reading import dataset, event, within
from timeline_app.base.text import catalogue
from timeline_app.domain.records import Place
from timeline_app.engine.dataset import LaneSpec
from timeline_app.qt import fonts, ink, paint, paint_many, theme
from timeline_app.qt.ink import Ink, TextBox
from timeline_app.viewmodel import moves, walk
from timeline_app.viewmodel.frame import Frame, FrameRequest, compose
from timeline_app.viewmodel.state import ViewState
from timeline_app.viewmodel.ticks import Ticks, ticks
from timeline_app.viewmodel.window import TimeScale

WIDTH, HEIGHT = 900, 600
AREA = QRectF(0, 0, WIDTH, HEIGHT)
COLOURS = theme.palette("paper")
NO_TICKS = Ticks((), (), "", "")
SPANS = st.text(st.sampled_from("abc 한국어 .\u0301\u202e"), max_size=60)


@pytest.fixture
def state(qapp) -> ViewState:
    return tiny_session().state


def framed(state: ViewState, matches: frozenset[str] | None = None) -> Frame:
    return compose(FrameRequest(tiny_dataset(), state, WIDTH, HEIGHT, ink.width, matches))


def drawn(frame: Frame, scroll: float = 0.0, selected: str = "", marks: Ticks = NO_TICKS,
          scale: TimeScale | None = None) -> tuple[QImage, list[TextBox]]:
    """The lanes of a frame on the theme's ground, and their texts."""
    image, boxes = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32), []
    image.fill(QColor(COLOURS.ground))
    painter = QPainter(image)
    paint.paint_lanes(Ink(painter, COLOURS, AREA, boxes), frame, scale or frame.scale, (marks, scroll, selected))
    painter.end()
    return image, boxes


def headed(frame: Frame, look: tuple[float, int, str] = (0.0, 100, "")) -> tuple[QImage, list[TextBox]]:
    image, boxes = QImage(250, HEIGHT, QImage.Format.Format_RGB32), []
    image.fill(QColor(COLOURS.ground))
    painter = QPainter(image)
    paint.paint_headings(Ink(painter, COLOURS, QRectF(0, 0, 250, HEIGHT), boxes), frame, look)
    painter.end()
    return image, boxes


def name(image: QImage, x: float, y: float) -> str:
    return QColor(image.pixel(round(x), round(y))).name().upper()


def lane_of(frame: Frame, lane_id: str):
    return next(lane for lane in frame.lanes if lane.spec.id == lane_id)


@given(SPANS, st.floats(20, 200))
def test_that_a_shortened_text_fits_and_says_as_much_as_it_can(qapp, text, wide):
    found, whole = paint.elided(text, wide, (12, "regular")), ink.shown(text)
    if found == whole:
        assert fonts.width(whole, 12) <= wide
    else:
        kept = found.removesuffix("…")
        assert whole.startswith(kept) and (not kept or fonts.width(found, 12) <= wide)
        following = whole[: len(kept) + 1 + (len(whole[len(kept):]) - len(whole[len(kept):].lstrip()))]
        assert fonts.width(following + "…", 12) > wide


@given(SPANS, st.floats(20, 200))
def test_that_a_text_in_lines_loses_no_word_and_breaks_none(qapp, text, wide):
    found = paint.wrapped(text, wide, 12)
    words = [paint.elided(word, wide, (12, "regular")) for word in ink.shown(text).split()]
    assert " ".join(found).split() == " ".join(words).split()
    assert all(fonts.width(line, 12) <= wide for line in found if " " in line)


def test_that_a_title_of_ten_thousand_letters_is_shortened_by_halving_not_letter_by_letter(qapp, monkeypatch):
    asked = []
    measured = fonts.width
    monkeypatch.setattr(fonts, "width", lambda text, *font: asked.append(text) or measured(text, *font))
    assert paint.elided("x" * 10_000, 150, (13, "semibold")).endswith("…")
    assert len(asked) < 20 and max(map(len, asked)) <= ink.LONGEST + 1


def test_that_a_solid_bar_begins_and_ends_at_its_instants(state):
    frame = framed(state)
    lane = lane_of(frame, "portals")
    band = next(band for band in lane.picture.bands if band.role == "asking" and band.style == "solid")
    image, _ = drawn(frame)
    left, right = (frame.scale.x(ms) for ms in (band.edges[1], band.edges[2]))
    y = lane.top + lane.head + band.top + band.height / 2
    assert name(image, left + 2, y) == name(image, (left + right) / 2, y) == COLOURS.asking
    assert name(image, frame.scale.x(band.edges[0]) - 3, y) == COLOURS.ground


def test_that_bars_stand_on_the_floor_of_their_lane_and_show_their_values(state):
    frame = framed(state)
    lane = lane_of(frame, "daily")
    bars = lane.picture.bars[0]
    image, _ = drawn(frame)
    highest = int((bars.bottom - bars.top).argmax())
    x = (frame.scale.x(int(bars.start[highest])) + frame.scale.x(int(bars.end[highest]))) / 2
    middle = (float(bars.top[highest]) + float(bars.bottom[highest])) / 2
    assert name(image, x, lane.top + lane.head + middle) == COLOURS.counted
    assert name(image, x, lane.top + lane.head + float(bars.top[highest]) - 4) != COLOURS.counted


def test_that_an_old_frame_is_stretched_to_the_scale_of_now(state):
    frame = framed(state)
    window = state.view.window
    later = TimeScale(window.moved(window.length_us // 10), WIDTH)
    (_, before), (_, after) = drawn(frame), drawn(frame, scale=later)
    was = {box.text: box.box.left() for box in before if box.place == "portals"}
    now = {box.text: box.box.left() for box in after if box.place == "portals"}
    both = was.keys() & now.keys()
    assert both and all(was[text] - now[text] == pytest.approx(WIDTH / 10, abs=0.01) for text in both)


def test_that_the_selected_event_has_a_frame_in_the_colour_of_interaction_and_no_other(state):
    frame = framed(state)

    def violet(selected: str) -> int:
        image, _ = drawn(frame, selected=selected)
        return sum(name(image, x, y) == COLOURS.interaction for x in range(0, WIDTH, 2) for y in range(0, 200, 2))

    assert violet("") == 0 and violet("not-there") == 0 and violet("e-down") > 5


def test_that_what_a_search_does_not_find_is_dimmed(state):
    lane = lane_of(framed(state), "portals")
    band = next(band for band in lane.picture.bands if band.role == "asking")
    x, y = framed(state).scale.x(band.edges[1]) + 4, lane.top + lane.head + band.top + band.height / 2
    found, _ = drawn(framed(state, frozenset({"e-asks"})))
    others, _ = drawn(framed(state, frozenset({"e-flood"})))
    assert name(found, x, y) == COLOURS.asking
    assert QColor(others.pixel(round(x), round(y))).lightness() > QColor(COLOURS.asking).lightness() + 60


def test_that_halves_are_parted_by_a_heavier_rule_and_lanes_by_a_hairline(state):
    frame = framed(state)
    image, _ = drawn(frame)
    half = next(lane for lane in frame.lanes if lane.half_title)
    light = next(lane for lane in frame.lanes if lane.top and not lane.half_title)
    assert [name(image, 450, round(half.top) + dy) for dy in (0, 1)] == [COLOURS.half_rule] * 2
    assert name(image, 450, round(light.top)) == COLOURS.hairline
    assert name(image, 450, round(light.top) + 1) != COLOURS.hairline


def test_that_the_grid_stands_at_the_ticks(state):
    marks = ticks(state.view.window, WIDTH, "America/Chicago", catalogue("en"), fonts.width)
    frame = framed(state)
    image, _ = drawn(replace(frame, lanes=()), marks=marks)
    columns = {x for x in range(WIDTH) if name(image, x, 300) == COLOURS.hairline}
    wanted = {round(frame.scale.x(tick.at_ms)) for tick in marks.major}
    assert {x for x in wanted if 0 <= x < WIDTH} <= columns


def test_that_lanes_scrolled_out_of_sight_are_not_painted(state):
    frame = framed(state)
    first = frame.lanes[0]
    _, boxes = drawn(frame, scroll=first.height + 1)
    assert first.spec.id not in {box.place for box in boxes}
    _, all_boxes = drawn(frame)
    assert first.spec.id in {box.place for box in all_boxes}


@given(st.integers(-200, 900))
def test_that_no_text_ever_leaves_its_lane_however_far_one_scrolls(qapp, scroll):
    frame = framed(tiny_session().state)
    for _, boxes in (drawn(frame, scroll=scroll), headed(frame, (scroll, 100, ""))):
        for box in boxes:
            assert box.clip.adjusted(-0.6, -0.6, 0.6, 0.6).contains(box.box) and AREA.contains(box.clip)


def test_that_every_heading_says_title_lines_and_legend_of_its_lane(state):
    frame = framed(state)
    _, boxes = headed(frame)
    for lane in frame.lanes:
        said = " ".join(box.text for box in boxes if box.place == f"heading {lane.spec.id}")
        heading = lane.picture.heading
        assert heading.title in said
        assert all(line in said for line in heading.lines) and all(one.text in said for one in heading.legend)


def test_that_the_lane_with_the_focus_and_a_pinned_lane_are_marked(state):
    frame = framed(moves.toggle_pin(state, "statements"))
    pinned = frame.lanes[0]
    assert pinned.spec.id == "statements" and pinned.is_pinned
    image, _ = headed(frame, (0.0, 100, "floods"))
    focused = lane_of(frame, "floods")
    assert name(image, 1, focused.top + focused.height / 2) == COLOURS.interaction
    assert name(image, 1, pinned.top + pinned.height / 2) == COLOURS.ground
    assert name(image, 250 - 16, pinned.top + 12) == COLOURS.muted


def test_that_a_lane_with_nothing_in_view_says_so_in_one_line(state):
    window = state.view.window
    frame = framed(moves.look(state, window=window.moved(-3 * window.length_us)))
    _, boxes = drawn(frame)
    for lane in frame.lanes:
        assert lane.is_strip and [box.text for box in boxes if box.place == lane.spec.id] == [lane.picture.quiet]


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@settings(max_examples=25)
@given(st.integers(0, 2**32), st.integers(61, 400), st.floats(2.5, 8))
def test_that_bars_as_an_image_are_the_bars_as_rectangles(ratio: float, seed: int, count: int, each: float):
    """Within a pixel: a pixel counts as the other's where one beside it has the same colour."""
    random = np.random.default_rng(seed)
    width = random.uniform(0.4, 1.6, count) * each
    left = np.cumsum(width) - width + random.uniform(0, 50) - min(50, width.sum() / 2)
    high = random.uniform(0, 30, count)
    edges = (left, high, left + width * random.choice((1.0, 0.9), count), np.maximum(high + 1, 39.0))
    pictures = []
    for how in (paint_many.image, paint_many.rectangles):
        made = QImage(round(600 * ratio), round(40 * ratio), QImage.Format.Format_RGB32)
        made.setDevicePixelRatio(ratio)
        made.fill(QColor("white"))
        clip, painter = QRectF(0, 0, 600, 40), QPainter(made)
        seen = (np.maximum(edges[0], 0), edges[1], np.minimum(edges[2], 600), edges[3])
        inside = seen[2] > seen[0]
        how(Ink(painter, COLOURS, clip), tuple(one[inside] for one in seen), "ink", 1.0)
        painter.end()
        pixels = np.frombuffer(made.constBits(), np.uint32).reshape(made.height(), -1)
        pictures.append(pixels[:, :made.width()] & 0xFFFFFF)
    one, other = pictures
    padded = np.pad(other, 1, mode="edge")
    around = [padded[y:y + one.shape[0], x:x + one.shape[1]] for y in range(3) for x in range(3)]
    assert np.all(np.any([one == moved for moved in around], axis=0))
    assert (one != other).mean() < 0.06


def test_that_clusters_show_their_number_in_their_box_and_say_more_where_there_is_room(qapp):
    events = tuple(event(f"e-{n}", within(2 + n % 2, 24), place=Place(words("Dallas" if n % 3 else "Seoul")))
                   for n in range(700))
    made = lane_dataset(events)
    frame = compose(FrameRequest(made, walk.opening(made), WIDTH, HEIGHT, ink.width))
    _, boxes = drawn(frame)
    told = [box.text for box in boxes]
    assert told.count("700") == 1 and "Dallas 466, …" in told
    for stack in frame.lanes[0].picture.stacks:
        left, right = stack.reach(frame.scale)
        assert sum(left <= box.box.left() and box.box.right() <= right and box.text == "700" for box in boxes) == 1


def lane_dataset(events):
    lane = LaneSpec("lane", "events", "documented", words("A lane"), event_ids=tuple(one.id for one in events))
    return dataset(events, lanes=(lane,))
