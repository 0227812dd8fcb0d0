"""Tweets in the window: dropped, read, listed, chosen, searched, put beside events, given up; hostile texts as text."""
from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from journeys.conftest import FULL, SMALL, shut
from timeline_app import app
from timeline_app.engine.dataset import open_dataset
from timeline_app.qt import popup
from timeline_app.qt.cache_panel import CachePanel
from timeline_app.qt.collections_panel import CollectionsPanel
from timeline_app.qt.lane_chooser import LaneChooser
from timeline_app.qt.tasks import Cancelled
from timeline_app.qt.where_panel import WherePanel
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves
from tweet_fakes import MINUTE, NOON, told, tweet_id

WORDS = ["one #example", "경찰서 앞 #example", "three 🙂 & more", "RT three 🙂 & more"]


def written(folder: Path, texts: list[str] = WORDS, name: str = "made.jsonl") -> Path:
    """A file of invented tweets, a minute apart; the last of four repeats the third."""
    path = folder / name
    lines = [told(NOON + n * MINUTE, text, *(["example"] if "#" in text else []), lang="ko" if "경" in text else "en",
                  retweets=n, **({"repeats": tweet_id(NOON + 2 * MINUTE)} if text.startswith("RT") else {}))
             for n, text in enumerate(texts)]
    path.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    return path


@pytest.fixture
def desk(qtbot, monkeypatch) -> Iterator[app.Desk]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made = app.Desk("en", "paper")
    made.window.resize(*SMALL)
    yield made
    shut(made.window)


@pytest.fixture
def made(opened, tmp_path) -> Explore:
    """A window on four tweets."""
    return opened(FULL, open_dataset(written(tmp_path)))


