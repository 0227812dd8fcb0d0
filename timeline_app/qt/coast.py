"""A pan that runs out after the hand has let go, in time and over the lanes. Any input stops it."""
from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QTimer

from timeline_app.qt.canvas import Canvas
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.session import Session

STEP_MS = 16
SLOWEST = 0.4  # px a step, below which it has run out
MOUSE, FINGER = (0.90, 30.0), (0.95, 60.0)  # what of the speed is left after a step, and the most px a step


class Coast(QObject):
    """Moves the session on from step to step, slower each time; then the session rests."""

    def __init__(self, canvas: Canvas, session: Session) -> None:
        super().__init__(canvas)
        self._canvas, self._session = canvas, session
        self._speed = QPointF()
        self._kept = 0.0
        self.timer = QTimer(self, interval=STEP_MS)
        self.timer.timeout.connect(self._step)

    def begin(self, speed: QPointF, manner: tuple[float, float]) -> None:
        """Run on with so many px a step, the way the hand went; nothing where motion is reduced."""
        self._kept, most = manner
        self._speed = QPointF(*(max(-most, min(most, one)) for one in (speed.x(), speed.y())))
        if not self._session.state.setting.still:
            self.timer.start()

    def stop(self) -> None:
        """End it where it is."""
        self.timer.stop()

    def _step(self) -> None:
        self._speed *= self._kept
        if self._speed.manhattanLength() < SLOWEST:
            self.stop()
            self._session.rest()
            return
        us = round(-self._speed.x() * self._canvas.scale.us_per_px)
        state = moves.pan_by(self._session.state, us, self._session.limits)
        self._session.become(moves.scroll(state, round(self._canvas.scroll - self._speed.y())), discrete=False)
