"""A dataset by somebody hostile: markup, nested tables, direction overrides and endless marks in every text of it.

Every view shows it as plain text, opens nothing, and no widget is ever handed more than it can lay out.
"""
from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolTip, QWidget

from journeys import boxes
from journeys.conftest import SMALL, shut
from timeline_app import app
from timeline_app.base import resources
from timeline_app.domain.calendar import DAY, HOUR, days_from_civil
from timeline_app.domain.notes import Note
from timeline_app.engine import note_file
from timeline_app.engine.dataset import open_dataset
from timeline_app.qt import popup, safe_text
from timeline_app.shells.explore import Explore
from timeline_app.viewmodel import moves

EVENT = "dallas-iwatch-down"
TEXTS = set(
    "title title.ko label label.ko note note.ko summary summary.ko place place.ko actors hashtags text text.ko excerpt"
    " speaker speaker_position locator abstract publisher container-title genre literal family"
    " given seen_as per who short caveat reason description en ko".split())
NOON = days_from_civil(2020, 6, 1) * DAY + 17 * HOUR
CANARY = "canary-that-nobody-opens.png"
HOSTILE = {
    "image": 'x <img src="{canary}"> <img src=file://{canary}> <a href="file:///x">y</a> </svg><script>boom()</script>',
    "tables": "<table><tr><td>" * 40 + "<b>" + "<div>" * 40 + "&lt;&amp;",
    "override": "abc \u202eevil\u202c \u2066x\u2069 \u200f\u061c",
    "marks": "a" + "\u0301\u0336" * 50_000,
    "one word": "x" * 90_000,
}
JSON_SHARE = 3_000  # of a payload: a manifest with all of it in every place is refused as too large
opens: list[str] = []
sys.addaudithook(lambda name, args: opens.append(str(args[0])) if name == "open" and CANARY in str(args[0]) else None)


def poisoned(value: object, payload: str, key: str = "") -> object:
    """The same JSON with the payload for every text that a person would read."""
    if isinstance(value, dict):
        return {name: poisoned(one, payload, name) for name, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, payload, key) for one in value]
    return payload if isinstance(value, str) and key in TEXTS else value


def poison_table(place: Path, payload: str) -> None:
    """Put the payload into every text of the event's rows."""
    rows = list(csv.DictReader(io.StringIO(place.read_text(encoding="utf-8"))))
    for row in rows:
        if EVENT in (row.get("id"), row.get("event_id")):
            row.update({name: payload for name in row if name in TEXTS})
    with place.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def poison(folder: Path, payload: str) -> Path:
    """A copy of june-2020 with the payload in its manifest, its sources and every row of one event."""
    shutil.copytree(resources.path("datasets", "june-2020"), folder)
    for name in ("datapackage.json", "sources.json"):
        place = folder / name
        content = poisoned(json.loads(place.read_text(encoding="utf-8")), payload[:JSON_SHARE])
        place.write_text(json.dumps(content), encoding="utf-8")
    for place in folder.glob("*.csv"):
        poison_table(place, payload)
    note_file.save(folder / note_file.FILE, [
        Note(f"n{number}", start, start + number * HOUR, payload, start, EVENT, payload)
        for number, start in enumerate(range(NOON, NOON + 3 * DAY, DAY))])
    return folder


@pytest.fixture(scope="module", params=HOSTILE, ids=[name.replace(" ", "-") for name in HOSTILE])
def window(request, qapp, tmp_path_factory) -> Iterator[Explore]:
    """The window on a poisoned dataset, the event selected; the canary is a magenta picture that exists."""
    folder = tmp_path_factory.mktemp("hostile")
    canary = folder / CANARY
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("#FF00FF"))
    image.save(str(canary))
    os.utime(canary, ns=(10**18, canary.stat().st_mtime_ns))
    opens.clear()
    dataset = open_dataset(poison(folder / "data", HOSTILE[request.param].format(canary=canary)))
    made = app.pictured(dataset, app.state_for(dataset, {"select": EVENT}), SMALL, app.noted(dataset))
    yield made
    shut(made)
    assert opens == [] and canary.stat().st_atime_ns == 10**18


def check(window: QWidget) -> None:
    """Nothing magenta is in sight, and no widget holds more than it can lay out."""
    image = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert not (np.frombuffer(image.constBits(), np.uint32) == QColor("#FF00FF").rgb()).any()
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | QLineEdit):
            assert len(widget.text()) <= safe_text.FIELD_LIMIT + 100
            assert all(len(line) <= safe_text.LINE_LIMIT + 1 for line in widget.text().split("\n"))
        assert len(widget.toolTip()) <= 6 * 400 + 20
        assert len(widget.accessibleName()) <= 500 and len(widget.accessibleDescription()) <= safe_text.LINE_LIMIT + 1
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", widget.accessibleName())
    assert len(window.window().windowTitle()) <= 500


def marks_in_a_row(text: str) -> int:
    return max((len(found) for found in re.findall("[\u0300-\u036f]+", text)), default=0)


def test_that_the_event_is_there_in_spite_of_its_texts(window):
    assert EVENT in window.session.dataset.event_by_id
    assert window.session.state.view.selected == EVENT


def test_that_what_is_painted_is_short_and_plain(window):
    drawn = boxes.read(window)
    assert len(drawn) > 30
    for one in drawn:
        assert len(one.text) <= 301 and marks_in_a_row(one.text) <= safe_text.MARK_LIMIT
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200f\u061c]", one.text)
    check(window)


