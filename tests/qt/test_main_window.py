"""The frame that is there before anything is loaded: a sentence, then a content, which ends when it is replaced."""
from __future__ import annotations

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from timeline_app.base.text import catalogue
from timeline_app.qt import theme
from timeline_app.qt.main_window import NAME, SMALLEST, MainWindow, application, without_platform_remarks


class Content(QWidget):
    """Counts how often it was closed."""

    closed = 0

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed += 1
        super().closeEvent(event)


@pytest.fixture
def window(qtbot) -> MainWindow:
    made = MainWindow(catalogue("en"), theme.palette("paper"))
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def test_that_there_is_one_application(qapp):
    assert application() is QApplication.instance() is application()


def test_that_it_says_that_it_opens_in_plain_text(window):
    label = window.centralWidget()
    assert isinstance(label, QLabel) and label.text() == catalogue("en").get("explore.opening")
    window.say("<b>not</b> markup")
    assert window.centralWidget().text() == "<b>not</b> markup"
    assert window.centralWidget().textFormat().name == "PlainText"


def test_that_a_new_content_closes_the_one_before(window):
    first, second = Content(), Content()
    second.setWindowTitle("Second")
    window.fill(first)
    assert window.windowTitle() == NAME
    window.fill(second)
    assert (first.closed, second.closed) == (1, 0) and window.windowTitle() == "Second"
    assert window.centralWidget() is second


def test_that_closing_ends_the_content_and_tells_the_size(window):
    content, told = Content(), []
    window.fill(content)
    window.closing.connect(lambda *size: told.append(size))
    window.close()
    assert content.closed == 1 and told == [(900, 600)]


def test_that_a_maximised_window_tells_the_size_it_had_before(window):
    told = []
    window.closing.connect(lambda *size: told.append(size))
    window.showMaximized()
    window.close()
    assert told == [(900, 600)]


def test_that_it_never_becomes_smaller_than_its_parts_can_bear(window):
    window.resize(10, 10)
    assert (window.width(), window.height()) == SMALLEST


def test_that_it_takes_drops_and_wears_its_theme(window):
    assert window.acceptDrops()
    window.set_colours(theme.palette("gallery"))
    ground = theme.palette("gallery").ground
    assert window.palette().window().color().name().upper() == ground
    assert QApplication.instance().palette().window().color().name().upper() == ground


def test_that_only_the_remark_about_the_screenless_platform_is_dropped(qtlog):
    with without_platform_remarks():
        qWarning("This plugin does not support propagateSizeHints()")
    with qtlog.disabled(), without_platform_remarks():
        qWarning("something else")
    assert [record.message for record in qtlog.records] == []
