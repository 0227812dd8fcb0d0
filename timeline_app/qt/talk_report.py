"""After a talk: how long each step took, beside what was planned. Figures and words, to read and to copy."""
from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.look import Look
from timeline_app.qt.popup import Panel
from timeline_app.qt.quiet_area import quiet_area
from timeline_app.viewmodel import pacing
from timeline_app.viewmodel.talk import Talk


class TalkReport(Panel):
    """A table of steps: headline, planned, taken; the sum below."""

    def __init__(self, window: QWidget, look: Look, talk: Talk, headlines: list[str]) -> None:
        texts = look.texts
        super().__init__(window, look, texts.get("present.report"))
        page = QWidget()
        grid = QGridLayout(page)
        grid.setHorizontalSpacing(look.px(24))
        heads = [texts.get(f"present.report.{one}") for one in ("step", "planned", "taken")]
        rows = [(f"{one.number}  {headlines[one.number - 1]}", pacing.clock(one.planned_ms), pacing.clock(one.spent_ms))
                for one in pacing.report(talk)]
        whole = (texts.get("present.report.all"), pacing.clock(talk.planned_ms), pacing.clock(talk.elapsed_ms))
        for number, row in enumerate((heads, *rows, whole)):
            for column, text in enumerate(row):
                label = safe_text.label(text, page, "muted" if number == 0 else "")
                label.setFont(look.font(13, "semibold" if number in (0, len(rows) + 1) else "regular", column > 0))
                grid.addWidget(label, number, column)
        area = quiet_area(self, page, ". ".join(", ".join(row) for row in (*rows, whole)))
        area.setMinimumSize(look.px(520), min(look.px(460), page.sizeHint().height() + 8))
        self.body.addWidget(area)
