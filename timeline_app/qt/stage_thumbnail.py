"""A step as a small picture: drawn at the size of a screen and made smaller, so that it looks as it will look."""
from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from timeline_app.engine.dataset import Dataset
from timeline_app.qt import export, safe_text
from timeline_app.qt.stage import Stage
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel.stage import StageDoc
from timeline_app.viewmodel.state import Setting

SIZE = (1280, 720)


class StageThumbnail(QWidget):
    """Shows what a stage of its own has drawn, which itself is on no screen."""

    def __init__(self, dataset: Dataset, setting: Setting, tasks: Tasks, name: str) -> None:
        super().__init__()
        self.stage = Stage(dataset, setting, tasks, name)
        self.stage.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.stage.setParent(self, Qt.WindowType.Window)
        self.stage.resize(*SIZE)
        self.stage.arrived.connect(self._take)
        self._picture: QImage | None = None

    def show_doc(self, doc: StageDoc) -> None:
        """Show another step as soon as it is drawn."""
        self.stage.show()
        self.stage.show_doc(doc, False)
        safe_text.name(self, doc.headline, doc.sentence)

    def settle(self) -> None:
        """Be drawn."""
        self.stage.settle()

    def _take(self) -> None:
        self._picture = export.image(self.stage)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        """The picture, as large as there is room."""
        painter = QPainter(self)
        if self._picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            target = QRectF(self.rect())
            ratio = self.devicePixelRatioF()
            fitting = (target.size() * ratio).toSize()
            smooth = self._picture.scaled(fitting, Qt.AspectRatioMode.IgnoreAspectRatio,
                                          Qt.TransformationMode.SmoothTransformation)
            painter.drawImage(target, smooth)
        painter.end()
