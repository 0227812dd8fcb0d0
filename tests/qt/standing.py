"""A kiosk window for tests: it stands in a window of its own, with a clock that a test turns."""

from contextlib import contextmanager

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from qt import fingers
from timeline_app.qt.main_window import application
from timeline_app.qt.tasks import Tasks
from timeline_app.shells.kiosk import Kiosk, Manner
from timeline_app.viewmodel.kiosk.visit import Pace
from timeline_app.viewmodel.state import Setting
from viewmodel.kiosk_places import SHOWN, STORY


class Clock:
    """Milliseconds that go on when a test says so."""

    def __init__(self) -> None:
        self.ms = 1_000

    def __call__(self) -> int:
        return self.ms


def tap(window, at) -> None:
    """A finger that comes and goes at a place of a window, all the way through Qt, which makes a mouse of it where no
    widget takes touches."""
    for name in ("press", "release"):
        told = QTest.touchEvent(window, fingers.screen(), False)
        getattr(told, name)(0, at, window)
        told.commit()
        QApplication.processEvents()


@contextmanager
def standing(size=(1920, 1080), is_guarded=True, dataset=SHOWN, story=STORY, **options):
    """(window, clock) of a kiosk that has begun and draws without a timer; ended afterwards."""
    application()
    clock = Clock()
    setting = Setting("en", "gallery", still=options.pop("still", True))
    manner = Manner(setting, Pace(), is_windowed=True, clock=clock, **options)
    window = Kiosk(dataset, story, manner, Tasks())
    window.resize(*size)
    window.begin() if is_guarded else window.show()
    window.ticker.stop()
    window.refresh()
    try:
        yield window, clock
    finally:
        window.end()
        window.deleteLater()
