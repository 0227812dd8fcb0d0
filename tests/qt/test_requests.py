"""What the window does when a command has no move: clipboard, files, panels, and what cannot be done said in words."""
from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from fakes import PROBLEMS, tiny_dataset
from qt.whole import explore
from timeline_app.base.problems import UserError
from timeline_app.qt import popup
from timeline_app.qt.chooser import Chooser
from timeline_app.qt.error_panel import ErrorPanel
from timeline_app.qt.go_to import GoTo
from timeline_app.qt.key_list import KeyList
from timeline_app.qt.problem_list import ProblemList
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves, walk

SAVE = "timeline_app.qt.requests.QFileDialog.getSaveFileName"
OPEN = "timeline_app.qt.paths.QFileDialog.getOpenFileNames"
FOLDER = "timeline_app.qt.paths.QFileDialog.getExistingDirectory"


@pytest.fixture
def window(qtbot) -> Explore:
    return explore(qtbot, dataset=tiny_dataset(problems=PROBLEMS))


def said(window: Explore) -> str:
    return window.status.message.text()


def clip() -> str:
    return QApplication.clipboard().text()


def test_that_every_command_has_an_answer(window):
    assert window.actions.unanswered() == ()


@pytest.mark.parametrize(("command", "panel"), [
    ("go_to_date", GoTo), ("palette", Chooser), ("key_list", KeyList), ("problems", ProblemList),
    ("language", Chooser), ("theme", Chooser), ("zone", Chooser)])
def test_that_a_command_opens_its_panel_and_another_closes_it(window, command, panel):
    window.actions.run(command)
    assert isinstance(popup.opened(window), panel)
    other = "key_list" if command != "key_list" else "palette"
    window.actions.run(other)
    assert len([one for one in window.findChildren(popup.Panel) if one.isVisible()]) == 1
    assert not isinstance(popup.opened(window), GoTo)


def test_that_a_citation_needs_an_event_and_is_then_copied(window):
    QApplication.clipboard().setText("before")
    window.actions.run("copy_citation")
    assert clip() == "before" and said(window) == window.requests.texts.get("cite.nothing_selected")
    window.session.become(moves.select(window.session.state, "e-down"))
    window.actions.run("copy_citation")
    assert "The app is announced down" in clip() and "A study" in clip()
    assert said(window) == window.requests.texts.get("cite.copied")


def test_that_the_view_is_cited_with_span_zone_and_selection(window):
    window.session.become(moves.select(window.session.state, "e-down"))
    window.actions.run("cite_view")
    for part in ("Tiny example", "2020-05-30T00:00:00-05:00", "America/Chicago", "e-down", "Timeline Explorer"):
        assert part in clip()


def test_that_a_picture_is_written_where_one_says(window, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr(SAVE, lambda *args: asked.append(args[2]) or (str(tmp_path / "a.png"), ""))
    window.actions.run("export_picture")
    assert (tmp_path / "a.png").stat().st_size > 1000 and asked == ["tiny.png"]
    assert said(window) == "Written: a.png"


def test_that_a_dialog_that_is_left_writes_nothing(window, monkeypatch):
    monkeypatch.setattr(SAVE, lambda *_: ("", ""))
    window.actions.run("export_picture")
    assert said(window) == ""


@pytest.mark.parametrize(("place", "words"), [("a.gif", "a.gif"), ("no/folder/a.png", "a.png")])
def test_that_a_picture_that_cannot_be_written_is_said_in_the_status_line(window, monkeypatch, tmp_path, place, words):
    monkeypatch.setattr(SAVE, lambda *_: (str(tmp_path / place), ""))
    window.actions.run("export_picture")
    assert words in said(window)


def test_that_chosen_files_of_any_kind_are_asked_for(window, monkeypatch):
    asked = []
    window.opening.connect(asked.append)
    monkeypatch.setattr(OPEN, lambda *_: (["x/datapackage.json", "y.jsonl.gz"], ""))
    window.actions.run("open")
    assert asked == [("x/datapackage.json", "y.jsonl.gz")]


@pytest.mark.parametrize(("chosen", "asked"), [("x/tweets", [("x/tweets",)]), ("", [])])
def test_that_a_chosen_folder_is_asked_for_and_none_is_nothing(window, monkeypatch, chosen, asked):
    heard = []
    window.opening.connect(heard.append)
    monkeypatch.setattr(FOLDER, lambda *_: chosen)
    window.actions.run("open_folder")
    assert heard == asked


def test_that_esc_with_nothing_left_to_step_back_from_says_so(window):
    heard = []
    window.stopped.connect(lambda: heard.append(True))
    window.session.become(moves.select(window.session.state, "e-down"))
    window.actions.run("step_back")
    assert window.session.state.view.selected == "" and not heard
    window.actions.run("step_back")
    assert heard == [True]


def test_that_an_expected_failure_is_said_in_words(window):
    window.requests.say_refused(UserError("unknown_zone", zone="Mars"))
    assert "Mars" in said(window)


def test_that_a_bug_is_shown_as_a_report_to_copy(window):
    window.requests.show_bug("Timeline Explorer\nValueError")
    panel = popup.opened(window)
    assert isinstance(panel, ErrorPanel)


def test_that_the_pane_walks_and_copies_what_it_asks_for(window):
    order = walk.in_order(window.session.dataset)
    window.session.become(moves.select(window.session.state, order[1]))
    window.requests.answer_pane("next")
    assert window.session.state.view.selected == order[2]
    window.requests.answer_pane("previous")
    window.requests.answer_pane("previous")
    assert window.session.state.view.selected == order[0]
    window.requests.answer_pane("previous")
    assert window.session.state.view.selected == order[0]
    window.requests.answer_pane(f"event:{order[3]}")
    assert window.session.state.view.selected == order[3]
    window.requests.answer_pane("copy:https://example.org/a")
    assert clip() == "https://example.org/a"


@pytest.mark.parametrize("asked", ["event:no-such", "event:", "nonsense", "", "copy:"])
def test_that_a_pane_asking_for_what_is_not_there_changes_nothing(window, asked):
    before = window.session.state
    window.requests.answer_pane(asked)
    assert window.session.state == before


def test_that_letters_are_switched_and_it_is_said(window):
    window.actions.run("letters")
    assert not window.actions.letters and said(window) == window.requests.texts.get("cite.letters_off")
    window.actions.run("letters")
    assert window.actions.letters and said(window) == window.requests.texts.get("cite.letters_on")


def test_that_quit_closes_the_window_and_ends_its_work(window):
    window.actions.run("quit")
    assert not window.isVisible() and window.tasks._closed
    window.tasks.run("late", int, done=lambda _: pytest.fail("nothing runs after the end"))
    assert window.tasks.idle()
