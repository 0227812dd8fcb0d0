"""A page of the kiosk on screen: one painted surface, and over each target a button without a face, so that finger,
keyboard and screen reader all find the same things at the same places.

Buttons are kept and given to the next page: their number is that of the fullest page, however long the kiosk runs.
"""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from timeline_app.qt import safe_text, theme
from timeline_app.qt.access import tab_order
from timeline_app.qt.ink import Ink, TextBox
from timeline_app.qt.kiosk_ink import paint_page, paint_ring
from timeline_app.viewmodel.kiosk.page import Page, Target

RING = 4.0
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
SCRUB, PARTS = "scrub", 1000
DEAD_ZONE = 12.0


@contextmanager
def painting(widget: QWidget) -> Iterator[QPainter]:
    """A painter that ends however the painting ends: one that is left behind by an error would take the process
    down."""
    painter = QPainter(widget)
    try:
        yield painter
    finally:
        painter.end()


class KioskButton(QAbstractButton):
    """A target. `chosen` sends its action, with the place along it where it is a bar to go through time."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.target: Target | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.clicked.connect(self._clicked)
        safe_text.name(self, "–")

    def show_target(self, target: Target) -> None:
        """Be this target from now on."""
        self.target = target
        x, y, wide, high = target.box
        self.setGeometry(QRect(round(x), round(y), round(x + wide) - round(x), round(y + high) - round(y)))
        safe_text.name(self, target.name)
        is_hidden = target.look == "hidden"
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_hidden else Qt.FocusPolicy.TabFocus)
        self.show()
        self.raise_()

    def _clicked(self) -> None:
        if self.target is not None and self.target.action != SCRUB:
            self.chosen.emit(self.target.action)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A finger on the bar goes there at once."""
        super().mousePressEvent(event)
        self._scrub(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """And follows."""
        super().mouseMoveEvent(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._scrub(event)

    def _scrub(self, event: QMouseEvent) -> None:
        if self.target is not None and self.target.action == SCRUB:
            share = event.position().x() / max(1, self.width())
            self.chosen.emit(f"{SCRUB}:{min(PARTS, max(0, round(share * PARTS)))}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if event.key() in ENTER:
            self.click()
        else:
            event.ignore()

    def paintEvent(self, _: QPaintEvent) -> None:
        """A veil while it is pressed, a ring while it has the keyboard; its face is on the page."""
        view = self.parentWidget()
        if not (self.isDown() or self.hasFocus()) or not isinstance(view, KioskView):
            return
        whole = QRectF(self.rect())
        with painting(self) as painter:
            if self.isDown() and self.target is not None and self.target.look in ("button", "primary", "on"):
                painter.fillRect(whole, theme.colour(view.colours.interaction, 0.35))
            if self.hasFocus():
                paint_ring(painter, whole, view.colours.interaction, RING)


class _Veil(QWidget):
    """What lies over a page."""

    def __init__(self, view: KioskView) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        safe_text.name(self, "–")
        self.hide()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The page over the page."""
        view = self.parentWidget()
        if isinstance(view, KioskView) and view.page is not None and view.page.over is not None:
            with painting(self) as painter:
                paint_page(Ink(painter, view.colours, QRectF(self.rect()), view.boxes, "over"), view.page.over)


class KioskView(QWidget):
    """Shows pages. `chosen` sends the action of what was pressed, `dragged` a drag as thousandths of the width;
    `painted` says once that a first page is on screen; `boxes` collects the words that are painted, where a test asks
    for them."""

    chosen = Signal(str)
    dragged = Signal(int)
    painted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page: Page | None = None
        self.colours = theme.palette("gallery")
        self.boxes: list[TextBox] | None = None
        self.lanes: QWidget | None = None  # what stands where a page leaves room for the timeline
        self._buttons: list[KioskButton] = []
        self._from: float | None = None
        self._is_painted = False
        self._veil = _Veil(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        safe_text.name(self, "–")

    @property
    def buttons(self) -> list[KioskButton]:
        """The buttons of the page of now, in its order."""
        return [one for one in self._buttons if one.isVisibleTo(self)]

    def show_page(self, page: Page, theme_name: str) -> None:
        """Show a page in a theme. A button that stays keeps the keyboard."""
        focused = next((one.target.action for one in self._buttons if one.hasFocus() and one.target), "")
        self.page, self.colours = page, theme.palette(theme_name)
        safe_text.name(self, page.title, page.spoken)
        self._place_lanes(page)
        self._veil.setGeometry(self.rect())
        self._veil.setVisible(page.over is not None)
        self._veil.raise_()
        targets = page.front.targets
        while len(self._buttons) < len(targets):
            made = KioskButton(self)
            made.chosen.connect(self.chosen)
            self._buttons.append(made)
        for number, target in enumerate(targets):
            self._buttons[number].show_target(target)
        for one in self._buttons[len(targets):]:
            one.hide()
        self._keep_focus(focused)
        tab_order(*self._buttons[:len(targets)])
        self.update()
        self._veil.update()

    def _keep_focus(self, action: str) -> None:
        if not action:
            return
        found = next((one for one in self.buttons if one.target is not None and one.target.action == action), None)
        if found is not None and not found.hasFocus():
            found.setFocus(Qt.FocusReason.OtherFocusReason)
        elif found is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place_lanes(self, page: Page) -> None:
        if self.lanes is None:
            return
        if page.lanes is not None:
            x, y, wide, high = page.lanes
            self.lanes.setGeometry(round(x), round(y), round(wide), round(high))
        self.lanes.setVisible(page.lanes is not None)
        self.lanes.lower()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        self._from = event.position().x() if event.button() == Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The line follows the finger."""
        if self._from is None or abs(event.position().x() - self._from) < DEAD_ZONE:
            return
        self.dragged.emit(round((self._from - event.position().x()) / max(1, self.width()) * PARTS))
        self._from = event.position().x()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The drag is over."""
        self._from = None

    def paintEvent(self, _: QPaintEvent) -> None:
        """The page."""
        if self.boxes is not None:
            self.boxes.clear()
        with painting(self) as painter:
            ink = Ink(painter, self.colours, QRectF(self.rect()), self.boxes, "page")
            ink.rect(QRectF(self.rect()), "ground")
            if self.page is not None:
                paint_page(ink, self.page)
        if self.page is not None and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # after this event, when what was painted is shown

    def hit(self, at: QPointF) -> str:
        """The action of what lies under a finger, "" where nothing does."""
        found = self.childAt(at.toPoint())
        return found.target.action if isinstance(found, KioskButton) and found.target is not None else ""
