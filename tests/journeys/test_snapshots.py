"""What a window draws, read back: at two sizes, in two themes and languages, with nothing and with the Dallas outage
selected, no text is cut, covered, broken, without glyphs or too faint.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest

from journeys import boxes
from journeys.conftest import FULL, SMALL, shut
from journeys.legible import covered, cut, faint, on_a_border, shortened, without_glyph
from timeline_app import app
from timeline_app.qt import theme
from timeline_app.qt.paint import wrapped
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves

OUTAGE = "dallas-iwatch-down"
VIEWS = list(product((FULL, SMALL), ("paper", "gallery"), ("en", "ko"), ("", OUTAGE)))


@dataclass(frozen=True, slots=True)
class Seen:
    """A window with the texts it has drawn."""

    window: Explore
    drawn: list[boxes.Drawn]


def name_of(view: tuple) -> str:
    size, colours, language, selected = view
    return f"{size[0]}-{colours}-{language}-{'outage' if selected else 'opening'}"


@pytest.fixture(scope="module", params=VIEWS, ids=name_of)
def seen(request, qapp, june) -> Iterator[Seen]:
    size, colours, language, selected = request.param
    state = app.state_for(june, {"theme": colours, "language": language, "select": selected})
    window = app.pictured(june, state, size)
    yield Seen(window, boxes.read(window))
    shut(window)


def test_that_no_text_is_cut_by_its_clip(seen):
    assert len(seen.drawn) > 60
    assert cut(seen.drawn) == []


def test_that_no_text_stands_over_another(seen):
    assert covered(seen.drawn) == []


def test_that_no_text_stands_over_the_border_of_a_lane(seen):
    assert sum(one.place.startswith("heading ") for one in seen.drawn) > 10
    assert on_a_border(seen.window, seen.drawn) == []


def test_that_no_text_is_shortened(seen):
    assert shortened(seen.drawn) == []


def test_that_every_letter_has_a_glyph_of_a_bundled_font(seen):
    assert sum(len(list(boxes.lines(page))) for page in boxes.pages(seen.window)) > 2
    assert without_glyph(seen.window, seen.drawn) == set()


def test_that_every_text_has_a_contrast_of_4_and_a_half_and_ticks_of_3(seen):
    assert faint(seen.window, seen.drawn) == []


def test_that_lines_of_the_pane_fit_and_break_between_words(seen):
    """An address may break after a slash, where it is longer than a line."""
    for page in boxes.pages(seen.window):
        for line in boxes.lines(page):
            assert line.left >= -0.5 and line.right <= line.room + 0.5, line
            if line.broken:
                assert line.broken.startswith(("http://", "https://")) and line.text.endswith("/"), line


def test_that_the_pane_can_be_scrolled_to_its_last_line(seen):
    page = seen.window.pane.page
    assert page.document().size().width() <= page.viewport().width() + 0.5
    bar = page.verticalScrollBar()
    assert bar.maximum() + page.viewport().height() >= page.document().size().height() - 1


def test_that_nothing_is_left_out_of_a_lane_in_sight(seen):
    """Ink leaves out what a clip would cut; so what a lane wants to say is compared with what was drawn."""
    canvas, found = seen.window.canvas, {}
    for one in seen.drawn:
        found.setdefault(one.place, []).append(one.text)
    whole = [lane for lane in canvas.frame.lanes if lane.top + lane.height <= canvas.lane_height]
    assert len(whole) >= 8
    for lane in whole:
        labels = [run.text for label in lane.picture.labels for run in label.runs if not run.glyph]
        assert sorted(labels) == sorted(found.get(lane.spec.id, []))
        assert lane.picture.heading.title in found[f"heading {lane.spec.id}"]


def test_that_no_word_of_a_heading_is_broken(seen):
    for lane in seen.window.canvas.frame.lanes:
        for text in lane.picture.heading.lines:
            assert " ".join(wrapped(text, seen.window.headings.width() - 25, 12)) == text


def test_that_scrolled_lanes_keep_their_texts_whole(seen):
    session, before = seen.window.session, seen.window.session.state
    session.become(moves.scroll(before, 75))
    seen.window.tasks.settle()
    drawn = boxes.read(seen.window)
    assert cut(drawn) + covered(drawn) + on_a_border(seen.window, drawn) == []
    session.become(before)


def test_that_the_pane_says_what_is_selected(seen):
    selected, language = seen.window.session.state.view.selected, seen.window.session.state.setting.language
    shown = seen.window.pane.page.toPlainText()
    event = seen.window.session.dataset.event_by_id.get(selected)
    assert (event.title.say(language) in shown) if event else "CDT" not in shown


def test_that_both_themes_are_really_shown(seen):
    chosen = theme.palette(seen.window.session.state.setting.theme)
    grounds = {one.ground for one in seen.drawn}
    assert {chosen.ground.lower(), chosen.panel.lower()} <= grounds
