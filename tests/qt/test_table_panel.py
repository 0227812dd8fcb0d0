"""The table of what is in view, by keys: rows, pages, tables, and back to the timeline."""
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qt.whole import explore
from timeline_app.qt.table_panel import TablePanel
from views import crowded

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot):
    return explore(qtbot)


def opened(window) -> TablePanel:
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_A, CTRL | Qt.KeyboardModifier.ShiftModifier)
    window.tasks.settle()
    panel = window.findChild(TablePanel)
    assert QApplication.focusWidget() is panel.table
    return panel


def column(panel, number=0) -> list[str]:
    return [panel.table.item(row, number).text() for row in range(panel.table.rowCount())]


def test_that_rows_are_the_events_in_view_with_date_standing_and_lane(window):
    panel = opened(window)
    assert column(panel)[:3] == ["An app asks for video", "The app is announced down", "A café closes its <b>page</b>"]
    assert column(panel, 3)[0] == "Requests and portals" and "disputed" in column(panel, 2)[1]
    assert panel.note.text() == "1 to 5 of 5" and not panel.after.isEnabled() and not panel.before.isEnabled()
    assert panel.table.accessibleName() == "Marks in order of time: 1 to 5 of 5"


def test_that_enter_on_a_row_shows_it_on_the_timeline(window):
    panel = opened(window)
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert window.session.state.view.selected == "e-down"
    assert QApplication.focusWidget() is window.canvas


def test_that_it_opens_on_the_selected_event(window):
    window.actions.run("last_event")
    panel = opened(window)
    assert panel.table.currentRow() == 4


def test_that_a_counted_lane_is_a_table_of_its_bars_and_enter_zooms_to_one(window):
    panel = opened(window)
    panel.show_table("daily")
    window.tasks.settle()
    assert column(panel, 1) == ["9", "2", "7", "71,741", "30", "18", "3"]
    assert panel.table.columnCount() == 2 and panel.which.text() == "Table: #example"
    panel.table.setCurrentCell(3, 0)
    QTest.keyClick(panel.table, Qt.Key.Key_Return)
    assert window.session.state.view.window.length_us == 24 * 3_600_000_000


def test_that_the_tables_are_offered_in_a_menu_with_their_rows(window):
    panel = opened(window)
    actions = panel.menu().actions()
    assert [one.text() for one in actions][::2] == ["Marks in order of time (5)", "#example (7)"]
    actions[2].trigger()
    window.tasks.settle()
    assert panel.page.choice == "daily"


def test_that_ctrl_and_page_keys_turn_pages_of_200(qtbot):
    window = explore(qtbot, dataset=crowded())
    panel = opened(window)
    assert panel.table.rowCount() == 200 and panel.note.text() == "1 to 200 of 1,003"
    first = column(panel)[0]
    QTest.keyClick(panel.table, Qt.Key.Key_PageDown, CTRL)
    window.tasks.settle()
    assert panel.note.text() == "201 to 400 of 1,003" and column(panel)[0] != first
    QTest.keyClick(panel.table, Qt.Key.Key_PageUp, CTRL)
    window.tasks.settle()
    assert column(panel)[0] == first


def test_that_a_page_can_be_copied(window):
    panel = opened(window)
    panel.copy.click()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "What\tWhen\tStanding\tLane" and len(lines) == 6


def test_that_no_word_is_cut_at_any_text_size(qtbot):
    window = explore(qtbot, text_percent=200)
    panel = opened(window)
    metrics = panel.table.fontMetrics()
    for row in range(panel.table.rowCount()):
        for number in range(panel.table.columnCount()):
            words = panel.table.item(row, number).text().split()
            assert max(map(metrics.horizontalAdvance, words), default=0) + 16 <= panel.table.columnWidth(number)


def test_that_esc_leads_back(window):
    panel = opened(window)
    QTest.keyClick(panel.table, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.canvas
