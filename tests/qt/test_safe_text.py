"""Hostile texts: what reaches a widget is plain, short and in order, whatever a stranger wrote."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from timeline_app.qt import safe_text
from timeline_app.qt.safe_text import FIELD_LIMIT, LINE_LIMIT, MARK_LIMIT

SOURCES = (
    "/etc/hostname", "file:///etc/hostname", "../x.png", "data:image/png;base64,AAAA", "http://192.0.2.1/x.png",
    "qrc:/x",
    r"\\host\share\x.png", "/dev/zero", "smb://host/x", "javascript:alert(1)", ":/x.png", "//host/x.png",
)  # fmt: skip
PAYLOADS = (
    *(f'cute video <img src="{place}">' for place in SOURCES),
    *(f'<a href="{place}">look</a>' for place in SOURCES),
    *(f"![look]({place})" for place in SOURCES[:6]),
    "<table><tr><td>" * 40, "<div>" * 20_000, "<b>" * 5_000, "<ul><li>" * 500, "</table>" * 100,
    "<style>* { background: red }</style>", "<script>alert(1)</script>", "<svg onload=alert(1)>", "<iframe src=/>",
    "<object data=/>", "<meta http-equiv=refresh content=0>", "<font size=999>a</font>", "<hr>" * 1_000,
    "<!DOCTYPE html>", "<?xml version='1.0'?><!ENTITY a 'aaaa'>", "&lt;b&gt;", "AT&amp;T", "<3 love you", "<BTS>",
    "a <b>b</b>",
    "# head", "* list", "`code`", "<img src=x onerror=y>",
    "a\u202eb\u202cc", "\u2066x\u2069", "\u200fx\u200e", "\u061cx", "a" + "\u0301" * 100_000, "\ud83d",
    "a\udc00b\ud800",
    "\x00\x07\x1b[2J", "a\r\nb", "a" * 1_000_000, "a\n" * 100_000, "가" * 100_000, "👩‍👩‍👧" * 5_000,
)  # fmt: skip


def marks(text):
    """The longest run of combining marks."""
    longest = run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    return longest


def assert_bounded(text, limit=FIELD_LIMIT):
    assert len(text) <= limit + 1
    assert all(len(line) <= LINE_LIMIT + 1 for line in text.split("\n"))
    assert marks(text) <= MARK_LIMIT
    assert not any("\ud800" <= c <= "\udfff" for c in text)
    assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in text)
    assert not any(ord(c) < 0x20 and c not in "\t\n" for c in text)
    text.encode()


def test_that_there_are_at_least_60_kinds_of_payload():
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_that_a_payload_is_shown_as_the_text_it_is(qtbot, payload):
    label = safe_text.label(payload)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert_bounded(label.text())
    assert label.text()[:8] == safe_text.plain(payload)[:8]
    label.setWordWrap(True)
    label.resize(300, 200)
    label.grab()


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_that_a_tip_and_a_name_hold_no_markup_of_the_payload(qtbot, payload):
    widget = QWidget()
    qtbot.addWidget(widget)
    safe_text.tip(widget, payload)
    safe_text.name(widget, payload, payload)
    inside = widget.toolTip().removeprefix("<qt>").removesuffix("</qt>")
    assert widget.toolTip() == f"<qt>{inside}</qt>"
    assert "<" not in inside and ">" not in inside and len(inside) <= 401 * 6
    for shown in (widget.accessibleName(), widget.accessibleDescription()):
        assert_bounded(shown, LINE_LIMIT)
        assert "\n" not in shown


@given(st.text(st.characters(codec=None), max_size=400), st.integers(1, 300))
def test_that_every_text_comes_out_bounded_and_stays_so(text, limit):
    shown = safe_text.plain(text, limit)
    assert_bounded(shown.removesuffix("…"), max(limit, 1))
    assert safe_text.one_line(text, limit).count("\n") == 0


@given(st.text(st.characters(categories=("L", "N", "Zs", "P"), max_codepoint=0xFFFF), max_size=200))
def test_that_an_ordinary_text_is_not_changed(text):
    ordinary = "".join(c for c in text if c.isalnum() or c in " .,!?")
    assert safe_text.plain(ordinary) == ordinary


def test_that_a_change_of_direction_is_made_visible():
    assert safe_text.plain("a\u202eb") == "a‹U+202E›b"


def test_that_what_was_cut_says_so():
    assert safe_text.plain("ab" * 3_000, 10) == "ababababab…"
    assert safe_text.plain("x" * 1_200).endswith("…")
