"""Whole windows for tests: the real dataset, read once, and windows that are closed again."""
from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from journeys import keyboard
from timeline_app import app
from timeline_app.engine.dataset import Dataset, open_dataset
from timeline_app.qt.main_window import application
from timeline_app.shells.explore import Explore

FULL, SMALL = (1920, 1080), (1280, 720)
Opener = Callable[..., Explore]


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the app itself makes it."""
    return application()


@pytest.fixture(scope="session")
def june() -> Dataset:
    """The bundled dataset."""
    return open_dataset("june-2020")


def shut(window: QWidget) -> None:
    """Close a window and let it go."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def opened(qapp: QApplication, june: Dataset) -> Iterator[Opener]:
    """Opens the explore window on june-2020, or another dataset, with the options of a snapshot."""
    windows: list[Explore] = []

    def opener(size: tuple[int, int] = SMALL, dataset: Dataset = june, **options: object) -> Explore:
        windows.append(app.pictured(dataset, app.state_for(dataset, options), size))
        return windows[-1]

    yield opener
    for window in windows:
        shut(window)


@pytest.fixture(scope="module")
def shared(qapp: QApplication, june: Dataset) -> Iterator[Explore]:
    """One window for all tests of a file."""
    made = app.pictured(june, app.state_for(june, {}), SMALL)
    yield made
    shut(made)


@pytest.fixture
def driven(shared: Explore) -> Explore:
    """The shared window at its opening view, with the keyboard on the timeline."""
    return keyboard.put_back(shared)


@pytest.fixture
def press(driven: Explore) -> keyboard.Press:
    """Presses a key where the keyboard is."""
    return keyboard.presser(driven)
