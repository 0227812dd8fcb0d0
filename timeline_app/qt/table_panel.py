"""What is in view as a table: 200 rows a page, walked by keys. What the rows say is `viewmodel/view_table`; it is asked
for on a worker, so that a view of a million events opens as quickly as one of ten.
"""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import view_table
from timeline_app.viewmodel.frame import Frame
from timeline_app.viewmodel.view_table import Choice, Page, Row

WIDTH, EDGES, BAR = 1_000, 200, 14
ASIDE, ABOVE, SLACK = 8, 4, 6  # px around the words of a cell, as in the style sheet, and what Qt adds
SHARES = {4: (0.46, 0.28, 0.14, 0.12), 2: (0.6, 0.4)}


class Table(QTableWidget):
    """The rows of a page. `chosen` sends the number of a row for Enter and for a double click, `turned` a step of one
    page for Ctrl and page up or down."""

    chosen = Signal(int)
    turned = Signal(int)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(0, 4, parent)
        self._look = look
        self.setObjectName("quiet_table")
        self.setFont(look.font())
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setStretchLastSection(True)
        self.cellDoubleClicked.connect(lambda row, _: self.chosen.emit(row))

    def show_page(self, page: Page, at: int) -> None:
        """Take the rows, with the cursor on one of them."""
        self.clearSelection()
        self.setColumnCount(len(page.heads))
        for number, words in enumerate(page.heads):
            head = QTableWidgetItem(safe_text.one_line(words))
            head.setFont(self._look.font(12, "semibold"))
            self.setHorizontalHeaderItem(number, head)
        self.setRowCount(len(page.rows))
        widths = self._widths(page)
        for number, width in enumerate(widths):
            self.setColumnWidth(number, width)
        for number, row in enumerate(page.rows):
            self._put(number, row, widths)
        if page.rows:
            self.setCurrentCell(min(max(at, 0), len(page.rows) - 1), 0)

    def _widths(self, page: Page) -> list[int]:
        """The px of each column: its share, but no less than its longest word, which the first column gives."""
        room = self.viewport().width() - (0 if self.verticalScrollBar().isVisible() else BAR)
        lines = [page.heads, *(row.cells for row in page.rows)]
        words = [{word for line in lines for word in line[number].split()} for number in range(len(page.heads))]
        metrics, more = self.fontMetrics(), 2 * ASIDE + 2 * SLACK
        widths = [max(int(room * share), more + max(map(metrics.horizontalAdvance, some), default=0))
                  for share, some in zip(SHARES[len(page.heads)], words, strict=True)]
        return [room - sum(widths[1:]), *widths[1:]]

    def _put(self, number: int, row: Row, widths: Sequence[int]) -> None:
        """A row as high as its longest cell, broken between words."""
        high, metrics = 0, self.fontMetrics()
        for column, (words, width) in enumerate(zip(row.cells, widths, strict=True)):
            cell = QTableWidgetItem(safe_text.one_line(words, 400))
            cell.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            self.setItem(number, column, cell)
            room = QRect(0, 0, width - 2 * ASIDE - SLACK, 10_000)
            high = max(high, metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, cell.text()).height())
        self.setRowHeight(number, high + 2 * ABOVE + SLACK)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; Ctrl and page up or down turn the page; the rest moves the cursor."""
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()), 0)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentRow())
        elif step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.turned.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TablePanel(Panel):
    """The tables of one frame. `chosen` sends what is selected by its row, `zoomed` a stretch of time to look at."""

    chosen = Signal(str)
    zoomed = Signal(object)

    def __init__(self, window: QWidget, look: Look, tasks: Tasks, frame: Frame) -> None:
        super().__init__(window, look, look.texts.get("table.title"))
        self._tasks, self._frame = tasks, frame
        self.page: Page | None = None
        self._choices: tuple[Choice, ...] = ()
        self._cursor = 0
        self.table = Table(look, self)
        self.table.setMinimumSize(min(look.px(WIDTH), window.width() - 120),
                                  max(160, min(look.px(560), window.height() - look.px(EDGES))))
        self.table.chosen.connect(self._choose)
        self.table.turned.connect(self.turn)
        self.which = Pill(look, "chip", self)
        self.which.clicked.connect(lambda: self.menu().popup(self.which.mapToGlobal(QPoint(0, self.which.height()))))
        self.before, self.after, self.copy = (Pill(look, "chip", self) for _ in range(3))
        for pill, name, pressed in ((self.before, "previous", lambda: self.turn(-1)),
                                    (self.after, "next", lambda: self.turn(1)), (self.copy, "copy", self._copy)):
            pill.put(look.texts.get(f"table.{name}"))
            pill.clicked.connect(pressed)
        self.note = safe_text.label("", self, "muted")
        self.note.setFont(look.font(12, tabular=True))
        self._place_parts()

    def _place_parts(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.which)
        head.addStretch(1)
        for part in (self.before, self.after, self.copy):
            foot.addWidget(part)
        foot.insertWidget(0, self.note, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addLayout(foot)

    def ask(self, selected: str = "") -> None:
        """Get the tables there are, and the page of marks with the selection on it."""
        texts = self.look.texts
        self._tasks.run("tables", view_table.choices, self._frame, texts, done=self._take_choices)
        self._tasks.run("table", view_table.page_with, self._frame, texts, selected,
                        done=lambda page: self._take(page, selected))

    def turn(self, step: int) -> None:
        """Go so many pages on."""
        page = self.page
        if page is not None and (page.has_more if step > 0 else page.first > 0):
            self._ask_page(page.choice, page.first + step * view_table.ROWS)

    def show_table(self, choice: str) -> None:
        """Show another table from its first row."""
        self._ask_page(choice, 0)

    def _ask_page(self, choice: str, first: int) -> None:
        self._tasks.run("table", view_table.page, self._frame, self.look.texts, choice, first, done=self._take)

    def _take_choices(self, choices: tuple[Choice, ...]) -> None:
        self._choices = choices
        self._name_choice()

    def _take(self, page: Page, selected: str = "") -> None:
        self.page = page
        at = next((n for n, row in enumerate(page.rows) if selected and row.selects == selected), 0)
        self.table.show_page(page, at)
        self.before.setEnabled(page.first > 0)
        self.after.setEnabled(page.has_more)
        key = "table.rows" if page.rows else "table.nothing"
        last = page.first + len(page.rows)
        words = self.look.texts.get(key, first=f"{page.first + 1:,}", last=f"{last:,}", n=f"{page.total:,}")
        safe_text.put(self.note, words)
        self._name_choice()

    def _name_choice(self) -> None:
        """Say which table is shown, on the pill and to a screen reader."""
        shown = self.page.choice if self.page is not None else view_table.MARKS
        words = next((one.words for one in self._choices if one.id == shown), self.look.texts.get("table.marks"))
        self.which.put(self.look.texts.get("table.which", table=words))
        safe_text.name(self.table, f"{words}: {self.note.text()}", self.look.texts.get("table.help"))

    def menu(self) -> QMenu:
        """The tables there are, to choose from."""
        menu = QMenu(self)
        for one in self._choices:
            words = self.look.texts.get("table.choice", table=one.words, n=f"{one.rows:,}")
            action = menu.addAction(safe_text.one_line(words).replace("&", "&&"))
            action.triggered.connect(lambda _=False, choice=one.id: self.show_table(choice))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _choose(self, number: int) -> None:
        """A mark is selected, a bar is zoomed to; either is looked at on the timeline."""
        if self.page is None or not 0 <= number < len(self.page.rows):
            return
        row = self.page.rows[number]
        self.dismiss()
        if row.selects:
            self.chosen.emit(row.selects)
        else:
            self.zoomed.emit(row.span)

    def _copy(self) -> None:
        if self.page is not None:
            QGuiApplication.clipboard().setText(self.page.as_text())
            safe_text.put(self.note, self.look.texts.get("explore.copied"))
