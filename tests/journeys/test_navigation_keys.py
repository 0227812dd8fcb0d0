"""One journey for each row of the navigation grammar for keys: what is pressed on a whole window with the real dataset,
and what is then seen.

The rows are named as the grammar names them. What is finer than a row is in `test_keys` and `test_keys_panels`.
"""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from journeys.keyboard import ALT, CTRL, PLAIN, SHIFT, type_into
from journeys.visitor import OUTAGE, Journey, Visitor, row
from qt.whole import wheel
from timeline_app.qt import popup
from timeline_app.qt.go_to import GoTo
from timeline_app.qt.key_list import KeyList
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves, note_lanes, walk
from timeline_app.viewmodel.window import Window

ROWS: dict[str, Journey] = {}


@pytest.fixture
def visitor(driven: Explore) -> Visitor:
    return Visitor(driven)


@row(ROWS, "Left / Right")
def _walk(one: Visitor) -> None:
    order = walk.in_order(one.session.dataset)
    one.session.become(moves.select(one.session.state, order[10]))
    before = one.seen
    one.press(Qt.Key.Key_Right)
    assert one.view.selected == order[11] and one.seen == before
    one.press(Qt.Key.Key_Left, times=11)
    assert one.view.selected == order[0] and one.seen.length_us == before.length_us
    assert one.seen.span.overlaps(walk.bounded(one.session.dataset.event_by_id[order[0]].when))


@row(ROWS, "Up / Down")
def _lanes(one: Visitor) -> None:
    lanes = [lane.id for lane in one.session.dataset.meta.lanes]
    one.press(Qt.Key.Key_Down, times=3)
    assert one.view.lane == lanes[2]
    one.press(Qt.Key.Key_Up)
    assert one.view.lane == lanes[1]


@row(ROWS, "Ctrl + Left / Right")
def _fifths(one: Visitor) -> None:
    before = one.seen
    one.press(Qt.Key.Key_Right, CTRL)
    assert one.seen == before.moved(round(before.length_us * 0.2))
    one.press(Qt.Key.Key_Left, CTRL)
    assert one.seen == before


@row(ROWS, "PgUp / PgDn")
def _pages(one: Visitor) -> None:
    before = one.seen
    one.press(Qt.Key.Key_PageDown)
    assert one.seen == before.moved(before.length_us)
    one.press(Qt.Key.Key_PageUp)
    assert one.seen == before


@row(ROWS, "Space, N, Enter")
def _enter(one: Visitor) -> None:
    span = one.session.dataset.event_by_id[OUTAGE].when.span
    one.session.become(moves.mark(one.session.state, span))
    one.press(Qt.Key.Key_Return)
    assert one.seen == Window.of(span) and one.view.marked is None
    one.press(Qt.Key.Key_Return)
    one.window.tasks.settle()
    chosen = one.session.dataset.event_by_id[one.view.selected]
    assert chosen.title.say("en") in one.window.pane.page.toPlainText()


@row(ROWS, "Backspace")
def _backspace(one: Visitor) -> None:
    before = one.session.state
    one.press(Qt.Key.Key_Backspace)
    assert one.session.state == before and popup.opened(one.window) is None


@row(ROWS, "+ / -")
def _zoom(one: Visitor) -> None:
    before = one.seen
    one.press(Qt.Key.Key_Plus)
    assert one.seen.length_us < before.length_us and abs(one.seen.centre_us - before.centre_us) <= 1
    one.session.become(moves.select(one.session.state, OUTAGE))
    x = round(one.canvas.scale.x(one.session.dataset.event_by_id[OUTAGE].when.earliest_start))
    at = one.under(x)
    one.press(Qt.Key.Key_Minus, times=2)
    assert one.seen.length_us > before.length_us and one.keeps(at, x)


@row(ROWS, "Home / End")
def _ends(one: Visitor) -> None:
    order = walk.in_order(one.session.dataset)
    for key, wanted in ((Qt.Key.Key_End, order[-1]), (Qt.Key.Key_Home, order[0])):
        one.press(key)
        assert one.view.selected == wanted
        assert one.seen.span.overlaps(walk.bounded(one.session.dataset.event_by_id[wanted].when))


@row(ROWS, "0; F, F again")
def _fit(one: Visitor) -> None:
    one.press(Qt.Key.Key_0)
    assert one.seen == walk.all_events(one.session.dataset)
    one.session.become(moves.select(one.session.state, OUTAGE))
    span, before = walk.bounded(one.session.dataset.event_by_id[OUTAGE].when), one.seen
    one.press(Qt.Key.Key_F)
    assert one.seen.length_us == before.length_us
    one.press(Qt.Key.Key_F, times=2)
    assert one.seen == walk.fitted(span, one.session.limits)


@row(ROWS, ", and .")
def _in_lane(one: Visitor) -> None:
    lane = next(spec for spec in one.session.dataset.meta.lanes if spec.id == "statements")
    order = walk.in_order(one.session.dataset, frozenset(lane.event_ids))
    one.session.become(moves.select(one.session.state, order[0], lane.id))
    one.press(Qt.Key.Key_Period, times=2)
    assert one.view.selected == order[2]
    one.press(Qt.Key.Key_Comma)
    assert one.view.selected == order[1]


@row(ROWS, "G")
def _go_to(one: Visitor) -> None:
    one.press(Qt.Key.Key_G)
    panel = popup.opened(one.window)
    assert isinstance(panel, GoTo)
    before = one.seen
    type_into(panel.field, "6/3/2020")
    one.press(Qt.Key.Key_Return)
    assert one.seen == before and panel.error.isVisible()
    panel.field.setText("2020-06-03T12~")
    panel.field.setText("2020-06-03")
    one.press(Qt.Key.Key_Return)
    assert popup.opened(one.window) is None and one.seen.length_us < 3 * 86_400_000_000


