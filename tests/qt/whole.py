"""The assembled window on the tiny dataset, and a pointer that does with it what a hand does."""
from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fakes import tiny_dataset
from timeline_app.engine.dataset import Dataset
from timeline_app.qt.canvas import Canvas
from timeline_app.qt.tasks import Tasks
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import walk
from timeline_app.viewmodel.picture import Band, Point
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import Setting

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def explore(qtbot, size: tuple[int, int] = (1300, 760), dataset: Dataset | None = None, **setting: object) -> Explore:
    """The window on the tiny dataset, or another, with everything in it that is still to come, and without motion if
    not told otherwise."""
    chosen = dataset or tiny_dataset()
    made = Explore(Session(chosen, walk.opening(chosen, Setting(**{"still": True} | setting))), Tasks())
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
    """A place of the canvas on the mark of an event: its point, or the middle of what is in sight of its band."""
    canvas = window.canvas
    for lane in canvas.frame.lanes:
        items = lane.picture.items
        marks = [(mark, items[mark.item]) for mark in (*lane.picture.points, *lane.picture.bands) if mark.item >= 0]
        for mark, item in marks:
            if item.kind == "event" and item.id == event_id:
                x, y = _middle(canvas, mark)
                return QPoint(round(x), round(canvas.ruler_height + lane.top + lane.head + y - canvas.scroll))
    raise AssertionError(f"{event_id} is not in sight")


def _middle(canvas: Canvas, mark: Point | Band) -> tuple[float, float]:
    if isinstance(mark, Point):
        return canvas.scale.x(mark.at_ms), mark.y
    ends = [min(max(canvas.scale.x(ms), 0.0), canvas.lane_width) for ms in (mark.edges[0], mark.edges[3])]
    return sum(ends) / 2, mark.top + mark.height / 2


def empty_place(window: Explore) -> QPoint:
    """A place of the lanes where nothing is."""
    canvas = window.canvas
    for x in range(40, int(canvas.lane_width), 10):
        for y in range(canvas.ruler_height + 10, canvas.height(), 10):
            if canvas.frame.hit(canvas.scale, *canvas.place_of(QPointF(x, y))) is None:
                return QPoint(x, y)
    raise AssertionError("the lanes are full")
