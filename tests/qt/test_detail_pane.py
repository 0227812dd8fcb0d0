"""The pane shows a document whole, as plain text, in both languages and widths, and asks for more by name."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from timeline_app.base.text import catalogue
from timeline_app.engine.dataset import open_dataset
from timeline_app.qt import detail_writer, fonts, theme
from timeline_app.qt.detail_pane import DetailPane
from timeline_app.viewmodel.detail import describe
from timeline_app.viewmodel.detail_parts import DetailDoc

IMAGE = '<img src="/nowhere/at/all.png"> <b>bold</b> &lt;i&gt;'
TABLES = "<table><tr><td>" * 40
HOSTILE = {
    "image": IMAGE,
    "tables": TABLES,
    "override": "\u202eevil\u202c \u2066x\u2069",
    "marks": "a" + "\u0301" * 100_000,
    "one word": "x" * 100_000,
    "controls": "a\x00b\ud800c\x1b[0m\u2028d",
    "lines": "line\n" * 3_000,
}


@pytest.fixture(scope="module")
def june():
    return open_dataset("june-2020")


@pytest.fixture
def pane(qtbot):
    """A pane on screen, in a window that leaves it its size."""
    window = QWidget()
    made = DetailPane(catalogue("en"), theme.palette("paper"), window)
    qtbot.addWidget(window)
    window.resize(500, 900)
    made.resize(420, 900)
    window.show()
    qtbot.waitExposed(window)
    yield made


@pytest.fixture
def outage(june):
    return describe("dallas-iwatch-down", june, "en", "America/Chicago")


def shown(pane):
    return pane.page.toPlainText()


def with_text(value, text):
    """The same document with another text in every field that a dataset fills."""
    if isinstance(value, str):
        return text if value else ""
    if isinstance(value, tuple):
        return tuple(with_text(one, text) for one in value)
    if is_dataclass(value):
        kept = {"event_id", "previous", "next", "count", "name"}
        changed = {
            f.name: with_text(getattr(value, f.name), text) for f in fields(value) if f.name not in kept
        }
        return replace(value, **changed)
    return value


def test_that_the_pane_shows_every_answer_with_its_sources(pane, outage):
    pane.show_doc(outage)
    expected = (
        "17 h 38 min|within 5 hours|Vanity Fair|2 hours|Pedestrian.TV|within 24 hours|Fast Company|PopCrush"
    )
    for words in ("How long from the request to the outage?", *expected.split("|")):
        assert words in shown(pane)
    assert shown(pane).index("disputed: when") < shown(pane).index(outage.title)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_that_hostile_text_is_shown_as_text_and_cut(pane, outage, text):
    pane.show_doc(with_text(outage, text))
    pane.grab()
    assert pane.page.document().characterCount() < detail_writer.MOST_CHARACTERS * 1.2
    for mark in ("\x00", "\u202e", "\u2066", "\u0301" * 9):
        assert mark not in shown(pane)
    assert (
        pane.page.document().allFormats()
        and pane.page.document().size().width() <= pane.page.viewport().width()
    )


def test_that_markup_stays_visible_as_written(pane, outage):
    pane.show_doc(replace(outage, title=IMAGE, summary=TABLES))
    assert IMAGE in shown(pane) and TABLES in shown(pane)


def test_that_the_page_loads_nothing_and_goes_nowhere(pane, outage):
    pane.show_doc(outage)
    url = QUrl.fromLocalFile(__file__)
    assert pane.page.loadResource(QTextDocument.ResourceType.HtmlResource.value, url) is None
    before = shown(pane)
    pane.page.setSource(url)
    pane.page.anchorClicked.emit(url)
    assert shown(pane) == before


def test_that_what_is_copied_is_plain_text(pane, outage):
    pane.show_doc(replace(outage, title=IMAGE))
    pane.page.selectAll()
    copied = pane.page.createMimeDataFromSelection()
    assert copied.formats() == ["text/plain"] and IMAGE in copied.text()


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [420, 340])
@pytest.mark.parametrize("size", [13, 26])
def test_that_no_line_is_wider_than_the_pane(pane, june, language, width, size):
    pane.setFont(fonts.font(size))
    pane.resize(width, 800)
    pane.set_look(catalogue(language), theme.palette("gallery"))
    for event in june.events[::4]:
        pane.show_doc(describe(event.id, june, language, "America/Chicago"))
        for page in (pane.page, pane.links):
            assert page.document().size().width() <= page.viewport().width()
        assert pane.links.height() >= pane.links.document().size().height()


def test_that_korean_breaks_between_words_only(pane, june):
    pane.resize(340, 800)
    pane.set_look(catalogue("ko"), theme.palette("paper"))
    pane.show_doc(describe("dallas-iwatch-down", june, "ko", "America/Chicago"))
    document = pane.page.document()
    for number in range(document.blockCount()):
        block = document.findBlockByNumber(number)
        for at in range(1, block.layout().lineCount()):
            start = block.layout().lineAt(at).textStart()
            before, after = block.text()[start - 1], block.text()[start]
            assert not (before.isalpha() and after.isalpha()), block.text()


def test_that_links_ask_for_what_they_name(pane, outage):
    asked = []
    pane.asked.connect(asked.append)
    pane.show_doc(outage)
    pane.links.anchorClicked.emit(QUrl("ask:copy-citation"))
    pane.page.anchorClicked.emit(QUrl("copy:1"))
    pane.previous.click()
    pane.next.click()
    assert asked == ["copy-citation", f"copy:{outage.sources[0].address}", "previous", "next"]


def test_that_a_number_leads_to_its_source_and_the_check_to_the_posts(pane, outage):
    pane.show_doc(outage)
    bar = pane.page.verticalScrollBar()
    pane.page.anchorClicked.emit(QUrl("to:source-11"))
    at_source = bar.value()
    pane.links.anchorClicked.emit(QUrl("to:posts"))
    assert 0 < bar.value() < at_source
    pane.page.anchorClicked.emit(QUrl("to:nowhere"))
    assert bar.value() > 0


def test_that_the_words_of_sources_unfold_and_fold_in_place(pane, outage):
    pane.show_doc(outage)
    excerpt = "But just two hours later"
    assert excerpt not in shown(pane)
    pane.page.verticalScrollBar().setValue(120)
    pane.page.anchorClicked.emit(QUrl("open:1"))
    assert excerpt in shown(pane) and pane.page.verticalScrollBar().value() == 120
    pane.page.anchorClicked.emit(QUrl("open:1"))
    assert excerpt not in shown(pane)


def test_that_another_event_begins_at_its_top(pane, outage, june):
    pane.show_doc(outage)
    pane.page.verticalScrollBar().setValue(300)
    pane.show_doc(describe("tulsa-rally", june, "en", "America/Chicago"))
    assert pane.page.verticalScrollBar().value() == 0
    assert "denied: false registrations" in shown(pane)


def test_that_nothing_selected_says_how_to_select_and_what_the_dataset_is(pane, outage):
    pane.show_doc(outage)
    pane.introduce("June 2020, as published sources tell it.")
    pane.show_doc(None)
    assert catalogue("en").get("detail.empty.how") in shown(pane)
    assert "as published sources tell it" in shown(pane)
    assert pane.links.isHidden() and pane.next.isEnabled()


def test_that_the_ends_of_the_line_have_no_neighbour(pane, outage):
    pane.show_doc(replace(outage, previous="", next=""))
    assert not pane.previous.isEnabled() and not pane.next.isEnabled()


def test_that_a_look_changes_language_colours_and_size(pane, june):
    pane.show_doc(describe("dallas-iwatch-down", june, "ko", "America/Chicago"))
    pane.set_look(catalogue("ko"), theme.palette("gallery"))
    assert catalogue("ko").get("detail.sources") in shown(pane)
    ground = pane.grab().toImage().pixelColor(200, 3).name().upper()
    assert ground == theme.palette("gallery").panel
    small = pane.page.text_height(380)
    pane.setFont(fonts.font(26))
    assert pane.page.text_height(380) > 1.5 * small


def test_that_a_screen_reader_hears_what_the_pane_is(pane, outage):
    pane.show_doc(outage)
    assert pane.page.accessibleName() == catalogue("en").get("detail.name")
    assert pane.page.accessibleDescription() == outage.title
    assert pane.next.accessibleName() == "Next"


def test_that_a_huge_document_is_cut_before_it_stalls_the_window(pane):
    doc = DetailDoc("e", "Title", "2020", quotes=())
    block = describe("dallas-iwatch-down", open_dataset("june-2020"), "en", "UTC").questions[0]
    pane.show_doc(replace(doc, questions=tuple(replace(block, name=str(n)) for n in range(5_000))))
    assert pane.page.document().characterCount() < detail_writer.MOST_CHARACTERS * 1.2
