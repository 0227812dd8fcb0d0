"""Stands between a visitor and everything that is no exhibit: menus, drops, tips, keys that mean something to a
desktop, other buttons of a mouse. It tells of each touch, and swallows the one that wakes the screen, to its very end.
"""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication

Kind = QEvent.Type
NEVER = frozenset({
    Kind.ContextMenu, Kind.DragEnter, Kind.DragMove, Kind.Drop, Kind.ToolTip, Kind.WhatsThis, Kind.EnterWhatsThisMode,
    Kind.QueryWhatsThis, Kind.StatusTip, Kind.Shortcut, Kind.InputMethod, Kind.FileOpen, Kind.Quit})
PRESSES = frozenset({Kind.MouseButtonPress, Kind.MouseButtonDblClick, Kind.TouchBegin, Kind.KeyPress, Kind.Wheel,
                     Kind.TabletPress, Kind.NativeGesture})
GOING_ON = frozenset({Kind.MouseMove, Kind.TouchUpdate, Kind.TabletMove})
RELEASES = frozenset({Kind.MouseButtonRelease, Kind.TouchEnd, Kind.TouchCancel, Kind.KeyRelease, Kind.TabletRelease})
POINTERS = PRESSES - {Kind.KeyPress, Kind.Wheel, Kind.NativeGesture}
WITHOUT_END = frozenset({Kind.Wheel, Kind.NativeGesture})
HANDS = PRESSES | GOING_ON | RELEASES | {Kind.ShortcutOverride}
KEYS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space,
                  Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Plus,
                  Qt.Key.Key_Minus, *(Qt.Key(Qt.Key.Key_0 + n) for n in range(10))})
HARMLESS = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


class KioskGuard(QObject):
    """Filters all events of the app while it is armed. `wakes` says whether a touch only wakes the screen; `touched` is
    called at each touch with whether it is a pointer's, `pointed` with where a pointer is held, None when it is lifted,
    `moused` with whether a mouse is moved rather than a finger."""

    def __init__(self, wakes: Callable[[], bool], touched: Callable[[bool], None],
                 pointed: Callable[[QPointF | None], None], moused: Callable[[bool], None]) -> None:
        super().__init__()
        self._wakes, self._touched, self._pointed, self._moused = wakes, touched, pointed, moused
        self._is_swallowing = self._is_armed = False

    def arm(self) -> None:
        """Begin."""
        if not self._is_armed:
            QApplication.instance().installEventFilter(self)
            self._is_armed = True

    def disarm(self) -> None:
        """End."""
        if self._is_armed:
            QApplication.instance().removeEventFilter(self)
            self._is_armed = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True for what nobody gets."""
        kind = event.type()
        if kind in NEVER:
            event.accept()
            return True
        if kind not in HANDS:
            return False
        if _is_foreign(event):
            event.accept()
            return True
        if kind in (Kind.MouseMove, Kind.TouchBegin):
            self._moused(kind == Kind.MouseMove and _is_mouse(event))
        if kind in PRESSES:
            return self._press(event)
        if kind in GOING_ON:
            return self._go_on(event)
        if kind in RELEASES:
            self._pointed(None)
            was, self._is_swallowing = self._is_swallowing, False
            return was
        return False

    def _press(self, event: QEvent) -> bool:
        """Whether a press only woke the screen: then what follows it, up to its end, is nobody's either."""
        kind = event.type()
        if kind in POINTERS:
            self._pointed(_place(event))
        if self._is_swallowing:
            return True
        is_waking = self._wakes()
        self._touched(kind in POINTERS)
        self._is_swallowing = is_waking and kind not in WITHOUT_END
        if is_waking:
            event.accept()
        return is_waking

    def _go_on(self, event: QEvent) -> bool:
        is_held = not isinstance(event, QMouseEvent) or event.buttons() != Qt.MouseButton.NoButton
        if is_held:
            self._pointed(_place(event))
            self._touched(True)
        return self._is_swallowing


def _place(event: QEvent) -> QPointF | None:
    """Where on the screen a pointer is."""
    if isinstance(event, QTouchEvent):
        points = event.points()
        return points[0].globalPosition() if points else None
    return event.globalPosition() if isinstance(event, QMouseEvent) else None


def _is_mouse(event: QEvent) -> bool:
    """Whether an event is of a mouse that somebody holds, and not made of a touch."""
    return isinstance(event, QMouseEvent) and event.source() == Qt.MouseEventSource.MouseEventNotSynthesized and (
        event.device().type() == QInputDevice.DeviceType.Mouse)


def _is_foreign(event: QEvent) -> bool:
    """Keys and buttons that no screen of the kiosk asks for."""
    if isinstance(event, QKeyEvent):
        return event.key() not in KEYS or bool(event.modifiers() & ~HARMLESS)
    return isinstance(event, QMouseEvent) and bool(
        event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton))
