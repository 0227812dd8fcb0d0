"""The list of keys: every command of the mode by group, made from the table, in as many columns as there is room. Its
caps are buttons: press one and then a key, and the command is on that key from now on.
"""
from __future__ import annotations

from itertools import combinations, pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from timeline_app.qt import key_words, safe_text
from timeline_app.qt.access import Announcer
from timeline_app.qt.actions import Actions
from timeline_app.qt.key_caps import KeyCaps, caps_width
from timeline_app.qt.key_words import RESERVED
from timeline_app.qt.look import Look
from timeline_app.qt.pill import Pill
from timeline_app.qt.popup import Panel
from timeline_app.qt.quiet_area import quiet_area, show_whole
from timeline_app.viewmodel.commands import Command

GAP, BETWEEN = 32, 12
NAME_WIDTH = 190
MOST_COLUMNS = 4
Groups = dict[str, list[Command]]


def balanced(groups: Groups, columns: int) -> list[Groups]:
    """The groups, in their order, in so many columns that the longest is as short as it can be."""
    names = list(groups)
    lengths = [len(groups[name]) + 2 for name in names]
    cuts = combinations(range(1, len(names)), min(columns, len(names)) - 1)
    edges = min(([0, *cut, len(names)] for cut in cuts),
                key=lambda edge: max(sum(lengths[a:b]) for a, b in pairwise(edge)))
    return [{name: groups[name] for name in names[a:b]} for a, b in pairwise(edges)]


class KeyList(Panel):
    """All commands with their keys, which can be changed here; made anew each time it opens. The actions send
    `keys_changed` when they have been."""

    def __init__(self, window: QWidget, look: Look, actions: Actions) -> None:
        super().__init__(window, look, look.texts.get("command.key_list"))
        self._actions = actions
        self._announcer = Announcer(self)
        self._asked = ""  # the key that was pressed and belongs to another command
        self.caps: dict[str, KeyCaps] = {}
        self._names: dict[str, QLabel] = {}
        groups: Groups = {}
        for command in key_words.of_mode(actions.mode):
            groups.setdefault(command.group, []).append(command)
        widest = max(caps_width(keys, look) for keys in actions.keys.values())
        column = look.px(NAME_WIDTH + BETWEEN) + round(widest)
        columns = min(MOST_COLUMNS, max(1, (window.width() - look.px(160)) // (column + look.px(GAP))))
        self._area = quiet_area(self, self._page(balanced(groups, columns)), look.texts.get("command.key_list"))
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons have it, and bring themselves into sight
        self.body.addWidget(self._area)
        self.body.addLayout(self._foot())
        show_whole(self._area, QSize(window.width() - 100, window.height() - look.px(210)))

    def _page(self, columns: list[Groups]) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(*[self.look.px(8)] * 4)
        row.setSpacing(self.look.px(GAP))
        for groups in columns:
            column = QVBoxLayout()
            column.setSpacing(0)
            row.addLayout(column, 1)
            for name, members in groups.items():
                self._group(column, page, name, members)
            column.addStretch(1)
        return page

    def _group(self, column: QVBoxLayout, page: QWidget, name: str, members: list[Command]) -> None:
        head = safe_text.label(self.look.texts.get(f"command.group.{name}"), page, "muted")
        head.setFont(self.look.font(12, "semibold"))
        head.setContentsMargins(0, self.look.px(10) if column.count() else 0, 0, self.look.px(2))
        column.addWidget(head)
        for command in members:
            column.addLayout(self._line(page, command.id))

    def _line(self, page: QWidget, command_id: str) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(self.look.px(BETWEEN))
        words = safe_text.label(self._name(command_id), page, "ink")
        words.setFont(self.look.font())
        words.setWordWrap(True)
        words.setMinimumWidth(self.look.px(NAME_WIDTH))
        caps = KeyCaps(self.look, page)
        caps.clicked.connect(lambda: self._listen(command_id))
        caps.heard.connect(lambda key: self._heard(command_id, key))
        caps.left.connect(lambda: self._end(command_id, "explore.keys.hint"))
        self.caps[command_id], self._names[command_id] = caps, words
        self._put(command_id)
        line.addWidget(words, 1)
        line.addWidget(caps, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _foot(self) -> QHBoxLayout:
        self.note = safe_text.label(self.look.texts.get("explore.keys.hint"), self, "muted")
        self.note.setFont(self.look.font(12))
        self.note.setWordWrap(True)
        self.reset = Pill(self.look, "chip", self, 12)
        self.reset.put(self.look.texts.get("explore.keys.reset"))
        self.reset.clicked.connect(self._reset)
        foot = QHBoxLayout()
        foot.setSpacing(self.look.px(12))
        foot.addWidget(self.note, 1)
        foot.addWidget(self.reset)
        return foot

    def _name(self, command_id: str) -> str:
        return self.look.texts.get(f"command.{command_id}")

    def _put(self, command_id: str) -> None:
        """The keys of now at a command."""
        texts, keys, caps = self.look.texts, self._actions.keys[command_id], self.caps[command_id]
        spoken = f"{self._name(command_id)}: {key_words.one_line(keys, texts) or texts.get('command.key.none')}"
        caps.put(keys, texts.get("command.key.none"))
        safe_text.name(caps, spoken, texts.get("explore.keys.change"))
        safe_text.name(self._names[command_id], spoken)

    def _show(self) -> None:
        for command_id in self.caps:
            self._put(command_id)

    def _listen(self, command_id: str) -> None:
        """Wait for the new key of a command."""
        self._asked = ""
        self.caps[command_id].put((), self.look.texts.get("explore.keys.press"))
        self.caps[command_id].listen(True)
        self._say("explore.keys.listening", command=self._name(command_id))

    def _heard(self, command_id: str, key: str) -> None:
        """Take the key, unless it belongs elsewhere: then it must be pressed twice."""
        if key == "Esc":
            self._end(command_id, "explore.keys.hint")
        elif key == "Backspace":
            self._take(command_id, ())
        elif key == "Del":
            self._take(command_id, None)
        elif key in RESERVED:
            self._say("explore.keys.reserved", cap=self._said(key))
        else:
            other = next((one for one, keys in self._actions.keys.items() if key in keys and one != command_id), "")
            if other and self._asked != key:
                self._asked = key
                self._say("explore.keys.taken", cap=self._said(key), command=self._name(other))
            else:
                self._take(command_id, (key,))

    def _take(self, command_id: str, keys: key_words.Keys | None) -> None:
        self._actions.change_keys(key_words.given(self._actions.overrides, command_id, keys))
        now = key_words.one_line(self._actions.keys[command_id], self.look.texts)
        self._end(command_id, "explore.keys.now" if now else "explore.keys.none", cap=now)

    def _reset(self) -> None:
        self._actions.change_keys({})
        self._show()
        self._say("explore.keys.reset_done")

    def _end(self, command_id: str, said: str, **words: str) -> None:
        self.caps[command_id].listen(False)
        self._show()
        self._say(said, command=self._name(command_id), **words)

    def _said(self, key: str) -> str:
        return key_words.one_line((key,), self.look.texts)

    def _say(self, key: str, **words: str) -> None:
        said = self.look.texts.get(key, **words)
        safe_text.put(self.note, said)
        self._announcer.say(said)
