"""On a build for kiosks nothing names a private person, and masked tags stay masked: on every screen, in every name
that is read aloud, in what is announced, logged, counted and kept of a crash.
"""
from __future__ import annotations

import logging
import re
import unicodedata
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

import planted
from packages import Package
from qt.standing import Clock, standing
from timeline_app import exhibit, staff_desk
from timeline_app.base import log
from timeline_app.base.ring_log import RingLog
from timeline_app.engine.build import build
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.privacy import HANDLE
from timeline_app.last_words import Records, Tail
from timeline_app.qt import errors
from timeline_app.qt.access import Announcer
from timeline_app.qt.main_window import application
from timeline_app.viewmodel.kiosk import plan, visit

WHOLE = open_dataset("june-2020")
EVERY = pytest.param(1, marks=pytest.mark.long, id="every event")
HOUR = 400_000


@pytest.fixture
def announced(monkeypatch):
    said = []
    monkeypatch.setattr(Announcer, "say", lambda _, sentence: said.append(sentence))
    return said


def told(window) -> list[str]:
    """Everything that the window says now, to eyes and to ears."""
    view = window.view
    view.boxes, found = [], []
    if view.lanes is not None and view.lanes.isVisible():
        view.lanes.headings.boxes = []
        found = [view.lanes.canvas.record_texts(), view.lanes.headings.boxes]
    window.grab()
    page = view.page
    words = [box.text for boxes in (view.boxes, *found) for box in boxes]
    words += [page.spoken, *(one.name for one in page.front.targets), *(line.text for line in page.lines)]
    for one in (window, *window.findChildren(QWidget)):
        words += [one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.windowTitle(), one.statusTip(),
                  one.whatsThis()]
    return words + heard(QAccessible.queryAccessibleInterface(window))


def heard(interface, depth=0) -> list[str]:
    """The names and descriptions of an accessible object and of all below it."""
    if interface is None or depth > 8:
        return []
    words = [interface.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Description,
                                               QAccessible.Text.Value, QAccessible.Text.Help)]
    for number in range(min(interface.childCount(), 400)):
        words += heard(interface.child(number), depth + 1)
    return words


def walked(window, clock, each=1) -> dict[str, list[str]]:
    """All that is said on every screen by its name, for every moment, and for each so-manieth event among the lanes."""
    said: dict[str, list[str]] = {}

    def take(name: str = "") -> None:
        said.setdefault(name or window.view.page.name, []).extend(told(window))

    def press(*actions: str) -> None:
        for action in actions:
            window.press(action)
            window.settle()
            take("warning" if window.view.page.target("read_warning") else "")

    def leaf() -> None:
        """To the last page of a text and on to its first one."""
        seen = set()
        while window.view.page.target("more") and window.view.page.lines not in seen:
            seen.add(window.view.page.lines)
            press("more")

    def read(*actions: str) -> None:
        for action in actions:
            press(action)
            leaf()

    take()
    press("stay")
    for language in window.dataset.meta.languages:
        press(f"language:{language}")
        for one in window.start.plan.moments:
            read(f"moment:{one.id}", "read_warning", "know", "back")
        press("closer")
        for event in window.dataset.events[::each]:
            view = window.visit.view
            window.become(visit.looked(window.visit, replace(view, selected=event.id), clock.ms))
            read("read_warning", "know", "back")
        press("pan_earlier", "zoom_in", "back", "play")
        clock.ms += 40_000
        window.tick()
        take("played")
        clock.ms += 61_000
        window.tick()
        take("countdown")
        press("stay")
    for name, right in (("pin", False), ("staff", True)):
        window.become(visit.admitted(visit.staff_asked(window.visit, clock.ms), right))
        take(name)
    return said


def every(said: dict[str, list[str]]) -> list[str]:
    return [text for words in said.values() for text in words]


def named(words, accounts) -> set[str]:
    """Handles in some words that are not those of public accounts."""
    known = {one.casefold().removeprefix("@") for one in accounts}
    return {handle for text in words for handle in HANDLE.findall(text)
            if handle.casefold().removeprefix("@").rstrip(".") not in known}


def tagged(words) -> set[str]:
    """Masked tags in some words, however they are written."""
    tags = [one.casefold().removeprefix("#") for one in WHOLE.meta.masked_tags]
    found = (re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold() for text in words)
    return {tag for text in found for tag in tags if f"#{tag}" in text or text == tag}


@pytest.mark.parametrize("each", [25, EVERY])
@pytest.mark.parametrize("keeps", [True, pytest.param(False, marks=pytest.mark.long)])
def test_that_no_screen_and_no_voice_names_a_private_person_or_a_masked_tag(tmp_path, announced, each, keeps):
    build("june-2020", "kiosk", tmp_path / "exhibit.zip", keeps_awaiting=keeps)
    dataset, story = exhibit.opened(tmp_path / "exhibit.zip", {})
    assert dataset.meta.languages == (("en", "ko") if keeps else ("en",))
    with standing(dataset=dataset, story=story) as (window, clock):
        words = [*every(walked(window, clock, each)), *announced]
    assert len(words) > 5_000 and len(announced) > 50
    assert named(words, WHOLE.meta.accounts) == set()
    assert tagged(words) == set()
    withheld = [quote.text for quote in WHOLE.quotes if quote.flags & {"profanity", "minor"} and len(quote.text) > 20]
    assert withheld and not [text for text in withheld if any(text[:40] in one for one in words)]


SEEN = {"attract", "home", "warning", "know", "closer", "play", "played", "countdown"}  # where words of the data stand


