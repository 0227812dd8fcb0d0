"""Any dataset stands in a kiosk, also one without a story: nothing, one event, thousands, and text of strangers that
was made to break a screen. Drawn with the real font and read back: nothing cut, covered or outside."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF

from journeys.legible import covered, cut
from journeys.test_kiosk_pictures import read
from qt.standing import standing
from timeline_app.base.text import catalogue
from timeline_app.engine.audience import for_audience
from timeline_app.engine.dataset import open_dataset

HOSTILE = ['"\u202eright to left\u202c ' + "x" * 10_000 + '\nnew line <b>bold</b>",2020-01-01',
           '"' + "A title that goes on and on " * 40 + '",2020-02-01', '"مرحبا بالعالم שלום",2020-03-01',
           '"' + "아주 긴 제목 " * 60 + '",2020-04-01', '"e' + "\u0301" * 400 + '",2020-05-01']
ROWS = {"nothing": [], "one event": ['"One thing happened",2020-06-03'],
        "thousands": [f'"Event {n}",{1990 + n % 30}-{1 + n % 12:02}-{1 + n % 28:02}' for n in range(5_000)],
        "hostile text": HOSTILE}
WAYS = {"attract": (), "home": ("stay",), "card": ("stay", "later"), "know": ("stay", "later", "know"),
        "closer": ("stay", "closer")}
PLACES = [((1280, 720), 100), ((1280, 720), 200), pytest.param(((1080, 1920), 200), marks=pytest.mark.long),
          pytest.param(((3840, 2160), 150), marks=pytest.mark.long)]


@pytest.fixture(scope="module", params=ROWS)
def shown(request, tmp_path_factory):
    """(what it is, the dataset as a kiosk gets it)."""
    file = tmp_path_factory.mktemp("any") / "events.csv"
    file.write_text("title,edtf\n" + "\n".join(ROWS[request.param]) + "\n", encoding="utf-8")
    return request.param, for_audience(open_dataset(str(file)), "kiosk")


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("place", PLACES)
def test_that_any_dataset_is_drawn_within_the_screen_and_nothing_over_another(shown, place, is_plain, qapp):
    (what, dataset), (size, percent) = shown, place
    mm = size[0] / 96 * 25.4, size[1] / 96 * 25.4
    with standing(size, screen_mm=mm, dataset=dataset, story=None, is_plain=is_plain) as (window, clock):
        setting = type(window.manner.setting)("ko", "gallery", text_percent=percent, still=True)
        window.manner = type(window.manner)(setting, window.manner.pace, is_plain, mm, is_windowed=True, clock=clock)
        for way, actions in WAYS.items():
            for action in ("start_over", *actions):
                window.press(action)
            window.settle()
            drawn = read(window)
            assert [str(one) for one in drawn if not QRectF(0, 0, *size).contains(one.box)] == [], way
            assert way == "closer" or (cut(drawn), covered(drawn)) == ([], []), way
        window.press("start_over")
        window.press("stay")
        is_said = catalogue("ko").get("kiosk.empty") in [one.text for one in read(window)]
        assert is_said == (what == "nothing")
