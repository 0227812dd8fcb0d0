"""Going to a date: what historians write is understood; what is no date is answered beside the field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from fakes import MIDNIGHT
from qt.stage import Stage
from timeline_app.base.text import catalogue
from timeline_app.domain.calendar import DAY, HOUR
from timeline_app.domain.time import BadDate
from timeline_app.qt import popup
from timeline_app.qt.go_to import GoTo, bad_date_words


def opened(qtbot, **setting):
    stage = Stage(qtbot, **setting)
    panel = GoTo(stage, stage.session, stage.look)
    panel.open(focus=panel.field)
    return stage, panel


def go(stage, text):
    stage.type(text)
    stage.press(Qt.Key.Key_Return)


def test_that_a_day_is_looked_at_in_the_zone_of_the_axis(qtbot):
    stage, panel = opened(qtbot)
    gone = []
    panel.gone.connect(gone.append)
    go(stage, "2020-06-03")
    day = MIDNIGHT + 4 * DAY
    assert (gone[0].start, gone[0].end) == (day, day + DAY)
    assert stage.view.window.span.contains(gone[0])
    assert stage.view.window.length_us < 2 * DAY * 1000
    assert popup.opened(stage) is None and stage.focus() is stage.middle


def test_that_another_zone_means_another_day(qtbot):
    stage, panel = opened(qtbot, zone="UTC")
    gone = []
    panel.gone.connect(gone.append)
    go(stage, "2020-06-03")
    assert gone[0].start == MIDNIGHT + 4 * DAY - 5 * HOUR


@pytest.mark.parametrize("text", ["2020-06", "2020-05-31/2020-06-05", "2020-06-04~", "2020-05-31T18:26:00Z", " 2020 "])
def test_that_the_forms_of_the_example_are_understood(qtbot, text):
    stage, _ = opened(qtbot)
    before = stage.view
    go(stage, text)
    assert popup.opened(stage) is None and stage.view != before


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("text", ["3/6/2020", "tomorrow", "2020-02-30", "", "<b>", "2020-06-03T25:00:00"])
def test_that_what_is_no_date_is_answered_and_nothing_moves(qtbot, text, language):
    stage, panel = opened(qtbot, language=language)
    before = stage.view
    go(stage, text)
    assert panel.error.isVisible() and panel.error.text()
    assert panel.error.height() >= panel.error.heightForWidth(panel.error.width())
    assert panel.field.property("wrong") is True
    assert stage.view == before and stage.focus() is panel.field


def test_that_the_answer_goes_when_one_types_on(qtbot):
    stage, panel = opened(qtbot)
    go(stage, "x")
    stage.type("2")
    assert not panel.error.isVisible() and panel.field.property("wrong") is False


def test_that_a_date_where_the_dataset_has_nothing_says_how_far_it_goes(qtbot):
    stage, panel = opened(qtbot)
    before = stage.view
    go(stage, "1848")
    assert "2020" in panel.error.text() or "May" in panel.error.text()
    assert stage.view == before


@pytest.mark.parametrize("language", ["en", "ko"])
def test_that_a_code_the_catalogue_does_not_know_is_still_answered(language):
    texts = catalogue(language)
    assert bad_date_words(BadDate("never heard of"), "x", texts) == texts.get("explore.go_to.not_a_date")
