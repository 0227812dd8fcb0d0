"""The kiosk of june-2020 for tests: what a visit begins with, and rooms to stand in."""

from timeline_app.engine.audience import for_audience
from timeline_app.engine.dataset import open_dataset
from timeline_app.viewmodel import walk
from timeline_app.viewmodel.kiosk import plan
from timeline_app.viewmodel.kiosk.page import Room
from timeline_app.viewmodel.kiosk.visit import Start
from timeline_app.viewmodel.state import Setting

SHOWN = for_audience(open_dataset("june-2020"), "kiosk")
STORY = plan.default_story(SHOWN)
SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (1080, 1920))


def start_in(language="en", percent=100, is_plain=False, dataset=SHOWN, story=STORY):
    setting = Setting(language, "gallery", text_percent=percent)
    return Start(plan.plan(dataset, story, language), setting, walk.opening(dataset).view, walk.limits_of(dataset),
                 is_plain=is_plain)


def measured(text, size, weight):
    """Widths like those of the bundled font, a little too wide: Hangul is as wide as it is high."""
    return sum(0.96 if ord(one) > 0x1100 else 0.60 for one in text) * size * (1.04 if weight == "bold" else 1.0)


def room(size=(1920, 1080), percent=100, dpi=96.0, measure=measured):
    return Room(float(size[0]), float(size[1]), dpi / 25.4, percent, measure)


START = start_in()
