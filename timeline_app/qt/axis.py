"""The calendar ruler as an axis of pyqtgraph: its place in the plot is pyqtgraph's, its ticks never are."""
from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from timeline_app.qt.ink import Ink, TextBox
from timeline_app.qt.ruler import HEIGHT, paint_ruler
from timeline_app.qt.theme import Colours
from timeline_app.viewmodel.ticks import Ticks
from timeline_app.viewmodel.window import TimeScale


class CalendarAxis(pg.AxisItem):
    """Shows the ticks it was given last. `boxes` may be set to a list that takes the texts of the last painting."""

    def __init__(self, orientation: str = "top") -> None:
        self._shown: tuple[Ticks, TimeScale, Colours] | None = None
        self.boxes: list[TextBox] | None = None
        super().__init__(orientation, showValues=False)
        self.setHeight(HEIGHT)

    def set_ticks(self, ticks: Ticks, scale: TimeScale, colours: Colours) -> None:
        """Show these ticks, made for this scale."""
        self._shown = ticks, scale, colours
        self.update()

    def linkToView(self, view: pg.ViewBox) -> None:
        """Nothing: float ranges would lose the instants that ticks stand for, and the axis would hand the view wheel
        and drag, which are the session's."""

    def boundingRect(self) -> QRectF:
        """Its strip and no more: no word crosses its edges."""
        return self.mapRectFromParent(self.geometry())

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the ruler."""
        if self._shown is None:
            return
        if self.boxes is not None:
            self.boxes.clear()
        ticks, scale, colours = self._shown
        paint_ruler(Ink(painter, colours, self.boundingRect(), self.boxes, "ruler"), ticks, scale)
