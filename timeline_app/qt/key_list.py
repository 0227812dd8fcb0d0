"""The list of keys: every command of the mode by group, made from the table, in as many columns as there is room."""
from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations, pairwise

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from timeline_app.qt import key_words, safe_text
from timeline_app.qt.key_words import Keys
from timeline_app.qt.look import Look
from timeline_app.qt.popup import Panel
from timeline_app.qt.quiet_area import quiet_area, show_whole
from timeline_app.qt.theme import colour
from timeline_app.viewmodel.commands import Command

COLUMN, GAP = 320, 40
NAME_WIDTH = 190
Groups = dict[str, list[Command]]


def balanced(groups: Groups, columns: int) -> list[Groups]:
    """The groups, in their order, in so many columns that the longest is as short as it can be."""
    names = list(groups)
    lengths = [len(groups[name]) + 2 for name in names]
    cuts = combinations(range(1, len(names)), min(columns, len(names)) - 1)
    edges = min(([0, *cut, len(names)] for cut in cuts),
                key=lambda edge: max(sum(lengths[a:b]) for a, b in pairwise(edge)))
    return [{name: groups[name] for name in names[a:b]} for a, b in pairwise(edges)]


class KeyCaps(QWidget):
    """The keys of one command as caps, right of its name."""

    def __init__(self, keys: Keys, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        shown = dict.fromkeys(key_words.caps(key, look.texts) for key in keys)
        self._caps = list(shown)[:3]

    def sizeHint(self) -> QSize:
        """All caps on one line."""
        return QSize(round(self._end(None)), round(self._look.line(12)) + self._look.px(6))

    minimumSizeHint = sizeHint

    def _end(self, painter: QPainter | None) -> float:
        """Where the caps end; painted where there is a painter."""
        look, x = self._look, 0.0
        for number, parts in enumerate(self._caps):
            x += look.px(10) if number else 0
            for part in parts:
                width = max(look.width(part, 12) + look.px(12), look.px(24))
                if painter is not None:
                    self._cap(painter, QRectF(x + 0.5, 0.5, width - 1, self.height() - 1), part)
                x += width + look.px(3)
        return x

    def _cap(self, painter: QPainter, place: QRectF, part: str) -> None:
        colours = self._look.colours
        painter.setPen(colour(colours.half_rule))
        painter.setBrush(colour(colours.chip))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(colour(colours.ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, part)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Draw the caps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._look.font(12))
        self._end(painter)
        painter.end()


class KeyList(Panel):
    """All commands with their keys; made anew each time it opens."""

    def __init__(self, window: QWidget, look: Look, keys: Mapping[str, Keys], mode: str = "explore") -> None:
        super().__init__(window, look, look.texts.get("command.key_list"))
        self._keys = keys
        groups: Groups = {}
        for command in key_words.of_mode(mode):
            groups.setdefault(command.group, []).append(command)
        most = max(1, (window.width() - 120) // look.px(COLUMN + GAP))
        area = quiet_area(self, self._page(balanced(groups, min(3, most))), look.texts.get("command.key_list"))
        self.body.addWidget(area)
        show_whole(area, QSize(window.width() - 100, window.height() - look.px(160)))

    def _page(self, columns: list[Groups]) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(*[self.look.px(8)] * 4)
        row.setSpacing(self.look.px(GAP))
        for groups in columns:
            column = self._column(row)
            for name, members in groups.items():
                self._group(column, page, name, members)
            column.addStretch(1)
        return page

    def _column(self, row: QHBoxLayout) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(self.look.px(5))
        row.addLayout(column, 1)
        return column

    def _group(self, column: QVBoxLayout, page: QWidget, name: str, members: list[Command]) -> None:
        head = safe_text.label(self.look.texts.get(f"command.group.{name}"), page, "muted")
        head.setFont(self.look.font(12, "semibold"))
        head.setContentsMargins(0, self.look.px(10) if column.count() else 0, 0, self.look.px(2))
        column.addWidget(head)
        for command in members:
            column.addLayout(self._line(page, command))

    def _line(self, page: QWidget, command: Command) -> QHBoxLayout:
        texts, keys = self.look.texts, self._keys.get(command.id, ())
        line = QHBoxLayout()
        line.setSpacing(self.look.px(12))
        words = safe_text.label(texts.get(f"command.{command.id}"), page, "ink")
        words.setFont(self.look.font())
        words.setWordWrap(True)
        words.setMinimumWidth(self.look.px(NAME_WIDTH))
        spoken = key_words.one_line(keys, texts) or texts.get("command.key.none")
        safe_text.name(words, f"{words.text()}: {spoken}")
        line.addWidget(words, 1)
        if keys:
            line.addWidget(KeyCaps(keys, self.look, page), 0, Qt.AlignmentFlag.AlignTop)
        else:
            none = safe_text.label(texts.get("command.key.none"), page, "muted")
            none.setFont(self.look.font(12))
            line.addWidget(none, 0, Qt.AlignmentFlag.AlignTop)
        return line
