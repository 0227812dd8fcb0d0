"""Notes on the real dataset by the keyboard alone, and how they look: nothing cut, nothing over anything else."""

from __future__ import annotations

import itertools
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from journeys.conftest import shut
from journeys.keyboard import CTRL, SHIFT, presser, type_into, view
from timeline_app import app
from timeline_app.domain.notes import Note
from timeline_app.engine import note_journal
from timeline_app.qt import popup
from timeline_app.qt.requests import Requests
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import note_lanes
from timeline_app.viewmodel.notebook import NoteBook, added

LANGUAGES = pytest.mark.parametrize("language", ["en", "ko"])


@pytest.fixture
def window(opened):
    return begun(opened())


def begun(made):
    ids = itertools.count()
    made.notes.fresh, made.notes.now = lambda: f"{id(made)}-{next(ids)}", lambda: 1_606_364_400_000
    made.notes.begin()
    made.activateWindow()
    made.canvas.setFocus()
    made.tasks.settle()
    return made


def texts(window):
    return [note.text for note in window.session.notes.own.values()]


def test_that_a_note_is_made_edited_deleted_and_brought_back_by_keys_alone(window):
    press = presser(window)
    press(Qt.Key.Key_Right, times=3)
    press(Qt.Key.Key_M)
    type_into(QApplication.focusWidget(), "Who wrote this?")
    press(Qt.Key.Key_Return, CTRL)
    window.tasks.settle()
    assert texts(window) == ["Who wrote this?"] and view(window).lane == note_lanes.OWN_LANE
    press(Qt.Key.Key_F2)
    type_into(QApplication.focusWidget(), " Ask.")
    press(Qt.Key.Key_Tab, times=2)
    assert QApplication.focusWidget() is popup.opened(window).save
    press(Qt.Key.Key_Return)
    assert texts(window) == ["Who wrote this? Ask."]
    press(Qt.Key.Key_Delete)
    assert texts(window) == []
    press(Qt.Key.Key_Z, CTRL, times=2)
    assert texts(window) == ["Who wrote this?"]
    press(Qt.Key.Key_Z, CTRL)
    assert texts(window) == []
    press(Qt.Key.Key_Z, CTRL | SHIFT, times=2)
    window.tasks.settle()
    assert texts(window) == ["Who wrote this? Ask."]
    kept = note_journal.read(note_journal.place_of(window.session.dataset))
    assert [note.text for note in kept.notes] == texts(window)


def test_that_notes_are_there_when_the_dataset_is_opened_again(window, opened):
    presser(window)(Qt.Key.Key_M)
    type_into(QApplication.focusWidget(), "Until tomorrow")
    presser(window)(Qt.Key.Key_Return, CTRL)
    window.tasks.settle()
    assert texts(begun(opened())) == ["Until tomorrow"]


