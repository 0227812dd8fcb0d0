"""A panel with every lane that can be shown, to tick at once, and how the chosen lane is drawn. What there is to choose
is `viewmodel/lane_choices`.
"""
from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.bind import listen
from timeline_app.qt.chooser import paint_row, quiet_list
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel
from timeline_app.qt.theme import colour
from timeline_app.viewmodel import lane_choices, lane_commands, moves, shown_lanes
from timeline_app.viewmodel.lane_choices import Choice
from timeline_app.viewmodel.session import Session
from timeline_app.viewmodel.state import ViewState

CHOICE = Qt.ItemDataRole.UserRole
WIDTH = 420
TOOLS = ("group", "order", "all", "one")
Index = QModelIndex | QPersistentModelIndex


class Choices(QAbstractListModel):
    """The lines as Qt's list wants them; names of groups cannot be chosen."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.lines: tuple[Choice, ...] = ()

    def put(self, lines: tuple[Choice, ...]) -> None:
        """Show other lines; where only ticks have changed, the place is kept."""
        if [one.lane or one.text for one in lines] == [one.lane or one.text for one in self.lines]:
            self.lines = lines
            if lines:
                self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Lanes can be chosen."""
        is_lane = index.isValid() and self.lines[index.row()].lane
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if is_lane else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line, or its words for a screen reader."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == CHOICE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self._look.texts.get("lane_chooser.shown" if line.is_shown else "lane_chooser.not_shown")
            return safe_text.one_line(", ".join(part for part in (line.text, line.note, said if line.lane else "")
                                                if part))
        return None


