"""What is said aloud: selections at once, the view when it rests, never two sentences in half a second."""
from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from qt.whole import explore
from timeline_app.base.text import catalogue
from timeline_app.qt import access
from timeline_app.qt.view_words import ViewWords
from timeline_app.viewmodel import commands, moves, summary


@pytest.fixture
def heard(monkeypatch) -> list[str]:
    """Every sentence that a screen reader is handed."""
    said: list[str] = []
    monkeypatch.setattr(access, "QAccessibleAnnouncementEvent", lambda speaker, sentence: sentence)
    monkeypatch.setattr(access, "QAccessible", SimpleNamespace(updateAccessibility=said.append))
    return said


@pytest.fixture
def window(qtbot, heard):
    made = explore(qtbot)
    rested(qtbot, made)
    return made


def rested(qtbot, window) -> str:
    """Wait until the picture of now has been put into words."""
    with qtbot.waitSignal(window.speech.told):
        window.speech.take_frame(window.canvas.frame)
    return window.speech.text


def test_that_opening_a_window_is_no_news(window, heard):
    assert heard == [] and window.speech.text.startswith("In view: 30 May 00:00 to 5 June 12:00, CDT")


def test_that_a_view_that_came_to_rest_is_said_in_one_sentence(qtbot, window, heard):
    window.actions.run("page_later")
    window.tasks.settle()
    text = rested(qtbot, window)
    account = summary.account(window.canvas.frame)
    assert heard == [summary.sentence(account, catalogue("en"))]
    assert heard[0].startswith("31 May 02:12 to 6 June 14:12, CDT: ")
    assert text == summary.summary(account, catalogue("en"))


def test_that_what_a_search_leaves_is_said(qtbot, window, heard):
    window.session.matches = frozenset({"e-down"})
    window._ask_frame()
    window.tasks.settle()
    rested(qtbot, window)
    assert heard[-1].endswith("5 events, 1 disputed, 1 matches the search")


def test_that_a_selection_is_said_at_once_with_its_time_and_its_dispute(window, heard):
    window.session.become(moves.select(window.session.state, "e-down"))
    assert heard == ["The app is announced down; Sunday 31 May 2020, about 18:28 CDT, to the minute; "
                     "documented, disputed: how long"]
    window.session.become(moves.select(window.session.state, ""))
    assert len(heard) == 1


def test_that_only_the_last_of_many_sentences_is_said_within_half_a_second(qtbot, heard):
    widget = QWidget()
    qtbot.addWidget(widget)
    announcer = access.Announcer(widget)
    for sentence in ("one", "two", "three"):
        announcer.say(sentence)
    assert heard == ["one"]
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["one", "three"]


def test_that_the_words_hang_on_the_timeline_and_on_the_status_line(window):
    words = " ".join(window.speech.text.split())
    assert words in window.canvas.accessibleDescription() and window.status.accessibleDescription() == words
    assert "5 events" in window.status.toolTip()


def test_that_v_shows_the_view_in_words_and_copies_them(qtbot, window, heard):
    assert commands.by_id("say_view").keys == ("V",)
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_V)
    shown = window.findChild(ViewWords)
    assert shown.page.toPlainText() == window.speech.text and heard[-1] == " ".join(window.speech.text.split())
    assert QApplication.focusWidget() is shown.page
    shown.copy.click()
    assert QApplication.clipboard().text() == window.speech.text


def test_that_words_follow_the_language(qtbot, window, heard):
    window.session.become(moves.set_up(window.session.state, language="ko"))
    window.tasks.settle()
    assert rested(qtbot, window).startswith("보이는 구간: 5월 30일 00:00~6월 5일 12:00, CDT, 시카고 시간.")
