"""Every place that the keyboard can reach has a name that can be read aloud and is large enough to be hit, in the
window and in each panel, in both languages."""
from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from qt.whole import explore
from timeline_app.base.text import LANGUAGES
from timeline_app.qt import access, popup
from timeline_app.viewmodel import moves

PANELS = ("go_to_date", "palette", "key_list", "problems", "choose_lanes", "collections", "cache", "language", "theme",
          "zone", "say_view", "view_table", "note_moment")
LEAST = 24  # px of a target, WCAG 2.2, 2.5.8


@pytest.fixture(scope="module", params=LANGUAGES)
def window(request, qapp):
    class Owner:
        def addWidget(self, widget):
            self.widget = widget

    owner = Owner()
    made = explore(owner, language=request.param)
    made.session.become(moves.select(made.session.state, "e-down"))
    made.tasks.settle()
    yield made
    made.close()
    made.deleteLater()


def opened(window, command: str) -> QWidget:
    """The window with a panel open in it."""
    popup.close_all(window)
    window.actions.run(command)
    window.tasks.settle()
    assert popup.opened(window) is not None, command
    return window


def noisy(name: str) -> list[str]:
    """What a screen reader would read as noise: pictures, arrows and boxes."""
    return [one for one in name if unicodedata.category(one) in ("So", "Sk", "Co", "Cn")]


def faults(window: QWidget) -> list[str]:
    found = [f"no name: {kind}" for kind in access.unnamed(window)]
    for one in access.focusable(window):
        name = access.spoken_name(one)
        if not any(letter.isalpha() for letter in name) or noisy(name):
            found.append(f"{type(one).__name__} is called {name!r}")
    return found


def small(window: QWidget) -> list[str]:
    """Buttons and fields in sight that are lower or narrower than a target may be."""
    return [f"{type(one).__name__} {one.accessibleName()!r} {one.width()}x{one.height()}"
            for one in window.findChildren(QWidget)
            if isinstance(one, QAbstractButton | QLineEdit) and one.isVisible() and one.isEnabled()
            and min(one.width(), one.height()) < LEAST]


def test_that_everything_in_the_window_has_a_name_and_is_large_enough(window):
    popup.close_all(window)
    assert faults(window) + small(window) == []


@pytest.mark.parametrize("command", PANELS)
def test_that_everything_in_a_panel_has_a_name_and_is_large_enough(window, command):
    shown = opened(window, command)
    assert faults(shown) + small(shown) == []
    assert popup.opened(window).accessibleName().strip() or command == "note_moment"
    popup.close_all(window)


def test_that_targets_stay_large_enough_with_small_text(qtbot):
    assert small(explore(qtbot, text_percent=75)) == []


def test_that_tips_and_names_say_the_same_of_what_has_no_words(window):
    """What has an arrow for its word is called by what it does."""
    popup.close_all(window)
    wordless = [one for one in window.findChildren(QAbstractButton)
                if one.isVisible() and not any(letter.isalpha() for letter in one.text())]
    assert wordless and all(one.accessibleName() != one.text() for one in wordless)
