"""On a screen with two pixels to a px a frame is painted at half the resolution while the view moves, and in full when
it rests: four times the pixels would cost the frame its time, and nobody reads what moves.
"""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter

FROM_RATIO = 1.75
REST_MS = 160


class Coarse(QObject):
    """Says whether the view moves, and paints for it meanwhile; `rested` is called when it has come to rest."""

    def __init__(self, parent: QObject, rested: Callable[[], None]) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(rested)

    def moved(self, ratio: float) -> None:
        """The view has moved on a screen of that many pixels to a px."""
        if ratio >= FROM_RATIO:
            self._rest.start()

    def stop(self) -> None:
        """What is painted now is to be kept."""
        self._rest.stop()

    @property
    def is_on(self) -> bool:
        """Whether frames are coarse at the moment."""
        return self._rest.isActive()

    def paint(self, painter: QPainter, area: QRectF, ground: QColor, paint: Callable[[QPainter], None]) -> None:
        """Let `paint` paint an area on `ground` at one pixel to a px, and lay that over the area."""
        size = area.size().toSize()
        if self._image.size() != size:
            self._image = QImage(size, QImage.Format.Format_RGB32)
        self._image.fill(ground)
        inner = QPainter(self._image)
        inner.translate(-area.topLeft())
        paint(inner)
        inner.end()
        painter.drawImage(area, self._image)
