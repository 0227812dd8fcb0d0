"""The application and its empty window: what is on screen before anything is loaded. Only Qt is imported here.

What fills the window comes from a shell; `closing` lets the app keep the window's size.
"""
from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from timeline_app.base.text import Texts
from timeline_app.qt import fonts, safe_text, theme
from timeline_app.qt.theme import Colours

NAME = "Timeline Explorer"
SMALLEST = (720, 480)
REMARK = "propagateSizeHints"


def application() -> QApplication:
    """The one QApplication, dressed alike on every system, with the bundled fonts."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
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
    """A window with a sentence in it until `fill` gives it its content."""

    closing = Signal(int, int)

    def __init__(self, texts: Texts, colours: Colours) -> None:
        super().__init__()
        self.setWindowTitle(NAME)
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(False)
        self._size = (0, 0)
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
        """Put a content into the window; what was there is closed first."""
        before = self.takeCentralWidget()
        if before is not None:
            before.close()
            before.deleteLater()
        self.setCentralWidget(content)
        self.setWindowTitle(content.windowTitle() or NAME)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remember the size as long as it is the user's own."""
        super().resizeEvent(event)
        if not self.isMaximized() and not self.isFullScreen():
            self._size = (self.width(), self.height())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the content end its work."""
        content = self.centralWidget()
        if content is not None:
            content.close()
        self.closing.emit(*self._size)
        super().closeEvent(event)
