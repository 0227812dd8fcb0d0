"""What the system asks for: dark or light, high contrast, less motion; and word when that changes.

What Qt cannot tell on this system, or in this version, is nothing asked for.
"""
from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

SIGNALS = ("contrastPreferenceChanged", "motionPreferenceChanged")


class Wishes(QObject):
    """Sends `changed` whenever the system asks for something else."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hints = QGuiApplication.styleHints()  # kept: what it hands out goes with it
        self._hints.colorSchemeChanged.connect(lambda _: self.changed.emit())
        self._accessibility = self._hints.accessibility() if hasattr(self._hints, "accessibility") else None
        for name in SIGNALS:
            told = getattr(self._accessibility, name, None)
            if told is not None:
                told.connect(lambda _: self.changed.emit())

    def theme(self) -> str:
        """The theme that suits: high contrast, dark or light."""
        asked = self._accessibility.contrastPreference() if self._accessibility is not None else None
        if asked is not None and asked == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "gallery" if self._hints.colorScheme() == Qt.ColorScheme.Dark else "paper"

    def stillness(self) -> bool:
        """Whether less motion is asked for."""
        reduced = getattr(getattr(Qt, "MotionPreference", None), "ReducedMotion", None)
        asked = getattr(self._accessibility, "motionPreference", None)
        return reduced is not None and asked is not None and asked() == reduced