@pytest.fixture
def desk(qtbot, monkeypatch):
    """The app itself with its empty window; the hook for bugs is given back."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made = app.Desk("en", "paper")
    yield made
    shut(made.window)


def content(desk, qtbot, path):
    desk.open(path)
    qtbot.waitUntil(lambda: isinstance(desk.window.centralWidget(), Explore))
    found = desk.window.centralWidget()
    found.tasks.settle()
    return found


def test_that_the_app_keeps_notes_by_itself_and_shows_them_the_next_time(desk, qtbot):
    shown = content(desk, qtbot, "june-2020")
    shown.actions.run("note_moment")
    type_into(QApplication.focusWidget(), "kept")
    presser(shown)(Qt.Key.Key_Return, CTRL)
    shown.tasks.settle()
    again = app.Desk("en", "paper")
    assert texts(content(again, qtbot, "june-2020")) == ["kept"]
    shut(again.window)


def test_that_a_table_without_an_id_keeps_its_notes_and_another_of_its_name_has_none(desk, qtbot, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "events.csv").write_text("title,edtf\nA,2020-06-01\nB,2020-06-03\n", "utf-8")
    shown = content(desk, qtbot, str(tmp_path / "one" / "events.csv"))
    shown.actions.run("note_moment")
    type_into(QApplication.focusWidget(), "kept")
    desk.window.close()
    for name, expected in (("one", ["kept"]), ("two", [])):
        again = app.Desk("en", "paper")
        assert texts(content(again, qtbot, str(tmp_path / name / "events.csv"))) == expected
        shut(again.window)
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["events.csv", "events.csv", "one", "two"]


LINES = {"en": ("Ask the museum for the original screenshot", "Two reports give different hours: check both time zones",
                "Here the talk pauses\nShow the second slide", "short"),
         "ko": ("박물관에 원본 화면을 요청할 것", "두 보도의 시각이 다르다. 발표 전에 두 시간대를 확인할 것",
                "여기서 발표를 잠시 멈춤\n두 번째 슬라이드", "짧게")}


def with_notes(opened, language, **options):
    """A window with two moments and two stretches, one of them at the edge of the view."""
    made = opened(language=language, **options)
    span = made.session.state.view.window.span
    book = NoteBook()
    for number, (share, length, text) in enumerate(zip((0.2, 0.45, 0.8, 0.95), (0.0, 0.2, 0.0, 0.3), LINES[language],
                                                       strict=True)):
        start = span.start + round(span.length * share)
        book = added(book, Note(f"n{number}", start, start + round(span.length * length), text), f"e{number}")
    made.session.take_notes(book)
    made.tasks.settle()
    return made


@LANGUAGES
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_that_notes_are_legible_beside_everything_else(opened, language, size):
    window = with_notes(opened, language, size=size)
    boxes = window.canvas.record_texts()
    window.grab()
    lane = window.canvas.frame.lanes[0]
    shown = [one for one in boxes if one.place == lane.spec.id]
    assert lane.spec.id == note_lanes.OWN_LANE and len(shown) >= 3
    for one in shown:
        assert one.clip.adjusted(-1, -1, 1, 1).contains(one.box)
        assert not any(other is not one and one.box.intersects(other.box) for other in shown)


@LANGUAGES
def test_that_the_panel_of_a_note_fits_the_smallest_window(opened, language):
    window = with_notes(opened, language, size=(720, 480))
    window.actions.run("note_moment")
    panel = popup.opened(window)
    assert window.rect().contains(panel.geometry().adjusted(18, 18, -18, -18))
    assert panel.field.isVisible() and panel.save.isVisible()
    presser(window)(Qt.Key.Key_Escape)


def test_that_a_snapshot_shows_notes_only_when_it_is_asked_to(qapp, june, tmp_path, monkeypatch):
    start = june.meta.opening.start
    note_journal.append(note_journal.place_of(june), june.meta.id,
                        [note_journal.Edit("e", "add", Note("n", start, start, "mine"))])
    drawn = []
    real = Requests.draw
    monkeypatch.setattr(Requests, "draw", lambda self, place: drawn.append(
        [lane.spec.half for lane in self._window.canvas.frame.lanes]) or real(self, place))
    for notes in (False, True):
        app.snapshot("june-2020", str(tmp_path / f"{notes}.png"), {"notes": notes, "size": (1280, 720)})
    assert "noted" not in drawn[0] and drawn[1][0] == "noted"
    assert (tmp_path / "False.png").read_bytes() != (tmp_path / "True.png").read_bytes()


def test_that_notes_are_found_by_the_search_and_entered_from_its_list(window):
    press = presser(window)
    press(Qt.Key.Key_M)
    type_into(QApplication.focusWidget(), "the word xylophone")
    press(Qt.Key.Key_Return, CTRL)
    press(Qt.Key.Key_Escape)
    assert view(window).selected == ""
    press(Qt.Key.Key_Slash)
    type_into(window.search.field, "xylophone")
    press(Qt.Key.Key_Return)
    window.tasks.settle()
    assert [hit.kind for hit in window.search.result.hits] == ["notes"]
    press(Qt.Key.Key_Return)
    (name,) = window.session.notes.own
    assert view(window).selected == name
