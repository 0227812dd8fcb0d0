"""A scrolling area without a frame, for panels: as large as its page where there is room, else scrolled up and down."""
from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.finger_scroll import scroll_by_finger

BORDER = 2  # the ring of the style sheet
BAR = 14


def quiet_area(parent: QWidget, page: QWidget, spoken: str) -> QScrollArea:
    """The area around a page; `spoken` is its name for a screen reader."""
    area = QScrollArea(parent)
    area.setObjectName("quiet_area")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    area.setWidget(page)
    scroll_by_finger(area)
    safe_text.name(area, spoken)
    return area


def show_whole(area: QScrollArea, most: QSize) -> None:
    """Ask for the room that the page wants, at most `most`."""
    page = area.widget()
    page.ensurePolished()
    width = min(max(page.sizeHint().width(), page.minimumWidth()) + 2 * BORDER, most.width() - BAR)
    layout = page.layout()
    wanted = layout.heightForWidth(width - 2 * BORDER) if layout.hasHeightForWidth() else page.sizeHint().height()
    height = max(wanted, page.minimumSizeHint().height()) + 2 * BORDER
    bar = BAR if height > most.height() else 0
    area.setMinimumSize(width + bar, min(height, most.height()))
