"""The timeline as a screen reader has it: a list whose items are what is in view. What the items are is
`viewmodel/view_tree`; here they get a place on the screen, a state and an action.

Qt keeps the addresses of interfaces and asks for them later, so one that Python lets go is a crash. Therefore a node
stands for a place in the list, not for an event: it is made when that place is first asked for and stays until the
canvas ends.
"""
from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleEvent, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from timeline_app.qt import safe_text
from timeline_app.qt.canvas import Canvas
from timeline_app.viewmodel import view_tree
from timeline_app.viewmodel.view_tree import Entry

Path = tuple[int, ...]
NOTHING = Shiboken.VoidPtr(0)
_trees: dict[int, TimelineTree] = {}


class Press(QAccessibleActionInterface):
    """The one action of a node."""

    def __init__(self, node: Node) -> None:
        super().__init__()
        self._node = node

    def actionNames(self) -> list[str]:
        """Pressing, and nothing else."""
        return [QAccessibleActionInterface.pressAction()]

    def doAction(self, name: str) -> None:
        """Select or zoom, as `view_tree.pressed` says."""
        if name == QAccessibleActionInterface.pressAction():
            self._node.tree.press(self._node.path)

    def keyBindingsForAction(self, name: str) -> list[str]:
        """None of its own: keys belong to the timeline."""
        return []

    def localizedActionName(self, name: str) -> str:
        """The action in the language of the screen."""
        return self._node.tree.canvas.texts.get("access.press")

    def localizedActionDescription(self, name: str) -> str:
        """What it does."""
        return self._node.tree.canvas.texts.get("access.press_help")


class Node(QAccessibleInterface):
    """One place in the list, or below one of its items."""

    def __init__(self, tree: TimelineTree, path: Path) -> None:
        super().__init__()
        self.tree, self.path = tree, path
        self._press = Press(self)

    @property
    def entry(self) -> Entry | None:
        """What stands at its place now."""
        return self.tree.entry(self.path)

    def isValid(self) -> bool:
        """Whether anything stands at its place."""
        return self.entry is not None

    def object(self) -> QObject | None:
        """It is painted, no object."""
        return None

    def window(self) -> QWindow | None:
        """The window of the canvas."""
        return self.tree.canvas.window().windowHandle() if self.tree.is_alive else None

    def parent(self) -> QAccessibleInterface | None:
        """The item above, or the list."""
        return self.tree.node(self.path[:-1]) if len(self.path) > 1 else self.tree.root()

    def child(self, index: int) -> QAccessibleInterface | None:
        """An item below it."""
        return self.tree.node((*self.path, index)) if 0 <= index < self.childCount() else None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """The item below it at a place of the screen."""
        return self.tree.node_at(self.path, QPoint(x, y))

    def childCount(self) -> int:
        """How many items are below it."""
        return len(self.entry.children) if self.entry is not None else 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of an item below it."""
        return child.path[-1] if isinstance(child, Node) and child.path[:-1] == self.path else -1

    def text(self, kind: QAccessible.Text) -> str:
        """Its name: what, when, how sure; and as a description of a mark its lane."""
        entry = self.entry
        if entry is None or kind not in (QAccessible.Text.Name, QAccessible.Text.Description):
            return ""
        lane = entry.lane.picture.heading.title if entry.seen is not None else ""
        return safe_text.one_line(entry.name if kind == QAccessible.Text.Name else lane, 400)

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing can be written here."""

    def rect(self) -> QRect:
        """Where it is on the screen, as far as it is in sight."""
        return self.tree.rect(self.entry)

    def role(self) -> QAccessible.Role:
        """An item of a list; a list where it has items itself."""
        has_children = self.entry is not None and self.entry.children
        return QAccessible.Role.List if has_children else QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Whether it is selected, and whether it is scrolled out of sight."""
        state, entry = QAccessible.State(), self.entry
        if entry is None:
            state.invalid = True
            return state
        state.selectable = state.focusable = bool(entry.id)
        state.selected = bool(entry.id) and entry.id == self.tree.selected
        state.focused = state.selected and self.tree.canvas.hasFocus()
        state.offscreen = self.tree.rect(entry).isEmpty()
        return state

    def interface_cast(self, kind: QAccessible.InterfaceType) -> Shiboken.VoidPtr:
        """The address of its action; of no other interface."""
        if kind == QAccessible.InterfaceType.ActionInterface:
            return Shiboken.VoidPtr(shiboken6.getCppPointer(self._press)[0])
        return NOTHING


class TimelineList(QAccessibleWidget):
    """The canvas itself: a list. Name, place and focus are those of the widget."""

    def __init__(self, tree: TimelineTree) -> None:
        super().__init__(tree.canvas, QAccessible.Role.List)
        self._tree = tree

    def childCount(self) -> int:
        """How many items there are."""
        return len(self._tree.entries)

    def child(self, index: int) -> QAccessibleInterface | None:
        """An item."""
        return self._tree.node((index,)) if 0 <= index < self.childCount() else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of an item."""
        return child.path[0] if isinstance(child, Node) and len(child.path) == 1 else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:
        """The item at a place of the screen."""
        return self._tree.node_at((), QPoint(x, y))

    def focusChild(self) -> QAccessibleInterface | None:
        """The selected item, while the canvas has the keyboard."""
        path = self._tree.path_of_selection() if self._tree.canvas.hasFocus() else None
        return self._tree.node(path) if path is not None else None