def test_that_the_pane_shows_markup_as_letters_and_holds_no_image(window):
    page = window.pane.page
    shown = page.toPlainText()
    assert len(shown) <= 70_000 and marks_in_a_row(shown) <= safe_text.MARK_LIMIT
    said = window.session.dataset.event_by_id[EVENT].title.say("en")
    assert safe_text.plain(said, 300)[:60].replace("\n", " ") in shown.replace("\N{LINE SEPARATOR}", " ")
    assert "\N{OBJECT REPLACEMENT CHARACTER}" not in shown
    for number in range(4):
        page.anchorClicked.emit(QUrl(f"open:{number}"))
        page.verticalScrollBar().setValue(page.verticalScrollBar().maximum() * number // 4)
        check(window)


def test_that_a_note_of_a_stranger_is_shown_as_letters_in_lane_and_pane(window):
    event, (name, note) = window.session.state.view.selected, next(iter(window.session.notes.others.items()))
    assert window.canvas.frame.lanes[0].spec.half == "noted"
    window.session.become(moves.select(window.session.state, name))
    window.tasks.settle()
    shown = window.pane.page.toPlainText()
    assert len(shown) <= 70_000 and marks_in_a_row(shown) <= safe_text.MARK_LIMIT
    assert safe_text.plain(note.text, 60).rstrip("…")[:40] in shown
    check(window)
    window.session.become(moves.select(window.session.state, event))


def test_that_only_our_own_links_are_on_the_page(window):
    page = window.pane.page
    found, block = set(), page.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            found.add(pieces.fragment().charFormat().anchorHref().partition(":")[0])
            pieces += 1
        block = block.next()
    assert found <= {"", "to", "open", "copy", "ask", "event"}


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_that_tips_escape_what_they_say(window):
    canvas, said = window.canvas, set()
    for lane in canvas.frame.lanes:
        for item in lane.picture.items:
            x, y = canvas.scale.x(item.mark[0]) + 1, lane.top + lane.head + item.mark[2] + 4 - canvas.scroll
            at = QPoint(round(min(max(x, 0), canvas.lane_width - 1)), round(canvas.ruler_height + y))
            event = QHelpEvent(QHelpEvent.Type.ToolTip, at, canvas.mapToGlobal(at))
            QApplication.sendEvent(canvas.viewport(), event)
            said.add(QToolTip.text())
    for widget in QApplication.topLevelWidgets():
        if widget.objectName() == "qtooltip_label":
            shut(widget)
    for text in said:
        inner = text.removeprefix("<qt>").removesuffix("</qt>")
        assert "<" not in inner and len(text) <= 3_000


@pytest.mark.parametrize("query", ["<img", "table", "evil", "a", "xxxx"])
def test_that_search_and_its_list_take_it(window, qtbot, query):
    window.search.begin()
    window.session.become(moves.search(window.session.state, query))
    qtbot.waitUntil(lambda: window.search.result is not None)
    window.tasks.settle()
    check(window)
    window.session.become(moves.search(window.session.state, ""))
    window.tasks.settle()
    window.canvas.setFocus()


@pytest.mark.parametrize("command", ["key_list", "problems", "go_to_date", "palette", "zone", "language"])
def test_that_every_panel_takes_it(window, command):
    window.actions.run(command)
    assert popup.opened(window) is not None
    check(window)
    popup.close_all(window)


def test_that_every_view_takes_it_in_both_languages(window):
    for language in ("ko", "en"):
        window.session.become(moves.set_up(window.session.state, language=language))
        for command in ("fit_all", "fit_selection", "next_event", "last_event", "home"):
            window.actions.run(command)
            window.tasks.settle()
            check(window)
    window.session.become(moves.select(window.session.state, EVENT))
    window.tasks.settle()


def test_that_citations_are_text_of_a_bearable_length(window):
    for command in ("copy_citation", "cite_view"):
        window.actions.run(command)
        assert 0 < len(QApplication.clipboard().text()) <= 1_000_000
        check(window)


def test_that_a_drawing_holds_neither_script_nor_image_nor_link(window, tmp_path):
    window.requests.draw(tmp_path / "a.svg")
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    names = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert "text" in names and names.isdisjoint({"script", "image", "a", "foreignObject", "use", "style"})
    for one in root.iter():
        assert not [name for name in one.keys() if "href" in name or name.startswith("on")]  # noqa: SIM118
    said = "".join(root.itertext())
    assert len(said) <= 400_000 and marks_in_a_row(said) <= safe_text.MARK_LIMIT


def test_that_a_picture_and_a_page_are_written(window, tmp_path):
    for name in ("a.png", "a.pdf"):
        window.requests.draw(tmp_path / name)
        assert (tmp_path / name).stat().st_size > 10_000


def test_that_a_file_name_made_from_the_dataset_leads_nowhere(window, monkeypatch):
    offered = []
    monkeypatch.setattr("timeline_app.qt.requests.QFileDialog.getSaveFileName",
                        lambda *args: offered.append(args[2]) or ("", ""))
    window.actions.run("export_picture")
    assert re.fullmatch(r"[A-Za-z0-9._-]+\.png", offered[0]) and not offered[0].startswith(".")
