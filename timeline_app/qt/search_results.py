"""The list of what a search found, floating below the field. Which hit is chosen, and what then happens, is
`search_box`.
"""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from timeline_app.engine.search import KINDS
from timeline_app.qt import safe_text
from timeline_app.qt.chooser import paint_row, quiet_list
from timeline_app.qt.look import Look
from timeline_app.qt.popup import SHADOW, paint_floating
from timeline_app.qt.theme import colour
from timeline_app.viewmodel.search_words import Pieces, Row

LIMIT = 50
ROWS_SEEN = 8
WIDTH = 620
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel):
    """At most LIMIT rows as Qt's list wants them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def put(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows[:LIMIT])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row, or its words for a screen reader."""
        if not index.isValid():
            return None
        if role == ROW:
            return self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return safe_text.one_line(self.rows[index.row()].spoken(), 400)
        return None


class RowPainter(QStyledItemDelegate):
    """Paints a hit: its kind, its title, a line below; what matched is semibold."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        keys = [*(f"explore.search.kind.{kind}" for kind in KINDS), "tweet_search.kind"]
        kinds = [look.texts.get(key) for key in keys]
        self._kind_width = max(look.width(kind, 12) for kind in kinds) + look.px(18)

    def sizeHint(self, _: QStyleOptionViewItem, __: Index) -> QSize:
        """Two lines."""
        look = self._look
        return QSize(look.px(200), round(look.line() + look.line(12)) + look.px(16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, kind, title, line below."""
        row: Row = index.data(ROW)
        look, rect = self._look, QRectF(option.rect)
        line, small = look.line(), look.line(12)
        painter.save()
        paint_row(painter, rect, option.state, look)
        left, right = rect.left() + look.px(16), rect.right() - look.px(12)
        column = left + self._kind_width
        below = any(row.below)
        top = rect.top() + (rect.height() - line - (small + 2 if below else 0)) / 2
        self._write(painter, QRectF(left, top, column - left - 6, line), (row.kind, "", ""), ("muted", 12))
        self._write(painter, QRectF(column, top, right - column, line), row.title, ("ink", 13))
        self._write(painter, QRectF(column, top + line + 2, right - column, small), row.below, ("muted", 12))
        painter.restore()

    def _write(self, painter: QPainter, place: QRectF, pieces: Pieces, type_: tuple[str, int]) -> None:
        """Write one line of three pieces, the middle one semibold and in ink, cut with an ellipsis at its end."""
        role, size = type_
        for piece, is_match in zip(pieces, (False, True, False), strict=True):
            text = safe_text.plain(piece, 300).replace("\n", " ")
            if not text or place.width() < self._look.px(10):
                continue
            painter.setFont(self._look.font(size, "semibold" if is_match else "regular"))
            painter.setPen(colour(self._look.colours.role("ink" if is_match else role)))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
            used = self._look.width(text, size, "semibold" if is_match else "regular")
            place.setLeft(place.left() + used if shown == text else place.right())


class Results(QWidget):
    """The floating list. `taken` sends the row that was clicked or entered."""

    taken = Signal(int)

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._look = look
        self.hide()
        layout = QVBoxLayout(self)
        edge = SHADOW + look.px(8)
        layout.setContentsMargins(edge, SHADOW + look.px(10), edge, edge)
        layout.setSpacing(look.px(6))
        safe_text.name(self, look.texts.get("explore.search.results"))
        self.header = safe_text.label("", self, "muted")
        self.header.setFont(look.font(12, tabular=True))
        self.header.setContentsMargins(look.px(16), 0, look.px(14), 0)
        self.header.setWordWrap(True)
        self.model = Rows(self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        quiet_list(self.list, RowPainter(look, self.list), look.texts.get("explore.search.results"))
        self.list.clicked.connect(lambda index: self.taken.emit(index.row()))
        layout.addWidget(self.header)
        layout.addWidget(self.list)

    def put(self, rows: Sequence[Row], header: str) -> None:
        """Show rows under a sentence that says how many there are, or that there are none."""
        self.model.put(rows)
        safe_text.put(self.header, header)
        self.list.setVisible(bool(rows))

    def place_below(self, field: QWidget) -> None:
        """Stand below the field, inside the window."""
        look, window = self._look, self.parentWidget()
        corner = field.mapTo(window, QPoint(0, field.height()))
        width = min(max(field.width(), look.px(WIDTH)), window.width() - 24)
        x = max(12, min(corner.x() + (field.width() - width) // 2, window.width() - width - 12))
        row = self.list.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        rows = min(self.model.rowCount(), ROWS_SEEN)
        self.list.setFixedHeight(min(rows * row, max(row, window.height() - corner.y() - look.px(110))))
        self.setFixedWidth(width + 2 * SHADOW)
        self.layout().activate()
        inner = width - 2 * look.px(8)
        head = self.header.heightForWidth(inner)
        below = look.px(8) if self.list.isHidden() else look.px(6) + self.list.height() + look.px(8)
        height = head + below + look.px(10)
        self.setGeometry(x - SHADOW, corner.y() + 6 - SHADOW, width + 2 * SHADOW, height + 2 * SHADOW)

    def choose(self, row: int) -> None:
        """Mark a row as the current one."""
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())

    def row(self) -> int:
        """The current row, -1 where there is none."""
        return self.list.currentIndex().row()

    def paintEvent(self, _: QPaintEvent) -> None:
        """Shadow and ground."""
        painter = QPainter(self)
        paint_floating(painter, QRectF(self.rect()), self._look.colours)
        painter.end()
