"""The app from its command line: pictures without a screen, refusals in words, a window that keeps its settings."""
from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from journeys.conftest import shut
from timeline_app import app, cli
from timeline_app.base import settings as kept
from timeline_app.base.problems import UserError
from timeline_app.domain import edtf
from timeline_app.qt import theme
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves
from timeline_app.viewmodel.window import Window

OUTAGE = "dallas-iwatch-down"


@pytest.fixture(autouse=True)
def at_home(qapp, tmp_path, monkeypatch) -> Path:
    """Commands run in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def snapshot(*given: str) -> int:
    return cli.main(["snapshot", "june-2020", *given])


def svg_words(place: Path) -> str:
    root = ElementTree.parse(place).getroot()
    return "\n".join("".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text"))


def test_that_a_snapshot_has_the_size_asked_for_and_the_ground_of_the_theme(at_home):
    assert snapshot("-o", "a.png", "--size", "1280x720", "--theme", "gallery") == 0
    image = QImage(str(at_home / "a.png"))
    assert (image.width(), image.height()) == (1280, 720)
    assert image.pixelColor(3, 90).name().upper() == theme.palette("gallery").ground
    assert image.pixelColor(1270, 500).name().upper() == theme.palette("gallery").panel


def test_that_without_a_size_a_snapshot_is_full_hd(at_home):
    assert snapshot("-o", "a.png") == 0
    image = QImage(str(at_home / "a.png"))
    assert (image.width(), image.height()) == (1920, 1080)


def test_that_an_svg_snapshot_holds_the_pane_of_the_selected_event_and_all_lanes(at_home, june):
    assert snapshot("-o", "a.svg", "--select", OUTAGE) == 0
    said = svg_words(at_home / "a.svg")
    assert "17 h 38 min" in said and "Dallas police announce that iWatch" in said
    for lane in june.meta.lanes:
        assert lane.title.say("en") in said


def test_that_language_zone_and_span_reach_the_picture(at_home):
    given = ("--language", "ko", "--zone", "Asia/Seoul", "--span", "2020-06-03", "--size", "1280x720")
    assert snapshot("-o", "a.svg", *given) == 0
    said = svg_words(at_home / "a.svg")
    assert "기록된 일" in said and "KST" in said and "What was documented" not in said
    cited = (at_home / "a.svg").read_text(encoding="utf-8")
    assert "2020-06-03T00:00:00+09:00/2020-06-04T00:00:00+09:00" in cited


def test_that_a_span_is_shown_whole_even_beyond_what_the_data_reaches(june):
    state = app.state_for(june, {"span": "1990/2040"})
    assert state.view.window == Window.of(edtf.resolve("1990/2040", june.meta.zone).span)


def test_that_a_pdf_snapshot_is_one_page(at_home):
    assert snapshot("-o", "a.pdf", "--size", "1280x720") == 0
    assert len(re.findall(rb"/Type\s*/Page\b", (at_home / "a.pdf").read_bytes())) == 1


@pytest.mark.parametrize(("given", "said"), [
    (("-o", "a.png", "--span", "tomorrow"), "tomorrow"), (("-o", "a.png", "--zone", "Mars/Base"), "Mars/Base"),
    (("-o", "a.png", "--select", "no-such-event"), "no-such-event"), (("-o", "a.gif"), "a.gif"), (("-o", "a"), "a"),
    (("-o", "missing/folder/a.png"), "a.png"), (("-o", "a.png", "--size", "100x100"), "100x100"),
    (("-o", "a.png", "--size", "99999x99999"), "99999x99999")])
def test_that_what_cannot_be_drawn_is_said_and_ends_with_two(at_home, capsys, given, said):
    assert snapshot(*given) == 2
    heard = capsys.readouterr()
    assert said in heard.err and "Traceback" not in heard.err and heard.out == ""
    assert list(at_home.iterdir()) == []


def test_that_a_refusal_is_said_in_the_language_asked_for(capsys):
    assert snapshot("-o", "a.png", "--language", "ko", "--zone", "Mars/Base") == 2
    assert "시간대" in capsys.readouterr().err


def test_that_a_dataset_that_is_not_there_is_said(capsys):
    assert cli.main(["snapshot", "no-such-dataset", "-o", "a.png"]) == 2
    assert "no-such-dataset" in capsys.readouterr().err


def test_that_a_target_that_is_a_folder_is_refused_and_stays(at_home, capsys):
    (at_home / "a.png").mkdir()
    assert snapshot("-o", "a.png") == 2
    assert (at_home / "a.png").is_dir() and "a.png" in capsys.readouterr().err


def test_that_explore_without_a_screen_says_so_and_writes_the_opening_view(at_home, capsys):
    assert cli.main([]) == 0
    heard = capsys.readouterr()
    assert "no screen" in heard.err and "timeline-explorer.png" in heard.err and heard.out == ""
    image = QImage(str(at_home / "timeline-explorer.png"))
    assert (image.width(), image.height()) == app.SIZE and [one.name for one in at_home.iterdir()] == [app.PICTURE]


def test_that_a_picture_is_the_same_each_time(at_home):
    for name in ("a.png", "b.png"):
        assert snapshot("-o", name, "--size", "1280x720", "--select", OUTAGE) == 0
    one, other = (QImage(str(at_home / name)) for name in ("a.png", "b.png"))
    places = {(x // 32 * 32, y // 16 * 16) for y in range(one.height() if one != other else 0)
              for x in range(one.width()) if one.pixel(x, y) != other.pixel(x, y)}
    assert sorted(places, key=lambda place: (place[1], place[0])) == []  # which words differ, where that ever happens
    assert (at_home / "a.png").read_bytes() == (at_home / "b.png").read_bytes()


@pytest.mark.parametrize(("environment", "answer"), [
    ({"QT_QPA_PLATFORM": "offscreen"}, False), ({"QT_QPA_PLATFORM": "xcb"}, True), ({"DISPLAY": ":0"}, True),
    ({"WAYLAND_DISPLAY": "wayland-0"}, True), ({}, False), ({"DISPLAY": ""}, False)])
def test_that_a_screen_is_recognised_on_linux(monkeypatch, environment, answer):
    for name in ("QT_QPA_PLATFORM", *app.SCREENS):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", "linux")
    assert app.has_screen() == answer


@pytest.mark.parametrize("command", ["present", "kiosk"])
def test_that_what_needs_a_screen_says_so_where_there_is_none(monkeypatch, capsys, command):
    for name in ("QT_QPA_PLATFORM", *app.SCREENS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert cli.main([command, "june-2020", "--windowed"]) == cli.REFUSED
    assert "needs a screen" in capsys.readouterr().err


def test_that_elsewhere_there_always_is_a_screen(monkeypatch):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    for name in app.SCREENS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "win32")
    assert app.has_screen()


@pytest.fixture
def desk(qtbot, monkeypatch) -> Iterator[app.Desk]:
    """The desk with its empty window; the hook for bugs is given back."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made = app.Desk("en", "paper")
    yield made
    shut(made.window)


