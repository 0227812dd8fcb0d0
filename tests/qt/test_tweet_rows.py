"""The list of tweets: as long as it likes, made only where it is seen, and used by keys, pointer and screen reader."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from timeline_app.base.text import catalogue
from timeline_app.qt import theme
from timeline_app.qt.look import Look
from timeline_app.qt.tweet_rows import TweetRows
from timeline_app.viewmodel.tweet_list import TweetLine

MILLION = 1_000_000


class Many:
    """A list of any length that counts which lines are asked for."""

    def __init__(self, length: int, text: str = "words of tweet {n}") -> None:
        self._length, self._text = length, text
        self.asked: set[int] = set()

    def __len__(self) -> int:
        return self._length

    def row(self, number: int) -> TweetLine:
        self.asked.add(number)
        return TweetLine(f"tweet:main:{number}", f"{number:,} o'clock", self._text.format(n=number), "en", "")

    def number_of(self, selected: str) -> int:
        name = selected.rpartition(":")[2]
        return int(name) if name.isdecimal() and int(name) < self._length else -1


@pytest.fixture
def rows(qtbot) -> TweetRows:
    made = TweetRows(Look(catalogue("en"), theme.palette("paper")))
    qtbot.addWidget(made)
    made.resize(420, 600)
    made.show()
    return made


def test_that_a_million_rows_cost_only_those_in_sight(rows):
    many = Many(MILLION)
    rows.put(many, True, "")
    rows.grab()
    assert 0 < len(many.asked) < 20
    QTest.keyClick(rows, Qt.Key.Key_End)
    rows.grab()
    assert rows.at == MILLION - 1 and MILLION - 1 in many.asked and len(many.asked) < 40
    assert rows.row_at(QPoint(10, rows.viewport().height() - 3).toPointF()) == MILLION - 1
    assert rows.made <= 400


def test_that_keys_walk_and_enter_opens(rows, qtbot):
    rows.put(Many(50), True, "")
    heard = []
    rows.chosen.connect(heard.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_End, Qt.Key.Key_Home):
        QTest.keyClick(rows, key)
    assert heard == [f"tweet:main:{n}" for n in (0, 1, 0, 49, 0)]
    with qtbot.waitSignal(rows.opened):
        QTest.keyClick(rows, Qt.Key.Key_Return)


def test_that_a_click_chooses_the_row_under_it(rows, qtbot):
    rows.put(Many(50), True, "")
    with qtbot.waitSignal(rows.chosen) as heard:
        QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, rows.row_height + 5))
    assert heard.args == ["tweet:main:1"]


def test_that_the_chosen_row_comes_into_sight_and_is_described(rows):
    rows.put(Many(500), True, "tweet:main:400")
    assert rows.row_at(QPoint(5, rows.viewport().height() - 5).toPointF()) == 400
    assert "401" in rows.accessibleDescription() and "words of tweet 400" in rows.accessibleDescription()


def test_that_an_empty_list_takes_keys_and_says_nothing_false(rows):
    rows.put(Many(0), False, "")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageUp):
        QTest.keyClick(rows, key)
    assert rows.at == -1 and rows.row_at(QPoint(5, 5).toPointF()) == -1
    rows.grab()


def test_that_a_list_without_texts_has_lower_rows(rows):
    rows.put(Many(5), True, "")
    high = rows.row_height
    rows.put(Many(5), False, "")
    assert rows.row_height < high


@pytest.mark.parametrize("text", ["<img src=/x>" * 50 + "{n}", "a" + "\u0301" * 50_000, "x" * 90_000, "\u202eback {n}"])
def test_that_hostile_texts_are_painted_as_text(rows, text):
    rows.put(Many(3, text), True, "tweet:main:0")
    rows.grab()
    assert len(rows.accessibleDescription()) < 9_000
