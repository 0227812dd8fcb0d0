"""How the widgets around the timeline are dressed: texts, colours and text size as one value."""
from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont

from timeline_app.base.text import Texts
from timeline_app.qt import fonts
from timeline_app.qt.theme import Colours
from timeline_app.viewmodel.session import Session

BASE = 13


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """The language, the theme and the text size of now."""

    texts: Texts
    colours: Colours
    percent: int = 100

    @classmethod
    def of(cls, session: Session, texts: Texts, colours: Colours) -> Look:
        """The look with the text size of a session."""
        return cls(texts, colours, session.state.setting.text_percent)

    def px(self, size: float) -> int:
        """A length that grows with the text."""
        return max(1, round(size * self.percent / 100))

    def font(self, size: float = BASE, weight: str = "regular", tabular: bool = False) -> QFont:
        """A bundled font of a size at 100 %."""
        return fonts.font(self.px(size), weight, tabular)

    def width(self, text: str, size: float = BASE, weight: str = "regular") -> float:
        """The advance of one line in px."""
        return fonts.width(text, self.px(size), weight)

    def line(self, size: float = BASE, weight: str = "regular") -> float:
        """The height of one line in px."""
        return fonts.line_height(self.px(size), weight)
