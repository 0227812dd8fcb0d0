"""What a screen reader finds in the window, over AT-SPI, the real thing: names, order, bounds, actions, changes."""
from __future__ import annotations

from pathlib import Path

import pytest

from screen_reader.conftest import every

pytestmark = pytest.mark.screen_reader
PLAIN = {"application", "frame", "filler", "label", "scroll bar", "panel", "layered pane"}


def items(timeline: dict) -> list[str]:
    """The items that are events, as they are read; where lanes draw several as one they stand below their lanes."""
    return [one["name"] for one in every(timeline) if one["focusable"] and one["role"] == "list item"]


def say(names: list[str], titles: list[str]) -> bool:
    """Whether the names are those of these events, in this order."""
    return len(names) == len(titles) and all(map(str.startswith, names, (f"{one}; " for one in titles)))


def test_that_the_walk_lists_the_visible_events_by_name_and_in_order(heard):
    window = heard()
    drawn = window.drawn()["events"]
    assert len(drawn) > 20 and say(items(window.timeline()), drawn)


def test_that_the_list_follows_the_view(heard):
    window = heard()
    window.timeline()
    for command in ("page_later", "zoom_in", "fit_all", "page_earlier"):
        drawn = window.drawn(command)["events"]
        assert say(sorted(items(window.timeline())), sorted(drawn))


def test_that_names_roles_and_bounds_hold_everywhere(heard):
    whole = list(every(heard().walked()))
    assert max(one["count"] for one in whole) <= 500
    assert [one for one in whole if one["focusable"] and not one["name"].strip()] == []
    assert {one["role"] for one in whole if not one["name"]} <= PLAIN


def test_that_pressing_an_item_selects_it_and_says_so(heard):
    window = heard()
    names = items(window.timeline())
    window.press(names[3])
    assert window.drawn()["selected"]
    selected = [one for one in window.timeline()["children"] if one["selected"]]
    assert [one["name"] for one in selected] == [names[3]] and selected[0]["focused"]


def test_that_the_timeline_says_the_view_in_words_and_its_lanes_their_figures(heard):
    timeline = heard().timeline()
    assert "24 events, 6 disputed" in timeline["description"]
    lanes = [one for one in timeline["children"] if one["role"] == "list"]
    assert len(lanes) >= 3 and all(" in all, peak " in one["name"] and one["children"] for one in lanes)


def test_that_a_thousand_events_are_groups_to_walk_and_to_zoom_into(heard, tmp_path: Path):
    rows = [f"Event {n},2020-06-{1 + n // 80:02}T{n % 24:02}:{n * 7 % 60:02}:00Z" for n in range(1_000)]
    table = tmp_path / "many.csv"
    table.write_text("\n".join(["title,edtf", *rows]) + "\n", encoding="utf-8")
    window = heard(str(table))
    timeline = window.timeline()
    assert max(one["count"] for one in every(timeline)) <= 200
    assert any("1,000 events" in one["name"] for one in every(timeline))
    for _ in range(6):
        (lane,) = [one for one in window.timeline()["children"] if one["children"] or "focusable" in one][:1]
        if not lane["children"]:
            break
        window.press(lane["name"], lane["children"][len(lane["children"]) // 2]["name"])
        window.drawn()
    assert any(one.startswith("Event ") for one in items(window.timeline()))
