"""A talk for tests: a long story, a clock that a test decides, both windows on their own."""
from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fakes import words
from stories import DATASET, SIGHT
from timeline_app.domain.stories import Step, Story
from timeline_app.qt.tasks import Tasks
from timeline_app.shells.present import Manner, Present
from timeline_app.viewmodel.state import Setting

STILL = Setting(still=True)
LONG = Story("long", words("Long"), tuple(
    Step(f"s{n}", SIGHT, words(f"Headline {n}"), notes=words(f"Say **this** of {n}\n- and this"), seconds=60,
         is_optional=n % 3 == 1) for n in range(9)))


class Clock:
    """Time that a test decides."""

    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now


def begun(story: Story = LONG, dataset: object = DATASET, **manner: object) -> Present:
    """A talk that has begun."""
    window = Present(dataset, story, STILL, Tasks(), Manner(**{"is_windowed": True, "clock": Clock()} | manner))
    window.resize(1280, 720)
    window.audience.resize(1280, 720)
    window.begin()
    window.tasks.settle()
    return window


def press(window: Present, *keys: Qt.Key) -> None:
    """Keys, as a clicker sends them to the presenter's window."""
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    for key in keys:
        QTest.keyClick(window, key)
    window.tasks.settle()


def seen(window: Present) -> str:
    """The headline that the audience sees."""
    return window.audience.stage.doc.headline