class ChoicePainter(QStyledItemDelegate):
    """Paints a lane with its box and count, and the name of a group."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, _: QStyleOptionViewItem, __: Index) -> QSize:
        """One line."""
        return QSize(self._look.px(120), round(self._look.line()) + self._look.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, box, words, count."""
        line: Choice = index.data(CHOICE)
        look, rect = self._look, QRectF(option.rect)
        painter.save()
        if line.lane:
            paint_row(painter, rect, option.state, look)
            self._box(painter, rect, line.is_shown)
        inner = rect.adjusted(look.px(36 if line.lane else 10), 0, -look.px(12), 0)
        note = line.note if line.lane else look.texts.count("lane_chooser.more", line.more) if line.more else ""
        room = inner.width() - (look.width(note, 12) + look.px(12) if note else 0)
        weight = "regular" if line.lane else "semibold"
        painter.setFont(look.font(13 if line.lane else 12, weight))
        painter.setPen(colour(look.colours.ink if line.lane else look.colours.muted))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(inner, middle, painter.fontMetrics().elidedText(
            safe_text.one_line(line.text), Qt.TextElideMode.ElideRight, int(room)))
        painter.setFont(look.font(12, tabular=True))
        painter.setPen(colour(look.colours.muted))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, note)
        painter.restore()

    def _box(self, painter: QPainter, rect: QRectF, ticked: bool) -> None:
        look = self._look
        size = look.px(14)
        box = QRectF(rect.left() + look.px(12), rect.center().y() - size / 2, size, size)
        painter.setPen(QPen(colour(look.colours.faint), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.setPen(colour(look.colours.ink))
            painter.setFont(look.font(13, "bold"))
            painter.drawText(box.adjusted(-4, -4, 4, 4), Qt.AlignmentFlag.AlignCenter, "✓")


class LaneChooser(Panel):
    """All lanes. A tick is taken at once; the panel stays until it is closed."""

    def __init__(self, window: QWidget, look: Look, session: Session) -> None:
        super().__init__(window, look, look.texts.get("command.choose_lanes"))
        self._session = session
        self.field = QLineEdit(self)
        self.field.setFont(look.font())
        self.field.setAcceptDrops(False)
        self.field.setMaxLength(200)
        self.field.setPlaceholderText(look.texts.get("explore.chooser.type"))
        safe_text.name(self.field, look.texts.get("command.choose_lanes"), look.texts.get("explore.chooser.type"))
        self.field.textChanged.connect(self._show)
        self.model = Choices(look, self)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        quiet_list(self.list, ChoicePainter(look, self.list), look.texts.get("command.choose_lanes"))
        self.list.clicked.connect(self._turn)
        self.none = safe_text.label(look.texts.get("explore.chooser.none"), self, "muted")
        self.none.setFont(look.font(12))
        self.lane = safe_text.label("", self, "muted")
        self.lane.setFont(look.font(12))
        self.pills = {name: Pill(look, "chip", self, 12) for name in ("scale", "weight", "apart")}
        self.tools = {name: Pill(look, "chip", self, 12) for name in TOOLS}
        self._arrange(window)
        listen(self, session, self._heard)
        self._show("")
        self._first()

    def _arrange(self, window: QWidget) -> None:
        row = round(self.look.line()) + self.look.px(12)
        self.list.setMinimumWidth(min(self.look.px(WIDTH), window.width() - 100))
        self.list.setFixedHeight(max(3 * row, min(16 * row, window.height() - self.look.px(260))))
        foot = QHBoxLayout()
        foot.setSpacing(2)
        for name, pill in self.pills.items():
            pill.clicked.connect(lambda _=False, name=name: self._dress(name))
            foot.addWidget(pill)
        foot.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(2)
        for name, pill in self.tools.items():
            pill.put(self.look.texts.get(f"lane_chooser.{name}"), self.look.texts.get(f"lane_chooser.{name}.spoken"))
            pill.clicked.connect(lambda _=False, name=name: self._use(name, window))
            head.addWidget(pill)
        head.addStretch(1)
        self.body.addWidget(self.field)
        self.body.addLayout(head)
        for part in (self.list, self.none, self.lane):
            self.body.addWidget(part)
        self.body.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ticks, in the list Space too; up and down move in the list also from the field."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._turn(self.list.currentIndex())
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """To the next lane, over the names of groups."""
        rows = [row for row, line in enumerate(self.model.lines) if line.lane]
        now = self.list.currentIndex().row()
        later = [row for row in rows if row > now] if by > 0 else [row for row in rows if row < now][::-1]
        if later:
            self.list.setCurrentIndex(self.model.index(later[0]))

    def _first(self) -> None:
        self.list.setCurrentIndex(QModelIndex())
        self._step(1)

    def _show(self, typed: str) -> None:
        view = self._session.state.view
        before = self.list.currentIndex().row()
        self.model.put(lane_choices.choices(self._session.dataset, view, typed, self.look.texts,
                                             self._session.notes))
        if self.list.currentIndex().row() < 0 or before < 0:
            self._first()
        self.none.setVisible(not self.model.lines)
        self._say_lane()

    def _heard(self, _: ViewState) -> None:
        self._show(self.field.text())

    def _turn(self, index: Index) -> None:
        line = index.data(CHOICE) if index.isValid() else None
        if line is not None and line.lane:
            self._session.become(lane_choices.turned(self._session.dataset, self._session.state, line.lane))

    def _use(self, name: str, window: QWidget) -> None:
        """All lanes, the chosen one alone, or how lanes are made and ordered, which panels of their own ask."""
        session = self._session
        if name == "all":
            session.become(moves.show_lanes(session.state))
        elif name == "one":
            session.become(lane_choices.shown_one(session.dataset, session.state))
        else:
            self.dismiss()
            window.actions.run(f"{name}_lanes")

    def _dress(self, name: str) -> None:
        change = {"scale": lane_commands.scale, "weight": lane_commands.weight, "apart": lane_commands.apart}[name]
        self._session.become(change(self._session))

    def _say_lane(self) -> None:
        """How the chosen lane is drawn, as far as that can be changed."""
        texts, state = self.look.texts, self._session.state
        lane = shown_lanes.by_id(self._session.dataset, state.view.lanes, state.view.lane)
        words = texts.get("lane_chooser.lane", title=safe_text.one_line(lane.title.say(texts.language), 60)
                          ) if lane is not None and lane.half == "counted" else ""
        safe_text.put(self.lane, words)
        self.lane.setVisible(bool(words))
        stack = shown_lanes.stack_of(self._session.dataset, state.view.lanes, lane.id) if words else ""
        look = state.view.lanes.look(lane.id if lane is not None else "")
        can = {"scale": bool(words),
               "weight": bool(words) and len(lane_commands.weights(self._session, lane.id)) > 1, "apart": bool(stack)}
        now = {"scale": look.scale, "weight": look.weight or "tweets",
               "apart": "apart" if state.view.lanes.look(stack).apart else "stacked"}
        for name, pill in self.pills.items():
            said = texts.get(f"lane_chooser.{name}.{now[name]}")
            pill.put(said, texts.get("lane_chooser.press", now=said))
            pill.setVisible(can[name])
