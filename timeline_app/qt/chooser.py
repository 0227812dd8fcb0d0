"""A panel with a list to choose from, and a field that narrows it where the list is long. Zones, languages,
themes and commands are chosen here; what choosing does is the owner's.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from timeline_app.qt import safe_text
from timeline_app.qt.finger_scroll import scroll_by_finger
from timeline_app.qt.look import Look
from timeline_app.qt.popup import Panel
from timeline_app.qt.theme import colour

MOST_SHOWN = 100
ROWS_SEEN = 12
Index = QModelIndex | QPersistentModelIndex
OPTION = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Option:
    """One line: its id, its text, a muted note at the right, and further words it is found by."""

    id: str
    text: str
    note: str = ""
    also: str = ""


def narrowed(options: Sequence[Option], typed: str) -> list[Option]:
    """The options that hold every typed word; those that begin with the text come first."""
    wanted = typed.casefold().split()
    kept = [one for one in options if all(word in f"{one.text} {one.also}".casefold() for word in wanted)]
    start = typed.casefold().strip()
    return sorted(kept, key=lambda one: not one.text.casefold().startswith(start))


class Options(QAbstractListModel):
    """The options as Qt's list wants them, never more than MOST_SHOWN."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options: list[Option] = []

    def put(self, options: Sequence[Option]) -> None:
        """Show other options."""
        self.beginResetModel()
        self.options = list(options[:MOST_SHOWN])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self.options)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The option, or its words for a screen reader."""
        if not index.isValid():
            return None
        option = self.options[index.row()]
        if role == OPTION:
            return option
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return safe_text.one_line(f"{option.text}, {option.note}" if option.note else option.text)
        return None


class OptionPainter(QStyledItemDelegate):
    """Paints an option: a tick at the one that is chosen now, its text, its note."""

    def __init__(self, look: Look, chosen: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._chosen = chosen

    def sizeHint(self, _: QStyleOptionViewItem, __: Index) -> QSize:
        """One line."""
        return QSize(self._look.px(120), round(self._look.line()) + self._look.px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, tick, words."""
        one: Option = index.data(OPTION)
        look, rect = self._look, QRectF(option.rect)
        painter.save()
        paint_row(painter, rect, option.state, look)
        inner = rect.adjusted(look.px(30), 0, -look.px(12), 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(look.font(weight="semibold" if one.id == self._chosen else "regular"))
        painter.setPen(colour(look.colours.ink))
        if one.id == self._chosen:
            tick = QRectF(rect.left() + look.px(10), rect.top(), look.px(18), rect.height())
            painter.drawText(tick, middle, "✓")
        room = inner.width() - (look.width(one.note, 12) + look.px(12) if one.note else 0)
        text = painter.fontMetrics().elidedText(safe_text.one_line(one.text), Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(inner, middle, text)
        painter.setFont(look.font(12))
        painter.setPen(colour(look.colours.muted))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, safe_text.one_line(one.note))
        painter.restore()


def paint_row(painter: QPainter, rect: QRectF, state: QStyle.StateFlag, look: Look) -> None:
    """The ground of a row that is selected or pointed at; the selected one has a stroke in the colour of
    selection, and a ring where its list has the keyboard.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected or state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(colour(look.colours.chip))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
    if selected and state & QStyle.StateFlag.State_HasFocus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour(look.colours.interaction), 2.0))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
    elif selected:
        painter.setBrush(colour(look.colours.interaction))
        painter.drawRoundedRect(QRectF(rect.left() + 2, rect.top() + 6, 3, rect.height() - 12), 1.5, 1.5)


def quiet_list(view: QListView, delegate: QStyledItemDelegate, spoken: str) -> None:
    """Dress a list: no frame, no second focus rectangle, one choice, scrolled by the pixel."""
    view.setItemDelegate(delegate)
    view.setObjectName("quiet_list")
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setMouseTracking(True)
    scroll_by_finger(view)
    safe_text.name(view, spoken)


class Chooser(Panel):
    """Options to choose one from. `chosen` tells the id, after the panel has closed."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, look: Look, title: str, options: Sequence[Option], now: str = "") -> None:
        super().__init__(window, look, title)
        self._options = tuple(options)
        self.model = Options(self)
        self.field = self._field(title) if len(self._options) > ROWS_SEEN else None
        self.list = QListView(self)
        self.list.setModel(self.model)
        quiet_list(self.list, OptionPainter(look, now, self.list), title)
        self.list.clicked.connect(self._take)
        self.more = safe_text.label("", self, "muted")
        self.more.setFont(look.font(12))
        self.body.addWidget(self.list)
        self.body.addWidget(self.more)
        self._show("")
        self._begin_at(now)
        self._measure()

    def _field(self, title: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setFont(self.look.font())
        field.setAcceptDrops(False)
        field.setPlaceholderText(self.look.texts.get("explore.chooser.type"))
        safe_text.name(field, title, self.look.texts.get("explore.chooser.type"))
        field.textChanged.connect(self._show)
        field.setMaxLength(200)
        self.body.addWidget(field)
        return field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes; up and down move in the list also from the field."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentIndex())
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.model.rowCount():
            row = self.list.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1)
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), self.model.rowCount() - 1)))
        else:
            super().keyPressEvent(event)

    def _show(self, typed: str) -> None:
        kept = narrowed(self._options, typed)
        self.model.put(kept)
        self.list.setCurrentIndex(self.model.index(0))
        texts, hidden = self.look.texts, len(kept) - MOST_SHOWN
        words = texts.get("explore.chooser.none") if not kept else texts.count("explore.chooser.more", max(hidden, 0))
        safe_text.put(self.more, words)
        self.more.setVisible(not kept or hidden > 0)

    def _begin_at(self, now: str) -> None:
        rows = [row for row, one in enumerate(self.model.options) if one.id == now]
        self.list.setCurrentIndex(self.model.index(rows[0] if rows else 0))

    def _measure(self) -> None:
        look = self.look
        row = round(look.line()) + look.px(14)
        widest = max((look.width(o.text) + look.width(o.note, 12) for o in self._options[:MOST_SHOWN]), default=0)
        self.list.setMinimumWidth(min(max(round(widest) + look.px(80), look.px(230)), look.px(520)))
        rows = min(len(self._options), ROWS_SEEN)
        room = max(3, (self.parentWidget().height() - look.px(200)) // row)
        self.list.setFixedHeight(min(rows, room) * row)

    def _take(self, index: Index) -> None:
        option = index.data(OPTION) if index.isValid() else None
        if option is not None:
            self.dismiss()
            self.chosen.emit(option.id)