class TimelineTree:
    """The nodes of one canvas. They are made from the newest frame when somebody asks, and not before."""

    def __init__(self, canvas: Canvas, become: Callable[[Entry], None]) -> None:
        self.canvas, self._become = canvas, become
        self._frame: object = None
        self._entries: tuple[Entry, ...] = ()
        self._nodes: dict[Path, Node] = {}
        self._keys: dict[Path, tuple] = {}
        self._root: TimelineList | None = None
        key = shiboken6.getCppPointer(canvas)[0]
        _trees[key] = self
        canvas.destroyed.connect(lambda: _end(key))

    @property
    def is_alive(self) -> bool:
        """Whether the canvas is still there."""
        return shiboken6.isValid(self.canvas)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The items of the frame that is drawn."""
        if self.is_alive and self._frame is not self.canvas.frame:
            self._frame = self.canvas.frame
            self._entries = view_tree.tree(self.canvas.frame)
        return self._entries if self.is_alive else ()

    @property
    def selected(self) -> str:
        """What the state has selected."""
        return self.canvas.session.state.view.selected

    def entry(self, path: Path) -> Entry | None:
        """What stands at a place; None where nothing does."""
        found, among = None, self.entries
        for number in path:
            if not 0 <= number < len(among):
                return None
            found = among[number]
            among = found.children
        return found

    def node(self, path: Path) -> Node:
        """The interface of a place, always the same one."""
        if path not in self._nodes:
            self._nodes[path] = Node(self, path)
            entry = self.entry(path)
            self._keys[path] = entry.key if entry is not None else ()
        return self._nodes[path]

    def root(self) -> TimelineList:
        """The interface of the canvas."""
        if self._root is None:
            self._root = TimelineList(self)
        return self._root

    def path_of_selection(self) -> Path | None:
        """Where the selected event is."""
        return view_tree.find(self.entries, self.selected)

    def node_at(self, below: Path, at: QPoint) -> Node | None:
        """The item below a place of the list that is at a place of the screen; of several the last, which is on top."""
        among = self.entries if not below else self.entry(below).children
        hit = [number for number, entry in enumerate(among) if self.rect(entry).contains(at)]
        return self.node((*below, hit[-1])) if hit else None

    def rect(self, entry: Entry | None) -> QRect:
        """Where an entry is on the screen, as far as it is in sight."""
        if entry is None or not self.is_alive:
            return QRect()
        canvas = self.canvas
        left, right = canvas.scale.x(entry.span.start), canvas.scale.x(entry.span.end)
        left, right = max(left - 5, 0.0), min(max(right, left) + 5, canvas.lane_width)
        top = canvas.ruler_height + entry.top - canvas.scroll
        bottom = min(top + entry.height, float(canvas.height()))
        top = max(top, float(canvas.ruler_height))
        if right <= left or bottom <= top:
            return QRect()
        return QRect(canvas.mapToGlobal(QPoint(round(left), round(top))),
                     canvas.mapToGlobal(QPoint(round(right), round(bottom))))

    def press(self, path: Path) -> None:
        """Do what pressing an item does."""
        entry = self.entry(path)
        if entry is not None:
            self._become(entry)

    def tell_changes(self) -> None:
        """Tell whoever listens which places stand for something else than when it was last told."""
        for path, node in list(self._nodes.items()) if QAccessible.isActive() else ():
            entry = self.entry(path)
            key, before = entry.key if entry is not None else (), self._keys[path]
            self._keys[path] = key
            if key == before:
                continue
            kinds = {(True, False): QAccessible.Event.ObjectDestroyed, (False, True): QAccessible.Event.ObjectCreated}
            kind = kinds.get((bool(before), bool(key)), QAccessible.Event.NameChanged)
            QAccessible.updateAccessibility(QAccessibleEvent(node, kind))

    @property
    def is_walked(self) -> bool:
        """Whether a screen reader is there and the keyboard is on the timeline."""
        return QAccessible.isActive() and self.canvas.hasFocus()

    def point_at_selection(self) -> bool:
        """Move a screen reader's focus to the selected item; False where that cannot be."""
        path = self.path_of_selection() if self.is_walked else None
        if path is None:
            return False
        for kind in (QAccessible.Event.Selection, QAccessible.Event.Focus):
            QAccessible.updateAccessibility(QAccessibleEvent(self.node(path), kind))
        return True

    def end(self) -> None:
        """Take the nodes from Qt before Python lets them go. The list itself goes with the canvas."""
        for node in self._nodes.values():
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(node))
        self._nodes.clear()


def _end(key: int) -> None:
    tree = _trees.pop(key, None)
    if tree is not None:
        tree.end()


def _interface(name: str, widget: QObject | None) -> QAccessibleInterface | None:
    """Qt asks for the interface of an object, by the names of its classes."""
    tree = _trees.get(shiboken6.getCppPointer(widget)[0]) if name == Canvas.__name__ and widget is not None else None
    return tree.root() if tree is not None else None


QAccessible.installFactory(_interface)