def drop(desk: app.Desk, *paths: Path) -> None:
    """Drop files on the window, as a file manager does."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    desk.reception  # noqa: B018 - it is made behind the frame
    desk.window.dropEvent(QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                     Qt.KeyboardModifier.NoModifier))


def content(desk: app.Desk, qtbot, wanted=lambda one: True) -> Explore:
    qtbot.waitUntil(lambda: isinstance(desk.window.centralWidget(), Explore) and not desk.reception.opening.is_busy
                    and desk.reception.opening.tasks.idle() and wanted(desk.window.centralWidget()), timeout=20_000)
    found = desk.window.centralWidget()
    found.tasks.settle()
    return found


def test_that_a_dropped_file_is_read_and_shown_with_its_lanes(desk, qtbot, tmp_path):
    drop(desk, written(tmp_path))
    window = content(desk, qtbot)
    assert [lane.spec.id for lane in window.canvas.frame.lanes] == ["main/", "main/lang", "main/#example"]
    assert "4 tweets" in window.status.message.text() or "4" in window.bar.counts.text()


def test_that_tweets_can_stand_beside_the_events_that_are_open(desk, qtbot, tmp_path):
    desk.open("june-2020")
    before = content(desk, qtbot)
    drop(desk, written(tmp_path))
    qtbot.waitUntil(lambda: bool(before.findChildren(WherePanel)))
    before.findChild(WherePanel).beside.click()
    window = content(desk, qtbot, lambda one: bool(one.session.dataset.collections))
    assert window is before and len(window.session.dataset.events) == 42
    assert [one.title.text for one in window.session.dataset.collections] == ["made.jsonl"]
    assert any(lane.spec.kind == "tweets" for lane in window.canvas.frame.lanes)


def test_that_tweets_can_be_opened_alone(desk, qtbot, tmp_path):
    desk.open("june-2020")
    before = content(desk, qtbot)
    drop(desk, written(tmp_path))
    qtbot.waitUntil(lambda: bool(before.findChildren(WherePanel)))
    before.findChild(WherePanel).alone.click()
    window = content(desk, qtbot, lambda one: bool(one.session.dataset.collections))
    assert not window.session.dataset.events and window.session.dataset.collections


def test_that_what_holds_no_tweets_leaves_the_window_as_it_was_and_is_said(desk, qtbot, tmp_path):
    desk.open("june-2020")
    before = content(desk, qtbot)
    path = tmp_path / "users.jsonl"
    path.write_text('{"id": "1", "username": "nobody", "name": "n", "created_at": "2020-06-03T00:00:00.000Z"}\n')
    drop(desk, path)
    qtbot.waitUntil(lambda: bool(before.findChildren(WherePanel)))
    before.findChild(WherePanel).alone.click()
    qtbot.waitUntil(lambda: "users.jsonl" in before.status.message.text())
    assert desk.window.centralWidget() is before


def test_that_giving_up_an_import_leaves_the_window_as_it_was(desk, qtbot, tmp_path, monkeypatch):
    from timeline_app.engine.tweets import building

    desk.open("june-2020")
    before, waiting = content(desk, qtbot), []

    def never(self, *_: object, **__: object) -> None:
        waiting.append(1)
        while True:  # an import that only its listener can end
            self._watch.check()

    monkeypatch.setattr(building.Meter, "look", never)
    drop(desk, written(tmp_path))
    qtbot.waitUntil(lambda: bool(before.findChildren(WherePanel)))
    before.findChild(WherePanel).alone.click()
    qtbot.waitUntil(lambda: bool(waiting) and desk.reception.bar is not None)
    desk.reception.bar.cancelled.emit()
    qtbot.waitUntil(lambda: desk.reception.opening.tasks.idle(), timeout=20_000)
    assert desk.window.centralWidget() is before and desk.reception.bar is None
    assert issubclass(Cancelled, Exception)


def test_that_the_list_shows_chooses_and_copies(made):
    assert made.tweets.isVisible() and len(made.tweets.rows) == 3  # a retweet lies under what it repeats
    made.tweets.rows.setFocus()
    QTest.keyClick(made.tweets.rows, Qt.Key.Key_Home)
    made.tasks.settle()
    assert made.session.state.view.selected == f"tweet:main:{tweet_id(NOON)}"
    assert "one #example" in made.pane.page.toPlainText()
    made.actions.run("copy_id")
    assert QGuiApplication.clipboard().text() == str(tweet_id(NOON))
    made.actions.run("copy_citation")
    assert str(tweet_id(NOON)) in QGuiApplication.clipboard().text()


def test_that_the_command_shows_and_hides_the_list(made):
    made.actions.run("tweets")
    assert made.tweets.isHidden()
    made.actions.run("tweets")
    made.tasks.settle()
    assert made.tweets.isVisible() and made.tweets.rows.hasFocus()


def test_that_retweets_fold_under_their_original_and_orders_turn(made):
    assert len(made.tweets.rows) == 3 and "1" in made.tweets.rows.line(2).repeats
    made.tweets.fold.click()
    made.tasks.settle()
    assert len(made.tweets.rows) == 4
    made.tweets.orders["retweets"].click()
    made.tasks.settle()
    assert "three" in made.tweets.rows.line(0).text


@pytest.mark.parametrize(("typed", "found"), [("경찰", 1), ("#example", 2), ("🙂", 2), ("lang:ko", 1), ("thre -rt", 1)])
def test_that_a_search_finds_tweets_and_lanes_draw_them_apart(made, qtbot, typed, found):
    made.search.begin()
    written_in = QInputMethodEvent()
    written_in.setCommitString(typed)
    QApplication.sendEvent(made.search.field, written_in)
    qtbot.waitUntil(lambda: made.session.tweet_matches is not None)
    made.tasks.settle()
    assert len(made.session.tweet_matches["main"]) == found
    assert f"{found} of 4" in " ".join(made.canvas.frame.lanes[0].picture.heading.lines)


def test_that_the_chooser_adds_a_lane_by_keyboard(made):
    made.actions.run("choose_lanes")
    chooser = made.findChild(LaneChooser)
    QTest.keyClicks(chooser.field, "korean")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    made.tasks.settle()
    assert "main/lang=ko" in [lane.spec.id for lane in made.canvas.frame.lanes]
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    made.tasks.settle()
    assert "main/lang=ko" not in [lane.spec.id for lane in made.canvas.frame.lanes]


def test_that_the_cache_is_listed_and_what_is_open_stays_in_it(made, tmp_path):
    open_dataset(written(tmp_path, name="other.jsonl"))
    made.actions.run("cache")
    panel = made.findChild(CachePanel)
    made.tasks.settle()
    assert "made.jsonl" in panel.lines.text() and "other.jsonl" in panel.lines.text()
    panel.clear.click()
    made.tasks.settle()
    assert "made.jsonl" in panel.lines.text() and "other.jsonl" not in panel.lines.text()
    popup.close_all(made)


def test_that_the_collections_say_where_they_are_from(made):
    made.actions.run("collections")
    panel = made.findChild(CollectionsPanel)
    made.tasks.settle()
    assert "Tweets: 4" in panel.lines.text() and "SHA-256" in panel.lines.text()
    made.grab()
    popup.close_all(made)


HOSTILE = ["x <img src=canary.png> <a href='file:///x'>y</a>", "<table><tr><td>" * 60, "abc \u202eevil\u202c \u2066x",
           "a" + "\u0301\u0336" * 50_000, "x" * 90_000]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_hostile_texts_are_text_in_lanes_list_and_document(opened, tmp_path, language):
    window = opened(FULL, open_dataset(written(tmp_path, HOSTILE)), language=language)
    for number in range(len(HOSTILE)):
        window.session.become(moves.select(window.session.state, f"tweet:main:{tweet_id(NOON + number * MINUTE)}"))
        window.tasks.settle()
        window.grab()
    assert len(window.tweets.rows) == len(HOSTILE)
    window.session.become(moves.select(window.session.state, f"tweet:main:{tweet_id(NOON)}"))
    window.tasks.settle()
    assert "<img src=canary.png>" in window.pane.page.toPlainText()


@pytest.mark.parametrize(("size", "theme", "text_percent"), [(SMALL, "gallery", 100), (FULL, "contrast", 200)])
def test_that_the_list_is_there_at_every_size_and_theme(opened, tmp_path, size, theme, text_percent):
    window = opened(size, open_dataset(written(tmp_path)), theme=theme)
    window.session.become(moves.set_up(window.session.state, text_percent=text_percent))
    window.tasks.settle()
    assert window.tweets.isVisible() and window.tweets.rows.viewport().height() >= window.tweets.rows.row_height
    assert window.tweets.header.height() >= window.tweets.header.heightForWidth(window.tweets.header.width())


def test_that_a_dataset_of_tweets_is_not_called_empty(made):
    made.actions.run("tweets")
    made.tasks.settle()
    assert "no count that could be drawn" not in made.pane.page.toPlainText()