@row(ROWS, "/, Ctrl + F, Ctrl + K; then Enter / Shift + Enter")
def _search(one: Visitor) -> None:
    for key, held in ((Qt.Key.Key_Slash, PLAIN), (Qt.Key.Key_F, CTRL), (Qt.Key.Key_K, CTRL)):
        one.canvas.setFocus()
        one.press(key, held)
        assert one.window.search.field.hasFocus()
    type_into(one.window.search.field, "kirkland")
    one.press(Qt.Key.Key_Return)
    one.window.tasks.settle()
    found = one.window.search.result.event_ids
    one.press(Qt.Key.Key_Return)
    first = one.view.selected
    one.press(Qt.Key.Key_Return)
    assert first in found and one.view.selected in found - {first}
    one.press(Qt.Key.Key_Return, SHIFT)
    assert one.view.selected == first


@row(ROWS, "Ctrl + Shift + P; ?")
def _palette(one: Visitor) -> None:
    one.press(Qt.Key.Key_P, CTRL | SHIFT)
    type_into(popup.opened(one.window).field, one.window.actions.actions["fit_all"].text())
    one.press(Qt.Key.Key_Return)
    assert one.seen == walk.all_events(one.session.dataset)
    one.press(Qt.Key.Key_Question)
    panel = popup.opened(one.window)
    assert isinstance(panel, KeyList) and panel.caps.keys() == one.window.actions.keys.keys()
    one.press(Qt.Key.Key_Escape)


@row(ROWS, "P")
def _pin(one: Visitor) -> None:
    one.press(Qt.Key.Key_Down, times=4)
    lane = one.view.lane
    one.press(Qt.Key.Key_P)
    one.window.tasks.settle()
    top = one.canvas.frame.lanes[0]
    assert top.spec.id == lane and top.is_pinned
    one.press(Qt.Key.Key_P)
    one.window.tasks.settle()
    assert one.canvas.frame.lanes[0].spec.id != lane


@row(ROWS, "Alt + Left / Right")
def _history(one: Visitor) -> None:
    seen = [one.seen]
    for _ in range(2):
        one.press(Qt.Key.Key_PageDown)
        seen.append(one.seen)
    one.press(Qt.Key.Key_Left, ALT, times=2)
    assert one.seen == seen[0]
    one.press(Qt.Key.Key_Right, ALT)
    assert one.seen == seen[1]
    wheel(one.ground, QPoint(300, 200), 120)
    wheel(one.ground, QPoint(300, 200), 120)
    one.press(Qt.Key.Key_Left, ALT)
    assert one.seen == seen[1]


@row(ROWS, "Esc")
def _escape(one: Visitor) -> None:
    state = moves.mark(moves.select(one.session.state, OUTAGE), one.session.dataset.meta.opening)
    one.session.become(state)
    one.press(Qt.Key.Key_Question)
    steps = []
    for _ in range(4):
        one.press(Qt.Key.Key_Escape)
        steps.append((popup.opened(one.window) is None, one.view.selected != "", one.view.marked is not None))
    assert steps == [(True, True, True), (True, False, True), (True, False, False), (True, False, False)]


@row(ROWS, "Tab")
def _tab(one: Visitor) -> None:
    window = one.window
    stops = [window.headings, window.overview, window.canvas, window.pane.page]
    window.bar.keys.setFocus(Qt.FocusReason.TabFocusReason)
    passed = []
    for _ in range(20):
        one.press(Qt.Key.Key_Tab)
        passed.append(QApplication.focusWidget())
    assert [stop for stop in passed if stop in stops][:4] == stops
    assert any(stop in (window.bar.zoom_in, window.search.field) for stop in passed)


@row(ROWS, "M, Shift + M")
def _note(one: Visitor) -> None:
    one.window.notes.begin()
    one.session.become(moves.select(one.session.state, OUTAGE))
    for held, words in ((PLAIN, "Here"), (SHIFT, "From here to there")):
        one.session.become(moves.mark(one.session.state, one.session.dataset.meta.opening))
        one.press(Qt.Key.Key_M, held)
        type_into(QApplication.focusWidget(), words)
        one.press(Qt.Key.Key_Return, CTRL)
        one.window.tasks.settle()
    assert {note.text for note in one.session.notes.own.values()} == {"Here", "From here to there"}
    drawn = one.canvas.frame.lanes[0]
    assert drawn.spec.id == note_lanes.OWN_LANE and len(drawn.picture.items) == 2 and drawn.picture.shows(one.seen.span)
    one.press(Qt.Key.Key_Z, CTRL, times=2)


@row(ROWS, "Ctrl + Z / Ctrl + Shift + Z")
def _undo(one: Visitor) -> None:
    one.window.notes.begin()
    one.press(Qt.Key.Key_M)
    type_into(QApplication.focusWidget(), "Once")
    one.press(Qt.Key.Key_Return, CTRL)
    for key, held, left in ((Qt.Key.Key_Z, CTRL, 0), (Qt.Key.Key_Z, CTRL | SHIFT, 1), (Qt.Key.Key_Z, CTRL, 0)):
        one.press(key, held)
        one.window.tasks.settle()
        assert len(one.session.notes.own) == left


@pytest.mark.parametrize("words", ROWS)
def test_that_keys_do_what_the_grammar_says(visitor, words):
    ROWS[words](visitor)
