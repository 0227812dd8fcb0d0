"""The explore window as a visitor uses it: the Dallas outage read from its pane, languages, themes and zones switched
while it is open, a search, and windows that come and go without a trace.
"""
from __future__ import annotations

import gc
import threading

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeys import boxes
from journeys.conftest import FULL, shut
from timeline_app import app
from timeline_app.qt import access, popup
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves

OUTAGE = "dallas-iwatch-down"
NAMES = {"dallas", "iWatch Dallas"}  # what is the same in every language: a name, and what was typed


def view(window: Explore):
    return window.session.state.view


def bar_of(window: Explore, event_id: str) -> QPoint:
    """The middle of the bar of an event on the canvas."""
    canvas = window.canvas
    for lane in canvas.frame.lanes:
        for band in lane.picture.bands:
            if band.item >= 0 and lane.picture.items[band.item].id == event_id:
                x = (canvas.scale.x(band.edges[1]) + canvas.scale.x(band.edges[2])) / 2
                y = lane.top + lane.head + band.top + band.height / 2
                return QPoint(round(x), round(canvas.ruler_height + y - canvas.scroll))
    raise AssertionError(f"{event_id} has no bar in sight")


def block(window: Explore, title: str) -> list[str]:
    """The paragraphs of the pane from a question up to the next empty line or heading of another question."""
    paragraphs = window.pane.page.toPlainText().split("\n")
    start = next(n for n, line in enumerate(paragraphs) if line.startswith(title))
    found = []
    for line in paragraphs[start + 1:]:
        if "\t" not in line:
            break
        found.append(line.replace("\N{LINE SEPARATOR}", " "))
    return found


def test_that_a_click_on_the_bar_of_the_outage_tells_what_the_sources_say(opened):
    window = opened(FULL)
    assert view(window).selected == ""
    before = view(window).window
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=bar_of(window, OUTAGE))
    window.tasks.settle()
    assert view(window).selected == OUTAGE and view(window).window == before
    how_long = block(window, "How long from the request to the outage?")
    for answer, source in (("within 5 hours", "Vanity Fair"), ("2 hours", "Pedestrian.TV"),
                           ("within 24 hours", "Fast Company")):
        assert any(line.startswith(f"1\t{answer}") and source in line for line in how_long), answer
    computed = next(line for line in how_long if "17 h 38 min" in line)
    assert computed.startswith("=\t") and "Ars Technica" in computed and "Insider" in computed
    cause = block(window, "What caused the outage?")
    assert any(line.startswith("3\tnot established") for line in cause)
    assert {line.split("\t")[0] for line in cause} == {"1", "2", "3"}


def test_that_the_pane_names_kind_standing_time_quotation_and_sources(opened):
    shown = opened(FULL, select=OUTAGE).pane.page.toPlainText()
    for words in ("Portal", "disputed: when, how long", "Sunday 31 May 2020, about 18:26 CDT", "to the minute",
                  "Due to technical difficulties iWatch Dallas app will be down temporarily.",
                  "Dallas Police Department", "more from memory, not documented"):
        assert words in shown.replace("\N{NO-BREAK SPACE}", " ").replace("\N{LINE SEPARATOR}", " "), words


def test_that_the_pane_leads_to_the_neighbours_in_time_and_copies_the_citation(opened):
    window = opened(FULL, select=OUTAGE)
    window.pane.next.click()
    after = view(window).selected
    assert after != OUTAGE
    window.pane.previous.click()
    assert view(window).selected == OUTAGE
    window.pane.asked.emit("copy-citation")
    assert "Dallas police announce that iWatch Dallas is down" in QApplication.clipboard().text()


@pytest.fixture
def busy(opened, qtbot) -> Explore:
    """A window that has been used: an event selected, a lane taller, scrolled, panned, searched."""
    window = opened(select=OUTAGE)
    session = window.session
    session.become(moves.pan(session.state, 0.05, session.limits))
    session.become(moves.make_taller(session.state, "floods", 2))
    session.become(moves.search(session.state, "dallas"))
    session.become(moves.scroll(session.state, 60))
    qtbot.waitUntil(lambda: window.search.result is not None)
    window.tasks.settle()
    return window


def put(window: Explore, **setting: object) -> None:
    window.session.become(moves.set_up(window.session.state, **setting))
    window.tasks.settle()


def test_that_a_switch_of_language_keeps_the_place_and_changes_every_text(busy):
    before, english = view(busy), boxes.said(busy)
    put(busy, language="ko")
    assert view(busy) == before
    korean = {one.text for one in boxes.read(busy)}
    assert {"기록된 일", "집계된 수", "한국어"} <= korean
    kept = {text for text in korean & set(english) if any(one.isalpha() for one in text) and text[0] != "#"}
    assert kept <= NAMES
    put(busy, language="en")
    assert view(busy) == before and boxes.said(busy) == english


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_a_window_switched_says_what_a_window_made_so_says(opened, language):
    other = {"en": "ko", "ko": "en"}[language]
    switched, made = opened(select=OUTAGE, language=other), opened(select=OUTAGE, language=language)
    put(switched, language=language)
    assert boxes.said(switched) == boxes.said(made)
    assert switched.windowTitle() == made.windowTitle()
    assert [a.text() for a in switched.actions.actions.values()] == [a.text() for a in made.actions.actions.values()]


