"""What the system asks for, on every version of Qt: what it cannot tell is nothing asked for."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt, Signal

from timeline_app.qt import wishes
from timeline_app.qt.wishes import Wishes


class Accessibility(QObject):
    contrastPreferenceChanged = Signal(object)

    def contrastPreference(self):
        return Qt.ContrastPreference.HighContrast


class Hints(QObject):
    colorSchemeChanged = Signal(object)
    scheme = Qt.ColorScheme.Light

    def colorScheme(self):
        return self.scheme


class NewHints(Hints):
    def __init__(self):
        super().__init__()
        self.told = Accessibility()

    def accessibility(self):
        return self.told


@pytest.fixture
def hints(monkeypatch, request):
    made = request.param()
    monkeypatch.setattr(wishes.QGuiApplication, "styleHints", lambda: made)
    return made


@pytest.mark.parametrize("hints", [Hints], indirect=True)
def test_that_dark_and_light_are_followed_where_qt_knows_no_more(qtbot, hints):
    asked = Wishes()
    assert asked.theme() == "paper" and not asked.stillness()
    hints.scheme = Qt.ColorScheme.Dark
    with qtbot.waitSignal(asked.changed):
        hints.colorSchemeChanged.emit(hints.scheme)
    assert asked.theme() == "gallery"


@pytest.mark.parametrize("hints", [NewHints], indirect=True)
def test_that_high_contrast_goes_before_dark_and_light_and_is_heard_when_it_changes(qtbot, hints):
    asked = Wishes()
    with qtbot.waitSignal(asked.changed):
        hints.told.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert asked.theme() == "contrast" and not asked.stillness()


def test_that_the_real_system_answers(qapp):
    asked = Wishes()
    assert asked.theme() in ("paper", "gallery", "contrast") and asked.stillness() in (True, False)
