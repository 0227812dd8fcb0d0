"""The bar: nothing is clipped at any size, language or text size, all is named, and each pill does what it says."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from fakes import tiny_dataset, tiny_meta, words
from qt.stage import Stage
from timeline_app.base.text import catalogue
from timeline_app.domain import zones
from timeline_app.qt import access, popup, theme, zone_list
from timeline_app.qt.chooser import MOST_SHOWN, Chooser, Option, narrowed
from timeline_app.qt.pill import Pill
from timeline_app.viewmodel import moves

LONG = words("A dataset with a title that goes on and on, a <b>subtitle</b> & more, and no end", "아주 긴 제목 " * 12)


def parts(bar):
    left = [bar._title, bar._counts, *bar.moving, bar.search]
    right = [bar.zone, bar.language, bar.theme, bar.mode, bar.keys]
    return [part for part in left + right if not part.isHidden()]


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("width", [1280, 1366, 1600, 1920, 3840])
@pytest.mark.parametrize("title", [words("June 2020", "2020년 6월"), LONG], ids=["short", "long"])
def test_that_nothing_overlaps_or_is_cut(qtbot, width, language, percent, title):
    data = tiny_dataset(meta=tiny_meta(title=title))
    stage = Stage(qtbot, (width, 720), data, language=language, text_percent=percent)
    shown = sorted(parts(stage.bar), key=lambda part: part.x())
    assert all(left.geometry().right() < right.x() for left, right in pairwise(shown))
    assert shown[0].x() >= 0 and shown[-1].geometry().right() < width
    for part in shown:
        assert part.y() >= 0 and part.geometry().bottom() < stage.bar.height()
        if part is not stage.search:
            assert part.width() >= part.sizeHint().width() and part.height() >= part.sizeHint().height()
    assert stage.search.width() >= stage.look.px(120)


def test_that_a_wide_bar_says_everything(qtbot):
    stage = Stage(qtbot)
    assert stage.bar._counts.text() == "5 events · 2 claims · 2 sources"
    assert stage.bar.zone.text() == "Time: Chicago (CDT)"
    assert stage.bar.height() == 56
    middle = stage.search.geometry().center().x()
    assert abs(middle - stage.width() / 2) <= 1


def test_that_what_is_short_of_room_is_said_shorter_and_still_named_in_full(qtbot):
    stage = Stage(qtbot, (1280, 720), text_percent=200)
    assert stage.bar.zone.text() == "Time: CDT"
    assert stage.bar.zone.accessibleName() == "Time: Chicago (CDT)"


def test_that_a_title_is_shown_as_text_and_named_in_full(qtbot):
    stage = Stage(qtbot, (1280, 720), tiny_dataset(meta=tiny_meta(title=LONG)))
    assert stage.bar._title.text().endswith("…")
    assert stage.bar._title.accessibleName() == LONG.text


def test_that_targets_are_large_enough(qtbot):
    stage = Stage(qtbot)
    assert all(min(pill.width(), pill.height()) >= 24 for pill in stage.findChildren(Pill) if pill.isVisible())
    assert all(pill.isVisible() and min(pill.width(), pill.height()) >= 48 for pill in stage.bar.moving)


def test_that_tab_goes_through_the_bar_as_the_eye_does(qtbot):
    stage = Stage(qtbot)
    stage.session.become(moves.select(stage.session.state, "e-down"))
    stage.bar.back.setFocus(Qt.FocusReason.TabFocusReason)
    order = [stage.focus()]
    for _ in range(10):
        stage.press(Qt.Key.Key_Tab)
        order.append(stage.focus())
    bar = stage.bar
    pills = [bar.zone, bar.language, bar.theme, bar.present, bar.keys]
    assert order == [bar.back, bar.zoom_out, bar.zoom_in, bar.fit, bar.home, stage.search.field, *pills]


def test_that_every_focusable_widget_has_a_name(qtbot):
    stage = Stage(qtbot)
    assert access.unnamed(stage) == []
    for choose in (stage.bar.choose_zone, stage.bar.choose_language):
        choose()
        assert access.unnamed(stage) == []
        popup.close_all(stage)


def test_that_the_walk_finds_a_widget_without_a_name(qtbot):
    stage = Stage(qtbot)
    stage.middle.setAccessibleName("QWidget")
    assert access.unnamed(stage) == ["QWidget"]


def test_that_focus_is_seen(qtbot):
    stage = Stage(qtbot)
    before = stage.bar.zone.grab().toImage()
    stage.bar.zone.setFocus(Qt.FocusReason.TabFocusReason)
    after = stage.bar.zone.grab().toImage()
    ring = theme.palette("paper").interaction.lower()
    assert before != after
    assert ring in {after.pixelColor(x, after.height() // 2).name() for x in range(6)}


def chooser(stage):
    return popup.opened(stage)


def test_that_a_language_is_chosen_by_keys_alone(qtbot):
    stage = Stage(qtbot)
    stage.bar.language.setFocus(Qt.FocusReason.TabFocusReason)
    stage.press(Qt.Key.Key_Return)
    assert isinstance(chooser(stage), Chooser)
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Return)
    assert stage.session.state.setting.language == "ko"
    assert chooser(stage) is None and stage.focus() is stage.bar.language


def test_that_a_theme_is_chosen_with_the_mouse(qtbot):
    stage = Stage(qtbot)
    qtbot.mouseClick(stage.bar.theme, Qt.MouseButton.LeftButton)
    rows = chooser(stage).list
    at = rows.visualRect(rows.model().index(1)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert stage.session.state.setting.theme == "gallery"


def test_that_a_click_beside_a_panel_closes_it(qtbot):
    stage = Stage(qtbot)
    stage.bar.choose_theme()
    qtbot.mouseClick(chooser(stage)._veil, Qt.MouseButton.LeftButton)
    assert chooser(stage) is None and stage.session.state.setting.theme == "paper"


def test_that_a_zone_is_found_by_typing(qtbot):
    stage = Stage(qtbot)
    stage.bar.choose_zone()
    stage.type("seoul")
    stage.press(Qt.Key.Key_Return)
    assert stage.session.state.setting.zone == "Asia/Seoul"
    assert stage.bar.zone.text() == "Time: Seoul (KST)"


def test_that_choosing_the_datasets_zone_is_no_choice_of_its_own(qtbot):
    stage = Stage(qtbot, zone="UTC")
    assert stage.bar.zone.text() == "Time: UTC"
    stage.bar.choose_zone()
    stage.type("chicago")
    stage.press(Qt.Key.Key_Return)
    assert stage.session.state.setting.zone == ""


def test_that_every_zone_can_be_found_and_the_list_shown_is_short(qtbot):
    stage = Stage(qtbot)
    options = zone_list.options("America/Chicago", catalogue("en"))
    assert [one.id for one in options[:2]] == ["America/Chicago", "UTC"]
    assert len({one.id for one in options}) == len(options) > 400
    assert all(zones.is_zone(one.id) for one in options)
    stage.bar.choose_zone()
    assert chooser(stage).model.rowCount() == MOST_SHOWN
    assert "more" in chooser(stage).more.text()


def test_that_narrowing_wants_every_word_and_puts_beginnings_first():
    options = [Option("a", "Show lanes"), Option("b", "Lanes on top"), Option("c", "Next", also="lanes")]
    assert [one.id for one in narrowed(options, "LANES")] == ["b", "a", "c"]
    assert [one.id for one in narrowed(options, "top la")] == ["b"]
    assert narrowed(options, "zz") == []


def test_that_a_word_that_finds_nothing_is_answered_plainly(qtbot):
    stage = Stage(qtbot)
    stage.bar.choose_zone()
    stage.type("zzzz")
    assert chooser(stage).more.isVisible() and chooser(stage).more.text()
    stage.press(Qt.Key.Key_Return)
    assert chooser(stage) is not None


def test_that_back_and_forward_can_be_pressed_only_where_they_lead_somewhere(qtbot):
    stage = Stage(qtbot)
    assert not stage.bar.back.isEnabled() and not stage.bar.forward.isEnabled()
    stage.session.become(moves.select(stage.session.state, "e-down"))
    assert stage.bar.back.isEnabled() and not stage.bar.forward.isEnabled()
    stage.bar.back.click()
    assert stage.view.selected == "" and stage.bar.forward.isEnabled()


def test_that_summer_time_is_named_where_one_looks(qtbot):
    stage = Stage(qtbot, zone="Europe/London")
    assert stage.bar.zone.text() == "Time: London (BST)"


def test_that_a_new_look_changes_every_word(qtbot):
    stage = Stage(qtbot)
    before = {pill.text() for pill in stage.bar.findChildren(Pill)}
    stage.session.become(moves.set_up(stage.session.state, language="ko", theme="gallery", text_percent=150))
    stage.bar.set_look(catalogue("ko"), theme.palette("gallery"))
    after = {pill.text() for pill in stage.bar.findChildren(Pill)}
    assert before & after <= {"←", "→", "−", "+", "?"}
    assert stage.bar._title.text() == "작은 예" and stage.bar.height() > 56
