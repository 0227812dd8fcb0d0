"""What lies over the audience's screen: black, white, or the dark around a spotlight. It takes no pointer."""
from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from timeline_app.base.text import Texts
from timeline_app.qt import safe_text

RADIUS = 0.16  # of the height
DARK = QColor(0, 0, 0, 165)
COVERS = {"black": QColor("#000000"), "white": QColor("#FFFFFF")}


class StageCover(QWidget):
    """Hidden as long as nothing lies over the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.colour, self.spot = "", None
        self.hide()

    def set_cover(self, colour: str, texts: Texts) -> None:
        """"black", "white" or "" for none."""
        self.colour = colour if colour in COVERS else ""
        safe_text.name(self, texts.get(f"stage.{self.colour}") if self.colour else "")
        self._show()

    def set_spotlight(self, at: QPointF | None) -> None:
        """Around a place given as shares of the screen; None for none."""
        self.spot = at
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self.colour) or self.spot is not None)
        self.raise_()
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The whole screen in a colour, or all of it but a circle."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        if self.colour:
            painter.fillRect(whole, COVERS[self.colour])
        elif self.spot is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = QPointF(self.spot.x() * whole.width(), self.spot.y() * whole.height())
            path = QPainterPath()
            path.addRect(whole)
            path.addEllipse(middle, RADIUS * whole.height(), RADIUS * whole.height())
            painter.fillPath(path, DARK)
        painter.end()