def content(desk: app.Desk, qtbot) -> Explore:
    qtbot.waitUntil(lambda: isinstance(desk.window.centralWidget(), Explore))
    found = desk.window.centralWidget()
    found.tasks.settle()
    return found


def sentence(desk: app.Desk) -> str:
    label = desk.window.centralWidget()
    return label.text() if isinstance(label, QLabel) else ""


def test_that_the_window_is_there_before_the_dataset_and_is_then_filled(desk, qtbot):
    assert desk.window.isVisible() and sentence(desk)
    desk.open("june-2020")
    assert sentence(desk)
    shown = content(desk, qtbot)
    assert desk.window.windowTitle() == shown.windowTitle() and "June 2020" in desk.window.windowTitle()
    assert shown.size() == desk.window.size()


def test_that_a_dataset_that_cannot_be_opened_is_said_in_the_window(desk, qtbot):
    desk.open("no-such-dataset")
    qtbot.waitUntil(lambda: "no-such-dataset" in sentence(desk))
    desk.open("june-2020")
    assert content(desk, qtbot).session.dataset.meta.name == "june-2020"


def test_that_a_dataset_that_cannot_be_opened_leaves_the_one_that_is_open(desk, qtbot):
    desk.open("june-2020")
    first = content(desk, qtbot)
    desk.open("no-such-dataset")
    qtbot.waitUntil(lambda: "no-such-dataset" in first.status.message.text())
    assert desk.window.centralWidget() is first and first.tasks.idle()


