"""The assembled window on the tiny dataset, and a pointer that does with it what a hand does."""
from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fakes import tiny_dataset
from timeline_app.engine.dataset import Dataset
from timeline_app.qt.canvas import RULER
from timeline_app.qt.tasks import Tasks
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import walk
from timeline_app.viewmodel.picture import Item
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import Setting

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def explore(qtbot, size: tuple[int, int] = (1300, 760), dataset: Dataset | None = None, **setting: object) -> Explore:
    """The window on the tiny dataset, or another, with everything in it that is still to come."""
    chosen = dataset or tiny_dataset()
    made = Explore(Session(chosen, walk.opening(chosen, Setting(**setting))), Tasks())
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    made.tasks.settle()
    return made


def wheel(widget: QWidget, at: QPoint, turned: int, held: Qt.KeyboardModifier = PLAIN) -> None:
    """Turn the wheel over a place of a widget; 120 is one notch."""
    place = QPointF(at)
    QApplication.sendEvent(widget, QWheelEvent(
        place, QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, held,
        Qt.ScrollPhase.NoScrollPhase, False))


def drag(widget: QWidget, start: QPoint, end: QPoint, held: Qt.KeyboardModifier = PLAIN, let_go: bool = True) -> None:
    """Press, move in four steps, and let go."""
    QTest.mousePress(widget, LEFT, held, start)
    for step in range(1, 5):
        QTest.mouseMove(widget, start + (end - start) * step / 4)
    if let_go:
        QTest.mouseRelease(widget, LEFT, held, end)


def place_of(window: Explore, event_id: str) -> QPoint:
    """Where the mark of an event is on the canvas, the middle of what is in sight of it."""
    canvas = window.canvas
    lane, item = next((lane, item) for lane in canvas.frame.lanes for item in lane.picture.items
                      if item.kind == "event" and item.id == event_id)
    return _middle(window, item, lane.top + lane.head)


def _middle(window: Explore, item: Item, top: float) -> QPoint:
    start, end, y, height = item.mark
    canvas = window.canvas
    left, right = (min(max(canvas.scale.x(ms), 0.0), canvas.lane_width) for ms in (start, end))
    return QPoint(round((left + right) / 2), round(RULER + top + y + height / 2 - canvas.scroll))


def empty_place(window: Explore) -> QPoint:
    """A place of the lanes where nothing is."""
    canvas = window.canvas
    for x in range(40, int(canvas.lane_width), 10):
        for y in range(RULER + 10, canvas.height(), 10):
            if canvas.frame.hit(canvas.scale, *canvas.place_of(QPointF(x, y))) is None:
                return QPoint(x, y)
    raise AssertionError("the lanes are full")
