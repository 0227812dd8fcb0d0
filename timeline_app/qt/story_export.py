"""A story as files: PDF with a page a step, PNG with a picture a step, one page of HTML; a worksheet as PDF or HTML.

Each step is drawn by the `Stage` of the audience's screen; there is no second way to draw. Nothing is written before
all of it is there, and each file is written whole or not at all.
"""
from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter, QPdfWriter

from timeline_app.base import safe_io
from timeline_app.base.file_name import slug
from timeline_app.base.problems import UserError
from timeline_app.base.text import catalogue
from timeline_app.engine.dataset import Dataset
from timeline_app.qt import export, fonts, page_dress, page_writer, theme
from timeline_app.qt.page_writer import A4, HEADING, MUTED, QUESTION, TITLE, PageWriter, Sheet
from timeline_app.qt.stage import Stage
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import summary
from timeline_app.viewmodel.stage import StageDoc
from timeline_app.viewmodel.state import Setting
from timeline_app.viewmodel.story_book import Book, Leaf
from timeline_app.viewmodel.story_page import Pictures, story_page
from timeline_app.viewmodel.worksheet import Worksheet, worksheet_page

WIDE, TALL = (1920, 1080), (900, 1440)
PAGE, PRINTED = ".html", ".pdf"
FORMATS = (PRINTED, PAGE)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a story is exported: the theme, whether notes stand under the pictures, and how many pixels a px has."""

    theme: str = "paper"
    has_notes: bool = False
    scale: int = 1


class Drawing:
    """Draws what steps say, one after another, on one stage, which is made when it is needed."""

    def __init__(self, make: Callable[[], Stage]) -> None:
        self._make = make

    @cached_property
    def _stage(self) -> Stage:
        return self._make()

    def at(self, doc: StageDoc, size: tuple[int, int] = WIDE) -> Stage:
        """The stage with what a step says, at a size, with everything in it that is still to come."""
        self._stage.resize(*size)
        self._stage.show_doc(doc, False)
        self._stage.settle()
        return self._stage

    def pictures(self, doc: StageDoc, name: str) -> Pictures:
        """What a step says as pictures within a page, whose ids begin with a name."""
        tall = page_dress.worn(export.inline_svg(self.at(doc, TALL), f"{name}t", (self._stage.canvas,)))
        wide = page_dress.worn(export.inline_svg(self.at(doc), f"{name}w", (self._stage.canvas,)))
        return Pictures(wide, tall, summary.summary(summary.account(self._stage.canvas.frame),
                                                    catalogue(doc.state.setting.language)))


@contextmanager
def staged(dataset: Dataset, setting: Setting) -> Iterator[Drawing]:
    """A drawing on a dataset as an audience gets it; its stage ends with it."""
    tasks, made = Tasks(), []

    def stage() -> Stage:
        made.append(Stage(dataset, setting, tasks))
        made[-1].show()
        return made[-1]

    try:
        yield Drawing(stage)
    finally:
        tasks.close()
        for one in made:
            one.close()
            one.deleteLater()


def story_files(book: Book, drawing: Drawing, output: Path, manner: Manner) -> Callable[[], None]:
    """Draws a book in the format that a path names: .pdf, .html, or a folder of PNG; what comes back writes it.
    UserError for another ending."""
    ending = output.suffix.lower()
    _must_fit(output)
    if ending == PRINTED:
        return _writing({output: pdf(book, drawing, manner)})
    if ending == PAGE:
        return _writing({output: html(book, drawing, manner)})
    if ending and not output.is_dir():
        raise UserError("export_format", name=output.name, formats=", ".join(FORMATS))
    return _writing({output / name: data for name, data in pngs(book, drawing, manner)}, output)


def worksheet_files(sheet: Worksheet, output: Path) -> Callable[[], None]:
    """The same for a worksheet, which is .pdf or .html."""
    makers = {PRINTED: worksheet_pdf, PAGE: worksheet_html}
    maker = makers.get(output.suffix.lower())
    _must_fit(output)
    if maker is None:
        raise UserError("export_format", name=output.name, formats=", ".join(FORMATS))
    return _writing({output: maker(sheet)})


def _must_fit(output: Path) -> None:
    """A UserError, before anything is drawn, where there is no folder to write into."""
    if not output.parent.is_dir():
        raise UserError("cannot_write", name=str(output), reason=os.strerror(errno.ENOENT))


def _writing(files: dict[Path, bytes], folder: Path | None = None) -> Callable[[], None]:
    def write() -> None:
        try:
            if folder is not None:
                folder.mkdir(exist_ok=True)
            for place in files:
                safe_io.must_be_regular(place)
            for place, data in files.items():
                safe_io.write_atomic(place, data)
        except OSError as error:
            name = str(folder or next(iter(files)))
            raise UserError("cannot_write", name=name, reason=error.strerror or str(error)) from error

    return write


def html(book: Book, drawing: Drawing, manner: Manner) -> bytes:
    """One page with every step, that needs nothing else."""
    shown = book if manner.has_notes else book.without_notes()
    drawn = {}
    for leaf, doc, is_revealed in _docs(book):
        name = f"s{leaf.number}{'r' if is_revealed else ''}"
        drawn[leaf.id, is_revealed] = drawing.pictures(doc, name)
    letters = "".join(one.wide + one.tall + one.words for one in drawn.values()) + shown.words
    return story_page(shown, drawn, page_dress.story_dress(manner.theme, letters, book.language))


def pngs(book: Book, drawing: Drawing, manner: Manner) -> Iterator[tuple[str, bytes]]:
    """A picture a step by file names that begin with its number, and one of its answers where it has some."""
    digits = max(2, len(str(len(book.leaves))))
    for leaf, doc, is_revealed in _docs(book):
        # With numbers of their own they stand in this order however a folder is sorted.
        part = "" if leaf.after is None else "-2-answers" if is_revealed else "-1"
        name = f"{leaf.number:0{digits}}-{slug(leaf.id, 'step')}{part}.png"
        stage = drawing.at(doc)
        made = QImage(stage.size() * manner.scale, QImage.Format.Format_RGB32)
        made.setDevicePixelRatio(manner.scale)
        with _painting(made) as painter:
            export.paint(stage, painter)
        made.setText("Title", doc.headline)
        made.setText("Description", doc.sentence)
        device = _buffer()
        made.save(device, "PNG")
        yield name, bytes(device.data())


def _docs(book: Book) -> Iterator[tuple[Leaf, StageDoc, bool]]:
    """What each step says, with what it says after its reveal directly after it."""
    for leaf in book.leaves:
        yield leaf, leaf.doc, False
        if leaf.after is not None:
            yield leaf, leaf.after, True


def pdf(book: Book, drawing: Drawing, manner: Manner) -> bytes:
    """A page a step, in the order of the story; then the answers, a page each, then title and sources."""
    device = _buffer()
    writer = page_writer.writer_of(device, book.title)
    colours = theme.palette(manner.theme)
    sheet = Sheet(A4) if manner.has_notes else Sheet(WIDE, colours.ground, 2, 1.4)
    pages = [(leaf.doc, leaf.notes) for leaf in book.leaves]
    pages += [(leaf.after, "") for leaf in book.leaves if leaf.after is not None]
    page_writer.set_page(writer, sheet.size)
    with fonts.without_forms(), _painting(writer) as painter:
        for doc, notes in pages:
            stage = drawing.at(doc)
            if manner.has_notes:
                _with_notes(notes, stage, PageWriter(writer, painter, theme.palette("paper"), sheet))
            else:
                export.paint(stage, painter)
            writer.newPage()
        _last_page(book, PageWriter(writer, painter, theme.palette("paper") if manner.has_notes else colours, sheet))
    return export.readable(bytes(device.data()))


def _with_notes(notes: str, stage: Stage, writing: PageWriter) -> None:
    """The picture at the top of a page, and under it what the presenter has to remember."""
    writing.picture(stage)
    if notes:
        writing.paragraph(notes)


def _last_page(book: Book, writing: PageWriter) -> None:
    say = catalogue(book.language).get
    writing.paragraph(book.title, TITLE)
    if book.summary:
        writing.paragraph(book.summary)
    writing.paragraph(say("story_export.sources"), HEADING)
    for number, source in enumerate(book.sources, 1):
        writing.paragraph(source, mark=f"{number}.")
    if not book.sources:
        writing.paragraph(say("story_export.no_sources"))
    steps = book.by_step()
    if steps:
        writing.paragraph(say("story_export.by_step"), HEADING)
    for line in (*steps, *book.about):
        writing.paragraph(line, MUTED)


def worksheet_html(sheet: Worksheet) -> bytes:
    """A worksheet as one page that needs nothing else and has no script."""
    return worksheet_page(sheet, page_dress.worksheet_dress(sheet.words, sheet.language))


def worksheet_pdf(sheet: Worksheet) -> bytes:
    """A worksheet to print, on A4."""
    device = _buffer()
    writer = page_writer.writer_of(device, sheet.title)
    page_writer.set_page(writer, A4)
    with fonts.without_forms(), _painting(writer) as painter:
        writing = PageWriter(writer, painter, theme.palette("paper"), Sheet(A4))
        writing.paragraph(sheet.title, TITLE)
        writing.fields(sheet.fields)
        writing.paragraph(sheet.how)
        for part in sheet.parts:
            writing.keep(160.0)
            writing.paragraph(part.heading, HEADING)
            for task in part.tasks:
                writing.keep(60.0 + 34.0 * task.lines)
                writing.paragraph(task.question, QUESTION)
                writing.rules(task.lines)
        for line in sheet.about:
            writing.paragraph(line, MUTED)
    return export.readable(bytes(device.data()))


class _painting:
    """A painter on a device that ends before the device dies: else Qt aborts."""

    def __init__(self, device: QImage | QPdfWriter) -> None:
        self._painter = QPainter(device)

    def __enter__(self) -> QPainter:
        return self._painter

    def __exit__(self, *_: object) -> None:
        self._painter.end()


def _buffer() -> QBuffer:
    made = QBuffer()
    made.setData(QByteArray())
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    return made
