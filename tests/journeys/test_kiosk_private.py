"""On a build for kiosks nothing names a private person, and masked tags stay masked: on every screen, in every name
that is read aloud, in what is announced, logged and counted.
"""
from __future__ import annotations

import logging
import re
import unicodedata

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from qt.standing import standing
from timeline_app import exhibit
from timeline_app.base.ring_log import RingLog
from timeline_app.engine.build import build
from timeline_app.engine.dataset import open_dataset
from timeline_app.engine.privacy import HANDLE
from timeline_app.engine.visits import Visits
from timeline_app.qt.access import Announcer
from timeline_app.viewmodel.kiosk import visit

WHOLE = open_dataset("june-2020")
EVERY = pytest.param(1, marks=pytest.mark.long, id="every event")


@pytest.fixture
def exhibited(tmp_path):
    """(dataset, story) of a build, as a kiosk opens it."""
    build("june-2020", "kiosk", tmp_path / "exhibit.zip", keeps_awaiting=True)
    return exhibit.opened(tmp_path / "exhibit.zip", {})


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
        words += [one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.windowTitle()]
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


def walked(window, clock, each) -> list[str]:
    """All that is said on every screen, for every moment, and for each so-manieth event found among the lanes."""
    words = told(window)

    def press(action) -> None:
        window.press(action)
        window.settle()
        words.extend(told(window))

    for language in ("en", "ko"):
        press(f"language:{language}")
        for one in window.start.plan.moments:
            for action in (f"moment:{one.id}", "more", "read_warning", "more", "know", "more", "more", "back"):
                press(action)
        press("closer")
        for event in window.dataset.events[::each]:
            view = window.visit.view
            window.become(visit.looked(window.visit, type(view)(view.window, event.id), clock.ms))
            for action in ("read_warning", "know", "more", "back"):
                press(action)
        for action in ("pan_earlier", "zoom_in", "back", "play"):
            press(action)
        clock.ms += 40_000
        window.tick()
        words.extend(told(window))
        clock.ms += 61_000
        window.tick()
        words.extend(told(window))
        press("stay")
    window.become(visit.admitted(visit.staff_asked(window.visit, clock.ms), True))
    return words + told(window)


def named(words, accounts) -> set[str]:
    """Handles in some words that are not those of public accounts."""
    known = {one.casefold().removeprefix("@") for one in accounts}
    return {handle for text in words for handle in HANDLE.findall(text)
            if handle.casefold().removeprefix("@") not in known}


def tagged(words) -> set[str]:
    """Masked tags in some words, however they are written."""
    tags = [one.casefold().removeprefix("#") for one in WHOLE.meta.masked_tags]
    found = (re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold() for text in words)
    return {tag for text in found for tag in tags if f"#{tag}" in text or text == tag}


@pytest.mark.parametrize("each", [7, EVERY])
def test_that_no_screen_and_no_voice_names_a_private_person_or_a_masked_tag(exhibited, announced, each):
    dataset, story = exhibited
    with standing(dataset=dataset, story=story) as (window, clock):
        words = [*walked(window, clock, each), *announced]
    assert len(words) > 5_000 and len(announced) > 50
    assert named(words, WHOLE.meta.accounts) == set()
    assert tagged(words) == set()
    withheld = [quote.text for quote in WHOLE.quotes if quote.flags & {"profanity", "minor"} and len(quote.text) > 20]
    assert withheld and not [text for text in withheld if any(text[:40] in one for one in words)]


def test_that_the_log_and_the_counts_hold_no_word_of_the_data(exhibited, tmp_path, monkeypatch):
    dataset, story = exhibited
    handler = RingLog(tmp_path / "kiosk.log")
    logging.getLogger("timeline_app").addHandler(handler)
    visits = Visits(tmp_path)
    with standing(dataset=dataset, story=story) as (window, clock):
        window.press("stay")
        visits.begin(400_000)
        for one in window.start.plan.moments:
            window.press(f"moment:{one.id}")
            visits.screen("card", 400_000)
        visits.end(30, 400_000)
    visits.save_now()
    logging.getLogger("timeline_app").removeHandler(handler)
    kept = " ".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.suffix in (".json", ".log"))
    for one in dataset.events:
        assert one.id not in kept and one.title.text not in kept


def test_that_staff_can_show_masked_tags_of_a_whole_dataset_and_none_of_a_build(exhibited, tmp_path):
    def titles(dataset) -> str:
        return " ".join(one.title.text for one in dataset.series)

    whole, _ = exhibit.opened("june-2020", {"show_masked": True})
    assert "#WhiteoutWednesday" in titles(whole)
    assert "#WhiteoutWednesday" not in titles(exhibit.opened("june-2020", {})[0])
    built, _ = exhibit.opened(tmp_path / "exhibit.zip", {"show_masked": True})
    assert "#WhiteoutWednesday" not in titles(built)