def test_that_a_walk_finds_on_every_screen_what_is_planted_where_nothing_is_masked(tmp_path):
    dataset = open_dataset(planted.plant(Package(tmp_path / "small")))
    with standing(dataset=dataset, story=plan.default_story(dataset), size=(1280, 720)) as (window, clock):
        said = walked(window, clock)
    assert said.keys() == SEEN | {"pin", "staff"}
    assert {name for name, words in said.items() if planted.found(words)} == SEEN
    assert planted.found(every(said)) == set(planted.NAMES)


@pytest.mark.parametrize("keeps", [True, pytest.param(False, marks=pytest.mark.long)])
def test_that_nothing_planted_is_on_a_screen_or_in_a_voice(tmp_path, announced, keeps):
    build(planted.plant(Package(tmp_path / "small")), "kiosk", tmp_path / "exhibit.zip", keeps_awaiting=keeps)
    dataset, story = exhibit.opened(tmp_path / "exhibit.zip", {})
    with standing(dataset=dataset, story=story, size=(1280, 720)) as (window, clock):
        said = walked(window, clock)
    assert said.keys() >= SEEN and story.kiosk is not None
    assert planted.found([*every(said), *announced]) == set()


@pytest.mark.long
def test_that_nothing_planted_is_in_safe_mode(tmp_path, announced):
    build(planted.plant(Package(tmp_path / "small")), "kiosk", tmp_path / "exhibit.zip", keeps_awaiting=True)
    dataset, story = exhibit.opened(tmp_path / "exhibit.zip", {})
    with standing(dataset=dataset, story=story, size=(1280, 720), is_plain=True) as (window, clock):
        said = walked(window, clock)
    assert planted.found([*every(said), *announced]) == set()


@contextmanager
def stood(path: Path, place: Path, monkeypatch):
    """(stand, clock) of a kiosk with everything it keeps, as it stands in a gallery, on a clock that a test turns."""
    clock = Clock()
    monkeypatch.setattr(exhibit, "clock_ms", clock)
    monkeypatch.setattr(exhibit, "hour_now", lambda: HOUR)
    application()
    logger, handler = logging.getLogger(log.NAME), RingLog(place / exhibit.LOG)
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    dataset, story = exhibit.opened(path, {})
    stand = exhibit.Stand(dataset, story, (str(path), path), {"windowed": True, "still": True}, (place, False))
    stand.window.resize(1280, 720)
    stand.window.begin()
    stand.window.ticker.stop()
    try:
        yield stand, clock
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        stand.window.end()
        stand.window.deleteLater()


def test_that_what_a_kiosk_keeps_holds_no_word_of_the_data(tmp_path, monkeypatch, capfd):
    build(planted.plant(Package(tmp_path / "small")), "kiosk", tmp_path / "exhibit.zip", keeps_awaiting=True)
    place, stick = tmp_path / "kept", tmp_path / "stick"
    place.mkdir()
    stick.mkdir()
    monkeypatch.setattr(staff_desk, "stick", lambda: stick)
    with stood(tmp_path / "exhibit.zip", place, monkeypatch) as (stand, clock):
        window, title = stand.window, stand.window.dataset.events[0].title.text
        first = window.start.plan.moments[0].id
        for _ in range(6):
            for action in ("stay", f"moment:{first}", "read_warning", "know", "back", "closer", "back", "play"):
                window.press(action)
                window.settle()
            clock.ms += 30_000
            window.tick()
            clock.ms += 200_000
            window.tick()
            assert window.visit.screen == visit.ATTRACT
        window.become(visit.admitted(visit.staff_asked(window.visit, clock.ms), True))
        stand.desk.ask("export")
        crash(stand, title)
        stand._visits.save_now()
    tail = Tail()
    tail.add(capfd.readouterr().err.encode())
    Records(place).keep("\n".join(tail.lines()))
    kept = {one.name: one.read_text(encoding="utf-8") for one in (*place.iterdir(), *stick.iterdir())}
    assert {"kiosk.log", "visits.json", "visits.csv", "crash-000001.txt"} <= kept.keys()
    assert "begun" in kept["crash-000001.txt"] and kept["visits.csv"].count("\n") > 2
    assert planted.found(kept.values()) == set()
    words = {title, *(one.id for one in window.dataset.events), "Planted", "심은", "Kim"}
    assert not [(name, one) for name, text in kept.items() for one in words if one in text]


def crash(stand, title: str) -> None:
    """A bug whose message holds words of the data, reported and logged as any other."""
    try:
        raise LookupError(f"{title}\n{title}: begun by @secretfan99")
    except LookupError as error:
        logging.getLogger(log.NAME).info("begun", exc_info=True)
        stand._bug(f"begun\n{errors.report_text(error)}")


def test_that_staff_can_show_masked_tags_of_a_whole_dataset_and_none_of_a_build(tmp_path):
    def titles(path) -> str:
        return " ".join(one.title.text for one in exhibit.opened(path, {"show_masked": True})[0].series)

    build("june-2020", "kiosk", tmp_path / "exhibit.zip", keeps_awaiting=True)
    assert "#WhiteoutWednesday" in titles("june-2020")
    assert "#WhiteoutWednesday" not in " ".join(one.title.text for one in exhibit.opened("june-2020", {})[0].series)
    assert "#WhiteoutWednesday" not in titles(tmp_path / "exhibit.zip")


def test_that_staff_who_show_masked_tags_still_show_no_private_person(tmp_path):
    folder = planted.plant(Package(tmp_path / "small"))
    assert planted.found([repr(open_dataset(folder))]) == set(planted.NAMES)
    dataset, story = exhibit.opened(folder, {"show_masked": True})
    assert planted.found([repr(dataset), repr(story)]) == {"zzqhateful"}
    assert planted.found(map(repr, exhibit.opened(folder, {}))) == set()
