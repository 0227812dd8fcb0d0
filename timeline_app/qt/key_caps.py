"""The keys of one command as caps. Pressed, they wait for another key and tell which one was pressed; what is done with
it is `key_list`.
"""
from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from timeline_app.qt import key_words
from timeline_app.qt.key_words import Keys
from timeline_app.qt.look import Look
from timeline_app.qt.theme import colour

MOST = 3
RING = 3  # px around the caps for the focus ring
SMALLEST = 24
_ALONE = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_unknown)


def pressed_key(event: QKeyEvent) -> str:
    """The portable name of a key that was pressed, as the command table writes it; "" for a modifier alone. A sign that
    needs Shift on some keyboard, such as ?, is named by itself."""
    if event.key() in _ALONE:
        return ""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    text = event.text()
    is_sign = len(text) == 1 and text.isprintable() and not text.isalnum() and not text.isspace()
    if held == Qt.KeyboardModifier.ShiftModifier and is_sign:
        held = Qt.KeyboardModifier.NoModifier
    combination = QKeyCombination(held, Qt.Key(event.key()))
    return QKeySequence(combination).toString(QKeySequence.SequenceFormat.PortableText)


def caps_of(keys: Keys, look: Look) -> list[Keys]:
    """The caps of some keys, twins once, no more than there is room for."""
    return list(dict.fromkeys(key_words.caps(key, look.texts) for key in keys))[:MOST]


def caps_width(keys: Keys, look: Look) -> float:
    """How wide the caps of some keys are."""
    return sum(wide for _, wide in _measured(caps_of(keys, look), look)) + 2 * RING


def _measured(caps: list[Keys], look: Look) -> list[tuple[str, float]]:
    """Each cap with the room that it and the gap behind it take; "" for the gap between two keys."""
    found: list[tuple[str, float]] = []
    for number, parts in enumerate(caps):
        found += [("", float(look.px(10)))] if number else []
        found += [(part, max(look.width(part, 12) + look.px(12), look.px(24)) + look.px(3)) for part in parts]
    return found


class KeyCaps(QAbstractButton):
    """A button with the keys of a command, or with words where it has none. While it `listens`, `heard` tells each key
    that is pressed; `left` is sent when the focus goes while it listens."""

    heard = Signal(str)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._caps: list[tuple[str, float]] = []
        self._words = ""
        self.listens = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def put(self, keys: Keys, words: str) -> None:
        """Show keys, or words where there are none."""
        self._caps = _measured(caps_of(keys, self._look), self._look)
        self._words = words
        self.updateGeometry()
        self.update()

    def listen(self, listens: bool) -> None:
        """Wait for a key, or no more."""
        self.listens = listens
        self.update()

    def event(self, event: QEvent) -> bool:
        """While it listens every key is heard here, also those of commands and of the focus."""
        if self.listens and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if self.listens and event.type() == QEvent.Type.KeyPress:
            key = pressed_key(event)
            if key:
                self.heard.emit(key)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nobody listens without the focus."""
        super().focusOutEvent(event)
        if self.listens:
            self.left.emit()

    def sizeHint(self) -> QSize:
        """All caps on one line, and room for the ring."""
        high = max(SMALLEST, round(self._look.line(12)) + self._look.px(6))
        wide = sum(one for _, one in self._caps) if self._caps else self._look.width(self._words, 12)
        return QSize(round(wide) + 2 * RING, high + 2 * RING)

    minimumSizeHint = sizeHint

    def _cap(self, painter: QPainter, place: QRectF, part: str) -> None:
        colours = self._look.colours
        painter.setPen(colour(colours.muted if self.underMouse() else colours.half_rule))
        painter.setBrush(colour(colours.chip))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(colour(colours.ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, part)

    def _content(self, painter: QPainter) -> None:
        colours, x = self._look.colours, float(RING)
        for part, wide in self._caps:
            if part:
                room = wide - self._look.px(3)
                self._cap(painter, QRectF(x + 0.5, RING + 0.5, room - 1, self.height() - 2 * RING - 1), part)
            x += wide
        if not self._caps:
            painter.setPen(colour(colours.interaction if self.listens else colours.muted))
            place = QRectF(self.rect()).adjusted(RING, 0, 0, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._words)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the caps, and a ring where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.font(12))
        self._content(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour(self._look.colours.interaction), 2.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()
