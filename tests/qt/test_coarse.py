"""Frames of a fine screen: coarse while the view moves, full when it rests, and never coarse on other screens."""
from __future__ import annotations

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QSignalSpy

from qt.whole import explore
from timeline_app.qt.coarse import REST_MS, Coarse
from timeline_app.viewmodel import moves

AREA = QRectF(0, 0, 40, 20)


def drawn(painter: QPainter) -> None:
    painter.fillRect(QRectF(10, 5, 20, 10), QColor("red"))


def test_that_what_is_painted_coarsely_stands_at_the_same_place_on_its_ground(qapp):
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    painter = QPainter(image)
    Coarse(qapp, lambda: None).paint(painter, AREA, QColor("white"), drawn)
    painter.end()
    inside, outside = image.pixelColor(22, 12), image.pixelColor(18, 8)
    assert (inside, outside) == (QColor("red"), QColor("white"))


def test_that_only_a_fine_screen_is_painted_coarsely_and_only_until_the_view_rests(qtbot):
    rested: list[bool] = []
    parent = QObject()
    coarse = Coarse(parent, lambda: rested.append(True))
    coarse.moved(1.0)
    assert not coarse.is_on
    coarse.moved(2.0)
    assert coarse.is_on
    qtbot.waitUntil(lambda: bool(rested), timeout=20 * REST_MS)
    assert rested and not coarse.is_on
    coarse.moved(2.0)
    coarse.stop()
    assert not coarse.is_on


def test_that_a_picture_that_is_kept_is_never_coarse(qtbot, tmp_path):
    window = explore(qtbot)
    canvas = window.canvas
    canvas.coarse.moved(2.0)
    window.requests.draw(tmp_path / "kept.png")
    assert not canvas.coarse.is_on and (tmp_path / "kept.png").exists()
    spy = QSignalSpy(canvas.needs_frame)
    window.session.become(moves.pan(window.session.state, 0.1, window.session.limits))
    assert spy.count() and not canvas.coarse.is_on, "this screen has one pixel to a px"
