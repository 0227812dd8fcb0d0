"""The status line says what is seen, drops whole items where room is short, and speaks up in a quiet way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from fakes import PROBLEMS, Gate, tiny_dataset
from qt.stage import Stage
from timeline_app.base.text import catalogue
from timeline_app.qt import theme
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.status import Part


def shown(line):
    labels = [*line._labels, line.problems, line.busy, line.message, line.hints]
    return sorted((one for one in labels if not one.isHidden() and one.text()), key=lambda one: one.x())


def texts(line):
    return [one.text() for one in shown(line)]


def test_that_a_wide_line_says_everything(qtbot):
    stage = Stage(qtbot)
    assert texts(stage.status) == [
        "30 May 00:00 to 5 June 12:00, CDT", "bars are 10 minutes or a day",
        "daily lanes: day boundary not stated by the authors", "Wheel zooms · drag pans · Enter opens · ? keys",
    ]  # fmt: skip
    assert stage.status.height() == 34
    assert stage.status.accessibleName().startswith("30 May 00:00 to 5 June 12:00, CDT. bars are")


@pytest.mark.parametrize("said", ["", "The citation was copied to the clipboard."])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [800, 1000, 1280, 1920])
def test_that_items_go_whole_and_the_span_stays(qtbot, width, language, percent, said):
    stage = Stage(qtbot, (width, 720), tiny_dataset(problems=PROBLEMS), language=language, text_percent=percent)
    stage.status.say(said)
    found = shown(stage.status)
    assert all(left.geometry().right() < right.x() for left, right in pairwise(found))
    assert found[0].text() == stage.status._parts[0].text
    assert all(one.y() >= 0 and one.geometry().bottom() < stage.status.height() for one in found)
    whole = [one for one in found if one is not stage.status.message]
    assert all(one.width() >= one.sizeHint().width() and "…" not in one.text() for one in whole)


def test_that_hints_go_before_anything_that_is_known(qtbot):
    full = texts(Stage(qtbot).status)
    some = texts(Stage(qtbot, (860, 720)).status)
    none = texts(Stage(qtbot, (700, 720)).status)
    assert some[:3] == full[:3] and some[3] == "Enter opens · ? keys"
    assert none == full[:2]


def test_that_the_line_follows_the_view(qtbot):
    stage = Stage(qtbot)
    stage.session.become(moves.pan(stage.session.state, 0.5, stage.session.limits))
    assert texts(stage.status)[0] != "30 May 00:00 to 5 June 12:00, CDT"
    stage.session.become(moves.set_up(stage.session.state, zone="UTC"))
    assert texts(stage.status)[0].endswith("UTC")


def test_that_wider_bars_are_named_as_they_are_drawn(qtbot):
    stage = Stage(qtbot)
    stage.status.set_scale(3 * 3_600_000_000)
    assert texts(stage.status)[1] == "bars are 3 hours or a day"


def test_that_problems_are_counted_and_can_be_asked_for(qtbot):
    stage = Stage(qtbot, dataset=tiny_dataset(problems=PROBLEMS))
    wanted = []
    stage.status.problems_wanted.connect(lambda: wanted.append(True))
    assert stage.status.problems.text() == "2 problems"
    assert stage.status.problems.accessibleName() == "2 problems in the data: errors 1, warnings 1"
    qtbot.mouseClick(stage.status.problems, Qt.MouseButton.LeftButton)
    assert wanted == [True]


def test_that_a_message_takes_the_place_of_the_hints_and_goes_again(qtbot):
    stage = Stage(qtbot)
    stage.status._said.setInterval(1)
    stage.status.say("Copied <b>it</b>.")
    assert texts(stage.status)[-1] == "Copied <b>it</b>."
    qtbot.waitUntil(lambda: stage.status.message.text() == "")
    assert "? keys" in texts(stage.status)[-1]


def test_that_work_that_takes_long_is_shown(qtbot):
    stage, gate = Stage(qtbot), Gate()
    stage.status._slow.setInterval(0)
    stage.tasks.run("slow", gate.job, 1)
    qtbot.waitUntil(stage.status.busy.isVisible)
    gate.let_go()
    qtbot.waitUntil(lambda: not stage.status.busy.isVisible())


def test_that_work_that_is_soon_done_is_not_shown(qtbot):
    stage = Stage(qtbot)
    stage.status._slow.setInterval(60_000)
    stage.tasks.run("quick", abs, 1)
    assert not stage.status.busy.isVisible()
    stage.tasks.settle()
    assert not stage.status.busy.isVisible()


def test_that_parts_can_be_set_and_are_plain_text(qtbot):
    stage = Stage(qtbot)
    stage.status.set_parts([Part("<img src=x>", "span"), Part("b", "caveat")])
    assert texts(stage.status)[:2] == ["<img src=x>", "b"]
    stage.status.set_parts([Part("alone", "span")])
    assert "b" not in texts(stage.status)


def test_that_a_new_look_changes_the_words(qtbot):
    stage = Stage(qtbot)
    stage.status.set_look(catalogue("ko"), theme.palette("contrast"))
    assert texts(stage.status)[1] == "막대 하나는 10분 또는 하루"