def test_that_a_window_switched_to_a_theme_looks_as_one_made_in_it(opened):
    switched, made = opened(select=OUTAGE), opened(select=OUTAGE, theme="gallery")
    before = view(switched)
    put(switched, theme="gallery")
    assert view(switched) == before
    for window in (switched, made):
        window.canvas.setFocus()
    assert switched.grab().toImage() == made.grab().toImage()


def test_that_another_zone_moves_the_ticks_and_no_instant(opened):
    window = opened(FULL, select=OUTAGE)

    def marks() -> dict[str, int]:
        """Where the marks begin, by event."""
        return {item.id: item.mark[0] for lane in window.canvas.frame.lanes for item in lane.picture.items
                if item.kind == "event"}

    before, ticks = view(window).window, window.canvas.ticks
    places = {name: window.canvas.scale.x(at) for name, at in marks().items()}
    put(window, zone="Asia/Seoul")
    assert view(window).window == before and window.canvas.ticks != ticks
    assert {name: window.canvas.scale.x(at) for name, at in marks().items()} == places
    assert {tick.at_ms for tick in window.canvas.ticks.major}.isdisjoint({tick.at_ms for tick in ticks.major})
    shown = window.pane.page.toPlainText()
    assert "KST" in window.bar.zone.text() and "08:26" in shown
    put(window, zone="")
    assert window.canvas.ticks == ticks


def test_that_the_zone_the_language_and_the_theme_are_chosen_with_the_mouse(opened):
    window = opened(FULL)
    for pill, wanted, field in ((window.bar.zone, "UTC", "zone"), (window.bar.language, "ko", "language"),
                                (window.bar.theme, "gallery", "theme")):
        QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
        chooser = popup.opened(window)
        row = next(n for n, one in enumerate(chooser.model.options) if one.id == wanted)
        place = chooser.list.visualRect(chooser.model.index(row)).center()
        QTest.mouseClick(chooser.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        window.tasks.settle()
        assert getattr(window.session.state.setting, field) == wanted and popup.opened(window) is None


@pytest.mark.parametrize("query", ["기부", "whiteout", "Vanity Fair"])
def test_that_a_search_counts_what_it_found_and_dims_the_rest(opened, qtbot, query):
    window = opened(FULL)
    window.search.begin()
    window.search.field.setText(query)
    window.search.field.textEdited.emit(query)
    qtbot.waitUntil(lambda: window.search.result is not None)
    window.tasks.settle()
    assert window.search.result.counts and sum(window.search.result.counts.values()) > 0
    labels = [label.dim for lane in window.canvas.frame.lanes for label in lane.picture.labels if label.item >= 0]
    assert any(labels)
    window.search.field.clear()
    window.search._ask()
    window.tasks.settle()
    assert not any(label.dim for lane in window.canvas.frame.lanes for label in lane.picture.labels)


def test_that_a_source_that_was_found_leads_to_the_first_event_that_rests_on_it(opened, qtbot):
    window = opened()
    window.session.become(moves.search(window.session.state, "refinery29"))
    window.tasks.settle()
    qtbot.waitUntil(lambda: window.search.result is not None)
    hit = next(one for one in window.search.result.hits if one.kind == "sources")
    window.search.chosen.emit(hit)
    assert hit.id in window.session.dataset.event_by_id[view(window).selected].source_ids


def test_that_tab_goes_from_the_bar_over_lanes_overview_and_time_to_the_pane_and_shows_where_it_is(opened):
    window = opened()
    window.bar.keys.setFocus(Qt.FocusReason.TabFocusReason)
    seen = []
    for _ in range(5):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        seen.append(window.focusWidget())
    assert seen == [window.headings.lanes, window.headings, window.overview, window.canvas, window.pane.page]
    assert not window.canvas.has_ring
    QTest.keyClick(window.pane.page, Qt.Key.Key_Backtab)
    assert window.canvas.hasFocus() and window.canvas.has_ring


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_everything_that_can_have_the_keyboard_has_a_name_of_its_own(opened, language):
    window = opened(FULL, language=language, select="dallas-iwatch-down")
    assert access.unnamed(window) == []
    names = [one.accessibleName() for one in access.focusable(window)]
    assert len(names) >= 15 and len(set(names)) == len(names)


def test_that_windows_that_come_and_go_leave_no_widget_thread_or_object(qapp, june):
    def one() -> list[Explore]:
        window = app.pictured(june, app.state_for(june, {"select": OUTAGE}), (1100, 700))
        window.search.begin()
        window.requests.list_keys()
        shut(window)
        gone = not shiboken6.isValid(window)
        return [] if gone else [window]

    one()
    gc.collect()
    widgets, threads = len(QApplication.allWidgets()), threading.active_count()
    left = [window for _ in range(10) for window in one()]
    gc.collect()
    assert left == [] and threading.active_count() <= threads
    assert len(QApplication.allWidgets()) == widgets
    assert gc.isenabled()
