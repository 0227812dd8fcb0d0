"""The timeline's accessible tree without a screen reader: nodes that live as long as the canvas and no longer."""
from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QPoint
from PySide6.QtGui import QAccessible

from fakes import MIDNIGHT, tiny_dataset, tiny_session
from qt.whole import explore, place_of
from timeline_app.qt import access_timeline
from timeline_app.qt.tasks import Tasks
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves
from views import crowded


@pytest.fixture
def window(qtbot):
    return explore(qtbot)


def named(window) -> list[str]:
    found = QAccessible.queryAccessibleInterface(window.canvas)
    return [found.child(number).text(QAccessible.Text.Name) for number in range(found.childCount())]


def test_that_the_canvas_is_a_list_with_its_name_and_its_words(window):
    found = QAccessible.queryAccessibleInterface(window.canvas)
    assert found.role() == QAccessible.Role.List and found.text(QAccessible.Text.Name) == "Timeline"
    assert found.childCount() == 7 and found.child(7) is None and found.child(-1) is None


def test_that_a_mark_is_described_by_its_lane_and_bars_need_none(window):
    nodes = [window.tree.root().child(number) for number in (0, 3, 5)]
    assert [one.text(QAccessible.Text.Description) for one in nodes] == ["Requests and portals", "Reported floods", ""]
    assert nodes[0].text(QAccessible.Text.Help) == ""


def test_that_a_node_is_the_same_object_as_long_as_the_canvas_lives(window):
    root = window.tree.root()
    first, below = root.child(0), root.child(5).child(2)
    assert root.child(0) is first and root.child(5).child(2) is below
    assert below.parent() is root.child(5) and first.parent() is root
    assert root.indexOfChild(first) == 0 and root.child(5).indexOfChild(below) == 2 and root.indexOfChild(below) == -1


def test_that_nodes_stand_for_what_is_drawn_now(window):
    before, node = named(window), window.tree.root().child(0)
    window.session.become(moves.pan(window.session.state, 0.5, window.session.limits))
    window.tasks.settle()
    assert named(window) != before and node.isValid()
    window.session.become(moves.zoom(window.session.state, 200.0, MIDNIGHT * 1000, window.session.limits))
    window.tasks.settle()
    assert len(named(window)) < len(before)
    gone = window.tree.node((6,))
    assert not gone.isValid() and gone.state().invalid and gone.rect().isEmpty() and gone.childCount() == 0


def test_that_a_mark_is_where_it_is_painted(window):
    at = window.canvas.mapToGlobal(place_of(window, "e-down"))
    node = window.tree.root().childAt(at.x(), at.y())
    assert node.text(QAccessible.Text.Name).startswith("The app is announced down; ")
    assert node.rect().contains(at) and not node.state().offscreen


def test_that_pressing_selects_and_the_selected_node_says_so(window):
    node = window.tree.root().child(1)
    action = node.actionInterface()
    assert action.actionNames() == ["Press"] and action.localizedActionName("Press") == "Select"
    action.doAction("Press")
    assert window.session.state.view.selected == "e-down"
    assert node.state().selected and node.state().selectable
    assert not window.tree.root().child(0).state().selected


def test_that_the_focus_is_on_the_selected_node_while_the_keyboard_is_on_the_timeline(window):
    window.activateWindow()
    window.canvas.setFocus()
    assert window.tree.root().focusChild() is None
    window.session.become(moves.select(window.session.state, "e-flood"))
    assert window.tree.root().focusChild().text(QAccessible.Text.Name).startswith("A flood is reported")
    window.bar.setFocus()
    window.search.begin()
    assert window.tree.root().focusChild() is None


def test_that_the_window_says_its_language(window):
    assert window.canvas.locale().language() == QLocale.Language.English
    window.session.become(moves.set_up(window.session.state, language="ko"))
    assert {one.locale().language() for one in (window, window.canvas, window.pane)} == {QLocale.Language.Korean}


def test_that_hostile_titles_are_plain_and_short(qtbot):
    data = tiny_dataset()
    names = named(explore(qtbot, dataset=data))
    assert any("<b>page</b>" in one for one in names) and all(len(one) <= 401 for one in names)


def test_that_a_crowd_is_never_more_than_200_children(qtbot):
    root = explore(qtbot, dataset=crowded()).tree.root()
    nodes = [root.child(number) for number in range(root.childCount())]
    assert max(one.childCount() for one in (root, *nodes)) <= 200
    assert any("1,000 events" in one.text(QAccessible.Text.Name) for one in nodes)


def opened() -> Explore:
    """A window that a test closes itself."""
    made = Explore(tiny_session(), Tasks())
    made.resize(1_000, 600)
    made.show()
    made.tasks.settle()
    return made


def shut(made: Explore) -> None:
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_that_nodes_go_with_their_canvas_and_leave_nothing_behind(qapp):
    made = opened()
    named(made)
    QAccessible.queryAccessibleInterface(made.canvas).child(5).child(0).text(QAccessible.Text.Name)
    number, tree = len(access_timeline._trees), made.tree
    assert tree._nodes
    shut(made)
    gc.collect()
    assert len(access_timeline._trees) == number - 1 and tree._nodes == {} and not tree.is_alive
    assert tree.entries == () and tree.rect(None).isEmpty()


def test_that_opening_and_closing_many_windows_while_they_are_read_ends_well(qapp):
    for _ in range(6):
        made = opened()
        for step in (0.3, -0.2):
            named(made)
            made.session.become(moves.pan(made.session.state, step, made.session.limits))
            made.tasks.settle()
            made.tree.tell_changes()
        made.tree.node_at((), QPoint(5, 5))
        shut(made)
    gc.collect()
