"""Writes a detail document onto a page, part by part, through a text cursor. Nothing is computed and no
markup is known.

Links are internal names ("to:sources", "open:2", "copy:..."); the pane decides what they do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption

from timeline_app.qt import detail_page, safe_text
from timeline_app.qt.detail_page import DetailPage, Mark
from timeline_app.qt.look import Look
from timeline_app.qt.theme import colour

INDENT = 28
NBSP = "\N{NO-BREAK SPACE}"
# More than this is not read in a pane, and laying it out would stall the window.
MOST_CHARACTERS = 60_000


@dataclass(frozen=True, slots=True)
class Style:
    """How a run looks: size in px at 100 %, weight, role of its colour."""

    size: float = 13
    weight: str = "regular"
    role: str = "ink"


TITLE, WHEN, QUOTE = Style(22, "bold"), Style(14, "semibold"), Style(16)
TEXT, ANSWER, STRONG, LABEL = Style(13.5), Style(14), Style(14, "semibold"), Style(13, "semibold")
MUTED, SMALL, BADGE, CHIP = Style(13, role="muted"), Style(12, role="muted"), Style(12), Style(12.5)
MEMBER = Style(13.5, "semibold", "interaction")
LINK, SMALL_LINK = Style(13, role="interaction"), Style(12, role="interaction")


class Writer:
    """One writing of a page from its beginning."""

    def __init__(self, page: DetailPage, look: Look) -> None:
        self._page = page
        self._look = look
        self._left = MOST_CHARACTERS
        self._marks: list[Mark] = []
        self._places: dict[str, int] = {}
        self._started = False
        page.document().clear()
        self._cursor = QTextCursor(page.document())
        self._cursor.beginEditBlock()

    def finish(self) -> dict[str, int]:
        """End the writing; the positions of named places."""
        self._cursor.endEditBlock()
        self._page.marks = tuple(self._marks)
        return self._places

    @property
    def is_full(self) -> bool:
        """Whether nothing more would be written."""
        return self._left <= 0

    def paragraph(self, above: float = 0, left: float = 0, right: float = 0, line: float = 1.25) -> None:
        """Begin a paragraph: space above, margins, line height as a share of the natural one."""
        form = QTextBlockFormat()
        form.setTopMargin(self._look.px(above) if above else 0)
        form.setLeftMargin(self._look.px(left) if left else 0)
        form.setRightMargin(self._look.px(right) if right else 0)
        form.setLineHeight(line * 100, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self._begin(form)

    def hanging(self, badge: str, above: float, hollow: bool = False) -> None:
        """Begin a paragraph with a badge in its margin."""
        shown = safe_text.one_line(badge, 12)
        before = max(0.0, (self._look.px(detail_page.BADGE_SIZE) - self._look.width(shown, BADGE.size)) / 2)
        indent = self._look.px(INDENT)
        form = QTextBlockFormat()
        form.setTopMargin(self._look.px(above))
        form.setLeftMargin(indent)
        form.setTextIndent(before - indent)
        form.setTabPositions([QTextOption.Tab(indent - before, QTextOption.TabType.LeftTab)])
        form.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self._begin(form)
        kind = detail_page.HOLLOW_BADGE if hollow else detail_page.BADGE
        self.marked(kind, lambda: self.run(shown, BADGE))
        self.run("\t", BADGE)

    def run(self, text: str, style: Style, href: str = "", limit: int = safe_text.FIELD_LIMIT) -> None:
        """Words in the paragraph, cleaned and cut; with `href` a link."""
        cleaned = safe_text.plain(text, limit)[: max(0, self._left)]
        self._left -= len(cleaned)
        form = QTextCharFormat()
        form.setFont(self._look.font(style.size, style.weight))
        form.setForeground(colour(self._look.colours.role(style.role)))
        if href:
            form.setAnchor(True)
            form.setAnchorHref(href)
        self._cursor.insertText(cleaned.replace("\n", "\N{LINE SEPARATOR}"), form)

    def marked(self, kind: str, write: Callable[[], None]) -> None:
        """Whatever `write` writes, with a mark behind it."""
        start = self._cursor.position()
        write()
        self._marks.append(Mark(kind, start, self._cursor.position()))

    def rule(self) -> None:
        """A hairline across the page."""
        self.paragraph(above=9, line=1)
        self.marked(detail_page.RULE, lambda: self.run(NBSP, SMALL))

    def place(self, name: str) -> None:
        """Name this position, for links that lead to it."""
        self._places[name] = self._cursor.position()

    def chips(self, chips: Iterable[tuple[str, bool]]) -> None:
        """Words in pills, those of a dispute with room for their mark."""
        # Qt drops the space above a first paragraph, and pills stand out above their line.
        self.paragraph(line=0.5)
        self.run(NBSP, SMALL)
        self.paragraph(left=detail_page.PILL_ROOM, right=detail_page.PILL_ROOM, line=1.9)
        width = self._page.viewport().width() - 2 * self._look.px(detail_page.PILL_ROOM)
        for number, (text, is_disputed) in enumerate(chips):
            if number:
                self.run(" " * 9, CHIP)
            shown = (NBSP * 5 if is_disputed else "") + safe_text.one_line(text)
            if self._look.width(shown, CHIP.size) < width:
                shown = shown.replace(" ", NBSP)
            kind = detail_page.DISPUTED_PILL if is_disputed else detail_page.PILL
            self.marked(kind, lambda shown=shown: self.run(shown, CHIP))

    def _begin(self, form: QTextBlockFormat) -> None:
        if self._started:
            self._cursor.insertBlock(form, QTextCharFormat())
        else:
            self._cursor.setBlockFormat(form)
        self._started = True