def test_that_another_dataset_takes_the_place_of_the_first(desk, qtbot):
    desk.open("june-2020")
    first = content(desk, qtbot)
    first.opening.emit(("june-2020",))
    qtbot.waitUntil(lambda: desk.window.centralWidget() is not first)
    content(desk, qtbot)
    assert first.tasks._closed


def test_that_language_theme_zone_and_size_are_kept_for_the_next_time(desk, qtbot):
    desk.open("june-2020")
    shown = content(desk, qtbot)
    shown.session.become(moves.set_up(shown.session.state, language="ko", theme="gallery", zone="UTC"))
    desk.window.resize(1111, 777)
    desk.window.close()
    found, problems = kept.load()
    assert (found.language, found.theme, found.zone, found.width, found.height) == ("ko", "gallery", "UTC", 1111, 777)
    assert not problems


@pytest.fixture
def following(qapp, monkeypatch) -> Iterator[app.Desk]:
    """A desk whose owner has chosen nothing, on a system that asks for what the test says."""
    made = app.Desk("en", None)
    yield made
    shut(made.window)


def ask(desk: app.Desk, theme: str, stillness: bool = False) -> None:
    """Let the system ask for something else."""
    desk._wishes.theme, desk._wishes.stillness = lambda: theme, lambda: stillness
    desk._wishes.changed.emit()


def test_that_the_theme_follows_the_system_until_a_person_chooses(following, qtbot):
    following.open("june-2020")
    shown = content(following, qtbot)
    ask(following, "contrast")
    assert shown.session.state.setting.theme == "contrast" and kept.load()[0].theme == ""
    shown.session.become(moves.set_up(shown.session.state, language="ko"))
    assert kept.load()[0].theme == ""
    shown.bar._take_theme("gallery")
    ask(following, "paper")
    assert shown.session.state.setting.theme == "gallery" == kept.load()[0].theme
    shown.bar._take_theme("system")
    assert shown.session.state.setting.theme == "paper" and kept.load()[0].theme == ""


def test_that_a_theme_that_is_there_already_can_be_chosen_to_stay(following, qtbot):
    following.open("june-2020")
    shown = content(following, qtbot)
    shown.bar._take_theme(shown.session.state.setting.theme)
    before = shown.session.state.setting.theme
    ask(following, "contrast")
    assert shown.session.state.setting.theme == before == kept.load()[0].theme


def test_that_motion_follows_the_system_until_a_person_says_otherwise(following, qtbot):
    following.open("june-2020")
    shown = content(following, qtbot)
    ask(following, "paper", stillness=True)
    assert shown.session.state.setting.still and kept.load()[0].reduced_motion == "system"
    shown.actions.run("motion")
    assert not shown.session.state.setting.still and kept.load()[0].reduced_motion == "off"
    ask(following, "paper", stillness=True)
    assert not shown.session.state.setting.still
    shown.actions.run("motion")
    assert shown.session.state.setting.still and kept.load()[0].reduced_motion == "on"
    assert shown.status.message.text() == "Moves are shown without motion."


def test_that_sentences_stay_as_long_as_a_person_has_set(qapp, qtbot):
    kept.save(replace(kept.Settings(), message_seconds=0))
    patient = app.Desk("en", "paper")
    patient.open("june-2020")
    shown = content(patient, qtbot)
    shown.status.say("This stays.")
    assert not shown.status._said.isActive() and shown.status.message.text() == "This stays."
    shut(patient.window)


def test_that_keys_and_the_wheel_stay_as_a_person_set_them(desk, qtbot):
    desk.open("june-2020")
    shown = content(desk, qtbot)
    shown.actions.change_keys({"fit_all": ("J",)})
    shown.actions.run("wheel_pans")
    shown.actions.run("letters")
    assert (kept.load()[0].keys, kept.load()[0].wheel_pans, kept.load()[0].single_letter_keys) == (
        ("fit_all J",), True, False)
    shown.actions.run("letters")
    again = app.Desk("en", "paper")
    again.open("june-2020")
    other = content(again, qtbot)
    assert other.actions.keys["fit_all"] == ("J",) and other.gestures.wheel.pans and other.actions.letters
    shut(again.window)


def test_that_an_unreadable_home_keeps_nothing_and_disturbs_nobody(desk, qtbot, monkeypatch):
    def refuse(_: object) -> None:
        raise UserError("settings_not_saved", path="somewhere")

    monkeypatch.setattr("timeline_app.base.settings.save", refuse)
    desk.window.close()
    assert not desk.window.isVisible()
