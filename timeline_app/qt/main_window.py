"""The application and its empty window: what is on screen before anything is loaded. Only Qt is imported here.

What fills the window comes from a shell, a strip at its foot from whoever works; `dropped` tells what was dropped on
it, `closing` lets the app keep the window's size.
"""
from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from timeline_app.base.text import Texts
from timeline_app.qt import fonts, paths, safe_text, theme
from timeline_app.qt.theme import Colours

NAME = "Timeline Explorer"
SWITCH_S = 0.00002  # how long a worker may keep the window waiting; Python lets it be 250 times as long
SMALLEST = (720, 480)
REMARK = "propagateSizeHints"


def application() -> QApplication:
    """The one QApplication, dressed alike on every system, with the bundled fonts."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    sys.setswitchinterval(SWITCH_S)
    made = QApplication(sys.argv[:1])
    made.setApplicationName(NAME)
    made.setStyle("Fusion")
    fonts.load()
    made.setFont(fonts.font(13))
    return made


@contextmanager
def without_platform_remarks() -> Iterator[None]:
    """Drop the one remark that Qt makes about its own screenless platform; everything else is passed on."""
    def passed(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if REMARK in message:
            return
        if before is not None:
            before(kind, context, message)
        else:
            print(message, file=sys.stderr)

    before = qInstallMessageHandler(passed)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


class MainWindow(QMainWindow):
    """A window with a sentence in it until `fill` gives it its content. `dropped` sends paths, none where what was
    dropped is not of this computer; `stopped` and `asking` are sent for Esc and Ctrl+O while no content takes them."""

    closing = Signal(int, int)
    dropped = Signal(object)
    stopped = Signal()
    asking = Signal()

    def __init__(self, texts: Texts, colours: Colours) -> None:
        super().__init__()
        self.setWindowTitle(NAME)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self._size = (0, 0)
        self._below: QWidget | None = None
        self._strip: QWidget | None = None
        self.set_colours(colours)
        self.say(texts.get("explore.opening"))

    def set_colours(self, colours: Colours) -> None:
        """The ground and Qt's own palette."""
        palette = theme.qt_palette(colours)
        QApplication.instance().setPalette(palette)
        self.setPalette(palette)

    def say(self, sentence: str) -> None:
        """One sentence instead of a content."""
        label = safe_text.label(sentence, self)
        label.setFont(fonts.font(16))
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setWordWrap(True)
        self.fill(label)

    def fill(self, content: QWidget) -> None:
        """Put a content into the window; what was there, and what lay below it, is closed first."""
        self.settle()
        before = self.takeCentralWidget()
        if before is not None:
            before.close()
            before.deleteLater()
        self._put(content)

    def lay_over(self, content: QWidget) -> None:
        """Put a content over the one that is there, which comes back with `lift`."""
        below = self.takeCentralWidget()
        self._below = below
        if below is not None:
            below.setParent(self)
            below.hide()
        self._put(content)

    def lift(self) -> None:
        """Take away what was laid over."""
        below, self._below = self._below, None
        if below is not None:
            self.fill(below)
            below.show()

    def settle(self) -> None:
        """Let what was laid over stay: what lay below it is closed."""
        below, self._below = self._below, None
        if below is not None:
            below.close()
            below.deleteLater()

    def set_strip(self, strip: QWidget | None) -> None:
        """Put a strip over the foot of the window, or take it away."""
        before, self._strip = self._strip, strip
        if before is not None and before is not strip:
            before.hide()
            before.deleteLater()
        if strip is not None:
            self._place_strip()
            strip.show()
            strip.raise_()

    def _put(self, content: QWidget) -> None:
        self.setCentralWidget(content)
        self.setWindowTitle(content.windowTitle() or NAME)
        if self._strip is not None:
            self._strip.raise_()

    def _place_strip(self) -> None:
        if self._strip is not None:
            height = self._strip.height()
            self._strip.setGeometry(0, self.height() - height, self.width(), height)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may come in."""
        if event.mimeData().hasUrls():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped; nothing is moved or changed."""
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(paths.dropped(event.mimeData()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+O, where no content has them."""
        if event.key() == Qt.Key.Key_Escape:
            self.stopped.emit()
        elif event.matches(QKeySequence.StandardKey.Open):
            self.asking.emit()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remember the size as long as it is the user's own."""
        super().resizeEvent(event)
        self._place_strip()
        if not self.isMaximized() and not self.isFullScreen():
            self._size = (self.width(), self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go from the screen at once, then let the contents end their work."""
        self.hide()
        for content in (self.centralWidget(), self._below):
            if content is not None:
                content.close()
        self.closing.emit(*self._size)
        super().closeEvent(event)
