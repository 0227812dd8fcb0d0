"""The titles of lanes on the audience's screen, where there are several; a single lane is named by its sentence."""
from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from timeline_app.engine.dataset import Dataset
from timeline_app.qt import safe_text
from timeline_app.qt.canvas import Canvas
from timeline_app.qt.ink import Ink, TextBox
from timeline_app.qt.paint import paint_headings
from timeline_app.viewmodel import shown_lanes
from timeline_app.viewmodel.state import LaneChoice


class StageHeadings(QWidget):
    """Paints the headings of the canvas's frame, in the type of the canvas."""

    def __init__(self, canvas: Canvas, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.boxes: list[TextBox] | None = None
        safe_text.name(self, canvas.texts.get("lane.headings"))

    @staticmethod
    def is_needed(dataset: Dataset, lanes: LaneChoice) -> bool:
        """Whether there is more than one lane."""
        return len(shown_lanes.shown(dataset, lanes)) > 1

    def paintEvent(self, _: QPaintEvent) -> None:
        """A heading for each lane, level with it."""
        painter = QPainter(self)
        if self.boxes is not None:
            self.boxes.clear()
        canvas, whole = self._canvas, QRectF(self.rect())
        ink = Ink(painter, canvas.colours, whole, self.boxes, "headings")
        ink.rect(whole, "ground")
        top = canvas.ruler_height
        if canvas.frame is not None:
            column = ink.within(QRectF(0, top, whole.width() - 1, whole.height() - top))
            paint_headings(column, canvas.frame, (canvas.scroll, canvas.session.state.setting.text_percent, ""))
        painter.end()
