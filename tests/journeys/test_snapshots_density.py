"""Lists from three events to a hundred thousand, from twenty minutes to two hundred million years, drawn and read back:
no text is cut, covered, on a line, too faint or without glyphs; the ruler has its words; and something is drawn for
what is there.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

import made_lists
from journeys import boxes, legible
from journeys.conftest import FULL, SMALL, shut
from timeline_app import app
from timeline_app.shells.explore import Explore

LOOKS = ((FULL, "paper", "en"), (SMALL, "gallery", "ko"))
VIEWS = [(name, look) for name in made_lists.NAMES for look in LOOKS]
FEW = ("3 events", "39 events", "20 minutes")


@dataclass(frozen=True, slots=True)
class Seen:
    """A window with a list in it, and the texts that it has drawn."""

    name: str
    window: Explore
    drawn: list[boxes.Drawn]

    def texts(self, place: str) -> list[str]:
        return [one.text for one in self.drawn if one.place == place]


@pytest.fixture(scope="module", params=VIEWS, ids=lambda view: f"{view[0]}-{view[1][0][0]}-{view[1][2]}")
def seen(request, qapp) -> Iterator[Seen]:
    name, (size, colours, language) = request.param
    dataset = made_lists.listed(name)
    window = app.pictured(dataset, app.state_for(dataset, {"theme": colours, "language": language}), size)
    yield Seen(name, window, boxes.read(window))
    shut(window)


def test_that_every_text_can_be_read(seen):
    assert legible.cut(seen.drawn) == []
    assert legible.covered(seen.drawn) == []
    assert legible.on_a_border(seen.window, seen.drawn) == []
    assert legible.shortened(seen.drawn) == []
    assert legible.without_glyph(seen.window, seen.drawn) == set()
    assert legible.faint(seen.window, seen.drawn) == []


def test_that_the_ruler_and_the_overview_have_words(seen):
    assert len(seen.texts("ruler")) >= 4
    assert len(seen.texts("overview")) >= 3


def test_that_every_lane_says_what_it_is_in_words(seen):
    for lane in seen.window.canvas.frame.lanes:
        assert lane.picture.heading.title != lane.spec.kind
        assert lane.picture.heading.title[0].isupper() or ord(lane.picture.heading.title[0]) >= ord("가")


def test_that_of_few_events_each_has_its_name_as_far_as_there_is_room(seen):
    if seen.name in FEW:
        drawn = {one.text for one in seen.drawn}
        language = seen.window.session.state.setting.language
        unnamed = [event.title.say(language) for event in made_lists.listed(seen.name).events
                   if event.title.say(language) not in drawn]
        assert len(unnamed) <= (0 if seen.window.width() == FULL[0] else 2), unnamed
