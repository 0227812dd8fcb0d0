"""Every step of every story of june-2020 as an audience sees it: nothing cut, nothing over anything else, sizes for a
room (design/look.md) measured from what is drawn. A sample of sizes, themes and languages; all of them with `--long`.
"""
from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRectF

from journeys.boxes import Drawn, contrast, ground_of, without_glyph
from journeys.legible import covered, cut, shortened
from timeline_app.engine.audience import for_audience
from timeline_app.engine.dataset import open_dataset
from timeline_app.qt import export
from timeline_app.qt.stage import Stage
from timeline_app.qt.tasks import Tasks
from timeline_app.viewmodel import stage
from timeline_app.viewmodel.state import Setting

SIZES, THEMES, LANGUAGES = ((1920, 1080), (1280, 720), (1024, 768)), ("paper", "gallery"), ("en", "ko")
SAMPLE = [((1920, 1080), "paper", "en"), ((1280, 720), "gallery", "ko")]
EVERY = [pytest.param(one, marks=() if one in SAMPLE else pytest.mark.long,
                      id=f"{one[0][0]}x{one[0][1]}-{one[1]}-{one[2]}") for one in product(SIZES, THEMES, LANGUAGES)]


class Screen:
    """A stage that is read back step by step."""

    def __init__(self, size, theme, language) -> None:
        self.dataset = for_audience(open_dataset("june-2020"), "talk")
        self.setting = Setting(language, theme, still=True)
        self.tasks = Tasks()
        self.stage = Stage(self.dataset, self.setting, self.tasks)
        self.stage.resize(*size)
        self.stage.show()

    def steps(self) -> Iterator[tuple[str, list[Drawn]]]:
        """Each screen by name with every text on it."""
        for story in self.dataset.stories:
            for number, step in enumerate(story.steps):
                for is_revealed in (False, True) if step.guess else (False,):
                    doc = stage.doc(story, number, self.dataset, self.setting, is_revealed)
                    self.stage.show_doc(doc, flies=False)
                    self.stage.settle()
                    yield f"{story.id}/{step.id}{'/revealed' if is_revealed else ''}", self.read()

    def read(self) -> list[Drawn]:
        """All texts as they are drawn now, in px of the stage."""
        canvas, stage = self.stage.canvas, self.stage
        axis = canvas.getPlotItem().getAxis("top")
        stage.boxes, stage.headings.boxes, axis.boxes = [], [], []
        lanes = canvas.record_texts()
        image = export.image(stage)
        lane_at = canvas.mapTo(stage, canvas.mapFromScene(canvas.layer.scenePos()))
        found = [(stage.boxes, QPoint()), (lanes, lane_at), (axis.boxes, canvas.mapTo(stage, QPoint()))]
        if stage.headings.isVisible():
            found.append((stage.headings.boxes, stage.headings.mapTo(stage, QPoint())))
        drawn = []
        for boxes, at in found:
            for one in boxes:
                place, clip = one.box.translated(at), one.clip.translated(at)
                drawn.append(Drawn(one.text, place, clip, one.colour, ground_of(image, place), one.place, one.size))
        return drawn

    def close(self) -> None:
        """End the workers, then the widget."""
        self.tasks.close()
        self.stage.close()
        self.stage.deleteLater()


@pytest.fixture(scope="module", params=EVERY)
def screens(request, qapp) -> dict[str, list[Drawn]]:
    size, theme, language = request.param
    screen = Screen(size, theme, language)
    found = dict(screen.steps())
    screen.close()
    return {f"{size[0]}x{size[1]} {name}": drawn for name, drawn in found.items()}


def height_of(name: str) -> int:
    return int(name.split(" ")[0].split("x")[1])


def test_that_every_step_of_every_story_is_drawn(screens):
    assert len(screens) == 33 and all(len(drawn) > 5 for drawn in screens.values())


def test_that_no_text_of_a_screen_is_cut_or_shortened_or_over_another(screens):
    assert {name: cut(drawn) for name, drawn in screens.items() if cut(drawn)} == {}
    assert {name: covered(drawn) for name, drawn in screens.items() if covered(drawn)} == {}
    assert {name: shortened(drawn) for name, drawn in screens.items() if shortened(drawn)} == {}


def test_that_every_text_is_as_large_as_a_room_needs_it(screens):
    for name, drawn in screens.items():
        high, own = height_of(name), [one for one in drawn if one.place == "stage"]
        headline = own[0].size
        assert high / 18 <= headline <= high / 13 + 1, name
        assert own[1].size >= min(high / 30, headline), name
        assert min(one.size for one in drawn) >= int(high / 54), (name, min(drawn, key=lambda one: one.size))


def test_that_every_text_stands_within_the_screen(screens):
    for name, drawn in screens.items():
        wide, high = map(int, name.split(" ")[0].split("x"))
        outside = [str(one) for one in drawn if not QRectF(0, 0, wide, high).contains(one.box)]
        assert outside == [], name


def test_that_every_text_can_be_told_from_its_ground(screens):
    for name, drawn in screens.items():
        faint = [str(one) for one in drawn if contrast(one.colour, one.ground) < 3]
        assert faint == [], name


def test_that_every_letter_has_a_glyph(screens):
    assert {one.text for drawn in screens.values() for one in drawn if without_glyph(one.text)} == set()
