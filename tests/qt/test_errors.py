"""A bug becomes a report that can be copied and holds nothing of the data; the app goes on."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from qt.stage import Stage
from timeline_app.qt import errors, popup
from timeline_app.qt.error_panel import ErrorPanel

SECRET = "fan-1 wrote this"


def broken():
    text = SECRET
    return {}[text]


def caught(function=broken):
    try:
        function()
    except Exception as error:
        return error


def test_that_a_report_names_places_and_types_but_no_data():
    text = errors.report_text(caught())
    assert "KeyError" in text and "tests/qt/test_errors.py" in text and "broken" in text
    assert SECRET not in text


def test_that_a_report_names_no_folder_of_the_machine():
    text = errors.report_text(caught())
    assert __file__.rpartition("/tests/")[0] not in text


def test_that_a_report_tells_what_an_exception_came_from():
    def wrapped():
        try:
            broken()
        except KeyError as error:
            raise ValueError(SECRET) from error

    text = errors.report_text(caught(wrapped))
    assert text.index("ValueError") < text.index("KeyError") and SECRET not in text


def test_that_endless_recursion_gives_a_short_report():
    def deep():
        return deep()

    assert errors.report_text(caught(deep)).count("\n") < errors.REPORT_FRAMES + 10


def test_that_each_kind_of_bug_is_shown_once():
    shown = []
    hook = errors.Hook(shown.append)
    for _ in range(3):
        error = caught()
        hook(type(error), error, error.__traceback__)
    assert len(shown) == 1 and list(hook.seen.values()) == [3]


def test_that_a_bug_while_a_bug_is_shown_does_not_go_round(monkeypatch):
    default = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *error: default.append(error[0]))

    def show(_):
        hook(ValueError, caught(), None)

    hook = errors.Hook(show)
    hook(KeyError, caught(), None)
    assert default == [ValueError]


def test_that_a_panel_that_cannot_be_shown_falls_back_to_the_terminal(monkeypatch):
    default = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *error: default.append(error[0]))

    def show(_):
        raise RuntimeError

    errors.Hook(show)(KeyError, caught(), None)
    assert default == [KeyError]


def test_that_ctrl_c_ends_the_app_as_ever(monkeypatch):
    default, shown = [], []
    monkeypatch.setattr(sys, "__excepthook__", lambda *error: default.append(error[0]))
    errors.Hook(shown.append)(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert default == [KeyboardInterrupt] and shown == []


def test_that_the_hook_is_given_back(monkeypatch):
    before, shown = sys.excepthook, []
    give_back = errors.install(shown.append)
    errors.report(caught())
    give_back()
    assert len(shown) == 1 and sys.excepthook is before


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_the_report_can_be_read_and_copied_by_keys_alone(qtbot, language):
    stage = Stage(qtbot, language=language)
    report = errors.report_text(caught())
    panel = ErrorPanel(stage, stage.look, report)
    panel.open()
    assert panel.report.toPlainText() == report and panel.report.isReadOnly()
    while stage.focus() is not panel.copy:
        stage.press(Qt.Key.Key_Tab)
    stage.press(Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() == report
    stage.press(Qt.Key.Key_Escape)
    assert popup.opened(stage) is None and stage.focus() is stage.middle
