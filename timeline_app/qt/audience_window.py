"""The window that the audience sees: the stage and nothing else. Its keys are those of the talk; the mouse and the
wheel step through it only where a presenter says so.
"""
from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from timeline_app.qt import theme
from timeline_app.qt.stage import Stage

MOVES = (QEvent.Type.MouseMove, QEvent.Type.HoverMove)


class AudienceWindow(QWidget):
    """Holds a stage. `mouse_steps` says whether clicks and the wheel step; `pointed` sends where the
    pointer is as shares of the window, `stepped` 1 or -1 where the mouse steps, `closing` that somebody closes it."""

    pointed = Signal(QPointF)
    stepped = Signal(int)
    closing = Signal()

    def __init__(self, stage: Stage, mouse_steps: bool = False) -> None:
        super().__init__()
        self.stage = stage
        self.mouse_steps = mouse_steps
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(stage)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        stage.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for part in (stage, stage.canvas.viewport(), stage.headings):
            part.setMouseTracking(True)
            part.installEventFilter(self)

    def set_theme(self, name: str) -> None:
        """The ground around the stage."""
        self.setPalette(theme.qt_palette(theme.palette(name)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where the pointer is; and steps, where the mouse may."""
        if isinstance(event, QMouseEvent) and event.type() in MOVES and isinstance(watched, QWidget):
            at = watched.mapTo(self.stage, event.position())
            self.pointed.emit(QPointF(at.x() / max(1, self.stage.width()), at.y() / max(1, self.stage.height())))
        if self.mouse_steps and isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            steps = {Qt.MouseButton.LeftButton: 1, Qt.MouseButton.RightButton: -1}.get(event.button(), 0)
            return self._step(steps)
        if self.mouse_steps and isinstance(event, QWheelEvent):
            return self._step(-1 if event.angleDelta().y() > 0 else 1)
        return False

    def _step(self, steps: int) -> bool:
        if steps:
            self.stepped.emit(steps)
        return bool(steps)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say so: the talk ends with its screen."""
        self.closing.emit()
        super().closeEvent(event)
