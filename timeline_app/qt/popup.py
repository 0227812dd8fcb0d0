"""Floating panels: child frames of the window with a shadow, so that they are in every picture of it.

One is open at a time. Esc, a click beside it, or focus that goes elsewhere closes it, and the focus returns
to where it was. What a panel holds is its subclass's.
"""
from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.theme import Colours, colour

SHADOW = 18
RADIUS = 10.0
EDGE = 12  # px that a panel keeps from the border of the window


def paint_floating(painter: QPainter, whole: QRectF, colours: Colours) -> None:
    """A rounded ground with a hairline and a soft shadow; `whole` includes SHADOW px on each side."""
    ground = whole.adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("#000000", 0.030 if colours.dark else 0.011))
    for grown in range(1, SHADOW, 2):
        layer = ground.adjusted(-grown, -grown * 0.6, grown, grown * 0.9).translated(0, 2)
        painter.drawRoundedRect(layer, RADIUS + grown, RADIUS + grown)
    painter.setBrush(colour(colours.panel))
    painter.setPen(QPen(colour(colours.half_rule if colours.dark else colours.hairline), 1.0))
    painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


class _Veil(QWidget):
    """Catches the click beside a panel."""

    pressed = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close what lies above."""
        event.accept()
        self.pressed.emit()


class Panel(QWidget):
    """A floating panel of a window. Fill `body`, then `open`. It deletes itself when it closes."""

    closed = Signal()

    def __init__(self, window: QWidget, look: Look, title: str = "") -> None:
        super().__init__(window)
        self.look = look
        self._anchor: QWidget | None = None
        self._before: QWidget | None = None
        self._closing = False
        self.hide()
        self._veil = _Veil(window)
        self._veil.hide()
        self._veil.pressed.connect(self.dismiss)
        outer = QVBoxLayout(self)
        margin = SHADOW + look.px(16)
        outer.setContentsMargins(margin, SHADOW + look.px(14), margin, SHADOW + look.px(14))
        outer.setSpacing(look.px(10))
        if title:
            safe_text.name(self, title)
            outer.addLayout(self._head(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(look.px(8))
        outer.addLayout(self.body)

    def _head(self, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        words = safe_text.label(title, self, "panel_title")
        words.setFont(self.look.font(15, "bold"))
        self.close_pill = Pill(self.look, "bare", self)
        self.close_pill.put(self.look.texts.get("explore.close"), self.look.texts.get("explore.close.spoken"))
        self.close_pill.clicked.connect(self.dismiss)
        head.addWidget(words, 1)
        head.addWidget(self.close_pill)
        return head

    def open(self, anchor: QWidget | None = None, focus: QWidget | None = None) -> None:
        """Show it below an anchor, or in the upper middle of the window, with the focus on one of its widgets."""
        close_all(self.parentWidget(), besides=self)
        self._anchor, self._before = anchor, QApplication.focusWidget()
        self._place()
        self._veil.show()
        self._veil.raise_()
        self.show()
        self.raise_()
        self.parentWidget().installEventFilter(self)
        chosen = focus or next(iter(self._stops()), None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().focusChanged.connect(self._focus_moved)

    def dismiss(self) -> None:
        """Close it and give the focus back."""
        if self._closing:
            return
        self._closing = True
        QApplication.instance().focusChanged.disconnect(self._focus_moved)
        inside = self._holds(QApplication.focusWidget())
        self.parentWidget().removeEventFilter(self)
        self.hide()
        self._veil.hide()
        if inside and self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._veil.deleteLater()
        self.deleteLater()
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; no other key goes through to the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside; Esc leads out."""
        stops = self._stops()
        now = QApplication.focusWidget()
        if not stops:
            return False
        at = stops.index(now) if now in stops else -1
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def paintEvent(self, _: QPaintEvent) -> None:
        """Shadow and ground."""
        painter = QPainter(self)
        paint_floating(painter, QRectF(self.rect()), self.look.colours)
        painter.end()

    def _stops(self) -> list[QWidget]:
        """What Tab reaches inside, in the order of the eye; the close pill comes last."""
        found = [w for w in self.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus
                 and w.isVisibleTo(self) and w.isEnabled() and w.focusProxy() is None]
        return sorted(found, key=lambda w: w is getattr(self, "close_pill", None))

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is self or (widget is not None and self.isAncestorOf(widget))

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and not self._holds(now) and now.window() is self.window():
            self.dismiss()

    def _place(self) -> None:
        """Below the anchor and inside the window, no larger than it."""
        room = self.parentWidget().rect()
        self._veil.setGeometry(room)
        inside = room.adjusted(EDGE - SHADOW, EDGE - SHADOW, SHADOW - EDGE, SHADOW - EDGE)
        size = self.sizeHint().boundedTo(inside.size())
        if self._anchor is None:
            corner = QPoint((room.width() - size.width()) // 2, max(EDGE, room.height() // 10) - SHADOW)
        else:
            below = self._anchor.mapTo(self.parentWidget(), QPoint(0, self._anchor.height()))
            corner = QPoint(below.x() + self._anchor.width() - size.width() + SHADOW, below.y() + 2 - SHADOW)
        self.setGeometry(_kept_inside(QRect(corner, size), inside))


def _kept_inside(wanted: QRect, room: QRect) -> QRect:
    kept = QRect(wanted)
    kept.moveLeft(max(room.left(), min(kept.left(), room.right() + 1 - kept.width())))
    kept.moveTop(max(room.top(), min(kept.top(), room.bottom() + 1 - kept.height())))
    return kept


def host(widget: QWidget) -> QWidget:
    """The widget that carries the panels of a window: the outermost one, below a main window's frame."""
    while widget.parentWidget() is not None and not isinstance(widget.parentWidget(), QMainWindow):
        widget = widget.parentWidget()
    return widget


def opened(window: QWidget) -> Panel | None:
    """The panel that is open in a window."""
    return next((one for one in window.findChildren(Panel) if one.isVisibleTo(window)), None)


def close_all(window: QWidget, besides: Panel | None = None) -> bool:
    """Close what floats; whether there was something."""
    found = [one for one in window.findChildren(Panel) if one is not besides and one.isVisibleTo(window)]
    for one in found:
        one.dismiss()
    return bool(found)
